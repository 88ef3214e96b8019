"""The notes: which there are, their numbers, and their words.

Endnotes: one for each source, numbered by first use. Footnotes: one for each source and block, in full at its first
in a level-1 section and short after. A calculation of ours and an author's own note stand in the same sequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from briefgen.citations.wording import Shown, Wording
from briefgen.document import (
    CrossReference,
    EvidenceRef,
    Facet,
    Inline,
    Inlines,
    Link,
    Note,
    NoteMark,
    NotePlacement,
    Origin,
    Printed,
    Text,
    note_anchor,
    plain,
    walk,
)
from briefgen.evidence import Derivation, Evidence, Fact, Quantity, Quote, Source
from briefgen.locales import NBSP, Locale, capitalised


class NoteOf(StrEnum):
    """What a note is of."""

    SOURCE = "source"
    CALCULATION = "calculation"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a note is of: a source, a derived fact, or an author's footnote, by its id or label."""

    of: NoteOf
    id: str


@dataclass(slots=True)
class _Draft:
    """A note while the document is read.

    Attributes:
        evidence: ids whose marks point here, in order.
        shown: what the document prints of that evidence; of what is only cited, nothing.
        refers: numbers of the notes that this one's words name.
        full: number of the full note in this section, if this one is short.
        section: the level-1 section it stands in.
        words: of an author's note.
        marked: whether a mark for it stands already.
    """

    number: int
    subject: Subject
    section: int
    full: int | None = None
    evidence: dict[str, None] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    refers: tuple[int, ...] = ()
    words: Inlines = ()
    marked: bool = False


