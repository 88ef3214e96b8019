"""Charts: bars, columns and simple lines, each mark labelled where it stands; no gridlines, no legend.

What was observed is solid; what is aimed at or estimated is dashed. Each says in words which it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefgen.document import Caption, Chart, ChartKind, ChartPoint, Inlines, PointStatus, Text
from briefgen.layout.galley import Figured, Galley, Strip, stack
from briefgen.layout.lines import MeasuredText
from briefgen.layout.model import Box, Line, Placed, Role, Stroke
from briefgen.layout.setting import Frame, Setting, Side
from briefgen.layout.tables import set_caption, set_remark
from briefgen.theme import StyleName, TextStyle

LABEL_GAP = 13
"""From a bar chart's labels to its axis."""
VALUE_GAP = 5
"""From a bar's end to its value."""
COLUMN_WIDTH = 48
AXIS = 0.75
OUTLINE = 1
DASH = (3, 2)
DOT = 5
AROUND_PLOT = 3.25
"""Above and below the plot."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """A plot's size and what is drawn in it, y from its top."""

    width: float
    height: float
    items: tuple[Placed, ...]
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
            plot = _bars(chart.points, frame, figure, setting)
        case ChartKind.COLUMN:
            plot = _columns(chart.points, frame, figure, setting)
        case ChartKind.LINE:
            plot = _line(chart.points, frame, figure, setting)
    box = Figured(setting.decided.figures, frame.left, 0, plot.width, plot.height, figure)
    setting.decided.figures += 1
    strip = Strip(
        plot.height,
        plot.items,
        tied=True,
        marks=tuple((0.0, note) for note in plot.notes),
        anchors=tuple((0.0, f"mark-{note}") for note in plot.notes),
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
    return replace(galley, before=before, after=setting.spacing.section)


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
        self, text: MeasuredText, style: TextStyle, x: float, top: float, side: Side, within: tuple[float, float]
    ) -> list[Line]:
        """A text's natural lines, from `x`, about it or up to it, but inside the plot's edges."""
        lines = text.lines(text.natural + 1)
        placed = []
        for index, line in enumerate(lines):
            left = x - line.width * side.value
            left = max(within[0], min(left, within[1] - line.width))
            placed.append(self.setting.line(text, line, style, left, top=top + index * style.leading))
        return placed

    @property
    def notes(self) -> tuple[int, ...]:
        """The notes first marked in these texts."""
        texts = (text for group in zip(self.categories, self.statuses, self.values, strict=True) for text in group)
        return tuple(span.note for text in texts for span in text.spans if span.note is not None)


