"""Lines: where text breaks, and how titles are balanced."""

from __future__ import annotations

import pytest

from briefgen.document import Emphasis, Inlines, LineBreak
from briefgen.fonts import Fonts
from briefgen.layout.lines import GAP, LEAN, Advances, MeasuredText
from briefgen.layout.setting import Setting
from briefgen.theme import StyleName
from tests.pages import meta, words
from tests.sheet import default_theme


@pytest.fixture(scope="module")
def setting() -> Setting:
    theme = default_theme()
    return Setting(theme, theme.densities[theme.standard], Advances(Fonts(theme)), meta())


def measured(inlines: Inlines | str, setting: Setting, style: StyleName = StyleName.BODY) -> MeasuredText:
    return setting.measured(words(inlines) if isinstance(inlines, str) else inlines, setting.style(style), None)


def broken(inlines: Inlines | str, measure: float, setting: Setting, style: StyleName = StyleName.BODY) -> list[str]:
    text = measured(inlines, setting, style)
    return [text.text[line.start : line.end] for line in text.lines(measure)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two", ["one", "two"]),
        ("one  two ", ["one", "two"]),
        ("state-of-the-art", ["state-", "of-", "the-", "art"]),
        ("2025–2030", ["2025–", "2030"]),
        ("at -5 degrees", ["at", "-5", "degrees"]),
        ("plan—if agreed", ["plan", "—", "if", "agreed"]),
        ("public/private", ["public/private"]),
        ("US$\u00a086.7\u00a0billion", ["US$\u00a086.7\u00a0billion"]),
        ("sci\u2011tech", ["sci\u2011tech"]),
        ("10,238.5% (5)", ["10,238.5%", "(5)"]),
        ("한국과 베트남", ["한국과", "베트남"]),
        ("“한국”은 (서울)", ["“한국”은", "(서울)"]),
        ("2030년까지 AI·반도체에", ["2030년까지", "AI·반도체에"]),
        ("漢字かな", ["漢", "字", "か", "な"]),
        ("Tô Lâm", ["Tô", "Lâm"]),
    ],
)
def test_where_a_line_may_begin(text: str, expected: list[str], setting: Setting) -> None:
    assert pieces(text, setting) == expected


def pieces(text: str, setting: Setting) -> list[str]:
    """The words as a line may not part them: a line after a first word that has just the room for some more of them
    takes these if it may end there, and the first word alone if it may not."""
    first, between_scripts = "x ", 2.5  # a quarter of the type's size, which no advance counts
    whole, found, start = measured(first + text, setting), list[str](), 0
    for end in range(1, len(text) + 1):
        line = whole.lines(whole.advance(0, len(first) + end) + between_scripts)[0]
        if line.end == len((first + text[:end]).rstrip()) and (piece := text[start:end].strip()):
            found.append(piece)
            start = end
    return found


def test_a_line_takes_all_that_fits_and_no_more(setting: Setting) -> None:
    text = measured("alpha beta gamma delta", setting)
    two = text.advance(0, len("alpha beta"))
    assert broken("alpha beta gamma delta", two, setting)[0] == "alpha beta"
    assert broken("alpha beta gamma delta", two - 0.1, setting)[0] == "alpha"


def test_italics_at_a_lines_end_have_room_to_lean(setting: Setting) -> None:
    inlines = (Emphasis(words("alpha beta")), *words(" gamma"))
    text = measured(inlines, setting)
    two, face = text.advance(0, len("alpha beta")), text.spans[0].face
    lean = LEAN * (face.ascent + face.descent) * text.spans[0].size
    assert broken(inlines, two + lean, setting)[0] == "alpha beta"
    assert broken(inlines, two + lean - 0.1, setting)[0] == "alpha"


def test_a_note_mark_never_leaves_its_word(setting: Setting) -> None:
    inlines = words("alpha beta", 1, " gamma", 2, -1, ".")
    for measure in range(12, 90, 3):
        lines = broken(inlines, measure, setting)
        assert not any(line[0] in "12," for line in lines), (measure, lines)


