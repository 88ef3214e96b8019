"""Review copies and evidence bookmarks, as validators, LibreOffice and pandoc see them.

LibreOffice ends a bookmark one character early where a comment, or the file's first note, stands before it in its
paragraph, and renames those in notes; both are its import's. So after it has saved a file again, the words that a
bookmark encloses may lack their last character.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from lxml import etree

from briefgen.carried import carried_manifest
from briefgen.cli import main
from tests import word_rules
from tests.bookmarks import in_story
from tests.conftest import REPOSITORY
from tests.tools import require, run
from tests.unit.test_file_properties import custom
from tests.word import have_fonts_installed, microsofts_faults, schema_faults

pytestmark = pytest.mark.slow

BUILDS = {"investor": (), "investor.ko": ("--language", "ko"), "dossier": ()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents and their review copies, and both as LibreOffice saves them, as Word files and as PDFs."""
    folder = tmp_path_factory.mktemp("copies")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        patch.delenv("BRIEFGEN_TEXTS", raising=False)
        have_fonts_installed(folder, patch)
        common = ("--docx", "--review", "--no-embed-fonts", "-o", f"{folder}/", "--as-of", "2026-11-21")
        for name, options in BUILDS.items():
            assert main((name.partition(".")[0], *common, *options)) == 0
        files = sorted(folder.glob("*.docx"))
        assert len(files) == 2 * len(BUILDS)
        office = [require("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        run([*office, "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder / "again", *files])
        notes = json.dumps({"ExportNotes": {"type": "boolean", "value": "true"}})
        run([*office, "--convert-to", f"pdf:writer_pdf_Export:{notes}", "--outdir", folder / "pdf", *files])
    return folder


@pytest.mark.parametrize("name", BUILDS)
def test_validators_find_nothing(folder: Path, name: str) -> None:
    files = [folder / f"{name}.docx", folder / f"{name}.review.docx"]
    assert [fault for file in files for fault in word_rules.faults(file.read_bytes())] == []
    assert schema_faults(files) == []
    assert microsofts_faults(files) == []


def bare(words: str) -> str:
    """Words without white space; python-docx reads a hyphen that may not break as any other."""
    return "".join(words.replace("\u2011", "-").split())


def lines(pdf: Path) -> list[str]:
    """The lines of a PDF, but for those of its headers, which say what a review copy is."""
    told = run([require("pdftotext"), "-layout", pdf, "-"])
    return [bare(line) for line in told.splitlines() if line.strip() and "TLP:" not in line]


@pytest.mark.parametrize("name", BUILDS)
def test_comments_change_no_line(folder: Path, name: str) -> None:
    assert lines(folder / f"pdf/{name}.review.pdf") == lines(folder / f"pdf/{name}.pdf")


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]


@pytest.mark.parametrize("name", BUILDS)
def test_libreoffice_shows_every_comment(folder: Path, name: str) -> None:
    shown = []
    with pikepdf.open(folder / f"pdf/{name}.review.pdf") as pdf:
        for page in pdf.pages:
            notes = [each for each in page.get("/Annots", []) if each.get("/Subtype") == "/Text"]
            shown += [bare(str(note.get("/Contents"))) for note in notes]
    assert sorted(shown) == sorted(map(bare, comments(folder / f"{name}.review.docx")))
    with pikepdf.open(folder / f"pdf/{name}.pdf") as pdf:
        assert not any(each.get("/Subtype") == "/Text" for page in pdf.pages for each in page.get("/Annots", []))


@pytest.mark.parametrize("name", BUILDS)
def test_pandoc_reads_every_comment(folder: Path, name: str) -> None:
    told = run([require("pandoc"), "--track-changes=all", "-t", "json", folder / f"{name}.review.docx"])
    who = r'\["author","briefgen"\],\["date","2026-11-21T00:00:00Z"\]'
    starts = re.findall(rf'\["comment-start"\],\[\["id","(\d+)"\],{who}', told)
    ends = re.findall(r'\["comment-end"\],\[\["id","(\d+)"\]', told)
    expected = sorted(str(number) for number in range(len(comments(folder / f"{name}.review.docx"))))
    assert sorted(starts) == sorted(ends) == expected


def evidence(path: Path) -> dict[str, str]:
    """Bookmark → words, of the evidence in a file's text."""
    with zipfile.ZipFile(path) as package:
        found = dict(in_story(etree.fromstring(package.read("word/document.xml"))))
    return {name: words for name, words in found.items() if name.startswith("ev_")}


def said(path: Path) -> dict[str, str]:
    """A file's custom properties; LibreOffice makes every number a decimal one, and writes yes as 1."""
    return {name: value.replace("true", "1") for name, (_, value) in custom(path.read_bytes()).items()}


@pytest.mark.parametrize("copy", ["", ".review"])
@pytest.mark.parametrize("name", BUILDS)
def test_libreoffice_keeps_what_a_file_carries(folder: Path, name: str, copy: str) -> None:
    before, after = (place / f"{name}{copy}.docx" for place in (folder, folder / "again"))
    assert carried_manifest(after) == carried_manifest(before)
    assert said(after) == said(before)
    assert sorted(map(bare, comments(after))) == sorted(map(bare, comments(before)))
    ours, theirs = evidence(before), evidence(after)
    assert theirs.keys() == ours.keys()
    assert {id: words for id, words in theirs.items() if words not in (ours[id], ours[id][:-1])} == {}
    whole = sum(words == ours[id] for id, words in theirs.items())
    assert whole > 0.9 * len(ours)
