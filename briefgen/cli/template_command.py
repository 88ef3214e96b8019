"""A command for every template: its params are its options."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, NamedTuple

import typer

from briefgen.cli.delivering import Delivery, available_formats, file_stem
from briefgen.cli.destination import destinations, format_of
from briefgen.cli.opening import show_with_its_program
from briefgen.cli.printing import listed
from briefgen.cli.session import Session
from briefgen.document import Status
from briefgen.errors import BriefgenError, Problem, UsageError
from briefgen.templates import Param, ParamType, TemplateSpec, load_template
from briefgen.writers import WRITERS

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
    yield _option("show", bool, False, "--open", help="Open it when it is built.")
    yield _option("manifest", bool, False, "--manifest", help="Write the manifest beside it: what it says of itself.")
    yield _option(
        "embed_fonts", bool | None, None, "--embed-fonts/--no-embed-fonts",
        help="Whether a Word file carries its fonts; without them it is smaller.",
    )  # fmt: skip
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
    embed_fonts: bool | None,
    strict: bool,
    verbose: bool,
    show: bool,
    **values: Any,
) -> int:
    from briefgen.build import build, open_library
    from briefgen.requests import Request

    asked = tuple(name for name in WRITERS if values[f"as_{name}"])
    if not asked and (format := format_of(output, list(WRITERS))):
        asked = (format,)
    formats = asked or available_formats(template)
    request = Request(
        template=template,
        as_of=read_day(as_of) if as_of else session.today,
        formats=formats,
        audience=audience,
        theme=theme,
        language=language,
        params={p.name: values[_argument(p)] for p in template.params if values[_argument(p)] is not None},
        fields={name: values[f"field_{name}"] for name in FIELDS if values[f"field_{name}"] is not None},
        status=status,
        embed_fonts=embed_fonts,
    )
    places = destinations(output, file_stem(template, language), formats, session.workspace, session.here)
    opened = open_library(session.workspace, request.as_of)
    built = build(request, session.workspace, opened)
    delivery = Delivery(session.here, strict or session.workspace.settings.strict, verbose, manifest)
    first, *_ = delivery.deliver(built, opened, places)
    if show:
        show_with_its_program(first, session.here)
    return 0


def read_day(text: str) -> date:
    """The day of `--as-of`.

    Raises:
        UsageError: it is none.
    """
    try:
        if len(text) != len("2026-11-21"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        message = f"--as-of: {text!r} is not a day of the calendar"
        raise UsageError(Problem("wrong-date", message, hints=("write it as 2026-11-21",))) from None
