"""Where evidence is used: which templates print it, or rest on it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from briefgen.build import OpenLibrary, fill_template
from briefgen.document import CiteRef, EvidenceRef, walk
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
    for path in workspace.named("", (".md",)).values():
        problems: list[Problem] = []
        template = load_template(path, problems)
        if template is None:
            continue
        with suppress(BriefgenError):
            request = Request(template, as_of)
            filled = fill_template(request, choose(request, workspace), workspace, opened.library)
            document = read(filled, problems)
            for node in walk(document.blocks if document else ()):
                match node:
                    case EvidenceRef(evidence=id, location=place):
                        found.setdefault(id, {})[place or Location(path)] = None
                    case CiteRef(ids=ids, location=place):
                        for id in ids:
                            found.setdefault(id, {})[place or Location(path)] = None
                    case _:
                        pass
    return {id: tuple(sorted(places)) for id, places in found.items()}


def derived_from(id: str, opened: OpenLibrary) -> tuple[Fact, ...]:
    """The facts that are calculated from the fact of this id."""
    facts = opened.library.facts.values()
    return tuple(fact for fact in facts if fact.derivation and id in fact.derivation.inputs.values())
