"""What travels: the starter workspace does, the sources' full texts never do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PARTS = ("briefgen", "seeds", "templates", "pyproject.toml", "README.md", "LICENSE")
SECRET = "the full text of somebody's article"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel and the source distribution, built from a copy that has a full text and no .gitignore to hide it."""
    copy = tmp_path_factory.mktemp("repository")
    for name in PARTS:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "texts"))
        elif source.exists():
            shutil.copyfile(source, copy / name)
    (copy / "README.md").touch()
    (copy / "seeds" / "texts" / "deep").mkdir(parents=True)
    (copy / "seeds" / "texts" / "secret.txt").write_text(SECRET)
    (copy / "seeds" / "texts" / "deep" / "secret.yaml").write_text(SECRET)
    target = copy / "dist"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(target)]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return target


def test_the_wheel_carries_the_starter_and_no_text(packages: Path) -> None:
    [path] = packages.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        assert not any(SECRET.encode() in wheel.read(name) for name in names)
    assert not [name for name in names if "/texts/" in name or "secret" in name]
    assert "briefgen/cli/__init__.py" in names
    assert "briefgen/py.typed" in names
    seeds = [
        *(REPOSITORY / "seeds").glob("*.yaml"),
        *(REPOSITORY / "seeds").glob("*.json"),
        REPOSITORY / "seeds" / "evidence.lock",
    ]
    templates = [path for path in (REPOSITORY / "templates").rglob("*") if path.is_file()]
    for path in [*seeds, *templates]:
        assert f"briefgen/starter/{path.relative_to(REPOSITORY).as_posix()}" in names
    assert not [name for name in names if not name.startswith("briefgen")]


def test_the_source_distribution_carries_no_text(packages: Path) -> None:
    [path] = packages.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = archive.getnames()
    assert not [name for name in names if "/texts/" in name or "secret" in name]
    assert any(name.endswith("/briefgen/errors.py") for name in names)
    assert any("/seeds/" in name for name in names)


def test_an_installed_wheel_finds_its_starter_and_makes_a_workspace_of_it(packages: Path, tmp_path: Path) -> None:
    [path] = packages.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        wheel.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    environment.pop("BRIEFGEN_WORKSPACE", None)
    command = [sys.executable, "-m", "briefgen", "init", "desk"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(tmp_path / "desk").as_posix() for path in (tmp_path / "desk").rglob("*")}
    expected = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "templates").rglob("*.*")}
    assert expected <= made
    assert {path.name for path in (REPOSITORY / "seeds").glob("*.yaml")} <= {Path(name).name for name in made}
