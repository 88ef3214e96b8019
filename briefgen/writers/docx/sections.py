"""The sections of a Word file: runs of upright and of landscape pages."""

from __future__ import annotations

from briefgen.document import Document, Section, sections
from briefgen.layout import notes_at_foot


def word_sections(document: Document) -> tuple[Section, ...]:
    """A document's sections, one at least, and one more for endnotes where the text ends on landscape pages."""
    found = sections(document.blocks)
    if not found or (found[-1].turned and document.notes and not notes_at_foot(document)):
        return (*found, Section(()))
    return found
