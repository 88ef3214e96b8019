"""What the lock says of a passage: the words as curated, the place, and what stands there and around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefgen.evidence import Evidence, Fact, Passage, Quote
from briefgen.folding import Span, fold
from briefgen.lock.texts import hash_of
from briefgen.quotations import split_quotation

CONTEXT = 32
"""Code points of context on each side of a passage that the lock binds."""


@dataclass(frozen=True, slots=True)
class LockedPassage:
    """One passage as it was found in its source.

    Attributes:
        source: the source's id.
        span: where it stood, in code points of the text as read.
        exact: hash of the passage as it stood there.
        before, after: hashes of up to `CONTEXT` code points on either side.
        curated: hash of what the evidence file says: the passage, and a quotation's words, folded, and its speaker.
    """

    source: str
    span: Span
    exact: str
    before: str
    after: str
    curated: str


@dataclass(frozen=True, slots=True)
class Lock:
    """All that `evidence.lock` says.

    Attributes:
        path: the file.
        sources: source's id → hash of its text.
        passages: `evidence-id/number of the passage, from 0` → what was found.
    """

    path: Path
    sources: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, LockedPassage] = field(default_factory=dict)


def bind(evidence: Evidence, passage: Passage, text: str, span: Span) -> LockedPassage:
    """Bind a passage to where it was found in its source's text."""
    return LockedPassage(
        passage.source,
        span,
        hash_of(text[span.start : span.end]),
        hash_of(text[max(0, span.start - CONTEXT) : span.start]),
        hash_of(text[span.end : span.end + CONTEXT]),
        curated(evidence, passage),
    )


def curated(evidence: Evidence, passage: Passage) -> str:
    """What the evidence file says, as far as it must not change unnoticed."""
    match evidence:
        case Quote(text=text, speaker=speaker):
            words = [fold(fragment.words) for fragment in split_quotation(text)]
            return hash_of("\n".join([passage.source, fold(passage.exact), *words, fold(text), speaker]))
        case Fact():
            return hash_of("\n".join([passage.source, fold(passage.exact)]))
