"""House style from a Word file: what a theme takes over, what it may say otherwise, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor

from briefgen import fonts as fonts_module
from briefgen.errors import Location, Problem
from briefgen.fonts import Fonts, line_height
from briefgen.layout.letterhead import letterhead_reach
from briefgen.reference import HouseStyle, ReferencePackage, open_reference
from briefgen.reference.page import read_page
from briefgen.reference.styles import Stylebook, WordStyle
from briefgen.theme import RULE_DEPTH, FontSource, StyleName, TextStyle, Theme
from briefgen.themes import contrast, load_theme
from tests import house
from tests.program import Program

THEMES = Path(__file__).resolve().parents[2] / "templates/themes"
HERE = Location(Path("house.yaml"), 3, 12)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def loaded(folder: Path, contents: bytes, says: str = "", name: str = "house.docx") -> Theme:
    problems: list[Problem] = []
    theme = load_theme(house.theme(folder, contents, name, says), problems, [THEMES])
    assert problems == []
    assert theme is not None
    return theme


def refused(folder: Path, contents: bytes, says: str = "") -> list[Problem]:
    problems: list[Problem] = []
    assert load_theme(house.theme(folder, contents, says=says), problems, [THEMES]) is None
    return problems


def standard(theme: Theme) -> Mapping[StyleName, TextStyle]:
    return theme.densities[theme.standard].styles


def opened(folder: Path, contents: bytes) -> ReferencePackage:
    (folder / "house.docx").write_bytes(contents)
    return open_reference(folder / "house.docx", HERE, folder)


def style_of(folder: Path, styles: str, name: str, theme: str = "") -> WordStyle:
    """A style of a file with these styles, where every font is 1.2 ems high."""
    xml = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode()
    changes: dict[str, house.Change] = {"word/styles.xml": xml}
    if theme:
        changes["word/theme/theme1.xml"] = theme.encode()
    found = Stylebook(opened(folder, house.altered(house.saved(house.ministry()), changes)), lambda _: 1.2)
    style = found.paragraph(name)
    assert style is not None
    return style


# ---- styles ----------------------------------------------------------------------------------------------


def style(identity: str, name: str, inside: str = "", base: str = "", default: bool = False) -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{identity}"><w:name w:val="{name}"/>{based}{inside}</w:style>'
    )


def run(inside: str) -> str:
    return f"<w:rPr>{inside}</w:rPr>"


def form(inside: str) -> str:
    return f"<w:pPr>{inside}</w:pPr>"


def test_a_style_has_what_it_says_then_what_it_is_based_on_then_the_defaults(tmp_path: Path) -> None:
    type_ = run('<w:rFonts w:ascii="Arial"/><w:sz w:val="21"/>')
    space = form('<w:spacing w:after="160" w:line="259" w:lineRule="auto"/>')
    defaults = (
        f"<w:docDefaults><w:rPrDefault>{type_}</w:rPrDefault><w:pPrDefault>{space}</w:pPrDefault></w:docDefaults>"
    )
    styles = (
        defaults
        + style("Standard", "Normal", run('<w:color w:val="112233"/>'), default=True)
        + style("berschrift1", "heading 1", form('<w:spacing w:before="240" w:after="0"/>') + run("<w:b/>"), "Standard")
        + style("Kapitel", "Chapter", run('<w:b w:val="0"/><w:i/><w:sz w:val="40"/>'), "berschrift1")
    )
    found = style_of(tmp_path, styles, "Chapter")
    assert (found.font, found.size, found.bold, found.italic, found.colour) == ("Arial", 20, False, True, "#112233")
    assert (found.before, found.after) == (12, 0)
    assert found.leading == round(20 * 1.2 * 259 / 240 * 20) / 20
    assert style_of(tmp_path, styles, "Heading 1").id == "berschrift1"  # names are the same in every language


@pytest.mark.parametrize(
    ("spacing", "leading", "exact"),
    [
        ('w:line="280" w:lineRule="exact"', 14, True),
        ('w:line="280" w:lineRule="atLeast"', 14, False),
        ('w:line="200" w:lineRule="atLeast"', 12, False),
        ('w:line="276"', 13.8, False),
        ("", 12, False),
    ],
)
def test_line_distances_are_points_however_they_are_said(
    tmp_path: Path, spacing: str, leading: float, exact: bool
) -> None:
    found = style_of(tmp_path, style("a", "Normal", form(f"<w:spacing {spacing}/>"), default=True), "Normal")
    assert (found.leading, found.exact) == (leading, exact)


def test_theme_fonts_and_colours_are_resolved_tinted_and_shaded(tmp_path: Path) -> None:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    theme = (
        f'<a:theme xmlns:a="{a}"><a:themeElements>'
        '<a:clrScheme name="x"><a:dk1><a:sysClr val="windowText" lastClr="101010"/></a:dk1>'
        '<a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme>'
        '<a:fontScheme name="x"><a:majorFont><a:latin typeface="Georgia"/></a:majorFont>'
        '<a:minorFont><a:latin typeface="Verdana"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )

    def coloured(attributes: str, font: str = "majorHAnsi") -> WordStyle:
        inside = run(f'<w:rFonts w:asciiTheme="{font}" w:ascii="Ignored"/><w:color w:val="000000" {attributes}/>')
        return style_of(tmp_path, style("a", "Normal", inside, default=True), "Normal", theme)

    assert coloured('w:themeColor="accent1"').colour == "#4472C4"
    assert coloured('w:themeColor="accent1" w:themeShade="BF"').colour == "#2F5496"  # as Word writes beside it
    tinted = coloured('w:themeColor="accent1" w:themeTint="99"').colour
    word = "#8EAADB"  # which rounds on the way
    assert all(abs(int(tinted[i : i + 2], 16) - int(word[i : i + 2], 16)) <= 1 for i in (1, 3, 5))
    assert coloured('w:themeColor="text1"').colour == "#101010"
    assert coloured("").font == "Georgia"
    assert coloured("", "minorHAnsi").font == "Verdana"


def test_styles_that_are_based_on_each_other_come_to_an_end(tmp_path: Path) -> None:
    styles = style("a", "Normal", run("<w:b/>"), "b", default=True) + style("b", "Body Text", run("<w:i/>"), "a")
    assert style_of(tmp_path, styles, "Normal").italic


def test_numbers_that_are_none_are_as_if_they_were_not_said(tmp_path: Path) -> None:
    inside = form('<w:spacing w:before="much" w:after="99999999999"/>') + run('<w:sz w:val=""/>')
    found = style_of(tmp_path, style("a", "Normal", inside, default=True), "Normal")
    assert (found.before, found.after, found.size) == (0, 0, 10)


def test_lengths_may_have_units(tmp_path: Path) -> None:
    inside = form('<w:spacing w:before="1in" w:after="6pt"/>')
    found = style_of(tmp_path, style("a", "Normal", inside, default=True), "Normal")
    assert (found.before, found.after) == (72, 6)


# ---- the theme -------------------------------------------------------------------------------------------


def test_a_theme_takes_page_type_colours_and_white_space(tmp_path: Path) -> None:
    theme = loaded(tmp_path, house.saved(house.ministry()))
    page, styles, space = theme.page, standard(theme), theme.densities[theme.standard].spacing
    assert (page.size, page.left, page.right) == ("A4", 62.4, 62.4)
    assert page.top + RULE_DEPTH >= 70.9
    body, title, heading = styles[StyleName.BODY], styles[StyleName.TITLE], styles[StyleName.HEADING]
    sans = line_height(theme.fonts[body.font])
    assert (theme.fonts[body.font].family, body.size) == (house.SANS, 10)
    assert body.leading == pytest.approx(10 * sans * 1.1, abs=0.05)
    assert (theme.fonts[title.font].family, title.size, title.weight) == (house.SERIF, 22, 400)
    assert (heading.size, heading.weight, heading.colour) == (11.5, 700, "#7A1E2C")
    assert theme.colours.accent == "#7A1E2C"
    assert space.paragraph == 6  # Body Text's
    assert space.section == 9 + 6  # above a heading, below a paragraph: Word adds them
    assert space.item == 0  # contextual spacing


def test_a_theme_s_own_words_win(tmp_path: Path) -> None:
    says = (
        'page: {left: 80}\ncolours: {accent: "#0B4F6C"}\nspacing: {item: 4}\n'
        "styles:\n  title: {size: 20, leading: 25}\n  body: {leading: 15}\n"
    )
    theme = loaded(tmp_path, house.saved(house.ministry()), says)
    styles = standard(theme)
    assert (theme.page.left, theme.page.right) == (80, 62.4)
    assert theme.colours.accent == "#0B4F6C"
    assert (styles[StyleName.TITLE].size, styles[StyleName.TITLE].leading) == (20, 25)
    assert (styles[StyleName.BODY].size, styles[StyleName.BODY].leading) == (10, 15)
    assert theme.densities[theme.standard].spacing.item == 4


def test_a_theme_may_extend_one_with_a_reference(tmp_path: Path) -> None:
    house.theme(tmp_path, house.saved(house.ministry()))
    path = tmp_path / "branch.yaml"
    path.write_text("extends: house\nstyles: {title: {size: 18, leading: 22}}\n", encoding="utf-8")
    problems: list[Problem] = []
    theme = load_theme(path, problems, [THEMES])
    assert theme is not None, problems
    assert theme.reference is not None
    assert standard(theme)[StyleName.TITLE].size == 18
    assert standard(theme)[StyleName.HEADING].size == 11.5


def test_no_step_is_wider_than_the_house_style_and_all_are_readable(tmp_path: Path) -> None:
    theme = loaded(tmp_path, house.saved(house.ministry(9.5)))
    assert theme.standard == 0
    assert theme.densities[-1].name == "tight"
    designed = theme.densities[0]
    for before, after in zip(theme.densities, theme.densities[1:], strict=False):
        for name in StyleName:
            assert after.styles[name].size <= before.styles[name].size
            assert after.styles[name].font == designed.styles[name].font
            assert after.styles[name].colour == designed.styles[name].colour
    assert theme.densities[-1].styles[StyleName.BODY].size >= 9


def test_large_text_gets_smaller_by_half_points_and_takes_the_bottom_line_along(tmp_path: Path) -> None:
    theme = loaded(tmp_path, house.saved(house.ministry(13)))
    sizes = [density.styles[StyleName.BODY].size for density in theme.densities]
    assert sorted(set(sizes), reverse=True) == [13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9]
    for density in theme.densities:
        body, lead = density.styles[StyleName.BODY], density.styles[StyleName.LEAD]
        assert lead.size >= body.size
        assert body.leading >= body.size
        assert density.styles[StyleName.LIST].size == body.size
    small = [[density.styles[name] for density in theme.densities] for name in (StyleName.TABLE, StyleName.NOTE)]
    assert [(steps[0].size, steps[-1].size) for steps in small] == [(10.5, 9), (9, 8)]


def test_a_house_s_own_small_text_gets_smaller_with_the_text_and_keeps_its_lines_apart(tmp_path: Path) -> None:
    made = house.ministry(11)
    for name, size in (("Table Text", 11), ("Address", 12)):
        house.font(made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), house.SANS, size)
    theme = loaded(tmp_path, house.saved(made))
    tables = [density.styles[StyleName.TABLE] for density in theme.densities]
    assert [tables[0].size, tables[-1].size] == [11, 9]
    assert all(style.leading >= 1.15 * style.size for style in tables)
    assert standard(theme)[StyleName.ADDRESS].size == 12


def test_us_letter_is_known_and_other_sizes_are_themselves(tmp_path: Path) -> None:
    assert loaded(tmp_path, house.saved(house.chamber("Letter"))).page.size == "Letter"
    made = house.ministry()
    made.sections[0].page_width, made.sections[0].page_height = Pt(500), Pt(700)
    page = loaded(tmp_path, house.saved(made)).page
    assert (page.size, page.width, page.height) == ("500 × 700", 500, 700)


def test_the_reference_is_among_a_theme_s_files(tmp_path: Path) -> None:
    assert tmp_path / "house.docx" in loaded(tmp_path, house.saved(house.ministry())).files


def test_a_template_is_as_good_as_a_document(tmp_path: Path) -> None:
    document = loaded(tmp_path, house.saved(house.ministry()))
    template = loaded(tmp_path, house.template(house.saved(house.ministry())), name="house.dotx")
    assert template.densities == document.densities
    assert template.page == document.page


# ---- headers ---------------------------------------------------------------------------------------------


def test_a_deep_letterhead_pushes_the_text_of_the_first_page_down(tmp_path: Path) -> None:
    theme = loaded(tmp_path, house.saved(house.chamber()))
    assert theme.letterhead is not None
    assert theme.reference is not None
    assert theme.letterhead.logo is not None
    assert theme.letterhead.name == "Chamber of Commerce"
    assert theme.letterhead.lines == ("12 Harbour Square", "chamber@example.org")
    assert theme.letterhead.logo.height == 40
    assert theme.letterhead.logo.contents == house.logo("#17573A")
    # three lines beside a logo of 40 points, an empty line, and the marking
    assert 25 < theme.reference.drop < 60
    assert letterhead_reach(theme, theme.page.top + RULE_DEPTH) == theme.reference.drop


def test_what_a_table_of_a_letterhead_has_at_the_right_stays_there(tmp_path: Path) -> None:
    made = house.chamber()
    sender, motto = made.sections[0].first_page_header.tables[0].rows[0].cells
    sender.add_paragraph("Ministry of External Trade")
    motto.text = "Socialist Republic\nIndependence – Freedom"
    head = loaded(tmp_path, house.saved(made)).letterhead
    assert head is not None
    assert (head.name, head.lines) == ("Ministry of External Trade", ())
    assert head.beside == ("Socialist Republic", "Independence – Freedom")


def test_a_header_that_keeps_to_its_margin_moves_nothing(tmp_path: Path) -> None:
    made = house.ministry()
    made.sections[0].top_margin = Pt(120)
    theme = loaded(tmp_path, house.saved(made))
    assert theme.page.top == 120 - RULE_DEPTH
    assert theme.letterhead is None
    assert theme.reference is not None
    assert theme.reference.drop == 0


def test_a_place_for_the_marking_saves_its_line(tmp_path: Path) -> None:
    made = house.ministry()
    made.sections[0].top_margin = Pt(45)
    plain = loaded(tmp_path, house.saved(made))
    made.sections[0].header.paragraphs[0].text = "Ministry\t\t{marking}"
    assert loaded(tmp_path, house.saved(made)).page.top < plain.page.top


def test_the_more_a_header_holds_the_lower_text_begins(tmp_path: Path) -> None:
    def top(lines: int) -> float:
        made = house.ministry()
        for number in range(lines):
            made.sections[0].header.add_paragraph(f"Line {number}")
        package = opened(tmp_path, house.saved(made))
        book = Stylebook(package, lambda _: 1.2)
        return HouseStyle(package, lambda _: 1.2).page.headers["default"].depth or read_page(package, book).top

    assert top(0) < top(2) < top(5)


def test_a_header_that_leaves_no_page_is_a_problem(tmp_path: Path) -> None:
    made = house.ministry()
    for _ in range(60):
        made.sections[0].header.add_paragraph("Line")
    (problem,) = refused(tmp_path, house.saved(made))
    assert problem.code == "wrong-value"
    assert problem.location.line == 3


# ---- what is refused -------------------------------------------------------------------------------------


def test_type_below_the_floor_is_a_problem_that_names_the_style(tmp_path: Path) -> None:
    problems = refused(tmp_path, house.saved(house.ministry(8.5)))
    below = [problem for problem in problems if problem.code == "below-floor"]
    assert any("`body` is 8.5 points" in problem.message for problem in below)
    assert any("“Body Text” of house.docx" in hint for problem in below for hint in problem.hints)
    assert {problem.location.line for problem in problems} == {3}


def test_a_pale_heading_is_a_problem_that_a_theme_can_mend(tmp_path: Path) -> None:
    made = house.ministry()
    made.styles["Heading 2"].font.color.rgb = RGBColor(0x4F, 0x81, 0xBD)  # python-docx's own, 4.1 on white
    problems = refused(tmp_path, house.saved(made))
    assert {problem.code for problem in problems} == {"low-contrast"}
    assert any("“heading 2” of house.docx" in hint for hint in problems[0].hints)
    says = 'styles:\n  heading: {colour: accent}\n  heading-2: {colour: "#1F4E79"}\n'
    assert standard(loaded(tmp_path, house.saved(made), says))[StyleName.HEADING].colour == "#7A1E2C"


def test_all_pale_styles_are_reported_at_once_each_with_a_colour_that_can_be_read(tmp_path: Path) -> None:
    made = house.ministry()
    for name in ("Heading 2", "Caption", "Subtitle"):
        made.styles[name].font.color.rgb = RGBColor(0x4F, 0x81, 0xBD)
    problems = [problem for problem in refused(tmp_path, house.saved(made)) if problem.code == "low-contrast"]
    named = {problem.hints[0].partition("”")[0].rpartition("“")[2] for problem in problems}
    assert named == {"heading 2", "caption", "Subtitle"}
    remedies = [problem.hints[1].partition("such as styles: ")[2].strip("{}") for problem in problems]
    says = "styles:\n" + "".join(f"  {remedy}}}\n" for remedy in remedies)
    assert contrast(standard(loaded(tmp_path, house.saved(made), says))[StyleName.CAPTION].colour) >= 4.5


def test_a_font_that_is_not_to_be_had_is_named_and_can_be_mapped(tmp_path: Path) -> None:
    made = house.ministry()
    house.font(made.styles["Heading 2"], "Brand Sans", 12, "#7A1E2C", bold=True)
    (problem,) = refused(tmp_path, house.saved(made))
    assert problem.code == "font-not-found"
    assert "'Brand Sans' of house.docx" in problem.message
    assert "heading 2" in problem.message
    says = problem.hints[1].partition("stands for it: ")[2]
    assert says.startswith('fonts: {"Brand Sans": {family:')
    theme = loaded(tmp_path, house.saved(made), says)
    assert theme.fonts[standard(theme)[StyleName.HEADING].font].family == "Source Serif Pro"


def test_of_a_font_of_office_its_free_twins_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts_module, "_installed", lambda: ())
    made = house.ministry()
    house.font(made.styles["Normal"], "Times New Roman", 12)
    (problem,) = refused(tmp_path, house.saved(made))
    assert "Liberation Serif or Tinos" in problem.hints[0]


def test_a_font_of_office_is_measured_by_its_twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = fonts_module._packaged("font-source-sans-pro")
    monkeypatch.setattr(fonts_module, "_installed", lambda: twins)
    monkeypatch.setattr(fonts_module, "SAME_WIDTHS", {"calibri": ("source sans pro",)})
    made = house.ministry()
    house.font(made.styles["Normal"], "Calibri", 10)
    theme = loaded(tmp_path, house.saved(made))
    body = standard(theme)[StyleName.BODY]
    assert theme.fonts[body.font].family == "Calibri"
    face = Fonts(theme).face(body)
    assert (face.family, face.stands_in) == ("Calibri", True)
    assert not Fonts(theme).face(standard(theme)[StyleName.TITLE]).stands_in


def test_every_line_height_is_as_the_font_has_it() -> None:
    # hhea 984, 273, 0 and Windows' 984, 273 of 1000 (Source Sans Pro 2.045)
    assert line_height(FontSource(house.SANS, package="font-source-sans-pro")) == pytest.approx(1.257)


def test_a_broken_reference_is_a_problem_of_its_theme(desk: Path, briefgen: Program) -> None:
    house.theme(desk / "templates/themes", b"Dear colleague")
    assert "house" in next(line for line in briefgen("list").out.splitlines() if "broken" in line)
    for command in (("check",), ("investor", "--pdf", "--theme", "house")):
        result = briefgen(*command)
        assert result.status == 1
        said = (result.out + result.err).replace("\\", "/")
        assert "templates/themes/house.yaml:3:12: error[reference-not-readable]" in said


def test_a_page_that_is_set_smaller_than_the_house_style_says_so(desk: Path, briefgen: Program) -> None:
    house.theme(desk / "templates/themes", house.saved(house.ministry(12)))
    said = briefgen("investor", "--pdf", "--theme", "house").out
    assert "to keep its pages, text is set in 9.5 points, where house.docx has 12" in said
    assert "to keep its pages" not in briefgen("dossier", "--pdf", "--theme", "house").out
    assert "to keep its pages" not in briefgen("investor", "--pdf").out
