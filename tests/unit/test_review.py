"""The review copy: a comment at each piece of evidence, for whoever must sign the document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.comments import Comment
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from briefgen.citations import cite
from briefgen.document import (
    AuthorNoteRef,
    Block,
    Column,
    Document,
    EvidenceRef,
    Facet,
    Inlines,
    KeyFigure,
    KeyFigures,
    Row,
    Table,
    plain,
)
from briefgen.evidence import Fact, FactKind, Library, Marking
from briefgen.folding import Span
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.lock import Basis, Texts, Verification, Verified
from briefgen.periods import Period
from briefgen.requests import Reviewer
from briefgen.reviewing import initials, review
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, Remarks, Review, write
from tests.cited import LIBRARY, bullets, document, inlines, mark, paragraph, ref, value
from tests.program import Program
from tests.small import make_small_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
REVIEWER = Reviewer("Korea desk", datetime(2026, 11, 21, 9, 30))
LOCKED = Verification({("trade", 0): Verified("gazette", Span(10, 27), Basis.LOCK)})


def remarks(made: Document, library: Library = LIBRARY, verification: Verification = LOCKED) -> dict[str, Remarks]:
    return dict(review(cite(made, library), library, verification, Texts(None), REVIEWER).remarks)


def lines(paragraphs: Sequence[Inlines]) -> list[str]:
    return [plain(each) for each in paragraphs]


def full(id: str, **rest: Any) -> list[str]:
    return lines(remarks(document(paragraph(ref(id))), **rest)[id].full)


# ---- what is said ----------------------------------------------------------------------------------------


def test_a_fact() -> None:
    assert full("trade")[:5] == [
        "trade · observation · as of 2024 · TLP:CLEAR",
        "Claim: Trade came to 86.7 billion USD in 2024.",
        "Source: ‘Trade grows’, The Gazette, 15\u00a0August\u00a02025",
        "Passage: “passage of trade”",
        "Verified: against the lock (no text at hand), characters 10–27",
    ]


def test_what_was_not_verified_says_so() -> None:
    assert "Verified: no" in full("people")


def test_what_a_reader_must_know() -> None:
    assert "Note: where is not said" in full("met")
    assert "Date: “Monday” is read as 11 August 2025" in full("met")
    assert "met · event · 11\u00a0August\u00a02025 · TLP:CLEAR" in full("met")
    assert "Caveat: currency not stated" in full("capital")


def test_a_source_is_named_once_for_several_passages() -> None:
    assert [line for line in full("both") if line.startswith("Source: ")] == [
        "Source: ‘Trade grows’, The Gazette, 15\u00a0August\u00a02025",
        "Source: ‘From River to River’, publisher and date not stated; names a news agency as its source",
    ]


def test_a_calculation_shows_its_working_and_what_it_is_from() -> None:
    found = remarks(document(paragraph(ref("rise"))))
    assert set(found) == {"rise"}, "what it is calculated from stands in its comment"
    said = lines(found["rise"].full)
    assert "Calculation: (150 − 86.7) ÷ 86.7 = 73 per cent, by (target - base) / base" in said
    assert "target: target-2030: They aim for 150 billion USD by 2030." in said
    assert "base: trade: Trade came to 86.7 billion USD in 2024." in said
    assert said.count("Passage: “passage of trade”") == 1


def test_what_a_calculation_is_from_has_its_own_comment_where_it_stands() -> None:
    assert set(remarks(document(paragraph(ref("rise"), " ", value("trade"))))) == {"rise", "trade"}


def test_a_quotation() -> None:
    said = full("said")
    assert said[0] == "said · quotation · August\u00a02025 · TLP:CLEAR"
    assert "Quotation: “at last”" in said
    assert "Speaker: Kim, in a speech" in said
    assert not any(line.startswith("Passage: ") for line in said), "it is the quotation"


def test_a_translation_is_shown_as_the_library_has_it() -> None:
    made = document(paragraph(ref("people")), language="vi")
    assert "Claim: Over 200,000 people came. over 200,000 stayed." in lines(remarks(made)["people"].full)


def metric(**changes: Any) -> Library:
    trade = replace(LIBRARY.facts["trade"], metric="m")
    base = LIBRARY.facts["target-2025"]
    other = replace(base, id="other", metric="m", kind=FactKind.OBSERVATION, as_of=Period(2024), **changes)
    return replace(LIBRARY, facts={**LIBRARY.facts, "trade": trade, "other": other})


def test_what_disagrees() -> None:
    said = full("trade", library=metric())
    [line] = [line for line in said if line.startswith("Differs: ")]
    assert said.index(line) == 2, "right below the claim"
    assert line.startswith("Differs: other (2024; differs in value): They aim for 100 billion USD.")
    assert "‘From River to River’" in line


def test_what_is_more_restricted_than_the_document_is_not_shown() -> None:
    said = full("trade", library=metric(marking=Marking.RED))
    assert not any("other" in line or "100 billion" in line for line in said)
    assert said[-1] == "Not shown: 1 more of this measure, more restricted than this document"


@pytest.mark.parametrize(("day", "said"), [(date(2027, 8, 1), ""), (date(2026, 11, 21), " (it has expired)")])
def test_when_it_expires(day: date, said: str) -> None:
    expiring: dict[str, Fact] = {**LIBRARY.facts, "trade": replace(LIBRARY.facts["trade"], expires=day)}
    assert f"Expires: {day}{said}" in full("trade", library=replace(LIBRARY, facts=expiring))


def test_where_it_stands_again_it_is_short() -> None:
    [short] = lines(remarks(document(paragraph(ref("trade"))))["trade"].short)
    assert short.startswith("trade: see the comment where it first stands. – The Gazette")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Korea desk", "Kd"),
        ("Phạm Thị Hòa", "PTH"),
        ("김철수", "김"),
        ("a b c d e", "abcd"),
        ("Lee-Kim (desk)", "LK"),
        ("—", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


# ---- where it stands -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert loaded is not None
    return loaded


def copy_of(theme: Theme, made: Document, said: Review | None = None) -> bytes:
    cited = cite(made, LIBRARY)
    said = said or review(cited, LIBRARY, LOCKED, Texts(None), REVIEWER)
    fonts = Fonts(theme)
    layout = lay_out(cited, theme, theme.densities[theme.standard], fonts)
    return write("docx", Finished(cited, layout, theme, fonts, b"{}", embed_fonts=False, review=said))


def opened(theme: Theme, *blocks: Block, **settings: Any) -> WordDocument:
    return docx.Document(io.BytesIO(copy_of(theme, document(*blocks, **settings))))


def commented(word: WordDocument) -> list[tuple[str, str]]:
    """Id of the evidence and words that each comment is about, in the order of the comments."""
    about: dict[str, list[str]] = {}
    open_: list[str] = []
    for element in word.element.body.iter():
        number = element.get(qn("w:id"), "")
        if element.tag == qn("w:commentRangeStart"):
            open_.append(number)
            about[number] = []
        elif element.tag == qn("w:commentRangeEnd"):
            open_.remove(number)
        elif element.tag == qn("w:footnoteReference"):
            for each in open_:
                about[each].append(f"[{number}]")
        elif element.tag == qn("w:t"):
            for each in open_:
                about[each].append(element.text)
    assert not open_
    ids = {str(c.comment_id): re.split(r"[ :]", c.text)[0] for c in word.comments}
    assert list(ids) == list(about), "comments are numbered in reading order"
    return [(ids[number], "".join(words)) for number, words in about.items()]


def first(word: WordDocument) -> Comment:
    found = word.comments.get(0)
    assert found is not None
    return found


def test_python_docx_reads_who_when_and_what(theme: Theme) -> None:
    comment = first(opened(theme, paragraph(ref("trade"))))
    assert (comment.author, comment.initials) == ("Korea desk", "Kd")
    assert comment.timestamp == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert comment.text.startswith("trade · observation")
    assert {each.style.name for each in comment.paragraphs if each.style} == {"annotation text"}


def test_each_piece_in_a_sentence_has_its_own(theme: Theme) -> None:
    word = opened(theme, paragraph("From ", value("trade"), " to ", value("target-2030"), "."))
    assert commented(word) == [("trade", "US$86.7\u00a0billion"), ("target-2030", "US$150\u00a0billion")]


def test_evidence_that_stands_again_has_a_short_one(theme: Theme) -> None:
    word = opened(theme, paragraph(value("trade")), paragraph(value("trade")))
    texts = [comment.text for comment in word.comments]
    assert len(texts) == 2
    assert "Passage: " in texts[0]
    assert texts[1].startswith("trade: see the comment where it first stands")


def test_a_date_beside_its_figure_says_nothing_new(theme: Theme) -> None:
    when = EvidenceRef("trade", Facet.AS_OF)
    assert commented(opened(theme, paragraph("In ", when, " it was ", value("trade"), "."))) == [
        ("trade", "US$86.7\u00a0billion")
    ]
    assert commented(opened(theme, paragraph("In ", when, "."), paragraph("In ", when, "."))) == [("trade", "2024")]


def test_cells_lists_and_key_figures(theme: Theme) -> None:
    table = Table(
        (Column(), Column()),
        Row((inlines("Field"), inlines("Size"))),
        (Row((inlines("Trade"), inlines(value("trade")))),),
    )
    figures = KeyFigures((KeyFigure(inlines(value("people")), inlines("People")),))
    word = opened(theme, figures, bullets(inlines(ref("open")), inlines(ref("fund"))), table)
    assert commented(word)[2:] == [
        ("fund", "The fund holds 130\u00a0billion\u00a0won."),
        ("trade", "US$86.7\u00a0billion"),
    ]
    assert commented(word)[0] == ("people", "over\u00a0200,000")


def test_none_stands_between_the_first_two_notes_which_libreoffice_would_mix_up(theme: Theme) -> None:
    word = opened(theme, paragraph(ref("trade"), " ", ref("fund"), " ", ref("people"), " ", ref("capital")), pages=1)
    assert commented(word) == [
        ("trade", "Trade came to US$86.7\u00a0billion in 2024."),
        ("fund", "[2]"),
        ("people", "Over\u00a0200,000 people came. Over\u00a0200,000 stayed."),
        ("capital", "Capital is 93.732\u00a0billion."),
    ]
    assert commented(opened(theme, paragraph(ref("trade"), " ", ref("people")), pages=1))[1][1].startswith("Over")


def test_what_only_a_mark_stands_for_has_its_comment_there(theme: Theme) -> None:
    assert commented(opened(theme, paragraph("They say so.", mark("fund")), pages=1)) == [("fund", "[1]")]


def test_what_only_a_note_prints_has_its_comment_at_the_mark(theme: Theme) -> None:
    made = document(paragraph("They say so.", AuthorNoteRef("a")), pages=1)
    made = replace(made, author_notes=(("a", inlines("It was ", value("trade"), ".")),))
    word = docx.Document(io.BytesIO(copy_of(theme, made)))
    assert commented(word) == [("trade", ",\u00a0[2]")]
    notes = next(part for part in word.part.package.parts if part.partname == "/word/footnotes.xml")
    assert b"comment" not in notes.blob


def test_a_source_alone_needs_none(theme: Theme) -> None:
    assert commented(opened(theme, paragraph("They say so.", mark("gazette")))) == []


def test_hostile_words_in_comments(theme: Theme) -> None:
    name = 'A <b> & "c" 한국 ế'
    hostile = "]]> &amp; <w:p/> ‘Tiếng Việt’ 한국어 🙂 x\u2011y"
    said = Review(name, "A", datetime(2026, 1, 1), "REVIEW COPY", "en", {"trade": Remarks((inlines(hostile),), ())})
    word = docx.Document(io.BytesIO(copy_of(theme, document(paragraph(value("trade"))), said)))
    assert (first(word).author, first(word).text) == (name, hostile.replace("\u2011", "-"))


# ---- the file --------------------------------------------------------------------------------------------


def parts(contents: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(contents)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_it_says_what_it_is(theme: Theme) -> None:
    word = opened(theme, paragraph(ref("trade")))
    assert word.core_properties.content_status == "Review copy"
    assert "REVIEW COPY" in word.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize(("language", "label"), [("vi", "BẢN RÀ SOÁT"), ("ko", "검토본")])
def test_its_header_is_in_the_readers_language(theme: Theme, language: str, label: str) -> None:
    word = opened(theme, paragraph(value("trade")), language=language)
    assert label in word.sections[0].header.paragraphs[0].text


def test_without_its_comments_it_is_the_document(theme: Theme) -> None:
    """Only the comments' own elements, their styles, and the header tell the two apart."""
    made = document(paragraph("From ", value("trade"), "."), bullets(inlines(ref("people"), mark("both"))), pages=1)
    cited = cite(made, LIBRARY)
    fonts = Fonts(theme)
    layout = lay_out(cited, theme, theme.densities[theme.standard], fonts)
    normal = parts(write("docx", Finished(cited, layout, theme, fonts, b"{}", embed_fonts=False)))
    reviewed = parts(copy_of(theme, made))
    text = reviewed["word/document.xml"].decode()
    text = re.sub(r'<w:commentRange(Start|End) w:id="\d+"/>', "", text)
    text = re.sub(r'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference[^>]*/></w:r>', "", text)
    assert text == normal["word/document.xml"].decode()
    assert reviewed.keys() - normal.keys() == {"word/comments.xml", "word/_rels/comments.xml.rels"}
    for name in ("customXml/item1.xml", "word/numbering.xml", "word/footnotes.xml", "word/theme/theme1.xml"):
        assert reviewed[name] == normal[name]
    assert b"omment" not in normal["word/styles.xml"]


