"""A Layout as PDF: what `layout` has placed is drawn there, and nothing is decided.

Text is shown by our own operators: with every run's place known, ReportLab's text objects have nothing left to do, and
a run's operators stay together to be marked with the element that they belong to (`pdf_tags`). What the file says of
itself is in `pdf_archive`, its objects are put together in `pdf_file`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import assert_never

from reportlab.lib.utils import ImageReader

from briefgen.addresses import as_uri
from briefgen.errors import BriefgenError, Problem
from briefgen.fonts import Face, Fonts
from briefgen.layout.model import Anchor, Bookmark, Box, Layout, Line, Page, Picture, Run, Stroke
from briefgen.theme import PageSetup
from briefgen.writers import Finished
from briefgen.writers.pdf_archive import archive, described, info
from briefgen.writers.pdf_file import PdfFile, array, dictionary, number, reference, text_string
from briefgen.writers.pdf_fonts import UNNAMED, EmbeddedFace, embed
from briefgen.writers.pdf_tags import Artifact, Tags

_OUTLINE_SHOWN_FROM = 4  # pages


def write(finished: Finished) -> bytes:
    """Write a laid-out document as PDF, tagged (PDF/UA-1) and archival (PDF/A-3a), with its manifest attached.

    The same input gives the same bytes.

    Raises:
        BriefgenError: a font may not be embedded, or a picture cannot be read.
    """
    layout, meta = finished.layout, finished.document.meta
    file = PdfFile()
    faces = embed(file, _subsets(layout, finished.fonts))
    anchors = {anchor.name: anchor for anchor in layout.anchors}
    tags = Tags(layout, anchors)
    drawing = _Drawing(file, faces, tags, finished.theme.page)
    bookmarked = dict.fromkeys(bookmark.anchor for bookmark in layout.bookmarks)  # in order
    for index, page in enumerate(layout.pages):
        for name in bookmarked:
            if name in anchors and anchors[name].page == index:
                file.bookmark(name, page.height - anchors[name].y)
        file.end_page(drawing.operators(page, index), page.width, page.height)
    for index, page in enumerate(layout.pages):
        areas = [_annotation(link, index, tags, file, anchors, layout.pages) for link in _links(page, tags)]
        file.describe_page(index, areas, {"StructParents": str(index), "Tabs": "/S"})
    _outline(file, layout.bookmarks, anchors)
    description = described(meta)
    entries = {"Lang": text_string(meta.language), "ViewerPreferences": "<</DisplayDocTitle true>>"}
    if layout.bookmarks and len(layout.pages) >= _OUTLINE_SHOWN_FROM:
        entries["PageMode"] = "/UseOutlines"
    entries |= _page_labels(layout.pages)
    file.describe({**entries, **tags.write(file), **archive(file, description, finished.manifest)})
    return file.written(info=file.add(info(description)))


def _subsets(layout: Layout, fonts: Fonts) -> dict[Face, bytes]:
    """The fonts used, in the order of their first use, with the characters that are shown in them."""
    used: dict[str, set[str]] = {}
    for page in layout.pages:
        for placed in page.items:
            if isinstance(placed, Line):
                for run in placed.runs:
                    used.setdefault(run.face, set()).update(run.text)
    faces = {fonts.by_key(key): frozenset(characters - UNNAMED) for key, characters in used.items() if characters}
    return {face: fonts.subset(face, characters) for face, characters in faces.items()}


# ---- drawing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """Operators that draw one thing.

    Attributes:
        belongs: the element that it is part of, or which kind of artifact it is.
        text: whether they belong between BT and ET.
    """

    belongs: int | Artifact
    text: bool
    operators: str


class _Drawing:
    """Pages as operators, each page's marked with the elements that they belong to."""

    def __init__(self, file: PdfFile, faces: Mapping[str, EmbeddedFace], tags: Tags, setup: PageSetup) -> None:
        self._file = file
        self._faces = faces
        self._tags = tags
        self._setup = setup

    def operators(self, page: Page, index: int) -> Iterator[str]:
        """The operators that draw a page."""
        for belongs, pieces in groupby(self._pieces(page), key=lambda piece: piece.belongs):
            yield self._tags.opening(index, belongs)
            for text, together in groupby(pieces, key=lambda piece: piece.text):
                if text:
                    yield "BT"
                yield from (piece.operators for piece in together)
                if text:
                    yield "ET"
            yield "EMC"

    def _pieces(self, page: Page) -> Iterator[_Piece]:
        height = page.height
        for placed in page.items:
            match placed:
                case Line():
                    for run in placed.runs:
                        if run.text:
                            shown = _show(run, self._faces[run.face], height - placed.y)
                            yield _Piece(self._belongs(run.element, placed.y, height), True, shown)
                case Stroke():
                    yield _Piece(self._belongs(placed.element, placed.y1, height), False, _stroke(placed, height))
                case Box():
                    yield _Piece(self._belongs(placed.element, placed.y, height), False, _box(placed, height))
                case Picture():
                    drawn = _picture(placed, self._file, height)
                    yield _Piece(self._belongs(placed.element, placed.y, height), False, drawn)
                case _:
                    assert_never(placed)

    def _belongs(self, element: int | None, y: float, height: float) -> int | Artifact:
        if element is not None and self._tags.is_content(element):
            return element
        if y < self._setup.top:
            return Artifact.HEADER
        return Artifact.FOOTER if y > height - self._setup.bottom else Artifact.OTHER


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


