"""Reading numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from briefgen.evidence import Qualifier, UnitKind
from briefgen.numerals import Role, find_quantities, parse_quantity

Reading = tuple[str, str | None, int, str, str | None]


def value(text: str) -> Reading:
    """Low, high, exponent, unit and qualifier of a fact's value."""
    quantity = parse_quantity(text)
    unit = {UnitKind.PERCENT: "%", UnitKind.COUNT: quantity.unit.name, UnitKind.MEASURE: quantity.unit.name}
    return (
        f"{quantity.low:f}",
        None if quantity.high is None else f"{quantity.high:f}",
        quantity.exponent,
        unit.get(quantity.unit.kind, quantity.unit.name),
        quantity.qualifier.value if quantity.qualifier else None,
    )


def stated(text: str, language: str = "en", dollar: str = "USD") -> list[str]:
    """Every number of a text as one string: qualifier, low, high, exponent, unit, role where not cardinal."""
    found = []
    for one in find_quantities(text, language, dollar):
        quantity = one.quantity
        number = f"{quantity.low:f}" + (f"..{quantity.high:f}" if quantity.high is not None else "")
        unit = "%" if quantity.unit.kind is UnitKind.PERCENT else quantity.unit.name
        words = [
            quantity.qualifier.value if quantity.qualifier else "",
            number,
            f"e{quantity.exponent}" if quantity.exponent else "",
            unit or ("?" if quantity.unit.kind is UnitKind.CURRENCY else ""),
            "" if one.role is Role.CARDINAL else one.role.value,
        ]
        found.append(" ".join(word for word in words if word))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 200,000 people", ("200000", None, 0, "people", "over")),
        ("more than 10,000 South Korean companies", ("10000", None, 0, "South Korean companies", "over")),
        ("86.7 billion USD", ("86.7", None, 9, "USD", None)),
        ("$23 billion", ("23", None, 9, "USD", None)),
        ("US$5bn", ("5", None, 9, "USD", None)),
        ("€1.5m", ("1.5", None, 6, "EUR", None)),
        ("₩130 billion", ("130", None, 9, "KRW", None)),
        ("5 trillion ₫", ("5", None, 12, "VND", None)),
        ("130 billion won", ("130", None, 9, "KRW", None)),
        ("8.3% to 8.5%", ("8.3", "8.5", 0, "%", None)),
        ("8.3–8.5 per cent", ("8.3", "8.5", 0, "%", None)),
        ("from 1 per cent to 3 per cent", ("1", "3", 0, "%", None)),
        ("between 5 and 10 people", ("5", "10", 0, "people", None)),
        ("5 to 10 billion USD", ("5", "10", 9, "USD", None)),
        ("800 million to 1.2 billion USD", ("800", "1200", 6, "USD", None)),
        ("about 8 to 10 years", ("8", "10", 0, "years", "about")),
        ("at least 50 per cent", ("50", None, 0, "%", "at least")),
        ("no less than 50 percent", ("50", None, 0, "%", "at least")),
        ("50 or more sites", ("50", None, 0, "sites", "at least")),
        ("around 40 years", ("40", None, 0, "years", "about")),
        ("approximately 40,000 brides", ("40000", None, 0, "brides", "about")),
        ("roughly 5 km", ("5", None, 0, "km", "about")),
        ("nearly 4 decades", ("4", None, 0, "decades", "nearly")),
        ("almost 4 decades", ("4", None, 0, "decades", "nearly")),
        ("fewer than 5 MW", ("5", None, 0, "MW", "under")),
        ("below 5%", ("5", None, 0, "%", "under")),
        ("at most 5", ("5", None, 0, "", "at most")),
        ("no more than 5", ("5", None, 0, "", "at most")),
        ("up to 5", ("5", None, 0, "", "up to")),
        ("10,238 projects", ("10238", None, 0, "projects", None)),
        ("4.6 million visitors", ("4.6", None, 6, "visitors", None)),
        ("six billion USD", ("6", None, 9, "USD", None)),
        ("$.04", ("0.04", None, 0, "USD", None)),
        ("-5 per cent", ("-5", None, 0, "%", None)),
        ("minus 5 per cent", ("-5", None, 0, "%", None)),
        ("2 percentage points", ("2", None, 0, "percentage points", None)),
        ("2045", ("2045", None, 0, "", None)),
        ("86.70 billion USD", ("86.70", None, 9, "USD", None)),
    ],
)
def test_values(text: str, expected: Reading) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("many", "no number"),
        ("1,5 billion USD", "no number"),
        ("10² people", "no number"),
        ("¥5 billion", "ISO code"),
        ("5 billion kr", "ISO code"),
        ("5 billion USX", "not a currency code"),
        ("maybe 5 people", "qualifiers are"),
        ("5 people and 6 dogs", "states 2 numbers"),
        ("10 to 5", "states 2 numbers"),
        ("third", "ordinal"),
        ("3rd", "ordinal"),
        ("5G", "part of a name"),
        ("in 2025", "a date"),
        ("5% per year", "say it in the claim"),
        ("5 % of 8", "states 2 numbers"),
        ("5 people!", "not understood"),
    ],
)
def test_what_cannot_be_a_value_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the five articles
        ("increased from 1 per cent to 3 per cent per year", ["1..3 %"]),
        ("trade to $150 billion, up from $86.7 billion in 2024", ["150 e9 USD", "86.7 e9 USD", "2024 date"]),
        ("USD 100 billion by 2025 and USD 150 billion by 2030", ["100 e9 USD", "2025 date", "150 e9 USD", "2030 date"]),
        ("havingpoured more than $23 billion into", ["over 23 e9 USD"]),
        ("Around half of Samsung’s phones", ["about 50 %"]),
        ("morethan 10,000 South Korean companies", ["over 10000"]),
        ("a growth target at 8.3% to 8.5% and from 2026 onwards", ["8.3..8.5 %", "2026"]),
        ("Thirty-three years have passed", ["33"]),
        ("in nearly four decades", ["nearly 4"]),
        ("on a four-day state visit", ["4"]),
        ("third-largest trading partner", ["3 ordinal"]),
        ("the end of the 20th century", ["20 ordinal"]),
        ("From August 10–13, 2025", ["10 date", "13 date", "2025 date"]),
        ("On January 12, 2026, South Korean", ["12 date", "2026 date"]),
        ("on August 12, over 400 leading enterprises", ["12 date", "over 400"]),
        ("worth 130 billion won", ["130 e9 KRW"]),
        ("50% of GDP growth", ["50 %"]),
        ("- 12:46 13/08/2025", ["13 date", "8 date", "2025 date"]),
        # words
        ("six billion dollars", ["6 e9 USD"]),
        ("one hundred and thirty billion won", ["130 e9 KRW"]),
        ("two and a half million", ["2.5 e6"]),
        ("half a million people", ["0.5 e6"]),
        ("two million five hundred thousand", ["2500 e3"]),
        ("a hundred and a dozen", ["100", "12"]),
        ("three quarters of them, a third of us", ["75 %", "3 ordinal"]),
        ("the first half of the year", ["1 ordinal"]),
        ("tonight often someone", []),
        # signs, forms and scripts
        ("２００，０００ people and ５０％", ["200000", "50 %"]),
        ("$.04 a share", ["0.04 USD"]),
        ("10² and 10³ and 2⁵", []),
        ("1½ and 1⁄2 and ⅓", ["1.5", "0.5"]),
        ("1/2 and 24/7", []),
        ("−5 per cent, –3%, minus 2 per cent", ["-5 %", "-3 %", "-2 %"]),
        ("a word—5 people", ["5"]),
        ("5-10 people, 2024–2030", ["5..10", "2024 date", "2030 date"]),
        ("¥5 billion and 5 billion yen", ["5 e9 ?", "5 e9 JPY"]),
        ("S$5 million, HK$3bn, A$2m, €4, £5, ₩6, ₫7", [
            "5 e6 SGD", "3 e9 HKD", "2 e6 AUD", "4 EUR", "5 GBP", "6 KRW", "7 VND",
        ]),
        ("$4-billion plan and a 10-billion-won fund", ["4 e9 USD", "10 e9 KRW"]),
        ("10\u00a0238 projects and 10\u202f238", ["10238", "10238"]),
        ("10'238 and 1,00,000", ["10238", "100000"]),
        ("200k users, 5 km, 30 MW, 12 km²", ["200 e3", "5 km", "30 MW", "12 km²"]),
        ("200,000+ users, 50 or more", ["over 200000", "at least 50"]),
        ("COVID-19, G20, 5G, Resolution 57, mid-2025", [
            "19 name", "20 name", "5 name", "57", "2025 date",
        ]),
        ("1.2.3 and 10,23,4", []),
        ("-$5 and $-5", ["-5 USD", "-5 USD"]),
    ],
)  # fmt: skip
def test_english(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hơn 1,2 nghìn tỷ đồng", ["over 1.2 e12 VND"]),
        ("93,7 tỷ USD", ["93.7 e9 USD"]),
        ("năm 2025 tỷ lệ tăng", ["2025"]),
        ("1.000 triệu phú", ["1000"]),
        ("10.238 dự án", ["10238"]),
        ("khoảng 350.000 người", ["about 350000"]),
        ("ít nhất 50%", ["at least 50 %"]),
        ("8,3% đến 8,5%", ["8.3..8.5 %"]),
        ("ngày 13 tháng 8 năm 2025", ["13 date", "8 date", "2025 date"]),
        ("100 tỉ đô la", ["100 e9 USD"]),
        ("4,6 triệu lượt khách", ["4.6 e6"]),
        ("50 phần trăm trở lên", ["at least 50 %"]),
    ],
)
def test_vietnamese(text: str, expected: list[str]) -> None:
    import unicodedata

    assert stated(text, "vi") == expected
    assert stated(unicodedata.normalize("NFD", text), "vi") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("867억 달러로", ["867 e8 USD"]),
        ("130만 명 이상", ["at least 130 e4"]),
        ("1조 2,000억 원을", ["12000 e8 KRW"]),
        ("3천500만 명", ["35000 e3"]),
        ("약 8.3%에서 8.5%로", ["about 8.3..8.5 %"]),
        ("200여 개", ["over 200"]),
        ("2025년 8월 13일", ["2025 date", "8 date", "13 date"]),
        ("1300억원 규모", ["1300 e8 KRW"]),
    ],
)
def test_korean(text: str, expected: list[str]) -> None:
    assert stated(text, "ko") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mười hai doanh nghiệp, hai mươi mốt dự án", ["12", "21"]),
        ("hai trăm người, một trăm linh năm, hai trăm mười", ["200", "105", "210"]),
        ("một nghìn chín trăm chín mươi hai", ["1992"]),
        ("hai nghìn không trăm hai mươi lăm và hai nghìn lẻ một", ["2025", "2001"]),
        ("hơn ba nghìn tỷ đồng", ["over 3 e12 VND"]),
        ("khoảng năm trăm triệu won", ["about 500 e6 KRW"]),
        ("nửa triệu đô la và hai triệu rưỡi người", ["0.5 e6 USD", "2.5 e6"]),
        ("hai phẩy năm tỷ đô la", ["2.5 e9 USD"]),
        ("ba phần trăm, năm mươi phần trăm", ["3 %", "50 %"]),
        ("từ hai mươi đến ba mươi người", ["20..30"]),
        ("thứ mười hai, thế kỷ hai mươi mốt, tháng mười hai", ["12 ordinal", "21 ordinal", "12 ordinal"]),
        ("năm hai nghìn", ["2 e3 date"]),
        # what stands around a number is none of it: year, rate, billionaire, symptom
        ("hai mươi năm và hai mươi lăm năm", ["20", "25"]),
        ("hai triệu một năm", ["2 e6"]),
        ("một tỷ lệ cao, hai tỷ phú, một triệu chứng, năm tỷ trọng", []),
        # a syllable alone is a word like others, and some hundreds are no number
        ("một bên, hai nước, ba người, năm nay, mười năm", []),
        ("hàng trăm doanh nghiệp, vài chục người, trăm năm, hai ba trăm người", []),
    ],
)
def test_vietnamese_words(text: str, expected: list[str]) -> None:
    import unicodedata

    for written in (text, text.upper(), unicodedata.normalize("NFD", text)):
        assert stated(written, "vi") == expected
    assert stated(text, "en") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("삼십 개 기업과 사십오 년", ["30", "45"]),
        ("이백만 달러, 삼백만 관중", ["200 e4 USD", "300 e4"]),
        ("일억 이천만 원을", ["12000 e4 KRW"]),
        ("오십퍼센트, 삼십 퍼센트를, 백이십 %", ["50 %", "30 %", "120 %"]),
        ("열두 나라, 스물네 곳, 서른다섯 살, 쉰 명", ["12", "24", "35", "50"]),
        ("삼십여 명, 약 이백 개국, 삼천 명 이상", ["over 30", "about 200", "at least 3000"]),
        ("스무 번째", ["20 ordinal"]),
        ("이천십오 년", ["2015 date"]),
        ("백 명, 천 개, 만 원", ["100", "1000", "1 e4 KRW"]),
        ("이만 명, 오만 원, 사천 건, 구천 개", ["2 e4", "5 e4 KRW", "4000", "9000"]),
        # syllables of numbers in other words: structure, investigation, if, angel, Oman, Sichuan, Icheon, a shrine
        ("구조 개혁, 구조원이, 조사 결과, 경사, 일조하다", []),
        ("만일 회사가, 만일 개인이, 천사 같은, 이만 줄입니다, 일만 하다", []),
        ("오만 대사관, 오만 국가, 사천 지역, 이천 도시, 백두산, 백화점, 만세, 억울한", []),
        ("백만장자, 천만다행, 이십일세기, 이십대 청년, 십이월, 십자가, 열세에 놓인, 쉰 목소리", []),
        ("수백 명, 몇 백 명, 두 나라, 세 배, 열 가지", []),
    ],
)
def test_korean_words(text: str, expected: list[str]) -> None:
    assert stated(text, "ko") == expected
    assert stated(text, "en") == []


