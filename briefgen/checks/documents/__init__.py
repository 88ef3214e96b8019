"""Checks of documents: what a template promises its readers, one function a promise.

A check gets a `DocumentInspection` and yields problems; it is pure and keeps no state. A new check is a function in
the file of its subject, a line in `DOCUMENT_CHECKS`, which says its codes, and an explanation of each code in
`briefgen.explanations`; the order is that of the report where places are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefgen.checks.documents.evidence import (
    above_clearance,
    evidence_from_the_future,
    evidence_too_old,
    template_above_clearance,
)
from briefgen.checks.documents.inspection import DocumentInspection
from briefgen.checks.documents.languages import untranslated_evidence, untranslated_template
from briefgen.checks.documents.numbers import unsourced_numbers
from briefgen.checks.documents.page import long_headlines, marks_after_numerals, printed_twice, too_many_notes
from briefgen.checks.documents.quotations import unsourced_quotations
from briefgen.checks.documents.targets import targets_as_reached
from briefgen.errors import Problem

__all__ = ["DOCUMENT_CHECKS", "JUDGED", "DocumentCheck", "DocumentInspection", "check_document"]


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """A function and the codes of the problems that it may yield.

    Attributes:
        judges: whether its errors rest on a reading of the author's words. Only their author can tell that nothing
            is claimed there, so a template may allow them.
    """

    run: Callable[[DocumentInspection], Iterable[Problem]]
    codes: tuple[str, ...]
    judges: bool = False


DOCUMENT_CHECKS: tuple[DocumentCheck, ...] = (
    # the template's own words
    DocumentCheck(unsourced_numbers, ("unsourced-number", "number-in-parameter"), judges=True),
    DocumentCheck(unsourced_quotations, ("unsourced-quotation",), judges=True),
    DocumentCheck(targets_as_reached, ("target-as-reached",)),
    # the evidence that it prints
    DocumentCheck(above_clearance, ("marking-above-clearance",)),
    DocumentCheck(template_above_clearance, ("marking-above-clearance",)),
    DocumentCheck(evidence_from_the_future, ("evidence-after-as-of",)),
    DocumentCheck(evidence_too_old, ("evidence-too-old",)),
    DocumentCheck(printed_twice, ("printed-twice",)),
    # the language that its readers read
    DocumentCheck(untranslated_template, ("untranslated-template",)),
    DocumentCheck(untranslated_evidence, ("untranslated-evidence",)),
    # the page
    DocumentCheck(marks_after_numerals, ("mark-after-numeral",)),
    DocumentCheck(too_many_notes, ("too-many-notes",)),
    DocumentCheck(long_headlines, ("headline-long",)),
)

JUDGED = frozenset(code for check in DOCUMENT_CHECKS if check.judges for code in check.codes)
"""Codes of the errors that a template may allow, with a reason."""


def check_document(inspection: DocumentInspection) -> tuple[Problem, ...]:
    """Run every check over a document.

    Returns:
        Problems in the order of the checks, each once however often a loop makes it.
    """
    return tuple(dict.fromkeys(problem for check in DOCUMENT_CHECKS for problem in check.run(inspection)))