def _picture(picture: Picture, file: PdfFile, height: float) -> str:
    """The operators that draw an image, which is put into the file."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(_source(picture)) as opened:
            # By path, ReportLab would name it after its place on this machine, but keeps a JPEG as it is.
            # Inks have no place beside sRGB (ISO 19005-3, 6.2.4.3).
            image = ImageReader(opened.convert("RGB") if opened.mode == "CMYK" else _source(picture))
            return file.picture(image, picture.x, height - picture.y - picture.height, picture.width, picture.height)
    except (OSError, UnidentifiedImageError):
        message = "the picture cannot be read: it is no PNG, JPEG or GIF"
        raise BriefgenError(Problem("picture-unreadable", message, hints=(f"it is {picture.path}",))) from None


def _source(picture: Picture) -> str | BytesIO:
    """Where an image is read from."""
    return picture.path if picture.contents is None else BytesIO(picture.contents)


def _pen(width: float, colour: str, dash: tuple[float, ...]) -> str:
    return f"{_colour(colour)} RG {_n(width)} w [{' '.join(map(_n, dash))}] 0 d"


def _colour(colour: str) -> str:
    return " ".join(_n(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))


_n = number

# ---- links, outline, page labels ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Link:
    """The area of a link, or of the part of it that stands on one line."""

    element: int | None
    target: str
    words: str
    left: float
    top: float
    right: float
    bottom: float


def _links(page: Page, tags: Tags) -> Iterator[_Link]:
    """Each stretch of a line that leads somewhere."""
    for line in page.items:
        if isinstance(line, Line):
            for (target, element), together in groupby(line.runs, key=lambda run: (run.link, tags.link(run.element))):
                runs = tuple(together)
                if target is not None and tags.leads(runs[0]) and tags.is_content(element):
                    words = "".join(run.text for run in runs).strip()
                    right = max(run.x + run.width for run in runs)
                    yield _Link(element, target, words, runs[0].x, line.top, right, line.bottom)


def _annotation(
    link: _Link, page: int, tags: Tags, file: PdfFile, anchors: Mapping[str, Anchor], pages: Sequence[Page]
) -> int:
    height = pages[page].height
    edges = (link.left, height - link.bottom, link.right, height - link.top)
    annotation = file.reserve()
    if link.target.startswith("#"):
        anchor = anchors[link.target[1:]]
        place = f"{reference(file.page(anchor.page))} /XYZ 0 {_n(pages[anchor.page].height - anchor.y)} null"
        said, leads = tags.description(link.element) or link.words, f"/Dest[{place}]"
    else:
        said, leads = link.target, f"/A<</S/URI/URI{text_string(as_uri(link.target))}>>"
    file.put(
        annotation,
        dictionary(
            f"/Type/Annot/Subtype/Link/Rect{array(map(_n, edges))}/Border[0 0 0]"
            f"/F 4/Contents{text_string(said)}{leads}{tags.annotate(page, link.element, annotation)}"
        ),  # F 4: it prints, as PDF/A asks
    )
    return annotation


def _outline(file: PdfFile, bookmarks: Iterable[Bookmark], anchors: Mapping[str, Anchor]) -> None:
    above: list[int] = []  # levels of the entries that hold this one: an outline has no gaps where headings may
    for bookmark in bookmarks:
        if bookmark.anchor in anchors:
            while above and above[-1] >= bookmark.level:
                above.pop()
            file.outline(bookmark.title, bookmark.anchor, len(above))
            above.append(bookmark.level)


def _page_labels(pages: tuple[Page, ...]) -> Mapping[str, str]:
    """The page numbers as printed, for viewers, where they are not simply 1, 2, 3…"""
    if all(page.label == str(number) for number, page in enumerate(pages, start=1)):
        return {}
    labels = (f"{index}<<{f'/P{text_string(page.label)}' if page.label else ''}>>" for index, page in enumerate(pages))
    return {"PageLabels": f"<</Nums{array(labels)}>>"}
