"""Any OpenType font → metrics, coverage, and the static TrueType subset that a writer needs.

Text is set without kerning and ligatures: its width is the sum of its characters' advance widths, which is what
Word and LibreOffice count too when they are told the same.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from briefgen.errors import BriefgenError, Location, Problem, Severity
from briefgen.opentype import Names, NotAFont, OpenType, Traits, read_names, subset
from briefgen.theme import FontSource, TextStyle, Theme


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family.

    Attributes:
        key: unique name, e.g. `SourceSansPro-600` or `SourceSansPro-400i`; `Run.face` holds it.
        family: as the theme names it.
        weight, italic: what the face is, which may differ from what the style asked for.
        index: which font of a collection.
        ascent, descent: in ems, from hhea (descent positive).
        varied: whether the file is a variable font, of which this is the instance of that weight.
        stands_in: whether it is of another family, of the same widths, as that of the theme is not installed.
    """

    key: str
    family: str
    weight: int
    italic: bool
    path: Path
    index: int
    ascent: float
    descent: float
    varied: bool = False
    stands_in: bool = False


class Fonts:
    """The fonts of one theme, opened when they are first needed.

    Raises (from every method): BriefgenError `font-not-found` when a family, file or package is missing, and
    `font-broken` when a file is no usable font.
    """

    def __init__(self, theme: Theme) -> None:
        self._sources = theme.fonts
        self._chosen: dict[tuple[str, int, bool], _Opened] = {}
        self._opened: dict[str, _Opened] = {}

    def face(self, style: TextStyle) -> Face:
        """The face of a style: the nearest weight there is (as CSS chooses), italic where there is one."""
        return self._open(style.font, style.weight, style.italic).face

    def by_key(self, key: str) -> Face:
        """A face that `face` or `split` has given before."""
        return self._opened[key].face

    def split(self, text: str, style: TextStyle) -> tuple[tuple[str, Face], ...]:
        """Text in runs of one face each, falling back character by character as the theme lists.

        A combining mark stays with its letter. The text comes back composed (NFC): an accent drawn by itself would
        not be placed over its letter. Where letters have a fallback that lacks the weight, all of the text takes the
        weight it has: bold figures among Hangul that are not would be emphasis that nobody meant.

        Raises:
            BriefgenError: `missing-glyph`, naming the character, its code point and the fonts asked.
        """
        text = unicodedata.normalize("NFC", text)
        first = self._open(style.font, style.weight, style.italic)
        if all(map(first.covers, set(text))):
            return ((text, first.face),) if text else ()
        letters = [(letter, self._opened_for(letter, style, first)) for letter in _letters(text)]
        even = self.even(text, style)
        if even != style:
            return self.split(text, even)
        runs = groupby(letters, key=lambda pair: pair[1].face)
        return tuple(("".join(letter for letter, _ in run), face) for face, run in runs)

    def even(self, text: str, style: TextStyle) -> TextStyle:
        """The style in the weight that a whole text can have: that of its letters' fallback, if they need one."""
        text = unicodedata.normalize("NFC", text)
        first = self._open(style.font, style.weight, style.italic)
        lacking = {character for character in text if character.isalpha() and not first.covers(character)}
        found = (self._fallback(letter, style, []) for letter in lacking)
        weights = {opened.face.weight for opened in found if opened is not None}  # what no font has, `split` names
        weight = min(weights, default=style.weight)
        return style if weight == style.weight else replace(style, weight=weight)

    def width(self, text: str, face: Face, size: float) -> float:
        """The advance width in points, without kerning or ligatures.

        Args:
            text: characters that the face covers, as `split` gives them.
            size: in points.
        """
        opened = self._opened[face.key]
        return sum(map(opened.advances.__getitem__, text)) * size / opened.units

    def subset(self, face: Face, characters: frozenset[str], *, whole_blocks: bool = False) -> bytes:
        """A static TrueType font with these characters' glyphs and no hinting; the same bytes for the same characters.

        Each character has its place in the font's character map, also those that take no room.

        Args:
            characters: what the face covers, as `split` gives it.
            whole_blocks: for Word: Latin text, and whatever other block is used, complete, so that people can type;
                of Hangul and Han only what is used.

        Raises:
            BriefgenError: `font-licence` when the font says that it may not be embedded.
        """
        opened = self._opened[face.key]
        if not opened.font.may_be_embedded:
            message = f"the font {face.family} ({face.path.name}) says that it may not be embedded in documents"
            hint = "take another font; those on PyPI named in the default theme may be embedded"
            raise BriefgenError(Problem("font-licence", message, opened.source.location, hints=(hint,)))
        wanted = {ord(c) for c in characters}
        if whole_blocks:
            wanted |= _in_whole_blocks(wanted) & set(opened.font.characters)
        glyphs = {code: opened.glyph(chr(code)) for code in sorted(wanted)}
        font = opened.font
        try:
            if not font.is_static_truetype:
                from briefgen.outlines import static_truetype

                kept = sorted({glyph for glyph in glyphs.values() if glyph is not None})
                contents, places = static_truetype(face.path, face.index, kept, face.weight)
                font = OpenType(contents)
                glyphs = {code: None if glyph is None else places[glyph] for code, glyph in glyphs.items()}
            return subset(font, glyphs)
        except NotAFont as error:
            raise _broken(face.path, error, opened.source) from error

    def may_be_edited(self, face: Face) -> bool:
        """Whether its licence bits allow it in a document that others can edit: a Word file."""
        return self._opened[face.key].font.may_be_edited

    def traits(self, face: Face) -> Traits:
        """What a program goes by that must find a font like it."""
        return self._opened[face.key].font.traits

    def not_for_editing(self, keys: Iterable[str]) -> tuple[Problem, ...]:
        """A warning `font-not-embedded` for each of these faces that a Word file must do without."""
        found = []
        for key in sorted(set(keys)):
            face, source = self._opened[key].face, self._opened[key].source
            if not self.may_be_edited(face):
                message = f"the font {face.family} ({face.path.name}) may not be embedded in a file that can be edited"
                hints = (
                    "the Word file names it without carrying it: where it is not installed, another takes its place",
                    "take another font; those on PyPI named in the default theme may be embedded",
                )
                found.append(Problem("font-not-embedded", message, source.location, Severity.WARNING, hints))
        return tuple(found)

    # -- inside --------------------------------------------------------------------------------------------

    def _open(self, name: str, weight: int, italic: bool) -> _Opened:
        if italic:
            name = self._sources[name].italics or name
        asked = (name, weight, italic)
        if asked not in self._chosen:
            source = self._sources[name]
            face = _choose(_candidates(source), weight, italic)
            known = (o for o in self._opened.values() if (o.face.path, o.face.index, o.face.weight) == face.place)
            opened = next(known, None)
            if opened is None:
                opened = _Opened(face, source, self._free_key(face, source))
                self._opened[opened.face.key] = opened
            self._chosen[asked] = opened
        return self._chosen[asked]

    def _free_key(self, face: _Candidate, source: FontSource) -> str:
        name = re.sub(r"[^A-Za-z0-9]", "", source.family) or "Font"
        key = f"{name}-{face.names.weight}{'i' if face.names.italic else ''}"
        return key if key not in self._opened else f"{key}-{len(self._opened)}"

    def _opened_for(self, letter: str, style: TextStyle, first: _Opened) -> _Opened:
        if all(map(first.covers, letter)):
            return first
        absent: list[Problem] = []
        found = self._fallback(letter, style, absent)
        if found is None:
            raise BriefgenError(self._missing(letter, style, first, absent))
        return found

    def _fallback(self, letter: str, style: TextStyle, absent: list[Problem]) -> _Opened | None:
        """The first of the fonts to fall back to that has a letter; those that are not there are noted in `absent`."""
        for name in self._sources[style.font].fallback:
            try:
                other = self._open(name, style.weight, style.italic)
            except BriefgenError as error:
                absent += error.problems
                continue
            if all(map(other.covers, letter)):
                return other
        return None

    def _missing(self, letter: str, style: TextStyle, first: _Opened, absent: list[Problem]) -> Problem:
        source = self._sources[style.font]
        bad = next(c for c in letter if not first.covers(c))
        if absent and _is_hangul(bad):
            message = f"no font that is installed has Korean letters ({bad}): {absent[0].message}"
            return Problem("font-not-found", message, source.location, hints=(_advice(bad), *absent[0].hints))
        asked = [source.family, *(self._sources[name].family for name in source.fallback)]
        name = unicodedata.name(bad, "a character without a name")
        hints = [f"{problem.message}: {'; '.join(problem.hints)}" for problem in absent]
        hints.append(_advice(bad))
        return Problem(
            "missing-glyph",
            f"no font has the character {bad} (U+{ord(bad):04X}, {name}); asked: {', '.join(asked)}",
            source.location,
            hints=tuple(hints),
        )


