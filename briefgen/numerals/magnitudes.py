"""Magnitudes: million, tỷ, 억; bn and k glued to their number."""

from __future__ import annotations

from briefgen.numerals.number import Number
from briefgen.numerals.tokens import Tokens

MAGNITUDES = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "crore": 7,
    "bn": 9, "bln": 9, "mn": 6, "mln": 6, "tn": 12, "trn": 12,
    "trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9,
    "millions": 6, "milliard": 9, "milliards": 9, "millionen": 6, "milliarden": 9, "millones": 6, "milioni": 6,
}  # fmt: skip
OTHER_WORDS = {
    "tỷ": frozenset(str.split("lệ giá trọng số suất phú")),
    "tỉ": frozenset(str.split("lệ giá trọng số suất phú mỉ")),
    "triệu": frozenset(str.split("tập hồi phú chứng")),
    "vạn": frozenset(str.split("vật sự thọ năng hạnh")),
}
"""What makes another word of a magnitude: `tỷ lệ` is a rate, `triệu chứng` a symptom."""
GLUED_MAGNITUDES = {"k": 3, "m": 6, "b": 9, "t": 12}


def read_magnitude(tokens: Tokens, number: Number, has_currency: bool) -> None:
    """Take the magnitude behind a number into it."""
    place = number.stop
    if tokens.at(place).text == "-" and tokens.glued(place) and tokens.at(place + 1).text in MAGNITUDES:
        place += 1  # $4-billion
    token = tokens.at(place)
    if tokens.glued(place) and token.text in GLUED_MAGNITUDES:
        if has_currency or token.text == "k" or token.raw in ("M", "B"):
            number.exponent, number.stop = GLUED_MAGNITUDES[token.text], place + 1
        return
    exponent = 0
    while (word := tokens.at(place).text) in MAGNITUDES:  # nghìn tỷ: each word multiplies
        if tokens.at(place + 1).text in OTHER_WORDS.get(word, ()):
            break  # năm 2025 tỷ lệ…
        exponent += MAGNITUDES[word]
        place += 1
    if exponent:
        number.exponent, number.stop = exponent, place
