"""`briefgen show`: one fact, quotation, source or person, with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.printing import print_json, print_problems, print_table, problem_as_json, shown
from briefgen.cli.session import Session
from briefgen.errors import Location, Problem, UsageError
from briefgen.evidence import Evidence, Fact, Person, Quantity, Quote, Source
from briefgen.slots import did_you_mean

if TYPE_CHECKING:
    from briefgen.build import OpenLibrary

Line = tuple[str, str]
"""A label and what stands behind it."""


def show(
    session: Session,
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a fact, a quotation, a source or a person.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> int:
    """Show one piece of the library: what it says, where that stands, and which templates use it."""
    from briefgen.build import open_library
    from briefgen.usage import find_uses

    opened = open_library(session.workspace, session.today)
    library = opened.library
    found = library.evidence(id) or library.sources.get(id) or library.people.get(id)
    if found is None:
        known = [*library.facts, *library.quotes, *library.sources, *library.people]
        hints = did_you_mean(id, known) or ("`briefgen check` says whether it could not be read",)
        raise UsageError(Problem("unknown-id", f"the library has no {id!r}", hints=hints))
    uses = find_uses(session.workspace, opened, session.today).get(id, ())
    problems = [problem for problem in opened.problems if problem.subject == id]
    kind, lines = _lines(found, opened)
    if as_json:
        fields: dict[str, object] = {}
        for label, words in lines:
            _put(fields, label.replace(" ", "_"), words)
        place = found.location
        print_json(
            {
                "id": id,
                "kind": kind,
                "path": shown(place.path, session.here),
                "line": place.line,
                **fields,
                "used_in": [_place(use, session) for use in uses],
                "problems": [problem_as_json(problem, session.here) for problem in problems],
            }
        )
        return 0
    print(f"{id}  {kind}  {_place(found.location, session)}")
    print_table([*lines, *_labelled("used in", [_place(use, session) for use in uses] or ["no template"])])
    print_problems(problems, session.here)
    return 0


def _put(fields: dict[str, object], key: str, words: str) -> None:
    """Several lines of one label become a list."""
    match fields.get(key):
        case None:
            fields[key] = words
        case list(earlier):
            earlier.append(words)
        case earlier:
            fields[key] = [earlier, words]


def _place(location: Location, session: Session) -> str:
    numbers = [str(number) for number in (location.line, location.column) if number is not None]
    return ":".join([shown(location.path, session.here), *numbers])


def _labelled(label: str, words: list[str]) -> list[Line]:
    return [(label if number == 0 else "", line) for number, line in enumerate(words)]


def _lines(found: Evidence | Source | Person, opened: OpenLibrary) -> tuple[str, list[Line]]:
    """What it is, and its lines; those that say nothing are left out."""
    match found:
        case Fact():
            kind, lines = f"fact, {found.kind}", [*_of_fact(found, opened), *_of_evidence(found, opened)]
        case Quote():
            kind, lines = "quotation", [*_of_quote(found, opened), *_of_evidence(found, opened)]
        case Source():
            kind, lines = "source", list(_of_source(found, opened))
        case Person():
            kind, lines = "person", list(_of_person(found, opened))
    return kind, [(label, words) for label, words in lines if words]


def _of_fact(fact: Fact, opened: OpenLibrary) -> Iterator[Line]:
    from briefgen.usage import derived_from

    yield "claim", fact.claim
    for name, quantity in fact.values.items():
        yield name, _stated(quantity)
    if fact.derivation:
        inputs = ", ".join(f"{name} = {id}" for name, id in fact.derivation.inputs.items())
        working = "".join(part if isinstance(part, str) else _stated(part) for part in fact.derivation.working)
        yield "calculated", f"{fact.derivation.formula} with {inputs}"
        yield "working", working
    yield "metric", fact.metric or ""
    yield "as of", str(fact.as_of or "")
    yield "date", str(fact.date or "")
    yield "place", fact.place or ""
    yield "caveat", fact.caveat or ""
    for derived in derived_from(fact.id, opened):
        yield "used by", derived.id


def _of_quote(quote: Quote, opened: OpenLibrary) -> Iterator[Line]:
    speaker = opened.library.people.get(quote.speaker)
    yield "text", quote.text
    yield "speaker", f"{speaker.name} ({speaker.id})" if speaker else quote.speaker
    yield "occasion", quote.occasion or ""
    yield "date", str(quote.date or "")


def _of_evidence(evidence: Evidence, opened: OpenLibrary) -> Iterator[Line]:
    yield "topics", ", ".join(evidence.topics)
    yield "weight", str(evidence.weight)
    yield "expires", str(evidence.expires or "")
    yield "marking", opened.library.marking_of(evidence).label
    yield from evidence.translations.items()
    yield "note", evidence.note or ""
    for number, passage in enumerate(evidence.passages):
        place = opened.verification.place(evidence.id, number)
        basis = f"found in the {place.basis}, at {place.span.start}" if place else "not verified"
        yield "passage", f"“{passage.exact}” ({passage.source}, {basis})"


def _of_source(source: Source, opened: OpenLibrary) -> Iterator[Line]:
    for label in ("title", "publisher", "author", "issued", "accessed", "url", "type", "language", "text", "note"):
        yield label, str(getattr(source, label) or "")
    yield "marking", source.marking.label
    yield "SHA-256", opened.verification.sources.get(source.id, "")
    for evidence in opened.library.all_evidence():
        if source.id in (passage.source for passage in evidence.passages):
            yield "evidence", evidence.id


def _of_person(person: Person, opened: OpenLibrary) -> Iterator[Line]:
    yield "name", person.name
    yield "native name", person.native_name or ""
    yield "role", person.role or ""
    yield "also called", ", ".join(person.aliases)
    for quote in opened.library.quotes.values():
        if quote.speaker == person.id:
            yield "quotation", quote.id


def _stated(quantity: Quantity) -> str:
    """A quantity as evidence files write it."""
    from briefgen.checks.values import describe

    return describe(quantity)