# ---- one face --------------------------------------------------------------------------------------------

_SPACES = "\t\n\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_STAND_INS: Mapping[str, str] = {
    **dict.fromkeys(_SPACES, " "),
    "\u202f": "\u2009\u2006 ",  # narrow no-break space
    "\u2010": "-",
    "\u2011": "\u2010-",  # a hyphen that does not break
}
"""Character → characters that look the same (or stand for white space as well), for fonts that lack it."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028\u2029\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0100-\U000e01ef]"
)
"""Joiners, variation selectors and the like: they take no room and no font need have them (Default_Ignorable)."""


class _Opened:
    """A face with its file read."""

    def __init__(self, candidate: _Candidate, source: FontSource, key: str) -> None:
        self.source = source
        try:
            self.font = _read(candidate.path, candidate.index, candidate.path.stat().st_mtime_ns)
            self.units = self.font.units
            ascent, descent = self.font.ascent, self.font.descent
            _ = self.font.characters, self.font.advances
        except (NotAFont, OSError) as error:
            raise _broken(candidate.path, error, source) from error
        names = candidate.names
        self.face = Face(
            key=key,
            family=source.family,
            weight=names.weight,
            italic=names.italic,
            path=candidate.path,
            index=candidate.index,
            ascent=ascent,
            descent=descent,
            varied=names.weights is not None,
            stands_in=not source.files and source.family.lower() not in names.families,
        )
        self.advances: Mapping[str, float] = _Advances(self)
        self._varied_advances: Mapping[int, float] | None = None

    def glyph(self, character: str) -> int | None:
        """Its glyph; None if it takes no room.

        Raises:
            KeyError: there is none.
        """
        if _INVISIBLE.match(character):
            return None
        for candidate in (character, *_STAND_INS.get(character, "")):
            glyph = self.font.characters.get(ord(candidate))
            if glyph is not None:
                return glyph
        raise KeyError(character)

    def covers(self, character: str) -> bool:
        try:
            self.advances[character]
        except KeyError:
            return False
        return True

    def advance(self, glyph: int) -> float:
        """A glyph's advance width in design units."""
        if not self.face.varied:
            return self.font.advances[glyph]
        if self._varied_advances is None:
            from briefgen.outlines import varied_advances

            self._varied_advances = varied_advances(self.face.path, self.face.index, self.face.weight)
        return self._varied_advances[glyph]


