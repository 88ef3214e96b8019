"""What briefgen adds to CommonMark: slots, containers, attribute lines and the break between a pair's columns."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from briefgen.slots import SLOT, SLOT_START

MAX_NESTING = 60

BODILESS = frozenset({"page-break", "contents", "register"})
"""Containers of one line."""

CAPTIONS = ("Table:", "Figure:")
"""What a paragraph begins with that is a caption of the block below it."""

_OPENING = re.compile(r":{3,}[ \t]*([^\s:{][^\s{]*)[ \t]*(\{[^{}]*\})?[ \t]*")
_CLOSING = re.compile(r":{3,}[ \t]*")
_ATTRIBUTE = r"""(?:\.[A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:"[^"{}]*"|[^\s"{}]+))"""
ATTRIBUTES = re.compile(rf"\{{[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}")
_TRAILING = re.compile(rf"[ \t]*({ATTRIBUTES.pattern})[ \t]*\Z")
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


@cache
def parser() -> MarkdownIt:
    """The Markdown that templates are written in."""
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    markdown.enable("table")
    # Indentation and underlines are layout slips in templates more often than they are meant as code or headings.
    markdown.disable(["code", "lheading", "text_join"])
    footnote_plugin(markdown, inline=False)
    markdown.block.ruler.before("fence", "container", _container, _INTERRUPTS)
    markdown.block.ruler.before("fence", "attributes", _attributes, _INTERRUPTS)
    markdown.block.ruler.before("fence", "column_break", _column_break, _INTERRUPTS)
    markdown.core.ruler.after("block", "trailing_attributes", _trailing_attributes)
    markdown.inline.ruler.before("text", "slot", _slot)
    markdown.inline.add_terminator_char(SLOT_START)
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # the reader judges, and says why
    normalize = markdown.normalizeLink
    markdown.normalizeLink = lambda url: url if SLOT_START in url else normalize(url)  # type: ignore[method-assign]
    return markdown


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _slot(state: StateInline, silent: bool) -> bool:
    found = SLOT.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("slot", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start)
    if not line.startswith(":::"):
        return False
    if silent:
        return True
    opening = _OPENING.fullmatch(line)
    if opening is None:
        token = state.push("stray_container", "", 0)
        token.content, token.map = line, [start, start + 1]
        state.line = start + 1
        return True
    name = opening[1]
    token = state.push("container_open", "", 1)
    token.info, token.meta = name, {"attributes": opening[2] or "", "closed": True}
    if name in BODILESS:
        last = start + 1
        if last < end and _CLOSING.fullmatch(_line(state, last)):
            last += 1
        token.map = [start, last]
    else:
        close = _closing_line(state, start, end)
        token.meta["closed"] = close < end
        last = min(close + 1, end)
        token.map = [start, last]
        before = state.lineMax, state.parentType
        state.lineMax, state.parentType = close, "container"
        state.md.block.tokenize(state, start + 1, close)
        state.lineMax, state.parentType = before
    state.push("container_close", "", -1)
    state.line = last
    return True


def _closing_line(state: StateBlock, start: int, end: int) -> int:
    """The line that closes the container opened at `start`, or `end`."""
    depth = 1
    line = start + 1
    while line < end:
        text = _line(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return line
        if opening := _OPENING.fullmatch(text):
            if opening[1] not in BODILESS:
                depth += 1
            elif line + 1 < end and _CLOSING.fullmatch(_line(state, line + 1)):
                line += 1
        elif _CLOSING.fullmatch(text):
            depth -= 1
            if depth == 0:
                return line
        line += 1
    return end


def _attributes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start).rstrip()
    if not ATTRIBUTES.fullmatch(line):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content, token.map = line, [start, start + 1]
        state.line = start + 1
    return True


def _column_break(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if _line(state, start).rstrip() != "+++":
        return False
    if not silent:
        state.push("column_break", "", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def _trailing_attributes(state: StateCore) -> None:
    """Take `{.annex}` off the end of a heading, a caption, a list item's first paragraph or a table cell."""
    before: list[Token | None] = [None, None]
    for token in state.tokens:
        if token.type == "inline":
            holder, opener = before
            whole = holder is not None and (
                holder.type in ("heading_open", "td_open")
                or (holder.type == "paragraph_open" and opener is not None and opener.type == "list_item_open")
                or token.content.startswith(CAPTIONS)
            )
            found = _TRAILING.search(token.content) if whole else None
            if found:
                token.content = token.content[: found.start()]
                token.meta["attributes"] = found[1]
        before = [token, before[0]]
