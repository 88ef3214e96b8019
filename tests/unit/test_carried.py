"""The manifest that a finished file carries, read back from it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pytest

from briefgen.carried import Manifest, carried_manifest, parse_manifest
from briefgen.document import Facet, Printed, Status
from briefgen.errors import BriefgenError
from briefgen.evidence import Marking
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import write
from briefgen.writers.ooxml import Mark
from tests.finished import REPOSITORY, document, finished, text, words

TREE = {
    "format": 1,
    "briefgen": "0.1.0",
    "title": "Hải Phòng–Busan ]]> & <b> 한국 \ufffe",
    "template": "harbour",
    "audience": "",
    "theme": "default",
    "language": "vi",
    "as_of": "2026-11-21",
    "marking": "TLP:AMBER",
    "status": "draft",
    "evidence": [{"id": "harbour-trade", "marking": "TLP:AMBER"}, {"id": "open", "marking": "TLP:CLEAR"}],
    "sources": [{"id": "gazette", "custom": {"marking": "TLP:GREEN"}}],
}
JSON = json.dumps(TREE, ensure_ascii=False, indent=1).encode()
TRADE = Printed("86.7 billion", "harbour-trade", Facet.VALUE)


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


@pytest.fixture
def file(theme: Theme, tmp_path: Path) -> Callable[..., Path]:
    """A finished file of a format, with a manifest in it."""

    def make(format: str, manifest: bytes = JSON) -> Path:
        path = tmp_path / f"harbour.{format}"
        made = finished(theme, document(text("Trade reached ", *words(TRADE), ".")))
        path.write_bytes(write(format, replace(made, manifest=manifest)))
        return path

    return make


def read(path: Path) -> Manifest:
    manifest = carried_manifest(path)
    assert manifest is not None
    return manifest


def refused(path: Path) -> tuple[str, str]:
    """The code and message of the problem that reading a file ends in."""
    with pytest.raises(BriefgenError) as raised:
        carried_manifest(path)
    [problem] = raised.value.problems
    assert problem.location is not None
    assert problem.location.path == path
    return problem.code, problem.message


def repacked(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """A Word file whose parts are renamed, changed, or left out."""
    with zipfile.ZipFile(path) as package:
        parts = [change(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part in filter(None, parts):
            package.writestr(*part)
    return path


def with_manifest_part(path: Path, old: bytes, new: bytes) -> Path:
    def change(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(old, new) if name == "customXml/item1.xml" else content

    return repacked(path, change)


# ---- what it says ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_a_file_says_what_it_is(file: Callable[..., Path], format: str) -> None:
    manifest = read(file(format))
    assert manifest.title == TREE["title"]
    assert (manifest.template, manifest.audience, manifest.theme) == ("harbour", "", "default")
    assert (manifest.language, manifest.as_of) == ("vi", date(2026, 11, 21))
    assert (manifest.marking, manifest.status) == (Marking.AMBER, Status.DRAFT)
    assert manifest.evidence == {"harbour-trade": Marking.AMBER, "open": Marking.CLEAR}
    assert manifest.sources == {"gazette": Marking.GREEN}
    assert manifest.tree == TREE


def test_a_word_file_also_says_where_its_evidence_is(file: Callable[..., Path]) -> None:
    mark = Mark("ev_harbour_trade_1", "harbour-trade", ("value",), "86.7 billion")
    assert read(file("docx")).marks == (mark,)
    assert read(file("pdf")).marks == ()


def test_a_file_of_somebody_elses_has_none(tmp_path: Path) -> None:
    word, pdf = tmp_path / "plain.docx", tmp_path / "plain.pdf"
    docx.Document().save(str(word))
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(pdf)
    assert carried_manifest(word) is None
    assert carried_manifest(pdf) is None


# ---- after others have saved it --------------------------------------------------------------------------


def test_python_docx_saves_it_again(file: Callable[..., Path]) -> None:
    path = file("docx")
    before = read(path)
    word = docx.Document(str(path))
    word.add_paragraph("One more.")
    word.save(str(path))
    assert read(path) == before


def test_its_part_may_be_called_anything_and_stand_among_others(file: Callable[..., Path]) -> None:
    path = file("docx")
    before = read(path)

    def rename(name: str, content: bytes) -> tuple[str, bytes]:
        return name.replace("customXml/item1.xml", "customXml/item7.xml"), content

    repacked(path, rename)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("customXml/item1.xml", b'<b:Sources xmlns:b="urn:bibliography" note="urn:briefgen:manifest"/>')
    assert read(path) == before


def test_its_xml_may_be_written_in_another_way(file: Callable[..., Path]) -> None:
    path = file("docx")
    before = read(path)

    def rewrite(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "customXml/item1.xml":
            prefixed = content.decode().partition("?>\n")[2].replace("<", "<ns0:").replace("<ns0:/", "</ns0:")
            content = prefixed.replace("xmlns=", "xmlns:ns0=").encode("utf-16")
        return name, content

    assert read(repacked(path, rewrite)) == before


def test_a_pdf_may_have_other_files_attached(file: Callable[..., Path]) -> None:
    path = file("pdf")
    before = read(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["annex.csv"] = b"1,2"
        pdf.save(path)
    assert read(path) == before


# ---- what is wrong with it -------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["pdf", "docx"])
@pytest.mark.parametrize(
    ("contents", "code", "said"),
    [
        (b"{", "broken-manifest", "not JSON"),
        (b"[" * 100_000, "broken-manifest", "not JSON"),
        (b"[1]", "broken-manifest", "not a JSON object"),
        (b"{}", "unknown-manifest", "form None"),
        (JSON.replace(b'"format": 1', b'"format": 2'), "unknown-manifest", "form 2"),
        (JSON.replace(b'"as_of"', b'"asof"'), "broken-manifest", "`as_of` is missing"),
        (JSON.replace(b"2026-11-21", b"tomorrow"), "broken-manifest", "tomorrow"),
        (JSON.replace(b"TLP:GREEN", b"TLP:BLUE"), "broken-manifest", "TLP:BLUE"),
        (JSON.replace(b'"draft"', b'"signed"'), "broken-manifest", "signed"),
        (JSON.replace(b'"harbour"', b"7"), "broken-manifest", "`template` is int, str is expected"),
        (JSON.replace(b'[{"id"', b'["x", {"id"').replace(b'"evidence": [\n  {', b'"evidence": [3, {'),
         "broken-manifest", "`evidence` holds int"),
    ],
)  # fmt: skip
def test_a_damaged_manifest(file: Callable[..., Path], format: str, contents: bytes, code: str, said: str) -> None:
    found, message = refused(file(format, contents))
    assert found == code
    assert said in message


def test_what_an_encoding_cannot_say() -> None:
    with pytest.raises(BriefgenError) as raised:
        parse_manifest(b"\xff\xfe{", Path("x.pdf"))
    assert raised.value.problems[0].code == "broken-manifest"


def test_xml_may_not_declare_anything(file: Callable[..., Path]) -> None:
    bomb = (
        b'<!DOCTYPE manifest [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><manifest xmlns="urn:briefgen:manifest"'
    )
    path = with_manifest_part(file("docx"), b'<manifest xmlns="urn:briefgen:manifest"', bomb)
    assert refused(path) == (
        "broken-manifest",
        "the manifest that the file carries is damaged: its XML declares a document type",
    )


def test_xml_that_ends_too_early(file: Callable[..., Path]) -> None:
    assert refused(with_manifest_part(file("docx"), b"</marks>", b""))[0] == "broken-manifest"


def test_a_part_of_another_form(file: Callable[..., Path]) -> None:
    path = with_manifest_part(file("docx"), b'manifest" format="1"', b'manifest" format="9"')
    assert refused(path)[0] == "unknown-manifest"


def test_a_part_that_is_too_large(file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.carried._LARGEST", 100)
    for format in ("docx", "pdf"):
        code, message = refused(file(format))
        assert (code, "larger" in message) == ("broken-manifest", True)


def test_what_is_no_such_file(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    assert refused(path)[0] == "file-not-found"
    path.write_bytes(b"Dear all")
    assert refused(path)[0] == "unknown-format"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert refused(path)[0] == "protected-file"
    path.write_bytes(b"PK\x03\x04 and nothing else")
    assert refused(path)[0] == "broken-file"
    path.write_bytes(b"%PDF-1.7 and nothing else")
    assert refused(path)[0] == "broken-file"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("notes.txt", "not a Word file")
    assert refused(path)[0] == "broken-file"
    assert refused(tmp_path)[0] == "not-a-file"


def test_a_part_whose_bytes_are_damaged(file: Callable[..., Path]) -> None:
    path = file("docx")
    contents = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(contents))) as package:
        start = package.getinfo("customXml/item1.xml").header_offset
    contents[start + 80 : start + 120] = bytes(40)
    path.write_bytes(bytes(contents))
    assert refused(path)[0] == "broken-file"
