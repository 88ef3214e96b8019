"""The Document as CommonMark with pipe tables and `[^n]` notes, for reading, diffing and pasting.

Every word is escaped so that it reads back as itself. Emphasis that Markdown cannot express where it stands
(`**“인용”**다` does not close) is left out: words come before dress.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from briefgen.document import (
    Address,
    AddressLine,
    Align,
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
    ListItem,
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
    Status,
    Strong,
    Table,
    Text,
    Timeline,
    plain,
    walk,
)
from briefgen.writers import Finished

_ALWAYS = re.compile(r"([\\`*_\[\]<>&|~])")
_HASH = re.compile(r"(?:(?<=\s)|\A)#")
_LINE_START = re.compile(r"([-+=#:])|(\d{1,9})(?=[.)](?:\s|$))")
_BLANKS = re.compile(r"[ \t\r\n]+")
_DELIMITER_ROW = {Align.LEFT: "---", Align.RIGHT: "---:", Align.DECIMAL: "---:", Align.CENTRE: ":---:"}


def write(finished: Finished) -> bytes:
    """The cited document as Markdown, UTF-8 with line feeds."""
    return markdown(finished.document).encode("utf-8")


def markdown(document: Document) -> str:
    """A cited document as Markdown, ending with a line feed."""
    meta = document.meta
    status = f" · {meta.draft_label}" if meta.status is Status.DRAFT else ""
    parts = [_escaped(meta.marking.label + status)]
    if meta.about:
        parts.append(_line(meta.about))
    parts += _blocks(document.blocks, document)
    if meta.footer:
        parts += ["---", _line(meta.footer)]
    parts += [f"[^{note.number}]: {_line(note.children)}" for note in document.notes]
    return "\n\n".join(part for part in parts if part) + "\n"


# ---- blocks ----------------------------------------------------------------------------------------------


def _blocks(blocks: Iterable[Block], document: Document) -> list[str]:
    """Each block's Markdown; a list right after a list takes the other marker, or the two would become one."""
    parts: list[str] = []
    previous: Block | None = None
    turned = False
    for block in blocks:
        turned = not turned if isinstance(previous, BulletList | OrderedList | Timeline) else False
        parts += [part for part in _block(block, document, turned) if part]
        previous = block
    return parts


def _block(block: Block, document: Document, turned: bool = False) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block.level, block.number, block.children)
        case Paragraph():
            yield _line(block.children)
        case BulletList():
            yield _list(["+" if turned else "-"] * len(block.items), block.items, document)
        case OrderedList():
            dot = ")" if turned else "."
            markers = [f"{block.start + index}{dot}" for index in range(len(block.items))]
            yield _list(markers, block.items, document)
        case Table():
            yield _caption(block.caption)
            aligns = [column.align for column in block.columns]
            yield _table(aligns, block.head.cells, [row.cells for row in block.rows])
            yield _line(block.remark)
        case BlockQuote():
            parts = _blocks(block.blocks, document)
            if block.attribution:
                parts.append(_line((Text("— "), *block.attribution)))
            yield _quoted(parts)
        case Rule() | PageBreak():
            yield "---"
        case Lead() | Landscape():
            yield from _blocks(block.blocks, document)
        case Address():
            yield _address(block.lines)
        case KeyFigures():
            figures = block.figures
            values = [figure.value for figure in figures]
            below = [[figure.label for figure in figures], [figure.period for figure in figures]]
            yield _table([Align.LEFT] * len(figures), values, below)
        case Chart():
            yield from _chart(block)
        case Timeline():
            marker = "+" if turned else "-"
            entries = ((Strong(entry.date), Text(" "), *entry.children) for entry in block.entries)
            yield "\n".join(f"{marker} {_line(entry)}" for entry in entries)
        case Pair():
            yield from _blocks((*block.left, *block.right), document)
        case Labelled():
            for row in block.rows:
                yield _line((Strong(row.label),))
                yield from _blocks(row.blocks, document)
        case Callout():
            title = [_line((Strong(block.title),))] if block.title else []
            yield _quoted([*title, *_blocks(block.blocks, document)])
        case NextStep():
            yield _line((Strong((Text(block.label),)),))
            yield from _blocks(block.blocks, document)
        case Cover():
            yield _line(block.kicker)
            yield _heading(1, None, block.title)
            yield _line(block.subtitle)
            yield _address(block.lines)
        case Contents():
            yield _line((Strong((Text(block.title),)),))
            yield _contents(document)
            for listed in block.lists:
                yield _line((Strong((Text(listed.title),)),))
                yield "\n".join(f"- {_line((Text(f'{entry.label}: {entry.words}'),))}" for entry in listed.entries)
        case Image():
            yield f"![{_escaped(block.description)}](<{_target(block.path)}>)"
            yield _caption(block.caption)
        case Register():
            raise AssertionError("a register is left: the document is not cited")
        case _:
            assert_never(block)


