"""The README: every command in it is run, in the order in which a reader would."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefgen.errors import BriefgenError
from briefgen.evidence import Marking
from briefgen.mail_settings import Security, Server
from briefgen.workspace import read_settings
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
        if lines == sending().commands:
            continue  # tried below, with its server
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


@dataclass(frozen=True, slots=True)
class Sending:
    """How the README sends a first brief: by its settings, with a server of its own, in three commands."""

    settings: str
    commands: list[str]


def sending(port: int = 8025) -> Sending:
    """The section "Send it", with another port."""
    section = README.split("\n### Send it\n")[1].split("\n### ")[0].replace("8025", str(port))
    (settings,) = re.findall(r"^```yaml\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    (commands,) = re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    return Sending(settings, commands.splitlines())


def test_the_first_brief_is_sent_in_three_commands(desk: Path, briefgen: Program) -> None:
    with socket.create_server(("localhost", 0)) as listening:  # 8025 may be taken
        port = listening.getsockname()[1]
    tried = sending(port)
    (desk / "briefgen.yaml").write_text(tried.settings, encoding="utf-8")
    serve, *others = map(shlex.split, tried.commands)
    assert (serve[0], [words[0] for words in others]) == ("python", ["briefgen", "briefgen"])
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen([sys.executable, *serve[1:]], stdout=subprocess.PIPE, env=unbuffered, encoding="utf-8")
    try:
        wait_for(port)
        results = [briefgen(*words[1:]) for words in others]
    finally:
        server.terminate()
        shown, _ = server.communicate(timeout=20)
    assert [result.status for result in results] == [0, 0], results
    said = results[1].out.splitlines()[-1]
    assert said == "Jane Doe <jane@example.org>  accepted by localhost: 250 OK"
    assert said in README
    assert shown.count("MESSAGE FOLLOWS") == 1
    assert "To: Jane Doe <jane@example.org>" in shown
    assert 'filename="investor.pdf"' in shown


def wait_for(port: int) -> None:
    """Until somebody listens there."""
    for _ in range(400):
        with suppress(OSError):
            socket.create_connection(("localhost", port)).close()
            return
        time.sleep(0.05)
    pytest.fail("the test server does not start")


def test_the_settings_for_mail_are_as_the_readme_has_them(tmp_path: Path) -> None:
    blocks_of_mail = re.findall(r"^```yaml\n(mail:.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert len(blocks_of_mail) == 4
    found = []
    for block in blocks_of_mail:
        (tmp_path / "briefgen.yaml").write_text(block, encoding="utf-8")
        found.append(read_settings(tmp_path).mail)
    assert [mail.server for mail in found] == [
        None,
        Server("localhost", 8025, Security.NONE),
        Server("mail.example.org", 587, Security.STARTTLS, "desk@example.org"),
        Server("mail.example.org", 465, Security.TLS, "desk@example.org"),
    ]
    assert found[0].clearances == {"@example.org": Marking.AMBER_STRICT}


def test_every_setting_for_mail_is_in_the_readme(tmp_path: Path) -> None:
    (tmp_path / "briefgen.yaml").write_text("mail: {q: x}", encoding="utf-8")
    with pytest.raises(BriefgenError) as error:
        read_settings(tmp_path)
    known = error.value.problems[0].hints[0].removeprefix("known keys: ").split(", ")
    table = README.split("| key below `mail:` |")[1].split("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(known)


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
