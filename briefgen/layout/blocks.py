"""Blocks: each kind of block set to a frame, as a galley."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from briefgen.document import (
    Address,
    AddressLine,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Chart,
    Contents,
    Cover,
    Heading,
    Image,
    Inlines,
    KeyFigures,
    Labelled,
    Landscape,
    Lead,
    ListItem,
    NextStep,
    OrderedList,
    PageBreak,
    Pair,
    Paragraph,
    Register,
    Rule,
    Table,
    Text,
    Timeline,
    plain,
)
from briefgen.layout.charts import set_chart
from briefgen.layout.front import set_contents, set_cover
from briefgen.layout.galley import Galley, Strip, anchored, beside, join, move, overlay, stack, tie
from briefgen.layout.images import set_image
from briefgen.layout.lines import MeasuredText
from briefgen.layout.model import Bookmark, Line, Numbering, Role, Stroke
from briefgen.layout.setting import SPACER, Frame, Setting
from briefgen.layout.tables import AFTER_TABLE, ruled, set_key_figures, set_table
from briefgen.theme import Spacing, StyleName, TextStyle

ABOVE_RUN_ON = 3
"""White space above a dossier's section that runs on, in terms of `Spacing.section`."""

DASH = "–"


def set_blocks(blocks: Sequence[Block], frame: Frame, parent: int, setting: Setting) -> Galley:
    """Blocks one below the other."""
    return stack([set_block(block, frame, parent, setting) for block in blocks])


def set_block(block: Block, frame: Frame, parent: int, setting: Setting) -> Galley:
    """A block in its frame.

    Args:
        parent: the element that it belongs to.
        setting: where its elements, bookmarks and decisions are noted.
    """
    outer, setting.place = setting.place, block.location or setting.place
    galley = _set(block, frame, parent, setting)
    setting.place = outer
    return galley


def _set(block: Block, frame: Frame, parent: int, setting: Setting) -> Galley:
    match block:
        case Heading():
            return _heading(block, frame, parent, setting)
        case Paragraph(children):
            return _paragraph(children, frame, parent, setting)
        case BulletList(items):
            hang = setting.style(StyleName.LIST).hang
            return _list(items, [DASH] * len(items), hang, Numbering.BULLETS, frame, parent, setting)
        case OrderedList(items, start):
            numbers = [f"{start + index}." for index in range(len(items))]
            hang = ordered_hang(block, setting.style(StyleName.LIST))
            return _list(items, numbers, hang, Numbering.DECIMAL, frame, parent, setting)
        case Table():
            return set_table(block, frame, parent, setting)
        case BlockQuote():
            return _quotation(block, frame, parent, setting)
        case Rule():
            return _rule(frame, setting)
        case PageBreak():
            return Galley((Strip(0, starts_page=True),))
        case Landscape(blocks):
            return set_blocks(blocks, frame, parent, setting)
        case Lead(blocks):
            return _in_style(blocks, StyleName.LEAD, frame, parent, setting)
        case Address(lines):
            return _address(lines, frame, parent, setting)
        case KeyFigures():
            return set_key_figures(block, frame, parent, setting)
        case Chart():
            return set_chart(block, frame, parent, setting)
        case Timeline(entries):
            rows = [(entry.date, (Paragraph(entry.children),)) for entry in entries]
            return _labelled(rows, StyleName.LABEL, setting.spacing.item, frame, parent, setting)
        case Labelled(rows, decision):
            style = StyleName.DECISION if decision else StyleName.LABEL
            gap = setting.spacing.paragraph if decision else setting.spacing.item
            return _labelled([(row.label, row.blocks) for row in rows], style, gap, frame, parent, setting)
        case Pair():
            return _pair(block, frame, parent, setting)
        case Callout():
            return _callout(block, frame, parent, setting)
        case NextStep():
            return _next_step(block, frame, parent, setting)
        case Cover():
            return set_cover(block, parent, setting)
        case Contents():
            return set_contents(block, parent, setting)
        case Image():
            return set_image(block, frame, parent, setting)
        case Register():
            raise TypeError("a register reached layout: the document has not been cited")
        case _:
            assert_never(block)


# ---- text ------------------------------------------------------------------------------------------------


