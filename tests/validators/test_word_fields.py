"""Word's F9, as LibreOffice does it: lists and fields made anew have the words and pages that they had."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from briefgen.citations import cite
from briefgen.themes import load_theme
from briefgen.writers import write
from tests.finished import REPOSITORY
from tests.library import LIBRARY
from tests.library import document as read
from tests.tools import require, run
from tests.unit.test_cross_references import DOSSIER, finished, front

pytestmark = pytest.mark.slow

LONG = "# A title that is too long for one line of the page and is balanced on two of them\n"
TEXT = (
    DOSSIER.replace("# Trade\n", LONG, 1)
    + """
## Marks and numbers

{{ fact("trade-2024") }} It grew.{{ cite("trade-2024") }}

# Summary {.unnumbered}

Twice.{{ cite("trade-2024") }} And twice.{{ cite("trade-2024") }}

## Its part
"""
)

MACRO = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Refresh" script:language="StarBasic">
Sub Main(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  For index = 0 To document.DocumentIndexes.Count - 1
    document.DocumentIndexes.getByIndex(index).update()
  Next
  document.TextFields.refresh()
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "writer_pdf_Export"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"""
LIBRARY_INDEX = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Refresh"/></library:library>
"""


FIELDS = {"TOC", "SEQ", "REF", "NOTEREF", "PAGEREF", "PAGE", "NUMPAGES"}


def pages(pdf: Path) -> list[str]:
    """The letters of each page, without white space and what fills the line up to a page number."""
    shown = run([require("pdftotext"), "-layout", pdf, "-"]).split("\f")
    return [re.sub(r"\.{2,}|\s", "", page) for page in shown]


def fields(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    return set(re.findall(r"<w:instrText[^>]*> (\w+)", "".join(parts)))


def with_entries_wrong(path: Path, wrong: Path) -> None:
    """The same file, but for the words of one entry in each list of contents, which stand before all others."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for word in (b">Goods<", b">By year<", b">Trade grows<") if name == "word/document.xml" else ():
                assert content.count(word) == 2
                content = content.replace(word, b">Wrong<", 1)
            target.writestr(name, content)


@pytest.mark.parametrize(("language", "notes"), [("en", "footnotes"), ("ko", "endnotes")])
def test_lists_and_fields_made_anew_say_what_they_said(language: str, notes: str, tmp_path: Path) -> None:
    office = require("soffice")
    theme = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert theme is not None
    document = cite(read(tmp_path, front(TEXT, more=f"notes: {notes}\n"), language=language), LIBRARY)
    made, wrong, anew = tmp_path / "made.docx", tmp_path / "wrong.docx", tmp_path / "anew.pdf"
    made.write_bytes(write("docx", finished(document, theme)))
    assert fields(made) >= FIELDS
    with_entries_wrong(made, wrong)
    home = tmp_path / "office"
    profile = f"-env:UserInstallation={home.as_uri()}"
    run([office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, made])
    standard = home / "user/basic/Standard"
    (standard / "script.xlb").write_text(LIBRARY_INDEX, encoding="utf-8")
    (standard / "Refresh.xba").write_text(MACRO, encoding="utf-8")
    call = f"macro:///Standard.Refresh.Main({wrong.as_uri()},{anew.as_uri()})"
    subprocess.run([office, profile, "--headless", call], check=True, capture_output=True, timeout=120)
    assert pages(anew) == pages(tmp_path / "made.pdf")
