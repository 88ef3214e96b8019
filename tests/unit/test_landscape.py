"""Landscape pages: what stands on them, how large they are, and what surrounds them, in layout, PDF and Word."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefgen.document import (
    Block,
    Cover,
    Document,
    DocumentKind,
    Heading,
    Landscape,
    NotePlacement,
    Optional,
    PageBreak,
    Pair,
    Paragraph,
    Section,
    Table,
    sections,
)
from briefgen.errors import BriefgenError
from briefgen.fit import fit
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.furniture import RULE_DEPTH
from briefgen.layout.model import Box, Layout, Line, Page, Stroke
from briefgen.theme import Theme
from briefgen.writers import Finished, write
from tests.pages import bullets, document, meta, paragraph, table, words
from tests.sheet import default_theme

PROSE = "The ministries agreed to work on semiconductors, artificial intelligence and biotechnology. "
A4 = (595.28, 841.89)


@pytest.fixture(scope="module")
def theme() -> Theme:
    return default_theme()


@pytest.fixture(scope="module")
def fonts(theme: Theme) -> Fonts:
    return Fonts(theme)


def lying(*blocks: Block, **keywords: object) -> Landscape:
    return Landscape(blocks, **keywords)  # type: ignore[arg-type]


def wide(rows: int = 3, mark: int | None = None) -> Table:
    """A table of six columns, its first cell with a note mark."""
    first = words("Row", *((mark,) if mark else ()))
    return table(
        "llllll", "A|B|C|D|E|F", (first, "b", "c", "d", "e", "f"), *[("x", "b", "c", "d", "e", "f")] * (rows - 1)
    )


def prose(lines: int = 1) -> Paragraph:
    return Paragraph(words(PROSE * lines))


def text(page: Page) -> str:
    lines = [item for item in page.items if isinstance(item, Line)]
    return "\n".join("".join(run.text for run in line.runs) for line in sorted(lines, key=lambda line: line.y))


def turns(layout: Layout) -> list[bool]:
    return [page.width > page.height for page in layout.pages]


class Layouter:
    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self.theme, self.fonts = theme, fonts

    def __call__(self, *blocks: Block, notes: tuple[str, ...] = (), **keywords: object) -> Layout:
        made = document(*blocks, notes=notes, **keywords)  # type: ignore[arg-type]
        return lay_out(made, self.theme, self.theme.densities[self.theme.standard], self.fonts)


@pytest.fixture
def laid(theme: Theme, fonts: Fonts) -> Layouter:
    return Layouter(theme, fonts)


def dossier(placement: NotePlacement = NotePlacement.FOOTNOTES) -> dict[str, object]:
    return {"of": replace(meta(DocumentKind.DOSSIER, pages=None), placement=placement)}


def memo(pages: int | None = None, placement: NotePlacement = NotePlacement.FOOTNOTES) -> dict[str, object]:
    return {"of": replace(meta(DocumentKind.MEMO, pages=pages), placement=placement)}


# ---- sections --------------------------------------------------------------------------------------------


def test_landscapes_side_by_side_are_one_section() -> None:
    a, b, c = (Paragraph(words(word)) for word in "abc")
    found = sections((a, lying(b), lying(), lying(c, b), a, c))
    assert found == (Section((a,)), Section((b, c, b), True), Section((a, c)))


def test_page_breaks_where_a_page_begins_anyway_count_for_nothing() -> None:
    a, b, brk = Paragraph(words("a")), Paragraph(words("b")), PageBreak()
    assert sections((brk, a, brk, brk, a, brk, lying(brk, b, brk), brk)) == (Section((a, brk, a)), Section((b,), True))
    assert sections((lying(a), brk, lying(b))) == (Section((a,), True), Section((b,), True))
    assert sections((brk,)) == ()


# ---- pages -----------------------------------------------------------------------------------------------


def test_a_landscape_takes_pages_of_its_own(laid: Layouter) -> None:
    layout = laid(prose(), lying(wide()), prose(), **memo())
    assert turns(layout) == [False, True, False]
    assert [(page.width, page.height) for page in layout.pages] == [
        pytest.approx(A4, abs=0.01),
        pytest.approx(A4[::-1], abs=0.01),
        pytest.approx(A4, abs=0.01),
    ]
    assert [page.label for page in layout.pages] == ["1", "2", "3"]


def test_it_can_be_first_last_or_all_there_is(laid: Layouter) -> None:
    assert turns(laid(lying(wide()), prose(), **memo())) == [True, False]
    assert turns(laid(prose(), lying(wide()), **memo())) == [False, True]
    assert turns(laid(lying(wide()), **memo())) == [True]
    assert turns(laid(Cover(words("Cover")), lying(wide()), **dossier())) == [False, True]


def test_a_briefs_first_line_stands_on_the_page_that_comes_first(laid: Layouter) -> None:
    layout = laid(lying(wide()), of=replace(meta(pages=None), about=words("As of today")))
    assert turns(layout) == [True]
    assert "As of today" in text(layout.pages[0])


def test_two_tables_share_a_page_if_they_fit(laid: Layouter) -> None:
    assert turns(laid(lying(wide(3)), lying(wide(3)), **memo())) == [True]
    assert turns(laid(lying(wide(15)), lying(wide(15)), **memo())) == [True, True]
    assert turns(laid(lying(wide(3)), PageBreak(), lying(wide(3)), **memo())) == [True, True]


def test_a_long_table_repeats_its_head_on_each_of_its_pages(laid: Layouter) -> None:
    layout = laid(prose(), lying(wide(60)), prose(), **memo())
    assert turns(layout) == [False, True, True, True, False]
    assert all("\nA" in text(page) for page in layout.pages[1:4])


def test_nothing_empty_comes_of_an_empty_one(laid: Layouter) -> None:
    assert turns(laid(prose(), lying(), prose(), **memo())) == [False]
    assert turns(laid(lying(), **memo())) == [False]


def test_inside_another_block_it_does_not_turn_the_page(laid: Layouter) -> None:
    assert turns(laid(Pair((lying(prose()),), (prose(),)), **memo())) == [False]


def test_a_section_of_a_dossier_begins_on_one_landscape_page(laid: Layouter) -> None:
    one, two = Heading(1, words("One"), "one", "1"), Heading(1, words("Two"), "two", "2")
    layout = laid(one, prose(), lying(two, wide()), **dossier())
    assert turns(layout) == [False, True]
    assert layout.decisions.heading_pages == (1, 2)


# ---- what stands on them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [memo(), dossier()])
def test_a_table_has_the_whole_measure(of: dict[str, object], laid: Layouter, theme: Theme) -> None:
    layout = laid(lying(wide()), **of)
    assert layout.decisions.table_indents == (0,)
    assert sum(layout.decisions.column_widths[0]) == pytest.approx(A4[1] - theme.page.left - theme.page.right, abs=0.1)


def test_text_and_labels_stand_as_on_upright_pages(laid: Layouter, theme: Theme) -> None:
    heading = Heading(2, words("Wide"), "wide", "1.1")
    layout = laid(heading, prose(), lying(replace(heading, anchor="again"), prose(9)), **dossier())
    upright, turned = ([line for line in page.items if isinstance(line, Line)] for page in layout.pages)
    starts = [
        {round(line.runs[0].x, 2) for line in lines if line.runs[0].element is not None} for lines in (upright, turned)
    ]
    assert starts[0] == starts[1] == {theme.page.left, round(theme.page.left + theme.page.label_column, 2)}


def test_everything_stands_within_its_margins(laid: Layouter, theme: Theme) -> None:
    layout = laid(lying(wide(40, mark=1), prose(30)), prose(), notes=(PROSE * 6,), **dossier())
    for page in layout.pages:
        edges = [item for item in page.items if isinstance(item, Line)]
        assert min(line.runs[0].x for line in edges) >= theme.page.left - 0.01
        assert max(run.x + run.width for line in edges for run in line.runs) <= page.width - theme.page.right + 0.01
        assert max(line.bottom for line in edges if line.runs[0].element) <= page.height - theme.page.bottom + 0.01


def test_header_footer_and_marking_span_the_page_that_they_stand_on(laid: Layouter, theme: Theme) -> None:
    layout = laid(prose(), lying(wide()), **memo())
    for page in layout.pages:
        rule = next(item for item in page.items if isinstance(item, Stroke))
        assert (rule.x1, rule.x2) == (theme.page.left, pytest.approx(page.width - theme.page.right))
        chips = [item for item in page.items if isinstance(item, Box)]
        assert [chip.y for chip in chips] == pytest.approx([theme.page.header, page.height - theme.page.footer - 16.25])
        assert all(chip.x + chip.width == pytest.approx(page.width - theme.page.right) for chip in chips)
        assert "Test" in text(page)
    assert [f"Page {number} of 2" in text(page) for number, page in enumerate(layout.pages, 1)] == [True, True]


def test_notes_stand_at_the_foot_of_their_page_in_its_measure(laid: Layouter, theme: Theme) -> None:
    long = PROSE * 5
    layout = laid(prose(), lying(wide(mark=1)), paragraph("Upright.", 2), notes=(long, long), **memo())
    lying_page, upright = layout.pages[1:]
    assert text(lying_page).count("semiconductors") == text(upright).count("semiconductors") == 5
    lines = [sum("ministries" in line or "biotechnology" in line for line in text(p).split("\n")) for p in layout.pages]
    assert lines[1] < lines[2]
    foot = max(item.bottom for item in lying_page.items if isinstance(item, Line) and item.y < lying_page.height - 50)
    assert foot == pytest.approx(lying_page.height - theme.page.bottom)


def test_a_note_too_long_for_its_page_runs_on_before_the_page_turns(laid: Layouter) -> None:
    layout = laid(lying(paragraph("Words.", 1)), prose(), notes=(PROSE * 120,), **memo())
    assert turns(layout) == [True, True, False]
    assert "biotechnology" in text(layout.pages[1])


def test_endnotes_stand_upright_after_a_document_that_ends_in_landscape(laid: Layouter) -> None:
    layout = laid(prose(), lying(wide(mark=1)), notes=("The source.",), **memo(placement=NotePlacement.ENDNOTES))
    assert turns(layout) == [False, True, False]
    assert "The source." in text(layout.pages[2])


# ---- fit -------------------------------------------------------------------------------------------------


def identity(document: Document) -> Document:
    return document


def test_its_pages_count(theme: Theme, fonts: Fonts) -> None:
    made = document(prose(), lying(wide()), **memo(pages=1))  # type: ignore[arg-type]
    with pytest.raises(BriefgenError) as refused:
        fit(made, theme, fonts, identity)
    (problem,) = refused.value.problems
    assert problem.code == "does-not-fit"
    assert "1 of its 2 pages are landscape pages, which nothing else shares" in problem.hints
    assert fit(replace(made, meta=replace(made.meta, pages=2)), theme, fonts, identity).left_out == ()


def test_one_that_may_go_goes(theme: Theme, fonts: Fonts) -> None:
    made = document(prose(), lying(wide(), optional=Optional(2)), prose(), **memo(pages=1))  # type: ignore[arg-type]
    fitted = fit(made, theme, fonts, identity)
    assert [type(part) for part in fitted.left_out] == [Landscape]
    assert turns(fitted.layout) == [False]


def test_one_goes_with_the_last_of_what_it_holds(theme: Theme, fonts: Fonts) -> None:
    held = replace(wide(), optional=Optional(2))
    made = document(prose(), lying(held), **memo(pages=1))  # type: ignore[arg-type]
    fitted = fit(made, theme, fonts, identity)
    assert turns(fitted.layout) == [False]
    assert not any(isinstance(block, Landscape) for block in fitted.document.blocks)


def test_what_is_left_out_is_what_makes_room_on_the_pages_that_are_too_full(theme: Theme, fonts: Fonts) -> None:
    """Dozens of rows on a landscape page that has room, and a few lines too many on an upright one: those go."""
    first, *others = wide(13).rows
    rows = (first, *(replace(row, optional=Optional(3)) for row in others))
    items = bullets(*(words(f"An upright reason, number {number}") for number in range(6)))
    listed = replace(items, items=tuple(replace(item, optional=Optional(3)) for item in items.items))
    tight = theme.densities[-1]
    lines = next(
        count
        for count in range(30, 90)
        if lay_out(document(prose(count), listed, **memo(pages=1)), theme, tight, fonts).overflow > 1  # type: ignore[arg-type]
    )
    made = document(prose(lines), listed, lying(replace(wide(), rows=rows)), **memo(pages=2))  # type: ignore[arg-type]
    fitted = fit(made, theme, fonts, identity)
    assert 1 <= len(fitted.left_out) <= 3
    assert all(part in listed.items for part in fitted.left_out)


# ---- PDF -------------------------------------------------------------------------------------------------


def finished(theme: Theme, fonts: Fonts, made: Document) -> Finished:
    layout = lay_out(made, theme, theme.densities[theme.standard], fonts)
    return Finished(made, layout, theme, fonts, b"{}")


def test_pdf_pages_have_their_own_sizes_and_are_not_rotated(theme: Theme, fonts: Fonts) -> None:
    made = document(prose(), lying(wide()), prose(), **memo())  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(write("pdf", finished(theme, fonts, made)))) as pdf:
        sizes = [tuple(round(float(edge)) for edge in page.mediabox) for page in pdf.pages]
        assert sizes == [(0, 0, 595, 842), (0, 0, 842, 595), (0, 0, 595, 842)]
        assert all("/Rotate" not in page or page.Rotate == 0 for page in pdf.pages)


def test_bookmarks_and_links_lead_to_the_height_of_their_own_page(theme: Theme, fonts: Fonts) -> None:
    heading = Heading(2, words("Wide"), "wide")
    made = document(prose(), lying(heading, wide(mark=1)), notes=("A source.",), **memo())  # type: ignore[arg-type]
    done = finished(theme, fonts, made)
    top = A4[0] - theme.page.top - RULE_DEPTH
    with pikepdf.open(io.BytesIO(write("pdf", done))) as pdf:
        with pdf.open_outline() as outline:
            (entry,) = outline.root
            destination = pdf.Root.Dests[entry.destination] if isinstance(entry.destination, str) else entry.destination
            named = list(destination) if destination is not None else []
        if named:
            assert float(named[3]) == pytest.approx(top, abs=0.01)
        links = [link for link in pdf.pages[1].Annots if "/Dest" in link]
        assert all(0 < float(link.Dest[3]) < A4[0] for link in links)
        assert all(0 < float(link.Rect[1]) < float(link.Rect[3]) < A4[0] for link in links)


# ---- Word ------------------------------------------------------------------------------------------------


class Word:
    """The parts of a Word file that say what its pages are."""

    def __init__(self, done: Finished) -> None:
        with zipfile.ZipFile(io.BytesIO(write("docx", done))) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])[0]
        relations = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        self.targets = {relation.get("Id"): relation.get("Target") for relation in relations}

    @property
    def sections(self) -> list[etree._Element]:
        return list(self.body.iter(qn("w:sectPr")))

    def frames(self, section: etree._Element) -> dict[tuple[str, str], str]:
        """(header or footer, which pages) → its part's text."""
        found = {}
        for kind in ("header", "footer"):
            for reference in section.findall(qn(f"w:{kind}Reference")):
                part = etree.fromstring(self.parts["word/" + self.targets[reference.get(qn("r:id"))]])
                found[kind, reference.get(qn("w:type"))] = "".join(part.itertext())
        return found


