"""Charts: bars, columns and simple lines, each mark labelled where it stands; no gridlines, no legend.

What was observed is solid; what is aimed at or estimated is dashed. Each says in words which it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, inf

from briefgen.document import Caption, Chart, ChartKind, ChartPoint, Inlines, PointStatus, Text
from briefgen.layout.galley import Figured, Galley, Strip, anchored, stack
from briefgen.layout.lines import MeasuredText
from briefgen.layout.model import Box, Line, Placed, Plot, Role, Stroke
from briefgen.layout.setting import Frame, Setting, Side
from briefgen.layout.tables import set_caption, set_remark
from briefgen.theme import StyleName, TextStyle

LABEL_GAP = 6.5
"""From a bar chart's labels to its axis."""
LABEL_SHARE, NARROW_LABEL_SHARE = 0.4, 0.3
"""How much of a bar chart's width its labels may take, less where it is narrow; longer ones are broken into lines."""
BAR_SHARE = 0.25
"""How much of it the longest bar must have, or statuses stand below their values."""
VALUE_GAP = 5
"""From a bar's end to its value."""
STATUS_GAP = 4
"""From a bar's value to its status."""
BETWEEN_BARS = 6.5
"""The least white space between bars, or their labels."""
COLUMN_WIDTH = 48
AXIS = 0.75
OUTLINE = 1
DASH = (3, 2)
DOT = 5
LINE = 1.5
REFERENCE = 0.5
"""Thickness of the line from the last observation to the target."""
AROUND_PLOT = 3.25
"""Above and below the plot."""
UNDER_VALUE = 0.65
"""From a column's value to its status."""
LABEL_SPACE = 2
"""Between labels side by side."""
MOST_LEVELS = 4
NARROWEST_YEAR = 24
"""The least step of a time axis."""
LOWEST_PLOT = 60
LONGEST_UPRIGHT = 65
"""The most room below the axis for labels that stand upright."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A plot's size and what is drawn in it, y from its top."""

    width: float
    height: float
    items: tuple[Placed, ...]
    plot: Plot | None = None
    notes: tuple[int, ...] = ()


def set_chart(chart: Chart, frame: Frame, parent: int, setting: Setting) -> Galley:
    """A chart: title, subject and unit, plot, sources and remark, never parted.

    In a brief or memo the title is set as a heading; in a dossier as a caption, its label in the margin.
    """
    division = setting.structure.add(Role.DIVISION, parent)
    title = _title(chart, frame, division, setting)
    subject = replace(set_remark(chart.subject, frame, division, setting), before=0.0)
    figure = setting.structure.add(Role.FIGURE, division, description=chart.description)
    match chart.kind:
        case ChartKind.BAR:
            drawn = _bars(chart.points, frame, figure, setting)
        case ChartKind.COLUMN:
            drawn = _columns(chart.points, frame, figure, setting)
        case ChartKind.LINE:
            drawn = _line(chart.points, frame, figure, setting)
    box = Figured(setting.decided.figures, frame.left, 0, drawn.width, drawn.height, figure, drawn.plot)
    setting.decided.figures += 1
    strip = Strip(
        drawn.height,
        drawn.items,
        tied=True,
        marks=tuple((0.0, note) for note in drawn.notes),
        anchors=tuple((0.0, f"mark-{note}") for note in drawn.notes),
        figures=(box,),
    )
    below = [set_remark(words, frame, division, setting) for words in _sources(chart)]
    close = [replace(galley, before=0.0) for galley in below[1:]]
    galley = stack(
        (
            title,
            subject,
            Galley((strip,), AROUND_PLOT, setting.spacing.paragraph if setting.is_dossier else AROUND_PLOT),
            *below[:1],
            *close,
        )
    )
    before = title.before if setting.is_dossier else setting.spacing.section
    return replace(anchored(galley, chart.anchor), before=before, after=setting.spacing.section)


