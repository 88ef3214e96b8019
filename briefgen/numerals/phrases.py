"""Tables of words and phrases, as they are written down in this package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """A table of phrases.

    Attributes:
        keys: each phrase's words → its key.
        first, last: the words that any of them begins or ends with, so that most places need no further look.
    """

    keys: dict[tuple[str, ...], str]
    first: frozenset[str]
    last: frozenset[str]


def phrases(table: str) -> Phrases:
    """Read `key: phrase | phrase` a line."""
    found: dict[tuple[str, ...], str] = {}
    for line in table.strip().splitlines():
        key, _, phrases = line.partition(":")
        for phrase in phrases.split("|"):
            found[tuple(phrase.split())] = key.strip()
    return Phrases(found, frozenset(words[0] for words in found), frozenset(words[-1] for words in found))
