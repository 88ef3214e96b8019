"""A fact's value is the number in its passage: the same amount, unit and hedge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from briefgen.checks.inspection import Inspection, agrees, is_silent, place
from briefgen.errors import Problem, Severity
from briefgen.evidence import Fact, Qualifier, Quantity, Unit, UnitKind
from briefgen.numerals import Role, Stated

_WEAKER = {
    (Qualifier.OVER, Qualifier.AT_LEAST),
    (Qualifier.UNDER, Qualifier.AT_MOST),
    (Qualifier.UP_TO, Qualifier.AT_MOST),
    (Qualifier.AT_MOST, Qualifier.UP_TO),
}
"""(What the source says, what a fact may say instead): true of the same numbers, and of no fewer."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number of a passage that may be the value; `hedge` is the whole range's where it is a range's end."""

    quantity: Quantity
    passage: int
    end_of: Stated | None = None

    def equals(self, value: Quantity) -> bool:
        own = self.quantity
        return own.amount == value.amount and own.upper_amount == value.upper_amount


def stated_values(inspection: Inspection) -> Iterator[Problem]:
    """Every number of every value stands in one of the fact's passages."""
    for fact in inspection.library.facts.values():
        if fact.derivation is None and fact.values and fact.passages:
            yield from _of_fact(fact, inspection)


def _of_fact(fact: Fact, inspection: Inspection) -> Iterator[Problem]:
    candidates = list(_candidates(fact, inspection))
    for name, value in fact.values.items():
        yield from _of_value(fact, name, value, candidates)
    yield from _counted_twice(fact, candidates)


def _candidates(fact: Fact, inspection: Inspection) -> Iterator[_Candidate]:
    """Numbers that a value may be; a range's end only where both ends are values, or where it tells of a change."""
    amounts = {value.amount for value in fact.values.values()}
    for number, passage in enumerate(fact.passages):
        for stated in inspection.numbers(passage):
            if stated.role is not Role.CARDINAL:
                continue
            yield _Candidate(stated.quantity, number)
            if stated.ends and (stated.movement or all(end.quantity.amount in amounts for end in stated.ends)):
                for end in stated.ends:
                    yield _Candidate(end.quantity, number, stated)


def _of_value(fact: Fact, name: str, value: Quantity, candidates: list[_Candidate]) -> Iterator[Problem]:
    key = "value" if name == "value" else f"values.{name}"
    equal = [candidate for candidate in candidates if candidate.equals(value)]
    agreeing = [candidate for candidate in equal if agrees(value.unit, candidate.quantity.unit)]
    silent = [candidate for candidate in equal if is_silent(value.unit, candidate.quantity.unit)]
    fitting = agreeing or silent
    if not fitting:
        where = "its passage" if len(fact.passages) == 1 else "any of its passages"
        message = f"the value {describe(value)} is not in {where}, which {_states(equal or candidates)}"
        hint = "correct the value, or the passage, so that they state the same number and unit"
        yield Problem("value-not-in-passage", message, place(fact, key), hints=(hint,), subject=fact.id)
        return
    if not agreeing:
        yield from _unit_not_stated(fact, key, value)
    if not any(_same_hedge(candidate.quantity.qualifier, value.qualifier) for candidate in fitting):
        said = fitting[0].quantity.qualifier
        message = f"the value says {_hedge(value.qualifier)}, the passage says {_hedge(said)}"
        hint = (
            f"write the value as {_hedge(said)} {describe(Quantity(value.low, value.unit, value.high, value.exponent))}"
        )
        if said is None:
            hint = "leave the qualifier out of the value, or widen the passage so that it holds it"
        yield Problem("qualifier-changed", message, place(fact, key), hints=(hint,), subject=fact.id)


def _unit_not_stated(fact: Fact, key: str, value: Quantity) -> Iterator[Problem]:
    what = "a currency" if value.unit.kind is UnitKind.CURRENCY else "the unit"
    if fact.note is None:
        message = f"the passage does not state {what} for {describe(value)}, and no `note` says what was inferred"
        hint = "add a `note` that says so, and a short `caveat` such as “currency not stated”"
        yield Problem("unit-not-stated", message, place(fact, key), hints=(hint,), subject=fact.id)
    elif fact.caveat is None:
        message = f"the passage does not state {what} for {describe(value)}: a strip of key figures would not show it"
        hint = f"add a short `caveat`, such as “{what.removeprefix('a ').removeprefix('the ')} not stated”"
        yield Problem("caveat-missing", message, place(fact, key), Severity.WARNING, (hint,), fact.id)


def _counted_twice(fact: Fact, candidates: list[_Candidate]) -> Iterator[Problem]:
    """Two equal values of one fact need two numbers: `from: 3 per cent, to: 3 per cent` is not "from 1 to 3"."""
    names: dict[tuple[Decimal, Decimal | None, Unit], list[str]] = {}
    for name, value in fact.values.items():
        names.setdefault((value.amount, value.upper_amount, value.unit), []).append(name)
    for equal in names.values():
        value = fact.values[equal[0]]
        passages = [candidate.passage for candidate in candidates if candidate.equals(value)]
        if len(equal) == 1 or not passages or max(passages.count(passage) for passage in passages) >= len(equal):
            continue
        message = f"{describe(value)} is the value of {' and '.join(equal)}, but the passage states it less often"
        for name in equal:  # which of them is wrong cannot be known
            where = place(fact, f"values.{name}")
            yield Problem("value-not-in-passage", message, where, hints=("correct one of them",), subject=fact.id)


def _same_hedge(stated: Qualifier | None, own: Qualifier | None) -> bool:
    return stated is own or (stated, own) in _WEAKER


def _hedge(qualifier: Qualifier | None) -> str:
    return f"“{qualifier.value}”" if qualifier else "no qualifier"


def _states(candidates: Iterable[_Candidate]) -> str:
    found = list(dict.fromkeys(describe(candidate.quantity) for candidate in candidates))
    return f"states {', '.join(found[:4])}" if found else "states no number"


def describe(quantity: Quantity) -> str:
    """A quantity in a problem's message, in English notation: `86.7 billion USD`."""
    words = [f"{quantity.low:,f}" if quantity.low == quantity.low.to_integral_value() else f"{quantity.low:f}"]
    if quantity.high is not None:
        words += ["to", f"{quantity.high:,f}"]
    magnitude = {0: "", 2: "hundred", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
    words.append(magnitude.get(quantity.exponent, f"× 10^{quantity.exponent}"))
    unit = quantity.unit
    words.append("per cent" if unit.kind is UnitKind.PERCENT else unit.name)
    if quantity.qualifier:
        words.insert(0, quantity.qualifier.value)
    return " ".join(word for word in words if word)
