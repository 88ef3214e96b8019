"""Word files in the house style of a reference document: what of it is kept, what is added, what stays behind."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Pt
from lxml import etree

from briefgen.document import (
    Block,
    BulletList,
    Cover,
    Document,
    DocumentKind,
    Heading,
    Landscape,
    Lead,
    ListItem,
    Note,
    Paragraph,
    Status,
    Text,
)
from briefgen.errors import Problem
from briefgen.evidence import Marking
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import RULE_DEPTH, Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests import house
from tests.pages import meta, table, words

THEMES = Path(__file__).resolve().parents[2] / "templates/themes"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

BLOCKS: tuple[Block, ...] = (
    Heading(1, words("Trade rises"), "trade"),
    Lead((Paragraph(words("Trade reached US$86.7 billion.", 1)),)),
    Heading(2, words("Why now"), "why"),
    Paragraph(words("Plain text, *and strong* text; 한국 as well.", 2)),
    BulletList((ListItem((Paragraph(words("One")),)), ListItem((Paragraph(words("Two")),)))),
    table("lr", "Field|Size", ("Steel", "12"), ("Ships", "3")),
)  # fmt: skip


def themed(folder: Path, contents: bytes, says: str = "") -> Theme:
    problems: list[Problem] = []
    theme = load_theme(house.theme(folder, contents, says=says), problems, [THEMES])
    assert theme is not None, problems
    return theme


def finished(theme: Theme, made: Document, density: str = "standard") -> Finished:
    fonts = Fonts(theme)
    step = next(one for one in theme.densities if one.name == density)
    return Finished(made, lay_out(made, theme, step, fonts), theme, fonts, b"{}")


def sample(*blocks: Block, **settings: Any) -> Document:
    return Document(
        replace(meta(), **settings), blocks or BLOCKS, (Note(1, words("The Gazette.")), Note(2, words("The Herald.")))
    )


def written(theme: Theme, made: Document | None = None, density: str = "standard") -> Mapping[str, bytes]:
    contents = write("docx", finished(theme, made or sample(), density))
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def root(parts: Mapping[str, bytes], name: str) -> Any:
    return etree.fromstring(parts[f"word/{name}.xml"])


def style(styles: Any, name: str) -> Any:
    found = [s for s in styles.iterfind(f"{W}style") if s.find(f"{W}name").get(f"{W}val").lower() == name.lower()]
    assert len(found) == 1, f"{len(found)} styles of the name {name}"
    return found[0]


def canonical(element: Any) -> str:
    alone = etree.fromstring(etree.tostring(element))
    etree.cleanup_namespaces(alone)
    return str(etree.tostring(alone, method="c14n2", strip_text=True).decode())


def text_of(element: Any) -> str:
    return "".join(element.itertext())


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    return themed(tmp_path_factory.mktemp("ministry"), house.saved(house.ministry()))


@pytest.fixture(scope="module")
def chamber(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    return themed(tmp_path_factory.mktemp("chamber"), house.saved(house.chamber()))


# ---- styles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Normal", "Body Text", "heading 2", "List Bullet", "Quote", "Table Grid", "header"])
def test_the_definitions_of_a_reference_win(ministry: Theme, name: str) -> None:
    theirs = style(house.ministry().styles.element, name)
    ours = style(root(written(ministry), "styles"), name)
    for part in ("pPr", "rPr"):
        before, after = theirs.find(f"{W}{part}"), ours.find(f"{W}{part}")
        if before is None:
            assert after is None
            continue
        for unmeasured in ("kern", "spacing"):
            if part == "rPr":
                for element in before.findall(f"{W}{unmeasured}"):
                    before.remove(element)
        shifted = re.sub(r'(?<=<w:numId w:val=")\d+', "n", canonical(before))
        assert re.sub(r'(?<=<w:numId w:val=")\d+', "n", canonical(after)) == shifted


def test_our_styles_that_it_lacks_are_added(ministry: Theme) -> None:
    styles = root(written(ministry), "styles")
    for name in ("Lead", "Key Value", "Table Text", "footnote text", "Marking"):
        style(styles, name)
    identities = [s.get(f"{W}styleId") for s in styles.iterfind(f"{W}style")]
    assert len({identity.lower() for identity in identities}) == len(identities)
    defaults = [s.get(f"{W}type") for s in styles.iterfind(f"{W}style") if s.get(f"{W}default") == "1"]
    assert sorted(defaults) == ["character", "numbering", "paragraph", "table"]


def test_every_style_that_is_used_is_there(chamber: Theme) -> None:
    parts = written(chamber)
    known = {s.get(f"{W}styleId") for s in root(parts, "styles").iterfind(f"{W}style")}
    for name, contents in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            for element in etree.fromstring(contents).iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn"):
                assert element.get(f"{W}val") in known, f"{name}: {element.get(f'{W}val')}"


def test_styles_of_a_word_in_another_language_are_known_by_their_names(tmp_path: Path) -> None:
    ids = {"Normal": "Standard", "Heading2": "berschrift2", "Heading2Char": "berschrift2Zchn", "Title": "Titel"}

    def german(xml: bytes) -> bytes:
        tree = etree.fromstring(xml)
        for element in tree.iter():
            for name in (f"{W}styleId", f"{W}val"):
                if element.tag != f"{W}name" and element.get(name) in ids:
                    element.set(name, ids[element.get(name)])
        return bytes(etree.tostring(tree))

    contents = house.altered(house.saved(house.ministry()), {"word/styles.xml": german})
    parts = written(themed(tmp_path, contents))
    assert style(root(parts, "styles"), "heading 2").get(f"{W}styleId") == "Heading2"
    assert b'"berschrift2"' not in b"".join(parts.values())


def test_what_a_theme_says_is_written_into_the_definition(tmp_path: Path) -> None:
    contents = house.saved(house.ministry())
    says = 'styles: {heading: {size: 14, leading: 18, colour: "#0B4F6C"}}\n'
    heading = style(root(written(themed(tmp_path, contents, says)), "styles"), "heading 2")
    assert heading.find(f"{W}rPr/{W}sz").get(f"{W}val") == "28"
    assert heading.find(f"{W}rPr/{W}color").get(f"{W}val") == "0B4F6C"
    assert heading.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == house.SERIF


def test_paragraphs_say_the_distance_of_lines_that_was_measured(ministry: Theme) -> None:
    """Lines that are "single" grow with a note's mark or Hangul in them."""
    density = ministry.densities[ministry.standard]
    body = root(written(ministry), "document")
    (paragraph,) = [p for p in body.iter(f"{W}p") if text_of(p).startswith("Plain text")]
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    assert spacing.get(f"{W}lineRule") == "exact"
    assert int(spacing.get(f"{W}line")) == round(
        density.styles[next(s for s in density.styles if s == "body")].leading * 20
    )


