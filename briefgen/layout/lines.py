"""Lines: where text may break, and greedy breaking to a measure, as Word and LibreOffice do it.

Advances are added up without kerning or ligatures, so that a Word file set without them breaks alike. Korean is the
exception: it breaks between words, as Word does and readers expect, where LibreOffice breaks between syllables. Its
lines are then never fewer than LibreOffice's, so what fits a page here fits there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, combinations, pairwise

from briefgen.fonts import Face, Fonts
from briefgen.theme import TextStyle

JOINER = "\u2060"
"""Stands for each character of a note mark where breaks are looked for: a mark never leaves its word."""

NBSP = "\u00a0"
_SPACES = " \t\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000\u200b\u1680\u205f"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK = _HANGUL + _HAN
_QUOTES = "“”„‘’‚\"'«»‹›"
_NEVER_FIRST = _QUOTES + "!%),.:;?\\]}¢°†‡℃〆々〕〉》」』】、。・︰！％），．：；？］｝～…‥–—\u00a0\u202f\u2060"
_NEVER_LAST = _QUOTES + "$(\\[{£¥〈《「『【〔（［｛￡￥₩₫€\u00a0\u202f\u2060"
_BREAK = re.compile(
    rf"(?<=[{_SPACES}])(?![{_SPACES}]|$)"  # after white space
    r"|(?<=-)(?=[^\W\d_])|(?<=\w-)(?=\d)|(?<=–)(?=\w)"  # after a hyphen or an en dash, not after a minus
    r"|(?<=—)(?=[^\s\u00a0\u2060])|(?<=[^\s\u00a0\u2060])(?=—)"  # on both sides of an em dash
    r"|(?<=[?!|…])(?=\w)"  # not after a slash
    rf"|(?<=[{_HAN}])(?![{_NEVER_FIRST}{_SPACES}]|$)|(?<![{_NEVER_LAST}{_SPACES}])(?=[{_HAN}])(?<!^)"
)
"""Where a line may begin (UAX #14 as LibreOffice applies it, but Hangul are letters of words)."""
_SLASH = re.compile(r"(?<=/)(?=[^\W\d_])")
_GAP = re.compile(
    rf"(?<=[{_CJK}])(?=[0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u1e00-\u1eff])|"
    rf"(?<=[0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u1e00-\u1eff])(?=[{_CJK}])"
)
GAP = 0.2
"""White space between a Hangul or Han character and a Latin letter or digit, in terms of the former's size: LibreOffice
sets it even when told not to. It counts where lines are broken, and it is not drawn: `867억` is one word."""


LEAN = 1 / 12
"""Room that LibreOffice keeps free right of italics at a line's end, in terms of their face's height."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one face, size and colour, before they are broken into lines.

    Attributes:
        text: as printed; may hold line feeds, which end a line.
        note: number of the note that is first marked here, or None.
        mark: whether this is a note mark (or what parts two), which stays with its word.
        element, rise, link, language: as in `layout.model.Run`.
    """

    text: str
    face: Face
    size: float
    colour: str
    element: int | None = None
    rise: float = 0
    link: str | None = None
    language: str | None = None
    note: int | None = None
    mark: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: a range of a paragraph's characters, without the white space that it ends with.

    Attributes:
        start, end: code points of the paragraph's text.
        width: advance in points.
    """

    start: int
    end: int
    width: float


class Advances:
    """What the fonts say of single characters, remembered: which face has them, and their advances."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._faces: dict[str, dict[str, float]] = {}
        self._splits: dict[tuple[str, str, int, bool], tuple[tuple[str, Face], ...]] = {}

    def of(self, text: str, face: Face, size: float) -> list[float]:
        """The advance of each character in points."""
        known = self._faces.setdefault(face.key, {})
        try:
            return [known[character] * size for character in text]
        except KeyError:
            for character in set(text) - known.keys():
                known[character] = self.fonts.width(character, face, 1.0) if character != "\n" else 0.0
            return [known[character] * size for character in text]

    def split(self, text: str, style: TextStyle) -> tuple[tuple[str, Face], ...]:
        """As `Fonts.split`, remembered."""
        key = (text, style.font, style.weight, style.italic)
        if key not in self._splits:
            self._splits[key] = self.fonts.split(text, style)
        return self._splits[key]


class MeasuredText:
    """A paragraph's spans with every advance known, ready to be broken to any measure."""

    def __init__(self, spans: Sequence[Span], advances: Advances) -> None:
        self.text = "".join(span.text for span in spans)
        gaps = [m.start() for m in _GAP.finditer(self.text)]
        self.spans = tuple(_parted([span for span in spans if span.text], gaps) if gaps else filter(_has_text, spans))
        self.starts = tuple(accumulate((len(span.text) for span in self.spans), initial=0))
        widths = [w for span in self.spans for w in advances.of(span.text, span.face, span.size)]
        self.places = tuple(accumulate(widths, initial=0.0))
        self._gaps: dict[int, float] = {}
        for place in gaps:
            before = self.spans[bisect_right(self.starts, place - 1) - 1]
            self._gaps[place] = GAP * before.size
            widths[place - 1] += GAP * before.size
        self._wide_places = tuple(accumulate(widths, initial=0.0)) if gaps else self.places

    def advance(self, start: int, end: int) -> float:
        """Width of a range of characters in points, as it is drawn."""
        return self.places[end] - self.places[start]

    def _room(self, start: int, end: int) -> float:
        """The width that a line must have for these characters, in points: gaps between scripts count, and what
        leans over at the end."""
        end = self._trimmed(start, end)
        if end == start:
            return 0.0
        return self._wide_places[end] - self._wide_places[start] - self._gaps.get(end, 0.0) + self._lean(end)

    def _lean(self, end: int) -> float:
        """Room that the character before a place leans into."""
        last = self.spans[bisect_right(self.starts, end - 1) - 1]
        return LEAN * (last.face.ascent + last.face.descent) * last.size if last.face.italic else 0.0

    @cached_property
    def words_end(self) -> int:
        """Where the words end and closing note marks begin."""
        end = len(self.text)
        for span in reversed(self.spans):
            if not span.mark:
                break
            end -= len(span.text)
        return end

    @cached_property
    def _solid(self) -> str:
        """The text with each character of a note mark replaced by one that clings to what is before it."""
        return "".join(JOINER * len(span.text) if span.mark else span.text for span in self.spans)

    @cached_property
    def _sections(self) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
        """The stretches between forced line ends: start, end, and the places where a line may begin."""
        sections, start = [], 0
        for words in self._solid.split("\n"):
            opportunities = tuple(start + m.start() for m in _BREAK.finditer(words) if 0 < m.start() < len(words))
            sections.append((start, start + len(words), opportunities))
            start += len(words) + 1
        return tuple(sections)

    def _trimmed(self, start: int, end: int) -> int:
        """Where a line's characters end without its closing white space."""
        while end > start and self.text[end - 1] in _SPACES:
            end -= 1
        return end

    def _line(self, start: int, end: int) -> TextLine:
        end = self._trimmed(start, end)
        return TextLine(start, end, self.advance(start, end))

    def lines(self, measure: float, first: float | None = None) -> tuple[TextLine, ...]:
        """Break greedily.

        Args:
            measure: width of the lines in points; what is longer and may not be broken is broken at its last no-break
                space that fits, else within a word.
            first: width of the first line, if it differs.

        Returns:
            At least one line for each stretch between forced line ends; none for an empty text.
        """
        if not self.text:
            return ()
        lines: list[TextLine] = []
        for start, end, opportunities in self._sections:
            ends = (*opportunities, end)
            current, fitting = start, start
            index = 0
            while index < len(ends):
                room = (measure if lines or first is None else first) + 0.001
                if self._room(current, ends[index]) <= room:
                    fitting = ends[index]
                    index += 1
                elif (place := self._spared_by_slash(current, fitting, ends[index], room)) > current:
                    lines.append(self._line(current, place))
                    current = fitting = place
                    index = bisect_right(ends, place)
                else:
                    stop, following = self._emergency(current, self._trimmed(current, ends[index]), room)
                    lines.append(self._line(current, stop))
                    current = fitting = following
                    if current >= ends[index]:
                        index += 1
            if fitting > current or start == end:
                lines.append(self._line(current, end))
        return tuple(lines)

    def _spared_by_slash(self, start: int, place: int, end: int, room: float) -> int:
        """The place to break at instead of one behind a hyphen, when a slash of the same word still fits on the line.

        LibreOffice then thinks of the slash first, does not break there, and goes back to white space.

        Args:
            place: the last opportunity that fits.
            end: the first that does not.

        Returns:
            `start` when there is no white space on the line.
        """
        slashes = [m.start() for m in _SLASH.finditer(self._solid, place, end)]
        if place == start or self.text[place - 1] in _SPACES or not slashes:
            return place
        if self._room(start, slashes[0] + 1) > room:  # the letter behind it too
            return place
        while place > start and self.text[place - 1] not in _SPACES:
            place -= 1
        return place

    def _emergency(self, start: int, end: int, room: float) -> tuple[int, int]:
        """Where a line ends whose characters may not part but are wider than the measure, and where the next begins."""
        room += self._wide_places[start] - self._lean(start + 1)
        stop = bisect_right(self._wide_places, room, start + 1, end + 1) - 1
        stop = max(stop, start + 1)
        space = self._solid.rfind(NBSP, start + 1, stop + 1)
        if space > start and self._solid[start:space].strip(NBSP):
            return space, space + 1
        stop = self._within_word(start, stop, end)
        return stop, stop

    def _within_word(self, start: int, stop: int, end: int) -> int:
        """The place nearest to `stop` where a word may be cut: never before a combining mark."""
        back = stop
        while back > start and self._clings(back):
            back -= 1
        if back > start:
            return back
        while stop < end and self._clings(stop):
            stop += 1
        return stop

    def _clings(self, place: int) -> bool:
        """Whether the character at a place is a mark on the one before it, or joined to it."""
        character = self._solid[place] if place < len(self.text) else " "
        return unicodedata.category(character) in ("Mn", "Me", "Cf") or self.text[place - 1] == "\u200d"

    @cached_property
    def widest_word(self) -> float:
        """The narrowest measure at which no word is broken."""
        return max(
            (
                self._room(a, b)
                for start, end, opportunities in self._sections
                for a, b in pairwise((start, *opportunities, end))
            ),
            default=0.0,
        )

    @cached_property
    def natural(self) -> float:
        """The width of the text when no line is broken but where it must be."""
        return max((self._room(start, end) for start, end, _ in self._sections), default=0.0)

    def balanced(self, measure: float) -> tuple[TextLine, ...]:
        """Lines of a title: as few as the measure allows, of like length, broken before a short word rather than
        after one. For `measure` see `lines`.
        """
        greedy = self.lines(measure)
        if len(self._sections) != 1 or len(greedy) < 2:
            return greedy
        start, end, opportunities = self._sections[0]
        if len(greedy) > 3 or len(opportunities) > 40 or len(opportunities) < len(greedy) - 1:
            return self._narrowed(measure, len(greedy))
        best: tuple[float, tuple[TextLine, ...]] | None = None
        for chosen in combinations(opportunities, len(greedy) - 1):
            lines = tuple(self._line(a, b) for a, b in pairwise((start, *chosen, end)))
            if all(self._room(line.start, line.end) <= measure + 0.001 for line in lines):
                cost = self._raggedness(lines)
                if best is None or cost < best[0] - 1e-9:
                    best = cost, lines
        return best[1] if best else greedy

    def _narrowed(self, measure: float, count: int) -> tuple[TextLine, ...]:
        low, high = measure / 2, measure
        while high - low > 0.5:
            middle = (low + high) / 2
            low, high = (low, middle) if len(self.lines(middle)) <= count else (middle, high)
        return self.lines(high)

    def _raggedness(self, lines: tuple[TextLine, ...]) -> float:
        longest = max(line.width for line in lines)
        cost = sum(longest - line.width for line in lines) / longest if longest else 0.0
        for line, following in pairwise(lines):
            cost += 0.25 * (line.width < following.width)
            cost += 0.35 * _is_short(self.text[line.start : line.end].rsplit(" ", 1)[-1])
            cost -= 0.15 * _is_short(self.text[following.start : following.end].split(" ", 1)[0])
        return cost

    def words(self, line: TextLine) -> str:
        """A line's words without note marks."""
        return "".join(words for span, words, _, _ in self.pieces(line) if not span.mark)

    def pieces(self, line: TextLine) -> list[tuple[Span, str, float, float]]:
        """A line's spans: each with its words, its distance from the line's start and its width, in points."""
        found = []
        index = bisect_right(self.starts, line.start) - 1
        while index < len(self.spans) and self.starts[index] < line.end:
            a, b = max(line.start, self.starts[index]), min(line.end, self.starts[index + 1])
            if b > a:
                found.append((self.spans[index], self.text[a:b], self.advance(line.start, a), self.advance(a, b)))
            index += 1
        return found

    def drawn(self, line: TextLine) -> list[tuple[Span, str, float, float]]:
        """As `pieces`, and after them the white space at which the line ends, which takes no room.

        Whoever reads the words one after the other, a screen reader for one, would else run two of them into one.
        """
        pieces = self.pieces(line)
        place = line.end
        if pieces and place < len(self.text) and self.text[place] in _SPACES + NBSP + "\n":
            span = self.spans[bisect_right(self.starts, place) - 1]
            space = self.text[place].replace("\n", " ")
            last, words, offset, width = pieces[-1]
            if span is last:
                pieces[-1] = last, words + space, offset, width
            else:
                pieces.append((span, space, offset + width, 0.0))
        return pieces


def _has_text(span: Span) -> bool:
    return span.text != ""


def _parted(spans: Sequence[Span], places: Sequence[int]) -> list[Span]:
    """The same spans, none of which crosses one of these places."""
    parted: list[Span] = []
    start = 0
    for span in spans:
        end = start + len(span.text)
        inner = [start, *(place for place in places if start < place < end), end]
        parted += [replace(span, text=span.text[a - start : b - start]) for a, b in pairwise(inner)]
        start = end
    return parted


def _is_short(word: str) -> bool:
    """A preposition, conjunction or article, as far as its looks tell: up to four small letters."""
    return len(word) <= 4 and word.isalpha() and word.islower()