def orientations(word: Word) -> list[str | None]:
    return [section.find(qn("w:pgSz")).get(qn("w:orient")) for section in word.sections]  # type: ignore[union-attr]


def test_word_has_a_section_for_each_run_of_pages(theme: Theme, fonts: Fonts) -> None:
    made = document(prose(), lying(wide()), prose(), lying(wide()), **memo())  # type: ignore[arg-type]
    word = Word(finished(theme, fonts, made))
    assert orientations(word) == [None, "landscape", None, "landscape"]
    sizes = [dict(section.find(qn("w:pgSz")).attrib) for section in word.sections[:2]]  # type: ignore[union-attr]
    assert (sizes[0][qn("w:w")], sizes[0][qn("w:h")]) == (sizes[1][qn("w:h")], sizes[1][qn("w:w")])
    assert word.body[-1].tag == qn("w:sectPr")
    *inner, _ = word.sections
    assert all(section.getparent().tag == qn("w:pPr") for section in inner)  # type: ignore[union-attr]


def test_every_section_of_a_word_file_has_header_and_footer(theme: Theme, fonts: Fonts) -> None:
    made = document(prose(), lying(wide()), prose(), **memo())  # type: ignore[arg-type]
    word = Word(finished(theme, fonts, made))
    for section in word.sections:
        frames = word.frames(section)
        assert set(frames) == {("header", "default"), ("footer", "default")}
        assert frames["header", "default"].startswith("Test")
        assert all(f"{field} " in frames["footer", "default"] for field in ("PAGE", "NUMPAGES"))
        assert frames["footer", "default"].endswith("3\xa0TLP:CLEAR\xa0"), "the count as laid out"
    parts = [section.find(qn("w:headerReference")).get(qn("r:id")) for section in word.sections]  # type: ignore[union-attr]
    assert parts[0] == parts[2] != parts[1]


