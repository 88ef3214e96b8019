"""The README: every command in it is run, in the order in which a reader would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import Program
from tests.tools import run

REPOSITORY = Path(__file__).resolve().parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
SET_UP = (
    "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/briefgen investor --pdf --docx",
    ".venv/bin/python -m pytest",
)


def blocks() -> list[list[str]]:
    """The lines of each `sh` block."""
    return [body.strip().splitlines() for body in re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)]


def test_setting_up_takes_exactly_two_commands() -> None:
    assert [lines for lines in blocks() if any("venv" in line for line in lines)] == [[SET_UP[0]], [SET_UP[1]]]


def test_every_command_runs(desk: Path, briefgen: Program) -> None:
    ran = 0
    (desk / "port.txt").write_text(
        "In 2025, about 12,000 people work at the port, the authority said.\n", encoding="utf-8"
    )
    for lines in blocks()[2:]:
        os.chdir(desk)
        for line in lines:
            program, *arguments = shlex.split(line)
            if program == "cd":
                os.chdir(arguments[0])
                continue
            assert program == "briefgen", f"README has a command that is not tried: {line}"
            result = briefgen(*arguments)
            assert result.status == 0, f"{line}\n{result.err}"
            ran += 1
    assert ran >= 10


def test_the_worked_example_of_templates_works(desk: Path, briefgen: Program) -> None:
    guide = (REPOSITORY / "templates" / "README.md").read_text(encoding="utf-8")
    example = guide.split("## A worked example\n")[1].split("\n## Front matter\n")[0]
    step = re.compile(r"(?:(Save as|Add to the end of) `([^`]+)`:\n\n)?^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
    for verb, name, kind, body in step.findall(example):
        if kind == "sh":
            for line in body.splitlines():
                result = briefgen(*shlex.split(line)[1:])
                assert result.status == 0, f"{line}\n{result.err}"
        else:
            assert verb, f"nobody is told where this goes:\n{body}"
            before = (desk / name).read_text(encoding="utf-8") + "\n" if verb.startswith("Add") else ""
            (desk / name).write_text(before + body, encoding="utf-8")
    assert (desk / "output" / "press-day.docx").exists()


def test_every_command_is_in_the_reference(briefgen: Program) -> None:
    listed = briefgen("--help").out.split("Commands:")[1]
    named = {words.split()[0] for words in listed.splitlines() if re.match(r"  \w", words)}
    templates = {path.stem for path in (REPOSITORY / "templates").glob("*.md")} - {"README"}
    for name in named - templates:
        assert f"`briefgen {name}" in README, f"the README does not explain `briefgen {name}`"


def test_every_link_into_the_repository_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (REPOSITORY / target).exists(), f"README links to {target}"


@pytest.mark.slow
def test_the_first_command_builds_the_first_brief_in_a_fresh_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    run(["git", "clone", "--quiet", REPOSITORY, clone])
    for name in ("investor.pdf", "investor.docx"):
        (clone / "output" / name).unlink()
    command = SET_UP[0].replace("python3 ", f"{shlex.quote(sys.executable)} ", 1)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFGEN_")}
    done = subprocess.run(["/bin/sh", "-c", command], cwd=clone, env=clean, capture_output=True, text=True, timeout=600)
    if (
        done.returncode
        and "No matching distribution" in done.stderr
        and os.environ.get("BRIEFGEN_REQUIRE_TOOLS") != "1"
    ):
        pytest.skip("there is no network")
    assert done.returncode == 0, done.stderr
    assert "output/investor.pdf  1 page," in done.stdout
    assert "verified against the lock" in done.stdout
    assert (clone / "output" / "investor.pdf").read_bytes()[:5] == b"%PDF-"
    assert (clone / "output" / "investor.docx").read_bytes()[:2] == b"PK"
