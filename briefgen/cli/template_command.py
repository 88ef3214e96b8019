"""A command for every template: its params are its options."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from briefgen.cli.destination import destinations, format_of
from briefgen.cli.printing import counted, listed, print_problems, shown, verified
from briefgen.cli.session import Session
from briefgen.document import Status
from briefgen.errors import BriefgenError, Problem, Severity, UsageError
from briefgen.templates import Param, ParamType, TemplateSpec, load_template
from briefgen.writers import WRITERS

if TYPE_CHECKING:
    from briefgen.build import Built, OpenLibrary
    from briefgen.document import Part

FIELDS = {
    "to": "Whom it is for, as printed.",
    "from": "Whom it is from, as printed.",
    "ref": "Its reference number or file mark.",
    "contact": "Whom a reader turns to.",
    "valid_until": "Until when it holds, as printed.",
}
"""Fields of a document that a template may give and a user may overrule."""


class TemplateCommand(NamedTuple):
    """What the program needs to know to offer a template; a broken one takes any option, to say what is wrong."""

    name: str
    run: Any
    parameters: tuple[inspect.Parameter, ...]
    help: str
    examples: tuple[str, ...]
    broken: bool = False


def template_commands(session: Session) -> Iterator[TemplateCommand]:
    """Every template of the workspace and the starter; a broken one is offered too, to say what is wrong with it."""
    for name, path in session.workspace.template_files().items():
        problems: list[Problem] = []
        template = load_template(path, problems)
        if template is None:
            help = f"(broken) {problems[0].message}"
            yield TemplateCommand(
                name, partial(_refuse, tuple(problems)), (), help, (f"briefgen check {name}",), broken=True
            )
        else:
            languages = template.languages(session.workspace.translations(path))
            parameters = (*map(_option_of, template.params), *_common_options(session, languages))
            examples = (
                f"briefgen {name}",
                f"briefgen {name} --pdf --docx -o folder/",
                f"briefgen {name} --docx --audience press --as-of 2026-11-21",
            )
            run = partial(_build, template=template)
            yield TemplateCommand(name, run, parameters, template.description or template.title, examples)


def _refuse(problems: tuple[Problem, ...], session: Session, **_: object) -> int:
    raise BriefgenError(problems)


# ---- options ---------------------------------------------------------------------------------------------


def _option(name: str, annotation: object, default: object, *flags: str, **settings: Any) -> inspect.Parameter:
    option = typer.Option(*flags, **settings)
    annotated = Annotated[annotation, option]  # type: ignore[valid-type]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotated)


def _option_of(param: Param) -> inspect.Parameter:
    """A template's param as an option. Values are read by the template, which knows their types best."""
    name, flag = _argument(param), f"--{param.option}"
    if param.type is ParamType.YES_OR_NO:
        return _option(name, bool | None, None, f"{flag}/--no-{param.option}", help=_help(param))
    metavar = "|".join(param.choices) or {ParamType.TEXT: "TEXT"}.get(param.type, param.type.value.upper())
    complete = {"autocompletion": lambda: list(param.choices)} if param.choices else {}
    return _option(name, str | None, None, flag, metavar=metavar, help=_help(param), **complete)


def _help(param: Param) -> str:
    default = param.default
    if isinstance(default, bool):
        default = "yes" if default else "no"
    note = "required" if default is None else f"default: {default}"
    return f"{param.help}  [{note}]".strip()


def _argument(param: Param) -> str:
    return f"param_{param.name}"


def _common_options(session: Session, languages: Sequence[str]) -> Iterator[inspect.Parameter]:
    named = session.workspace.named
    for name in WRITERS:
        yield _option(f"as_{name}", bool, False, f"--{name}", help=f"Build a .{name} file.")
    yield _option(
        "output", str | None, None, "-o", "--output", metavar="PATH", help="A file of the one format, or a folder."
    )
    yield _option(
        "audience", str | None, None, "--audience", metavar="NAME", help="For whom.",
        autocompletion=lambda: list(named("audiences", (".yaml", ".yml"))),
    )  # fmt: skip
    yield _option(
        "theme", str | None, None, "--theme", metavar="NAME", help="How it looks.",
        autocompletion=lambda: list(named("themes", (".yaml", ".yml"))),
    )  # fmt: skip
    yield _option(
        "language", str | None, None, "--language", metavar="TAG",
        help=f"Its language. This template has words in {listed(languages)}.",
        autocompletion=lambda: list(languages),
    )  # fmt: skip
    yield _option(
        "as_of", str | None, None, "--as-of", metavar="DATE", help="The day it is of, as 2026-11-21.  [default: today]"
    )
    for name, help in FIELDS.items():
        yield _option(f"field_{name}", str | None, None, f"--{name.replace('_', '-')}", metavar="TEXT", help=help)
    yield _option("status", Status | None, None, "--status", help="Whether it is marked as a draft.")
    yield _option("manifest", bool, False, "--manifest", help="Write the manifest beside it: what it says of itself.")
    yield _option("strict", bool, False, "--strict", help="Take warnings for errors.")
    yield _option("verbose", bool, False, "--verbose", "-v", help="Name what was left out, and every warning.")


