"""YAML as located records: every value knows its line and column, every problem is collected.

One loader for all of briefgen's YAML (evidence, themes, audiences, front matter, workspace settings).
Scalars are taken as they are written, so `no` is the text "no" and `2025-08` stays `2025-08`;
the caller says what it expects of each key, and whatever it did not ask for is an unknown key.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

import yaml

from briefgen.errors import Location, Problem

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

ID = re.compile(r"[a-z][a-z0-9-]{0,63}")

# Characters that can hide or reorder what a reader sees, or that briefgen needs for itself (see slots.py).
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ufffd\u202a-\u202e\u2066-\u2069"
    "\ue000-\uf8ff\ud800-\udfff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_LINE_END = re.compile("[\n\r\u2028\u2029]")
_DEEPEST = 60
_DEEP_BLOCK = re.compile(rf"^[ ?:-]{{{_DEEPEST // 2}}}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_MOST_FORBIDDEN = 20
"""Forbidden characters that are reported of one file; a file in a wrong encoding has thousands."""
_PLAIN_DATA_ONLY = re.compile(r"(?:^|[\s\[{,:-])[&*!][^\s]", re.MULTILINE)


class _Composer(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Scalars stay as they are written, so nobody needs to guess what type they look like."""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return ""


@dataclass(slots=True)
class Origin:
    """The file that records come from, and the problems found in it so far.

    Attributes:
        path: the file.
        problems: every problem is appended here.
        line_offset: lines that stand before the YAML in its file (front matter).
    """

    path: Path
    problems: list[Problem]
    line_offset: int = 0

    def location(self, mark: yaml.Mark) -> Location:
        """The place of a mark of PyYAML's."""
        return Location(self.path, mark.line + 1 + self.line_offset, mark.column + 1)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the entries of a mapping stand in their file; lines and columns are counted from 1.

    Attributes:
        key: where the mapping's own key stands.
        entries: where the key of each entry stands, in order.
        last: the last line that something of the mapping stands on; lines behind it may still be empty.
        in_braces: whether the value is no mapping with an entry a line: `{a: b}`, a list or a single value.
    """

    key: Location
    entries: tuple[Location, ...]
    last: int
    in_braces: bool


class Record:
    """A YAML mapping that is asked for its keys by type.

    Each getter returns the value, or its default when the key is absent or wrong; what is wrong is added to
    the origin's problems. Call `done()` when every key has been asked for.
    """

    def __init__(self, node: yaml.MappingNode, origin: Origin) -> None:
        self.origin = origin
        self.location = origin.location(node.start_mark)
        self._node = node
        self._nodes: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.ScalarNode] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                place = origin.location(key.start_mark)
                self._problem("wrong-type", f"expected a plain key, found a {_kind(key)}", place)
            elif key.value in self._nodes:
                first = self.key_location(key.value).line
                self._problem(
                    "duplicate-key",
                    f"the key `{key.value}` stands twice; first on line {first}",
                    origin.location(key.start_mark),
                    "rename or remove one of them",
                )
            else:
                self._nodes[key.value] = value
                self._keys[key.value] = key

    # -- looking -------------------------------------------------------------------------------------------

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._nodes

    def is_text(self, key: str) -> bool:
        """Whether the value of a key is a scalar."""
        return isinstance(self._nodes.get(key), yaml.ScalarNode)

    def is_mapping(self, key: str) -> bool:
        """Whether the value of a key is `key: value` pairs."""
        return isinstance(self._nodes.get(key), yaml.MappingNode)

    def is_left_out(self, key: str) -> bool:
        """Whether a key stands there with nothing after it."""
        return _is_nothing(self._nodes.get(key))

    def is_empty_list(self, key: str) -> bool:
        """Whether the value of a key is `[]`."""
        node = self._nodes.get(key)
        return isinstance(node, yaml.SequenceNode) and not node.value

    def names(self) -> tuple[str, ...]:
        """All keys, in order; the caller now answers for every one of them."""
        self._asked.update(self._nodes)
        return tuple(self._nodes)

    def key_location(self, key: str) -> Location:
        """Where a key stands (the record's own place if it is absent)."""
        node = self._keys.get(key)
        return self.origin.location(node.start_mark) if node is not None else self.location

    def at(self, key: str) -> Location:
        """Where the value of a key stands (the record's own place if it is absent)."""
        node = self._nodes.get(key)
        return self.origin.location(node.start_mark) if node is not None else self.location

    def words_at(self, key: str) -> Location:
        """Where the words of a value begin: those of a block (`key: |`) stand below its mark."""
        node, place = self._nodes.get(key), self.at(key)
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">") or place.line is None:
            return place
        blank_lines = len(node.value) - len(node.value.lstrip("\n"))
        return Location(place.path, place.line + 1 + blank_lines)

    @property
    def in_braces(self) -> bool:
        """Whether the mapping is written as `{a: b}`."""
        return bool(self._node.flow_style)

    def extent(self, key: str) -> Extent:
        """Where the value of a key, which must be there, begins and ends: for adding to it."""
        node = self._nodes[key]
        own = self._keys[key]
        at = self.origin.location(own.start_mark)
        if _is_nothing(node):
            return Extent(at, (), own.end_mark.line + 1 + self.origin.line_offset, False)
        if not isinstance(node, yaml.MappingNode):
            return Extent(at, (), _last_line(node) + self.origin.line_offset, True)
        entries = tuple(self.origin.location(name.start_mark) for name, _ in node.value)
        return Extent(at, entries, _last_line(node) + self.origin.line_offset, bool(node.flow_style))

    def locations(self) -> dict[str, Location]:
        """Where the value of each key stands."""
        return {key: self.at(key) for key in self._nodes}

    def problem(self, code: str, message: str, key: str | None = None, *hints: str) -> None:
        """Report something wrong with the value of a key, or with the record."""
        self._problem(code, message, self.at(key) if key else self.location, *hints)

    def done(self) -> None:
        """Report every key that nobody asked for."""
        for key in self._nodes:
            if key not in self._asked:
                near = get_close_matches(key, sorted(self._asked), n=1)
                hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(sorted(self._asked))}"
                self._problem("unknown-key", f"unknown key `{key}`", self.key_location(key), hint)

    # -- getters -------------------------------------------------------------------------------------------

    def text(self, key: str, *, required: bool = False, multiline: bool = True) -> str | None:
        """A scalar, as written. An empty one is a problem, and so is a line break unless `multiline`."""
        node = self._get(key, required)
        return None if node is None else self._text(node, key, multiline)

    def parsed(
        self, key: str, parse: Callable[[str], T], code: str = "wrong-value", *, required: bool = False
    ) -> T | None:
        """A scalar through `parse`, whose ValueError's message becomes the problem."""
        text = self.text(key, required=required, multiline=False)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self._problem(code, f"`{key}`: {error}", self.at(key))
            return None

    def integer(self, key: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        return self.parsed(key, lambda text: _integer(text, low, high))

    def number(self, key: str, low: float = 0, high: float = 1e6) -> float | None:
        """A decimal number from `low` to `high`, such as a size in points."""
        return self.parsed(key, lambda text: _number(text, low, high))

    def flag(self, key: str) -> bool | None:
        """`true` or `false`."""
        return self.parsed(key, _flag)

    def day(self, key: str) -> date | None:
        """A calendar day, `2026-11-21`."""
        return self.parsed(key, _day, "wrong-date")

    def choice(self, key: str, enum: type[E], *, required: bool = False) -> E | None:
        """One of an enumeration's values."""

        def parse(text: str) -> E:
            try:
                return enum(text)
            except ValueError:
                raise ValueError(f"{text!r} is none of {', '.join(member.value for member in enum)}") from None

        return self.parsed(key, parse, required=required)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of scalars; a single scalar counts as a list of one."""
        node = self._get(key, required=False)
        if node is None:
            return ()
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = [self._text(item, key, multiline=False) for item in items]
        return tuple(text for text in found if text is not None)

    def text_map(self, key: str) -> dict[str, str]:
        """A mapping from name to scalar."""
        record = self.record(key)
        if record is None:
            return {}
        pairs = ((name, record.text(name)) for name in record.names())
        return {name: text for name, text in pairs if text is not None}

    def record(self, key: str, *, required: bool = False) -> Record | None:
        """A nested mapping."""
        node = self._get(key, required)
        return None if node is None else self._record(node, f"`{key}`")

    def records(self, key: str) -> tuple[Record, ...]:
        """A list of mappings."""
        node = self._get(key, required=False)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._problem("wrong-type", f"`{key}`: expected a list, found a {_kind(node)}", self.at(key), _LIST_HINT)
            return ()
        found = (self._record(item, f"an item of `{key}`") for item in node.value)
        return tuple(record for record in found if record is not None)

    def children(self) -> Iterator[tuple[str, Record]]:
        """Each key with the mapping it holds (`id: {…}`)."""
        for key in self.names():
            record = self.record(key)
            if record is not None:
                yield key, record

    # -- inside --------------------------------------------------------------------------------------------

    def _problem(self, code: str, message: str, place: Location, *hints: str) -> None:
        self.origin.problems.append(Problem(code, message, place, hints=hints))

    def _get(self, key: str, required: bool) -> yaml.Node | None:
        self._asked.add(key)
        node = self._nodes.get(key)
        if node is None and required:
            self._problem("missing-key", f"the key `{key}` is missing", self.location)
        return node

    def _text(self, node: yaml.Node, key: str, multiline: bool) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self._problem(
                "wrong-type",
                f"`{key}`: expected text, found a {_kind(node)}",
                self.origin.location(node.start_mark),
                "put quotation marks around text that holds braces, brackets or a colon",
            )
            return None
        text: str = node.value
        if not text.strip() or (not node.style and text in ("~", "null")):
            self._problem(
                "empty-value",
                f"`{key}` is empty",
                self.origin.location(node.start_mark),
                "remove the key, or give it a value",
            )
            return None
        if node.style == '"' and (bad := FORBIDDEN.search(text)):  # an escape; the rest is found in the raw file
            self._problem(
                "forbidden-character", f"`{key}` holds {_name(bad[0])}", self.origin.location(node.start_mark)
            )
            return None
        if not multiline and _LINE_END.search(text.strip()):
            self._problem("wrong-value", f"`{key}` must stand on one line", self.origin.location(node.start_mark))
            return None
        return text.strip()

    def _record(self, node: yaml.Node, what: str) -> Record | None:
        if isinstance(node, yaml.MappingNode):
            return Record(node, self.origin)
        place = self.origin.location(node.start_mark)
        self._problem("wrong-type", f"{what}: expected `key: value` pairs, found a {_kind(node)}", place)
        return None


_LIST_HINT = "write `[a, b]`, or one `- a` on a line"


def read_records(path: Path, problems: list[Problem]) -> Record | None:
    """Read a YAML file whose top is a mapping.

    Args:
        path: the file.
        problems: what is wrong is appended.

    Returns:
        The top record; None when the file is empty or cannot be read (then a problem says why).
    """
    text = read_text(path, problems)
    return None if text is None else parse_records(text, Origin(path, problems))


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """Read a UTF-8 file (with or without a byte order mark, any line ends), or report why it cannot be read."""
    contents = read_bytes(path, problems)
    return None if contents is None else decode_text(contents, path, problems)


def read_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """Read a file, or report why it cannot be read."""
    where = Location(path)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem("file-not-found", "there is no such file", where))
    except IsADirectoryError:
        problems.append(Problem("not-a-file", "this is a folder; a file is expected", where))
    except OSError as error:
        problems.append(Problem("unreadable-file", f"cannot be read: {error.strerror or error}", where))
    return None


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """For what makes many small objects and no cycles worth collecting: the collector would take most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def one_line(text: str) -> str:
    """A user's words as they are.

    Raises:
        ValueError: they take more than a line, or hold a character that no file may hold.
    """
    if bad := FORBIDDEN.search(text):
        raise ValueError(f"the character U+{ord(bad[0]):04X} is not allowed")
    if _LINE_END.search(text):
        raise ValueError("write it on one line")
    return text


def decode_text(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    """A file's contents as text, line ends as LF, or report why they are none; see `read_text`."""
    try:
        return contents.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = contents[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        message = f"not UTF-8: byte 0x{contents[error.start]:02x}"
        problems.append(Problem("not-utf8", message, Location(path, line, column), hints=("save the file as UTF-8",)))
        return None


def parse_records(text: str, origin: Origin) -> Record | None:
    """Read YAML text whose top is a mapping; see `read_records`."""
    text = _without_forbidden(text, origin)
    if _PLAIN_DATA_ONLY.search(text) and not _plain_data(text, origin):
        return None
    if _may_be_deep(text) and not _shallow(text, origin):
        return None
    try:
        with without_garbage_collection():
            node = yaml.compose(text, Loader=_Composer)
    except yaml.MarkedYAMLError as error:
        origin.problems.append(_yaml_problem(error, text, origin))
        return None
    except yaml.YAMLError as error:
        origin.problems.append(Problem("yaml-syntax", str(error).replace("\n", " "), Location(origin.path)))
        return None
    if node is None or _is_nothing(node):
        return None
    if not isinstance(node, yaml.MappingNode):
        message = f"expected `key: value` pairs at the top, found a {_kind(node)}"
        origin.problems.append(Problem("wrong-type", message, origin.location(node.start_mark)))
        return None
    return Record(node, origin)


def _without_forbidden(text: str, origin: Origin) -> str:
    """Report forbidden characters, and put a harmless one in the place of each so that reading can go on."""
    found = list(islice(FORBIDDEN.finditer(text), _MOST_FORBIDDEN + 1))
    hint = "remove the character; it can hide or reorder what a reader sees"
    for bad in found[:_MOST_FORBIDDEN]:
        place = _location_of(text, bad.start(), origin)
        origin.problems.append(Problem("forbidden-character", f"the file holds {_name(bad[0])}", place, hints=(hint,)))
    return FORBIDDEN.sub("_", text) if found else text


def _plain_data(text: str, origin: Origin) -> bool:
    """Refuse tags, anchors and aliases; the caller has seen a character that may be one."""
    try:
        for token in yaml.scan(text, Loader=_Composer):
            if isinstance(token, (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)):
                what = {"AnchorToken": "an anchor (&)", "AliasToken": "an alias (*)", "TagToken": "a tag (!)"}
                message = f"found {what[type(token).__name__]}: these files are plain data"
                hint = "put quotation marks around text that begins with &, * or !"
                origin.problems.append(
                    Problem("yaml-syntax", message, origin.location(token.start_mark), hints=(hint,))
                )
                return False
    except yaml.YAMLError:
        pass  # composing finds it again and says it better
    return True


def _may_be_deep(text: str) -> bool:
    """Whether values could be nested deeper than `_DEEPEST`; brackets inside words are counted too."""
    if _DEEP_BLOCK.search(text):
        return True
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def _shallow(text: str, origin: Origin) -> bool:
    """Refuse what is nested too deeply: LibYAML composes by recursion, and would end the process."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Composer):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    origin.problems.append(Problem("yaml-syntax", "nested too deeply", Location(origin.path)))
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        pass  # composing finds it again and says it better
    return True


def _yaml_problem(error: yaml.MarkedYAMLError, text: str, origin: Origin) -> Problem:
    mark = error.problem_mark or error.context_mark
    location = origin.location(mark) if mark else Location(origin.path)
    line = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
    hint = "check indentation, and put quotation marks around text that holds a colon"
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in str(error.problem):
        hint = "indent with spaces; YAML does not allow tabs"
    elif "single document" in str(error.context):
        hint = "keep one document in a file: remove the line `---`"
    message = " ".join(part for part in (error.context, error.problem) if part)
    return Problem("yaml-syntax", message, location, hints=(hint,))


def _location_of(text: str, offset: int, origin: Origin) -> Location:
    start = text.rfind("\n", 0, offset) + 1
    return Location(origin.path, text.count("\n", 0, offset) + 1 + origin.line_offset, offset - start + 1)


def _name(char: str) -> str:
    return f"the character U+{ord(char):04X}, which is not allowed here"


def _is_nothing(node: yaml.Node | None) -> bool:
    """Whether a value was left out: `facts:` with nothing after it."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value == ""


def _last_line(node: yaml.Node) -> int:
    """The line, from 1, that a node's last words stand on; the mark behind a block is that of the next words."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
        if _is_nothing(node) and isinstance(last, tuple):
            node = last[0]
    mark: yaml.Mark = node.end_mark
    return int(mark.line + 1 if mark.column else mark.line)


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "mapping"
    return "list" if isinstance(node, yaml.SequenceNode) else f"single value ({node.value[:30]!r})"


def _integer(text: str, low: int, high: int) -> int:
    if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
        raise ValueError(f"{text!r} is not a whole number from {low} to {high}")
    return int(text)


def _number(text: str, low: float, high: float) -> float:
    try:
        value = float(Decimal(text))
    except InvalidOperation:
        value = float("nan")
    if not low <= value <= high:
        raise ValueError(f"{text!r} is not a number from {low:g} to {high:g}")
    return value


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"{text!r} is neither true nor false")
    return text == "true"


def _day(text: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar; write 2026-11-21") from None
