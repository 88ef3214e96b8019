"""Evidence is as good as its day."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.inspection import Inspection, place
from briefgen.errors import Problem, Severity


def expired_evidence(inspection: Inspection) -> Iterator[Problem]:
    """Evidence whose `expires` lies before the day of the build is a warning."""
    for evidence in inspection.library.all_evidence():
        if evidence.expires is not None and evidence.expires < inspection.as_of:
            message = f"expired on {evidence.expires}, before {inspection.as_of}"
            hint = "find newer evidence, or move `expires` if it still holds"
            where = place(evidence, "expires")
            yield Problem("evidence-expired", message, where, Severity.WARNING, (hint,), evidence.id)
