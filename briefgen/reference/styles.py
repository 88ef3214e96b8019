"""What a Word file's styles come to: defaults, inheritance, theme fonts and colours resolved (§17.7, §20.1.6).

Only what a layout can measure is resolved; whatever else a style says stays in the Word file as it is.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from briefgen.reference.opening import ReferencePackage, W

A = "http://schemas.openxmlformats.org/drawingml/2006/main"

LineHeight = Callable[[str], float | None]
"""A font family → the height of its lines in ems: ascent, descent and the gap between, as Word spaces them; None for
one that is not to be had."""

USUAL_LINE_HEIGHT = 1.22
"""Of a font that is not to be had: Calibri's, and nearly everybody's."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one style says; None leaves it to the style it is based on. Lengths are points.

    Attributes:
        line: distance of baselines as `rule` reads it: points for "exact" and "atLeast", lines for "auto".
        left, first: indent, and the first line's offset from it.
        contextual: whether paragraphs of this style have no space between them.
        numbered: whether it numbers its paragraphs, or gives them a bullet.
        over, under: depth of a border above or below, with its distance from the text.
    """

    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    rule: str | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    contextual: bool | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    numbered: bool | None = None
    outline: int | None = None
    over: float | None = None
    under: float | None = None


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style with everything that it inherits.

    Attributes:
        id, name: as the file has them; built-in names are the same in every language of Word.
        kind: "paragraph", "character", "table" or "numbering".
        leading: distance of baselines in points, whole twentieths.
        exact: whether it is that whatever stands in the line.
        own: what it says itself, without what it inherits.
    """

    id: str
    name: str
    kind: str
    font: str
    size: float
    bold: bool
    italic: bool
    colour: str
    before: float
    after: float
    leading: float
    exact: bool
    left: float
    right: float
    first: float
    contextual: bool
    keep_next: bool
    keep_lines: bool
    numbered: bool
    outline: int | None
    over: float
    under: float
    own: Said


class Stylebook:
    """The styles of a Word file.

    Args:
        package: the file.
        line_height: of a font; asked for each font that a style is set in.
    """

    def __init__(self, package: ReferencePackage, line_height: LineHeight) -> None:
        self._package = package
        self._line_height = line_height
        name = package.related("styles")
        root = package.xml(name) if name else None
        self.theme = ThemePart(package)
        self._elements = {e.get(w("styleId"), ""): e for e in root.findall(w("style"))} if root is not None else {}
        self._defaults = self._document_defaults(root)
        self._resolved: dict[str, Said] = {}
        found = (self._style(identity, element) for identity, element in self._elements.items())
        self.by_name: Mapping[tuple[str, str], WordStyle] = {(s.kind, s.name.lower()): s for s in found}
        """(Kind, name in lower case) → style."""

    def paragraph(self, *names: str) -> WordStyle | None:
        """The first of these paragraph styles that there is; names without regard to case."""
        found = (self.by_name.get(("paragraph", name.lower())) for name in names)
        return next((style for style in found if style), None)

    def by_id(self, identity: str | None) -> WordStyle:
        """A paragraph style by its id; without one, or where there is none of the id, the default."""
        element = self._elements.get(identity or "")
        if element is None:
            default = (
                (key, e)
                for key, e in self._elements.items()
                if e.get(w("type")) == "paragraph" and is_on(e.get(w("default"), "0"))
            )
            identity, element = next(default, ("", None))
        return self._style(identity or "", element)

    def said_by(self, properties: Any, run: Any) -> Said:
        """What `w:pPr` and `w:rPr` elements, or None, say of themselves."""
        return self._said(properties, run)

    def complete(self, said: Said, identity: str = "", name: str = "", kind: str = "paragraph") -> WordStyle:
        """What is left unsaid is Word's: Times New Roman, 10 points, single spaced (§17.7.2)."""
        size, font = said.size or 10.0, said.font or "Times New Roman"
        return WordStyle(
            id=identity,
            name=name,
            kind=kind,
            font=font,
            size=size,
            bold=bool(said.bold),
            italic=bool(said.italic),
            colour=said.colour or "#000000",
            before=said.before or 0,
            after=said.after or 0,
            leading=self._leading(said, size, font),
            exact=said.rule == "exact",
            left=said.left or 0,
            right=said.right or 0,
            first=said.first or 0,
            contextual=bool(said.contextual),
            keep_next=bool(said.keep_next),
            keep_lines=bool(said.keep_lines),
            numbered=bool(said.numbered),
            outline=said.outline,
            over=said.over or 0,
            under=said.under or 0,
            own=said,
        )

    def inherited(self, identity: str | None) -> Said:
        """What a style says with all that it is based on, and the document's defaults."""
        return self._chain(identity if identity and identity in self._elements else self.by_id(None).id)

    # -- inside --------------------------------------------------------------------------------------------

    def _leading(self, said: Said, size: float, font: str) -> float:
        line = said.line if said.line is not None else 1.0
        if said.rule == "exact":
            return line
        single = (self._line_height(font) or USUAL_LINE_HEIGHT) * size
        points = max(single, line) if said.rule == "atLeast" else single * line
        return round(points * 20) / 20

    def _style(self, identity: str, element: Any) -> WordStyle:
        said = self._chain(identity)
        name = "" if element is None else (element.find(w("name")).get(w("val"), "") if _has_name(element) else "")
        kind = "paragraph" if element is None else element.get(w("type"), "paragraph")
        own = Said() if element is None else self._said(element.find(w("pPr")), element.find(w("rPr")))
        return replace(self.complete(said, identity, name, kind), own=own)

    def _chain(self, identity: str, below: tuple[str, ...] = ()) -> Said:
        if identity not in self._resolved:
            element = self._elements.get(identity)
            if element is None or identity in below:
                return self._defaults
            base = element.find(w("basedOn"))
            parent = self._chain(base.get(w("val"), ""), (*below, identity)) if base is not None else self._defaults
            own = self._said(element.find(w("pPr")), element.find(w("rPr")))
            self._resolved[identity] = laid_over(parent, own)
        return self._resolved[identity]

    def _document_defaults(self, root: Any) -> Said:
        if root is None:
            return Said()
        return self._said(
            root.find(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}"),
            root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"),
        )

    def _said(self, paragraph: Any, run: Any) -> Said:
        said = dict(self._of_run(run)) if run is not None else {}
        if paragraph is not None:
            said |= dict(_of_paragraph(paragraph))
        return Said(**said)

    def _of_run(self, run: Any) -> Iterator[tuple[str, Any]]:
        fonts = run.find(w("rFonts"))
        if fonts is not None:
            themed = fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme"))
            named = fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
            family = self.theme.font(themed) if themed else named
            if family or named:
                yield "font", family or named
        if (size := number(run.find(w("sz")))) is not None:
            yield "size", size / 2
        for name, key in (("b", "bold"), ("i", "italic")):
            if (flag := toggle(run.find(w(name)))) is not None:
                yield key, flag
        colour = run.find(w("color"))
        if colour is not None and (found := self.theme.colour(colour)):
            yield "colour", found


