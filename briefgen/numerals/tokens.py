"""A text in the tokens that numbers are read from, with ways to look around in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefgen.folding import Folded, Span
from briefgen.numerals.asian import UNITS
from briefgen.numerals.characters import is_hangul, lower, plain
from briefgen.numerals.phrases import Phrases

_DECIMAL_COMMA = frozenset(
    str.split("vi fr de es it pt nl id ru pl tr da sv nb no fi cs sk hu ro bg uk el hr sl sr lt lv et")
)
_LONGEST_PARTICLE = 3
"""Syllables of what is glued to a Korean word: 달러로, 퍼센트까지."""


def _pattern(group: str, mark: str) -> re.Pattern[str]:
    """The tokens of a text whose numbers group thousands with `group` and part decimals with `mark`."""
    whole = rf"\d{{1,3}}(?:[{group}]\d{{3}})+|\d{{1,3}}(?:[ ]\d{{3}})+|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|\d+"
    # No digit, separator, fraction or superscript may follow: then the number is another one.
    whole_end = r"(?![.,']?\d|[⁄²³¹⁰-⁹½¼¾⅓-⅞]|\s[½¼¾⅓-⅞])"
    asian = rf"\d[\d{group}]*(?:[{mark}]\d+)?[{''.join(UNITS)}]+"
    return re.compile(
        rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}(?![\d-])|(?<![\d/])\d{{1,4}}/\d{{1,2}}/\d{{1,4}}(?![\d/])"
        rf"|(?<![\d/])\d{{1,2}}/\d{{4}}(?![\d/]))"
        rf"|(?P<odd>\d+(?:[/:]\d+)+)"
        rf"|(?P<asian>{asian}(?:\s?{asian})*)"
        rf"|(?P<mixed>(?:\d+\s?)?[½¼¾⅓-⅞](?!\d)|(?:\d+\s)?\d+⁄\d+)"
        rf"|(?P<number>(?:(?:{whole})(?:[{mark}]\d+)?|(?<![\d.,])[{mark}]\d+){whole_end})"
        rf"|(?P<odd2>\d[\d.,'⁄²³¹⁰-⁹½¼¾⅓-⅞]*)"
        rf"|(?P<sign>(?<![^\W\d_])(?:us|au|a|ca|c|s|hk|nt|nz|r|mx)\$|[$€£₩₫¥₹฿₱₽₺₴])"
        rf"|(?P<word>°[cf]|[^\W\d_]+(?:'[^\W\d_]+)?[²³]?)"
        rf"|(?P<mark>[^\s\w]|_)"
    )


_POINT = _pattern(",'", ".")
_COMMA = _pattern(".'", ",")


@dataclass(slots=True)
class Token:
    """A word, a number in digits, a sign or a mark.

    Attributes:
        kind: the name of its group in the pattern; "end" beyond the text.
        text: in small letters, digits in ASCII.
        raw: with its capitals.
        start, end: where it stands in the folded text.
    """

    kind: str
    text: str
    raw: str
    start: int
    end: int


_NONE = Token("end", "", "", -1, -1)


class Tokens:
    """The tokens of one text.

    Args:
        text: as it stands.
        language: the first subtag of a BCP 47 tag, in small letters.
        dollar: the ISO 4217 code of what the text calls a dollar.

    Attributes:
        comma: whether the language's decimal mark is a comma.
        folded: the text in the form in which it is read, with the way back.
        row: its tokens; reading parts some of them in two.
        last_date: the place of the last number that was part of a date.
    """

    def __init__(self, text: str, language: str, dollar: str) -> None:
        self.language = language
        self.dollar = dollar
        self.comma = language in _DECIMAL_COMMA
        self.folded = Folded(text)
        words = plain(self.folded.text)
        self.row = [
            Token(match.lastgroup or "", match[0], words[match.start() : match.end()], *match.span())
            for match in (_COMMA if self.comma else _POINT).finditer(lower(words))
        ]
        self.last_date = -9

    def at(self, place: int) -> Token:
        """The token at a place; beyond the text one that is nothing."""
        return self.row[place] if 0 <= place < len(self.row) else _NONE

    def glued(self, place: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return 0 < place < len(self.row) and self.row[place - 1].end == self.row[place].start

    def texts(self, place: int, count: int) -> tuple[str, ...]:
        """Up to `count` tokens from a place on, as words."""
        return tuple(token.text for token in self.row[place : place + count])

    def phrase(self, place: int, table: Phrases) -> tuple[str, int] | None:
        """The longest phrase of a table that starts at a token, and where it stops."""
        if self.at(place).text not in table.first:
            return None
        for length in (4, 3, 2, 1):
            words = self.texts(place, length)
            if len(words) == length and words in table.keys:
                return table.keys[words], place + length
        return None

    def phrase_before(self, place: int, table: Phrases) -> tuple[str, int] | None:
        """The longest phrase of a table that stops before a token, and where it starts."""
        if self.at(place - 1).text not in table.last:
            return None
        for length in (4, 3, 2, 1):
            if length <= place:
                words = self.texts(place - length, length)
                if words in table.keys:
                    return table.keys[words], place - length
        return None

    def span(self, first: int, stop: int) -> Span:
        """Where tokens `first` up to, not including, `stop` stand in the text as it is."""
        return self.folded.span(self.row[first].start, self.row[stop - 1].end)

    def stem(self, place: int, table: Phrases) -> tuple[str, int] | None:
        """The Korean word of a table that a token begins with, and where it stops; particles glued to it are parted."""
        word = self.at(place).text
        if not word or not is_hangul(word[0]):
            return None
        for phrase, name in table.keys.items():
            if len(phrase) == 1 and is_hangul(phrase[0][0]) and word.startswith(phrase[0]):
                particle = len(word) - len(phrase[0])
                if particle > _LONGEST_PARTICLE:
                    return None
                if particle:
                    self.part(place, len(phrase[0]))
                return name, place + 1
        return None

    def part(self, place: int, length: int) -> None:
        """Part a token in two, so that what is glued on is no part of the number."""
        token = self.row[place]
        middle = token.start + length
        self.row[place : place + 1] = [
            Token(token.kind, token.text[:length], token.raw[:length], token.start, middle),
            Token(token.kind, token.text[length:], token.raw[length:], middle, token.end),
        ]
