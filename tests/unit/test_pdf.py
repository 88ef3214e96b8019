"""The PDF writer: what a layout says is what the file holds, no more and no less."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from briefgen.errors import BriefgenError
from briefgen.layout.model import Anchor, Bookmark, Box, Line, Picture, Run, Stroke
from briefgen.theme import StyleName
from briefgen.writers import write
from tests.pdf import opened, operators, read_back
from tests.sheet import REPOSITORY, WORDS, Sheet, default_theme


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(default_theme())


# ---- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", [StyleName.BODY, StyleName.TITLE, StyleName.NOTE])
def test_words_are_read_back_as_they_are(sheet: Sheet, style: StyleName) -> None:
    assert read_back(write("pdf", sheet.finished((sheet.line(WORDS, 100, style),)))) == WORDS


def test_korean_is_set_in_the_fallback(sheet: Sheet) -> None:
    pytest.importorskip("pylopdf_fonts_ko")
    text = "한국 867억 달러, ok"
    assert read_back(write("pdf", sheet.finished((sheet.line(text, 100),)))) == text


def test_every_font_is_embedded_and_only_once(sheet: Sheet) -> None:
    items = (sheet.line("One", 100), sheet.line("Two", 120, StyleName.TITLE), sheet.line("Three", 140, StyleName.NOTE))
    pdf = write("pdf", sheet.finished(items))
    document = opened(pdf)
    fonts = document.pages[0].Resources.Font
    assert sorted(fonts.keys()) == ["/F1", "/F2"]
    for font in fonts.values():
        assert re.fullmatch(r"/[A-Z]{6}\+SourceSansPro-\d00", str(font.BaseFont))
        assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    assert b"Helvetica" not in pdf


def test_widths_in_the_file_are_the_ones_laid_out_with(sheet: Sheet) -> None:
    pdf = write("pdf", sheet.finished((sheet.line("Wi", 100),)))
    document = opened(pdf)
    _, widths = document.pages[0].Resources.Font["/F1"].DescendantFonts[0].W
    face = sheet.fonts.face(sheet.styles[StyleName.BODY])
    assert [float(w) for w in widths] == [sheet.fonts.width(c, face, 1000) for c in sorted("Wi")]


# ---- drawing ---------------------------------------------------------------------------------------------


def test_a_run_stands_where_it_was_placed(sheet: Sheet) -> None:
    face = sheet.fonts.face(sheet.styles[StyleName.BODY])
    run = Run(54.25, "1", face.key, 6.5, "#0B4F6C", None, rise=2.85)
    drawn = operators(write("pdf", sheet.finished((Line(100, 90, 103, (run,)),))))
    assert "/F1 6.5 Tf 0.043 0.31 0.424 rg 1 0 0 1 54.25 744.74 Tm <0001> Tj" in drawn


def test_lines_and_boxes(sheet: Sheet) -> None:
    drawn = operators(
        write(
            "pdf",
            sheet.finished(
                (
                    Stroke(54, 100, 300, 100, 0.75, "#000000"),
                    Box(10, 20, 30, 40, fill="#FF0000"),
                    Box(10, 20, 30, 40, stroke="#0000FF", stroke_width=1, dash=(3, 2)),
                )
            ),
        )
    )
    assert "0 0 0 RG 0.75 w [] 0 d 54 741.89 m 300 741.89 l S" in drawn
    assert "1 0 0 rg 10 781.89 30 40 re f" in drawn
    assert "0 0 1 RG 1 w [3 2] 0 d 10 781.89 30 40 re S" in drawn


def test_pictures_are_named_by_what_they_show_not_by_where_they_lie(sheet: Sheet, tmp_path: Path) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        Image.new("RGBA", (4, 2), (200, 10, 10, 128)).save(tmp_path / folder / "x.png")
    here, there = (
        write("pdf", sheet.finished((Picture(54, 60, 40, 20, str(tmp_path / folder / "x.png")),)))
        for folder in ("here", "there")
    )
    assert here == there
    assert "q 40 0 0 20 54 761.89 cm" in operators(here)
    document = opened(here)
    (image,) = document.pages[0].Resources.XObject.values()
    assert (image.Width, image.Height, "/SMask" in image) == (4, 2, True)


def test_a_picture_that_is_none_is_a_problem(sheet: Sheet, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_text("no picture")
    with pytest.raises(BriefgenError) as error:
        write("pdf", sheet.finished((Picture(54, 60, 40, 20, str(tmp_path / "x.png")),)))
    assert error.value.problems[0].code == "picture-unreadable"


def test_an_empty_document_is_an_empty_page(sheet: Sheet) -> None:
    assert len(opened(write("pdf", sheet.finished(()))).pages) == 1


# ---- links, outline, what is said of it --------------------------------------------------------------------


def test_a_link_leads_to_an_address(sheet: Sheet) -> None:
    pdf = write("pdf", sheet.finished((sheet.line("here", 100, link="https://example.org/ế?a=(b)"),)))
    document = opened(pdf)
    (annotation,) = document.pages[0].Annots
    assert str(annotation.A.URI) == "https://example.org/%E1%BA%BF?a=(b)"
    assert str(annotation.Contents) == "https://example.org/ế?a=(b)"
    assert annotation.F == 4
    assert [float(edge) for edge in annotation.Rect] == pytest.approx([54, 738.89, 71.89, 751.39], abs=0.01)


def test_a_link_within_leads_to_its_anchor(sheet: Sheet) -> None:
    pages = ((sheet.line("see there", 100, link="#there"),), (sheet.line("there", 100),))
    document = opened(write("pdf", sheet.finished(*pages, anchors=(Anchor("there", 1, 80),))))
    (annotation,) = document.pages[0].Annots
    assert annotation.Dest[0].objgen == document.pages[1].objgen
    assert float(annotation.Dest[3]) == pytest.approx(841.89 - 80)
    assert str(annotation.Contents) == "see there"


def test_a_link_to_what_was_left_out_is_plain_text(sheet: Sheet) -> None:
    pdf = write("pdf", sheet.finished((sheet.line("gone", 100, link="#gone"),)))
    document = opened(pdf)
    assert "/Annots" not in document.pages[0]
    assert read_back(pdf) == "gone"


def test_one_link_of_several_runs_is_one_area(sheet: Sheet) -> None:
    face = sheet.fonts.face(sheet.styles[StyleName.BODY])
    runs = tuple(
        Run(54 + 20 * n, word, face.key, 9.5, "#000000", 0, link=link, width=20)
        for n, (word, link) in enumerate([("a ", "http://x.org"), ("b", "http://x.org"), (" c", None)])
    )
    document = opened(write("pdf", sheet.finished((Line(100, 90, 103, runs),))))
    (annotation,) = document.pages[0].Annots
    assert (float(annotation.Rect[0]), float(annotation.Rect[2])) == (54, 94)


@pytest.mark.parametrize("name", ["BasicFonts", "Page1", "Catalog", "ế & <x>", "", "F1"])
def test_an_anchor_may_have_any_name(sheet: Sheet, name: str) -> None:
    bookmarks = (Bookmark(1, "Trade – “now”", name),)
    pdf = write("pdf", sheet.finished((sheet.line("x", 100),), anchors=(Anchor(name, 0, 50),), bookmarks=bookmarks))
    with opened(pdf).open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Trade – “now”"]
    assert read_back(pdf) == "x"


def test_the_outline_may_skip_levels(sheet: Sheet) -> None:
    anchors = tuple(Anchor(name, 0, 50) for name in "abcd")
    bookmarks = tuple(Bookmark(level, name.upper(), name) for level, name in [(2, "a"), (4, "b"), (3, "c"), (1, "d")])
    pdf = write("pdf", sheet.finished((), anchors=anchors, bookmarks=bookmarks))
    with opened(pdf).open_outline() as outline:
        assert [(e.title, [c.title for c in e.children]) for e in outline.root] == [("A", ["B", "C"]), ("D", [])]


def test_pages_are_labelled_where_their_numbers_are_not_plain(sheet: Sheet) -> None:
    plain = opened(write("pdf", sheet.finished((), ())))
    assert "/PageLabels" not in plain.Root
    labelled = opened(write("pdf", sheet.finished((), (), labels=("", "1"))))
    assert [str(page.label) for page in labelled.pages] == ["", "1"]


def test_the_file_says_what_it_is_and_nothing_of_this_machine(sheet: Sheet) -> None:
    document = opened(write("pdf", sheet.finished((sheet.line("x", 100),))))
    assert {name: str(value) for name, value in document.docinfo.items() if name != "/Producer"} == {
        "/Title": "Investor brief: Việt Nam–Korea",
        "/Subject": "One page for an investor’s first meeting",
        "/Keywords": "brief, TLP:AMBER+STRICT, investor",
        "/Creator": "briefgen 0.1.0",
        "/CreationDate": "D:20261121000000Z",
        "/ModDate": "D:20261121000000Z",
    }
    assert document.Root.Lang == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    assert document.pdf_version == "1.7"


_WRITE_ONE = """
import sys
from briefgen.theme import StyleName
from briefgen.writers import write
from tests.sheet import WORDS, Sheet, default_theme
sheet = Sheet(default_theme())
items = (sheet.line(WORDS, 100), sheet.line(WORDS, 130, StyleName.TITLE, link="https://example.org"))
sys.stdout.buffer.write(write("pdf", sheet.finished(items)))
"""


def test_the_same_layout_gives_the_same_bytes_in_another_process() -> None:
    first, second = (
        subprocess.run(
            [sys.executable, "-c", _WRITE_ONE],
            capture_output=True,
            check=True,
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY), "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Seoul"))
    )
    assert first.startswith(b"%PDF-1.7")
    assert first == second
    assert len(first) < 60_000
