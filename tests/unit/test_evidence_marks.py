"""What counts as one piece of evidence in a Word file, and what its bookmark is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefgen.document import (
    Facet,
    Heading,
    Inlines,
    KeyFigure,
    KeyFigures,
    LineBreak,
    Note,
    NoteMark,
    Origin,
    Printed,
    Strong,
    Text,
)
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import write
from briefgen.writers.docx.evidence import bookmark_name, pieces
from tests.bookmarks import enclosed
from tests.finished import REPOSITORY, document, finished, text, words

OVER, NUMBER = Printed("over", "a", Facet.QUALIFIER), Printed("23", "a", Facet.NUMBER)
UNIT, GAP = Printed("US$ bn", "a", Facet.UNIT), Text("\u00a0", Origin.LABEL)
VALUE, DATE = Printed("US$23 bn", "a", Facet.VALUE), Printed("2024", "a", Facet.AS_OF)
OTHER = Printed("24", "b", Facet.NUMBER)


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


@pytest.mark.parametrize(
    ("inlines", "found"),
    [
        ((OVER, GAP, NUMBER, GAP, UNIT), [(0, 5)]),
        ((NUMBER, GAP, OTHER), [(0, 1), (2, 3)]),
        ((VALUE, Text(" in "), DATE), [(0, 1), (2, 3)]),
        ((VALUE, Text(" "), VALUE), [(0, 1), (2, 3)]),  # an author's space parts two pieces
        ((VALUE, GAP, DATE), [(0, 1), (2, 3)]),
        ((VALUE, LineBreak(), VALUE), [(0, 3)]),  # a title that is broken within
        ((VALUE, LineBreak()), [(0, 1)]),
        ((Printed("Gazette", "s", Facet.SOURCE), Printed("", "a", Facet.VALUE), Strong((VALUE,))), []),
        ((), []),
    ],
)
def test_what_prints_one_piece_together_is_one(inlines: Inlines, found: list[tuple[int, int]]) -> None:
    cut = list(pieces(inlines))
    assert [(start, end) for start, end, is_evidence in cut if is_evidence] == found
    assert [place for start, end, _ in cut for place in range(start, end)] == list(range(len(inlines)))


@pytest.mark.parametrize(
    ("id", "occurrence", "name"),
    [
        ("trade-2024", 1, "ev_trade_2024_1"),
        ("a", 12_345, "ev_a_12345"),
        ("x" * 35, 1, "ev_" + "x" * 35 + "_1"),
        ("x" * 36, 1, "ev_" + "x" * 26 + "_0e63ae28_1"),
        ("x" * 35, 10, "ev_" + "x" * 25 + "_efa79bd8_10"),
    ],
)
def test_names(id: str, occurrence: int, name: str) -> None:
    assert bookmark_name(id, occurrence) == name
    assert len(name) <= 40


def test_bookmarks_of_a_document(theme: Theme) -> None:
    blocks = (
        Heading(2, words("Trade of ", VALUE, " in ", Strong((DATE,))), "trade"),
        KeyFigures((KeyFigure((OVER, GAP, NUMBER, GAP, UNIT), words("Trade", NoteMark(1, True)), (DATE,)),)),
        text("Again ", VALUE, NoteMark(1, False), "."),
    )
    made = document(*blocks, pages=1)
    note = Note(1, (Text("Stated as "), VALUE, Text(".")))
    contents = write("docx", finished(theme, type(made)(made.meta, made.blocks, (note,))))
    assert enclosed(contents) == {
        "_Toc1": "Trade of US$23 bn in 2024",
        "ev_a_1": "US$23 bn",
        "ev_a_2": "2024",
        "ev_a_3": "over\u00a023\u00a0US$ bn",
        "ev_a_4": "2024",
        "_Note1": "",
        "ev_a_5": "US$23 bn",
        "ev_a_6": "US$23 bn",
    }
    with zipfile.ZipFile(io.BytesIO(contents)) as package:
        parts = [etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    numbers = [start.get(qn("w:id")) for part in parts for start in part.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
