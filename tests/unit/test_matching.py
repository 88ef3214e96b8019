"""Strict matching of a passage in a text."""

from __future__ import annotations

import pytest

from briefgen.folding import Folded, Span, fold
from briefgen.matching import closest, find, nearest


def matches(passage: str, text: str) -> bool:
    return bool(find(passage, Folded(text)))


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ('it\'s "so"', "it’s “so”"),
        ("Vietnam-RoK", "Vietnam\u2011RoK Economic Forum"),
        ("a - b", "a — b"),
        ("86.7 billion", "of $86.7\u00a0billion"),
        ("one two", "one\u202ftwo"),
        ("one two three", "one\n  two\tthree"),
        ("office flow", "oﬃce ﬂow"),
        ("economic", "eco\u00adnomic"),
        ("economic", "eco\u200bnomic"),
        ("economic", "the eco-\nnomic forum"),
        ("well-known firm", "a well-\nknown firm"),
        ("the well-known economic", "the well-\nknown eco-\n  nomic forum"),
        ("phần trăm", "50 pha\u0302\u0300n tra\u0306m"),
        ("pha\u0302\u0300n", "50 phần trăm"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8 기업"),
        ("wait...", "wait…"),
        ("867억 달러", "867억 달러로"),
        ("한국 기업", "그 한국 기업들은"),
        ("2030", "by 2030."),
        ("10,238 projects", "with 10,238 projects"),
        ("5 people", "the visit—5 people came"),
        ("2025", "on 13 August, 2025, 12"),
        ("-5 per cent", "fell -5 per cent"),
        ("−5 per cent", "fell –5 per cent"),
        ("10 companies", "in 2024, 10 companies"),
        ("☕ 5", "☕ 5 cups"),
    ],
)
def test_harmless_differences_match(passage: str, text: str) -> None:
    assert matches(passage, text)


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        # another word, case or mark
        ("notable", "not able"),
        ("not able", "notable"),
        ("resign", "re-sign"),
        ("Lam", "lam"),
        ("so, he", "so he"),
        ("2025", "20-25"),
        ("the end", "the  end ".replace("end", "ending")),
        ("country", "countryside"),
        ("able", "capable"),
        ("нет", "нету"),
        ("cafe", "cafe\u0301"),
        ("cafe", "café"),
        # a number cut out of a longer one
        ("$10", "$10,238"),
        ("10", "10,238"),
        ("238", "10,238"),
        ("10,238", "110,238"),
        ("10,000", "110,000"),
        ("10,000", "10,000,000"),
        ("86.7", "86.75"),
        ("86", "86.7"),
        ("7 billion", "86.7 billion"),
        (".7 billion", "86.7 billion"),
        ("000 people", "10 000 people".replace(" ", "\u00a0", 1)),
        ("10", "10\u202f238"),
        ("10", "10'238"),
        ("10", "10²"),
        ("1", "1½"),
        ("½", "1½"),
        ("2 of", "1/2 of"),
        ("50", "50%"),
        ("867", "867억"),
        ("10", "10万"),
        ("5", "5-10"),
        ("10 people", "5–10 people"),
        ("46", "12:46"),
        # a sign lost or made
        ("5 per cent", "-5 per cent"),
        ("5 per cent", "by −5 per cent"),
        ("5 per cent", "(–5 per cent)"),
        ("$5", "-$5 million"),
        ("5 per cent", "minus 5 per cent"),
        ("5 per cent", "±5 per cent"),
        ("-5", "10-5"),
        # nothing
        ("", "text"),
        (" \u200b", "text"),
        ("text", ""),
    ],
)
def test_what_means_something_else_does_not_match(passage: str, text: str) -> None:
    assert not matches(passage, text)


def test_positions_are_code_points_of_the_original() -> None:
    text = "\u200b  The “eco-\nnomic”\u00a0 fo\u0301rum, oﬃce, 🎉 and the economic fórum"
    spans = find('"economic" fórum', Folded(text))
    assert [text[span.start : span.end] for span in spans] == ["“eco-\nnomic”\u00a0 fo\u0301rum"]
    spans = find("office", Folded(text))
    assert [text[span.start : span.end] for span in spans] == ["oﬃce"]


def test_all_occurrences_in_order() -> None:
    assert find("ab", Folded("ab, ab; abc ab")) == (Span(0, 2), Span(4, 6), Span(12, 14))


def test_folding_is_stable() -> None:
    text = "\ufeff “A”  — oﬃ\u00adce…  "
    assert fold(fold(text)) == fold(text)
    assert fold(text) == '"A" - office...'


def test_the_nearest_words_are_whole_and_suggested_only() -> None:
    text = Folded("Trade grew. The sides agreed on Monday toseek deeper cooperation in fields.")
    found = nearest("agreed on Monday to seek deeper cooperation", text)
    assert found is not None
    assert "agreed on Monday toseek deeper cooperation" in found.words
    assert not found.words[0].isspace()
    assert text.raw[found.span.start : found.span.end].strip() == found.words
    assert found.likeness < 100
    assert nearest("nothing of the kind here at all", Folded("zzz")) is None
    assert nearest("", text) is None
    assert nearest("words", Folded("")) is None


def test_the_closest_name() -> None:
    assert closest("gazete", ["gazette", "other"]) == "gazette"
    assert closest("zzz", ["gazette"]) is None
