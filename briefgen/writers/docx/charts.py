"""Charts of the Document as Word's own, with the workbook that 'Edit Data' opens.

The sheet holds a row a place on the axis: its label, a column of numbers for what was observed and one for each other
status, and the words that are printed at the mark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from itertools import groupby, pairwise
from typing import TypeVar

from briefgen.document import Chart, ChartKind, ChartPoint, PointStatus, plain
from briefgen.layout.charts import AXIS, DASH, DOT, LINE, OUTLINE, REFERENCE
from briefgen.layout.lines import NBSP
from briefgen.layout.model import Figure
from briefgen.theme import StyleName, TextStyle
from briefgen.writers.docx.packing import packed_anew
from briefgen.writers.docx.styles import Faces, Stylesheet
from briefgen.writers.ooxml.charts import (
    SHEET,
    ChartPart,
    Field,
    Label,
    Look,
    Mark,
    Scale,
    Series,
    Stroke,
    Words,
    chart_part,
)

_T = TypeVar("_T")

WORKBOOK = "workbook"
"""Id of the relationship from a chart to its workbook."""

STEPS = 12
"""About so many steps has the axis of values, which nobody sees."""
BEYOND = 20
"""Programs leave a twentieth of the amounts' span, and what is missing to a whole step, beyond the largest."""

_NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
_LARGEST_POWER = 16

_WIDEST_GAP = 500
"""Percent of a bar's thickness, the most that Word accepts between bars (§21.2.3.12)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its head, and a cell a place.

    Attributes:
        formulas: of the cells that repeat another cell's number.
    """

    head: str
    cells: tuple[Decimal | str | None, ...]
    formulas: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart's two parts."""

    xml: bytes
    workbook: bytes


@dataclass(slots=True)
class Charts:
    """The charts that the body shows, in order; the package holds each under its relationship.

    Attributes:
        sheet, faces: how words look.
        language: the document's.
        colours: the document's colours, #RRGGBB → DrawingML's name of it.
        drawn: so far.
    """

    sheet: Stylesheet
    faces: Faces
    language: str
    colours: Mapping[str, str]
    drawn: list[NativeChart] = field(default_factory=list)

    def relation(self, chart: Chart, figure: Figure) -> str:
        """Draw a chart in the size that the layout gave it.

        Returns:
            The id of the relationship to it.
        """
        self.drawn.append(_Drawing(chart, figure, self).native())
        return f"chart{len(self.drawn)}"


