"""PDF/UA-1 and PDF/A-3a, as a validator sees them; every word in its order, as others read them."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from briefgen.document import Document, Image, Printed, walk
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.lines import Advances
from briefgen.writers import Finished, write
from tests.documents import DOCUMENTS, bare, in_reading_order, missing, of_notes, of_text
from tests.pages import brief, dossier, memo
from tests.pages import document as page_of
from tests.pdf import opened, structure
from tests.sheet import REPOSITORY, default_theme
from tests.shipped import built, shipped
from tests.tools import require, run

pytestmark = pytest.mark.slow

THEME = default_theme()
FONTS = Fonts(THEME)
ADVANCES = Advances(FONTS)


def faults(pdf: bytes) -> list[str]:
    """What the validator has against a file, by either standard."""
    from page import ValidationProfile, validate_pdf_bytes

    reports = [
        validate_pdf_bytes(pdf, profile=profile) for profile in (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_3A)
    ]
    return [f"{failure.rule_id}: {failure.message}" for report in reports for failure in report.failures]


def checked(pdf: bytes, path: Path) -> Path:
    """A file that nothing is to be said against, saved."""
    assert faults(pdf) == []
    path.write_bytes(pdf)
    done = subprocess.run([require("qpdf"), "--check", path], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return path


def spoken(pdf: bytes) -> str:
    """All words, as the structure has them."""
    document = opened(pdf)
    return structure(document).text


def pages_of(path: Path) -> list[str]:
    """Each page's words, as they are drawn."""
    return run([require("pdftotext"), "-raw", path, "-"]).split("\f")[:-1]


def as_pdf(document: Document) -> bytes:
    layout = lay_out(document, THEME, THEME.densities[THEME.standard], FONTS, ADVANCES)
    return write("pdf", Finished(document, layout, THEME, FONTS, b"{}"))


# ---- what is shipped ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "theme", "language"), shipped())
def test_every_template_in_every_theme_and_language(name: str, theme: str, language: str, tmp_path: Path) -> None:
    made = built(name, theme, language, "pdf")
    pdf, document = made.files["pdf"], made.draft.fitted.document
    path = checked(pdf, tmp_path / "it.pdf")
    words = unicodedata.normalize("NFC", spoken(pdf))
    drawn = bare(unicodedata.normalize("NFC", "".join(pages_of(path))))
    for printed in walk(document.blocks):
        if isinstance(printed, Printed):
            text = unicodedata.normalize("NFC", printed.text)
            assert text in words
            assert bare(text) in drawn or len(made.draft.fitted.layout.pages) > 1
    if document.meta.pages == 1:
        assert len(pdf) < (60_000 if theme == "default" else 120_000)  # Hangul with serifs is large
    with opened(pdf) as file:
        [(attached, manifest)] = file.attachments.items()
        assert (attached, manifest.get_file().read_bytes()) == ("manifest.json", made.manifest)


@pytest.mark.parametrize("name", ["dossier", "investor"])
def test_poppler_shows_the_structure(name: str, tmp_path: Path) -> None:
    path = checked(built(name, "default", "en", "pdf").files["pdf"], tmp_path / "it.pdf")
    shown = run([require("pdfinfo"), "-struct-text", path])
    for type in (
        "Document",
        "H1",
        "H2",
        "P",
        "L",
        "LI",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "Note",
        "Reference",
        "Link",
    ):
        assert re.search(rf"^ *{type}\b", shown, re.M), type


# ---- anything ----------------------------------------------------------------------------------------------

PARTS = 8
EXAMPLES = 200 // PARTS


@pytest.mark.parametrize("part", range(PARTS))
def test_any_document(part: int, tmp_path: Path) -> None:
    @seed(part)
    @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(DOCUMENTS)
    def hold(document: Document) -> None:
        pdf = as_pdf(document)
        path = checked(pdf, tmp_path / "it.pdf")
        assert missing(in_reading_order(document), spoken(pdf)) == []
        drawn_in_order(document, pages_of(path))

    hold()


def drawn_in_order(document: Document, pages: Sequence[str]) -> None:
    """Every word is drawn, and those of the text on each page in the order of the document.

    In columns so narrow that words are broken, the end of a page can break one too; what else stands at the foot and
    the head of the pages then comes between its parts.
    """
    text = of_text(document)
    order = {word[word.rindex("(") :]: place for place, word in enumerate(text)}
    seen: set[int] = set()
    for page in pages:
        places = [order[number] for number in re.findall(r"\(\d+\)", bare(page)) if number in order]
        places = [place for place in places if place not in seen]  # heads of tables are repeated
        assert places == sorted(places)
        seen.update(places)
    everything = bare("".join(pages))
    lost = [word for word in (*text, *of_notes(document)) if word not in everything]
    assert len(lost) <= 2 * (len(pages) - 1), lost


@pytest.mark.parametrize("document", [brief(), memo(), dossier()], ids=lambda document: document.meta.kind)
def test_the_target_pages(document: Document, tmp_path: Path) -> None:
    checked(as_pdf(document), tmp_path / "it.pdf")


def test_a_picture_in_inks(tmp_path: Path) -> None:
    from PIL import Image as Pillow

    modes = {
        "RGB": "a.jpg",
        "CMYK": "b.jpg",
        "RGBA": "c.png",
        "LA": "d.png",
        "P": "e.png",
        "1": "f.png",
        "I;16": "g.png",
    }
    for mode, name in modes.items():
        Pillow.new(mode, (40, 20)).save(tmp_path / name)
    images = [Image(str(tmp_path / name), f"A picture of kind {mode}") for mode, name in modes.items()]
    adornment = Image(str(tmp_path / "a.jpg"), "")
    pdf = as_pdf(page_of(*images, adornment))
    checked(pdf, tmp_path / "it.pdf")
    document = opened(pdf)
    assert [str(figure.entries.Alt) for figure in structure(document).all("Figure")] == [i.description for i in images]


# ---- a validator that finds nothing is worth as much as what it does find ------------------------------------


def altered(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    written = BytesIO()
    with opened(pdf) as document:
        change(document)
        document.save(written)
    return written.getvalue()


def _without_alternatives(document: pikepdf.Pdf) -> None:
    for figure in structure(document).all("Figure"):
        del figure.entries["/Alt"]


def _without_output_intent(document: pikepdf.Pdf) -> None:
    del document.Root.OutputIntents


def _with_a_head_cell_that_heads_nothing(document: pikepdf.Pdf) -> None:
    head = structure(document).all("TH")[1]
    head.entries.S = pikepdf.Name.TD
    del head.entries["/A"]
    for row in structure(document).all("TH"):
        del row.entries["/A"]


def _without_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang
    for node in structure(document).walk():
        if "/Lang" in node.entries:
            del node.entries["/Lang"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_without_alternatives, "FIGURE"),
        (_without_output_intent, "DEVICE-RGB"),
        (_with_a_head_cell_that_heads_nothing, "TABLE"),
        (_without_language, "LANG"),
    ],
)
def test_what_is_made_wrong_is_found(change: Callable[[pikepdf.Pdf], None], rule: str) -> None:
    pdf = as_pdf(brief())
    assert faults(altered(pdf, lambda document: None)) == []
    found = faults(altered(pdf, change))
    assert any(rule in fault for fault in found), found


# ---- a large one -------------------------------------------------------------------------------------------


def test_a_hundred_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it costs in time and memory is measured by `python -m tests.benchmarks`."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    run([sys.executable, "-m", "tests.benchmarks.dossier", tmp_path / "a.pdf"])
    checked((tmp_path / "a.pdf").read_bytes(), tmp_path / "a.pdf")
