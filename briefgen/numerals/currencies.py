"""Money: the currencies, and how they stand before a number or behind it."""

from __future__ import annotations

from functools import lru_cache

from briefgen.evidence import Unit, UnitKind
from briefgen.numerals.phrases import phrases
from briefgen.numerals.tokens import Tokens

UNNAMED_CURRENCY = Unit(UnitKind.CURRENCY)
"""Where the sign is that of several currencies."""
CURRENCIES = frozenset(
    str.split("""
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYU UZS VED VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWG""")
)
"""The codes of ISO 4217 in use."""
CURRENCY_WORDS = phrases(
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
_SIGNS = {
    "$": "$", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "s$": "SGD", "hk$": "HKD",
    "nt$": "TWD", "nz$": "NZD", "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "₩": "KRW", "₫": "VND", "₹": "INR",
    "฿": "THB", "₱": "PHP", "₽": "RUB", "₺": "TRY", "₴": "UAH", "¥": "",
}  # fmt: skip


def currency_before(tokens: Tokens, place: int) -> Unit | None:
    """The currency whose sign or code stands at a token, before the number that follows."""
    token = tokens.at(place)
    if token.kind == "sign":
        return _currency(tokens, _SIGNS[token.text])
    if token.kind == "word" and token.raw in CURRENCIES and tokens.at(place + 1).kind in ("number", "asian", "mixed"):
        return _unit(token.raw)
    return None


def currency_behind(tokens: Tokens, place: int) -> tuple[Unit, int] | None:
    """The currency that stands at a token, behind its number, and where it stops."""
    token = tokens.at(place)
    if token.kind == "sign" and tokens.at(place + 1).kind not in ("number", "asian", "mixed"):
        return _currency(tokens, _SIGNS[token.text]), place + 1
    if token.raw in CURRENCIES:
        return _unit(token.raw), place + 1
    if (found := tokens.phrase(place, CURRENCY_WORDS) or tokens.stem(place, CURRENCY_WORDS)) is not None:
        name, stop = found
        return _currency(tokens, name), stop
    return None


def _currency(tokens: Tokens, name: str) -> Unit:
    """The currency of a sign or word, in this text."""
    code = tokens.dollar if name == "$" else name
    if not code:
        code = {"ja": "JPY", "zh": "CNY"}.get(tokens.language, "")
    return _unit(code)


@lru_cache(maxsize=256)
def _unit(code: str) -> Unit:
    return Unit(UnitKind.CURRENCY, code)
