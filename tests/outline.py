"""A document before `cite`, as a few readable lines: what the cases in tests/cases expect."""

from __future__ import annotations

from collections.abc import Iterator
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
    Chart,
    CiteRef,
    Code,
    Contents,
    Cover,
    CrossReference,
    Document,
    Emphasis,
    EvidenceRef,
    Facet,
    Heading,
    Image,
    Inline,
    Inlines,
    KeyFigures,
    Labelled,
    Landscape,
    Lead,
    LineBreak,
    Link,
    NextStep,
    NoteMark,
    Optional,
    OrderedList,
    Origin,
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
)


def outline(document: Document) -> str:
    """One line a block, two spaces deeper for what it holds; then the author's footnotes."""
    lines = [line for block in document.blocks for line in block_lines(block)]
    lines += [f"[^{label}]: {words(children)}" for label, children in document.author_notes]
    if document.meta.footer:
        lines.append(f"footer: {words(document.meta.footer)}")
    return "\n".join(lines)


def words(inlines: Inlines) -> str:
    """Inlines on one line: <evidence facet>, `(parameter)`, `t(label)`."""
    return "".join(map(word, inlines))


def word(inline: Inline) -> str:
    match inline:
        case Text(text, Origin.AUTHOR):
            return text
        case Text(text, Origin.PARAMETER):
            return f"({text})".replace("\n", "↵")
        case Text(text, Origin.SOURCE):
            return f"source({text})"
        case Text(text):
            return f"t({text})"
        case EvidenceRef(evidence, facet, name, digits):
            shown = evidence + ("" if facet is Facet.WHOLE else f".{facet}")
            shown += "" if name == "value" else f"[{name}]"
            return f"<{shown}{'' if digits is None else f' to {digits}'}>"
        case CiteRef(ids):
            return f"<cite {' '.join(ids)}>"
        case AuthorNoteRef(label):
            return f"<note {label}>"
        case Emphasis(children):
            return f"/{words(children)}/"
        case Strong(children):
            return f"*{words(children)}*"
        case Quiet(children):
            return f"quiet({words(children)})"
        case CrossReference(target):
            return f"[#{target}]"
        case Link(target, children):
            return f"[{words(children)}]({target})"
        case Code(text):
            return f"`{text}`"
        case LineBreak():
            return "⏎"
        case Printed() | NoteMark():
            raise AssertionError("the reader makes no final words")
        case _:
            assert_never(inline)


def block_lines(block: Block) -> Iterator[str]:
    may_go = _optional(block.optional)
    match block:
        case Heading(level=level, children=children, anchor=anchor, number=number):
            yield f"h{level}{may_go} {f'{number} ' if number else ''}“{words(children)}” #{anchor}"
        case Paragraph(children=children):
            yield f"p{may_go} {words(children)}"
        case BulletList(items=items) | OrderedList(items=items):
            yield (
                f"ol from {block.start}"
                if isinstance(block, OrderedList) and block.start != 1
                else ("ol" if isinstance(block, OrderedList) else "ul")
            )
            for item in items:
                yield f"  -{_optional(item.optional)}"
                yield from _deeper(item.blocks, 2)
        case Table():
            yield f"table{may_go}{'' if block.row_heads else ' without row heads'}"
            shown = [
                ("" if column.align is Align.LEFT else column.align) + (f":{column.share:g}" if column.share else "")
                for column in block.columns
            ]
            if any(shown):
                yield f"  columns {' | '.join(one or '-' for one in shown)}"
            if block.caption:
                yield f"  caption {words(block.caption.children)} #{block.anchor}"
            yield f"  head {' | '.join(map(words, block.head.cells))}"
            for row in block.rows:
                yield f"  row{_optional(row.optional)} {' | '.join(map(words, row.cells))}"
            if block.remark:
                yield f"  remark {words(block.remark)}"
        case BlockQuote(blocks=blocks, attribution=attribution):
            yield f"quote{may_go}"
            yield from _deeper(blocks)
            if attribution:
                yield f"  by {words(attribution)}"
        case Rule():
            yield "rule"
        case PageBreak():
            yield "page-break"
        case Lead(blocks=blocks):
            yield f"lead{may_go}"
            yield from _deeper(blocks)
        case Address(lines=lines):
            yield "address"
            yield from _address(lines)
        case KeyFigures(figures=figures):
            yield f"key-figures{may_go}"
            for figure in figures:
                yield f"  figure{_optional(figure.optional)} {words(figure.value)} | {words(figure.label)}"
        case Chart():
            yield f"chart {block.kind}{may_go} {words(block.title)} #{block.anchor}"
            for point in block.points:
                yield f"  point{_optional(point.optional)} {words(point.value)} | {words(point.label)}"
            if block.subject:
                yield f"  subject {words(block.subject)}"
            if block.remark:
                yield f"  remark {words(block.remark)}"
        case Timeline(entries=entries):
            yield "timeline"
            for entry in entries:
                yield f"  entry{_optional(entry.optional)} {words(entry.children)}"
        case Pair(left=left, right=right):
            yield f"pair{may_go}"
            yield "  left"
            yield from _deeper(left, 2)
            yield "  right"
            yield from _deeper(right, 2)
        case Labelled(rows=rows, decision=decision):
            yield f"labelled{' decision' if decision else ''}{may_go}"
            for row in rows:
                yield f"  label{_optional(row.optional)} {words(row.label)}"
                yield from _deeper(row.blocks, 2)
        case Landscape(blocks=blocks):
            yield f"landscape{may_go}"
            yield from _deeper(blocks)
        case Callout(blocks=blocks, title=title):
            yield f"callout{may_go}{f' {words(title)}' if title else ''}"
            yield from _deeper(blocks)
        case NextStep(blocks=blocks):
            yield "next-step"
            yield from _deeper(blocks)
        case Cover():
            yield f"cover {words(block.kicker)} | {words(block.title)} | {words(block.subtitle)}"
            yield from _address(block.lines)
        case Contents():
            yield " ".join(("contents", *(one.of for one in block.lists)))
        case Register(of=of):
            yield f"register of {of}"
        case Image(path=path, description=description, caption=caption):
            yield f"image {path} “{description}”" + (f" {words(caption.children)} #{block.anchor}" if caption else "")
        case _:
            assert_never(block)


def _address(lines: tuple[AddressLine, ...]) -> Iterator[str]:
    for line in lines:
        yield f"  {words(line.label)}: {words(line.children)}"


def _deeper(blocks: tuple[Block, ...], steps: int = 1) -> Iterator[str]:
    for block in blocks:
        yield from ("  " * steps + line for line in block_lines(block))


def _optional(optional: Optional | None) -> str:
    if optional is None:
        return ""
    group = f" group {optional.group}" if optional.group else ""
    return f" [may go, {optional.weight}{group}: {' '.join(optional.evidence)}]"
