"""Variable fonts and CFF outlines → static TrueType, by fontTools. Loaded only for fonts that need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

_MAXIMA_OF_HINTING = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)


def varied_advances(path: Path, index: int, weight: int) -> Mapping[int, float]:
    """The advance widths of a variable font's instance, by glyph, in design units."""
    font = TTFont(path, fontNumber=index, lazy=True)
    glyphs = font.getGlyphSet(location={"wght": weight})
    return {number: glyphs[name].width for number, name in enumerate(font.getGlyphOrder())}


def static_truetype(path: Path, index: int, glyphs: Sequence[int], weight: int) -> tuple[bytes, dict[int, int]]:
    """A font with these glyphs only, as static TrueType outlines.

    Args:
        glyphs: what to keep (the missing-glyph sign and components come along).
        weight: of the instance, if the font is variable.

    Returns:
        The font, and where each of the glyphs is in it.
    """
    font = TTFont(path, fontNumber=index, lazy=True, recalcTimestamp=False)
    order = font.getGlyphOrder()
    names = {glyph: order[glyph] for glyph in glyphs}
    subsetter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False))
    subsetter.populate(glyphs=names.values())
    subsetter.subset(font)
    if "fvar" in font:
        from fontTools.varLib.instancer import instantiateVariableFont

        place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
        instantiateVariableFont(font, {axis.axisTag: place[axis.axisTag] for axis in font["fvar"].axes}, inplace=True)
    if "glyf" not in font:
        _to_quadratic(font)
    written = BytesIO()
    font.save(written, reorderTables=False)
    return written.getvalue(), {glyph: font.getGlyphID(name) for glyph, name in names.items()}


def _to_quadratic(font: TTFont) -> None:
    """Replace cubic outlines (CFF) by quadratic ones, at most a thousandth of an em away."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, max_err=font["head"].unitsPerEm / 1000, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for name in order:
        glyphs[name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyphs[name], "xMin", 0))
    for tag in ("CFF ", "CFF2", "VORG"):
        if tag in font:
            del font[tag]
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones, maxp.numGlyphs = 0x00010000, 1, len(order)
    for maximum in _MAXIMA_OF_HINTING:
        setattr(maxp, maximum, 0)
    maxp.recalc(font)
    font["post"].formatType, font.sfntVersion = 3.0, "\x00\x01\x00\x00"
