"""A target's number is never printed as if it had been reached."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.documents.inspection import DocumentInspection
from briefgen.checks.documents.words import COVER
from briefgen.checks.targets import speaks_of_aim
from briefgen.citations.sentences import sentence_ends
from briefgen.document import ChartPoint, EvidenceRef, Facet, Inlines, KeyFigure, Table, Text, walk
from briefgen.errors import Problem, Severity
from briefgen.evidence import FactKind
from briefgen.locales import language_of

_NUMBERS = (Facet.VALUE, Facet.SHORT, Facet.NUMBER)


def targets_as_reached(inspection: DocumentInspection) -> Iterator[Problem]:
    """A target's number stands with words that say so; a whole claim says it itself, and a chart draws it apart."""
    # a template's words stay in its own language when a document is asked for in another
    languages = {language_of(tag or "en") for tag in (inspection.template.language, inspection.document.meta.language)}
    for ref, context in _numbers(inspection):
        fact = inspection.library.facts.get(ref.evidence)
        if fact is None or fact.kind is not FactKind.TARGET:
            continue
        if any(speaks_of_aim(context, language) for language in languages):
            continue
        message = f"`{fact.id}` is a target, and nothing here says that its number is only aimed at"
        hint = "say so beside it: target, aim, by 2030"
        yield Problem("target-as-reached", message, ref.location, Severity.WARNING, (hint,), fact.id)


def _numbers(inspection: DocumentInspection) -> Iterator[tuple[EvidenceRef, str]]:
    """Each number printed by itself, with the words by which a reader understands it."""
    apart: set[EvidenceRef] = set()  # those whose words stand elsewhere than in their sentence
    for node in walk(inspection.document.blocks):
        match node:
            case KeyFigure(value=value, label=label):
                found = [(ref, _Read(inspection, label).text) for ref in _refs(value)]
            case Table(head=head, rows=rows, caption=caption):
                above = (*head.cells, *((caption.children,) if caption else ()))
                found = [
                    (ref, " ".join(_Read(inspection, words).text for words in (*above, *row.cells)))
                    for row in rows
                    for ref in _refs(row.cells)
                ]
            case ChartPoint(value=value):
                apart.update(_refs(value))
                continue
            case _:
                continue
        apart.update(ref for ref, _ in found)
        yield from found
    for run in inspection.runs:
        read = _Read(inspection, run.inlines)
        yield from ((ref, read.sentence(place)) for place, ref in read.numbers if ref not in apart)


class _Read:
    """Inlines as their reader understands them, claims apart: the author's words, and the years of evidence."""

    def __init__(self, inspection: DocumentInspection, inlines: Inlines) -> None:
        self.text = ""
        self.numbers: list[tuple[int, EvidenceRef]] = []
        for node in walk(inlines):
            match node:
                case Text(words):
                    self.text += words
                case EvidenceRef(id, Facet.AS_OF):
                    evidence = inspection.library.evidence(id)
                    self.text += str(evidence.when.year) if evidence and evidence.when else COVER
                case EvidenceRef(facet=Facet.WHOLE):
                    self.text += f"{COVER}."
                case EvidenceRef(facet=facet):
                    if facet in _NUMBERS:
                        self.numbers.append((len(self.text), node))
                    self.text += COVER
                case _:
                    pass

    def sentence(self, place: int) -> str:
        """The sentence that holds a place."""
        start = 0
        for end in sentence_ends(self.text):
            if place < end:
                return self.text[start:end]
            start = end
        return self.text[start:]


def _refs(inlines: object) -> list[EvidenceRef]:
    return [node for node in walk(inlines) if isinstance(node, EvidenceRef) and node.facet in _NUMBERS]
