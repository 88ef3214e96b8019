"""Smart quotation marks and dashes, in the author's own words only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefgen.document import Code, Emphasis, Inline, Inlines, LineBreak, Link, Origin, Quiet, Strong, Text

_MARKS: Mapping[str, str] = {"en": "“”‘’", "vi": "“”‘’", "ko": "“”‘’"}
_OPENERS = " \t\n\u00a0([{“‘–—-/"
_YEAR = re.compile(r"\d\d(s\b|\b)")
_LETTER = "x"  # what evidence, a note mark or code counts as beside a quotation mark


def smart(inlines: Inlines, language: str) -> Inlines:
    """Inlines with the author's straight quotation marks, double hyphens and three dots made typographic.

    Evidence, parameters, labels and code are left as they are; they only count as letters beside a mark.

    Args:
        language: BCP 47 tag; an unknown one takes the English marks.
    """
    if not any('"' in text or "'" in text or "--" in text or "..." in text for text in _authored(inlines)):
        return inlines
    marks = _MARKS.get(language.partition("-")[0], _MARKS["en"])
    return _walk(inlines, marks, [""])


def _authored(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text, Origin.AUTHOR):
                yield text
            case Emphasis(children) | Strong(children) | Quiet(children) | Link(_, children):
                yield from _authored(children)
            case _:
                pass


def _walk(inlines: Inlines, marks: str, before: list[str]) -> Inlines:
    """`before` holds the one character before the next inline; it is passed on from inline to inline."""
    return tuple(_step(inline, marks, before) for inline in inlines)


def _step(inline: Inline, marks: str, before: list[str]) -> Inline:
    match inline:
        case Text(text, Origin.AUTHOR):
            changed = _smart_text(text, before[0], marks)
            before[0] = changed[-1:] or before[0]
            return Text(changed)
        case Text(text):
            before[0] = text[-1:] or before[0]
            return inline
        case Emphasis(children) | Strong(children) | Quiet(children) | Link(_, children):
            return replace(inline, children=_walk(children, marks, before))
        case LineBreak():
            before[0] = " "
            return inline
        case Code():
            before[0] = _LETTER
            return inline
        case _:
            before[0] = _LETTER
            return inline


def _smart_text(text: str, before: str, marks: str) -> str:
    text = text.replace("---", "—").replace("--", "–").replace("...", "…")
    open_double, close_double, open_single, close_single = tuple(marks)

    def mark(found: re.Match[str]) -> str:
        start, end = found.span()
        previous = text[start - 1] if start else before
        opens = not previous or previous in _OPENERS or (previous in "\"'" and opened[0])
        if found[0] == "'" and _YEAR.match(text, end):
            opens = False  # '25, the '90s
        opened[0] = opens
        if found[0] == '"':
            return open_double if opens else close_double
        return open_single if opens else close_single

    opened = [False]  # whether the mark just before this one opened
    return re.sub("[\"']", mark, text)
