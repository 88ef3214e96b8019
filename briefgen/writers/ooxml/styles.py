"""Styles and list definitions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefgen.writers.ooxml.base import Xml, part, quoted
from briefgen.writers.ooxml.tables import Margins, margins_element
from briefgen.writers.ooxml.text import (
    Border,
    ParagraphFormat,
    RunFormat,
    border_element,
    paragraph_properties,
    run_properties,
)

# ---- styles (§17.7) --------------------------------------------------------------------------------------
#
# <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
#   <w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr>…</w:pPr><w:rPr>…</w:rPr></w:style>
# Built-in styles are known by their (lower-case) names and must not say w:customStyle.
#
# Word's styles pane offers what is not w:semiHidden, by w:uiPriority and then by name; its gallery what is w:qFormat.
# w:latentStyles says so of Word's own styles that the file does not define, by default and then one by one
# (§17.7.4.5): <w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" … w:count="376">
#   <w:lsdException w:name="Table Grid" w:uiPriority="39"/>…


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style.

    Attributes:
        id, name: as Word knows them; `builtin` says that the name is Word's own.
        next: the style of the paragraph that follows when one presses Enter.
        priority: its place in Word's styles pane; None keeps it out of that until somebody uses it.
        in_gallery: whether Word's gallery offers it, too.
    """

    id: str
    name: str
    run: RunFormat
    paragraph: ParagraphFormat | None = None
    base: str | None = "Normal"
    next: str | None = None
    builtin: bool = True
    priority: int | None = None
    in_gallery: bool = False


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
    if form.priority is None:
        parts.append('<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>')
    else:
        parts.append(f'<w:uiPriority w:val="{form.priority}"/>{"<w:qFormat/>" if form.in_gallery else ""}')
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
    lines = "".join(border_element(side, borders[side]) for side in ("top", "bottom", "insideH") if side in borders)
    return Xml(
        f'<w:style w:type="table" w:customStyle="1" w:styleId={quoted(identity)}><w:name w:val={quoted(name)}/>'
        f'<w:basedOn w:val="{PLAIN_TABLE}"/><w:uiPriority w:val="59"/><w:qFormat/>'
        f"{run_properties(run_format)}<w:tblPr>{f'<w:tblBorders>{lines}</w:tblBorders>' if lines else ''}"
        f"{margins_element('tblCellMar', Margins())}</w:tblPr>"
        f"{'<w:trPr><w:cantSplit/></w:trPr>' if whole_rows else ''}</w:style>"
    )


_DESIGNS = ("1 Light", "2", "3", "4", "5 Dark", "6 Colorful", "7 Colorful")
_TABLE_DESIGNS = {
    "Table Grid": 39,
    "Grid Table Light": 40,
    **{f"Plain Table {number}": 40 + number for number in range(1, 6)},
    **{
        f"{kind} Table {design}{accent}": 46 + number
        for kind in ("Grid", "List")
        for number, design in enumerate(_DESIGNS)
        for accent in ("", *(f" Accent {of}" for of in range(1, 7)))
    },
}
"""Word's own designs that its gallery of tables offers, and their places in it; its other styles stay out of sight."""


def styles(normal: RunFormat, all_styles: Iterable[Style], table_styles: Iterable[Xml]) -> bytes:
    """The styles part: defaults, latent styles, ours, and the two tables and lists that every document has."""
    designs = "".join(
        f'<w:lsdException w:name={quoted(name)} w:semiHidden="0" w:uiPriority="{priority}" w:unhideWhenUsed="0"/>'
        for name, priority in _TABLE_DESIGNS.items()
    )
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        f'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376">{designs}</w:latentStyles>'
    )
    defaults = f"<w:docDefaults><w:rPrDefault>{run_properties(normal)}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    plain_table = (
        f'<w:style w:type="table" w:default="1" w:styleId="{PLAIN_TABLE}"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{margins_element('tblCellMar', Margins())}</w:tblPr></w:style>"
    )
    no_list = (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    ours = "".join(style(form) for form in all_styles)
    return part("w:styles", Xml(f"{defaults}{latent}{ours}{plain_table}{no_list}{''.join(table_styles)}"))


# ---- numbering (§17.9) -----------------------------------------------------------------------------------
#
# <w:abstractNum w:abstractNumId="0"><w:nsid w:val="5C6B0E1F"/><w:multiLevelType w:val="hybridMultilevel"/>
#   <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText
#   w:val="–"/>…</w:lvl></w:abstractNum>
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
            f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="{_identity(index, inside)}"/>'
            f'<w:multiLevelType w:val="multilevel"/>{inside}</w:abstractNum>'
        )
    for number, (index, depth, start) in enumerate(instances, 1):
        override = (
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start >= 0 else ""
        )
        parts.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{index}"/>{override}</w:num>')
    return part("w:numbering", Xml("".join(parts)))


def _identity(index: int, levels: str) -> str:
    """What a definition is known by where text is pasted: Word takes two of one identity for one list (§17.9.14)."""
    digest = hashlib.sha256(f"{index} {levels}".encode()).digest()
    return f"{int.from_bytes(digest[:4], 'big') & 0x7FFFFFFF:08X}"


def _level(depth: int, level: Level) -> str:
    named = f"<w:pStyle w:val={quoted(level.style)}/>" if level.style else ""
    form = ParagraphFormat(left=level.left, first=-level.hang)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.kind}"/>{named}'
        f'<w:lvlText w:val={quoted(level.text)}/><w:lvlJc w:val="left"/>'
        f"{paragraph_properties(form)}{run_properties(level.run)}</w:lvl>"
    )
