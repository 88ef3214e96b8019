"""Runs and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TypeVar
from xml.sax.saxutils import escape

from briefgen.writers.ooxml.base import EMPTY, Xml, half_points, hexadecimal, quoted, twips

# ---- runs (§17.3.2) --------------------------------------------------------------------------------------
#
# <w:r><w:rPr><w:rStyle w:val="Strong"/><w:lang w:val="vi-VN"/></w:rPr><w:t xml:space="preserve">of </w:t></w:r>
#
# <w:r><w:rPr><w:sz w:val="21"/><w:vertAlign w:val="superscript"/></w:rPr>…: Word sets it at about 65 %, LibreOffice at
# 58 % of the size, both raised by a third. w:position and a smaller w:sz would be exact, but not for the numbers of
# notes in LibreOffice: there its own style, "Footnote anchor", always raises them and shrinks them to 58 %. So marks
# are superscripts of a larger size, which is right within a twentieth in both.


# A theme's colours and fonts (§17.3.2.6, §17.3.2.26): what refers to the theme says its value of now as well.
#
# <w:color w:val="0B4F6C" w:themeColor="accent1"/>
# <w:rFonts w:ascii="Source Sans Pro" w:hAnsi="Source Sans Pro" w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>


class Themed(str):
    """A colour or a font's family, with the name by which the file's theme has it: "accent1", "text1", or "minor" or
    "major". It is equal to any other of its value."""

    theme: str

    def __new__(cls, value: str, theme: str) -> Themed:
        """The value, and its name in the theme."""
        made = super().__new__(cls, value)
        made.theme = theme
        return made


@dataclass(frozen=True, slots=True)
class Border:
    """A rule beside a paragraph or cell, or around words: thickness, and distance from the text (whole points)."""

    width: float
    colour: str
    space: float = 0


@dataclass(frozen=True, slots=True)
class RunFormat:
    """What a run says of itself; None leaves a property to its styles.

    Attributes:
        style: id of a character style.
        font: family, for all scripts alike but for what `asian` says.
        asian: family of Hangul, Han and Kana.
        size: in points.
        raised: whether it is a superscript.
        border: a rule around it.
        colour, shade: #RRGGBB.
        hidden: whether it is not shown.
        language: a BCP 47 tag.
    """

    style: str | None = None
    font: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    raised: bool | None = None
    size: float | None = None
    shade: str | None = None
    language: str | None = None
    underline: bool | None = None
    border: Border | None = None
    hidden: bool | None = None
    asian: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What a paragraph says of itself; None leaves a property to its style.

    Attributes:
        leading: exact distance of baselines; 0 is as high as what stands in the line, a picture.
        left, right: indents; `first` is the first line's offset from `left`, negative to hang.
        tabs: tab stops: position, and "left" or "right", or "clear" for one that the style has.
        numbering: number of a `numbering` instance, and the level from 0.
        between: the rule below a paragraph whose neighbour has the same borders; without it they are drawn as one.
        outline: 1 to 9 for a heading, 10 for what its style would have be one.
        section: `w:sectPr` of the section that ends with it.
        contextual: no space between paragraphs of the same style.
        tight: no space of its own between Latin and Hangul or Han, which Word adds otherwise.
    """

    before: float | None = None
    after: float | None = None
    leading: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    align: str | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break: bool | None = None
    tabs: tuple[tuple[float, str], ...] | None = None
    numbering: tuple[int, int] | None = None
    top: Border | None = None
    bottom: Border | None = None
    between: Border | None = None
    outline: int | None = None
    contextual: bool | None = None
    tight: bool | None = None
    section: Xml | None = None


def superscript_size(size: float) -> float:
    """The size of a superscript that shall look like a note mark of the Layout in text of a size, in points."""
    return round(size * 1.1 * 2) / 2


AS_IS = RunFormat()
AS_STYLED = ParagraphFormat()
"""Nothing beyond the styles."""

_Format = TypeVar("_Format", RunFormat, ParagraphFormat)


def beyond(wanted: _Format, given: _Format) -> _Format:
    """What `wanted` says beyond what a style already gives."""
    pairs = ((f.name, getattr(wanted, f.name), getattr(given, f.name)) for f in fields(wanted))
    return type(wanted)(**{name: want for name, want, have in pairs if want is not None and want != have})


