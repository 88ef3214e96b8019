"""References to numbered parts, and the lists of tables and figures: as cited, laid out, fitted and written."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefgen.citations import cite
from briefgen.document import (
    Contents,
    CrossReference,
    Document,
    Heading,
    ListOf,
    Paragraph,
    Table,
    plain,
    walk,
)
from briefgen.errors import BriefgenError
from briefgen.fit import fit
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.model import Role
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests.library import LIBRARY
from tests.library import document as read
from tests.pdf import opened, structure

REPOSITORY = Path(__file__).resolve().parents[2]
TABLE = "| A | B |\n|---|---|\n| 1 | 2 |\n"
DOSSIER = f"""\
::: contents {{.tables .figures}}
:::

# Trade

See [](#goods) and [](#by-year). [](#goods) says more; so does [](#register), and [the first table](#by-year).

## Goods

Table: By year

{TABLE}

::: chart {{id=growth}}
Trade grows

- {{{{ fact("trade-2024") }}}}
:::

Table: By month, as in [](#by-year)

{TABLE}

# Register {{.annex}}

## Sources

- [](#sources)
- of [](#growth)[^n]

[^n]: As [](#by-month-as-in) shows.
"""


def front(text: str, *, kind: str = "dossier", more: str = "") -> str:
    return f"---\ntitle: Title\nkind: {kind}\n{more}---\n{text}"


def cited(folder: Path, text: str = DOSSIER, language: str = "en") -> Document:
    return cite(read(folder, front(text), language=language), LIBRARY)


def references(node: object) -> list[str]:
    found = (part for part in walk(node) if isinstance(part, CrossReference) and part.note is None)
    return [part.text.replace("\u00a0", " ") for part in found]


def codes(refused: pytest.ExceptionInfo[BriefgenError]) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.location and problem.location.line) for problem in refused.value.problems]


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


def finished(document: Document, theme: Theme) -> Finished:
    fonts = Fonts(theme)
    return Finished(document, lay_out(document, theme, theme.densities[0], fonts), theme, fonts, b"{}")


# ---- the words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["section 1.1", "Table 1", "Section 1.1", "Annex A", "Table 1", "Section A.1", "Figure 1", "Table 2"]),
        ("vi", ["mục 1.1", "Bảng 1", "Mục 1.1", "Phụ lục A", "Bảng 1", "Mục A.1", "Hình 1", "Bảng 2"]),
        ("ko", ["1.1절", "표 1", "1.1절", "부록 A", "표 1", "A.1절", "그림 1", "표 2"]),
    ],
)
def test_numbers_are_printed_in_the_readers_language(tmp_path: Path, language: str, expected: list[str]) -> None:
    document = cited(tmp_path, language=language)
    assert references((document.blocks, document.notes)) == expected


def test_a_number_is_not_parted_from_its_word(tmp_path: Path) -> None:
    words = "".join(part.text for part in walk(cited(tmp_path).blocks) if isinstance(part, CrossReference))
    assert " " not in words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See cf. [](#goods).", "section 1.1"),
        ("It is so. [](#goods) says why.", "Section 1.1"),
        ("It is so.) [](#goods) says why.", "Section 1.1"),
        ("“[](#goods)” says why.", "Section 1.1"),
        ("**[](#goods)** says why.", "Section 1.1"),
        ("It is so ([](#goods)).", "section 1.1"),
        ("No. 5 and [](#goods).", "section 1.1"),
    ],
)
def test_a_capital_begins_a_sentence(tmp_path: Path, text: str, expected: str) -> None:
    assert references(cited(tmp_path, f"# Trade\n\n{text}\n\n## Goods\n")) == [expected]


def test_a_cell_begins_with_a_capital(tmp_path: Path) -> None:
    table = "| A | B |\n|---|---|\n| [](#goods) | of [](#goods) |\n"
    assert references(cited(tmp_path, f"# Trade\n\n{table}\n\n## Goods\n")) == ["Section 1.1", "section 1.1"]


def test_words_stay_words(tmp_path: Path) -> None:
    paragraph = next(part for part in walk(cited(tmp_path).blocks) if isinstance(part, Paragraph))
    assert plain(paragraph.children).endswith("and the first table.")


def test_a_mark_does_not_part_a_sentence_at_a_sections_dot(tmp_path: Path) -> None:
    text = '# Trade\n\n{{ fact("trade-2024").value }} as in [](#goods) and elsewhere.\n\n## Goods\n'
    (paragraph,) = (part for part in walk(cited(tmp_path, text).blocks) if isinstance(part, Paragraph))
    assert type(paragraph.children[-1]).__name__ == "NoteMark"


@pytest.mark.parametrize("kind", ["brief", "memo"])
def test_what_has_no_number_is_refused(tmp_path: Path, kind: str) -> None:
    text = f"# Title\n\nSee [](#goods)\nand [](#by-year) and [goods](#goods).\n\n## Goods\n\nTable: By year\n\n{TABLE}"
    with pytest.raises(BriefgenError) as refused:
        cite(read(tmp_path, front(text, kind=kind)), LIBRARY)
    assert codes(refused) == [("unnumbered-anchor", 7), ("unnumbered-anchor", 8)]


# ---- fit -------------------------------------------------------------------------------------------------

LONG = "Words that take room. " * 60


def crowded(optional: str) -> str:
    fill = "\n\n".join([LONG] * 3)
    last = "See [](#second) and [](#last).\n\n## Last\n\nEnd.\n"
    return f"# Trade\n\n## First\n\n{optional}\n\n## Second\n\n{fill}\n\n{last}"


def fitted(folder: Path, text: str, theme: Theme) -> Document:
    document = read(folder, front(text, more="pages: 1\n"))
    return fit(document, theme, Fonts(theme), lambda kept: cite(kept, LIBRARY)).document


def test_what_is_left_out_is_not_counted(tmp_path: Path, theme: Theme) -> None:
    document = fitted(tmp_path, crowded(f"{{.optional}}\n{LONG}\n\n{{.optional}}\n{LONG}"), theme)
    headings = [(part.number, plain(part.children)) for part in walk(document.blocks) if isinstance(part, Heading)]
    assert headings == [("1", "Trade"), ("1.1", "Second"), ("1.2", "Last")]
    assert references(document) == ["section 1.1", "section 1.2"]


def test_what_is_referred_to_may_not_go(tmp_path: Path, theme: Theme) -> None:
    table = f"{{.optional}}\nTable: By year\n\n{TABLE}"
    with pytest.raises(BriefgenError) as refused:
        fitted(tmp_path, crowded(f"{table}\n\nSee [](#by-year)\nand [it](#by-year).\n"), theme)
    assert [code for code, _ in codes(refused)] == ["optional-target", "optional-target"]


def test_a_heading_goes_with_all_that_stands_under_it(tmp_path: Path, theme: Theme) -> None:
    with pytest.raises(BriefgenError) as refused:
        fitted(tmp_path, crowded(f"{{.optional}}\n{LONG}").replace("[](#last)", "[](#first)"), theme)
    assert [code for code, _ in codes(refused)] == ["optional-target"]


def test_a_reference_may_go_with_its_target(tmp_path: Path, theme: Theme) -> None:
    table = f"See [](#by-year).\n\n{LONG}\n\nTable: By year\n\n{TABLE}"
    text = crowded(f"::: callout {{.optional}}\n{table}\n:::\n\nThis stays.")
    assert references(fitted(tmp_path, text, theme)) == ["section 1.2", "section 1.3"]


# ---- lists of tables and figures -------------------------------------------------------------------------


def test_the_lists_hold_what_is_numbered(tmp_path: Path) -> None:
    (contents,) = (part for part in walk(cited(tmp_path).blocks) if isinstance(part, Contents))
    tables, figures = contents.lists
    assert (tables.of, tables.title, figures.title) == (ListOf.TABLES, "Tables", "Figures")
    assert [(entry.label.replace("\u00a0", " "), entry.words.replace("\u00a0", " ")) for entry in tables.entries] == [
        ("Table 1", "By year"),
        ("Table 2", "By month, as in Table 1"),
    ]
    assert [entry.words for entry in figures.entries] == ["Trade grows"]


def test_an_empty_list_is_left_out(tmp_path: Path) -> None:
    text = f"::: contents {{.tables .figures}}\n:::\n\n# Trade\n\nTable: By year\n\n{TABLE}"
    (contents,) = (part for part in walk(cited(tmp_path, text).blocks) if isinstance(part, Contents))
    assert [listed.of for listed in contents.lists] == [ListOf.TABLES]


def test_only_a_dossier_has_such_lists(tmp_path: Path) -> None:
    with pytest.raises(BriefgenError) as refused:
        read(tmp_path, front("# Title\n\n::: contents {.tables}\n:::\n", kind="memo"))
    assert codes(refused) == [("misplaced-attributes", 7)]


# ---- PDF -------------------------------------------------------------------------------------------------


def test_in_a_pdf_a_reference_leads_to_its_target(tmp_path: Path, theme: Theme) -> None:
    made = finished(cited(tmp_path), theme)
    layout = made.layout
    targets = [element.target for element in layout.elements if element.role is Role.REFERENCE and element.target]
    assert {"goods", "by-year", "register", "growth", "sources"} <= set(targets)
    assert {"goods", "by-year", "growth"} <= {anchor.name for anchor in layout.anchors}
    pdf = opened(write("pdf", made))
    said = {str(area.Contents) for page in pdf.pages for area in page.get("/Annots", [])}
    assert {"section\u00a01.1", "Annex\u00a0A", "Figure\u00a01", "the first table"} <= said
    assert str(structure(pdf)).count("Reference") >= 8


LISTED = "TableofFigures"


# ---- Word ------------------------------------------------------------------------------------------------


def main_part(document: Document, theme: Theme) -> etree._Element:
    data = write("docx", finished(document, theme))
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def said(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def bookmarked(root: etree._Element, name: str) -> str:
    """The words between a bookmark's ends."""
    (start,) = (mark for mark in root.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == name)
    words = ""
    for node in start.xpath("following::*"):
        if node.tag == qn("w:bookmarkEnd") and node.get(qn("w:id")) == start.get(qn("w:id")):
            return words
        words += (node.text or "") if node.tag == qn("w:t") else ""
    raise AssertionError(f"the bookmark {name} has no end")


def fields(root: etree._Element) -> list[tuple[str, str]]:
    """Each field's instruction and result; a field within another's result has its own."""
    done: list[tuple[str, str]] = []
    stack: list[list[str]] = []
    for node in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        match node.tag.rpartition("}")[2], node.get(qn("w:fldCharType")):
            case "fldChar", "begin":
                stack.append(["", ""])
            case "fldChar", "end":
                code, result = stack.pop()
                done.append((code.strip(), result))
            case "instrText", _:
                stack[-1][0] += node.text or ""
            case "t", _ if stack:
                for field in stack:
                    field[1] += node.text or ""
            case _:
                pass
    assert not stack
    return done


def test_in_word_a_reference_is_a_field_that_repeats_what_its_target_bears(tmp_path: Path, theme: Theme) -> None:
    root = main_part(cited(tmp_path), theme)
    references = [(code, result) for code, result in fields(root) if code.startswith("REF ")]
    assert [result.replace("\u00a0", " ") for _, result in references] == [
        *("1.1", "Table 1", "1.1", "A", "Table 1", "A.1", "Figure 1"),
    ]
    for code, result in references:
        name = re.fullmatch(r"REF (\S+) \\h \\\* MERGEFORMAT", code)
        assert name is not None
        assert bookmarked(root, name[1]) == result


def test_in_word_the_notes_that_a_note_or_a_chart_names_are_fields(tmp_path: Path, theme: Theme) -> None:
    text = DOSSIER + '\n{{ fact("trade-2024") }}\n\nAgain. {{ fact("trade-2024") }}\n'
    made = finished(cite(read(tmp_path, front(text, more="notes: footnotes\n")), LIBRARY), theme)
    with zipfile.ZipFile(io.BytesIO(write("docx", made))) as package:
        body, notes = (etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    bookmarks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    named = [part.label for part in walk(made.document.notes) if isinstance(part, CrossReference) and part.note]
    assert named
    assert [(code, result) for code, result in fields(notes) if code.startswith("NOTEREF")] == [
        (f"NOTEREF _Note{number} \\h", number) for number in named
    ]
    assert {f"_Note{number}" for number in named} <= bookmarks
    source = next(p for p in body.iter(qn("w:p")) if said(p).startswith("Source") and "note" in said(p))
    assert any(code.startswith("NOTEREF") for code, _ in fields(source))


def test_in_a_pdf_a_note_that_is_named_is_a_link(tmp_path: Path, theme: Theme) -> None:
    made = finished(cited(tmp_path), theme)
    (first, *_) = [part for part in walk(made.document) if isinstance(part, CrossReference) and part.note]
    pdf = opened(write("pdf", made))
    assert first.text in {str(area.Contents) for page in pdf.pages for area in page.get("/Annots", [])}


def test_in_word_the_lists_are_fields_over_our_sequences(tmp_path: Path, theme: Theme) -> None:
    root = main_part(cited(tmp_path), theme)
    codes = [code for code, _ in fields(root)]
    assert 'TOC \\h \\z \\w \\c "Table"' in codes
    assert 'TOC \\h \\z \\w \\c "Figure"' in codes
    assert codes.count("SEQ Table \\* ARABIC") == 2
    entries = [style.getparent().getparent() for style in root.iter(qn("w:pStyle")) if style.get(qn("w:val")) == LISTED]
    assert [said(entry).replace("\u00a0", " ") for entry in entries] == [
        "Table 1By year2",
        "Table 2By month, as in Table 12",
        "Figure 1Trade grows2",
    ]


def test_in_word_an_entry_is_what_word_makes_of_its_heading_or_caption(tmp_path: Path, theme: Theme) -> None:
    """Its words and tabs, a line break as a space (`\\w` without `\\x`), and then a tab and the page."""
    title = "# A title that is too long for one line of the page and is balanced on two of them {.unnumbered}"
    root = main_part(cited(tmp_path, f"{DOSSIER}\n\n{title}\n\n# Last\n\n## Least {{.unnumbered}}\n"), theme)
    texts: dict[str, list[str]] = {}
    for paragraph in root.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        shown = {"tab": "\t", "br": " "}
        nodes = paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        nodes = (node for node in nodes if node.getparent().tag == qn("w:r"))
        text = "".join(shown.get(etree.QName(node).localname) or node.text for node in nodes)
        texts.setdefault(style.get(qn("w:val")) if style is not None else "", []).append(text)
    made = [f"{text}\t" for style in ("Heading1", "Heading2", "Caption") for text in texts[style]]
    entries = [re.sub(r"\d+$", "", text) for style in ("TOC1", "TOC2", LISTED) for text in texts[style]]
    assert sorted(entries) == sorted(made)
    assert any(" " in text for text in texts["Heading1"])


def test_in_word_bookmarks_are_there_once_and_only_where_needed(tmp_path: Path, theme: Theme) -> None:
    root = main_part(cited(tmp_path), theme)
    names = [mark.get(qn("w:name")) for mark in root.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    plain_root = main_part(cited(tmp_path, f"# Trade\n\nTable: By year\n\n{TABLE}"), theme)
    assert not [mark for mark in plain_root.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")).startswith("_Ref")]


def test_in_word_a_link_with_words_leads_to_a_caption(tmp_path: Path, theme: Theme) -> None:
    root = main_part(cited(tmp_path), theme)
    (link,) = (node for node in root.iter(qn("w:hyperlink")) if said(node) == "the first table")
    assert "By year" in bookmarked(root, link.get(qn("w:anchor")))


def test_a_charts_title_in_a_brief_can_be_linked_to(tmp_path: Path, theme: Theme) -> None:
    chart = '::: chart {id=growth}\nTrade grows\n\n- {{ fact("trade-2024") }}\n:::\n'
    text = front(f"# Title\n\nSee [the chart](#growth).\n\n{chart}", kind="brief")
    root = main_part(cite(read(tmp_path, text), LIBRARY), theme)
    (link,) = (node for node in root.iter(qn("w:hyperlink")) if said(node) == "the chart")
    assert bookmarked(root, link.get(qn("w:anchor"))).startswith("Trade grows")


# ---- Markdown --------------------------------------------------------------------------------------------


def test_in_markdown_a_reference_is_its_words(tmp_path: Path, theme: Theme) -> None:
    text = write("md", finished(cited(tmp_path), theme)).decode().replace("\u00a0", " ")
    assert "See section 1.1 and Table 1. Section 1.1 says more; so does Annex A, and the first table." in text
    assert "**Tables**\n\n- Table 1: By year\n- Table 2: By month, as in Table 1\n\n**Figures**" in text


# ---- tables that the reader did not make -----------------------------------------------------------------


def test_a_label_that_a_table_has_already_is_kept(tmp_path: Path) -> None:
    document = read(tmp_path, front(f"# Trade\n\nTable: By year\n\n{TABLE}"))
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert table.caption is not None
    given = replace(table, caption=replace(table.caption, label="Table 7"))
    (_, kept) = cite(replace(document, blocks=(document.blocks[0], given)), LIBRARY).blocks
    assert isinstance(kept, Table)
    assert kept.caption is not None
    assert kept.caption.label == "Table 7"
