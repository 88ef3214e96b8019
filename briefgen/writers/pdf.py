"""A Layout as PDF: what `layout` has placed is drawn there, and nothing is decided.

Text is shown by our own operators on ReportLab's canvas: with every run's place known there is nothing left for its
text objects to do, and a run's operators stay together for whoever marks them with the structure they belong to.
ReportLab writes the file: pages, images, annotations, the outline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, assert_never
from urllib.parse import quote

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFInfo, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from briefgen import __version__
from briefgen.document import Meta
from briefgen.errors import BriefgenError, Problem
from briefgen.fonts import Face, Fonts
from briefgen.layout.model import Bookmark, Box, Layout, Line, Page, Picture, Run, Stroke
from briefgen.writers import Finished
from briefgen.writers.pdf_fonts import EmbeddedFace, embed

rl_config.useA85 = 0  # no ASCII armour around compressed streams: an eighth smaller

_OUTLINE_SHOWN_FROM = 4  # pages


def write(finished: Finished) -> bytes:
    """Write a laid-out document as PDF; the same input gives the same bytes.

    Raises:
        BriefgenError: a font may not be embedded, or a picture cannot be read.
    """
    layout, meta = finished.layout, finished.document.meta
    written = BytesIO()
    canvas = _Canvas(
        written,
        pagesize=(layout.width, layout.height),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        lang=meta.language,
    )
    faces = embed(canvas._doc, _subsets(layout, finished.fonts))
    anchors = {anchor.name for anchor in layout.anchors}
    for number, page in enumerate(layout.pages):
        for anchor in layout.anchors:
            if anchor.page == number:
                canvas.bookmarkPage(anchor.name, fit="XYZ", left=0, top=layout.height - anchor.y)
        _draw(page, canvas, faces, layout.height)
        for link in _links(page, anchors):
            canvas._addAnnotation(_annotation(link, canvas, layout.height))
        canvas.showPage()
    _describe(canvas, meta)
    _label_pages(canvas, layout.pages)
    _outline(canvas, layout.bookmarks, anchors)
    if layout.bookmarks and len(layout.pages) >= _OUTLINE_SHOWN_FROM:
        canvas.showOutline()
    canvas.save()
    return written.getvalue()


class _Canvas(Canvas):
    """A canvas whose pages begin empty.

    ReportLab's begin by choosing a font, which leaves an unembedded Helvetica in every file. Its parts that have no
    public name and are used here are declared here.
    """

    _doc: Any
    _code: list[str]
    _addAnnotation: Any
    _bookmarkReference: Any

    def _make_preamble(self) -> None:
        self._preamble = ""


def _subsets(layout: Layout, fonts: Fonts) -> dict[Face, bytes]:
    """The fonts used, in the order of their first use, with the characters that are shown in them."""
    used: dict[str, set[str]] = {}
    for page in layout.pages:
        for placed in page.items:
            if isinstance(placed, Line):
                for run in placed.runs:
                    used.setdefault(run.face, set()).update(run.text)
    faces = {fonts.by_key(key): frozenset(characters) for key, characters in used.items() if characters}
    return {face: fonts.subset(face, characters) for face, characters in faces.items()}


# ---- drawing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """Operators that draw one thing.

    Attributes:
        element: the element they belong to, None for an artifact.
        text: whether they belong between BT and ET.
    """

    element: int | None
    text: bool
    operators: str


def _draw(page: Page, canvas: _Canvas, faces: Mapping[str, EmbeddedFace], height: float) -> None:
    for element, pieces in groupby(_pieces(page, canvas, faces, height), key=lambda piece: piece.element):
        canvas._code += _marked(element, _operators(pieces))


def _marked(element: int | None, operators: Iterable[str]) -> Iterable[str]:
    """The operators of one element's content; here is where they are marked as such."""
    return operators


def _operators(pieces: Iterable[_Piece]) -> Iterator[str]:
    for text, together in groupby(pieces, key=lambda piece: piece.text):
        if text:
            yield "BT"
        yield from (piece.operators for piece in together)
        if text:
            yield "ET"


def _pieces(page: Page, canvas: _Canvas, faces: Mapping[str, EmbeddedFace], height: float) -> Iterator[_Piece]:
    for placed in page.items:
        match placed:
            case Line():
                for run in placed.runs:
                    if run.text:
                        yield _Piece(run.element, True, _show(run, faces[run.face], height - placed.y))
            case Stroke():
                yield _Piece(placed.element, False, _stroke(placed, height))
            case Box():
                yield _Piece(placed.element, False, _box(placed, height))
            case Picture():
                yield _Piece(placed.element, False, _picture(placed, canvas, height))
            case _:
                assert_never(placed)


def _show(run: Run, face: EmbeddedFace, baseline: float) -> str:
    place = f"1 0 0 1 {_n(run.x)} {_n(baseline + run.rise)} Tm"
    return f"/{face.name} {_n(run.size)} Tf {_colour(run.colour)} rg {place} {face.shown(run.text)} Tj"


def _stroke(stroke: Stroke, height: float) -> str:
    path = f"{_n(stroke.x1)} {_n(height - stroke.y1)} m {_n(stroke.x2)} {_n(height - stroke.y2)} l"
    return f"{_pen(stroke.width, stroke.colour, stroke.dash)} {path} S"