def test_a_tight_step_sets_its_sizes_in_the_definitions(ministry: Theme) -> None:
    tight = root(written(ministry, density="tight"), "styles")
    assert style(tight, "Title").find(f"{W}rPr/{W}sz").get(f"{W}val") == "34"
    assert style(tight, "Normal").find(f"{W}rPr/{W}sz").get(f"{W}val") == "20"  # the house's own, for what is typed


def test_styles_of_both_leave_pages_to_the_layout(tmp_path: Path) -> None:
    made = house.ministry()
    made.styles["Heading 2"].paragraph_format.page_break_before = True
    made.styles["Normal"].paragraph_format.widow_control = False
    styles = root(written(themed(tmp_path, house.saved(made))), "styles")
    for name in ("Normal", "heading 2"):
        found = style(styles, name)
        assert [found.find(f"{W}pPr/{W}{mark}") for mark in ("pageBreakBefore", "widowControl")] == [None, None]


# ---- lists -----------------------------------------------------------------------------------------------


def test_lists_of_both_have_numbers_of_their_own(ministry: Theme) -> None:
    parts = written(ministry)
    numbering = root(parts, "numbering")
    for name, attribute in (("num", "numId"), ("abstractNum", "abstractNumId")):
        found = [element.get(f"{W}{attribute}") for element in numbering.iterfind(f"{W}{name}")]
        assert len(set(found)) == len(found)
    theirs = len(house.ministry().part.numbering_part.element.findall(f"{W}num"))
    assert len(numbering.findall(f"{W}num")) > theirs
    known = {num.get(f"{W}numId") for num in numbering.iterfind(f"{W}num")} | {"0"}
    for name in ("document", "styles"):
        assert {element.get(f"{W}val") for element in root(parts, name).iter(f"{W}numId")} <= known
    order = [element.tag for element in numbering]
    assert order == sorted(order, key=[f"{W}numPicBullet", f"{W}abstractNum", f"{W}num"].index)


