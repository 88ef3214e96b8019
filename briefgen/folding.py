"""Text in the form in which it is compared, with the way back to where each character stood.

Only what a browser, a word processor or a PDF changes without changing the words is made equal: typographic
quotation marks and dashes, white space, presentation ligatures, soft hyphens and other invisible characters,
canonical composition (NFC, never NFKC), and a word hyphenated at a line end. Case, digits and punctuation stay.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_SINGLE_MARKS = "‘’‚‛′ʼ`´‹›"
_DOUBLE_MARKS = "“”„‟″«»"
_DASHES = "‐‑‒–—―−﹣－"
_ONE_TO_ONE = (
    dict.fromkeys(map(ord, _SINGLE_MARKS), "'")
    | dict.fromkeys(map(ord, _DOUBLE_MARKS), '"')
    | dict.fromkeys(map(ord, _DASHES), "-")
)
_SPELT_OUT = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "…": "...", "''": '"'}
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\ufe0e\ufe0f"

# Stands in folded text where a word is hyphenated at a line end: the word may have the hyphen or not.
LINE_HYPHEN = "\x1e"
_IRREGULAR = re.compile(
    rf"(?P<hyphen>(?<=[^\W\d_])-[ \t]*\r?\n\s*(?=[^\W\d_]))"
    rf"|(?P<space>[{_INVISIBLE}]*\s[\s{_INVISIBLE}]+|[{_INVISIBLE}]+\s|[^\S ])"
    rf"|(?P<invisible>[{_INVISIBLE}]+)"
    rf"|(?P<spelt>[ﬀﬁﬂﬃﬄﬅﬆ…]|'')"
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: from `start` up to, not including, `end`, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Edits:
    """Stretches of a text that were replaced, in order, so that places can be traced back."""

    new_starts: list[int]
    new_ends: list[int]
    old_starts: list[int]
    old_ends: list[int]

    def start(self, place: int) -> int:
        """Where the character that now stands at `place` began."""
        n = bisect_right(self.new_starts, place) - 1
        if n < 0:
            return place
        return self.old_starts[n] if place < self.new_ends[n] else self.old_ends[n] + place - self.new_ends[n]

    def end(self, place: int) -> int:
        """Where the character that now ends at `place` ended."""
        n = bisect_right(self.new_starts, place - 1) - 1
        if n < 0:
            return place
        return self.old_ends[n] if place <= self.new_ends[n] else self.old_ends[n] + place - self.new_ends[n]


class Folded:
    """A text in the form in which it is compared, with the way back to the original's positions.

    Attributes:
        raw: the text as it is.
        text: the folded text.
    """

    __slots__ = ("_composed", "_folded", "raw", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        composed, self._composed = _compose(raw)
        self.text, self._folded = _fold(composed.translate(_ONE_TO_ONE))

    def span(self, start: int, end: int) -> Span:
        """The span of the original that folded to `text[start:end]` (not empty)."""
        first, last = self._folded.start(start), self._folded.end(end)
        if self._composed is not None:
            first, last = self._composed.start(first), self._composed.end(last)
        return Span(first, last)

    def raw_at(self, place: int) -> str:
        """The original's characters that folded to the character at `place`."""
        span = self.span(place, place + 1)
        return self.raw[span.start : span.end]


def fold(text: str) -> str:
    """The form in which passages are compared; equal forms are the same words."""
    return folded(text).text.strip()


def unaccented(text: str) -> str:
    """Words as somebody types them who has no marks on the keyboard: small letters, no accents; `Đà Nẵng`: `da nang`.

    For searching and for making ids only; evidence is never compared in this form.
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(char for char in parts if unicodedata.category(char) != "Mn"))


@lru_cache(maxsize=4096)
def folded(text: str) -> Folded:
    """A text folded, remembered for as long as it is often asked for; for short texts."""
    return Folded(text)


def _compose(raw: str) -> tuple[str, _Edits | None]:
    """Canonical composition (NFC), with its edits; None when the text is composed already."""
    if unicodedata.is_normalized("NFC", raw):
        return raw, None
    clusters: list[tuple[int, int, str]] = []
    start = 0
    for place in range(1, len(raw) + 1):
        if place < len(raw) and _joins_previous(raw[place]):
            continue
        cluster = raw[start:place]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            clusters.append((start, place, composed))
        start = place
    return _replace(raw, clusters)


def _joins_previous(char: str) -> bool:
    """A mark, or a vowel or final of a Hangul syllable: composes with what stands before it."""
    return "\u1160" <= char <= "\u11ff" or unicodedata.category(char)[0] == "M"


def _fold(text: str) -> tuple[str, _Edits]:
    changes = []
    for match in _IRREGULAR.finditer(text):
        start, end = match.span()
        match match.lastgroup:
            case "hyphen":
                new = LINE_HYPHEN
            case "space":
                new = " "
            case "spelt":
                new = _SPELT_OUT[match[0]]
            case _:
                new = ""
        changes.append((start, end, new))
    folded, edits = _replace(text, changes)
    return folded, edits


def _replace(text: str, changes: list[tuple[int, int, str]]) -> tuple[str, _Edits]:
    pieces: list[str] = []
    edits = _Edits([], [], [], [])
    place = length = 0
    for start, end, new in changes:
        pieces += (text[place:start], new)
        length += start - place
        edits.new_starts.append(length)
        length += len(new)
        edits.new_ends.append(length)
        edits.old_starts.append(start)
        edits.old_ends.append(end)
        place = end
    pieces.append(text[place:])
    return "".join(pieces), edits
