"""Galleys: blocks set to a width, as strips stacked from top to bottom, not yet cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from briefgen.layout.model import Box, Line, Picture, Placed, Plot, Stroke


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where the page of an anchor is to be printed, flush right at `x`, once pages are known.

    Attributes:
        y, top, bottom: as in `Line`.
        face, size, colour, element: as in `Run`.
    """

    anchor: str
    x: float
    y: float
    top: float
    bottom: float
    face: str
    size: float
    colour: str
    element: int


Drawn = Placed | PageNumber


@dataclass(frozen=True, slots=True)
class Figured:
    """The box of a chart's or image's plot within a strip; `index` counts figures in reading order."""

    index: int
    x: float
    y: float
    width: float
    height: float
    element: int
    plot: Plot | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """A horizontal strip that is not cut: a line of a paragraph, a table row, a pair of columns.

    Attributes:
        height: in points.
        items: what is drawn, x from the page's left edge, y from the strip's top.
        gap: white space above, dropped at the head of a page.
        tied: whether it must stay on the page of the strip before it.
        marks: the notes first marked here, each with the top of its line.
        anchors: destinations, each with its y.
        head: a table's head, repeated above this strip when it comes first on a page.
        figures: boxes of charts and images.
        starts_page: whether a new page begins here.
        turned: whether it stands on a landscape page.
        fixed: for a cover: stands on its page without header and footer text.
    """

    height: float
    items: tuple[Drawn, ...] = ()
    gap: float = 0
    tied: bool = False
    marks: tuple[tuple[float, int], ...] = ()
    anchors: tuple[tuple[float, str], ...] = ()
    head: Strip | None = None
    figures: tuple[Figured, ...] = ()
    starts_page: bool = False
    cover: bool = False
    turned: bool = False

    @property
    def notes(self) -> tuple[int, ...]:
        """The notes first marked here."""
        return tuple(number for _, number in self.marks)


@dataclass(frozen=True, slots=True)
class Galley:
    """Strips, and the white space that they want above and below; the larger of two neighbours' counts.

    Attributes:
        tied_to_next: for a heading: what follows must begin on the same page.
    """

    strips: tuple[Strip, ...] = ()
    before: float = 0
    after: float = 0
    tied_to_next: bool = False

    @property
    def height(self) -> float:
        """Of the strips and the gaps between them."""
        return sum(strip.height for strip in self.strips) + sum(strip.gap for strip in self.strips[1:])


def anchored(galley: Galley, anchor: str) -> Galley:
    """The same, with a destination at its head; nothing changes if it has no name."""
    if not anchor or not galley.strips:
        return galley
    first, *rest = galley.strips
    return replace(galley, strips=(replace(first, anchors=((0.0, anchor), *first.anchors)), *rest))


def shift(item: Drawn, dy: float) -> Drawn:
    """The same, `dy` points further down."""
    match item:
        case Line(y, top, bottom, runs):
            return Line(y + dy, top + dy, bottom + dy, runs)
        case Stroke():
            return replace(item, y1=item.y1 + dy, y2=item.y2 + dy)
        case Box() | Picture():
            return replace(item, y=item.y + dy)
        case PageNumber():
            return replace(item, y=item.y + dy, top=item.top + dy, bottom=item.bottom + dy)
        case _:
            assert_never(item)


def extent(item: Drawn) -> tuple[float, float]:
    """Top and bottom of what is drawn."""
    match item:
        case Line() | PageNumber():
            return item.top, item.bottom
        case Stroke():
            return min(item.y1, item.y2), max(item.y1, item.y2)
        case Box() | Picture():
            return item.y, item.y + item.height
        case _:
            assert_never(item)


def move(strip: Strip, dy: float) -> Strip:
    """The strip's contents `dy` points further down, its height grown to match."""
    if not dy:
        return strip
    return replace(
        strip,
        height=strip.height + dy,
        items=tuple(shift(item, dy) for item in strip.items),
        marks=tuple((y + dy, number) for y, number in strip.marks),
        anchors=tuple((y + dy, name) for y, name in strip.anchors),
        figures=tuple(replace(figure, y=figure.y + dy) for figure in strip.figures),
    )


