"""Templates in several languages, and what of the library is printed in them."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefgen.audiences import load_audience
from briefgen.document import DocumentKind
from briefgen.errors import Problem
from briefgen.fonts import Fonts
from briefgen.requests import Request, choose
from briefgen.templates import TemplateSpec, load_template
from briefgen.theme import StyleName
from briefgen.translations import load_translation
from briefgen.workspace import Workspace, read_settings
from tests.program import Program
from tests.sheet import default_theme

MAIN = """\
---
title: "Brief: {{ params.country }}"
kind: memo
pages: 2
contact: The desk
audience: press
language: en
params:
  country: {default: Viet Nam, help: The country}
  answer_by: {type: date, default: 2026-12-18}
allow: {headline-long: it is one sentence}
---
# Words
"""
VIETNAMESE = """\
---
title: "Tóm lược: {{ params.country }}"
params:
  country: {default: Việt Nam}
allow: {too-many-notes: the sources are short}
---

# Lời
"""


def workspace(tmp_path: Path, **files: str) -> Workspace:
    """A workspace with these templates, a theme, two audiences and the settings given."""
    folder = tmp_path / "own"
    (folder / "seeds").mkdir(parents=True)
    for name, words in {"templates__one__md": MAIN, **files}.items():
        path = folder / name.replace("__", "/", 1).replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    for name, words in (("press", "label: The press\n"), ("korea", "label: Seoul\nlanguage: ko\n")):
        path = folder / "templates" / "audiences" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.write_text(words, encoding="utf-8")
    starter = Path(__file__).resolve().parents[2]
    return Workspace(folder, None, starter, read_settings(folder))


def template(workspace: Workspace, name: str = "one") -> TemplateSpec:
    problems: list[Problem] = []
    spec = load_template(workspace.template_files()[name], problems)
    assert spec is not None, problems
    return spec


# ---- the files -------------------------------------------------------------------------------------------


def test_a_translation_is_no_template_of_its_own(tmp_path: Path) -> None:
    files = {"templates/vi.md": MAIN}  # a name like any other
    desk = workspace(tmp_path, templates__one__vi__md="# Lời\n", templates__other__ko__md="# 말\n", **files)
    names = desk.template_files()
    assert "one" in names
    assert "one.vi" not in names
    assert template(desk, "vi").name == "vi"
    assert "other.ko" in names  # of no template: it is offered as broken
    assert list(desk.translations(names["one"])) == ["vi"]


def test_a_workspace_translates_the_starters_template_but_not_the_other_way_round(tmp_path: Path) -> None:
    desk = workspace(tmp_path, templates__scitech__ko__md="# 말\n", templates__investor__md=MAIN)
    files = desk.template_files()
    assert desk.translations(files["scitech"])["ko"] == tmp_path / "own/templates/scitech.ko.md"
    assert desk.translations(files["investor"]) == {}  # it has the starter's name, and other words


# ---- its words -------------------------------------------------------------------------------------------


def test_a_translation_says_only_what_differs(tmp_path: Path) -> None:
    desk = workspace(tmp_path, templates__one__vi__md=VIETNAMESE)
    problems: list[Problem] = []
    original = template(desk)
    found = load_translation(original, tmp_path / "own/templates/one.vi.md", problems)
    assert found is not None
    assert problems == []
    assert (found.title, found.language, found.original) == ("Tóm lược: {{ params.country }}", "vi", original.path)
    assert (found.name, found.kind, found.pages, found.contact) == ("one", DocumentKind.MEMO, 2, "The desk")
    country, answer_by = found.params
    assert (country.default, country.help) == ("Việt Nam", "The country")
    assert answer_by == original.params[1]
    assert [allowance.code for allowance in found.allow] == ["too-many-notes", "headline-long"]
    assert found.body.split("\n")[6:9] == ["", "# Lời", ""]
    assert found.locations["title"].path == found.path
    assert found.locations["contact"].path == original.path


def test_a_translation_needs_no_front_matter(tmp_path: Path) -> None:
    desk = workspace(tmp_path, templates__one__vi__md="# Lời\n")
    found = load_translation(template(desk), tmp_path / "own/templates/one.vi.md", [])
    assert found is not None
    assert (found.title, found.body) == ("Brief: {{ params.country }}", "# Lời\n")


# ---- which language --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "audience", "option", "expected"),
    [
        ("", None, None, "en"),
        ("", None, "vi", "vi"),
        ("language: vi\n", None, None, "vi"),  # it has words in Vietnamese
        ("language: vi\n", None, "en", "en"),
        ("language: ko\n", None, None, "en"),  # it has none in Korean
        ("language: vi\n", "korea", None, "ko"),  # but who asks for readers gets what they read
    ],
)
def test_the_language_of_a_document(
    settings: str, audience: str | None, option: str | None, expected: str, tmp_path: Path
) -> None:
    desk = workspace(tmp_path, templates__one__vi__md="# Lời\n", **{"briefgen.yaml": settings})
    chosen = choose(Request(template(desk), date(2026, 11, 21), audience=audience, language=option), desk)
    assert chosen.language == expected
    assert chosen.template.body.startswith("# Lời") == (expected == "vi")


def test_the_audience_of_a_template_chooses_among_its_languages(tmp_path: Path) -> None:
    press = "label: The press\nlanguage: vi\ntranslations: {vi: {label: báo chí}}\n"
    files = {"templates__one__vi__md": "# Lời\n", "templates/audiences/press.yaml": press}
    desk = workspace(tmp_path, **files)
    chosen = choose(Request(template(desk), date(2026, 11, 21)), desk)
    assert chosen.language == "vi"
    assert chosen.audience is not None
    assert chosen.audience.label == "báo chí"


def test_an_audience_has_words_in_other_languages(tmp_path: Path) -> None:
    path = tmp_path / "press.yaml"
    path.write_text("label: The press\nsubject: News\ntranslations: {ko: {label: 언론}}\n", encoding="utf-8")
    audience = load_audience(path, [])
    assert audience is not None
    assert (audience.in_language("ko-KR").label, audience.in_language("ko").subject) == ("언론", "News")
    assert audience.in_language("vi") == audience
    problems: list[Problem] = []
    path.write_text("label: The press\ntranslations: {xx: {label: a}, ko: {topics: b}}\n", encoding="utf-8")
    assert load_audience(path, problems) is None
    assert [problem.code for problem in problems] == ["wrong-value", "unknown-key"]


# ---- from outside ----------------------------------------------------------------------------------------


def test_list_and_help_say_which_languages_there_are(desk: Path, briefgen: Program) -> None:
    listed = briefgen("list").out
    assert "first meeting (en, vi, ko)" in listed
    assert "investor.vi" not in listed
    [investor] = [one for one in json.loads(briefgen("list", "--json").out)["templates"] if one["name"] == "investor"]
    assert investor["languages"] == ["en", "vi", "ko"]
    assert "words in en, vi and ko" in " ".join(briefgen("investor", "--help").out.split())


def test_new_copies_a_template_in_all_its_languages(desk: Path, briefgen: Program) -> None:
    made = briefgen("new", "second", "--from", "investor")
    assert made.status == 0
    for name in ("second.md", "second.vi.md", "second.ko.md"):
        assert f"templates/{name}" in made.out
        original = desk / "templates" / name.replace("second", "investor")
        assert (desk / "templates" / name).read_bytes() == original.read_bytes()
    (desk / "templates" / "third.ko.md").write_text("# 말\n")
    assert briefgen("new", "third", "--from", "investor").status == 2
    assert not (desk / "templates" / "third.md").exists()
    assert (desk / "templates" / "third.ko.md").read_text() == "# 말\n"


WORDS = {
    "vi": (
        "Hàn Quốc là nhà đầu tư trực tiếp nước ngoài lớn nhất tại Việt Nam.",
        "Tính đến 21 tháng 11 năm 2026",
        "86,7 tỷ USD",
        "Đại sứ Hàn Quốc tại Việt Nam",
        "Bản dịch của chúng tôi; nguyên văn: “Vietnam will not only be a manufacturing base",
        "Bước tiếp theo",
        "Dành cho nhà đầu tư tổ chức",
    ),
    "ko": (
        "한국은 베트남의 최대 외국인직접투자국이다.",
        "2026년 11월 21일 기준",
        "867억 달러",
        "230억 달러 이상",
        "최영삼, 주베트남 대한민국 대사",
        "자체 번역, 원문: “Vietnam will not only be a manufacturing base",
        "다음 단계",
        "기관투자자용",
    ),
}


@pytest.mark.parametrize("language", list(WORDS))
def test_the_investor_brief_in_other_languages(language: str, desk: Path, briefgen: Program) -> None:
    if language == "ko":
        pytest.importorskip("pylopdf_fonts_ko")
    result = briefgen("investor", "--language", language, "--pdf", "--md", "--as-of", "2026-11-21", "--verbose")
    assert result.status == 0, result.err
    assert "untranslated" not in result.err
    assert f"output/investor.{language}.pdf  1 page, 24 facts and 1 quote from 5 sources" in result.out
    text = (desk / "output" / f"investor.{language}.md").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    bare = " ".join(text.replace("**", "").replace("\\", "").split())
    for words in WORDS[language]:
        assert words in bare


def test_what_is_not_translated_is_counted_and_named_when_asked(desk: Path, briefgen: Program) -> None:
    short = briefgen("timeline", "--language", "ko", "--md").err
    assert "warning[untranslated-template]: the template is written in English, its document is in Korean" in short
    assert "for want of a Korean translation: " in short
    assert "--verbose names them" in short
    assert "`state-visit`: words" not in short
    assert "`state-visit`: words" in briefgen("timeline", "--language", "ko", "--md", "--verbose").err


def test_korean_without_its_font_says_what_to_install(
    desk: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = desk / "templates" / "themes" / "default.yaml"
    theme.write_text(theme.read_text().replace("pylopdf-fonts-ko", "no-such-font-package"))
    result = briefgen("investor", "--language", "ko", "--pdf")
    assert result.status == 1
    assert "error[font-not-found]: no font that is installed has Korean letters" in result.err
    assert "hint: for Korean: pip install 'briefgen[korean]'" in result.err
    checked = briefgen("check", "investor", "--verbose")
    assert checked.status == 0, checked.err  # a desk that never writes Korean is not bothered
    assert "advice[template-not-made]: investor is not checked in ko" in checked.err


def test_hangul_in_bold_is_no_bolder_than_its_font() -> None:
    pytest.importorskip("pylopdf_fonts_ko")
    theme = default_theme()
    fonts, style = Fonts(theme), theme.densities[theme.standard].styles[StyleName.TITLE]
    assert style.weight == 600
    assert fonts.even("Trade 2030", style) == style
    assert fonts.even("2030년", style).weight == 400
    assert fonts.even("2030년", replace(style, weight=300)).weight == 400  # nor are figures lighter beside it
