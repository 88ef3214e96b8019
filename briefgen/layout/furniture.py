"""What every page carries around its text: header, top rule, footer, marking. None of it is part of the structure."""

from __future__ import annotations

from dataclasses import replace

from briefgen import theme
from briefgen.document import Inlines, Status, Strong, Text
from briefgen.layout.letterhead import APART, PlacedLetterhead, marking_top
from briefgen.layout.lines import Span
from briefgen.layout.model import Box, Placed, Stroke
from briefgen.layout.setting import Setting, Side
from briefgen.theme import MARKING_COLOURS, NAME_GAP, StyleName, TextStyle, line_style

RULE_DEPTH = theme.RULE_DEPTH
BOX = theme.FRAME_DEPTH
CHIP_PADDING = 3
BEFORE_CHIP = 60
"""Kept free at least between the words of a header or footer and the marking: for the word that it is a draft."""
AROUND_LABEL = 24
"""White space before and after that word, together."""
SEPARATOR = "\u00a0\u00a0·\u00a0\u00a0"


def furniture(
    number: int, count: int, is_cover: bool, setting: Setting, letterhead: PlacedLetterhead | None = None
) -> tuple[Placed, ...]:
    """Header and footer of a page.

    Args:
        number: of the page, from 1.
        count: of all pages.
        is_cover: a cover carries the marking only.
        letterhead: that of the page, which stands there in place of header and top rule.
    """
    page = setting.page
    head, foot = page.header, page.height - page.footer - BOX
    placed: list[Placed] = []
    if letterhead and setting.theme.letterhead:
        name = line_style(setting.density.styles)
        head += marking_top(setting.theme.letterhead, setting.density.styles, is_cover)
        if not is_cover:
            left = letterhead.reach + APART
            room = page.left + page.measure - left
            words = _spans(_header(setting), name, setting)
            placed += setting.single_line(words, name, left, room, head + BOX + NAME_GAP, Side.RIGHT)
    elif not is_cover:
        placed += _text(_header(setting), StyleName.FOOTER, head, setting)
        placed += _top_rule(setting)
    if not is_cover:
        placed += _text(_footer(number, count, setting), StyleName.FOOTER, foot, setting)
    chip_left = page.left + page.measure - _chip_width(setting)
    if setting.meta.status is Status.DRAFT:
        label = (Strong((Text(setting.meta.draft_label),)),)
        placed += _text(label, StyleName.HEADER, head, setting, Side.RIGHT, chip_left - 8 - page.left)
    for y in (head, foot):
        placed += _chip(chip_left, y, setting)
    return tuple(placed)


def split_title(title: str) -> tuple[str, str]:
    """A document's name and its subject: what stands before and after the first ": "."""
    name, _, subject = title.partition(": ")
    return name, subject


def _header(setting: Setting) -> Inlines:
    name, subject = split_title(setting.meta.title)
    return (Strong((Text(name),)), Text(SEPARATOR + subject)) if subject else (Strong((Text(name),)),)


def _footer(number: int, count: int, setting: Setting) -> Inlines:
    label = setting.meta.page_label.replace("{page}", str(number)).replace("{pages}", str(count))
    page = Strong((Text(label),)) if setting.is_dossier else Text(label)
    return (page, Text(SEPARATOR), *setting.meta.footer) if setting.meta.footer else (page,)


def _text(
    inlines: Inlines,
    name: StyleName,
    top: float,
    setting: Setting,
    side: Side = Side.LEFT,
    measure: float | None = None,
) -> list[Placed]:
    """One line beside the marking, on its baseline, as in a Word file, where they stand on one line."""
    page, style = setting.page, setting.style(name)
    top += setting.baseline(_boxed(_marking_style(setting))) - setting.baseline(style)
    room = measure if measure is not None else page.measure - _chip_width(setting) - _before_chip(setting)
    return list(setting.single_line(_spans(inlines, style, setting), style, page.left, room, top, side))


def _spans(inlines: Inlines, style: TextStyle, setting: Setting) -> list[Span]:
    """Words in a style, strong ones in the header's."""
    header = replace(setting.style(StyleName.HEADER), size=style.size)
    spans: list[Span] = []
    for inline in inlines:
        if isinstance(inline, Strong):
            spans += setting.spans(inline.children, header, None)
        else:
            spans += setting.spans((inline,), style, None)
    return spans


def _top_rule(setting: Setting) -> list[Placed]:
    page, rules = setting.page, setting.theme.rules
    right = page.left + page.measure
    y = page.top + rules.top / 2
    placed: list[Placed] = [Stroke(page.left, y, right, y, rules.top, rules.top_colour)]
    if rules.second:
        y = page.top + rules.top + rules.second_gap + rules.second / 2
        placed.append(Stroke(page.left, y, right, y, rules.second, rules.top_colour))
    return placed


def _marking_style(setting: Setting) -> TextStyle:
    return replace(setting.style(StyleName.MARKING), colour=MARKING_COLOURS[setting.meta.marking.label])


def _boxed(style: TextStyle) -> TextStyle:
    return replace(style, leading=BOX)


def _before_chip(setting: Setting) -> float:
    if setting.meta.status is not Status.DRAFT:
        return BEFORE_CHIP
    label: Inlines = (Text(setting.meta.draft_label),)
    return max(BEFORE_CHIP, setting.measured(label, setting.style(StyleName.HEADER), None).natural + AROUND_LABEL)


def _chip_width(setting: Setting) -> float:
    label: Inlines = (Text(setting.meta.marking.label),)
    return setting.measured(label, _marking_style(setting), None).natural + 2 * CHIP_PADDING


def _chip(left: float, top: float, setting: Setting) -> list[Placed]:
    """The marking: its protocol's colour on black, 12 points or more (TLP 2.0)."""
    style = _boxed(_marking_style(setting))
    text = setting.measured((Text(setting.meta.marking.label),), style, None)
    line = text.lines(text.natural + 1)[0]
    box = Box(left, top, text.natural + 2 * CHIP_PADDING, BOX, fill="#000000")
    return [box, setting.line(text, line, style, left + CHIP_PADDING, top=top)]