def test_adjacent_marks_are_parted_by_a_comma(setting: Setting) -> None:
    assert measured(words("word", 1, 2), setting).text == "word1,\u00a02"


def test_a_word_wider_than_the_measure_is_broken_but_no_letter_loses_its_accent(setting: Setting) -> None:
    word = "q\u0301\u0323" * 40  # no composed form: the marks must stay with their letter
    lines = broken(word, 30, setting)
    assert "".join(lines) == measured(word, setting).text
    assert all(line.startswith("q") for line in lines)
    long = broken("y" * 200, 50, setting)
    assert all(measured(line, setting).natural <= 50.01 for line in long)


def test_a_measure_narrower_than_a_letter_still_ends(setting: Setting) -> None:
    assert broken("abc", 1, setting) == ["a", "b", "c"]


def test_a_forced_line_end_ends_a_line_and_two_leave_one_empty(setting: Setting) -> None:
    inlines = (*words("one"), LineBreak(), LineBreak(), *words("two"))
    assert broken(inlines, 300, setting) == ["one", "", "two"]


def test_nothing_has_no_lines(setting: Setting) -> None:
    assert broken("", 100, setting) == []
    assert measured("", setting).natural == 0


def test_the_first_line_may_have_a_measure_of_its_own(setting: Setting) -> None:
    text = measured("alpha beta gamma", setting)
    whole = text.advance(0, len("alpha beta"))
    assert text.lines(whole, whole - 1)[0].end == len("alpha")


def test_hangul_beside_figures_takes_the_room_that_libreoffice_gives_it_and_is_drawn_without(setting: Setting) -> None:
    word, size = measured("한1", setting), setting.style(StyleName.BODY).size
    drawn = measured("한", setting).natural + measured("1", setting).natural
    assert word.natural == pytest.approx(drawn + GAP * size)
    [line] = word.lines(word.natural)
    assert line.width == pytest.approx(drawn)


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("12\u00a0tháng\u00a08\u00a0năm\u00a02025", 74, ["12\u00a0tháng\u00a08\u00a0năm", "2025"]),
        ("12\u00a0tháng\u00a08\u00a0năm\u00a02025", 30, ["12", "tháng\u00a08", "năm", "2025"]),
        ("ngày 12\u00a0tháng\u00a08\u00a0năm\u00a02025.", 74, ["ngày", "12\u00a0tháng\u00a08\u00a0năm", "2025."]),
        ("\u00a0\u00a0unbreakable", 30, ["\u00a0\u00a0unbre", "akable"]),
    ],
)
def test_what_may_not_part_but_must_parts_at_its_spaces(
    text: str, measure: float, expected: list[str], setting: Setting
) -> None:
    assert broken(text, measure, setting) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Seoul and Ha Noi want Korean capital in semiconductors and AI",
            ["Seoul and Ha Noi want Korean capital", "in semiconductors and AI"],
        ),
        (
            "Viet Nam–Korea science and technology: from a signed frame to funded projects",
            ["Viet Nam–Korea science and technology:", "from a signed frame to funded projects"],
        ),
        ("Short enough", ["Short enough"]),
    ],
)
def test_titles_are_balanced(title: str, expected: list[str], setting: Setting) -> None:
    text = measured(title, setting, StyleName.TITLE)
    lines = text.balanced(487.3)
    assert [text.words(line) for line in lines] == expected


def test_a_balanced_title_never_takes_more_lines_nor_overflows(setting: Setting) -> None:
    title = "A very long title that goes on about trade and investment and science and people " * 3
    text = measured(title, setting, StyleName.TITLE)
    for measure in (150, 234, 403, 487):
        lines = text.balanced(measure)
        assert len(lines) == len(text.lines(measure))
        assert all(line.width <= measure + 0.01 for line in lines)