def over(base: _Format, change: _Format) -> _Format:
    """`base` with everything that `change` says."""
    values = {f.name: getattr(base, f.name) for f in fields(base)}
    values |= {f.name: value for f in fields(change) if (value := getattr(change, f.name)) is not None}
    return type(base)(**values)


def language_tag(language: str) -> str:
    """A language as Word's proofing tools know it: with its region."""
    return {"en": "en-GB", "vi": "vi-VN", "ko": "ko-KR", "fr": "fr-FR", "de": "de-DE", "ja": "ja-JP"}.get(
        language, language
    )


def is_east_asian(language: str) -> bool:
    """Whether a language is written in what Word calls East Asian script."""
    return language.split("-")[0] in ("ko", "ja", "zh")


def language_element(element: str, language: str) -> str:
    """A language, as that of East Asian script where it is one: then `w:val`, which is about Latin words, is English,
    as Word has it (LibreOffice would else break Latin words anywhere)."""
    tag = quoted(language_tag(language))
    if is_east_asian(language):
        return f'<w:{element} w:val="en-US" w:eastAsia={tag}/>'
    return f"<w:{element} w:val={tag}/>"


def _fonts(latin: str | None, asian: str | None) -> str:
    said = {}
    if latin is not None:
        said = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), latin)
    if asian is not None:
        said["eastAsia"] = asian
    if isinstance(latin, Themed):
        said |= dict.fromkeys(("asciiTheme", "hAnsiTheme"), f"{latin.theme}HAnsi")
    if isinstance(asian, Themed):
        said["eastAsiaTheme"] = f"{asian.theme}EastAsia"
    return f"<w:rFonts{''.join(f' w:{name}={quoted(value)}' for name, value in said.items())}/>"


def _theme_colour(colour: str, attribute: str = "themeColor") -> str:
    return f' w:{attribute}="{colour.theme}"' if isinstance(colour, Themed) else ""


def toggle(name: str, on: bool | None) -> str:
    if on is None:
        return ""
    value = "" if on else ' w:val="0"'
    return f"<w:{name}{value}/>"


def run_properties(style: RunFormat) -> Xml:
    """`w:rPr`, or nothing if there is nothing to say."""
    parts = []
    if style.style is not None:
        parts.append(f"<w:rStyle w:val={quoted(style.style)}/>")
    if style.font is not None or style.asian is not None:
        parts.append(_fonts(style.font, style.asian))
    parts += [toggle(name, style.bold) for name in ("b", "bCs")]
    parts += [toggle(name, style.italic) for name in ("i", "iCs")]
    parts.append(toggle("vanish", style.hidden))
    if style.colour is not None:
        parts.append(f'<w:color w:val="{hexadecimal(style.colour)}"{_theme_colour(style.colour)}/>')
    if style.size is not None:
        parts += [f'<w:{name} w:val="{half_points(style.size)}"/>' for name in ("sz", "szCs")]
    if style.underline is not None:
        parts.append(f'<w:u w:val="{"single" if style.underline else "none"}"/>')
    parts.append(border_element("bdr", style.border))
    if style.shade is not None:
        parts.append(shading(style.shade))
    if style.raised is not None:
        parts.append(f'<w:vertAlign w:val="{"superscript" if style.raised else "baseline"}"/>')
    if style.language is not None:
        parts.append(language_element("lang", style.language))
    inside = "".join(parts)
    return Xml(f"<w:rPr>{inside}</w:rPr>" if inside else "")


def run(content: Xml, style: RunFormat = AS_IS) -> Xml:
    """`w:r` around words, a break, a tab, a reference…"""
    return Xml(f"<w:r>{run_properties(style)}{content}</w:r>")


_SPECIAL = {"\t": "<w:tab/>", "\n": "<w:br/>", "\u2011": "<w:noBreakHyphen/>", "\u00ad": "<w:softHyphen/>"}
_SPLIT = re.compile("([\t\n\u2011\u00ad])")


def words(text: str) -> Xml:
    """Words inside a run; tab, line feed, no-break hyphen and soft hyphen are elements of their own (§17.3.3)."""
    pieces = (
        _SPECIAL.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _SPLIT.split(text)
        if piece
    )
    return Xml("".join(pieces))


