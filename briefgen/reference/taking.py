"""What a theme takes over from a Word file: page, type, colours and white space, in a theme's own words."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from briefgen.reference.opening import ReferencePackage
from briefgen.reference.page import Frame, Shown, WordPage, picture_suffix, read_page
from briefgen.reference.styles import LineHeight, Stylebook, WordStyle
from briefgen.theme import FRAME_DEPTH, RULE_DEPTH, StyleName

MARKING_DEPTH = FRAME_DEPTH
"""Of the line that is added for the marking to a header or footer that keeps no place for it."""

MARKING_GAP = 6.5
"""White space between that line in a header and the text, or between the text and a footer that reaches up to it."""

SLACK = 0.02
"""By how much more than reckoned a header may be deep, of its depth."""

NAMES: Mapping[StyleName, tuple[str, ...]] = {
    StyleName.BODY: ("Body Text", "Normal"),
    StyleName.LIST: ("List Bullet", "List Paragraph"),
    StyleName.TITLE: ("Title",),
    StyleName.COVER_TITLE: ("Cover Title", "Title"),
    StyleName.COVER_SUBTITLE: ("Subtitle",),
    StyleName.HEADING: ("heading 2",),
    StyleName.HEADING_1: ("heading 1",),
    StyleName.HEADING_2: ("heading 2",),
    StyleName.HEADING_3: ("heading 3",),
    StyleName.QUOTATION: ("Quote",),
    StyleName.CAPTION: ("caption",),
    StyleName.NOTE: ("footnote text",),
    StyleName.LEAD: ("Lead",),
    StyleName.ABOUT: ("About Line",),
    StyleName.KEY_VALUE: ("Key Value",),
    StyleName.KEY_LABEL: ("Key Label",),
    StyleName.KEY_PERIOD: ("Key Period",),
    StyleName.TABLE_HEAD: ("Table Head",),
    StyleName.TABLE: ("Table Text",),
    StyleName.ATTRIBUTION: ("Attribution",),
    StyleName.SOURCE: ("Source Line",),
    StyleName.ADDRESS: ("Address",),
    StyleName.CALLOUT: ("Callout",),
    StyleName.COVER_KICKER: ("Cover Kicker",),
    StyleName.COVER_LINE: ("Cover Line",),
}
"""A theme's style → the names of the Word styles that it is taken from, the first that there is."""

_AS_BODY = (
    (StyleName.LIST, StyleName.LABEL, StyleName.CALLOUT, StyleName.DECISION),
    (StyleName.HEADING_3, StyleName.ABOUT, StyleName.ADDRESS, StyleName.TABLE, StyleName.TABLE_HEAD),
)
"""Styles that follow the body's size and leading where the file has none of theirs; and those only of its family."""

_AS_HEADING = (
    *(StyleName.TITLE, StyleName.HEADING, StyleName.HEADING_1, StyleName.HEADING_2, StyleName.HEADING_3),
    *(StyleName.COVER_TITLE, StyleName.KEY_VALUE, StyleName.LETTERHEAD),
)
"""Styles in the headings' family where the file has none of theirs."""

_SPACED = (StyleName.TITLE, StyleName.HEADING_1, StyleName.HEADING_3, StyleName.CAPTION, StyleName.LEAD)
"""Styles with white space of their own above and below."""


