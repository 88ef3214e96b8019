"""What a Word file holds beside its words: comments, tracked changes, and the sign of a review copy.

Whoever gets the file sees them, and whoever sends it has often forgotten them. Files come from anywhere: sizes are
bounded, XML may not declare anything, and a part that cannot be read is passed over, as Word cannot show it either.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

REVIEW_COPY = "Review copy"
"""The property of a file that says so of itself."""

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_PIECE = 1 << 16
_LARGEST = 64 * 1024 * 1024
"""Bytes of one part of a file; the text of a thousand pages has about 10 MB."""

_MOST_PARTS = 20_000


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What a Word file holds beside its words.

    Attributes:
        comments: how many.
        changes: tracked insertions, deletions and moves that nobody has accepted or refused.
        is_review_copy: whether briefgen made it with `--review`.
    """

    comments: int = 0
    changes: int = 0
    is_review_copy: bool = False


def leftovers(contents: bytes) -> Leftovers:
    """What is found in a file; nothing in one that is no Word file."""
    found = _Found()
    try:
        with zipfile.ZipFile(BytesIO(contents)) as package:
            for part in package.infolist()[:_MOST_PARTS]:
                if part.filename.startswith(("word/", "docProps/")) and part.filename.endswith(".xml"):
                    with package.open(part) as stream:
                        found.read(iter(lambda stream=stream: stream.read(_PIECE), b""))  # type: ignore[misc]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        pass
    return Leftovers(found.comments, found.changes, found.is_review_copy)


class _Declared(Exception):
    """The XML has a document type."""


class _Found:
    def __init__(self) -> None:
        self.comments = self.changes = 0
        self.is_review_copy = False
        self._property = ""
        self._words = ""

    def read(self, pieces: Iterator[bytes]) -> None:
        """Look through one part of the file."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._declare
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        size = 0
        try:
            for piece in pieces:
                size += len(piece)
                if size > _LARGEST:
                    break
                parser.Parse(piece, False)
        except (expat.ExpatError, UnicodeError, _Declared):
            pass

    def _declare(self, *_: object) -> None:
        raise _Declared

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if namespace in _WORD:
            self.comments += local == "comment"
            self.changes += local in _CHANGES
        elif local == "property":
            self._property, self._words = attributes.get("name", ""), ""

    def _text(self, words: str) -> None:
        if self._property:
            self._words += words

    def _end(self, name: str) -> None:
        if name.endswith(" property"):
            if self._property == REVIEW_COPY and self._words.strip() not in ("false", "0"):
                self.is_review_copy = True
            self._property = ""
