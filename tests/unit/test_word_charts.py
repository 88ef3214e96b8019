"""Charts in Word: what they show, and the sheet that 'Edit Data' opens."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import product

import docx
import pytest
from docx.oxml.ns import qn

from briefgen.document import Chart, ChartKind, ChartPoint, Pair, Text, plain
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import write
from briefgen.writers.docx.charts import Column, workbook
from tests.charts import (
    BAR,
    BELOW_ZERO,
    COLUMN,
    KOREAN,
    LINE,
    MIXED,
    OBSERVED,
    SETS,
    SPACES,
    TARGET,
    TRADE,
    TURNS,
    WordChart,
    point,
    word_charts,
)
from tests.charts import chart as made
from tests.finished import REPOSITORY, document, finished

EVERY = list(product(ChartKind, SETS))


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


def written(theme: Theme, *charts: Chart) -> bytes:
    return write("docx", finished(theme, document(*charts)))


def one(theme: Theme, kind: ChartKind, *points: ChartPoint) -> WordChart:
    (found,) = word_charts(written(theme, made(kind, *points)))
    return found


# ---- the sheet -------------------------------------------------------------------------------------------


def test_the_sheet_has_a_row_a_point_and_a_column_a_status(theme: Theme) -> None:
    assert one(theme, BAR, *TRADE).sheet == (
        (None, "observed", "target", "Trade, US$ billion"),
        ("2024", 86.7, None, "86.7"),
        ("2025", None, 100, "100"),
        ("2030", None, 150, "150"),
    )


def test_the_sheet_has_a_row_a_year(theme: Theme) -> None:
    sheet = one(theme, COLUMN, *TRADE).sheet
    assert [row[0] for row in sheet[1:]] == ["2024", "2025", "2026", "2027", "2028", "2029", "2030"]
    assert [row[1:3] for row in sheet[3:7]] == [(None, None)] * 4


def test_the_line_to_a_target_follows_the_number_it_starts_from(theme: Theme) -> None:
    found = one(theme, COLUMN, *TRADE)
    assert [row[3] for row in found.sheet] == ["2024", *[86.7] * 7]
    assert {row[3] for row in found.formulas[1:]} == {"=$B$2"}


def test_a_dashed_line_follows_the_numbers_it_joins(theme: Theme) -> None:
    found = one(theme, LINE, *TURNS)
    assert [row[:6] for row in found.formulas] == [
        (None, "observed", "observed", "target", "estimate", "observed → target → estimate"),
        ("a", 10, None, None, None, "=$B$2"),
        ("b", None, None, 30, None, "=$D$3"),
        ("c", None, 20, None, None, "=$C$4"),
        ("d", None, 25, None, None, "=$C$5"),
        ("e", None, None, None, 40, "=$E$6"),
    ]


def test_observations_alone_need_no_second_line(theme: Theme) -> None:
    assert one(theme, LINE, *SETS["thirty"]).sheet[0] == (None, "observed", "Trade, US$ billion")


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (TRADE, ["86.7", "100", "150"]),
        (KOREAN, ["867", "1500"]),
        (SETS["Vietnamese"], ["86.7", "100"]),
        (MIXED, ["86.7", "23", "3", "100", "12"]),
        ((point("1,234", "x", 1234),), ["1234"]),
        ((point("1.234", "x", 1234),), ["1234"]),
        ((point("86.7", "x", 86_700_000_000),), ["86.7"]),
        ((point("US$950 million", "x", 950_000_000), point("US$1.2 billion", "y", 1_200_000_000)), None),
        ((point("six", "x", 6),), ["6"]),
        ((point("8.3%", "x", "8.3"), point("0", "y", 0)), ["8.3", "0"]),
        ((point("−2.5 billion", "x", -2_500_000_000),), ["-2.5"]),
    ],
)
def test_numbers_stand_in_the_unit_in_which_they_are_printed(
    theme: Theme, points: tuple[ChartPoint, ...], expected: list[str] | None
) -> None:
    sheet = one(theme, BAR, *points).sheet
    numbers = [next(Decimal(str(cell)) for cell in row[1:-1] if cell is not None) for row in sheet[1:]]
    assert numbers == ([p.amount for p in points] if expected is None else [Decimal(number) for number in expected])


def test_words_are_never_formulas(theme: Theme) -> None:
    found = one(theme, BAR, point("=1+1", "=cmd|' /C calc'!A0", 5), point("<&>", "@x", 6))
    assert [(row[0], row[2]) for row in found.formulas[1:]] == [("=cmd|' /C calc'!A0", "=1+1"), ("@x", "<&>")]


def test_the_workbook_tells_nothing_of_who_made_it_and_when() -> None:
    columns = (Column("", ("2024",)), Column("observed", (Decimal("86.7"),)), Column("Trade", ("86.7",)))
    file = workbook(columns)
    assert file == workbook(columns)
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert re.findall(r">([^<]+)<", core) == ["\n", "2000-01-01T00:00:00Z", "2000-01-01T00:00:00Z"]


# ---- the chart -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_every_number_and_word_is_the_documents(kind: ChartKind, name: str, theme: Theme) -> None:
    """Each point has one mark whose number is the point's, and one label with its words."""
    points = SETS[name]
    found = one(theme, kind, *points)
    shown: dict[str, tuple[Decimal, list[str]]] = {}
    for series in found.xml.iterfind(".//c:ser", SPACES):
        names = {p.get("idx"): p.findtext("c:v", None, SPACES) for p in series.iterfind("c:cat//c:pt", SPACES)}
        numbers = {p.get("idx"): p.findtext("c:v", None, SPACES) for p in series.iterfind("c:val//c:pt", SPACES)}
        for label in series.iterfind("c:dLbls/c:dLbl", SPACES):
            place = label.find("c:idx", SPACES).get("val")
            words = [text.text for text in label.iterfind(".//a:fld/a:t", SPACES)]
            assert names[place] not in shown
            shown[names[place]] = Decimal(numbers[place]), words
    assert len(shown) == len(points)
    factors = set()
    for p in points:
        number, words = shown[plain(p.label)]
        assert words[0] == plain(p.value)
        assert words[1:] in ([p.status_label], []) if name == "thirty" else words[1:] == [p.status_label]
        assert p.amount is not None
        if p.amount:
            factors.add(p.amount / number)
        else:
            assert number == 0
    assert len(factors) == 1


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_what_a_chart_remembers_is_what_stands_in_its_cells(kind: ChartKind, name: str, theme: Theme) -> None:
    found = one(theme, kind, *SETS[name])
    caches = [*found.xml.iter(*(f"{{{SPACES['c']}}}{tag}" for tag in ("strRef", "numRef")))]
    caches += found.xml.iter(f"{{{SPACES['c15']}}}datalabelsRange")
    assert caches
    for cache in caches:
        cells = found.cells(cache[0].text or "")
        remembered = {int(p.get("idx", "")): p[0].text for p in cache.iter(f"{{{SPACES['c']}}}pt")}
        assert cache[1].find("c:ptCount", SPACES).get("val") == str(len(cells))
        for place, cell in enumerate(cells):
            told = remembered.get(place)
            if isinstance(cell, int | float):
                assert told is not None
                assert Decimal(told) == Decimal(str(cell))
            else:
                assert told == cell


