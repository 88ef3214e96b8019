"""What a document says in short, for the message that brings it: its bottom line and its key figures, with notes.

Plain words only, so that it can travel in the manifest and be shown by whoever finds the file. A message around a
file that was built long ago says the same as one around a file built now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeGuard

from briefgen.document import (
    Block,
    BulletList,
    CrossReference,
    Document,
    DocumentKind,
    EvidenceRef,
    Facet,
    Heading,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    Lead,
    LineBreak,
    ListItem,
    NoteMark,
    NotePlacement,
    OrderedList,
    Paragraph,
    Printed,
    Text,
    plain,
    walk,
)
from briefgen.document import Code as CodeSpan
from briefgen.locales import locale_for
from briefgen.records import FORBIDDEN

Words = tuple[str | int, ...]
"""Words, and between them the numbers of notes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure.

    Attributes:
        value: as printed, with its unit.
        period: what time it is of; "" if the document does not say.
    """

    value: str
    label: Words
    period: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in short.

    Attributes:
        title: the document's.
        headline: the sentence that it stands under; empty if it has none.
        as_of: the day that it is of, as printed.
        marking: its label.
        language: BCP 47 tag.
        lead: the paragraphs of its bottom line.
        notes: their words, numbered from 1 in the order of their marks.
    """

    title: str
    headline: Words
    as_of: str
    marking: str
    language: str
    lead: tuple[Words, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()


def summarise(document: Document, marking: str, cite: Callable[[Document], Document]) -> Summary:
    """A document in short: its bottom line, or what it asks to be decided, and its key figures.

    A document with neither is told by its description, and if it has no figures either by its first paragraph.

    Args:
        document: as read, less what was left out: its notes are numbered anew, for just what the summary holds.
        marking: the label of the whole document.
        cite: prints evidence and numbers notes.
    """
    parts = tuple(_parts(document.blocks))
    described = _described(document) if all(isinstance(part, KeyFigures) for part in parts) else ()
    if not parts:
        parts = tuple(block for block in document.blocks if isinstance(block, Paragraph))[:1]
    meta = replace(document.meta, placement=NotePlacement.ENDNOTES)
    cited = cite(replace(document, meta=meta, blocks=(*_headlines(document), *parts)))
    in_text = tuple(Paragraph(_short(figure.value)) for figure in _figures(parts))
    values = cite(replace(document, meta=meta, blocks=in_text))
    locale = locale_for(meta.language)
    return Summary(
        title=meta.title,
        headline=next((_words(block.children) for block in cited.blocks if isinstance(block, Heading)), ()),
        as_of=locale.t("As of {date}").format(date=locale.date(meta.as_of)),
        marking=marking,
        language=meta.language,
        lead=(*described, *_paragraphs(cited.blocks)),
        figures=tuple(
            Figure(_without_marks(value), _words(node.label), plain(node.period))
            for node, value in zip(_figures(cited.blocks), values.blocks, strict=True)
        ),
        notes=tuple(plain(note.children) for note in cited.notes),
    )


def _described(document: Document) -> tuple[Words, ...]:
    return ((document.meta.description,),) if document.meta.description else ()


def _headlines(document: Document) -> tuple[Block, ...]:
    """The one that a brief or memo stands under; a dossier's headings are its sections'."""
    if document.meta.kind is DocumentKind.DOSSIER:
        return ()
    return tuple(block for block in document.blocks if isinstance(block, Heading) and block.level == 1)[:1]


def _parts(node: object) -> Iterator[Block]:
    """Bottom lines and key figures, wherever they stand, in reading order."""
    if isinstance(node, Lead | KeyFigures) or (isinstance(node, Labelled) and node.decision):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from _parts(child)
    elif is_dataclass(node):
        for part in fields(node):
            yield from _parts(getattr(node, part.name))


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Words]:
    """The paragraphs of a bottom line; a list's entries are paragraphs behind a dash or their number."""
    for block in blocks:
        match block:
            case Paragraph():
                yield _words(block.children)
            case Lead():
                yield from _paragraphs(block.blocks)
            case Labelled():
                for row in block.rows:
                    for number, words in enumerate(_paragraphs(row.blocks)):
                        yield words if number else _joined((*_words(row.label), ": ", *words))
            case BulletList() | OrderedList():
                for number, entry in enumerate(block.items):
                    sign = f"{block.start + number}. " if isinstance(block, OrderedList) else "– "
                    yield from _entry(entry, sign)
            case _:
                pass


