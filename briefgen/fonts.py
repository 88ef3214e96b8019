"""Any OpenType font → metrics, coverage, and the static TrueType subset that a writer needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefgen.theme import TextStyle, Theme


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family.

    Attributes:
        key: unique name, e.g. `SourceSansPro-600`; `Run.face` holds it.
        family, weight, italic: as the theme names it.
        ascent, descent: in ems, from hhea (descent positive).
    """

    key: str
    family: str
    weight: int
    italic: bool
    path: Path
    index: int
    ascent: float
    descent: float


class Fonts:
    """The fonts of one theme, opened when they are first needed.

    Raises (from every method): BriefgenError `font-not-found` when a file or package is missing.
    """

    def __init__(self, theme: Theme) -> None: ...

    def face(self, style: TextStyle) -> Face:
        """The face of a style: the nearest weight there is (as CSS chooses), italic where there is one."""
        raise NotImplementedError

    def by_key(self, key: str) -> Face:
        raise NotImplementedError

    def split(self, text: str, style: TextStyle) -> tuple[tuple[str, Face], ...]:
        """Text in runs of one face each, falling back character by character as the theme lists.

        Raises:
            BriefgenError: `missing-glyph`, naming the character, its code point and the fonts asked.
        """
        raise NotImplementedError

    def width(self, text: str, face: Face, size: float) -> float:
        """The advance width in points, without kerning or ligatures."""
        raise NotImplementedError

    def subset(self, face: Face, characters: frozenset[str], *, whole_blocks: bool = False) -> bytes:
        """A static TrueType font with these characters' glyphs; deterministic bytes.

        Args:
            whole_blocks: for Word: whole blocks (Latin-1, Latin Extended Additional, punctuation…) where used.
        """
        raise NotImplementedError
