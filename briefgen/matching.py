"""Strict matching: is this passage in that text, letter for letter?

Both are folded (see `folding`) and compared exactly. A match must not begin or end inside a word or a number,
nor leave out a number's sign. Fuzzy matching only ever suggests a repair (`nearest`); it never accepts one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from briefgen.folding import LINE_HYPHEN, Folded, Span, fold

_CURRENCY_SIGNS = "$€£₩₫¥₹฿₱₽₺₴"
_NUMBER_JOINS = ".,':/⁄^·٫٬"
_MAGNITUDE_LETTERS = "십백천만억조경十百千万萬億亿兆"
_NO_BREAK_SPACES = "\u00a0\u2007\u2009\u202f"
_MINUS_SIGNS = "-‐‑‒–−﹣－"
_MINUS_WORD = re.compile(r"(?:^|\W)(?:minus|negative|âm|마이너스) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The stretch of a text that is most like a passage that was not found.

    Attributes:
        words: the stretch, its white space folded to single spaces.
        span: where it stands.
        likeness: 0–100.
    """

    words: str
    span: Span
    likeness: float


def find(passage: str, text: Folded) -> tuple[Span, ...]:
    """Every place where a passage stands in a text, strictly (see the module).

    Args:
        passage: the words looked for, not folded.
        text: the text, folded once for all its passages.

    Returns:
        Spans of `text.raw` in order; empty when the passage is not there.
    """
    wanted = fold(passage)
    if not wanted:
        return ()
    places = [(start, start + len(wanted)) for start in _occurrences(wanted, text.text)]
    if not places and (LINE_HYPHEN in text.text or LINE_HYPHEN in wanted):
        places = [match.span() for match in _over_line_ends(wanted).finditer(text.text)]
    return tuple(text.span(start, end) for start, end in places if _is_whole(text, start, end))


def nearest(passage: str, text: Folded) -> Suggestion | None:
    """What the text has that is most like the passage, to be suggested to a person; None if nothing is close."""
    from rapidfuzz import fuzz

    wanted = fold(passage)
    if not wanted or not text.text:
        return None
    found = fuzz.partial_ratio_alignment(wanted, text.text, score_cutoff=60)
    if found is None:
        return None
    start, end = found.dest_start, found.dest_end
    while start > 0 and text.text[start - 1] != " ":
        start -= 1
    while end < len(text.text) and text.text[end] != " ":
        end += 1
    words = text.text[start:end].strip()
    if not words:
        return None
    span = text.span(start, end)
    return Suggestion(" ".join(text.raw[span.start : span.end].split()), span, found.score)


