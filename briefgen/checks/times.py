"""Evidence is as good as its day, and a document knows nothing of the days after its own."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.inspection import Inspection, place
from briefgen.errors import Problem, Severity
from briefgen.evidence import FactKind


def expired_evidence(inspection: Inspection) -> Iterator[Problem]:
    """Evidence whose `expires` lies before the day of the build is a warning."""
    for evidence in inspection.library.all_evidence():
        if evidence.expires is not None and evidence.expires < inspection.as_of:
            message = f"expired on {evidence.expires}, before {inspection.as_of}"
            hint = "find newer evidence, or move `expires` if it still holds"
            where = place(evidence, "expires")
            yield Problem("evidence-expired", message, where, Severity.WARNING, (hint,), evidence.id)


def sources_from_the_future(inspection: Inspection) -> Iterator[Problem]:
    """No source was issued after the day of the build."""
    for source in inspection.library.sources.values():
        if source.issued is not None and source.issued.first > inspection.as_of:
            message = f"this source was issued in {source.issued}, after {inspection.as_of}"
            hint = "a document of that day cannot know it: build it as of a later day, or correct `issued`"
            yield Problem("source-after-as-of", message, place(source, "issued"), Severity.WARNING, (hint,), source.id)


def observations_of_the_future(inspection: Inspection) -> Iterator[Problem]:
    """Nothing is observed, and nothing was said, after the day of the build; targets and events may lie ahead."""
    for fact in inspection.library.facts.values():
        ahead = fact.as_of is not None and fact.as_of.first > inspection.as_of
        if ahead and fact.kind in (FactKind.OBSERVATION, FactKind.STATEMENT):
            message = f"this {fact.kind} is of {fact.as_of}, after {inspection.as_of}"
            hint = "what lies ahead is a target, an estimate or an event; or correct `as_of`"
            yield Problem("as-of-ahead", message, place(fact, "as_of"), Severity.WARNING, (hint,), fact.id)