def _box(box: Box, height: float) -> str:
    path = f"{_n(box.x)} {_n(height - box.y - box.height)} {_n(box.width)} {_n(box.height)} re"
    fill = f"{_colour(box.fill)} rg " if box.fill else ""
    pen = f"{_pen(box.stroke_width, box.stroke, box.dash)} " if box.stroke else ""
    painted = "B" if box.fill and box.stroke else "f" if box.fill else "S" if box.stroke else "n"
    return f"{fill}{pen}{path} {painted}"


def _picture(picture: Picture, canvas: _Canvas, height: float) -> str:
    """The operators that draw an image, which is put into the file."""
    try:
        image = ImageReader(picture.path)  # read here: by path, ReportLab would name it after its place on this machine
    except OSError:
        message = "the picture cannot be read: it is no PNG, JPEG or GIF"
        raise BriefgenError(Problem("picture-unreadable", message, hints=(f"it is {picture.path}",))) from None
    start = len(canvas._code)
    bottom = height - picture.y - picture.height
    canvas.drawImage(image, picture.x, bottom, picture.width, picture.height, mask="auto")
    operators = canvas._code[start:]
    del canvas._code[start:]
    return " ".join(operators)


def _pen(width: float, colour: str, dash: tuple[float, ...]) -> str:
    return f"{_colour(colour)} RG {_n(width)} w [{' '.join(map(_n, dash))}] 0 d"


def _colour(colour: str) -> str:
    return " ".join(_n(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))


def _n(value: float) -> str:
    """A number as PDF has it: no exponent, no more than a thousandth of a point."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"


# ---- links, outline, what is said of the document -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Link:
    target: str
    words: str
    left: float
    top: float
    right: float
    bottom: float


def _links(page: Page, anchors: set[str]) -> Iterator[_Link]:
    """Each stretch of a line that leads somewhere. What leads to a place that is not in the document is plain text."""
    for line in page.items:
        if isinstance(line, Line):
            for target, together in groupby(line.runs, key=lambda run: run.link):
                runs = tuple(together)
                if target and (not target.startswith("#") or target[1:] in anchors):
                    words = "".join(run.text for run in runs)
                    yield _Link(target, words, runs[0].x, line.top, runs[-1].x + runs[-1].width, line.bottom)


def _annotation(link: _Link, canvas: _Canvas, height: float) -> PDFDictionary:
    entries: dict[str, Any] = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName("Link"),
        "Rect": PDFArray([_n(link.left), _n(height - link.bottom), _n(link.right), _n(height - link.top)]),
        "Border": PDFArray([0, 0, 0]),
        "F": 4,  # it prints; required by PDF/A
    }
    if link.target.startswith("#"):
        entries["Contents"] = PDFString(link.words)
        entries["Dest"] = canvas._bookmarkReference(link.target[1:])
    else:
        address = quote(link.target, safe="%/:=&?~#+!$,;'@()*[]")
        entries["Contents"] = PDFString(link.target)
        entries["A"] = PDFDictionary({"Type": PDFName("Action"), "S": PDFName("URI"), "URI": PDFString(address)})
    return PDFDictionary(entries)


def _outline(canvas: _Canvas, bookmarks: Iterable[Bookmark], anchors: set[str]) -> None:
    above: list[int] = []  # levels of the entries that hold this one: an outline has no gaps where headings may
    for bookmark in bookmarks:
        if bookmark.anchor in anchors:
            while above and above[-1] >= bookmark.level:
                above.pop()
            canvas.addOutlineEntry(bookmark.title, bookmark.anchor, len(above))
            above.append(bookmark.level)


def _label_pages(canvas: _Canvas, pages: tuple[Page, ...]) -> None:
    """Tell viewers the page numbers as printed, where they are not simply 1, 2, 3…"""
    if any(page.label != str(number) for number, page in enumerate(pages, start=1)):
        for number, page in enumerate(pages):
            canvas.addPageLabel(number, prefix=page.label or None)


def _describe(canvas: _Canvas, meta: Meta) -> None:
    canvas._doc.info = _Information(meta)
    canvas.setViewerPreference("DisplayDocTitle", "true")


class _Information(PDFInfo):
    """The document's own title, subject and day; nobody's name, and no clock's time."""

    def __init__(self, meta: Meta) -> None:
        super().__init__()
        self.title = meta.title
        self.subject = meta.description
        self.keywords = ", ".join(filter(None, (meta.kind.value, meta.marking.label, meta.audience)))
        self.creator = f"briefgen {__version__}"
        self._day = meta.as_of

    def format(self, document: Any) -> Any:
        day = PDFString(f"D:{self._day:%Y%m%d}000000Z")
        said = {"Title": self.title, "Subject": self.subject, "Keywords": self.keywords, "Creator": self.creator}
        entries: dict[str, Any] = {name: PDFString(text) for name, text in said.items() if text}
        entries |= {"Producer": PDFString(self.producer), "CreationDate": day, "ModDate": day}
        return PDFDictionary(entries).format(document)
