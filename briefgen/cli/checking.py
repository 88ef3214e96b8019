"""`briefgen check`: the library and the documents, without writing anything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.printing import counted, listed, print_json, print_problems, problem_as_json, tally, verified
from briefgen.cli.session import Session
from briefgen.errors import BriefgenError, Location, Problem, Severity, UsageError, errors_in
from briefgen.slots import did_you_mean
from briefgen.templates import TemplateSpec, load_template

if TYPE_CHECKING:
    from briefgen.build import OpenLibrary


def check(
    session: Session,
    names: Annotated[list[str] | None, typer.Argument(metavar="[TEMPLATE]...", help="Which; all unless given.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> int:
    """Check the library and every template, and say all that is wrong.

    Evidence is verified against its sources' texts where they are at hand, and against seeds/evidence.lock where not.
    Each document is made up to its last line, as for today, and not written.
    """
    from briefgen.build import open_library

    paths = session.workspace.named("", (".md",))
    for name in names or ():
        if name not in paths:
            hints = (*did_you_mean(name, list(paths)), "`briefgen list` names the templates")
            raise UsageError(Problem("unknown-template", f"there is no template {name!r}", hints=hints))
    opened = open_library(session.workspace, session.today)
    found = list(opened.problems)
    usable = not errors_in(found)
    chosen = tuple(dict.fromkeys(names)) if names else tuple(paths)
    for name in chosen:
        problems: list[Problem] = []
        template = load_template(paths[name], problems)
        if template is not None and usable:  # on a broken library every template would only repeat its problems
            problems += _document_problems(template, session, opened)
        found += problems
    found = list(dict.fromkeys(found))
    strict = strict or session.workspace.settings.strict
    failed = any(p.severity is Severity.ERROR or (strict and p.severity is Severity.WARNING) for p in found)
    library = opened.library
    counts = {
        "sources": len(library.sources),
        "people": len(library.people),
        "facts": len(library.facts),
        "quotes": len(library.quotes),
        "templates": len(chosen),
    }
    if as_json:
        codes = dict(sorted(Counter(p.code for p in found).items()))
        summary = {**counts, "verified": opened.verification.basis, "codes": codes}
        print_json({"problems": [problem_as_json(p, session.here) for p in found], "summary": summary})
    else:
        print_problems(found, session.here)
        evidence = listed([counted(counts[kind], kind.removesuffix("s")) for kind in ("sources", "facts", "quotes")])
        unmade = "" if usable else " not made"
        basis = verified(opened.verification)
        print(f"{evidence}, {basis}; {counted(len(chosen), 'template')}{unmade}; {tally(found)}")
    return 1 if failed else 0


def _document_problems(template: TemplateSpec, session: Session, opened: OpenLibrary) -> tuple[Problem, ...]:
    """What is wrong with the document that a template makes, the library's own problems apart."""
    from briefgen.build import draft
    from briefgen.requests import Request

    if lacking := [f"--{param.option}" for param in template.params if param.default is None]:
        message = f"{template.name} is not checked beyond its front matter: it needs {listed(lacking)}"
        hint = "give these params a default"
        return (Problem("template-not-made", message, Location(template.path), Severity.ADVICE, (hint,)),)
    try:
        return draft(Request(template, as_of=session.today), session.workspace, opened).problems
    except BriefgenError as error:
        return error.problems
