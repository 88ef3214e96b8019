"""The Layout: pages of placed text, lines and boxes. Drawing it needs no further decision.

Coordinates are points from the page's top left corner, y downward; a text line's y is its baseline.
Every run and drawing names the element (an index into `Layout.elements`) that it belongs to, or None for an
artifact (header, footer, rules, fills), so that a writer can tag as it draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face, size and colour.

    Attributes:
        x: left edge.
        face: key of a `fonts.Face`.
        rise: how far the baseline is raised (note marks).
        link: an address, or `#anchor` within the document.
        language: BCP 47 tag if not the document's.
    """

    x: float
    text: str
    face: str
    size: float
    colour: str
    element: int | None = None
    rise: float = 0
    link: str | None = None
    language: str | None = None
    width: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at baseline `y`; `top` and `bottom` are its line box."""

    y: float
    top: float
    bottom: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line; `dash` as in PDF (on, off)."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str
    dash: tuple[float, ...] = ()
    element: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled, outlined or both. The outline is drawn centred on its edge."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0
    dash: tuple[float, ...] = ()
    element: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image from a file, or from bytes that lie in another file."""

    x: float
    y: float
    width: float
    height: float
    path: str
    element: int | None = None
    contents: bytes | None = None


Placed = Line | Stroke | Box | Picture


class Numbering(StrEnum):
    """How a list's labels count."""

    NONE = "none"  # words of their own
    BULLETS = "bullets"
    DECIMAL = "decimal"


class Role(StrEnum):
    """What an element is."""

    DOCUMENT = "document"
    HEADING = "heading"  # with `level`
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    ITEM_LABEL = "item-label"
    ITEM_BODY = "item-body"
    TABLE = "table"
    ROW = "row"
    COLUMN_HEAD = "column-head"
    ROW_HEAD = "row-head"
    CELL = "cell"
    QUOTATION = "quotation"
    FIGURE = "figure"  # with `description` and `box`
    CAPTION = "caption"
    NOTE = "note"
    NOTE_LABEL = "note-label"
    REFERENCE = "reference"  # a note mark, a cross-reference, or the words of an entry of the contents
    LINK = "link"
    CONTENTS = "contents"
    CONTENTS_ENTRY = "contents-entry"
    SPAN = "span"  # words in another language
    DIVISION = "division"


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the structure tree; children follow their parent, in reading order.

    Attributes:
        parent: index of the parent, None for the document alone (index 0).
        description: of a figure, its text alternative ("" if it only adorns); of a link, where it leads, if its own
            words do not say so.
        language: BCP 47 tag, if it is not the parent's.
        anchor: destination name, if something links here.
        target: anchor of what a reference or entry points to.
        box: of a figure: page index, left, top, right, bottom.
        numbering: of a list.
    """

    role: Role
    parent: int | None
    level: int = 0
    title: str = ""
    description: str = ""
    language: str | None = None
    anchor: str | None = None
    target: str | None = None
    box: tuple[int, float, float, float, float] | None = None
    numbering: Numbering = Numbering.NONE


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `items` in drawing order (which is reading order for text).

    Attributes:
        label: as printed ("1").
        width, height: in points.
        filled: how much of the text block is used, notes included, 0 to 1.
        turned: whether it is a landscape page.
    """

    label: str
    items: tuple[Placed, ...]
    width: float
    height: float
    filled: float = 0
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a destination is: page index from 0, and y of its top."""

    name: str
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a Word file must be told, each tuple in the order in which such blocks stand in the Document.

    Attributes:
        column_widths: for each Table, its columns' widths.
        table_indents: for each Table, its distance from the left of the measure.
        tables_whole: for each Table, whether it must not be divided by a page's end.
        key_widths: for each KeyFigures, its cells' widths.
        title_lines: for each level-1 Heading and each Cover, the lines into which it is balanced.
        heading_pages: for each Heading, the number of its page from 1.
        figures: for each Chart and Image, its picture: page index and the items drawn, with its box.
        address_widths: for each Address, the widths of its four columns: label and text, twice.
        pair_drops: for each Pair, space above its left and its right column that levels their first baselines.
        note_hang: how far note numbers hang left of the notes' text.
    """

    column_widths: tuple[tuple[float, ...], ...] = ()
    table_indents: tuple[float, ...] = ()
    tables_whole: tuple[bool, ...] = ()
    key_widths: tuple[tuple[float, ...], ...] = ()
    title_lines: tuple[tuple[str, ...], ...] = ()
    heading_pages: tuple[int, ...] = ()
    figures: tuple[Figure, ...] = ()
    address_widths: tuple[tuple[float, ...], ...] = ()
    pair_drops: tuple[tuple[float, float], ...] = ()
    note_hang: float = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """What a program that draws a chart itself must be told; the rest is in the Document.

    Attributes:
        x, y, width, height: the room of the marks alone, from the least amount (or zero) to the largest (or zero),
            within the figure's box.
        before: room for labels beyond the least amount.
        thickness: of a bar, a column or a point's dot.
        places: what stands along the axis in equal steps: the index of a point, or a label that no point has.
        named: indices of the points whose status is said.
        levels: the labels at marks stand on that many levels by turns, each a `step` above the one before.
        upright: whether the labels of the axis are wider than its steps, and must be turned to stand side by side.
        stacked: whether each status stands below its value, as it always does on columns and lines.
        reference: indices of the points between which a line carries the first one's amount.
    """

    x: float
    y: float
    width: float
    height: float
    before: float
    thickness: float
    places: tuple[int | str, ...]
    named: tuple[int, ...]
    step: float = 0
    levels: int = 1
    upright: bool = False
    stacked: bool = True
    reference: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn chart or image: its plot without title, subject and source line, which are text.

    Attributes:
        x, y, width, height: the box on its page.
        items: what is drawn in it, in page coordinates.
        plot: of a chart that has points.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    items: tuple[Placed, ...]
    plot: Plot | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out.

    Attributes:
        width, height: of its upright pages, in points.
        density: name of the density used.
        overflow: lines (of body text) by which it exceeds the page budget, 0 if it fits or has none.
    """

    width: float
    height: float
    pages: tuple[Page, ...]
    elements: tuple[Element, ...]
    anchors: tuple[Anchor, ...]
    bookmarks: tuple[Bookmark, ...]
    density: str
    decisions: Decisions
    overflow: float = 0


def faces(layout: Layout) -> frozenset[str]:
    """Keys of the faces that a layout's text is set in."""
    lines = (item for page in layout.pages for item in page.items if isinstance(item, Line))
    return frozenset(run.face for line in lines for run in line.runs)
