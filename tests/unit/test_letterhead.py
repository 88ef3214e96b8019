"""The letterhead: on the first page, in both formats; and themes on other paper and in other fonts."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Dictionary, Pdf
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from briefgen.document import Document, Heading
from briefgen.errors import Problem
from briefgen.fit import fit
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.furniture import RULE_DEPTH
from briefgen.layout.model import Layout, Line, Picture, Role
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests.loads import cited
from tests.logo import PLACE, draw
from tests.pages import brief, document, dossier, memo, meta, paragraph, words

THEMES = Path(__file__).parents[2] / "templates/themes"


def load(path: Path) -> Theme:
    problems: list[Problem] = []
    theme = load_theme(path, problems, [THEMES])
    assert problems == []
    assert theme
    return theme


@pytest.fixture(scope="module")
def chamber() -> Theme:
    return load(THEMES / "chamber.yaml")


def house(folder: Path, changes: str) -> Theme:
    path = folder / "house.yaml"
    path.write_text(changes, encoding="utf-8")
    return load(path)


def made(whole: Document, theme: Theme) -> Finished:
    fonts = Fonts(theme)
    fitted = fit(whole, theme, fonts, cited)
    return Finished(fitted.document, fitted.layout, theme, fonts, b"{}")


def words_on(layout: Layout, page: int) -> dict[str, float]:
    """Words of each line of a page → their baseline."""
    lines = [placed for placed in layout.pages[page].items if isinstance(placed, Line)]
    return {"".join(run.text for run in line.runs): line.y for line in lines}


def part(finished: Finished, name: str) -> str:
    with zipfile.ZipFile(BytesIO(write("docx", finished))) as package:
        return package.read(name).decode()


def fonts_in(pdf: bytes) -> str:
    """The names of all embedded fonts."""
    with Pdf.open(BytesIO(pdf)) as file:
        kept = [
            each for each in file.objects if isinstance(each, Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        return " ".join(str(each.FontName) for each in kept)


# ---- the first page --------------------------------------------------------------------------------------


def test_sender_and_logo_stand_on_the_first_page_alone(chamber: Theme) -> None:
    layout = made(document(*(paragraph("Word " * 500) for _ in range(2)), of=meta(pages=2)), chamber).layout
    first, second = words_on(layout, 0), words_on(layout, 1)
    assert first["Chamber of Commerce"] < chamber.page.header + 45.5
    assert "Chamber of Commerce" not in second
    assert [any(isinstance(placed, Picture) for placed in page.items) for page in layout.pages] == [True, False]


def test_text_begins_below_the_band_and_on_other_pages_where_it_always_does(chamber: Theme) -> None:
    whole = document(*(paragraph("Word " * 400) for _ in range(3)))
    layout = lay_out(whole, chamber, chamber.densities[chamber.standard], Fonts(chamber))
    head = chamber.letterhead
    assert head
    first, second, *_ = (
        min(line.top for line in page.items if isinstance(line, Line) and line.runs[0].text.startswith("Word"))
        for page in layout.pages
    )
    assert first == pytest.approx(chamber.page.header + head.depth + chamber.rules.top + head.gap)
    assert second == pytest.approx(chamber.page.top + RULE_DEPTH)


def test_the_letterhead_is_reckoned_with_when_a_page_is_filled(chamber: Theme, tmp_path: Path) -> None:
    bare = house(tmp_path, "extends: chamber\nletterhead: none\n")
    assert bare.letterhead is None
    fuller, emptier = made(brief(), chamber).layout, made(brief(), bare).layout
    assert len(fuller.pages) == len(emptier.pages) == 1
    assert fuller.pages[0].filled > emptier.pages[0].filled or fuller.density != emptier.density


def test_the_logo_is_a_figure_with_its_text_and_the_sender_is_read_first(chamber: Theme) -> None:
    layout = made(brief(), chamber).layout
    logo, name = layout.elements[1], layout.elements[2]
    assert (logo.role, logo.description) == (Role.FIGURE, "Logo of the Chamber of Commerce")
    assert logo.box
    assert logo.box[0] == 0
    assert logo.box[4] - logo.box[2] == pytest.approx(30)
    assert name.role is Role.PARAGRAPH


def test_a_cover_carries_it_too_and_stays_as_it_is(chamber: Theme, tmp_path: Path) -> None:
    bare = house(tmp_path, "extends: chamber\nletterhead: none\n")
    own, other = words_on(made(dossier(), chamber).layout, 0), words_on(made(dossier(), bare).layout, 0)
    assert "Chamber of Commerce" in own
    assert other.items() <= own.items() | {(words, own.get(words, 0)) for words in other if words.startswith("TLP")}


def test_a_long_title_is_cut_beside_the_sender(chamber: Theme) -> None:
    whole = replace(document(Heading(1, words("A headline"), "top")), meta=meta(title="Brief: " + "subject " * 30))
    lines = words_on(made(whole, chamber).layout, 0)
    (title,) = [line for line in lines if line.startswith("Brief")]
    assert title.endswith("…")


# ---- in Word ---------------------------------------------------------------------------------------------


def test_word_has_it_in_the_header_of_the_first_page(chamber: Theme) -> None:
    finished = made(memo(), chamber)
    first, other = part(finished, "word/header-first.xml"), part(finished, "word/header-default.xml")
    assert "Chamber of Commerce" in first
    assert 'descr="Logo of the Chamber of Commerce"' in first
    assert 'w:fill="EEF3EF"' in first
    assert "Chamber of Commerce" not in other
    assert "<w:titlePg/>" in part(finished, "word/document.xml")
    assert "PAGE" in part(finished, "word/footer-first.xml")
    with zipfile.ZipFile(BytesIO(write("docx", finished))) as package:
        assert package.read("word/media/logo.png") == PLACE.read_bytes()


def test_a_letterhead_without_a_logo_has_two_cells(tmp_path: Path) -> None:
    theme = house(tmp_path, "extends: default\nletterhead: {name: Port Authority, lines: [Quay 1, Harbour Town]}\n")
    finished = made(brief(), theme)
    assert part(finished, "word/header-first.xml").count("<w:tc>") == 2
    assert "Port Authority" in words_on(finished.layout, 0)


def test_lines_beside_the_sender_stand_above_the_marking_in_both_formats(tmp_path: Path) -> None:
    says = "letterhead: {name: Port Authority, beside: [Socialist Republic, Independence], depth: 80}"
    finished = made(brief(), house(tmp_path, f"extends: default\n{says}\n"))
    on_page = words_on(finished.layout, 0)
    assert on_page["Socialist Republic"] < on_page["Independence"] < on_page["TLP:CLEAR"]
    lines = [item for item in finished.layout.pages[0].items if isinstance(item, Line)]
    page = finished.theme.page
    for line in lines:
        if "".join(run.text for run in line.runs) in ("Socialist Republic", "Independence"):
            assert line.runs[-1].x + line.runs[-1].width == pytest.approx(page.left + page.measure)
    header = part(finished, "word/header-first.xml")
    assert header.index("Port Authority") < header.index("Socialist Republic") < header.index("TLP:CLEAR")


def test_header_and_footer_are_cut_in_word_as_in_the_pdf(chamber: Theme) -> None:
    whole = brief()
    whole = replace(whole, meta=replace(whole.meta, footer=words("This is all that there is to say. " * 8)))
    finished = made(whole, chamber)
    (footer,) = [line for line in words_on(finished.layout, 0) if line.startswith("Page")]
    assert footer.endswith("…")
    assert footer[-30:-1] in part(finished, "word/footer-first.xml")


# ---- the logo that comes along ---------------------------------------------------------------------------


def test_the_logo_is_what_its_script_draws() -> None:
    with Image.open(PLACE) as shipped:
        difference = ImageChops.difference(shipped.convert("RGB"), draw())
    assert max(high for _, high in difference.getextrema()) <= 8  # type: ignore[misc]


def test_the_logo_stands_on_the_bands_own_ground(chamber: Theme) -> None:
    assert chamber.letterhead
    with Image.open(PLACE) as shipped:
        assert "#{:02X}{:02X}{:02X}".format(*shipped.convert("RGB").getpixel((124, 20))) == chamber.letterhead.ground  # type: ignore[misc]


# ---- paper and fonts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["default", "ministry", "chamber"])
def test_any_theme_is_had_on_us_letter_by_one_line(base: str, tmp_path: Path) -> None:
    theme = house(tmp_path, f"extends: {base}\npage: {{size: Letter}}\n")
    finished = made(brief(), theme)
    pdf = PdfDocument(write("pdf", finished))
    assert len(pdf) == 1
    assert pdf[0].get_size() == (612, 792)
    assert 'w:w="12240" w:h="15840"' in part(finished, "word/document.xml")


def test_a_font_by_its_path_is_embedded_in_both_formats(tmp_path: Path) -> None:
    package = pytest.importorskip("pylopdf_fonts_ko")
    (font,) = sorted(Path(package.__path__[0]).rglob("NotoSansKR-Regular.otf"))
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/House.otf").write_bytes(font.read_bytes())
    theme = house(
        tmp_path,
        'extends: default\nfonts: {house: {family: House Sans, files: {"400": fonts/House.otf}, fallback: [sans]}}\n'
        "styles: {body: {font: house}}\n",
    )
    finished = made(document(Heading(1, words("A headline"), "top"), paragraph("Set in the house’s own.")), theme)
    assert "HouseSans" in fonts_in(write("pdf", finished))
    assert 'w:name="House Sans"' in part(finished, "word/fontTable.xml")
    assert "House Sans" in part(finished, "word/styles.xml")


def test_a_font_of_this_computer_is_found_by_its_family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = pytest.importorskip("pylopdf_fonts_ko")
    folder = Path(package.__path__[0])
    monkeypatch.setattr("briefgen.fonts._system_folders", lambda: [folder])
    from briefgen.fonts import _installed

    _installed.cache_clear()
    try:
        theme = house(
            tmp_path,
            "extends: default\nfonts: {own: {family: Noto Sans KR, fallback: [sans]}}\nstyles: {body: {font: own}}\n",
        )
        finished = made(document(Heading(1, words("A headline"), "top"), paragraph("한국과 베트남")), theme)
        assert "NotoSansKR" in fonts_in(write("pdf", finished))
    finally:
        _installed.cache_clear()
