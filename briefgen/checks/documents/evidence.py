"""The evidence that a document prints: its readers may see it, it could be known, and it is young enough."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.documents.inspection import DocumentInspection
from briefgen.document import CiteRef, EvidenceRef, walk
from briefgen.errors import Location, Problem, Severity
from briefgen.evidence import Evidence
from briefgen.timeliness import from_after, speaks_for


def above_clearance(inspection: DocumentInspection) -> Iterator[Problem]:
    """Nothing that the audience is not cleared for is printed or cited, however it got into the document."""
    clearance, library = inspection.clearance, inspection.library
    if clearance is None:
        return
    for evidence, place in _used(inspection):
        marking = library.marking_of(evidence)
        if marking > clearance:
            message = f"`{evidence.id}` is {marking.label}; the audience is cleared for {clearance.label}"
            hint = "take it out, or build for an audience that is cleared for it"
            yield Problem("marking-above-clearance", message, place, hints=(hint,), subject=evidence.id)


def template_above_clearance(inspection: DocumentInspection) -> Iterator[Problem]:
    """A template that is itself restricted is not for an audience that is cleared for less."""
    template, clearance = inspection.template, inspection.clearance
    if clearance is not None and template.marking > clearance:
        message = f"the template is {template.marking.label}; the audience is cleared for {clearance.label}"
        hint = "build for an audience that is cleared for it, or lower the template's marking if its words allow it"
        yield Problem("marking-above-clearance", message, template.locations.get("marking"), hints=(hint,))


def evidence_from_the_future(inspection: DocumentInspection) -> Iterator[Problem]:
    """A document of a day knows nothing of later days."""
    for evidence, place in _used(inspection):
        if why := from_after(evidence, inspection.library, inspection.as_of):
            message = f"`{evidence.id}` could not be known on {inspection.as_of}, the document's day: {why}"
            hint = "take it out, or date the document later with --as-of"
            yield Problem("evidence-after-as-of", message, place, hints=(hint,), subject=evidence.id)


def evidence_too_old(inspection: DocumentInspection) -> Iterator[Problem]:
    """Evidence is no older than the template's `max_age`."""
    age = inspection.template.max_age
    if age is None:
        return
    oldest = age.before(inspection.as_of)
    for evidence, place in _used(inspection):
        day = speaks_for(evidence, inspection.library)
        if day is not None and day < oldest:
            message = f"`{evidence.id}` is of {day}; with `max_age: {age}` nothing is taken from before {oldest}"
            hint = "find newer evidence, or take it out"
            yield Problem("evidence-too-old", message, place, Severity.WARNING, (hint,), evidence.id)


def _used(inspection: DocumentInspection) -> Iterator[tuple[Evidence, Location | None]]:
    """Each piece of evidence that the document prints or cites, with its first place."""
    places: dict[str, Location | None] = {}
    for node in walk((inspection.document.blocks, inspection.document.author_notes)):
        match node:
            case EvidenceRef(id, location=location):
                places.setdefault(id, location)
            case CiteRef(ids, location):
                for id in ids:
                    places.setdefault(id, location)
            case _:
                pass
    for id, place in places.items():
        evidence = inspection.library.evidence(id)
        if evidence is not None:
            yield evidence, place
