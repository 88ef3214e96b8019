"""Derived facts: their values, worked out when all facts are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from briefgen.derivation import FormulaError, calculate, names_in, parse_formula, working
from briefgen.errors import Location
from briefgen.evidence import Fact
from briefgen.seeds.findings import Findings


def with_derived(given: Mapping[str, Fact], findings: Findings) -> dict[str, Fact]:
    """Work out the derived facts, those first that others rest on."""
    facts = dict(given)
    waiting = {id: fact for id, fact in facts.items() if fact.derivation is not None}
    missing = {id: len(set(_input_ids(fact)) & waiting.keys()) for id, fact in waiting.items()}
    dependents: dict[str, list[str]] = {}
    for id, fact in waiting.items():
        for input in dict.fromkeys(_input_ids(fact)):
            dependents.setdefault(input, []).append(id)
    ready = [id for id, count in missing.items() if not count]
    while ready:
        id = ready.pop()
        facts[id] = _derive(findings, waiting.pop(id), facts)
        for dependent in dependents.get(id, ()):
            missing[dependent] -= 1
            if not missing[dependent]:
                ready.append(dependent)
    _report_cycles(findings, waiting)
    return facts


def _derive(findings: Findings, fact: Fact, facts: Mapping[str, Fact]) -> Fact:
    derivation = fact.derivation
    assert derivation is not None
    at = partial(_place, fact)
    try:
        formula = parse_formula(derivation.formula)
        used = names_in(formula)
        for name in derivation.inputs:
            if name not in used:
                findings.problem(
                    "formula", f"the input `{name}` does not stand in the formula", at(name), "remove it", fact.id
                )
        inputs = {}
        for name in used:
            if name not in derivation.inputs:
                known = ", ".join(derivation.inputs) or "none"
                raise FormulaError(f"`{name}` is not an input; inputs are: {known}")
            input = facts.get(derivation.inputs[name])
            if input is None:
                return fact  # dangling, and reported as such
            if input.value is None:
                if input.derivation is None and "value" not in input.locations:
                    raise FormulaError(f"`{input.id}` has no single `value` to calculate with", name)
                return fact  # its own value is wrong, and reported
            inputs[name] = input.value
        value = calculate(formula, inputs, derivation.result, derivation.digits)
    except FormulaError as error:
        findings.problem("formula", str(error), at(error.name), "", fact.id)
        return fact
    worked = replace(derivation, working=working(formula, inputs))
    return replace(fact, values={"value": value}, derivation=worked)


def _place(fact: Fact, name: str | None) -> Location:
    named = fact.locations.get(f"derived.{name}")
    return named or fact.locations.get("derived.formula") or fact.location


def _report_cycles(findings: Findings, waiting: Mapping[str, Fact]) -> None:
    """Every fact that waits rests on a circle; each circle is reported once, where its first fact's formula is."""
    seen: set[str] = set()
    for start in waiting:
        way: list[str] = []
        id = start
        while id not in way and id not in seen:
            way.append(id)
            id = next(input for input in _input_ids(waiting[id]) if input in waiting)
        if id in way:
            circle = [*way[way.index(id) :], id]
            fact = waiting[id]
            message = f"these calculations rest on each other: {' → '.join(circle)}"
            findings.problem("formula-cycle", message, _place(fact, None), "break the circle", id)
        seen.update(way)


def _input_ids(fact: Fact) -> tuple[str, ...]:
    return tuple(fact.derivation.inputs.values()) if fact.derivation else ()
