"""A calculation is as good as what it is calculated from."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.inspection import Inspection, place
from briefgen.disagreement import Difference, disagreements
from briefgen.errors import Location, Problem, Severity
from briefgen.evidence import Fact

_DISPUTES = {Difference.VALUE, Difference.UNIT, Difference.QUALIFIER}
"""Disagreements that change what is calculated; a date that one source leaves out does not."""


def shaky_calculations(inspection: Inspection) -> Iterator[Problem]:
    """A derived fact rests neither on expired facts nor on ones that other sources dispute, however deep."""
    library = inspection.library
    derived = [fact for fact in library.facts.values() if fact.derivation is not None]
    if not derived:
        return
    disputed = _disputed(inspection)
    for fact in derived:
        inputs = [one for one in library.foundation(fact)[1:] if isinstance(one, Fact)]
        if expired := [one for one in inputs if one.expires is not None and one.expires < inspection.as_of]:
            ids = " and ".join(f"`{one.id}`, which expired on {one.expires}" for one in expired)
            hint = "find newer evidence, or move `expires` if it still holds"
            message = f"this is calculated from {ids}"
            where = _input(fact, expired[0])
            yield Problem("derived-from-expired", message, where, Severity.WARNING, (hint,), fact.id)
        if contested := [one for one in inputs if one.id in disputed]:
            ids = " and ".join(f"`{one.id}`" for one in contested)
            others = " and ".join(dict.fromkeys(disputed[one.id] for one in contested))
            hint = "say in `note` which source was chosen; then `allow: {derived-from-disputed: why}`"
            message = f"this is calculated from {ids}, and other sources differ: {others}"
            where = _input(fact, contested[0])
            yield Problem("derived-from-disputed", message, where, Severity.WARNING, (hint,), fact.id)


def _disputed(inspection: Inspection) -> dict[str, str]:
    """Id of a disputed fact → the others, in words."""
    facts = (fact for fact in inspection.library.facts.values() if fact.derivation is None)
    return {
        fact.id: " and ".join(f"`{other.id}`" for other in group.facts if other is not fact)
        for group in disagreements(facts, inspection.library)
        if _DISPUTES & set(group.differences)
        for fact in group.facts
    }


def _input(fact: Fact, input: Fact) -> Location:
    """Where a derived fact names an input, or the calculation as a whole where the input lies deeper."""
    names = fact.derivation.inputs if fact.derivation else {}
    name = next((name for name, id in names.items() if id == input.id), "formula")
    return place(fact, f"derived.{name}", "derived")
