"""The Document laid out on pages.

Blocks are set as galleys (`blocks`), galleys are cut into pages (`pages`), and pages get their frame (`furniture`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefgen.document import Document, Heading, NoteMark, NotePlacement, Text, sections, walk
from briefgen.fonts import Fonts
from briefgen.layout.blocks import heading_style, set_block
from briefgen.layout.furniture import RULE_DEPTH, furniture
from briefgen.layout.galley import Drawn, Figured, Galley, PageNumber, Strip, shift, stack, starting_page, turned
from briefgen.layout.letterhead import PlacedLetterhead, begins_with_cover, letterhead_drop, set_letterhead
from briefgen.layout.lines import Advances
from briefgen.layout.model import (
    Anchor,
    Decisions,
    Figure,
    Layout,
    Line,
    Page,
    Placed,
    Role,
    Run,
    Stroke,
)
from briefgen.layout.notes import note_frame, note_gaps, note_hang, set_note, set_notes
from briefgen.layout.pages import Filled, paginate
from briefgen.layout.setting import Frame, Setting, page_of, text_frame
from briefgen.theme import Density, StyleName, Theme

RESERVE = 3.25
"""Left free at the foot of each page of a document with a page budget, so that a word processor that rounds
differently keeps to the same pages."""

SECTION_END = 1.0
"""Depth of the paragraph that ends a section in a word processor, where no text does."""


def lay_out(
    document: Document, theme: Theme, density: Density, fonts: Fonts, advances: Advances | None = None
) -> Layout:
    """Lay out a cited document.

    Notes stand at the foot of the page of their first mark. Only the endnotes of a document without a page budget
    follow its text, as a section of their own.

    Args:
        density: one of the theme's.
        fonts: the theme's.
        advances: of the same fonts, kept from an earlier layout to save time.

    Returns:
        The layout; one that exceeds its page budget says so in `overflow`.

    Raises:
        BriefgenError: `missing-glyph`, `font-not-found`, `image-not-readable`.
    """
    headings = tuple(node for node in walk(document.blocks) if isinstance(node, Heading))
    setting = Setting(theme, density, advances or Advances(fonts), document.meta, headings)
    setting.turn(begins_turned(document))
    head = theme.letterhead
    letterhead = set_letterhead(head, setting, begins_with_cover(document)) if head else None
    galley, notes = _set_all(document, setting)
    capacities = page_capacity(theme, document), page_capacity(theme, document, turned=True)
    above, below = note_gaps(document.meta, density.spacing)
    apron = above + theme.rules.hairline + below
    drop = first_drop(theme, document)
    filled = paginate(galley, notes, capacities, apron, drop)
    return _Placing(setting, filled, drop, letterhead).layout(document)


def begins_turned(document: Document) -> bool:
    """Whether the first page is a landscape page."""
    return any(section.turned for section in sections(document.blocks)[:1])


def page_capacity(theme: Theme, document: Document, turned: bool = False) -> float:
    """Depth of a page's text block that is filled, notes included, in points."""
    return page_of(theme, turned).depth - RULE_DEPTH - (RESERVE if document.meta.pages else 0.0)


def first_drop(theme: Theme, document: Document) -> float:
    """By how much the first page's text block is less deep than others', in points."""
    return letterhead_drop(theme, document, theme.page.top + RULE_DEPTH)


def notes_at_foot(document: Document) -> bool:
    """Whether notes stand at the foot of pages rather than at the end of the document."""
    return document.meta.placement is NotePlacement.FOOTNOTES or document.meta.pages is not None


def _set_all(document: Document, setting: Setting) -> tuple[Galley, Mapping[int, Galley]]:
    """All blocks as one galley, and the notes that go to the foot of pages.

    In the structure a footnote follows the block that first marks it; endnotes follow the text.
    """
    galleys: list[Galley] = []
    notes: dict[int, Galley] = {}
    about = document.meta.about
    if about:
        element = setting.structure.add(Role.PARAGRAPH, 0)
        whole = Frame(setting.page.left, setting.page.measure, setting.page.left)
        line = setting.paragraph(about, setting.style(StyleName.ABOUT), whole, element)
        galleys.append(turned(line) if setting.is_turned else line)
    by_number = {note.number: note for note in document.notes}
    footnotes = document.meta.placement is NotePlacement.FOOTNOTES
    marked_on_turned: set[int] = set()
    divided = sections(document.blocks)
    for section in divided:
        setting.turn(section.turned)
        frame = text_frame(setting)
        for index, block in enumerate(section.blocks):
            galley = set_block(block, frame, 0, setting)
            if index == 0 and section is not divided[0]:
                galley = starting_page(galley)
            galleys.append(turned(galley) if section.turned else galley)
            numbers = [mark.number for mark in walk(block) if isinstance(mark, NoteMark) and mark.first]
            if footnotes:
                notes |= set_notes([by_number[number] for number in numbers if number in by_number], 0, setting)
            elif section.turned:
                marked_on_turned.update(numbers)
        if section is not divided[-1] and galleys[-1].strips:
            end = Strip(SECTION_END, tied=True, turned=section.turned)
            galleys[-1] = replace(galleys[-1], strips=(*galleys[-1].strips, end))
    setting.turn(False)
    unset = [note for note in document.notes if note.number not in notes]
    if unset:
        division = setting.structure.add(Role.DIVISION, 0)
        if notes_at_foot(document):
            for note in unset:
                setting.turn(note.number in marked_on_turned)
                notes[note.number] = set_note(note, division, setting)
            setting.turn(False)
        else:
            frame = text_frame(setting)
            heading = Heading(2, (Text(document.meta.notes_label),), "notes")
            style = setting.style(heading_style(heading, setting))
            element = setting.structure.add(Role.HEADING, division, level=2, title=document.meta.notes_label)
            title = setting.paragraph(heading.children, style, frame, element)
            galleys.append(replace(title, before=setting.spacing.section, tied_to_next=True))
            galleys += [replace(galley, before=0, after=0) for galley in set_notes(unset, division, setting).values()]
    return stack(galleys), notes


