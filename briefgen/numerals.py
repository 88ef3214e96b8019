"""Reading numbers: the `value` of a fact, and every number that a passage states.

Both go through one reader, so that what a curator writes and what a source says are understood alike: digits with
the separators of the text's language, magnitude words, currencies, per cent, measures, ranges, hedges
("over", "khoảng", "이상"), numbers in words (English), ordinals and dates kept apart. Nothing is rounded; a number
that cannot be read for certain (10², ⅓, 1.2.3) is not reported at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from briefgen.evidence import Qualifier, Quantity, Unit, UnitKind
from briefgen.folding import Folded, Span, fold


class Role(StrEnum):
    """What a number does in its sentence."""

    CARDINAL = "cardinal"  # counts or measures
    ORDINAL = "ordinal"  # third, 20th
    DATE = "date"  # a day, month or year
    NAME = "name"  # part of a name: G20, COVID-19, 5G


@dataclass(frozen=True, slots=True)
class Stated:
    """A number, or a range, as a text states it.

    Attributes:
        quantity: its value; the unit is an unnamed count where none is stated, and a currency without a code
            where the sign is that of several currencies (¥, kr).
        span: the number with its sign, magnitude word, currency and unit, in code points of the text.
        hedge: where its qualifier stands, if it has one.
        role: what it does.
        spelled: whether it is written in words.
        ends: the two ends of a range, each as a number of its own.
        movement: whether the range is worded "from … to …", which may tell of a change.
    """

    quantity: Quantity
    span: Span
    hedge: Span | None = None
    role: Role = Role.CARDINAL
    spelled: bool = False
    ends: tuple[Stated, Stated] | None = None
    movement: bool = False


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COUNT = Unit(UnitKind.COUNT)
PERCENT = Unit(UnitKind.PERCENT)
PERCENTAGE_POINTS = Unit(UnitKind.COUNT, "percentage points")
UNNAMED_CURRENCY = Unit(UnitKind.CURRENCY)

CURRENCIES = frozenset(
    _words_of("""
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYU UZS VED VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWG""")
)
"""The codes of ISO 4217 in use."""

MEASURES = frozenset(
    _words_of("""
    mm cm m km nm mi ft ha m² m2 m³ m3 km² km2 sqm l mg g kg kt Mt Gt oz lb W kW MW GW TW Wh kWh MWh GWh TWh V kV J
    kJ MJ GJ TJ Hz kHz MHz GHz kB MB GB TB PB Kbps Mbps Gbps °C °F km/h kWp MWp GWp CO2e tCO2e TEU""")
)
"""Symbols that are printed after the number as they stand."""

_EXPECTED = "write it like `over 200,000 people`, `86.7 billion USD`, `8.3% to 8.5%` or `at least 50 per cent`"


def parse_quantity(text: str) -> Quantity:
    """Read a fact's `value`, in English notation.

    Args:
        text: a qualifier, a number or a range, and its unit, such as "over 200,000 people", "$23 billion",
            "from 1 per cent to 3 per cent".

    Raises:
        ValueError: with a message fit for a user.
    """
    found = find_quantities(text, "en", "USD")
    if not found:
        raise ValueError(f"{text!r} states no number that can be read: {_EXPECTED}")
    if len(found) > 1:
        raise ValueError(f"{text!r} states {len(found)} numbers: give each a name under `values`, or {_EXPECTED}")
    stated = found[0]
    quantity = stated.quantity
    match stated.role:
        case Role.ORDINAL:
            raise ValueError(f"{text!r} is an ordinal: write it in the claim, and leave `value` out")
        case Role.DATE | Role.NAME:
            raise ValueError(f"{text!r} is a date or part of a name, not a quantity: {_EXPECTED}")
        case Role.CARDINAL:
            pass
    first = min(span.start for span in (stated.span, stated.hedge) if span)
    before, after = text[:first].strip().casefold(), text[stated.span.end :]
    if stated.hedge and stated.hedge.start >= stated.span.end:
        after = text[stated.span.end : stated.hedge.start] + text[stated.hedge.end :]
    if before and not (stated.ends and before in ("from", "between")):
        known = ", ".join(qualifier.value for qualifier in Qualifier)
        raise ValueError(f"{text[:first].strip()!r} before the number is not understood; qualifiers are {known}")
    if quantity.unit == UNNAMED_CURRENCY:
        raise ValueError(f"the currency in {text!r} may be one of several: write its ISO code, e.g. 5 billion JPY")
    return replace(quantity, unit=_with_noun(quantity.unit, after.strip(), text))


@lru_cache(maxsize=32768)
def find_quantities(text: str, language: str = "en", dollar: str = "USD") -> tuple[Stated, ...]:
    """Read every number that a text states.

    Args:
        text: a passage, a claim, a template's words.
        language: a BCP 47 tag; decides on separators and words (English ones are always understood).
        dollar: the ISO 4217 code of what the text calls a dollar.

    Returns:
        Numbers and ranges in the order in which they stand; they don't overlap.
    """
    if not _ANY_NUMBER.search(text) and (text.isascii() or not _ANY_NUMBER.search(fold(text))):
        return ()
    return tuple(_Reader(text, language.split("-")[0].lower(), dollar).read())


def _with_noun(unit: Unit, rest: str, text: str) -> Unit:
    """The unit with the counted noun that follows the number."""
    if not rest:
        return unit
    if unit != COUNT:
        raise ValueError(f"{rest!r} after the unit in {text!r} is not understood: say it in the claim, or {_EXPECTED}")
    if not _NOUN.fullmatch(rest):
        raise ValueError(f"{rest!r} in {text!r} is not understood: {_EXPECTED}")
    if re.fullmatch("[A-Z]{3}", rest):
        raise ValueError(f"{rest!r} is not a currency code of ISO 4217 (a counted noun is written in small letters)")
    if rest.casefold() in ("kr", "kr."):
        raise ValueError(f"the currency in {text!r} may be one of several: write its ISO code, e.g. 5 billion SEK")
    return Unit(UnitKind.COUNT, " ".join(rest.split()))


# -- words -------------------------------------------------------------------------------------------------

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrases:
    """A table of phrases.

    Attributes:
        keys: each phrase's words → its key.
        first, last: the words that any of them begins or ends with, so that most places need no further look.
    """

    keys: dict[_Words, str]
    first: frozenset[str]
    last: frozenset[str]


def _phrases(table: str) -> _Phrases:
    """Read `key: phrase | phrase` a line."""
    found = {}
    for line in table.strip().splitlines():
        key, _, phrases = line.partition(":")
        for phrase in phrases.split("|"):
            found[tuple(phrase.split())] = key.strip()
    return _Phrases(found, frozenset(words[0] for words in found), frozenset(words[-1] for words in found))


_HEDGES = _phrases(
    """
    about: about | around | approximately | approx | approx . | roughly | some | circa | c . | ca . | ~ | ≈
    about: an estimated
    about: estimated | an estimated total of | in the region of | in the order of
    nearly: nearly | almost | close to | approaching | not quite
    over: over | more than | above | exceeding | in excess of | upwards of | greater than | beyond | > | well over
    over: morethan | surpassing
    at least: at least | no less than | no fewer than | not less than | not fewer than | a minimum of | minimum | ≥
    under: under | less than | fewer than | below | < | just under | well under
    at most: at most | no more than | not more than | a maximum of | maximum | ≤
    up to: up to | as many as | as much as
    about: khoảng | xấp xỉ | chừng | ước khoảng | ước tính
    nearly: gần | suýt soát
    over: hơn | trên | vượt | quá
    at least: ít nhất | tối thiểu | không dưới
    under: dưới | chưa đến | chưa tới | ít hơn
    at most: nhiều nhất | tối đa | không quá
    up to: lên tới | lên đến
    about: 약 | 대략
    nearly: 거의
    at least: 최소 | 적어도
    up to: 최대
    """
)
_HEDGES_AFTER = _phrases(
    """
    at least: or more | or over | at least | trở lên | 이상
    at most: or less | or fewer | at most | trở xuống | 이하
    over: + | 여 | 초과
    under: 미만
    about: or so | 안팎 | 내외 | 정도 | 가량 | 쯤
    nearly: 가까이
    """
)
_CURRENCY_WORDS = _phrases(
    """
    $: dollar | dollars | đô la | đô - la | 달러
    USD: us dollar | us dollars | u . s . dollars | american dollars | đô la mỹ | 미국 달러 | 미 달러
    CAD: canadian dollars | canadian dollar
    AUD: australian dollars | australian dollar
    SGD: singapore dollars | singapore dollar
    HKD: hong kong dollars
    TWD: new taiwan dollars | taiwan dollars
    NZD: new zealand dollars
    EUR: euro | euros | 유로
    GBP: pounds sterling | british pounds | bảng anh
    KRW: won | korean won | south korean won | 원
    VND: dong | dongs | vietnamese dong | vietnam dong | đồng | vnđ | 베트남 동
    JPY: yen | japanese yen | yên | 엔
    CNY: yuan | renminbi | chinese yuan | rmb | nhân dân tệ | 위안
    INR: rupees | indian rupees
    THB: baht
    IDR: rupiah
    MYR: ringgit
    CHF: swiss francs
    RUB: roubles | rubles
    """
)
_CURRENCY_SIGNS = {
    "$": "$", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "s$": "SGD", "hk$": "HKD",
    "nt$": "TWD", "nz$": "NZD", "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "₩": "KRW", "₫": "VND", "₹": "INR",
    "฿": "THB", "₱": "PHP", "₽": "RUB", "₺": "TRY", "₴": "UAH", "¥": "",
}  # fmt: skip
_PERCENT_WORDS = _phrases(
    """
    points: percentage point | percentage points | per cent point | per cent points | percent points | % points | % p
    points: điểm phần trăm | điểm % | 퍼센트포인트 | % 포인트 | %p | pp
    percent: % | per cent | percent | pct | pct . | phần trăm | 퍼센트 | percentage
    """
)
_MAGNITUDES = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "crore": 7,
    "bn": 9, "bln": 9, "mn": 6, "mln": 6, "tn": 12, "trn": 12,
    "trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9,
    "millions": 6, "milliard": 9, "milliards": 9, "millionen": 6, "milliarden": 9, "millones": 6, "milioni": 6,
}  # fmt: skip
_GLUED_MAGNITUDES = {"k": 3, "m": 6, "b": 9, "t": 12}
_ASIAN_UNITS = {
    "십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12, "경": 16,
    "十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12, "京": 16,
}  # fmt: skip

_ONES = {
    name: number
    for number, name in enumerate(
        _words_of("""
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""")
    )
}
_TENS = {
    name: 10 * number
    for number, name in enumerate(_words_of("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_DOZEN = {"dozen": 12}
_WORD_MAGNITUDES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_ORDINALS = {
    name: number
    for number, name in enumerate(
        _words_of("""
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100}
_NUMBER_WORDS = frozenset(("a", "an", "half", "one", *_ONES, *_TENS, *_ORDINALS))
"""What a number in words begins with."""
_MINUS_WORDS = ("minus", "negative")
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}  # fmt: skip

