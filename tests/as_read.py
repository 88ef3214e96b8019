"""What a Document is to those who read its Word file by structure, line by line; and the same lines from pandoc.

Both sides drop what has no words (rules, page breaks, empty paragraphs, charts), what only arranges (the cells of a
table without a head are read one after the other) and white space. A line is one of

    # 2 words             a heading and its level; the title on a cover counts as one of level 1
    ¶ words               a paragraph
    - 1 words             an item of a list, and how deep it stands; or, numbered, `4. 1 words`
    | cell | cell |       a row of a table; its head is `‖ cell ‖ cell ‖`
    ¶ [[a description]]   a picture

A label and the paragraph beside it are one line. A note's first mark is its text in braces, `{1: Source, 2025.}`; a
later one is its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import dropwhile
from typing import Any, TypeVar, assert_never

from briefgen.document import (
    Address,
    AuthorNoteRef,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Caption,
    Chart,
    CiteRef,
    Code,
    Contents,
    Cover,
    CrossReference,
    Document,
    DocumentKind,
    Emphasis,
    EvidenceRef,
    Heading,
    Image,
    Inlines,
    KeyFigures,
    Labelled,
    Landscape,
    Lead,
    LineBreak,
    Link,
    NextStep,
    NoteMark,
    OrderedList,
    PageBreak,
    Pair,
    Paragraph,
    Printed,
    Quiet,
    Register,
    Rule,
    Strong,
    Table,
    Text,
    Timeline,
    walk,
)
from briefgen.layout import notes_at_foot
from briefgen.writers import Finished
from tests.documents import bare


@dataclass(frozen=True, slots=True)
class AsRead:
    """A document's lines, and its tables' captions, which pandoc keeps apart from them."""

    lines: tuple[str, ...]
    captions: tuple[str, ...]


# ---- what is to be read ------------------------------------------------------------------------------------


def to_be_read(finished: Finished) -> AsRead:
    """The lines of a finished document."""
    reader = _Expected(finished.document, {anchor.name: anchor.page + 1 for anchor in finished.layout.anchors})
    return AsRead(tuple(_levelled(reader.lines())), tuple(reader.captions))


@dataclass(slots=True)
class _Item:
    """An item of a list, as deep as its list's level in Word."""

    level: int
    label: str
    words: str


_Line = str | _Item

_BREAK = ""
"""Where a cell ends: it has no words, but lists don't go on beyond it."""


