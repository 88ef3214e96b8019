"""`--open`: what was built, shown by the program that this computer opens such files with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from briefgen.cli.printing import print_problems
from briefgen.errors import Location, Problem, Severity

_PATIENCE = 2.0
"""Seconds in which an opener that fails has said so; one that shows the file itself goes on."""


def show_with_its_program(path: Path, here: Path) -> None:
    """Open a file or folder; say so if that cannot be done, which takes nothing away from what was built.

    Args:
        here: the current folder, which the path is shown relative to.
    """
    reason = _open_on_windows(path) if sys.platform == "win32" else _open(path)
    if reason:
        hint = "it was built; open it yourself"
        problem = Problem("cannot-open", f"cannot be opened: {reason}", Location(path), Severity.WARNING, (hint,))
        print_problems([problem], here)


def _open(path: Path) -> str | None:
    """Hand a path to the desktop; why that did not work, or None."""
    name = "open" if sys.platform == "darwin" else "xdg-open"
    program = shutil.which(name)
    if program is None:
        return f"there is no program {name} on this computer"
    try:
        quiet = subprocess.DEVNULL
        opener = subprocess.Popen([program, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        status = opener.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        return error.strerror or str(error)
    return f"{name} found no program for it" if status else None


def _open_on_windows(path: Path) -> str | None:
    try:
        os.startfile(path)  # type: ignore[attr-defined]
    except OSError as error:
        return error.strerror or str(error)
    return None
