"""Numbers in digits, with the separators of the text's language: 86.7, 1 234,5, 1½, 867억."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from briefgen.numerals.arithmetic import exact
from briefgen.numerals.asian import read_asian
from briefgen.numerals.magnitudes import read_magnitude
from briefgen.numerals.number import Number
from briefgen.numerals.roles import read_role
from briefgen.numerals.tokens import Token, Tokens

_SPACE_GROUPS = frozenset(str.split("fr ru pl cs sk sv nb no fi uk bg hu lt lv et"))


_VULGAR = re.compile(r"(?:(\d+)\s?)?(?:(\d+)⁄(\d+)|([½¼¾⅓-⅞]))")


def read_digits(tokens: Tokens, place: int, has_currency: bool) -> Number | None:
    """The number in digits at a token, with its magnitude, or with what it does: a date, a name."""
    token = tokens.at(place)
    match token.kind:
        case "number":
            number = Number(place, place + 1, _decimal(tokens, token))
        case "mixed":
            low = _mixed(token.text)
            if low is None:
                return None
            number = Number(place, place + 1, low)
        case "asian":
            low, exponent = read_asian(token.text, tokens.comma)
            return Number(place, place + 1, low, exponent)
        case _:
            return None
    if read_role(tokens, number):
        return number
    read_magnitude(tokens, number, has_currency)
    return number


def _decimal(tokens: Tokens, token: Token) -> Decimal:
    digits = token.text
    if " " in digits:
        spaces = {tokens.folded.raw_at(token.start + n) for n, char in enumerate(digits) if char == " "}
        if tokens.language not in _SPACE_GROUPS and not spaces <= set("\u00a0\u2007\u2009\u202f"):
            return _split(tokens, token)
        digits = digits.replace(" ", "")
    digits = digits.replace("'", "")
    digits = digits.replace(".", "").replace(",", ".") if tokens.comma else digits.replace(",", "")
    return Decimal("0" + digits if digits.startswith(".") else digits)


def _split(tokens: Tokens, token: Token) -> Decimal:
    """A plain space parts two numbers in this language: put them back as two tokens."""
    place = tokens.row.index(token)
    words = token.text.split(" ")
    start = token.start
    parts = []
    for word in words:
        parts.append(Token("number", word, word, start, start + len(word)))
        start += len(word) + 1
    tokens.row[place : place + 1] = parts
    return _decimal(tokens, parts[0])


def _mixed(text: str) -> Decimal | None:
    match = _VULGAR.fullmatch(text)
    assert match is not None
    whole, top, bottom, vulgar = match.groups()
    if vulgar:
        top, bottom = unicodedata.normalize("NFKC", vulgar).split("⁄")
    return exact(int(whole or 0) + Fraction(int(top), int(bottom))) if int(bottom) else None
