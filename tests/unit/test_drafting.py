from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.drafting import (
    draft_fact,
    language_of,
    locate,
    propose_id,
    unused,
    with_value_in_place,
)
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.evidence import FactKind, Source
from briefgen.folding import Folded, unaccented
from briefgen.records import ID

TEXT = Folded(
    "Trade reached $86.7 billion in 2024, up from $82 billion in 2023.\n"
    "“Trade reached new heights,” said Doe. South Korea invests in Vietnam; South Korea\ntrades with Viet-\nnam. "
    "It grew by -5 per cent. A glitch: toseek deeper co\u00adoperation, 10\u00a0000 people.\n"
    "2024년 교역액은 867억 달러로 늘었다. Kim ngạch đạt 93,7 tỷ USD."
)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("$86.7 billion in 2024", "$86.7 billion in 2024"),
        ('"Trade reached new heights,"', "“Trade reached new heights,”"),
        ("South Korea trades", "South Korea trades"),
        ("toseek deeper cooperation", "toseek deeper co\u00adoperation"),
        ("10 000 people", "10\u00a0000 people"),
        ("trades with Vietnam.", "trades with Vietnam."),
        ("867억 달러", "867억 달러"),
        ("93,7 tỷ", "93,7 tỷ"),
    ],
)
def test_words_are_taken_as_they_stand(words: str, standing: str) -> None:
    found = locate(words, TEXT, "gazette")
    assert found.words == standing
    assert found.places == 1


def refused(words: str) -> Problem:
    with pytest.raises(BriefgenError) as caught:
        locate(words, TEXT, "gazette")
    [problem] = caught.value.problems
    return problem


def test_words_that_are_not_there_bring_the_nearest() -> None:
    problem = refused("Trade reached $86.7 million in 2024")
    assert problem.code == "passage-not-found"
    assert "$86.7 billion in 2024" in problem.hints[0]
    assert "[million → billion]" in problem.hints[1]
    assert not refused("quantum entanglement").hints
    assert refused("  ").code == "passage-not-found"


@pytest.mark.parametrize(
    ("words", "longer"),
    [("6.7 billion", "$86.7 billion"), ("5 per cent", "-5 per cent."), ("rade reached $86.7", "Trade reached $86.7")],
)
def test_words_that_cut_a_number_are_to_be_lengthened(words: str, longer: str) -> None:
    problem = refused(words)
    assert problem.code == "passage-cut"
    assert longer in problem.hints[0]


def test_words_in_several_places_are_to_be_lengthened() -> None:
    problem = refused("South Korea")
    assert problem.code == "passage-ambiguous"
    assert "South Korea invests" in problem.hints[0]
    assert "South Korea trades" in problem.hints[1]
    for hint in problem.hints[:2]:
        assert locate(hint.partition("“")[2].removesuffix("”"), TEXT, "gazette")
    assert locate("South Korea", TEXT, "gazette", first=True).places == 2


# ---- drafts ----------------------------------------------------------------------------------------------


def source(language: str = "en") -> Source:
    return Source("gazette", None, Location(Path("x.yaml")), language=language)


@pytest.mark.parametrize(
    ("passage", "language", "claim", "values", "as_of"),
    [
        ("reached $86.7 billion in 2024", "en", "Reached {value} in 2024.", {"value": "86.7 billion USD"}, "2024"),
        ("about 12,000 people", "en", "{value} people.", {"value": "about 12,000 people"}, None),
        ("to $150 billion, up from $86.7 billion in 2024", "en", None, {"value": "150 billion USD"}, None),
        ("5 ports took $1 billion in May 2025", "en", None, {"value": "1 billion USD"}, "2025-05"),
        ("from 1 per cent to 3 per cent", "en", "From {from} to {to}.", {"from": "1 per cent", "to": "3 per cent"},
         None),
        ("8.3% to 8.5%", "en", "{value}.", {"value": "8.3 to 8.5 per cent"}, None),
        ("đạt 93,7 tỷ USD trong 6 tháng đầu năm 2025", "vi", "Đạt {value} trong 6 tháng đầu năm 2025.",
         {"value": "93.7 billion USD"}, "2025-H1"),
        ("2024년 교역액은 867억 달러로", "ko", "2024년 교역액은 {value}로.", {"value": "86.7 billion USD"}, "2024"),
        ("a {strange} word", "en", "A {{strange}} word.", {}, None),
        ("¥5 billion", "en", "¥5 billion.", {}, None),
    ],
)  # fmt: skip
def test_a_draft_is_read_off_the_passage(
    passage: str, language: str, claim: str | None, values: dict[str, str], as_of: str | None
) -> None:
    draft = draft_fact(passage, source(language))
    assert draft.values == values
    assert (str(draft.as_of) if draft.as_of else None) == as_of
    assert claim is None or draft.claim == claim


