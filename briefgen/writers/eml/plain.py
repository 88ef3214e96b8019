"""What a message says, as plain text: a paragraph is a line, which the reader's program breaks to its width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import assert_never

from briefgen.document import (
    AuthorNoteRef,
    Block,
    BlockQuote,
    BulletList,
    CiteRef,
    Code,
    CrossReference,
    Emphasis,
    EvidenceRef,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListItem,
    NoteMark,
    OrderedList,
    Paragraph,
    Printed,
    Quiet,
    Strong,
    Text,
    plain,
)
from briefgen.locales import locale_for
from briefgen.message import Message
from briefgen.summary import Bold, Summary, Words

_RULE = "-" * 40


def plain_text(message: Message) -> str:
    """The text, then each document in short, between the marking; lines end with a line feed."""
    parts = [message.marking.label, *_blocks(message.text.blocks)]
    notes = [plain(note.children) for note in message.text.notes]
    parts += _notes(notes, message.language)
    for summary in message.summaries:
        parts += [_RULE, *_summary(summary)]
    if message.summaries:
        parts.append(_RULE)
    parts.append(message.marking.label)
    return "\n\n".join(parts) + "\n"


def _summary(summary: Summary) -> Iterator[str]:
    yield f"{summary.title}\n{summary.as_of} · {summary.marking}"
    if summary.headline:
        yield words_with_marks(summary.headline)
    yield from (words_with_marks(words) for words in summary.lead)
    if summary.figures:
        lines = []
        for figure in summary.figures:
            period = f" ({figure.period})" if figure.period else ""
            lines.append(f"- {words_with_marks(figure.label)}: {figure.value}{period}")
        yield "\n".join(lines)
    yield from _notes(summary.notes, summary.language)


def _notes(notes: Sequence[str], language: str) -> list[str]:
    if not notes:
        return []
    lines = [f"[{number}] {note}" for number, note in enumerate(notes, 1)]
    return ["\n".join([locale_for(language).t("Notes"), *lines])]


def words_with_marks(words: Words) -> str:
    """Words with the numbers of notes in brackets."""
    return "".join(
        _mark(group) if is_marks else "".join(piece.text if isinstance(piece, Bold) else str(piece) for piece in group)
        for is_marks, group in groupby(words, lambda piece: isinstance(piece, int))
    )


def _mark(numbers: Iterable[object]) -> str:
    return f" [{', '.join(map(str, numbers))}]"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _line(block.children)
            case BulletList():
                yield _list(["-"] * len(block.items), block.items)
            case OrderedList():
                yield _list([f"{block.start + number}." for number in range(len(block.items))], block.items)
            case BlockQuote():
                parts = [*_blocks(block.blocks), *([f"— {_line(block.attribution)}"] if block.attribution else [])]
                yield "\n".join(f"> {line}".rstrip() for line in "\n\n".join(parts).split("\n"))
            case _:
                raise AssertionError(f"a message's text holds no {type(block).__name__}: `cover` refuses it")


def _list(markers: Sequence[str], entries: Sequence[ListItem]) -> str:
    parts = []
    for marker, entry in zip(markers, entries, strict=True):
        lines = "\n".join(_blocks(entry.blocks)).split("\n")
        parts.append(f"{marker} " + "\n".join([lines[0], *(" " * (len(marker) + 1) + line for line in lines[1:])]))
    return "\n".join(parts)


def _line(inlines: Inlines) -> str:
    pieces: list[str] = []
    for is_marks, group in groupby(inlines, lambda inline: isinstance(inline, NoteMark)):
        if is_marks:
            pieces.append(_mark(mark.number for mark in group if isinstance(mark, NoteMark)))
        else:
            pieces += map(_words, group)
    return "".join(pieces)


def _words(inline: Inline) -> str:
    match inline:
        case Text(text) | Printed(text) | Code(text):
            return text
        case CrossReference():
            return inline.text
        case Emphasis(children) | Strong(children) | Quiet(children):
            return _line(children)
        case Link(target, children) if target.startswith("#"):  # it leads into the attached document
            return _line(children)
        case Link(target, children):
            words, address = _line(children), target.removeprefix("mailto:")
            return words if words == address else f"{words} <{address}>"
        case LineBreak():
            return "\n"
        case NoteMark(number):
            return _mark([number])
        case EvidenceRef() | CiteRef() | AuthorNoteRef():
            raise AssertionError("a reference is left: the text is not cited")
        case _:
            assert_never(inline)
