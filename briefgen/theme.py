"""How a document looks: page, type, colour, spacing and densities. All lengths are points, all colours #RRGGBB.

A theme is one YAML file (`templates/themes/`); `themes.load_theme` makes these values of it.
A density is one step of tightness: the theme's styles and spacing with that step's changes applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from briefgen.errors import Location

RULE_DEPTH = 6.5
"""The top rule and the white space under it, in points: text begins this far below the top margin."""

FRAME_DEPTH = 16.25
"""Depth of the header's and the footer's box, in points."""


class StyleName(StrEnum):
    """Every kind of text there is; a theme's `styles` has one entry for each."""

    MARKING = "marking"
    HEADER = "header"  # the document's name in the header; its subject is set in FOOTER's colour
    FOOTER = "footer"
    LETTERHEAD = "letterhead"  # the sender's name; its lines are set in FOOTER
    ABOUT = "about"  # the line under the top rule
    TITLE = "title"
    LEAD = "lead"  # the bottom line
    KEY_VALUE = "key-value"
    KEY_UNIT = "key-unit"
    KEY_LABEL = "key-label"
    KEY_PERIOD = "key-period"
    HEADING_1 = "heading-1"  # a dossier's section; in a brief or memo level 1 is the TITLE
    HEADING_2 = "heading-2"  # a dossier's subsection
    HEADING_3 = "heading-3"  # levels 3 to 6 of a dossier
    HEADING = "heading"  # every heading below the title of a brief or memo
    BODY = "body"
    LIST = "list"
    TABLE_HEAD = "table-head"
    TABLE = "table"
    QUOTATION = "quotation"
    ATTRIBUTION = "attribution"
    CAPTION = "caption"
    SOURCE = "source"  # a chart's subject and sources, a table's remark
    NOTE = "note"
    LABEL = "label"  # hung in the label column
    DECISION = "decision"  # a memo's Issue, Decision, Timing; the words "Next step"
    ADDRESS = "address"
    CALLOUT = "callout"
    CODE = "code"
    CHART_VALUE = "chart-value"
    CHART_LABEL = "chart-label"
    CONTENTS_1 = "contents-1"
    CONTENTS_2 = "contents-2"
    COVER_KICKER = "cover-kicker"
    COVER_TITLE = "cover-title"
    COVER_SUBTITLE = "cover-subtitle"
    COVER_LINE = "cover-line"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one kind of text is set.

    Attributes:
        font: a name in the theme's `fonts`.
        weight: 300 light, 400 regular, 600 semibold, 700 bold.
        leading: distance of baselines, in whole twentieths of a point.
        colour: #RRGGBB.
        before, after: space above and below the block, collapsing with its neighbours' (the larger counts).
        indent: of all lines from the left of the measure.
        hang: how far the first line, or a list's or quotation's mark, stands to the left of the indent.
    """

    font: str
    size: float
    leading: float
    weight: int = 400
    italic: bool = False
    colour: str = "#000000"
    before: float = 0
    after: float = 0
    indent: float = 0
    hang: float = 0


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances that belong to no single style, at one density.

    Attributes:
        section: above a heading of a brief or memo, and around pairs, tables and strips.
        paragraph: between paragraphs.
        item: between list items.
        cell_top, cell_bottom, cell_right: a table cell's padding (left is 0, right of the last column 0).
        head_bottom: padding under a table's head.
        key_top, key_bottom: padding of the key-figure strip.
        chart_pitch, chart_bar: distance of bars, and their thickness (horizontal bars).
        column_height: of the plot of a column chart.
        note_top: between the notes' hairline and the first note, in a document of one page.
    """

    section: float = 16.25
    paragraph: float = 6.5
    item: float = 3.25
    cell_top: float = 3.25
    cell_bottom: float = 2.75
    cell_right: float = 8
    head_bottom: float = 2.5
    key_top: float = 3.25
    key_bottom: float = 5
    chart_pitch: float = 29.25
    chart_bar: float = 19.5
    column_height: float = 178.75
    note_top: float = 5


@dataclass(frozen=True, slots=True)
class Density:
    """One step of tightness: every style and distance, resolved."""

    name: str
    styles: Mapping[StyleName, TextStyle]
    spacing: Spacing


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Page size and margins. Header and footer boxes are 16.25 deep; `header` is the header box's distance from
    the top edge, `footer` the footer box's from the bottom edge."""

    size: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    header: float
    footer: float
    label_column: float
    """Width that labels hang in (one column and gutter); a dossier's text starts there."""
    pair_gap: float

    @property
    def turned(self) -> PageSetup:
        """The page lying on its long side: margins, header and footer keep their sides and distances."""
        return replace(self, width=max(self.width, self.height), height=min(self.width, self.height))

    @property
    def measure(self) -> float:
        """The width of the text block."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """The height of the text block."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Colours:
    ink: str
    muted: str
    accent: str
    reference: str  # a chart's reference line
    hairline: str  # decorative