def test_a_heading_that_numbers_itself_does_not_number_ours(tmp_path: Path) -> None:
    def numbered(xml: bytes) -> bytes:
        tree = etree.fromstring(xml)
        properties = style(tree, "heading 2").find(f"{W}pPr")
        properties.insert(2, etree.fromstring(f'<w:numPr xmlns:w="{W[1:-1]}"><w:numId w:val="1"/></w:numPr>'))
        return etree.tostring(tree)

    contents = house.altered(house.saved(house.ministry()), {"word/styles.xml": numbered})
    body = root(written(themed(tmp_path, contents)), "document")
    (heading,) = [p for p in body.iter(f"{W}p") if text_of(p) == "Why now"]
    assert heading.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"


# ---- headers and footers ---------------------------------------------------------------------------------


def frames(parts: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        name: etree.fromstring(parts[name])
        for name in parts
        if re.fullmatch(r"word/[a-z-]*(header|footer)-[a-z]+\.xml", name)
    }


def test_headers_and_footers_are_kept(ministry: Theme) -> None:
    found = frames(written(ministry))
    assert set(found) == {"word/house-header-default.xml", "word/house-footer-default.xml"}
    assert text_of(found["word/house-header-default.xml"]).startswith("Ministry of External Trade")
    assert "Example Street 4" in text_of(found["word/house-footer-default.xml"])
    assert " PAGE " in text_of(found["word/house-footer-default.xml"])


@pytest.mark.parametrize("marking", [Marking.CLEAR, Marking.AMBER_STRICT, Marking.RED])
def test_every_header_and_footer_has_the_marking(chamber: Theme, marking: Marking) -> None:
    found = frames(written(chamber, sample(marking=marking)))
    assert len(found) == 4  # of the first page and of the others
    for frame in found.values():
        assert text_of(frame).count(marking.label) == 1
        (chip,) = [run for run in frame.iter(f"{W}r") if marking.label in text_of(run)]
        assert chip.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "Marking"


def test_a_draft_says_so(ministry: Theme) -> None:
    found = frames(written(ministry, sample(status=Status.DRAFT)))
    assert "DRAFT" in text_of(found["word/house-header-default.xml"])


def test_the_first_page_keeps_its_letterhead_and_logo(chamber: Theme) -> None:
    parts = written(chamber)
    head = root(parts, "house-header-first")
    assert head.find(f"{W}tbl") is not None
    relations = etree.fromstring(parts["word/_rels/house-header-first.xml.rels"])
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    (blip,) = head.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    assert parts[f"word/{targets[blip.get(f'{R}embed')]}"] == house.logo("#17573A")
    section = next(root(parts, "document").iter(f"{W}sectPr"))
    assert section.find(f"{W}titlePg") is not None
    assert [r.get(f"{W}type") for r in section.findall(f"{W}headerReference")] == ["default", "first"]


