"""A dossier's front matter: its cover, and its table of contents."""

from __future__ import annotations

from dataclasses import replace

from briefgen.document import CaptionList, Contents, Cover, ListEntry, Text, plain
from briefgen.layout.galley import Galley, PageNumber, Strip, linked, move, overlay, stack
from briefgen.layout.model import Line, Role, Stroke
from briefgen.layout.setting import Frame, Setting
from briefgen.layout.tables import ruled
from briefgen.theme import StyleName, TextStyle

COVER_RULE = 169
"""The cover's rule stands this far below the top of the text block: thirteen lines of thirteen points."""
COVER_FOOT = 19.5
"""White space between the cover's last line and the foot of the text block."""
COVER_GAP = 13
"""Between rule, kicker, title; half as much again before the subtitle."""


def cover_measure(measure: float) -> float:
    """The width of a cover's title and subtitle: four of six columns."""
    return round(measure * 0.654, 1)


def set_cover(cover: Cover, parent: int, setting: Setting) -> Galley:
    """The cover: a page of its own; y counts from the page's top edge."""
    page, rules = setting.page, setting.theme.rules
    frame = Frame(page.left, cover_measure(page.measure), page.left)
    y = page.top + COVER_RULE
    layers = [overlay((), 0)]
    rule = Stroke(
        page.left, y + rules.top / 2, page.left + page.measure, y + rules.top / 2, rules.top, rules.top_colour
    )
    y += rules.top / 2 + COVER_GAP - 1
    if cover.kicker:
        element = setting.structure.add(Role.PARAGRAPH, parent)
        kicker = setting.label(cover.kicker, setting.style(StyleName.COVER_KICKER), page.left, page.measure, element)
        layers.append(move(kicker, y))
        y += kicker.height
    y += COVER_GAP
    element = setting.structure.add(Role.PARAGRAPH, parent)
    style = setting.style(StyleName.COVER_TITLE)
    text = setting.measured(cover.title, style, element)
    lines = text.balanced(frame.width)
    setting.decided.title_lines.append(tuple(text.words(line) for line in lines))
    for strip in setting.strips(text, lines, style, frame.left, frame.width):
        layers.append(move(strip, y))
        y += style.leading
    y += COVER_GAP * 1.5
    if cover.subtitle:
        element = setting.structure.add(Role.PARAGRAPH, parent)
        style = setting.style(StyleName.COVER_SUBTITLE)
        layers.append(move(setting.label(cover.subtitle, style, frame.left, frame.width, element), y))
    if cover.lines:
        below = _cover_lines(cover, parent, setting)
        layers.append(move(below, page.height - page.bottom - COVER_FOOT - below.height))
    strip = overlay(layers, 1)  # it has a page of its own: any height will do
    return Galley((replace(strip, items=(rule, *strip.items), starts_page=True, cover=True),))


def _cover_lines(cover: Cover, parent: int, setting: Setting) -> Strip:
    """Facts about the edition: label and text between hairlines."""
    page, rules, colours = setting.page, setting.theme.rules, setting.theme.colours
    style = setting.style(StyleName.COVER_LINE)
    quiet = replace(style, colour=colours.muted)
    element = setting.structure.add(Role.LIST, parent)
    right = page.left + page.measure
    layers = [ruled(Strip(0), page.left, right, rules.hairline, colours.hairline)]
    y = layers[0].height
    for line in cover.lines:
        entry = setting.structure.add(Role.ITEM, element)
        name = setting.structure.add(Role.ITEM_LABEL, entry)
        value = setting.structure.add(Role.ITEM_BODY, entry)
        left = page.left + page.label_column
        label = setting.label(line.label, quiet, page.left, page.label_column, name)
        text = setting.label(line.children, style, left, right - left, value)
        row = overlay((label, text), max(label.height, text.height) - rules.hairline)
        row = ruled(row, page.left, right, rules.hairline, colours.hairline)
        layers.append(move(row, y))
        y += row.height
    return overlay(layers, y)


