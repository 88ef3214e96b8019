"""Theme files: what they may say, what they inherit, and what is refused with its place."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from briefgen.errors import Problem
from briefgen.theme import (
    MARKING_COLOURS,
    Colours,
    FontSource,
    Letterhead,
    PageSetup,
    Rules,
    Spacing,
    StyleName,
    TextStyle,
    Theme,
)
from briefgen.themes import contrast, load_theme, smallest

THEMES = Path(__file__).resolve().parents[2] / "templates/themes"


def load(path: Path) -> Theme:
    problems: list[Problem] = []
    theme = load_theme(path, problems, [THEMES])
    assert problems == []
    assert theme is not None
    return theme


def extending(folder: Path, changes: str) -> Path:
    path = folder / "house.yaml"
    path.write_text("extends: default\n" + changes, encoding="utf-8")
    return path


def problem_in(folder: Path, changes: str) -> Problem:
    problems: list[Problem] = []
    assert load_theme(extending(folder, changes), problems, [THEMES]) is None
    (problem,) = problems
    return problem


READ = frozenset({StyleName.BODY, StyleName.LIST, StyleName.TABLE, StyleName.LEAD, StyleName.LABEL, StyleName.ADDRESS})
"""What is read at length: its floor is said here once more, apart from the loader."""


# ---- the themes that come along --------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(path.stem for path in THEMES.glob("*.yaml")))
def test_the_themes_that_come_along_are_whole(name: str) -> None:
    theme = load(THEMES / f"{name}.yaml")
    assert theme.name == name
    assert theme.description
    assert [density.name for density in theme.densities][theme.standard] == "standard"
    for density in theme.densities:
        assert set(density.styles) == set(StyleName)
        for style, text in density.styles.items():
            assert text.size >= smallest(style)
            assert text.size >= (9 if style in READ else 8)
            assert style is StyleName.MARKING or contrast(text.colour) >= 4.5
        for colour in (theme.colours.ink, theme.colours.muted, theme.colours.accent):
            assert contrast(colour) >= 4.5  # strong and quiet words and links, wherever they stand
        if theme.letterhead and theme.letterhead.ground:
            for style in (StyleName.LETTERHEAD, StyleName.HEADER, StyleName.FOOTER):
                assert contrast(density.styles[style].colour, theme.letterhead.ground) >= 4.5
    for label, colour in MARKING_COLOURS.items():
        assert contrast(colour, "#000000") >= 4.5, label


def test_the_default_theme_is_as_designed() -> None:
    theme = load(THEMES / "default.yaml")
    assert (round(theme.page.measure, 1), round(theme.page.depth)) == (487.3, 728)
    styles = theme.densities[theme.standard].styles
    assert (styles[StyleName.BODY].size, styles[StyleName.BODY].leading) == (9.5, 13)
    title = styles[StyleName.TITLE]
    assert (title.size, title.leading, title.weight, title.colour) == (22, 26, 600, "#0B4F6C")


def test_densities_run_from_comfortable_to_compact_each_keeping_the_changes_before_it() -> None:
    densities = {density.name: density for density in load(THEMES / "default.yaml").densities}
    assert densities["comfortable"].styles[StyleName.BODY].size == 10
    assert densities["comfortable"].spacing.section == 19.5
    assert densities["standard"].spacing.section == 16.25
    compact = densities["compact"]
    assert compact.styles[StyleName.BODY].size == 9  # its own
    assert compact.styles[StyleName.TABLE].leading == 10.4  # step 4's
    assert compact.styles[StyleName.TITLE].size == 19  # step 2's
    assert compact.spacing.section == 9.75  # step 1's
    assert compact.styles[StyleName.NOTE] == densities["standard"].styles[StyleName.NOTE]


# ---- extending -------------------------------------------------------------------------------------------


def test_a_theme_says_only_what_it_changes(tmp_path: Path) -> None:
    changes = 'page: {size: Letter}\ncolours: {accent: "#7a1e2c"}\nstyles: {title: {size: 21}}\n'
    theme = load(extending(tmp_path, changes))
    styles = theme.densities[theme.standard].styles
    assert (theme.name, theme.page.size, theme.page.width, theme.page.left) == ("house", "Letter", 612, 54)
    assert (styles[StyleName.TITLE].size, styles[StyleName.TITLE].leading) == (21, 26)
    assert styles[StyleName.HEADING].colour == "#7A1E2C"  # it asks for the accent, whatever that is
    assert theme.rules.top_colour == "#7A1E2C"


def test_a_page_may_have_any_size(tmp_path: Path) -> None:
    page = load(extending(tmp_path, "page: {width: 400, height: 600}\n")).page
    assert (page.size, page.width, page.height) == ("400 × 600", 400, 600)


def test_a_theme_may_change_and_add_densities(tmp_path: Path) -> None:
    changes = "densities:\n  closer: {spacing: {section: 11}}\n  last: {spacing: {item: 1}}\n"
    densities = {density.name: density for density in load(extending(tmp_path, changes)).densities}
    assert densities["closer"].spacing.section == densities["last"].spacing.section == 11
    assert densities["closer"].spacing.item == 2
    assert (list(densities)[-1], densities["last"].spacing.item) == ("last", 1)
    assert densities["last"].styles[StyleName.BODY].size == 9


def test_a_workspace_may_extend_a_theme_under_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "default.yaml"
    path.write_text("extends: default\ndescription: Ours\n", encoding="utf-8")
    assert load(path).description == "Ours"


def test_fonts_by_file_are_found_beside_the_theme(tmp_path: Path) -> None:
    changes = 'fonts: {sans: {family: House Sans, files: {"400": fonts/House.ttf}}}\n'
    source = load(extending(tmp_path, changes)).fonts["sans"]
    assert source.files == {"400": str(tmp_path / "fonts/House.ttf")}
    assert source.package is None


def test_a_theme_that_extends_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extends: b\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("extends: a\n", encoding="utf-8")
    problems: list[Problem] = []
    assert load_theme(tmp_path / "a.yaml", problems) is None
    assert [problem.code for problem in problems] == ["circular-theme"]


# ---- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "said", "line", "column"),
    [
        ("stiles: {}\n", "unknown-key", "stiles", 2, 1),
        ("styles: {titel: {size: 20}}\n", "unknown-key", "titel", 2, 10),
        ("styles: {title: {sise: 20}}\n", "unknown-key", "sise", 2, 18),
        ("styles:\n  body: {size: 8.5}\n", "below-floor", "at least 9", 3, 16),
        ("styles:\n  note: {size: 7.5}\n", "below-floor", "at least 8", 3, 16),
        ("styles:\n  marking: {size: 11}\n", "below-floor", "at least 12", 3, 19),
        ("styles:\n  body: {leading: 9}\n", "below-floor", "lines of 9 points", 3, 19),
        ("styles:\n  body: {size: 9.7}\n", "wrong-value", "half points", 3, 16),
        ("styles:\n  body: {leading: 13.03}\n", "wrong-value", "write 13.05", 3, 19),
        ("styles:\n  body: {size: nan}\n", "wrong-value", "not a number of points", 3, 16),
        ("styles:\n  body: {size: -9}\n", "wrong-value", "not a number of points", 3, 16),
        ("styles:\n  body: {weight: 1000}\n", "wrong-value", "1000", 3, 18),
        ("styles:\n  body: {colour: grey}\n", "wrong-colour", "grey", 3, 18),
        ('styles:\n  body: {colour: "#AAA"}\n', "wrong-colour", "#AAA", 3, 18),
        ('styles:\n  body: {colour: "#AAAAAA"}\n', "low-contrast", "2.3", 3, 18),
        ("styles:\n  body: {font: mono}\n", "unknown-font", "mono", 3, 16),
        ("styles: [title]\n", "wrong-type", "styles", 2, 9),
        ("page: {size: A3}\n", "wrong-value", "A4, Letter", 2, 14),
        ("page: {top: 1700}\n", "wrong-value", "0 to 1584", 2, 13),
        ("page: {width: 400}\n", "missing-key", "belong together", 2, 7),
        ("page: {left: 10}\n", "below-floor", "margin `left`", 2, 14),
        ("page: {left: 250, right: 250}\n", "wrong-value", "margins leave", None, None),
        ("fonts: {sans: {package: x}}\n", "missing-key", "family", 2, 15),
        ("fonts: {sans: {family: X, files: {bold: x.ttf}}}\n", "wrong-value", "bold", 2, 34),
        ("fonts: {sans: {family: X, fallback: [greek]}}\n", "unknown-font", "greek", 2, 15),
        ("densities: {tight: {styles: {table: {size: 8}}}}\n", "below-floor", "density `tight`", 2, 44),
        ("spacing: {section: wide}\n", "wrong-value", "wide", 2, 20),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, changes: str, code: str, said: str, line: int | None, column: int | None
) -> None:
    problem = problem_in(tmp_path, changes)
    assert problem.code == code
    assert said in problem.message
    assert problem.location is not None
    if line is not None:
        assert problem.location.path.name == "house.yaml"
        assert (problem.location.line, problem.location.column) == (line, column)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    problems: list[Problem] = []
    path = extending(tmp_path, "styles:\n  body: {size: 8}\n  note: {size: 6}\npage: {top: 5}\n")
    assert load_theme(path, problems, [THEMES]) is None
    assert [problem.code for problem in problems] == ["below-floor"] * 3


def test_a_theme_by_itself_needs_every_style(tmp_path: Path) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text("description: bare\n", encoding="utf-8")
    problems: list[Problem] = []
    assert load_theme(path, problems) is None
    assert {problem.code for problem in problems} == {"missing-key", "missing-style"}
    assert len(problems) == 2 + len(StyleName)


@pytest.mark.parametrize(
    ("contents", "code"),
    [("", "empty-theme"), ("extends: nothing\n", "unknown-theme"), ("- a\n", "wrong-type"), ("a: [", "yaml-syntax")],
)
def test_a_file_that_is_no_theme(tmp_path: Path, contents: str, code: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(contents, encoding="utf-8")
    problems: list[Problem] = []
    assert load_theme(path, problems) is None
    assert [problem.code for problem in problems] == [code]


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#FFFFFF") == pytest.approx(1)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)
    assert contrast("#33FF00", "#000000") == pytest.approx(15.4, abs=0.1)


def test_the_guide_names_every_key() -> None:
    guide = (Path(__file__).parents[2] / "templates" / "README.md").read_text(encoding="utf-8")
    themes = guide.split("\n## Themes\n")[1].split("\n## ")[0]
    kinds = (PageSetup, Colours, Rules, Spacing, FontSource, Letterhead, TextStyle)
    names = {field.name for kind in kinds for field in fields(kind)} | {style.value for style in StyleName}
    assert {name for name in names - {"location"} if f"`{name}`" not in themes and f"`{name}`s" not in themes} == set()
