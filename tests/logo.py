"""Draws the logo of the theme `chamber`: `python -m tests.logo` writes `templates/themes/chamber.png`.

Four tiles, each a quarter of a disc around another corner: parts that turn about one middle.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

PLACE = Path(__file__).resolve().parents[1] / "templates/themes/chamber.png"
TILE, GAP, FINER = 120, 8, 4
"""A tile's side and the white between tiles, in pixels; it is drawn so many times finer and scaled down."""
COLOURS = ("#17573A", "#3E8A63", "#17573A", "#3E8A63")
GROUND = "#EEF3EF"


def draw() -> Image.Image:
    """The logo, on the letterhead's ground: no transparency, which an archival PDF had better do without."""
    tile, gap = TILE * FINER, GAP * FINER
    side = 2 * tile + gap
    image = Image.new("RGB", (side, side), GROUND)
    near, far = 0, tile + gap
    # each tile's left and top, and the corner of the tile that its disc is around
    tiles = [(near, near, 0, 1), (far, near, 0, 0), (far, far, 1, 0), (near, far, 1, 1)]
    for (left, top, right, bottom), colour in zip(tiles, COLOURS, strict=True):
        x, y = left + right * tile, top + bottom * tile
        mask = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mask).rectangle((left, top, left + tile - 1, top + tile - 1), fill=255)
        disc = Image.new("RGB", (side, side), GROUND)
        ImageDraw.Draw(disc).ellipse((x - tile, y - tile, x + tile, y + tile), fill=colour)
        image.paste(disc, mask=mask)
    return image.resize((side // FINER, side // FINER), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw().save(PLACE, "PNG", optimize=True)
