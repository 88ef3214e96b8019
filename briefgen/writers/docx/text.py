"""Inlines as Word's runs: words in their faces, note references, links and breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import assert_never

from briefgen.addresses import as_uri
from briefgen.document import (
    AuthorNoteRef,
    CiteRef,
    Code,
    CrossReference,
    Document,
    Emphasis,
    EvidenceRef,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteMark,
    Printed,
    Quiet,
    Strong,
    Text,
    plain,
    walk,
)
from briefgen.theme import StyleName, TextStyle
from briefgen.writers import ooxml
from briefgen.writers.docx.anchors import Bookmarks
from briefgen.writers.docx.comments import Comments
from briefgen.writers.docx.evidence import EvidenceMarks, pieces
from briefgen.writers.docx.styles import STRONG_WEIGHT, Faces, Stylesheet
from briefgen.writers.ooxml import NoteKind, RunFormat, Xml


@dataclass(slots=True)
class Story:
    """A part that holds text, and the addresses it links to; each has a relationship of that part.

    Attributes:
        is_body: whether it is the document's own text, which can be commented on.
    """

    links: dict[str, str] = field(default_factory=dict)
    is_body: bool = False

    def relation(self, address: str) -> str:
        """The id of the relationship to an address."""
        return self.links.setdefault(as_uri(address), f"link{len(self.links) + 1}")


@dataclass(frozen=True, slots=True)
class Voice:
    """How words are set at a place.

    Attributes:
        text: the theme's style that they shall have.
        paragraph: what the paragraph's style gives.
        given: what that and the character style give together.
        style: the character style's id.
        language: BCP 47 tag if it is not the document's.
    """

    text: TextStyle
    paragraph: RunFormat
    given: RunFormat
    style: str | None = None
    language: str | None = None


class Typesetter:
    """Makes runs of inlines, and keeps count of what must be unique in a document.

    Args:
        document: to know which notes are marked more than once.
        sheet, faces: how it looks.
        notes: what its notes are to Word.
        anchors: the bookmarks that its links and references lead to.
        comments: of a review copy.
    """

    def __init__(
        self,
        document: Document,
        sheet: Stylesheet,
        faces: Faces,
        notes: NoteKind,
        anchors: Bookmarks,
        comments: Comments | None = None,
    ) -> None:
        self.sheet = sheet
        self._faces = faces
        self._notes = notes
        self._anchors = anchors
        self._bookmarks = count(1)
        self.evidence = EvidenceMarks(self.bookmark, comments)
        self._document = document
        self._first_marks: list[int] = []
        again = {n.number for n in walk(document) if isinstance(n, NoteMark) and not n.first}
        self._named_notes = again.union(n.note for n in walk(document) if isinstance(n, CrossReference) and n.note)

    def voice(self, style: str, text: TextStyle | None = None, character: str | None = None) -> Voice:
        """How words of a paragraph style are set.

        Args:
            style: the paragraph style's id.
            text: what the words shall look like, if not as the style has it.
            character: id of a character style.
        """
        named = self.sheet.paragraphs[style]
        voice = Voice(text or named.text, named.word.run, named.word.run)
        return self._styled(voice, character) if character else voice

    def width(self, text: str, style: TextStyle) -> float:
        """How wide a text is on one line, in points."""
        return self._faces.width(text, style)

    def line_count(self, text: str, style: TextStyle, measure: float) -> int:
        """How many lines a text takes, broken to a measure as the layout breaks it."""
        return self._faces.line_count(text, style, measure)

    def bookmark(self, name: str, content: Xml) -> Xml:
        """A named place."""
        return ooxml.bookmark(next(self._bookmarks), name, content)

    def listed(self, anchor: str, content: Xml) -> Xml:
        """A heading or caption that a list of contents may name."""
        name = self._anchors.listed.get(anchor)
        return self.bookmark(name, content) if name else content

    def label(self, anchor: str, content: Xml) -> Xml:
        """What something bears that may be referred to: its number, or "Table 3"."""
        name = self._anchors.labels.get(anchor)
        return self.bookmark(name, content) if name else content

    def runs(self, inlines: Inlines, voice: Voice, story: Story) -> Xml:
        """Inlines as runs.

        Args:
            story: the part that they stand in.
        """
        voice = self.even(inlines, voice)
        return self.parts([(inline, voice) for inline in inlines], story)

    def even(self, inlines: Inlines, voice: Voice) -> Voice:
        """A voice that all of some words can be set in alike."""
        return replace(voice, text=self._faces.even(plain(inlines), voice.text))

    def parts(self, parts: Sequence[tuple[Inline, Voice]], story: Story) -> Xml:
        """Inlines as runs, each in a voice of its own; pieces of evidence are marked as such."""
        inlines, voices = zip(*parts, strict=True) if parts else ((), ())
        runs = self._runs(inlines, voices, story)
        made = []
        for start, end, is_evidence in pieces(inlines):
            content = ooxml.joined(islice(runs, end - start))
            if is_evidence:
                content = self.evidence.around(inlines[start:end], content, in_text=story.is_body)
            made.append(content)
        return ooxml.joined(made)

    def words(self, text: str, voice: Voice) -> Xml:
        """Words in the faces that have their characters."""
        pieces = []
        for piece, face in self._faces.split(text, voice.text):
            wanted = self.sheet.run_format(voice.text, face)
            own = replace(ooxml.beyond(wanted, voice.given), style=voice.style, language=voice.language)
            pieces.append(ooxml.run(ooxml.words(piece), own))
        return ooxml.joined(pieces)

    def field(self, instruction: str, result: str, voice: Voice) -> Xml:
        """A field whose result is a number for now; every figure is embedded, for what it will be."""
        figures = replace(ooxml.beyond(self.sheet.run_format(voice.text), voice.given), style=voice.style)
        self._faces.use(result + "0123456789", voice.text)
        return ooxml.field(instruction, ooxml.words(result), figures)

    def check_marks(self) -> None:
        """Word numbers notes by their first marks, in reading order; those numbers must be ours."""
        expected = list(range(1, len(self._document.notes) + 1))
        if self._first_marks != expected:
            raise AssertionError(f"notes are first marked in the order {self._first_marks}, not {expected}")

    # -- inside --------------------------------------------------------------------------------------------

    def _runs(self, inlines: Inlines, voices: Iterable[Voice], story: Story) -> Iterator[Xml]:
        after_mark = False
        for inline, voice in zip(inlines, voices, strict=True):
            yield self._run(inline, voice, story, after_mark=after_mark)
            after_mark = isinstance(inline, NoteMark)

    def _run(self, inline: Inline, voice: Voice, story: Story, *, after_mark: bool) -> Xml:
        match inline:
            case Text(text):
                return self.words(text, voice)
            case Printed(text, language=language):
                return self.words(text, replace(voice, language=language))
            case LineBreak():
                return ooxml.run(ooxml.LINE_BREAK)
            case Code(text):
                code = self.sheet.density.styles[StyleName.CODE]
                dress = replace(voice.text, font=code.font, weight=code.weight, italic=code.italic)
                return self.words(text, self._styled(replace(voice, text=dress), "HTMLCode"))
            case Strong(children):
                return self.runs(children, self.strong(voice), story)
            case Emphasis(children):
                dress = replace(voice.text, italic=not voice.text.italic)
                return self.runs(children, self._styled(replace(voice, text=dress), "Emphasis"), story)
            case Quiet(children):
                dress = replace(voice.text, italic=True, weight=400, colour=self.sheet.theme.colours.muted)
                return self.runs(children, self._styled(replace(voice, text=dress), "Quiet"), story)
            case Link(target, children):
                return self._link(target, children, voice, story)
            case CrossReference():
                return self._reference(inline, voice)
            case NoteMark():
                mark = self._mark(inline, voice, after_mark=after_mark)
                comments = self.evidence.comments
                return comments.at_mark(inline, mark, after_mark=after_mark) if comments and story.is_body else mark
            case EvidenceRef() | CiteRef() | AuthorNoteRef():
                raise TypeError(f"{type(inline).__name__} reached a writer: the document has not been cited")
            case _:
                assert_never(inline)

    def strong(self, voice: Voice, character: str = "Strong") -> Voice:
        """The same in semibold, by a character style; quiet text becomes ink with it."""
        colours = self.sheet.theme.colours
        dress = replace(
            voice.text,
            weight=max(STRONG_WEIGHT, voice.text.weight),
            colour=colours.ink if voice.text.colour == colours.muted else voice.text.colour,
        )
        return self._styled(replace(voice, text=dress), character)

    def _styled(self, voice: Voice, style: str) -> Voice:
        """With a character style in the place of any other, since a run has one; a paragraph's style and it that are
        both bold, or italic, cancel each other out (§17.7.3)."""
        named, own = self.sheet.characters[style].run, voice.paragraph
        given = ooxml.over(own, named)
        bold = own.bold != named.bold if named.bold else own.bold
        italic = own.italic != named.italic if named.italic else own.italic
        return replace(voice, given=replace(given, bold=bold, italic=italic), style=style)

    def _link(self, target: str, children: Inlines, voice: Voice, story: Story) -> Xml:
        colours = self.sheet.theme.colours
        if voice.text.colour == colours.ink:
            voice = replace(voice, text=replace(voice.text, colour=colours.accent))
        inside = self.runs(children, self._styled(voice, "Hyperlink"), story)
        if not target.startswith("#"):
            return ooxml.hyperlink(inside, relation=story.relation(target))
        name = self._anchors.link(target[1:])
        return ooxml.hyperlink(inside, anchor=name) if name else inside

    def _reference(self, reference: CrossReference, voice: Voice) -> Xml:
        """The words around a number, and the number as a field that repeats what its target bears."""
        look = replace(ooxml.beyond(self.sheet.run_format(voice.text), voice.given), style=voice.style)
        if reference.note is None:
            code = f"REF {self._anchors.labels[reference.target]} \\h \\* MERGEFORMAT"
        else:
            code = f"NOTEREF {_note(reference.note)} \\h"
        field = ooxml.field_start(code, look)
        label = ooxml.joined((field, self.words(reference.label, voice), ooxml.field_end(look)))
        return ooxml.joined((self.words(reference.before, voice), label, self.words(reference.after, voice)))

    def _mark(self, mark: NoteMark, voice: Voice, *, after_mark: bool) -> Xml:
        plain_text = replace(voice.text, weight=400, italic=False, size=ooxml.superscript_size(voice.text.size))
        style = self.sheet.mark(self._notes.mark_style, plain_text)
        voice = self._styled(replace(voice, text=plain_text), style)
        look = replace(ooxml.beyond(self.sheet.run_format(plain_text), voice.given), style=style)
        self._faces.use(str(mark.number) + ",\u00a0", plain_text)

        parts = [ooxml.run(ooxml.words(",\u00a0"), look)] if after_mark else []
        name = _note(mark.number)
        if not mark.first:
            parts.append(ooxml.field(f"NOTEREF {name} \\h", ooxml.words(str(mark.number)), look))
        else:
            self._first_marks.append(mark.number)
            reference = ooxml.run(self._notes.reference(mark.number), look)
            parts.append(self.bookmark(name, reference) if mark.number in self._named_notes else reference)
        return ooxml.joined(parts)


def _note(number: int) -> str:
    """The bookmark around a note's first mark, for fields that repeat its number."""
    return f"_Note{number}"


