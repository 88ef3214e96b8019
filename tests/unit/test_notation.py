from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.errors import Location
from briefgen.evidence import Fact, Qualifier, Quantity, Unit, UnitKind
from briefgen.notation import claim_in_words, written
from briefgen.numerals import find_quantities, parse_quantity


@pytest.mark.parametrize(
    ("passage", "language", "value"),
    [
        ("up from $86.7 billion in", "en", "86.7 billion USD"),
        ("over 200,000 Korean", "en", "over 200,000"),
        ("8.3% to 8.5%", "en", "8.3 to 8.5 per cent"),
        ("đạt 93,7 tỷ USD", "vi", "93.7 billion USD"),
        ("867억 달러로", "ko", "86.7 billion USD"),
        ("1조 2,000억 원", "ko", "1.2 trillion KRW"),
        ("2만 명 이상", "ko", "at least 20,000"),
        ("5.1 km", "en", "5.1 km"),
        ("6 thousand", "en", "6 thousand"),
    ],
)
def test_what_a_passage_states_in_the_notation_of_values(passage: str, language: str, value: str) -> None:
    [stated] = find_quantities(passage, language)
    assert written(stated.quantity) == value


UNITS = st.sampled_from(
    [
        Unit(UnitKind.COUNT),
        Unit(UnitKind.COUNT, "people"),
        Unit(UnitKind.CURRENCY, "KRW"),
        Unit(UnitKind.PERCENT),
        Unit(UnitKind.MEASURE, "km"),
    ]
)
NUMBERS = st.decimals(min_value=Decimal("0.01"), max_value=99999, places=2)


@given(NUMBERS, UNITS, st.integers(0, 12), st.sampled_from([None, *Qualifier]), st.booleans())
def test_it_is_read_back_as_the_same(
    low: Decimal, unit: Unit, exponent: int, qualifier: Qualifier | None, is_range: bool
) -> None:
    if exponent and unit.kind in (UnitKind.PERCENT, UnitKind.MEASURE):
        exponent = 0
    quantity = Quantity(low, unit, low + 1 if is_range else None, exponent, qualifier)
    read = parse_quantity(written(quantity))
    assert (read.amount, read.upper_amount) == (quantity.amount, quantity.upper_amount)
    assert (read.unit, read.qualifier) == (unit, qualifier)


def test_a_claim_has_its_values_in_it() -> None:
    values = {"from": parse_quantity("1 per cent"), "to": parse_quantity("over 3,000 people")}
    fact = Fact("x", "{from} {{or}} {to} or {none}.", Location(Path("x.yaml")), values=values)
    assert claim_in_words(fact) == "1 per cent {or} over 3,000 or {none}."
