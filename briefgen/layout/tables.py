"""Tables and the key-figure strip: column widths from content, and hairlines that add to the rows' heights as they
do in a word processor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from briefgen.document import (
    Align,
    Caption,
    Column,
    Facet,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Printed,
    Row,
    Table,
    Text,
)
from briefgen.layout.galley import Drawn, Galley, Strip, anchored, beside, move, overlay, stack, tie
from briefgen.layout.lines import MeasuredText, Span
from briefgen.layout.model import Line, Role, Stroke
from briefgen.layout.setting import SPACER, Frame, Setting, Side
from briefgen.theme import StyleName, TextStyle

AFTER_TABLE = 0.8
"""White space below a table, in terms of `Spacing.section`."""

WHOLE_TABLE = 1 / 3
"""A table, caption and remark included, that takes no more than this much of a page is never divided."""

KEY_SLACK = 2.0
"""Points more than a key figure needs: a word processor rounds the widths of its several sizes each by itself."""

EQUAL_PART = 0.75
"""A column is given all it needs if that is no more than this much of an equal part of the room."""

_TWIP = 0.05
_SIDES = {Align.LEFT: Side.LEFT, Align.RIGHT: Side.RIGHT, Align.CENTRE: Side.CENTRE, Align.DECIMAL: Side.RIGHT}
_WRITE_A_POINT = ("en", "ko", "ja", "zh", "th")
"""Languages that write decimals with a point; others write a comma."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: MeasuredText
    style: TextStyle


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table's columns on the page: left edges, widths without padding, sides, and room right of the decimal mark."""

    lefts: tuple[float, ...]
    measures: tuple[float, ...]
    sides: tuple[Side, ...]
    tails: tuple[float | None, ...]
    right: float


# ---- column widths ---------------------------------------------------------------------------------------


def column_widths(
    columns: Sequence[Column], least: Sequence[float], natural: Sequence[float], width: float
) -> tuple[float, ...]:
    """Divide a table's width among its columns, in whole twentieths of a point.

    Shares are kept. Of the rest, columns that need no more than an equal part get what they need, and the others
    share what is left by their content, none narrower than its longest word if that can be had.

    Args:
        least, natural: each column's width with every word whole, and with no line broken; padding included.
        width: of the table in points.
    """
    shares = [column.share or 0.0 for column in columns]
    scale = width * min(1.0, 1 / sum(shares)) if sum(shares) else 0.0
    widths = [share * scale for share in shares]
    free = [index for index, share in enumerate(shares) if not share]
    parts = _divide([least[i] for i in free], [natural[i] for i in free], width - sum(widths))
    for index, part in zip(free, parts, strict=True):
        widths[index] = part
    edges = [0.0]
    for part in widths:
        edges.append(edges[-1] + part)
    steps = [round(edge / _TWIP) for edge in edges]
    return tuple(round((b - a) * _TWIP, 2) for a, b in pairwise(steps))


def _divide(least: list[float], natural: list[float], room: float) -> list[float]:
    total = sum(natural)
    if total <= room:
        return [room * part / total if total else room / len(natural) for part in natural]
    if sum(least) >= room:
        return _lowered(least, room)
    widths = [0.0] * len(natural)
    rest = sorted(range(len(natural)), key=lambda index: (natural[index], index))
    while natural[rest[0]] <= min(EQUAL_PART * room / len(rest), room - sum(least[index] for index in rest[1:])):
        widths[rest[0]] = natural[rest[0]]
        room -= natural[rest.pop(0)]
    while rest:
        total = sum(natural[index] for index in rest)
        tight = [index for index in rest if room * natural[index] / total < least[index]]
        for index in tight or rest:
            widths[index] = least[index] if tight else room * natural[index] / total
        if not tight:
            break
        room -= sum(least[index] for index in tight)
        rest = [index for index in rest if index not in tight]
    return widths


def _lowered(wanted: Sequence[float], room: float) -> list[float]:
    """Widths that fill a room which is too small for what is wanted: the widest give way, so that none vanishes."""
    widths = list(wanted)
    for place, index in enumerate(sorted(range(len(wanted)), key=lambda index: wanted[index])):
        widths[index] = min(wanted[index], room / (len(wanted) - place))
        room -= widths[index]
    return widths


# ---- tables ----------------------------------------------------------------------------------------------


