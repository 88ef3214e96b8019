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

from briefgen.fonts import Face
from briefgen.opentype import OpenType
from briefgen.writers.pdf_file import PdfFile, array, dictionary, number, reference

_MOST_IN_A_BLOCK = 100  # entries of one bfchar block (Adobe Technical Note 5411)
UNNAMED = frozenset("\ufeff\ufffe")
"""What no code may stand for (ISO 19005-3, 6.2.11.7.2): a joiner that nobody sees, and no character at all."""


class EmbeddedFace:
    """A face in a PDF: its resource name, and the codes of its characters.

    Args:
        file: where the font's objects go.
        name: resource name, e.g. `F1`.
        face: the face.
        subset: its TrueType subset, whose character map has all that will be shown.
    """

    def __init__(self, file: PdfFile, name: str, face: Face, subset: bytes) -> None:
        self.name = name
        font = OpenType(subset)
        self._codes = {chr(character): f"{code:04X}" for code, character in enumerate(font.characters, start=1)}
        self._codes |= dict.fromkeys(UNNAMED, "")
        file.add_font(name, _composite_font(file, face, font, subset))

    def shown(self, text: str) -> str:
        """The operand of a text-showing operator."""
        return f"<{''.join([self._codes[character] for character in text])}>"


def _composite_font(file: PdfFile, face: Face, font: OpenType, subset: bytes) -> int:
    characters, glyphs = tuple(font.characters), tuple(font.characters.values())
    base = f"/{_tag(subset)}+{face.key}"
    widths = array(_thousandths(font.advances[glyph], font.units) for glyph in glyphs)
    places = file.add_stream(struct.pack(f">{len(glyphs) + 1}H", 0, *glyphs))
    descendant = file.add(
        dictionary(
            f"/Type/Font/Subtype/CIDFontType2/BaseFont{base}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {reference(_descriptor(file, base, face, font, subset))}"
            f"/DW {_thousandths(font.advances[0], font.units)}/W[1 {widths}]/CIDToGIDMap {reference(places)}"
        )
    )
    to_unicode = file.add_stream(_to_unicode(characters).encode("ascii"))
    return file.add(
        dictionary(
            f"/Type/Font/Subtype/Type0/BaseFont{base}/Encoding/Identity-H"
            f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(to_unicode)}"
        )
    )


def _descriptor(file: PdfFile, base: str, face: Face, font: OpenType, subset: bytes) -> int:
    box = struct.unpack_from(">4h", font.table("head"), 36)
    angle = struct.unpack_from(">l", font.table("post"), 4)[0] / 65536
    contents = file.add_stream(subset, f"/Length1 {len(subset)}")
    flags = 4 | (64 if face.italic else 0)  # symbolic: its codes are its own; italic
    stem = 10 + 220 * (face.weight - 50) // 900  # nothing reads it, but it must be there
    return file.add(
        dictionary(
            f"/Type/FontDescriptor/FontName{base}/Flags {flags}"
            f"/FontBBox{array(_thousandths(edge, font.units) for edge in box)}/ItalicAngle {number(angle)}"
            f"/Ascent {number(face.ascent * 1000)}/Descent {number(-face.descent * 1000)}"
            f"/CapHeight {_thousandths(font.cap_height, font.units)}/StemV {stem}/FontFile2 {reference(contents)}"
        )
    )


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


def embed(file: PdfFile, subsets: Mapping[Face, bytes]) -> dict[str, EmbeddedFace]:
    """Put fonts into a file.

    Returns:
        Face's key → the face there.
    """
    return {
        face.key: EmbeddedFace(file, f"F{number}", face, subset)
        for number, (face, subset) in enumerate(subsets.items(), start=1)
    }


def _thousandths(length: float, units: int) -> str:
    return number(length * 1000 / units)
