"""Fonts: which face, how wide, who helps out, and what is embedded."""

from __future__ import annotations

import shutil
import struct
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefgen import fonts as fonts_module
from briefgen.errors import BriefgenError, Problem
from briefgen.fonts import Fonts
from briefgen.opentype import NotAFont, OpenType, read_names
from briefgen.theme import FontSource, TextStyle, Theme
from briefgen.themes import load_theme

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE_SANS = FontSource("Source Sans Pro", package="font-source-sans-pro")
VIETNAMESE = "Nghị quyết của Đảng: Ơ Ư ạ ế ữ – “đổi mới”"


def folder_of(package: str) -> Path:
    """Where an installed package of fonts lies; skips the test when it is not installed."""
    spec = find_spec(package.replace("-", "_"))
    if spec is None:
        pytest.skip(f"the package {package} is not installed")
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


def source_sans(name: str) -> Path:
    return folder_of("font-source-sans-pro") / "files" / f"SourceSansPro-{name}.ttf"


@pytest.fixture(scope="module")
def designed() -> Theme:
    theme = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert theme is not None
    return theme


def with_fonts(theme: Theme, **sources: FontSource) -> Fonts:
    return Fonts(replace(theme, fonts=sources))


def style(font: str = "sans", weight: int = 400, italic: bool = False) -> TextStyle:
    return TextStyle(font, 10, 13, weight, italic)


def only_problem(error: pytest.ExceptionInfo[BriefgenError]) -> Problem:
    (problem,) = error.value.problems
    return problem


# ---- choosing a face -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "italic", "file"),
    [
        (300, False, "Light"),
        (400, False, "Regular"),
        (500, False, "Regular"),  # CSS: from 400 to 500 first, then lighter
        (600, False, "Semibold"),
        (700, False, "Bold"),
        (800, False, "Black"),  # above 500 first heavier
        (100, False, "ExtraLight"),
        (400, True, "It"),
        (600, True, "SemiboldIt"),
    ],
)
def test_the_nearest_face_is_chosen_as_css_does(designed: Theme, weight: int, italic: bool, file: str) -> None:
    face = with_fonts(designed, sans=SOURCE_SANS).face(style(weight=weight, italic=italic))
    assert face.path.name == f"SourceSansPro-{file}.ttf"


def test_a_face_says_what_it_is(designed: Theme) -> None:
    face = Fonts(designed).face(style(weight=600, italic=True))
    assert (face.key, face.family, face.weight, face.italic) == ("SourceSansPro-600i", "Source Sans Pro", 600, True)
    assert (face.ascent, face.descent) == (0.984, 0.273)


def test_one_face_answers_to_every_style_that_leads_to_it(designed: Theme) -> None:
    fonts = Fonts(designed)
    assert fonts.face(style(weight=400)) is fonts.face(style(weight=450))
    assert fonts.by_key("SourceSansPro-400") is fonts.face(style())


def test_fonts_are_taken_from_files_with_the_weight_they_are_given(designed: Theme) -> None:
    files = {"400": str(source_sans("Light")), "400 italic": str(source_sans("It"))}
    fonts = with_fonts(designed, sans=FontSource("House Sans", files=files))
    assert fonts.face(style()).key == "HouseSans-400"
    assert fonts.face(style()).path.name == "SourceSansPro-Light.ttf"
    assert fonts.face(style(italic=True)).path.name == "SourceSansPro-It.ttf"
    assert fonts.face(style(weight=900)).weight == 400


