"""What somebody who works on a Word file finds in its styles pane, and that text is set by styles."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefgen.document import DocumentKind, NotePlacement
from tests.documents import PICTURE
from tests.finished import every_kind
from tests.unit.test_word_rules import made
from tests.word_rules import BUILT_IN, Package


@cache
def package(kind: DocumentKind = DocumentKind.BRIEF) -> Package:
    blocks = every_kind(str(PICTURE))
    return Package(made(*blocks, kind=kind, placement=NotePlacement.FOOTNOTES, notes=3))


def styles(kind: DocumentKind = DocumentKind.BRIEF) -> dict[str, etree._Element]:
    return {name: style for name, (_, style) in package(kind).styles.items()}


def said(style: etree._Element, where: str) -> set[str]:
    """The names of what a style says of runs (`w:rPr`) or paragraphs (`w:pPr`)."""
    return {etree.QName(child).localname for child in style.findall(f"{qn(where)}/*")}


def test_the_pane_offers_what_text_is_set_in_and_nothing_else() -> None:
    offered = {name for name, style in styles().items() if style.find(qn("w:semiHidden")) is None}
    assert {"Title", "Heading2", "BodyText", "Lead", "ListBullet", "TableText", "KeyValue", "Strong"} <= offered
    hidden = {"Picture", "FootnoteText", "Header", "TOC1", "Heading4", "NoteNumber", "Marking", "DefaultParagraphFont"}
    assert not hidden & offered
    (latent,) = package().roots["word/styles.xml"].iter(qn("w:latentStyles"))
    assert latent.get(qn("w:defSemiHidden")) == "1"
    assert all(" Table " in f" {e.get(qn('w:name'))} " for e in latent if e.get(qn("w:semiHidden")) == "0")


def test_the_gallery_is_short() -> None:
    shown = [style.find(qn("w:name")).get(qn("w:val")) for style in styles().values() if _in_gallery(style)]
    assert 10 < len(shown) < 20


def _in_gallery(style: etree._Element) -> bool:
    return style.find(qn("w:qFormat")) is not None and style.get(qn("w:type")) != "table"


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_style_says_no_more_than_what_it_has_beyond_its_base(kind: DocumentKind) -> None:
    """So that a change to "Normal" reaches all text."""
    known = styles(kind)
    assert "rFonts" in said(known["Normal"], "w:rPr")
    for name in ("BodyText", "Lead", "ListBullet", "TableText", "FootnoteText", "Callout"):
        assert not {"rFonts", "b", "i", "color"} & said(known[name], "w:rPr"), name
    assert said(known["Heading2"], "w:rPr") >= {"rFonts", "sz", "color"}
    assert said(known["NotesHeading"], "w:rPr") == set()
    assert said(known["NotesHeading"], "w:pPr") == {"outlineLvl"}


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_text_is_set_by_styles(kind: DocumentKind) -> None:
    """What a run says itself is what no single character style could: two of them at once, or another script's face."""
    found: Counter[str] = Counter()
    for root in package(kind).stories.values():
        for run in root.iter(qn("w:r")):
            own = [e for e in run.iterfind(f"{qn('w:rPr')}/*") if e.tag not in (qn("w:rStyle"), qn("w:lang"))]
            if own and "".join(run.itertext()).strip():
                found["".join(run.itertext())] += 1
    names = {"both", "To Lam", "대한민국", "x = 1"}
    assert set(found) <= names, found


def test_the_marks_of_notes_follow_words_own_style() -> None:
    marks = {
        style.get(qn("w:styleId")): style for style in styles().values() if "NoteMark" in style.get(qn("w:styleId"))
    }
    assert len(marks) > 1
    assert {style.find(qn("w:basedOn")).get(qn("w:val")) for style in marks.values()} == {"FootnoteReference"}
    assert "footnote reference" in BUILT_IN
