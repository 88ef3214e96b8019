"""Korean numbers in words: 삼십 개, 이백만 달러, 열두 나라, 스무 번째.

Syllables of numbers stand in other words too (`구조` is structure, `만일` if, `천사` an angel), so a number is read
only with what it counts behind it, or where it goes to ten thousands and more: 삼백만.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from briefgen.numerals.asian import read_asian
from briefgen.numerals.currencies import CURRENCIES
from briefgen.numerals.number import Number
from briefgen.numerals.roles import YEARS
from briefgen.numerals.stated import Role
from briefgen.numerals.tokens import Tokens
from briefgen.numerals.units import MEASURES

_DIGITS = {digit: number for number, digit in enumerate("일이삼사오육칠팔구", 1)}
_THOUSANDS, _LARGE = "십백천", "만억조"
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_NATIVE_ONES = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9,
}  # fmt: skip
_SECTION = "".join(rf"(?:[{''.join(_DIGITS)}]?{unit})?" for unit in "천백십") + rf"[{''.join(_DIGITS)}]?"
_CHINESE = re.compile(rf"(?:({_SECTION})조)?(?:({_SECTION})억)?(?:({_SECTION})만)?({_SECTION})")
_NATIVE = re.compile(rf"({'|'.join(_NATIVE_TENS)})({'|'.join(_NATIVE_ONES)})?")
_LONGEST = 32
"""Syllables of a number that are looked at."""

_PARTICLES = (
    "(?:이상|이하|미만|초과|정도|가량|쯤|안팎|씩|당|까지|부터|에서|에게|으로|이나|이며|이고|이다|입니다|인|의|은|는|이|가|을|를|로|에|도"
    "|과|와|나|만)*"
)
_SURE = "개국|개사|개월|개소|명|달러|원(?!인)|유로|위안|퍼센트포인트|퍼센트|톤|킬로미터|헥타르|메가와트|건|곳|배"
"""Hardly the beginning of another word."""
_COMMON = f"{_SURE}|개(?!인)|년|번"
_ANY_COUNTER = (
    f"번째|{_COMMON}|인|회|차례|가지|척|장|권|편|주년|주|년간|일|시간|분(?!의)|초|세|살|층|평|배럴|미터|나라|국가|기업|업체|회사"
    "|가구|사람|종|석|마리|그루|쌍|팀|학교|도시|지역|달|해|동|엔"
)
_COUNTED_SURELY = re.compile(rf"(여?)({_SURE}){_PARTICLES}")
_COUNTED_COMMONLY = re.compile(rf"(여?)({_COMMON}){_PARTICLES}")
_COUNTED = re.compile(rf"(여?)({_ANY_COUNTER}){_PARTICLES}")
_ENDED = re.compile(_PARTICLES)
_WORDLIKE = re.compile(rf"[백천만][{''.join(_DIGITS)}]")  # 만일, 천사, 백일
_NAMELIKE = re.compile(rf"[백천만]|[{''.join(_DIGITS)}][천만조]")  # 이천, 오만, 구조
_LONGEST_WORD = 2
"""Syllables of a number that may well be another word."""
_VAGUE = ("몇", "수", "여러")
_RESCUE = "구조"  # 구조원 is no nine trillion won

ANY = "|".join((f"[{_THOUSANDS}{_LARGE}]", *_NATIVE_TENS))
"""A pattern of what every number in words holds."""


def may_begin(word: str) -> bool:
    """Whether a number in words may be what a word begins with."""
    return word[0] in _DIGITS or word[0] in (*_THOUSANDS, "만") or word.startswith(tuple(_NATIVE_TENS))


def read_korean(tokens: Tokens, place: int) -> Number | None:
    """The number in Korean words that begins at a token; what is glued to it becomes a token of its own."""
    if tokens.at(place - 1).text in _VAGUE or (place and tokens.glued(place) and tokens.at(place - 1).kind != "mark"):
        return None  # 몇 백 명: some hundreds
    return next((number for word, stop in _joined(tokens, place) if (number := _read(tokens, place, word, stop))), None)


def _joined(tokens: Tokens, place: int) -> Iterator[tuple[str, int]]:
    """The word at a token, and where it stops; before it the words that it may go on with: 일억 이천만."""
    word, stop = tokens.at(place).text, place + 1
    if word[-1] in _LARGE and _CHINESE.fullmatch(word) and tokens.at(stop).text and may_begin(tokens.at(stop).text):
        for more, end in _joined(tokens, stop):
            yield word + more, end
    yield word, stop


def _read(tokens: Tokens, place: int, word: str, stop: int) -> Number | None:
    before = len(word) - len(tokens.at(stop - 1).text)
    for length, low, exponent in _numbers(word, before):
        number, rest = word[:length], word[length:]
        counted = _counter(tokens, stop, number, rest)
        if counted is None and not (_is_large(number) and _ENDED.fullmatch(rest)):
            continue
        if rest:
            tokens.part(stop - 1, length - before)
        if counted is None:
            return Number(place, stop, low, exponent, spelled=True)
        more, counter = counted
        if len(tokens.at(stop).text) > len(more) > 0:
            tokens.part(stop, len(more))
        behind = stop + bool(more)
        if len(tokens.at(behind).text) > len(counter):
            tokens.part(behind, len(counter))
        return Number(place, stop, low, exponent, role=_role(low, counter), spelled=True)
    return None


def _role(low: Decimal, counter: str) -> Role:
    if counter == "번째":
        return Role.ORDINAL
    return Role.DATE if counter == "년" and low in YEARS else Role.CARDINAL


def _numbers(word: str, least: int) -> Iterator[tuple[int, Decimal, int]]:
    """The numbers that a word may begin with, the longest first: their lengths, values and exponents."""
    for length in range(min(len(word), _LONGEST), least, -1):
        if found := _NATIVE.fullmatch(word, 0, length):
            if (value := _NATIVE_TENS[found[1]] + _NATIVE_ONES.get(found[2] or "", 0)) > 10:
                yield length, Decimal(value), 0
        elif found := _CHINESE.fullmatch(word, 0, length):
            *large, small = found.groups()
            sections = [
                (section, unit) for section, unit in zip(large, reversed(_LARGE), strict=True) if section is not None
            ]
            if all(section for section, unit in sections if unit != "만") and set(word[:length]) & {
                *_THOUSANDS,
                *_LARGE,
            }:
                digits = "".join(f"{_section(section)}{unit}" for section, unit in sections)
                yield length, *read_asian(digits + (str(_section(small)) if small else ""), False)


def _section(text: str) -> int:
    """삼천이백 → 3200; nothing at all before ten thousand is one of them."""
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * {"십": 10, "백": 100, "천": 1000}[char]
            digit = 0
    return total + digit if text else 1


def _is_large(number: str) -> bool:
    return len(number) > _LONGEST_WORD and number[-1] in (*_THOUSANDS, *_LARGE) and not set(number).isdisjoint(_LARGE)


def _counter(tokens: Tokens, stop: int, number: str, rest: str) -> tuple[str, str] | None:
    """What a number counts, glued to it or in the next token, with the `여` of 삼십여 명 before it."""
    pattern = _COUNTED
    if _WORDLIKE.fullmatch(number):
        pattern = _COUNTED_SURELY
    elif _NAMELIKE.fullmatch(number):
        pattern = _COUNTED_COMMONLY
    if rest not in ("", "여"):
        found = pattern.fullmatch(rest) if number not in (*_THOUSANDS, "만", _RESCUE) else None
        return (found[1], found[2]) if found else None
    behind = tokens.at(stop)
    if behind.text == "%" or behind.raw in CURRENCIES or behind.raw in MEASURES:
        return rest, behind.text
    found = pattern.fullmatch(behind.text)
    return (rest, found[2]) if found and not found[1] else None
