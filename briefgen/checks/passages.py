"""Passages are short: a citation may hold a fragment, not the work."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.inspection import Inspection
from briefgen.errors import Problem, Severity

LONGEST = 14
"""Words that a fact's passage may have."""


def long_passages(inspection: Inspection) -> Iterator[Problem]:
    """A fact's passage of fifteen words or more is a warning; quotations are as long as they are."""
    for fact in inspection.library.facts.values():
        for passage in fact.passages:
            words = len(passage.exact.split())
            if words > LONGEST:
                message = f"the passage has {words} words; a fact's evidence should have under {LONGEST + 1}"
                hint = "keep the words that bear the fact out, with their number, unit and qualifier"
                yield Problem("passage-long", message, passage.location, Severity.WARNING, (hint,), fact.id)
