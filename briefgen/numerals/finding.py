"""Every number that a text states, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from briefgen.evidence import Quantity
from briefgen.folding import fold
from briefgen.numerals.currencies import CURRENCIES
from briefgen.numerals.measured import MINUS_WORDS, read_number
from briefgen.numerals.ranges import with_range
from briefgen.numerals.stated import Role, Stated
from briefgen.numerals.tokens import Token, Tokens
from briefgen.numerals.units import COUNT
from briefgen.numerals.words import may_begin, may_hold

_DIGITS = re.compile(r"[\d½¼¾⅕-⅞]")


@lru_cache(maxsize=32768)
def find_quantities(text: str, language: str = "en", dollar: str = "USD") -> tuple[Stated, ...]:
    """Read every number that a text states.

    Args:
        text: a passage, a claim, a template's words.
        language: a BCP 47 tag; decides on separators and words (English ones are always understood; see `words`).
        dollar: the ISO 4217 code of what the text calls a dollar.

    Returns:
        Numbers and ranges in the order in which they stand; they don't overlap.
    """
    language = language.split("-")[0].lower()
    if not _may_hold(text, language) and (text.isascii() or not _may_hold(fold(text), language)):
        return ()
    return tuple(_read(Tokens(text, language, dollar)))


def _may_hold(text: str, language: str) -> bool:
    return _DIGITS.search(text) is not None or may_hold(text, language)


def _read(tokens: Tokens) -> Iterator[Stated]:
    place = 0
    while place < len(tokens.row):
        token = tokens.row[place]
        if token.kind == "date":
            yield from _written_date(tokens, token)
            place += 1
            continue
        number = read_number(tokens, place) if _may_begin(token, tokens.language) else None
        if number is None:
            place += 1
            continue
        stated, place = with_range(tokens, number)
        yield stated


def _may_begin(token: Token, language: str) -> bool:
    """Whether a number may begin here: most tokens are other words and marks."""
    match token.kind:
        case "word":
            return token.text in MINUS_WORDS or token.raw in CURRENCIES or may_begin(token.text, language)
        case "mark":
            return token.text == "-"
        case _:
            return True


def _written_date(tokens: Tokens, token: Token) -> Iterator[Stated]:
    for match in re.finditer(r"\d+", token.text):
        start = token.start + match.start()
        span = tokens.folded.span(start, start + len(match[0]))
        yield Stated(Quantity(Decimal(match[0]), COUNT), span, role=Role.DATE)
