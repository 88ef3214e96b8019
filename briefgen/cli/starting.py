"""`briefgen init` and `briefgen new`: making one's own."""

from __future__ import annotations

from typing import Annotated

import typer

from briefgen.cli.printing import counted, listed, shown
from briefgen.cli.session import Session
from briefgen.errors import Problem, UsageError
from briefgen.slots import did_you_mean


def init(
    session: Session,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")],
) -> int:
    """Make a workspace: evidence, templates, audiences and themes to start from."""
    from briefgen.starter import copy_starter

    made = copy_starter(session.here / folder)
    place = shown(session.here / folder, session.here)
    print(f"{place}  {counted(len(made), 'file')}")
    print(f"next: cd {place}, then `briefgen list`, and put your sources' texts into seeds/texts/")
    return 0


def new(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new template's name, which becomes a command.")],
    source: Annotated[str, typer.Option("--from", metavar="TEMPLATE", help="The template that is copied.")],
) -> int:
    """Make a template of your own: a copy of another under a new name, to be changed as you like."""
    from briefgen.starter import copy_template

    templates = session.workspace.template_files()
    if source not in templates:
        hints = (*did_you_mean(source, list(templates)), "`briefgen list` names the templates")
        raise UsageError(Problem("unknown-template", f"there is no template {source!r}", hints=hints))
    copies = [shown(path, session.here) for path in copy_template(session.workspace, name, templates[source])]
    them = "it" if len(copies) == 1 else "them"
    print(f"{listed(copies)}  copied from {source}; next: edit {them}, then `briefgen {name} --pdf`")
    return 0
