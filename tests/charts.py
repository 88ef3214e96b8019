"""Charts of every kind and of odd kinds, and their parts in a Word file."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import openpyxl
from lxml import etree

from briefgen.document import Chart, ChartKind, ChartPoint, Inlines, PointStatus, Text
from briefgen.periods import Period

OBSERVED, TARGET, ESTIMATE = PointStatus.OBSERVED, PointStatus.TARGET, PointStatus.ESTIMATE
BAR, COLUMN, LINE = ChartKind.BAR, ChartKind.COLUMN, ChartKind.LINE

_STATUS = {
    "en": {OBSERVED: "observed", TARGET: "target", ESTIMATE: "estimate"},
    "vi": {OBSERVED: "thực tế", TARGET: "mục tiêu", ESTIMATE: "ước tính"},
    "ko": {OBSERVED: "실적", TARGET: "목표", ESTIMATE: "추정"},
}


def point(
    value: str,
    label: str,
    amount: str | int | Decimal,
    year: int | None = None,
    status: PointStatus = OBSERVED,
    language: str = "en",
) -> ChartPoint:
    period = Period(year) if year is not None else None
    return ChartPoint(_words(value), _words(label), Decimal(amount), period, status, _STATUS[language][status])


def chart(kind: ChartKind, *points: ChartPoint, title: str = "A finding", subject: str = "Trade, US$ billion") -> Chart:
    return Chart(kind, _words(title), points, _words("A remark."), _words(subject), _words("Source: note 1."), title)


def _words(text: str) -> Inlines:
    return (Text(text),) if text else ()


def _numbers(count: int) -> tuple[ChartPoint, ...]:
    return tuple(point(f"{10 + n * 7 % 23}", f"{1995 + n}", 10 + n * 7 % 23, 1995 + n) for n in range(count))


TRADE = (
    point("86.7", "2024", 86_700_000_000, 2024),
    point("100", "2025", 100_000_000_000, 2025, TARGET),
    point("150", "2030", 150_000_000_000, 2030, TARGET),
)
MIXED = (
    point("US$86.7 billion", "2024", 86_700_000_000, 2024),
    point("over US$23 billion", "Samsung", 23_000_000_000),
    point("3–5 billion", "Range", 3_000_000_000),
    point("up to US$100 billion", "2030", 100_000_000_000, 2030, TARGET),
    point("about 12 billion", "Estimate", 12_000_000_000, None, ESTIMATE),
)
BELOW_ZERO = (
    point("−20", "2021", -20, 2021),
    point("0", "2022", 0, 2022),
    point("55", "2023", 55, 2023),
    point("0", "2024", 0, 2024, TARGET),
)
LONG = (
    point("86.7", "Registered capital of Korean enterprises in the northern provinces of Viet Nam", "86.7"),
    point("100", "Semiconductors, artificial intelligence and biotechnology", 100, None, TARGET),
)
TURNS = (
    point("10", "a", 10),
    point("30", "b", 30, None, TARGET),
    point("20", "c", 20),
    point("25", "d", 25),
    point("40", "e", 40, None, ESTIMATE),
)
VIETNAMESE = (
    point("86,7 tỷ USD", "Năm 2024", 86_700_000_000, 2024, OBSERVED, "vi"),
    point("hơn 100 tỷ USD", "Mục tiêu đến năm 2030", 100_000_000_000, 2030, TARGET, "vi"),
)
KOREAN = (
    point("867억 달러", "2024년", 86_700_000_000, 2024, OBSERVED, "ko"),
    point("1,500억 달러 이상", "2030년", 150_000_000_000, 2030, TARGET, "ko"),
)
SETS: Mapping[str, tuple[ChartPoint, ...]] = {
    "trade": TRADE,
    "mixed": MIXED,
    "below zero": BELOW_ZERO,
    "long": LONG,
    "turns": TURNS,
    "one": TRADE[:1],
    "thirty": _numbers(30),
    "Vietnamese": VIETNAMESE,
    "Korean": KOREAN,
}


# ---- in a Word file --------------------------------------------------------------------------------------

SPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
}


@dataclass(frozen=True, slots=True)
class WordChart:
    """A chart's XML and its sheet, row by row."""

    xml: etree._Element
    sheet: tuple[tuple[object, ...], ...]
    formulas: tuple[tuple[object, ...], ...]
    workbook: bytes

    def texts(self, path: str) -> list[str]:
        """The text of all elements at a path."""
        return [element.text or "" for element in self.xml.iterfind(path, SPACES)]

    def values(self, path: str) -> list[str]:
        """The attribute `val` of all elements at a path."""
        return [element.get("val", "") for element in self.xml.iterfind(path, SPACES)]

    def cells(self, reference: str) -> list[object]:
        """What stands in the cells that a formula names."""
        ends = re.findall(r"\$([A-Z]+)\$([0-9]+)", reference)
        (column, top), (_, foot) = ends[0], ends[-1]
        number = openpyxl.utils.column_index_from_string(column) - 1
        return [row[number] for row in self.sheet[int(top) - 1 : int(foot)]]


def word_charts(file: bytes) -> list[WordChart]:
    """The charts of a Word file, in the order of their parts."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        names = sorted(name for name in package.namelist() if re.fullmatch(r"word/charts/chart[0-9]+\.xml", name))
        return [_word_chart(package, name) for name in names]


def _word_chart(package: zipfile.ZipFile, name: str) -> WordChart:
    relations = etree.fromstring(package.read(f"word/charts/_rels/{posixpath.basename(name)}.rels"))
    target = posixpath.normpath(posixpath.join("word/charts", relations[0].get("Target", "")))
    workbook = package.read(target)
    return WordChart(
        etree.fromstring(package.read(name)), _rows(workbook, values=True), _rows(workbook, values=False), workbook
    )


def _rows(workbook: bytes, *, values: bool) -> tuple[tuple[object, ...], ...]:
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=values)
    return tuple(book.active.iter_rows(values_only=True))
