"""The manifest that a finished file carries, read back from it.

A PDF has it attached, a Word file among its custom XML. Files come from anywhere, so nothing in one is trusted: sizes
are bounded, XML may not declare anything, and what is not as a manifest should be is a problem, never a surprise.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from xml.parsers import expat

from briefgen.document import Status
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.evidence import Marking
from briefgen.manifest import ATTACHMENT, FORMAT
from briefgen.writers.ooxml.custom_xml import MANIFEST_FORMAT, MANIFEST_NAMESPACE, Mark

_T = TypeVar("_T")

_LARGEST = 32 * 1024 * 1024
"""Bytes of a manifest; one of ten thousand facts has about 10 MB."""

_LONGEST_SHOWN = 200
_MOST_PARTS = 20_000
"""Entries of a Word file."""

_OLE = b"\xd0\xcf\x11\xe0"
"""How a Word file with a password begins, and every file of Word 2003 and before."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file says of itself.

    Attributes:
        briefgen: the version that wrote it.
        audience: its name; "" if the document has none.
        evidence: id of each fact and quote that the document rests on → how restricted it is.
        sources: id of each source → how restricted it is.
        tree: the manifest as JSON has it, with all that is not repeated above.
        marks: in a Word file, the bookmarks around its evidence; whether they still stand there is another question.
    """

    briefgen: str
    title: str
    template: str
    audience: str
    theme: str
    language: str
    as_of: date
    marking: Marking
    status: Status
    evidence: Mapping[str, Marking]
    sources: Mapping[str, Marking]
    tree: Mapping[str, Any] = field(repr=False)
    marks: tuple[Mark, ...] = ()


def carried_manifest(path: Path) -> Manifest | None:
    """Read the manifest of a PDF or Word file, whoever saved it last.

    Returns:
        The manifest; None for a file that carries none.

    Raises:
        BriefgenError: `file-not-found`, `not-a-file`, `unreadable-file`; `unknown-format` if it is neither PDF nor
            Word; `broken-file`, `protected-file`; `broken-manifest` if what it carries is damaged,
            `unknown-manifest` if that is of a version of briefgen that this one does not understand.
    """
    where = Location(path)
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except FileNotFoundError:
        raise BriefgenError(Problem("file-not-found", "there is no such file", where)) from None
    except IsADirectoryError:
        raise BriefgenError(Problem("not-a-file", "this is a folder; a file is expected", where)) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise BriefgenError(Problem("unreadable-file", message, where)) from None
    if b"%PDF-" in start:
        found = _attached(path)
        return None if found is None else parse_manifest(found, path)
    if start.startswith(b"PK\x03\x04"):
        part = _stored(path)
        return None if part is None else parse_manifest(part.json.encode("utf-8"), path, tuple(part.marks))
    if start.startswith(_OLE):
        message = "the file is protected by a password, or is of Word 2003 or before"
        hint = "open it and save a copy as .docx without a password"
        raise BriefgenError(Problem("protected-file", message, where, hints=(hint,)))
    message = "this is neither a PDF nor a Word file, so it carries no manifest"
    raise BriefgenError(Problem("unknown-format", message, where, hints=("name a .pdf or .docx that briefgen built",)))


def parse_manifest(contents: bytes, path: Path, marks: tuple[Mark, ...] = ()) -> Manifest:
    """A manifest from its JSON.

    Args:
        contents: UTF-8.
        path: the file that it was found in, to say so.
        marks: what a Word file has beside it.

    Raises:
        BriefgenError: `broken-manifest`, `unknown-manifest`.
    """
    try:
        tree = json.loads(contents.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _broken(path, "it is not JSON") from None
    if not isinstance(tree, dict):
        raise _broken(path, "it is not a JSON object")
    version = tree.get("format")
    if type(version) is not int or version != FORMAT:
        raise _unknown(path, f"of form {_short(repr(version))}; this version of briefgen knows form {FORMAT}")
    try:
        return Manifest(
            briefgen=_text(tree, "briefgen"),
            title=_text(tree, "title"),
            template=_text(tree, "template"),
            audience=_text(tree, "audience"),
            theme=_text(tree, "theme"),
            language=_text(tree, "language"),
            as_of=date.fromisoformat(_text(tree, "as_of")),
            marking=Marking.parse(_text(tree, "marking")),
            status=Status(_text(tree, "status")),
            evidence={_text(one, "id"): Marking.parse(_text(one, "marking")) for one in _objects(tree, "evidence")},
            sources={
                _text(one, "id"): Marking.parse(_text(_typed(one, "custom", dict), "marking"))
                for one in _objects(tree, "sources")
            },
            tree=tree,
            marks=marks,
        )
    except ValueError as error:
        raise _broken(path, _short(str(error))) from None


def _short(text: str) -> str:
    """What the file says, which may be long."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _text(tree: Mapping[str, Any], name: str) -> str:
    return _typed(tree, name, str)