def test_every_style_that_comments_name_is_there(theme: Theme) -> None:
    made = parts(copy_of(theme, document(paragraph(value("trade")))))
    styles = {e.get(qn("w:styleId")) for e in etree.fromstring(made["word/styles.xml"]) if e.get(qn("w:styleId"))}
    used = set(re.findall(rb'w:(?:rStyle|pStyle) w:val="([^"]+)"', made["word/comments.xml"]))
    assert {name.decode() for name in used} <= styles


def test_links_in_comments_lead_somewhere(theme: Theme) -> None:
    made = parts(copy_of(theme, document(paragraph(value("trade")))))
    known = set(re.findall(rb'Id="([^"]+)"', made["word/_rels/comments.xml.rels"]))
    assert set(re.findall(rb'r:id="([^"]+)"', made["word/comments.xml"])) == known
    assert b"https://example.org/1" in made["word/_rels/comments.xml.rels"]


# ---- the command -----------------------------------------------------------------------------------------


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> Path:
    root = make_small_workspace((tmp_path / "harbour").resolve())
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    assert briefgen("lock").status == 0
    return root


def built(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.suffix in (".docx", ".pdf")}


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ((), {"output/harbour.review.docx"}),
        (("--pdf",), {"output/harbour.pdf", "output/harbour.review.docx"}),
        (("--docx",), {"output/harbour.docx", "output/harbour.review.docx"}),
        (("-o", "copy.docx"), {"copy.docx"}),
        (("-o", "brief.pdf"), {"brief.pdf", "brief.review.docx"}),
        (("--docx", "-o", "brief.docx"), {"brief.docx", "brief.review.docx"}),
        (("-o", "new/"), {"new/harbour.review.docx"}),
        (("--pdf", "-o", "new"), {"new/harbour.pdf", "new/harbour.review.docx"}),
        (("--language", "en"), {"output/harbour.en.review.docx"}),
    ],
)
def test_where_it_goes(harbour: Path, briefgen: Program, options: tuple[str, ...], files: set[str]) -> None:
    result = briefgen("harbour", "--review", *options)
    assert result.status == 0, result.err
    assert built(harbour) == files
    assert len(result.out.splitlines()) == len(files)


