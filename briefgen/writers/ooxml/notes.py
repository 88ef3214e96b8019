"""Footnotes and endnotes."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.writers.ooxml.base import EMPTY, Xml
from briefgen.writers.ooxml.text import Border, ParagraphFormat, RunFormat, paragraph, run

# ---- notes (§17.11) --------------------------------------------------------------------------------------
#
# document.xml   <w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>
# footnotes.xml  <w:footnote w:type="separator" w:id="-1">…<w:separator/>…</w:footnote>
#                <w:footnote w:type="continuationSeparator" w:id="0">…</w:footnote>
#                <w:footnote w:id="1"><w:p>…<w:r><w:footnoteRef/></w:r>…</w:p></w:footnote>
# settings.xml   <w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
# A second mark of a note is a field that repeats its number, NOTEREF _Note1 \h, with a bookmark around the first.
#
# The marks are in Word's own style, "footnote reference", so that those that somebody adds look the same. The numbers
# before the notes are in a style of ours, on the line; LibreOffice raises them all the same, since it has one style for
# both.


@dataclass(frozen=True, slots=True)
class NoteKind:
    """Footnotes or endnotes: the names that Word gives to everything about them."""

    name: str
    text_style: str

    @property
    def mark_style(self) -> str:
        """The id of the character style of its marks in the text."""
        return f"{self.name.title()}Reference"

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