def test_fonts_are_found_on_the_computer(designed: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    shutil.copy(source_sans("Regular"), tmp_path / "below/x.ttf")
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 and nothing more")
    (tmp_path / "empty.otf").touch()
    monkeypatch.setattr(fonts_module, "_system_folders", lambda: [tmp_path, tmp_path / "missing"])
    fonts_module._installed.cache_clear()
    try:
        assert with_fonts(designed, sans=FontSource("source sans PRO")).face(style()).path.name == "x.ttf"
        with pytest.raises(BriefgenError) as error:
            with_fonts(designed, sans=FontSource("Source Sanz Pro")).face(style())
        assert only_problem(error).code == "font-not-found"
        assert only_problem(error).hints == ("did you mean Source Sans Pro?",)
    finally:
        fonts_module._installed.cache_clear()


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        (FontSource("X", package="no-such-font-package"), "font-not-found", "pip install no-such-font-package"),
        (FontSource("X", package="font-source-sans-pro"), "font-not-found", "it holds Source Sans Pro"),
        (FontSource("X", files={"400": "/nowhere/x.ttf"}), "font-not-found", "there is no font file x.ttf"),
        (FontSource("X", files={"400": __file__}), "font-broken", "does not begin as an OpenType font does"),
    ],
)
def test_what_is_missing_or_broken_is_said(designed: Theme, source: FontSource, code: str, said: str) -> None:
    with pytest.raises(BriefgenError) as error:
        with_fonts(designed, sans=source).face(style())
    problem = only_problem(error)
    assert problem.code == code
    assert said in " ".join((problem.message, *problem.hints))


# ---- width and coverage ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Regular", "SemiboldIt"])
def test_the_reader_of_fonts_agrees_with_fonttools(name: str) -> None:
    ours, theirs = OpenType(source_sans(name).read_bytes()), TTFont(source_sans(name), lazy=True)
    order = theirs.getGlyphOrder()
    assert {code: order[glyph] for code, glyph in ours.characters.items()} == theirs.getBestCmap()
    assert list(ours.advances) == [theirs["hmtx"][glyph][0] for glyph in order]
    assert (ours.units, ours.glyph_count) == (theirs["head"].unitsPerEm, len(order))
    assert ours.cap_height == theirs["OS/2"].sCapHeight


def test_width_is_the_sum_of_advances(designed: Theme) -> None:
    fonts = Fonts(designed)
    face = fonts.face(style())
    theirs = TTFont(face.path, lazy=True)
    cmap = theirs.getBestCmap()
    assert fonts.width(VIETNAMESE, face, 9.5) == pytest.approx(
        sum(theirs["hmtx"][cmap[ord(c)]][0] for c in VIETNAMESE) * 9.5 / 1000
    )
    assert fonts.width("", face, 9.5) == 0


def test_text_that_one_face_covers_stays_whole(designed: Theme) -> None:
    fonts = Fonts(designed)
    assert fonts.split(VIETNAMESE, style()) == ((VIETNAMESE, fonts.face(style())),)
    assert fonts.split("", style()) == ()


def test_text_is_composed(designed: Theme) -> None:
    ((text, _),) = Fonts(designed).split("ti\u0065\u0302\u0301ng", style())
    assert text == "tiếng"


@pytest.mark.parametrize("space", "\u00a0\u202f\u2009\u3000\t")
def test_every_space_is_set(designed: Theme, space: str) -> None:
    fonts = Fonts(designed)
    ((text, face),) = fonts.split(f"a{space}b", style())
    assert text == f"a{space}b"
    assert fonts.width(space, face, 10) > 0


def test_the_hyphen_that_does_not_break_is_as_wide_as_a_hyphen(designed: Theme) -> None:
    fonts = Fonts(designed)
    ((_, face),) = fonts.split("sci\u2011tech", style())
    assert fonts.width("\u2011", face, 10) == fonts.width("-", face, 10)


@pytest.mark.parametrize("invisible", "\u200b\u200d\u2060\ufe0f\u00ad\ufeff")
def test_what_takes_no_room_is_kept(designed: Theme, invisible: str) -> None:
    fonts = Fonts(designed)
    ((text, face),) = fonts.split(f"a{invisible}b", style())
    assert text == f"a{invisible}b"
    assert fonts.width(text, face, 10) == fonts.width("ab", face, 10)


