"""A workspace to work in, and the program to work with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from briefgen.cli import main
from tests.program import Program, Result

REPOSITORY = Path(__file__).resolve().parents[1]

# The same examples every time: a change is judged by what it changed; BRIEFGEN_HYPOTHESIS=random looks for more.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile(os.environ.get("BRIEFGEN_HYPOTHESIS", "same"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the repository's workspace, without any text of a source, as the current folder."""
    root = (tmp_path / "desk").resolve()
    for name in ("seeds", "templates"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("texts"))
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    return root


@pytest.fixture
def briefgen(capsys: pytest.CaptureFixture[str]) -> Program:
    """The program, called in this process with the arguments given."""

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(status, captured.out, captured.err)

    return call


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many altered pieces of evidence passed and how many honest ones were refused (test_edits.py)."""
    totals: dict[str, list[int]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, value in report.user_properties:
                    if name in ("altered", "honest"):
                        total = totals.setdefault(name, [0, 0])
                        total[0] += value[0]
                        total[1] += value[1]
    for name, outcome in (("altered", "passed"), ("honest", "were refused")):
        if name in totals:
            wrong, tried = totals[name]
            terminalreporter.write_line(
                f"{wrong:,} of {tried:,} pieces of {name} evidence {outcome}: {wrong / tried:.4%}"
            )
