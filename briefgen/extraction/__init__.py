"""A source's file → its full text, to be kept in `seeds/texts/` and quoted from.

What is taken is what a reader of the file sees, in reading order, one paragraph a line: nothing is corrected, and
nothing left out but what is not the work's own text (scripts, navigation, running heads of a Word file). A raised
digit becomes its superscript character, so that 10² is never read as 102.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from briefgen.errors import Location, Problem
from briefgen.records import read_bytes


def extract_text(path: Path, problems: list[Problem]) -> str | None:
    """Read the full text of a file.

    Args:
        path: a `.txt`, `.md`, `.html`, `.htm`, `.xhtml`, `.pdf` or `.docx` file.
        problems: what is wrong is appended; a warning for what could not be read of a text that is there.

    Returns:
        The text, lines ended by LF; None when there is none (then an error says why).
    """
    read = _EXTRACTORS.get(path.suffix.lower())
    if read is None:
        hint = f"save it as one of {', '.join(_EXTRACTORS)}"
        if path.suffix.lower() in (".doc", ".odt", ".rtf"):
            hint = "save it as .docx in your word processor"
        message = f"no text can be taken from a {path.suffix or 'file without a suffix'}"
        problems.append(Problem("unknown-format", message, Location(path), hints=(hint,)))
        return None
    contents = read_bytes(path, problems)
    if contents is None:
        return None
    before = len(problems)
    text = read(contents, path, problems)
    if text is None:
        return None
    text = _tidy(text)
    if not any(char.isalnum() for char in text) and len(problems) == before:
        message = "the file holds no text"
        problems.append(Problem("no-text", message, Location(path), hints=("take the text from another copy",)))
    return text if any(char.isalnum() for char in text) else None


def _plain(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if contents.startswith(mark):
            try:
                return contents.decode(encoding)
            except UnicodeDecodeError as error:
                line = contents.count(b"\n", 0, error.start) + 1
                where = Location(path, line) if encoding == "utf-8-sig" else Location(path)
                message = f"the file is not in {encoding.removesuffix('-sig').upper()}: its encoding is unknown"
                problems.append(Problem("not-utf8", message, where, hints=("save the file as UTF-8",)))
                return None
    return None


def _html(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    from briefgen.extraction.html import html_text

    return html_text(contents, path, problems)


def _pdf(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    from briefgen.extraction.pdf import pdf_text

    return pdf_text(contents, path, problems)


def _docx(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    from briefgen.extraction.docx import docx_text

    return docx_text(contents, path, problems)


_EXTRACTORS: dict[str, Callable[[bytes, Path, list[Problem]], str | None]] = {
    ".txt": _plain,
    ".md": _plain,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
"""Suffix → extractor; each imports its library when it is called."""

_BREAKS = re.compile(r"\r\n?|\f|\v")
_TRAILING = re.compile(r"[ \t]+(?=\n|$)")
_GAPS = re.compile(r"\n{3,}")


def _tidy(text: str) -> str:
    """Line ends as LF, no control characters, no white space at the end of lines, no two empty lines together."""
    text = _BREAKS.sub("\n", text)
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    return _GAPS.sub("\n\n", _TRAILING.sub("", text)).strip("\n \t") + "\n"
