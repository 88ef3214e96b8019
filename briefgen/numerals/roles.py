"""What a number in digits does, when it neither counts nor measures: ordinals, dates, names."""

from __future__ import annotations

from briefgen.numerals.characters import is_han, is_hangul
from briefgen.numerals.currencies import CURRENCIES, CURRENCY_WORDS
from briefgen.numerals.magnitudes import GLUED_MAGNITUDES, MAGNITUDES
from briefgen.numerals.number import Number
from briefgen.numerals.stated import Role
from briefgen.numerals.tokens import Token, Tokens
from briefgen.numerals.units import MEASURES, PERCENT_WORDS

_MONTHS = frozenset(
    str.split("""january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec""")
)
YEARS = range(1900, 2200)
"""Whole numbers that are years where a year may stand."""
_BEFORE_YEAR = frozenset(str.split("in by since until till during year năm"))


def read_role(tokens: Tokens, number: Number) -> bool:
    """Recognise ordinals, dates and names; whether it is one of them."""
    place = number.stop - 1
    token, before, after = tokens.at(place), tokens.at(place - 1), tokens.at(place + 1)
    plain = token.text.isdigit()
    if plain and tokens.glued(place + 1) and after.text in ("st", "nd", "rd", "th"):
        number.role, number.stop = Role.ORDINAL, place + 2
        return True
    if plain and _is_date(tokens, place):
        number.role = Role.DATE
        tokens.last_date = place
        return True
    if plain and before.text == "thứ":
        number.role = Role.ORDINAL
        return True
    if plain and before.text == "제" and tokens.glued(place):
        number.role = Role.ORDINAL
        return True
    hyphenated = before.text == "-" and tokens.glued(place) and tokens.glued(place - 1)
    if hyphenated and tokens.folded.raw_at(before.start) not in "-‐‑":
        return False  # a dash parts what a hyphen joins
    stem = tokens.at(place - 2) if hyphenated else before
    glued = hyphenated or tokens.glued(place)
    if glued and stem.kind == "word" and not is_hangul(stem.text[-1]):
        if hyphenated and plain and len(token.text) == 4:
            number.role = Role.DATE  # mid-2025
            return True
        if hyphenated or len(stem.text) <= 3:
            number.role = Role.NAME  # COVID-19, G20
            return True
    if tokens.glued(place + 1) and after.kind == "word" and _is_name(after):
        number.role, number.stop = Role.NAME, place + 2  # 5G
        return True
    return False


def _is_name(after: Token) -> bool:
    """Whether letters glued to a number make it a name: 5G, 3D; not 5bn, 10km, 50조, 200k."""
    if is_hangul(after.text[0]) or is_han(after.text[0]) or len(after.text) > 3:
        return False
    known = after.text in MAGNITUDES or after.text in GLUED_MAGNITUDES or after.text == "pp"
    return not known and after.raw not in MEASURES and after.raw not in CURRENCIES


def _is_date(tokens: Tokens, place: int) -> bool:
    token, before, after = tokens.at(place), tokens.at(place - 1), tokens.at(place + 1)
    small = len(token.text) <= 2 and 1 <= int(token.text) <= 31
    year = len(token.text) == 4 and 1000 <= int(token.text) <= 2199
    if not small and not year:
        return False
    if before.text in _MONTHS and (before.text != "may" or before.raw[0] == "M"):
        return year or not _starts_quantity(tokens, place + 1)
    if small and (after.text in _MONTHS or (after.text == "of" and tokens.at(place + 2).text in _MONTHS)):
        return after.text not in ("may", "march") or after.raw[0] == "M"
    if (
        place - tokens.last_date == 2
        and before.text in (",", "-", "and", "to", "/")
        and not _starts_quantity(tokens, place + 1)
    ):
        return year or before.text != ","
    if year and after.text.startswith(("년", "年")):
        return True
    if small and after.text.startswith(("월", "月")) and tokens.glued(place + 1):
        return True
    if small and tokens.glued(place + 1) and after.text.startswith(("일", "日")):
        return tokens.at(place - 1).text.startswith(("월", "月"))
    if before.text in ("ngày", "tháng") and tokens.language == "vi":
        return True
    if year and before.text in _BEFORE_YEAR:
        return not _starts_quantity(tokens, place + 1)
    return year and before.text in ("h1", "h2", "q1", "q2", "q3", "q4")


def _starts_quantity(tokens: Tokens, place: int) -> bool:
    """Whether a magnitude, per cent or currency stands at a token: what comes before it counts, and is no date."""
    token = tokens.at(place)
    return (
        token.text in MAGNITUDES
        or tokens.phrase(place, PERCENT_WORDS) is not None
        or tokens.phrase(place, CURRENCY_WORDS) is not None
        or token.raw in CURRENCIES
    )
