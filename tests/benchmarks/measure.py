"""Whole processes, measured from outside: wall time and peak memory, as a user's machine would pay them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """The best of several runs: seconds, and the peak resident memory in MiB."""

    seconds: float
    peak: float


def measure(commands: Mapping[str, Sequence[str]], folder: Path, runs: int = 5) -> dict[str, Measured]:
    """Run each command several times, in turns so that a busy moment strikes all of them alike.

    Raises:
        RuntimeError: a command failed; its output is in the message.
    """
    taken: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(_once(command, folder))
    return {
        name: Measured(min(run.seconds for run in runs), max(run.peak for run in runs)) for name, runs in taken.items()
    }


def _once(command: Sequence[str], folder: Path) -> Measured:
    log = folder / "benchmark.log"
    with log.open("wb") as output:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{log.read_text(encoding='utf-8', errors='replace')}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Measured(seconds, usage.ru_maxrss / unit)