def _title(chart: Chart, frame: Frame, parent: int, setting: Setting) -> Galley:
    if setting.is_dossier:
        galley = set_caption(Caption(chart.title, chart.label), frame, parent, setting)
    else:
        style = setting.style(StyleName.HEADING)
        element = setting.structure.add(Role.CAPTION, parent)
        galley = setting.paragraph(chart.title, style, frame, element)
        galley = replace(galley, after=0.0 if chart.subject else style.after)
    strips = tuple(replace(strip, tied=index > 0) for index, strip in enumerate(galley.strips))
    return replace(galley, strips=strips, tied_to_next=True)


def _sources(chart: Chart) -> list[Inlines]:
    """Sources and remark: one paragraph, as they are read together."""
    if chart.source and chart.remark:
        return [(*chart.source, Text(" "), *chart.remark)]
    return [words for words in (chart.source, chart.remark) if words]


def _is_solid(point: ChartPoint) -> bool:
    return point.status is PointStatus.OBSERVED


def _bar(x: float, y: float, width: float, height: float, point: ChartPoint, figure: int, setting: Setting) -> Box:
    accent = setting.theme.colours.accent
    if _is_solid(point):
        return Box(x, y, width, height, fill=accent, element=figure)
    inset = OUTLINE / 2
    return Box(
        x + min(inset, width / 2),
        y + min(inset, height / 2),
        max(width - OUTLINE, 0),
        max(height - OUTLINE, 0),
        fill="#FFFFFF",
        stroke=accent,
        stroke_width=OUTLINE,
        dash=DASH,
        element=figure,
    )


def _dot(x: float, y: float, point: ChartPoint, figure: int, setting: Setting) -> Box:
    """A point of a line: paler inside where it was not observed, and so small that its edge is not dashed."""
    colours = setting.theme.colours
    if _is_solid(point):
        return Box(x - DOT / 2, y - DOT / 2, DOT, DOT, fill=colours.accent, element=figure)
    size = DOT - OUTLINE
    return Box(x - size / 2, y - size / 2, size, size, colours.hairline, colours.accent, OUTLINE, element=figure)


def _amount(point: ChartPoint) -> float:
    return float(point.amount) if point.amount is not None else 0.0


def _range(points: Sequence[ChartPoint]) -> tuple[float, float]:
    """Least and largest of what is drawn; zero is always within."""
    amounts = [_amount(point) for point in points]
    low, high = min(0.0, *amounts), max(0.0, *amounts)
    return (low, high) if high > low else (0.0, 1.0)


class _Labels:
    """The texts at a chart's marks, measured once."""

    def __init__(self, points: Sequence[ChartPoint], figure: int, setting: Setting) -> None:
        self.setting = setting
        self.value_style = setting.style(StyleName.CHART_VALUE)
        self.label_style = setting.style(StyleName.CHART_LABEL)
        ink = replace(self.label_style, weight=600, colour=setting.theme.colours.ink)
        self.category_style: TextStyle = ink
        self.values = [setting.measured(p.value, self.value_style, figure) for p in points]
        self.categories = [setting.measured(p.label, ink, figure) for p in points]
        self.statuses = [
            setting.measured((Text(p.status_label),) if p.status_label else (), self.label_style, figure)
            for p in points
        ]

    def place(
        self,
        text: MeasuredText,
        style: TextStyle,
        x: float,
        top: float,
        side: Side,
        within: tuple[float, float],
        measure: float | None = None,
    ) -> list[Line]:
        """A text's lines, natural or of some measure, from `x`, about it or up to it, but inside the plot's edges."""
        lines = text.lines(text.natural + 1 if measure is None else measure)
        placed = []
        for index, line in enumerate(lines):
            left = x - line.width * side.value
            left = max(within[0], min(left, within[1] - line.width))
            placed.append(self.setting.line(text, line, style, left, top=top + index * style.leading))
        return placed

    def row(self, index: int) -> float:
        """The width of a point's value and status on one line."""
        status = self.statuses[index]
        return self.values[index].natural + (STATUS_GAP + status.natural if status.text else 0)

    def stack(self, index: int) -> float:
        """The width of a point's status below its value."""
        return max(self.values[index].natural, self.statuses[index].natural)

    @property
    def notes(self) -> tuple[int, ...]:
        """The notes first marked in these texts."""
        texts = (text for group in zip(self.categories, self.statuses, self.values, strict=True) for text in group)
        return tuple(span.note for text in texts for span in text.spans if span.note is not None)


