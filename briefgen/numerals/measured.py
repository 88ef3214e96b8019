"""A number with its sign, its magnitude, its currency and its unit."""

from __future__ import annotations

from briefgen.evidence import Unit, UnitKind
from briefgen.numerals.currencies import currency_before, currency_behind
from briefgen.numerals.digits import read_digits
from briefgen.numerals.number import Number
from briefgen.numerals.stated import Role
from briefgen.numerals.tokens import Tokens
from briefgen.numerals.units import COUNT, MEASURES, PERCENT, PERCENT_WORDS, PERCENTAGE_POINTS
from briefgen.numerals.words import read_words

MINUS_WORDS = ("minus", "negative")


def read_number(tokens: Tokens, place: int) -> Number | None:
    """The number that begins at a token, whole; reading it may part tokens behind it."""
    first = place
    negative = False
    token = tokens.at(place)
    if (token.text == "-" or token.text in MINUS_WORDS) and _is_sign(tokens, place):
        negative = True
        place += 1
    if (unit := currency_before(tokens, place)) is not None:
        place += 1
        if tokens.at(place).text == "-" and tokens.glued(place) and tokens.glued(place + 1):
            negative, place = True, place + 1
    number = read_digits(tokens, place, unit is not None) or (read_words(tokens, place) if not unit else None)
    if number is None:
        return None
    number.first = first
    if negative:
        number.low = -number.low
    if unit is not None:
        number.unit = unit
    elif number.unit == COUNT and number.role is Role.CARDINAL:
        _read_unit(tokens, number)
    return number


def _is_sign(tokens: Tokens, place: int) -> bool:
    """Whether a dash is a minus sign: nothing glued before it, a number or a currency glued after it."""
    token, after = tokens.at(place), tokens.at(place + 1)
    if token.text != "-":
        return after.kind in ("number", "sign")
    raw = tokens.folded.raw_at(token.start)
    opened = not tokens.glued(place) or tokens.at(place - 1).text in ("(", "[", "/", "=", "~", '"', "'")
    return raw not in ("—", "―") and opened and tokens.glued(place + 1) and after.kind in ("number", "sign", "asian")


def _read_unit(tokens: Tokens, number: Number) -> None:
    place = number.stop
    if tokens.at(place).text == "-" and tokens.glued(place) and tokens.glued(place + 1):
        place += 1  # 50-percent, 10-billion-won
    token = tokens.at(place)
    if (percent := tokens.phrase(place, PERCENT_WORDS) or tokens.stem(place, PERCENT_WORDS)) is not None:
        kind, number.stop = percent
        number.unit = PERCENT if kind == "percent" else PERCENTAGE_POINTS
    elif (currency := currency_behind(tokens, place)) is not None:
        number.unit, number.stop = currency
    elif token.raw in MEASURES and (token.raw != "m" or tokens.glued(place)):
        number.unit, number.stop = Unit(UnitKind.MEASURE, token.raw), place + 1
