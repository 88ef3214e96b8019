"""WordprocessingML: every piece of raw OOXML that briefgen writes, and nothing else.

Each function gives one element as text, with all words escaped; `docx` puts them together and python-docx packs
them. Beside each feature stands the XML that Word itself writes for it, shortened to what matters. References are
to ECMA-376-1:2016 ("§"). Lengths are points here and become Word's units (twentieths, eighths, half points, EMU) at
the last moment. The order of children matters in WordprocessingML: it is the schema's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NewType, TypeVar
from xml.sax.saxutils import escape

Xml = NewType("Xml", str)
"""Well-formed XML, escaped; plain text must go through `words` or `quoted` first."""

EMPTY = Xml("")

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def joined(parts: Iterable[Xml]) -> Xml:
    """Pieces of XML one after another."""
    return Xml("".join(parts))


def quoted(text: str) -> str:
    """Text for an attribute, in its quotation marks."""
    return '"' + escape(text, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}) + '"'


def twips(points: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Half points, Word's unit of type size."""
    return round(points * 2)


def emu(points: float) -> int:
    """English Metric Units, DrawingML's unit of length."""
    return round(points * 12700)


def hexadecimal(colour: str) -> str:
    """`#0B4F6C` as Word writes it."""
    return colour.lstrip("#").upper()


