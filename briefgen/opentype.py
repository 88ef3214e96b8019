"""Just enough of OpenType: what a font is called, which characters it has, and how wide they are.

fontTools does all of this and more, and what is rare is left to it. The common case is read here because importing
fontTools and opening three faces with it takes 90 ms, a fifth of the time in which a page is made; this takes 5.

Source: OpenType 1.9.1 (ISO/IEC 14496-22); its tables are named in parentheses.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


class NotAFont(ValueError):
    """The bytes are no OpenType font, or a broken one; the message says in what way."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a font says it is.

    Attributes:
        family: its typographic family ("Source Sans Pro").
        families: all its family names in any language, in lower case.
        weight: usWeightClass, 1 to 1000.
        width: usWidthClass; 5 is normal.
        weights: the lowest and highest weight of a variable font, else None.
    """

    family: str
    families: frozenset[str]
    weight: int
    width: int
    italic: bool
    weights: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Traits:
    """What a program goes by that must find a font like this one.

    Attributes:
        panose: ten bytes that classify its look; all zero if it says nothing.
        kind: its IBM class: 1 to 5 and 7 have serifs, 8 has none, 10 is handwriting, 9 and 12 are for show.
        fixed_pitch: whether all characters are equally wide.
        unicode_ranges, code_pages: bit fields of the scripts it is for.
    """

    panose: bytes
    kind: int
    fixed_pitch: bool
    unicode_ranges: tuple[int, int, int, int]
    code_pages: tuple[int, int]


class OpenType:
    """A font; each table is parsed when it is first asked for.

    Args:
        contents: the file.
        index: which font of a collection.

    Raises:
        NotAFont: from here and from every property.
    """

    def __init__(self, contents: bytes | mmap.mmap, index: int = 0) -> None:
        self._contents = contents
        try:
            self.tables = _directory(contents, index)
        except struct.error:
            raise NotAFont("it is cut short") from None

    def table(self, tag: str, at_least: int = 0) -> bytes:
        """A table's bytes, empty if there is none and `at_least` is 0.

        Raises:
            NotAFont: it has fewer than `at_least` bytes.
        """
        start, length = self.tables.get(tag, (0, 0))
        table = bytes(self._contents[start : start + length])
        if len(table) < at_least:
            raise NotAFont(f"its table {tag!r} is missing or cut short")
        return table

    @cached_property
    def names(self) -> Names:
        """What it says it is (name, OS/2, fvar)."""
        found = dict(_family_names(self.table("name", 6)))
        weight, width = struct.unpack_from(">HH", self.table("OS/2", 64), 4)
        selection = struct.unpack_from(">H", self.table("OS/2"), 62)[0]
        return Names(
            family=found.get(16) or found.get(1) or "",
            families=frozenset(name.lower() for _, name in _family_names(self.table("name"))),
            weight=weight,
            width=width,
            italic=bool(selection & 0b1000000001),  # italic or oblique
            weights=_weight_axis(self.table("fvar")),
        )

    @cached_property
    def units(self) -> int:
        """Design units in an em (head)."""
        units: int = struct.unpack_from(">H", self.table("head", 54), 18)[0]
        if not 16 <= units <= 16384:
            raise NotAFont(f"it says that {units} units make an em")
        return units

    @property
    def ascent(self) -> float:
        """Height above the baseline, in ems (hhea)."""
        return float(struct.unpack_from(">h", self.table("hhea", 36), 4)[0]) / self.units

    @property
    def descent(self) -> float:
        """Depth below the baseline, in ems, positive (hhea)."""
        return -float(struct.unpack_from(">h", self.table("hhea", 36), 6)[0]) / self.units

    @property
    def line_height(self) -> float:
        """Distance of single-spaced lines in ems, as word processors space them.

        Word takes ascent, descent and line gap of OS/2 where the font asks for that (USE_TYPO_METRICS), else the larger
        of Windows' ascent and descent and of hhea's with its gap; LibreOffice does nearly the same.

        Source: OpenType 1.9, OS/2 (sTypoLineGap, usWinAscent) and hhea (lineGap).
        """
        os2 = self.table("OS/2", 78)
        above, below, gap = struct.unpack_from(">3h", self.table("hhea", 36), 4)
        if struct.unpack_from(">H", os2, 62)[0] & 0x80:
            above, below, gap = struct.unpack_from(">3h", os2, 68)
            return float(above - below + gap) / self.units
        return float(max(sum(struct.unpack_from(">2H", os2, 74)), above - below + gap)) / self.units

    @property
    def cap_height(self) -> int:
        """Height of capitals in design units (OS/2 from version 2), else seven tenths of an em."""
        table = self.table("OS/2", 2)
        version = struct.unpack_from(">H", table)[0]
        known = version >= 2 and len(table) >= 90
        return int(struct.unpack_from(">h", table, 88)[0]) if known else round(0.7 * self.units)

    @property
    def glyph_count(self) -> int:
        """How many glyphs there are (maxp)."""
        return int(struct.unpack_from(">H", self.table("maxp", 6), 4)[0])

    @property
    def may_be_embedded(self) -> bool:
        """Whether its licence bits allow a subset to be embedded (OS/2, fsType).

        Not when embedding is restricted with no freer bit beside it, nor when a font may not be subset, nor when only
        its bitmaps may be embedded.
        """
        bits = int(struct.unpack_from(">H", self.table("OS/2", 10), 8)[0])
        return bits & 0x000F != 0x0002 and not bits & 0x0300

    @property
    def may_be_edited(self) -> bool:
        """Whether a subset may be embedded in a document that its readers can edit (OS/2, fsType).

        Beside what `may_be_embedded` asks for, that is not when embedding is for previewing and printing alone.
        """
        bits = int(struct.unpack_from(">H", self.table("OS/2", 10), 8)[0])
        return self.may_be_embedded and (bits & 0x000F == 0 or bool(bits & 0x0008))

    @property
    def traits(self) -> Traits:
        """What it looks like and which scripts it says it is for (OS/2, post)."""
        table = self.table("OS/2", 68)
        pages = struct.unpack_from(">2L", table, 78) if len(table) >= 86 else (1, 0)
        return Traits(
            panose=table[32:42],
            kind=table[30],
            fixed_pitch=bool(struct.unpack_from(">L", self.table("post", 32), 12)[0]),
            unicode_ranges=struct.unpack_from(">4L", table, 42),
            code_pages=(int(pages[0]), int(pages[1])),
        )

    @property
    def is_static_truetype(self) -> bool:
        """Whether its outlines are TrueType's and do not vary."""
        return "glyf" in self.tables and "fvar" not in self.tables

    @cached_property
    def characters(self) -> Mapping[int, int]:
        """Code point → glyph (cmap)."""
        try:
            return _characters(self.table("cmap"))
        except (struct.error, IndexError):
            raise NotAFont("its table 'cmap' is broken") from None

    @cached_property
    def advances(self) -> tuple[int, ...]:
        """Each glyph's advance width in design units (hmtx); a variable font's at its default."""
        full: int = struct.unpack_from(">H", self.table("hhea", 36), 34)[0]
        if not full:
            raise NotAFont("it has no widths")
        widths = struct.unpack_from(f">{2 * full}H", self.table("hmtx", 4 * full))[::2]
        return widths + (widths[-1],) * (self.glyph_count - full)


