from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.document import Facet, Origin
from briefgen.errors import Location
from briefgen.slots import SLOT, EvidenceSlot, Handle, Mistake, Series, Slots, Words, slot_of
from tests.library import LIBRARY

PLACE = Location(Path("brief.md"), 3, 4)


def handle(id: str) -> Handle:
    evidence = LIBRARY.evidence(id)
    assert evidence is not None
    return Handle(evidence, LIBRARY)


def test_a_handle_has_no_text() -> None:
    fact = handle("visit")
    for attempt in (
        lambda: str(fact),
        lambda: repr(fact),
        lambda: f"{fact}",
        lambda: format(fact, ">9"),
        lambda: fact.__html__(),
        lambda: "a" + fact,  # type: ignore[operator]
    ):
        with pytest.raises(Mistake, match="cannot be made into text"):
            attempt()


def test_facets_make_new_handles_and_leave_the_old_alone() -> None:
    fact = handle("samsung")
    assert slot_of(fact.value.rounded(1)) == EvidenceSlot("samsung", Facet.VALUE, "value", 1, None, "observation")
    assert slot_of(fact) == EvidenceSlot("samsung", Facet.WHOLE, "value", None, None, "observation")


def test_a_part_prints_its_value_and_takes_further_facets() -> None:
    growth = handle("growth")
    assert slot_of(growth.part("to")) == EvidenceSlot("growth", Facet.VALUE, "to", None, None, "observation")
    assert slot_of(growth.part("to").short) == EvidenceSlot("growth", Facet.SHORT, "to", None, None, "observation")


@pytest.mark.parametrize(
    ("id", "stated", "silent"),
    [
        ("samsung", "value short number unit qualifier caveat", "as_of speaker text role occasion"),
        ("trade-2024", "value as_of", "qualifier caveat"),
        ("visit", "date as_of", "value number unit"),
        ("growth", "", "value"),
        ("lee-1", "text speaker role occasion date", "value caveat"),
        ("doe-1", "text speaker", "role occasion date"),
    ],
)
def test_a_facet_is_there_exactly_when_the_evidence_states_it(id: str, stated: str, silent: str) -> None:
    assert all(hasattr(handle(id), name) for name in stated.split())
    assert not any(hasattr(handle(id), name) for name in silent.split())


def test_only_numbers_are_rounded() -> None:
    with pytest.raises(Mistake, match="has no number"):
        handle("visit").rounded(1)
    with pytest.raises(Mistake, match="0 to 9 decimals"):
        handle("samsung").rounded(-1)


def test_equal_handles_print_the_same() -> None:
    assert handle("samsung").value == handle("samsung").value
    assert handle("samsung").value != handle("samsung").short
    assert len({handle("samsung"), handle("samsung"), handle("visit")}) == 2


def test_a_series_is_a_list_of_handles_without_text() -> None:
    series = Series("trade", (handle("trade-2024"), handle("trade-2025")))
    assert [one.id for one in series] == ["trade-2024", "trade-2025"]
    assert (len(series), series[1].id) == (2, "trade-2025")
    with pytest.raises(Mistake):
        str(series)


def test_tokens_lead_back_to_what_they_stand_for() -> None:
    slots = Slots()
    tokens = [slots.token(Words(f"*{number}*", Origin.LABEL), PLACE) for number in range(12)]
    assert not any(character.isascii() for character in "".join(tokens))
    for number, token in enumerate(tokens):
        found = SLOT.fullmatch(token)
        assert found is not None
        assert slots.values[slots.index(found[1])] == Words(f"*{number}*", Origin.LABEL)
    assert slots.places == [PLACE] * 12


def test_a_line_is_where_its_own_text_was_written() -> None:
    slots = Slots()

    def mark(line: int) -> str:
        return slots.line_mark(Location(Path("brief.md"), line))

    text = f"{mark(1)}a\n{mark(2)}{mark(3)}  {mark(4)}b {mark(9)}c\nd\n{mark(5)}"
    plain, places = slots.unmarked(text, PLACE)
    assert plain == "a\n  b c\nd\n"
    assert [place.line for place in places] == [1, 4, 9, 5]
