"""Blocks as Word's paragraphs and tables.

Each block becomes pieces, paragraphs and tables with the white space that they want above and below. Between two
pieces the larger counts, as in the Layout; Word adds them up and LibreOffice does now this and now that, so one of the
two is always set to nothing, and every application makes the same gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, assert_never

from briefgen.document import (
    Address,
    AddressLine,
    Align,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Caption,
    Chart,
    Contents,
    Cover,
    Document,
    DocumentKind,
    Emphasis,
    Heading,
    Image,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    Landscape,
    Lead,
    Link,
    NextStep,
    NoteMark,
    OrderedList,
    Origin,
    PageBreak,
    Pair,
    Paragraph,
    Printed,
    Quiet,
    Register,
    Row,
    Rule,
    Strong,
    Table,
    Text,
    Timeline,
    plain,
    walk,
)
from briefgen.layout import notes_at_foot
from briefgen.layout.blocks import ABOVE_RUN_ON, above_pair, address_widths, ends_in_text, ordered_hang
from briefgen.layout.charts import AROUND_PLOT
from briefgen.layout.front import COVER_FOOT, COVER_GAP, COVER_RULE, cover_measure
from briefgen.layout.furniture import RULE_DEPTH
from briefgen.layout.letterhead import letterhead_reach
from briefgen.layout.lines import NBSP
from briefgen.layout.model import Figure, Layout
from briefgen.layout.setting import SPACER, mark_size, page_of
from briefgen.layout.tables import AFTER_TABLE, key_parts, row_is_tied, whole_part
from briefgen.theme import StyleName
from briefgen.writers import ooxml
from briefgen.writers.docx.anchors import Bookmarks, sequence
from briefgen.writers.docx.charts import Charts
from briefgen.writers.docx.contents import CONTENTS_DEPTH, ContentsLists
from briefgen.writers.docx.sections import word_sections
from briefgen.writers.docx.styles import LIST_DEPTH, Lists, Stylesheet
from briefgen.writers.docx.text import Story, Typesetter, broken
from briefgen.writers.ooxml import AS_STYLED, Border, Cell, Margins, ParagraphFormat, Xml

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its style, its runs, and what it wants beyond its style."""

    style: str
    content: Xml
    form: ParagraphFormat = AS_STYLED


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, and the white space around it."""

    xml: Xml
    before: float = 0
    after: float = 0


Piece = Para | Grid


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand.

    Attributes:
        left: their indent.
        width: from there to the right.
        margin: how much of the indent labels may hang into.
        style: what running text is set in.
        depth: of the list they stand in; 0 is none.
    """

    left: float
    width: float
    margin: float = 0
    style: str = "BodyText"
    depth: int = 0


@dataclass(slots=True)
class Decided:
    """The Layout's decisions, by the block that they are about."""

    column_widths: Mapping[int, tuple[float, ...]]
    table_indents: Mapping[int, float]
    tables_whole: Mapping[int, bool]
    key_widths: Mapping[int, tuple[float, ...]]
    title_lines: Mapping[int, tuple[str, ...]]
    figures: Mapping[int, Figure]
    pair_drops: Mapping[int, tuple[float, float]]
    pages: Mapping[str, int]

    @classmethod
    def of(cls, document: Document, layout: Layout) -> Decided:
        """Pair each decision with its block; both are in reading order."""
        parts = tuple(walk(document))
        made = layout.decisions

        def each(values: Sequence[_T], *kinds: type) -> dict[int, _T]:
            blocks = [part for part in parts if isinstance(part, kinds)]
            return {id(block): value for block, value in zip(blocks, values, strict=True)}

        titles = [p for p in parts if isinstance(p, Cover) or (isinstance(p, Heading) and p.level == 1)]
        return cls(
            each(made.column_widths, Table),
            each(made.table_indents, Table),
            each(made.tables_whole, Table),
            each(made.key_widths, KeyFigures),
            {id(block): lines for block, lines in zip(titles, made.title_lines, strict=True)},
            each(made.figures, Chart, Image),
            each(made.pair_drops, Pair),
            {anchor.name: anchor.page + 1 for anchor in layout.anchors},
        )


@dataclass(slots=True)
class Pictures:
    """The figures that the body shows, in order; the package holds each under its relationship."""

    shown: list[Figure] = field(default_factory=list)

    def relation(self, figure: Figure) -> str:
        self.shown.append(figure)
        return f"figure{len(self.shown)}"