def _bars(points: Sequence[ChartPoint], frame: Frame, figure: int, setting: Setting) -> _Drawn:
    """Horizontal bars from zero: category, bar, and at its end its value and status."""
    if not points:
        return _Drawn(frame.width, 0, ())
    labels = _Labels(points, figure, setting)
    thickness = setting.spacing.chart_bar
    column = min(max(text.natural for text in labels.categories) + 0.01, frame.width * LABEL_SHARE)
    stacked = column + LABEL_GAP + VALUE_GAP + max(map(labels.row, range(len(points)))) > frame.width * (1 - BAR_SHARE)
    if stacked:
        column = min(column, frame.width * NARROW_LABEL_SHARE)
    deepest = max(len(text.lines(column)) for text in labels.categories) * labels.category_style.leading
    head = labels.value_style.leading + (labels.label_style.leading - 2 * UNDER_VALUE if stacked else 0)
    pitch = max(setting.spacing.chart_pitch, max(thickness, deepest, head) + BETWEEN_BARS)
    low, high = _range(points)
    ends = [labels.stack(index) if stacked else labels.row(index) for index in range(len(points))]
    room = [VALUE_GAP + width for width in ends]
    left = frame.left + column + LABEL_GAP
    before = max((r for r, p in zip(room, points, strict=True) if _amount(p) < 0), default=0.0)
    start = left + before
    end = frame.right - max((r for r, p in zip(room, points, strict=True) if _amount(p) >= 0), default=0.0)
    scale = max(end - start, 1) / (high - low)
    zero = start - low * scale
    edges = (frame.left, frame.right)
    items: list[Placed] = []
    for index, point in enumerate(points):
        y = index * pitch + (pitch - thickness) / 2
        middle = y + thickness / 2
        category = labels.categories[index].lines(column)
        top = middle - len(category) * labels.category_style.leading / 2
        items += labels.place(
            labels.categories[index], labels.category_style, left - LABEL_GAP, top, Side.RIGHT, edges, column
        )
        length = _amount(point) * scale
        if length:
            items.append(_bar(min(zero, zero + length), y, abs(length), thickness, point, figure, setting))
        at = zero + length + VALUE_GAP if length >= 0 else zero + length - room[index]
        at = max(edges[0], min(at, edges[1] - ends[index]))
        top = middle - (head if labels.statuses[index].text else labels.value_style.leading) / 2
        items += labels.place(labels.values[index], labels.value_style, at, top, Side.LEFT, edges)
        if stacked:
            top += labels.value_style.leading - 2 * UNDER_VALUE
        else:
            at += labels.values[index].natural + STATUS_GAP
            top += setting.baseline(labels.value_style) - setting.baseline(labels.label_style)
        items += labels.place(labels.statuses[index], labels.label_style, at, top, Side.LEFT, edges)
    height = len(points) * pitch
    items.append(Stroke(zero, 0, zero, height, AXIS, setting.theme.colours.ink, element=figure))
    every = tuple(range(len(points)))
    plot = Plot(start - frame.left, 0, max(end - start, 1), height, before, thickness, every, every, stacked=stacked)
    return _Drawn(frame.width, height, tuple(items), plot, labels.notes)


@dataclass(frozen=True, slots=True)
class _Axis:
    """What stands along the horizontal, in equal steps: the index of a point, or a year that no point has."""

    places: tuple[int | str, ...]
    left: float
    pitch: float

    def centre(self, place: int | str) -> float:
        return self.left + (self.places.index(place) + 0.5) * self.pitch


def _axis(points: Sequence[ChartPoint], frame: Frame) -> _Axis:
    """A true time axis where every point has its own year; else the points as they come."""
    years = {point.period.year: index for index, point in enumerate(points) if point.period is not None}
    places: tuple[int | str, ...] = tuple(range(len(points)))
    if len(years) == len(points):
        span = range(min(years), max(years) + 1)
        if frame.width / len(span) >= NARROWEST_YEAR:
            places = tuple(years.get(year, str(year)) for year in span)
    return _Axis(places, frame.left, frame.width / len(places))