def _heading(heading: Heading, frame: Frame, parent: int, setting: Setting) -> Galley:
    title = plain(heading.children)
    setting.decided.headings.append(heading.anchor)
    named = f"{heading.number} {title}" if heading.number else title
    setting.bookmarks.append(Bookmark(heading.level, named, heading.anchor))
    element = setting.structure.add(Role.HEADING, parent, level=heading.level, title=named, anchor=heading.anchor)
    style = setting.style(heading_style(heading, setting))
    hangs = heading.number is not None and frame.has_margin
    number: Inlines = (Text(f"{heading.number or ''} "),)  # the space parts words that are read aloud
    before = [] if hangs or heading.number is None else setting.spans((Text(heading.number + SPACER),), style, element)
    label = setting.label(number, style, frame.margin, frame.left - frame.margin, element) if hangs else None
    text = MeasuredText([*before, *setting.spans(heading.children, style, element)], setting.advances)
    if heading.level == 1:
        lines = text.balanced(frame.width)
        setting.decided.title_lines.append(tuple(text.words(line) for line in lines))
        galley = Galley(setting.strips(text, lines, style, frame.left, frame.width))
    else:
        galley = setting.set_text(text, style, frame)
    galley = tie(beside(label, galley) if label else galley)
    first, *rest = anchored(replace(galley, strips=galley.strips or (Strip(0),)), heading.anchor).strips
    space = style.before
    if heading.level > 1 and (not setting.is_dossier or heading.level == 2):
        space = max(space, setting.spacing.section)
    if heading.level == 1 and setting.is_dossier:
        if heading.runs_on:
            space = ABOVE_RUN_ON * setting.spacing.section
        else:
            first = replace(move(first, space), starts_page=True)
            space = 0
    return Galley((first, *rest), space, style.after, tied_to_next=True)


def heading_style(heading: Heading, setting: Setting) -> StyleName:
    """A heading's style: in a brief or memo the first level is the title and all others alike."""
    if not setting.is_dossier:
        return StyleName.TITLE if heading.level == 1 else StyleName.HEADING
    return (StyleName.HEADING_1, StyleName.HEADING_2)[heading.level - 1] if heading.level < 3 else StyleName.HEADING_3


def _paragraph(children: Inlines, frame: Frame, parent: int, setting: Setting) -> Galley:
    element = setting.structure.add(Role.PARAGRAPH, parent)
    style = setting.style(frame.style)
    if frame.style is StyleName.LIST:
        style = replace(style, indent=0, hang=0)  # of the dash
    galley = setting.paragraph(children, style, frame, element)
    space = {
        StyleName.BODY: setting.spacing.paragraph,
        StyleName.LEAD: setting.spacing.item,
        StyleName.LIST: setting.spacing.item,
        StyleName.LABEL: setting.spacing.item,
        StyleName.CALLOUT: setting.spacing.item,
    }.get(frame.style, 0.0)
    return replace(galley, after=max(space, galley.after if frame.style is not StyleName.LEAD else 0))


def _in_style(blocks: Sequence[Block], style: StyleName, frame: Frame, parent: int, setting: Setting) -> Galley:
    return replace(set_blocks(blocks, replace(frame, style=style), parent, setting), after=setting.style(style).after)


def ordered_hang(block: OrderedList, style: TextStyle) -> float:
    """How far the numbers of a list hang left of its text, in points: half the text's size more for each digit."""
    digits = len(str(block.start + len(block.items) - 1))
    return style.hang + style.size / 2 * digits


def _list(
    items: Sequence[ListItem],
    labels: Sequence[str],
    hang: float,
    numbering: Numbering,
    frame: Frame,
    parent: int,
    setting: Setting,
) -> Galley:
    element = setting.structure.add(Role.LIST, parent, numbering=numbering)
    style = setting.style(StyleName.LIST)
    mark = replace(style, colour=setting.theme.colours.accent)
    inner = replace(frame.inset(hang, StyleName.LIST), margin=frame.left + hang)
    galleys = []
    for item, label in zip(items, labels, strict=True):
        entry = setting.structure.add(Role.ITEM, element)
        number = setting.structure.add(Role.ITEM_LABEL, entry)
        body = setting.structure.add(Role.ITEM_BODY, entry)
        content = set_blocks(item.blocks, inner, body, setting)
        hung = setting.label((Text(label),), mark, frame.left, hang, number)
        galleys.append(replace(beside(hung, content), before=0, after=setting.spacing.item))
    return stack(galleys)


def _quotation(quote: BlockQuote, frame: Frame, parent: int, setting: Setting) -> Galley:
    """A pull quote with its mark hung out and its speaker beneath; any other quotation indented by a gutter."""
    element = setting.structure.add(Role.QUOTATION, parent)
    if not quote.attribution:
        indented = frame.inset(setting.page.pair_gap)
        return set_blocks(quote.blocks, replace(indented, margin=indented.left), element, setting)
    style, line = setting.style(StyleName.QUOTATION), setting.style(StyleName.ATTRIBUTION)
    words = tie(set_blocks(quote.blocks, replace(frame, style=StyleName.QUOTATION), element, setting))
    speaker = setting.structure.add(Role.PARAGRAPH, element)
    below = tie(setting.paragraph(quote.attribution, line, frame, speaker))
    galley = stack((replace(words, after=style.after, tied_to_next=True), below))
    section = setting.spacing.section
    return replace(galley, before=max(style.before, section * AFTER_TABLE), after=section)