# ---- building --------------------------------------------------------------------------------------------


def _build(
    session: Session,
    template: TemplateSpec,
    *,
    output: str | None,
    audience: str | None,
    theme: str | None,
    language: str | None,
    as_of: str | None,
    status: Status | None,
    manifest: bool,
    strict: bool,
    verbose: bool,
    **values: Any,
) -> int:
    from briefgen.build import build, open_library, save
    from briefgen.requests import Request

    asked = tuple(name for name in WRITERS if values[f"as_{name}"])
    if not asked and (format := format_of(output, list(WRITERS))):
        asked = (format,)
    formats = asked or _available(template)
    request = Request(
        template=template,
        as_of=_day(as_of) if as_of else session.today,
        formats=formats,
        audience=audience,
        theme=theme,
        language=language,
        params={p.name: values[_argument(p)] for p in template.params if values[_argument(p)] is not None},
        fields={name: values[f"field_{name}"] for name in FIELDS if values[f"field_{name}"] is not None},
        status=status,
    )
    name = f"{template.name}.{language}" if language else template.name
    places = destinations(output, name, formats, session.workspace, session.here)
    opened = open_library(session.workspace, request.as_of)
    built = build(request, session.workspace, opened)
    concerning = _about_its_evidence(built, opened)
    failing = strict or session.workspace.settings.strict
    shown_in_full = [problem for problem in concerning if verbose or failing or not problem.related]
    ours = [problem if verbose else _in_short(problem) for problem in built.draft.problems]
    print_problems(dict.fromkeys([*shown_in_full, *ours]), session.here)
    warnings = sum(p.severity is Severity.WARNING for p in dict.fromkeys([*concerning, *built.draft.problems]))
    if warnings and failing:
        message = f"{counted(warnings, 'warning')}, and --strict takes warnings for errors; nothing was written"
        raise BriefgenError(Problem("strict", message))
    files = {places[format]: contents for format, contents in built.files.items()}
    if manifest:
        first = places[formats[0]]
        files[first.with_name(f"{first.stem}.manifest.json")] = built.manifest
    save(files)
    summary = _summary(built, opened)
    for path in files:
        print(f"{shown(path, session.here)}  {summary}")
    if verbose:
        for part in built.draft.fitted.left_out:
            print(f"  left out: {_described(part)}")
    return 0


def _in_short(problem: Problem) -> Problem:
    """A document's problem without the list of all that it concerns."""
    return replace(problem, related=(), hints=("--verbose names them", *problem.hints)) if problem.related else problem


def _available(template: TemplateSpec) -> tuple[str, ...]:
    """The formats of a template's own that there is a writer for."""
    if missing := [name for name in template.formats if name not in WRITERS]:
        hint = f"ask for one with {', '.join(f'--{name}' for name in WRITERS)}"
        message = f"{listed(missing)} cannot be written by this version of briefgen"
        raise BriefgenError(Problem("unknown-format", message, template.locations.get("formats"), hints=(hint,)))
    return template.formats


def _day(text: str) -> date:
    try:
        if len(text) != len("2026-11-21"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        message = f"--as-of: {text!r} is not a day of the calendar"
        raise UsageError(Problem("wrong-date", message, hints=("write it as 2026-11-21",))) from None


def _about_its_evidence(built: Built, opened: OpenLibrary) -> tuple[Problem, ...]:
    """The library's warnings that concern what this document prints; advice is for curators, and `check` gives it."""
    used = {*built.used, *built.sources, None}
    return tuple(
        problem
        for problem in opened.problems
        if problem.severity is not Severity.ADVICE
        and not used.isdisjoint((problem.subject, *(related.subject for related in problem.related)))
    )


def _summary(built: Built, opened: OpenLibrary) -> str:
    """`1 page, 21 facts and 2 quotes from 5 sources, verified against the lock; 2 optional parts left out (…)`."""
    quotes = sum(id in opened.library.quotes for id in built.used)
    facts = len(built.used) - quotes
    evidence = [counted(facts, "fact")] if facts or not quotes else []
    evidence += [counted(quotes, "quote")] if quotes else []
    pages = counted(len(built.draft.fitted.layout.pages), "page")
    sources = counted(len(built.sources), "source")
    summary = f"{pages}, {listed(evidence)} from {sources}, {verified(opened.verification)}"
    left_out = built.draft.fitted.left_out
    unnamed = [counted(len(left_out), "optional part") + " left out"] if left_out else []
    disagreements = sum(bool(problem.related) for problem in _about_its_evidence(built, opened))
    unnamed += [counted(disagreements, "warning") + " about how its sources compare"] if disagreements else []
    if unnamed:
        summary += f"; {listed(unnamed)} (--verbose names them)"
    return summary


def _described(part: Part) -> str:
    evidence = part.optional.evidence if part.optional else ()
    place = f"{part.location.path.name}:{part.location.line}" if part.location else ""
    return "  ".join(words for words in (", ".join(evidence), place) if words)
