"""A passage with what stands around it, for whoever must judge whether it says what is claimed."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.folding import Span


@dataclass(frozen=True, slots=True)
class Context:
    """A passage as it stands in its text, with what stands around it, each on one line.

    Attributes:
        before, after: up to `REACH` characters of the same paragraph; `…` stands where there is more of it.
    """

    before: str
    words: str
    after: str


REACH = 160
"""How much of a text is shown on each side of a passage, in characters."""


def in_context(text: str, span: Span) -> Context:
    """A passage of a text in its context."""
    before, after = text[: span.start].rpartition("\n")[2], text[span.end :].partition("\n")[0]
    if len(before) > REACH:
        before = "…" + before[-REACH:].partition(" ")[2]
    if len(after) > REACH:
        after = after[:REACH].rpartition(" ")[0] + "…"
    words = " ".join(text[span.start : span.end].split())
    return Context(before.replace("\t", " "), words, after.replace("\t", " "))