def _entry(entry: ListItem, sign: str) -> Iterator[Words]:
    for number, words in enumerate(_paragraphs(entry.blocks)):
        yield words if number else _joined((sign, *words))


def _figures(blocks: Sequence[Block]) -> list[KeyFigure]:
    return [node for node in walk(tuple(blocks)) if isinstance(node, KeyFigure)]


def _short(value: Inlines) -> Inlines:
    """A key figure's value as a line of text has it, "US$86.7 bn": the parts of a strip are set apart."""
    match value:
        case (EvidenceRef(facet=Facet.VALUE) as only,):
            return (replace(only, facet=Facet.SHORT),)
        case _:
            return value


def _without_marks(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return plain(block.children).strip()


def _words(inlines: Inlines) -> Words:
    """Inlines without their dress."""
    found: list[str | int] = []
    for node in walk(inlines):
        match node:
            case Text(text) | Printed(text) | CodeSpan(text):
                found.append(text)
            case CrossReference():
                found.append(node.text)
            case LineBreak():
                found.append(" ")
            case NoteMark(number):
                found.append(number)
            case _:
                pass
    return _joined(found)


def _joined(pieces: Iterable[str | int]) -> Words:
    """Pieces, with the words between two marks as one text."""
    found: list[str | int] = []
    for piece in pieces:
        if found and isinstance(piece, str) and isinstance(last := found[-1], str):
            found[-1] = last + piece
        else:
            found.append(piece)
    return tuple(found)


# ---- in the manifest -------------------------------------------------------------------------------------


def as_tree(summary: Summary) -> dict[str, Any]:
    """A summary as JSON has it."""
    return {
        "title": summary.title,
        "headline": list(summary.headline),
        "as_of": summary.as_of,
        "marking": summary.marking,
        "language": summary.language,
        "lead": [list(words) for words in summary.lead],
        "figures": [
            {"value": figure.value, "label": list(figure.label), "period": figure.period} for figure in summary.figures
        ],
        "notes": list(summary.notes),
    }


def from_tree(tree: object) -> Summary | None:
    """A summary from JSON; None if it is none, since a file's manifest may be anybody's."""
    if not isinstance(tree, Mapping):
        return None
    texts = [tree.get(name) for name in ("title", "as_of", "marking", "language")]
    headline, lead, figures, notes = (tree.get(name) for name in ("headline", "lead", "figures", "notes"))
    if not _all_texts(texts) or not _all_texts(notes) or not isinstance(lead, list) or not isinstance(figures, list):
        return None
    shown = [_figure_from(figure, len(notes)) for figure in figures]
    if not all(_is_words(words, len(notes)) for words in (headline, *lead)) or not all(shown):
        return None
    title, as_of, marking, language = texts
    return Summary(
        title=title,
        headline=tuple(headline or ()),
        as_of=as_of,
        marking=marking,
        language=language,
        lead=tuple(map(tuple, lead)),
        figures=tuple(figure for figure in shown if figure is not None),
        notes=tuple(notes),
    )


def _figure_from(tree: object, notes: int) -> Figure | None:
    if not isinstance(tree, Mapping):
        return None
    value, label, period = (tree.get(name) for name in ("value", "label", "period"))
    if not _is_text(value) or not _is_text(period) or not _is_words(label, notes):
        return None
    return Figure(value, tuple(label), period)


def _all_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(_is_text(text) for text in value)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and FORBIDDEN.search(value) is None


def _is_words(value: object, notes: int) -> TypeGuard[list[str | int]]:
    """Whether it is a list of words and of numbers of notes that there are."""
    return isinstance(value, list) and all(
        _is_text(piece) or (type(piece) is int and 1 <= piece <= notes) for piece in value
    )
