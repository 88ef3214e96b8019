"""Cited documents of any make, each word of which is told from all others.

A word carries its number, as in `trade(17)`, so that a test can say whether every word came back, and in which order.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

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
    ChartKind,
    ChartPoint,
    Code,
    Column,
    Contents,
    Cover,
    Document,
    DocumentKind,
    Emphasis,
    Facet,
    Heading,
    Image,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    LabelledRow,
    Landscape,
    Lead,
    LineBreak,
    Link,
    ListItem,
    Meta,
    NextStep,
    Note,
    NoteMark,
    NotePlacement,
    OrderedList,
    PageBreak,
    Pair,
    Paragraph,
    PointStatus,
    Printed,
    Quiet,
    Row,
    Rule,
    Status,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineEntry,
    walk,
)
from briefgen.evidence import Marking

LATIN = (
    *("trade", "of", "Viet", "Nam", "US$86.7", "co-operation", "state–visit", "and/or", "“quoted”", "12,000", "naïve"),
    *("Tiếng", "Việt", "phê", "duyệt", "ưu", "tiên", "Đường", "Łódź", "a\u2060b", "sci\u2011tech", "x\u00a0y"),
    *("(c)", "\\back", "<b>", "&amp;", "\u00adsoft"),
)
WORDS = (*LATIN, "한국", "정부는", "867억", "달러로", "中國")
LONG = "Donaudampfschiff" * 5
PICTURE = Path(__file__).resolve().parents[1] / "templates/themes/chamber.png"


@dataclass(frozen=True, slots=True)
class Shape:
    """A block to be: its kind, how large it is, and how deep blocks in it go."""

    kind: str
    size: int
    depth: int


@dataclass(slots=True)
class _Writer:
    """Fills shapes with words; all chance comes from one number."""

    chance: random.Random
    vocabulary: Sequence[str] = LATIN
    words: int = 0
    marks: int = 0
    headings: int = 0
    notes: list[Inlines] = field(default_factory=list)

    def word(self) -> str:
        self.words += 1
        stem = LONG if self.chance.random() < 0.01 else self.chance.choice(self.vocabulary)
        return f"{stem}({self.words})"

    def text(self, most: int = 6) -> str:
        return " ".join(self.word() for _ in range(self.chance.randint(1, most)))

    def inlines(self, size: int, marks: bool = True) -> Inlines:
        parts: list[Inline] = []
        for _ in range(size):
            make: Callable[[], Inline] = self.chance.choice(
                (
                    *([lambda: Text(self.text())] * 3),
                    lambda: Strong((Text(self.text()),)),
                    lambda: Emphasis((Text(self.text()), Strong((Text(" " + self.text(2)),)))),
                    lambda: Quiet((Text(self.text()),)),
                    lambda: Printed(self.text(), "fact", Facet.WHOLE, self.chance.choice((None, "vi", "ko"))),
                    lambda: Link("https://example.org/ế?a=(b)", (Text(self.text(14)), Emphasis((Text(" x"),)))),
                    lambda: Link("#h1", (Text(self.text()),)),
                    lambda: Link("#nowhere", (Text(self.text()),)),
                    lambda: Code(self.text(3)),
                )
            )
            parts.append(make())
            if marks and self.chance.random() < 0.15:
                parts += self._marks()
            parts.append(LineBreak() if self.chance.random() < 0.03 else Text(" "))
        return tuple(parts)

    def _marks(self) -> list[Inline]:
        found: list[Inline] = []
        for _ in range(self.chance.choice((1, 1, 2))):
            again = self.marks and self.chance.random() < 0.3
            if again:
                found.append(NoteMark(self.chance.randint(1, self.marks), first=False))
            else:
                self.marks += 1
                found.append(NoteMark(self.marks, first=True))
        return found

    def blocks(self, size: int, depth: int) -> tuple[Block, ...]:
        kinds = ("paragraph", "paragraph", *(CONTAINERS if depth > 0 else ()))
        shapes = (Shape(self.chance.choice(kinds), self.chance.randint(1, 3), depth - 1) for _ in range(size))
        return tuple(self.block(shape) for shape in shapes)

    def block(self, shape: Shape) -> Block:
        size, depth = shape.size, shape.depth
        match shape.kind:
            case "paragraph":
                return Paragraph(self.inlines(1 + size * 2))
            case "heading":
                self.headings += 1
                words = (Text(self.text()), *(self._marks() if size == 5 else ()))
                return Heading(1 + size % 6, words, f"h{self.headings}", self.chance.choice((None, "1", "4.1", "A")))
            case "bullets":
                return BulletList(tuple(ListItem(self.blocks(1 + n % 2, depth)) for n in range(size)))
            case "ordered":
                return OrderedList(tuple(ListItem(self.blocks(1, depth)) for _ in range(size)), 1 + size * 7)
            case "deep list":
                return self._nested(size, 4)
            case "quotation":
                blocks = self.blocks(1, 0 if size % 2 else depth)
                return BlockQuote(blocks, self.inlines(1) if size % 2 else ())
            case "callout":
                return Callout(self.blocks(size, depth), (Text(self.text()),) if size % 2 else ())
            case "pair":
                return Pair(self.blocks(size, depth), self.blocks(1, depth))
            case "labelled":
                rows = tuple(LabelledRow((Text(self.word()),), self.blocks(1, depth)) for _ in range(size))
                return Labelled(rows, decision=size % 2 == 0)
            case "table":
                return self._table(size)
            case "long table":
                return self._table(60 + size * 15)
            case "landscape":
                return Landscape((self._table(size), *self.blocks(1, 0)))
            case "lead":
                return Lead(self.blocks(1, 0))
            case "address":
                return Address(tuple(AddressLine((Text(self.word()),), self.inlines(1)) for _ in range(size)))
            case "timeline":
                return Timeline(tuple(self._event() for _ in range(size)))
            case "key figures":
                return KeyFigures(tuple(self._figure(n) for n in range(size)))
            case "chart":
                return self._chart(size)
            case "image":
                caption = Caption((Text(self.text()),), "Figure 7" if size > 3 else None) if size % 2 else None
                return Image(str(PICTURE), f"A picture of kind {size}", caption)
            case "next step":
                return NextStep(self.blocks(size, 0), "Next step")
            case "contents":
                return Contents(self.word() if size % 2 else "")
            case "rule":
                return Rule()
            case _:
                return PageBreak()

    def _nested(self, size: int, depth: int) -> Block:
        """A list in a list in a list…; their kinds and first numbers differ."""
        parts = []
        for number in range(1 + size % 3):
            words = Paragraph(self.inlines(1))
            below = (self._nested(size + number + 1, depth - 1),) if depth > 1 and number != 1 else ()
            parts.append(ListItem((words, *below)))
        bulleted = self.chance.random() < 0.4
        return BulletList(tuple(parts)) if bulleted else OrderedList(tuple(parts), self.chance.choice((1, 3, 9, 98)))

    def _event(self) -> TimelineEntry:
        when = (Text(self.word()),)
        return TimelineEntry(self.inlines(1), when)

    def _figure(self, number: int) -> KeyFigure:
        value = (Printed(self.word(), "fact", Facet.NUMBER), Text(" "), Printed("bn", "fact", Facet.UNIT))
        return KeyFigure(value, self.inlines(1), (Text(self.text(2)),) if number % 2 else ())

    def _table(self, rows: int) -> Table:
        columns = tuple(Column(self.chance.choice(list(Align))) for _ in range(self.chance.randint(1, 4)))
        caption = None
        if self.chance.random() < 0.5:
            caption = Caption((Text(self.text()),), "Table 1" if self.chance.random() < 0.5 else None)
        head = self._row(columns, self.chance.choice((0.2, 1)), marks=False)
        body = tuple(self._row(columns, 0.15) for _ in range(rows))
        remark = (Text(self.text()),) if self.chance.random() < 0.3 else ()
        return Table(columns, head, body, caption, row_heads=self.chance.random() < 0.7, remark=remark)

    def _row(self, columns: Sequence[Column], empty: float, marks: bool = True) -> Row:
        count = len(columns) - (self.chance.random() < 0.05)
        return Row(tuple(self.inlines(1, marks) if self.chance.random() > empty else () for _ in range(count)))

    def _chart(self, size: int) -> Chart:
        """Its plot is drawn from numbers: the words at its marks are not counted."""
        title = (Text(self.text()),)
        points = tuple(
            ChartPoint(
                (Text(f"{n}.5"),),
                (Text(f"{2020 + n}"),),
                Decimal(n),
                None,
                self.chance.choice(list(PointStatus)),
                "as is",
            )
            for n in range(1 + size)
        )
        kind = self.chance.choice(list(ChartKind))
        description = "Trade: 0.5 in 2020, and so on."
        return Chart(kind, title, points, (), (), (Text(self.text()),), description)


CONTAINERS = ("bullets", "ordered", "deep list", "quotation", "callout", "pair", "labelled")
KINDS = (
    *("paragraph", "paragraph", "heading", "heading", "table", *CONTAINERS),
    *("lead", "address", "timeline", "key figures", "chart", "image", "next step", "rule", "page break", "landscape"),
)

SHAPES = st.builds(Shape, st.sampled_from(KINDS), st.integers(1, 5), st.integers(0, 3))
LARGE = st.just(Shape("long table", 3, 0)) | st.just(Shape("contents", 1, 0)) | SHAPES


def random_document(seed: int) -> Document:
    """The document of a seed: every kind of block, nested, with notes, in any kind of document."""
    chance = random.Random(seed)
    shapes = [
        Shape(chance.choice(KINDS), chance.randint(1, 5), chance.randint(0, 3)) for _ in range(chance.randint(4, 9))
    ]
    shapes.append(chance.choice((Shape("long table", 1, 0), Shape("contents", 1, 0), *shapes)))
    kind, placement = chance.choice(list(DocumentKind)), chance.choice(list(NotePlacement))
    return _document(shapes, seed, kind, placement, chance.random() < 0.3)


def _document(shapes: list[Shape], seed: int, kind: DocumentKind, placement: NotePlacement, covered: bool) -> Document:
    chance = random.Random(seed)
    writer = _Writer(chance, chance.choice((LATIN, LATIN, WORDS)))
    blocks: list[Block] = []
    if covered:
        line = AddressLine((Text("Edition"),), (Text(writer.word()),))
        blocks.append(Cover((Text(writer.text()),), (), (Text(writer.text()),), (line,)))
    blocks += [writer.block(shape) for shape in shapes]
    notes = tuple(Note(number, writer.inlines(2, marks=False)) for number in range(1, writer.marks + 1))
    of = Meta(
        f"Any: document & <{seed}>",
        kind,
        ("en", "vi", "ko")[seed % 3],
        date(2026, 11, 21),
        Marking.AMBER,
        Status.DRAFT,
        placement,
        about=(Text(writer.text()),) if seed % 2 else (),
        footer=(Text("First edition"),) if seed % 5 else (),
    )
    return Document(of, tuple(blocks), notes)


DOCUMENTS = st.builds(
    _document,
    st.tuples(st.lists(SHAPES, min_size=1, max_size=9), LARGE).map(lambda pair: [*pair[0], pair[1]]),
    st.integers(0, 10**6),
    st.sampled_from(list(DocumentKind)),
    st.sampled_from(list(NotePlacement)),
    st.booleans(),
)
"""Documents with every block, nested; with links over lines and pages, and headings of every level in any order."""


def in_reading_order(whole: Document) -> list[str]:
    """The document's numbered words as its structure has them: a footnote after the block that first marks it."""
    found: list[str] = []
    footnotes = whole.meta.placement is NotePlacement.FOOTNOTES
    by_number = {note.number: note for note in whole.notes}
    blocks = [part for block in whole.blocks for part in (block.blocks if isinstance(block, Landscape) else (block,))]
    for block in blocks:
        found += _words(_read(block))
        for node in walk(block) if footnotes else ():
            if isinstance(node, NoteMark) and node.first:
                found += _words(by_number[node.number])
    if not footnotes:
        found += _words(whole.notes)
    return found