def _rule(frame: Frame, setting: Setting) -> Galley:
    colour, thickness = setting.theme.colours.hairline, setting.theme.rules.hairline
    space = setting.spacing.paragraph
    return Galley((ruled(Strip(0), frame.left, frame.right, thickness, colour),), space, space)


# ---- labels ----------------------------------------------------------------------------------------------


def _labelled(
    rows: Sequence[tuple[Inlines, tuple[Block, ...]]],
    style: StyleName,
    gap: float,
    frame: Frame,
    parent: int,
    setting: Setting,
) -> Galley:
    """Rows of a label and text: in the page's label column where there is one, else in a column of their own."""
    element = setting.structure.add(Role.LIST, parent)
    inner = frame
    if not frame.has_margin:
        inner = frame.inset(min(setting.page.label_column, frame.width * 0.35))
    room = inner.left - inner.margin - setting.spacing.cell_right
    text = replace(inner, margin=inner.left, style=StyleName.BODY)
    galleys = []
    for label, blocks in rows:
        entry = setting.structure.add(Role.ITEM, element)
        name = setting.structure.add(Role.ITEM_LABEL, entry)
        body = setting.structure.add(Role.ITEM_BODY, entry)
        hung = setting.label(label, setting.style(style), inner.margin, room, name)
        content = set_blocks(blocks, text, body, setting)
        galleys.append(replace(beside(hung, content), before=0, after=gap))
    before = 2 * setting.spacing.paragraph if style is StyleName.DECISION else 0.0
    return replace(stack(galleys), before=before)


def _address(lines: Sequence[AddressLine], frame: Frame, parent: int, setting: Setting) -> Galley:
    """A memo's To, From, Date, Ref: the first half of them on the left, read first, the rest on the right."""
    page, spacing, style = setting.page, setting.spacing, setting.style(StyleName.ADDRESS)
    quiet = replace(style, colour=setting.theme.colours.muted)
    widths = address_widths(frame.right - frame.margin, page.label_column)
    setting.decided.address_widths.append(widths)
    element = setting.structure.add(Role.LIST, parent)
    half = (len(lines) + 1) // 2
    cells: list[list[Strip]] = [[], []]
    for index, line in enumerate(lines):
        side = index // half
        left = frame.margin + sum(widths[: 2 * side])
        entry = setting.structure.add(Role.ITEM, element)
        name = setting.structure.add(Role.ITEM_LABEL, entry)
        value = setting.structure.add(Role.ITEM_BODY, entry)
        label = setting.label(line.label, quiet, left, widths[2 * side] - spacing.cell_right, name)
        padding = 0 if side else spacing.cell_right
        text = setting.label(line.children, style, left + widths[2 * side], widths[2 * side + 1] - padding, value)
        cells[side].append(overlay((label, text), max(label.height, text.height)))
    layers: tuple[list[Strip], list[Strip]] = ([], [])
    y = 0.0
    for row in range(half):
        pair = [side[row] if row < len(side) else Strip(0) for side in cells]
        for layer, strip in zip(layers, pair, strict=True):
            layer.append(move(strip, y))
        y += max(strip.height for strip in pair) + (spacing.item if row < half - 1 else spacing.head_bottom)
    whole = overlay((*layers[0], *layers[1]), y)
    rules, colours = setting.theme.rules, setting.theme.colours
    return Galley((ruled(whole, frame.margin, frame.right, rules.table, colours.ink),), after=13)


def address_widths(measure: float, label_column: float) -> tuple[float, float, float, float]:
    """Widths of an address block's columns: label and text on the left, two thirds of the measure; the same again."""
    left = round(measure * 2 / 3, 1)
    label = round(label_column * 0.59, 1)
    return label_column, round(left - label_column, 1), label, round(measure - left - label, 2)


# ---- set apart -------------------------------------------------------------------------------------------


