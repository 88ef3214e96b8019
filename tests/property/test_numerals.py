"""Any text can be read for numbers, and what is written out is read back."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from briefgen.checks.values import describe
from briefgen.derivation import FormulaError, parse_formula
from briefgen.evidence import Qualifier, Quantity, Unit, UnitKind
from briefgen.numerals import COUNT, PERCENT, find_quantities, parse_quantity

PIECES = st.sampled_from(
    str.split("""
    0 1 9 12 13 31 200 2025 10,238 86.7 1,5 .04 , . - – — / : ' ² ½ ⁄ $ € ¥ us$ % ( ) ~ + and to from between half of
    a the hundred thousand million billion six twenty three third first quarters per cent percentage points won dollars
    USD km m bn k st th g minus over about at least or more in by august may tỷ nghìn triệu đến hơn năm tháng ngày
    억 만 천 원 달러 이상 여 년 월 일 에서 약 万 億 ０ ５ ％ ٣""")
)
JUMBLE = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\u00a0", "\u00ad"])), max_size=14).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)


@given(JUMBLE | st.text(max_size=30), st.sampled_from(["en", "vi", "ko", "fr", "de", "ja", "pt-BR"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    end = 0
    for stated in find_quantities(text, language):
        assert end <= stated.span.start < stated.span.end <= len(text)
        end = stated.span.end
        assert stated.quantity.low.is_finite()
        if stated.ends:
            low, high = (one.quantity.amount for one in stated.ends)
            assert (low, high) == (stated.quantity.amount, stated.quantity.upper_amount)
            assert low < high


@given(JUMBLE | st.text(max_size=30))
def test_any_value_is_read_or_refused_in_words(text: str) -> None:
    with suppress(ValueError):
        parse_quantity(text)


@given(JUMBLE | st.text(max_size=30))
def test_any_formula_is_read_or_refused_in_words(text: str) -> None:
    with suppress(FormulaError):
        parse_formula(text)


NUMBERS = st.decimals(0, 99_999_999, places=3, allow_nan=False, allow_infinity=False).map(lambda n: n.normalize() + 0)
UNITS = st.sampled_from(
    [COUNT, PERCENT, Unit(UnitKind.CURRENCY, "USD"), Unit(UnitKind.COUNT, "people"), Unit(UnitKind.MEASURE, "km")]
)


@given(NUMBERS, UNITS, st.sampled_from([0, 3, 6, 9, 12]), st.none() | st.sampled_from(Qualifier))
def test_what_is_written_out_is_read_back(low: Decimal, unit: Unit, exponent: int, qualifier: Qualifier | None) -> None:
    quantity = Quantity(low, unit, exponent=exponent, qualifier=qualifier)
    assert parse_quantity(describe(quantity)) == quantity


@given(NUMBERS, NUMBERS, UNITS, st.sampled_from([0, 6, 9]))
def test_ranges_are_read_back(low: Decimal, high: Decimal, unit: Unit, exponent: int) -> None:
    if low < high:
        quantity = Quantity(low, unit, high, exponent)
        assert parse_quantity(describe(quantity)) == quantity