@cache
def _read(path: Path, index: int, _changed: int) -> OpenType:
    """A font file, read once for all documents of a process, and again if it changes."""
    return OpenType(path.read_bytes(), index)


class _Advances(dict[str, float]):
    """Character → advance width in design units, looked up once. KeyError if the face lacks it."""

    def __init__(self, opened: _Opened) -> None:
        self._of = opened

    def __missing__(self, character: str) -> float:
        glyph = self._of.glyph(character)
        self[character] = width = 0 if glyph is None else self._of.advance(glyph)
        return width


def _letters(text: str) -> Iterator[str]:
    """Characters, each with the combining marks and selectors that follow it."""
    letter = ""
    for character in text:
        if letter and not (unicodedata.combining(character) or _INVISIBLE.match(character)):
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter


def _is_hangul(character: str) -> bool:
    code = ord(character)
    return 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F or 0xAC00 <= code <= 0xD7FF


def _advice(character: str) -> str:
    code = ord(character)
    if _is_hangul(character):
        return "for Korean: pip install 'briefgen[korean]'"
    if code >= 0x1F000 or unicodedata.category(character) == "So":
        return "take the symbol out, or add a font that has it to the `fallback` of the theme's font"
    return "add a font that has it to the theme's `fonts`, and its name to the `fallback` of the font that lacks it"


