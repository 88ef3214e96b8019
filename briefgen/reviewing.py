"""What a review copy says beside each piece of evidence, so that a superior can check it without leaving Word.

The words are those of `briefgen show`, in English like the library, only a source is named as the document's own notes
name it. With the texts at hand a passage is shown with what stands around it, so a review copy quotes more of a source
than its document does: it is for the people who made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefgen.citations import evidence_used
from briefgen.citations.notes import Notes
from briefgen.citations.wording import Wording
from briefgen.context import in_context
from briefgen.disagreement import Companion, Relation, companions
from briefgen.document import (
    Document,
    DocumentKind,
    Emphasis,
    Facet,
    Inline,
    Inlines,
    Link,
    NotePlacement,
    Printed,
    Quiet,
    Strong,
    Text,
    walk,
)
from briefgen.evidence import Evidence, Fact, Library, Quote
from briefgen.locales import locale_for
from briefgen.lock import Basis, Texts, Verification
from briefgen.notation import claim_in_words, written
from briefgen.requests import Reviewer
from briefgen.writers import Remarks, Review

_LANGUAGE = "en"
_ENGLISH = locale_for(_LANGUAGE)


def review(
    document: Document, library: Library, verification: Verification, texts: Texts, reviewer: Reviewer
) -> Review:
    """Write down what there is to know about each piece of evidence that a document prints or cites.

    Args:
        document: cited.
        library: holds all evidence that the document uses.
        verification: where each passage stands in its source, and what it was verified against.
        texts: the sources' texts, as far as they are at hand.
        reviewer: whose comments these are, and of when.
    """
    writing = _Reviewing(document, library, verification, texts)
    remarks = {id: writing.remarks(id) for id in _commented(document, library)}
    label = locale_for(document.meta.language).t("REVIEW COPY")
    return Review(reviewer.author, initials(reviewer.author), reviewer.when, label, _LANGUAGE, remarks)


def initials(name: str) -> str:
    """The first letter of each part of a name, four at most: "Desk for Viet Nam" is DfVN."""
    return "".join(part[0] for part in name.replace("-", " ").split() if part[0].isalnum())[:4]


def _commented(document: Document, library: Library) -> list[str]:
    """All evidence that is used, but for what is only calculated with: the comment on the result tells of it."""
    shown = {node.evidence for node in walk(document.blocks) if isinstance(node, Printed)}
    used = [evidence for id in evidence_used(document) if (evidence := library.evidence(id)) is not None]
    inputs = {fact.id for one in used if isinstance(one, Fact) for fact in library.inputs(one)}
    return [one.id for one in used if one.id in shown or one.id not in inputs]


class _Reviewing:
    """Writes the remarks on evidence of one document."""

    def __init__(self, document: Document, library: Library, verification: Verification, texts: Texts) -> None:
        self._document = document
        self._library = library
        self._verification = verification
        self._texts = texts
        wording = Wording(library, locale_for(document.meta.language))
        full = document.meta.kind is DocumentKind.DOSSIER
        self._notes = Notes(wording, NotePlacement.ENDNOTES, {}, subtitles=full)

    def remarks(self, id: str) -> Remarks:
        evidence = self._library.evidence(id)
        assert evidence is not None
        return Remarks(tuple(self._full(evidence)), tuple(self._short(evidence)))

    # -- in full -------------------------------------------------------------------------------------------

    def _full(self, evidence: Evidence) -> Iterator[Inlines]:
        others, hidden = self._companions(evidence) if isinstance(evidence, Fact) else ((), 0)
        yield self._named(evidence)
        yield from self._statement(evidence)
        if isinstance(evidence, Fact) and evidence.derivation:
            yield from self._calculation(evidence)
        yield from (line for relation, line in others if relation is Relation.DIFFERS)
        yield from self._passages(evidence)
        for label, words in (("Note", evidence.note), ("Date", evidence.dating)):
            if words:
                yield _line(label, Text(words))
        if isinstance(evidence, Fact) and evidence.caveat:
            yield _line("Caveat", Text(evidence.caveat))
        yield from (line for relation, line in others if relation is not Relation.DIFFERS)
        if hidden:
            yield _line("Not shown", Text(f"{hidden} more of this measure, more restricted than this document"))
        if evidence.expires is not None:
            over = " (it has expired)" if evidence.expires <= self._document.meta.as_of else ""
            yield _line("Expires", Text(f"{evidence.expires.isoformat()}{over}"))

    def _named(self, evidence: Evidence) -> Inlines:
        """ "trade-2024 · observation · as of 2024 · TLP:CLEAR" """
        kind = "quotation" if isinstance(evidence, Quote) else evidence.kind.value
        about = [kind, self._library.marking_of(evidence).label]
        if evidence.when is not None:
            is_state = isinstance(evidence, Fact) and evidence.date is None
            when = _ENGLISH.period(evidence.when)
            about.insert(1, f"as of {when}" if is_state else when)
        return Strong((Text(evidence.id),)), Text("".join(f" · {each}" for each in about))

    def _statement(self, evidence: Evidence) -> Iterator[Inlines]:
        match evidence:
            case Fact():
                yield _line("Claim", Text(claim_in_words(evidence)))
            case Quote():
                person = self._library.people.get(evidence.speaker)
                who = [person.name if person else evidence.speaker, person.role if person else None, evidence.occasion]
                yield _line("Quotation", Printed(f"“{evidence.text}”", evidence.id, Facet.WHOLE, evidence.language))
                yield _line("Speaker", Text(", ".join(filter(None, who))))

    def _calculation(self, fact: Fact) -> Iterator[Inlines]:
        assert fact.derivation is not None
        result = f" = {written(fact.value, noun=False)}" if fact.value else ""
        yield _line(
            "Calculation", Text(f"{self._notes.working(fact.derivation)}{result}, by {fact.derivation.formula}")
        )
        for name, id in fact.derivation.inputs.items():
            source = self._library.facts[id]
            yield _line(name, Strong((Text(id),)), Text(f": {claim_in_words(source)}"))
            yield from self._calculation(source) if source.derivation else self._passages(source)

    def _passages(self, evidence: Evidence) -> Iterator[Inlines]:
        named = None
        for number, passage in enumerate(evidence.passages):
            source = self._library.sources[passage.source]
            place = self._verification.place(evidence.id, number)
            text = self._texts.of(source, []) if place else None  # what is wrong with a text has been said

            def said(words: str, language: str = source.language, id: str = evidence.id) -> Printed:
                return Printed(words, id, Facet.WHOLE, language)

            if source.id != named:
                yield _line("Source", *self._source(source.id))
                named = source.id
            is_text_itself = isinstance(evidence, Quote) and passage.exact == evidence.text
            if text and place:
                context = in_context(text.raw, place.span)
                yield _line("Passage", said(context.before), Strong((said(context.words),)), said(context.after))
            elif not is_text_itself:
                yield _line("Passage", Strong((said(f"“{passage.exact}”"),)))
            if place is None:
                yield _line("Verified", Text("no"))
                continue
            against = {Basis.TEXTS: "against the text", Basis.LOCK: "against the lock (no text at hand)"}
            where = f"characters {place.span.start}–{place.span.end}"
            yield _line("Verified", Text(f"{against[place.basis]}, {where}"))

    def _companions(self, fact: Fact) -> tuple[Sequence[tuple[Relation, Inlines]], int]:
        """The other facts of its metric, and how many there are that are more restricted than the document."""
        others = list(companions(fact, self._library))
        shown = [other for other in others if self._library.marking_of(other.fact) <= self._document.meta.marking]
        return [(other.relation, self._companion(other)) for other in shown], len(others) - len(shown)

    def _companion(self, companion: Companion) -> Inlines:
        """Another fact of the metric: what agrees, what differs and in what, what is of another time or place."""
        other = companion.fact
        labels = {Relation.AGREES: "Agrees", Relation.DIFFERS: "Differs", Relation.APART: "Same measure"}
        differences = ", ".join(difference.value for difference in companion.differences)
        when = _ENGLISH.period(other.when) if other.when else "no date"
        about = [when, f"differs in {differences}" if differences else ""]
        named = self._joined(self._library.sources_of(other))
        end = Text(f" ({'; '.join(filter(None, about))}): ")
        return _line(labels[companion.relation], Strong((Text(other.id),)), end, Text(claim_in_words(other)), *named)

    def _joined(self, sources: tuple[str, ...]) -> Inlines:
        """Sources by what they go by: in full they stand where they bear something out."""
        return tuple(inline for id in sources for inline in (Text(" – "), *self._source(id, in_short=True)))

    # -- in short ------------------------------------------------------------------------------------------

    def _short(self, evidence: Evidence) -> Iterator[Inlines]:
        again = Text(": see the comment where it first stands.")
        yield Strong((Text(evidence.id),)), again, *self._joined(self._library.sources_of(evidence))

    # -- sources -------------------------------------------------------------------------------------------

    def _source(self, id: str, in_short: bool = False) -> Inlines:
        """A source as the document's notes name it, its words in the document's language."""
        source = self._library.sources[id]
        name = self._notes.name(source) if in_short else None
        return _spoken((name,) if name else self._notes.source(source), id, self._document.meta.language)


def _line(label: str, *words: Inline) -> Inlines:
    return Strong((Text(f"{label}: "),)), *words


def _spoken(inlines: Inlines, id: str, language: str) -> Inlines:
    """Words of a document that say which language they are in, to stand among those of another."""
    spoken: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(text):
                spoken.append(Printed(text, id, Facet.SOURCE, language))
            case Printed(language=None):
                spoken.append(replace(inline, language=language))
            case Strong(children) | Emphasis(children) | Quiet(children) | Link(_, children):
                spoken.append(replace(inline, children=_spoken(children, id, language)))
            case _:
                spoken.append(inline)
    return tuple(spoken)
