"""Tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefgen.writers.ooxml.base import Xml, quoted, twips
from briefgen.writers.ooxml.text import Border, border_element, shading

# ---- tables (§17.4) --------------------------------------------------------------------------------------
#
# <w:tbl><w:tblPr><w:tblStyle w:val="Facts"/><w:tblW w:w="9746" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>
#   <w:tblLayout w:type="fixed"/><w:tblLook …/></w:tblPr><w:tblGrid><w:gridCol w:w="3060"/>…</w:tblGrid>
#   <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:tcW w:w="3060" w:type="dxa"/>…</w:tcPr>…
#
# A row that holds a footnote has its w:cantSplit from the table's style, and its paragraphs are w:keepLines: where
# such a row says itself that it must not split, LibreOffice (7.4) now and then loses all rows after a page's end (in 1
# of 100 long documents). It reads no row properties from styles, nor keepLines in cells, and may split such a row if it
# has four lines or more; Word keeps it whole.


@dataclass(frozen=True, slots=True)
class Margins:
    """A cell's padding."""

    top: float = 0
    right: float = 0
    bottom: float = 0
    left: float = 0


def margins_element(name: str, margins: Margins) -> str:
    sides = (("top", margins.top), ("left", margins.left), ("bottom", margins.bottom), ("right", margins.right))
    inside = "".join(f'<w:{side} w:w="{twips(value)}" w:type="dxa"/>' for side, value in sides)
    return f"<w:{name}>{inside}</w:{name}>"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, padding, the rules above and below it, its ground, and whether it is set in the middle of
    its row's height."""

    content: Xml
    margins: Margins
    top: Border | None = None
    bottom: Border | None = None
    shade: str | None = None
    centred: bool = False


def row(
    cells: Sequence[Cell],
    widths: Sequence[float],
    *,
    head: bool = False,
    may_split: bool = False,
    height: float | None = None,
) -> Xml:
    """`w:tr`; a head row is repeated on every page, a `height` is the least."""
    deep = "" if height is None else f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    properties = ("" if may_split else "<w:cantSplit/>") + deep + ("<w:tblHeader/>" if head else "")
    inside = "".join(_cell(cell, width) for cell, width in zip(cells, widths, strict=True))
    return Xml(f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>")


def _cell(cell: Cell, width: float) -> str:
    borders = border_element("top", cell.top) + border_element("bottom", cell.bottom)
    middle = '<w:vAlign w:val="center"/>' if cell.centred else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>'
        f"{f'<w:tcBorders>{borders}</w:tcBorders>' if borders else ''}{shading(cell.shade)}"
        f"{margins_element('tcMar', cell.margins)}{middle}</w:tcPr>"
        f"{cell.content}</w:tc>"
    )


def table(
    style: str,
    widths: Sequence[float],
    rows: Iterable[Xml],
    *,
    indent: float = 0,
    head: bool = False,
    row_heads: bool = False,
) -> Xml:
    """`w:tbl` of fixed column widths.

    Args:
        style: id of a table style.
        indent: of its left edge.
        head, row_heads: whether the first row and the first column are heads (for who reads it aloud).
    """
    look = (
        f'<w:tblLook w:val="{0x0400 | 0x20 * head | 0x80 * row_heads:04X}" w:firstRow="{head:d}" w:lastRow="0" '
        f'w:firstColumn="{row_heads:d}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    )
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    total = sum(twips(width) for width in widths)
    return Xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val={quoted(style)}/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