class Given(NamedTuple):
    """A value, the Word style that it comes from, and what it may not go below: a border stands in white space."""

    value: object
    origin: str
    least: float = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What a Word file says in a theme's words.

    Attributes:
        page, spacing, colours: name of a field → value.
        styles: style → name of a field → value; `font` is a family.
        families: the families that text is set in.
        drop: how much lower the text of the first page begins than that of others, in points.
        header, footer: distances of the file's header and footer from the page's edges.
        letterhead: name, lines and logo of the first page, if there is room to show them.
    """

    page: Mapping[str, Given]
    styles: Mapping[StyleName, Mapping[str, Given]]
    spacing: Mapping[str, Given]
    colours: Mapping[str, Given]
    families: tuple[str, ...]
    drop: float
    header: float
    footer: float
    letterhead: Sender | None


@dataclass(frozen=True, slots=True)
class Sender:
    """The letterhead of a Word file.

    Attributes:
        room: between the header's distance from the edge and the text of the first page, in points.
        lines: its words.
        beside: those that stand at the right of them.
        logo: its first PNG or JPEG, with the picture's bytes.
    """

    room: float
    lines: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    logo: tuple[Shown, bytes] | None = None


@dataclass(slots=True)
class HouseStyle:
    """A Word file read as a house style.

    Args:
        package: that has been opened safely.
        line_height: of a font family, in ems.
    """

    package: ReferencePackage
    line_height: LineHeight
    styles: Stylebook = field(init=False)
    page: WordPage = field(init=False)

    def __post_init__(self) -> None:
        self.styles = Stylebook(self.package, self.line_height)
        self.page = read_page(self.package, self.styles)

    def take(self) -> Taken:
        """Everything that a theme takes over."""
        body = self.styles.paragraph(*NAMES[StyleName.BODY]) or self.styles.by_id(None)
        styles = dict(self._styles(body))
        page = self.page
        top, first = text_tops(page)
        families = dict.fromkeys(str(given["font"].value) for given in styles.values() if "font" in given)
        return Taken(
            page=dict(self._page(top)),
            styles=styles,
            spacing=dict(self._spacing(body)),
            colours=dict(self._colours(body)),
            families=tuple(families),
            drop=round(first - top, 2),
            header=page.header,
            footer=page.footer,
            letterhead=self._sender(first),
        )

    # -- page ----------------------------------------------------------------------------------------------

    def _page(self, top: float) -> Iterator[tuple[str, Given]]:
        page = self.page
        bottom = text_bottom(page)
        values = {
            "width": page.width,
            "height": page.height,
            "left": page.left,
            "right": page.right,
            "top": top - RULE_DEPTH,
            "bottom": bottom,
            "header": max(0.0, min(page.header, top - RULE_DEPTH - FRAME_DEPTH - 1)),
            "footer": max(0.0, min(page.footer, bottom - FRAME_DEPTH - 1)),
        }
        for name, value in values.items():
            yield name, Given(round(value, 2), "page setup")

    def _sender(self, first: float) -> Sender | None:
        frame = self.page.headers.get("first" if self.page.first_differs else "default")
        if frame is None:
            return None
        logo = next(
            (
                (shown, self.package.parts[shown.part])
                for shown in frame.pictures
                if picture_suffix(shown.part) in _SHOWN
            ),
            None,
        )
        if logo is None and not (self.page.first_differs and frame.lines):
            return None  # a running header is no letterhead
        lines = tuple(line for line in frame.lines if line not in frame.beside)
        return Sender(first - self.page.header, lines, frame.beside, logo)

    # -- type ----------------------------------------------------------------------------------------------

    def _styles(self, body: WordStyle) -> Iterator[tuple[StyleName, Mapping[str, Given]]]:
        heading = self.styles.paragraph("heading 1", "heading 2", "Title") or body
        for name in StyleName:
            own = self.styles.paragraph(*NAMES[name]) if name in NAMES else None
            if own is None and name is StyleName.BODY:
                own = body
            if own is not None:
                yield name, dict(self._type(name, own, body))
            elif name in (StyleName.HEADING, StyleName.HEADING_2, StyleName.HEADING_3):
                yield name, dict(self._heading(name, heading, body))
            elif name is StyleName.CODE:
                continue
            elif name in _AS_BODY[0]:
                given = dict(self._type(name, body, body))
                kept = ("font", "size", "leading")
                yield name, {key: given[key] for key in kept}
            else:
                source = heading if name in _AS_HEADING else body
                yield name, {"font": Given(source.font, source.name)}

    def _type(self, name: StyleName, style: WordStyle, body: WordStyle) -> Iterator[tuple[str, Given]]:
        values: dict[str, object] = {
            "font": style.font,
            "size": style.size,
            "leading": style.leading,
            "weight": 700 if style.bold else 400,
            "italic": style.italic,
            "colour": style.colour,
        }
        if name in _SPACED:
            values["before"] = style.before + style.over
        if name in _SPACED or name in (StyleName.HEADING, StyleName.HEADING_2):
            values["after"] = style.after + style.under + body.before
        for key, value in values.items():
            yield key, Given(value, style.name, {"before": style.over, "after": style.under}.get(key, 0))

    def _heading(self, name: StyleName, above: WordStyle, body: WordStyle) -> Iterator[tuple[str, Given]]:
        """A heading that the file does not have, between the heading above it and the text."""
        size = body.size if name is StyleName.HEADING_3 else round(min(above.size, 2 * body.size) + body.size) / 2
        font, colour = Given(above.font, above.name), Given(above.colour, above.name)
        yield from (("font", font), ("colour", colour), ("weight", Given(700, above.name)))
        yield "size", Given(size, body.name)
        yield "leading", Given(round(size * body.leading / body.size * 20) / 20, body.name)

    def _spacing(self, body: WordStyle) -> Iterator[tuple[str, Given]]:
        paragraph = 0.0 if body.contextual else body.before + body.after
        yield "paragraph", Given(paragraph, body.name)
        heading = self.styles.paragraph("heading 2")
        if heading:
            yield "section", Given(max(paragraph, heading.before + heading.over + body.after), heading.name)
        listed = self.styles.paragraph(*NAMES[StyleName.LIST])
        if listed:
            gap = 0.0 if listed.contextual else listed.before + listed.after
            yield "item", Given(gap, listed.name)

    def _colours(self, body: WordStyle) -> Iterator[tuple[str, Given]]:
        yield "ink", Given(body.colour, body.name)
        named = [style for name in ("heading 1", "Title", "heading 2") if (style := self.styles.paragraph(name))]
        accent = next((style for style in named if is_coloured(style.colour)), None)
        if accent is not None:
            yield "accent", Given(accent.colour, accent.name)
        elif (theirs := self.styles.theme.named("accent1")) and is_coloured(theirs):
            yield "accent", Given(theirs, "theme colours")


_SHOWN = (".png", ".jpg", ".jpeg")


def text_tops(page: WordPage) -> tuple[float, float]:
    """Where text begins on every page, and on the first, in points from the page's top edge."""
    others = [_text_top(page, page.headers.get(name)) for name in ("default", "even") if name in page.headers]
    top = max(others, default=_text_top(page, None))
    if not page.headers or not page.first_differs:
        return top, top
    return top, max(top, _text_top(page, page.headers.get("first")))


