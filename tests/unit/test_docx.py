"""The Word writer, as python-docx and lxml read its files."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from lxml import etree

from briefgen.document import (
    AddressLine,
    Block,
    Column,
    Contents,
    Cover,
    DocumentKind,
    Emphasis,
    Facet,
    Heading,
    Inlines,
    Lead,
    LineBreak,
    Link,
    NoteMark,
    NotePlacement,
    Printed,
    Row,
    Status,
    Strong,
    Table,
    Text,
)
from briefgen.evidence import Marking
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from briefgen.writers.docx.text import broken
from tests.finished import HOSTILE, REPOSITORY, document, every_kind, finished, text, words


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


def written(theme: Theme, *blocks: Block, **settings: object) -> WordDocument:
    return docx.Document(io.BytesIO(write("docx", finished(theme, document(*blocks, **settings)))))  # type: ignore[arg-type]


def part(word: WordDocument, name: str) -> etree._Element:
    found = next(p for p in word.part.package.parts if p.partname == name)
    return etree.fromstring(found.blob)


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> str:
    from PIL import Image as Pillow

    path = tmp_path_factory.mktemp("pictures") / "blue.png"
    Pillow.new("RGB", (60, 30), (20, 60, 160)).save(path)
    return str(path)


@pytest.fixture(scope="module")
def everything(theme: Theme, picture: str) -> WordDocument:
    return written(theme, *every_kind(picture), notes=3, pages=2, about=words("As of today"))


def test_paragraphs_have_real_styles(everything: WordDocument) -> None:
    styles = {paragraph.style.name for paragraph in everything.paragraphs if paragraph.style is not None}
    assert {"Title", "Lead", "Quote", "Attribution", "List Number", "Caption", "Labelled", "Next Step"} <= styles
    title = next(p for p in everything.paragraphs if p.style is not None and p.style.name == "Title")
    assert title.text.replace("\n", " ") == "A headline that makes a claim and is long enough to need two lines"


def test_built_in_styles_are_words_own(everything: WordDocument) -> None:
    names = {s.get(qn("w:styleId")): s for s in everything.styles.element.findall(qn("w:style"))}
    for identity in (
        "Normal",
        "Title",
        "Heading1",
        "Heading6",
        "Quote",
        "Caption",
        "ListBullet",
        "FootnoteText",
        "TOC1",
    ):
        assert names[identity].get(qn("w:customStyle")) is None
    assert names["KeyValue"].get(qn("w:customStyle")) == "1"


def test_text_is_set_in_the_density_that_was_used(theme: Theme) -> None:
    density = theme.densities[-1]
    made = document(text("Words"))
    fonts = Fonts(theme)
    data = write("docx", Finished(made, lay_out(made, theme, density, fonts), theme, fonts, b"{}"))
    normal = docx.Document(io.BytesIO(data)).styles["Normal"]
    assert normal.font.size is not None
    assert normal.font.size.pt == density.styles["body"].size  # type: ignore[index]


def test_hostile_text_comes_out_as_it_is(theme: Theme) -> None:
    word = written(
        theme,
        Heading(2, words(HOSTILE), "h"),
        text(Printed(HOSTILE, "e", Facet.TEXT)),
        text(HOSTILE, NoteMark(1, True)),
        notes=1,
    )
    for paragraph in word.paragraphs[:3]:
        assert "".join(run.text for run in paragraph.runs).replace("-", "\u2011") == HOSTILE.replace("-", "\u2011")


def test_first_marks_are_footnotes_and_later_ones_refer_to_them(everything: WordDocument) -> None:
    body = everything.element.body
    references = [r.get(qn("w:id")) for r in body.iter(qn("w:footnoteReference"))]
    assert references == ["1", "2", "3"]
    notes = part(everything, "/word/footnotes.xml")
    ours = [n for n in notes if n.get(qn("w:type")) is None]
    assert ["".join(n.itertext()) for n in ours] == [f"Source {k}, 2025." for k in (1, 2, 3)]
    fields = [i.text.strip() for i in body.iter(qn("w:instrText")) if "NOTEREF" in i.text]
    assert fields == ["NOTEREF _Note1 \\h"] * 2
    assert "_Note1" in {b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))}


def test_marks_side_by_side_are_parted(everything: WordDocument) -> None:
    lead = next(p for p in everything.paragraphs if p.style is not None and p.style.name == "Lead")
    marks = [run for run in lead.runs if run.style is not None and run.style.name.startswith("Note Mark")]
    assert [run.text for run in marks] == ["", ",\u00a0", ""]
    assert {run.style.base_style.name for run in marks} == {"footnote reference"}


@pytest.mark.parametrize(
    ("pages", "placement", "name"),
    [
        (1, NotePlacement.ENDNOTES, "footnote"),
        (None, NotePlacement.FOOTNOTES, "footnote"),
        (None, NotePlacement.ENDNOTES, "endnote"),
    ],
)
def test_where_notes_stand(theme: Theme, pages: int | None, placement: NotePlacement, name: str) -> None:
    word = written(theme, text("Words", NoteMark(1, True)), notes=1, pages=pages, placement=placement)
    assert len(list(word.element.body.iter(qn(f"w:{name}Reference")))) == 1
    assert (word.paragraphs[-1].text == "Notes") is (name == "endnote")


def test_notes_out_of_order_are_a_bug_that_is_not_written(theme: Theme) -> None:
    with pytest.raises(AssertionError, match="first marked in the order"):
        written(theme, text("Words", NoteMark(2, True), NoteMark(1, True)), notes=2)


def test_tables_repeat_their_head_and_keep_their_rows_whole(everything: WordDocument, theme: Theme) -> None:
    table = next(t for t in everything.tables if t.style is not None and t.style.name == "Facts Table")
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    for row in rows:
        says_so = row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None
        assert says_so == (not row.xpath(".//w:footnoteReference | .//w:endnoteReference"))
    assert table.style.element.xpath("./w:trPr/w:cantSplit")
    assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert abs(sum(widths) - theme.page.measure * 20) < 2


def test_decimals_are_aligned(everything: WordDocument) -> None:
    table = next(t for t in everything.tables if t.style is not None and t.style.name == "Facts Table")
    short, long = (row.cells[1].paragraphs[0].paragraph_format for row in table.rows[1:])
    assert short.right_indent is not None
    assert short.right_indent.pt > 4  # ".25" is longer than ".7"
    assert not long.right_indent


def test_lists_number_themselves(everything: WordDocument) -> None:
    numbering = part(everything, "/word/numbering.xml")
    starts = [o.get(qn("w:val")) for o in numbering.iter(qn("w:startOverride"))]
    assert starts == ["4", "1"]
    used = {
        p._p.pPr.numPr.numId.val
        for p in everything.paragraphs
        if p.style is not None and p.style.name == "List Number" and p._p.pPr is not None and p._p.pPr.numPr is not None
    }
    assert len(used) == 2


def test_figures_have_a_text_alternative(everything: WordDocument) -> None:
    drawn = [d.get("descr") for d in everything.element.body.iter(qn("wp:docPr"))]
    assert drawn == ["A chart: 86.7 and 150", "A blue field"]
    names = {str(p.partname) for p in everything.part.package.parts}
    assert {"/word/charts/chart1.xml", "/word/media/figure1.png"} <= names


def test_links_lead_somewhere(everything: WordDocument) -> None:
    links = list(everything.element.body.iter(qn("w:hyperlink")))
    outside = everything.part.rels[links[0].get(qn("r:id"))]
    assert outside.is_external
    assert outside.target_ref == "https://example.org/?a=1&b=2"
    places = {b.get(qn("w:name")) for b in everything.element.body.iter(qn("w:bookmarkStart"))}
    assert links[1].get(qn("w:anchor")) in places


def test_words_that_are_strong_and_slanted_are_both(theme: Theme) -> None:
    """A run has one character style, so what another would give it says itself."""
    both, turned = Emphasis(words(Strong(words("both")))), Strong(words(Emphasis(words("turned"))))
    link = Link("https://example.org", words(Emphasis(words("leads"))))
    body = part(written(theme, text(both, turned, link)), "/word/document.xml")
    found = {run.findtext(qn("w:t")): run.find(qn("w:rPr")) for run in body.iter(qn("w:r"))}
    styles = {word: look.find(qn("w:rStyle")).get(qn("w:val")) for word, look in found.items()}
    assert styles == {"both": "Strong", "turned": "Emphasis", "leads": "Emphasis"}
    assert found["both"].find(qn("w:i")) is not None
    assert found["turned"].find(qn("w:rFonts")).get(qn("w:ascii")) == "Source Sans Pro Semibold"
    assert found["leads"].find(qn("w:color")).get(qn("w:val")) == theme.colours.accent[1:].upper()


def test_words_in_another_language_say_so(everything: WordDocument) -> None:
    runs = [r for r in everything.element.body.iter(qn("w:r")) if "대한민국" in "".join(r.itertext())]
    language = runs[0].find(f"{qn('w:rPr')}/{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == "ko-KR"
    assert runs[0].find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) == "Noto Sans KR"


def test_a_korean_document_leaves_latin_words_whole(theme: Theme) -> None:
    """LibreOffice breaks words anywhere whose Latin language is said to be Korean."""
    made = document(text("Words"))
    made = replace(made, meta=replace(made.meta, language="ko"))
    styles = part(docx.Document(io.BytesIO(write("docx", finished(theme, made)))), "/word/styles.xml")
    language = next(styles.iter(qn("w:lang")))
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-US", "ko-KR")


def test_each_gap_is_said_once(everything: WordDocument) -> None:
    """Word adds up the space after a paragraph and before the next, where the layout takes the larger."""
    blocks = list(everything.element.body)
    spaces = [(_space(everything, block, "after"), _space(everything, block, "before")) for block in blocks]
    for (after, _), (_, before) in pairwise(spaces):
        assert not (after and before)


def _space(word: WordDocument, block: etree._Element, side: str) -> int:
    if block.tag != qn("w:p"):
        return 0
    style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    found = next(s for s in word.styles.element if s.get(qn("w:styleId")) == style.get(qn("w:val")))
    normal = next(s for s in word.styles.element if s.get(qn("w:styleId")) == "Normal")
    said = [one.find(f"{qn('w:pPr')}/{qn('w:spacing')}") for one in (block, found, normal)]
    return next(int(one.get(qn(f"w:{side}"))) for one in said if one is not None and one.get(qn(f"w:{side}")))


def test_header_and_footer(theme: Theme) -> None:
    word = written(
        theme, text("Words"), status=Status.DRAFT, marking=Marking.AMBER_STRICT, footer=words("What is ours.")
    )
    header, footer = word.sections[0].header, word.sections[0].footer
    assert "Test brief" in header.paragraphs[0].text
    assert "DRAFT" in header.paragraphs[0].text
    chip = next(run for run in header.paragraphs[0].runs if "TLP" in run.text)
    assert chip.text.strip("\u00a0") == "TLP:AMBER+STRICT"
    assert chip.style.element.rPr.find(qn("w:shd")).get(qn("w:fill")) == "000000"
    assert str(chip.font.color.rgb) == "FFC000"
    fields = [i.text.strip() for i in footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert footer.paragraphs[0].text.endswith("TLP:AMBER+STRICT\u00a0")


def test_a_cover_has_a_first_page_of_its_own_and_contents_know_their_pages(theme: Theme) -> None:
    edition = AddressLine(words("Edition"), words("First"))
    word = written(
        theme,
        Cover(words("Viet Nam and Korea"), words("Dossier"), words("What is stated"), (edition,)),
        Contents(title="Contents"),
        Heading(1, words("Summary"), "summary", "1"),
        text("Words"),
        Heading(1, words("Trade"), "trade", "2"),
        Heading(2, words("Goods"), "goods", "2.1"),
        kind=DocumentKind.DOSSIER,
    )
    assert word.sections[0].different_first_page_header_footer
    entries = [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in word.element.body.iter(qn("w:p"))
        if (style := p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) is not None and style.get(qn("w:val")).startswith("TOC")
    ]
    assert entries == ["Contents", "1Summary3", "2Trade4", "2.1Goods4"]
    heads = [p for p in word.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert [p.paragraph_format.page_break_before for p in heads] == [True, True]
    assert heads[0].text == "1\tSummary"


def test_fonts_are_embedded_under_the_names_that_text_asks_for(theme: Theme) -> None:
    data = write("docx", finished(theme, document(text("Words ", Strong(words("strong")), Emphasis(words("slanted"))))))
    archive = zipfile.ZipFile(io.BytesIO(data))
    table = etree.fromstring(archive.read("word/fontTable.xml"))
    relations = etree.fromstring(archive.read("word/_rels/fontTable.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations}
    found = {}
    for font in table:
        for face in font.iter():
            if isinstance(face.tag, str) and "embed" in face.tag:
                blob = archive.read("word/" + targets[face.get(qn("r:id"))].split("word/")[-1])
                key = bytes.fromhex(face.get(qn("w:fontKey")).strip("{}").replace("-", ""))[::-1]
                plain = bytes(b ^ key[i % 16] for i, b in enumerate(blob[:32])) + blob[32:]
                found[font.get(qn("w:name")), etree.QName(face).localname] = TTFont(io.BytesIO(plain))
    assert set(found) == {
        ("Source Sans Pro", "embedRegular"),
        ("Source Sans Pro", "embedItalic"),
        ("Source Sans Pro Semibold", "embedRegular"),
    }
    for (family, _), font in found.items():
        assert font["name"].getDebugName(1) == family
        assert {ord(c) for c in "Wordsé0123456789"} <= set(font.getBestCmap())


def test_nothing_of_this_machine_and_the_same_bytes_every_time(theme: Theme, picture: str) -> None:
    made = finished(theme, document(*every_kind(picture), notes=3, pages=2))
    data = write("docx", made)
    assert write("docx", made) == data
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = archive.read("docProps/core.xml").decode()
    assert "2026-11-21T12:00:00Z" in core
    assert "creator" not in core
    assert b"rsid" not in archive.read("word/document.xml") + archive.read("word/settings.xml")


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "from tests.unit.test_docx import *\n"
        "theme = load_theme(REPOSITORY / 'templates/themes/default.yaml', [])\n"
        "blocks = (text('One', NoteMark(1, True), Strong(words('two 한국')), Emphasis(words('three'))),)\n"
        "print(hashlib.sha256(write('docx', finished(theme, document(*blocks, notes=1)))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(REPOSITORY)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_empty_parts_are_written_too(theme: Theme) -> None:
    word = written(theme, text(), Table((Column(),), Row(((),)), ()), Lead((text(),)))
    for cell in word.element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


@pytest.mark.parametrize(
    ("inlines", "lines", "expected"),
    [
        (words("one two three"), ("one two", "three"), words("one two", LineBreak(), "three")),
        (words("one ", Strong(words("two"))), ("one", "two"), words("one", LineBreak(), Strong(words("two")))),
        (words("one", LineBreak(), "two"), ("one", "two"), words("one", LineBreak(), "two")),
        (words("a well-known"), ("a well-", "known"), words("a well-", LineBreak(), "known")),
        (words("something else"), ("not", "it"), words("something else")),
    ],
)
def test_titles_break_where_the_layout_balanced_them(
    inlines: Inlines, lines: tuple[str, ...], expected: Inlines
) -> None:
    def joined(parts: Inlines) -> str:
        shown = []
        for p in parts:
            match p:
                case Text(t):
                    shown.append(t)
                case LineBreak():
                    shown.append("\n")
                case Strong(children):
                    shown.append(joined(children))
        return "".join(shown)

    assert joined(broken(inlines, lines)).replace(" \n", "\n") == joined(expected)


def test_a_reference_that_was_never_cited_is_a_bug(theme: Theme) -> None:
    from briefgen.document import EvidenceRef

    made = finished(theme, document(text("Words")))
    broken_one = replace(made, document=replace(made.document, blocks=(text(EvidenceRef("x")),)))
    with pytest.raises(TypeError, match="not been cited"):
        write("docx", broken_one)
