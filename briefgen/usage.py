"""Around evidence: which templates print it, which facts rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date

from briefgen.build import OpenLibrary, fill_template
from briefgen.document import Block, CiteRef, EvidenceRef, walk
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.evidence import Fact
from briefgen.reader import read
from briefgen.requests import Request, choose
from briefgen.templates import load_template
from briefgen.workspace import Workspace


def find_uses(workspace: Workspace, opened: OpenLibrary, as_of: date) -> Mapping[str, tuple[Location, ...]]:
    """Id of evidence or a source → every place in a template that prints or cites it.

    A template that cannot be made is passed over: `check` says what is wrong with it.
    """
    found: dict[str, dict[Location, None]] = {}
    for path in workspace.template_files().values():
        problems: list[Problem] = []
        template = load_template(path, problems)
        if template is None:
            continue
        for language in dict.fromkeys((template.language, *workspace.translations(path))):
            with suppress(BriefgenError):
                request = Request(template, as_of, language=language)
                filled = fill_template(request, choose(request, workspace), workspace, opened.library)
                document = read(filled, problems)
                for id, place in _uses(document.blocks if document else ()):
                    found.setdefault(id, {})[place or Location(path)] = None
    return {id: tuple(sorted(places)) for id, places in found.items()}


def _uses(blocks: Iterable[Block]) -> Iterator[tuple[str, Location | None]]:
    for node in walk(tuple(blocks)):
        match node:
            case EvidenceRef(evidence=id, location=place):
                yield id, place
            case CiteRef(ids=ids, location=place):
                for id in ids:
                    yield id, place
            case _:
                pass


def derived_from(id: str, opened: OpenLibrary) -> tuple[Fact, ...]:
    """The facts that are calculated from the fact of this id."""
    facts = opened.library.facts.values()
    return tuple(fact for fact in facts if fact.derivation and id in fact.derivation.inputs.values())
