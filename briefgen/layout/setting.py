"""Setting text: what a layout knows while it is made, and the step from inlines to placed lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import assert_never

from briefgen.document import (
    AuthorNoteRef,
    CiteRef,
    Code,
    CrossReference,
    DocumentKind,
    Emphasis,
    EvidenceRef,
    Heading,
    Inlines,
    LineBreak,
    Link,
    Meta,
    NoteMark,
    Printed,
    Quiet,
    Strong,
    Text,
    note_anchor,
    plain,
)
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.fonts import Fonts
from briefgen.layout.galley import Galley, Strip, move, overlay
from briefgen.layout.lines import Advances, MeasuredText, Span, TextLine
from briefgen.layout.model import Bookmark, Element, Line, Numbering, Role, Run
from briefgen.theme import Density, PageSetup, Spacing, StyleName, TextStyle, Theme

ELLIPSIS = "…"
MARK_SIZE, MARK_RISE = 0.68, 0.3
"""Of a note mark, in terms of the text's size; the size is rounded to half points."""

SPACER = "\u00a0\u00a0 "
"""Between words of two kinds on one line: a label and what it introduces."""


def mark_size(size: float) -> float:
    """The size of a note mark in text of a size, in points."""
    return round(size * MARK_SIZE * 2) / 2


class Side(Enum):
    """Where a line stands in its measure."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where blocks are set.

    Attributes:
        left: of the text, from the page's left edge.
        width: of the text.
        margin: where labels hang, left of the text; the same as `left` when they have no room.
        style: what running text is set in.
    """

    left: float
    width: float
    margin: float
    style: StyleName = StyleName.BODY

    @property
    def right(self) -> float:
        """The right edge of the text."""
        return self.left + self.width

    @property
    def has_margin(self) -> bool:
        """Whether labels have room to the left."""
        return self.left - self.margin > 1

    def inset(self, by: float, style: StyleName | None = None) -> Frame:
        """The frame without its leftmost `by` points, which become the labels' room."""
        return Frame(self.left + by, self.width - by, self.left, style or self.style)

    def column(self, left: float, width: float) -> Frame:
        """A frame of its own, without room for labels."""
        return Frame(left, width, left, self.style)


class Structure:
    """The tree of elements as it grows; a parent is added before its children."""

    def __init__(self, language: str) -> None:
        self.elements: list[Element] = [Element(Role.DOCUMENT, None, language=language)]

    def add(
        self,
        role: Role,
        parent: int,
        *,
        level: int = 0,
        title: str = "",
        description: str = "",
        language: str | None = None,
        anchor: str | None = None,
        target: str | None = None,
        numbering: Numbering = Numbering.NONE,
    ) -> int:
        """Add an element (for the arguments see `model.Element`) and return its index."""
        self.elements.append(
            Element(role, parent, level, title, description, language, anchor, target, numbering=numbering)
        )
        return len(self.elements) - 1


