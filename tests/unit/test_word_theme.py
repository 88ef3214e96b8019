"""Word's theme: styles refer to its colours and faces, and say their values as well."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefgen.document import Document, DocumentKind, Heading, Meta, Paragraph, Strong, Text
from briefgen.evidence import Marking
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from briefgen.writers.ooxml import NAMESPACES, RunFormat, Themed, beyond, run_properties

REPOSITORY = Path(__file__).resolve().parents[2]
DRAWING = f"{{{NAMESPACES['a']}}}"
SANS, SEMIBOLD, HANGUL = "Source Sans Pro", "Source Sans Pro Semibold", "Noto Sans KR"
SLOTS = {"text1": "dk1", "text2": "dk2"}
"""What text calls two colours of the theme part."""


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


def parts(
    theme: Theme, *words: str, kind: DocumentKind = DocumentKind.DOSSIER, language: str = "en"
) -> dict[str, etree._Element]:
    """The XML parts of a document of these paragraphs."""
    paragraphs = [Paragraph((Text(word), Strong((Text(" strong"),)))) for word in words]
    meta = Meta("Test", kind, language, date(2026, 11, 21), Marking.CLEAR)
    made = Document(meta, (Heading(1, (Text("Title"),), "title"), *paragraphs))
    fonts = Fonts(theme)
    layout = lay_out(made, theme, theme.densities[0], fonts)
    archive = zipfile.ZipFile(io.BytesIO(write("docx", Finished(made, layout, theme, fonts, b"{}"))))
    return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}


def style(made: dict[str, etree._Element], identity: str) -> etree._Element:
    (found,) = (s for s in made["word/styles.xml"] if s.get(qn("w:styleId")) == identity)
    return found


def fonts_of(node: etree._Element) -> dict[str, str]:
    found = node.find(f".//{qn('w:rFonts')}")
    return {} if found is None else {name.rpartition("}")[2]: value for name, value in found.attrib.items()}


def test_every_reference_to_the_theme_says_the_value_that_the_theme_has(theme: Theme) -> None:
    made = parts(theme, "Words.")
    scheme = made["word/theme/theme1.xml"].find(f".//{DRAWING}clrScheme")
    assert scheme is not None
    values = {slot.tag.removeprefix(DRAWING): slot[0].get("val") for slot in scheme}
    seen = set()
    for root in made.values():
        for node in root.iter():
            name = node.get(qn("w:themeColor")) or node.get(qn("w:themeFill"))
            if name is not None:
                said = node.get(qn("w:fill" if node.get(qn("w:themeFill")) else "w:color")) or node.get(qn("w:val"))
                assert said == values[SLOTS.get(name, name)]
                seen.add(name)
    assert seen >= {"text1", "text2", "accent1", "accent4"}


def test_no_colour_of_the_theme_is_said_without_it(theme: Theme) -> None:
    colours = {getattr(theme.colours, name).lstrip("#").upper() for name in ("ink", "muted", "accent", "hairline")}
    for root in parts(theme, "Words.").values():
        for node in root.iter(qn("w:color"), qn("w:top"), qn("w:bottom"), qn("w:between"), qn("w:insideH")):
            value = node.get(qn("w:val")) if node.tag == qn("w:color") else node.get(qn("w:color"))
            assert value not in colours or node.get(qn("w:themeColor"))


def test_headings_follow_the_heading_face_and_text_the_body_face(theme: Theme) -> None:
    made = parts(theme, "Words.")
    latin = {
        kind: made["word/theme/theme1.xml"].find(f".//{DRAWING}{kind}Font/{DRAWING}latin")
        for kind in ("major", "minor")
    }
    assert {kind: node.get("typeface") for kind, node in latin.items() if node is not None} == {
        "major": SEMIBOLD,
        "minor": SANS,
    }
    defaults = made["word/styles.xml"].find(qn("w:docDefaults"))
    assert defaults is not None
    for node, face, family in (
        (defaults, "minorHAnsi", SANS),
        (style(made, "Normal"), "minorHAnsi", SANS),
        (style(made, "Heading1"), "majorHAnsi", SEMIBOLD),
        (style(made, "TOCHeading"), "majorHAnsi", SEMIBOLD),
    ):
        fonts = fonts_of(node)
        assert fonts["asciiTheme"] == fonts["hAnsiTheme"] == face
        assert fonts["ascii"] == fonts["hAnsi"] == family
    assert fonts_of(style(made, "BodyText")) == {}  # it is based on Normal


def test_a_face_that_the_theme_has_no_name_for_is_said_alone(theme: Theme) -> None:
    fonts = fonts_of(style(parts(theme, "Words."), "Title"))
    assert (fonts["ascii"], "asciiTheme" in fonts) == ("Source Sans Pro Light", False)


def test_strong_words_are_no_heading(theme: Theme) -> None:
    fonts = fonts_of(style(parts(theme, "Words."), "Strong"))
    assert fonts["ascii"] == SEMIBOLD
    assert "asciiTheme" not in fonts


def test_without_hangul_nothing_is_said_of_an_east_asian_face(theme: Theme) -> None:
    made = parts(theme, "Words.")
    assert {node.get("typeface") for node in made["word/theme/theme1.xml"].iter(f"{DRAWING}ea")} == {""}
    assert not any("eastAsiaTheme" in fonts_of(root) for root in made["word/styles.xml"])
    assert not list(made["word/document.xml"].iter(qn("w:rFonts")))


def test_with_hangul_the_east_asian_face_is_that_of_hangul(theme: Theme) -> None:
    made = parts(theme, "Words 2024.", "2024년 대한민국, “인용” 3쪽", language="ko")
    assert {node.get("typeface") for node in made["word/theme/theme1.xml"].iter(f"{DRAWING}ea")} == {HANGUL}
    body, heading = fonts_of(style(made, "Normal")), fonts_of(style(made, "Heading1"))
    assert (body["eastAsia"], body["eastAsiaTheme"]) == (HANGUL, "minorEastAsia")
    assert (heading["eastAsia"], heading["eastAsiaTheme"]) == (HANGUL, "majorEastAsia")


def test_a_few_words_of_hangul_name_their_face_themselves(theme: Theme) -> None:
    """Else all other text of a document in English would have to name its own."""
    made = parts(theme, "Words 2024.", "대한민국")
    assert not any("eastAsiaTheme" in fonts_of(root) for root in made["word/styles.xml"])
    named = {run.findtext(qn("w:t")): fonts_of(run) for run in made["word/document.xml"].iter(qn("w:r"))}
    assert named["Words 2024."] == {}
    assert set(named["대한민국"].values()) == {HANGUL}


def test_figures_among_hangul_keep_their_own_face(theme: Theme) -> None:
    """Applications differ on whether figures and quotation marks beside Hangul are East Asian."""
    made = parts(theme, "2024년 대한민국, “인용” 3쪽", language="ko")
    for run in made["word/document.xml"].iter(qn("w:r")):
        words = "".join(text.text or "" for text in run.iter(qn("w:t")))
        expected = HANGUL if any("가" <= letter <= "힣" for letter in words) else (SANS, SEMIBOLD)
        assert fonts_of(run).get("eastAsia", HANGUL) in expected


def test_something_of_the_same_value_is_not_said_again() -> None:
    given = RunFormat(font=Themed("Sans", "minor"), colour=Themed("#112233", "accent1"), size=10)
    assert beyond(RunFormat(font="Sans", colour="#112233", size=12), given) == RunFormat(size=12)
    assert run_properties(RunFormat(asian="Gothic")) == '<w:rPr><w:rFonts w:eastAsia="Gothic"/></w:rPr>'


def test_where_two_colours_are_alike_the_file_names_one(theme: Theme) -> None:
    alike = replace(theme, colours=replace(theme.colours, accent=theme.colours.ink))
    made = parts(alike, "Words.")
    names = {node.get(qn("w:themeColor")) for root in made.values() for node in root.iter(qn("w:color"))}
    assert "accent1" not in names
