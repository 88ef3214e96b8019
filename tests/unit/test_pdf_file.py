"""What the PDF writer relies on in ReportLab without its promise, each with a test that says what has changed; and the
file that is put together."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import pikepdf
import pytest
import reportlab
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from briefgen.writers.pdf_file import PdfFile, assembled, number, text_string
from tests.pdf import opened


def changed(what: str) -> str:
    return f"ReportLab {reportlab.Version} {what}: look at briefgen/writers/pdf_file.py"


# ---- ReportLab from within ---------------------------------------------------------------------------------


@pytest.fixture
def canvas() -> Canvas:
    return Canvas(BytesIO(), invariant=1)


def test_the_minor_version_is_the_one_that_was_read() -> None:
    assert reportlab.Version.startswith("5.1."), changed("is another minor version")


def test_an_object_is_numbered_when_it_is_referred_to(canvas: Canvas) -> None:
    document = canvas._doc
    mine = pdfdoc.PDFDictionary({})
    name = document.Reference(mine).name
    assert document.Reference(mine).name == name, changed("numbers an object twice")
    count, generation = document.idToObjectNumberAndVersion[name]
    assert generation == 0, changed("counts generations")
    assert document.numberToId[count] == name, changed("keeps no names by number")
    assert document.idToObject[name] is mine, changed("keeps no objects by name")


def test_an_object_of_our_own_is_asked_for_its_bytes(canvas: Canvas) -> None:
    class Own(pdfdoc.PDFObject):
        def format(self, document: object) -> bytes:
            return b"<</Own true>>"

    assert pdfdoc.format(Own(), canvas._doc, toplevel=1) == b"<</Own true>>", changed("asks objects otherwise")


def test_fonts_are_in_one_dictionary_for_all_pages(canvas: Canvas) -> None:
    canvas._doc.idToObject["BasicFonts"]["F9"] = "9 0 R"
    canvas.showPage()
    page = canvas._doc.Pages.pages[0]
    written = pdfdoc.format(page, canvas._doc, toplevel=1)
    fonts = canvas._doc.Reference(canvas._doc.idToObject["BasicFonts"]).format(canvas._doc)
    assert b"/Font " + fonts in written, changed("gives pages their fonts otherwise")
    assert b"/F9 9 0 R" in pdfdoc.format(canvas._doc.idToObject["BasicFonts"], canvas._doc, toplevel=1)


def test_a_page_is_its_preamble_and_the_code_gathered(canvas: Canvas) -> None:
    assert "BT" in canvas._preamble, changed("has another preamble")
    canvas._preamble = ""
    canvas._code += ["1 w"]
    canvas.showPage()
    assert canvas._doc.Pages.pages[0].stream.split() == ["1", "w"], changed("puts more on a page than was drawn")
    assert canvas._code == [], changed("keeps a page's code for the next")


def test_drawing_an_image_leaves_operators(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    before = len(canvas._code)
    canvas.drawImage(ImageReader(Image.new("RGB", (2, 2))), 10, 20, 30, 40, mask="auto")
    drawn = " ".join(canvas._code[before:])
    assert re.fullmatch(r"q 30 0 0 40 10 20 cm /FormXob\.\w+ Do Q\s*", drawn), changed("draws images otherwise")


def test_pages_and_catalogue_write_the_attributes_that_they_list(canvas: Canvas) -> None:
    canvas.showPage()
    for target in (canvas._doc.Pages.pages[0], canvas._doc.Catalog):
        target.__NoDefault__ = [*target.__NoDefault__, "Own"]
        target.Own = "12 0 R"
        assert b"/Own 12 0 R" in pdfdoc.format(target, canvas._doc, toplevel=1), changed("lists entries otherwise")


def test_an_outline_is_made_ready_by_hand(canvas: Canvas) -> None:
    canvas.bookmarkPage("a", fit="XYZ", left=0, top=100)
    canvas.addOutlineEntry("A", "a", 0)
    canvas.showPage()
    canvas._doc.Outlines.prepare(canvas._doc, canvas)
    assert canvas._doc.Outlines.ready > 0, changed("prepares outlines otherwise")
    empty = Canvas(BytesIO())
    empty._doc.Outlines.prepare(empty._doc, empty)
    assert empty._doc.Outlines.ready < 0, changed("says otherwise that there is no outline")


def test_a_stream_ends_without_a_line_end(canvas: Canvas) -> None:
    stream = pdfdoc.PDFStream(content=b"x").format(canvas._doc)
    assert stream.endswith(b"\nstream\nxendstream\n"), changed("ends streams otherwise, perhaps rightly now")


# ---- the file ----------------------------------------------------------------------------------------------


def made(objects: list[bytes]) -> bytes:
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", *objects], root=1, info=2)


def test_objects_come_back_from_where_they_were_put_together() -> None:
    pdf = made([b"<</Number %d>>" % n for n in range(1000)])
    with opened(pdf) as document:
        assert [int(document.get_object(n + 3, 0).Number) for n in range(1000)] == list(range(1000))
    assert len(pdf) < 12_000


@pytest.mark.parametrize("contents", [b"", b"x", b"x\n", b"x\r", b"\r\n", b"endstream"])
def test_a_stream_comes_back_byte_for_byte(contents: bytes) -> None:
    file = PdfFile()
    stream = file.add_stream(contents, "/Own true", compressed=False)
    squeezed = file.add_stream(contents)
    file.end_page(["1 w"], 100, 100)
    with opened(file.written(info=file.add("<<>>"))) as document:
        assert document.get_object(stream, 0).read_raw_bytes() == contents
        assert document.get_object(stream, 0).Own is True
        assert document.get_object(squeezed, 0).read_bytes() == contents
        assert zlib.decompress(document.get_object(squeezed, 0).read_raw_bytes()) == contents


def test_an_object_can_come_after_its_number() -> None:
    file = PdfFile()
    later = file.reserve()
    file.add(f"[{later} 0 R]")
    file.put(later, "(here)")
    file.end_page([], 100, 100)
    with opened(file.written(info=file.add("<<>>"))) as document:
        assert str(document.get_object(later, 0)) == "here"


@pytest.mark.parametrize("text", ["plain", "(a) \\ b", "Việt Nam – 한국 🙂", "line\nend", ""])
def test_a_text_comes_back(text: str) -> None:
    assert str(pikepdf.Object.parse(text_string(text).encode())) == text


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (-0.0001, "-0"), (12.5, "12.5"), (1e-9, "0"), (100, "100")])
def test_numbers_have_no_exponent(value: float, written: str) -> None:
    assert number(value) == written