def test_a_header_s_places_are_filled_in(tmp_path: Path) -> None:
    made = house.ministry()
    paragraph = made.sections[0].header.paragraphs[0]
    paragraph.text = ""
    for piece in ("For: {ti", "tle} · ", "{mark", "ing", "} and {page} of {pages}."):
        paragraph.add_run(piece).bold = True
    head = root(written(themed(tmp_path, house.saved(made)), sample(marking=Marking.GREEN)), "house-header-default")
    assert len(head.findall(f"{W}p")) == 1  # no line is added
    said = text_of(head).replace("\u00a0", " ")
    title = meta().title.partition(": ")[0]
    assert said == f"For: {title} ·  TLP:GREEN  and  PAGE 1 of  NUMPAGES 1."
    assert "{" not in said
    (run,) = [r for r in head.iter(f"{W}r") if text_of(r) == title]
    assert run.find(f"{W}rPr/{W}b") is not None


def test_a_reference_without_headers_gets_ours(tmp_path: Path) -> None:
    made = docx.Document()
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Title", "Quote", "Caption", "Subtitle"):
        house.font(made.styles[name], house.SANS, 10, "#1B1F23")
    found = frames(written(themed(tmp_path, house.saved(made)), sample(marking=Marking.AMBER)))
    assert set(found) == {"word/header-default.xml", "word/footer-default.xml"}
    for frame in found.values():
        assert "TLP:AMBER" in text_of(frame)
        assert {e.get(f"{W}val") for e in frame.iter(f"{W}pStyle")} <= {"BriefHeader", "BriefFooter"}


def test_margins_are_those_that_were_measured(chamber: Theme) -> None:
    section = next(root(written(chamber), "document").iter(f"{W}sectPr"))
    margins = section.find(f"{W}pgMar")
    assert int(margins.get(f"{W}left")) == round(62.4 * 20)
    assert int(margins.get(f"{W}top")) == round((chamber.page.top + RULE_DEPTH) * 20)
    assert (margins.get(f"{W}header"), margins.get(f"{W}footer")) == ("680", "567")
    assert section.find(f"{W}pgSz").get(f"{W}w") == "12240"


def test_a_cover_keeps_the_reference_s_header(ministry: Theme) -> None:
    cover = Cover((Text("The dossier"),), (), (), ())
    parts = written(ministry, sample(cover, *BLOCKS, kind=DocumentKind.DOSSIER))
    assert set(frames(parts)) == {"word/house-header-default.xml", "word/house-footer-default.xml"}
    assert next(root(parts, "document").iter(f"{W}sectPr")).find(f"{W}titlePg") is None


# ---- what stays behind -----------------------------------------------------------------------------------


def test_nothing_is_told_of_the_reference_s_authors(tmp_path: Path) -> None:
    made = house.chamber()
    made.core_properties.author = made.core_properties.last_modified_by = "Jane Designer"
    made.core_properties.comments = "Draft 7 for J. Designer"
    made.add_paragraph("Body text of the template, by Jane Designer")
    head = made.sections[0].first_page_header
    change = f'<w:ins xmlns:w="{W[1:-1]}" w:id="1" w:author="Jane Designer"><w:r><w:t>Est. 1901</w:t></w:r></w:ins>'
    gone = (
        f'<w:del xmlns:w="{W[1:-1]}" w:id="2" w:author="Jane Designer"><w:r><w:delText>1899</w:delText></w:r></w:del>'
    )
    for xml in (change, gone):
        head.paragraphs[0]._p.append(etree.fromstring(xml))
    made.styles["Normal"].element.append(etree.fromstring(f'<w:rsid xmlns:w="{W[1:-1]}" w:val="00112233"/>'))
    whole = b"".join(written(themed(tmp_path, house.saved(made))).values())
    assert b"Designer" not in whole
    assert b"00112233" not in whole
    assert b"Est. 1901" in whole
    assert b"1899" not in whole


