"""Finished Word files, as validators, LibreOffice and pandoc see them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from briefgen.document import Document, DocumentKind, NoteMark, NotePlacement
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests.finished import REPOSITORY, document, every_kind, finished, text, words
from tests.tools import require, run
from tests.word import altered, microsofts_faults, schema_faults

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> str:
    from PIL import Image

    path = tmp_path_factory.mktemp("pictures") / "blue.png"
    Image.new("RGB", (60, 30), (20, 60, 160)).save(path)
    return str(path)


def made(document: Document) -> Finished:
    theme = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert theme is not None
    return finished(theme, document)


@pytest.fixture(scope="module", params=["brief", "memo", "dossier", "endnotes", "bare"])
def every_file(request: pytest.FixtureRequest, picture: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    blocks = every_kind(picture)
    documents = {
        "brief": lambda: document(*blocks, notes=3, pages=2, about=words("As of today"), footer=words("Ours.")),
        "memo": lambda: document(*blocks, kind=DocumentKind.MEMO, notes=3, pages=2),
        "dossier": lambda: document(*blocks, kind=DocumentKind.DOSSIER, notes=3, placement=NotePlacement.FOOTNOTES),
        "endnotes": lambda: document(*blocks, kind=DocumentKind.DOSSIER, notes=3),
        "bare": lambda: document(),
    }
    path = tmp_path_factory.mktemp("docx") / f"{request.param}.docx"
    path.write_bytes(write("docx", made(documents[request.param]())))
    return path


def test_schemas_and_references_hold(every_file: Path) -> None:
    assert schema_faults([every_file]) == []


def test_microsofts_validator_finds_nothing(every_file: Path) -> None:
    assert microsofts_faults([every_file]) == []


def test_a_file_made_wrong_on_purpose_is_found_out(every_file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.docx"
    out_of_place = (b"<w:body>", b"<w:body><w:nonsense/>")
    wrong.write_bytes(altered(every_file.read_bytes(), "word/document.xml", lambda xml: xml.replace(*out_of_place, 1)))
    assert "nonsense" in schema_faults([wrong])[0]


def pages_of(path: Path, folder: Path) -> int:
    """How many pages LibreOffice makes of a file."""
    office, info = require("soffice"), require("pdfinfo")
    profile = (folder / "profile").as_uri()
    run([office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, path])
    told = run([info, folder / f"{path.stem}.pdf"])
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


@pytest.mark.parametrize("count", [3, 28])
def test_libreoffice_makes_the_pages_that_were_laid_out(count: int, tmp_path: Path) -> None:
    sentence = "Trade between the two countries reached a new height, and both sides wish it to rise further. " * 3
    blocks = [text(sentence, NoteMark(number, True)) for number in range(1, count + 1)]
    brief = made(document(*blocks, notes=count, pages=len(blocks)))
    path = tmp_path / "brief.docx"
    path.write_bytes(write("docx", brief))
    assert pages_of(path, tmp_path) == len(brief.layout.pages)


def test_the_fonts_are_the_files_own(tmp_path: Path) -> None:
    path = tmp_path / "fonts.docx"
    path.write_bytes(write("docx", made(document(text("Words, 한국어, Tiếng Việt")))))
    pages_of(path, tmp_path)
    shown = run([require("pdffonts"), tmp_path / "fonts.pdf"])
    assert "SourceSansPro-Regular" in shown
    assert "NotoSansKR-Regular" in shown


def test_pandoc_reads_the_words_back(picture: str, tmp_path: Path) -> None:
    path = tmp_path / "words.docx"
    path.write_bytes(write("docx", made(document(*every_kind(picture), notes=3, pages=2))))
    read = run([require("pandoc"), "-t", "plain", "--wrap=none", path])
    for expected in (
        "A headline that makes a claim",
        "The bottom line.[1]",
        "Source 3, 2025.",
        "Reply by Friday.",
        "대한민국",
    ):
        assert expected in read


def test_the_package_is_a_sound_zip(every_file: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(every_file.read_bytes())) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
