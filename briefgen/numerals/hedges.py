"""Hedges: over, khoảng, 이상, before a number or behind it."""

from __future__ import annotations

from briefgen.evidence import Qualifier
from briefgen.folding import Span
from briefgen.numerals.characters import is_hangul
from briefgen.numerals.number import Number
from briefgen.numerals.phrases import phrases
from briefgen.numerals.tokens import Tokens

_BEFORE = phrases(
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
_BEHIND = phrases(
    """
    at least: or more | or over | at least | trở lên | 이상
    at most: or less | or fewer | at most | trở xuống | 이하
    over: + | 여 | 초과
    under: 미만
    about: or so | 안팎 | 내외 | 정도 | 가량 | 쯤
    nearly: 가까이
    """
)


def hedge_of(tokens: Tokens, number: Number) -> tuple[Qualifier, Span] | None:
    """A number's qualifier, and where it stands."""
    before = tokens.phrase_before(number.first, _BEFORE)
    if before is not None:
        name, first = before
        return Qualifier(name), tokens.span(first, number.first)
    after = _hedge_behind(tokens, number)
    if after is None:
        return None
    name, first, stop = after
    return Qualifier(name), tokens.span(first, stop)


def _hedge_behind(tokens: Tokens, number: Number) -> tuple[str, int, int] | None:
    """`or more` directly after the number; 이상 and trở lên also after the noun; 여 glued on."""
    for place in range(number.stop, number.stop + 3):
        token = tokens.at(place)
        if place > number.stop and (token.kind != "word" or tokens.language == "en"):
            break
        if token.text == "+" and not tokens.glued(place):
            break
        if (found := tokens.phrase(place, _BEHIND)) is not None:
            return found[0], place, found[1]
        if token.text and is_hangul(token.text[0]):
            for phrase, name in _BEHIND.keys.items():
                if (
                    token.text.startswith(phrase[0])
                    and is_hangul(phrase[0])
                    and (phrase[0] != "여" or tokens.glued(place))
                ):
                    return name, place, place + 1
    return None


def stop_of_hedge(tokens: Tokens, number: Number) -> int:
    """Where a hedge right behind a number stops, or else the number."""
    after = _hedge_behind(tokens, number)
    return after[2] if after and after[1] == number.stop else number.stop
