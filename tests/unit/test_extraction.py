from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from reportlab.pdfgen.canvas import Canvas

from briefgen.errors import Problem, Severity
from briefgen.extraction import extract_text
from briefgen.extraction.raised import raised
from briefgen.folding import Folded
from briefgen.matching import find

PAGE = """<!doctype html><html><head><title>Title</title><meta charset="utf-8"><style>p {}</style></head><body>
<nav><ul><li>Home<li>News</ul></nav><header>The site</header>
<article><header><h1>Harbour trade <em>grew</em></h1></header>
<p>Trade reached\n  <b>$86.7</b>&nbsp;billion in 2024<sup><a href="#n1">1</a></sup>, over 10<sup>2</sup> km<sup>2</sup>,
the 20<sup>th</sup> time.<br>A second line, <q>well</q> &amp; good.<script>track()</script></p>
<div>Loose words<p>A paragraph.</p>more</div>
<table><tr><th>Year<th>Trade<tr><td>2024<td>86.7</table>
<p style="display: none">unseen</p><p hidden>unseen</p>
<p>Kim ngạch 93,7 tỷ USD, 867억 달러, co&shy;operation</p></article>
<footer>© The site</footer></body></html>"""

ARTICLE = """Harbour trade grew

Trade reached $86.7\u00a0billion in 2024, over 10² km², the 20th time.
A second line, “well” & good.

Loose words

A paragraph.

more

Year\tTrade
2024\t86.7

Kim ngạch 93,7 tỷ USD, 867억 달러, co\u00adoperation
"""


def extract(path: Path) -> str:
    problems: list[Problem] = []
    text = extract_text(path, problems)
    assert not problems
    assert text is not None
    return text


def refused(path: Path) -> Problem:
    problems: list[Problem] = []
    assert extract_text(path, problems) is None
    [problem] = problems
    assert problem.location is not None
    assert problem.location.path == path
    return problem


def saved(folder: Path, name: str, contents: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(contents.encode() if isinstance(contents, str) else contents)
    return path


def test_a_raised_digit_is_no_part_of_the_number_before_it() -> None:
    assert [raised(text) for text in ("2", "-1", "th", "2nd", "")] == ["²", "⁻¹", "th", "2nd", ""]


# ---- plain text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_is_taken_as_it_is(encoding: str, tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", "“toseek”  Tô Lâm\r\n867억\r\n".encode(encoding))
    assert extract(path) == "“toseek”  Tô Lâm\n867억\n"


def test_plain_text_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    problem = refused(saved(tmp_path, "a.txt", "one\nTô Lâm".encode("cp1258", "replace") + b"\x81"))
    assert problem.code == "not-utf8"
    assert problem.location.line == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "contents", "code"),
    [
        ("a.txt", b" \n", "no-text"),
        ("a.html", b"", "no-text"),
        ("a.html", b"<script>app()</script>", "no-text"),
        ("a.html", b"<meta charset=nothing><p>x", "not-utf8"),
        ("a.html", b"<p>T\xf4 L\xe2m", "not-utf8"),
        ("a.pdf", b"not a PDF", "broken-file"),
        ("a.pdf", b"", "broken-file"),
        ("a.docx", b"not a DOCX", "broken-file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected-file"),
        ("a.doc", b"", "unknown-format"),
        ("a", b"", "unknown-format"),
    ],
)
def test_files_without_a_text(name: str, contents: bytes, code: str, tmp_path: Path) -> None:
    assert refused(saved(tmp_path, name, contents)).code == code


def test_what_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt").code == "file-not-found"
    (tmp_path / "folder.txt").mkdir()
    assert refused(tmp_path / "folder.txt").code == "not-a-file"


# ---- web pages -------------------------------------------------------------------------------------------


def test_a_page_gives_the_text_of_its_article(tmp_path: Path) -> None:
    assert extract(saved(tmp_path, "a.html", PAGE)) == ARTICLE


def test_a_page_without_an_article_gives_all_that_is_seen(tmp_path: Path) -> None:
    page = "<header>The Gazette</header><h1>A</h1>one<p>two<footer>foot</footer><article>short</article>"
    assert extract(saved(tmp_path, "a.htm", page)) == "The Gazette\n\nA\n\none\n\ntwo\n\nshort\n"


