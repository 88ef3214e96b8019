"""What finished files say of themselves, and what they must not say: who made them, and on what machine."""

from __future__ import annotations

import io
import os
import platform
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefgen.evidence import Marking
from briefgen.manifest import Recipe, make_properties
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import write
from tests.cited import LIBRARY, paragraph, ref
from tests.cited import document as cited_document
from tests.finished import HOSTILE, REPOSITORY, document, every_kind, finished, text
from tests.program import Program

TYPES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


def custom(contents: bytes) -> dict[str, tuple[str, str]]:
    """Name → type and value of a Word file's custom properties."""
    with zipfile.ZipFile(io.BytesIO(contents)) as package:
        root = etree.fromstring(package.read("docProps/custom.xml"))
    assert [int(each.get("pid")) for each in root] == list(range(2, len(root) + 2))
    return {each.get("name"): (each[0].tag.removeprefix(TYPES), each[0].text or "") for each in root}


def every_part(contents: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """Every part of a package, and of the packages among them, under its name."""
    with zipfile.ZipFile(io.BytesIO(contents)) as package:
        for entry in package.infolist():
            part = package.read(entry)
            yield f"{name}/{entry.filename}", part
            if part.startswith(b"PK\x03\x04"):
                yield from every_part(part, entry.filename)


# ---- what is said ----------------------------------------------------------------------------------------


def test_the_manifest_in_a_few_words() -> None:
    from briefgen.citations import cite

    made = cite(cited_document(paragraph(ref("secret"), " ", ref("open"))), LIBRARY)
    said = make_properties(Recipe("investor", "", "default"), made, LIBRARY)
    assert said["Template"] == "investor"
    assert "Audience" not in said
    assert (said["Theme"], said["As of"]) == ("default", date(2026, 11, 21))
    assert (said["Marking"], said["Status"]) == ("TLP:AMBER", "final")
    assert (said["Facts"], said["Quotations"], said["Sources"]) == (1, 1, 2)


def test_each_value_is_of_its_type(theme: Theme) -> None:
    said = {"Audience": HOSTILE, "Facts": 21, "As of": date(2026, 11, 21), "Review copy": True}
    made = write("docx", replace(finished(theme, document(text("Words"))), properties=said))
    assert custom(made) == {
        "Audience": ("lpwstr", HOSTILE),
        "Facts": ("i4", "21"),
        "As of": ("filetime", "2026-11-21T12:00:00Z"),
        "Review copy": ("bool", "true"),
    }


def test_core_properties(theme: Theme) -> None:
    word = docx.Document(io.BytesIO(write("docx", finished(theme, document(text("Words"), marking=Marking.GREEN)))))
    core = word.core_properties
    assert (core.title, core.language, core.category) == ("Test brief: Viet Nam–Korea", "en-GB", "TLP:GREEN")
    assert core.content_status == "Final"
    assert core.created is not None
    assert core.created.date() == date(2026, 11, 21)


def test_a_build_says_it_all(desk: Path, briefgen: Program) -> None:
    assert briefgen("investor", "--docx", "--as-of", "2026-11-21").status == 0
    said = custom((desk / "output/investor.docx").read_bytes())
    assert said["Template"] == ("lpwstr", "investor")
    assert said["As of"] == ("filetime", "2026-11-21T12:00:00Z")
    assert int(said["Facts"][1]) > 5
    assert said["Facts"][0] == "i4"
    assert "Review copy" not in said


# ---- what is not said ------------------------------------------------------------------------------------

USER, MACHINE = "zaphod-quux", "magrathea-7"


def test_nobody_is_named(theme: Theme) -> None:
    core = docx.Document(io.BytesIO(write("docx", finished(theme, document(text("Words")))))).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")


@pytest.mark.slow
def test_no_trace_of_user_machine_or_folder(desk: Path, tmp_path: Path) -> None:
    home = tmp_path / USER
    workspace = home / "Ünder the sea"
    home.mkdir()
    desk.rename(workspace)
    names = dict.fromkeys(("USER", "USERNAME", "LOGNAME"), USER) | dict.fromkeys(("HOSTNAME", "COMPUTERNAME"), MACHINE)
    environment = {
        **os.environ, **names, "HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(REPOSITORY),
    }  # fmt: skip
    command = [sys.executable, "-m", "briefgen", "investor", "--pdf", "--docx", "--as-of", "2026-11-21"]
    subprocess.run(command, cwd=workspace, env=environment, check=True, capture_output=True)
    word, pdf = (workspace / f"output/investor.{format}" for format in ("docx", "pdf"))
    traces = [USER.encode(), MACHINE.encode(), "Ünder".encode(), b"nder the sea", str(tmp_path).encode()]
    if len(name := platform.node()) > 5:  # a shorter one stands by chance in what is compressed
        traces.append(name.encode())
    parts = dict(every_part(word.read_bytes()))
    with pikepdf.open(pdf) as opened:
        for number, thing in enumerate(opened.objects):
            if isinstance(thing, pikepdf.Stream):
                parts[f"pdf/{number}"] = thing.read_bytes()
    parts["pdf"] = pdf.read_bytes()
    for trace in traces:
        found = [name for name, part in parts.items() for form in forms(trace) if form in part]
        assert not found, f"{trace!r} stands in {found}"


def forms(text: bytes) -> tuple[bytes, ...]:
    """A text as it is, and as UTF-16."""
    return text, text.decode().encode("utf-16-le"), text.decode().encode("utf-16-be")


# ---- accessibility ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def body(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> etree._Element:
    from PIL import Image

    picture = tmp_path_factory.mktemp("pictures") / "blue.png"
    Image.new("RGB", (60, 30), (20, 60, 160)).save(picture)
    word = docx.Document(io.BytesIO(write("docx", finished(theme, document(*every_kind(str(picture)), notes=3)))))
    return word.element.body


def test_every_picture_has_its_words(body: etree._Element) -> None:
    drawings = list(body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
    assert drawings
    assert all(drawing.get("descr", "").strip() for drawing in drawings)


def test_tables_of_facts_have_a_head_row(body: etree._Element) -> None:
    facts = [
        table
        for table in body.iter(qn("w:tbl"))
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val")) == "FactsTable"
    ]
    assert facts
    for table in facts:
        rows = table.findall(qn("w:tr"))
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}").get(qn("w:firstRow")) == "1"