def of_text(whole: Document) -> list[str]:
    """The numbered words of the document's text, without its notes, and its headings, which its contents repeat."""
    headings = {word for heading in walk(whole.blocks) if isinstance(heading, Heading) for word in _words(heading)}
    return [word for block in whole.blocks for word in _words(_read(block)) if word not in headings]


def of_notes(whole: Document) -> list[str]:
    """The numbered words of its notes."""
    return _words(whole.notes)


def _read(block: Block) -> object:
    """A block's parts as they are read, where that differs from how they are declared."""
    match block:
        case Table():
            return (block.caption.children if block.caption else (), block.head, block.rows, block.remark)
        case Chart():
            return (block.title, block.source)
        case Image(caption=caption):
            return caption.children if caption else ()
        case Cover():
            return (block.kicker, block.title, block.subtitle, block.lines)
        case Landscape(blocks):
            return tuple(map(_read, blocks))
        case Callout():
            return (block.title, *map(_read, block.blocks))
        case Timeline():
            return tuple((entry.date, entry.children) for entry in block.entries)
        case BulletList(items) | OrderedList(items):
            return tuple(tuple(map(_read, part.blocks)) for part in items)
        case BlockQuote(blocks, attribution):
            return (*map(_read, blocks), attribution)
        case Pair(left, right):
            return (*map(_read, left), *map(_read, right))
        case Labelled(rows):
            return tuple((row.label, *map(_read, row.blocks)) for row in rows)
        case Contents(title):
            return (Text(title),)
        case _:
            return block


def _words(node: object) -> list[str]:
    texts = [part.text for part in walk(node) if isinstance(part, Text | Printed | Code)]
    return [bare(word) for text in texts for word in re.findall(r".*?\(\d+\)", text.replace(" ", ""))]


_UNSEEN = dict.fromkeys(map(ord, " \n\t\f\r\u00a0\u00ad\u2060\ufeff"))


def bare(text: str) -> str:
    """A text without white space and joiners; hyphens are alike."""
    return text.translate(_UNSEEN).replace("\u2011", "-").replace("\u2010", "-")


def missing(words: Sequence[str], text: str) -> list[str]:
    """The words that a text does not have in this order."""
    text, place, lost = bare(text), 0, []
    for word in words:
        found = text.find(word, place)
        if found < 0:
            lost.append(word)
        else:
            place = found + len(word)
    return lost