def part(root: str, content: Xml) -> bytes:
    """A whole part: its root element in the namespaces that our pieces use."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return f"{_DECLARATION}<{root} {spaces}>{content}</{root}>".encode()


# ---- runs (§17.3.2) --------------------------------------------------------------------------------------
#
# <w:r><w:rPr><w:rStyle w:val="Strong"/><w:lang w:val="vi-VN"/></w:rPr><w:t xml:space="preserve">of </w:t></w:r>
#
# <w:r><w:rPr><w:sz w:val="21"/><w:vertAlign w:val="superscript"/></w:rPr>…: Word sets it at about 65 %, LibreOffice at
# 58 % of the size, both raised by a third. w:position and a smaller w:sz would be exact, but not for the numbers of
# notes in LibreOffice: there its own style, "Footnote anchor", always raises them and shrinks them to 58 %, and the one
# way to change that style, by writing Word's "footnote reference", changes the numbers before the notes as well. So
# marks are superscripts of a larger size, which is right within a twentieth in both.


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
        font: family, for all scripts alike.
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


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What a paragraph says of itself; None leaves a property to its style.

    Attributes:
        leading: exact distance of baselines; 0 is as high as what stands in the line, a picture.
        left, right: indents; `first` is the first line's offset from `left`, negative to hang.
        tabs: tab stops: position, and "left" or "right".
        numbering: number of a `numbering` instance, and the level from 0.
        between: the rule below a paragraph whose neighbour has the same borders; without it they are drawn as one.
        outline: 1 to 9 for a heading.
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
    tight: bool | None = None


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


def _language(element: str, language: str) -> str:
    """A language, as that of East Asian script where it is one: then `w:val`, which is about Latin words, is English,
    as Word has it (LibreOffice would else break Latin words anywhere)."""
    tag = quoted(language_tag(language))
    if language.split("-")[0] in ("ko", "ja", "zh"):
        return f'<w:{element} w:val="en-US" w:eastAsia={tag}/>'
    return f"<w:{element} w:val={tag}/>"


def _fonts(family: str) -> str:
    name = quoted(family)
    return f"<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"


def _toggle(name: str, on: bool | None) -> str:
    if on is None:
        return ""
    value = "" if on else ' w:val="0"'
    return f"<w:{name}{value}/>"


def run_properties(style: RunFormat) -> Xml:
    """`w:rPr`, or nothing if there is nothing to say."""
    parts = []
    if style.style is not None:
        parts.append(f"<w:rStyle w:val={quoted(style.style)}/>")
    if style.font is not None:
        parts.append(_fonts(style.font))
    parts += [_toggle(name, style.bold) for name in ("b", "bCs")]
    parts += [_toggle(name, style.italic) for name in ("i", "iCs")]
    parts.append(_toggle("vanish", style.hidden))
    if style.colour is not None:
        parts.append(f'<w:color w:val="{hexadecimal(style.colour)}"/>')
    if style.size is not None:
        parts += [f'<w:{name} w:val="{half_points(style.size)}"/>' for name in ("sz", "szCs")]
    if style.underline is not None:
        parts.append(f'<w:u w:val="{"single" if style.underline else "none"}"/>')
    parts.append(_border("bdr", style.border))
    if style.shade is not None:
        parts.append(_shade(style.shade))
    if style.raised is not None:
        parts.append(f'<w:vertAlign w:val="{"superscript" if style.raised else "baseline"}"/>')
    if style.language is not None:
        parts.append(_language("lang", style.language))
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


def _border(name: str, border: Border | None) -> str:
    if border is None:
        return ""
    width = round(border.width * 8)
    if width == 0:
        return f'<w:{name} w:val="nil"/>'
    space, colour = round(border.space), hexadecimal(border.colour)
    return f'<w:{name} w:val="single" w:sz="{width}" w:space="{space}" w:color="{colour}"/>'


def _shade(colour: str | None) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{hexadecimal(colour)}"/>' if colour else ""


def _attributes(**values: object) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)


def paragraph_properties(form: ParagraphFormat, style: str | None = None, run_format: Xml = EMPTY) -> Xml:
    """`w:pPr`, or nothing if there is nothing to say."""
    parts = []
    if style is not None:
        parts.append(f"<w:pStyle w:val={quoted(style)}/>")
    parts.append(_toggle("keepNext", form.keep_next))
    parts.append(_toggle("keepLines", form.keep_lines))
    parts.append(_toggle("pageBreakBefore", form.page_break))
    if form.numbering is not None:
        number, level = form.numbering
        parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    borders = _border("top", form.top) + _border("bottom", form.bottom) + _border("between", form.between)
    if borders:
        parts.append(f"<w:pBdr>{borders}</w:pBdr>")
    if form.tabs:
        stops = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(place)}"/>' for place, kind in form.tabs)
        parts.append(f"<w:tabs>{stops}</w:tabs>")
    spacing = _attributes(
        before=None if form.before is None else twips(form.before),
        after=None if form.after is None else twips(form.after),
        line=None if form.leading is None else twips(form.leading) or 240,
        lineRule=None if form.leading is None else "exact" if form.leading else "auto",
    )
    if form.tight:
        parts.append('<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>')
    if spacing:
        parts.append(f"<w:spacing{spacing}/>")
    indent = _attributes(
        left=None if form.left is None else twips(form.left),
        right=None if form.right is None else twips(form.right),
        firstLine=None if form.first is None or form.first < 0 else twips(form.first),
        hanging=None if form.first is None or form.first >= 0 else twips(-form.first),
    )
    if indent:
        parts.append(f"<w:ind{indent}/>")
    if form.align is not None:
        parts.append(f'<w:jc w:val="{form.align}"/>')
    if form.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{form.outline - 1}"/>')
    parts.append(run_format)
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


# ---- links, bookmarks, fields (§17.16) -------------------------------------------------------------------
#
# <w:hyperlink r:id="rId7" w:history="1">…</w:hyperlink>     to an address; w:anchor="name" within the document
# <w:bookmarkStart w:id="3" w:name="_Toc3"/>…<w:bookmarkEnd w:id="3"/>     names: 40 characters, a letter or _ first
# <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>
#   <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>


def hyperlink(content: Xml, *, relation: str | None = None, anchor: str | None = None) -> Xml:
    """A link to an address (by its relationship's id) or to a bookmark."""
    target = f"r:id={quoted(relation)}" if relation is not None else f"w:anchor={quoted(anchor or '')}"
    return Xml(f'<w:hyperlink {target} w:history="1">{content}</w:hyperlink>')


def bookmark(number: int, name: str, content: Xml) -> Xml:
    """A named place around some content; `number` is unique in the document."""
    return Xml(f'<w:bookmarkStart w:id="{number}" w:name={quoted(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>')


def field_start(instruction: str, style: RunFormat = AS_IS) -> Xml:
    """Everything of a field before its result."""
    code = Xml(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>')
    return joined((run(_field_char("begin"), style), run(code, style), run(_field_char("separate"), style)))


def field_end(style: RunFormat = AS_IS) -> Xml:
    """What closes a field."""
    return run(_field_char("end"), style)


def field(instruction: str, result: Xml, style: RunFormat = AS_IS) -> Xml:
    """A field with its result as of now."""
    return joined((field_start(instruction, style), run(result, style), field_end(style)))


def _field_char(kind: str) -> Xml:
    return Xml(f'<w:fldChar w:fldCharType="{kind}"/>')


# A contents list is one TOC field over several paragraphs, in a content control that gives Word its "Update Table"
# button (§17.5.2):
# <w:sdt><w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>
#   </w:docPartObj></w:sdtPr><w:sdtContent><w:p>…begin TOC separate…</w:p>…<w:p>…end</w:p></w:sdtContent></w:sdt>


def contents_control(content: Xml) -> Xml:
    """The content control around a table of contents."""
    properties = (
        '<w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
    )
    return Xml(f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>")


# ---- notes (§17.11) --------------------------------------------------------------------------------------
#
# document.xml   <w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>
# footnotes.xml  <w:footnote w:type="separator" w:id="-1">…<w:separator/>…</w:footnote>
#                <w:footnote w:type="continuationSeparator" w:id="0">…</w:footnote>
#                <w:footnote w:id="1"><w:p>…<w:r><w:footnoteRef/></w:r>…</w:p></w:footnote>
# settings.xml   <w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
# A second mark of a note is a field that repeats its number, NOTEREF _Note1 \h, with a bookmark around the first.
#
# The style of our marks is our own, "Note Mark". Word's "footnote reference" stays latent: Word makes it, raised, when
# somebody adds a footnote; were it written here, LibreOffice would also raise the numbers before the notes themselves.


@dataclass(frozen=True, slots=True)
class NoteKind:
    """Footnotes or endnotes: the names that Word gives to everything about them."""

    name: str
    text_style: str

    def reference(self, number: int) -> Xml:
        """The automatic number in the text."""
        return Xml(f'<w:{self.name}Reference w:id="{number}"/>')

    @property
    def number(self) -> Xml:
        """The automatic number before the note itself."""
        return Xml(f"<w:{self.name}Ref/>")

    def note(self, number: int, content: Xml) -> Xml:
        """One note: paragraphs."""
        return Xml(f'<w:{self.name} w:id="{number}">{content}</w:{self.name}>')

    def separators(self, rule: Border | None, space: float) -> Xml:
        """What stands between text and notes: a rule over the whole measure with some space below it, or nothing.

        Word's own separator (w:separator) is black and a third of the measure wide; instead the rule is the border of
        a paragraph. LibreOffice ignores that, but draws a line of its own, black and a quarter of the measure wide, if
        there is a w:separator, be it hidden. With the line or without, it leaves 6.25 points between text and notes.

        Args:
            space: white space above the rule, and below it.
        """
        form = ParagraphFormat(
            before=0, after=space if rule else 0, leading=space if rule else 1, left=0, first=0, bottom=rule
        )
        parts = []
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            line = run(Xml(f"<w:{kind}/>"), RunFormat(hidden=True)) if rule else EMPTY
            parts.append(
                f'<w:{self.name} w:type="{kind}" w:id="{number}">{paragraph("Normal", line, form)}</w:{self.name}>'
            )
        return Xml("".join(parts))


FOOTNOTES = NoteKind("footnote", "FootnoteText")
ENDNOTES = NoteKind("endnote", "EndnoteText")

# ---- tables (§17.4) --------------------------------------------------------------------------------------
#
# <w:tbl><w:tblPr><w:tblStyle w:val="Facts"/><w:tblW w:w="9746" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>
#   <w:tblLayout w:type="fixed"/><w:tblLook …/></w:tblPr><w:tblGrid><w:gridCol w:w="3060"/>…</w:tblGrid>
#   <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:tcW w:w="3060" w:type="dxa"/>…</w:tcPr>…
#
# A row that holds a footnote has its w:cantSplit from the table's style, and its paragraphs are w:keepLines: where
# such a row says itself that it must not split, LibreOffice (7.4) now and then loses all rows after a page's end (in 1
# of 100 long documents). It reads no row properties from styles, nor keepLines in cells, and may split such a row if it
# has four lines or more; Word keeps it whole.


@dataclass(frozen=True, slots=True)
class Margins:
    """A cell's padding."""

    top: float = 0
    right: float = 0
    bottom: float = 0
    left: float = 0


def _margins(name: str, margins: Margins) -> str:
    sides = (("top", margins.top), ("left", margins.left), ("bottom", margins.bottom), ("right", margins.right))
    inside = "".join(f'<w:{side} w:w="{twips(value)}" w:type="dxa"/>' for side, value in sides)
    return f"<w:{name}>{inside}</w:{name}>"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, padding, the rules above and below it, its ground, and whether it is set in the middle of
    its row's height."""

    content: Xml
    margins: Margins
    top: Border | None = None
    bottom: Border | None = None
    shade: str | None = None
    centred: bool = False


def row(
    cells: Sequence[Cell],
    widths: Sequence[float],
    *,
    head: bool = False,
    may_split: bool = False,
    height: float | None = None,
) -> Xml:
    """`w:tr`; a head row is repeated on every page, a `height` is the least."""
    deep = "" if height is None else f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    properties = ("" if may_split else "<w:cantSplit/>") + deep + ("<w:tblHeader/>" if head else "")
    inside = "".join(_cell(cell, width) for cell, width in zip(cells, widths, strict=True))
    return Xml(f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>")


def _cell(cell: Cell, width: float) -> str:
    borders = _border("top", cell.top) + _border("bottom", cell.bottom)
    middle = '<w:vAlign w:val="center"/>' if cell.centred else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>'
        f"{f'<w:tcBorders>{borders}</w:tcBorders>' if borders else ''}{_shade(cell.shade)}"
        f"{_margins('tcMar', cell.margins)}{middle}</w:tcPr>"
        f"{cell.content}</w:tc>"
    )


def table(
    style: str,
    widths: Sequence[float],
    rows: Iterable[Xml],
    *,
    indent: float = 0,
    head: bool = False,
    row_heads: bool = False,
) -> Xml:
    """`w:tbl` of fixed column widths.

    Args:
        style: id of a table style.
        indent: of its left edge.
        head, row_heads: whether the first row and the first column are heads (for who reads it aloud).
    """
    look = (
        f'<w:tblLook w:val="{0x0400 | 0x20 * head | 0x80 * row_heads:04X}" w:firstRow="{head:d}" w:lastRow="0" '
        f'w:firstColumn="{row_heads:d}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    )
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    total = sum(twips(width) for width in widths)
    return Xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val={quoted(style)}/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


# ---- pictures (§20.4.2.8) --------------------------------------------------------------------------------
#
# <w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="…" cy="…"/><wp:docPr id="1"
#   name="Picture 1" descr="its text alternative"/>…<a:graphic>…<pic:pic>…<a:blip r:embed="rId9"/>…


def picture(number: int, relation: str, width: float, height: float, description: str) -> Xml:
    """An inline picture with its text alternative; `number` is unique in the document."""
    extent = f'cx="{emu(width)}" cy="{emu(height)}"'
    name, text = quoted(f"Figure {number}"), quoted(description)
    return Xml(
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name={name} descr={text}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name} descr={text}/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill><a:blip r:embed={quoted(relation)}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


# ---- sections (§17.6) ------------------------------------------------------------------------------------
#
# <w:sectPr><w:headerReference w:type="default" r:id="rId5"/>…<w:pgSz w:w="11906" w:h="16838"/>
#   <w:pgMar w:top="1240" w:right="1080" w:bottom="1037" w:left="1080" w:header="585" w:footer="455" w:gutter="0"/>
#   <w:titlePg/></w:sectPr>


def section(
    size: tuple[float, float],
    margins: Margins,
    header: float,
    footer: float,
    references: Mapping[tuple[str, str], str],
    *,
    first_differs: bool,
) -> Xml:
    """`w:sectPr`.

    Args:
        header, footer: distances of their boxes from the page's edges.
        references: ("header" or "footer", "default" or "first") → relationship id.
        first_differs: whether the first page has its own header and footer.
    """
    links = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id={quoted(relation)}/>' for (kind, page), relation in references.items()
    )
    around = {"top": margins.top, "right": margins.right, "bottom": margins.bottom, "left": margins.left}
    distances = around | {"header": header, "footer": footer, "gutter": 0}
    return Xml(
        f'<w:sectPr>{links}<w:footnotePr><w:numFmt w:val="decimal"/></w:footnotePr>'
        '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
        f'<w:pgSz w:w="{twips(size[0])}" w:h="{twips(size[1])}"/>'
        f"<w:pgMar{_attributes(**{name: twips(value) for name, value in distances.items()})}/>"
        f"{'<w:titlePg/>' if first_differs else ''}</w:sectPr>"
    )


# ---- styles (§17.7) --------------------------------------------------------------------------------------
#
# <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
#   <w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr>…</w:pPr><w:rPr>…</w:rPr></w:style>
# Built-in styles are known by their (lower-case) names and must not say w:customStyle.


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style.

    Attributes:
        id, name: as Word knows them; `builtin` says that the name is Word's own.
        next: the style of the paragraph that follows when one presses Enter.
        shown: whether Word's gallery offers it.
    """

    id: str
    name: str
    run: RunFormat
    paragraph: ParagraphFormat | None = None
    base: str | None = "Normal"
    next: str | None = None
    builtin: bool = True
    shown: bool = True


def style(form: Style) -> Xml:
    """`w:style`."""
    kind = "character" if form.paragraph is None else "paragraph"
    default = ' w:default="1"' if form.id in ("Normal", "DefaultParagraphFont") else ""
    custom = "" if form.builtin else ' w:customStyle="1"'
    parts = [f"<w:name w:val={quoted(form.name)}/>"]
    if form.base is not None:
        parts.append(f"<w:basedOn w:val={quoted(form.base)}/>")
    if form.next is not None:
        parts.append(f"<w:next w:val={quoted(form.next)}/>")
    parts.append('<w:uiPriority w:val="9"/>' if form.shown else '<w:uiPriority w:val="99"/>')
    parts.append("<w:qFormat/>" if form.shown else "")
    if form.paragraph is not None:
        parts.append(paragraph_properties(form.paragraph))
    parts.append(run_properties(form.run))
    return Xml(f'<w:style w:type="{kind}"{default}{custom} w:styleId={quoted(form.id)}>{"".join(parts)}</w:style>')


PLAIN_TABLE = "TableNormal"


def table_style(
    identity: str, name: str, run_format: RunFormat, *, borders: Mapping[str, Border], whole_rows: bool = False
) -> Xml:
    """A table style of our own: no padding and no verticals.

    Args:
        borders: by Word's names (top, bottom, insideH).
        whole_rows: whether rows are never divided by a page's end.
    """
    lines = "".join(_border(side, borders[side]) for side in ("top", "bottom", "insideH") if side in borders)
    return Xml(
        f'<w:style w:type="table" w:customStyle="1" w:styleId={quoted(identity)}><w:name w:val={quoted(name)}/>'
        f'<w:basedOn w:val="{PLAIN_TABLE}"/><w:uiPriority w:val="59"/><w:qFormat/>'
        f"{run_properties(run_format)}<w:tblPr>{f'<w:tblBorders>{lines}</w:tblBorders>' if lines else ''}"
        f"{_margins('tblCellMar', Margins())}</w:tblPr>"
        f"{'<w:trPr><w:cantSplit/></w:trPr>' if whole_rows else ''}</w:style>"
    )


def styles(normal: RunFormat, all_styles: Iterable[Style], table_styles: Iterable[Xml]) -> bytes:
    """The styles part: defaults, latent styles, ours, and the two tables and lists that every document has."""
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" '
        'w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"/>'
    )
    defaults = f"<w:docDefaults><w:rPrDefault>{run_properties(normal)}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    plain_table = (
        f'<w:style w:type="table" w:default="1" w:styleId="{PLAIN_TABLE}"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{_margins('tblCellMar', Margins())}</w:tblPr></w:style>"
    )
    no_list = (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    ours = "".join(style(form) for form in all_styles)
    return part("w:styles", Xml(f"{defaults}{latent}{ours}{plain_table}{no_list}{''.join(table_styles)}"))


# ---- numbering (§17.9) -----------------------------------------------------------------------------------
#
# <w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start
#   w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="–"/>…</w:lvl></w:abstractNum>
# <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
# A list that starts anew is another w:num with <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>.


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: "bullet" or "decimal", its text ("–", "%1."), its indent and how far its label hangs."""

    kind: str
    text: str
    left: float
    hang: float
    run: RunFormat
    style: str | None = None


def numbering(lists: Sequence[Sequence[Level]], instances: Sequence[tuple[int, int, int]]) -> bytes:
    """The numbering part.

    Args:
        lists: the levels of each list definition.
        instances: for w:num 1, 2…: the index of its definition, a level, and the number which that starts at,
            or -1 to leave it to the definition.
    """
    parts = []
    for index, levels in enumerate(lists):
        inside = "".join(_level(depth, level) for depth, level in enumerate(levels))
        parts.append(
            f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>{inside}</w:abstractNum>'
        )
    for number, (index, depth, start) in enumerate(instances, 1):
        override = (
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start >= 0 else ""
        )
        parts.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{index}"/>{override}</w:num>')
    return part("w:numbering", Xml("".join(parts)))


def _level(depth: int, level: Level) -> str:
    named = f"<w:pStyle w:val={quoted(level.style)}/>" if level.style else ""
    form = ParagraphFormat(left=level.left, first=-level.hang)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.kind}"/>{named}'
        f'<w:lvlText w:val={quoted(level.text)}/><w:lvlJc w:val="left"/>'
        f"{paragraph_properties(form)}{run_properties(level.run)}</w:lvl>"
    )


# ---- settings (§17.15) -----------------------------------------------------------------------------------
#
# Word 2013 and later write compatibilityMode 15; without it a file opens in "Compatibility Mode" and is laid out as
# Word 2007 did. Automatic hyphenation is off: our lines are broken without.


def settings(language: str, note_kinds: Sequence[NoteKind]) -> bytes:
    """The settings part."""
    notes = "".join(
        f'<w:{kind.name}Pr><w:{kind.name} w:id="-1"/><w:{kind.name} w:id="0"/></w:{kind.name}Pr>' for kind in note_kinds
    )
    word = "http://schemas.microsoft.com/office/word"
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
        "useWord2013TrackBottomHyphenation": 0,
    }
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>' for name, value in compatibility.items()
    )
    colours = (
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
    )
    return part(
        "w:settings",
        Xml(
            '<w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:saveSubsetFonts/><w:defaultTabStop w:val="720"/>'
            '<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/>'
            f"{notes}<w:compat>{modes}</w:compat>"
            f"{_language('themeFontLang', language)}{colours}"
            '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        ),
    )


# ---- fonts (§17.8) ---------------------------------------------------------------------------------------
#
# <w:font w:name="Source Sans Pro"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>
#   <w:embedRegular r:id="rId1" w:fontKey="{2F4E…}" w:subsetted="true"/></w:font>


def obfuscated(font: bytes, key: str) -> bytes:
    """A font as it lies in the package: its first 32 bytes exclusive-or the key, last byte first (§17.8.1).

    Args:
        font: a TrueType font.
        key: a GUID in braces, which the font table repeats.
    """
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    return bytes(byte ^ mask[index % 16] for index, byte in enumerate(font[:32])) + font[32:]


def font_table(families: Mapping[str, Mapping[str, tuple[str, str]]]) -> bytes:
    """The font table.

    Args:
        families: name → "Regular", "Bold", "Italic" or "BoldItalic" → relationship id and key of the embedded font.
    """
    parts = []
    for name, faces in families.items():
        embedded = "".join(
            f'<w:embed{face} r:id={quoted(faces[face][0])} w:fontKey="{faces[face][1]}" w:subsetted="1"/>'
            for face in ("Regular", "Bold", "Italic", "BoldItalic")
            if face in faces
        )
        parts.append(
            f'<w:font w:name={quoted(name)}><w:charset w:val="00"/><w:family w:val="auto"/>'
            f'<w:pitch w:val="variable"/>{embedded}</w:font>'
        )
    return part("w:fonts", Xml("".join(parts)))


# ---- theme (§14.2.7) -------------------------------------------------------------------------------------
#
# What Word's colour and font pickers offer first. Its fill, line and effect lists must hold three entries each.


def theme(name: str, colours: Mapping[str, str], heading_font: str, body_font: str) -> bytes:
    """The theme part: `colours` by DrawingML's names (dk1, lt1, dk2, lt2, accent1 … accent6, hlink, folHlink)."""
    scheme = "".join(
        f'<a:{slot}><a:srgbClr val="{hexadecimal(colour)}"/></a:{slot}>' for slot, colour in colours.items()
    )

    def font(kind: str, family: str) -> str:
        return (
            f'<a:{kind}Font><a:latin typeface={quoted(family)}/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        )

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    label = quoted(name)
    return (
        f'{_DECLARATION}<a:theme xmlns:a="{NAMESPACES["a"]}" name={label}><a:themeElements>'
        f"<a:clrScheme name={label}>{scheme}</a:clrScheme>"
        f"<a:fontScheme name={label}>{font('major', heading_font)}{font('minor', body_font)}</a:fontScheme>"
        f"<a:fmtScheme name={label}>{formats}</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()


# ---- properties (ECMA-376-2 §11; §15.2.12) ---------------------------------------------------------------


def core_properties(
    *, title: str, subject: str, language: str, day: str, category: str = "", status: str = ""
) -> bytes:
    """Who, what and when: `day` is an ISO date; no person is named, because the clock and the machine are not asked."""
    texts = {
        "dc:title": title,
        "dc:subject": subject,
        "dc:language": language,
        "cp:category": category,
        "cp:contentStatus": status,
    }
    inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items() if text)
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PROPERTIES["core"]}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}{stamps}</cp:coreProperties>'
    ).encode()


def application_properties(application: str) -> bytes:
    """The program that wrote the file."""
    program = f"<Application>{escape(application)}</Application>"
    return f'{_DECLARATION}<Properties xmlns="{_PROPERTIES["extended"]}">{program}</Properties>'.encode()


_PROPERTIES = {
    "core": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "extended": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
}
