"""A Word file's page, and how much of it its headers and footers take.

In Word text begins below the top margin or below the header, whichever reaches further down: a tall letterhead pushes
the text. How deep one is follows from its lines, its tables' rows and its pictures. Where that can only be reckoned,
a little more is taken: text that begins too high costs nothing, text that begins too low costs a page.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefgen.reference.opening import ReferencePackage
from briefgen.reference.styles import A, Stylebook, WordStyle, is_on, laid_over, length, number, toggle, w

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PAGES = ("default", "first", "even")
_LETTER = 0.52
"""How wide a letter is on average, in ems, for counting the lines of a header."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a header: the part that holds it, and its size in points."""

    part: str
    width: float
    height: float
    description: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A header or footer.

    Attributes:
        part: its part's name.
        depth: from its own top to its foot, in points.
        floats: how far below its own top something that floats in it reaches, if text goes around it, in points.
        reach: the same from the page's top edge, of what is placed on the page.
        places: names in braces that stand in it: "marking", "title", "page", "pages".
        room: what its last paragraph adds to the depth if it is empty, so that it may be used; 0 if it is not.
        pictures: its pictures in order.
        lines: its words, a line each, without those that change from page to page.
        beside: the last of them, if they stand at the right of others: in the last cell of a table's row.
    """

    part: str
    depth: float
    floats: float = 0
    reach: float = 0
    places: frozenset[str] = frozenset()
    room: float = 0
    pictures: tuple[Shown, ...] = ()
    lines: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordPage:
    """A section's page. Lengths are points.

    Attributes:
        top, bottom: the margins as given; a negative one holds even where a header is deeper.
        header, footer: distances of header and footer from the page's edges.
        headers, footers: by page: "default", "first", "even"; only those that are used.
        first_differs: whether the first page has a header and footer of its own.
    """

    width: float = 595.3
    height: float = 841.9
    left: float = 72
    right: float = 72
    top: float = 72
    bottom: float = 72
    header: float = 35.4
    footer: float = 35.4
    headers: dict[str, Frame] = field(default_factory=dict)
    footers: dict[str, Frame] = field(default_factory=dict)
    first_differs: bool = False


def read_page(package: ReferencePackage, styles: Stylebook) -> WordPage:
    """The page of a document's first section, with its headers and footers measured."""
    section = package.xml(package.main).find(f".//{w('sectPr')}")
    if section is None:
        return WordPage()
    usual = WordPage()
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))

    def points(element: Any, name: str, otherwise: float) -> float:
        found = number(element, name)
        return otherwise if found is None else found / 20

    gutter = points(margins, "gutter", 0)
    width = points(size, "w", usual.width)
    left, right = points(margins, "left", usual.left) + gutter, points(margins, "right", usual.right)
    first, even = toggle(section.find(w("titlePg"))) is True, _even_differ(package)
    frames: dict[str, dict[str, Frame]] = {"headerReference": {}, "footerReference": {}}
    relations = package.relationships(package.main)
    for reference in section.iterchildren(w("headerReference"), w("footerReference")):
        page = reference.get(w("type"), "default")
        relation = relations.get(reference.get(f"{{{R}}}id", ""))
        used = page == "default" or (page == "first" and first) or (page == "even" and even)
        if used and relation is not None and relation.target in package.parts:
            kind = reference.tag.rpartition("}")[2]
            frames[kind][page] = _Measuring(package, styles, relation.target, width - left - right).frame()
    return WordPage(
        width=width,
        height=points(size, "h", usual.height),
        left=left,
        right=right,
        top=points(margins, "top", usual.top),
        bottom=points(margins, "bottom", usual.bottom),
        header=points(margins, "header", usual.header),
        footer=points(margins, "footer", usual.footer),
        headers=frames["headerReference"],
        footers=frames["footerReference"],
        first_differs=first,
    )


def _even_differ(package: ReferencePackage) -> bool:
    settings = package.related("settings")
    return bool(settings) and toggle(package.xml(settings or "").find(w("evenAndOddHeaders"))) is True


PLACES = re.compile(r"\{(marking|title|page|pages)\}")
"""What a header or footer may say, to be filled in."""