@dataclass(slots=True)
class _Expected:
    document: Document
    pages: Mapping[str, int]
    captions: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[_Line]:
        yield from self.paragraph(self.document.meta.about)
        yield from self.blocks(self.document.blocks)
        if self.document.notes and not notes_at_foot(self.document):
            yield f"# 2 {bare(self.document.meta.notes_label)}"

    def blocks(self, blocks: Iterable[Block], level: int = 0) -> Iterator[_Line]:
        for block in blocks:
            yield from self.block(block, level)

    def block(self, block: Block, level: int) -> Iterator[_Line]:
        """A block's lines; in a list's item, `level` counts the lists that it stands in."""
        match block:
            case Heading():
                yield f"# {block.level} {bare(block.number or '')}{self.words(block.children)}"
            case Paragraph(children):
                yield from self.paragraph(children)
            case BulletList(items) | OrderedList(items):
                for number, item in enumerate(items, getattr(block, "start", 1)):
                    label = "-" if isinstance(block, BulletList) else f"{number}."
                    first, *rest = item.blocks or (Paragraph(()),)
                    if not isinstance(first, Paragraph):
                        first, rest = Paragraph(()), [first, *rest]
                    yield _Item(level, label, self.words(first.children))
                    yield from self.blocks(rest, level + 1)
            case Table():
                yield from self.caption(block.caption)
                yield self.row(block.head.cells, len(block.columns), "‖")
                for row in block.rows:
                    yield self.row(row.cells, len(block.columns), "|")
                yield from self.paragraph(block.remark)
            case BlockQuote(blocks, attribution):
                yield from self.blocks(blocks, level)
                yield from self.paragraph(attribution)
            case Rule() | PageBreak():
                pass
            case Lead(blocks) | Landscape(blocks):
                yield from self.blocks(blocks, level)
            case Address(lines):
                yield _BREAK
                for line in lines:
                    yield from self.paragraph((*line.label, *line.children))
            case KeyFigures(figures):
                for figure in figures:
                    for part in (figure.value, figure.label, figure.period):
                        yield from self.paragraph(part)
            case Chart():
                yield from self.caption(Caption(block.title, block.label if self.is_dossier else None))
                yield from self.paragraph(block.subject)
                yield from self.paragraph((*block.source, *block.remark))
            case Timeline(entries):
                for entry in entries:
                    yield from self.labelled(entry.date, (Paragraph(entry.children),), level)
            case Pair(left, right):
                for column in (left, right):
                    yield _BREAK
                    yield from self.blocks(column)
                yield _BREAK
            case Labelled(rows):
                for row in rows:
                    yield from self.labelled(row.label, row.blocks, level)
            case Callout(blocks, title):
                yield from self.paragraph(title)
                yield from self.blocks(blocks, level)
            case NextStep(blocks, label):
                yield from self.labelled((Text(label),), blocks, level)
            case Cover():
                yield from self.paragraph(block.kicker)
                yield f"# 1 {self.words(block.title)}"
                yield from self.paragraph(block.subtitle)
                for line in block.lines:
                    yield from self.labelled(line.label, (Paragraph(line.children),), level)
            case Contents(title, lists):
                yield from self.paragraph((Text(title),))
                for node in walk(self.document.blocks):
                    if isinstance(node, Heading) and node.level <= 2:
                        entry = bare(node.number or "") + self.words(node.children, marks=False)
                        yield f"¶ {entry}{self.pages[node.anchor]}"
                for listed in lists:
                    yield from self.paragraph((Text(listed.title),))
                    for one in listed.entries:
                        yield f"¶ {bare(one.label + one.words)}{self.pages[one.anchor]}"
            case Image(description=description, caption=caption):
                yield from self.caption(caption)
                yield f"¶ [[{bare(description)}]]"
            case Register():
                raise AssertionError("a register in a cited document")
            case _:
                assert_never(block)

    @property
    def is_dossier(self) -> bool:
        return self.document.meta.kind is DocumentKind.DOSSIER

    def paragraph(self, inlines: Inlines) -> Iterator[str]:
        if words := self.words(inlines):
            yield f"¶ {words}"

    def labelled(self, label: Inlines, blocks: Sequence[Block], level: int) -> Iterator[_Line]:
        yield from _beside(self.paragraph(label), self.blocks(blocks, level))
        if not (blocks and isinstance(blocks[0], Paragraph)):
            yield _BREAK  # such a label stands in a cell

    def caption(self, caption: Caption | None) -> Iterator[str]:
        """A caption; pandoc takes those with a field that counts tables out of the text."""
        if caption is None:
            return
        words = bare(caption.label or "") + self.words(caption.children)
        if (caption.label or "").startswith("Table"):
            self.captions.append(words)
        else:
            yield f"¶ {words}"

    def row(self, cells: Sequence[Inlines], count: int, edge: str) -> str:
        told = [*map(self.words, cells), *[""] * (count - len(cells))]
        return f"{edge} {f' {edge} '.join(told)} {edge}"

    def words(self, inlines: Inlines, *, marks: bool = True) -> str:
        parts = []
        after_mark = False
        for inline in inlines:
            is_mark = isinstance(inline, NoteMark)
            if is_mark and after_mark and marks:
                parts.append(",")
            after_mark = is_mark
            match inline:
                case Text(text) | Printed(text) | Code(text):
                    parts.append(bare(text))
                case CrossReference():
                    parts.append(bare(inline.text))
                case LineBreak():
                    pass
                case Strong(children) | Emphasis(children) | Quiet(children) | Link(_, children):
                    parts.append(self.words(children, marks=marks))
                case NoteMark(number, first):
                    if marks:
                        parts.append(self.note(number) if first else str(number))
                case EvidenceRef() | CiteRef() | AuthorNoteRef():
                    raise AssertionError("a reference in a cited document")
                case _:
                    assert_never(inline)
        return "".join(parts)

    def note(self, number: int) -> str:
        (note,) = (note for note in self.document.notes if note.number == number)
        return f"{{{number}:{self.words(note.children)}}}"


_Read = TypeVar("_Read", str, _Line)


def _beside(label: Iterable[_Read], lines: Iterable[_Read]) -> Iterator[_Read]:
    """A label's lines and those beside it; a paragraph goes on in the next."""
    *above, last = [*label] or ["¶ "]
    first, *rest = [*dropwhile(lambda line: line is _BREAK, lines)] or ["¶ "]
    yield from above
    if isinstance(first, str) and isinstance(last, str) and first.startswith("¶ "):
        yield last + first.removeprefix("¶ ")
    else:
        yield from (line for line in (last, first) if line != "¶ ")
    yield from rest


def _levelled(lines: Iterable[_Line]) -> Iterator[str]:
    """Lines with items as deep as they are seen to be: where other text comes between them, counting begins anew."""
    open_: list[int] = []
    for line in lines:
        if isinstance(line, str):
            open_.clear()
            if line is not _BREAK:
                yield line
            continue
        while open_ and open_[-1] >= line.level:
            open_.pop()
        open_.append(line.level)
        yield f"{line.label} {len(open_)} {line.words}"


# ---- what pandoc reads -------------------------------------------------------------------------------------