class Notes:
    """Gives note marks their numbers as the document is read, and writes the notes at the end.

    Args:
        wording: prints what the notes say of evidence.
        placement: footnotes or endnotes.
        author: label → words of the author's own footnotes.
        subtitles: whether titles keep what stands behind their colon.
    """

    def __init__(
        self, wording: Wording, placement: NotePlacement, author: Mapping[str, Inlines], *, subtitles: bool = True
    ) -> None:
        self._wording = wording
        self._library = wording.library
        self._placement = placement
        self._author = author
        self._subtitles = subtitles
        self._drafts: list[_Draft] = []
        self._block: dict[Subject, _Draft] = {}
        self._section: dict[Subject, _Draft] = {}
        self._section_number = 0

    def begin_section(self) -> None:
        """A level-1 section begins: footnotes name their sources in full again."""
        if self._placement is NotePlacement.FOOTNOTES:
            self._section = {}
            self._section_number += 1

    def begin_block(self) -> None:
        """A paragraph, list, table or figure begins: footnotes are its own."""
        self._note_what_is_shown()
        if self._placement is NotePlacement.FOOTNOTES:
            self._block = {}

    def supports(self, id: str) -> frozenset[str]:
        """What a mark for evidence or a source points to, to tell whether another mark says the same."""
        if id in self._library.sources:
            return frozenset((id,))
        evidence = self._evidence(id)
        if isinstance(evidence, Fact) and evidence.derivation:
            return frozenset((id,))
        return frozenset(self._library.sources_of(evidence))

    def marks(self, ids: Iterable[str]) -> tuple[NoteMark, ...]:
        """The marks of evidence and sources, by number, each once; a new subject gets the next number."""
        return self._as_marks([use for id in ids for use in self._uses(id)])

    def author_mark(self, label: str) -> tuple[NoteMark, ...]:
        """The mark of an author's footnote, with those of sources that its words use for the first time."""
        ids = [node.evidence for node in walk(self._author[label]) if isinstance(node, EvidenceRef)]
        subject = Subject(NoteOf.AUTHOR, label)
        marks = self._as_marks([*self._unmarked(ids), (subject, None)])
        draft = self._draft(subject)
        draft.words = draft.words or self._authors(draft)
        return marks

    def has(self, id: str) -> bool:
        """Whether every mark for this evidence would repeat a number: in this block, or with endnotes anywhere."""
        return all(subject in self._block for subject in self._subjects(id))

    def numbers(self, id: str) -> tuple[int, ...]:
        """The numbers of the notes that evidence already points to."""
        return tuple(dict.fromkeys(draft.number for subject in self._subjects(id) if (draft := self._find(subject))))

    def finish(self) -> tuple[Note, ...]:
        """The notes in words."""
        self._note_what_is_shown()
        said: set[tuple[int, str]] = set()
        return tuple(self._written(draft, said) for draft in self._drafts)

    def _note_what_is_shown(self) -> None:
        """Give what the block has printed to the notes that its marks point to."""
        for id, shown in self._wording.shown().items():
            for subject in self._subjects(id):
                if draft := self._find(subject):
                    draft.evidence.setdefault(id)
                    draft.shown.setdefault(id, Shown()).add(shown)

    # -- numbering -----------------------------------------------------------------------------------------

    def _evidence(self, id: str) -> Evidence:
        evidence = self._library.evidence(id)
        assert evidence is not None
        return evidence

    def _subjects(self, id: str) -> tuple[Subject, ...]:
        """What evidence, or a source, is noted as."""
        if id in self._library.sources:
            return (Subject(NoteOf.SOURCE, id),)
        evidence = self._evidence(id)
        if isinstance(evidence, Fact) and evidence.derivation:
            return (Subject(NoteOf.CALCULATION, id),)
        return tuple(Subject(NoteOf.SOURCE, source) for source in self._library.sources_of(evidence))

    def _uses(self, id: str) -> Iterator[tuple[Subject, str | None]]:
        """Each subject that a mark for this id needs, with the evidence it is for.

        A calculation names its inputs' notes; those that are not there yet get their mark beside its own.
        """
        if id in self._library.sources:
            yield Subject(NoteOf.SOURCE, id), None
            return
        evidence = self._evidence(id)
        if isinstance(evidence, Fact) and evidence.derivation:
            yield from self._unmarked([fact.id for fact in self._library.inputs(evidence)])
        for subject in self._subjects(id):
            yield subject, id

    def _unmarked(self, ids: Iterable[str]) -> list[tuple[Subject, str | None]]:
        """What the evidence needs that has no note so far; where it has one, the evidence is added to that."""
        needed: list[tuple[Subject, str | None]] = []
        for id in ids:
            for subject, evidence in self._uses(id):
                draft = self._find(subject)
                if draft is None:
                    needed.append((subject, evidence))
                elif evidence is not None:
                    draft.evidence.setdefault(evidence)
        return needed

    def _find(self, subject: Subject) -> _Draft | None:
        return self._block.get(subject) or self._section.get(subject)

    def _as_marks(self, uses: Iterable[tuple[Subject, str | None]]) -> tuple[NoteMark, ...]:
        found: dict[int, tuple[_Draft, dict[str, None]]] = {}
        for subject, evidence in uses:
            draft = self._draft(subject)
            _, ids = found.setdefault(draft.number, (draft, {}))
            if evidence is not None:
                draft.evidence.setdefault(evidence)
                ids.setdefault(evidence)
        marks = []
        for number, (draft, ids) in sorted(found.items()):
            marks.append(NoteMark(number, not draft.marked, tuple(ids)))
            draft.marked = True
        return tuple(marks)

    def _draft(self, subject: Subject) -> _Draft:
        draft = self._block.get(subject)
        if draft is None and subject.of is NoteOf.AUTHOR:
            draft = self._find(subject)
        if draft is None:
            before = self._section.get(subject)
            full = None if before is None else before.full or before.number
            draft = _Draft(len(self._drafts) + 1, subject, self._section_number, full)
            draft.refers = tuple(sorted({number for id in self._inputs(subject) for number in self.numbers(id)}))
            self._drafts.append(draft)
            self._block[subject] = draft
            self._section.setdefault(subject, draft)
            if subject.of is NoteOf.CALCULATION and full is None:
                for id in self._inputs(subject):  # the note's working prints them
                    self._wording.show(id, Facet.NUMBER)
        return draft

    def _inputs(self, subject: Subject) -> list[str]:
        """Ids of the evidence that a note's own words rest on."""
        match subject.of:
            case NoteOf.SOURCE:
                return []
            case NoteOf.CALCULATION:
                return [fact.id for fact in self._library.inputs(self._library.facts[subject.id])]
            case NoteOf.AUTHOR:
                return [node.evidence for node in walk(self._author[subject.id]) if isinstance(node, EvidenceRef)]

    # -- words ---------------------------------------------------------------------------------------------

    def _written(self, draft: _Draft, said: set[tuple[int, str]]) -> Note:
        match draft.subject.of:
            case NoteOf.SOURCE:
                source = self._library.sources[draft.subject.id]
                sources: tuple[str, ...] = (source.id,)
                words = self.source(source) if draft.full is None else self._short(source, draft.full)
            case NoteOf.CALCULATION:
                fact = self._library.facts[draft.subject.id]
                sources = self._library.sources_of(fact)
                words = self._calculation(fact, draft)
            case NoteOf.AUTHOR:
                ids = self._inputs(draft.subject)
                sources = tuple(dict.fromkeys(s for id in ids for s in self._library.sources_of(self._evidence(id))))
                words = draft.words
        remarks = (remark for id in draft.evidence for remark in self._remarks(self._evidence(id), draft, said))
        for remark in remarks:
            words = (*_stopped(words), Text(" ", Origin.LABEL), *remark)
        return Note(draft.number, _stopped(words), sources, tuple(draft.evidence))

    def source(self, source: Source) -> Inlines:
        """A source as its full note names it: 'Title', publisher, date; what the source says of itself."""
        parts: list[Inlines] = []
        note = self._wording.source_note(source)
        if source.title:
            parts.append((self._title(source, source.title if self._subtitles else main_title(source.title)),))
        elif note:
            parts.append(_begun(note))
        else:
            parts.append((_capital(self._label("untitled")),))
        imprint = self._imprint(source)
        if source.title:
            words = joined([*parts, *imprint], ", ")
            return words + _continued(note) if note else words
        return joined([*parts, joined(imprint, ", ")], "; " if note else ", ")

    def _imprint(self, source: Source) -> list[Inlines]:
        if not source.publisher and not source.issued:
            return [(self._label("publisher and date not stated"),)]
        publisher: Inline = self._label("publisher not stated")
        if source.publisher:
            publisher = Printed(source.publisher, source.id, Facet.SOURCE, self._wording.foreign(source.language))
        issued: Inline = self._label("undated")
        if source.issued:
            issued = Printed(self._wording.locale.period(source.issued), source.id, Facet.SOURCE)
        return [(publisher,), (issued,)]

    def _title(self, source: Source, title: str) -> Inline:
        opening, closing = self._wording.locale.title_marks
        printed = Printed(opening + title + closing, source.id, Facet.SOURCE, self._wording.foreign(source.language))
        return Link(source.url, (printed,)) if source.url else printed

    def _short(self, source: Source, full: int) -> Inlines:
        """What a source goes by, and the number of the full note."""
        name = self.name(source)
        if name is None:
            return (replace(self._one(full), before=capitalised(self._one(full).before)),)
        return name, Text(", ", Origin.LABEL), self._one(full)

    def name(self, source: Source) -> Inline | None:
        """What a source goes by: its publisher, or else its title's beginning, or what it says of itself."""
        if source.publisher:
            return Printed(source.publisher, source.id, Facet.SOURCE, self._wording.foreign(source.language))
        if source.title:
            return self._title(source, shortened(source.title, self._wording.locale.function_words))
        if note := self._wording.source_note(source):
            return Printed(capitalised(re.split("[;.]", plain(note))[0]), source.id, Facet.SOURCE, _language(note))
        return None

    def _calculation(self, fact: Fact, draft: _Draft) -> Inlines:
        derivation = fact.derivation
        assert derivation is not None
        if draft.full is not None:
            return self._label("Our calculation"), Text(", ", Origin.LABEL), self._one(draft.full)
        working = Printed(self.working(derivation), fact.id, Facet.VALUE)
        if not draft.refers:
            return self._pattern("Our calculation: {working}", working=working)
        notes = self.reference(draft.refers)
        return self._pattern("Our calculation: {working}, from {notes}", working=working, notes=notes)

    def working(self, derivation: Derivation) -> str:
        """The formula with its numbers, in the reader's language."""
        return working_of(derivation, self._wording.locale)

    def _authors(self, draft: _Draft) -> Inlines:
        words = self._wording.filled(self._author[draft.subject.id])
        if not draft.refers:
            return words
        label = "Source: {notes}" if len(draft.refers) == 1 else "Sources: {notes}"
        return (*_stopped(words), Text(" ", Origin.LABEL), *self._pattern(label, notes=self.reference(draft.refers)))

    def _remarks(self, evidence: Evidence, draft: _Draft, said: set[tuple[int, str]]) -> Iterator[Inlines]:
        """What a reader should know of evidence, each once in a section."""
        found: list[Inlines] = []
        shown = draft.shown.get(evidence.id, Shown())
        for printed, stated in shown.rounded.items():
            words = f"{printed}: {self._wording.locale.t('stated as {value}').format(value=stated)}"
            found.append((Printed(words, evidence.id, Facet.VALUE),))
        if shown.itself and isinstance(evidence, Quote) and self._wording.translation(evidence):
            original = Printed(
                self._wording.locale.quoted(evidence.text),
                evidence.id,
                Facet.WHOLE,
                self._wording.foreign(evidence.language),
            )
            found.append(self._pattern("Our translation; original: {words}", words=original))
        if shown.itself and (note := self._wording.note(evidence)):
            found.append(_begun(note))
        if shown.dated and (dating := self._wording.dating(evidence)):
            found.append(_begun(dating))
        for remark in found:
            key = (draft.section, plain(remark))
            if key not in said:
                said.add(key)
                yield remark

    def reference(self, numbers: Sequence[int], which: Mapping[int, str] | None = None) -> Inlines:
        """ "note 3", "notes 1 (2024), 2 and 4": the numbers follow their notes.

        Args:
            which: number → what it is of, in brackets behind it, where there are several.
        """
        if len(numbers) == 1:
            return (self._one(numbers[0]),)
        *others, last = (self._named(number, which or {}) for number in numbers)
        conjunction = Text(self._wording.locale.conjunction, Origin.LABEL)
        return self._pattern("notes {numbers}", numbers=(*joined(others, ", "), conjunction, *last))

    def _one(self, number: int) -> CrossReference:
        before, _, after = self._wording.locale.t("note {number}").replace(" ", NBSP).partition("{number}")
        return CrossReference(note_anchor(number), str(number), before, after)

    @staticmethod
    def _named(number: int, which: Mapping[int, str]) -> Inlines:
        itself = CrossReference(note_anchor(number), str(number))
        return (itself, Text(f" ({which[number]})", Origin.LABEL)) if which.get(number) else (itself,)

    def _label(self, label: str, **fields: str) -> Text:
        return self._wording.label(label, **fields)

    def _pattern(self, label: str, **fields: Inline | Inlines) -> Inlines:
        return self._wording.pattern(label, **fields)


