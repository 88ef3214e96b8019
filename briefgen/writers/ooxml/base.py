"""XML as text: escaping, units and namespaces, which every other module here is written with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NewType
from xml.sax.saxutils import escape

Xml = NewType("Xml", str)
"""Well-formed XML, escaped; plain text must go through `words` or `quoted` first."""

EMPTY = Xml("")

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def joined(parts: Iterable[Xml]) -> Xml:
    """Pieces of XML one after another."""
    return Xml("".join(parts))


def quoted(text: str) -> str:
    """Text for an attribute, in its quotation marks."""
    return '"' + escape(text, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}) + '"'


def twips(points: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Half points, Word's unit of type size."""
    return round(points * 2)


def emu(points: float) -> int:
    """English Metric Units, DrawingML's unit of length."""
    return round(points * 12700)


def hexadecimal(colour: str) -> str:
    """`#0B4F6C` as Word writes it."""
    return colour.lstrip("#").upper()


def part(root: str, content: Xml) -> bytes:
    """A whole part: its root element in the namespaces that our pieces use."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return f"{DECLARATION}<{root} {spaces}>{content}</{root}>".encode()
