"""A figure of the Layout as a PNG, for formats that cannot draw.

The same strokes, boxes and words as in the PDF, at a resolution at which print shows no steps.
"""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate, cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from briefgen.layout.model import Box, Figure, Line, Picture, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import ImageDraw, ImageFont
    from PIL.Image import Image

    from briefgen.fonts import Fonts

PIXELS_PER_POINT = 8
"""576 pixels to the inch."""


def draw(figure: Figure, fonts: Fonts) -> bytes:
    """Draw a figure.

    Args:
        figure: what is drawn, in page coordinates.
        fonts: those that the Layout was made with.

    Returns:
        A PNG of the figure's box, `PIXELS_PER_POINT` pixels to the point; the same bytes for the same figure.
    """
    from PIL import Image

    size = (_pixels(figure.width), _pixels(figure.height))
    image = Image.new("RGB", size, "white")
    canvas = _Canvas(image, figure, fonts)
    for placed in figure.items:
        canvas.place(placed)
    out = BytesIO()
    colours = image.quantize(64) if not any(isinstance(p, Picture) for p in figure.items) else image
    colours.save(out, "PNG", optimize=True, dpi=(72 * PIXELS_PER_POINT, 72 * PIXELS_PER_POINT))
    return out.getvalue()


def photograph(figure: Figure) -> Path | None:
    """The file of a figure that is nothing but one raster picture which Word can show as it is."""
    match figure.items:
        case (Picture(path=path),) if path.lower().endswith((".png", ".jpg", ".jpeg")):
            return Path(path)
        case _:
            return None


def _pixels(points: float) -> int:
    return max(1, round(points * PIXELS_PER_POINT))


THINNEST = 0.75
"""The least thickness of a line, in points: thinner ones, which a PDF's reader draws a whole pixel wide, would pale on
a screen."""


class _Canvas:
    """An image that is drawn on in page coordinates."""

    def __init__(self, image: Image, figure: Figure, fonts: Fonts) -> None:
        from PIL import ImageDraw

        self._image = image
        self._draw: ImageDraw.ImageDraw = ImageDraw.Draw(image)
        self._left, self._top = figure.x, figure.y
        self._fonts = fonts
        self._characters: dict[str, set[str]] = {}
        for placed in figure.items:
            if isinstance(placed, Line):
                for run in placed.runs:
                    self._characters.setdefault(run.face, set()).update(run.text)
        self._loaded: dict[tuple[str, float], ImageFont.FreeTypeFont] = {}
        self._subsets: dict[str, bytes] = {}

    def place(self, placed: Line | Stroke | Box | Picture) -> None:
        match placed:
            case Line():
                for run in placed.runs:
                    at = (self._x(run.x), self._y(placed.y - run.rise))
                    self._draw.text(at, run.text, run.colour, self._font(run.face, run.size), anchor="ls")
            case Stroke():
                start, end = (self._x(placed.x1), self._y(placed.y1)), (self._x(placed.x2), self._y(placed.y2))
                self._stroke(start, end, placed.width, placed.colour, placed.dash)
            case Box():
                self._box(placed)
            case Picture():
                self._picture(placed)
            case _:
                assert_never(placed)

    def _x(self, points: float) -> float:
        return (points - self._left) * PIXELS_PER_POINT

    def _y(self, points: float) -> float:
        return (points - self._top) * PIXELS_PER_POINT

    def _font(self, face: str, size: float) -> ImageFont.FreeTypeFont:
        from PIL import ImageFont

        if (face, size) not in self._loaded:
            if face not in self._subsets:
                characters = frozenset(self._characters[face])
                self._subsets[face] = self._fonts.subset(self._fonts.by_key(face), characters)
            self._loaded[face, size] = ImageFont.truetype(
                BytesIO(self._subsets[face]), size * PIXELS_PER_POINT, layout_engine=ImageFont.Layout.BASIC
            )
        return self._loaded[face, size]

    def _box(self, box: Box) -> None:
        left, top, right, bottom = (
            self._x(box.x),
            self._y(box.y),
            self._x(box.x + box.width),
            self._y(box.y + box.height),
        )
        if box.fill is not None:
            self._rectangle(left, top, right, bottom, box.fill)
        if box.stroke is not None and box.stroke_width:
            corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
            for start, end in pairwise(corners):
                self._stroke(start, end, box.stroke_width, box.stroke, box.dash)

    def _rectangle(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Fill whole pixels from edge to edge (Pillow counts the last pixel in)."""
        edges = round(left), round(top), max(round(left), round(right) - 1), max(round(top), round(bottom) - 1)
        self._draw.rectangle(edges, fill=colour)

    def _stroke(
        self, start: tuple[float, float], end: tuple[float, float], points: float, colour: str, dash: Sequence[float]
    ) -> None:
        half = max(points, THINNEST) * PIXELS_PER_POINT / 2
        for (x1, y1), (x2, y2) in _dashes(start, end, dash):
            if y1 == y2:
                self._rectangle(min(x1, x2), y1 - half, max(x1, x2), y1 + half, colour)
            elif x1 == x2:
                self._rectangle(x1 - half, min(y1, y2), x1 + half, max(y1, y2), colour)
            else:
                self._draw.line(((x1, y1), (x2, y2)), fill=colour, width=max(1, round(2 * half)))

    def _picture(self, picture: Picture) -> None:
        from PIL import Image

        with Image.open(picture.path) as raster:
            size = (_pixels(picture.width), _pixels(picture.height))
            scaled = raster.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
        at = (round(self._x(picture.x)), round(self._y(picture.y)))
        self._image.paste(scaled, at, scaled)


def _dashes(
    start: tuple[float, float], end: tuple[float, float], dash: Sequence[float]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """A line's inked pieces; `dash` is on, off… in points, as in PDF."""
    (x1, y1), (x2, y2) = start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not dash or not length or sum(dash) <= 0:
        yield start, end
        return

    def at(distance: float) -> tuple[float, float]:
        share = min(1.0, distance / length)
        return x1 + (x2 - x1) * share, y1 + (y2 - y1) * share

    steps = tuple(dash) * (2 if len(dash) % 2 else 1)  # an odd list is read twice (ISO 32000, 8.4.3.6)
    places = accumulate((step * PIXELS_PER_POINT for step in cycle(steps)), initial=0.0)
    for index, (on, off) in enumerate(pairwise(places)):
        if on >= length:
            return
        if index % 2 == 0 and off > on:
            yield at(on), at(off)
