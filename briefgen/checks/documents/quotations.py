"""No quotation of the template's own: words in quotation marks are somebody's, and come from the library."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.checks.documents.inspection import DocumentInspection, runs
from briefgen.checks.documents.words import COVER, own_words
from briefgen.document import BlockQuote, walk
from briefgen.errors import Location, Problem

_FEWEST = 3
"""Words from which on quotation marks quote; with fewer they name or doubt: a “new era”."""
_LONGEST_SHOWN = 60
_QUOTED = re.compile(
    r"“([^“”]+)”|‘((?:[^‘’]|’(?=\w))+)’(?!\w)|«([^«»]+)»|„([^“”„]+)[“”]|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\""
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def unsourced_quotations(inspection: DocumentInspection) -> Iterator[Problem]:
    """Three words or more in quotation marks, or in a block quotation, are evidence."""
    covered = (*inspection.given, *inspection.days)
    for run in inspection.runs:
        text = own_words(run.inlines, covered).text
        for found in _QUOTED.finditer(text):
            words = _WORD.findall(next(group for group in found.groups() if group is not None))
            if len(words) >= _FEWEST:
                yield _unsourced(found[0].replace(COVER, "…"), inspection.place(run.location, words[0]))
    for node in walk(inspection.document.blocks):
        if isinstance(node, BlockQuote) and not node.attribution:
            text = " ".join(own_words(run.inlines, covered).text for run in runs(node.blocks))
            if COVER not in text and len(_WORD.findall(text)) >= _FEWEST:
                yield _unsourced(f"“{text.strip()}”", node.location)


def _unsourced(words: str, place: Location | None) -> Problem:
    shown = words if len(words) <= _LONGEST_SHOWN else f"{words[: _LONGEST_SHOWN - 2].rstrip()}…”"
    message = f"{shown} is quoted, and comes from no evidence"
    hints = (
        "print it from the library: {{ quote(…) }}",
        "or, where nobody is quoted, take the marks off or say why in `allow: {unsourced-quotation: …}`",
    )
    return Problem("unsourced-quotation", message, place, hints=hints)