def _columns(points: Sequence[ChartPoint], frame: Frame, figure: int, setting: Setting) -> _Drawn:
    """Columns from zero on a time axis; a thin line carries the last observation to what is aimed at."""
    if not points:
        return _Drawn(frame.width, 0, ())
    room = _Room(points, _axis(points, frame), figure, setting, columns=True)
    axis, thickness = room.axis, min(COLUMN_WIDTH, room.axis.pitch * 0.8)
    reference = _reference(points, axis)
    items: list[Placed] = []
    if reference:
        (seen, ahead), y = reference, room.y(points[reference[0]])
        ends = axis.centre(seen) + thickness / 2, axis.centre(ahead) - thickness / 2
        items.append(Stroke(ends[0], y, ends[1], y, REFERENCE, setting.theme.colours.reference, element=figure))
    for index, point in enumerate(points):
        y, zero = room.y(point), room.zero
        if y != zero:
            left = axis.centre(index) - thickness / 2
            items.append(_bar(left, min(y, zero), thickness, abs(zero - y), point, figure, setting))
    return room.drawn(items, thickness, reference)


def _reference(points: Sequence[ChartPoint], axis: _Axis) -> tuple[int, int] | None:
    """The last observation, and the last point after it that is none."""
    order = [place for place in axis.places if isinstance(place, int)]
    seen = [index for index in order if _is_solid(points[index])]
    ahead = order[-1]
    return (seen[-1], ahead) if seen and ahead != seen[-1] else None


def _line(points: Sequence[ChartPoint], frame: Frame, figure: int, setting: Setting) -> _Drawn:
    """Points joined by a line, dashed where it leads to what is not observed."""
    if not points:
        return _Drawn(frame.width, 0, ())
    room = _Room(points, _axis(points, frame), figure, setting, columns=False)
    colour = setting.theme.colours.accent
    at = [(room.axis.centre(index), room.y(point)) for index, point in enumerate(points)]
    items: list[Placed] = []
    for a, b in pairwise(place for place in room.axis.places if isinstance(place, int)):
        dash = () if _is_solid(points[a]) and _is_solid(points[b]) else DASH
        items.append(Stroke(*at[a], *at[b], LINE, colour, dash, figure))
    for (x, y), point in zip(at, points, strict=True):
        items.append(_dot(x, y, point, figure, setting))
    return room.drawn(items, DOT, None)


