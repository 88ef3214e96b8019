"""The letterhead: what the first page has at its head in place of the header and the top rule.

The sender's logo and name are part of the document and are tagged; the rest is the page's frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from briefgen.document import Cover, Document, Text
from briefgen.errors import BriefgenError, Problem
from briefgen.layout.lines import MeasuredText
from briefgen.layout.model import Box, Picture, Placed, Role, Stroke
from briefgen.layout.setting import Setting
from briefgen.theme import (
    FRAME_DEPTH,
    NAME_GAP,
    Letterhead,
    Logo,
    PageSetup,
    StyleName,
    TextStyle,
    Theme,
    beside_depth,
    beside_texts,
    line_style,
)

LOGO_GAP = 9.75
"""White space between the logo and the name."""

NAME_SHARE = 0.62
"""Of the measure: how far logo and name may reach; the rest is the marking's and the document's name's."""

APART = 18
"""The least white space between the two."""


@dataclass(frozen=True, slots=True)
class PlacedLetterhead:
    """A letterhead at its place.

    Attributes:
        items: in page coordinates.
        reach: the right edge of logo and name.
        figure: the logo's element and its box: left, top, right, bottom.
    """

    items: tuple[Placed, ...]
    reach: float
    figure: tuple[int, tuple[float, float, float, float]] | None = None


def letterhead_reach(theme: Theme, text_top: float) -> float:
    """How far a letterhead, with the gap below it, reaches below where text begins otherwise, in points."""
    if theme.reference:
        return theme.reference.drop
    head = theme.letterhead
    return max(0.0, theme.page.header + head.depth + theme.rules.top + head.gap - text_top) if head else 0.0


def letterhead_drop(theme: Theme, document: Document, text_top: float) -> float:
    """How much lower the text of the first page begins than that of others; a cover has room enough.

    Args:
        text_top: where the text of other pages begins.
    """
    return 0.0 if begins_with_cover(document) else letterhead_reach(theme, text_top)


def begins_with_cover(document: Document) -> bool:
    """Whether the letterhead's page is a cover."""
    return bool(document.blocks) and isinstance(document.blocks[0], Cover)


def set_letterhead(head: Letterhead, setting: Setting, on_cover: bool) -> PlacedLetterhead:
    """Band, rule, logo, name and lines, all centred on the band's middle, and the lines beside them.

    Args:
        on_cover: whether it stands on a cover, which has the marking alone below the lines at its right.

    Raises:
        BriefgenError: `image-not-readable`, `missing-glyph`; `letterhead-too-long` when a line does not fit.
    """
    page, rules, styles = setting.page, setting.theme.rules, setting.density.styles
    items: list[Placed] = list(_band(head, page))
    y = page.header + head.depth + rules.top / 2
    ends = (page.left - head.outset, page.left + page.measure + head.outset)
    items.append(Stroke(ends[0], y, ends[1], y, rules.top, rules.top_colour))
    left = page.left
    figure = None
    if head.logo:
        element = setting.structure.add(Role.FIGURE, 0, description=head.logo.description)
        width, height = logo_size(head.logo)
        top = page.header + (head.depth - height) / 2
        items.append(Picture(left, top, width, height, head.logo.path, element, head.logo.contents))
        figure = element, (left, top, left + width, top + height)
        left += width + LOGO_GAP
    beside = max((_measured(words, style, setting).natural for words, style in beside_texts(head, styles)), default=0.0)
    right = page.left + min(page.measure * NAME_SHARE, page.measure - beside - (APART if beside else 0))
    texts = letterhead_texts(head, styles)
    y = page.header + (head.depth - sum(style.leading for _, style in texts)) / 2
    reach = left
    for words, style in texts:
        text = _measured(words, style, setting, setting.structure.add(Role.PARAGRAPH, 0))
        first, *others = text.lines(right - left)
        if others:
            raise BriefgenError(_too_long(words, head, right - left))
        reach = max(reach, left + first.width)
        items.append(setting.line(text, first, style, left, top=y))
        y += style.leading
    items += _beside(head, setting, on_cover)
    return PlacedLetterhead(tuple(items), reach, figure)


def letterhead_texts(head: Letterhead, styles: Mapping[StyleName, TextStyle]) -> list[tuple[str, TextStyle]]:
    """The name and the lines below it, each with its style."""
    name = [(head.name, styles[StyleName.LETTERHEAD])] if head.name else []
    return name + [(words, line_style(styles)) for words in head.lines]


def marking_top(head: Letterhead, styles: Mapping[StyleName, TextStyle], on_cover: bool) -> float:
    """Where in the band the marking begins: lines, marking and the document's name stand in its middle together."""
    name = 0.0 if on_cover else NAME_GAP + line_style(styles).leading
    beside = beside_depth(head, styles)
    return (head.depth - beside - FRAME_DEPTH - name) / 2 + beside


def _measured(words: str, style: TextStyle, setting: Setting, element: int | None = None) -> MeasuredText:
    return MeasuredText(setting.spans((Text(words),), style, element), setting.advances)


def _beside(head: Letterhead, setting: Setting, on_cover: bool) -> Iterator[Placed]:
    page, styles = setting.page, setting.density.styles
    y = page.header + marking_top(head, styles, on_cover) - beside_depth(head, styles)
    for words, style in beside_texts(head, styles):
        text = _measured(words, style, setting, setting.structure.add(Role.PARAGRAPH, 0))
        line = text.lines(text.natural + 1)[0]
        yield setting.line(text, line, style, page.left + page.measure - line.width, top=y)
        y += style.leading


def _too_long(words: str, head: Letterhead, room: float) -> Problem:
    message = f"{words!r} does not fit on one line of the letterhead, which has {room:.0f} points for it"
    hint = "shorten it, or make two of the letterhead's `lines` of it"
    return Problem("letterhead-too-long", message, head.location, hints=(hint,))


def _band(head: Letterhead, page: PageSetup) -> tuple[Box, ...]:
    if head.ground is None:
        return ()
    width = page.measure + 2 * head.outset
    return (Box(page.left - head.outset, page.header, width, head.depth, fill=head.ground),)


def logo_size(logo: Logo) -> tuple[float, float]:
    """Width and height of a logo as shown, in points.

    Raises:
        BriefgenError: `image-not-readable`.
    """
    try:
        width, height = _pixels(logo.contents or logo.path)
    except OSError as error:
        message = f"the logo {Path(logo.path).name} cannot be read: {error}"
        hint = "use a PNG or JPEG file"
        raise BriefgenError(Problem("image-not-readable", message, logo.location, hints=(hint,))) from error
    return logo.height * width / height, logo.height


@cache
def _pixels(picture: str | bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(BytesIO(picture) if isinstance(picture, bytes) else picture) as opened:
        return opened.size
