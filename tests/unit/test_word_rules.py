"""Word files hold to what Word asks beyond the schemas, and the rules find what does not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from briefgen.document import (
    Block,
    Chart,
    ChartKind,
    ChartPoint,
    Contents,
    Cover,
    DocumentKind,
    Heading,
    KeyFigure,
    KeyFigures,
    Landscape,
    NotePlacement,
    Pair,
    PointStatus,
    Status,
    Table,
)
from briefgen.evidence import Marking
from briefgen.theme import Theme
from briefgen.writers import Finished, write
from tests import house, word_rules
from tests.documents import PICTURE, random_document
from tests.finished import HOSTILE, document, every_kind, finished, text, words
from tests.sheet import default_theme
from tests.word_rules import faults


@cache
def theme() -> Theme:
    return default_theme()


def made(*blocks: Block, embed_fonts: bool = False, **settings: object) -> bytes:
    whole = finished(theme(), document(*blocks, **settings))  # type: ignore[arg-type]
    return write("docx", replace(whole, properties=SAID, embed_fonts=embed_fonts))


SAID: dict[str, str | int | bool | date] = {
    "Audience": HOSTILE,
    "Facts": 21,
    "As of": date(2026, 11, 21),
    "Review copy": True,
}


@cache
def everything() -> bytes:
    """A dossier with a cover, its contents, a landscape page, notes at the foot, and one block of every kind."""
    blocks = every_kind(str(PICTURE))
    table = next(block for block in blocks if isinstance(block, Table))
    plain = replace(table, anchor="wide", rows=table.rows[1:])
    return made(
        Cover(words("Kicker"), words("A title"), words("A subtitle"), ()),
        Contents("Contents"),
        *blocks,
        Landscape((plain,)),
        Heading(1, words("After"), "after", "2"),
        kind=DocumentKind.DOSSIER,
        notes=3,
        placement=NotePlacement.FOOTNOTES,
        status=Status.DRAFT,
        marking=Marking.AMBER_STRICT,
        footer=words("First edition"),
        embed_fonts=True,
    )


# ---- what is written holds to them -------------------------------------------------------------------------


def test_every_kind_of_block() -> None:
    assert faults(everything()) == []


@pytest.mark.parametrize("kind", list(DocumentKind))
@pytest.mark.parametrize("placement", list(NotePlacement))
def test_every_kind_of_document(kind: DocumentKind, placement: NotePlacement) -> None:
    assert faults(made(*every_kind(str(PICTURE)), kind=kind, placement=placement, notes=3, pages=2)) == []


@pytest.mark.parametrize("kind", list(ChartKind))
def test_charts(kind: ChartKind) -> None:
    from decimal import Decimal

    def point(year: int, amount: str, status: PointStatus) -> ChartPoint:
        return ChartPoint(words(amount), words(str(year)), Decimal(amount), None, status, str(status))

    observed, target = PointStatus.OBSERVED, PointStatus.TARGET
    points = (point(2022, "-1.5", observed), point(2024, "86.7", observed), point(2030, "150", target))
    assert faults(made(Chart(kind, words(HOSTILE), points, words("Amounts"), description=HOSTILE))) == []


@pytest.mark.parametrize("seed", range(12))
def test_any_document(seed: int) -> None:
    from briefgen.fonts import Fonts
    from briefgen.layout import lay_out

    whole, fonts = random_document(seed), Fonts(theme())
    layout = lay_out(whole, theme(), theme().densities[theme().standard], fonts)
    assert faults(write("docx", Finished(whole, layout, theme(), fonts, b"{}", embed_fonts=False))) == []


@pytest.mark.parametrize("blocks", [(), (text("Only words."),), (Pair((text("a"),), (text("b"),)),)])
def test_what_is_next_to_nothing(blocks: tuple[Block, ...]) -> None:
    assert faults(made(*blocks)) == []


def test_a_table_at_an_end_takes_no_white_space_with_it() -> None:
    """Word puts a line of its own after a table that ends the text, which would begin a page where that is full."""
    strip = KeyFigures((KeyFigure(words("1"), words("One")),))
    body = word_rules.Package(made(text("Words."), strip)).body
    *_, last, _ = body.find(word_rules.q("w:body"))
    spacing = last.find(f".//{word_rules.q('w:spacing')}")
    assert spacing.get(word_rules.q("w:line")) == "20"
    assert spacing.get(word_rules.q("w:before")) in (None, "0")


def test_a_title_is_as_long_as_word_has_them() -> None:
    whole = document(text("Words."))
    long = replace(whole, meta=replace(whole.meta, title="ế" * 400))
    assert faults(write("docx", replace(finished(theme(), long), properties=SAID, embed_fonts=False))) == []


def test_rules_are_as_thick_and_as_far_as_word_has_them() -> None:
    thin, thick = replace(theme().rules, hairline=0.05, table=0.1), replace(theme().rules, table=40.0, top=40.0)
    for rules in (thin, thick):
        dressed = replace(theme(), rules=rules)
        whole = finished(dressed, document(*every_kind(str(PICTURE)), notes=3))
        assert faults(write("docx", replace(whole, embed_fonts=False))) == []


# ---- what does not is found --------------------------------------------------------------------------------


def changed(old: str, new: str, part: str = "word/document.xml", count: int = 1) -> Callable[[], bytes]:
    """The file with something replaced in one of its parts; it must be there."""

    def change(xml: bytes) -> bytes:
        found, number = re.subn(old.encode(), new.encode(), xml, count=count, flags=re.DOTALL)
        assert number, f"{part} has no {old}"
        return found

    return lambda: house.altered(everything(), {part: change})


def _streamed() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(everything())) as source, zipfile.ZipFile(kept, "w") as target:
        for name in reversed(source.namelist()):
            target.writestr(name, source.read(name))
    return kept.getvalue()


_RELS = "word/_rels/document.xml.rels"
_CHART = "word/charts/chart1.xml"
WRONG: dict[str, list[Callable[[], bytes]]] = {
    "archive": [_streamed],
    "content_types": [
        changed('<Override PartName="/word/footnotes.xml"[^>]*>', "", "[Content_Types].xml"),
        changed("/word/footnotes.xml", "/word/footnotez.xml", "[Content_Types].xml"),
    ],
    "relationships": [
        changed(' TargetMode="External"', "", _RELS),
        changed('Id="figure1"', 'Id="figure2"', _RELS),
        changed('Id="styles"', 'Id="theme"', _RELS),
        changed("media/figure1", "media/figure7", _RELS),
    ],
    "addresses": [changed("https://example.org/", "https://example.org/đ", _RELS)],
    "drawings": [changed('docPr id="1"', 'docPr id="2"'), changed('(docPr id="1"[^>]*) descr="[^"]+"', r'\1 descr=""')],
    "bookmarks": [
        changed('w:name="_Toc2"', 'w:name="_TOC1"'),
        changed('w:name="_Toc2"', f'w:name="{"x" * 41}"'),
        changed('<w:bookmarkEnd w:id="1"/>', ""),
        changed('(<w:bookmarkEnd w:id="1"/>)(.*?</w:p>)', r"\2<w:p>\1</w:p>"),
    ],
    "fields": [
        changed('<w:fldChar w:fldCharType="end"/>', ""),
        changed('(w:fldCharType="separate"/></w:r><w:r>.{0,400}?)<w:t [^<]+</w:t>', r"\1", "word/footer-default.xml"),
        changed(" NUMPAGES ", "NUMPAGES", "word/footer-default.xml"),
    ],
    "destinations": [
        changed('w:anchor="_Toc1"', 'w:anchor="_Toc99"'),
        changed("PAGEREF _Toc1 ", "PAGEREF _Toc99 "),
        changed("NOTEREF _Note1 ", "NOTEREF _Toc1 "),
    ],
    "comments": [changed("<w:p>", '<w:p><w:commentRangeStart w:id="0"/>')],
    "notes": [
        changed('footnoteReference w:id="2"', 'footnoteReference w:id="3"'),
        changed('<w:footnote w:id="-1"/>', "", "word/settings.xml"),
        changed("<w:footnoteRef/>", "<w:tab/>", "word/footnotes.xml", count=0),
    ],
    "styles": [
        changed('w:pStyle w:val="BodyText"', 'w:pStyle w:val="Bodytext"'),
        changed('w:pStyle w:val="BodyText"', 'w:pStyle w:val="Strong"'),
        changed('w:name w:val="Lead"', 'w:name w:val="TITLE"', "word/styles.xml"),
        changed('(w:styleId="Lead".*?w:basedOn w:val=)"Normal"', r'\1"Strong"', "word/styles.xml"),
        changed('(w:styleId="Lead".*?w:basedOn w:val=)"Normal"', r'\1"Lead"', "word/styles.xml"),
        changed(' w:default="1"', "", "word/styles.xml"),
        changed(' w:customStyle="1"', "", "word/styles.xml"),
    ],
    "lists": [
        changed("<w:nsid [^>]*>", "", "word/numbering.xml"),
        changed('w:nsid w:val="[^"]*"', 'w:nsid w:val="00000001"', "word/numbering.xml", count=0),
        changed('<w:lvl w:ilvl="8">.*?</w:lvl>', "", "word/numbering.xml"),
        changed('w:pStyle w:val="ListBullet2"', 'w:pStyle w:val="ListBullet3"', "word/numbering.xml"),
        changed('<w:numId w:val="', '<w:numId w:val="99'),
    ],
    "fonts": [
        changed('w:fontKey="{.', 'w:fontKey="{', "word/fontTable.xml"),
        changed('w:font w:name="Source Sans Pro"', 'w:font w:name="Source Sans"', "word/fontTable.xml"),
        changed("embedRegular", "embedItalic", "word/fontTable.xml"),
    ],
    "tables": [
        changed('gridCol w:w="', 'gridCol w:w="1'),
        changed("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
        changed("</w:tr></w:tbl>.*?<w:tbl>", "</w:tr></w:tbl><w:tbl>"),
        changed("(.*)<w:sectPr>", r"\1<w:tbl/><w:sectPr>"),
    ],
    "sections": [
        changed("<w:titlePg/>", ""),
        changed('<w:footerReference w:type="default"[^>]*>', ""),
        changed(' w:orient="landscape"', ""),
    ],
    "measures": [
        changed('w:pBdr><w:top w:val="single" w:sz="[^"]*"', 'w:pBdr><w:top w:val="single" w:sz="100"'),
        changed('w:sz w:val="', 'w:sz w:val="99', "word/styles.xml"),
        changed('w:spacing w:before="', 'w:spacing w:before="99999', "word/styles.xml"),
    ],
    "words": [
        changed('<w:t xml:space="preserve">', "<w:t>", count=0),
        changed('(<w:t xml:space="preserve">)', r"\1&#10;"),
        changed('<w:t xml:space="preserve">[^<]+', '<w:t xml:space="preserve">'),
    ],
    "properties": [
        changed('pid="2"', 'pid="1"', "docProps/custom.xml"),
        changed('name="Facts"', 'name="AUDIENCE"', "docProps/custom.xml"),
        changed("<vt:lpwstr>", f"<vt:lpwstr>{'x' * 256}", "docProps/custom.xml"),
        changed("<dc:title>.*</dc:title>", "", "docProps/core.xml"),
    ],
    "stored_xml": [
        changed('itemID="{', 'itemID="', "customXml/itemProps1.xml"),
        changed('ds:uri="', 'ds:uri="x', "customXml/itemProps1.xml"),
    ],
    "office_theme": [
        changed("<a:accent6>.*</a:accent6>", "", "word/theme/theme1.xml"),
        changed("(<a:fillStyleLst>)<a:solidFill>.*?</a:solidFill>", r"\1", "word/theme/theme1.xml"),
    ],
    "charts": [
        changed('c:crossAx val="2"', 'c:crossAx val="3"', _CHART),
        changed('<c:idx val="1"/><c:order', '<c:idx val="0"/><c:order', _CHART),
        changed("<c:v>86.7</c:v>", "<c:v>86.8</c:v>", _CHART),
        changed("Sheet1!", "Sheet2!", _CHART),
        changed("<c:externalData.*</c:externalData>", "", _CHART),
    ],
}


def test_every_rule_has_a_file_that_breaks_it() -> None:
    assert [rule.__name__ for rule in word_rules.RULES] == [*WRONG]


@pytest.mark.parametrize(("rule", "number"), [(rule, n) for rule, files in WRONG.items() for n in range(len(files))])
def test_a_file_that_is_wrong_does_not_pass(rule: str, number: int) -> None:
    package = word_rules.Package(WRONG[rule][number]())
    assert list(next(one for one in word_rules.RULES if one.__name__ == rule)(package))