# Vietnamese is always among them: LibreOffice lends the first open file's font to the next with one of its name.
_ALWAYS_WHOLE = (
    *((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF)),
    (0x100, 0x24F),  # Latin Extended-A and -B
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese
)
_WHOLE_WHERE_USED = (
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x2100, 0x22FF),  # letterlike symbols, fractions, arrows, operators
)


def _in_whole_blocks(codes: set[int]) -> set[int]:
    used = [block for block in _WHOLE_WHERE_USED if any(block[0] <= code <= block[1] for code in codes)]
    return {code for first, last in (*_ALWAYS_WHOLE, *used) for code in range(first, last + 1)}


# ---- finding ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: Path
    index: int
    names: Names

    @property
    def place(self) -> tuple[Path, int, int]:
        return self.path, self.index, self.names.weight


def _choose(candidates: Iterable[_Candidate], weight: int, italic: bool) -> _Candidate:
    """The nearest face: slope first, then width, then weight; TrueType rather than CFF.

    Source: CSS Fonts 4, 5.2 "Matching font styles", where slope and width come before weight as well.
    """

    def distance(candidate: _Candidate) -> tuple[object, ...]:
        names = candidate.names
        low, high = names.weights or (names.weight, names.weight)
        return (
            names.italic != italic,
            abs(names.width - 5),
            _weight_distance(weight, low, high),
            candidate.path.suffix.lower() == ".otf",
            candidate.path.as_posix(),
            candidate.index,
        )

    best = min(candidates, key=distance)
    if best.names.weights is None:
        return best
    low, high = best.names.weights
    return replace(best, names=replace(best.names, weight=min(max(weight, low), high)))


def _weight_distance(wanted: int, low: int, high: int) -> tuple[int, int]:
    """How far a face's weight is: which group CSS tries first, and then the distance in it."""
    if low <= wanted <= high:
        return 0, 0
    lighter, distance = high < wanted, max(low - wanted, wanted - high)
    if 400 <= wanted <= 500:
        return (1 if wanted < low <= 500 else 2 if lighter else 3), distance
    return (1 if lighter == (wanted < 400) else 2), distance


def _candidates(source: FontSource) -> tuple[_Candidate, ...]:
    if source.files:
        return tuple(_named_files(source))
    everything = _packaged(source.package) if source.package else _installed()
    if everything is None:
        hint = f"pip install {source.package}"
        raise _not_found(source, f"the font package `{source.package}` is not installed", hint)
    family = source.family.lower()
    for name in (family, *(() if source.package else SAME_WIDTHS.get(family, ()))):
        found = tuple(candidate for candidate in everything if name in candidate.names.families)
        if found:
            return found
    families = sorted({candidate.names.family for candidate in everything})
    if source.package:
        message = f"the package `{source.package}` holds no family {source.family!r}"
        raise _not_found(source, message, f"it holds {', '.join(families) or 'no fonts'}")
    near = get_close_matches(source.family, families, n=3)
    raise _not_found(
        source,
        f"the font {source.family!r} is not installed on this computer",
        f"did you mean {', '.join(near)}?" if near else "name a `package` or `files` for it in the theme",
    )


SAME_WIDTHS: Mapping[str, tuple[str, ...]] = {
    "arial": ("liberation sans", "arimo"),
    "calibri": ("carlito",),
    "cambria": ("caladea",),
    "courier new": ("liberation mono", "cousine"),
    "helvetica": ("liberation sans", "arimo"),
    "times new roman": ("liberation serif", "tinos"),
}
"""Families of Office → free ones that were drawn to the same widths, so that every line ends where it would; each
application that lacks the former takes the latter, as LibreOffice does."""