def set_contents(contents: Contents, parent: int, setting: Setting) -> Galley:
    """The table of contents: one row a heading of the first two levels, its page filled in once it is known.

    A section's row has a hairline beneath it; its subsections stand above that hairline. Lists of tables and of
    figures follow, each under its title.
    """
    page, rules, colours = setting.page, setting.theme.rules, setting.theme.colours
    left, right = page.left + page.label_column, page.left + page.measure
    parts = []
    element = setting.structure.add(Role.CONTENTS, parent)
    if contents.title:
        style = setting.style(StyleName.HEADING_1)
        caption = setting.structure.add(Role.CAPTION, element)
        title = setting.paragraph((Text(contents.title),), style, Frame(left, right - left, left), caption)
        first, *rest = title.strips
        opened = replace(move(first, style.before), starts_page=setting.is_dossier)
        parts.append(Galley((opened, *rest), after=style.after, tied_to_next=True))
    entries = [heading for heading in setting.headings if heading.level <= 2]
    rows: list[Strip] = []
    lettered = False
    for index, heading in enumerate(entries):
        entry = ListEntry(heading.number or "", plain(heading.children), heading.anchor)
        style = setting.style(StyleName.CONTENTS_1 if heading.level == 1 else StyleName.CONTENTS_2)
        strip = _contents_row(entry, style, left, right, element, setting)
        if heading.level == 1:
            strip = replace(strip, height=strip.height - rules.hairline)
        last = index + 1 == len(entries) or entries[index + 1].level == 1
        if last:
            strip = replace(strip, height=strip.height + (setting.spacing.item if heading.level > 1 else 0))
            strip = ruled(strip, page.left, right, rules.hairline, colours.hairline)
        is_annex = heading.level == 1 and heading.number is not None and not heading.number[0].isdigit()
        gap = COVER_GAP * 2 if is_annex and not lettered and rows else 0.0
        lettered = lettered or is_annex
        rows.append(replace(strip, tied=heading.level > 1 and bool(rows), gap=gap))
    parts.append(Galley(tuple(rows)))
    parts += [_caption_list(listed, left, right, parent, setting) for listed in contents.lists]
    return stack(parts)


def _caption_list(listed: CaptionList, left: float, right: float, parent: int, setting: Setting) -> Galley:
    """The tables or figures: their labels in the label column."""
    page, rules, colours = setting.page, setting.theme.rules, setting.theme.colours
    element = setting.structure.add(Role.CONTENTS, parent)
    caption = setting.structure.add(Role.CAPTION, element)
    style = setting.style(StyleName.HEADING_3)
    title = setting.paragraph((Text(listed.title),), style, Frame(left, right - left, left), caption)
    row = setting.style(StyleName.CONTENTS_2)
    rows = [_contents_row(entry, row, left, right, element, setting) for entry in listed.entries]
    *above, last = [replace(strip, tied=index < 2) for index, strip in enumerate(rows)]
    last = replace(last, height=last.height + setting.spacing.item)
    rows = [*above, ruled(last, page.left, right, rules.hairline, colours.hairline)]
    return Galley((*title.strips, *rows), before=COVER_GAP * 2)


def _contents_row(
    listed: ListEntry, style: TextStyle, left: float, right: float, parent: int, setting: Setting
) -> Strip:
    """What an entry leads to, and its page."""
    page, colours = setting.page, setting.theme.colours
    words = " ".join(filter(None, (listed.label, listed.words)))
    reference = setting.structure.add(
        Role.REFERENCE, setting.structure.add(Role.CONTENTS_ENTRY, parent), target=listed.anchor
    )
    entry = setting.structure.add(Role.LINK, reference, description=words)
    number = (Text(f"{listed.label} "),) if listed.label else ()  # the space parts words that are read aloud
    accent = replace(style, colour=colours.accent)
    label = setting.label(number, accent, page.left, left - page.left, entry)
    room = right - left - style.size * 3
    text = setting.label((Text(f"{listed.words} "),), style, left, room, entry)
    strip = overlay((label, text), max(label.height, text.height))
    lines = [item for item in text.items if isinstance(item, Line)]
    quiet = replace(style, weight=400)
    face = setting.fonts.face(quiet)
    y = lines[-1].y if lines else setting.baseline(style)
    top = y - setting.baseline(style)
    place = PageNumber(listed.anchor, right, y, top, top + style.leading, face.key, style.size, style.colour, entry)
    strip = linked(strip, f"#{listed.anchor}")
    return replace(strip, items=(*strip.items, place))
