"""What no document can do without had better stand in more than one source."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.inspection import Inspection, between, place
from briefgen.errors import Problem, Severity
from briefgen.evidence import Fact

_HEAVIEST = 5


def lone_sources(inspection: Inspection) -> Iterator[Problem]:
    """Facts of the greatest weight that rest on one source; one piece of advice a source."""
    library = inspection.library
    by_source: dict[str, list[Fact]] = {}
    for fact in library.facts.values():
        if fact.weight == _HEAVIEST and fact.derivation is None:
            sources = library.sources_of(fact)
            if len(sources) == 1:
                by_source.setdefault(sources[0], []).append(fact)
    for source, facts in by_source.items():
        ids = ", ".join(f"`{fact.id}`" for fact in facts)
        noun = "fact of weight 5 rests" if len(facts) == 1 else "facts of weight 5 rest"
        message = f"{len(facts)} {noun} on `{source}` alone: {ids}"
        entries = tuple((fact, place(fact, "weight"), "from one source") for fact in facts)
        yield between("one-source", message, entries, Severity.ADVICE, "look for a second source")
