"""A number being read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from briefgen.evidence import Qualifier, Quantity, Unit
from briefgen.numerals.stated import Role
from briefgen.numerals.units import COUNT


@dataclass(slots=True)
class Number:
    """A number being read: tokens `first` up to, not including, `stop`."""

    first: int
    stop: int
    low: Decimal
    exponent: int = 0
    unit: Unit = COUNT
    role: Role = Role.CARDINAL
    spelled: bool = False

    def quantity(self, qualifier: Qualifier | None = None) -> Quantity:
        """What it comes to so far."""
        return Quantity(self.low, self.unit, exponent=self.exponent, qualifier=qualifier)
