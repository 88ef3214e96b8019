"""The author's own words in a run, with everything else covered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from briefgen.document import Code, EvidenceRef, Inline, Inlines, LineBreak, Origin, Printed, Text, walk
from briefgen.folding import Span

COVER = "\ufffc"
"""What evidence and fixed words are covered with: neither letter nor digit."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run as text.

    Attributes:
        text: the author's words; other words are covered, note marks left out.
        made: where text stands that the template's code printed, such as a loop's counter.
    """

    text: str
    made: tuple[Span, ...] = ()

    def is_made(self, span: Span) -> bool:
        """Whether a span is all the code's."""
        return any(one.start <= span.start and span.end <= one.end for one in self.made)


def own_words(inlines: Inlines, covered: Collection[str] = ()) -> Words:
    """The words of a run that the template itself says.

    Args:
        covered: what params, the audience and the document's days print: not the template's words.
    """
    text = ""
    made = []
    for inline in _leaves(inlines):
        match inline:
            case Text(words, Origin.AUTHOR) | Code(words):
                text += words
            case Text(words, Origin.PARAMETER):
                start = len(text)
                text += _without(words, covered)
                made.append(Span(start, len(text)))
            case LineBreak():
                text += " "
            case Text() | EvidenceRef() | Printed():
                text += COVER
            case _:
                pass
    return Words(text, tuple(made))


def given_words(inlines: Inlines, given: Collection[str]) -> Iterator[str]:
    """The words of a run that come from params or the audience: their values that stand in it."""
    for inline in _leaves(inlines):
        if isinstance(inline, Text) and inline.origin is Origin.PARAMETER:
            yield from (value for value in given if _standing(value).search(inline.text))


def _leaves(inlines: Inlines) -> Iterator[Inline]:
    return (node for node in walk(inlines) if isinstance(node, Inline))


def _without(words: str, covered: Collection[str]) -> str:
    for value in sorted(covered, key=len, reverse=True):
        words = _standing(value).sub(COVER, words)
    return words


def _standing(value: str) -> re.Pattern[str]:
    """What finds a value that stands by itself, whatever a filter made of its capitals."""
    return re.compile(rf"(?<!\w){re.escape(value)}(?!\w)", re.IGNORECASE)