@pytest.mark.parametrize(
    ("text", "named"),
    [("so 😀", "😀 (U+1F600, GRINNING FACE)"), ("x ● y", "● (U+25CF, BLACK CIRCLE)"), ("\U00020000", "U+20000")],
)
def test_a_missing_glyph_is_an_error(designed: Theme, text: str, named: str) -> None:
    with pytest.raises(BriefgenError) as error:
        with_fonts(designed, sans=SOURCE_SANS).split(text, style())
    problem = only_problem(error)
    assert problem.code == "missing-glyph"
    assert named in problem.message
    assert "asked: Source Sans Pro" in problem.message
    assert problem.hints


def test_a_fallback_that_is_not_installed_is_named_when_it_is_needed(designed: Theme) -> None:
    korean = FontSource("Noto Sans KR", package="no-such-font-package")
    fonts = with_fonts(designed, sans=replace(SOURCE_SANS, fallback=("korean",)), korean=korean)
    assert fonts.split(VIETNAMESE, style())
    with pytest.raises(BriefgenError) as error:
        fonts.split("한국", style())
    problem = only_problem(error)
    assert problem.code == "font-not-found"
    assert problem.message == (
        "no font that is installed has Korean letters (한): the font package `no-such-font-package` is not installed"
    )
    assert problem.hints == ("for Korean: pip install 'briefgen[korean]'", "pip install no-such-font-package")


@pytest.mark.parametrize("weight", [300, 400, 600])
def test_the_fallback_helps_out_character_by_character_in_one_weight(designed: Theme, weight: int) -> None:
    folder_of("pylopdf-fonts-ko")
    runs = Fonts(designed).split("867억 달러, ok", style(weight=weight))
    assert [(text, face.key) for text, face in runs] == [
        ("867", "SourceSansPro-400"),
        ("억", "NotoSansKR-400"),
        (" ", "SourceSansPro-400"),
        ("달러", "NotoSansKR-400"),
        (", ok", "SourceSansPro-400"),
    ]


def test_a_mark_stays_with_its_letter(designed: Theme) -> None:
    folder_of("pylopdf-fonts-ko")
    runs = Fonts(designed).split("a한\ufe0fb", style())
    assert [text for text, _ in runs] == ["a", "한\ufe0f", "b"]


# ---- subsets ---------------------------------------------------------------------------------------------


def opened(subset: bytes) -> TTFont:
    font = TTFont(BytesIO(subset), checkChecksums=2)
    for tag in font.reader.tables:  # parses every table
        _ = font[tag]
    return font


def outline(font: TTFont, character: str) -> object:
    glyphs = font["glyf"]
    return glyphs[font.getBestCmap()[ord(character)]].getCoordinates(glyphs)[:2]


def test_a_subset_has_these_characters_and_no_others(designed: Theme) -> None:
    fonts = Fonts(designed)
    face = fonts.face(style())
    wanted = frozenset(VIETNAMESE) | {"\u00a0", "\u2011", "\u200d"}
    font, whole = opened(fonts.subset(face, wanted)), TTFont(face.path)
    cmap = font.getBestCmap()
    assert set(cmap) == {ord(c) for c in wanted}
    assert font["hmtx"][cmap[0x2011]][0] == fonts.width("-", face, 1000)
    assert font["hmtx"][cmap[0x200D]] == (0, 0)
    for character in VIETNAMESE:
        assert outline(font, character) == outline(whole, character)  # composed letters too
        assert font["hmtx"][cmap[ord(character)]] == whole["hmtx"][whole.getBestCmap()[ord(character)]]


def test_a_subset_is_small_and_without_hinting(designed: Theme) -> None:
    fonts = Fonts(designed)
    subset = fonts.subset(fonts.face(style()), frozenset("Investor brief 0123456789"))
    assert len(subset) < 5000
    assert not {"fpgm", "prep", "cvt ", "GPOS", "GSUB"} & set(opened(subset).reader.tables)


def test_a_subset_depends_on_nothing_but_its_characters(designed: Theme) -> None:
    first, second = Fonts(designed), Fonts(designed)
    first.split("other words first", style(weight=600))
    assert first.subset(first.face(style()), frozenset("abcđ")) == second.subset(
        second.face(style()), frozenset("đcba")
    )


