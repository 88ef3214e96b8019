"""Charts that Word draws itself, from numbers in a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from briefgen.writers.ooxml.base import DECLARATION, EMPTY, NAMESPACES, Xml, emu, joined, quoted
from briefgen.writers.ooxml.text import language_tag

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART_2012 = "http://schemas.microsoft.com/office/drawing/2012/chart"

# ---- the drawing that shows a chart (§20.4.2.8, §21.2) ----------------------------------------------------
#
# <w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="…" cy="…"/>
#   <wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="1" name="Chart 1" descr="its text alternative"/>
#   <wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="…/chart"><c:chart r:id="rId5"/></a:graphicData></a:graphic>
# </wp:inline></w:drawing>


def chart(number: int, relation: str, width: float, height: float, description: str) -> Xml:
    """An inline chart with its text alternative; `number` is unique in the document's drawings."""
    return Xml(
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{emu(width)}" cy="{emu(height)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f"<wp:docPr id={quoted(str(number))} name={quoted(f'Chart {number}')} descr={quoted(description)}/>"
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" r:id={quoted(relation)}/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


# ---- the chart part (§21.2.2.27) -------------------------------------------------------------------------
#
# Word 2013 and later write, for columns whose labels are taken from cells ("Value From Cells") and the series' name:
#
# <c:chartSpace><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>
#   <c:layout><c:manualLayout><c:layoutTarget val="inner"/>…</c:manualLayout></c:layout>
#   <c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>
#     <c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f>…</c:strRef></c:tx>
#       <c:spPr>…</c:spPr><c:invertIfNegative val="0"/><c:dLbls>
#         <c:dLbl><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>
#           <a:fld id="{guid}" type="CELLRANGE"><a:rPr/><a:pPr/><a:t>[CELLRANGE]</a:t></a:fld>…</a:p></c:rich></c:tx>
#           <c:dLblPos val="outEnd"/><c:showLegendKey val="0"/>…<c:extLst>
#             <c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"><c15:dlblFieldTable/>
#               <c15:showDataLabelsRange val="1"/></c:ext></c:extLst></c:dLbl>
#         …<c:extLst><c:ext uri="{CE6537A1-…}"><c15:showDataLabelsRange val="1"/>
#             <c15:showLeaderLines val="0"/></c:ext></c:extLst></c:dLbls>
#       <c:cat>…</c:cat><c:val>…</c:val>
#       <c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}"><c15:datalabelsRange>
#           <c15:f>Sheet1!$D$2:$D$4</c15:f><c15:dlblRangeCache><c:ptCount val="3"/><c:pt idx="0"><c:v>86.7</c:v></c:pt>…
#     </c:ser>…<c:gapWidth val="50"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>
#   <c:catAx>…</c:catAx><c:valAx>…</c:valAx></c:plotArea>…</c:chart><c:spPr/><c:txPr/>
#   <c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>
#
# So a label's words are in the sheet, beside its number, and whoever edits one sees the other. The words stand in the
# field too, where Word writes "[CELLRANGE]": a program that does not know the field prints those. Word's empty
# `dlblFieldTable` and `showLeaderLines` are left out: an extension holds one element (§21.2.2.64).
# The axis of values begins at zero and ends where the program finds: a number that is edited must not be cut off. Its
# step is told, so that all programs find the same end.


@dataclass(frozen=True, slots=True)
class Look:
    """How words in a chart are set: families for Latin and East Asian script, size in points."""

    family: str
    east_asian: str
    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: thickness in points; `dash` in points, on and off."""

    width: float
    colour: str
    dash: tuple[float, ...] = ()


class Mark(StrEnum):
    """What shows a series' amounts."""

    BAR = "bar"
    DOT = "dot"
    LINE = "line"  # alone


class Field(StrEnum):
    """Where words of a label are taken from."""

    CELL = "CELLRANGE"
    SERIES = "SERIESNAME"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a label; the first words of a line begin it."""

    text: str
    look: Look
    source: Field | None = None
    begins_line: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the mark of a place; `raised` is how far above its usual place, as a share of the chart's height."""

    place: int
    words: tuple[Words, ...]
    raised: float = 0


@dataclass(frozen=True, slots=True)
class Series:
    """One column of the sheet and how it is drawn.

    Attributes:
        column: its letter.
        values: one a place, None where there is none.
        fill: of bars and dots; None is nothing.
        edge: the outline of bars and dots.
        line: what joins its points, or None.
        size: of dots.
    """

    name: str
    column: str
    values: tuple[Decimal | None, ...]
    mark: Mark
    fill: str | None = None
    edge: Stroke | None = None
    line: Stroke | None = None
    size: float = 0
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of values: its least value, its largest if that is to be told, and its step."""

    least: Decimal
    largest: Decimal | None
    step: Decimal


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart.

    Attributes:
        lying: whether its bars are horizontal.
        places: the labels of its axis; they stand in column A from row 2.
        room: left, top, width and height of its marks' room, as shares of the chart's size.
        gap: between bars, in percent of a bar.
        upright: whether the axis' labels are turned by a right angle.
        words: the labels at its marks, one a place, in column `words_column`.
        workbook: id of the relationship to it.
        colours: the document's colours, #RRGGBB → DrawingML's name of it.
    """

    lying: bool
    places: tuple[str, ...]
    series: tuple[Series, ...]
    words: tuple[str | None, ...]
    words_column: str
    room: tuple[float, float, float, float]
    gap: int
    upright: bool
    scale: Scale
    axis: Stroke
    axis_look: Look
    label_look: Look
    language: str
    workbook: str
    colours: tuple[tuple[str, str], ...] = ()


SHEET = "Sheet1"


def chart_part(made: ChartPart) -> bytes:
    """A chart as a part of its own."""
    return _Writer(made).part()


class _Writer:
    def __init__(self, made: ChartPart) -> None:
        self._made = made
        self._names = dict(made.colours)

    def part(self) -> bytes:
        made = self._made
        groups = [self._bars(), self._lines()]
        text = self._text_properties(made.label_look, _BROKEN)
        spaces = f'xmlns:c="{_CHART}" xmlns:a="{NAMESPACES["a"]}" xmlns:r="{NAMESPACES["r"]}" xmlns:c15="{_CHART_2012}"'
        has_lines = any(series.mark is not Mark.BAR for series in made.series)
        return (
            f'{DECLARATION}<c:chartSpace {spaces}><c:date1904 val="0"/>'
            f"<c:lang val={quoted(language_tag(made.language))}/>"
            '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
            f"{self._room()}{joined(groups)}{self._category_axis()}{self._value_axis()}{_NOTHING}</c:plotArea>"
            f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="{"span" if has_lines else "gap"}"/></c:chart>'
            f"{_NOTHING}{text}<c:externalData r:id={quoted(made.workbook)}>"
            '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        ).encode()

    def _room(self) -> Xml:
        x, y, width, height = (f"{share:.5f}" for share in self._made.room)
        return Xml(
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{x}"/><c:y val="{y}"/><c:w val="{width}"/><c:h val="{height}"/></c:manualLayout></c:layout>'
        )

    # -- series --------------------------------------------------------------------------------------------

    def _numbered(self, *marks: Mark) -> list[tuple[int, Series]]:
        return [(number, series) for number, series in enumerate(self._made.series) if series.mark in marks]

    def _bars(self) -> Xml:
        bars = self._numbered(Mark.BAR)
        if not bars:
            return EMPTY
        written = joined(self._bar_series(number, series) for number, series in bars)
        return Xml(
            f'<c:barChart><c:barDir val="{"bar" if self._made.lying else "col"}"/><c:grouping val="clustered"/>'
            f'<c:varyColors val="0"/>{written}<c:gapWidth val="{self._made.gap}"/><c:overlap val="100"/>{_AXES}'
            "</c:barChart>"
        )

    def _lines(self) -> Xml:
        lines = self._numbered(Mark.DOT, Mark.LINE)
        if not lines:
            return EMPTY
        written = joined(self._line_series(number, series) for number, series in lines)
        return Xml(
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{written}<c:marker val="1"/>{_AXES}</c:lineChart>'
        )

    def _bar_series(self, number: int, series: Series) -> Xml:
        return Xml(
            f"<c:ser>{self._named(number, series)}<c:spPr>{self._fill(series.fill)}{self._stroke(series.edge)}</c:spPr>"
            f'<c:invertIfNegative val="0"/>{self._labels(number, series, "outEnd")}{self._numbers(series)}'
            f"{self._label_cells(series)}</c:ser>"
        )

    def _line_series(self, number: int, series: Series) -> Xml:
        marker = '<c:symbol val="none"/>'
        if series.mark is Mark.DOT:
            dress = f"{self._fill(series.fill)}{self._stroke(series.edge)}"
            marker = f'<c:symbol val="square"/><c:size val="{round(series.size)}"/><c:spPr>{dress}</c:spPr>'
        return Xml(
            f"<c:ser>{self._named(number, series)}<c:spPr>{self._stroke(series.line)}</c:spPr>"
            f"<c:marker>{marker}</c:marker>{self._labels(number, series, 't')}{self._numbers(series)}"
            f'<c:smooth val="0"/>{self._label_cells(series)}</c:ser>'
        )

    def _named(self, number: int, series: Series) -> Xml:
        cell = f"{SHEET}!${series.column}$1"
        return Xml(
            f'<c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{cell}</c:f>'
            f"<c:strCache>{_cached([series.name])}</c:strCache></c:strRef></c:tx>"
        )

    def _numbers(self, series: Series) -> Xml:
        numbers = _cached([None if value is None else f"{value:f}" for value in series.values])
        return Xml(
            f"<c:cat><c:strRef><c:f>{self._cells('A')}</c:f><c:strCache>{_cached(self._made.places)}</c:strCache>"
            f"</c:strRef></c:cat><c:val><c:numRef><c:f>{self._cells(series.column)}</c:f>"
            f"<c:numCache><c:formatCode>General</c:formatCode>{numbers}</c:numCache></c:numRef></c:val>"
        )

    def _cells(self, column: str) -> str:
        return f"{SHEET}!${column}$2:${column}${len(self._made.places) + 1}"

    # -- labels --------------------------------------------------------------------------------------------

    def _labels(self, number: int, series: Series, position: str) -> Xml:
        if not series.labels:
            return Xml(f"<c:dLbls>{_shown()}</c:dLbls>")
        labels = joined(self._label(number, label, position) for label in series.labels)
        named = any(words.source is Field.SERIES for label in series.labels for words in label.words)
        breaks = any(words.begins_line for label in series.labels for words in label.words[1:])
        separator = f"<c:separator>{escape(chr(10) if breaks else ' ')}</c:separator>"
        return Xml(
            f"<c:dLbls>{labels}{_NOTHING}{self._text_properties(self._made.label_look, _UNBROKEN)}"
            f'<c:dLblPos val="{position}"/>{_shown(name=named)}{separator}'
            f"{_UNLED if any(label.raised for label in series.labels) else _FROM_CELLS}</c:dLbls>"
        )

    def _label(self, number: int, label: Label, position: str) -> Xml:
        layout = EMPTY
        if label.raised:
            layout = Xml(
                f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{-label.raised:.5f}"/></c:manualLayout></c:layout>'
            )
        paragraphs: list[list[Xml]] = [[]]
        for index, words in enumerate(label.words):
            if words.begins_line and index:
                paragraphs.append([])
            paragraphs[-1].append(self._words(f"{number} {label.place} {index}", words))
        side = f'<a:pPr algn="{"l" if self._made.lying else "ctr"}"><a:defRPr/></a:pPr>'
        rich = joined(Xml(f"<a:p>{side}{joined(runs)}</a:p>") for runs in paragraphs)
        named = any(words.source is Field.SERIES for words in label.words)
        return Xml(
            f'<c:dLbl><c:idx val="{label.place}"/>{layout}<c:tx><c:rich>{_UNBROKEN}<a:lstStyle/>{rich}</c:rich></c:tx>'
            f'<c:dLblPos val="{position}"/>{_shown(value=True, name=named)}{_FROM_CELLS}</c:dLbl>'
        )

    def _words(self, identity: str, words: Words) -> Xml:
        properties = self._look("a:rPr", words.look, f" lang={quoted(language_tag(self._made.language))}")
        text = f"<a:t>{escape(words.text)}</a:t>"
        if words.source is None:
            return Xml(f"<a:r>{properties}{text}</a:r>")
        guid = "{" + str(uuid5(NAMESPACE_URL, f"{self._made.workbook} {identity}")).upper() + "}"
        return Xml(f'<a:fld id="{guid}" type="{words.source}">{properties}{_PLAIN}{text}</a:fld>')

    def _label_cells(self, series: Series) -> Xml:
        if not series.labels:
            return EMPTY
        return Xml(
            f'<c:extLst><c:ext uri="{_SERIES_EXTENSION}"><c15:datalabelsRange>'
            f"<c15:f>{self._cells(self._made.words_column)}</c15:f>"
            f"<c15:dlblRangeCache>{_cached(self._made.words)}</c15:dlblRangeCache>"
            "</c15:datalabelsRange></c:ext></c:extLst>"
        )

    # -- axes ----------------------------------------------------------------------------------------------

    def _category_axis(self) -> Xml:
        made = self._made
        orientation, side = ("maxMin", "l") if made.lying else ("minMax", "b")
        text = self._text_properties(made.axis_look, _TURNED if made.upright else _BROKEN)
        return Xml(
            f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{orientation}"/></c:scaling><c:delete val="0"/>'
            f'<c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
            f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{self._stroke(made.axis)}</c:spPr>'
            f'{text}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/>'
            '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        )

    def _value_axis(self) -> Xml:
        scale, side = self._made.scale, "t" if self._made.lying else "l"
        largest = "" if scale.largest is None else f'<c:max val="{scale.largest:f}"/>'
        return Xml(
            f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{largest}'
            f'<c:min val="{scale.least:f}"/></c:scaling>'
            f'<c:delete val="1"/><c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/>'
            f'<c:crosses val="autoZero"/><c:crossBetween val="between"/><c:majorUnit val="{scale.step:f}"/></c:valAx>'
        )

    # -- dress ---------------------------------------------------------------------------------------------

    def _colour(self, colour: str) -> Xml:
        name = self._names.get(colour)
        return Xml(f'<a:schemeClr val="{name}"/>' if name else f'<a:srgbClr val="{colour.lstrip("#").upper()}"/>')

    def _fill(self, colour: str | None) -> Xml:
        return Xml("<a:noFill/>" if colour is None else f"<a:solidFill>{self._colour(colour)}</a:solidFill>")

    def _stroke(self, stroke: Stroke | None) -> Xml:
        if stroke is None:
            return Xml("<a:ln><a:noFill/></a:ln>")
        shares = [round(length / stroke.width * 100_000) for length in stroke.dash]
        pairs = zip(shares[::2], shares[1::2], strict=True)
        stops = "".join(f'<a:ds d="{on}" sp="{off}"/>' for on, off in pairs)
        dash = f"<a:custDash>{stops}</a:custDash>" if stops else '<a:prstDash val="solid"/>'
        return Xml(
            f'<a:ln w="{emu(stroke.width)}" cap="flat">{self._fill(stroke.colour)}{dash}<a:miter lim="800000"/></a:ln>'
        )

    def _look(self, element: str, look: Look, more: str = "") -> Xml:
        latin, asian = quoted(look.family), quoted(look.east_asian)
        return Xml(
            f'<{element}{more} sz="{round(look.size * 100)}" b="{int(look.bold)}" i="0" kern="0">'
            f"{self._fill(look.colour)}<a:latin typeface={latin}/><a:ea typeface={asian}/><a:cs typeface={latin}/>"
            f"</{element}>"
        )

    def _text_properties(self, look: Look, body: str) -> Xml:
        return Xml(
            f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>"
            f"{self._look('a:defRPr', look)}</a:pPr>"
            f"<a:endParaRPr lang={quoted(language_tag(self._made.language))}/></a:p></c:txPr>"
        )


_NOTHING = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_AXES = '<c:axId val="1"/><c:axId val="2"/>'
_PLAIN = "<a:pPr><a:defRPr/></a:pPr>"
_UNBROKEN = '<a:bodyPr rot="0" vert="horz" wrap="none" lIns="38100" tIns="0" rIns="38100" bIns="0" anchor="ctr"/>'
_BROKEN = '<a:bodyPr rot="0" vert="horz"/>'
_TURNED = '<a:bodyPr rot="-5400000" vert="horz"/>'
_LABELS = '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"><c15:%s/></c:ext></c:extLst>'
_FROM_CELLS = _LABELS % 'showDataLabelsRange val="1"'
_UNLED = _LABELS % 'showLeaderLines val="0"'
_SERIES_EXTENSION = "{02D57815-91ED-43cb-92C2-25804820EDAC}"


def _cached(values: Sequence[str | None]) -> Xml:
    """What stood in cells when the chart was written."""
    points = (f'<c:pt idx="{n}"><c:v>{escape(v)}</c:v></c:pt>' for n, v in enumerate(values) if v is not None)
    return Xml(f'<c:ptCount val="{len(values)}"/>{"".join(points)}')


def _shown(*, value: bool = False, name: bool = False) -> Xml:
    """What labels are made of."""
    flags: Iterable[tuple[str, bool]] = (
        ("LegendKey", False),
        ("Val", value),
        ("CatName", False),
        ("SerName", name),
        ("Percent", False),
        ("BubbleSize", False),
    )
    return joined(Xml(f'<c:show{what} val="{int(on)}"/>') for what, on in flags)
