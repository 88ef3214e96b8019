"""Figures as pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from briefgen.fonts import Fonts
from briefgen.layout.model import Box, Figure, Line, Picture, Placed, Run, Stroke
from briefgen.theme import StyleName
from briefgen.themes import load_theme
from briefgen.writers.picture import PIXELS_PER_POINT, draw, photograph

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    theme = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert theme is not None
    return Fonts(theme)


def drawn(fonts: Fonts, *items: Placed) -> Image.Image:
    """A figure of 20 × 10 points whose corner lies at (100, 50)."""
    return Image.open(BytesIO(draw(Figure(0, 100, 50, 20, 10, items), fonts))).convert("RGB")


def at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    pixel = image.getpixel((int(x * PIXELS_PER_POINT), int(y * PIXELS_PER_POINT)))
    assert isinstance(pixel, tuple)
    return pixel


def test_a_box_lies_where_the_layout_says(fonts: Fonts) -> None:
    image = drawn(fonts, Box(105, 52, 10, 5, fill="#0B4F6C"))
    assert image.size == (20 * PIXELS_PER_POINT, 10 * PIXELS_PER_POINT)
    assert at(image, 5.1, 2.1) == at(image, 14.9, 6.9) == (0x0B, 0x4F, 0x6C)
    assert at(image, 4.9, 4) == at(image, 15.1, 4) == at(image, 10, 7.1) == (255, 255, 255)


def test_dashes_begin_with_ink(fonts: Fonts) -> None:
    image = drawn(fonts, Stroke(100, 55, 120, 55, 1, "#000000", (3, 2)))
    assert [at(image, x, 5)[0] for x in (1, 2.9, 3.1, 4.9, 5.1)] == [0, 0, 255, 255, 0]


def test_a_slanting_stroke_is_drawn(fonts: Fonts) -> None:
    image = drawn(fonts, Stroke(100, 50, 120, 60, 1, "#FF0000"))
    assert at(image, 10, 5) == (255, 0, 0)


def test_words_stand_on_their_baseline(fonts: Fonts) -> None:
    theme = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert theme is not None
    face = fonts.face(theme.densities[0].styles[StyleName.BODY])
    image = drawn(fonts, Line(57, 50, 60, (Run(101, "III", face.key, 8, "#000000"),)))
    columns, rows = image.size
    inked = [y for y in range(rows) if any(image.getpixel((x, y)) != (255, 255, 255) for x in range(columns))]
    assert max(inked) / PIXELS_PER_POINT == pytest.approx(7, abs=0.2)


def test_the_same_figure_gives_the_same_bytes(fonts: Fonts) -> None:
    figure = Figure(0, 0, 0, 20, 10, (Box(1, 1, 5, 5, fill="#123456", stroke="#000000", stroke_width=1, dash=(3, 2)),))
    assert draw(figure, fonts) == draw(figure, fonts)


def test_a_photograph_is_taken_as_it_is(tmp_path: Path) -> None:
    path = str(tmp_path / "a.JPG")
    assert photograph(Figure(0, 0, 0, 9, 9, (Picture(0, 0, 9, 9, path),))) == Path(path)
    assert photograph(Figure(0, 0, 0, 9, 9, (Box(0, 0, 9, 9),))) is None


def test_other_pictures_are_drawn_in(fonts: Fonts, tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    Image.new("RGB", (10, 10), (0, 128, 0)).save(path)
    image = drawn(fonts, Picture(100, 50, 10, 10, str(path)))
    assert at(image, 5, 5)[1] == pytest.approx(128, abs=2)
    assert at(image, 15, 5) == (255, 255, 255)
