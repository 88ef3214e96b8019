"""Checks: what a library promises, one function a promise.

A check gets an `Inspection` and yields problems; it is pure and keeps no state. A new check is a function in the file
of its subject, a line in `LIBRARY_CHECKS`, which says its codes, and an explanation of each code in
`briefgen.explanations`; the order is that of the report where places are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path

from briefgen.allowances import silence
from briefgen.checks.calculations import shaky_calculations
from briefgen.checks.claims import claim_numbers
from briefgen.checks.duplicates import curated_twice, one_person_twice
from briefgen.checks.inspection import Entry, Inspection
from briefgen.checks.lookalikes import look_alike_numbers
from briefgen.checks.metrics import metric_disagreements, superseded_facts
from briefgen.checks.passages import long_passages
from briefgen.checks.quotations import altered_quotations
from briefgen.checks.speakers import unnamed_speakers
from briefgen.checks.targets import targets_as_observations
from briefgen.checks.times import expired_evidence, observations_of_the_future, sources_from_the_future
from briefgen.checks.values import stated_values
from briefgen.checks.weights import lone_sources
from briefgen.errors import Allowance, Problem, Severity, Silenced
from briefgen.evidence import Library
from briefgen.lock import Texts, Verification


@dataclass(frozen=True, slots=True)
class Check:
    """A function and the codes of the problems that it may yield."""

    run: Callable[[Inspection], Iterable[Problem]]
    codes: tuple[str, ...]


LIBRARY_CHECKS: tuple[Check, ...] = (
    # against the source
    Check(stated_values, ("value-not-in-passage", "qualifier-changed", "unit-not-stated", "caveat-missing")),
    Check(claim_numbers, ("number-not-in-evidence",)),
    Check(altered_quotations, ("quotation-altered", "mending-not-noted")),
    Check(unnamed_speakers, ("speaker-not-named",)),
    Check(long_passages, ("passage-long",)),
    Check(shaky_calculations, ("derived-from-expired", "derived-from-disputed")),
    # between sources
    Check(metric_disagreements, ("metric-disagrees",)),
    Check(look_alike_numbers, ("look-alike-numbers",)),
    Check(superseded_facts, ("superseded",)),
    Check(targets_as_observations, ("target-as-observation",)),
    Check(lone_sources, ("one-source",)),
    Check(curated_twice, ("curated-twice",)),
    Check(one_person_twice, ("person-twice",)),
    # in time
    Check(expired_evidence, ("evidence-expired",)),
    Check(sources_from_the_future, ("source-after-as-of",)),
    Check(observations_of_the_future, ("as-of-ahead",)),
)


def check_library(
    library: Library,
    verification: Verification,
    as_of: Day,
    texts: Texts | None = None,
    silenced: list[Silenced] | None = None,
) -> tuple[Problem, ...]:
    """Run every check over a library.

    Args:
        library: loaded, whether or not loading found problems.
        verification: what is known of its passages' places.
        as_of: the day that decides what has expired, and what lies ahead.
        texts: the sources' texts, for what can be seen only in them.
        silenced: what is allowed is appended, with the allowance.

    Returns:
        Problems in the order of their places.
    """
    inspection = Inspection(library, verification, as_of, texts or Texts(None))
    allowances = {entry.id: entry.allow for entry in _entries(library) if entry.allow}
    hushed: list[Silenced] = []
    problems = [problem for check in LIBRARY_CHECKS for problem in _run(check, inspection, allowances, hushed)]
    problems += _unused(allowances, hushed, inspection)
    if silenced is not None:
        silenced += hushed
    return tuple(sorted(problems, key=_place))


_Allowances = dict[str, tuple[Allowance, ...]]


def _run(check: Check, inspection: Inspection, allowances: _Allowances, hushed: list[Silenced]) -> Iterable[Problem]:
    """A check's problems. An entry that allows a code is passed over; the others are compared without it."""
    found = tuple(check.run(inspection))
    for problem in found:
        if problem.related or not problem.subject:
            continue
        kept, silent = silence((problem,), allowances.get(problem.subject, ()))
        hushed += silent
        yield from kept
    groups = [problem for problem in found if problem.related]
    for code in dict.fromkeys(problem.code for problem in groups):
        allowing = {id: one for id, allowed in allowances.items() for one in allowed if one.code == code}
        concerned = [problem for problem in groups if problem.code == code]
        if not allowing:
            yield from concerned
            continue
        remaining = replace(inspection, library=_without(inspection.library, allowing))
        yield from (problem for problem in check.run(remaining) if problem.related and problem.code == code)
        for problem in concerned:
            ids = (problem.subject, *(related.subject for related in problem.related))
            allowance = next((allowing[id] for id in ids if id in allowing), None)
            if allowance is not None:
                hushed.append(Silenced(problem, allowance))


def _entries(library: Library) -> Iterable[Entry]:
    yield from library.sources.values()
    yield from library.people.values()
    yield from library.all_evidence()


def _without(library: Library, ids: Iterable[str]) -> Library:
    gone = frozenset(ids)
    return replace(
        library,
        people={id: person for id, person in library.people.items() if id not in gone},
        facts={id: fact for id, fact in library.facts.items() if id not in gone},
        quotes={id: quote for id, quote in library.quotes.items() if id not in gone},
    )


def _unused(allowances: _Allowances, hushed: Iterable[Silenced], inspection: Inspection) -> Iterable[Problem]:
    """Allowances that silence nothing; what only the texts can show is not known without them."""
    used = {silent.allowance for silent in hushed}
    seen = {code for check in LIBRARY_CHECKS for code in check.codes}
    if len(inspection.verification.read) < len(inspection.library.sources):
        seen -= {"speaker-not-named"}
    for id, allowed in allowances.items():
        for allowance in allowed:
            if allowance.code in seen and allowance not in used:
                message = f"`allow` names `{allowance.code}`, and there is nothing of the kind to silence"
                yield Problem("allow-unused", message, allowance.location, Severity.ADVICE, ("remove the line",), id)


def _place(problem: Problem) -> tuple[Path, int, int]:
    where = problem.location
    return (where.path, where.line or 0, where.column or 0) if where else (Path(), 0, 0)