def read_names(path: Path) -> tuple[Names, ...]:
    """What the font in a file, or each font of a collection, says it is.

    Raises:
        NotAFont: it is none.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        try:
            contents = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise NotAFont("it is empty") from None
        with contents:
            count = struct.unpack_from(">L", contents, 8)[0] if contents[:4] == b"ttcf" else 1
            return tuple(OpenType(contents, index).names for index in range(min(count, 256)))


# ---- tables ----------------------------------------------------------------------------------------------


def _directory(contents: bytes | mmap.mmap, index: int) -> dict[str, tuple[int, int]]:
    start = 0
    if contents[:4] == b"ttcf":
        start = struct.unpack_from(">L", contents, 12 + 4 * index)[0]
    version, count = struct.unpack_from(">4sH", contents, start)
    if version in (b"wOFF", b"wOF2"):
        raise NotAFont("it is a web font (WOFF); use the .ttf or .otf")
    if version not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise NotAFont("it does not begin as an OpenType font does")
    entries = [struct.unpack_from(">4s4xLL", contents, start + 12 + 16 * n) for n in range(count)]
    if any(offset + length > len(contents) for _, offset, length in entries):
        raise NotAFont("it is cut short")
    return {tag.decode("latin-1"): (offset, length) for tag, offset, length in entries}


def _family_names(table: bytes) -> Iterator[tuple[int, str]]:
    """(name ID, text) of each family name, English ones last."""
    count, storage = struct.unpack_from(">2xHH", table)
    found = []
    for n in range(count):
        platform, _, language, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * n)
        if name in (1, 16):
            raw = table[storage + offset : storage + offset + length]
            text = raw.decode("mac-roman" if platform == 1 else "utf-16-be", "replace")
            found.append((language in (0, 0x0409), name, text.strip("\0 ")))
    return ((name, text) for _, name, text in sorted(found) if text)


def _weight_axis(table: bytes) -> tuple[int, int] | None:
    if not table:
        return None
    axes, count, size = struct.unpack_from(">4xH2xHH", table)
    for n in range(count):
        tag, low, _, high = struct.unpack_from(">4slll", table, axes + n * size)
        if tag == b"wght":
            return round(low / 65536), round(high / 65536)
    return None


def _characters(table: bytes) -> dict[int, int]:
    """The best Unicode subtable's map: all of Unicode before the basic plane only."""
    count = struct.unpack_from(">2xH", table)[0] if table else 0
    offsets = {}
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * n)
        offsets[platform, encoding] = offset
    for wanted in ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0)):
        if wanted in offsets:
            start = offsets[wanted]
            match struct.unpack_from(">H", table, start)[0]:
                case 12:
                    return dict(_segmented_coverage(table, start))
                case 4:
                    return dict(_segment_deltas(table, start))
                case 6:
                    return dict(_trimmed_array(table, start))
    return {}