def test_a_draft_says_what_was_aimed_at_and_what_was_reckoned() -> None:
    assert draft_fact("a trade target of $100 billion by 2025", source()).kind is FactKind.TARGET
    assert draft_fact("growth is forecast at 5%", source()).kind is FactKind.ESTIMATE
    assert draft_fact("trade reached $86.7 billion", source()).kind is None


@pytest.mark.parametrize(
    ("claim", "value", "expected"),
    [
        ("Trade came to $86.7 billion in 2024.", "86.7 billion USD", "Trade came to {value} in 2024."),
        ("About 12,000 people work there.", "about 12,000 people", "{value} people work there."),
        ("{value} people.", "about 12,000 people", "{value} people."),
        ("Many people.", "about 12,000 people", "Many people."),
        ("5 of 5 ports.", "5 ports", "5 of 5 ports."),
    ],
)
def test_the_number_of_a_claim_gives_way_to_the_value(claim: str, value: str, expected: str) -> None:
    assert with_value_in_place(claim, value) == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("on 15 August 2025", "2025-08-15"),
        ("August 15th, 2025", "2025-08-15"),
        ("in Sept. 2024", "2024-09"),
        ("2025-08-15", "2025-08-15"),
        ("the first half of 2025", "2025-H1"),
        ("in the third quarter of 2024", "2024-Q3"),
        ("Q3/2024", "2024-Q3"),
        ("in 2024 and by 2030", None),
        ("31/08/2025", "2025-08-31"),
        ("ngày 15 tháng 8 năm 2025", "2025-08-15"),
        ("tháng 8/2025", "2025-08"),
        ("quý II năm 2025", "2025-Q2"),
        ("2025년 8월 15일", "2025-08-15"),
        ("2025년 2분기", "2025-Q2"),
        ("2024년", "2024"),
        ("2025년 하반기", "2025-H2"),
        ("about 2,024 people", None),
        ("5 August", None),
    ],
)
def test_times_are_read_no_more_exactly_than_stated(text: str, period: str | None) -> None:
    """Of two, neither is proposed."""
    read = draft_fact(text, source()).as_of
    assert (str(read) if read else None) == period


# ---- names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("The port’s trade reached {value} in 2024.", "port-trade-reached-2024"),
        ("Đà Nẵng, Hà Nội", "da-nang-ha-noi"),
        ("867억 달러", "gazette-fact"),
        ("50 cooperation documents", "cooperation-documents"),
        ("Trade rose from $86.7 billion in 2024", "trade-rose-billion-2024"),
        ("the", "the"),
        ("x" * 200, "x" * 40),
    ],
)
def test_an_id_is_made_of_the_words_that_matter(words: str, id: str) -> None:
    proposed = propose_id(words, (), fallback="gazette-fact")
    assert proposed == id
    assert ID.fullmatch(proposed)


def test_an_id_that_is_taken_is_numbered() -> None:
    assert propose_id("Trade", {"trade", "trade-2"}) == "trade-3"
    assert ID.fullmatch(unused("x" * 64, {"x" * 64}))


def test_the_language_of_a_text_is_said_only_where_its_letters_leave_no_doubt() -> None:
    assert language_of("Kim ngạch thương mại hai nước đạt 93,7 tỷ USD.") == "vi"
    assert language_of("2024년 교역액은 867억 달러로 늘었다.") == "ko"
    assert language_of("Trade between Việt Nam and Korea grew; 이재명 said so in a long English sentence.") is None
    assert language_of("L’été dernier à Genève") is None
    assert language_of("") is None


def test_letters_without_marks() -> None:
    assert [unaccented(word) for word in ("Đà Nẵng", "TRADE", "무역", "Straße")] == [
        "da nang", "trade", "무역", "strasse",
    ]  # fmt: skip
