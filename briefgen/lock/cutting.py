"""Whether a passage ends in the middle of a number."""

from __future__ import annotations

from briefgen.evidence import Source
from briefgen.folding import Span
from briefgen.numerals import find_quantities

_AROUND = 40
"""Code points on either side of a passage in which a number that it cuts is looked for."""


def cut_number(text: str, span: Span, source: Source) -> str | None:
    """The words of a number that a passage leaves incomplete: without its magnitude, unit, currency or hedge, or
    without the other end of a range. None if it cuts none.

    Args:
        text: the source's.
        span: where the passage stands in it.
        source: says the text's language, and what a dollar is there.
    """
    first = max(0, text.rfind(" ", 0, max(0, span.start - _AROUND)) + 1)
    window = text[first : span.end + _AROUND]
    for stated in find_quantities(window, source.language, source.dollar):
        whole = [part for part in (stated.span, stated.hedge) if part is not None]
        start, end = min(part.start for part in whole) + first, max(part.end for part in whole) + first
        cut = start < span.start < end or start < span.end < end
        if cut and any(char.isalnum() for char in text[max(start, span.start) : min(end, span.end)]):
            return " ".join(text[start:end].split())
    return None