_MONTHS = frozenset(
    _words_of("""january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec""")
)
_BEFORE_YEAR = frozenset(_words_of("in by since until till during year năm"))
_RANGE_WORDS = frozenset(("to", "đến", "tới"))
_DECIMAL_COMMA = frozenset(
    _words_of("vi fr de es it pt nl id ru pl tr da sv nb no fi cs sk hu ro bg uk el hr sl sr lt lv et")
)
_SPACE_GROUPS = frozenset(_words_of("fr ru pl cs sk sv nb no fi uk bg hu lt lv et"))

# -- tokens ------------------------------------------------------------------------------------------------

_ANY_NUMBER = re.compile(
    r"[\d½¼¾⅕-⅞]|\b(?:" + "|".join([*_ONES, *_TENS, *_DOZEN, *_ORDINALS, *_PARTS, "hundred", *_WORD_MAGNITUDES]) + r")",
    re.IGNORECASE,
)
_NOUN = re.compile(r"[^\W\d_][\w'’&/()., -]*")


def _tokens(group: str, mark: str) -> re.Pattern[str]:
    """The tokens of a text whose numbers group thousands with `group` and part decimals with `mark`."""
    whole = rf"\d{{1,3}}(?:[{group}]\d{{3}})+|\d{{1,3}}(?:[ ]\d{{3}})+|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|\d+"
    # No digit, separator, fraction or superscript may follow: then the number is another one.
    whole_end = r"(?![.,']?\d|[⁄²³¹⁰-⁹½¼¾⅓-⅞]|\s[½¼¾⅓-⅞])"
    asian = rf"\d[\d{group}]*(?:[{mark}]\d+)?[{''.join(_ASIAN_UNITS)}]+"
    return re.compile(
        rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}(?![\d-])|(?<![\d/])\d{{1,4}}/\d{{1,2}}/\d{{1,4}}(?![\d/])"
        rf"|(?<![\d/])\d{{1,2}}/\d{{4}}(?![\d/]))"
        rf"|(?P<odd>\d+(?:[/:]\d+)+)"
        rf"|(?P<asian>{asian}(?:\s?{asian})*)"
        rf"|(?P<mixed>(?:\d+\s?)?[½¼¾⅓-⅞](?!\d)|(?:\d+\s)?\d+⁄\d+)"
        rf"|(?P<number>(?:(?:{whole})(?:[{mark}]\d+)?|(?<![\d.,])[{mark}]\d+){whole_end})"
        rf"|(?P<odd2>\d[\d.,'⁄²³¹⁰-⁹½¼¾⅓-⅞]*)"
        rf"|(?P<sign>(?<![^\W\d_])(?:us|au|a|ca|c|s|hk|nt|nz|r|mx)\$|[$€£₩₫¥₹฿₱₽₺₴])"
        rf"|(?P<word>°[cf]|[^\W\d_]+(?:'[^\W\d_]+)?[²³]?)"
        rf"|(?P<mark>[^\s\w]|_)"
    )


