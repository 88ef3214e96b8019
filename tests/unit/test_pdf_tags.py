"""The structure tree: what each thing on the page is, for whoever does not see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from briefgen.document import (
    BlockQuote,
    Caption,
    Chart,
    ChartKind,
    Contents,
    Document,
    DocumentKind,
    Facet,
    Heading,
    Image,
    Link,
    ListItem,
    NotePlacement,
    OrderedList,
    Printed,
    Text,
)
from briefgen.errors import BriefgenError, Location
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.writers import Finished, write
from tests.pages import TRADE, bullets, document, meta, paragraph, table, words
from tests.pdf import Node, opened, operators, structure
from tests.sheet import default_theme

THEME = default_theme()
FONTS = Fonts(THEME)


def as_pdf(whole: Document, manifest: bytes = b"{}") -> bytes:
    layout = lay_out(whole, THEME, THEME.densities[THEME.standard], FONTS)
    return write("pdf", Finished(whole, layout, THEME, FONTS, manifest))


def outline(whole: Document) -> str:
    with opened(as_pdf(whole)) as file:
        return structure(file).outline()


def expected(text: str) -> str:
    return "\n".join(line[4:] for line in text.strip("\n").splitlines()).rstrip()


def test_text_with_a_note() -> None:
    whole = document(paragraph("Trade grew", 1, " and grew."), notes=("An account.",))
    assert outline(whole) == expected("""
    Document
      P
        'Trade grew'
        Reference
          Link
            '1'
        ' and grew.'
      Div
        Note
          Lbl
            Link
              '1'
          'An account.'
    """)


def test_a_footnote_follows_the_block_that_marks_it() -> None:
    of = replace(meta(DocumentKind.DOSSIER, pages=None), placement=NotePlacement.FOOTNOTES)
    whole = document(paragraph("One", 1), paragraph("Two"), notes=("First.",), of=of)
    with opened(as_pdf(whole)) as file:
        root = structure(file)
        assert [node.type for node in root.kids if isinstance(node, Node)] == ["P", "Note", "P"]
        [note] = root.all("Note")
        assert str(note.entries.ID) == "note-1"
        [name, found] = file.Root.StructTreeRoot.IDTree.Names
        assert (str(name), found.objgen) == ("note-1", note.entries.objgen)


def test_lists_in_lists() -> None:
    inner = bullets(words("Inner"))
    whole = document(OrderedList((ListItem((paragraph("Outer"), inner)),), 7))
    assert outline(whole) == expected("""
    Document
      L
        LI
          Lbl
            '7.'
          LBody
            P
              'Outer'
            L
              LI
                Lbl
                  '–'
                LBody
                  P
                    'Inner'
    """)
    with opened(as_pdf(whole)) as file:
        numberings = [str(node.entries.A.ListNumbering) for node in structure(file).all("L")]
    assert numberings == ["/Decimal", "/Disc"]


def test_a_table_over_pages_is_one_table_with_one_head() -> None:
    rows = [(f"Row {n}", "", words(f"{n}.5")) for n in range(120)]
    whole = document(table("llr", "Field|Empty|Amount", *rows, caption=Caption(words("All"))), of=meta(pages=None))
    with opened(as_pdf(whole)) as file:
        assert len(file.pages) >= 3
        [found] = structure(file).all("Table")
        caption, head, *body = [kid for kid in found.kids if isinstance(kid, Node)]
        assert (caption.type, caption.text) == ("Caption", "All")
        assert [(cell.type, cell.text) for cell in head.kids if isinstance(cell, Node)] == [
            ("TH", "Field"),
            ("TH", "Empty"),
            ("TH", "Amount"),
        ]
        assert [row.text for row in body] == [f"Row {n}{n}.5" for n in range(120)]
        assert all([cell.type for cell in row.kids if isinstance(cell, Node)] == ["TH", "TD", "TD"] for row in body)
        scopes = [str(cell.entries.A.Scope) for cell in found.all("TH")]
        assert scopes == ["/Column"] * 3 + ["/Row"] * 120


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = (3, 3, 6, 4, 1, 2, 1)
    headings = [Heading(level, words(str(level)), f"h{n}") for n, level in enumerate(levels)]
    with opened(as_pdf(document(*headings, of=meta(pages=None)))) as file:
        types = [node.type for node in structure(file).kids if isinstance(node, Node)]
    assert types == ["H1", "H1", "H2", "H2", "H1", "H2", "H1"]


def test_a_link_over_lines_is_one_link_of_several_areas() -> None:
    address = "https://example.org/a"
    whole = document(paragraph("See ", Link(address, (Text("these words " * 20),)), " there."))
    with opened(as_pdf(whole)) as file:
        [link] = structure(file).all("Link")
        areas = [kid.Obj for kid in link.entries.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
        assert len(areas) >= 2
        assert link.text.strip() == ("these words " * 20).strip()
        for area in areas:
            key = int(area.StructParent)
            numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
            assert numbers[numbers.index(key) + 1].objgen == link.entries.objgen


def test_a_link_to_nowhere_is_only_words() -> None:
    whole = document(paragraph("See ", Link("#gone", words("that"))))
    with opened(as_pdf(whole)) as file:
        assert structure(file).all("Link") == []
        assert "/Annots" not in file.pages[0]


def test_words_in_another_language_say_so() -> None:
    whole = document(BlockQuote((paragraph(Printed("한국어 인용", "quote", Facet.TEXT, "ko"), " (in Korean)"),)))
    with opened(as_pdf(whole)) as file:
        [span] = structure(file).all("Span")
        assert (span.text, str(span.entries.Lang)) == ("한국어 인용", "ko")
        [quotation] = structure(file).all("BlockQuote")
        assert quotation.text == "한국어 인용 (in Korean)"


def test_a_chart_is_a_figure_with_its_description() -> None:
    chart = Chart(ChartKind.BAR, words("Trade"), TRADE, description="Trade: 86.7 in 2024.")
    with opened(as_pdf(document(chart))) as file:
        [figure] = structure(file).all("Figure")
        assert str(figure.entries.Alt) == "Trade: 86.7 in 2024."
        left, bottom, right, top = map(float, figure.entries.A.BBox)
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842
        assert [node.text for node in structure(file).all("Caption")] == ["Trade"]


def test_a_picture_that_only_adorns_is_an_artifact(tmp_path: Path) -> None:
    from PIL import Image as Pillow

    Pillow.new("RGB", (9, 9)).save(tmp_path / "x.png")
    with opened(as_pdf(document(Image(str(tmp_path / "x.png"), ""), paragraph("Words")))) as file:
        assert structure(file).outline() == "Document\n  P\n    'Words'"


def test_contents_lead_to_headings() -> None:
    headings = (Heading(1, words("Trade"), "trade", "1"), paragraph("Words"))
    with opened(as_pdf(document(Contents("Contents"), *headings, of=meta(DocumentKind.DOSSIER, None)))) as file:
        [contents] = structure(file).all("TOC")
        assert contents.outline() == expected("""
    TOC
      Caption
        'Contents'
      TOCI
        Reference
          Link
            '1 Trade 2'
    """)


def test_words_at_the_end_of_a_line_are_parted_from_the_next() -> None:
    text = "words and more words " * 20
    with opened(as_pdf(document(paragraph(text)))) as file:
        assert structure(file).text.split() == text.split()


def test_what_stands_around_the_text_is_marked_as_such() -> None:
    drawn = operators(as_pdf(document(paragraph("Words"))))
    assert "/Artifact <</Type/Pagination/Subtype/Header>>BDC" in drawn
    assert "/Artifact <</Type/Pagination/Subtype/Footer>>BDC" in drawn
    assert drawn.count("BDC") + drawn.count("BMC") == drawn.count("EMC")


def test_what_the_file_says_of_itself() -> None:
    pdf = as_pdf(document(paragraph("Words")), b'{"a": 1}')
    with opened(pdf) as file:
        assert file.Root.MarkInfo.Marked is True
        assert str(file.pages[0].Tabs) == "/S"
        [attached] = file.Root.AF
        assert (str(attached.AFRelationship), str(attached.UF)) == ("/Data", "manifest.json")
        assert attached.EF.F.read_bytes() == b'{"a": 1}'
        assert str(attached.EF.F.Params.ModDate) == "D:20261121000000Z"
        [intent] = file.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()
        assert (profile[12:20], profile[36:40], len(profile)) == (b"mntrRGB ", b"acsp", int.from_bytes(profile[:4]))
        with file.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == (
                "3",
                "A",
                "1",
            )
            assert metadata["dc:title"] == "Test: subject"


def test_a_colour_profile_is_srgb() -> None:
    import io

    from PIL import Image as Pillow
    from PIL import ImageCms

    from briefgen.writers.pdf_archive import srgb_profile

    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    for colour in ((255, 255, 255), (200, 30, 90), (11, 79, 108), (1, 128, 254), (0, 0, 0)):
        converted = ImageCms.profileToProfile(Pillow.new("RGB", (1, 1), colour), ours, theirs)
        assert converted is not None
        assert max(abs(a - b) for a, b in zip(converted.getpixel((0, 0)), colour, strict=True)) <= 1


def test_a_character_that_no_font_has_is_named_where_it_stands() -> None:
    at = Location(Path("templates/x.md"), 12)
    block = replace(paragraph("so ", Printed("a 😀", "happy-fact", Facet.WHOLE)), location=at)
    inside = OrderedList((ListItem((block,)),), location=Location(Path("templates/x.md"), 3))
    with pytest.raises(BriefgenError) as error:
        as_pdf(document(inside))
    [problem] = error.value.problems
    assert (problem.code, problem.location, problem.subject) == ("missing-glyph", at, "happy-fact")
    assert "it stands in `happy-fact`" in problem.hints
