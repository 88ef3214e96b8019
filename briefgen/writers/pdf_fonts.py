"""Embedding fonts in a PDF so that every character can be read back.

ReportLab's own TrueType embedding makes 8-bit fonts whose ToUnicode maps hold U+0000 and break beyond the basic plane,
and draws a missing glyph without a word. Here each face is one composite font with a code for each character used:
two characters that share a glyph (a hyphen and the hyphen that does not break) stay two, and a joiner that takes no
room is still there when the text is copied.

Source: ISO 32000-1, 9.7 "Composite fonts" and 9.10 "Extraction of text content".
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from briefgen.fonts import Face
from briefgen.opentype import OpenType

_MOST_IN_A_BLOCK = 100  # entries of one bfchar block (Adobe Technical Note 5411)


class EmbeddedFace:
    """A face in a PDF: its resource name, and the codes of its characters.

    Args:
        document: where the font's objects go.
        name: resource name, e.g. `F1`.
        face: the face.
        subset: its TrueType subset, whose character map has all that will be shown.
    """

    def __init__(self, document: Any, name: str, face: Face, subset: bytes) -> None:
        self.name = name
        font = OpenType(subset)
        self._codes = {chr(character): code for code, character in enumerate(font.characters, start=1)}
        fonts = document.idToObject["BasicFonts"]
        fonts[name] = document.Reference(_composite_font(document, face, font, subset))

    def shown(self, text: str) -> str:
        """The operand of a text-showing operator."""
        return "<" + "".join([f"{self._codes[character]:04X}" for character in text]) + ">"


def _composite_font(document: Any, face: Face, font: OpenType, subset: bytes) -> PDFDictionary:
    characters, glyphs = tuple(font.characters), tuple(font.characters.values())
    base = PDFName(f"{_tag(subset)}+{face.key}")
    widths = [_thousandths(font.advances[glyph], font.units) for glyph in glyphs]
    descendant = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType2"),
        "BaseFont": base,
        "CIDSystemInfo": PDFDictionary(
            {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        ),
        "FontDescriptor": document.Reference(_descriptor(document, base, face, font, subset)),
        "DW": _thousandths(font.advances[0], font.units),
        "W": PDFArray([1, PDFArray(widths)]),
        "CIDToGIDMap": _stream(document, struct.pack(f">{len(glyphs) + 1}H", 0, *glyphs)),
    }
    return PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": base,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(PDFDictionary(descendant))]),
            "ToUnicode": _stream(document, _to_unicode(characters).encode("ascii")),
        }
    )


def _descriptor(document: Any, base: str, face: Face, font: OpenType, subset: bytes) -> PDFDictionary:
    box = struct.unpack_from(">4h", font.table("head"), 36)
    angle = struct.unpack_from(">l", font.table("post"), 4)[0] / 65536
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": base,
            "Flags": 4 | (64 if face.italic else 0),  # symbolic: its codes are its own; italic
            "FontBBox": PDFArray([_thousandths(edge, font.units) for edge in box]),
            "ItalicAngle": _number(angle),
            "Ascent": _number(face.ascent * 1000),
            "Descent": _number(-face.descent * 1000),
            "CapHeight": _thousandths(font.cap_height, font.units),
            "StemV": 10 + 220 * (face.weight - 50) // 900,  # nothing reads it, but it must be there
            "FontFile2": _stream(document, subset, Length1=len(subset)),
        }
    )


def _stream(document: Any, contents: bytes, **entries: object) -> Any:
    return document.Reference(PDFStream(PDFDictionary(entries), contents, filters=[PDFZCompress]))


def _tag(subset: bytes) -> str:
    """Six letters that tell this subset from others of the same face (ISO 32000-1, 9.6.4)."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(subset).digest()[:6])


def _to_unicode(characters: Iterable[int]) -> str:
    """A CMap from codes 1, 2, 3… to these characters."""
    entries = [f"<{code:04X}> <{chr(c).encode('utf-16-be').hex().upper()}>" for code, c in enumerate(characters, 1)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _MOST_IN_A_BLOCK):
        block = entries[start : start + _MOST_IN_A_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def embed(document: Any, subsets: Mapping[Face, bytes]) -> dict[str, EmbeddedFace]:
    """Put fonts into a document.

    Returns:
        Face's key → the face there.
    """
    return {
        face.key: EmbeddedFace(document, f"F{number}", face, subset)
        for number, (face, subset) in enumerate(subsets.items(), start=1)
    }


def _thousandths(length: float, units: int) -> str:
    return _number(length * 1000 / units)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
