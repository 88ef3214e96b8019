"""Every number that a text states, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from briefgen.evidence import Quantity
from briefgen.folding import fold
from briefgen.numerals.currencies import CURRENCIES
from briefgen.numerals.english import ANY, NUMBER_WORDS
from briefgen.numerals.measured import MINUS_WORDS, read_number
from briefgen.numerals.ranges import with_range
from briefgen.numerals.stated import Role, Stated
from briefgen.numerals.tokens import Token, Tokens
from briefgen.numerals.units import COUNT

_ANY_NUMBER = re.compile(rf"[\d½¼¾⅕-⅞]|\b(?:{ANY})", re.IGNORECASE)


@lru_cache(maxsize=32768)
def find_quantities(text: str, language: str = "en", dollar: str = "USD") -> tuple[Stated, ...]:
    """Read every number that a text states.

    Args:
        text: a passage, a claim, a template's words.
        language: a BCP 47 tag; decides on separators and words (English ones are always understood).
        dollar: the ISO 4217 code of what the text calls a dollar.

    Returns:
        Numbers and ranges in the order in which they stand; they don't overlap.
    """
    if not _ANY_NUMBER.search(text) and (text.isascii() or not _ANY_NUMBER.search(fold(text))):
        return ()
    return tuple(_read(Tokens(text, language.split("-")[0].lower(), dollar)))


def _read(tokens: Tokens) -> Iterator[Stated]:
    place = 0
    while place < len(tokens.row):
        token = tokens.row[place]
        if token.kind == "date":
            yield from _written_date(tokens, token)
            place += 1
            continue
        number = read_number(tokens, place) if _may_begin(token) else None
        if number is None:
            place += 1
            continue
        stated, place = with_range(tokens, number)
        yield stated


def _may_begin(token: Token) -> bool:
    """Whether a number may begin here: most tokens are other words and marks."""
    match token.kind:
        case "word":
            return token.text in NUMBER_WORDS or token.text in MINUS_WORDS or token.raw in CURRENCIES
        case "mark":
            return token.text == "-"
        case _:
            return True


def _written_date(tokens: Tokens, token: Token) -> Iterator[Stated]:
    for match in re.finditer(r"\d+", token.text):
        start = token.start + match.start()
        span = tokens.folded.span(start, start + len(match[0]))
        yield Stated(Quantity(Decimal(match[0]), COUNT), span, role=Role.DATE)