_POINT = _tokens(",'", ".")
_COMMA = _tokens(".'", ",")
_VULGAR = re.compile(r"(?:(\d+)\s?)?(?:(\d+)⁄(\d+)|([½¼¾⅓-⅞]))")


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    """In small letters, digits in ASCII."""
    raw: str
    start: int
    end: int


@dataclass(slots=True)
class _Number:
    """A number being read: tokens `first` up to, not including, `stop`."""

    first: int
    stop: int
    low: Decimal
    exponent: int = 0
    unit: Unit = COUNT
    role: Role = Role.CARDINAL
    spelled: bool = False

    def quantity(self, qualifier: Qualifier | None = None) -> Quantity:
        return Quantity(self.low, self.unit, exponent=self.exponent, qualifier=qualifier)


_NONE = _Token("end", "", "", -1, -1)


class _Reader:
    """One text being read."""

    def __init__(self, text: str, language: str, dollar: str) -> None:
        self.language = language
        self.dollar = dollar
        self.comma = language in _DECIMAL_COMMA
        self.folded = Folded(text)
        plain = _plain(self.folded.text)
        lower = _lower(plain)
        self.tokens = [
            _Token(match.lastgroup or "", match[0], plain[match.start() : match.end()], *match.span())
            for match in (_COMMA if self.comma else _POINT).finditer(lower)
        ]
        self.last_date = -9

    def read(self) -> Iterator[Stated]:
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            if token.kind == "date":
                yield from self._written_date(token)
                place += 1
                continue
            number = self._number(place) if self._may_begin(token) else None
            if number is None:
                place += 1
                continue
            stated, place = self._with_range(number)
            yield stated

    def _may_begin(self, token: _Token) -> bool:
        """Whether a number may begin here: most tokens are other words and marks."""
        match token.kind:
            case "word":
                return token.text in _NUMBER_WORDS or token.text in _MINUS_WORDS or token.raw in CURRENCIES
            case "mark":
                return token.text == "-"
            case _:
                return True

    # -- looking around --

    def _at(self, place: int) -> _Token:
        return self.tokens[place] if 0 <= place < len(self.tokens) else _NONE

    def _glued(self, place: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return 0 < place < len(self.tokens) and self.tokens[place - 1].end == self.tokens[place].start

    def _phrase(self, place: int, table: _Phrases) -> tuple[str, int] | None:
        """The longest phrase of a table that starts at a token, and where it stops."""
        if self._at(place).text not in table.first:
            return None
        for length in (4, 3, 2, 1):
            words = tuple(token.text for token in self.tokens[place : place + length])
            if len(words) == length and words in table.keys:
                return table.keys[words], place + length
        return None

    def _phrase_before(self, place: int, table: _Phrases) -> tuple[str, int] | None:
        """The longest phrase of a table that stops before a token, and where it starts."""
        if self._at(place - 1).text not in table.last:
            return None
        for length in (4, 3, 2, 1):
            if length <= place:
                words = tuple(token.text for token in self.tokens[place - length : place])
                if words in table.keys:
                    return table.keys[words], place - length
        return None

    def _span(self, first: int, stop: int) -> Span:
        return self.folded.span(self.tokens[first].start, self.tokens[stop - 1].end)

    # -- a number with its sign, currency and unit --

    def _number(self, place: int) -> _Number | None:
        first = place
        negative = False
        token = self._at(place)
        if (token.text == "-" or token.text in _MINUS_WORDS) and self._is_sign(place):
            negative = True
            place += 1
        unit: Unit | None = None
        if (currency := self._currency_before(place)) is not None:
            unit = self._currency(currency)
            place += 1
            if self._at(place).text == "-" and self._glued(place) and self._glued(place + 1):
                negative, place = True, place + 1
        number = self._digits(place, unit is not None) or (self._words(place) if not unit else None)
        if number is None:
            return None
        number.first = first
        if negative:
            number.low = -number.low
        if unit is not None:
            number.unit = unit
        elif number.unit == COUNT and number.role is Role.CARDINAL:
            self._read_unit(number)
        return number

    def _is_sign(self, place: int) -> bool:
        """Whether a dash is a minus sign: nothing glued before it, a number or a currency glued after it."""
        token, after = self._at(place), self._at(place + 1)
        if token.text != "-":
            return after.kind in ("number", "sign")
        raw = self.folded.raw_at(token.start)
        opened = not self._glued(place) or self._at(place - 1).text in ("(", "[", "/", "=", "~", '"', "'")
        return raw not in ("—", "―") and opened and self._glued(place + 1) and after.kind in ("number", "sign", "asian")

    def _currency_before(self, place: int) -> str | None:
        token = self._at(place)
        if token.kind == "sign":
            return _CURRENCY_SIGNS[token.text]
        if (
            token.kind == "word"
            and token.raw in CURRENCIES
            and self._at(place + 1).kind in ("number", "asian", "mixed")
        ):
            return token.raw
        return None

    def _currency(self, name: str) -> Unit:
        code = self.dollar if name == "$" else name
        if not code:
            code = {"ja": "JPY", "zh": "CNY"}.get(self.language, "")
        return _currency_unit(code)

    def _digits(self, place: int, has_currency: bool) -> _Number | None:
        token = self._at(place)
        match token.kind:
            case "number":
                low = self._decimal(token)
                if low is None:
                    return None
                number = _Number(place, place + 1, low)
            case "mixed":
                exact = _mixed(token.text)
                if exact is None:
                    return None
                number = _Number(place, place + 1, exact)
            case "asian":
                low, exponent = _asian(token.text, self.comma)
                return _Number(place, place + 1, low, exponent)
            case _:
                return None
        if self._read_role(number):
            return number
        self._read_magnitude(number, has_currency)
        return number

    def _decimal(self, token: _Token) -> Decimal | None:
        digits = token.text
        if " " in digits:
            spaces = {self.folded.raw_at(token.start + n) for n, char in enumerate(digits) if char == " "}
            if self.language not in _SPACE_GROUPS and not spaces <= set("\u00a0\u2007\u2009\u202f"):
                return self._split(token)
            digits = digits.replace(" ", "")
        digits = digits.replace("'", "")
        digits = digits.replace(".", "").replace(",", ".") if self.comma else digits.replace(",", "")
        return Decimal("0" + digits if digits.startswith(".") else digits)

    def _split(self, token: _Token) -> Decimal | None:
        """A plain space parts two numbers in this language: put them back as two tokens."""
        place = self.tokens.index(token)
        words = token.text.split(" ")
        start = token.start
        parts = []
        for word in words:
            parts.append(_Token("number", word, word, start, start + len(word)))
            start += len(word) + 1
        self.tokens[place : place + 1] = parts
        return self._decimal(parts[0])

    def _read_role(self, number: _Number) -> bool:
        """Recognise ordinals, dates and names; whether it is one of them."""
        place = number.stop - 1
        token, before, after = self._at(place), self._at(place - 1), self._at(place + 1)
        plain = token.text.isdigit()
        if plain and self._glued(place + 1) and after.text in ("st", "nd", "rd", "th"):
            number.role, number.stop = Role.ORDINAL, place + 2
            return True
        if plain and self._is_date(place):
            number.role = Role.DATE
            self.last_date = place
            return True
        if plain and before.text == "thứ":
            number.role = Role.ORDINAL
            return True
        if plain and before.text == "제" and self._glued(place):
            number.role = Role.ORDINAL
            return True
        hyphenated = before.text == "-" and self._glued(place) and self._glued(place - 1)
        if hyphenated and self.folded.raw_at(before.start) not in "-‐‑":
            return False  # a dash parts what a hyphen joins
        stem = self._at(place - 2) if hyphenated else before
        glued = hyphenated or self._glued(place)
        if glued and stem.kind == "word" and not _is_hangul(stem.text[-1]):
            if hyphenated and plain and len(token.text) == 4:
                number.role = Role.DATE  # mid-2025
                return True
            if hyphenated or len(stem.text) <= 3:
                number.role = Role.NAME  # COVID-19, G20
                return True
        if self._glued(place + 1) and after.kind == "word" and self._is_name(after):
            number.role, number.stop = Role.NAME, place + 2  # 5G
            return True
        return False

    def _is_name(self, after: _Token) -> bool:
        """Whether letters glued to a number make it a name: 5G, 3D; not 5bn, 10km, 50조, 200k."""
        if _is_hangul(after.text[0]) or _is_han(after.text[0]) or len(after.text) > 3:
            return False
        known = after.text in _MAGNITUDES or after.text in _GLUED_MAGNITUDES or after.text == "pp"
        return not known and after.raw not in MEASURES and after.raw not in CURRENCIES

    def _is_date(self, place: int) -> bool:
        token, before, after = self._at(place), self._at(place - 1), self._at(place + 1)
        small = len(token.text) <= 2 and 1 <= int(token.text) <= 31
        year = len(token.text) == 4 and 1000 <= int(token.text) <= 2199
        if not small and not year:
            return False
        if before.text in _MONTHS and (before.text != "may" or before.raw[0] == "M"):
            return year or not self._starts_quantity(place + 1)
        if small and (after.text in _MONTHS or (after.text == "of" and self._at(place + 2).text in _MONTHS)):
            return after.text not in ("may", "march") or after.raw[0] == "M"
        if (
            place - self.last_date == 2
            and before.text in (",", "-", "and", "to", "/")
            and not self._starts_quantity(place + 1)
        ):
            return year or before.text != ","
        if year and after.text.startswith(("년", "年")):
            return True
        if small and after.text.startswith(("월", "月")) and self._glued(place + 1):
            return True
        if small and self._glued(place + 1) and after.text.startswith(("일", "日")):
            return self._at(place - 1).text.startswith(("월", "月"))
        if before.text in ("ngày", "tháng") and self.language == "vi":
            return True
        if year and before.text in _BEFORE_YEAR:
            return not self._starts_quantity(place + 1)
        return year and before.text in ("h1", "h2", "q1", "q2", "q3", "q4")

    def _starts_quantity(self, place: int) -> bool:
        """Whether a magnitude, per cent or currency stands at a token: what comes before it counts, and is no date."""
        token = self._at(place)
        return (
            token.text in _MAGNITUDES
            or self._phrase(place, _PERCENT_WORDS) is not None
            or self._phrase(place, _CURRENCY_WORDS) is not None
            or token.raw in CURRENCIES
        )

    def _read_magnitude(self, number: _Number, has_currency: bool) -> None:
        place = number.stop
        if self._at(place).text == "-" and self._glued(place) and self._at(place + 1).text in _MAGNITUDES:
            place += 1  # $4-billion
        token = self._at(place)
        if self._glued(place) and token.text in _GLUED_MAGNITUDES:
            if has_currency or token.text == "k" or token.raw in ("M", "B"):
                number.exponent, number.stop = _GLUED_MAGNITUDES[token.text], place + 1
            return
        exponent = 0
        while self._at(place).text in _MAGNITUDES:  # nghìn tỷ: each word multiplies
            exponent += _MAGNITUDES[self._at(place).text]
            place += 1
        if exponent:
            number.exponent, number.stop = exponent, place

    def _read_unit(self, number: _Number) -> None:
        place = number.stop
        if self._at(place).text == "-" and self._glued(place) and self._glued(place + 1):
            place += 1  # 50-percent, 10-billion-won
        if (percent := self._phrase(place, _PERCENT_WORDS)) is not None:
            kind, number.stop = percent
            number.unit = PERCENT if kind == "percent" else PERCENTAGE_POINTS
            return
        token = self._at(place)
        if token.kind == "sign" and self._at(place + 1).kind not in ("number", "asian", "mixed"):
            number.unit, number.stop = self._currency(_CURRENCY_SIGNS[token.text]), place + 1
        elif token.raw in CURRENCIES:
            number.unit, number.stop = _currency_unit(token.raw), place + 1
        elif (currency := self._currency_word(place)) is not None:
            name, number.stop = currency
            number.unit = self._currency(name)
        elif token.raw in MEASURES and (token.raw != "m" or self._glued(place)):
            number.unit, number.stop = Unit(UnitKind.MEASURE, token.raw), place + 1

    def _currency_word(self, place: int) -> tuple[str, int] | None:
        if (found := self._phrase(place, _CURRENCY_WORDS)) is not None:
            return found
        word = self._at(place).text
        if word and _is_hangul(word[0]):  # particles are glued on: 달러로, 원을
            for phrase, name in _CURRENCY_WORDS.keys.items():
                if len(phrase) == 1 and _is_hangul(phrase[0][0]) and word.startswith(phrase[0]):
                    if len(word) - len(phrase[0]) > 3:
                        return None
                    self._part_token(place, len(phrase[0]))
                    return name, place + 1
        return None

    def _part_token(self, place: int, length: int) -> None:
        """Part a token in two, so that what is glued on is no part of the number."""
        token = self.tokens[place]
        middle = token.start + length
        self.tokens[place : place + 1] = [
            _Token(token.kind, token.text[:length], token.raw[:length], token.start, middle),
            _Token(token.kind, token.text[length:], token.raw[length:], middle, token.end),
        ]

    # -- numbers in words --

    def _words(self, place: int) -> _Number | None:
        """Six billion, one hundred and thirty, thirty-three, half a million, third, half of."""
        token = self._at(place)
        if token.kind != "word" or token.text not in _NUMBER_WORDS:
            return None
        if place and self._glued(place) and self._at(place - 1).kind in ("word", "number"):
            return None
        if (part := self._part(place)) is not None:
            return part
        if token.text in ("a", "an", "half"):
            return self._article(place)
        groups: list[tuple[int, int]] = []
        stop = place
        while (small := self._below_thousand(stop)) is not None:
            number, after = small
            if number < 0:  # an ordinal ends the number
                return _Number(place, after, Decimal(-number), role=Role.ORDINAL, spelled=True) if not groups else None
            exponent = 0
            while self._at(after).text in _WORD_MAGNITUDES:
                exponent += _WORD_MAGNITUDES[self._at(after).text]
                after += 1
            if groups and exponent >= groups[-1][1]:
                break
            groups.append((number, exponent))
            stop = after
            if not exponent:
                break
        if not groups:
            return None
        exponent = min(exponent for _, exponent in groups)
        low = sum((_shifted(Decimal(number), group - exponent) for number, group in groups), Decimal())
        read = _Number(place, stop, low, exponent, spelled=True)
        if len(groups) == 1 and self._texts(stop, 3) == ("and", "a", "half"):
            read.low, read.stop = low + Decimal("0.5"), stop + 3
            self._read_magnitude(read, False)
        return read

    def _texts(self, place: int, count: int) -> _Words:
        return tuple(token.text for token in self.tokens[place : place + count])

    def _article(self, place: int) -> _Number | None:
        """A million, an hundred, a dozen, half a million."""
        low = Decimal(1)
        after = place + 1
        if self._at(place).text == "half":
            if self._at(after).text not in ("a", "an"):
                return None
            low, after = Decimal("0.5"), after + 1
        word = self._at(after).text
        if word in _WORD_MAGNITUDES:
            number = _Number(place, after, low, spelled=True)
            self._read_magnitude(number, False)
            return number
        if word in ("hundred", "dozen"):
            return _Number(place, after + 1, low * (100 if word == "hundred" else 12), spelled=True)
        return None

    def _below_thousand(self, place: int) -> tuple[int, int] | None:
        """A number below a thousand and where it stops; negative for an ordinal."""
        word = self._at(place).text
        if word in _ORDINALS:
            return -_ORDINALS[word], place + 1
        if word in _TENS:
            after = place + 1
            step = after + 1 if self._at(after).text == "-" and self._glued(after) else after
            ones = self._at(step).text
            if 0 < _ONES.get(ones, 0) < 10:
                number, place = _TENS[word] + _ONES[ones], step + 1
            elif step != after and ones in _ORDINALS:
                return -(_TENS[word] + _ORDINALS[ones]), step + 1
            else:
                number, place = _TENS[word], after
        elif word in _ONES:
            number, place = _ONES[word], place + 1
        else:
            return None
        if self._at(place).text == "dozen":
            return number * 12, place + 1
        if self._at(place).text == "hundred" and number:
            number, place = number * 100, place + 1
            more = place + 1 if self._at(place).text == "and" else place
            rest = self._below_thousand(more)
            if rest is not None and 0 < rest[0] < 100:
                return number + rest[0], rest[1]
        return number, place

    def _part(self, place: int) -> _Number | None:
        """A share in words, read as per cent: half of, three quarters of. Those without an end (a third) are left."""
        share, stop = Fraction(1), place
        word = self._at(place).text
        if word in ("a", "one") or 1 < _ONES.get(word, 0) < 10:
            share, stop = Fraction(_ONES.get(word, 1)), place + 1
            if self._at(stop).text == "-" and self._glued(stop):
                stop += 1
        elif word != "half" or self._at(place - 1).text in ("first", "second", "latter", "other", "1st", "2nd"):
            return None
        name = self._at(stop).text
        if name not in _PARTS or self._at(stop + 1).text != "of":
            return None
        per_cent = _exact(share * 100 / _PARTS[name])
        return None if per_cent is None else _Number(place, stop + 1, per_cent, unit=PERCENT, spelled=True)

    # -- hedges and ranges --

    def _with_range(self, number: _Number) -> tuple[Stated, int]:
        if number.role is not Role.CARDINAL:
            return self._stated(number), number.stop
        other = self._other_end(number)
        if other is None:
            stated = self._stated(number)
            return stated, max(number.stop, self._stop_of_hedge(number))
        low, high = number, other
        exponent = min(low.exponent, high.exponent)
        hedge = self._hedge(low)
        quantity = Quantity(
            _shifted(low.low, low.exponent - exponent),
            high.unit,
            _shifted(high.low, high.exponent - exponent),
            exponent,
            hedge[0] if hedge else None,
        )
        before = self._at(low.first - 1).text
        movement = before in ("from", "từ") or self._at(low.stop).text in ("에서", "부터")
        span = self._span(low.first, high.stop)
        ends = (
            Stated(low.quantity(), self._span(low.first, low.stop)),
            Stated(high.quantity(), self._span(high.first, high.stop)),
        )
        return Stated(quantity, span, hedge[1] if hedge else None, ends=ends, movement=movement), high.stop

    def _other_end(self, number: _Number) -> _Number | None:
        """The upper end of a range that starts with this number; fits units and magnitudes to each other."""
        place = number.stop
        word = self._at(place).text
        glued = self._glued(place) and self._glued(place + 1)
        between = word == "and" and self._at(number.first - 1).text == "between"
        if word in ("-", "~"):
            if not glued and (number.unit == COUNT and word == "-"):
                return None
        elif not (word in _RANGE_WORDS or between or word in ("에서", "부터")):
            return None
        if self._at(place + 1).text == "-":
            return None
        other = self._number(place + 1)
        if other is None or other.role is not Role.CARDINAL or other.low < 0:
            return None
        if number.unit != other.unit:
            if other.unit == COUNT:
                other.unit = number.unit
            elif number.unit == COUNT:
                number.unit = other.unit
            else:
                return None
        if not number.exponent and other.exponent and number.low < other.low:
            number.exponent = other.exponent  # 5 to 10 billion
        if word == "-" and self._is_year(number) and self._is_year(other):
            number.role = Role.DATE  # 2024–2030: two years
            self.last_date = number.first
            return None
        low, high = number.low.scaleb(number.exponent), other.low.scaleb(other.exponent)
        return other if low < high else None

    def _is_year(self, number: _Number) -> bool:
        digits = self.tokens[number.first].text
        return (
            number.unit == COUNT
            and number.stop - number.first == 1
            and digits.isdigit()
            and 1900 <= int(digits) <= 2199
        )

    def _stated(self, number: _Number) -> Stated:
        hedge = self._hedge(number) if number.role is Role.CARDINAL else None
        return Stated(
            number.quantity(hedge[0] if hedge else None),
            self._span(number.first, number.stop),
            hedge[1] if hedge else None,
            number.role,
            number.spelled,
        )

    def _hedge(self, number: _Number) -> tuple[Qualifier, Span] | None:
        before = self._phrase_before(number.first, _HEDGES)
        if before is not None:
            name, first = before
            return Qualifier(name), self._span(first, number.first)
        after = self._hedge_after(number)
        if after is None:
            return None
        name, first, stop = after
        return Qualifier(name), self._span(first, stop)

    def _hedge_after(self, number: _Number) -> tuple[str, int, int] | None:
        """`or more` directly after the number; 이상 and trở lên also after the noun; 여 glued on."""
        for place in range(number.stop, number.stop + 3):
            token = self._at(place)
            if place > number.stop and (token.kind != "word" or self.language == "en"):
                break
            if token.text == "+" and not self._glued(place):
                break
            if (found := self._phrase(place, _HEDGES_AFTER)) is not None:
                return found[0], place, found[1]
            if token.text and _is_hangul(token.text[0]):
                for phrase, name in _HEDGES_AFTER.keys.items():
                    if (
                        token.text.startswith(phrase[0])
                        and _is_hangul(phrase[0])
                        and (phrase[0] != "여" or self._glued(place))
                    ):
                        return name, place, place + 1
        return None

    def _stop_of_hedge(self, number: _Number) -> int:
        after = self._hedge_after(number)
        return after[2] if after and after[1] == number.stop else number.stop

    # -- dates in digits --

    def _written_date(self, token: _Token) -> Iterator[Stated]:
        for match in re.finditer(r"\d+", token.text):
            start = token.start + match.start()
            span = self.folded.span(start, start + len(match[0]))
            yield Stated(Quantity(Decimal(match[0]), COUNT), span, role=Role.DATE)


# -- characters --------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Full-width letters, digits and signs, and the digits of other scripts, as their ASCII ones; same length."""
    if text.isascii() or not _UNUSUAL.search(text):
        return text
    return _UNUSUAL.sub(lambda match: _ascii(match[0]), text)


_UNUSUAL = re.compile("[\uff01-\uff5e\uffe0-\uffe6]|(?![0-9])\\d")


def _ascii(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def _lower(text: str) -> str:
    """In small letters, every character for itself, so that positions stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _mixed(text: str) -> Decimal | None:
    match = _VULGAR.fullmatch(text)
    assert match is not None
    whole, top, bottom, vulgar = match.groups()
    if vulgar:
        top, bottom = unicodedata.normalize("NFKC", vulgar).split("⁄")
    return _exact(int(whole or 0) + Fraction(int(top), int(bottom))) if int(bottom) else None


def _exact(fraction: Fraction) -> Decimal | None:
    """A fraction as a decimal number, or None if it has no end."""
    rest = fraction.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(fraction.numerator) / Decimal(fraction.denominator) if rest == 1 else None


def _shifted(number: Decimal, places: int) -> Decimal:
    """A number with its decimal mark moved to the right, written without an exponent or needless zeros."""
    shifted = number.scaleb(places)
    whole = shifted.to_integral_value()
    return Decimal(int(whole)) if places and shifted == whole else shifted


def _asian(text: str, comma: bool) -> tuple[Decimal, int]:
    """867억, 1조 2,000억, 3천500만: digits with the units of ten thousands → number and exponent."""
    total = section = Decimal()
    exponents: list[int] = []
    groups = re.findall(r"(\d[\d.,']*)(\D*)", text.replace(" ", ""))
    for digits, units in groups:
        plain = digits.replace("'", "")
        plain = plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", "")
        number = Decimal(plain)
        small = sum(_ASIAN_UNITS[unit] for unit in units if _ASIAN_UNITS[unit] < 4)
        large = sum(_ASIAN_UNITS[unit] for unit in units if _ASIAN_UNITS[unit] >= 4)
        section += number.scaleb(small)
        exponents.append(small + large)
        if large:
            total += section.scaleb(large)
            section = Decimal()
    total += section
    exponent = min(exponents)
    if len(groups) == 1:
        return Decimal(plain), exponent
    return _shifted(total, -exponent), exponent


@lru_cache(maxsize=256)
def _currency_unit(code: str) -> Unit:
    return Unit(UnitKind.CURRENCY, code)
