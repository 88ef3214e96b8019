"""Numbers that are easily taken for each other: 10,238 projects are not 10,000 companies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from briefgen.checks.inspection import Inspection, between, place
from briefgen.checks.values import describe
from briefgen.errors import Problem, Severity
from briefgen.evidence import Fact, Quantity, UnitKind

_LEAST_COUNT = 1000
"""Smaller counts (3 pillars, 12 people) look alike without being mistaken for each other."""

_SHARED_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Figure:
    fact: Fact
    name: str
    quantity: Quantity

    @property
    def key(self) -> str:
        return "value" if self.name == "value" else f"values.{self.name}"


def look_alike_numbers(inspection: Inspection) -> Iterator[Problem]:
    """A number that another, of another metric but on the same matter, could be the rounded form of."""
    figures = [
        _Figure(fact, name, value)
        for fact in inspection.library.facts.values()
        if fact.derivation is None
        for name, value in fact.values.items()
        if _is_telling(value)
    ]
    exact: dict[tuple[str, Decimal], list[_Figure]] = {}
    for figure in figures:
        exact.setdefault((_counted(figure.quantity), figure.quantity.amount), []).append(figure)
    for figure in figures:
        rounder = [
            other
            for rounded in _rounded(figure.quantity.amount)
            for other in exact.get((_counted(figure.quantity), rounded), ())
            if _may_be_mistaken(figure.fact, other.fact)
        ]
        if rounder:
            entries = tuple((one.fact, place(one.fact, one.key), describe(one.quantity)) for one in (figure, *rounder))
            others = ", ".join(dict.fromkeys(describe(one.quantity) for one in rounder))
            message = f"{describe(figure.quantity)} is easily taken for {others}, which is of another metric"
            hint = "name what is counted wherever one of them is printed; give them one `metric` if they count the same"
            yield between("look-alike-numbers", message, entries, Severity.ADVICE, hint)


def _is_telling(value: Quantity) -> bool:
    if value.high is not None or not value.amount:
        return False
    match value.unit.kind:
        case UnitKind.COUNT:
            return value.amount >= _LEAST_COUNT
        case UnitKind.CURRENCY:
            return True
        case UnitKind.PERCENT | UnitKind.MEASURE:
            return False


def _counted(value: Quantity) -> str:
    """Sums are mistaken for sums in the same currency, counts for counts of whatever."""
    return value.unit.name if value.unit.kind is UnitKind.CURRENCY else ""


def _rounded(amount: Decimal) -> Iterator[Decimal]:
    """The amount rounded to two significant digits, to three, and so on, as far as that changes it."""
    digits = len(amount.normalize().as_tuple().digits)
    for kept in range(2, digits):
        yield amount.quantize(Decimal(1).scaleb(amount.adjusted() - kept + 1), rounding=ROUND_HALF_UP)


def _may_be_mistaken(one: Fact, other: Fact) -> bool:
    """Whether two facts are of different metrics and on the same matter: place, topic, and words of their claims."""
    if one.id == other.id or (one.metric is not None and one.metric == other.metric):
        return False
    if one.place != other.place or not set(one.topics) & set(other.topics):
        return False
    return len(_words(one) & _words(other)) >= _SHARED_WORDS


def _words(fact: Fact) -> set[str]:
    return {word.casefold() for word in _WORD.findall(fact.claim)}
