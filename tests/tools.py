"""Programs of others that some tests open finished files with.

On a user's machine a missing program skips the test and says so; with BRIEFGEN_REQUIRE_TOOLS=1 it fails it.
"""

from __future__ import annotations

import os
import shutil
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
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=seconds)
    assert done.returncode == 0, f"{command[0]} says: {done.stdout}{done.stderr}"
    return done.stdout


def _missing(what: str) -> None:
    if os.environ.get("BRIEFGEN_REQUIRE_TOOLS") == "1":
        pytest.fail(what)
    pytest.skip(what)
