"""The text of a Word file, with python-docx: body, tables, text boxes and notes, as they stand after all changes."""

from __future__ import annotations

import io
import zipfile
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml import etree

from briefgen.errors import Location, Problem
from briefgen.extraction.raised import raised

Element = Any
"""An element of lxml's, which has no types of its own."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset((_FALLBACK, *(_W + name for name in ("del", "moveFrom", "pPrChange", "rPrChange"))))
_CHARACTERS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "‑", _W + "softHyphen": "\xad"}
_OLE = b"\xd0\xcf\x11\xe0"
"""How a Word file with a password begins, and every file of Word 2003 and before."""


def docx_text(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    """Read a Word file's text; see `extract_text`. Marks of notes are left out, the notes stand at the end."""
    if contents.startswith(_OLE):
        message = "the file is protected by a password, or is of Word 2003 or before"
        hint = "open it and save a copy as .docx without a password"
        problems.append(Problem("protected-file", message, Location(path), hints=(hint,)))
        return None
    try:
        document = docx.Document(io.BytesIO(contents))
        roots = [document.element.body, *_notes(document.part)]
        styles = _raising_styles(document.styles.element)
    except (zipfile.BadZipFile, OpcError, etree.XMLSyntaxError, KeyError, ValueError, EOFError):
        message = "this is no Word file, or it is damaged"
        problems.append(Problem("broken-file", message, Location(path), hints=("take another copy of the file",)))
        return None
    return "\n\n".join(_text(root, styles) for root in roots)


def _notes(part: Any) -> Iterator[Element]:
    """Footnotes and endnotes, without the lines that separate them from the text."""
    for relationship in part.rels.values():
        if relationship.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            root = etree.fromstring(relationship.target_part.blob)
            yield from (note for note in root if note.get(_W + "type") in (None, "normal"))


def _raising_styles(styles: Element) -> frozenset[str]:
    """Ids of the styles whose characters are raised."""
    found = styles.iterfind(f"{_W}style/{_W}rPr/{_W}vertAlign[@{_W}val='superscript']")
    return frozenset(place.getparent().getparent().get(_W + "styleId", "") for place in found)


def _text(root: Element, raising: frozenset[str]) -> str:
    """The text of a story: a paragraph a line; a table's row a line, with its cells by tabs."""
    stories: deque[Element] = deque([root])
    pieces: list[str] = []
    while stories:  # a text box is read behind the paragraph's story that it hangs from
        story = stories.popleft()
        walk = etree.iterwalk(story, events=("start", "end"))
        for event, element in walk:
            name = element.tag
            if event == "start":
                if name in _LEFT_OUT or (name == _W + "r" and _is_hidden(element)):
                    walk.skip_subtree()
                elif name == _W + "txbxContent" and element is not story:
                    stories.append(element)
                    walk.skip_subtree()
            elif name == _W + "t" and element.text:
                pieces.append(_words(element, raising))
            elif name in _CHARACTERS and element.getparent().tag == _W + "r":
                pieces.append(_CHARACTERS[name])
            elif name == _W + "p":
                pieces.append(_end_of_paragraph(element))
            elif name == _W + "tr":
                pieces.append("\n")
        pieces.append("\n")
    return "".join(pieces)


def _words(element: Element, raising: frozenset[str]) -> str:
    run = element.getparent()
    place, style = run.find(f"{_W}rPr/{_W}vertAlign"), run.find(f"{_W}rPr/{_W}rStyle")
    if place is not None:
        is_raised = place.get(_W + "val") == "superscript"
    else:
        is_raised = style is not None and style.get(_W + "val") in raising
    return raised(element.text) if is_raised else str(element.text)


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_W + "val") not in ("0", "false", "off")


def _end_of_paragraph(paragraph: Element) -> str:
    cell = paragraph.getparent()
    if cell.tag != _W + "tc":
        return "\n"
    return "\t" if paragraph is cell[-1] else "\n"
