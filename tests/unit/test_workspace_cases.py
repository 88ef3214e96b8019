"""The cases of tests/cases/evidence and tests/cases/commands, and that every code has a case.

Evidence: the input is YAML (`evidence.yaml`), and what stands behind `=== NAME` lines: other files below seeds/, among
them texts (`=== texts/s.txt`), and under `=== locked NAME` the files that evidence.lock is to be made from. Every case
has the sources `s` and `t` and the people `ann` and `ben`. Passages are verified only where there is a text or a lock.

Commands: the input is files of a workspace, and lines `$ briefgen …`. What is expected is what the last of them
complains of, without the lines that it shows, and its exit status.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from briefgen import adding
from briefgen.checks import check_library
from briefgen.errors import Problem, format_problem
from briefgen.explanations import EXPLANATIONS
from briefgen.lock import Texts, make_lock, read_lock, verify, write_lock
from briefgen.seeds import load_library
from briefgen.slots import Mistake, Words
from tests.case_files import CASES, Case, cases
from tests.program import Program

AS_OF = date(2026, 11, 21)
BASE = """\
sources:
  s: {title: A survey, text: s.txt}
  t: {title: A report, text: t.txt}
people:
  ann: {name: Ann Lee, aliases: [Minister Lee]}
  ben: {name: Ben Ode}