def _objects(tree: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    for one in _typed(tree, name, list):
        if not isinstance(one, dict):
            raise ValueError(f"`{name}` holds {type(one).__name__} where an object should be")
        yield one


def _typed(tree: Mapping[str, Any], name: str, kind: type[_T]) -> _T:
    value = tree.get(name)
    if not isinstance(value, kind):
        found = f"is {type(value).__name__}" if name in tree else "is missing"
        raise ValueError(f"`{name}` {found}, {kind.__name__} is expected")
    return value


def _broken(path: Path, what: str) -> BriefgenError:
    message = f"the manifest that the file carries is damaged: {what}"
    return BriefgenError(Problem("broken-manifest", message, Location(path), hints=("build the document again",)))


def _unknown(path: Path, what: str) -> BriefgenError:
    hint = "use the version of briefgen that built the file, or build the document again"
    return BriefgenError(Problem("unknown-manifest", f"the file's manifest is {what}", Location(path), hints=(hint,)))


# ---- PDF -------------------------------------------------------------------------------------------------


def _attached(path: Path) -> bytes | None:
    """The attached file that is a manifest by its name."""
    import pypdfium2

    from briefgen.extraction.pdf import cannot_open

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise BriefgenError(cannot_open(error, path)) from None
    try:
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            if attachment.get_name() == ATTACHMENT:
                contents = bytes(attachment.get_data())
                if len(contents) > _LARGEST:
                    raise _broken(path, f"it is larger than {_LARGEST // 1024**2} MB")
                return contents
    except pypdfium2.PdfiumError:
        raise _broken(path, "it cannot be taken out of the PDF") from None
    finally:
        document.close()
    return None


# ---- Word ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Stored:
    """What our custom XML part says."""

    format: str
    json: str = ""
    marks: list[Mark] = field(default_factory=list)


def _stored(path: Path) -> _Stored | None:
    """The custom XML part with our namespace, whatever it is called by now."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS or "[Content_Types].xml" not in package.namelist():
                raise BriefgenError(_no_word_file(path))
            for part in parts:
                if part.filename.lower().endswith(".xml") and not part.filename.startswith(("word/", "docProps/", "[")):
                    with package.open(part) as stream:
                        start = stream.read(4096)
                        if MANIFEST_NAMESPACE.encode() not in start.replace(b"\0", b""):  # UTF-16 too
                            continue
                        contents = start + stream.read(_LARGEST + 1 - len(start))
                    if len(contents) > _LARGEST:
                        raise _broken(path, f"it is larger than {_LARGEST // 1024**2} MB")
                    if found := _read_part(contents, path):
                        return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise BriefgenError(_no_word_file(path)) from None
    return None


def _no_word_file(path: Path) -> Problem:
    message = "this is no Word file, or it is damaged"
    return Problem("broken-file", message, Location(path), hints=("take another copy of the file",))


def _read_part(contents: bytes, path: Path) -> _Stored | None:
    """Our part; None if it is somebody else's. A document type, which could declare entities, is refused."""
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.declare
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(contents, True)
    except (expat.ExpatError, UnicodeError):
        raise _broken(path, "its XML is not well-formed") from None
    except _Declared:
        raise _broken(path, "its XML declares a document type") from None
    if reading.part is not None and reading.part.format != str(MANIFEST_FORMAT):
        raise _unknown(path, f"of form {reading.part.format!r} in the file; this version knows form {MANIFEST_FORMAT}")
    return reading.part


class _Declared(Exception):
    """The XML has a document type."""


class _Reading:
    """Reads `custom_xml.manifest_part`."""

    def __init__(self) -> None:
        self.part: _Stored | None = None
        self._path: list[str] = []
        self._words: list[str] = []
        self._attributes: Mapping[str, str] = {}

    def declare(self, *_: object) -> None:
        raise _Declared

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        self._path.append(local if namespace == MANIFEST_NAMESPACE else "")
        self._words, self._attributes = [], attributes
        if self._path == ["manifest"]:
            self.part = _Stored(attributes.get("format", ""))

    def text(self, words: str) -> None:
        self._words.append(words)

    def end(self, _: str) -> None:
        words = "".join(self._words)
        if self.part is not None:
            match self._path:
                case ["manifest", "json"]:
                    self.part.json = words
                case ["manifest", "marks", "mark"]:
                    said = self._attributes
                    facets = tuple(said.get("facets", "").split())
                    self.part.marks.append(Mark(said.get("name", ""), said.get("evidence", ""), facets, words))
                case _:
                    pass
        self._path.pop()
