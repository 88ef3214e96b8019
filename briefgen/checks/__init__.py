"""Checks: what a library promises, one function a promise.

A check gets an `Inspection` and yields problems; it is pure and keeps no state. A new check is a function in the file
of its subject and a line in `LIBRARY_CHECKS`, which says its codes; the order is that of the report where places are
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path

from briefgen.checks.claims import claim_numbers
from briefgen.checks.inspection import Inspection
from briefgen.checks.passages import long_passages
from briefgen.checks.quotations import altered_quotations
from briefgen.checks.times import expired_evidence
from briefgen.checks.values import stated_values
from briefgen.errors import Problem
from briefgen.evidence import Library
from briefgen.lock import Verification


@dataclass(frozen=True, slots=True)
class Check:
    """A function and the codes of the problems that it may yield."""

    run: Callable[[Inspection], Iterable[Problem]]
    codes: tuple[str, ...]


LIBRARY_CHECKS: tuple[Check, ...] = (
    Check(stated_values, ("value-not-in-passage", "qualifier-changed", "unit-not-stated", "caveat-missing")),
    Check(claim_numbers, ("number-not-in-evidence",)),
    Check(altered_quotations, ("quotation-altered", "mending-not-noted")),
    Check(long_passages, ("passage-long",)),
    Check(expired_evidence, ("evidence-expired",)),
)


def check_library(library: Library, verification: Verification, as_of: Day) -> tuple[Problem, ...]:
    """Run every check over a library.

    Args:
        library: loaded, whether or not loading found problems.
        verification: what is known of its passages' places.
        as_of: the day that decides what has expired.

    Returns:
        Problems in the order of their places.
    """
    inspection = Inspection(library, verification, as_of)
    problems = [problem for check in LIBRARY_CHECKS for problem in check.run(inspection)]
    return tuple(sorted(problems, key=_place))


def _place(problem: Problem) -> tuple[Path, int, int]:
    where = problem.location
    return (where.path, where.line or 0, where.column or 0) if where else (Path(), 0, 0)
