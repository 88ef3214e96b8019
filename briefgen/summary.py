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
    Document,
    DocumentKind,
    Emphasis,
    EvidenceRef,
    Facet,
    Heading,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    Lead,
    Link,
    ListItem,
    NoteMark,
    NotePlacement,
    OrderedList,
    Paragraph,
    Quiet,
    Strong,
    plain,
    walk,
)
from briefgen.locales import LANGUAGES, language_of, locale_for
from briefgen.records import FORBIDDEN


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that the document sets bold."""

    text: str


Piece = str | Bold | int
"""Words, or the number of a note."""

Words = tuple[Piece, ...]


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
                        yield words if number else _joined((*_words((Strong(row.label),)), Bold(":"), " ", *words))
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
    """Inlines without their dress, except what is bold."""
    return _joined(_pieces(inlines))


def _pieces(inlines: Inlines, bold: bool = False) -> Iterator[Piece]:
    for node in inlines:
        match node:
            case Strong(children):
                yield from _pieces(children, True)
            case Emphasis(children) | Quiet(children) | Link(_, children):
                yield from _pieces(children, bold)
            case NoteMark(number):
                yield number
            case _:
                text = plain((node,))
                yield Bold(text) if bold else text


def _joined(pieces: Iterable[Piece]) -> Words:
    """Pieces, with the words between two marks as one text, or one for those that are bold and one for the others."""
    found: list[Piece] = []
    for piece in pieces:
        match found[-1:], piece:
            case [str(before)], str():
                found[-1] = before + piece
            case [Bold(before)], Bold(text):
                found[-1] = Bold(before + text)
            case _:
                found.append(piece)
    return tuple(found)


# ---- in the manifest -------------------------------------------------------------------------------------


def as_tree(summary: Summary) -> dict[str, Any]:
    """A summary as JSON has it."""
    return {
        "title": summary.title,
        "headline": _words_as_tree(summary.headline),
        "as_of": summary.as_of,
        "marking": summary.marking,
        "language": summary.language,
        "lead": [_words_as_tree(words) for words in summary.lead],
        "figures": [
            {"value": figure.value, "label": _words_as_tree(figure.label), "period": figure.period}
            for figure in summary.figures
        ],
        "notes": list(summary.notes),
    }


def _words_as_tree(words: Words) -> list[object]:
    return [{"bold": piece.text} if isinstance(piece, Bold) else piece for piece in words]


def from_tree(tree: object) -> Summary | None:
    """A summary from JSON; None if it is none, since a file's manifest may be anybody's."""
    if not isinstance(tree, Mapping):
        return None
    texts = [tree.get(name) for name in ("title", "as_of", "marking", "language")]
    notes, figures, lead = (tree.get(name) for name in ("notes", "figures", "lead"))
    if not _all_texts(texts) or not _all_texts(notes) or not isinstance(lead, list) or not isinstance(figures, list):
        return None
    title, as_of, marking, language = texts
    headline = _words_from(tree.get("headline"), len(notes))
    paragraphs = [_words_from(words, len(notes)) for words in lead]
    shown = [_figure_from(figure, len(notes)) for figure in figures]
    if language_of(language) not in LANGUAGES or headline is None or None in paragraphs or None in shown:
        return None
    return Summary(
        title=title,
        headline=headline,
        as_of=as_of,
        marking=marking,
        language=language,
        lead=tuple(words for words in paragraphs if words is not None),
        figures=tuple(figure for figure in shown if figure is not None),
        notes=tuple(notes),
    )


def _figure_from(tree: object, notes: int) -> Figure | None:
    if not isinstance(tree, Mapping):
        return None
    value, period, label = tree.get("value"), tree.get("period"), _words_from(tree.get("label"), notes)
    if not _is_text(value) or not _is_text(period) or label is None:
        return None
    return Figure(value, label, period)


def _words_from(tree: object, notes: int) -> Words | None:
    """A list of words, bold or not, and of numbers of notes that there are; None if it is anything else."""
    if not isinstance(tree, list):
        return None
    found: list[Piece] = []
    for piece in tree:
        match piece:
            case str() if _is_text(piece):
                found.append(piece)
            case {"bold": str(text)} if _is_text(text):
                found.append(Bold(text))
            case int() if type(piece) is int and 1 <= piece <= notes:
                found.append(piece)
            case _:
                return None
    return tuple(found)


def _all_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(_is_text(text) for text in value)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and FORBIDDEN.search(value) is None