TAB = Xml("<w:tab/>")
LINE_BREAK = Xml("<w:br/>")
PAGE_BREAK = Xml('<w:br w:type="page"/>')


# ---- paragraphs (§17.3.1) --------------------------------------------------------------------------------
#
# <w:p><w:pPr><w:pStyle w:val="Heading2"/><w:keepNext/><w:spacing w:before="0" w:after="65" w:line="260"
#   w:lineRule="exact"/><w:ind w:left="1684" w:hanging="1684"/></w:pPr>…</w:p>


_FINEST, _THICKEST, _FARTHEST = 2, 96, 31
"""What Word takes for a rule: a quarter of a point to twelve, in eighths, and points of distance (§17.3.4)."""


def border_element(name: str, border: Border | None) -> str:
    if border is None:
        return ""
    width = round(border.width * 8)
    if width == 0:
        return f'<w:{name} w:val="nil"/>'
    width, space = min(max(width, _FINEST), _THICKEST), min(round(border.space), _FARTHEST)
    colour = f'w:color="{hexadecimal(border.colour)}"{_theme_colour(border.colour)}'
    return f'<w:{name} w:val="single" w:sz="{width}" w:space="{space}" {colour}/>'


def shading(colour: str | None) -> str:
    if not colour:
        return ""
    fill = f'w:fill="{hexadecimal(colour)}"{_theme_colour(colour, "themeFill")}'
    return f'<w:shd w:val="clear" w:color="auto" {fill}/>'


def attributes(**values: object) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)


def paragraph_properties(form: ParagraphFormat, style: str | None = None, run_format: Xml = EMPTY) -> Xml:
    """`w:pPr`, or nothing if there is nothing to say."""
    parts = []
    if style is not None:
        parts.append(f"<w:pStyle w:val={quoted(style)}/>")
    parts.append(toggle("keepNext", form.keep_next))
    parts.append(toggle("keepLines", form.keep_lines))
    parts.append(toggle("pageBreakBefore", form.page_break))
    if form.numbering is not None:
        number, level = form.numbering
        parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    borders = (
        border_element("top", form.top)
        + border_element("bottom", form.bottom)
        + border_element("between", form.between)
    )
    if borders:
        parts.append(f"<w:pBdr>{borders}</w:pBdr>")
    if form.tabs:
        stops = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(place)}"/>' for place, kind in form.tabs)
        parts.append(f"<w:tabs>{stops}</w:tabs>")
    spacing = attributes(
        before=None if form.before is None else twips(form.before),
        after=None if form.after is None else twips(form.after),
        line=None if form.leading is None else twips(form.leading) or 240,
        lineRule=None if form.leading is None else "exact" if form.leading else "auto",
    )
    if form.tight:
        parts.append('<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>')
    if spacing:
        parts.append(f"<w:spacing{spacing}/>")
    indent = attributes(
        left=None if form.left is None else twips(form.left),
        right=None if form.right is None else twips(form.right),
        firstLine=None if form.first is None or form.first < 0 else twips(form.first),
        hanging=None if form.first is None or form.first >= 0 else twips(-form.first),
    )
    if indent:
        parts.append(f"<w:ind{indent}/>")
    parts.append(toggle("contextualSpacing", form.contextual))
    if form.align is not None:
        parts.append(f'<w:jc w:val="{form.align}"/>')
    if form.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{form.outline - 1}"/>')
    parts += [run_format, form.section or EMPTY]
    inside = "".join(parts)
    return Xml(f"<w:pPr>{inside}</w:pPr>" if inside else "")


def paragraph(style: str, content: Xml, form: ParagraphFormat = AS_STYLED) -> Xml:
    """`w:p` of a paragraph style, with what it says beyond it."""
    return Xml(f"<w:p>{paragraph_properties(form, style)}{content}</w:p>")


def strut(height: float) -> Xml:
    """An empty paragraph of a given height (1 point or more), between tables and after one in a cell (§17.4.66)."""
    form = ParagraphFormat(before=0, after=0, leading=max(1.0, height), left=0, first=0)
    small = Xml('<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>')
    return Xml(f"<w:p>{paragraph_properties(form, 'Normal', small)}</w:p>")