def test_whole_blocks_let_people_type(designed: Theme) -> None:
    fonts = Fonts(designed)
    face = fonts.face(style())
    latin = set(opened(fonts.subset(face, frozenset("a"), whole_blocks=True)).getBestCmap())
    assert {ord(c) for c in "azAZ09éß“”–€ạảấầẩẫậ"} <= latin
    assert ord("ω") not in latin
    greek = set(opened(fonts.subset(face, frozenset("α"), whole_blocks=True)).getBestCmap())
    assert {ord(c) for c in "βγω"} <= greek


def test_cff_outlines_become_truetype(designed: Theme) -> None:
    folder_of("pylopdf-fonts-ko")
    fonts = Fonts(designed)
    ((_, face),) = fonts.split("한국", style())
    assert face.path.suffix == ".otf"
    subset = fonts.subset(face, frozenset("한국"))
    font = opened(subset)
    assert "CFF " not in font
    assert set(font.getBestCmap()) == {ord("한"), ord("국")}
    assert font["hmtx"][font.getBestCmap()[ord("한")]][0] == pytest.approx(
        fonts.width("한", face, 1) * font["head"].unitsPerEm
    )
    assert subset == fonts.subset(face, frozenset("국한"))


def test_a_variable_font_gives_an_instance_of_each_weight(designed: Theme) -> None:
    folder_of("fontpkg-noto-sans")
    fonts = with_fonts(designed, sans=FontSource("Noto Sans", package="fontpkg-noto-sans"))
    light, heavy = fonts.face(style(weight=300)), fonts.face(style(weight=600))
    assert (light.key, heavy.key) == ("NotoSans-300", "NotoSans-600")
    assert fonts.width("Investor", light, 10) < fonts.width("Investor", heavy, 10)
    font = opened(fonts.subset(heavy, frozenset("Ivế")))
    assert "fvar" not in font
    assert font["hmtx"][font.getBestCmap()[ord("v")]][0] == pytest.approx(
        fonts.width("v", heavy, 1) * font["head"].unitsPerEm, abs=1
    )


@pytest.mark.parametrize(
    ("bits", "allowed"), [(0x0000, True), (0x0002, False), (0x0004, True), (0x0008, True), (0x0100, False)]
)
def test_a_font_that_may_not_be_embedded_is_refused(designed: Theme, tmp_path: Path, bits: int, allowed: bool) -> None:
    contents = bytearray(source_sans("Regular").read_bytes())
    struct.pack_into(">H", contents, OpenType(bytes(contents)).tables["OS/2"][0] + 8, bits)
    (tmp_path / "x.ttf").write_bytes(contents)
    fonts = with_fonts(designed, sans=FontSource("House Sans", files={"400": str(tmp_path / "x.ttf")}))
    face = fonts.face(style())
    if allowed:
        assert fonts.subset(face, frozenset("a"))
    else:
        with pytest.raises(BriefgenError) as error:
            fonts.subset(face, frozenset("a"))
        assert only_problem(error).code == "font-licence"


@pytest.mark.parametrize("length", [0, 3, 11, 40, 300, 5000, 60000, -60000, -2000])
def test_a_font_cut_short_is_no_crash(tmp_path: Path, designed: Theme, length: int) -> None:
    broken = tmp_path / "x.ttf"
    broken.write_bytes(source_sans("Regular").read_bytes()[:length])
    fonts = with_fonts(designed, sans=FontSource("House Sans", files={"400": str(broken)}))
    with pytest.raises(BriefgenError) as error:
        fonts.subset(fonts.face(style()), frozenset("abc"))
    assert only_problem(error).code == "font-broken"


def test_a_web_font_is_refused_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(b"wOF2" + bytes(60))
    with pytest.raises(NotAFont, match="web font"):
        read_names(tmp_path / "x.ttf")
