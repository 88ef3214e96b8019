"""Fonts in Word files: carried or left out, whether their licence bits allow it, and what the font table says."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefgen.document import Document, DocumentKind, Emphasis, Heading, Meta, Paragraph, Strong, Text
from briefgen.errors import BriefgenError, Severity
from briefgen.evidence import Marking
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.model import faces
from briefgen.opentype import OpenType
from briefgen.theme import FontSource, Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from briefgen.writers.docx.styles import kind_of_typeface

REPOSITORY = Path(__file__).resolve().parents[2]
EMBEDDING_ELSEWHERE = {"installable": 0x0000, "editable": 0x0008, "previewing or editing": 0x000C}
NO_EDITING = {"previewing alone": 0x0004, "restricted": 0x0002, "no subset": 0x0108, "bitmaps alone": 0x0208}


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


def with_bits(theme: Theme, folder: Path, bits: int) -> Theme:
    """The theme with a regular face whose licence bits are these."""
    fonts = Fonts(theme)
    contents = bytearray(fonts.face(theme.densities[0].styles["body"]).path.read_bytes())  # type: ignore[index]
    struct.pack_into(">H", contents, OpenType(bytes(contents)).tables["OS/2"][0] + 8, bits)
    (folder / "house.ttf").write_bytes(contents)
    house = FontSource("House Sans", files={"400": str(folder / "house.ttf")}, fallback=())
    return replace(theme, fonts=dict.fromkeys(theme.fonts, house))


def finished(theme: Theme, *, embed_fonts: bool = True) -> Finished:
    words = Paragraph((Text("Words, "), Strong((Text("strong"),)), Text(" and "), Emphasis((Text("slanted"),))))
    meta = Meta("Test", DocumentKind.BRIEF, "en", date(2026, 11, 21), Marking.CLEAR)
    made = Document(meta, (Heading(1, (Text("A brief"),), "a-brief"), words))
    fonts = Fonts(theme)
    layout = lay_out(made, theme, theme.densities[0], fonts)
    return Finished(made, layout, theme, fonts, b"{}", embed_fonts=embed_fonts)


def archive(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def font_table(data: bytes) -> dict[str, etree._Element]:
    table = etree.fromstring(archive(data).read("word/fontTable.xml"))
    return {font.get(qn("w:name")): font for font in table}


def said(font: etree._Element, name: str) -> str | None:
    found = font.find(qn(f"w:{name}"))
    return None if found is None else found.get(qn("w:val"))


def test_without_fonts_a_word_file_names_them_and_carries_none(theme: Theme) -> None:
    data = write("docx", finished(theme, embed_fonts=False))
    names = archive(data).namelist()
    assert not [name for name in names if name.endswith(".odttf")]
    settings = archive(data).read("word/settings.xml")
    assert b"embedTrueTypeFonts" not in settings
    assert b"saveSubsetFonts" not in settings
    families = font_table(data)
    assert list(families) == ["Source Sans Pro", "Source Sans Pro Semibold"]
    assert not [element for font in families.values() for element in font if "embed" in element.tag]


def test_with_and_without_fonts_everything_else_is_the_same(theme: Theme) -> None:
    with_fonts, without = (archive(write("docx", finished(theme, embed_fonts=embed))) for embed in (True, False))
    differing = {
        name
        for name in {*with_fonts.namelist(), *without.namelist()}
        if name not in without.namelist() or with_fonts.read(name) != without.read(name)
    }
    fonts = {name for name in differing if name.startswith("word/fonts/")}
    assert fonts
    about_fonts = {"word/settings.xml", "word/fontTable.xml", "word/_rels/fontTable.xml.rels", "[Content_Types].xml"}
    assert differing - fonts <= about_fonts


def test_the_table_says_what_a_font_is_like(theme: Theme) -> None:
    fonts = font_table(write("docx", finished(theme)))
    regular, semibold = fonts["Source Sans Pro"], fonts["Source Sans Pro Semibold"]
    assert (said(regular, "family"), said(regular, "pitch"), said(regular, "charset")) == ("swiss", "variable", "00")
    assert said(regular, "panose1") == "020B0503030403020204"
    assert said(regular, "altName") is None
    assert said(semibold, "altName") == "Source Sans Pro"
    signature = regular.find(qn("w:sig"))
    assert signature is not None
    assert signature.get(qn("w:csb0")) == "2000019F"


def test_a_korean_font_says_so(theme: Theme) -> None:
    made = finished(theme)
    words = Paragraph((Text("대한민국"),))
    document = replace(made.document, blocks=(*made.document.blocks, words))
    layout = lay_out(document, theme, theme.densities[0], made.fonts)
    fonts = font_table(write("docx", replace(made, document=document, layout=layout)))
    (korean,) = [font for name, font in fonts.items() if "KR" in name]
    assert said(korean, "charset") == "81"


@pytest.mark.parametrize(
    ("panose", "kind", "fixed", "expected"),
    [
        ("020B0503030403020204", 0, False, "swiss"),
        ("02020603050405020304", 8, False, "roman"),
        ("02070309020205020404", 0, True, "modern"),
        ("03000000000000000000", 0, False, "script"),
        ("00000000000000000000", 8, False, "swiss"),
        ("00000000000000000000", 1, False, "roman"),
        ("00000000000000000000", 0, False, "auto"),
    ],
)
def test_the_kind_of_a_typeface(panose: str, kind: int, fixed: bool, expected: str, theme: Theme) -> None:
    fonts = Fonts(theme)
    traits = fonts.traits(fonts.face(theme.densities[0].styles["body"]))  # type: ignore[index]
    like = replace(traits, panose=bytes.fromhex(panose), kind=kind, fixed_pitch=fixed)
    assert kind_of_typeface(like) == expected


@pytest.mark.parametrize("bits", EMBEDDING_ELSEWHERE.values(), ids=EMBEDDING_ELSEWHERE)
def test_a_font_for_documents_that_are_edited_is_embedded(theme: Theme, tmp_path: Path, bits: int) -> None:
    made = finished(with_bits(theme, tmp_path, bits))
    assert [name for name in archive(write("docx", made)).namelist() if name.endswith(".odttf")]
    assert made.fonts.not_for_editing(faces(made.layout)) == ()


@pytest.mark.parametrize("bits", NO_EDITING.values(), ids=NO_EDITING)
def test_another_is_not_embedded_in_a_word_file_and_a_warning_names_it(theme: Theme, tmp_path: Path, bits: int) -> None:
    made = finished(with_bits(theme, tmp_path, bits))
    data = write("docx", made)
    assert not [name for name in archive(data).namelist() if name.endswith(".odttf")]
    assert list(font_table(data)) == ["House Sans"]
    (warning,) = made.fonts.not_for_editing(faces(made.layout))
    assert (warning.code, warning.severity) == ("font-not-embedded", Severity.WARNING)
    assert "House Sans (house.ttf)" in warning.message


def test_a_pdf_carries_what_may_be_printed_and_refuses_what_may_not(theme: Theme, tmp_path: Path) -> None:
    assert write("pdf", finished(with_bits(theme, tmp_path, NO_EDITING["previewing alone"])))
    with pytest.raises(BriefgenError) as refused:
        write("pdf", finished(with_bits(theme, tmp_path, NO_EDITING["restricted"])))
    assert [problem.code for problem in refused.value.problems] == ["font-licence"]
