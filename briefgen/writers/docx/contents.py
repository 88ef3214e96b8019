"""The table of contents, and the lists of tables and figures: fields with the entries that they have as of now.

Word makes the entries anew on F9: of a heading's or caption's own words, in the styles of their levels. So an entry
here holds just that, and a page number that is itself a field. Our numbers are words of the heading, and a tab parts
them from the rest; `\\w` has Word keep that tab, and without `\\x` a title's line break becomes a space
(§17.16.5.68).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefgen.document import CaptionList, Heading, plain
from briefgen.layout.front import COVER_GAP
from briefgen.writers import ooxml
from briefgen.writers.docx.anchors import Bookmarks, sequence
from briefgen.writers.docx.styles import Stylesheet
from briefgen.writers.docx.text import Typesetter
from briefgen.writers.ooxml import Border, ParagraphFormat, Xml

CONTENTS_DEPTH = 2
"""Levels of headings that the table of contents holds."""


class ContentsLists:
    """Writes lists of contents.

    Args:
        pages: anchor → the number of its page.
    """

    def __init__(
        self, sheet: Stylesheet, typesetter: Typesetter, bookmarks: Bookmarks, pages: Mapping[str, int]
    ) -> None:
        self._sheet = sheet
        self._set = typesetter
        self._bookmarks = bookmarks
        self._pages = pages
        self._hairline = Border(sheet.theme.rules.hairline, sheet.theme.colours.hairline)

    def of_headings(self, headings: Sequence[Heading]) -> Xml:
        """The headings of the first two levels."""
        entries = []
        lettered = False
        for index, heading in enumerate(headings):
            following = headings[index + 1] if index + 1 < len(headings) else None
            rule = self._hairline if following is None or following.level == 1 else None
            is_annex = heading.level == 1 and heading.number is not None and not heading.number[0].isdigit()
            form = ParagraphFormat(
                before=COVER_GAP * 2 if is_annex and not lettered and index else 0,
                keep_next=(following is not None and following.level > 1) or None,
                bottom=rule,
                between=rule,
            )
            lettered = lettered or is_annex
            entry = self._entry(f"TOC{heading.level}", heading.number or "", plain(heading.children), heading.anchor)
            entries.append((f"TOC{heading.level}", entry, form))
        return (
            ooxml.contents_control(self._field(f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\w', entries))
            if entries
            else ooxml.EMPTY
        )

    def of_captions(self, listed: CaptionList) -> Xml:
        """Tables, or figures: what stands in one sequence of captions."""
        *_, name = sequence(listed.entries[0].label)
        last = len(listed.entries) - 1
        entries = []
        for index, entry in enumerate(listed.entries):
            rule = self._hairline if index == last else None
            form = ParagraphFormat(keep_next=index == 0 or None, bottom=rule, between=rule)
            words = self._entry("TableofFigures", entry.label, entry.words, entry.anchor)
            entries.append(("TableofFigures", words, form))
        return self._field(f'TOC \\h \\z \\w \\c "{name}"', entries)

    def _field(self, instruction: str, entries: Sequence[tuple[str, Xml, ParagraphFormat]]) -> Xml:
        """One field over several paragraphs."""
        last = len(entries) - 1
        paragraphs = []
        for index, (style, words, form) in enumerate(entries):
            start = ooxml.field_start(instruction) if index == 0 else ooxml.EMPTY
            end = ooxml.field_end() if index == last else ooxml.EMPTY
            paragraphs.append(
                ooxml.paragraph(style, ooxml.joined((start, words, end)), self._sheet.direct(style, form))
            )
        return ooxml.joined(paragraphs)

    def _entry(self, style: str, label: str, words: str, anchor: str) -> Xml:
        own = self._sheet.paragraphs[style].text
        accent = self._set.voice(style, replace(own, colour=self._sheet.theme.colours.accent), "ContentsLabel")
        name = self._bookmarks.listed[anchor]
        page = self._set.field(
            f"PAGEREF {name} \\h",
            str(self._pages[anchor]),
            self._set.voice(style, replace(own, weight=400), "ContentsPage"),
        )
        parts = (
            self._set.words(label, accent),
            ooxml.run(ooxml.TAB),
            self._set.words(words, self._set.voice(style)),
            ooxml.run(ooxml.TAB),
            page,
        )
        return ooxml.hyperlink(ooxml.joined(parts), anchor=name)
