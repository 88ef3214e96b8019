"""The PDF as others read it: qpdf and poppler."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from briefgen.layout.model import Anchor, Bookmark, Box, Stroke
from briefgen.theme import StyleName
from briefgen.writers import write
from tests.sheet import WORDS, Sheet, default_theme
from tests.tools import require, run

pytestmark = pytest.mark.slow

STYLES = (StyleName.BODY, StyleName.HEADING, StyleName.TABLE_HEAD, StyleName.NOTE, StyleName.LEAD)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sheet = Sheet(default_theme())
    items = (
        *(sheet.line(WORDS, 60 + 20 * n, style) for n, style in enumerate(STYLES)),
        sheet.line("A link", 790, link="https://example.org/a"),
        sheet.line("A place", 805, link="#top"),
        Stroke(54, 90, 500, 90, 2, "#0B4F6C"),
        Box(54, 700, 100, 20, "#0B4F6C", "#000000", 1, (3, 2)),
    )
    finished = sheet.finished(items, anchors=(Anchor("top", 0, 60),), bookmarks=(Bookmark(1, "Top", "top"),))
    path = tmp_path_factory.mktemp("pdf") / "page.pdf"
    path.write_bytes(write("pdf", finished))
    return path


def test_qpdf_finds_nothing_wrong(page: Path) -> None:
    assert "No syntax or stream encoding errors found" in run([require("qpdf"), "--check", page])


def test_poppler_reads_the_words_back(page: Path) -> None:
    text = run([require("pdftotext"), "-raw", page, "-"])
    expected = unicodedata.normalize("NFC", WORDS).replace("\u00a0", " ")  # poppler writes every space alike
    assert text.count(expected) == len(STYLES)


def test_poppler_finds_every_font_embedded(page: Path) -> None:
    _, _, *fonts = run([require("pdffonts"), page]).splitlines()
    assert fonts
    for line in fonts:
        assert "CID TrueType" in line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, with Unicode


def test_poppler_draws_it_without_a_word_of_complaint(page: Path) -> None:
    assert run([require("pdftoppm"), "-r", "40", "-png", page, page.with_suffix("")]) == ""
    assert page.with_name("page-1.png").stat().st_size > 5000