def _text_top(page: WordPage, frame: Frame | None) -> float:
    if page.top < 0:
        return abs(page.top)  # text begins here whatever stands above it
    if not page.headers:
        return max(page.top, RULE_DEPTH + FRAME_DEPTH + 14)  # our own header, which stands above the margin
    depth = frame_depth(frame, MARKING_DEPTH + MARKING_GAP)
    reached = page.header + depth * (1 + SLACK)
    if frame is not None:
        reached = max(reached, frame.reach, page.header + frame.floats)
    return max(page.top, round(reached + 0.5, 1))


def frame_depth(frame: Frame | None, marking: float) -> float:
    """Depth of a header or footer with the line for the marking, which takes so much, in points."""
    if frame is None:
        return marking
    return frame.depth if "marking" in frame.places else frame.depth - frame.room + marking


def text_bottom(page: WordPage) -> float:
    """How far from the page's bottom edge text ends, in points."""
    if page.bottom < 0:
        return abs(page.bottom)
    if not page.footers:
        return max(page.bottom, FRAME_DEPTH + 14)
    deepest = max(frame_depth(frame, MARKING_DEPTH) for frame in page.footers.values())
    return max(page.bottom, round(page.footer + deepest * (1 + SLACK) + MARKING_GAP, 1))


def is_coloured(colour: str) -> bool:
    """Whether a colour is neither black, white nor grey."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    _, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    return saturation > 0.15 and 0.08 < light < 0.9
