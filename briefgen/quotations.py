"""What stands between the marks of a quotation: the speaker's words, and what is ours.

`[…]` (or `[...]`) is an omission and `[words]` an insertion; both are ours. Everything else is the speaker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OURS = re.compile(r"\[[^\[\]]*\]")
_DOTS = re.compile(r"\s*(?:[(]\s*)?(?<!\[)(?:…|\.\s?\.\s?\.+)(?!\])(?:\s*[)])?\s*")
_ROUND = re.compile(r"\(([^()]+)\)")
_OMISSIONS = ("[…]", "[...]", "[ … ]", "[. . .]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of the speaker's that stand together.

    Attributes:
        words: as in the quotation, without white space around.
        after_omission: whether `[…]` stands before them; if not, an insertion does, or nothing.
    """

    words: str
    after_omission: bool = False


def split_quotation(text: str) -> tuple[Fragment, ...]:
    """The speaker's words in a quotation's text, parted where something of ours stands."""
    return tuple(_split(text))


def fragments(text: str) -> tuple[str, ...]:
    """The words alone of each fragment."""
    return tuple(fragment.words for fragment in _split(text))


def unmarked(text: str) -> tuple[str, str] | None:
    """A quotation as it would read if its dots were an omission of ours, or its round brackets an insertion.

    Returns:
        The kind (`omission` or `insertion`) and the text with our marks; None if there is nothing of the sort.
    """
    if _DOTS.search(text):
        return "omission", _DOTS.sub(" […] ", text).strip()
    if _ROUND.search(text):
        return "insertion", _ROUND.sub(r"[\1]", text)
    return None


def _split(text: str) -> Iterator[Fragment]:
    place = 0
    omitted = False
    for match in _OURS.finditer(text):
        words = text[place : match.start()].strip()
        if words:
            yield Fragment(words, omitted)
            omitted = False
        omitted = omitted or match[0] in _OMISSIONS
        place = match.end()
    if words := text[place:].strip():
        yield Fragment(words, omitted)