def set_table(table: Table, frame: Frame, parent: int, setting: Setting) -> Galley:
    """A table with its caption and remark.

    A small one stays whole. The head of a longer one is repeated on every page that it runs on to, and two rows at
    least stand on each.

    Row heads that are narrow enough hang in the label column: those of a memo's tables, and of a dossier's that
    have no caption, whose label would stand there. On a landscape page a table has the whole measure, label column
    included.
    """
    spacing, rules, colours = setting.spacing, setting.theme.rules, setting.theme.colours
    element = setting.structure.add(Role.TABLE, parent)
    above = set_caption(table.caption, frame, element, setting) if table.caption else Galley()
    rows = [_cells(row, table, number == 0, element, setting) for number, row in enumerate((table.head, *table.rows))]
    padding = [spacing.cell_right] * (len(table.columns) - 1) + [0.0]
    slack = 4 * _TWIP  # for rounding, here and in a word processor
    least = [max(row[i].text.widest_word for row in rows) + pad + slack for i, pad in enumerate(padding)]
    natural = [max(row[i].text.natural for row in rows) + pad + slack for i, pad in enumerate(padding)]
    for index, column in enumerate(table.columns):
        if column.align is Align.DECIMAL:
            natural[index] = max(
                natural[index], _aligned([row[index] for row in rows[1:]], setting) + padding[index] + slack
            )
    left, columns = _place(table, frame, natural, setting)
    widths = column_widths(columns, least, natural, frame.right - left)
    setting.decided.column_widths.append(widths)
    setting.decided.table_indents.append(round(left - setting.page.left, 2))

    lefts = [left + sum(widths[:i]) for i in range(len(widths))]
    grid = _Grid(
        tuple(lefts),
        tuple(width - pad for width, pad in zip(widths, padding, strict=True)),
        tuple(_SIDES[column.align] for column in columns),
        tuple(
            _tail([row[i] for row in rows[1:]], widths[i] - padding[i], setting)
            if column.align is Align.DECIMAL
            else None
            for i, column in enumerate(columns)
        ),
        frame.right,
    )
    strips = []
    for number, row in enumerate(rows):
        top, bottom = (spacing.cell_top, spacing.cell_bottom) if number else (0.0, spacing.head_bottom)
        outer = number in (0, len(rows) - 1)
        thickness, colour = (rules.table, colours.ink) if outer else (rules.hairline, colours.hairline)
        strip = _row_strip(row, grid, setting, top, bottom, numbers=number > 0)
        strips.append(ruled(strip, grid.lefts[0] if lefts else left, grid.right, thickness, colour))
    head = without_elements(strips[0])
    below = set_remark(table.remark, frame, parent, setting)
    whole = stack((above, Galley(tuple(strips)), below)).height <= WHOLE_TABLE * setting.page.depth
    setting.decided.tables_whole.append(whole)
    body = (
        replace(strip, tied=whole or row_is_tied(index, len(table.rows)), head=head if index else None)
        for index, strip in enumerate(strips[1:])
    )
    galley = anchored(stack((above, Galley((strips[0], *body)), below)), table.anchor)
    return replace(galley, after=spacing.section * AFTER_TABLE)


def row_is_tied(index: int, count: int) -> bool:
    """Whether a row stays on the page of the one before it: two stand with the head, and two at the end.

    Args:
        index: of the row among the `count` below the head.
    """
    return index < 2 or index == count - 1


def set_caption(caption: Caption, frame: Frame, parent: int, setting: Setting) -> Galley:
    """A caption above its table or figure; its label hangs in the margin, or stands before it."""
    style = setting.style(StyleName.CAPTION)
    element = setting.structure.add(Role.CAPTION, parent)
    label: Inlines = (Text(caption.label),) if caption.label else ()
    quiet = replace(style, weight=400, colour=setting.theme.colours.muted)
    if label and frame.has_margin:
        hung = setting.label((*label, Text(" ")), quiet, frame.margin, frame.left - frame.margin, element)
        galley = beside(hung, setting.paragraph(caption.children, style, frame, element))
    else:
        spans = setting.spans(label, quiet, element)
        galley = setting.paragraph(caption.children, style, frame, element, before=_spaced(spans, setting, quiet))
    return replace(tie(galley), tied_to_next=True)


def _spaced(spans: list[Span], setting: Setting, style: TextStyle) -> list[Span]:
    return [*spans, Span(SPACER, spans[-1].face, style.size, style.colour, spans[-1].element)] if spans else []


def set_remark(remark: Inlines, frame: Frame, parent: int, setting: Setting) -> Galley:
    """A quiet line beneath a table or figure, which it is never parted from."""
    if not remark:
        return Galley()
    element = setting.structure.add(Role.PARAGRAPH, parent)
    galley = tie(setting.paragraph(remark, setting.style(StyleName.SOURCE), frame, element))
    first, *rest = galley.strips
    return replace(galley, strips=(replace(first, tied=True), *rest), before=setting.spacing.item)