@dataclass(slots=True)
class Decided:
    """Decisions gathered in reading order; see `model.Decisions`."""

    column_widths: list[tuple[float, ...]] = field(default_factory=list)
    table_indents: list[float] = field(default_factory=list)
    tables_whole: list[bool] = field(default_factory=list)
    key_widths: list[tuple[float, ...]] = field(default_factory=list)
    address_widths: list[tuple[float, ...]] = field(default_factory=list)
    pair_drops: list[tuple[float, float]] = field(default_factory=list)
    title_lines: list[tuple[str, ...]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    figures: int = 0


class Setting:
    """Everything that setting a document needs to know, and what it finds out on the way.

    Args:
        theme, density: how it looks.
        advances: of the theme's fonts.
        meta: what the document says of itself.
        headings: all of the document's, for its contents.
        columns_apart: set the columns of a pair one below the other (only to measure what each takes).
    """

    def __init__(
        self,
        theme: Theme,
        density: Density,
        advances: Advances,
        meta: Meta,
        headings: Sequence[Heading] = (),
        columns_apart: bool = False,
    ) -> None:
        self.theme = theme
        self.density = density
        self.advances = advances
        self.meta = meta
        self.headings = headings
        self.columns_apart = columns_apart
        self.place: Location | None = None
        """Where the block that is being set stands in its template."""
        self.page = theme.page
        """That of the section that is being set, upright or turned."""
        self.structure = Structure(meta.language)
        self.bookmarks: list[Bookmark] = []
        self.decided = Decided()

    @property
    def spacing(self) -> Spacing:
        """The density's distances."""
        return self.density.spacing

    def turn(self, turned: bool) -> None:
        """Set what follows on landscape pages, or on upright ones again."""
        self.page = page_of(self.theme, turned)

    @property
    def is_turned(self) -> bool:
        """Whether what is set stands on landscape pages."""
        return self.page is not self.theme.page

    @property
    def is_dossier(self) -> bool:
        """Whether text stands right of the label column, and level-1 headings start pages."""
        return self.meta.kind is DocumentKind.DOSSIER

    @property
    def is_memo(self) -> bool:
        """Whether labels hang in the label column without all text standing right of it."""
        return self.meta.kind is DocumentKind.MEMO

    @property
    def fonts(self) -> Fonts:
        """The theme's fonts."""
        return self.advances.fonts

    def style(self, name: StyleName) -> TextStyle:
        """A style at this density."""
        return self.density.styles[name]

    # ---- from inlines to spans

    def spans(self, inlines: Inlines, style: TextStyle, element: int | None) -> list[Span]:
        """Inlines as spans of one face each.

        Args:
            element: that the words belong to; None makes them artifacts, note marks and links included.

        Raises:
            BriefgenError: `missing-glyph`.
        """
        spans: list[Span] = []
        self._append(spans, inlines, style, element, None)
        return spans

    def _append(
        self, spans: list[Span], inlines: Inlines, style: TextStyle, element: int | None, link: str | None
    ) -> None:
        style = self.fonts.even(plain(inlines), style)
        for inline in inlines:
            match inline:
                case Text(text):
                    self._append_text(spans, text, style, element, link)
                case Printed(text, evidence, language=language):
                    if language is not None and element is not None:
                        foreign = self.structure.add(Role.SPAN, element, language=language)
                        self._append_text(spans, text, style, foreign, link, language, evidence)
                    else:
                        self._append_text(spans, text, style, element, link, language, evidence)
                case Code(text):
                    code = self.style(StyleName.CODE)
                    dress = replace(style, font=code.font, weight=code.weight, italic=code.italic)
                    self._append_text(spans, text, dress, element, link)
                case LineBreak():
                    self._append_text(spans, "\n", style, element, link)
                case Strong(children):
                    self._append(spans, children, self.strong(style), element, link)
                case Emphasis(children):
                    self._append(spans, children, replace(style, italic=not style.italic), element, link)
                case Quiet(children):
                    quiet = replace(style, italic=True, weight=400, colour=self.theme.colours.muted)
                    self._append(spans, children, quiet, element, link)
                case Link(target, children):
                    inner = None if element is None else self.structure.add(Role.LINK, element)
                    self._append(spans, children, self._linked(style), inner, target)
                case CrossReference(target):
                    if element is None:
                        self._append_text(spans, inline.text, style, None, None)
                        continue
                    reference = self.structure.add(Role.REFERENCE, element, target=target)
                    inner = self.structure.add(Role.LINK, reference)
                    self._append_text(spans, inline.text, style, inner, f"#{target}")
                case NoteMark(number, first):
                    self._append_mark(spans, number, first, style, element)
                case EvidenceRef() | CiteRef() | AuthorNoteRef():
                    raise TypeError(f"{type(inline).__name__} reached layout: the document has not been cited")
                case _:
                    assert_never(inline)

    def _append_text(
        self,
        spans: list[Span],
        text: str,
        style: TextStyle,
        element: int | None,
        link: str | None,
        language: str | None = None,
        evidence: str | None = None,
    ) -> None:
        try:
            pieces = self.advances.split(text, style)
        except BriefgenError as error:
            raise BriefgenError(self._placed(problem, evidence) for problem in error.problems) from None
        for words, face in pieces:
            span = Span(words, face, style.size, style.colour, element, 0, link, language)
            if spans and replace(spans[-1], text=words) == span:
                span = replace(span, text=spans.pop().text + words)
            spans.append(span)

    def _placed(self, problem: Problem, evidence: str | None) -> Problem:
        """A problem with a character, at the block where it stands and with the evidence that it is from."""
        if problem.code != "missing-glyph":
            return problem
        hints = problem.hints if evidence is None else (f"it stands in `{evidence}`", *problem.hints)
        return replace(problem, location=self.place or problem.location, subject=evidence, hints=hints)

    def _append_mark(self, spans: list[Span], number: int, first: bool, style: TextStyle, element: int | None) -> None:
        size, rise = mark_size(style.size), round(style.size * MARK_RISE, 2)
        face = self.fonts.face(replace(style, weight=400, italic=False))
        if spans and spans[-1].mark:
            spans.append(Span(",\u00a0", face, size, style.colour, element, rise, mark=True))
        if element is None:
            spans.append(Span(str(number), face, size, style.colour, None, rise, mark=True))
            return
        anchor = f"mark-{number}" if first else None
        target = note_anchor(number)
        reference = self.structure.add(Role.REFERENCE, element, anchor=anchor, target=target)
        inner = self.note_link(number, reference)
        note = number if first else None
        spans.append(Span(str(number), face, size, style.colour, inner, rise, f"#{target}", note=note, mark=True))

    def note_link(self, number: int, parent: int) -> int:
        """The element of a link between a note and its mark."""
        return self.structure.add(Role.LINK, parent, description=f"{self.meta.notes_label}: {number}")

    def strong(self, style: TextStyle) -> TextStyle:
        """A style's semibold; quiet text becomes ink with it."""
        colours = self.theme.colours
        return replace(
            style, weight=max(600, style.weight), colour=colours.ink if style.colour == colours.muted else style.colour
        )

    def _linked(self, style: TextStyle) -> TextStyle:
        return replace(style, colour=self.theme.colours.accent) if style.colour == self.theme.colours.ink else style

    def measured(self, inlines: Inlines, style: TextStyle, element: int | None) -> MeasuredText:
        """Inlines, ready to be broken."""
        return MeasuredText(self.spans(inlines, style, element), self.advances)

    # ---- from lines to strips

    def baseline(self, style: TextStyle) -> float:
        """Distance of the baseline from the top of a line box: half the leading's excess above the face's ascent."""
        face = self.fonts.face(style)
        return (style.leading - (face.ascent + face.descent) * style.size) / 2 + face.ascent * style.size

    def line(
        self,
        text: MeasuredText,
        line: TextLine,
        style: TextStyle,
        left: float,
        measure: float = 0,
        side: Side = Side.LEFT,
        top: float = 0,
    ) -> Line:
        """Place one broken line.

        Args:
            left, measure: where it may stand.
            side: at which side of the measure.
            top: of its line box.
        """
        x = left + (measure - line.width) * side.value
        runs = tuple(
            Run(
                x + offset,
                words,
                span.face.key,
                span.size,
                span.colour,
                span.element,
                span.rise,
                span.link,
                span.language,
                width,
            )
            for span, words, offset, width in text.drawn(line)
        )
        return Line(top + self.baseline(style), top, top + style.leading, runs)

    def single_line(
        self, spans: Sequence[Span], style: TextStyle, left: float, room: float, top: float, side: Side = Side.LEFT
    ) -> tuple[Line, ...]:
        """Words on one line; what does not fit in the room is cut off, with an ellipsis.

        Args:
            left, room: where the line may stand.
            top: of its line box.
        """
        text = MeasuredText(spans, self.advances)
        lines = text.lines(room)
        if len(lines) > 1:
            (ellipsis,) = self.spans((Text(ELLIPSIS),), style, None)
            cut = text.lines(room - self.measured((Text(ELLIPSIS),), style, None).natural)[0]
            shown = [replace(span, text=words) for span, words, _, _ in text.pieces(cut)]
            text = MeasuredText([*shown, replace(ellipsis, element=shown[-1].element)], self.advances)
            lines = text.lines(room + 1)
        return tuple(self.line(text, line, style, left, room, side, top) for line in lines[:1])

    def strips(
        self,
        text: MeasuredText,
        lines: Sequence[TextLine],
        style: TextStyle,
        left: float,
        measure: float = 0,
        side: Side = Side.LEFT,
        first_left: float | None = None,
    ) -> tuple[Strip, ...]:
        """One strip a line; two lines at least stay together at the head and the foot of a paragraph."""
        strips = []
        for index, line in enumerate(lines):
            start = left if index or first_left is None else first_left
            notes = [span.note for span, _, _, _ in text.pieces(line) if span.note is not None]
            strips.append(
                Strip(
                    style.leading,
                    (self.line(text, line, style, start, measure, side),),
                    tied=index == 1 or (index > 0 and index == len(lines) - 1),
                    marks=tuple((0.0, note) for note in notes),
                    anchors=tuple((0.0, f"mark-{note}") for note in notes),
                )
            )
        return tuple(strips)

    def paragraph(
        self,
        inlines: Inlines,
        style: TextStyle,
        frame: Frame,
        element: int | None,
        side: Side = Side.LEFT,
        before: Sequence[Span] = (),
    ) -> Galley:
        """A paragraph in a style; `before` are words of another dress that open it."""
        spans = [*before, *self.spans(inlines, style, element)]
        return self.set_text(MeasuredText(spans, self.advances), style, frame, side)

    def set_text(self, text: MeasuredText, style: TextStyle, frame: Frame, side: Side = Side.LEFT) -> Galley:
        """Text broken to a frame, with its style's indent; the first line hangs out by the style's `hang`."""
        left = frame.left + style.indent
        measure = frame.width - style.indent
        lines = text.lines(measure, measure + style.hang)
        strips = self.strips(text, lines, style, left, measure, side, left - style.hang if style.hang else None)
        return Galley(strips, style.before, style.after)

    def label(
        self, inlines: Inlines, style: TextStyle, left: float, measure: float, element: int | None, top: float = 0
    ) -> Strip:
        """A label's lines as one strip, `top` points down."""
        galley = self.paragraph(inlines, replace(style, indent=0, hang=0), Frame(left, measure, left), element)
        strips = [move(strip, top + index * style.leading) for index, strip in enumerate(galley.strips)]
        return overlay(strips, top + len(strips) * style.leading) if strips else Strip(0)


def page_of(theme: Theme, turned: bool) -> PageSetup:
    """The pages of a section."""
    return theme.page.turned if turned else theme.page


def text_frame(setting: Setting) -> Frame:
    """Where text stands on the pages of a section: in a dossier right of the label column."""
    page = setting.page
    left = page.left + (page.label_column if setting.is_dossier else 0)
    return Frame(left, page.left + page.measure - left, page.left)