def w(name: str) -> str:
    """A name in WordprocessingML's namespace."""
    return f"{{{W}}}{name}"


def is_on(value: str) -> bool:
    """`ST_OnOff` (§22.9.2.7)."""
    return value not in ("0", "false", "off")


def toggle(element: Any) -> bool | None:
    """What `w:b` or the like says; None if it is not there."""
    return None if element is None else is_on(element.get(w("val"), "1"))


def number(element: Any, name: str = "val") -> float | None:
    """The number in an attribute of an element; None if it has none."""
    return None if element is None else length(element.get(w(name)))


def length(text: str | None) -> float | None:
    """A number as Word writes it; a measure with a unit in twentieths of a point (§22.9.2.15)."""
    if text is None:
        return None
    for unit, points in _UNITS.items():
        if text.endswith(unit):
            text, factor = text.removesuffix(unit), points * 20
            break
    else:
        factor = 1.0
    try:
        found = float(text)
    except ValueError:
        return None
    return found * factor if abs(found) < 1e6 else None


_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0, "px": 0.75}


def laid_over(base: Said, own: Said) -> Said:
    """What a style says over what it is based on."""
    changes = {f.name: value for f in fields(own) if (value := getattr(own, f.name)) is not None}
    return replace(base, **changes)


def _has_name(element: Any) -> bool:
    return element.find(w("name")) is not None


def _of_paragraph(properties: Any) -> Iterator[tuple[str, Any]]:
    spacing = properties.find(w("spacing"))
    if spacing is not None:
        yield from _of_spacing(spacing)
    indent = properties.find(w("ind"))
    if indent is not None:
        for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
            found = next((v for name in names if (v := number(indent, name)) is not None), None)
            if found is not None:
                yield key, found / 20
        if (hanging := number(indent, "hanging")) is not None:
            yield "first", -hanging / 20
        elif (first := number(indent, "firstLine")) is not None:
            yield "first", first / 20
    for name, key in (("contextualSpacing", "contextual"), ("keepNext", "keep_next"), ("keepLines", "keep_lines")):
        if (flag := toggle(properties.find(w(name)))) is not None:
            yield key, flag
    numbering = properties.find(w("numPr"))
    if numbering is not None:
        identity = number(numbering.find(w("numId")))
        yield "numbered", identity != 0
    if (level := number(properties.find(w("outlineLvl")))) is not None:
        yield "outline", int(level) + 1 if 0 <= level < 9 else None
    borders = properties.find(w("pBdr"))
    if borders is not None:
        for name, key in (("top", "over"), ("bottom", "under")):
            yield key, _depth(borders.find(w(name)))


