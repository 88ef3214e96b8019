"""What a reader stumbles over on the page: too much of it, or the same again."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.documents.inspection import DocumentInspection, runs
from briefgen.citations.sentences import ends_in_numeral
from briefgen.document import (
    Block,
    DocumentKind,
    EvidenceRef,
    Facet,
    Heading,
    NoteMark,
    plain,
    walk,
)
from briefgen.errors import Location, Problem, Severity
from briefgen.locales import language_of

MOST_NOTES = 10
"""Notes that a page with a budget bears."""
LONGEST_HEADLINE = 12
"""Words that are read at one glance."""
_LONGEST_WRITTEN_IN_SYLLABLES = 18
"""As many of Vietnamese, which parts its syllables by spaces."""


def too_many_notes(inspection: DocumentInspection) -> Iterator[Problem]:
    """A document with a page budget has ten notes a page at most."""
    meta, notes = inspection.cited.meta, len(inspection.cited.notes)
    if meta.pages is not None and notes > MOST_NOTES * meta.pages:
        message = f"{notes} notes on {meta.pages} page{'s' if meta.pages > 1 else ''}; {MOST_NOTES} a page is much"
        hints = ("rest more on fewer sources", "with `notes: endnotes` a source has one note, however often it is used")
        where = inspection.template.locations.get("pages", inspection.template.location)
        yield Problem("too-many-notes", message, where, Severity.WARNING, hints)


def long_headlines(inspection: DocumentInspection) -> Iterator[Problem]:
    """The headline of a brief or memo has twelve words at most."""
    syllables = language_of(inspection.cited.meta.language) == "vi"
    longest = _LONGEST_WRITTEN_IN_SYLLABLES if syllables else LONGEST_HEADLINE
    if inspection.cited.meta.kind is DocumentKind.DOSSIER:
        return
    for block in inspection.cited.blocks:
        if isinstance(block, Heading) and block.level == 1:
            words = len(plain(block.children).split())
            if words > longest:
                message = f"the headline has {words} words; {longest} are read at one glance"
                hint = "say what matters most, and the rest in the lead"
                yield Problem("headline-long", message, block.location, Severity.ADVICE, (hint,))


def marks_after_numerals(inspection: DocumentInspection) -> Iterator[Problem]:
    """A note mark behind a numeral reads as a power: 10²."""
    for run in runs(inspection.cited.blocks):
        before = ""
        for node in walk(run.inlines):
            if isinstance(node, NoteMark) and ends_in_numeral(before[-1:]):
                message = f"the mark of note {node.number} stands right behind a number, as if it were a power of it"
                hint = "put cite(…) behind a word, or leave it out: evidence brings its own mark"
                yield Problem("mark-after-numeral", message, run.location, Severity.WARNING, (hint,))
            text = getattr(node, "text", None)
            before = text if isinstance(text, str) and text else before


def printed_twice(inspection: DocumentInspection) -> Iterator[Problem]:
    """A claim or a quotation stands once in a document, and in a dossier once in a section."""
    for section in _sections(inspection):
        seen: dict[str, Location | None] = {}
        for node in walk(section):
            match node:
                case EvidenceRef(id, Facet.WHOLE | Facet.TEXT, location=location) if id in seen:
                    first = seen[id]
                    line = f" (first in line {first.line})" if first and first.line else ""
                    message = f"`{id}` is printed a second time{line}"
                    hint = "print it once, or only its number: .value"
                    yield Problem("printed-twice", message, location, Severity.WARNING, (hint,), id)
                case EvidenceRef(id, Facet.WHOLE | Facet.TEXT, location=location):
                    seen[id] = location
                case _:
                    pass


def _sections(inspection: DocumentInspection) -> Iterator[tuple[Block, ...]]:
    """A dossier's level-1 sections; of another document, the whole."""
    section: list[Block] = []
    for block in inspection.document.blocks:
        begins = isinstance(block, Heading) and block.level == 1
        if begins and inspection.document.meta.kind is DocumentKind.DOSSIER:
            yield tuple(section)
            section = []
        section.append(block)
    yield tuple(section)