def main_title(title: str) -> str:
    """A title without its subtitle: what stands before the first colon or spaced dash."""
    return re.split(r":\s|\s[–—]\s", title, maxsplit=1)[0]


def shortened(title: str, function_words: frozenset[str] = frozenset()) -> str:
    """A main title, or its first six words if it is long, less function words at their end."""
    main = main_title(title)
    words = main.split(" ")
    if len(words) <= 8:
        return main
    words = words[:6]
    while len(words) > 1 and words[-1].lower() in function_words:
        words.pop()
    return " ".join(words) + " …"


def _language(words: Inlines) -> str | None:
    return next((word.language for word in words if isinstance(word, Printed)), None)


def joined(parts: Iterable[Inlines], separator: str) -> Inlines:
    """The parts with a separator of ours between them."""
    result: list[Inline] = []
    for part in parts:
        if result:
            result.append(Text(separator, Origin.LABEL))
        result += part
    return tuple(result)


def _capital(text: Text) -> Text:
    return Text(capitalised(text.text), text.origin)


def _begun(words: Inlines) -> Inlines:
    """The words with a capital letter in front."""
    match words:
        case (Printed(text, evidence, facet, language), *rest):
            return (Printed(capitalised(text), evidence, facet, language), *rest)
        case _:
            return words


def _continued(note: Inlines) -> Inlines:
    """A note behind other words: after a semicolon, or as a sentence of its own if it begins like one."""
    return Text(". " if plain(note)[:1].isupper() else "; ", Origin.LABEL), *note


def _stopped(words: Inlines) -> Inlines:
    """The words with a full stop, unless they have a stop of their own."""
    text = plain(words).rstrip("”’»)」』")
    return words if text.endswith((".", "!", "?", "…", "。")) else (*words, Text(".", Origin.LABEL))


def working_of(derivation: Derivation, locale: Locale) -> str:
    """A formula with its numbers: bare digits if all count the same, else each with its unit."""
    quantities = [piece for piece in derivation.working if isinstance(piece, Quantity)]
    alike = len({(quantity.unit, quantity.exponent) for quantity in quantities}) == 1
    words = [
        piece if isinstance(piece, str) else (locale.number(piece) if alike else locale.short(piece))
        for piece in derivation.working
    ]
    return "".join(words) or derivation.formula