def _segmented_coverage(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    """cmap format 12."""
    count = struct.unpack_from(">12xL", table, start)[0]
    for first, last, glyph in struct.iter_unpack(">LLL", table[start + 16 : start + 16 + 12 * count]):
        if first <= last <= 0x10FFFF:
            yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _segment_deltas(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    """cmap format 4."""
    length, twice = struct.unpack_from(">2xH2xH", table, start)
    words = struct.unpack_from(f">{min(length, len(table) - start) // 2}H", table, start)
    count = twice // 2
    ends, starts, deltas, ranges = (words[7 + k : 7 + k + count] for k in (0, count + 1, 2 * count + 1, 3 * count + 1))
    for n, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(first, last + 1):
            if code == 0xFFFF:
                continue
            if offset:
                glyph = words[7 + 3 * count + 1 + n + offset // 2 + code - first]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph:
                yield code, glyph


def _trimmed_array(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    """cmap format 6."""
    first, count = struct.unpack_from(">6xHH", table, start)
    for n, glyph in enumerate(struct.unpack_from(f">{count}H", table, start + 10)):
        if glyph:
            yield first + n, glyph


# ---- subset ----------------------------------------------------------------------------------------------


def subset(font: OpenType, glyphs: Mapping[int, int | None]) -> bytes:
    """A font with these characters only, without hinting, kerning or ligatures.

    Args:
        font: a static TrueType font.
        glyphs: code point → its glyph in `font`, or None for an empty one that takes no room. Two characters may
            share a glyph.

    Returns:
        An OpenType file whose character map holds exactly these characters; the same bytes for the same arguments.

    Raises:
        NotAFont: the font is broken.
    """
    try:
        return _subset(font, glyphs)
    except (struct.error, IndexError):
        raise NotAFont("its outlines are broken or cut short") from None


def _subset(font: OpenType, glyphs: Mapping[int, int | None]) -> bytes:
    loca, glyf = _glyph_offsets(font), font.table("glyf")
    outlines = {0: _unhinted(glyf[loca[0] : loca[1]])}
    order = [0]
    for glyph in (glyph for _, glyph in sorted(glyphs.items()) if glyph is not None):
        if glyph not in outlines:
            outlines[glyph] = _unhinted(glyf[loca[glyph] : loca[glyph + 1]])
            order.append(glyph)
    for glyph in order:  # grows while it is walked: a component may have components
        for component in _components(outlines[glyph]):
            part = component[1]
            if part not in outlines:
                outlines[part] = _unhinted(glyf[loca[part] : loca[part + 1]])
                order.append(part)
    places = {glyph: place for place, glyph in enumerate(order)}
    drawn = [_renumbered(outlines[glyph], places) for glyph in order]
    metrics = [_metrics(font, glyph) for glyph in order]
    empty = len(order)
    if None in glyphs.values():
        drawn.append(b"")
        metrics.append((0, 0))
    codes = {code: empty if glyph is None else places[glyph] for code, glyph in sorted(glyphs.items())}

    head, hhea, maxp = (bytearray(font.table(tag)) for tag in ("head", "hhea", "maxp"))
    packed, offsets = bytearray(), [0]
    for outline in drawn:
        packed += outline + bytes(-len(outline) % 4)
        offsets.append(len(packed))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)  # long offsets
    struct.pack_into(">H", hhea, 34, len(metrics))
    struct.pack_into(">H", maxp, 4, len(drawn))
    struct.pack_into(">7H", maxp, 14, 1, 0, 0, 0, 0, 0, 0)  # no hinting
    return _file(
        {
            "OS/2": font.table("OS/2"),
            "cmap": _character_map(codes),
            "glyf": bytes(packed),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *pair) for pair in metrics),
            "loca": struct.pack(f">{len(offsets)}L", *offsets),
            "maxp": bytes(maxp),
            "name": _short_names(font.table("name")),
            "post": struct.pack(">L", 0x00030000) + font.table("post", 32)[4:32],
        }
    )


_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX, _INSTRUCTIONS = 0x01, 0x08, 0x20, 0x40, 0x80, 0x100


def _glyph_offsets(font: OpenType) -> tuple[int, ...]:
    count = font.glyph_count + 1
    if struct.unpack_from(">h", font.table("head", 54), 50)[0]:
        return struct.unpack_from(f">{count}L", font.table("loca", 4 * count))
    return tuple(2 * half for half in struct.unpack_from(f">{count}H", font.table("loca", 2 * count)))


def _metrics(font: OpenType, glyph: int) -> tuple[int, int]:
    """Advance width and left side bearing."""
    full = struct.unpack_from(">H", font.table("hhea"), 34)[0]
    place = 4 * glyph + 2 if glyph < full else 4 * full + 2 * (glyph - full)
    return font.advances[glyph], struct.unpack_from(">h", font.table("hmtx"), place)[0]


def _components(outline: bytes) -> Iterator[tuple[int, int]]:
    """(offset of the component, its glyph) of a composite glyph."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return
    offset, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", outline, offset)
        yield offset, glyph
        offset += _component_length(flags)


def _component_length(flags: int) -> int:
    scales = 8 if flags & _MATRIX else 4 if flags & _TWO_SCALES else 2 if flags & _SCALE else 0
    return 4 + (4 if flags & _WORDS else 2) + scales


def _unhinted(outline: bytes) -> bytes:
    """A glyph without its instructions, and without padding."""
    if len(outline) < 10:
        return b""
    contours = struct.unpack_from(">h", outline)[0]
    if contours >= 0:
        start = 10 + 2 * contours
        length = struct.unpack_from(">H", outline, start)[0]
        points = 1 + struct.unpack_from(">H", outline, start - 2)[0] if contours else 0
        drawn = start + 2 + length
        return outline[:start] + b"\0\0" + outline[drawn : _end_of_points(outline, drawn, points)]
    plain, end = bytearray(outline), 10
    for offset, _ in _components(outline):
        flags = struct.unpack_from(">H", outline, offset)[0]
        struct.pack_into(">H", plain, offset, flags & ~_INSTRUCTIONS)
        end = offset + _component_length(flags)
    return bytes(plain[:end])


_SHORT_X, _SHORT_Y, _REPEATED, _SAME_X, _SAME_Y = 0x02, 0x04, 0x08, 0x10, 0x20


def _end_of_points(outline: bytes, start: int, points: int) -> int:
    """Where the flags and coordinates of a simple glyph end."""
    offset, coordinates = start, 0
    while points > 0:
        flag, times = outline[offset], 1
        offset += 1
        if flag & _REPEATED:
            times += outline[offset]
            offset += 1
        across = 1 if flag & _SHORT_X else 0 if flag & _SAME_X else 2
        upward = 1 if flag & _SHORT_Y else 0 if flag & _SAME_Y else 2
        coordinates += times * (across + upward)
        points -= times
    return offset + coordinates


def _renumbered(outline: bytes, places: Mapping[int, int]) -> bytes:
    changed = bytearray(outline)
    for offset, glyph in _components(outline):
        struct.pack_into(">H", changed, offset + 2, places[glyph])
    return bytes(changed)


def _character_map(codes: Mapping[int, int]) -> bytes:
    """cmap: format 4 for the basic plane; format 12 for everything where there is more."""
    runs = _runs(codes)
    basic = [*_runs({c: g for c, g in codes.items() if c < 0xFFFF}), (0xFFFF, 0xFFFF, 0)]
    count = len(basic)
    power = count.bit_length() - 1
    format_4 = struct.pack(
        f">7H{count}HH{3 * count}H",
        *(4, 16 + 8 * count, 0, 2 * count, 2 << power, power, 2 * count - (2 << power)),
        *(last for _, last, _ in basic),
        0,
        *(first for first, _, _ in basic),
        *((glyph - first) & 0xFFFF for first, _, glyph in basic[:-1]),
        *(1, *([0] * count)),
    )
    if not any(code > 0xFFFF for code in codes):
        return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + format_4
    format_12 = struct.pack(">HHLLL", 12, 0, 16 + 12 * len(runs), 0, len(runs))
    format_12 += b"".join(struct.pack(">LLL", *run) for run in runs)
    return struct.pack(">HHHHLHHL", 0, 2, 3, 1, 20, 3, 10, 20 + len(format_4)) + format_4 + format_12


def _runs(codes: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(first, last, glyph of the first) of each stretch in which code points and glyphs count up together."""
    runs: list[tuple[int, int, int]] = []
    for code, glyph in codes.items():
        if runs and code == runs[-1][1] + 1 and glyph == runs[-1][2] + code - runs[-1][0]:
            runs[-1] = (runs[-1][0], code, runs[-1][2])
        else:
            runs.append((code, code, glyph))
    return runs


_KEPT_NAMES = frozenset({0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17})  # copyright, names, licence


def _short_names(table: bytes) -> bytes:
    """name: the English ones for Windows, which is what all readers of embedded fonts look at."""
    count, storage = struct.unpack_from(">2xHH", table)
    records = [struct.unpack_from(">6H", table, 6 + 12 * n) for n in range(count)]
    kept = sorted(r for r in records if r[0] == 3 and r[2] == 0x0409 and r[3] in _KEPT_NAMES)
    entries, texts = b"", b""
    for platform, encoding, language, name, length, offset in kept:
        entries += struct.pack(">6H", platform, encoding, language, name, length, len(texts))
        texts += table[storage + offset : storage + offset + length]
    return struct.pack(">HHH", 0, len(kept), 6 + len(entries)) + entries + texts


def _file(tables: Mapping[str, bytes]) -> bytes:
    """An OpenType file of these tables, which are in the order of their tags."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">4s4H", b"\0\1\0\0", count, 16 << power, power, 16 * count - (16 << power))
    start = 12 + 16 * count
    contents = b""
    for tag, table in tables.items():
        directory += struct.pack(">4sLLL", tag.encode(), _checksum(table), start + len(contents), len(table))
        contents += table + bytes(-len(table) % 4)
    whole = bytearray(directory + contents)
    head = start + contents.index(tables["head"])
    struct.pack_into(">L", whole, head + 8, (0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(table: bytes | bytearray) -> int:
    padded = bytes(table) + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
