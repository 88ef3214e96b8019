"""The command line: arguments, printing and exit statuses, nothing else.

0: done. 1: problems were found. 2: the command was called wrongly. 130: interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from briefgen.cli.printing import print_problems
from briefgen.errors import BriefgenError, UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; the process's own unless given.

    Returns:
        The exit status. A user's mistake is printed; a mistake of ours is a traceback.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    here = Path.cwd()
    gc.set_threshold(200_000)  # a call lives for seconds and makes few cycles: looking for them rarely saves a tenth
    for stream in (sys.stdout, sys.stderr):  # a legacy code page must not turn a name into an error
        if stream is sys.stderr or stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        status = _run(arguments, here)
        sys.stdout.flush()
    except UsageError as error:
        print_problems(error.problems, here)
        status = 2
    except BriefgenError as error:
        print_problems(error.problems, here)
        status = 1
    except BrokenPipeError:  # the reader left (`briefgen list | head`); nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        print("interrupted; nothing was written", file=sys.stderr)
        status = 130
    return status


def _run(arguments: Sequence[str], here: Path) -> int:
    from briefgen.cli.app import make_app  # typer takes 50 ms to import: not before an interrupt can be answered
    from briefgen.cli.session import Session
    from briefgen.workspace import open_workspace

    workspace = open_workspace(_asked_workspace(arguments), here, os.environ)
    session = Session(workspace, here, date.today())
    try:
        make_app(session, _spoken(arguments))(list(arguments), prog_name="briefgen")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    return 0


def _spoken(arguments: Sequence[str]) -> Sequence[str]:
    """The words of the call, or those that a shell asks to complete."""
    return (*arguments, *os.environ.get("COMP_WORDS", "").split(), *os.environ.get("_TYPER_COMPLETE_ARGS", "").split())


def _asked_workspace(arguments: Sequence[str]) -> str | None:
    """The value of `--workspace`, which must be known before the templates, and so the commands, are."""
    for number, argument in enumerate(arguments):
        if argument == "--":
            return None
        if argument.startswith("--workspace="):
            return argument.removeprefix("--workspace=")
        if argument == "--workspace" and number + 1 < len(arguments):
            return arguments[number + 1]
    return None