def ruled(strip: Strip, left: float, right: float, thickness: float, colour: str) -> Strip:
    """A strip with a rule below it, which adds to its height."""
    y = strip.height + thickness / 2
    return replace(
        strip, height=strip.height + thickness, items=(*strip.items, Stroke(left, y, right, y, thickness, colour))
    )


def without_elements(strip: Strip) -> Strip:
    """The same to look at, as an artifact: what is repeated is not read twice."""

    def artifact(item: Drawn) -> Drawn:
        if isinstance(item, Line):
            return replace(item, runs=tuple(replace(run, element=None, link=None) for run in item.runs))
        return item

    return replace(strip, items=tuple(map(artifact, strip.items)), marks=(), anchors=())


def _cells(row: Row, table: Table, is_head: bool, parent: int, setting: Setting) -> list[_Cell]:
    element = setting.structure.add(Role.ROW, parent)
    cells = []
    for index in range(len(table.columns)):
        style = setting.style(StyleName.TABLE_HEAD if is_head else StyleName.TABLE)
        role = Role.COLUMN_HEAD if is_head else Role.CELL
        if not is_head and index == 0 and table.row_heads:
            style, role = replace(style, weight=600), Role.ROW_HEAD
        inlines = row.cells[index] if index < len(row.cells) else ()
        cells.append(_Cell(setting.measured(inlines, style, setting.structure.add(role, element)), style))
    return cells


def _place(table: Table, frame: Frame, natural: Sequence[float], setting: Setting) -> tuple[float, tuple[Column, ...]]:
    """The table's left edge, and its columns, the first as wide as the label column if the row heads hang there."""
    page = setting.page
    outermost = abs(frame.right - (page.width - page.right)) < 0.01 and abs(frame.margin - page.left) < 0.01
    hangs = (
        (frame.has_margin and table.caption is None if setting.is_dossier else setting.is_memo)
        and outermost
        and table.row_heads
        and len(table.columns) > 1
        and table.columns[0].share is None
        and natural[0] <= page.label_column
    )
    if not hangs:
        return frame.margin if setting.is_turned and outermost else frame.left, table.columns
    first = replace(table.columns[0], share=page.label_column / (frame.right - page.left))
    return page.left, (first, *table.columns[1:])


def _row_strip(
    cells: Sequence[_Cell], grid: _Grid, setting: Setting, top: float, bottom: float, numbers: bool
) -> Strip:
    """One row; cells are set from the top.

    Args:
        top, bottom: padding in points.
        numbers: whether columns that are aligned on the decimal mark are.
    """
    layers = []
    depth = 0.0
    for index, cell in enumerate(cells):
        left, measure, side = grid.lefts[index], grid.measures[index], grid.sides[index]
        lines = cell.text.lines(measure)
        tail = grid.tails[index] if numbers and len(lines) == 1 else None
        if tail is not None:
            measure -= tail - _after_mark(cell, setting)
        strips = setting.strips(cell.text, lines, cell.style, left, measure, side)
        layers += [move(strip, top + number * cell.style.leading) for number, strip in enumerate(strips)]
        depth = max(depth, len(lines) * cell.style.leading)
    empty = cells[0].style.leading if cells and not depth else 0.0
    return overlay(layers, top + (depth or empty) + bottom)


def _aligned(cells: Sequence[_Cell], setting: Setting) -> float:
    """The width of a column of numbers aligned on the decimal mark."""
    after = [_after_mark(cell, setting) for cell in cells]
    before = [cell.text.natural - tail for cell, tail in zip(cells, after, strict=True)]
    return max(before, default=0.0) + max(after, default=0.0)


def _tail(cells: Sequence[_Cell], measure: float, setting: Setting) -> float | None:
    """The widest part right of the decimal mark; None if the numbers so aligned would be wider than their column."""
    if _aligned(cells, setting) > measure:
        return None
    return max((_after_mark(cell, setting) for cell in cells), default=0.0)


def _after_mark(cell: _Cell, setting: Setting) -> float:
    """Width of what follows the whole part of a cell's first number, or 0 if it holds none."""
    number = whole_part(cell.text.text[: cell.text.words_end], setting.meta.language)
    return cell.text.advance(number.end(), len(cell.text.text)) if number else 0.0


def whole_part(text: str, language: str) -> re.Match[str] | None:
    """The first number of a text up to its decimal mark, with the separators that its language groups by."""
    separator = "," if language.split("-")[0] in _WRITE_A_POINT else "."
    return re.search(rf"\d(?:[\d{re.escape(separator)}\u00a0\u202f]*\d)?", text)


