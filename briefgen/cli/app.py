"""The commands: briefgen's own, and one for every template."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from briefgen import __version__
from briefgen.cli.adding import add_fact, add_quote, add_source
from briefgen.cli.building_all import all_
from briefgen.cli.checking import check
from briefgen.cli.finding import find
from briefgen.cli.listing import list_
from briefgen.cli.locking import lock
from briefgen.cli.mailing import ABOUT as ABOUT_EMAIL
from briefgen.cli.mailing import EXAMPLES as EMAIL_EXAMPLES
from briefgen.cli.mailing import email_commands, email_files, group_options
from briefgen.cli.schema import schema
from briefgen.cli.session import Session
from briefgen.cli.showing import show
from briefgen.cli.starting import init, new
from briefgen.cli.template_command import template_commands
from briefgen.errors import Problem, UsageError
from briefgen.slots import did_you_mean

_ABOUT = "One-page briefs, memos and dossiers, as PDF and Word, from a library of facts that can prove themselves."
_EXAMPLES = (
    "briefgen list",
    "briefgen investor --pdf --docx",
    "briefgen investor --pdf --audience press -o ~/brief.pdf",
    "briefgen check",
)

Run = Callable[..., int]
"""A command: a session and its own options in, the exit status out."""

_BUILT_IN: tuple[tuple[str, Run, tuple[str, ...]], ...] = (  # their docstrings are their help
    ("all", all_, ("briefgen all", "briefgen all --theme chamber -o for-the-fair/")),
    ("list", list_, ("briefgen list", "briefgen list --json")),
    (
        "check",
        check,
        ("briefgen check", "briefgen check investor dossier --strict", "briefgen check --explain passage-not-found"),
    ),
    ("show", show, ("briefgen show trade-2024", "briefgen show nhandan-2025-08-15 --json")),
    ("find", find, ("briefgen find trade 2024", "briefgen find samsung --kind fact", "briefgen find --topic energy")),
    ("schema", schema, ("briefgen schema -o seeds/schema.json",)),
    ("lock", lock, ("briefgen lock", "BRIEFGEN_TEXTS=~/articles briefgen lock")),
    ("init", init, ("briefgen init my-desk",)),
    ("new", new, ("briefgen new press-brief --from investor",)),
)

_ADD: tuple[tuple[str, Run, tuple[str, ...]], ...] = (
    (
        "source",
        add_source,
        (
            'briefgen add source report.pdf --title "Trade in 2025" --publisher "Ministry of Trade" --issued 2026-01',
            "briefgen add source page.html --url https://example.org/page --language vi --dry-run",
        ),
    ),
    (
        "fact",
        add_fact,
        (
            "briefgen add fact ministry-trade 'trade reached $86.7 billion in 2024' --metric trade --topics trade",
            'briefgen add fact ministry-trade "about 12,000 people" --claim "The port employs {value} people."',
        ),
    ),
    (
        "quote",
        add_quote,
        ('briefgen add quote ministry-trade "We are open for business" --speaker jane-doe --topics trade',),
    ),
)
_ABOUT_ADD = "Add a source with its text, or a fact or quotation by its words in the text."

_WORKSPACE = inspect.Parameter(
    "workspace",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        str | None,
        typer.Option(
            "--workspace",
            metavar="DIR",
            help="The workspace to work in; otherwise the first folder upwards that has seeds/.  "
            "[env var: BRIEFGEN_WORKSPACE]",
        ),
    ],
)
"""Every command takes it; `main` has read it before the commands were known."""


class _Commands(TyperGroup):
    """The group of all commands, which says what was meant when a name is not among them."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing and not cmd_name.startswith("-"):
            hints = (*did_you_mean(cmd_name, list(self.commands)), "`briefgen list` names the templates")
            message = f"there is no command or template {cmd_name!r}"
            raise UsageError(Problem("unknown-command", message, hints=hints))
        return found


def make_app(session: Session, arguments: Sequence[str]) -> typer.Typer:
    """The program for one call: which commands there are depends on the workspace's templates.

    Args:
        arguments: of the call; a group whose name is not among them is left empty, as nobody will look into it.
    """
    app = typer.Typer(
        cls=_Commands,
        help=_with_examples(_ABOUT, _EXAMPLES),
        no_args_is_help=True,
        rich_markup_mode=None,  # the plain form needs no further import
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    app.callback()(_top)
    for name, run, parameters, help, examples, broken in template_commands(session):
        lenient = {"ignore_unknown_options": True, "allow_extra_args": True} if broken else {}
        call = _callable(run, parameters, session)
        app.command(name, help=_with_examples(help, examples), context_settings=lenient)(call)
    for name, run, examples in _BUILT_IN:
        parameters = tuple(inspect.signature(run, eval_str=True).parameters.values())[1:]
        help = _with_examples(inspect.getdoc(run) or "", examples)
        app.command(name, help=help)(_callable(run, parameters, session))
    app.add_typer(_add(session), name="add")
    app.add_typer(_email(session, "email" in arguments), name="email")
    return app


def _add(session: Session) -> typer.Typer:
    """`briefgen add`, a group of its own."""
    group = typer.Typer(help=_with_examples(_ABOUT_ADD, _ADD[1][2]), no_args_is_help=True, rich_markup_mode=None)
    for name, run, examples in _ADD:
        parameters = tuple(inspect.signature(run, eval_str=True).parameters.values())[1:]
        help = _with_examples(inspect.getdoc(run) or "", examples)
        group.command(name, help=help)(_callable(run, parameters, session))
    return group


def _email(session: Session, asked: bool) -> typer.Typer:
    """`briefgen email`: a command for every template, and itself one for files that are finished.

    Args:
        asked: whether its commands are wanted: they take longer to make than all the others.
    """
    group = typer.Typer(cls=_Commands, rich_markup_mode=None)
    files = _callable(email_files, group_options(), session)

    def call(ctx: typer.Context, **values: Any) -> None:
        if ctx.invoked_subcommand is None:
            files(**values)
        elif any(value for name, value in values.items() if name != "workspace"):
            hint = f"write them behind it: briefgen email {ctx.invoked_subcommand} …"
            message = "options stand before the template's name, and would be lost"
            raise UsageError(Problem("misplaced-option", message, hints=(hint,)))

    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    call.__signature__ = inspect.Signature([context, *group_options(), _WORKSPACE])  # type: ignore[attr-defined]
    group.callback(invoke_without_command=True, help=_with_examples(ABOUT_EMAIL, EMAIL_EXAMPLES))(call)
    for name, run, parameters, help, examples, broken in email_commands(session) if asked else ():
        lenient = {"ignore_unknown_options": True, "allow_extra_args": True} if broken else {}
        command = group.command(name, help=_with_examples(help, examples), context_settings=lenient)
        command(_callable(run, parameters, session))
    return group


def _callable(run: Run, parameters: Sequence[inspect.Parameter], session: Session) -> Callable[..., None]:
    """A function as typer wants it: its signature says the options, and it leaves with the exit status."""

    def call(**values: Any) -> None:
        del values["workspace"]
        raise typer.Exit(run(session, **values))

    call.__signature__ = inspect.Signature([*parameters, _WORKSPACE])  # type: ignore[attr-defined]
    return call


def _print_version(asked: bool) -> None:
    if asked:
        print(f"briefgen {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_print_version)
    ] = False,
    workspace: Annotated[str | None, typer.Option("--workspace", metavar="DIR", hidden=True)] = None,
) -> None:
    pass


def _with_examples(text: str, examples: Sequence[str]) -> str:
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{text}\n\n\b\nExamples:\n{lines}"  # \b: the lines are not to be joined
