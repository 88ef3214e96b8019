"""Exact decimal numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def exact(fraction: Fraction) -> Decimal | None:
    """A fraction as a decimal number, or None if it has no end."""
    rest = fraction.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(fraction.numerator) / Decimal(fraction.denominator) if rest == 1 else None


def shifted(number: Decimal, places: int) -> Decimal:
    """A number with its decimal mark moved to the right, written without an exponent or needless zeros."""
    shifted = number.scaleb(places)
    whole = shifted.to_integral_value()
    return Decimal(int(whole)) if places and shifted == whole else shifted
