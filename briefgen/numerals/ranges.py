"""Ranges, and what is stated in the end: 5 to 10 billion, 2024–2030, 1%에서 3%."""

from __future__ import annotations

from briefgen.evidence import Quantity
from briefgen.numerals.arithmetic import shifted
from briefgen.numerals.hedges import hedge_of, stop_of_hedge
from briefgen.numerals.measured import read_number
from briefgen.numerals.number import Number
from briefgen.numerals.roles import YEARS
from briefgen.numerals.stated import Role, Stated
from briefgen.numerals.tokens import Tokens
from briefgen.numerals.units import COUNT

_RANGE_WORDS = frozenset(("to", "đến", "tới"))


def with_range(tokens: Tokens, number: Number) -> tuple[Stated, int]:
    """What is stated where a number was read, a range if it begins one, and the token behind it."""
    if number.role is not Role.CARDINAL:
        return _stated(tokens, number), number.stop
    other = _other_end(tokens, number)
    if other is None:
        stated = _stated(tokens, number)
        return stated, max(number.stop, stop_of_hedge(tokens, number))
    low, high = number, other
    exponent = min(low.exponent, high.exponent)
    hedge = hedge_of(tokens, low)
    quantity = Quantity(
        shifted(low.low, low.exponent - exponent),
        high.unit,
        shifted(high.low, high.exponent - exponent),
        exponent,
        hedge[0] if hedge else None,
    )
    before = tokens.at(low.first - 1).text
    movement = before in ("from", "từ") or tokens.at(low.stop).text in ("에서", "부터")
    span = tokens.span(low.first, high.stop)
    ends = (
        Stated(low.quantity(), tokens.span(low.first, low.stop)),
        Stated(high.quantity(), tokens.span(high.first, high.stop)),
    )
    return Stated(quantity, span, hedge[1] if hedge else None, ends=ends, movement=movement), high.stop


def _other_end(tokens: Tokens, number: Number) -> Number | None:
    """The upper end of a range that starts with this number; fits units and magnitudes to each other."""
    place = number.stop
    word = tokens.at(place).text
    glued = tokens.glued(place) and tokens.glued(place + 1)
    between = word == "and" and tokens.at(number.first - 1).text == "between"
    if word in ("-", "~"):
        if not glued and (number.unit == COUNT and word == "-"):
            return None
    elif not (word in _RANGE_WORDS or between or word in ("에서", "부터")):
        return None
    if tokens.at(place + 1).text == "-":
        return None
    other = read_number(tokens, place + 1)
    if other is None or other.role is not Role.CARDINAL or other.low < 0:
        return None
    if number.unit != other.unit:
        if other.unit == COUNT:
            other.unit = number.unit
        elif number.unit == COUNT:
            number.unit = other.unit
        else:
            return None
    if not number.exponent and other.exponent and number.low < other.low:
        number.exponent = other.exponent  # 5 to 10 billion
    if word == "-" and _is_year(tokens, number) and _is_year(tokens, other):
        number.role = Role.DATE  # 2024–2030: two years
        tokens.last_date = number.first
        return None
    low, high = number.low.scaleb(number.exponent), other.low.scaleb(other.exponent)
    return other if low < high else None


def _is_year(tokens: Tokens, number: Number) -> bool:
    digits = tokens.row[number.first].text
    return number.unit == COUNT and number.stop - number.first == 1 and digits.isdigit() and int(digits) in YEARS


def _stated(tokens: Tokens, number: Number) -> Stated:
    hedge = hedge_of(tokens, number) if number.role is Role.CARDINAL else None
    return Stated(
        number.quantity(hedge[0] if hedge else None),
        tokens.span(number.first, number.stop),
        hedge[1] if hedge else None,
        number.role,
        number.spelled,
    )
