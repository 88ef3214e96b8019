"""What a message says, as HTML that every mail program shows alike, by day and by night.

Styles stand on the elements, as many programs drop style sheets; nothing is fetched from anywhere. Colours are left to
the reader's program, except a grey that is legible on black and on white, and the marking, which brings its own ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
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
)
from briefgen.evidence import Marking
from briefgen.locales import locale_for
from briefgen.message import Message
from briefgen.summary import Bold, Figure, Piece, Summary, Words

_FONT = "font-family:'Segoe UI',-apple-system,'Helvetica Neue',Arial,'Noto Sans','Malgun Gothic',sans-serif"
_GREY = "#767676"
"""On white and on black its contrast is above 4.5 (WCAG 2.2, 1.4.3)."""

_LABEL_COLOURS = {
    Marking.CLEAR: "#ffffff",
    Marking.GREEN: "#33ff00",
    Marking.AMBER: "#ffc000",
    Marking.AMBER_STRICT: "#ffc000",
    Marking.RED: "#ff2b2b",
}
"""On black (TLP 2.0, "Color-coding")."""

_PARAGRAPH = "margin:0 0 12px"
_SMALL = f"font-size:13px;line-height:1.45;color:{_GREY}"


def html(message: Message) -> str:
    """The text, then each document in short, between the marking."""
    language, marking = escape(message.language), _marking(message.marking)
    body = [
        marking,
        *_blocks(message.text.blocks, "t"),
        *_notes([_line(note.children, "t") for note in message.text.notes], message.language, "t"),
    ]
    for number, summary in enumerate(message.summaries, 1):
        body += _summary(summary, f"s{number}-")
    inside = "\n".join([*body, marking])
    return f"""\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{escape(message.subject)}</title>