class _Measuring:
    def __init__(self, package: ReferencePackage, styles: Stylebook, part: str, measure: float) -> None:
        self._package = package
        self._styles = styles
        self._part = part
        self._measure = measure
        self._relations = package.relationships(part)
        self._floats = 0.0
        self._reach = 0.0
        self._so_far = 0.0
        self._pictures: list[Shown] = []
        self._lines: list[str] = []
        self._beside: list[str] = []

    def frame(self) -> Frame:
        root = self._package.xml(self._part)
        depth = self._blocks(root, self._measure)
        text = "".join(t.text or "" for t in root.iter(w("t")))
        last = next((e for e in reversed(root) if isinstance(e.tag, str)), None)
        return Frame(
            part=self._part,
            depth=depth,
            floats=self._floats,
            reach=self._reach,
            places=frozenset(PLACES.findall(text)),
            room=self._paragraph(last, self._measure) if last is not None and is_blank(last) else 0.0,
            pictures=tuple(self._pictures),
            lines=tuple(self._lines),
            beside=tuple(self._beside),
        )

    def _blocks(self, parent: Any, measure: float) -> float:
        depth = 0.0
        for element in parent:
            if parent.tag in (w("hdr"), w("ftr")):
                self._so_far = depth
            if element.tag == w("p"):
                depth += self._paragraph(element, measure)
                self._lines += _words(element)
            elif element.tag == w("tbl"):
                depth += self._table(element, measure)
            elif element.tag == w("sdt") and (inside := element.find(w("sdtContent"))) is not None:
                depth += self._blocks(inside, measure)
        return depth

    def _table(self, table: Any, measure: float) -> float:
        grid = [(number(column, "w") or 0) / 20 for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        padding = self._padding(table.find(w("tblPr")))
        depth = 0.0
        for row in table.iterfind(w("tr")):
            height = row.find(f"{w('trPr')}/{w('trHeight')}")
            least = (number(height) or 0) / 20
            column, deepest = 0, 0.0
            row_begins = cell_begins = len(self._lines)
            for cell in row.iterfind(w("tc")):
                properties = cell.find(w("tcPr"))
                span = int(number(properties.find(w("gridSpan"))) or 1) if properties is not None else 1
                width = sum(grid[column : column + span]) or measure
                column += span
                above, below = self._padding(properties, "tcMar", padding)
                cell_begins = len(self._lines)
                deepest = max(deepest, above + self._blocks(cell, width) + below)
            if row_begins < cell_begins < len(self._lines) and not self._beside:
                self._beside = self._lines[cell_begins:]
            exact = height is not None and height.get(w("hRule")) == "exact"
            depth += least if exact else max(least, deepest)
            depth += 0.5
        return depth

    def _padding(
        self, properties: Any, name: str = "tblCellMar", usual: tuple[float, float] = (0, 0)
    ) -> tuple[float, float]:
        margins = properties.find(w(name)) if properties is not None else None
        if margins is None:
            return usual
        above, below = ((number(margins.find(w(side)), "w") or 0) / 20 for side in ("top", "bottom"))
        return above, below

    def _paragraph(self, paragraph: Any, measure: float) -> float:
        properties = paragraph.find(w("pPr"))
        named = properties.find(w("pStyle")) if properties is not None else None
        base = self._styles.inherited(named.get(w("val")) if named is not None else None)
        if properties is not None and properties.find(w("framePr")) is not None:
            return 0.0  # it stands in a frame of its own
        said = laid_over(base, self._styles.said_by(properties, None))
        runs = [laid_over(said, self._styles.said_by(None, run.find(w("rPr")))) for run in _own(paragraph, "r")]
        mark = properties.find(w("rPr")) if properties is not None else None
        if not runs:
            runs = [laid_over(said, self._styles.said_by(None, mark))]
        styles = [self._styles.complete(run) for run in runs]
        leading = max(style.leading for style in styles)
        count = self._line_count(paragraph, styles, measure)
        tallest = max((height for height in self._inline(paragraph)), default=0.0)
        self._floating(paragraph)
        depth = leading * count
        if tallest and said.rule != "exact":
            depth += max(0.0, tallest + 0.25 * styles[0].size - leading)
        whole = styles[0]
        return whole.before + whole.over + depth + whole.under + whole.after

    def _line_count(self, paragraph: Any, styles: list[WordStyle], measure: float) -> int:
        breaks = sum(1 for _ in _own(paragraph, "br", "cr"))
        widest = 0.0
        for line in _words(paragraph, keep_tabs=True):
            widest = max(widest, len(line) * _LETTER * max(style.size for style in styles))
        room = max(40.0, measure - styles[0].left - styles[0].right)
        return breaks + max(1, math.ceil(widest / room / 1.05) if widest > room else 1)

    def _inline(self, paragraph: Any) -> Iterator[float]:
        """Heights of pictures that stand in a line."""
        for inline in paragraph.iter(f"{{{WP}}}inline"):
            width, height = _extent(inline)
            self._note(inline, width, height)
            yield height
        for shape in _shapes(paragraph):
            style = dict(part.split(":", 1) for part in shape.get("style", "").lower().split(";") if ":" in part)
            if style.get("position", "").strip() != "absolute":
                yield (length(style.get("height", "").strip()) or 0) / 20

    def _floating(self, paragraph: Any) -> None:
        """What floats with text around it pushes the page's text below itself; what lies behind it does not."""
        for anchor in paragraph.iter(f"{{{WP}}}anchor"):
            width, height = _extent(anchor)
            self._note(anchor, width, height)
            beside = ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom")
            if is_on(anchor.get("behindDoc", "0")) or all(anchor.find(f"{{{WP}}}{name}") is None for name in beside):
                continue
            place = anchor.find(f"{{{WP}}}positionV")
            offset = place.find(f"{{{WP}}}posOffset") if place is not None else None
            down = _points(offset.text) if offset is not None else 0.0
            foot = down + height + _emu(anchor, "distB")
            if place is not None and place.get("relativeFrom") == "page":
                self._reach = max(self._reach, foot)
            else:
                self._floats = max(self._floats, self._so_far + foot)

    def _note(self, drawing: Any, width: float, height: float) -> None:
        blip = drawing.find(f".//{{{A}}}blip")
        relation = self._relations.get(blip.get(f"{{{R}}}embed", "")) if blip is not None else None
        if relation is None or relation.target not in self._package.parts:
            return
        properties = drawing.find(f"{{{WP}}}docPr")
        description = (properties.get("descr") or properties.get("title") or "") if properties is not None else ""
        self._pictures.append(Shown(relation.target, width, height, description))


def is_blank(paragraph: Any) -> bool:
    """Whether an element is a paragraph with nothing in it that is seen."""
    seen = ("t", "drawing", "pict", "object", "fldChar", "fldSimple", "sym", "br", "tab", "ptab")
    return paragraph.tag == w("p") and not any(True for _ in paragraph.iter(*map(w, seen)))


def _own(paragraph: Any, *names: str) -> Iterator[Any]:
    """Elements of these names in a paragraph, without those of the text boxes that hang on it."""
    wanted, apart = {w(name) for name in names}, {w("txbxContent"), f"{{{MC}}}Fallback"}
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        if element.tag not in apart:
            waiting += reversed(element)


def _words(paragraph: Any, keep_tabs: bool = False) -> list[str]:
    """A paragraph's lines; the results of fields and what is filled in are left out."""
    words: list[str] = []
    depth = 0
    for element in _own(paragraph, "t", "tab", "br", "cr", "fldChar"):
        if element.tag == w("fldChar"):
            depth += {"begin": 1, "end": -1}.get(element.get(w("fldCharType"), ""), 0)
        elif element.tag in (w("br"), w("cr")):
            words.append("\n")
        elif element.tag == w("tab"):
            if element.getparent().tag == w("r"):
                words.append("" if keep_tabs else "\n")
        elif depth == 0:
            words.append(element.text or "")
    text = PLACES.sub("", "".join(words))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _extent(drawing: Any) -> tuple[float, float]:
    extent = drawing.find(f"{{{WP}}}extent")
    return (0.0, 0.0) if extent is None else (_emu(extent, "cx"), _emu(extent, "cy"))


def _emu(element: Any, name: str) -> float:
    """A length in English Metric Units, in points."""
    return _points(element.get(name))


def _points(text: str | None) -> float:
    """English Metric Units as points; nothing that Word could not show."""
    return min(4000.0, int(text) / 12700) if text and re.fullmatch(r"[0-9]{1,10}", text) else 0.0


def _shapes(paragraph: Any) -> Iterator[Any]:
    """VML shapes (§19.1), as files of older versions have them."""
    for picture in paragraph.iter(w("pict")):
        yield from (
            e for e in picture if isinstance(e.tag, str) and e.tag.startswith("{urn:schemas-microsoft-com:vml}")
        )


def picture_suffix(part: str) -> str:
    """The suffix of a picture's part, in lower case."""
    return posixpath.splitext(part)[1].lower()
