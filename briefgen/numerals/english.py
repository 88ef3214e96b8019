"""English numbers in words: six billion, one hundred and thirty, half a million, three quarters of."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from briefgen.numerals.arithmetic import exact, shifted
from briefgen.numerals.magnitudes import read_magnitude
from briefgen.numerals.number import Number
from briefgen.numerals.stated import Role
from briefgen.numerals.tokens import Tokens
from briefgen.numerals.units import PERCENT

_ONES = {
    name: number
    for number, name in enumerate(
        str.split("""
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""")
    )
}
_TENS = {
    name: 10 * number
    for number, name in enumerate(str.split("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_DOZEN = "dozen"
_WORD_MAGNITUDES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_ORDINALS = {
    name: number
    for number, name in enumerate(
        str.split("""
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100}
NUMBER_WORDS = frozenset(("a", "an", "half", "one", *_ONES, *_TENS, *_ORDINALS))
"""What a number in words begins with."""
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}  # fmt: skip


ANY = "|".join((*_ONES, *_TENS, _DOZEN, *_ORDINALS, *_PARTS, "hundred", *_WORD_MAGNITUDES))
"""A pattern of every word that a number in words may hold: where none of them stands, there is none."""


def read_english(tokens: Tokens, place: int) -> Number | None:
    """Six billion, one hundred and thirty, thirty-three, half a million, third, half of."""
    token = tokens.at(place)
    if token.kind != "word" or token.text not in NUMBER_WORDS:
        return None
    if place and tokens.glued(place) and tokens.at(place - 1).kind in ("word", "number"):
        return None
    if (part := _part(tokens, place)) is not None:
        return part
    if token.text in ("a", "an", "half"):
        return _article(tokens, place)
    groups: list[tuple[int, int]] = []
    stop = place
    while (small := _below_thousand(tokens, stop)) is not None:
        number, after = small
        if number < 0:  # an ordinal ends the number
            return Number(place, after, Decimal(-number), role=Role.ORDINAL, spelled=True) if not groups else None
        exponent = 0
        while tokens.at(after).text in _WORD_MAGNITUDES:
            exponent += _WORD_MAGNITUDES[tokens.at(after).text]
            after += 1
        if groups and exponent >= groups[-1][1]:
            break
        groups.append((number, exponent))
        stop = after
        if not exponent:
            break
    if not groups:
        return None
    exponent = min(exponent for _, exponent in groups)
    low = sum((shifted(Decimal(number), group - exponent) for number, group in groups), Decimal())
    read = Number(place, stop, low, exponent, spelled=True)
    if len(groups) == 1 and tokens.texts(stop, 3) == ("and", "a", "half"):
        read.low, read.stop = low + Decimal("0.5"), stop + 3
        read_magnitude(tokens, read, False)
    return read


def _article(tokens: Tokens, place: int) -> Number | None:
    """A million, an hundred, a dozen, half a million."""
    low = Decimal(1)
    after = place + 1
    if tokens.at(place).text == "half":
        if tokens.at(after).text not in ("a", "an"):
            return None
        low, after = Decimal("0.5"), after + 1
    word = tokens.at(after).text
    if word in _WORD_MAGNITUDES:
        number = Number(place, after, low, spelled=True)
        read_magnitude(tokens, number, False)
        return number
    if word in ("hundred", _DOZEN):
        return Number(place, after + 1, low * (100 if word == "hundred" else 12), spelled=True)
    return None


def _below_thousand(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """A number below a thousand and where it stops; negative for an ordinal."""
    word = tokens.at(place).text
    if word in _ORDINALS:
        return -_ORDINALS[word], place + 1
    if word in _TENS:
        after = place + 1
        step = after + 1 if tokens.at(after).text == "-" and tokens.glued(after) else after
        ones = tokens.at(step).text
        if 0 < _ONES.get(ones, 0) < 10:
            number, place = _TENS[word] + _ONES[ones], step + 1
        elif step != after and ones in _ORDINALS:
            return -(_TENS[word] + _ORDINALS[ones]), step + 1
        else:
            number, place = _TENS[word], after
    elif word in _ONES:
        number, place = _ONES[word], place + 1
    else:
        return None
    if tokens.at(place).text == _DOZEN:
        return number * 12, place + 1
    if tokens.at(place).text == "hundred" and number:
        number, place = number * 100, place + 1
        more = place + 1 if tokens.at(place).text == "and" else place
        rest = _below_thousand(tokens, more)
        if rest is not None and 0 < rest[0] < 100:
            return number + rest[0], rest[1]
    return number, place


def _part(tokens: Tokens, place: int) -> Number | None:
    """A share in words, read as per cent: half of, three quarters of. Those without an end (a third) are left."""
    share, stop = Fraction(1), place
    word = tokens.at(place).text
    if word in ("a", "one") or 1 < _ONES.get(word, 0) < 10:
        share, stop = Fraction(_ONES.get(word, 1)), place + 1
        if tokens.at(stop).text == "-" and tokens.glued(stop):
            stop += 1
    elif word != "half" or tokens.at(place - 1).text in ("first", "second", "latter", "other", "1st", "2nd"):
        return None
    name = tokens.at(stop).text
    if name not in _PARTS or tokens.at(stop + 1).text != "of":
        return None
    per_cent = exact(share * 100 / _PARTS[name])
    return None if per_cent is None else Number(place, stop + 1, per_cent, unit=PERCENT, spelled=True)