def test_units_with_particles() -> None:
    assert stated("50퍼센트를 넘는 20퍼센트포인트의", "ko") == ["50 %", "20 percentage points"]


def test_other_languages_separators() -> None:
    assert stated("1.234,5 Millionen Euro", "de") == ["1234.5 e6 EUR"]
    assert stated("12 400 entreprises", "fr") == ["12400"]
    assert stated("867億ドル", "ja") == ["867 e8"]


def test_the_dollar_is_the_sources() -> None:
    assert stated("$5 million and US$5 million", dollar="CAD") == ["5 e6 CAD", "5 e6 USD"]


def test_positions_are_those_of_the_text_as_given() -> None:
    text = "soft\u00adhyphen:  over   ２００，０００ people — “$5\u00a0billion”"
    first, second = find_quantities(text)
    assert text[first.span.start : first.span.end] == "２００，０００"
    assert first.hedge is not None
    assert text[first.hedge.start : first.hedge.end] == "over"
    assert text[second.span.start : second.span.end] == "$5\u00a0billion"


def test_a_range_keeps_its_ends() -> None:
    (found,) = find_quantities("from 1 per cent to 3 per cent")
    assert found.movement
    assert found.ends is not None
    assert [end.quantity.low for end in found.ends] == [Decimal(1), Decimal(3)]
    (plain,) = find_quantities("8.3% to 8.5%")
    assert not plain.movement
    assert plain.quantity.qualifier is None
    assert find_quantities("at least 5")[0].quantity.qualifier is Qualifier.AT_LEAST


@pytest.mark.parametrize(
    ("text", "number"),
    [("867억 달러로 늘었다", "867억 달러"), ("3만 원을", "3만 원"), ("30억달러이상을", "30억달러")],
)
def test_a_korean_particle_is_no_part_of_the_number_before_it(text: str, number: str) -> None:
    [stated] = find_quantities(text, "ko")
    assert text[stated.span.start : stated.span.end] == number