def _pair(pair: Pair, frame: Frame, parent: int, setting: Setting) -> Galley:
    """Two columns of equal width as one strip, the baselines of their first lines level."""
    gap = setting.page.pair_gap
    width = (frame.width - gap) / 2
    place = len(setting.decided.pair_drops)
    setting.decided.pair_drops.append((0.0, 0.0))  # before those of pairs inside it
    columns = [
        set_blocks(blocks, frame.column(left, width), setting.structure.add(Role.DIVISION, parent), setting)
        for blocks, left in ((pair.left, frame.left), (pair.right, frame.left + width + gap))
    ]
    if setting.columns_apart:
        return stack(columns)
    baselines = [_first_baseline(column) for column in columns]
    lowest = max(baselines)
    drops = tuple(
        lowest - baseline if column.strips else 0.0 for column, baseline in zip(columns, baselines, strict=True)
    )
    setting.decided.pair_drops[place] = round(drops[0], 2), round(drops[1], 2)
    sides = [move(join(column.strips), drop) for column, drop in zip(columns, drops, strict=True) if column.strips]
    if not sides:
        return Galley()
    depth = max(
        column.height + drop + (column.after if ends_in_text(blocks) else 0)
        for column, drop, blocks in zip(columns, drops, (pair.left, pair.right), strict=True)
    )
    before = above_pair((column.before for column in columns if column.strips), setting.spacing)
    return Galley((overlay(sides, depth),), before, setting.spacing.section)


def above_pair(wanted: Iterable[float], spacing: Spacing) -> float:
    """White space above a pair: what both columns want, and never less than below a table."""
    return max(min(wanted, default=0.0), spacing.section * AFTER_TABLE)


def ends_in_text(blocks: Sequence[Block]) -> bool:
    """Whether a word processor adds the space after the last paragraph to the cell that it ends."""
    return bool(blocks) and isinstance(blocks[-1], Paragraph | BulletList | OrderedList | Timeline | Labelled)


def _first_baseline(galley: Galley) -> float:
    lines = [item.y for item in galley.strips[0].items if isinstance(item, Line)] if galley.strips else []
    return min(lines, default=0.0)


def _callout(callout: Callout, frame: Frame, parent: int, setting: Setting) -> Galley:
    """Text between two rules, with its title."""
    rules, colours, spacing = setting.theme.rules, setting.theme.colours, setting.spacing
    element = setting.structure.add(Role.DIVISION, parent)
    parts = []
    if callout.title:
        style = setting.style(StyleName.HEADING)
        title = setting.structure.add(Role.PARAGRAPH, element)
        parts.append(replace(tie(setting.paragraph(callout.title, style, frame, title)), tied_to_next=True))
    parts.append(_in_style(callout.blocks, StyleName.CALLOUT, frame, element, setting))
    inner = stack(parts)
    if not inner.strips:
        return Galley()
    top = Strip(rules.table + spacing.key_top, (_rule_across(frame, rules.table, colours.accent),))
    bottom = ruled(Strip(spacing.key_bottom, tied=True), frame.left, frame.right, rules.hairline, colours.hairline)
    first, *rest = inner.strips
    body = (replace(first, tied=True, gap=0), *rest)
    return Galley((top, *body, bottom), spacing.section, spacing.section)


def _rule_across(frame: Frame, thickness: float, colour: str) -> Stroke:
    return Stroke(frame.left, thickness / 2, frame.right, thickness / 2, thickness, colour)


def _next_step(step: NextStep, frame: Frame, parent: int, setting: Setting) -> Galley:
    """A rule, the words "Next step", and on the same line who does what by when."""
    rules, colours, spacing = setting.theme.rules, setting.theme.colours, setting.spacing
    style = setting.style(StyleName.BODY)
    blocks = list(step.blocks)
    parts = []
    if blocks and isinstance(blocks[0], Paragraph):
        first = blocks.pop(0)
        assert isinstance(first, Paragraph)
        element = setting.structure.add(Role.PARAGRAPH, parent)
        label = setting.spans((Text(step.label + SPACER),), setting.style(StyleName.DECISION), element)
        opening = setting.paragraph(first.children, style, frame, element, before=label if step.label else ())
        parts.append(replace(opening, after=spacing.paragraph))
    elif step.label:
        element = setting.structure.add(Role.PARAGRAPH, parent)
        heading = setting.paragraph((Text(step.label),), setting.style(StyleName.DECISION), frame, element)
        parts.append(replace(heading, after=spacing.item, tied_to_next=True))
    parts.append(set_blocks(blocks, frame, parent, setting))
    inner = stack(parts)
    if not inner.strips:
        return Galley()
    first_strip, *rest = inner.strips
    pad = rules.table + spacing.paragraph
    rule = _rule_across(frame, rules.table, colours.ink)
    opened = move(first_strip, pad)
    return Galley((replace(opened, items=(rule, *opened.items), gap=0), *rest), spacing.section, spacing.section)