class _Drawing:
    """A chart on its way into Word."""

    def __init__(self, chart: Chart, figure: Figure, charts: Charts) -> None:
        assert figure.plot is not None, "a chart without points has no plot"
        self._chart = chart
        self._points = chart.points
        self._figure = figure
        self._plot = figure.plot
        self._charts = charts
        self._colours = charts.sheet.theme.colours
        self._amounts = _amounts(chart.points)
        self._order = [place for place in self._plot.places if isinstance(place, int)]
        self._value_style = charts.sheet.density.styles[StyleName.CHART_VALUE]
        self._label_style = charts.sheet.density.styles[StyleName.CHART_LABEL]

    def native(self) -> NativeChart:
        chart, plot = self._chart, self._plot
        places = tuple(place if isinstance(place, str) else plain(chart.points[place].label) for place in plot.places)
        printed = self._at_places({index: plain(point.value) for index, point in enumerate(self._points)})
        marks = tuple(self._lines() if chart.kind is ChartKind.LINE else self._bars())
        joining = tuple(self._joining(marks))
        numbers = (*marks, *(series for series, _ in joining))
        columns = (
            Column("", places),
            *(Column(series.name, series.values) for series in marks),
            *(Column(series.name, series.values, formulas) for series, formulas in joining),
            Column(plain(chart.subject) or plain(chart.title), printed),
        )
        scale, room = self._scaled()
        part = ChartPart(
            lying=chart.kind is ChartKind.BAR,
            places=places,
            series=(*(series for series, _ in joining), *marks) if chart.kind is ChartKind.LINE else numbers,
            words=printed,
            words_column=_letter(len(columns) - 1),
            room=room,
            gap=self._gap(),
            upright=plot.upright,
            scale=scale,
            axis=Stroke(AXIS, self._colours.ink),
            axis_look=self._look("".join(places), replace(self._label_style, weight=600, colour=self._colours.ink)),
            label_look=self._look("".join(words or "" for words in printed), self._value_style),
            language=self._charts.language,
            workbook=WORKBOOK,
            colours=tuple(self._charts.colours.items()),
        )
        return NativeChart(chart_part(part), workbook(columns))

    # -- the sheet -----------------------------------------------------------------------------------------

    def _at_places(self, cells: Mapping[int, _T]) -> tuple[_T | None, ...]:
        """What is known of points, a cell a place."""
        return tuple(cells.get(place) if isinstance(place, int) else None for place in self._plot.places)

    # -- series --------------------------------------------------------------------------------------------

    def _bars(self) -> Iterator[Series]:
        """One series a status, so that each is a column of the sheet and a look of its own."""
        for number, (name, indices) in enumerate(self._by_status(self._order).items()):
            yield replace(self._series(number, name, indices), mark=Mark.BAR)

    def _lines(self) -> Iterator[Series]:
        """Observations that follow each other are joined; the others are dots, one series a status."""
        runs: list[tuple[str, list[int]]] = []
        for solid, run in groupby(self._order, key=self._is_solid):
            if solid:
                indices = list(run)
                runs.append((self._points[indices[0]].status_label, indices))
        others = self._by_status([index for index in self._order if not self._is_solid(index)])
        for number, (name, indices) in enumerate((*runs, *others.items())):
            line = Stroke(LINE, self._colours.accent) if self._is_solid(indices[0]) else None
            dots = replace(self._series(number, name, indices), mark=Mark.DOT, size=DOT, line=line)
            pale = replace(dots, fill=self._colours.hairline, edge=Stroke(OUTLINE, self._colours.accent))
            yield dots if line else pale

    def _by_status(self, indices: Sequence[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index in indices:
            found.setdefault(self._points[index].status_label, []).append(index)
        return found

    def _is_solid(self, index: int) -> bool:
        return self._points[index].status is PointStatus.OBSERVED

    def _series(self, number: int, name: str, indices: Sequence[int]) -> Series:
        accent = self._colours.accent
        solid = self._is_solid(indices[0])
        return Series(
            name,
            _letter(number + 1),
            self._at_places({index: self._amounts[index] for index in indices}),
            Mark.BAR,
            fill=accent if solid else "#FFFFFF",
            edge=None if solid else Stroke(OUTLINE, accent, DASH),
            labels=tuple(self._label(index) for index in indices),
        )

    def _joining(self, marks: Sequence[Series]) -> Iterator[tuple[Series, tuple[str | None, ...]]]:
        """Lines that lead from what was observed to what was not; their cells repeat the numbers of others."""
        column = _letter(len(marks) + 1)
        if self._plot.reference is not None:
            seen, ahead = self._plot.reference
            first, last = self._plot.places.index(seen), self._plot.places.index(ahead)
            cell = self._cell(marks, first)
            values = (first <= n <= last for n in range(len(self._plot.places)))
            repeated = tuple((self._amounts[seen], cell) if within else None for within in values)
            line = Stroke(REFERENCE, self._colours.reference)
            name = plain(self._points[seen].label)
        elif steps := [n for n, pair in enumerate(pairwise(self._order)) if not all(map(self._is_solid, pair))]:
            if self._chart.kind is not ChartKind.LINE:
                return
            within = self._order[steps[0] : steps[-1] + 2]
            amounts = self._at_places({index: self._amounts[index] for index in within})
            repeated = tuple(
                None if amount is None else (amount, self._cell(marks, n)) for n, amount in enumerate(amounts)
            )
            line = Stroke(LINE, self._colours.accent, DASH)
            name = " → ".join(dict.fromkeys(self._points[index].status_label for index in within))
        else:
            return
        numbers = tuple(cell and cell[0] for cell in repeated)
        yield Series(name, column, numbers, Mark.LINE, line=line), tuple(cell and cell[1] for cell in repeated)

    def _cell(self, marks: Sequence[Series], place: int) -> str:
        """The address of the number at a place."""
        column = next(series.column for series in marks if series.values[place] is not None)
        return f"${column}${place + 2}"

    # -- labels --------------------------------------------------------------------------------------------

    def _label(self, index: int) -> Label:
        """A value and its status: side by side at a bar's end, one below the other at a column or dot."""
        point, place = self._points[index], self._plot.places.index(index)
        value = plain(point.value)
        words = [Words(value, self._look(value, self._value_style), Field.CELL, begins_line=True)]
        if point.status_label and index in self._plot.named:
            quiet = self._look(point.status_label, self._label_style)
            beneath = self._plot.stacked
            if not beneath:
                words.append(Words(NBSP, quiet))
            words.append(Words(point.status_label, quiet, Field.SERIES, begins_line=beneath))
        return Label(place, tuple(words), place % self._plot.levels * self._plot.step / self._figure.height)

    def _look(self, text: str, style: TextStyle) -> Look:
        """A style for a text: the face that its Latin words take, and the one that the others take."""
        faces = self._charts.faces
        style = faces.even(text, style)
        own = faces.of(style)
        used = [face.family for _, face in faces.split(text, style)]
        other = next((family for family in used if family != own.family), own.family)
        return Look(own.family, other, style.size, style.colour, own.bold)

    # -- sizes ---------------------------------------------------------------------------------------------

    def _gap(self) -> int:
        plot = self._plot
        length = plot.height if self._chart.kind is ChartKind.BAR else plot.width
        pitch = length / len(plot.places)
        return max(0, min(_WIDEST_GAP, round((pitch / plot.thickness - 1) * 100)))

    def _scaled(self) -> tuple[Scale, tuple[float, float, float, float]]:
        """The axis of values, and the room in which its amounts are as large as the layout has them.

        It begins at zero, or where labels beyond the least amount below zero begin; where it ends programs find
        themselves, so that a number may grow. There the room reaches as far as they are known to go.
        """
        plot, figure = self._plot, self._figure
        low, high = min(Decimal(0), *self._amounts), max(Decimal(0), *self._amounts)
        if low == high:
            high = Decimal(1)
        span = high - low
        step = _step(span / STEPS)
        end = ((high + span / BEYOND) / step).to_integral_value(ROUND_CEILING) * step if high > 0 else high
        is_lying = self._chart.kind is ChartKind.BAR
        length = plot.width if is_lying else plot.height
        labels = step * round(Decimal(plot.before) / Decimal(length) * span / step, 3) if plot.before else Decimal(0)
        over = length * float((end - high) / span)
        if is_lying:
            right = min(plot.x + plot.width + over, figure.width)
            box = plot.x - plot.before, plot.y, right - plot.x + plot.before, plot.height
        else:
            top = max(plot.y - over, 0.0)
            box = plot.x, top, plot.width, plot.y + plot.height + plot.before - top
        left, top, width, height = box
        room = left / figure.width, top / figure.height, width / figure.width, height / figure.height
        return Scale(low - labels, None if high > 0 else high, step), room


def _amounts(points: Sequence[ChartPoint]) -> tuple[Decimal, ...]:
    """What is drawn, in the unit in which the numbers are printed: 86.7 where US$ billions are."""
    amounts = [point.amount if point.amount is not None else Decimal(0) for point in points]
    powers = sorted(range(_LARGEST_POWER), key=lambda power: (power % 3 != 0, power))
    shared = (
        power
        for power in powers
        if all(abs(a).scaleb(-power) in _readings(plain(p.value)) for a, p in zip(amounts, points, strict=True) if a)
    )
    power = next(shared, 0)
    return tuple(amount.scaleb(-power).normalize() if power else amount for amount in amounts)


def _readings(words: str) -> set[Decimal]:
    """The numbers in words, whichever of point and comma is the decimal sign."""
    found = set()
    for number in _NUMBER.findall(words):
        for thousands, decimal in (",.", ".,"):
            plain_number = number.replace(thousands, "").replace(decimal, ".")
            if plain_number.count(".") < 2:
                found.add(Decimal(plain_number))
    return found


def _step(least: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten that is no less."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= least)


def _letter(column: int) -> str:
    """A column's name: A, B … Z, AA …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def workbook(columns: Sequence[Column]) -> bytes:
    """A workbook of one sheet, the same bytes for the same columns.

    Args:
        columns: with their heads in row 1 and their cells below.
    """
    from xlsxwriter import Workbook

    loose = io.BytesIO()
    with Workbook(loose, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        wrapped = book.add_format({"text_wrap": True})
        page = book.add_worksheet(SHEET)
        for number, column in enumerate(columns):
            widest = max((len(cell) for cell in (column.head, *column.cells) if isinstance(cell, str)), default=0)
            page.set_column(number, number, min(max(widest, 10), 40) + 2)
            if column.head:
                page.write_string(0, number, column.head, wrapped)
            for row, cell in enumerate(column.cells, 1):
                formula = column.formulas[row - 1] if column.formulas else None
                if isinstance(cell, str):
                    page.write_string(row, number, cell, wrapped)
                elif formula is not None:
                    page.write_formula(row, number, f"={formula}", None, cell and float(cell))
                elif cell is not None:
                    page.write_number(row, number, cell)
    return packed_anew(loose)