@pytest.mark.parametrize(
    ("declaration", "encoding", "words"),
    [
        ('<meta charset="euc-kr">', "cp949", "86억 달러 똠"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252", "“so” – 5 €"),
        ("", "utf-8", "Tô Lâm"),
        ("", "utf-16", "Tô Lâm"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252", "“so”"),
    ],
)
def test_a_page_says_its_encoding(declaration: str, encoding: str, words: str, tmp_path: Path) -> None:
    assert extract(saved(tmp_path, "a.html", f"{declaration}<p>{words}</p>".encode(encoding))) == words + "\n"


def test_a_page_is_read_to_its_end_or_not_at_all(tmp_path: Path) -> None:
    assert extract(saved(tmp_path, "a.html", "<div>" * 1000 + "deep")) == "deep\n"
    assert refused(saved(tmp_path, "b.html", "begun" + "<div>" * 3000 + "deep")).code == "broken-file"


# ---- PDF -------------------------------------------------------------------------------------------------


def pdf(lines: list[list[tuple[float, float, str]]], font: str = "Helvetica") -> bytes:
    """A PDF of one page: each line a list of (size, rise, words)."""
    file = io.BytesIO()
    canvas = Canvas(file)
    text = canvas.beginText(72, 700)
    text.setLeading(14)
    for line in lines:
        for size, rise, words in line:
            text.setFont(font, size)
            text.setRise(rise)
            text.textOut(words)
        text.setRise(0)
        text.textLine("")
    canvas.drawText(text)
    canvas.save()
    return file.getvalue()


def test_a_pdf_gives_its_lines(tmp_path: Path) -> None:
    lines = ["Trade has grown through co-", "operation, as is well-known to-", "day: $86.7 billion in 2024."]
    text = extract(saved(tmp_path, "a.pdf", pdf([[(11, 0, line)] for line in lines])))
    for passage in ("through cooperation", "well-known today: $86.7 billion", "billion in 2024."):
        assert find(passage, Folded(text)), text


def test_a_notes_mark_in_a_pdf_is_no_digit_of_a_number(tmp_path: Path) -> None:
    contents = pdf([[(11, 0, "about 12,000"), (6, 4, "1"), (11, 0, " people on 10 km"), (6, 4, "2")], [(6, 0, "2024")]])
    text = extract(saved(tmp_path, "a.pdf", contents))
    assert "12,000¹" in text
    assert "10 km²" in text
    assert "2024" in text


def test_pages_without_text_are_said(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pdf([[(11, 0, "words")]]))) as document:
        document.add_blank_page()
        document.save(tmp_path / "some.pdf")
        del document.pages[0]
        document.save(tmp_path / "none.pdf")
    problems: list[Problem] = []
    assert extract_text(tmp_path / "some.pdf", problems) == "words\n"
    assert [(p.code, p.severity) for p in problems] == [("pages-without-text", Severity.WARNING)]
    assert refused(tmp_path / "none.pdf").code == "no-text"


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pdf([[(11, 0, "words")]]))) as document:
        document.save(tmp_path / "open.pdf", encryption=pikepdf.Encryption(owner="owner", user=""))
        document.save(tmp_path / "closed.pdf", encryption=pikepdf.Encryption(owner="owner", user="user"))
    assert extract(tmp_path / "open.pdf") == "words\n"
    assert refused(tmp_path / "closed.pdf").code == "protected-file"


# ---- Word ------------------------------------------------------------------------------------------------


def test_a_word_file_gives_body_and_tables(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "running head"
    document.add_heading("Harbour trade", 1)
    paragraph = document.add_paragraph("Trade reached ")
    paragraph.add_run("$86.7 billion").bold = True
    paragraph.add_run(" in 2024, on 10")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" km; Kim ngạch 93,7 tỷ; 867억")
    paragraph.add_run("unseen").font.hidden = True
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Year", "Trade", "2024", "86.7"), strict=True):
        cell.text = words
    document.add_paragraph("The end.")
    document.save(str(tmp_path / "a.docx"))
    assert extract(tmp_path / "a.docx") == (
        "Harbour trade\nTrade reached $86.7 billion in 2024, on 10² km; Kim ngạch 93,7 tỷ; 867억\n"
        "Year\tTrade\n2024\t86.7\nThe end.\n"
    )


def test_what_was_deleted_in_a_word_file_is_not_read(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Trade ")
    for name, words in (("del", "fell"), ("ins", "rose")):
        change = paragraph._p.makeelement(f"{{{paragraph._p.nsmap['w']}}}{name}")
        run = paragraph.add_run(words)._r
        paragraph._p.remove(run)
        change.append(run)
        paragraph._p.append(change)
    document.save(str(tmp_path / "a.docx"))
    assert extract(tmp_path / "a.docx") == "Trade rose\n"


def test_notes_of_a_word_file_stand_at_its_end(tmp_path: Path) -> None:
    document = Document()
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = document.add_paragraph("About 12,000").add_run()
    run._r.append(run._r.makeelement(f"{{{w}}}footnoteReference", {f"{{{w}}}id": "1"}))
    document.paragraphs[0].add_run(" people work there.")
    notes = (
        f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>unseen</w:t></w:r></w:p>'
        '</w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> In 2024.</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(tmp_path / "a.docx"))
    assert extract(tmp_path / "a.docx") == "About 12,000 people work there.\n\n In 2024.\n"