def test_a_label_is_the_words_of_its_cell_and_the_name_of_its_column(theme: Theme) -> None:
    found = one(theme, COLUMN, *TRADE)
    kinds = [field.get("type") for field in found.xml.iterfind(".//a:fld", SPACES)]
    assert kinds == ["CELLRANGE", "SERIESNAME"] * 3
    ids = [field.get("id") for field in found.xml.iterfind(".//a:fld", SPACES)]
    assert len(set(ids)) == len(ids)
    assert found.values(".//c:dLbl//c15:showDataLabelsRange") == ["1"] * 3
    assert set(found.texts(".//c15:datalabelsRange/c15:f")) == {"Sheet1!$E$2:$E$8"}


def test_bars_begin_at_zero_and_may_grow(theme: Theme) -> None:
    for kind in ChartKind:
        found = one(theme, kind, *TRADE)
        assert found.values(".//c:valAx//c:min") == ["0"]
        assert found.values(".//c:valAx//c:max") == []


def test_labels_below_zero_have_room(theme: Theme) -> None:
    (least,) = one(theme, COLUMN, *BELOW_ZERO).values(".//c:valAx//c:min")
    assert Decimal(-50) < Decimal(least) < Decimal(-22)
    losses = [replace(p, amount=-abs(p.amount or 0)) for p in BELOW_ZERO]
    assert one(theme, BAR, *losses).values(".//c:valAx//c:max") == ["0"]


def test_targets_look_apart(theme: Theme) -> None:
    observed, target = one(theme, BAR, *TRADE).xml.findall(".//c:ser", SPACES)
    assert observed.find("c:spPr/a:solidFill/a:schemeClr", SPACES).get("val") == "accent1"
    assert observed.find("c:spPr/a:ln/a:noFill", SPACES) is not None
    assert target.find("c:spPr/a:solidFill/a:schemeClr", SPACES).get("val") == "bg1"
    assert target.find("c:spPr/a:ln/a:custDash", SPACES) is not None


