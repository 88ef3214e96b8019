"""The letterhead in Word: a table of one row at the head of the first page."""

from __future__ import annotations

from collections.abc import Callable

from briefgen.layout.letterhead import APART, LOGO_GAP, letterhead_texts, logo_size
from briefgen.theme import NAME_GAP, Letterhead, Logo, beside_texts, line_style
from briefgen.writers import ooxml
from briefgen.writers.docx.styles import Stylesheet
from briefgen.writers.docx.text import Typesetter
from briefgen.writers.ooxml import Border, Cell, Margins, ParagraphFormat, Xml

LOGO = "logo"
"""The relationship of the header's part to the logo's file."""


def letterhead_band(
    head: Letterhead,
    measure: float,
    sheet: Stylesheet,
    typesetter: Typesetter,
    marking: Xml,
    title: Callable[[float], Xml] | None,
    lift: float,
    number: int,
) -> Xml:
    """Logo, sender, and the marking with the document's name below it, each in the middle of the band's depth.

    Args:
        measure: of the page that it stands on, in points.
        marking: its words.
        title: the document's name, cut to a room in points; None on a cover, which does without.
        lift: by how much everything in a header stands higher than its distance says, in points.
        number: of the logo among the document's pictures.
    """
    rules, styles = sheet.theme.rules, sheet.density.styles
    line, texts = line_style(styles), letterhead_texts(head, styles)
    widths = [max((typesetter.width(words, style) for words, style in texts), default=0.0) + APART]
    if head.logo:
        widths.insert(0, head.outset + logo_size(head.logo)[0] + LOGO_GAP)
    else:
        widths[0] += head.outset
    room = measure + head.outset - sum(widths)
    widths.append(room + head.outset)

    sender = []
    for words, style in texts:
        identity = "Footer" if style == line else "Letterhead"
        form = ParagraphFormat(leading=style.leading, before=0, after=0, tabs=())
        sender.append(ooxml.paragraph(identity, typesetter.words(words, typesetter.voice(identity)), form))
    end = []
    for words, style in beside_texts(head, styles):
        form = ParagraphFormat(leading=style.leading, before=0, after=0, tabs=(), align="right")
        voice = typesetter.voice("Footer", style)
        end.append(ooxml.paragraph("Footer", typesetter.words(words, voice), form))
    above = NAME_GAP if end else None
    end.append(ooxml.paragraph("Header", marking, ParagraphFormat(align="right", before=above)))
    if title:
        form = ParagraphFormat(align="right", before=NAME_GAP, leading=line.leading)
        end.append(ooxml.paragraph("Header", title(room), form))

    rule, empty = Border(rules.top, rules.top_colour), ooxml.paragraph("Header", ooxml.EMPTY)

    def cell(content: Xml, left: float = 0, right: float = 0) -> Cell:
        return Cell(content or empty, Margins(0, right, 0, left), None, rule, head.ground, centred=True)

    cells = [cell(ooxml.joined(sender), left=0 if head.logo else head.outset)]
    cells.append(cell(ooxml.joined(end), right=head.outset))
    if head.logo:
        cells.insert(0, cell(_picture(head.logo, number), left=head.outset))
    row = ooxml.row(cells, widths, height=head.depth + lift)
    below = ooxml.paragraph("Header", ooxml.EMPTY, ParagraphFormat(leading=max(1.0, head.gap)))
    return ooxml.joined((ooxml.table("LayoutTable", widths, [row], indent=-head.outset), below))


def _picture(logo: Logo, number: int) -> Xml:
    drawing = ooxml.picture(number, LOGO, *logo_size(logo), logo.description)
    return ooxml.paragraph("Picture", ooxml.run(drawing), ParagraphFormat(left=0, keep_next=False))
