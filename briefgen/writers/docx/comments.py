"""The comments of a review copy: one at each piece of evidence, or where its mark or its chart is.

Evidence is commented on where its figure or its words stand; its date or its speaker beside them says nothing new.
What only a note prints, or a mark stands for, has its comment at the mark, because Word allows none in notes. So has
what stands between the first two notes: LibreOffice 7 gives the notes each other's words if a comment is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefgen.document import (
    Chart,
    Code,
    Document,
    Emphasis,
    Facet,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteMark,
    Printed,
    Quiet,
    Strong,
    Text,
    walk,
)
from briefgen.writers import Review, ooxml
from briefgen.writers.ooxml import AS_IS, Commentator, RunFormat, Xml

_ITSELF = frozenset((Facet.WHOLE, Facet.TEXT, Facet.VALUE, Facet.SHORT, Facet.NUMBER))
"""Facets that are the evidence rather than something about it."""


class Comments:
    """Writes the comments of a document while its text is written.

    Args:
        review: their words.
        document: cited.
        relation: address → id of the relationship that the comments' part has to it.
    """

    def __init__(self, review: Review, document: Document, relation: Callable[[str], str]) -> None:
        self._review = review
        self._relation = relation
        self._by = Commentator(review.author, review.initials, review.when)
        self._written: list[Xml] = []
        self._said: set[str] = set()
        self._beside: set[str] = set()
        self._waiting: list[str] = []
        self._marks = 0
        printed = list(_printed(document.blocks))
        self._printed = {one.evidence for one in printed}
        self._themselves = {one.evidence for one in printed if one.facet in _ITSELF}
        self._in_notes = {note.number: dict.fromkeys(p.evidence for p in _printed(note)) for note in document.notes}

    def at_words(self, id: str, facets: Iterable[Facet], content: Xml) -> Xml:
        """Words that print evidence, with its comment if they need one."""
        if not _ITSELF.isdisjoint(facets):
            return self._about((id,), content)
        return content if id in self._themselves or id in self._said else self._about((id,), content)

    def at_mark(self, mark: NoteMark, content: Xml, *, after_mark: bool) -> Xml:
        """A note's mark, with the comments of evidence that stands nowhere in the text.

        Args:
            after_mark: whether another mark stands right before it; what that was commented on needs no more.
        """
        ids = dict.fromkeys(mark.evidence)
        if mark.first:
            ids |= self._in_notes.get(mark.number, {})
        if not after_mark:
            self._beside.clear()
        new = [id for id in ids if id not in self._printed and id not in self._beside]
        self._beside.update(new)
        self._marks += mark.first
        waiting, self._waiting = self._waiting, []
        return self._about((*waiting, *new), content)

    def at_chart(self, chart: Chart, content: Xml) -> Xml:
        """A chart's drawing, with the comments of what it shows."""
        return self._about(dict.fromkeys(one.evidence for point in chart.points for one in _printed(point)), content)

    def part(self) -> bytes:
        """The part that holds them."""
        return ooxml.part("w:comments", ooxml.joined(self._written))

    # -- inside --------------------------------------------------------------------------------------------

    def _about(self, ids: Iterable[str], content: Xml) -> Xml:
        """Content with a comment about each piece of evidence: in full at first, then in short."""
        if self._marks == 1 and len(self._in_notes) > 1:
            self._waiting += ids
            return content
        numbers = []
        for id in ids:
            if remarks := self._review.remarks.get(id):
                paragraphs = remarks.short if id in self._said else remarks.full
                self._said.add(id)
                numbers.append(len(self._written))
                self._written.append(ooxml.comment(numbers[-1], self._by, map(self._runs, paragraphs)))
        return ooxml.commented(numbers, content)

    def _runs(self, inlines: Inlines) -> Xml:
        own = RunFormat(language=self._review.language)
        return ooxml.joined(run for inline in inlines for run in self._run(inline, own))

    def _run(self, inline: Inline, look: RunFormat) -> Iterator[Xml]:
        match inline:
            case Text(text) | Code(text):
                yield ooxml.run(ooxml.words(text), look)
            case Printed(text, language=language):
                tag = look.language if language is None else language
                yield ooxml.run(ooxml.words(text), ooxml.over(look, RunFormat(language=tag)))
            case Strong(children):
                yield from self._dressed(children, ooxml.over(look, RunFormat(bold=True)))
            case Emphasis(children) | Quiet(children):
                yield from self._dressed(children, ooxml.over(look, RunFormat(italic=True)))
            case Link(target, children):
                inside = self._dressed(children, ooxml.over(look, RunFormat(underline=True)))
                yield ooxml.hyperlink(ooxml.joined(inside), relation=self._relation(target))
            case LineBreak():
                yield ooxml.run(ooxml.LINE_BREAK, AS_IS)
            case _:
                raise TypeError(f"{type(inline).__name__} has no place in a comment")

    def _dressed(self, inlines: Inlines, look: RunFormat) -> Iterator[Xml]:
        for inline in inlines:
            yield from self._run(inline, look)


def _printed(part: object) -> Iterator[Printed]:
    return (node for node in walk(part) if isinstance(node, Printed) and node.facet is not Facet.SOURCE)