def test_what_it_shows_of_private_texts_is_said_and_in_no_other_file(harbour: Path, briefgen: Program) -> None:
    result = briefgen("harbour", "--review", "--pdf", "--docx")
    [line] = [line for line in result.out.splitlines() if ".review.docx" in line]
    assert line.endswith("a review copy, for internal use: its comments quote the texts around each passage")
    context = b"By a staff writer."
    assert context in parts((harbour / "output/harbour.review.docx").read_bytes())["word/comments.xml"]
    assert not any(context in part for part in parts((harbour / "output/harbour.docx").read_bytes()).values())


def test_the_same_file_is_built_beside_it_as_without_it(harbour: Path, briefgen: Program) -> None:
    assert briefgen("harbour", "--docx", "--pdf", "-o", "alone/", "--as-of", "2026-11-21").status == 0
    assert briefgen("harbour", "--docx", "--pdf", "--review", "-o", "both/", "--as-of", "2026-11-21").status == 0
    for name in ("harbour.docx", "harbour.pdf"):
        assert (harbour / "alone" / name).read_bytes() == (harbour / "both" / name).read_bytes()


def who(path: Path) -> tuple[str, datetime | None]:
    comment = first(docx.Document(str(path)))
    return comment.author, comment.timestamp


def test_whose_comments_they_are(harbour: Path, briefgen: Program) -> None:
    path = harbour / "output/harbour.review.docx"
    assert briefgen("harbour", "--review", "--as-of", "2026-11-21").status == 0
    assert who(path) == ("briefgen", datetime(2026, 11, 21, tzinfo=UTC))
    (harbour / "briefgen.yaml").write_text("from: Harbour desk\n")
    assert briefgen("harbour", "--review", "--as-of", "2026-11-21").status == 0
    assert who(path)[0] == "Harbour desk"
    options = ("--review-author", "Hòa", "--review-date", "2026-11-20T09:30")
    assert briefgen("harbour", "--review", *options).status == 0
    assert who(path) == ("Hòa", datetime(2026, 11, 20, 9, 30, tzinfo=UTC))


def test_the_same_bytes_in_another_folder(harbour: Path, briefgen: Program) -> None:
    assert briefgen("harbour", "--review", "--as-of", "2026-11-21", "-o", "a.docx").status == 0
    (harbour / "deeper").mkdir()
    assert briefgen("harbour", "--review", "--as-of", "2026-11-21", "-o", "deeper/b.docx").status == 0
    assert (harbour / "a.docx").read_bytes() == (harbour / "deeper/b.docx").read_bytes()


@pytest.mark.parametrize("template", ["investor", "dossier", "scitech", "talking-points", "timeline"])
def test_every_piece_of_evidence_has_one_full_comment(desk: Path, briefgen: Program, template: str) -> None:
    assert briefgen(template, "--review", "-o", "copy.docx", "--as-of", "2026-11-21").status == 0
    word = docx.Document(str(desk / "copy.docx"))
    fulls = [c.text.split(" ")[0] for c in word.comments if " · " in c.text.split("\n")[0]]
    assert len(fulls) == len(set(fulls))
    commented(word)
    manifest = parts((desk / "copy.docx").read_bytes())["customXml/item1.xml"].decode()
    marked = set(re.findall(r'evidence="([^"]+)"', manifest))
    assert marked <= set(fulls)