# ---- key figures -----------------------------------------------------------------------------------------


def set_key_figures(strip: KeyFigures, frame: Frame, parent: int, setting: Setting) -> Galley:
    """The strip of key figures: cells between two rules, over the whole measure, equal where the figures let them."""
    if not strip.figures:
        setting.decided.key_widths.append(())
        return Galley()
    spacing, rules, colours = setting.spacing, setting.theme.rules, setting.theme.colours
    left, right = frame.margin, frame.right
    count = len(strip.figures)
    padding = [spacing.cell_right if index < count - 1 else 0.0 for index in range(count)]
    needed = [
        _key_value(figure, setting, None).natural + room + KEY_SLACK
        for figure, room in zip(strip.figures, padding, strict=True)
    ]
    shares = key_shares(needed, right - left)
    edges = [round(edge / _TWIP) * _TWIP for edge in accumulate(shares, initial=0.0)]
    widths = tuple(round(b - a, 2) for a, b in pairwise(edges))
    setting.decided.key_widths.append(widths)
    element = setting.structure.add(Role.LIST, parent)
    cells = []
    for index, figure in enumerate(strip.figures):
        cell = Frame(left + edges[index], widths[index] - padding[index], left + edges[index])
        body = setting.structure.add(Role.ITEM_BODY, setting.structure.add(Role.ITEM, element))
        cells.append(_key_figure(figure, cell, body, setting))
    depth = max(cell.height for cell in cells)
    above = rules.table + spacing.key_top
    layers = [move(piece, above) for cell in cells for piece in _placed(cell)]
    rule = Stroke(left, rules.table / 2, right, rules.table / 2, rules.table, colours.ink)
    whole = overlay(layers, above + depth + spacing.key_bottom)
    whole = ruled(replace(whole, items=(rule, *whole.items)), left, right, rules.table, colours.ink)
    return Galley((whole,), after=spacing.section)


def key_shares(needed: Sequence[float], measure: float) -> list[float]:
    """Widths of the cells of a strip: equal parts; a figure that needs more takes it from the others' parts.

    Args:
        needed: width of each figure on one line, with its padding.
        measure: of the whole strip.
    """
    if sum(needed) > measure:
        return [measure * width / sum(needed) for width in needed]
    wide: set[int] = set()
    while True:
        rest = len(needed) - len(wide)
        part = (measure - sum(needed[index] for index in wide)) / rest if rest else 0.0
        more = {index for index, width in enumerate(needed) if width > part} - wide
        if not more:
            return [width if index in wide else part for index, width in enumerate(needed)]
        wide |= more


def _placed(galley: Galley) -> list[Strip]:
    """A galley's strips at their places from its top."""
    placed, y = [], 0.0
    for index, strip in enumerate(galley.strips):
        y += strip.gap if index else 0
        placed.append(move(strip, y))
        y += strip.height
    return placed


def _key_figure(figure: KeyFigure, frame: Frame, parent: int, setting: Setting) -> Galley:
    parts = []
    if figure.value:
        element = setting.structure.add(Role.PARAGRAPH, parent)
        text = _key_value(figure, setting, element)
        parts.append(setting.set_text(text, setting.style(StyleName.KEY_VALUE), frame))
    for inlines, name in ((figure.label, StyleName.KEY_LABEL), (figure.period, StyleName.KEY_PERIOD)):
        if inlines:
            element = setting.structure.add(Role.PARAGRAPH, parent)
            parts.append(setting.paragraph(inlines, setting.style(name), frame, element))
    return stack(parts)


def _key_value(figure: KeyFigure, setting: Setting, element: int | None) -> MeasuredText:
    """The figure, with its hedge and unit small beside it."""
    style = setting.style(StyleName.KEY_VALUE)
    unit = replace(setting.style(StyleName.KEY_UNIT), leading=style.leading)
    spans: list[Span] = []
    for inline, small in key_parts(figure.value):
        spans += setting.spans((inline,), unit if small else style, element)
    return MeasuredText(spans, setting.advances)


def key_parts(value: Inlines) -> Iterator[tuple[Inline, bool]]:
    """A key figure's parts, and which are set small: its hedge and its unit, and the space between them."""
    small = [isinstance(part, Printed) and part.facet in (Facet.QUALIFIER, Facet.UNIT) for part in value]
    for index, part in enumerate(value):
        between = isinstance(part, Text) and all(small[index - 1 : index] + small[index + 1 : index + 2])
        yield part, small[index] or (between and 0 < index < len(value) - 1)
