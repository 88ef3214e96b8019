"""`briefgen all`, and `--open`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.program import Program
from tests.small import TEMPLATE, make_small_workspace


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small workspace of two templates, as the current folder."""
    root = make_small_workspace((tmp_path / "port").resolve())
    write(root, "second", TEMPLATE.replace("formats: [pdf]", "formats: [pdf, docx]"))
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    return root


def write(root: Path, name: str, template: str) -> None:
    (root / f"templates/{name}.md").write_text(template, encoding="utf-8")


def opener(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """The program that this computer opens files with, as a shell script; no other program is found."""
    folder.mkdir()
    for name in ("xdg-open", "open"):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_every_template_is_built_in_every_format_of_its_own(port: Path, briefgen: Program) -> None:
    result = briefgen("all")
    assert result.status == 0
    assert sorted(path.name for path in (port / "output").iterdir()) == ["harbour.pdf", "second.docx", "second.pdf"]
    *lines, summary = result.out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["output/harbour.pdf", "output/second.pdf", "output/second.docx"]
    assert summary == "2 documents in 3 files"


def test_the_files_are_those_that_each_template_makes_by_itself(port: Path, briefgen: Program) -> None:
    briefgen("all", "-o", "together", "--as-of", "2026-11-21", "--theme", "ministry")
    briefgen("second", "-o", "alone/", "--as-of", "2026-11-21", "--theme", "ministry")
    for name in ("second.pdf", "second.docx"):
        assert (port / "together" / name).read_bytes() == (port / "alone" / name).read_bytes()


def test_word_files_can_do_without_their_fonts(port: Path, briefgen: Program) -> None:
    def has_fonts(folder: str) -> bool:
        return b"odttf" in (port / folder / "second.docx").read_bytes()

    briefgen("all", "-o", "with")
    briefgen("all", "-o", "without", "--no-embed-fonts")
    assert has_fonts("with")
    assert not has_fonts("without")
    (port / "briefgen.yaml").write_text("embed_fonts: false\n", encoding="utf-8")
    briefgen("second", "--docx", "-o", "settings/")
    briefgen("second", "--docx", "--embed-fonts", "-o", "option/")
    assert has_fonts("option")
    assert not has_fonts("settings")


def test_a_broken_template_keeps_no_other_from_being_built(port: Path, briefgen: Program) -> None:
    write(port, "broken", TEMPLATE.replace('fact("harbour-jobs")', 'fact("nothing")'))
    write(port, "mistyped", TEMPLATE.replace("kind: brief", "kind: letter"))
    result = briefgen("all")
    assert result.status == 1
    assert result.out.splitlines()[-1] == "2 documents in 3 files; broken and mistyped failed"
    assert "templates/broken.md:12" in result.err
    assert "templates/mistyped.md:4" in result.err
    assert not (port / "output/broken.pdf").exists()


def test_a_template_that_asks_for_something_is_passed_over(port: Path, briefgen: Program) -> None:
    write(port, "asking", TEMPLATE.replace("default: Portsmouth, ", ""))
    result = briefgen("all")
    assert result.status == 0
    assert result.out.splitlines()[-1] == "2 documents in 3 files; asking passed over"
    assert "warning[passed-over]: it is passed over: it has no default for --city" in result.err


def test_a_broken_library_is_said_once(port: Path, briefgen: Program) -> None:
    seeds = port / "seeds/harbour.yaml"
    seeds.write_text(seeds.read_text("utf-8").replace("about 12,000 people\n", "about 13,000 people\n"), "utf-8")
    result = briefgen("all")
    assert result.status == 1
    assert result.err.count("error[") == 1
    assert not (port / "output").exists()


def test_what_is_wrong_for_all_is_wrong_usage(port: Path, briefgen: Program) -> None:
    assert briefgen("all", "--theme", "chambre").status == 2
    assert briefgen("all", "-o", "seeds").status == 2
    assert briefgen("all", "--as-of", "yesterday").status == 2


def test_how_full_pages_are_is_said_to_who_asks(port: Path, briefgen: Program) -> None:
    assert "\n  full to " in briefgen("harbour", "--verbose").out
    assert "full to" not in briefgen("harbour").out


def test_progress_is_shown_only_to_someone_who_watches(
    port: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\r" not in briefgen("all").err
    monkeypatch.setattr(sys.stderr.__class__, "isatty", lambda self: True)
    result = briefgen("all")
    assert "] 1/2 harbour" in result.err
    assert "] 2/2 second" in result.err
    assert result.err.endswith("\r")
    assert "\r" not in result.out


# ---- opening ---------------------------------------------------------------------------------------------

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows opens files by itself")


@UNIX
def test_the_document_is_opened_by_this_computers_program(
    port: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(port / "programs", monkeypatch, f'echo "$1" > "{port}/opened"')
    result = briefgen("second", "--open")
    assert result.status == 0
    assert "cannot-open" not in result.err
    assert (port / "opened").read_text("utf-8").strip() == str(port / "output/second.pdf")
    assert briefgen("all", "--open").status == 0
    assert (port / "opened").read_text("utf-8").strip() == str(port / "output")


@UNIX
def test_without_such_a_program_the_document_is_still_built(
    port: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(port))
    result = briefgen("harbour", "--open")
    assert result.status == 0
    assert "output/harbour.pdf: warning[cannot-open]: cannot be opened: there is no program" in result.err
    assert (port / "output/harbour.pdf").exists()


@UNIX
def test_a_program_that_fails_is_said_to(port: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(port / "programs", monkeypatch, "exit 3")
    result = briefgen("harbour", "--open")
    assert result.status == 0
    assert "warning[cannot-open]" in result.err
