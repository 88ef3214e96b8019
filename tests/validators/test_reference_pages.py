"""Documents in a house style from Word, as LibreOffice and the validators see them: the same pages as the PDF's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx.shared import Pt

from tests import house, word_rules
from tests.program import Program
from tests.tools import require, run
from tests.word import microsofts_faults, schema_faults

BUDGETS = {"investor": 1, "talking-points": 1, "timeline": 1, "scitech": 2}

ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Source Sans Pro" svg:font-family="'Source Sans Pro'"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph">
 <style:text-properties style:font-name="Source Sans Pro" fo:font-size="10pt" fo:color="#222222"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"
 style:parent-style-name="Standard">
 <style:paragraph-properties fo:margin-bottom="5pt" fo:line-height="112%"/></style:style>
<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:margin-top="12pt" fo:margin-bottom="3pt"/>
 <style:text-properties fo:color="#5B2A86" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"
 style:parent-style-name="Heading" style:default-outline-level="2">
 <style:text-properties fo:font-size="12pt"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Heading">
 <style:text-properties fo:font-size="20pt"/></style:style>
<style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard"/>
</office:styles>
<office:automatic-styles><style:page-layout style:name="pm1">
 <style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.2cm"
  fo:margin-bottom="1.8cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm"/>
 <style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.3cm"/>
 </style:header-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">
 <style:header><text:p text:style-name="Header">Institute — {title} {marking}</text:p></style:header>
</style:master-page></office:master-styles>
<office:body><office:text><text:p text:style-name="Title">Title</text:p>
<text:h text:outline-level="2" text:style-name="Heading_20_2">Two</text:h>
<text:p text:style-name="Text_20_body">Body</text:p></office:text></office:body></office:document>
"""
"""A template as somebody makes it in LibreOffice: no footer, places for title and marking in the header."""


def reference(kind: str, folder: Path) -> tuple[str, bytes]:
    """A reference's name and contents."""
    match kind:
        case "running header":
            return "house.docx", house.saved(house.ministry())
        case "letterhead, US Letter":
            return "house.docx", house.saved(house.chamber("Letter"))
        case "letterhead, a template":
            return "house.dotx", house.template(house.saved(house.chamber("A4")))
        case "wide":
            made = house.ministry(10.5, 1.15)
            made.sections[0].left_margin = made.sections[0].right_margin = Pt(72)
            return "house.docx", house.saved(made)
        case _:
            (folder / "house.fodt").write_text(ODT, encoding="utf-8")
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            source = folder / "house.fodt"
            run([require("soffice"), profile, "--headless", "--convert-to", "docx", "--outdir", folder, source])
            return "house.docx", (folder / "house.docx").read_bytes()


def pages(paths: list[Path], folder: Path) -> dict[str, int]:
    """How many pages LibreOffice makes of each file; it leaves them as PDF in the folder."""
    office, pdfinfo = require("soffice"), require("pdfinfo")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run([office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *paths])
    told = {path.stem: run([pdfinfo, folder / f"{path.stem}.pdf"]) for path in paths}
    return {name: int(re.findall(r"^Pages:\s+(\d+)", words, re.MULTILINE)[0]) for name, words in told.items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["running header", "letterhead, US Letter", "letterhead, a template", "wide", "made by LibreOffice"]
)
def test_a_house_style_keeps_its_pages_in_word(kind: str, desk: Path, briefgen: Program, tmp_path: Path) -> None:
    name, contents = reference(kind, tmp_path)
    house.theme(desk / "templates/themes", contents, name)
    for template in BUDGETS:
        result = briefgen(template, "--docx", "--pdf", "--theme", "house", "--as-of", "2026-11-21")
        assert result.status == 0, result.err
    files = sorted((desk / "output").glob("*.docx"))
    assert pages(files, tmp_path) == BUDGETS
    pdftotext = require("pdftotext")
    for template, count in BUDGETS.items():
        ours, theirs = (run([pdftotext, "-raw", f / f"{template}.pdf", "-"]) for f in (desk / "output", tmp_path))
        assert theirs.count("TLP:CLEAR") == 2 * count
        assert not missing(ours, theirs)


def missing(ours: str, theirs: str) -> set[str]:
    """Words of the PDF that the Word file lacks, but those of its own header and footer."""
    text = re.sub(r"^(Page \d.*|.*TLP:.*)$", "", ours, flags=re.MULTILINE)
    return set(re.findall(r"\w{5,}", text)) - set(re.findall(r"\w{5,}", theirs)) - FURNITURE


FURNITURE = {"Investor", "brief", "Memorandum", "Talking", "points", "Timeline", "Science", "technology", "cooperation"}
"""Words of the PDF's header and footer, in whose place the Word file has the reference's."""


@pytest.fixture
def every_house(desk: Path, briefgen: Program) -> list[Path]:
    """An investor brief in each house style that is made here."""
    made = []
    for number, contents in enumerate((house.saved(house.ministry()), house.saved(house.chamber()))):
        house.theme(desk / "templates/themes", contents)
        path = desk / f"output/house{number}.docx"
        assert briefgen("investor", "--theme", "house", "--as-of", "2026-11-21", "-o", str(path)).status == 0
        made.append(path)
    return made


@pytest.mark.slow
def test_schemas_and_references_hold(every_house: list[Path]) -> None:
    assert [fault for file in every_house for fault in word_rules.faults(file.read_bytes())] == []
    assert schema_faults(every_house) == []


@pytest.mark.slow
def test_microsofts_validator_finds_nothing(every_house: list[Path]) -> None:
    assert microsofts_faults(every_house) == []


@pytest.mark.slow
def test_pandoc_reads_the_brief_in_its_order(every_house: list[Path]) -> None:
    for path in every_house:
        told = run([require("pandoc"), "-t", "plain", "--wrap=none", path])
        places = [told.index(words) for words in ("Why now", "Where the openings are", "Risks", "Next step")]
        assert places == sorted(places)


@pytest.mark.slow
def test_the_investor_brief_keeps_its_page_in_three_languages(desk: Path, briefgen: Program, tmp_path: Path) -> None:
    house.theme(desk / "templates/themes", house.saved(house.ministry()))
    made = []
    for language in ("en", "vi", "ko"):
        path = tmp_path / f"{language}.docx"
        arguments = ("--theme", "house", "--language", language, "--as-of", "2026-11-21", "-o", str(path))
        result = briefgen("investor", *arguments)
        assert result.status == 0, result.err
        made.append(path)
    assert set(pages(made, tmp_path).values()) == {1}
