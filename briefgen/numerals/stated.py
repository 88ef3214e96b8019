"""What a text states: a number, or a range, and what it does in its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefgen.evidence import Quantity
from briefgen.folding import Span


class Role(StrEnum):
    """What a number does in its sentence."""

    CARDINAL = "cardinal"  # counts or measures
    ORDINAL = "ordinal"  # third, 20th
    DATE = "date"  # a day, month or year
    NAME = "name"  # part of a name: G20, COVID-19, 5G


@dataclass(frozen=True, slots=True)
class Stated:
    """A number, or a range, as a text states it.

    Attributes:
        quantity: its value; the unit is an unnamed count where none is stated, and a currency without a code
            where the sign is that of several currencies (¥, kr).
        span: the number with its sign, magnitude word, currency and unit, in code points of the text.
        hedge: where its qualifier stands, if it has one.
        role: what it does.
        spelled: whether it is written in words.
        ends: the two ends of a range, each as a number of its own.
        movement: whether the range is worded "from … to …", which may tell of a change.
    """

    quantity: Quantity
    span: Span
    hedge: Span | None = None
    role: Role = Role.CARDINAL
    spelled: bool = False
    ends: tuple[Stated, Stated] | None = None
    movement: bool = False