def join(strips: Sequence[Strip]) -> Strip:
    """One strip of several, gaps between them included; it keeps the first one's ties."""
    if len(strips) == 1:
        return strips[0]
    y = 0.0
    moved = []
    for index, strip in enumerate(strips):
        y += strip.gap if index else 0
        moved.append(move(strip, y))
        y += strip.height
    return overlay(moved, y, like=strips[0])


def overlay(strips: Iterable[Strip], height: float, like: Strip | None = None) -> Strip:
    """One strip of several that lie side by side or over one another, drawn in their order."""
    layers = tuple(strips)
    return replace(
        like or Strip(height),
        height=height,
        items=tuple(item for layer in layers for item in layer.items),
        marks=tuple(mark for layer in layers for mark in layer.marks),
        anchors=tuple(anchor for layer in layers for anchor in layer.anchors),
        figures=tuple(figure for layer in layers for figure in layer.figures),
    )


def stack(galleys: Iterable[Galley]) -> Galley:
    """Galleys one below the other; between two, the larger of the space below and above counts."""
    strips: list[Strip] = []
    before = after = 0.0
    tied = False
    for galley in galleys:
        if not galley.strips:
            continue
        first, *rest = galley.strips
        if strips:
            gap = max(after, galley.before)
            first = replace(first, gap=gap, tied=first.tied or tied)
        else:
            before = galley.before
        strips += [first, *rest]
        after, tied = galley.after, galley.tied_to_next
    return Galley(tuple(strips), before, after, tied)


def linked(strip: Strip, target: str) -> Strip:
    """The same strip, its words a link."""
    items = tuple(
        replace(item, runs=tuple(replace(run, link=target) for run in item.runs)) if isinstance(item, Line) else item
        for item in strip.items
    )
    return replace(strip, items=items)


def tie(galley: Galley) -> Galley:
    """The same galley, never divided by a page's end."""
    return replace(galley, strips=galley.strips[:1] + tuple(replace(strip, tied=True) for strip in galley.strips[1:]))


def starting_page(galley: Galley) -> Galley:
    """The same galley, at the head of a page."""
    first, *rest = galley.strips or (Strip(0),)
    return replace(galley, strips=(replace(first, starts_page=True), *rest))


def turned(galley: Galley) -> Galley:
    """The same galley, for landscape pages."""
    return replace(galley, strips=tuple(replace(strip, turned=True) for strip in galley.strips))


def beside(label: Strip, galley: Galley) -> Galley:
    """A galley with a label beside its first lines; a label deeper than those joins as many as it needs.

    The label's items come first, as they are read first.
    """
    if not galley.strips:
        return replace(galley, strips=(label,))
    count, depth = 1, galley.strips[0].height
    while depth < label.height - 0.01 and count < len(galley.strips):
        depth += galley.strips[count].gap + galley.strips[count].height
        count += 1
    first = galley.strips[0]
    merged = overlay((label, join(galley.strips[:count])), max(depth, label.height), like=first)
    return replace(galley, strips=(merged, *galley.strips[count:]))


def cut(strip: Strip, depth: float) -> tuple[Strip, Strip] | None:
    """Divide a strip that no page can hold: what ends within `depth`, and the rest moved up.

    Every line goes whole to one side. Returns None if nothing fits above, or nothing is left below.
    """
    above = [item for item in strip.items if extent(item)[1] <= depth + 0.01]
    below = [item for item in strip.items if extent(item)[1] > depth + 0.01]
    if not any(isinstance(item, Line) for item in above) or not below:
        return None
    top = min(extent(item)[0] for item in below)
    if top <= 0:
        return None
    upper = replace(
        strip,
        height=max(extent(item)[1] for item in above),
        items=tuple(above),
        marks=tuple((y, n) for y, n in strip.marks if y < top),
        anchors=tuple((y, n) for y, n in strip.anchors if y < top),
        figures=tuple(f for f in strip.figures if f.y < top),
    )
    lower = replace(
        strip,
        height=strip.height - top,
        gap=0,
        tied=False,
        starts_page=False,
        items=tuple(shift(item, -top) for item in below),
        marks=tuple((y - top, n) for y, n in strip.marks if y >= top),
        anchors=tuple((y - top, n) for y, n in strip.anchors if y >= top),
        figures=tuple(replace(f, y=f.y - top) for f in strip.figures if f.y >= top),
    )
    return upper, lower