def test_the_tab_of_a_landscape_header_stands_at_its_own_right_margin(theme: Theme, fonts: Fonts) -> None:
    made = document(prose(), lying(wide()), **memo())  # type: ignore[arg-type]
    word = Word(finished(theme, fonts, made))
    measure = round((A4[1] - theme.page.left - theme.page.right) * 20)
    for kind in ("header", "footer"):
        stops = list(etree.fromstring(word.parts[f"word/{kind}-turned.xml"]).iter(qn("w:tab")))
        told = {stop.get(qn("w:val")): int(stop.get(qn("w:pos"))) for stop in stops if stop.get(qn("w:val"))}
        assert told == {"clear": round(theme.page.measure * 20), "right": pytest.approx(measure, abs=1)}


def test_only_the_first_section_has_another_first_page(theme: Theme, fonts: Fonts) -> None:
    blocks = (Cover(words("Cover")), lying(wide()), prose(), lying(wide()))
    word = Word(finished(theme, fonts, document(*blocks, **dossier())))  # type: ignore[arg-type]
    assert [section.find(qn("w:titlePg")) is not None for section in word.sections] == [True, False, False, False]
    assert ("header", "first") in word.frames(word.sections[0])
    assert ("header", "first") not in word.frames(word.sections[1])


def test_pages_and_notes_are_numbered_on(theme: Theme, fonts: Fonts) -> None:
    made = document(paragraph("Upright.", 1), lying(wide(mark=2)), notes=("One.", "Two."), **dossier())  # type: ignore[arg-type]
    word = Word(finished(theme, fonts, made))
    for section in word.sections:
        assert section.find(qn("w:pgNumType")) is None
        assert not list(section.iter(qn("w:numRestart")))
    found = [reference.get(qn("w:id")) for reference in word.body.iter(qn("w:footnoteReference"))]
    assert found == ["1", "2"]


def test_a_section_that_ends_in_a_table_ends_in_a_paragraph_of_no_depth(theme: Theme, fonts: Fonts) -> None:
    made = document(lying(wide()), prose(), **memo())  # type: ignore[arg-type]
    word = Word(finished(theme, fonts, made))
    holder = word.sections[0].getparent().getparent()  # type: ignore[union-attr]
    assert holder is not None
    assert holder.getprevious().tag == qn("w:tbl")  # type: ignore[union-attr]
    spacing = holder.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("20", "exact")  # type: ignore[union-attr]


def test_endnotes_have_an_upright_section_after_a_landscape_one(theme: Theme, fonts: Fonts) -> None:
    made = document(lying(wide(mark=1)), notes=("A source.",), **memo(placement=NotePlacement.ENDNOTES))  # type: ignore[arg-type]
    assert orientations(Word(finished(theme, fonts, made))) == ["landscape", None]


def test_markdown_has_what_stands_on_landscape_pages(theme: Theme, fonts: Fonts) -> None:
    made = document(prose(), lying(wide()), **memo())  # type: ignore[arg-type]
    assert "| Row | b | c | d | e | f |" in write("md", finished(theme, fonts, made)).decode()