</head>
<body style="margin:0;padding:0">
<div lang="{language}" style="max-width:640px;margin:0 auto;padding:16px;{_FONT};font-size:16px;line-height:1.5">
{inside}
</div>
</body>
</html>
"""


def _marking(marking: Marking) -> str:
    colour = _LABEL_COLOURS[marking]
    style = (
        f"display:inline-block;padding:1px 8px;border:1px solid {_GREY};background:#000000;color:{colour};"
        "font-size:13px;font-weight:bold"
    )
    return f'<p style="{_PARAGRAPH}"><span style="{style}">{marking.label}</span></p>'


# ---- documents in short ----------------------------------------------------------------------------------


def _summary(summary: Summary, prefix: str) -> Iterator[str]:
    style = f"margin:20px 0;padding:12px 0 0;border-top:2px solid {_GREY}"
    yield f'<div lang="{escape(summary.language)}" style="{style}">'
    over = [summary.title] if summary.headline else []
    over += [summary.as_of, summary.marking]
    yield f'<p style="margin:0;{_SMALL}">{escape(" · ".join(over))}</p>'
    head = _marked(summary.headline or (summary.title,), prefix)
    yield f'<h2 style="margin:2px 0 10px;font-size:19px;line-height:1.3">{head}</h2>'
    for paragraph in summary.lead:
        yield f'<p style="{_PARAGRAPH}">{_marked(paragraph, prefix)}</p>'
    if summary.figures:
        yield '<table style="margin:4px 0 14px;border-collapse:collapse;font-size:15px;line-height:1.4">'
        yield from (_figure(figure, prefix) for figure in summary.figures)
        yield "</table>"
    yield from _notes([escape(note) for note in summary.notes], summary.language, prefix)
    yield "</div>"


def _figure(figure: Figure, prefix: str) -> str:
    cell = "padding:3px 0;vertical-align:baseline;text-align:left"
    period = f' <span style="{_SMALL}">{escape(figure.period)}</span>' if figure.period else ""
    label = f'<th scope="row" style="{cell};padding-right:20px;font-weight:normal">{_marked(figure.label, prefix)}</th>'
    return f'<tr>{label}<td style="{cell}"><strong>{escape(figure.value)}</strong>{period}</td></tr>'


def _notes(notes: Sequence[str], language: str, prefix: str) -> Iterator[str]:
    """Args: notes: their words, as HTML."""
    if notes:
        yield f'<p style="margin:0;{_SMALL}"><strong>{escape(locale_for(language).t("Notes"))}</strong></p>'
        yield f'<ol style="margin:2px 0 12px;padding-left:22px;{_SMALL}">'
        yield from (f'<li id="{prefix}{number}">{note}</li>' for number, note in enumerate(notes, 1))
        yield "</ol>"


def _marked(words: Words, prefix: str) -> str:
    """Words with the raised numbers of notes, which lead to them."""
    return "".join(
        _marks((piece for piece in group if isinstance(piece, int)), prefix)
        if is_marks
        else "".join(map(_piece, group))
        for is_marks, group in groupby(words, lambda piece: isinstance(piece, int))
    )


def _piece(piece: Piece) -> str:
    return f"<strong>{escape(piece.text)}</strong>" if isinstance(piece, Bold) else escape(str(piece))


def _marks(numbers: Iterable[int], prefix: str) -> str:
    links = (f'<a href="#{prefix}{number}" style="text-decoration:none">{number}</a>' for number in numbers)
    return f'<sup style="font-size:11px;line-height:1">{",&nbsp;".join(links)}</sup>'


# ---- the text --------------------------------------------------------------------------------------------


def _blocks(blocks: Iterable[Block], prefix: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield f'<p style="{_PARAGRAPH}">{_line(block.children, prefix)}</p>'
            case BulletList():
                yield _list("<ul", "</ul>", block.items, prefix)
            case OrderedList():
                yield _list(f'<ol start="{block.start}"', "</ol>", block.items, prefix)
            case BlockQuote():
                inside = list(_blocks(block.blocks, prefix))
                if block.attribution:
                    inside.append(f'<p style="{_PARAGRAPH};{_SMALL}">— {_line(block.attribution, prefix)}</p>')
                style = f"margin:0 0 12px;padding:0 0 0 14px;border-left:3px solid {_GREY}"
                yield f'<blockquote style="{style}">{"".join(inside)}</blockquote>'
            case _:
                raise AssertionError(f"a message's text holds no {type(block).__name__}: `cover` refuses it")


def _list(opening: str, closing: str, entries: Sequence[ListItem], prefix: str) -> str:
    lines = []
    for entry in entries:
        match entry.blocks:
            case (Paragraph(children),):
                inside = _line(children, prefix)
            case blocks:
                inside = "".join(_blocks(blocks, prefix))
        lines.append(f'<li style="margin:0 0 4px">{inside}</li>')
    return f'{opening} style="margin:0 0 12px;padding-left:24px">{"".join(lines)}{closing}'


def _line(inlines: Inlines, prefix: str) -> str:
    pieces: list[str] = []
    for is_marks, group in groupby(inlines, lambda inline: isinstance(inline, NoteMark)):
        if is_marks:
            pieces.append(_marks((mark.number for mark in group if isinstance(mark, NoteMark)), prefix))
        else:
            pieces += (_words(inline, prefix) for inline in group)
    return "".join(pieces)


def _words(inline: Inline, prefix: str) -> str:
    match inline:
        case Text(text):
            return escape(text)
        case CrossReference():
            return escape(inline.text)
        case Printed(text, language=language):
            return f'<span lang="{escape(language)}">{escape(text)}</span>' if language else escape(text)
        case Code(text):
            return f'<code style="font-size:14px">{escape(text)}</code>'
        case Emphasis(children) | Quiet(children):
            return f"<em>{_line(children, prefix)}</em>"
        case Strong(children):
            return f"<strong>{_line(children, prefix)}</strong>"
        case Link(target, children) if target.startswith("#"):  # it leads into the attached document
            return _line(children, prefix)
        case Link(target, children):
            return f'<a href="{escape(target)}">{_line(children, prefix)}</a>'
        case LineBreak():
            return "<br>"
        case NoteMark(number):
            return _marks([number], prefix)
        case EvidenceRef() | CiteRef() | AuthorNoteRef():
            raise AssertionError("a reference is left: the text is not cited")
        case _:
            assert_never(inline)
