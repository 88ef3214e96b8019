from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.errors import BriefgenError, UsageError
from briefgen.workspace import Settings, Workspace, is_device_name, open_workspace, read_settings, starter_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = (tmp_path / "desk").resolve()
    (root / "seeds").mkdir(parents=True)
    return root


def codes(error: pytest.ExceptionInfo[BriefgenError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# ---- finding it ------------------------------------------------------------------------------------------


def test_the_first_folder_with_seeds_upwards_is_the_workspace(root: Path) -> None:
    deep = root / "templates" / "partials"
    deep.mkdir(parents=True)
    assert open_workspace(None, deep, {}).root == root
    assert open_workspace(None, root, {}).root == root


def test_a_file_called_seeds_makes_no_workspace(root: Path) -> None:
    inner = root / "inner"
    inner.mkdir()
    (inner / "seeds").write_text("")
    assert open_workspace(None, inner, {}).root == root


def test_the_option_wins_over_the_variable_and_both_over_the_current_folder(root: Path, tmp_path: Path) -> None:
    for name in ("asked", "named"):
        (tmp_path / name / "seeds").mkdir(parents=True)
    environment = {"BRIEFGEN_WORKSPACE": str(tmp_path / "named")}
    assert open_workspace(None, root, environment).root == (tmp_path / "named").resolve()
    assert open_workspace("../asked", root, environment).root == (tmp_path / "asked").resolve()


@pytest.mark.parametrize("asked", ["nowhere", "plain"])
def test_a_folder_that_is_no_workspace_is_wrong_usage(asked: str, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(UsageError) as error:
        open_workspace(asked, tmp_path, {})
    assert codes(error) == ["no-workspace"]
    assert error.value.problems[0].location is not None
    assert error.value.problems[0].location.path == (tmp_path / asked).resolve()


def test_without_a_workspace_the_starters_templates_are_still_there() -> None:
    workspace = open_workspace(None, Path("/"), {})
    assert workspace.root is None
    assert workspace.templates == (starter_folder() / "templates",)
    with pytest.raises(UsageError) as error:
        _ = workspace.seeds
    assert codes(error) == ["no-workspace"]
    assert any("briefgen init" in hint for hint in error.value.problems[0].hints)


# ---- the sources' texts ----------------------------------------------------------------------------------


def test_texts_lie_in_the_workspace_or_where_the_variable_says(root: Path, tmp_path: Path) -> None:
    assert open_workspace(None, root, {}).texts is None
    (root / "seeds" / "texts").mkdir()
    assert open_workspace(None, root, {}).texts == root / "seeds" / "texts"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert open_workspace(None, root, {"BRIEFGEN_TEXTS": "../elsewhere"}).texts == elsewhere.resolve()
    assert open_workspace(None, root, {"BRIEFGEN_TEXTS": ""}).texts == root / "seeds" / "texts"


def test_a_wrong_variable_is_not_taken_for_no_texts(root: Path) -> None:
    with pytest.raises(UsageError) as error:
        open_workspace(None, root, {"BRIEFGEN_TEXTS": "nowhere"})
    assert codes(error) == ["no-texts"]


# ---- templates, audiences, themes ------------------------------------------------------------------------


def test_a_workspaces_template_wins_over_the_starters_of_the_same_name(tmp_path: Path) -> None:
    own, starter = tmp_path / "own", tmp_path / "starter"
    for folder, names in ((own, ["investor", "mine"]), (starter, ["investor", "dossier"])):
        (folder / "templates").mkdir(parents=True)
        for name in names:
            (folder / "templates" / f"{name}.md").write_text("")
    found = Workspace(own, None, starter).named("", (".md",))
    assert list(found) == ["dossier", "investor", "mine"]
    assert found["investor"].is_relative_to(own)
    assert found["dossier"].is_relative_to(starter)


def test_hidden_files_backups_and_the_readme_are_no_templates(root: Path) -> None:
    (root / "templates").mkdir()
    for name in (".x.md", "~x.md", "x.md~", "x.md.bak", "#x.md", "README.md", "x.txt", "good.md"):
        (root / "templates" / name).write_text("")
    assert list(Workspace(root, None, root).named("", (".md",))) == ["good"]


def test_a_workspace_without_templates_of_its_own_is_fine(root: Path, tmp_path: Path) -> None:
    assert Workspace(root, None, tmp_path / "none").named("themes", (".yaml",)) == {}


# ---- briefgen.yaml ---------------------------------------------------------------------------------------


def test_no_settings_no_defaults(root: Path) -> None:
    assert read_settings(root) == read_settings(None) == Settings()


def test_settings_are_read(root: Path) -> None:
    (root / "briefgen.yaml").write_text("audience: press\ntheme: ministry\noutput: out\nstrict: true\nfrom: The desk\n")
    settings = read_settings(root)
    assert (settings.audience, settings.theme, settings.language) == ("press", "ministry", None)
    assert (settings.strict, settings.sender) == (True, "The desk")
    assert Workspace(root, None, root, settings).output == root / "out"


def test_an_empty_file_sets_nothing(root: Path) -> None:
    (root / "briefgen.yaml").write_text("# nothing yet\n")
    assert read_settings(root).audience is None


def test_every_mistake_is_said_with_its_place(root: Path) -> None:
    (root / "briefgen.yaml").write_text("audiense: press\nstrict: perhaps\ntheme: ../evil\n")
    with pytest.raises(BriefgenError) as error:
        read_settings(root)
    places = {p.code + str(p.location.line) for p in error.value.problems if p.location}
    assert places == {"unknown-key1", "wrong-value2", "wrong-value3"}


@pytest.mark.parametrize("name", ["con", "NUL", "aux.pdf", "com1", "LPT9.txt"])
def test_device_names(name: str) -> None:
    assert is_device_name(name)


@pytest.mark.parametrize("name", ["contract", "investor", "com10", "null"])
def test_other_names(name: str) -> None:
    assert not is_device_name(name)
