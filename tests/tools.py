"""Programs of others that some tests open finished files with.

On a user's machine a missing program skips the test and says so; with BRIEFGEN_REQUIRE_TOOLS=1 it fails it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def require(program: str) -> str:
    """The path of a program, or skip (or fail) the test that asks for it."""
    found = shutil.which(program)
    if found is None:
        _missing(f"the program {program} is not installed")
    assert found is not None
    return found


def require_folder(variable: str) -> Path:
    """The folder that an environment variable names, or skip (or fail) the test that asks for it."""
    named = os.environ.get(variable)
    if not named or not Path(named).is_dir():
        _missing(f"the environment variable {variable} names no folder")
    assert named is not None
    return Path(named)


def run(command: Sequence[str | Path], seconds: float = 120) -> str:
    """What a program prints; its failure fails the test and shows what it said."""
    done = _done(command, seconds)
    assert done.returncode == 0, f"{command[0]} says: {done.stdout}{done.stderr}"
    return done.stdout


def told(command: Sequence[str | Path], seconds: float = 120) -> str:
    """What a program that judges prints, whatever its verdict."""
    done = _done(command, seconds)
    assert done.stdout, f"{command[0]} says: {done.stderr}"
    return done.stdout


def _done(command: Sequence[str | Path], seconds: float) -> subprocess.CompletedProcess[str]:
    """A program run to its end; one that takes too long is stopped with all that it has started (LibreOffice is a
    script that starts another)."""
    arguments = [str(part) for part in command]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def _missing(what: str) -> None:
    if os.environ.get("BRIEFGEN_REQUIRE_TOOLS") == "1":
        pytest.fail(what)
    pytest.skip(what)