class _Room:
    """The room of columns or of a line: what labels need above, below and beneath the axis, and the rest for amounts.

    Labels wider than their step stand on several levels by turns; their status is then said only where there is room
    for it, or where it changes.
    """

    def __init__(
        self, points: Sequence[ChartPoint], axis: _Axis, figure: int, setting: Setting, *, columns: bool
    ) -> None:
        self.axis = axis
        self._points = points
        self._figure = figure
        self._setting = setting
        self._gap = 0.0 if columns else DOT
        self._labels = labels = _Labels(points, figure, setting)
        self._between = {
            place: setting.measured((Text(place),), labels.label_style, figure)
            for place in axis.places
            if isinstance(place, str)
        }
        self._levels = _levels((*labels.values, *labels.statuses), axis.pitch)
        self._named = frozenset(range(len(points)))
        if self._levels > 1:
            self._named = _named(points, axis, [text.natural for text in labels.statuses])
            self._levels = max(2, _levels(labels.values, axis.pitch))
        texts = (*labels.categories, *self._between.values())
        self._is_broken = all(text.widest_word + LABEL_SPACE <= axis.pitch for text in texts)
        self._rows = 1 if self._is_broken else _levels(texts, axis.pitch)
        self._hangs = [columns and _amount(point) < 0 for point in points]
        self._heads = [
            labels.value_style.leading
            + (labels.label_style.leading + UNDER_VALUE if status.text and index in self._named else 0)
            for index, status in enumerate(labels.statuses)
        ]
        self._step = max(self._heads) if len(self._named) == len(points) else labels.value_style.leading
        raised = (self._levels - 1) * self._step
        above = [h for h, hangs in zip(self._heads, self._hangs, strict=True) if not hangs]
        below = [h for h, hangs in zip(self._heads, self._hangs, strict=True) if hangs]
        self.top = max(above) + raised + self._gap if above else 0.0
        self._under = max(below) + raised if below else 0.0
        deepest = max(len(text.lines(self._measure(text))) for text in texts) if self._is_broken else self._rows
        self._foot = AROUND_PLOT + deepest * labels.category_style.leading
        if not self._is_broken:  # Word turns such labels upright
            self._foot = max(self._foot, min(max(text.natural for text in texts), LONGEST_UPRIGHT) + LABEL_GAP)
        self.height = max(setting.spacing.column_height - self.top - self._under - self._foot, LOWEST_PLOT)
        low, high = _range(points)
        self._scale = self.height / (high - low)
        self.zero = self.top + high * self._scale

    def y(self, point: ChartPoint) -> float:
        """The height of an amount."""
        return self.zero - _amount(point) * self._scale

    def drawn(self, marks: Sequence[Placed], thickness: float, reference: tuple[int, int] | None) -> _Drawn:
        """Marks with their labels and the axis."""
        width = self.axis.pitch * len(self.axis.places)
        left, setting = self.axis.left, self._setting
        line = Stroke(left, self.zero, left + width, self.zero, AXIS, setting.theme.colours.ink, element=self._figure)
        items = (*marks, *self._at_marks(), line, *self._along_axis())
        places = self.axis.places
        named = tuple(sorted(self._named))
        plot = Plot(
            *(0, self.top, width, self.height, self._under, thickness, places, named),
            step=self._step if self._levels > 1 else 0,
            levels=self._levels,
            upright=not self._is_broken,
            reference=reference,
        )
        depth = self.top + self.height + self._under + self._foot
        return _Drawn(width, depth, items, plot, self._labels.notes)

    @property
    def _edges(self) -> tuple[float, float]:
        return self.axis.left, self.axis.left + self.axis.pitch * len(self.axis.places)

    def _measure(self, text: MeasuredText) -> float:
        return self.axis.pitch - LABEL_SPACE if self._is_broken else text.natural + 1

    def _at_marks(self) -> Iterator[Placed]:
        labels = self._labels
        for index, point in enumerate(self._points):
            x, y = self.axis.centre(index), self.y(point)
            away = (self.axis.places.index(index) % self._levels) * self._step
            top = y + away if self._hangs[index] else min(y, self.zero) - self._heads[index] - self._gap - away
            yield from labels.place(labels.values[index], labels.value_style, x, top, Side.CENTRE, self._edges)
            top += labels.value_style.leading - 2 * UNDER_VALUE
            if index in self._named:
                yield from labels.place(labels.statuses[index], labels.label_style, x, top, Side.CENTRE, self._edges)

    def _along_axis(self) -> Iterator[Placed]:
        labels = self._labels
        foot = self.top + self.height + self._under + AROUND_PLOT
        for number, place in enumerate(self.axis.places):
            text = labels.categories[place] if isinstance(place, int) else self._between[place]
            style = labels.category_style if isinstance(place, int) else labels.label_style
            top = foot + (number % self._rows) * labels.category_style.leading
            x = self.axis.centre(place)
            yield from labels.place(text, style, x, top, Side.CENTRE, self._edges, self._measure(text))


def _named(points: Sequence[ChartPoint], axis: _Axis, widths: Sequence[float]) -> frozenset[int]:
    """The points whose status is said where labels are crowded: it is another one than before, or has room."""
    order = [place for place in axis.places if isinstance(place, int)]
    centres = {index: axis.centre(index) for index in order}
    near: dict[int, float] = {}
    changes = set()
    for a, b in pairwise(order):
        step = centres[b] - centres[a]
        near[a], near[b] = min(step, near.get(a, step)), step
        if points[a].status_label != points[b].status_label:
            changes |= {b, order[0]}
    roomy = {index for index in order if near.get(index, inf) >= widths[index] + LABEL_SPACE}
    return frozenset(changes | roomy)


def _levels(texts: Sequence[MeasuredText], pitch: float) -> int:
    """On how many levels texts must stand by turns so that neighbours do not meet."""
    return min(max(1, ceil((max(text.natural for text in texts) + LABEL_SPACE) / pitch)), MOST_LEVELS)
