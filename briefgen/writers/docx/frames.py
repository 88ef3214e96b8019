"""Headers and footers, and the section that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefgen.document import Cover, DocumentKind, Status, Text, plain
from briefgen.layout.furniture import AROUND_LABEL, BEFORE_CHIP, BOX, CHIP_PADDING, RULE_DEPTH, SEPARATOR, split_title
from briefgen.layout.setting import page_of
from briefgen.theme import MARKING_COLOURS, PageSetup, StyleName
from briefgen.writers import Finished, ooxml
from briefgen.writers.docx.letterhead import letterhead_band
from briefgen.writers.docx.sections import word_sections
from briefgen.writers.docx.styles import Faces, Stylesheet
from briefgen.writers.docx.text import Story, Typesetter
from briefgen.writers.ooxml import AS_STYLED, Border, Margins, ParagraphFormat, Xml


class Frames:
    """What stands around the text of a page.

    Args:
        finished: the document, its layout and theme.
        sheet, faces, typesetter: its styles, faces and words.
    """

    def __init__(self, finished: Finished, sheet: Stylesheet, faces: Faces, typesetter: Typesetter) -> None:
        self._meta = finished.document.meta
        self._review = finished.review
        self._theme = finished.theme
        self._letterhead = finished.theme.letterhead
        self._layout = finished.layout
        self._fonts = finished.fonts
        self._sheet = sheet
        self._faces = faces
        self._set = typesetter
        self._has_cover = any(isinstance(block, Cover) for block in finished.document.blocks)
        self._turned = [section.turned for section in word_sections(finished.document)]

    def sections(self, references: Mapping[tuple[str, str], str]) -> list[Xml]:
        """The properties of each section.

        Args:
            references: (kind, page) → the relationship of that header or footer.
        """
        return [
            self._section(references, turned, number == 0 and self._first_differs)
            for number, turned in enumerate(self._turned)
        ]

    @property
    def _first_differs(self) -> bool:
        """Whether the document's first page has a header and footer of its own."""
        return self._has_cover or self._letterhead is not None

    def _section(self, references: Mapping[tuple[str, str], str], turned: bool, first_differs: bool) -> Xml:
        page = page_of(self._theme, turned)
        margins = Margins(page.top + RULE_DEPTH, page.right, page.bottom, page.left)
        size, up = (page.width, page.height), self._lift()
        pages = {"default": "turned" if turned else "default"} | ({"first": "first"} if first_differs else {})
        own = {(kind, name): references[kind, pages[name]] for kind in ("header", "footer") for name in pages}
        return ooxml.section(size, margins, page.header - up, page.footer + up, own, first_differs=first_differs)

    def _lift(self) -> float:
        """How much higher words stand in the header's and the footer's box than a word processor puts them, which is
        with their baseline at four fifths of an exact leading."""
        style = self._sheet.density.styles[StyleName.MARKING]
        face = self._fonts.face(style)
        ascent, descent = face.ascent * style.size, face.descent * style.size
        return 0.8 * BOX - ((BOX - ascent - descent) / 2 + ascent)

    def all(self) -> Iterator[tuple[str, str, Xml]]:
        """Each header and footer: kind ("header", "footer"), page ("default", "turned" for landscape pages, "first"),
        and its paragraphs."""
        for turned in sorted(set(self._turned)):
            page = page_of(self._theme, turned)
            name = "turned" if turned else "default"
            yield "header", name, ooxml.joined((self._header(page), self._top_rule()))
            yield "footer", name, self._footer(page)
        page = page_of(self._theme, self._turned[0])
        if self._letterhead:
            title = None if self._has_cover else self._title
            picture = len(self._layout.decisions.figures) + 1
            marking, lift = self.marking("Header"), self._lift()
            band = letterhead_band(
                self._letterhead, page.measure, self._sheet, self._set, marking, title, lift, picture
            )
            yield "header", "first", band
            words = ooxml.EMPTY if self._has_cover else self._page_line(page)
            yield "footer", "first", self._frame("Footer", words, page)
        elif self._has_cover:
            yield "header", "first", self._frame("Header", ooxml.EMPTY, page)
            yield "footer", "first", self._frame("Footer", ooxml.EMPTY, page)

    def _header(self, page: PageSetup) -> Xml:
        room = self._room(page)
        if self._review:
            room -= self._set.width(self._review.label, self._sheet.paragraphs["Header"].text) + AROUND_LABEL / 2
        return self._frame("Header", self._title(room), page)

    def _room(self, page: PageSetup) -> float:
        """What the words of a header or footer have beside the marking, in points."""
        chip = self._set.width(self._meta.marking.label, self._sheet.density.styles[StyleName.MARKING])
        label = self._meta.draft_label if self._meta.status is Status.DRAFT else ""
        before = self._set.width(label, self._sheet.paragraphs["Header"].text) + AROUND_LABEL
        return page.measure - chip - 2 * CHIP_PADDING - max(BEFORE_CHIP, before)

    def _title(self, room: float) -> Xml:
        """The document's name and subject, as much as there is room for on one line."""
        parts = [part for part in split_title(self._meta.title) if part]
        whole = self._faces.one_line(SEPARATOR.join(parts), self._sheet.paragraphs["Header"].text, room)
        name, gap, subject = whole.partition(SEPARATOR)
        words = [self._set.words(name, self._set.voice("Header"))]
        if gap:
            quiet = self._set.voice("Header", self._sheet.paragraphs["Footer"].text, "HeaderSubject")
            words.append(self._set.words(gap + subject, quiet))
        return ooxml.joined(words)

    def _footer(self, page: PageSetup) -> Xml:
        return self._frame("Footer", self._page_line(page), page)

    def _page_line(self, page: PageSetup) -> Xml:
        """The page's number, and what the footer says beside it."""
        label = self._set.voice("Footer")
        if self._meta.kind is DocumentKind.DOSSIER:
            label = self._set.voice("Footer", self._sheet.paragraphs["Header"].text, "PageLabel")
        line = self._meta.page_label.replace("{page}", "1").replace("{pages}", str(len(self._layout.pages)))
        line += SEPARATOR + plain(self._meta.footer)
        shown = self._faces.one_line(line, label.text, self._room(page))
        words = []
        for piece in re.split(r"(\{pages?\})", self._meta.page_label):
            if piece == "{page}":
                words.append(self._set.field("PAGE", "1", label))
            elif piece == "{pages}":  # for whoever shows the file without counting its pages
                words.append(self._set.field("NUMPAGES", str(len(self._layout.pages)), label))
            else:
                words.append(self._set.words(piece, label))
        if self._meta.footer and shown == line:
            words.append(self._set.runs((Text(SEPARATOR), *self._meta.footer), self._set.voice("Footer"), Story()))
        elif self._meta.footer:
            words.append(self._set.words(SEPARATOR + shown.partition(SEPARATOR)[2], self._set.voice("Footer")))
        return ooxml.joined(words)

    def _frame(self, style: str, words: Xml, page: PageSetup) -> Xml:
        """A header's or footer's line, with the marking at its end."""
        own, styled = page.measure, self._theme.page.measure
        form = ParagraphFormat(tabs=((styled, "clear"), (own, "right"))) if own != styled else AS_STYLED
        return ooxml.paragraph(style, ooxml.joined((words, ooxml.run(ooxml.TAB), self.marking(style))), form)

    def marking(self, style: str) -> Xml:
        """The marking; in a header after the words that it is a draft or a review copy, if it is one."""
        ends = [self._chip(style)]
        if style == "Header" and self._status:
            text = self._sheet.paragraphs["Header"].text
            ends.insert(0, self._set.words(self._status, self._set.voice(style, text)))
        return ooxml.joined(ends)

    @property
    def _status(self) -> str:
        labels = [self._meta.draft_label] if self._meta.status is Status.DRAFT else []
        labels += [self._review.label] if self._review else []
        return "".join(f"{label}\u00a0\u00a0\u00a0" for label in labels)

    def _chip(self, style: str) -> Xml:
        """The marking, in its colour on black."""
        label = self._meta.marking.label
        colour = MARKING_COLOURS[label]
        text = replace(self._sheet.density.styles[StyleName.MARKING], colour=colour)
        voice = self._set.voice(style, text, "Marking")
        space = "\u00a0"  # white space at a line's end would not be shaded
        return self._set.words(f"{space}{label}{space}", voice)

    def _top_rule(self) -> Xml:
        """The rule under the header, as borders of empty paragraphs that bring it to the top of the text block."""
        page, rules = self._theme.page, self._theme.rules
        colour = rules.top_colour
        gap = page.top - page.header - BOX + self._lift()
        form = ParagraphFormat(leading=max(1.0, gap), bottom=Border(rules.top, colour))
        parts = [ooxml.paragraph("Header", ooxml.EMPTY, form)]
        if rules.second:
            second = ParagraphFormat(leading=max(1.0, rules.second_gap), bottom=Border(rules.second, colour))
            parts.append(ooxml.paragraph("Header", ooxml.EMPTY, second))
        return ooxml.joined(parts)