def test_no_legend_no_gridlines_no_title(theme: Theme) -> None:
    for kind in ChartKind:
        xml = one(theme, kind, *TRADE).xml
        for clutter in ("legend", "majorGridlines", "minorGridlines", "title"):
            assert xml.find(f".//c:{clutter}", SPACES) is None


def test_each_script_has_its_face(theme: Theme) -> None:
    xml = one(theme, BAR, *KOREAN).xml
    for properties in (*xml.iterfind(".//a:fld/a:rPr", SPACES), *xml.iterfind(".//c:catAx//a:defRPr", SPACES)):
        assert properties.find("a:latin", SPACES).get("typeface") == "Source Sans Pro"
        assert properties.find("a:ea", SPACES).get("typeface") == "Noto Sans KR"
    latin = one(theme, BAR, *TRADE).xml.find(".//c:catAx//a:defRPr/a:latin", SPACES)
    assert latin is not None
    assert latin.get("typeface") == "Source Sans Pro Semibold"


def test_a_status_stands_below_its_value_where_bars_would_have_no_room(theme: Theme) -> None:
    long = replace(TRADE[0], value=(Text("up to US$1,500 bn a year"),), label=(Text("Registered capital"),))
    wide, narrow = word_charts(written(theme, made(BAR, long), Pair((made(BAR, long),), ())))
    assert [len(chart.xml.findall(".//c:dLbl//a:p", SPACES)) for chart in (wide, narrow)] == [1, 2]


def test_a_crowded_status_is_said_where_it_changes_or_has_room(theme: Theme) -> None:
    years = (2012, 2018, 2024, 2025, 2030)
    points = [point(str(n), str(y), n, y, TARGET if y > 2024 else OBSERVED) for n, y in enumerate(years, 1)]
    labels = one(theme, LINE, *points).xml.findall(".//c:dLbl", SPACES)
    said = {label.find(".//a:t", SPACES).text: len(label.findall(".//a:fld", SPACES)) == 2 for label in labels}
    assert said == {"1": True, "2": True, "3": False, "4": True, "5": True}


def test_crowded_labels_stand_on_several_levels(theme: Theme) -> None:
    found = one(theme, COLUMN, *SETS["thirty"])
    raised = [Decimal(y) for y in found.values(".//c:dLbl/c:layout//c:y")]
    assert len(raised) == 15
    assert all(y < 0 for y in raised)
    assert found.xml.find(".//c:catAx/c:txPr/a:bodyPr", SPACES).get("rot") == "-5400000"


# ---- in the document -------------------------------------------------------------------------------------


def test_a_chart_is_as_large_as_its_plot_and_has_a_description(theme: Theme) -> None:
    whole = finished(theme, document(made(BAR, *TRADE), made(LINE, *TURNS, title="Another")))
    word = docx.Document(io.BytesIO(write("docx", whole)))
    inlines = list(word.element.body.iter(qn("wp:inline")))
    for inline, figure, title in zip(inlines, whole.layout.decisions.figures, ("A finding", "Another"), strict=True):
        extent, properties = inline.find(qn("wp:extent")), inline.find(qn("wp:docPr"))
        assert (int(extent.get("cx")), int(extent.get("cy"))) == (
            round(figure.width * 12700),
            round(figure.height * 12700),
        )
        assert properties.get("descr") == title
    assert len({inline.find(qn("wp:docPr")).get("id") for inline in inlines}) == 2


def test_python_docx_keeps_charts(theme: Theme) -> None:
    file = written(theme, made(BAR, *TRADE), made(COLUMN, *MIXED))
    again = io.BytesIO()
    docx.Document(io.BytesIO(file)).save(again)
    assert [chart.sheet for chart in word_charts(again.getvalue())] == [chart.sheet for chart in word_charts(file)]
    assert len(word_charts(again.getvalue())) == 2


def test_the_same_charts_give_the_same_bytes(theme: Theme) -> None:
    charts = [made(kind, *points) for kind in ChartKind for points in SETS.values()]
    assert written(theme, *charts) == written(theme, *charts)


def test_points_without_labels_or_status_do_no_harm(theme: Theme) -> None:
    bare = replace(TRADE[0], label=(), status_label="", amount=None)
    for kind in ChartKind:
        found = one(theme, kind, bare, replace(TRADE[1], status=TARGET, label=()))
        assert len(found.sheet) == 3