PACKAGES = ("font-source-sans-pro", "font-source-serif-pro", "pylopdf-fonts-ko")
"""What briefgen installs, or can install, with itself."""


def source_of(family: str, location: Location, fallback: tuple[str, ...] = ()) -> FontSource:
    """A family by its name alone: from a package that comes with briefgen, else from the computer's own fonts."""
    for package in PACKAGES:
        if any(family.lower() in candidate.names.families for candidate in _packaged(package) or ()):
            return FontSource(family, location, package, fallback=fallback)
    return FontSource(family, location, fallback=fallback)


def line_heights(sources: Mapping[str, FontSource], location: Location) -> Callable[[str], float | None]:
    """Finds `line_height` by a family's name, among a theme's fonts first; None where a family is not to be had."""

    def height(family: str) -> float | None:
        known = source_among(sources, family)
        try:
            return line_height(known[1] if known else source_of(family, location))
        except BriefgenError:
            return None

    return cache(height)


def source_among(sources: Mapping[str, FontSource], family: str) -> tuple[str, FontSource] | None:
    """The font of a theme that stands for a family: one of that name, or one of that family."""
    for name, source in sources.items():
        if family.lower() in (name.lower(), source.family.lower()):
            return name, source
    return None


def line_height(source: FontSource) -> float:
    """Distance of a family's single-spaced lines in ems.

    Raises:
        BriefgenError: as `Fonts`.
    """
    face = _choose(_candidates(source), 400, False)
    try:
        return _read(face.path, face.index, face.path.stat().st_mtime_ns).line_height
    except (NotAFont, OSError) as error:
        raise _broken(face.path, error, source) from error


def _named_files(source: FontSource) -> Iterator[_Candidate]:
    for style, name in source.files.items():
        path = Path(name)
        if not path.is_file():
            raise _not_found(source, f"there is no font file {path.name}", f"it was looked for as {name}")
        try:
            names = read_names(path)[0]
        except (NotAFont, OSError) as error:
            raise _broken(path, error, source) from error
        weight, _, slope = style.partition(" ")
        yield _Candidate(path, 0, replace(names, weight=int(weight), italic=bool(slope), width=5))


@cache
def _packaged(package: str) -> tuple[_Candidate, ...] | None:
    """The fonts that an installed package holds, found without running any of its code."""
    name = package.replace("-", "_").replace(".", "_")
    spec = find_spec(name)
    if spec is not None and spec.submodule_search_locations:
        return tuple(_fonts_in(Path(folder) for folder in spec.submodule_search_locations))
    from importlib.metadata import PackageNotFoundError, distribution  # 12 ms that most runs do without

    try:
        files = distribution(package).files or ()
    except PackageNotFoundError:
        return None
    return tuple(_read_each(Path(str(file.locate())) for file in files if file.suffix.lower() in _SUFFIXES))


@cache
def _installed() -> tuple[_Candidate, ...]:
    """The computer's own fonts."""
    return tuple(_fonts_in(_system_folders()))


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local / "Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return [data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})


def _fonts_in(folders: Iterable[Path]) -> Iterator[_Candidate]:
    for folder in folders:
        for path in sorted(Path(root) / name for root, _, names in os.walk(folder) for name in names):
            if path.suffix.lower() in _SUFFIXES:
                yield from _read_each([path])


def _read_each(paths: Iterable[Path]) -> Iterator[_Candidate]:
    for path in paths:
        try:
            fonts = read_names(path)
        except (NotAFont, OSError):
            continue  # among many fonts a broken one is merely not found
        for index, names in enumerate(fonts):
            yield _Candidate(path, index, names)


def _not_found(source: FontSource, message: str, *hints: str) -> BriefgenError:
    return BriefgenError(Problem("font-not-found", message, source.location, hints=hints))


def _broken(path: Path, error: Exception, source: FontSource) -> BriefgenError:
    message = f"the font {path.name} cannot be used: {error}"
    return BriefgenError(Problem("font-broken", message, source.location, hints=(f"it is {path}",)))