def _heading(level: int, number: str | None, words: Inlines) -> str:
    numbered = (Text(f"{number} "), *words) if number else words
    return f"{'#' * min(level, 6)} {_line(numbered, breaks=False)}"


def _caption(caption: Caption | None) -> str:
    if caption is None:
        return ""
    label = (Text(f"{caption.label}: "),) if caption.label else ()
    return _line((*label, Strong(caption.children)))


def _list(markers: Sequence[str], items: Sequence[ListItem], document: Document) -> str:
    """A list; tight if every item is one paragraph."""
    tight = all(len(item.blocks) <= 1 and all(isinstance(b, Paragraph) for b in item.blocks) for item in items)
    parts = []
    for marker, item in zip(markers, items, strict=True):
        indent = " " * (len(marker) + 1)
        lines = "\n\n".join(_blocks(item.blocks, document)).split("\n")
        body = "\n".join(indent + line if line else "" for line in lines)
        parts.append(f"{marker} {body.removeprefix(indent)}".rstrip(" "))
    return ("\n" if tight else "\n\n").join(parts)


def _table(aligns: Sequence[Align], head: Sequence[Inlines], rows: Sequence[Sequence[Inlines]]) -> str:
    if not aligns:
        return ""
    lines = [_table_row(head, len(aligns)), _cells([_DELIMITER_ROW[align] for align in aligns])]
    lines += [_table_row(row, len(aligns)) for row in rows]
    return "\n".join(lines)


def _table_row(cells: Sequence[Inlines], width: int) -> str:
    written = [_line(cell, breaks=False) for cell in cells[:width]]
    return _cells([*written, *[""] * (width - len(written))])


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _chart(chart: Chart) -> Iterator[str]:
    yield _caption(Caption(chart.title, chart.label))
    rows = [(point.label, point.value, (Text(point.status_label),)) for point in chart.points]
    yield _table([Align.LEFT, Align.RIGHT, Align.LEFT], [(), chart.subject, ()], rows)
    yield _line(chart.source)
    yield _line(chart.remark)


def _address(lines: Sequence[AddressLine]) -> str:
    return _line(
        tuple(
            inline
            for index, line in enumerate(lines)
            for inline in (*((LineBreak(),) if index else ()), Strong(line.label), Text(" "), *line.children)
        )
    )


def _contents(document: Document) -> str:
    headings = [node for node in walk(document.blocks) if isinstance(node, Heading) and node.level <= 2]
    lines = []
    for heading in headings:
        words = f"{heading.number} {plain(heading.children)}" if heading.number else plain(heading.children)
        lines.append(f"{'  ' * (heading.level - 1)}- {_line((Text(words),))}")
    return "\n".join(lines)


def _quoted(parts: Sequence[str]) -> str:
    return "\n".join(f"> {line}".rstrip(" ") for line in "\n\n".join(part for part in parts if part).split("\n"))


# ---- inlines ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Delimiter:
    """One end of emphasis; `pair` tells which two belong together."""

    mark: str
    opens: bool
    pair: int


@dataclass(frozen=True, slots=True)
class _CodeSpan:
    text: str


_Piece = str | _Delimiter | _CodeSpan


def _line(inlines: Inlines, *, breaks: bool = True) -> str:
    """Inlines as one line of Markdown, or several with hard breaks."""
    pieces = list(_pieces(inlines, breaks, ()))
    written = _written(pieces)
    while (bad := _inexpressible(pieces, written)) is not None:
        pieces = [piece for piece in pieces if not isinstance(piece, _Delimiter) or piece.pair != bad]
        written = _written(pieces)
    text = "".join(written)
    if not breaks:
        return _ends_kept(text.strip(" "))
    return "\\\n".join(_ends_kept(_line_safe(line.strip(" "))) for line in text.split("\\\n")).strip("\n")


