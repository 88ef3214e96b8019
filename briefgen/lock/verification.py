"""What was verified, and against what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from briefgen.folding import Span


class Basis(StrEnum):
    """What a passage was verified against."""

    TEXTS = "texts"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Verified:
    """A passage that was verified, and where it stands."""

    source: str
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, and against what.

    Attributes:
        passages: evidence's id and number of the passage (from 0) → where it was found. What failed is absent.
        sources: source's id → hash of its text, as read or as locked.
        read: ids of the sources whose texts were at hand.
    """

    passages: Mapping[tuple[str, int], Verified] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    read: frozenset[str] = frozenset()

    def counts(self) -> Mapping[Basis, int]:
        """How many passages were verified against what."""
        found = [verified.basis for verified in self.passages.values()]
        return {basis: found.count(basis) for basis in Basis}

    @property
    def basis(self) -> str:
        """`texts`, `lock`, `texts and lock`, or `nothing`."""
        return " and ".join(basis for basis, count in self.counts().items() if count) or "nothing"

    def place(self, id: str, number: int) -> Verified | None:
        """Where a passage stands, or None if it was not verified."""
        return self.passages.get((id, number))
