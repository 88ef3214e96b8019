"""The sources' full texts, as far as they are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from briefgen.errors import Problem
from briefgen.evidence import Source
from briefgen.folding import Folded
from briefgen.records import read_text


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source, as read from its file."""

    path: Path
    folded: Folded
    hash: str

    @property
    def raw(self) -> str:
        """The text, without a byte order mark, line ends as LF."""
        return self.folded.raw


class Texts:
    """The sources' full texts: files below one folder, read when they are first asked for.

    Args:
        folder: `seeds/texts/`, or what `BRIEFGEN_TEXTS` names; it need not exist. None: no texts are at hand.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._read: dict[str, SourceText | None] = {}

    def of(self, source: Source, problems: list[Problem]) -> SourceText | None:
        """The text of a source, or None if it is not at hand; a file that cannot be used is a problem, said once."""
        if self.folder is None or source.text is None:
            return None
        if source.text not in self._read:
            self._read[source.text] = self._file(self.folder, source, problems)
        return self._read[source.text]

    def _file(self, folder: Path, source: Source, problems: list[Problem]) -> SourceText | None:
        assert source.text is not None
        path = folder / source.text
        where = source.locations.get("text", source.location)
        if not path.resolve().is_relative_to(folder.resolve()):
            message = f"{source.text!r} leads out of the folder of texts"
            problems.append(Problem("text-outside", message, where, subject=source.id))
            return None
        if not path.exists():
            return None
        text = read_text(path, problems)
        if text is None:
            return None
        return SourceText(path, Folded(text), hash_of(text))


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
