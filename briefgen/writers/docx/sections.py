"""The sections of a Word file: runs of upright and of landscape pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefgen.document import Block, Document, PageBreak, Section, sections
from briefgen.layout import notes_at_foot


def word_sections(document: Document) -> tuple[Section, ...]:
    """A document's sections, one at least.

    Endnotes stand on upright pages, so there is a last section for them where the text ends on landscape pages. A
    section begins a page, and so do not page breaks at its ends.
    """
    found = [replace(section, blocks=_without_idle_breaks(section.blocks)) for section in sections(document.blocks)]
    if not found or (found[-1].turned and document.notes and not notes_at_foot(document)):
        found.append(Section(()))
    return tuple(found)


def _without_idle_breaks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks less the page breaks that a page's beginning or a section's end makes needless."""
    kept: list[Block] = []
    for block in blocks:
        if not isinstance(block, PageBreak) or (kept and not isinstance(kept[-1], PageBreak)):
            kept.append(block)
    if kept and isinstance(kept[-1], PageBreak):
        kept.pop()
    return tuple(kept)
