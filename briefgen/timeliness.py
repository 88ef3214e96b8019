"""What a day has to do with evidence: whether it could be known then, and how old it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefgen.evidence import Evidence, Fact, FactKind, Library, Quote
from briefgen.periods import Period


def from_after(evidence: Evidence, library: Library, day: date) -> str | None:
    """Why evidence cannot have been known on a day, in a few words; None if it can.

    A source issued later cannot; neither can an observation of, or words said at, a later time. What is aimed at or
    estimated may lie ahead, and so may an event of which a source had told by then: one issued, or read, by that day.
    """
    for one in library.foundation(evidence):
        sources = [library.sources[id] for id in library.sources_of(one) if id in library.sources]
        for source in sources:
            if source.issued is not None and source.issued.first > day:
                return f"its source `{source.id}` was issued on {source.issued}"
        dated = (period for source in sources for period in (source.issued, source.accessed) if period)
        announced = any(period.first <= day for period in dated)
        if (when := _happened(one, announced)) is not None and when.first > day:
            return f"it is of {when}"
    return None


def _happened(evidence: Evidence, announced: bool) -> Period | None:
    """The time that evidence looks back on; None for what may lie ahead of its source."""
    match evidence:
        case Quote():
            return evidence.date
        case Fact(kind=FactKind.OBSERVATION | FactKind.STATEMENT):
            return evidence.as_of
        case Fact(kind=FactKind.EVENT) if not announced:
            return evidence.date
        case _:
            return None


def speaks_for(evidence: Evidence, library: Library) -> date | None:
    """The last day that evidence tells of, by which it ages; None for what does not age, or has no date.

    Events and targets do not age: they are told with their own date. A calculation is as old as the oldest of its
    inputs. What has no date of its own is as old as the newest of its sources.
    """
    return min(_days(evidence, library), default=None)


def _days(evidence: Evidence, library: Library) -> Iterator[date]:
    for one in library.foundation(evidence):
        if isinstance(one, Fact) and (one.derivation or one.kind in (FactKind.EVENT, FactKind.TARGET)):
            continue
        own = one.as_of if isinstance(one, Fact) else one.date
        issued = [library.sources[id].issued for id in library.sources_of(one) if id in library.sources]
        dated = [own] if own else [period for period in issued if period]
        if dated:
            yield max(period.last for period in dated)
