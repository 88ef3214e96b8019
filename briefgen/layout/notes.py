"""Notes: set with their numbers hung out, as a block for the foot of a page or the end of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.document import Meta, Note, Text, note_anchor
from briefgen.layout.galley import Galley, beside, linked
from briefgen.layout.model import Role
from briefgen.layout.setting import Frame, Setting
from briefgen.theme import Spacing, StyleName

SEPARATION = 6.5
"""The least white space between text and the hairline over the notes, in a document of one page."""

NOTE_GAP = 2.9
"""White space above and below the hairline over notes, in a document of more pages.

LibreOffice leaves that much (0.1 cm) around its own separator, whatever a Word file asks for; pages only break alike if
we do the same. In a document of one page the hairline is the first note's own, and keeps its distance.
"""


def note_gaps(meta: Meta, spacing: Spacing) -> tuple[float, float]:
    """White space above and below the hairline over the notes of a page, in points."""
    return (SEPARATION, spacing.note_top) if meta.pages == 1 else (NOTE_GAP, NOTE_GAP)


def note_hang(setting: Setting) -> float:
    """How far note numbers hang left of the notes: the style's hang, and in a dossier, whose numbers have two digits
    and more, half as much again (in half points)."""
    hang = setting.style(StyleName.NOTE).hang
    return round(hang * 2.9) / 2 if setting.is_dossier else hang


def note_frame(setting: Setting) -> Frame:
    """Where notes stand: their text at the dossier's text column, else right of their numbers."""
    page = setting.page
    left = page.left + (page.label_column if setting.is_dossier else note_hang(setting))
    return Frame(left, page.left + page.measure - left, left - note_hang(setting))


def set_note(note: Note, parent: int, setting: Setting) -> Galley:
    """One note; its number leads back to its first mark."""
    frame = note_frame(setting)
    style = replace(setting.style(StyleName.NOTE), indent=0, hang=0)
    element = setting.structure.add(Role.NOTE, parent, anchor=note_anchor(note.number))
    back = f"mark-{note.number}"
    number = setting.note_link(note.number, setting.structure.add(Role.NOTE_LABEL, element, target=back))
    quiet = replace(style, colour=setting.theme.colours.muted)
    label = setting.label((Text(str(note.number)),), quiet, frame.margin, frame.left - frame.margin, number)
    label = linked(label, f"#{back}")
    galley = beside(label, setting.paragraph(note.children, style, frame, element))
    first, *rest = galley.strips
    return replace(galley, strips=(replace(first, anchors=((0.0, note_anchor(note.number)), *first.anchors)), *rest))


def set_notes(notes: Sequence[Note], parent: int, setting: Setting) -> dict[int, Galley]:
    """Notes by number."""
    return {note.number: set_note(note, parent, setting) for note in notes}
