"""`briefgen show`: one fact, quotation, source or person, with all that is known of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.cli.printing import listed, print_json, print_problems, print_table, problem_as_json, shown
from briefgen.cli.session import Session
from briefgen.errors import Location, Problem, UsageError
from briefgen.evidence import Evidence, Fact, Person, Quantity, Quote, Source
from briefgen.slots import did_you_mean

if TYPE_CHECKING:
    from briefgen.build import OpenLibrary
    from briefgen.lock import Texts

Tree = dict[str, Any]
"""Plain values by name, as JSON has them; those that are empty are not printed."""


def show(
    session: Session,
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a fact, a quotation, a source or a person.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> int:
    """Show one piece of the library: what it says and where that stands, what agrees and differs, and where it is used.

    With the source's text at hand a passage is shown in its context.
    """
    from briefgen.build import open_library
    from briefgen.lock import Texts
    from briefgen.usage import find_uses

    opened = open_library(session.workspace, session.today)
    library = opened.library
    found = library.evidence(id) or library.sources.get(id) or library.people.get(id)
    if found is None:
        known = [*library.facts, *library.quotes, *library.sources, *library.people]
        hints = did_you_mean(id, known) or ("`briefgen check` says what could not be read",)
        raise UsageError(Problem("unknown-id", f"the library has no {id!r}", hints=hints))
    tree = _tree(found, opened, Texts(session.workspace.texts))
    uses = [_place(use, session) for use in find_uses(session.workspace, opened, session.today).get(id, ())]
    problems = [problem for problem in opened.problems if problem.subject == id]
    if as_json:
        reported = [problem_as_json(problem, session.here) for problem in problems]
        print_json({"id": id, **_place(found.location, session), **tree, "used_in": uses, "problems": reported})
        return 0
    print(f"{id}  {tree.pop('kind')}  {_joined(_place(found.location, session))}")
    unused = ["no template"] if isinstance(found, Fact | Quote) else []
    print_table(list(_lines({**tree, "used_in": [_joined(use) for use in uses] or unused})))
    print_problems(problems, session.here)
    return 0


# ---- as a tree -------------------------------------------------------------------------------------------


def _tree(found: Evidence | Source | Person, opened: OpenLibrary, texts: Texts) -> Tree:
    match found:
        case Fact():
            return {**_fact(found, opened), **_evidence(found, opened, texts), **_companions(found, opened)}
        case Quote():
            return {**_quote(found, opened), **_evidence(found, opened, texts)}
        case Source():
            return _source(found, opened)
        case Person():
            return _person(found, opened)


def _fact(fact: Fact, opened: OpenLibrary) -> Tree:
    from briefgen.usage import derived_from

    tree: Tree = {
        "kind": f"fact ({fact.kind})",
        "claim": fact.claim,
        "values": {name: _stated(quantity) for name, quantity in fact.values.items()},
        "metric": fact.metric,
        "as_of": _written(fact.as_of),
        "date": _written(fact.date),
        "place": fact.place,
        "caveat": fact.caveat,
    }
    if fact.derivation:
        tree["formula"] = fact.derivation.formula
        tree["inputs"] = dict(fact.derivation.inputs)
    tree["used_by"] = [derived.id for derived in derived_from(fact.id, opened)]
    return tree


def _quote(quote: Quote, opened: OpenLibrary) -> Tree:
    speaker = opened.library.people.get(quote.speaker)
    return {
        "kind": "quotation",
        "text": quote.text,
        "speaker": quote.speaker,
        "name": speaker.name if speaker else None,
        "role": speaker.role if speaker else None,
        "occasion": quote.occasion,
        "date": _written(quote.date),
    }


def _companions(fact: Fact, opened: OpenLibrary) -> Tree:
    """The facts of its metric: what bears it out, what contradicts it, and what is of another time or place."""
    from briefgen.disagreement import Relation, companions
    from briefgen.notation import claim_in_words

    names = {Relation.AGREES: "agrees_with", Relation.DIFFERS: "differs_from", Relation.APART: "same_metric"}
    tree: Tree = {name: [] for name in names.values()}
    for companion in companions(fact, opened.library):
        other = companion.fact
        entry = {
            "id": other.id,
            "claim": claim_in_words(other),
            "as_of": _written(other.date if other.as_of is None else other.as_of),
            "sources": list(opened.library.sources_of(other)),
        }
        if companion.relation is Relation.DIFFERS:
            entry["differences"] = [difference.value for difference in companion.differences]
        tree[names[companion.relation]].append(entry)
    return tree


def _evidence(evidence: Evidence, opened: OpenLibrary, texts: Texts) -> Tree:
    return {
        "translations": dict(evidence.translations),
        "note": evidence.note,
        "dating": evidence.dating,
        "topics": list(evidence.topics),
        "weight": evidence.weight,
        "expires": _written(evidence.expires),
        "marking": opened.library.marking_of(evidence).label,
        "passages": list(_passages(evidence, opened, texts)),
    }


def _passages(evidence: Evidence, opened: OpenLibrary, texts: Texts) -> Iterator[Tree]:
    from briefgen.context import in_context

    for number, passage in enumerate(evidence.passages):
        place = opened.verification.place(evidence.id, number)
        source = opened.library.sources.get(passage.source)
        text = texts.of(source, []) if source else None  # what is wrong with a text has been said
        context = in_context(text.raw, place.span) if text and place else None
        yield {
            "source": passage.source,
            "exact": passage.exact,
            "verified": place.basis.value if place else None,
            "start": place.span.start if place else None,
            "end": place.span.end if place else None,
            "context": {"before": context.before, "words": context.words, "after": context.after} if context else None,
        }


def _source(source: Source, opened: OpenLibrary) -> Tree:
    names = ("title", "publisher", "author", "issued", "accessed", "url", "type", "language", "text", "note")
    return {
        "kind": "source",
        **{name: _written(getattr(source, name)) for name in names},
        "marking": source.marking.label,
        "sha256": opened.verification.sources.get(source.id),
        "evidence": [one.id for one in opened.library.all_evidence() if source.id in (p.source for p in one.passages)],
    }


def _person(person: Person, opened: OpenLibrary) -> Tree:
    return {
        "kind": "person",
        "name": person.name,
        "native_name": person.native_name,
        "role": person.role,
        "aliases": list(person.aliases),
        "quotes": [quote.id for quote in opened.library.quotes.values() if quote.speaker == person.id],
    }


def _place(location: Location, session: Session) -> Tree:
    return {"path": shown(location.path, session.here), "line": location.line, "column": location.column}


def _written(value: object) -> str | None:
    return None if value is None else str(value)


def _stated(quantity: Quantity) -> str:
    """A quantity as evidence files write it."""
    from briefgen.checks.values import describe

    return describe(quantity)


# ---- as text ---------------------------------------------------------------------------------------------


def _lines(tree: Tree) -> Iterator[tuple[str, str]]:
    """A label and what stands behind it; several lines of one label name it once."""
    for name, value in tree.items():
        for number, words in enumerate(_words(value)):
            yield (name.replace("_", " ") if number == 0 else "", words)


def _words(value: object) -> Sequence[str]:
    match value:
        case None:
            return ()
        case list():
            return [line for part in value for line in (_part(part) if isinstance(part, dict) else (str(part),))]
        case dict():
            return [words if name == "value" else f"{name}: {words}" for name, words in value.items()]
        case _:
            return [str(value)]


def _part(part: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a passage, or of another fact of the metric."""
    if "exact" not in part:
        differences = f"; differs in {listed(part['differences'])}" if "differences" in part else ""
        about = ", ".join(filter(None, [*part["sources"], part["as_of"] or "no date"]))
        yield f"{part['id']}  {part['claim']} ({about}{differences})"
        return
    basis = "not verified"
    if part["verified"]:
        basis = f"verified against the {part['verified']}, characters {part['start']}–{part['end']}"
    yield f"“{part['exact']}” {part['source']}, {basis}"
    if context := part["context"]:
        yield f"  {context['before']}{_marked(context['words'])}{context['after']}"


def _marked(words: str) -> str:
    """Words that stand out: bold on a terminal, in marks elsewhere."""
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb":
        return f"\x1b[1m{words}\x1b[0m"
    return f"‹{words}›"


def _joined(place: Mapping[str, Any]) -> str:
    return ":".join(str(part) for part in place.values() if part is not None)
