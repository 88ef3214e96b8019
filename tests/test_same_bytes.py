"""Every template, as PDF and as Word: the same bytes on another machine, for another user, at another time."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sheet import REPOSITORY
from tests.shipped import WORKSPACE

pytestmark = pytest.mark.slow

TEMPLATES = sorted(WORKSPACE.template_files())
BUILD = """
import sys
from briefgen.cli import main
for name in sys.argv[1:]:
    assert main([name, "--pdf", "--docx", "--md", "--manifest", "--as-of", "2026-11-21", "-o", "made/"]) == 0, name
"""
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "USER": "an", "LOGNAME": "an"}
THERE = {
    "PYTHONHASHSEED": "2",
    "TZ": "Asia/Seoul",
    "LANG": "vi_VN.UTF-8",
    "LC_ALL": "POSIX",
    "USER": "김",
    "LOGNAME": "김",
}


def made(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """What a process in a copy of the workspace makes of every template: file → hash."""
    for name in ("seeds", "templates"):
        shutil.copytree(
            REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("texts"), copy_function=shutil.copy
        )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFGEN_")}
    environment = (
        kept | settings | {"PYTHONPATH": str(REPOSITORY), "HOME": str(folder), "COLUMNS": str(len(settings["TZ"]) * 40)}
    )
    subprocess.run([sys.executable, "-c", BUILD, *TEMPLATES], cwd=folder, env=environment, check=True, timeout=200)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "made").iterdir())}


def test_the_same_bytes_anywhere(tmp_path: Path) -> None:
    here = made(tmp_path / "desk", HERE)
    assert len(here) == 4 * len(TEMPLATES)
    assert made(tmp_path / "Ủy ban" / "a longer way down" / "bàn 2", THERE) == here
