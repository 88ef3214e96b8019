"""What a check of the library is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day

from briefgen.errors import Location
from briefgen.evidence import Evidence, Library, Passage, Unit, UnitKind
from briefgen.lock import Verification
from briefgen.numerals import COUNT, UNNAMED_CURRENCY, Stated, find_quantities


@dataclass(frozen=True, slots=True)
class Inspection:
    """A library, what is known of its passages, and the day on which it is looked at."""

    library: Library
    verification: Verification
    as_of: Day

    def numbers(self, passage: Passage) -> tuple[Stated, ...]:
        """Every number that a passage states, read in its source's language."""
        source = self.library.sources.get(passage.source)
        if source is None:
            return find_quantities(passage.exact)
        return find_quantities(passage.exact, source.language, source.dollar)


def place(evidence: Evidence, key: str) -> Location:
    """Where the value of a key is written, or the whole entry's place."""
    return evidence.locations.get(key, evidence.location)


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
