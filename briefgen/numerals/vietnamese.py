"""Vietnamese numbers in words: mười hai, hai trăm, ba nghìn tỷ, năm mươi phần trăm, nửa triệu.

A syllable alone is not read: `năm` is five and year, `ba` three and father, `một` one and a. A number begins where
syllables that only numbers put together stand together.
"""

from __future__ import annotations

from decimal import Decimal

from briefgen.numerals.arithmetic import shifted
from briefgen.numerals.magnitudes import OTHER_WORDS
from briefgen.numerals.number import Number
from briefgen.numerals.roles import YEARS
from briefgen.numerals.stated import Role
from briefgen.numerals.tokens import Tokens
from briefgen.numerals.units import PERCENT_WORDS

_ONES = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_ONES_BEHIND_TENS = {name: one for name, one in _ONES.items() if one != 5} | {
    "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5,
}  # fmt: skip
"""After ten or tens, five is `lăm`: `hai mươi năm` is twenty years."""
_NONE = {"không": 0}
_DECIMALS = _ONES | _NONE | {"lăm": 5}
_TEN, _TENS, _HUNDRED, _HALF = "mười", ("mươi", "chục"), "trăm", "nửa"
_AND = ("linh", "lẻ")
_MAGNITUDES = {"nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9}
_ORDINALS_AFTER = frozenset(str.split("thứ kỷ khóa khoá lớp quận điều chương mục tháng ngày"))
"""Words that number what they name: `thế kỷ hai mươi`, `tháng mười hai`."""

BEGINNINGS = frozenset((*_ONES, _TEN, _HALF))
"""What a number in words begins with."""
ANY = "|".join((_TEN, *_TENS, _HUNDRED, *_MAGNITUDES))
"""A pattern of what every number in words holds."""


def read_vietnamese(tokens: Tokens, place: int) -> Number | None:
    """The number in Vietnamese words that begins at a token."""
    before = tokens.at(place - 1).text
    if before in _ONES and before != "năm":
        return None  # hai ba trăm: two or three hundred
    if tokens.at(place).text == _HALF:
        exponent, stop = _magnitude(tokens, place + 1)
        return Number(place, stop, Decimal("0.5"), exponent, spelled=True) if exponent else None
    groups: list[tuple[Decimal, int]] = []
    stop = place
    while True:
        linked = bool(groups) and tokens.at(stop).text in _AND  # hai nghìn lẻ một
        small = _below_thousand(tokens, stop + linked)
        if small is None:
            break
        is_lone = small[1] == stop + 1 and small[0] < 10
        low, after = _with_decimals(tokens, *small)
        exponent, after = _magnitude(tokens, after)
        if groups and (exponent >= groups[-1][1] or (is_lone and not exponent)):
            break  # hai triệu một năm: two million a year
        groups.append((low, exponent))
        stop = after
        if not exponent:
            break
    if not groups or not (stop > place + 1 or tokens.phrase(stop, PERCENT_WORDS)):
        return None
    exponent = min(exponent for _, exponent in groups)
    low = sum((shifted(number, group - exponent) for number, group in groups), Decimal())
    if exponent and tokens.at(stop).text == "rưỡi":
        low, stop = low + Decimal("0.5"), stop + 1
    return Number(place, stop, low, exponent, role=_role(before, low.scaleb(exponent)), spelled=True)


def _role(before: str, number: Decimal) -> Role:
    if before == "năm" and number in YEARS:
        return Role.DATE
    return Role.ORDINAL if before in _ORDINALS_AFTER and number < 100 else Role.CARDINAL


def _with_decimals(tokens: Tokens, number: int, place: int) -> tuple[Decimal, int]:
    """A number with the digits that are read out behind its decimal mark: hai phẩy năm."""
    digits = ""
    if tokens.at(place).text == "phẩy":
        while (digit := _DECIMALS.get(tokens.at(place + 1 + len(digits)).text)) is not None:
            digits += str(digit)
    return (Decimal(f"{number}.{digits}"), place + 1 + len(digits)) if digits else (Decimal(number), place)


def _below_thousand(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """A number below a thousand, and where it stops."""
    small = _below_hundred(tokens, place)
    one = (_ONES | _NONE).get(tokens.at(place).text)
    if one is None or tokens.at(place + 1).text != _HUNDRED:
        return small
    number, place = 100 * one, place + 2
    if tokens.at(place).text in _AND and tokens.at(place + 1).text in _ONES:
        return number + _ONES[tokens.at(place + 1).text], place + 2
    rest = _below_hundred(tokens, place)
    return (number, place) if rest is None or rest[0] < 10 else (number + rest[0], rest[1])


def _below_hundred(tokens: Tokens, place: int) -> tuple[int, int] | None:
    first, second = tokens.at(place).text, tokens.at(place + 1).text
    if first == _TEN:
        number, place = 10, place + 1
    elif first in _ONES and second in _TENS:
        number, place = 10 * _ONES[first], place + 2
    elif first in _ONES:
        return _ONES[first], place + 1
    else:
        return None
    one = _ONES_BEHIND_TENS.get(tokens.at(place).text, 0)
    return (number + one, place + 1) if one else (number, place)


def _magnitude(tokens: Tokens, place: int) -> tuple[int, int]:
    """The power of ten of the magnitudes that stand at a token, 0 for none, and where they stop."""
    exponent = 0
    while (word := tokens.at(place).text) in _MAGNITUDES:  # nghìn tỷ: each word multiplies
        if tokens.at(place + 1).text in OTHER_WORDS.get(word, ()):
            break
        exponent += _MAGNITUDES[word]
        place += 1
    return exponent, place
