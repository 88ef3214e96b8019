"""A command for every template: its params are its options."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from briefgen.cli.delivering import Delivery, available_formats, file_stem
from briefgen.cli.destination import destinations, format_of
from briefgen.cli.opening import show_with_its_program
from briefgen.cli.printing import listed
from briefgen.cli.session import Session
from briefgen.document import Status
from briefgen.errors import BriefgenError, Problem, UsageError
from briefgen.templates import Param, ParamType, TemplateSpec, load_template
from briefgen.writers import REVIEW, WRITERS

if TYPE_CHECKING:
    from briefgen.requests import Request, Reviewer

LONGEST_AUTHOR = 255
"""Characters of the name of a comment's author, as many as Word keeps."""

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?", re.ASCII)

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
            parameters = (*document_options(session, template), *_output_options())
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


def option(name: str, annotation: object, default: object, *flags: str, **settings: Any) -> inspect.Parameter:
    """An option of a command, as a parameter of its function; the settings are those of `typer.Option`."""
    annotated = Annotated[annotation, typer.Option(*flags, **settings)]  # type: ignore[valid-type]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotated)


def _option_of(param: Param) -> inspect.Parameter:
    """A template's param as an option. Values are read by the template, which knows their types best."""
    name, flag = _argument(param), f"--{param.option}"
    if param.type is ParamType.YES_OR_NO:
        return option(name, bool | None, None, f"{flag}/--no-{param.option}", help=_help(param))
    metavar = "|".join(param.choices) or {ParamType.TEXT: "TEXT"}.get(param.type, param.type.value.upper())
    complete = {"autocompletion": lambda: list(param.choices)} if param.choices else {}
    return option(name, str | None, None, flag, metavar=metavar, help=_help(param), **complete)


def _help(param: Param) -> str:
    default = param.default
    if isinstance(default, bool):
        default = "yes" if default else "no"
    note = "required" if default is None else f"default: {default}"
    return f"{param.help}  [{note}]".strip()


def _argument(param: Param) -> str:
    return f"param_{param.name}"


def document_options(
    session: Session, template: TemplateSpec, flags: Mapping[str, str] | None = None
) -> Iterator[inspect.Parameter]:
    """The options that say what document is made, wherever one is made.

    Args:
        flags: field → its option, where that is not simply named after it.
    """
    named = session.workspace.named
    languages = template.languages(session.workspace.translations(template.path))
    yield from map(_option_of, template.params)
    for name in WRITERS:
        yield option(f"as_{name}", bool, False, f"--{name}", help=f"Build a .{name} file.")
    yield option(
        "audience", str | None, None, "--audience", metavar="NAME", help="For whom.",
        autocompletion=lambda: list(named("audiences", (".yaml", ".yml"))),
    )  # fmt: skip
    yield option(
        "theme", str | None, None, "--theme", metavar="NAME", help="How it looks.",
        autocompletion=lambda: list(named("themes", (".yaml", ".yml"))),
    )  # fmt: skip
    yield option(
        "language", str | None, None, "--language", metavar="TAG",
        help=f"Its language. This template has words in {listed(languages)}.",
        autocompletion=lambda: list(languages),
    )  # fmt: skip
    yield option(
        "as_of", str | None, None, "--as-of", metavar="DATE", help="The day it is of, as 2026-11-21.  [default: today]"
    )
    for name, help in FIELDS.items():
        flag = (flags or {}).get(name, f"--{name.replace('_', '-')}")
        yield option(f"field_{name}", str | None, None, flag, metavar="TEXT", help=help)
    yield option("status", Status | None, None, "--status", help="Whether it is marked as a draft.")
    yield option(
        "embed_fonts", bool | None, None, "--embed-fonts/--no-embed-fonts",
        help="Whether a Word file carries its fonts; without them it is smaller.",
    )  # fmt: skip


