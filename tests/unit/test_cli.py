from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.cli import main
from briefgen.cli.destination import destinations, format_of
from briefgen.cli.printing import counted, listed, shown
from briefgen.errors import UsageError
from briefgen.workspace import Workspace
from tests.program import Program

HEAVY = ("reportlab", "docx", "lxml", "PIL", "fontTools", "jinja2", "markdown_it", "babel", "rapidfuzz", "rich")


# ---- light -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["list"], set()),
        (["investor", "--help"], set()),
        (["check"], set(HEAVY) - {"reportlab", "docx", "lxml", "rich"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_asked_often_imports_nothing_heavy(arguments: list[str], allowed: set[str], desk: Path) -> None:
    script = f"""
import sys
from briefgen.cli import main
main({arguments!r})
print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=desk, capture_output=True, text=True, timeout=60)
    assert set(done.stderr.split("\n")[-2].split()) <= allowed


# ---- help ------------------------------------------------------------------------------------------------


def test_help_names_every_template_and_shows_how(desk: Path, briefgen: Program) -> None:
    result = briefgen("--help")
    assert result.status == 0
    for words in ("investor", "dossier", "check", "lock", "Examples:\n    briefgen list\n", "--install-completion"):
        assert words in result.out


def test_a_templates_params_are_options_with_their_help_and_default(desk: Path, briefgen: Program) -> None:
    out = " ".join(briefgen("investor", "--help").out.split())
    assert "--country TEXT The partner country" in out
    assert "[default: Viet Nam]" in out
    for option in (
        "--pdf",
        "--docx",
        "--md",
        "--audience",
        "--theme",
        "--language",
        "--as-of",
        "--to",
        "--from",
        "--ref",
    ):
        assert f" {option}" in out


def test_every_command_has_help(desk: Path, briefgen: Program) -> None:
    for command in ("list", "check", "show", "lock", "init", "new"):
        result = briefgen(command, "--help")
        assert result.status == 0
        assert "Examples:" in result.out
        assert "--workspace" in result.out


def test_no_command_is_wrong_usage_and_shows_help(desk: Path, briefgen: Program) -> None:
    assert briefgen().status == 2


def test_a_param_of_the_command_line_is_printed(desk: Path, briefgen: Program) -> None:
    assert briefgen("investor", "--md", "--country", "Viet *Nam* <b>", "-o", "x.md").status == 0
    assert briefgen("investor", "--md", "--reply-by", "soon").status == 2


# ---- list ------------------------------------------------------------------------------------------------


def test_list_marks_what_is_broken_and_fails_nothing(desk: Path, briefgen: Program) -> None:
    (desk / "templates" / "broken.md").write_text("no front matter")
    (desk / "templates" / "themes" / "neon.yaml").write_text("colour: red\n")
    (desk / "templates" / "check.md").write_text("---\ntitle: x\nkind: brief\n---\n")
    result = briefgen("list")
    assert result.status == 0
    lines = {line.split()[0]: line for line in result.out.splitlines() if line.startswith("  ")}
    assert "(broken)" in lines["broken"]
    assert "(broken)" in lines["neon"]
    assert "(broken)" in lines["check"]  # a command of briefgen's own
    assert "(broken)" not in lines["investor"]
    assert briefgen("broken").status == 1
    assert briefgen("investor", "--md").status == 0


def test_list_as_json(desk: Path, briefgen: Program) -> None:
    (desk / "templates" / "broken.md").write_text("no front matter")
    tree = json.loads(briefgen("list", "--json").out)
    assert set(tree) == {"templates", "audiences", "themes"}
    templates = {entry["name"]: entry for entry in tree["templates"]}
    assert templates["broken"]["broken"]
    assert templates["investor"]["broken"] is None
    assert templates["investor"]["path"] == "templates/investor.md"
    assert {param["name"] for param in templates["investor"]["params"]} >= {"country"}


def test_a_folder_without_a_workspace_lists_the_starters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program
) -> None:
    monkeypatch.chdir(tmp_path)
    result = briefgen("list")
    assert result.status == 0
    assert "investor" in result.out


# ---- check, show -----------------------------------------------------------------------------------------


def test_check_as_json(desk: Path, briefgen: Program) -> None:
    (desk / "seeds" / "more.yaml").write_text("facts:\n  a-b: {clam: x}\n")
    result = briefgen("check", "investor", "--json")
    assert result.status == 1
    assert result.err == ""
    tree = json.loads(result.out)
    assert tree["summary"]["sources"] == 5
    assert tree["summary"]["verified"] == "lock"
    unknown = next(problem for problem in tree["problems"] if problem["code"] == "unknown-key")
    assert unknown["path"] == "seeds/more.yaml"
    assert (unknown["line"], unknown["column"], unknown["severity"]) == (2, 9, "error")
    assert set(unknown) == {"code", "severity", "message", "path", "line", "column", "id", "hints"}
    assert tree["summary"]["codes"]["unknown-key"] == 1


def test_warnings_fail_only_when_strict(desk: Path, briefgen: Program) -> None:
    assert briefgen("check", "investor").status == 0
    facts = desk / "seeds" / "trade.yaml"
    words = facts.read_text(encoding="utf-8").replace("    weight: 5\n", "    weight: 5\n    expires: 2020-01-01\n", 1)
    facts.write_text(words, encoding="utf-8")
    checked = briefgen("check", "investor")
    assert checked.status == 0
    assert "warning[evidence-expired]" in checked.err
    assert briefgen("check", "investor", "--strict").status == 1
    assert briefgen("investor", "--md", "--strict").status == 1
    assert not (desk / "output").exists()
    assert briefgen("investor", "--md").status == 0
    (desk / "briefgen.yaml").write_text("strict: true\n")
    assert briefgen("investor", "--md").status == 1


def test_check_explains_a_code(desk: Path, briefgen: Program) -> None:
    result = briefgen("check", "--explain", "metric-disagrees")
    assert result.status == 0
    assert result.out.startswith("warning[metric-disagrees]: ")
    assert "Example:" in result.out
    assert "What to do: " in result.out
    wrong = briefgen("check", "--explain", "metric-disagree")
    assert wrong.status == 2
    assert "did you mean `metric-disagrees`?" in wrong.err


def test_disagreements_are_named_by_check_and_counted_by_a_build(desk: Path, briefgen: Program) -> None:
    checked = briefgen("check")
    assert checked.status == 0
    assert "warning[metric-disagrees]: facts of the metric `korean-companies-in-viet-nam` differ in the hedge" in (
        checked.err
    )
    assert "`korean-companies-nikkei`: over 10,000 companies" in checked.err
    rows = {line.split()[0]: line.split()[1] for line in checked.out.splitlines() if line[:1].isalpha()}
    assert rows["sources"] == "5"
    assert rows["errors"] == "0"
    assert int(rows["warnings"]) >= 13
    built = briefgen("investor", "--md")
    assert built.status == 0
    assert "metric-disagrees" not in built.err
    assert "how its sources compare" in built.out
    assert "metric-disagrees" in briefgen("investor", "--md", "--verbose").err


def test_what_is_allowed_is_silent_and_counted(desk: Path, briefgen: Program) -> None:
    facts = desk / "seeds" / "investment.yaml"
    words = facts.read_text(encoding="utf-8")
    fact = "  korean-companies-nikkei:\n"
    facts.write_text(words.replace(fact, fact + "    allow: {metric-disagrees: both stay}\n"), encoding="utf-8")
    checked = briefgen("check", "investor")
    assert "korean-companies-in-viet-nam" not in checked.err
    assert "metric-disagrees 1" in checked.out.split("silenced")[1]
    assert "both stay" in briefgen("check", "investor", "--verbose").err
    silenced = json.loads(briefgen("check", "investor", "--json").out)["silenced"]
    assert [(one["code"], one["reason"]) for one in silenced] == [("metric-disagrees", "both stay")]


def test_one_broken_template_does_not_hide_another(desk: Path, briefgen: Program) -> None:
    for name in ("one", "two"):
        (desk / "templates" / f"{name}.md").write_text("---\ntitle: x\nkind: brief\n---\n{{ nothing }}\n")
    result = briefgen("check")
    assert result.status == 1
    assert "templates/one.md:5" in result.err
    assert "templates/two.md:5" in result.err


@pytest.mark.parametrize("id", ["trade-2024", "rise-to-2030-target", "nikkei-deals", "to-lam"])
def test_show_says_what_it_is_and_where(id: str, desk: Path, briefgen: Program) -> None:
    result = briefgen("show", id)
    assert result.status == 0
    assert result.out.startswith(f"{id}  ")
    assert "seeds/" in result.out.splitlines()[0]
    tree = json.loads(briefgen("show", id, "--json").out)
    assert tree["id"] == id
    assert tree["path"].startswith("seeds/")


def test_show_says_where_evidence_is_used(desk: Path, briefgen: Program) -> None:
    tree = json.loads(briefgen("show", "trade-2024", "--json").out)
    assert any(use["path"] == "templates/investor.md" for use in tree["used_in"])
    assert tree["passages"][0]["verified"] == "lock"
    assert "rise-to-2030-target" in tree["used_by"]


# ---- making one's own ------------------------------------------------------------------------------------


def test_init_makes_a_workspace_that_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> None:
    monkeypatch.chdir(tmp_path)
    assert briefgen("init", "deep/desk").status == 0
    assert briefgen("init", "deep/desk").status == 2
    monkeypatch.chdir(tmp_path / "deep" / "desk")
    assert briefgen("investor", "--md").status == 0
    assert not list((tmp_path / "deep" / "desk").rglob("*unfinished*"))
    assert not (tmp_path / "deep" / "desk" / "seeds" / "texts").exists()


def test_new_makes_a_template_that_builds_at_once(desk: Path, briefgen: Program) -> None:
    result = briefgen("new", "press-brief", "--from", "investor")
    assert result.status == 0
    assert (desk / "templates" / "press-brief.md").is_file()
    assert briefgen("press-brief", "--md").status == 0
    assert (desk / "output" / "press-brief.md").is_file()


# ---- output ----------------------------------------------------------------------------------------------


def test_the_templates_own_formats_are_built_when_none_is_asked_for(desk: Path, briefgen: Program) -> None:
    assert briefgen("investor").status == 0
    assert [path.name for path in (desk / "output").iterdir()] == ["investor.pdf"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "desk"
    for name in ("seeds", "templates", "folder"):
        (root / name).mkdir(parents=True)
    return Workspace(root, None, root)


@pytest.mark.parametrize(
    ("output", "formats", "expected"),
    [
        (None, ["pdf"], ["output/x.pdf"]),
        (None, ["pdf", "docx"], ["output/x.pdf", "output/x.docx"]),
        ("brief.pdf", ["pdf"], ["brief.pdf"]),
        ("Brief.PDF", ["pdf"], ["Brief.PDF"]),
        ("new/deep/brief.pdf", ["pdf"], ["new/deep/brief.pdf"]),
        ("folder", ["pdf"], ["folder/x.pdf"]),
        ("new/", ["pdf"], ["new/x.pdf"]),
        ("new", ["pdf", "docx"], ["new/x.pdf", "new/x.docx"]),
        (".", ["pdf"], ["x.pdf"]),
    ],
)
def test_where_files_go(output: str | None, formats: list[str], expected: list[str], workspace: Workspace) -> None:
    places = destinations(output, "x", formats, workspace, workspace.home)
    assert list(places) == formats
    assert [shown(path, workspace.home) for path in places.values()] == expected


@pytest.mark.parametrize(
    ("output", "formats"),
    [
        ("x.docx", ["pdf"]),
        ("x", ["pdf"]),
        ("x.pdf", ["pdf", "docx"]),
        ("seeds/x.pdf", ["pdf"]),
        ("seeds/", ["pdf", "docx"]),
        ("folder/../templates/x.pdf", ["pdf"]),
        ("con.pdf", ["pdf"]),
    ],
)
def test_where_files_may_not_go(output: str, formats: list[str], workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        destinations(output, "x", formats, workspace, workspace.home)


def test_a_folder_where_the_file_should_be(workspace: Workspace) -> None:
    (workspace.home / "output" / "x.pdf").mkdir(parents=True)
    with pytest.raises(UsageError):
        destinations(None, "x", ["pdf"], workspace, workspace.home)


def test_a_suffix_asks_for_its_format() -> None:
    assert format_of("a/b.docx", ["pdf", "docx"]) == "docx"
    assert format_of("a/b.txt", ["pdf", "docx"]) is None
    assert format_of(None, ["pdf"]) is None


# ---- the process -----------------------------------------------------------------------------------------


def test_a_reader_that_leaves_early_sees_no_traceback(desk: Path) -> None:
    command = f"{sys.executable} -m briefgen list --json | head -c 1"
    done = subprocess.run(command, shell=True, cwd=desk, capture_output=True, text=True, timeout=60)
    assert done.stdout == "{"
    assert done.stderr == ""


def test_an_interrupt_ends_with_130(desk: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("briefgen.build.open_library", interrupted)
    assert briefgen("investor", "--pdf").status == 130


def test_a_bug_of_ours_is_a_traceback(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("briefgen.build.open_library", broken)
    with pytest.raises(ZeroDivisionError):
        main(["investor", "--pdf"])


def test_output_goes_through_a_legacy_code_page(desk: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "briefgen", "show", "to-lam"]
    done = subprocess.run(command, cwd=desk, env=environment, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_workspace_may_be_named_before_or_behind_the_command(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["--workspace", "desk", "list"], ["list", "--workspace=desk"], ["list", "--workspace", "desk"]):
        assert "investor" in briefgen(*arguments).out
    assert briefgen("investor", "--md", "--workspace", "desk").status == 0
    assert (desk / "output" / "investor.md").is_file()


# ---- words -----------------------------------------------------------------------------------------------


def test_words() -> None:
    assert [counted(n, "page") for n in (0, 1, 2, 1000)] == ["0 pages", "1 page", "2 pages", "1,000 pages"]
    assert [listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