def _depth(border: Any) -> float:
    """Of a border, with its distance from the text, in points."""
    if border is None or border.get(w("val")) in (None, "nil", "none"):
        return 0.0
    return (number(border, "sz") or 0) / 8 + (number(border, "space") or 0)


def _of_spacing(spacing: Any) -> Iterator[tuple[str, Any]]:
    for key in ("before", "after"):
        if is_on(spacing.get(w(f"{key}Autospacing"), "0")):
            yield key, 14.0  # what Word takes for HTML's automatic spacing
        elif (found := number(spacing, key)) is not None:
            yield key, found / 20
    if (line := number(spacing, "line")) is not None:
        rule = spacing.get(w("lineRule"), "auto")
        yield "rule", rule
        yield "line", line / 240 if rule == "auto" else line / 20


class ThemePart:
    """The colours and fonts of a Word file's theme (§20.1.6)."""

    def __init__(self, package: ReferencePackage) -> None:
        name = package.related("theme")
        root = package.xml(name) if name else None
        self._fonts = dict(_theme_fonts(root)) if root is not None else {}
        self._colours = dict(_theme_colours(root)) if root is not None else {}
        settings = package.related("settings")
        mapping = package.xml(settings).find(w("clrSchemeMapping")) if settings else None
        given = {} if mapping is None else {key.rpartition("}")[2]: str(value) for key, value in mapping.attrib.items()}
        self._mapping = _MAPPING | given

    def font(self, name: str) -> str | None:
        """The family of "minorHAnsi", "majorAscii" and the like."""
        return self._fonts.get("major" if name.startswith("major") else "minor")

    def named(self, name: str) -> str | None:
        """A colour by its name in the theme ("accent1"), #RRGGBB."""
        slot = _SLOTS.get(self._mapping.get(_MAPPED.get(name, name), name), _SLOTS.get(name, name))
        return self._colours.get(slot)

    def colour(self, element: Any) -> str | None:
        """What `w:color` means: a theme's colour, tinted or shaded, or six digits; None for "auto" (§17.3.2.6)."""
        themed = element.get(w("themeColor"))
        base = self.named(themed) if themed and themed != "none" else None
        if base:
            return _varied(base, element.get(w("themeTint")), element.get(w("themeShade")))
        value = element.get(w("val"), "auto")
        return "#000000" if value == "auto" else six_digits(value.lstrip("#"))


_SLOTS = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_MAPPED = {"text1": "t1", "text2": "t2", "background1": "bg1", "background2": "bg2"}
_MAPPING = {"t1": "dark1", "t2": "dark2", "bg1": "light1", "bg2": "light2"}


def _theme_fonts(root: Any) -> Iterator[tuple[str, str]]:
    for kind in ("major", "minor"):
        latin = root.find(f".//{{{A}}}fontScheme/{{{A}}}{kind}Font/{{{A}}}latin")
        if latin is not None and latin.get("typeface"):
            yield kind, latin.get("typeface")


def _theme_colours(root: Any) -> Iterator[tuple[str, str]]:
    scheme = root.find(f".//{{{A}}}clrScheme")
    for slot in scheme if scheme is not None else ():
        if not isinstance(slot.tag, str):
            continue
        name = slot.tag.rpartition("}")[2]
        given, system = slot.find(f"{{{A}}}srgbClr"), slot.find(f"{{{A}}}sysClr")
        value = given.get("val") if given is not None else system.get("lastClr") if system is not None else None
        if found := six_digits(value or ""):
            yield name, found


def six_digits(text: str) -> str | None:
    """A colour as #RRGGBB; None if it is none."""
    return f"#{text.upper()}" if re.fullmatch("[0-9A-Fa-f]{6}", text) else None


def _share(text: str | None) -> float | None:
    """Two hexadecimal digits, of 255."""
    return int(text, 16) / 255 if text and re.fullmatch("[0-9A-Fa-f]{2}", text) else None


def _varied(colour: str, tint: str | None, shade: str | None) -> str:
    """Lighter by a tint, darker by a shade, each 00 to FF of the lightness kept (§17.18.40)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if (kept := _share(shade)) is not None:
        light *= kept
    if (kept := _share(tint)) is not None:
        light = light * kept + (1 - kept)
    channels = colorsys.hls_to_rgb(hue, min(1.0, light), saturation)
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in channels)
