"""New entries in evidence files: what stands there already keeps every byte.

An entry is written as a person would write it and put behind the last one of its section, wherever in the file that
ends; a section that is missing begins at the file's end.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefgen.errors import BriefgenError, Location, Problem
from briefgen.records import Record

Value = str | int | tuple[str, ...] | Mapping[str, str] | tuple[Mapping[str, str], ...]
"""Text, a list of words, names with texts, or a list of such."""

_PLAIN = re.compile(r"[^\W_](?:[^\n\t:#]|:(?=\S)|(?<=\S)#)*")
_FLOW = re.compile(r"[,\[\]{}]")
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])|[^\r\n\x85\u2028\u2029]+")
_STEP = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that is to be written.

    Attributes:
        section: `sources`, `people`, `facts` or `quotes`.
        fields: key → value, in the order in which they are written.
        remarks: key → a comment that stands behind it.
    """

    section: str
    id: str
    fields: Mapping[str, Value]
    remarks: Mapping[str, str] = field(default_factory=dict)

    def lines(self, column: int = _STEP) -> Iterator[str]:
        """The entry in YAML, its id indented by `column` spaces."""
        yield f"{' ' * column}{self.id}:"
        inner = " " * (column + _STEP)
        for key, value in self.fields.items():
            remark = f"  # {self.remarks[key]}" if key in self.remarks else ""
            if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], Mapping) and len(value[0]) == 1:
                yield f"{inner}{key}: [{_flow(value[0])}]{remark}"
            elif isinstance(value, tuple) and value and isinstance(value[0], Mapping):
                yield f"{inner}{key}:{remark}"
                yield from (f"{inner}  - {_flow(one)}" for one in value if isinstance(one, Mapping))
            else:
                yield f"{inner}{key}: {_block(value)}{remark}"

    def as_yaml(self) -> str:
        """The entry below its section's name, for a person to read or to paste."""
        return "\n".join([f"{self.section}:", *self.lines()])


def append(contents: bytes, top: Record | None, entry: Entry, where: Location) -> tuple[bytes, int]:
    """Put an entry into a file.

    Args:
        contents: of the file, UTF-8; empty for a new one.
        top: the same contents as read; None where nothing but comments stands in them.
        where: the file, for problems.

    Returns:
        The new contents, and the line, from 1, on which the entry's id stands.

    Raises:
        BriefgenError: `section-in-braces`, when there is no line to put the entry on.
    """
    text = contents.decode("utf-8")
    lines = _LINE.findall(text)
    newline = next((line[len(line.rstrip("\r\n")) :] for line in lines if line.endswith(("\r", "\n"))), "\n")
    if top is not None and top.in_braces:
        raise BriefgenError(_in_braces("the file", where))
    before: list[str] = []
    if top is not None and entry.section in top:
        extent = top.extent(entry.section)
        if extent.in_braces:
            raise BriefgenError(_in_braces(f"`{entry.section}`", extent.key))
        place = _behind(lines, extent.last)
        if extent.entries:
            column = (extent.entries[0].column or 1) - 1
            before = [""] if _are_parted(lines, [start.line or 1 for start in extent.entries]) else []
        else:
            column = (extent.key.column or 1) - 1 + _STEP
    else:
        place = len(lines)
        margin = (top.location.column or 1) - 1 if top is not None else 0
        before = [f"{' ' * margin}{entry.section}:"]
        if lines and lines[-1].strip("\ufeff \t\r\n"):
            before = ["", *before]
        column = margin + _STEP
    if place and not lines[place - 1].endswith(("\r", "\n", "\x85", "\u2028", "\u2029")):
        lines[place - 1] += newline if lines[place - 1] != "\ufeff" else ""
    lines[place:place] = [line + newline for line in (*before, *entry.lines(column))]
    number = place + len(before) + 1
    return "".join(lines).encode("utf-8"), number - (lines[0] == "\ufeff")


def _behind(lines: list[str], last: int) -> int:
    """How many lines stand before the place for a new entry, the last of the section's being `last`, from 1."""
    while last > 1 and not lines[last - 1].strip():
        last -= 1
    while last < len(lines) and re.match(r"[ \t]+#", lines[last]):
        last += 1  # a comment that is indented belongs to the section
    return last


def _are_parted(lines: list[str], starts: list[int]) -> bool:
    """Whether empty lines stand between the entries; of a single entry nothing is known, and they shall."""
    if len(starts) == 1:
        return True
    return any(not line.strip() for line in lines[starts[-2] - 1 : starts[-1] - 1])


def _in_braces(what: str, where: Location) -> Problem:
    hint = "write it with one entry a line, and nothing behind the colon of the section's name"
    return Problem(
        "section-in-braces", f"nothing can be added to {what}: it is written in braces", where, hints=(hint,)
    )


# -- values ------------------------------------------------------------------------------------------------


def _block(value: Value) -> str:
    match value:
        case str():
            return _plain_or_quoted(value, flow=False)
        case int():
            return str(value)
        case tuple():
            return "[" + ", ".join(_plain_or_quoted(one, flow=True) for one in value if isinstance(one, str)) + "]"
        case _:
            return _flow(value)


def _flow(pairs: Mapping[str, str]) -> str:
    words = {
        key: _quoted(value) if key == "passage" else _plain_or_quoted(value, flow=True) for key, value in pairs.items()
    }
    return "{" + ", ".join(f"{key}: {value}" for key, value in words.items()) + "}"


def _plain_or_quoted(text: str, flow: bool) -> str:
    plain = _PLAIN.fullmatch(text) and not text.endswith((" ", ":")) and not (flow and _FLOW.search(text))
    return text if plain and text not in ("null", "~") and _is_visible(text) else _quoted(text)


def _quoted(text: str) -> str:
    """In quotation marks, which YAML shares with JSON; characters that cannot be seen are written by their number."""
    words = json.dumps(text, ensure_ascii=False)
    return "".join(char if _is_visible(char) else f"\\u{ord(char):04x}" for char in words)


def _is_visible(text: str) -> bool:
    return not any(
        unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Zs") and char != " " and ord(char) < 0x10000
        for char in text
    )