class _Placing:
    """From filled pages to a layout: everything at its place on its page.

    Args:
        drop: how much lower the text of the first page begins than that of others.
    """

    def __init__(
        self, setting: Setting, pages: Sequence[Filled], drop: float, letterhead: PlacedLetterhead | None
    ) -> None:
        self.setting = setting
        self.pages = pages
        self.drop = drop
        self.letterhead = letterhead
        self.anchors: dict[str, Anchor] = {}
        self.figures: dict[int, Figure] = {}
        self.boxes: dict[int, tuple[int, float, float, float, float]] = {}

    def layout(self, document: Document) -> Layout:
        """Place all and gather what was found out."""
        for index, page in enumerate(self.pages):
            for top, strip in self._strips(index, page):
                for y, name in strip.anchors:
                    self.anchors.setdefault(name, Anchor(name, index, top + y))
        setting, decided, theme = self.setting, self.setting.decided, self.setting.theme
        pages = tuple(self._page(index, page) for index, page in enumerate(self.pages))
        elements = tuple(
            replace(element, box=self.boxes[index]) if index in self.boxes else element
            for index, element in enumerate(setting.structure.elements)
        )
        decisions = Decisions(
            column_widths=tuple(decided.column_widths),
            table_indents=tuple(decided.table_indents),
            tables_whole=tuple(decided.tables_whole),
            key_widths=tuple(decided.key_widths),
            title_lines=tuple(decided.title_lines),
            heading_pages=tuple(self.anchors[name].page + 1 for name in decided.headings),
            figures=tuple(self.figures[index] for index in sorted(self.figures)),
            address_widths=tuple(decided.address_widths),
            pair_drops=tuple(decided.pair_drops),
            note_hang=note_hang(setting),
        )
        return Layout(
            theme.page.width,
            theme.page.height,
            pages,
            elements,
            tuple(self.anchors.values()),
            tuple(setting.bookmarks),
            setting.density.name,
            decisions,
            self._overflow(document),
        )

    def _overflow(self, document: Document) -> float:
        budget = document.meta.pages
        if budget is None:
            return 0.0
        beyond = sum(page.used for page in self.pages[budget:])
        return round(beyond / self.setting.style(StyleName.BODY).leading, 2)

    def _strips(self, index: int, page: Filled) -> Iterator[tuple[float, Strip]]:
        """A page's strips with their tops, notes last: they stand at the foot."""
        setup = page_of(self.setting.theme, page.turned)
        head = 0.0 if page.is_cover else setup.top + RULE_DEPTH + self._drop(index)
        for y, strip in page.strips:
            yield head + y, strip
        y = setup.height - setup.bottom - sum(strip.height for strip in page.notes)
        for strip in page.notes:
            yield y, strip
            y += strip.height

    def _page(self, index: int, page: Filled) -> Page:
        self.setting.turn(page.turned)
        setup = self.setting.page
        items: list[Placed] = []
        letterhead = self.letterhead if index == 0 else None
        if letterhead:
            items += letterhead.items
            if letterhead.figure:
                element, edges = letterhead.figure
                self.boxes[element] = (index, *edges)
        items += furniture(index + 1, len(self.pages), page.is_cover, self.setting, letterhead)
        count = len(page.strips)
        for position, (top, strip) in enumerate(self._strips(index, page)):
            if position == count:
                items.append(self._note_rule(top))
            placed = [self._place(shift(item, top)) for item in strip.items]
            for box in strip.figures:
                self._note_figure(box, index, top, placed)
            items += placed
        depth = setup.depth - RULE_DEPTH - self._drop(index)
        used = min(1.0, page.used / depth) if not page.is_cover else 1.0
        return Page(str(index + 1), tuple(items), setup.width, setup.height, round(used, 4), page.turned)

    def _drop(self, index: int) -> float:
        return self.drop if index == 0 else 0.0

    def _place(self, item: Drawn) -> Placed:
        return self._page_number(item) if isinstance(item, PageNumber) else item

    def _page_number(self, place: PageNumber) -> Line:
        text = str(self.anchors[place.anchor].page + 1)
        face = self.setting.fonts.by_key(place.face)
        width = sum(self.setting.advances.of(text, face, place.size))
        run = Run(
            place.x - width,
            text,
            place.face,
            place.size,
            place.colour,
            place.element,
            link=f"#{place.anchor}",
            width=width,
        )
        return Line(place.y, place.top, place.bottom, (run,))

    def _note_rule(self, top: float) -> Stroke:
        theme = self.setting.theme
        frame = note_frame(self.setting)
        _, below = note_gaps(self.setting.meta, self.setting.spacing)
        y = top - below - theme.rules.hairline / 2
        return Stroke(frame.margin, y, frame.right, y, theme.rules.hairline, theme.colours.hairline)

    def _note_figure(self, box: Figured, index: int, top: float, placed: Sequence[Placed]) -> None:
        inside = tuple(item for item in placed if _element_of(item) == box.element)
        self.figures[box.index] = Figure(index, box.x, top + box.y, box.width, box.height, inside, box.plot)
        self.boxes[box.element] = (index, box.x, top + box.y, box.x + box.width, top + box.y + box.height)


def _element_of(item: Placed) -> int | None:
    return item.runs[0].element if isinstance(item, Line) and item.runs else getattr(item, "element", None)
