"""A quotation's text is its passage's, letter for letter, save for what was mended, and said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.checks.inspection import Inspection, place
from briefgen.errors import Problem
from briefgen.evidence import Passage, Quote
from briefgen.folding import fold
from briefgen.quotations import Fragment, split_quotation

_MENDABLE = re.compile(r"""[\s\-"'\x1e]+""")
_FINAL = ".,;:!?"


def altered_quotations(inspection: Inspection) -> Iterator[Problem]:
    """Fragments stand in their passage, or in their text, in order; nothing between them is left out unmarked."""
    for quote in inspection.library.quotes.values():
        text_place = quote.locations.get("text")
        own = [passage for passage in quote.passages if passage.location == text_place]
        for passage in quote.passages:
            if passage.location != text_place:
                yield from _against_passage(quote, passage)
        if own:
            yield from _gaps(quote, inspection)


def _against_passage(quote: Quote, passage: Passage) -> Iterator[Problem]:
    """Compare a quotation's text with the passage that was curated beside it."""
    parts = split_quotation(quote.text)
    where = place(quote, "text")
    if _fits(parts, passage.exact, loosely=False):
        return
    if not _fits(parts, passage.exact, loosely=True):
        message = (
            f"the quotation does not say what its passage says; it departs at “{_departure(parts, passage.exact)}”"
        )
        hint = "only white space, hyphens and quotation marks may be mended; mark omissions […] and insertions [so]"
        yield Problem("quotation-altered", message, where, hints=(hint,), subject=quote.id)
    elif quote.note is None:
        message = "the quotation mends white space, hyphens or quotation marks of its passage, and no `note` says so"
        hint = "add a `note` that says what was mended"
        yield Problem("mending-not-noted", message, where, hints=(hint,), subject=quote.id)


def _fits(parts: tuple[Fragment, ...], passage: str, loosely: bool) -> bool:
    """Whether the fragments make up the passage, with gaps only where an omission is marked."""
    words = [_mended(part.words) if loosely else fold(part.words) for part in parts]
    whole = _mended(passage) if loosely else fold(passage)
    pattern = "".join(
        (r".*?" if part.after_omission else ("" if not number else r"\s*")) + re.escape(word)
        for number, (part, word) in enumerate(zip(parts, words, strict=True))
    )
    return bool(words) and re.fullmatch(rf"{pattern}[{_FINAL}]?", whole, re.DOTALL) is not None


def _mended(text: str) -> str:
    return _MENDABLE.sub("", fold(text))


def _departure(parts: tuple[Fragment, ...], passage: str) -> str:
    """The first word of the quotation that does not continue its passage."""
    rest = _mended(passage)
    for part in parts:
        for word in part.words.split():
            mended = _mended(word)
            found = rest.find(mended) if part.after_omission else (0 if rest.startswith(mended) else -1)
            if found < 0:
                return word
            rest = rest[found + len(mended) :]
    return rest[:30]


def _gaps(quote: Quote, inspection: Inspection) -> Iterator[Problem]:
    """Fragments that were found one by one must follow each other in the text."""
    parts = split_quotation(quote.text)
    text_place = quote.locations.get("text")
    places = [
        (passage.source, inspection.verification.place(quote.id, number))
        for number, passage in enumerate(quote.passages)
        if passage.location == text_place
    ]
    for first in range(0, len(places), len(parts)):
        for number, ((_, before), (source, after)) in enumerate(
            zip(places[first : first + len(parts)], places[first + 1 : first + len(parts)], strict=False), start=1
        ):
            if before is None or after is None:
                continue
            gap = after.span.start - before.span.end
            if gap < 0 or (gap > 2 and not parts[number].after_omission):
                what = "stands before what precedes it" if gap < 0 else "does not follow directly on what precedes it"
                message = f"“{parts[number].words[:40]}” {what} in the text of `{source}`"
                hint = "mark what was left out with […], and keep the speaker's order"
                yield Problem("quotation-altered", message, place(quote, "text"), hints=(hint,), subject=quote.id)
