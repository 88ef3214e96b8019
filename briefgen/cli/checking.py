"""`briefgen check`: the library and the documents, without writing anything."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.printing import listed, print_json, print_problems, print_table, problem_as_json, shown
from briefgen.cli.session import Session
from briefgen.errors import (
    BriefgenError,
    Location,
    Problem,
    Severity,
    Silenced,
    UsageError,
    errors_in,
    format_problem,
)
from briefgen.slots import did_you_mean
from briefgen.templates import TemplateSpec, load_template

if TYPE_CHECKING:
    from briefgen.build import OpenLibrary


def check(
    session: Session,
    names: Annotated[list[str] | None, typer.Argument(metavar="[TEMPLATE]...", help="Which; all unless given.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Give advice in full, and name what `allow` silences.")
    ] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a problem's code means, and what to do.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> int:
    """Check the library, every template and theme, and say all that is wrong.

    Evidence is verified against its sources' texts where they are at hand, and against seeds/evidence.lock where not.
    Each document is made up to its last line, as for today, and not written. What `allow` silences is counted, and
    named with --verbose.
    """
    if explain is not None:
        return _explain(explain)
    from briefgen.build import open_library
    from briefgen.mailing import check_idle_words

    paths = session.workspace.template_files()
    for name in names or ():
        if name not in paths:
            hints = (*did_you_mean(name, list(paths)), "`briefgen list` names the templates")
            raise UsageError(Problem("unknown-template", f"there is no template {name!r}", hints=hints))
    opened = open_library(session.workspace, session.today)
    found = list(opened.problems)
    silenced = list(opened.silenced)
    audiences: set[str] = set()
    usable = not errors_in(found)
    chosen = tuple(dict.fromkeys(names)) if names else tuple(paths)
    for name in chosen:
        problems: list[Problem] = []
        template = load_template(paths[name], problems)
        if template is not None and usable:  # on a broken library every template would only repeat its problems
            problems += _document_problems(template, session, opened, silenced, audiences)
        found += problems
    if not names:
        found += _theme_problems(session)
    if not names and usable:
        found += check_idle_words(audiences, session.workspace, opened, session.today)
    found = list(dict.fromkeys(found))
    strict = strict or session.workspace.settings.strict
    failed = any(p.severity is Severity.ERROR or (strict and p.severity is Severity.WARNING) for p in found)
    silenced = list(dict.fromkeys(silenced))
    if as_json:
        print_json(
            {
                "problems": [problem_as_json(problem, session.here) for problem in found],
                "silenced": [_silenced_as_json(one, session.here) for one in silenced],
                "summary": _summary(opened, len(chosen), found),
            }
        )
    else:
        print_problems(found, session.here, brief_advice=not verbose)
        if verbose:
            _print_silenced(silenced, session.here)
        print_table(_table(opened, len(chosen), found, silenced), indent="")
        if not usable:
            print("no document was made: the library has errors")
        if found:
            print("`briefgen check --explain CODE` says what a code means and what to do")
    return 1 if failed else 0


def _theme_problems(session: Session) -> list[Problem]:
    """What is wrong with themes, also those that no template names."""
    from briefgen.themes import load_theme

    problems: list[Problem] = []
    folders = [folder / "themes" for folder in session.workspace.templates]
    for path in session.workspace.named("themes", (".yaml", ".yml")).values():
        load_theme(path, problems, folders)
    return problems


def _summary(opened: OpenLibrary, templates: int, found: Sequence[Problem]) -> dict[str, object]:
    library, verification = opened.library, opened.verification
    bases = {f"verified_against_{basis}": count for basis, count in verification.counts().items()}
    severities = Counter(problem.severity for problem in found)
    return {
        "sources": len(library.sources),
        "people": len(library.people),
        "facts": len(library.facts),
        "quotes": len(library.quotes),
        "passages": sum(len(evidence.passages) for evidence in library.all_evidence()),
        **bases,
        "templates": templates,
        "verified": verification.basis,
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "advice": severities[Severity.ADVICE],
        "codes": dict(sorted(Counter(problem.code for problem in found).items())),
    }


def _table(
    opened: OpenLibrary, templates: int, found: Sequence[Problem], silenced: Sequence[Silenced]
) -> list[tuple[str, str, str]]:
    """What there is, what was verified against what, and what is wrong, by code."""
    summary = _summary(opened, templates, found)
    bases = [f"{count:,} against the {basis}" for basis, count in opened.verification.counts().items() if count]
    unverified = int(str(summary["passages"])) - len(opened.verification.passages)
    bases += [f"{unverified:,} not verified"] if unverified else []
    rows = [(name, f"{summary[name]:,}", "") for name in ("sources", "facts", "quotes")]
    rows.append(("passages", f"{summary['passages']:,}", f"verified: {listed(bases)}" if bases else ""))
    rows.append(("templates", f"{templates:,}", ""))
    for severity, name in ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings"), (Severity.ADVICE, "advice")):
        rows.append((name, f"{summary[name]:,}", _by_code(p for p in found if p.severity is severity)))
    rows.append(("silenced", f"{len(silenced):,}", _by_code(one.problem for one in silenced)))
    width = max(len(number) for _, number, _ in rows)
    return [(name, number.rjust(width), words) for name, number, words in rows]


def _by_code(problems: Iterable[Problem]) -> str:
    """`metric-disagrees 12, passage-long 2`: the most frequent first."""
    counts = Counter(problem.code for problem in problems)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{code} {count:,}" for code, count in ordered)


def _silenced_as_json(silenced: Silenced, here: Path) -> dict[str, object]:
    reason = {"reason": silenced.allowance.reason, "allowed_at": _at(silenced.allowance.location, here)}
    return problem_as_json(silenced.problem, here) | reason


def _print_silenced(silenced: Iterable[Silenced], here: Path) -> None:
    for one in silenced:
        first = format_problem(one.problem, here).split("\n", 1)[0]
        print(f"silenced: {first}", file=sys.stderr)
        print(f"  {_at(one.allowance.location, here)}: {one.allowance.reason}", file=sys.stderr)


def _at(location: Location, here: Path) -> str:
    return f"{shown(location.path, here)}:{location.line}"


def _explain(code: str) -> int:
    """Print what a code means, an example, and the remedy.

    Raises:
        UsageError: there is no such code.
    """
    from briefgen.explanations import EXPLANATIONS

    explanation = EXPLANATIONS.get(code)
    if explanation is None:
        hints = (*did_you_mean(code, list(EXPLANATIONS)), "seeds/README.md lists them all")
        raise UsageError(Problem("unknown-code", f"no problem has the code {code!r}", hints=hints))
    print(explanation.as_text())
    return 0


def _document_problems(
    template: TemplateSpec, session: Session, opened: OpenLibrary, silenced: list[Silenced], audiences: set[str]
) -> tuple[Problem, ...]:
    """What is wrong with the document that a template makes in each of its languages, and with the words of a message
    that would bring it; the library's problems apart.

    Args:
        silenced: what the template allows is appended.
        audiences: those whose words have been checked; they are added.
    """
    from briefgen.build import draft
    from briefgen.mailing import check_words
    from briefgen.requests import Request

    if lacking := [f"--{param.option}" for param in template.params if param.default is None]:
        message = f"{template.name} is not checked beyond its front matter: it needs {listed(lacking)}"
        hint = "give these params a default"
        return (Problem("template-not-made", message, Location(template.path), Severity.ADVICE, (hint,)),)
    found: list[Problem] = []
    for language in dict.fromkeys((template.language, *session.workspace.translations(template.path))):
        request = Request(template, session.today, language=language)
        try:
            made = draft(request, session.workspace, opened)
        except BriefgenError as error:
            found += [_not_installed(problem, template, language) for problem in error.problems]
            continue
        silenced += made.silenced
        found += (*made.problems, *check_words(made, request, session.workspace, opened))
        if made.chosen.audience:
            audiences.add(made.chosen.audience.name)
    return tuple(found)


def _not_installed(problem: Problem, template: TemplateSpec, language: str | None) -> Problem:
    """A font that a language needs may be missing where nobody writes that language: then its words are not checked."""
    if problem.code != "font-not-found" or language == template.language:
        return problem
    message = f"{template.name} is not checked in {language}: {problem.message}"
    return Problem("template-not-made", message, problem.location, Severity.ADVICE, problem.hints)
