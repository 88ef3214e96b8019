"""Numbers in words: English in every text, and the text's own language where it is Vietnamese or Korean."""

from __future__ import annotations

import re

from briefgen.numerals import english, korean, vietnamese
from briefgen.numerals.number import Number
from briefgen.numerals.tokens import Tokens

_ENGLISH = re.compile(rf"\b(?:{english.ANY})", re.IGNORECASE)
_OTHERS = {
    "vi": re.compile(rf"\b(?:{vietnamese.ANY})\b", re.IGNORECASE),
    "ko": re.compile(korean.ANY),
}


def may_begin(word: str, language: str) -> bool:
    """Whether a number in words may begin with a word, in small letters; most words are others."""
    if word in english.NUMBER_WORDS:
        return True
    match language:
        case "vi":
            return word in vietnamese.BEGINNINGS
        case "ko":
            return korean.may_begin(word)
        case _:
            return False


def may_hold(text: str, language: str) -> bool:
    """Whether a text may hold a number in words: a quick look."""
    other = _OTHERS.get(language)
    return _ENGLISH.search(text) is not None or (other is not None and other.search(text) is not None)


def read_words(tokens: Tokens, place: int) -> Number | None:
    """The number in words that begins at a token."""
    if tokens.at(place).kind != "word":
        return None
    if (number := english.read_english(tokens, place)) is not None:
        return number
    word = tokens.at(place).text
    match tokens.language:
        case "vi" if word in vietnamese.BEGINNINGS:
            return vietnamese.read_vietnamese(tokens, place)
        case "ko" if korean.may_begin(word):
            return korean.read_korean(tokens, place)
        case _:
            return None