@dataclass(frozen=True, slots=True)
class Rules:
    """Thickness of lines: the top rule (with an optional second, thinner one below it), table rules, hairlines."""

    top: float = 2
    top_colour: str = "#000000"
    second: float = 0
    second_gap: float = 0
    table: float = 0.75
    hairline: float = 0.5


@dataclass(frozen=True, slots=True)
class FontSource:
    """Where a font comes from: a family of an installed PyPI package or of the system, or files by path.

    Attributes:
        family: its name, as Word is told it ("Source Sans Pro").
        package: the PyPI package that carries it, if it is taken from one.
        files: "400", "400 italic", "600"… → path, if it is named file by file.
        italics: name of the font that sets its italics, if its own will not do.
        fallback: names of further fonts that are asked for characters that this one lacks, in order.
    """

    family: str
    location: Location | None = None
    package: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    italics: str | None = None
    fallback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Logo:
    """A sender's mark.

    Attributes:
        path: of a PNG or JPEG file.
        description: its text alternative.
        height: as shown, in points; its width follows from its proportions.
        contents: the picture's bytes, if it is part of another file; then `path` only names it.
    """

    path: str
    description: str
    height: float
    location: Location | None = None
    contents: bytes | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the first page has in place of the header and the top rule: a band with the sender's logo and name at its
    left, the marking and the document's name at its right.

    Attributes:
        name: the sender's.
        lines: what stands below it: an address, a contact.
        beside: lines at the right, above the marking: a motto, a second language; the first of them in bold.
        depth: of the band, which begins where headers do, in points.
        padding: between the band's sides and what stands in it; with a ground the band reaches so far into the
            margins, so that logo and text are flush.
        gap: between the band's rule and the text.
        ground: colour of the band, None for the paper's own.
    """

    name: str = ""
    lines: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    logo: Logo | None = None
    depth: float = 48.75
    padding: float = 9.75
    gap: float = 9.75
    ground: str | None = None
    location: Location | None = None

    @property
    def outset(self) -> float:
        """How far the band reaches into the margins, in points."""
        return self.padding if self.ground else 0.0


@dataclass(frozen=True, slots=True)
class Reference:
    """The Word file whose house style a theme takes over. The theme's values are its own already; this is what the Word
    writer needs to start from the file itself.

    Attributes:
        path: of a .docx or .dotx file.
        root: the folder that it may not be a link out of.
        drop: how much lower the text of the first page begins than that of others, below a deeper header.
        header, footer: distances of its header and footer from the page's edges.
    """

    path: Path
    root: Path
    drop: float
    header: float
    footer: float
    location: Location


def line_style(styles: Mapping[StyleName, TextStyle]) -> TextStyle:
    """How the lines of a letterhead are set: as the footer, closer together."""
    footer = styles[StyleName.FOOTER]
    return replace(footer, leading=round(footer.size * 25) / 20)


NAME_GAP = 3.25
"""Between the marking in a letterhead and what stands above and below it, in points."""


def beside_texts(head: Letterhead, styles: Mapping[StyleName, TextStyle]) -> list[tuple[str, TextStyle]]:
    """The lines at a letterhead's right, each with its style: the first in the header's letters."""
    line, header = line_style(styles), styles[StyleName.HEADER]
    first = replace(line, font=header.font, weight=header.weight, colour=header.colour)
    return list(zip(head.beside, [first, *[line] * len(head.beside)], strict=False))


def beside_depth(head: Letterhead, styles: Mapping[StyleName, TextStyle]) -> float:
    """How deep they are, with the white space between them and the marking, in points."""
    return sum(style.leading for _, style in beside_texts(head, styles)) + NAME_GAP if head.beside else 0.0


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme. `densities` runs from comfortable to compact; `densities[standard]` is the theme as designed.

    Attributes:
        files: all that it was made of: its own file, those of the themes it extends, the logo, the reference document.
    """

    name: str
    page: PageSetup
    fonts: Mapping[str, FontSource]
    colours: Colours
    rules: Rules
    densities: tuple[Density, ...]
    standard: int = 0
    description: str = ""
    letterhead: Letterhead | None = None
    reference: Reference | None = None
    files: tuple[Path, ...] = ()
    location: Location | None = None


MARKING_COLOURS: Mapping[str, str] = {
    "TLP:CLEAR": "#FFFFFF",
    "TLP:GREEN": "#33FF00",
    "TLP:AMBER": "#FFC000",
    "TLP:AMBER+STRICT": "#FFC000",
    "TLP:RED": "#FF2B2B",
}
"""Text colours of the labels on black (TLP 2.0)."""
