"""Numbers, dates and fixed words in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale as Cldr
from babel.dates import format_date
from babel.numbers import format_decimal

from briefgen.document import Facet
from briefgen.errors import BriefgenError
from briefgen.evidence import Qualifier, Quantity, Unit, UnitKind
from briefgen.locales import LANGUAGES, Locale, language_of, locale_for, rounded
from briefgen.periods import Period

USD, KRW, VND, CHF = (Unit(UnitKind.CURRENCY, code) for code in ("USD", "KRW", "VND", "CHF"))
PERCENT, PEOPLE, KM = Unit(UnitKind.PERCENT), Unit(UnitKind.COUNT, "people"), Unit(UnitKind.MEASURE, "km")


def quantity(number: str, unit: Unit = PEOPLE, exponent: int = 0, qualifier: Qualifier | None = None) -> Quantity:
    low, _, high = number.partition(" to ")
    return Quantity(Decimal(low), unit, Decimal(high) if high else None, exponent, qualifier)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("given", "en", "vi", "ko"),
    [
        (quantity("86.7", USD, 9), "US$86.7 billion", "86,7 tỷ USD", "867억 달러"),
        (quantity("867", USD, 8), "US$86.7 billion", "86,7 tỷ USD", "867억 달러"),
        (quantity("870", USD, 8), "US$87 billion", "87 tỷ USD", "870억 달러"),
        (quantity("130", KRW, 9), "130 billion won", "130 tỷ won", "1,300억 원"),
        (quantity("1.2", VND, 12), "1.2 trillion dong", "1,2 nghìn tỷ đồng", "1.2조 동"),
        (quantity("93.732", exponent=9), "93.732 billion", "93,732 tỷ", "937억 3,200만"),
        (quantity("200000"), "200,000", "200.000", "200,000"),
        (quantity("200", exponent=3), "200 thousand", "200 nghìn", "20만"),
        (quantity("1.23456", exponent=3), "1.23456 thousand", "1,23456 nghìn", "1,234.56"),
        (quantity("8.50", PERCENT), "8.50%", "8,50%", "8.50%"),
        (quantity("8.3 to 8.5", PERCENT), "8.3% to 8.5%", "8,3% đến 8,5%", "8.3~8.5%"),
        (
            quantity("1 to 3", USD, 9),
            "US$1 billion to US$3 billion",
            "1 tỷ đến 3 tỷ USD",
            "10억~30억 달러",
        ),
        (quantity("12 to 15", KM), "12 to 15 km", "12 đến 15 km", "12~15 km"),
        (quantity("-5.5", USD, 6), "−US$5.5 million", "−5,5 triệu USD", "−550만 달러"),
        (quantity("5", CHF, 6), "5 million CHF", "5 triệu CHF", "500만 CHF"),
        (quantity("0", USD, 9), "US$0 billion", "0 tỷ USD", "0 달러"),
        (
            quantity("200000", qualifier=Qualifier.OVER),
            "over 200,000",
            "hơn 200.000",
            "200,000 이상",
        ),
        (quantity("50", PERCENT, qualifier=Qualifier.AT_LEAST), "at least 50%", "ít nhất 50%", "최소 50%"),
    ],
)
def test_a_number_prints_as_stated(given: Quantity, en: str, vi: str, ko: str) -> None:
    assert [spaced(locale_for(tag).value(given)) for tag in LANGUAGES] == [en, vi, ko]


def test_a_number_of_any_length_is_exact() -> None:
    long = "1234567890" * 5 + ".00000000000000000000000000000000001"
    assert locale_for("en").value(quantity(long)).replace(",", "") == long
    assert spaced(locale_for("en").value(quantity("12345678901234567890123456789012345", exponent=8))).endswith(
        "678,901.2345 trillion"
    )


@pytest.mark.parametrize(
    ("given", "short"),
    [
        (quantity("86.7", USD, 9), "US$86.7 bn"),
        (quantity("130", KRW, 9), "130 bn won"),
        (quantity("4.6", exponent=6), "4.6 mn"),
        (quantity("1 to 3", PERCENT), "1% to 3%"),
        (quantity("23", USD, 9, Qualifier.OVER), "over US$23 bn"),
    ],
)
def test_the_short_form_of_cells(given: Quantity, short: str) -> None:
    assert spaced(locale_for("en").short(given)) == short


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("en", [(Facet.QUALIFIER, "over"), (Facet.NUMBER, "23"), (Facet.UNIT, "US$ bn")]),
        ("vi", [(Facet.QUALIFIER, "hơn"), (Facet.NUMBER, "23"), (Facet.UNIT, "tỷ USD")]),
        ("ko", [(Facet.NUMBER, "230"), (Facet.UNIT, "억 달러"), (Facet.QUALIFIER, "이상")]),
    ],
)
def test_a_key_figure_in_its_parts(tag: str, parts: list[tuple[Facet, str]]) -> None:
    given = quantity("23", USD, 9, Qualifier.OVER)
    assert [(facet, spaced(words)) for _, facet, words in locale_for(tag).parts(given)] == parts


def test_a_key_figure_without_unit_or_qualifier_is_its_number() -> None:
    assert locale_for("en").parts(quantity("10238")) == (("", Facet.NUMBER, "10,238"),)
    assert locale_for("en").parts(quantity("50", PERCENT)) == (("", Facet.NUMBER, "50%"),)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (quantity("86.7", USD, 9), "867|억 달러"),
        (quantity("93.7", exponent=9), "937|억"),
        (quantity("93.732", exponent=9), "937억 3,200만"),
        (quantity("1 to 3", USD, 9), "10억~30억| 달러"),
        (quantity("8.3 to 8.5", PERCENT), "8.3~8.5%"),
    ],
)
def test_a_korean_key_figure_clings_to_its_myriads(given: Quantity, printed: str) -> None:
    first, *others = locale_for("ko").parts(given)
    assert spaced(first[2] + "".join(f"|{space}{words}" for space, _, words in others)) == printed


def test_a_qualifier_begins_a_sentence_with_a_capital() -> None:
    given = quantity("200000", qualifier=Qualifier.OVER)
    assert [spaced(locale_for(tag).value(given, start=True)) for tag in LANGUAGES] == [
        "Over 200,000",
        "Hơn 200.000",
        "200,000 이상",
    ]


@pytest.mark.parametrize(
    ("number", "digits", "result"),
    [("93.732", 1, "93.7"), ("93.75", 1, "93.8"), ("-0.25", 1, "-0.3"), ("86.7", 2, "86.7"), ("999.96", 1, "1000.0")],
)
def test_rounding_is_half_up_and_never_pads(number: str, digits: int, result: str) -> None:
    assert str(rounded(quantity(number), digits).low) == result


def test_rounding_is_only_on_request() -> None:
    given = quantity("1.255 to 3.999", PERCENT)
    assert rounded(given, None) is given
    assert locale_for("en").value(rounded(given, 1)).replace("\u00a0", " ") == "1.3% to 4.0%"


@pytest.mark.parametrize(
    ("period", "en", "vi", "ko"),
    [
        ("2026-11-21", "21 November 2026", "21 tháng 11 năm 2026", "2026년 11월 21일"),
        ("2025-08", "August 2025", "tháng 8 năm 2025", "2025년 8월"),
        ("2025-H1", "first half of 2025", "nửa đầu năm 2025", "2025년 상반기"),
        ("2025-Q3", "third quarter of 2025", "quý III năm 2025", "2025년 3분기"),
        ("2024", "2024", "2024", "2024년"),
    ],
)
def test_dates_at_the_precision_stated(period: str, en: str, vi: str, ko: str) -> None:
    assert [spaced(locale_for(tag).period(Period.parse(period))) for tag in LANGUAGES] == [en, vi, ko]


def test_the_year_of_a_target() -> None:
    assert [spaced(locale_for(tag).by(Period(2030))) for tag in LANGUAGES] == ["by 2030", "đến 2030", "2030년까지"]


def test_a_number_and_a_date_do_not_break_over_lines() -> None:
    en = locale_for("en")
    assert " " not in en.value(quantity("130", KRW, 9, Qualifier.OVER))
    assert " " not in en.period(Period.parse("2026-11-21"))


@pytest.mark.parametrize(
    ("tag", "words", "dates"),
    [
        ("en", "from 10 to 13 August 2025, and on 5 May", ["13 August 2025", "5 May"]),
        ("en", "in August 2025, not in 2.5 May words or May 12, 3 marches", ["August 2025"]),
        ("vi", "ngày 13 tháng 12 năm 2025, tháng 8 năm 2025", ["13 tháng 12 năm 2025", "tháng 8 năm 2025"]),
        ("vi", "12 tháng 8; 3 tháng qua", ["12 tháng 8"]),
        ("ko", "2025년 8월 13일에, 2025년 12월까지, 8월 13일", ["2025년 8월 13일", "2025년 12월", "8월 13일"]),
    ],
)
def test_a_date_in_running_words_does_not_break_over_lines(tag: str, words: str, dates: list[str]) -> None:
    dated = locale_for(tag).dated(words)
    assert spaced(dated) == words
    assert [spaced(word) for word in re.split("[ ,;에까]", dated) if "\u00a0" in word] == dates


@pytest.mark.parametrize("tag", LANGUAGES)
def test_digits_agree_with_cldr(tag: str) -> None:
    for number in ("0", "7", "999", "1000", "1234567.25", "10238"):
        ours = locale_for(tag).digits(Decimal(number))
        assert ours == format_decimal(Decimal(number), locale=tag)


def test_dates_agree_with_cldr_where_it_is_right() -> None:
    for day in (date(2026, 11, 21), date(2025, 2, 3)):
        assert spaced(locale_for("en").date(day)) == format_date(day, "long", locale="en_GB")
        assert spaced(locale_for("ko").date(day)) == format_date(day, "long", locale="ko")
    assert locale_for("en").months == tuple(Cldr("en").months["format"]["wide"].values())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_is_complete(tag: str) -> None:
    locale, english = locale_for(tag), locale_for("en")
    assert locale.tag == tag
    assert set(locale.labels) == set(english.labels)
    assert set(locale.qualifiers) == set(Qualifier)
    assert all("{n}" in pattern for pattern in locale.qualifiers.values())
    for label, words in locale.labels.items():
        assert words.strip() == words != ""
        assert sorted(fields(words)) == sorted(fields(label)), label


def fields(pattern: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(pattern) if name]


def test_an_unknown_label_names_the_labels_there_are() -> None:
    with pytest.raises(BriefgenError) as caught:
        locale_for("vi").t("not state")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-label"
    assert 'did you mean "not stated"?' in problem.hints
    assert "Page {page} of {pages}" in problem.hints[-1]


def test_a_region_is_read_as_its_language() -> None:
    assert locale_for("en-GB") is locale_for("EN_us") is locale_for("en")


@pytest.mark.parametrize("tag", ["", "fr", "english", "os.path", "locale"])
def test_an_unknown_language_names_those_there_are(tag: str) -> None:
    with pytest.raises(BriefgenError, match="en, vi, ko") as caught:
        locale_for(tag)
    assert caught.value.problems[0].code == "unknown-language"


def test_words_in_a_row() -> None:
    locale: Locale = locale_for("en")
    assert [locale.listed(list(words)) for words in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert replace(locale, conjunction=" & ").listed(["a", "b"]) == "a & b"


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *(("en", "en"), ("en-GB", "en"), ("vi_VN", "vi"), ("KO", "ko")),
        *((tag, "") for tag in ("", "e", "en-", "en-/../../x", "en\r\nX: y", "en-\n")),
    ],
)
def test_what_is_no_language_tag_is_no_language(tag: str, language: str) -> None:
    """A tag names files and stands in headers."""
    assert language_of(tag) == language