def _pieces(
    inlines: Inlines, breaks: bool, within: tuple[str, ...], counter: list[int] | None = None
) -> Iterator[_Piece]:
    counter = [0] if counter is None else counter
    for index, inline in enumerate(inlines):
        match inline:
            case Text(text) | Printed(text):
                yield _escaped(text)
            case CrossReference():
                yield _escaped(inline.text)
            case Link(target, children) if target.startswith("#"):  # Markdown has no anchors
                yield from _pieces(children, breaks, within, counter)
            case Strong(children) | Emphasis(children) | Quiet(children):
                mark = "**" if isinstance(inline, Strong) else "_"
                if mark in within:
                    yield from _pieces(children, breaks, within, counter)
                    continue
                counter[0] += 1
                pair = counter[0]
                yield _Delimiter(mark, True, pair)
                yield from _pieces(children, breaks, (*within, mark), counter)
                yield _Delimiter(mark, False, pair)
            case Link(target, children):
                yield "["
                for piece in _pieces(children, False, ("**", "_"), counter):
                    if not (isinstance(piece, str) and piece.startswith("[^")):
                        yield piece
                yield f"](<{_target(target)}>)"
                # a mark inside a link would be a link in a link; it follows
                yield from (f"[^{node.number}]" for node in walk(children) if isinstance(node, NoteMark))
            case Code(text):
                yield _CodeSpan(text)
            case NoteMark(number):
                yield f"[^{number}]"
            case LineBreak():
                last = index == len(inlines) - 1
                yield "\\\n" if breaks and not within and not last else " "
            case EvidenceRef() | CiteRef() | AuthorNoteRef():
                raise AssertionError("a reference is left: the document is not cited")
            case _:
                assert_never(inline)


def _escaped(text: str) -> str:
    """Text whose every character stands for itself anywhere in a line."""
    text = _BLANKS.sub(" ", text)
    return _HASH.sub(r"\\#", _ALWAYS.sub(r"\\\1", text))


def _line_safe(line: str) -> str:
    """A line that starts no list, heading, rule or underline of a heading."""
    start = _LINE_START.match(line)
    if start is None:
        return line
    return f"\\{line}" if start[1] else f"{start[2]}\\{line[start.end() :]}"


def _ends_kept(line: str) -> str:
    """A line whose no-break and other wide spaces at its ends are not trimmed away."""
    body = line.strip()
    if body == line:
        return line
    lead, _, tail = line.partition(body) if body else (line, "", "")
    return "".join(f"&#{ord(char)};" for char in lead) + body + "".join(f"&#{ord(char)};" for char in tail)


def _written(pieces: Sequence[_Piece]) -> list[str]:
    """What each piece reads as between its neighbours."""
    written: list[str] = []
    end = ""
    for piece in pieces:
        match piece:
            case str():
                words = piece
            case _Delimiter():
                words = piece.mark
            case _CodeSpan(text):
                # a bar would end a table's cell, and a grave accent would run into the code before
                words = _escaped(text) if "|" in text or end == "`" else _code(text)
            case _:
                assert_never(piece)
        if end == "]" and words[:1] in (":", "("):  # would make a definition or a link of a note mark
            words = "\\" + words
        elif end and end in "!^" and words.startswith("["):  # would make an image of a link, a note of a mark
            last = max(index for index, before in enumerate(written) if before)
            written[last] = written[last][:-1] + "\\" + end
        written.append(words)
        end = words[-1:] or end
    return written


def _code(text: str) -> str:
    text = re.sub(r"\s", " ", text)
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else ""


def _target(address: str) -> str:
    return re.sub(r"([\\<>])", r"\\\1", re.sub(r"\s", "%20", address))


def _inexpressible(pieces: Sequence[_Piece], written: Sequence[str]) -> int | None:
    """The first pair of delimiters that CommonMark would not read as such (CommonMark 0.31, 6.2), or None."""
    for index, piece in enumerate(pieces):
        if isinstance(piece, _Delimiter):
            before = next((text[-1] for text in reversed(written[:index]) if text), "\n")
            after = next((text[0] for text in written[index + 1 :] if text), "\n")
            inner, outer = (after, before) if piece.opens else (before, after)
            touching = piece.mark[0] in (inner, outer)
            if touching or inner.isspace() or (_is_mark(inner) and not (outer.isspace() or _is_punctuation(outer))):
                return piece.pair
            if piece.mark == "_" and not (outer.isspace() or _is_punctuation(outer)):
                return piece.pair
    return None


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"


def _is_mark(char: str) -> bool:
    """Punctuation or a symbol: readers differ on whether symbols count, so either way must work."""
    return unicodedata.category(char)[0] in "PS"
