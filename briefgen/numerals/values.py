"""The value of a fact, as its curator writes it."""

from __future__ import annotations

import re
from dataclasses import replace

from briefgen.evidence import Qualifier, Quantity, Unit, UnitKind
from briefgen.numerals.currencies import UNNAMED_CURRENCY
from briefgen.numerals.finding import find_quantities
from briefgen.numerals.stated import Role
from briefgen.numerals.units import COUNT

_NOUN = re.compile(r"[^\W\d_][\w'’&/()., -]*")
_EXPECTED = "write it like `over 200,000 people`, `86.7 billion USD`, `8.3% to 8.5%` or `at least 50 per cent`"


def parse_quantity(text: str) -> Quantity:
    """Read a fact's `value`, in English notation.

    Args:
        text: a qualifier, a number or a range, and its unit, such as "over 200,000 people", "$23 billion",
            "from 1 per cent to 3 per cent".

    Raises:
        ValueError: with a message fit for a user.
    """
    found = find_quantities(text, "en", "USD")
    if not found:
        raise ValueError(f"{text!r} states no number that can be read: {_EXPECTED}")
    if len(found) > 1:
        raise ValueError(f"{text!r} states {len(found)} numbers: give each a name under `values`, or {_EXPECTED}")
    stated = found[0]
    quantity = stated.quantity
    match stated.role:
        case Role.ORDINAL:
            raise ValueError(f"{text!r} is an ordinal: write it in the claim, and leave `value` out")
        case Role.DATE | Role.NAME:
            raise ValueError(f"{text!r} is a date or part of a name, not a quantity: {_EXPECTED}")
        case Role.CARDINAL:
            pass
    first = min(span.start for span in (stated.span, stated.hedge) if span)
    before, after = text[:first].strip().casefold(), text[stated.span.end :]
    if stated.hedge and stated.hedge.start >= stated.span.end:
        after = text[stated.span.end : stated.hedge.start] + text[stated.hedge.end :]
    if before and not (stated.ends and before in ("from", "between")):
        known = ", ".join(qualifier.value for qualifier in Qualifier)
        raise ValueError(f"{text[:first].strip()!r} before the number is not understood; qualifiers are {known}")
    if quantity.unit == UNNAMED_CURRENCY:
        raise ValueError(f"the currency in {text!r} may be one of several: write its ISO code, e.g. 5 billion JPY")
    return replace(quantity, unit=_with_noun(quantity.unit, after.strip(), text))


def _with_noun(unit: Unit, rest: str, text: str) -> Unit:
    """The unit with the counted noun that follows the number."""
    if not rest:
        return unit
    if unit != COUNT:
        raise ValueError(f"{rest!r} after the unit in {text!r} is not understood: say it in the claim, or {_EXPECTED}")
    if not _NOUN.fullmatch(rest):
        raise ValueError(f"{rest!r} in {text!r} is not understood: {_EXPECTED}")
    if re.fullmatch("[A-Z]{3}", rest):
        raise ValueError(f"{rest!r} is not a currency code of ISO 4217 (a counted noun is written in small letters)")
    if rest.casefold() in ("kr", "kr."):
        raise ValueError(f"the currency in {text!r} may be one of several: write its ISO code, e.g. 5 billion SEK")
    return Unit(UnitKind.COUNT, " ".join(rest.split()))