"""
TEMPLATE = "---\ntitle: One\nkind: brief\n---\n# One\n\nWords.\n"
_SHOWN = re.compile(r"^ *\d* \| .*\n", re.MULTILINE)
_CODE = re.compile(r"(?:error|warning|advice)\[([a-z0-9-]+)\]")

OUT_OF_REACH = {
    "lock-disagrees": "unit/test_lock.py",
    "text-outside": "unit/test_lock.py",
    "link-outside": "unit/test_seeds.py",
    "unreadable-file": "unit/test_workspace_cases.py",
    "not-utf8": "unit/test_records.py",
    "protected-file": "unit/test_extraction.py",
    "broken-file": "unit/test_extraction.py",
    "pages-without-text": "unit/test_extraction.py",
    "no-text": "unit/test_extraction.py",
    "font-broken": "unit/test_fonts.py",
    "unnumbered-anchor": "unit/test_cross_references.py",
    "optional-target": "unit/test_cross_references.py",
    "font-licence": "unit/test_fonts.py",
    "font-not-embedded": "unit/test_embedded_fonts.py",
    "picture-unreadable": "unit/test_pdf.py",
    "cannot-write": "unit/test_build.py",
    "no-texts": "unit/test_workspace.py",
    "unknown-evidence": "unit/test_citations.py",
    "unknown-param": "unit/test_templates.py",
    "words-as-text": "unit/test_workspace_cases.py",
    "cannot-open": "unit/test_cli_all.py",
    "passed-over": "unit/test_cli_all.py",
    "cannot-add": "unit/test_workspace_cases.py",
    "no-such-facet": "unit/test_citations.py",
    "broken-manifest": "unit/test_carried.py",
    "unknown-manifest": "unit/test_carried.py",
    "recipient-not-cleared": "unit/test_firewall.py",
    "reference-not-readable": "unit/test_reference_opening.py",
    "reference-protected": "unit/test_reference_opening.py",
    "reference-unsafe": "unit/test_reference_opening.py",
    "reference-links": "unit/test_reference_opening.py",
    "large-message": "unit/test_cli_email.py",
    "marking-raised": "unit/test_enclosing.py",
    "review-copy": "unit/test_enclosing.py",
    "comments-attached": "unit/test_enclosing.py",
    "no-mail-password": "test_sending.py",
    "password-in-file": "unit/test_mail_settings.py",
}
"""Codes whose input cannot be written as text (links, permissions, binary files…) → where they are tested."""


def write_files(folder: Path, files: dict[str, str]) -> None:
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")


@pytest.mark.parametrize("case", list(cases("evidence")), ids=str)
def test_evidence(case: Case, tmp_path: Path) -> None:
    seeds, texts, lock = tmp_path / "seeds", tmp_path / "seeds" / "texts", tmp_path / "seeds" / "evidence.lock"
    files = {"base.yaml": BASE, **case.files("evidence.yaml")}
    before = {name.removeprefix("locked "): words for name, words in files.items() if name.startswith("locked ")}
    now = {name: words for name, words in files.items() if not name.startswith("locked ")}
    if before:
        write_files(seeds, {"base.yaml": BASE, **before})
        made, problems = make_lock(load_library(seeds, []), Texts(texts), lock)
        assert not problems
        write_lock(made)
        for name in before.keys() - now.keys():
            (seeds / name).unlink()
    write_files(seeds, now)
    problems = []
    library = load_library(seeds, problems)
    found: list[Problem] = []
    folder = Texts(texts if texts.is_dir() and any(texts.iterdir()) else None)
    verification = verify(library, folder, read_lock(lock, problems), found)
    if folder.folder is not None or lock.exists():
        problems += [problem for problem in found if lock.exists() or problem.code != "lock-stale"]
    problems += check_library(library, verification, AS_OF, folder)
    case.settle("".join(_SHOWN.sub("", format_problem(problem, seeds) + "\n") for problem in problems))


@pytest.mark.parametrize("case", list(cases("commands")), ids=str)
def test_command(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> None:
    desk = (tmp_path / "desk").resolve()
    (desk / "seeds").mkdir(parents=True)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(desk)
    body = "\n".join(line for line in case.body.split("\n") if not line.startswith("$ "))
    files = {"seeds/base.yaml": BASE, "templates/one.md": TEMPLATE}
    write_files(desk, files | Case(case.path, case.title, body, "").files("seeds/evidence.yaml"))
    lines = [line for line in case.body.split("\n") if line.startswith("$ briefgen")]
    for line in lines:
        result = briefgen(*shlex.split(line.removeprefix("$ briefgen")))
    said = (
        _SHOWN.sub("", result.err)
        .replace(date.today().isoformat(), "TODAY")
        .replace(str(desk), "DESK")
        .replace(str(CASES.parents[1]), "STARTER")
    )
    case.settle(f"{said}= {result.status}\n")


def test_a_file_that_the_system_does_not_let_us_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evidence.yaml").write_text("facts:\n")

    def forbidden(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    problems: list[Problem] = []
    load_library(tmp_path, problems)
    assert [problem.code for problem in problems] == ["unreadable-file"]
    assert problems[0].message == "cannot be read: Permission denied"


def test_an_entry_that_would_change_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> None:
    """No file is known that it would happen to; that it does not is looked at each time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFGEN_TEXTS", raising=False)
    write_files(tmp_path / "seeds", {"base.yaml": BASE, "texts/s.txt": "There are 10,238 projects."})
    monkeypatch.setattr(adding, "_in_plain", lambda library: {})
    result = briefgen("add", "fact", "s", "10,238 projects")
    assert result.status == 1
    assert "error[cannot-add]" in result.err
    assert (tmp_path / "seeds" / "base.yaml").read_text() == BASE


def test_fixed_words_are_no_markup() -> None:
    with pytest.raises(Mistake) as caught:
        Markup("<b>{}</b>").format(Words("not stated"))
    assert caught.value.code == "words-as-text"


def test_every_code_has_a_case() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in sorted(CASES.rglob("*.md")))
    missing = EXPLANATIONS.keys() - set(_CODE.findall(written)) - OUT_OF_REACH.keys()
    assert sorted(missing) == [], "write a case below tests/cases/"


@pytest.mark.parametrize(("code", "file"), list(OUT_OF_REACH.items()))
def test_what_is_out_of_reach_is_tested_elsewhere(code: str, file: str) -> None:
    assert code in EXPLANATIONS
    assert code in (CASES.parent / file).read_text(encoding="utf-8")