def broken(inlines: Inlines, lines: tuple[str, ...]) -> Inlines:
    """Inlines with line breaks where `lines`, their words as balanced by the layout, end."""
    text, place, ends = plain(inlines), 0, []
    for line in lines[:-1]:
        found = text.find(line.strip(), place)
        if found < 0:
            return inlines
        place = found + len(line.strip())
        ends.append(place)
    return tuple(_Breaker(ends).breaking(inlines))


class _Breaker:
    """Walks inlines and puts a break at each of some places, counted in characters of their plain text."""

    def __init__(self, ends: list[int]) -> None:
        self._ends = ends
        self._place = 0

    def breaking(self, inlines: Inlines) -> Iterator[Inline]:
        for inline in inlines:
            match inline:
                case Text(text) | Printed(text) | Code(text):
                    yield from self._cut(inline, text)
                case LineBreak():
                    self._ends = [end for end in self._ends if end != self._place]
                    self._place += 1
                    yield inline
                case Strong(children) | Emphasis(children) | Quiet(children) | Link(_, children):
                    yield replace(inline, children=tuple(self.breaking(children)))
                case _:
                    yield inline

    def _cut(self, inline: Text | Printed | Code, text: str) -> Iterator[Inline]:
        start, self._place = self._place, self._place + len(text)
        cuts = [end - start for end in self._ends if start <= end < self._place]
        self._ends = self._ends[len(cuts) :]
        for left, right in zip((0, *cuts), (*cuts, len(text)), strict=True):
            if left or (cuts and cuts[0] == 0 and right):
                yield LineBreak()
            if words := text[left:right].lstrip(" ") if left or 0 in cuts else text[left:right]:
                yield replace(inline, text=words)