class Body:
    """Writes a document's blocks.

    Args:
        document: cited.
        decided: what the Layout says of its blocks.
        sheet: the styles.
        typesetter: for their words.
        bookmarks: what its headings and captions are called.
        charts: takes the charts that the body shows.
    """

    def __init__(
        self,
        document: Document,
        decided: Decided,
        sheet: Stylesheet,
        typesetter: Typesetter,
        bookmarks: Bookmarks,
        charts: Charts,
    ) -> None:
        self.story = Story(is_body=True)
        self.pictures = Pictures()
        self.charts = charts
        self.lists = Lists(sheet)
        self._document = document
        self._decided = decided
        self._sheet = sheet
        self._set = typesetter
        self._bookmarks = bookmarks
        self._theme = sheet.theme
        self._space = sheet.density.spacing
        self._ink_rule = Border(self._theme.rules.table, self._theme.colours.ink)
        self._hairline = Border(self._theme.rules.hairline, self._theme.colours.hairline)
        self._is_begun = False
        self._has_contents = any(isinstance(block, Contents) for block in document.blocks)
        self._is_dossier = document.meta.kind is DocumentKind.DOSSIER

    def write(self, properties: Sequence[Xml]) -> Xml:
        """The whole body.

        Args:
            properties: of each section, which its last paragraph carries; those of the last end the body.
        """
        left = self._sheet.text_left
        parts = []
        divided = word_sections(self._document)
        for number, (section, own) in enumerate(zip(divided, properties, strict=True)):
            is_last = number == len(divided) - 1
            place = Place(left, page_of(self._theme, section.turned).measure - left, margin=left)
            pieces: list[Piece] = []
            if number == 0 and self._document.meta.about:
                pieces.append(self._words("AboutLine", self._document.meta.about))
            pieces += self._blocks(section.blocks, place)
            if is_last and self._document.notes and not notes_at_foot(self._document):
                form = ParagraphFormat(before=self._space.section, left=left, first=0)
                pieces.append(self._words("NotesHeading", (Text(self._document.meta.notes_label, Origin.LABEL),), form))
            if pieces and isinstance(pieces[0], Grid):
                # Before a table that begins a section LibreOffice puts a whole empty line, and none of the white space.
                pieces[:1] = [_strut(1), replace(pieces[0], before=0)]
            if pieces and isinstance(pieces[-1], Grid):  # after a table that ends one, Word does
                pieces[-1:] = [replace(pieces[-1], after=0), _strut(1)]
            if not is_last:
                pieces = pieces or [_strut(1)]
                pieces[-1] = _formed(pieces[-1], ParagraphFormat(section=own))
            parts.append(self._settled(pieces))
        return ooxml.joined((*parts, properties[-1]))

    # -- pieces --------------------------------------------------------------------------------------------

    def _settled(
        self, pieces: Iterable[Piece], *, cell: bool = False, first_gap: float = 0, last_gap: bool = False
    ) -> Xml:
        """Pieces one below the other, with gaps; a cell must end in a paragraph (§17.4.66).

        Args:
            first_gap: white space above the first piece.
            last_gap: whether the white space below the last piece counts.
        """
        row = list(pieces)
        if first_gap and row and isinstance(row[0], Grid):
            row.insert(0, _strut(first_gap))
            first_gap = 0
        parts: list[Xml] = []
        for index, piece in enumerate(row):
            above = row[index - 1] if index else None
            below = row[index + 1] if index + 1 < len(row) else None
            before, after = self._gaps(above, piece, below)
            if above is None and first_gap:
                before = first_gap
            if below is None and last_gap:
                after = self._wants(piece)[1]
            match piece:
                case Para(style, content, form):
                    wanted = replace(form, before=before, after=after)
                    parts.append(ooxml.paragraph(style, content, self._sheet.direct(style, wanted)))
                case Grid(xml):
                    if isinstance(above, Grid):
                        parts.append(ooxml.strut(before))
                    parts.append(xml)
                case _:
                    assert_never(piece)
        if not row or (cell and isinstance(row[-1], Grid)):
            parts.append(ooxml.strut(1))
        return ooxml.joined(parts)

    def _gaps(self, above: Piece | None, piece: Piece, below: Piece | None) -> tuple[float, float]:
        """White space above and below a piece, so that each gap is said once."""
        own_before, own_after = self._wants(piece)
        before = after = 0.0
        if _starts_page(piece):
            above, before = None, own_before
        if above is not None:
            wanted = self._wants(above)[1]
            told_above = isinstance(above, Para) and (isinstance(piece, Grid) or wanted > own_before)
            before = 0.0 if told_above else max(own_before, wanted)
        if below is not None and not _starts_page(below):
            wanted = self._wants(below)[0]
            told_below = isinstance(below, Para) and (isinstance(piece, Grid) or own_after <= wanted)
            after = 0.0 if told_below else max(own_after, wanted)
        return before, after

    def _wants(self, piece: Piece) -> tuple[float, float]:
        match piece:
            case Para(style, _, form):
                named = self._sheet.paragraphs[style].word.paragraph
                assert named is not None
                before = form.before if form.before is not None else named.before
                after = form.after if form.after is not None else named.after
                return before or 0, after or 0
            case Grid(_, before, after):
                return before, after
            case _:
                assert_never(piece)

    def _words(self, style: str, inlines: Inlines, form: ParagraphFormat = AS_STYLED) -> Para:
        return Para(style, self._set.runs(inlines, self._set.voice(style), self.story), form)

    def _cell(
        self, pieces: Iterable[Piece], margins: Margins, top: Border | None = None, bottom: Border | None = None
    ) -> Cell:
        return Cell(self._settled(pieces, cell=True), margins, top, bottom)

    # -- blocks --------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[Block], place: Place) -> Iterator[Piece]:
        for block in blocks:
            for piece in self._block(block, place):
                yield piece
                self._is_begun = True

    def _block(self, block: Block, place: Place) -> Iterator[Piece]:
        match block:
            case Heading():
                yield self._heading(block, place)
            case Paragraph():
                yield self._paragraph(block, place)
            case BulletList() | OrderedList():
                yield from self._list(block, place)
            case Table():
                yield from self._table(block, place)
            case BlockQuote():
                yield from self._quote(block, place)
            case Rule():
                rule = ParagraphFormat(before=self._space.paragraph, after=self._space.paragraph, leading=1)
                yield Para("Normal", ooxml.EMPTY, replace(rule, left=place.left, bottom=self._hairline))
            case PageBreak():
                yield Para("Normal", ooxml.run(ooxml.PAGE_BREAK), ParagraphFormat(leading=1))
            case Landscape():
                yield from self._blocks(block.blocks, place)
            case Lead():
                lead = self._blocks(block.blocks, replace(place, style="Lead"))
                yield from _closed(lead, self._sheet.density.styles[StyleName.LEAD].after)
            case Address():
                yield self._address(block, place)
            case KeyFigures():
                yield self._key_figures(block, place)
            case Chart():
                yield from self._chart(block, place)
            case Timeline():
                rows = ((entry.date, (Paragraph(entry.children),)) for entry in block.entries)
                yield from self._labelled(rows, place, "Label")
            case Pair():
                yield self._pair(block, place)
            case Labelled():
                labelled = ((row.label, row.blocks) for row in block.rows)
                yield from self._labelled(labelled, place, "DecisionLabel" if block.decision else "Label")
            case Callout():
                yield from self._callout(block, place)
            case NextStep():
                yield from self._next_step(block, place)
            case Cover():
                yield from self._cover(block)
            case Contents():
                yield from self._contents(block)
            case Image():
                yield from self._image(block, place)
            case Register():
                raise TypeError("a register reached a writer: the document has not been cited")
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph, place: Place) -> Para:
        own = self._sheet.paragraphs[place.style].text
        gap = {"BodyText": self._space.paragraph, "BlockText": self._space.paragraph, "Quote": 0.0}
        form = ParagraphFormat(
            left=place.left + own.indent, first=-own.hang, after=gap.get(place.style, self._space.item)
        )
        return self._words(place.style, block.children, form)

    def _heading(self, heading: Heading, place: Place) -> Para:
        style = self._sheet.heading(heading.level)
        voice = self._set.voice(style)
        children = broken(heading.children, self._decided.title_lines.get(id(heading), ()))
        words = self._set.runs(children, voice, self.story)
        form = ParagraphFormat(left=place.left, first=0)
        if self._is_dossier and heading.level == 1 and self._is_begun:
            if heading.runs_on:
                form = replace(form, before=ABOVE_RUN_ON * self._space.section)
            else:
                form = replace(form, page_break=True)
        if heading.number is not None:
            hangs = place.margin > 1
            gap = ooxml.run(ooxml.TAB) if hangs else self._set.words(SPACER, voice)
            number = self._set.label(heading.anchor, self._set.words(heading.number, voice))
            words = ooxml.joined((number, gap, words))
            form = replace(form, first=-place.margin if hangs else 0)
        elif self._has_contents and heading.level <= CONTENTS_DEPTH and place.margin > 1:
            words = ooxml.joined((ooxml.run(ooxml.TAB), words))  # so that its entry in the contents begins with one
            form = replace(form, first=-place.margin)
        return Para(style, self._set.bookmark(self._bookmarks.listed[heading.anchor], words), form)

    # -- lists ---------------------------------------------------------------------------------------------

    def _list(self, block: BulletList | OrderedList, place: Place) -> Iterator[Piece]:
        depth = min(place.depth, LIST_DEPTH - 1)
        suffix = "" if depth == 0 else str(min(depth, 2) + 1)
        text = self._sheet.density.styles[StyleName.LIST]
        hang, kind, start = text.hang, "ListBullet", None
        if isinstance(block, OrderedList):
            hang, kind, start = ordered_hang(block, text), "ListNumber", block.start
        number = self.lists.number(kind, depth, place.left + hang, hang, start)
        inner = Place(place.left + hang, place.width - hang, style="ListContinue" + suffix, depth=place.depth + 1)
        for item in block.items:
            label = ParagraphFormat(numbering=(number, depth), left=inner.left, first=-hang, after=self._space.item)
            first, *rest = item.blocks or (Paragraph(()),)
            if not isinstance(first, Paragraph):
                first, rest = Paragraph(()), [first, *rest]
            item_pieces = [self._words(kind + suffix, first.children, label), *self._blocks(rest, inner)]
            yield from _closed(item_pieces, self._space.item)

    # -- tables --------------------------------------------------------------------------------------------

    def _table(self, table: Table, place: Place) -> Iterator[Piece]:
        if table.caption is not None:
            yield self._caption(table.caption, table.anchor, place)
        widths = self._decided.column_widths[id(table)]
        space, last = self._space, len(widths) - 1

        def margins(column: int, top: float, bottom: float) -> Margins:
            return Margins(top, 0 if column == last else space.cell_right, bottom)

        rooms = [width - (0 if index == last else space.cell_right) for index, width in enumerate(widths)]
        tails = [self._tails(table, index, room) for index, room in enumerate(rooms)]
        tied = self._rows_tied(table)
        head = [
            self._cell(
                [self._words("TableHead", words, replace(self._aligned(table, column), keep_next=tied[0]))],
                margins(column, 0, space.head_bottom),
                bottom=self._ink_rule,
            )
            for column, words in enumerate(_cells(table.head, table))
        ]
        rows = [ooxml.row(head, widths, head=True, may_split=_has_note(table.head))]
        for number, row in enumerate(table.rows):
            rule = self._ink_rule if number == len(table.rows) - 1 else self._hairline
            cells = []
            for column, words in enumerate(_cells(row, table)):
                voice = self._set.voice("TableText")
                if column == 0 and table.row_heads:
                    voice = self._set.strong(voice, "RowHead")
                form = replace(self._aligned(table, column), right=tails[column][number], keep_next=tied[number + 1])
                content = self._set.runs(words, voice, self.story)
                around = margins(column, space.cell_top, space.cell_bottom)
                cells.append(self._cell([Para("TableText", content, form)], around, bottom=rule))
            rows.append(ooxml.row(cells, widths, may_split=_has_note(row)))
        xml = ooxml.table(
            "FactsTable",
            widths,
            rows,
            indent=self._decided.table_indents[id(table)],
            head=True,
            row_heads=table.row_heads,
        )
        after = space.section * AFTER_TABLE
        yield Grid(xml, after=0 if table.remark else after)
        if table.remark:
            where = ParagraphFormat(before=space.item, after=after, left=place.left)
            yield self._words("SourceLine", table.remark, where)

    def _rows_tied(self, table: Table) -> list[bool | None]:
        """For the head and each row, whether it stays on the page of what follows it."""
        whole, count = self._decided.tables_whole[id(table)], len(table.rows)
        tied = [whole or row_is_tied(index, count) for index in range(count)]
        return [following or None for following in (*tied, bool(table.remark))]

    def _aligned(self, table: Table, column: int) -> ParagraphFormat:
        match table.columns[column].align:
            case Align.LEFT:
                return ParagraphFormat()
            case Align.RIGHT | Align.DECIMAL:
                return ParagraphFormat(align="right")
            case Align.CENTRE:
                return ParagraphFormat(align="center")
            case other:
                assert_never(other)

    def _tails(self, table: Table, column: int, room: float) -> list[float | None]:
        """For each row of a column that is aligned on the decimal mark, how far short of the edge it ends.

        A decimal tab would do it in Word, but not in LibreOffice. Numbers that would then be wider than the column
        are left as they are.
        """
        parts = [self._around_mark(_cells(row, table)[column]) for row in table.rows]
        before, after = (max(side, default=0.0) for side in zip(*parts, strict=True)) if parts else (0.0, 0.0)
        if table.columns[column].align is not Align.DECIMAL or before + after > room:
            return [None] * len(table.rows)
        return [after - own for _, own in parts]

    def _around_mark(self, cell: Inlines) -> tuple[float, float]:
        """Widths of a cell up to the whole part of its first number, and of the rest."""
        style = self._sheet.paragraphs["TableText"].text
        words = plain(cell)
        number = whole_part(words, self._document.meta.language)
        marks = ",\u00a0".join(str(mark.number) for mark in walk(cell) if isinstance(mark, NoteMark))
        marked = self._set.width(marks, replace(style, size=mark_size(style.size)))
        if number is None:
            return self._set.width(words, style) + marked, 0.0
        before, after = words[: number.end()], words[number.end() :]
        return self._set.width(before, style), self._set.width(after, style) + marked

    def _caption(self, caption: Caption, anchor: str, place: Place) -> Para:
        voice = self._set.voice("Caption")
        words = self._set.runs(caption.children, voice, self.story)
        form = ParagraphFormat(left=place.left, first=0)
        if caption.label is not None:
            hangs = place.margin > 1
            gap = ooxml.run(ooxml.TAB) if hangs else self._set.words(SPACER, voice)
            label = self._set.label(anchor, self._numbered(caption.label))
            words = ooxml.joined((label, gap, words))
            form = replace(form, first=-place.margin if hangs else 0)
        else:
            words = self._set.label(anchor, words)
        return Para("Caption", self._set.listed(anchor, words), form)

    def _numbered(self, label: str) -> Xml:
        """ "Figure 3" with its number as a field, so that Word counts on and can list the figures."""
        own = self._sheet.paragraphs["Caption"].text
        muted = replace(own, weight=400, colour=self._theme.colours.muted)
        voice = self._set.voice("Caption", muted, "CaptionLabel")
        before, number, after, name = sequence(label)
        if not number:
            return self._set.words(label, voice)
        count = self._set.field(f"SEQ {name} \\* ARABIC", number, voice)
        return ooxml.joined((self._set.words(before, voice), count, self._set.words(after, voice)))

    def _pair(self, pair: Pair, place: Place) -> Grid:
        gap = self._theme.page.pair_gap
        width = (place.width - gap) / 2
        columns = [list(self._blocks(blocks, Place(0, width, depth=place.depth))) for blocks in (pair.left, pair.right)]
        drops = self._decided.pair_drops[id(pair)]
        before = above_pair((self._wants(pieces[0])[0] for pieces in columns if pieces), self._space)
        cells = []
        for pieces, blocks, drop, right in zip(columns, (pair.left, pair.right), drops, (gap, 0), strict=True):
            text = self._settled(pieces, cell=True, first_gap=drop, last_gap=ends_in_text(blocks))
            cells.append(Cell(text, Margins(right=right)))
        widths = (width + gap, width)
        rows = [ooxml.row(cells, widths, may_split=True)]
        return Grid(ooxml.table("LayoutTable", widths, rows, indent=place.left), before, self._space.section)

    def _key_figures(self, strip: KeyFigures, place: Place) -> Grid:
        widths = self._decided.key_widths[id(strip)]
        around = Margins(self._space.key_top, self._space.cell_right, self._space.key_bottom)
        cells = []
        for index, figure in enumerate(strip.figures):
            margins = replace(around, right=0) if index == len(widths) - 1 else around
            cells.append(self._cell(self._key_figure(figure), margins, top=self._ink_rule, bottom=self._ink_rule))
        indent = place.left - place.margin
        grid = ooxml.table("LayoutTable", widths, [ooxml.row(cells, widths)], indent=indent)
        return Grid(grid, after=self._space.section)

    def _key_figure(self, figure: KeyFigure) -> Iterator[Para]:
        large, small = self._set.voice("KeyValue"), self._set.voice("KeyValue", character="KeyUnit")
        small = replace(small, text=self._sheet.density.styles[StyleName.KEY_UNIT])
        parts = []
        for part, is_small in key_parts(figure.value):
            parts.append((part, self._set.even((part,), small if is_small else large)))
        if figure.value:
            yield Para("KeyValue", self._set.parts(parts, self.story))
        if figure.label:
            yield self._words("KeyLabel", figure.label)
        if figure.period:
            yield self._words("KeyPeriod", figure.period)

    def _address(self, address: Address, place: Place) -> Grid:
        """One row of two cells, so that the first half of the lines is read before the second."""
        left, width = place.left - place.margin, place.width + place.margin
        half = (len(address.lines) + 1) // 2
        widths = address_widths(width, self._theme.page.label_column)
        cells = []
        for side, lines in enumerate((address.lines[:half], address.lines[half:])):
            right = 0 if side else self._space.cell_right
            pieces = [self._address_line(line, widths[2 * side]) for line in lines]
            around = Margins(right=right, bottom=self._space.head_bottom)
            cells.append(self._cell(pieces, around, bottom=self._ink_rule))
        columns = (widths[0] + widths[1], widths[2] + widths[3])
        return Grid(ooxml.table("LayoutTable", columns, [ooxml.row(cells, columns)], indent=left), after=13)

    def _address_line(self, line: AddressLine, column: float) -> Para:
        muted = replace(self._sheet.paragraphs["Address"].text, colour=self._theme.colours.muted)
        label = self._set.runs(line.label, self._set.voice("Address", muted, "FieldLabel"), self.story)
        words = self._set.runs(line.children, self._set.voice("Address"), self.story)
        form = ParagraphFormat(left=column, first=-column, after=self._space.item, tabs=((column, "left"),))
        return Para("Address", ooxml.joined((label, ooxml.run(ooxml.TAB), words)), form)

    # -- text with labels ----------------------------------------------------------------------------------

    def _labelled(
        self, rows: Iterable[tuple[Inlines, Sequence[Block]]], place: Place, label_style: str
    ) -> Iterator[Piece]:
        gap = self._space.paragraph if label_style == "DecisionLabel" else self._space.item
        column = place.margin
        if column <= 1:
            column = min(self._theme.page.label_column, place.width * 0.35)
            place = Place(place.left + column, place.width - column, depth=place.depth)
        text = self._sheet.density.styles[StyleName.DECISION if label_style == "DecisionLabel" else StyleName.LABEL]
        voice = self._set.voice("Labelled", text, label_style)
        before = 2 * self._space.paragraph if label_style == "DecisionLabel" else 0.0
        for label, blocks in rows:
            fits = self._set.width(plain(label), text) <= column - self._space.cell_right
            words = self._set.runs(label if fits else _parting(label), voice, self.story)
            if blocks and isinstance(blocks[0], Paragraph) and fits:
                pieces = self._labelled_text(words, blocks[0], blocks[1:], place, column)
            else:
                pieces = [self._labelled_table(words, blocks, place, column)]
            first, *rest = _closed(pieces, gap)
            yield from (_opened(first, before), *rest)
            before = 0.0

    def _labelled_text(
        self, label: Xml, first: Paragraph, rest: Sequence[Block], place: Place, column: float
    ) -> list[Piece]:
        """A label hung left of its text."""
        text = self._set.runs(first.children, self._set.voice("Labelled"), self.story)
        line = ooxml.joined((label, ooxml.run(ooxml.TAB), text))
        tabs = ((place.left, "left"),)
        form = ParagraphFormat(left=place.left, first=-column, after=self._space.paragraph, tabs=tabs)
        return [Para("Labelled", line, form), *self._blocks(rest, replace(place, margin=0))]

    def _labelled_table(self, label: Xml, blocks: Sequence[Block], place: Place, column: float) -> Grid:
        """A label that needs more than a line, or stands beside something else than text."""
        flat = ParagraphFormat(left=0, first=0)
        cells = [
            self._cell([Para("Labelled", label, flat)], Margins(right=self._space.cell_right)),
            self._cell(self._blocks(blocks, Place(0, place.width, depth=place.depth)), Margins()),
        ]
        widths = (column, place.width)
        row = ooxml.row(cells, widths, may_split=True)
        return Grid(ooxml.table("LayoutTable", widths, [row], indent=place.left - column, row_heads=True))

    def _callout(self, callout: Callout, place: Place) -> Iterator[Piece]:
        """Text between two rules, which are borders of its first and its last paragraph."""
        pieces: list[Piece] = []
        if callout.title:
            pieces.append(self._words("CalloutTitle", callout.title, ParagraphFormat(left=place.left)))
        pieces += self._blocks(callout.blocks, replace(place, style="Callout"))
        if not pieces:
            return
        strut = _strut(1)
        if isinstance(pieces[0], Grid):
            pieces.insert(0, strut)
        if isinstance(pieces[-1], Grid):
            pieces.append(strut)
        rules, colours, section = self._theme.rules, self._theme.colours, self._space.section
        top = ParagraphFormat(top=Border(rules.table, colours.accent, self._space.key_top), before=section)
        bottom = ParagraphFormat(bottom=Border(rules.hairline, colours.hairline, self._space.key_bottom), after=section)
        pieces[0] = _formed(pieces[0], top)
        pieces[-1] = _formed(pieces[-1], bottom)
        yield from pieces

    def _next_step(self, step: NextStep, place: Place) -> Iterator[Piece]:
        first, *rest = step.blocks or (Paragraph(()),)
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), [first, *rest]
        label = self._set.voice("NextStep", self._sheet.density.styles[StyleName.DECISION], "DecisionLabel")
        words = (
            self._set.words(step.label + SPACER if step.label else "", label),
            self._set.runs(first.children, self._set.voice("NextStep"), self.story),
        )
        rule = replace(self._ink_rule, space=self._space.paragraph)
        form = ParagraphFormat(left=place.left, top=rule, before=self._space.section, after=self._space.paragraph)
        pieces = [Para("NextStep", ooxml.joined(words), form), *self._blocks(rest, place)]
        yield from _closed(pieces, self._space.section)

    # -- quotations ----------------------------------------------------------------------------------------

    def _quote(self, quote: BlockQuote, place: Place) -> Iterator[Piece]:
        if not quote.attribution:
            gutter = self._theme.page.pair_gap
            place = Place(place.left + gutter, place.width - gutter, style="BlockText", depth=place.depth)
            yield from self._blocks(quote.blocks, place)
            return
        style = self._sheet.density.styles[StyleName.QUOTATION]
        first, *rest = _closed(self._blocks(quote.blocks, replace(place, style="Quote")), style.after)
        words = (_opened(first, max(style.before, self._space.section * AFTER_TABLE)), *rest)
        yield from (_formed(piece, ParagraphFormat(keep_next=True)) for piece in words)
        indent = self._sheet.density.styles[StyleName.ATTRIBUTION].indent
        form = ParagraphFormat(left=place.left + indent, after=self._space.section)
        yield self._words("Attribution", quote.attribution, form)

    # -- figures -------------------------------------------------------------------------------------------

    def _chart(self, chart: Chart, place: Place) -> Iterator[Piece]:
        if self._is_dossier:
            yield self._caption(Caption(chart.title, chart.label), chart.anchor, place)
        else:
            after = 0.0 if chart.subject else self._sheet.density.styles[StyleName.HEADING].after
            form = ParagraphFormat(before=self._space.section, left=place.left, first=0, after=after)
            title = self._words("ChartTitle", chart.title, form)
            yield replace(title, content=self._set.label(chart.anchor, title.content))
        if chart.subject:
            form = ParagraphFormat(before=0, left=place.left, keep_next=True)
            yield self._words("SourceLine", chart.subject, form)
        below = ((*chart.source, Text(" "), *chart.remark) if chart.source and chart.remark else ()) or (
            chart.source or chart.remark
        )
        beneath = self._space.paragraph if self._is_dossier else AROUND_PLOT
        around = ParagraphFormat(before=AROUND_PLOT, after=beneath if below else self._space.section)
        if chart.points:
            yield _formed(self._plot(chart, place), replace(around, keep_next=bool(below)))
        if below:
            form = ParagraphFormat(before=self._space.item, after=self._space.section, left=place.left)
            yield self._words("SourceLine", below, form)

    def _plot(self, chart: Chart, place: Place) -> Para:
        figure = self._decided.figures[id(chart)]
        relation = self.charts.relation(chart, figure)
        drawing = ooxml.chart(self._drawings, relation, figure.width, figure.height, chart.description)
        comments, content = self._set.evidence.comments, ooxml.run(drawing)
        content = comments.at_chart(chart, content) if comments else content
        return Para("Picture", content, ParagraphFormat(left=place.left))

    @property
    def _drawings(self) -> int:
        """How many pictures and charts there are so far."""
        return len(self.pictures.shown) + len(self.charts.drawn)

    def _image(self, image: Image, place: Place) -> Iterator[Piece]:
        if image.caption is not None:
            yield self._caption(image.caption, image.anchor, place)
        figure = self._figure(self._decided.figures[id(image)], image.description, place)
        around = ParagraphFormat(before=0 if image.caption else self._space.paragraph, after=self._space.section)
        yield _formed(figure, replace(around, keep_next=False))

    def _figure(self, figure: Figure, description: str, place: Place) -> Para:
        relation = self.pictures.relation(figure)
        drawing = ooxml.picture(self._drawings, relation, figure.width, figure.height, description)
        return Para("Picture", ooxml.run(drawing), ParagraphFormat(left=place.left))

    # -- cover and contents --------------------------------------------------------------------------------

    def _cover(self, cover: Cover) -> Iterator[Piece]:
        """A page of its own: rule, kicker, title and subtitle from above, the facts about the edition at its foot."""
        rules, measure = self._theme.rules, self._theme.page.measure
        right = measure - cover_measure(measure)
        yield _strut(1)  # white space at the head of a page is dropped, unless something stands above it
        down = COVER_RULE - RULE_DEPTH - 1 - letterhead_reach(self._theme, self._theme.page.top + RULE_DEPTH)
        space = max(0, round(COVER_GAP - 1 - rules.top / 2))
        ruled = ParagraphFormat(before=down, top=Border(rules.top, rules.top_colour, space), keep_next=True)
        yield Para("CoverKicker", self._set.runs(cover.kicker, self._set.voice("CoverKicker"), self.story), ruled)
        title = "Title" if self._is_dossier else "CoverTitle"
        words = broken(cover.title, self._decided.title_lines[id(cover)])
        yield self._words(title, words, ParagraphFormat(before=COVER_GAP, after=COVER_GAP * 1.5, right=right))
        if cover.subtitle:
            yield self._words("Subtitle", cover.subtitle, ParagraphFormat(right=right))
        if cover.lines:
            yield self._cover_lines(cover.lines, self._above_cover_lines(cover))

    def _above_cover_lines(self, cover: Cover) -> float:
        """White space that brings a cover's lines to the foot; LibreOffice would not let a table float there."""
        page, texts = self._theme.page, self._sheet.density.styles
        titles = len(self._decided.title_lines[id(cover)]) * texts[StyleName.COVER_TITLE].leading
        subtitle = texts[StyleName.COVER_SUBTITLE]
        rows = self._set.line_count(plain(cover.subtitle), subtitle, cover_measure(page.measure))
        above = COVER_RULE + self._theme.rules.top + texts[StyleName.COVER_KICKER].leading + titles
        above += rows * subtitle.leading + COVER_GAP * 3.5
        lines = len(cover.lines) * texts[StyleName.COVER_LINE].leading
        return max(COVER_GAP, page.depth - COVER_FOOT - lines - above)

    def _cover_lines(self, lines: Sequence[AddressLine], before: float) -> Grid:
        """Label and text between hairlines, `before` points below what stands above."""
        column = self._theme.page.label_column
        widths = (column, self._theme.page.measure - column)
        muted = replace(self._sheet.paragraphs["CoverLine"].text, colour=self._theme.colours.muted)
        rows = []
        for index, line in enumerate(lines):
            above = self._hairline if index == 0 else None
            cells = [
                self._cell(
                    [Para("CoverLine", self._set.runs(words, voice, self.story))], Margins(), above, self._hairline
                )
                for words, voice in (
                    (line.label, self._set.voice("CoverLine", muted, "FieldLabel")),
                    (line.children, self._set.voice("CoverLine")),
                )
            ]
            rows.append(ooxml.row(cells, widths))
        return Grid(ooxml.table("LayoutTable", widths, rows, row_heads=True), before)

    def _contents(self, contents: Contents) -> Iterator[Piece]:
        starts = ParagraphFormat(page_break=self._is_dossier or None, left=self._sheet.text_left, first=0)
        if contents.title:
            words = self._set.words(contents.title, self._set.voice("TOCHeading"))
            yield Para("TOCHeading", words, starts)
        lists = ContentsLists(self._sheet, self._set, self._bookmarks, self._decided.pages)
        headings = [b for b in walk(self._document.blocks) if isinstance(b, Heading) and b.level <= CONTENTS_DEPTH]
        if headings:
            yield Grid(lists.of_headings(headings))
        for listed in contents.lists:
            title = self._set.words(listed.title, self._set.voice("ListHeading"))
            yield Para("ListHeading", title, ParagraphFormat(before=COVER_GAP * 2))
            yield Grid(lists.of_captions(listed))