def test_the_language_is_the_document_s(ministry: Theme) -> None:
    styles = root(written(ministry, sample(language="vi")), "styles")
    assert styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang").get(f"{W}val") == "vi-VN"


def test_the_same_input_gives_the_same_bytes(chamber: Theme) -> None:
    assert written(chamber) == written(chamber)


def test_python_docx_opens_it_and_saves_it_again(chamber: Theme) -> None:
    opened = docx.Document(io.BytesIO(write("docx", finished(chamber, sample()))))
    assert [p.style.name for p in opened.paragraphs[:1]] == ["Title"]
    assert opened.sections[0].page_width == Pt(612)
    opened.save(io.BytesIO())


def test_what_widens_text_beyond_the_measure_is_taken_out(tmp_path: Path) -> None:
    made = house.ministry()
    made.styles["Heading 2"].font.all_caps = True
    made.styles["Normal"].font.small_caps = True
    styles = root(written(themed(tmp_path, house.saved(made))), "styles")
    assert style(styles, "heading 2").find(f"{W}rPr/{W}caps") is None
    assert style(styles, "Normal").find(f"{W}rPr/{W}smallCaps") is None


# ---- landscape pages -------------------------------------------------------------------------------------


def tab_stops(parts: Mapping[str, bytes], name: str) -> list[list[tuple[str, int]]]:
    """For each paragraph that says any, its tab stops: kind and place in twips."""
    every = (paragraph.findall(f"{W}pPr/{W}tabs/{W}tab") for paragraph in root(parts, name).iter(f"{W}p"))
    return [[(tab.get(f"{W}val"), int(tab.get(f"{W}pos"))) for tab in tabs] for tabs in every if tabs]


def shown_headers(parts: Mapping[str, bytes]) -> list[set[tuple[str, str]]]:
    """For each section, which pages show which header."""
    sections = root(parts, "document").iter(f"{W}sectPr")
    each = ([(e.get(f"{W}type"), e.get(f"{R}id")) for e in one.iter(f"{W}headerReference")] for one in sections)
    return [set(one) for one in each]


def test_headers_and_footers_of_the_house_are_stretched_on_landscape_pages(ministry: Theme) -> None:
    parts = written(ministry, sample(*BLOCKS, Landscape((table("lr", "Field|Size", ("Steel", "12")),)), pages=None))
    upright, turned, last = shown_headers(parts)
    assert upright == last == {("default", "house-header-default")}
    assert turned == {("default", "house-header-default-turned")}
    assert text_of(root(parts, "house-header-default-turned")) == text_of(root(parts, "house-header-default"))
    measure = ministry.page.turned.measure
    for name in ("house-header-default-turned", "house-footer-default-turned"):
        own, marking = tab_stops(parts, name)
        ratio = measure / ministry.page.measure
        cleared = [place for kind, place in own if kind == "clear"]
        moved = [(kind, place) for kind, place in own if kind != "clear"]
        assert len(cleared) == 2, "Word's own: the middle and the right"
        assert moved == [(k, round(place * ratio)) for k, place in zip(("center", "right"), cleared, strict=True)]
        assert marking[-1] == ("right", pytest.approx(measure * 20, abs=2))


def test_a_letterhead_of_the_house_is_stretched_where_landscape_comes_first(chamber: Theme) -> None:
    wide = Landscape((table("lr", "Field|Size", ("Steel", "12")),))
    parts = written(chamber, sample(wide, *BLOCKS, pages=None))
    first, second, *_ = shown_headers(parts)
    assert first == {("default", "house-header-default-turned"), ("first", "house-header-first-turned")}
    assert second == {("default", "house-header-default")}
    columns = [int(column.get(f"{W}w")) for column in root(parts, "house-header-first-turned").iter(f"{W}gridCol")]
    assert sum(columns) == pytest.approx(480 * 20 * chamber.page.turned.measure / chamber.page.measure, abs=2)
