from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefgen.build import save
from briefgen.errors import BriefgenError


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_save_writes_every_file_and_makes_its_folder(tmp_path: Path) -> None:
    save({tmp_path / "out" / "a.pdf": b"a", tmp_path / "out" / "b.docx": b"b"})
    assert (tmp_path / "out" / "a.pdf").read_bytes() == b"a"
    assert left_over(tmp_path) == ["a.pdf", "b.docx", "out"]


def test_a_file_is_readable_by_whom_the_users_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        save({tmp_path / "a.pdf": b"a"})
    finally:
        os.umask(old)
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o644


def test_when_one_file_cannot_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"the last good one")
    (tmp_path / "b.docx").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(BriefgenError) as error:
        save({tmp_path / "a.pdf": b"new", tmp_path / "b.docx": b"new"})
    [problem] = error.value.problems
    assert problem.code == "cannot-write"
    assert problem.location is not None
    assert problem.location.path == tmp_path / "b.docx"
    assert (tmp_path / "a.pdf").read_bytes() == b"the last good one"
    assert left_over(tmp_path) == ["a.pdf", "b.docx"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"the last good one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BriefgenError, match="No space left"):
        save({tmp_path / "a.pdf": b"new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"the last good one"
    assert left_over(tmp_path) == ["a.pdf"]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(BriefgenError) as error:
        save({tmp_path / "output" / "a.pdf": b"a"})
    assert error.value.problems[0].code == "cannot-write"