def _bars(points: Sequence[ChartPoint], frame: Frame, figure: int, setting: Setting) -> _Plot:
    """Horizontal bars from zero: category and status, bar, value at its end."""
    if not points:
        return _Plot(frame.width, 0, ())
    labels = _Labels(points, figure, setting)
    pitch, thickness = setting.spacing.chart_pitch, setting.spacing.chart_bar
    space = 5.5
    widest = max(
        category.natural + (space + status.natural if status.text else 0)
        for category, status in zip(labels.categories, labels.statuses, strict=True)
    )
    beside_bars = widest <= frame.width * 0.45
    start = frame.left + (widest + LABEL_GAP if beside_bars else 0)
    above = 0.0 if beside_bars else labels.category_style.leading
    pitch = max(pitch, thickness + 6.5) + above
    end = frame.right - VALUE_GAP - max(value.natural for value in labels.values)
    low, high = _range(points)
    scale = max(end - start, 1) / (high - low)
    zero = start - low * scale
    edges = (frame.left, frame.right)
    items: list[Placed] = []
    for index, point in enumerate(points):
        y = index * pitch + above + (pitch - above - thickness) / 2
        middle = y + thickness / 2
        top = middle - labels.label_style.leading / 2 if beside_bars else y - labels.label_style.leading
        category = labels.place(labels.categories[index], labels.category_style, frame.left, top, Side.LEFT, edges)
        status_left = frame.left + labels.categories[index].natural + (space if category else 0)
        status = labels.place(labels.statuses[index], labels.label_style, status_left, top, Side.LEFT, edges)
        length = _amount(point) * scale
        bar = [_bar(min(zero, zero + length), y, abs(length), thickness, point, figure, setting)] if length else []
        value_left = max(zero, zero + length) + VALUE_GAP
        value_top = middle - labels.value_style.leading / 2
        value = labels.place(labels.values[index], labels.value_style, value_left, value_top, Side.LEFT, edges)
        items += [*category, *status, *bar, *value]
    height = len(points) * pitch
    items.append(Stroke(zero, 0, zero, height, AXIS, setting.theme.colours.ink, element=figure))
    return _Plot(frame.width, height, tuple(items), labels.notes)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where points stand along the horizontal: their centres, and years between them that no point has."""

    centres: tuple[float, ...]
    pitch: float
    between: tuple[tuple[float, str], ...] = ()


def _axis(points: Sequence[ChartPoint], frame: Frame, column: float) -> _Axis:
    """A true time axis where every point has its own year; else equal steps."""
    years = [point.period.year for point in points if point.period is not None]
    span = max(years) - min(years) if years else 0
    if len(years) == len(points) == len(set(years)) and span > 0 and frame.width / (span + 1) >= 24:
        half = min(column, frame.width / (span + 1)) / 2
        step = (frame.width - 2 * half) / span
        first = min(years)
        place = {first + n: frame.left + half + n * step for n in range(span + 1)}
        between = tuple((x, str(year)) for year, x in place.items() if year not in years)
        return _Axis(tuple(place[year] for year in years), step, between)
    step = frame.width / max(len(points), 1)
    return _Axis(tuple(frame.left + (n + 0.5) * step for n in range(len(points))), step)


def _columns(points: Sequence[ChartPoint], frame: Frame, figure: int, setting: Setting) -> _Plot:
    """Columns from zero on a time axis; a thin line carries the last observation to what is aimed at."""
    if not points:
        return _Plot(frame.width, 0, ())
    axis = _axis(points, frame, COLUMN_WIDTH)
    return _upright(points, axis, frame, figure, setting, columns=True)


def _line(points: Sequence[ChartPoint], frame: Frame, figure: int, setting: Setting) -> _Plot:
    """Points joined by a line, dashed where it leads to what is not observed."""
    if not points:
        return _Plot(frame.width, 0, ())
    return _upright(points, _axis(points, frame, COLUMN_WIDTH), frame, figure, setting, columns=False)


def _upright(
    points: Sequence[ChartPoint], axis: _Axis, frame: Frame, figure: int, setting: Setting, columns: bool
) -> _Plot:
    colours = setting.theme.colours
    labels = _Labels(points, figure, setting)
    edges = (frame.left, frame.right)
    crowded = len(points) > 1 and axis.pitch < max(
        text.natural + 2 for text in (*labels.values, *labels.statuses, *labels.categories)
    )
    heads = [
        labels.value_style.leading + (labels.label_style.leading + 0.65 if status.text else 0)
        for status in labels.statuses
    ]
    stagger = max(heads) if crowded else 0.0
    head = max(heads) + stagger + (0 if columns else DOT)
    rows = 2 if crowded else 1
    below = AROUND_PLOT + rows * labels.category_style.leading
    height = max(setting.spacing.column_height - head - below, 60.0)
    low, high = _range(points)
    scale = height / (high - low)
    zero = head + high * scale
    bottom = head + height
    tops = [zero - _amount(point) * scale for point in points]
    items: list[Placed] = []
    seen = [index for index, point in enumerate(points) if _is_solid(point)]
    ahead = [index for index, point in enumerate(points) if not _is_solid(point)]
    half = min(COLUMN_WIDTH, axis.pitch * 0.8) / 2
    if columns and seen and ahead and axis.centres[ahead[-1]] > axis.centres[seen[-1]]:
        y = tops[seen[-1]]
        items.append(
            Stroke(
                axis.centres[seen[-1]] + half,
                y,
                axis.centres[ahead[-1]] - half,
                y,
                0.5,
                colours.reference,
                element=figure,
            )
        )
    if not columns:
        for a, b in pairwise(sorted(range(len(points)), key=lambda index: axis.centres[index])):
            solid = _is_solid(points[a]) and _is_solid(points[b])
            items.append(
                Stroke(
                    axis.centres[a],
                    tops[a],
                    axis.centres[b],
                    tops[b],
                    1.5,
                    colours.accent,
                    () if solid else DASH,
                    figure,
                )
            )
    for index, point in enumerate(points):
        x, y = axis.centres[index], tops[index]
        if columns and y != zero:
            items.append(_bar(x - half, min(y, zero), 2 * half, abs(zero - y), point, figure, setting))
        elif not columns:
            items.append(_bar(x - DOT / 2, y - DOT / 2, DOT, DOT, point, figure, setting))
        above = min(y, zero) - heads[index] - (0 if columns else DOT) - (stagger if crowded and index % 2 else 0)
        items += labels.place(labels.values[index], labels.value_style, x, above, Side.CENTRE, edges)
        status_top = above + labels.value_style.leading - 1.3
        items += labels.place(labels.statuses[index], labels.label_style, x, status_top, Side.CENTRE, edges)
    items.append(Stroke(frame.left, zero, frame.right, zero, AXIS, colours.ink, element=figure))
    foot = bottom + AROUND_PLOT
    for index, category in enumerate(labels.categories):
        top = foot + (labels.category_style.leading if crowded and index % 2 else 0)
        items += labels.place(category, labels.category_style, axis.centres[index], top, Side.CENTRE, edges)
    for x, year in () if crowded else axis.between:
        text = setting.measured((Text(year),), labels.label_style, figure)
        items += labels.place(text, labels.label_style, x, foot, Side.CENTRE, edges)
    return _Plot(frame.width, bottom + below, tuple(items), labels.notes)