def difference(passage: str, words: str) -> str:
    """What sets a passage apart from the words that stand in the text, word for word, for a person to read.

    Returns:
        The text's words, with every change in brackets: `up from $86.7 billion in [2023 → 2024]`.
    """
    from difflib import SequenceMatcher

    own, stated = passage.split(), words.split()
    matcher = SequenceMatcher(None, [fold(word) for word in own], [fold(word) for word in stated], autojunk=False)
    parts: list[str] = []
    for change, a, b, c, d in matcher.get_opcodes():
        ours, theirs = " ".join(own[a:b]), " ".join(stated[c:d])
        match change:
            case "equal":
                parts.append(theirs)
            case "insert":
                parts.append(f"[+ {theirs}]")
            case "delete":
                parts.append(f"[− {ours}]")
            case _:
                parts.append(f"[{ours} → {theirs}]")
    return " ".join(parts)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that somebody probably meant, or None."""
    from rapidfuzz import process

    found = process.extractOne(name, sorted(known), score_cutoff=70)
    return found[0] if found else None


def alike(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known words that somebody may have meant who wrote this one, the likeliest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA  # two letters that changed places are one slip

    found = process.extract(word, known, scorer=OSA.normalized_similarity, score_cutoff=0.7, limit=limit)
    return tuple(name for name, _, _ in found)


# -- searching ---------------------------------------------------------------------------------------------


def _occurrences(wanted: str, text: str) -> list[int]:
    places = []
    place = text.find(wanted)
    while place >= 0:
        places.append(place)
        place = text.find(wanted, place + 1)
    return places


def _over_line_ends(wanted: str) -> re.Pattern[str]:
    """A pattern for words that a line end may have cut: `well-⏎known` is "well-known", `to-⏎day` is "today"."""
    pattern = []
    for place, char in enumerate(wanted):
        if char == LINE_HYPHEN:
            pattern.append(f"(?:{LINE_HYPHEN}|- ?)?")
        elif char == "-":
            pattern.append(f"[-{LINE_HYPHEN}]")
        else:
            if place and char.islower() and wanted[place - 1].isalpha():
                pattern.append(f"{LINE_HYPHEN}?")
            pattern.append(re.escape(char))
    return re.compile("".join(pattern))


def _is_whole(text: Folded, start: int, end: int) -> bool:
    """No word or number is cut at either boundary, and no number has lost its sign."""
    return not _cut_before(text, start, end) and not _cut_after(text, start, end)


def _cut_before(text: Folded, start: int, end: int) -> bool:
    if start == 0:
        return False
    folded = text.text
    before, first = folded[start - 1], folded[start]
    second = folded[start + 1] if start + 1 < end else ""
    if _touch(before, first) or (first in _NUMBER_JOINS and before.isnumeric() and second.isnumeric()):
        return True
    if first == "-" and second and (second.isnumeric() or second in _CURRENCY_SIGNS):
        return before.isalnum()  # "10-5" does not hold "-5"
    number = first if first.isnumeric() else (second if first in _CURRENCY_SIGNS else "")
    if not number.isnumeric():
        return False
    earlier = folded[start - 2] if start > 1 else ""
    if before == "±" or _MINUS_WORD.search(folded, max(0, start - 12), start):
        return True
    if before == "-" and text.raw_at(start - 1) in _MINUS_SIGNS:
        return not earlier.isalpha()  # a minus sign, or the dash of a range
    if before in _NUMBER_JOINS:
        return earlier.isnumeric()
    return _grouped_by_space(text, start - 1)


def _cut_after(text: Folded, start: int, end: int) -> bool:
    folded = text.text
    if end == len(folded):
        return False
    last, after = folded[end - 1], folded[end]
    previous = folded[end - 2] if end - 1 > start else ""
    later = folded[end + 1] if end + 1 < len(folded) else ""
    if _touch(last, after) or (last in _NUMBER_JOINS and previous.isnumeric() and after.isnumeric()):
        return True
    if not last.isnumeric():
        return _is_raised(after) and _ends_in_symbol(folded[start:end])
    if after in "%‰⁻⁺₋₊" or after in _MAGNITUDE_LETTERS:
        return True
    if after in _NUMBER_JOINS or (after == "-" and text.raw_at(end) in _MINUS_SIGNS):
        return later.isnumeric()
    return _grouped_by_space(text, end)


def _is_raised(char: str) -> bool:
    """A digit above or below the line: m², CO₂, and the mark of a note."""
    return unicodedata.decomposition(char).startswith(("<super>", "<sub>"))


def _ends_in_symbol(words: str) -> bool:
    """Whether the last word is as short as a unit's or an element's symbol; a mark behind a longer one is a note's."""
    return re.search(r"(?<![^\W\d_])[^\W\d_]{1,3}$", words) is not None


def _grouped_by_space(text: Folded, place: int) -> bool:
    """Whether the space at `place` parts the thousands of one number: a no-break space, three digits after it."""
    folded = text.text
    if folded[place] != " " or not re.match(r" \d{3}(?!\d)", folded[place : place + 5]):
        return False
    return place > 0 and folded[place - 1].isdigit() and any(char in _NO_BREAK_SPACES for char in text.raw_at(place))


def _touch(before: str, after: str) -> bool:
    """Whether a boundary between these two characters would cut through a word, a digit string or a letter."""
    if before.isnumeric() and after.isnumeric():
        return True
    return unicodedata.category(after)[0] == "M" or (_is_alphabetic(before) and _is_alphabetic(after))


@lru_cache(maxsize=4096)
def _is_alphabetic(char: str) -> bool:
    """A letter of a script that parts its words; Hangul and Han don't, and so give no boundary to go by."""
    return char.isalpha() and unicodedata.name(char, "").split(" ")[0] in ("LATIN", "GREEK", "CYRILLIC")