def _starts_page(piece: Piece) -> bool:
    """Whether it stands at the head of a page, where it keeps the white space above it."""
    return isinstance(piece, Para) and piece.form.page_break is True


def _cells(row: Row, table: Table) -> tuple[Inlines, ...]:
    """A row's cells, one a column; a row that is short of some ends in empty ones, as in the Layout."""
    return row.cells + ((),) * (len(table.columns) - len(row.cells))


def _has_note(row: Row) -> bool:
    """Whether a table's row brings a note to the foot of its page."""
    return any(isinstance(part, NoteMark) and part.first for cell in row.cells for part in walk(cell))


def _parting(inlines: Inlines) -> Inlines:
    """Words that must take several lines: where a no-break space may not part them, LibreOffice cuts a word."""
    parting: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text() | Printed():
                parting.append(replace(inline, text=inline.text.replace(NBSP, " ")))
            case Strong() | Emphasis() | Quiet() | Link():
                parting.append(replace(inline, children=_parting(inline.children)))
            case _:
                parting.append(inline)
    return tuple(parting)


def _strut(height: float) -> Para:
    """Nothing, of some height (1 point or more)."""
    return Para("Normal", ooxml.EMPTY, ParagraphFormat(leading=max(1.0, height)))


def _formed(piece: Piece, form: ParagraphFormat) -> Piece:
    """A paragraph that wants more; a table as it is."""
    return replace(piece, form=ooxml.over(piece.form, form)) if isinstance(piece, Para) else piece


def _opened(piece: Piece, before: float) -> Piece:
    """The same piece, with other white space above it."""
    return replace(piece, before=before) if isinstance(piece, Grid) else _formed(piece, ParagraphFormat(before=before))


def _closed(pieces: Iterable[Piece], after: float) -> Iterator[Piece]:
    """The same pieces, with other white space below the last."""
    *above, last = pieces
    yield from above
    yield replace(last, after=after) if isinstance(last, Grid) else _formed(last, ParagraphFormat(after=after))