def read_by_pandoc(told: Mapping[str, Any]) -> AsRead:
    """The lines of what `pandoc -f docx+styles -t json -s` tells."""
    reader = _Pandoc()
    title = told["meta"].get("title")
    subtitle = told["meta"].get("subtitle")
    lines = [f"# 1 {reader.words(title['c'])}"] if title else []
    lines += [f"¶ {reader.words(subtitle['c'])}"] if subtitle else []
    lines += reader.blocks(told["blocks"])
    return AsRead(tuple(lines), tuple(reader.captions))


_TITLES = ("Title", "Cover Title")

_LABELS = ("Label", "Decision Label")


@dataclass(slots=True)
class _Pandoc:
    captions: list[str] = field(default_factory=list)
    notes: int = 0

    def blocks(self, blocks: Iterable[Any], depth: int = 0) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block["t"], block.get("c"), depth)

    def block(self, kind: str, inside: Any, depth: int) -> Iterator[str]:
        match kind:
            case "Para" | "Plain":
                if words := self.words(inside):
                    yield f"¶ {words}"
            case "Header":
                yield f"# {inside[0]} {self.words(inside[2])}"
            case "Div" if dict(inside[0][2]).get("custom-style") in _TITLES:
                yield from (f"# 1 {line.removeprefix('¶ ')}" for line in self.blocks(inside[1]))
            case "Div":
                yield from self.blocks(inside[1], depth)
            case "BlockQuote":
                yield from self.blocks(inside, depth)
            case "BulletList":
                for item in inside:
                    yield from self.item("-", item, depth + 1)
            case "OrderedList":
                (first, _, _), items = inside
                for number, item in enumerate(items, first):
                    yield from self.item(f"{number}.", item, depth + 1)
            case "Table":
                yield from self.table(*inside)
            case "HorizontalRule" | "Null":
                pass
            case _:
                raise AssertionError(f"what is a {kind}?")

    def item(self, label: str, blocks: Sequence[Any], depth: int) -> Iterator[str]:
        """An item; pandoc leaves out its paragraph if that is empty."""
        first, *rest = [*self.blocks(blocks, depth)] or [""]
        if not first.startswith("¶ "):
            first, rest = "", [first, *rest]
        yield f"{label} {depth} {first.removeprefix('¶ ')}"
        yield from (line for line in rest if line)

    def table(self, _: Any, caption: Any, __: Any, head: Any, bodies: Any, ___: Any) -> Iterator[str]:
        titles = self.joined(caption[1])
        if titles:
            self.captions.append(titles)
        rows = [row for body in bodies for row in body[3]]
        if head[1]:
            yield self.row(head[1][0], "‖")
            for row in rows:
                yield self.row(row, "|")
            return
        for row in rows:
            lines = [list(self.blocks(cell[4])) for cell in row[1]]
            if len(lines) == 2 and _is_label(row[1][0][4]):
                yield from _beside(*lines)
            else:
                for cell in lines:
                    yield from cell

    def row(self, row: Any, edge: str) -> str:
        return f"{edge} {f' {edge} '.join(self.joined(cell[4]) for cell in row[1])} {edge}"

    def joined(self, blocks: Iterable[Any]) -> str:
        return "".join(line.removeprefix("¶ ") for line in self.blocks(blocks))

    def words(self, inlines: Iterable[Any]) -> str:
        return "".join(self.inline(inline["t"], inline.get("c")) for inline in inlines)

    def inline(self, kind: str, inside: Any) -> str:
        match kind:
            case "Str":
                return bare(inside)
            case "Space" | "SoftBreak" | "LineBreak":
                return ""
            case "Code":
                return bare(inside[1])
            case "Span" | "Link":
                return self.words(inside[1])
            case "Emph" | "Strong" | "Superscript" | "Underline" | "SmallCaps" | "Subscript":
                return self.words(inside)
            case "Quoted":
                return self.words(inside[1])
            case "Image":
                return f"[[{self.words(inside[1])}]]"
            case "Note":
                self.notes += 1
                number = self.notes
                return f"{{{number}:{self.joined(inside)}}}"
            case _:
                raise AssertionError(f"what is a {kind}?")


def differences(expected: AsRead, found: AsRead) -> list[str]:
    """Where two readings differ."""
    sides = ((*side.lines, *(f"caption: {caption}" for caption in side.captions)) for side in (expected, found))
    return list(unified_diff(*sides, "the document", "pandoc", lineterm="", n=0))


def _is_label(blocks: Sequence[Any]) -> bool:
    """Whether a cell holds nothing but a label."""
    if len(blocks) != 1 or blocks[0]["t"] != "Div":
        return False
    style, inlines = _style(blocks[0]), blocks[0]["c"][1][0]["c"]
    return style == "Cover Line" or (style == "Labelled" and all(_style(inline) in _LABELS for inline in inlines))


def _style(node: Any) -> str | None:
    """The style that pandoc says a block or a span has."""
    return dict(node["c"][0][2]).get("custom-style") if node["t"] in ("Div", "Span") else None