def _output_options() -> Iterator[inspect.Parameter]:
    yield option(
        "output", str | None, None, "-o", "--output", metavar="PATH", help="A file of the one format, or a folder."
    )
    yield option("show", bool, False, "--open", help="Open it when it is built.")
    yield option("manifest", bool, False, "--manifest", help="Write the manifest beside it: what it says of itself.")
    yield option(
        "review", bool, False, "--review",
        help="Make a review copy: a Word file with a comment at each piece of evidence, for internal use.",
    )  # fmt: skip
    yield option(
        "review_author", str | None, None, "--review-author", metavar="NAME",
        help="Whose comments they are.  [default: `from` of briefgen.yaml, or briefgen]",
    )  # fmt: skip
    yield option(
        "review_date", str | None, None, "--review-date", metavar="TIME",
        help="Of when they are, as 2026-11-21 or 2026-11-21T09:30.  [default: the day of --as-of]",
    )  # fmt: skip
    yield option("strict", bool, False, "--strict", help="Take warnings for errors.")
    yield option("verbose", bool, False, "--verbose", "-v", help="Name what was left out, and every warning.")


# ---- building --------------------------------------------------------------------------------------------


def asked_formats(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The formats that options ask for."""
    return tuple(name for name in WRITERS if values[f"as_{name}"])


def requested(session: Session, template: TemplateSpec, formats: tuple[str, ...], values: Mapping[str, Any]) -> Request:
    """The document that the options of `document_options` ask for.

    Args:
        values: of those options, by their arguments' names.
    """
    from briefgen.requests import Request

    return Request(
        template=template,
        as_of=read_day(values["as_of"]) if values["as_of"] else session.today,
        formats=formats,
        audience=values["audience"],
        theme=values["theme"],
        language=values["language"],
        params={p.name: values[_argument(p)] for p in template.params if values[_argument(p)] is not None},
        fields={name: values[f"field_{name}"] for name in FIELDS if values[f"field_{name}"] is not None},
        status=values["status"],
        embed_fonts=values["embed_fonts"],
    )


def _build(
    session: Session,
    template: TemplateSpec,
    *,
    output: str | None,
    manifest: bool,
    review: bool,
    review_author: str | None,
    review_date: str | None,
    strict: bool,
    verbose: bool,
    show: bool,
    **values: Any,
) -> int:
    from briefgen.build import build, open_library

    asked = asked_formats(values)
    if not asked and (format := format_of(output, list(WRITERS))) and not (review and format == "docx"):
        asked = (format,)
    formats = asked or (() if review else available_formats(template))
    request = requested(session, template, formats, values)
    request = replace(request, review=_reviewer(review, review_author, review_date, request.as_of, session))
    all_formats = (*formats, REVIEW) if review else formats
    places = destinations(output, file_stem(template, request.language), all_formats, session.workspace, session.here)
    opened = open_library(session.workspace, request.as_of)
    built = build(request, session.workspace, opened)
    delivery = Delivery(session.here, strict or session.workspace.settings.strict, verbose, manifest)
    first, *_ = delivery.deliver(built, opened, places)
    if show:
        show_with_its_program(first, session.here)
    return 0


def _reviewer(asked: bool, author: str | None, when: str | None, day: date, session: Session) -> Reviewer | None:
    """Whose comments a review copy has.

    Raises:
        UsageError: an option is wrong, or given where no review copy is asked for.
    """
    from briefgen.requests import Reviewer

    if not asked:
        if author is not None or when is not None:
            message = "--review-author and --review-date say something of a review copy, and none is asked for"
            raise UsageError(Problem("wrong-review", message, hints=("add --review",)))
        return None
    name = author if author is not None else session.workspace.settings.sender or "briefgen"
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_AUTHOR:
        message = f"--review-author: {name!r} is no name that a comment can have"
        hint = f"write a name of one to {LONGEST_AUTHOR} characters, on one line"
        raise UsageError(Problem("wrong-review", message, hints=(hint,)))
    return Reviewer(name.strip(), read_time(when) if when is not None else datetime.combine(day, time.min))


def read_time(text: str) -> datetime:
    """The time of `--review-date`.

    Raises:
        UsageError: it is none.
    """
    try:
        if not _TIME.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text)
    except ValueError:
        message = f"--review-date: {text!r} is no day of the calendar, nor a time of one"
        hint = "write it as 2026-11-21 or 2026-11-21T09:30"
        raise UsageError(Problem("wrong-date", message, hints=(hint,))) from None


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
