"""Where a sentence ends, in plain text: note marks stand there, and a capital letter follows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefgen.locales.locale import words

CLOSERS = "\"'”’»)]}›」』）】＂"
_OPENERS = "\"'“‘«([{‹「『（–— "
_END = re.compile(
    rf"(?P<stop>[.!?…]+)[{re.escape(CLOSERS)}]*(?=\s|$)"
    rf"|(?P<wide>[。！？]+)[{re.escape(CLOSERS)}]*"  # these need no space after them
)
_WORD_AT_END = re.compile(r"[^\s(\[“‘\"'/]*\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")

# Never a sentence's end: a name or a number follows. In the languages that documents are made in, together, since
# one document may quote another language.
_LEADING = words(
    "mr mrs ms dr prof gen col lt capt sgt rev hon st nos art fig figs sec vol vols pp p ch cf vs e.g i.e ca approx "
    "jan feb mar apr jun jul aug sep sept oct nov dec ts ths gs pgs tp ks bs"
)
# May end a sentence; the word that follows tells.
_TRAILING = words("inc ltd co corp bros etc jr sr a.m p.m al dept est")
_STARTERS = words(
    "A An The This That These Those It Its He She They We In On At By For From To As But And Or If When While "
    "After Before Since Both Some All No Their His Her Our There"
)


def sentence_ends(text: str) -> Iterator[int]:
    """Offsets just behind each sentence's closing punctuation, quotation marks and brackets; last, the text's end.

    A full stop that belongs to an abbreviation, an initial or a number ends nothing, and neither does one before
    a small letter. White space at the text's end is not part of the last sentence.
    """
    end = len(text.rstrip())
    for match in _END.finditer(text, 0, end):
        if match.end() < end and (match["wide"] or _closes(text, match)):
            yield match.end()
    if end:
        yield end


def closed(text: str) -> bool:
    """Whether the text ends with a sentence's punctuation, marks and brackets behind it included."""
    return any(match.end() == len(text) for match in _END.finditer(text))


def starts_sentence(before: str) -> bool:
    """Whether what follows `before` begins a sentence: nothing stands before it, or a sentence just ended."""
    kept = before.rstrip().rstrip(_OPENERS)
    if not kept:
        return True
    for match in _END.finditer(before):
        if match.end() >= len(kept) and match.start() < len(kept):
            return bool(match["wide"]) or (match.end() < len(before) and not _leads(_word_before(before, match)))
    return False


def ends_in_numeral(text: str) -> bool:
    """Whether a raised mark set right behind the text would read as a power or as part of the number."""
    return bool(text) and (unicodedata.category(text[-1])[0] == "N" or text[-1] in "%‰°′″")


def places_before_numeral(text: str, function_words: frozenset[str]) -> Iterator[int]:
    """Where a mark may stand in a text that ends in a numeral: behind words that mean something by themselves.

    "Strategic partnership of KT and Viettel in 2025" gives first the place behind "Viettel".

    Args:
        function_words: small words that lead to the next one ("in"), in lower case.

    Returns:
        Offsets, the last first.
    """
    for match in reversed(list(re.finditer(r"\S+", text))):
        word = match[0].rstrip(",;:–—-·/")
        meaningful = any(char.isalpha() for char in word) and word.strip(_OPENERS + ".").lower() not in function_words
        if meaningful and not ends_in_numeral(word):
            yield match.start() + len(word)


def _closes(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip().lstrip(_OPENERS)
    if following[:1].islower():
        return False
    word = _word_before(text, match)
    if match["stop"] != "." or not _abbreviates(word):
        return not (word.lower() == "no" and following[:1].isdigit())
    first = re.match(r"\w+", following)
    return not _leads(word) and first is not None and first[0] in _STARTERS


def _word_before(text: str, match: re.Match[str]) -> str:
    found = _WORD_AT_END.search(text[max(0, match.start() - 24) : match.start()])
    assert found is not None
    return found[0]


def _leads(word: str) -> bool:
    return word.lower() in _LEADING


def _abbreviates(word: str) -> bool:
    lower = word.lower()
    return lower in _LEADING or lower in _TRAILING or bool(_INITIALS.fullmatch(word) and word[0].isupper())
