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
    억 만 천 원 달러 이상 여 년 월 일 에서 약 万 億 ０ ５ ％ ٣
    mười mươi trăm lẻ nửa rưỡi phẩy năm ba không phần 삼십 이백 일 열두 스무 명 개 조 절반 퍼센트를""")
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


# ---- numbers in words ------------------------------------------------------------------------------------

VIETNAMESE = str.split("không một hai ba bốn năm sáu bảy tám chín")
KOREAN = " 일이삼사오육칠팔구"


def vietnamese(number: int) -> str:
    """A whole number below 10¹² in words."""
    groups = []
    for unit in ("", "nghìn", "triệu", "tỷ"):
        number, group = divmod(number, 1000)
        if group:
            groups.append(f"{_vietnamese_group(group, whole=not number)} {unit}".strip())
    return " ".join(reversed(groups))


def _vietnamese_group(group: int, *, whole: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [] if whole and not hundreds else [f"{VIETNAMESE[hundreds]} trăm"]
    if tens == 1:
        words.append("mười")
    elif tens:
        words.append(f"{VIETNAMESE[tens]} mươi")
    elif ones and words:
        words.append("linh")
    if ones == 5 and tens:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones:
        words.append(VIETNAMESE[ones])
    return " ".join(words)


def korean(number: int) -> str:
    """A whole number below 10¹² in Chinese words."""
    words = ""
    for unit in ("", "만", "억"):
        number, section = divmod(number, 10_000)
        digits = [section // 1000, section // 100 % 10, section // 10 % 10, section % 10]
        text = "".join(
            ("" if digit == 1 and small else KOREAN[digit]) + small
            for digit, small in zip(digits, ("천", "백", "십", ""), strict=True)
            if digit
        )
        words = (("" if text == "일" and unit == "만" and not number else text) + unit if text else "") + words
    return words


@given(st.integers(11, 10**12 - 1) | st.integers(11, 9999))
def test_vietnamese_words_are_read_back(number: int) -> None:
    [stated] = find_quantities(f"Có {vietnamese(number)} người ở đây.", "vi")
    assert stated.quantity.amount == number


@given(st.integers(11, 10**12 - 1) | st.integers(11, 9999))
def test_korean_words_are_read_back(number: int) -> None:
    for counted in (" 명이", " 달러를"):
        [stated] = find_quantities(f"모두 {korean(number)}{counted} 있다.", "ko")
        assert stated.quantity.amount == number
