"""Facts of one metric can be compared: where they disagree, and which of them is the newest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from briefgen.checks.inspection import Inspection, between, place
from briefgen.checks.values import describe
from briefgen.disagreement import Difference, disagreements
from briefgen.errors import Problem, Severity
from briefgen.evidence import Fact, FactKind

_WHAT = {
    Difference.VALUE: "the figures",
    Difference.UNIT: "the unit",
    Difference.QUALIFIER: "the hedge",
    Difference.NUMBER: "whether a figure is given",
    Difference.TIME: "the date, or whether one is given",
    Difference.WORDS: "the wording",
}
_KEYS = {
    Difference.VALUE: ("value", "values"),
    Difference.UNIT: ("value", "values"),
    Difference.QUALIFIER: ("value", "values"),
    Difference.NUMBER: ("value", "values", "claim"),
    Difference.TIME: ("date", "as_of", "value", "claim"),
    Difference.WORDS: ("claim",),
}


def metric_disagreements(inspection: Inspection) -> Iterator[Problem]:
    """Facts of one metric and place say the same, with the same hedge, unit and date; one problem a group."""
    library = inspection.library
    facts = (fact for fact in library.facts.values() if fact.derivation is None)
    for group in disagreements(facts, library):
        gravest = group.differences[0]
        what = " and ".join(_WHAT[difference] for difference in group.differences)
        message = f"facts of the metric `{group.metric}` differ in {what}: {_versions(group.facts, gravest)}"
        entries = tuple((fact, place(fact, *_KEYS[gravest]), _version(fact, gravest)) for fact in group.facts)
        hint = (
            "both may stay, and documents can say so; `allow: {metric-disagrees: why}` on a fact takes it out of this"
        )
        yield between("metric-disagrees", message, entries, Severity.WARNING, hint)


def superseded_facts(inspection: Inspection) -> Iterator[Problem]:
    """A metric's older figures are told from its newest; one problem a metric and place."""
    measured = [
        fact
        for fact in inspection.library.facts.values()
        if fact.metric and fact.as_of and fact.values and fact.kind in (FactKind.OBSERVATION, FactKind.ESTIMATE)
    ]
    measured.sort(key=_series)
    for (metric, _), series in groupby(measured, key=_series):
        facts = sorted(series, key=lambda fact: fact.as_of.last if fact.as_of else inspection.as_of, reverse=True)
        newest = facts[0].as_of
        assert newest is not None
        older = [fact for fact in facts[1:] if fact.as_of and fact.as_of.last < newest.first]
        if older:
            message = f"there is a newer figure for `{metric}`: `{facts[0].id}` is of {newest}"
            entries = tuple((fact, place(fact, "as_of"), f"of {fact.as_of}") for fact in older)
            hint = "a series needs its older points; print an older one alone only with its date"
            yield between("superseded", message, entries, Severity.ADVICE, hint)


def _series(fact: Fact) -> tuple[str, str]:
    return fact.metric or "", fact.place or ""


def _versions(facts: tuple[Fact, ...], difference: Difference) -> str:
    if difference is Difference.WORDS:
        return ", ".join(f"`{fact.id}`" for fact in facts)
    return "; ".join(dict.fromkeys(_version(fact, difference) for fact in facts))


def _version(fact: Fact, difference: Difference) -> str:
    """What a fact says, as far as it matters to a difference."""
    if difference is Difference.WORDS:
        return fact.claim
    figures = " and ".join(describe(value) for value in fact.values.values()) or "no figure"
    if difference is not Difference.TIME:
        return figures
    when = fact.when
    dated = str(when) if when else "no date"
    return f"{figures}, {dated}" if fact.values else dated
