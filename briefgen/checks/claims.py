"""A claim holds no number of its own: each is in the fact's value, its passages or its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from briefgen.checks.inspection import Inspection, place
from briefgen.errors import Problem
from briefgen.evidence import Fact, Unit, UnitKind
from briefgen.folding import Span
from briefgen.numerals import COUNT, Role, Stated, find_quantities
from briefgen.periods import Period

_SLOT = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_NOWHERE = Span(0, 0)
_PARTIES = re.compile(r"\b(?:the|both|these|those|our|their|its) $", re.IGNORECASE)


@dataclass(slots=True)
class _Borne:
    """The numbers that a fact's evidence bears out."""

    amounts: set[tuple[Decimal, Unit]] = field(default_factory=set)
    dates: set[Decimal] = field(default_factory=set)

    def add(self, stated: Stated) -> None:
        for one in (stated, *(stated.ends or ())):
            quantity = one.quantity
            self.amounts.add((quantity.amount, _bare(quantity.unit)))
            if quantity.upper_amount is not None:
                self.amounts.add((quantity.upper_amount, _bare(quantity.unit)))

    def add_period(self, period: Period | None) -> None:
        if period is not None:
            parts = (period.year, period.month, period.day, period.quarter, period.half)
            self.dates.update(Decimal(part) for part in parts if part)

    def bears(self, stated: Stated) -> bool:
        quantity = stated.quantity
        amounts = [quantity.amount] + ([quantity.upper_amount] if quantity.upper_amount is not None else [])
        return all(self._has(amount, _bare(quantity.unit)) for amount in amounts)

    def _has(self, amount: Decimal, unit: Unit) -> bool:
        if (amount, unit) in self.amounts or (unit == COUNT and amount in self.dates):
            return True
        return unit == COUNT and any(amount == known for known, _ in self.amounts)


def claim_numbers(inspection: Inspection) -> Iterator[Problem]:
    """Every number in a claim, and in its translations, is in the fact's evidence."""
    for fact in inspection.library.facts.values():
        borne: _Borne | None = None
        for language, key, words in _wordings(fact):
            plain = _SLOT.sub(lambda match: match[0][0] if match[0] in ("{{", "}}") else " ", words)
            for stated in find_quantities(plain, language):
                if _is_idle(stated, plain):
                    continue
                if borne is None:
                    borne = _borne(fact, inspection)
                if borne.bears(stated) or (language != "en" and _is_month(stated)):
                    continue
                number = plain[stated.span.start : stated.span.end]
                message = f"the claim says “{number}”, which is in neither its value nor its passage"
                hint = "leave the number out, make it the value, or widen the passage so that it holds it"
                yield Problem("number-not-in-evidence", message, place(fact, key), hints=(hint,), subject=fact.id)


def _wordings(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """Language, key and words of the claim and of its translations."""
    yield "en", "claim", fact.claim
    for language, words in fact.translations.items():
        inner = f"translations.{language}.claim"
        yield language, inner if inner in fact.locations else f"translations.{language}", words


def _borne(fact: Fact, inspection: Inspection) -> _Borne:
    borne = _Borne()
    for one in inspection.library.foundation(fact):
        assert isinstance(one, Fact)
        for value in one.values.values():
            borne.add(Stated(value, span=_NOWHERE))
        for passage in one.passages:
            for stated in inspection.numbers(passage):
                borne.add(stated)
        borne.add_period(one.as_of)
        borne.add_period(one.date)
    if fact.derivation is not None:
        for stated in find_quantities(fact.derivation.formula):
            borne.add(stated)
    return borne


def _is_idle(stated: Stated, words: str) -> bool:
    """Part of a name (G20), or a word that hardly counts: one of, the first, the two countries."""
    if stated.role is Role.NAME:
        return True
    if not stated.spelled or stated.quantity.unit != COUNT:
        return False
    number = stated.quantity.amount
    return number == 1 or (number == 2 and _PARTIES.search(words, 0, stated.span.start) is not None)


def _is_month(stated: Stated) -> bool:
    """A month's number, where English has its name."""
    return stated.role is Role.DATE and stated.quantity.amount <= 12


def _bare(unit: Unit) -> Unit:
    return COUNT if unit.kind is UnitKind.COUNT else unit
