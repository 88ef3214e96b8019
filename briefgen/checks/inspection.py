"""What a check is given, and what several checks need to ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day

from briefgen.errors import Location, Problem, Related, Severity
from briefgen.evidence import Evidence, Fact, Library, Passage, Person, Quote, Source, Unit, UnitKind
from briefgen.lock import SourceText, Texts, Verification
from briefgen.numerals import COUNT, UNNAMED_CURRENCY, Stated, find_quantities

Entry = Source | Person | Fact | Quote


@dataclass(frozen=True, slots=True)
class Inspection:
    """A library, what is known of its passages, and the day on which it is looked at.

    Attributes:
        texts: the sources' full texts; some or all of them may not be at hand.
    """

    library: Library
    verification: Verification
    as_of: Day
    texts: Texts = field(default_factory=lambda: Texts(None))

    def numbers(self, passage: Passage) -> tuple[Stated, ...]:
        """Every number that a passage states, read in its source's language."""
        source = self.library.sources.get(passage.source)
        if source is None:
            return find_quantities(passage.exact)
        return find_quantities(passage.exact, source.language, source.dollar)

    def text(self, source: str) -> SourceText | None:
        """The text of a source, if it is at hand and was read when the passages were verified."""
        return self.texts.of(self.library.sources[source], []) if source in self.verification.read else None


def place(entry: Entry, *keys: str) -> Location:
    """Where the value of the first of these keys that is there is written, or the whole entry's place."""
    return next((entry.locations[key] for key in keys if key in entry.locations), entry.location)


def between(
    code: str,
    message: str,
    entries: tuple[tuple[Evidence | Person, Location, str], ...],
    severity: Severity = Severity.WARNING,
    *hints: str,
) -> Problem:
    """One problem between several entries.

    Args:
        entries: each entry, the place that is at fault in it, and what stands there in a few words.
    """
    first, *others = entries
    related = tuple(Related(where, f"`{entry.id}`: {words}", entry.id) for entry, where, words in others)
    return Problem(code, message, first[1], severity, hints, first[0].id, related)


def agrees(own: Unit, stated: Unit) -> bool:
    """Whether a unit is the one stated; the noun that is counted does not matter."""
    if own.kind is UnitKind.COUNT and stated.kind is UnitKind.COUNT:
        return not stated.name or own.name == stated.name or own.name.casefold().startswith(stated.name)
    return own == stated


def is_silent(own: Unit, stated: Unit) -> bool:
    """Whether the source leaves the unit open that ours gives: no currency, an unnamed one, no per cent."""
    if own.kind is UnitKind.COUNT:
        return False
    return stated == COUNT or (own.kind is UnitKind.CURRENCY and stated == UNNAMED_CURRENCY)
