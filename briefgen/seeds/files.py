"""Which files hold evidence."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from briefgen.errors import Location, Problem


def evidence_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """The evidence files below a folder, in the order of their paths; what cannot be one is a problem."""
    if not folder.exists():
        hint = "make the folder and put evidence files in it, or start from `briefgen init`"
        problems.append(
            Problem("file-not-found", "there is no folder of evidence files", Location(folder), hints=(hint,))
        )
        return []
    if not folder.is_dir():
        problems.append(
            Problem("not-a-folder", "a folder of evidence files is expected, found a file", Location(folder))
        )
        return []
    workspace = folder.absolute().parent.resolve()
    found: list[Path] = []
    _walk(folder, workspace, frozenset(), found, problems)
    return in_order(found, folder)


def in_order(paths: Iterable[Path], folder: Path) -> list[Path]:
    """Paths as they are read: by their names, folder by folder."""
    return sorted(paths, key=lambda path: path.relative_to(folder).parts)


def _walk(folder: Path, workspace: Path, above: frozenset[Path], found: list[Path], problems: list[Problem]) -> None:
    real = folder.resolve()
    if real in above:
        return  # a link to a folder that holds it
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem("unreadable-file", f"cannot be read: {error.strerror or error}", Location(folder)))
        return
    for entry in entries:
        path = folder / entry.name
        if _is_hidden_or_backup(entry.name) or (not above and entry.name == "texts"):
            continue
        is_evidence = path.suffix.lower() in (".yaml", ".yml")
        if entry.is_symlink() and not path.resolve().is_relative_to(workspace):
            if is_evidence or path.is_dir():
                hint = "copy the file into the workspace"
                message = "this is a link to a place outside the workspace; it is not followed"
                problems.append(Problem("link-outside", message, Location(path), hints=(hint,)))
        elif is_evidence:
            if path.is_dir():
                hint = "rename the folder, or put a file in its place"
                problems.append(
                    Problem("not-a-file", "this is a folder; a file is expected", Location(path), hints=(hint,))
                )
            else:
                found.append(path)
        elif path.is_dir():
            _walk(path, workspace, above | {real}, found, problems)


def _is_hidden_or_backup(name: str) -> bool:
    return name.startswith((".", "#", "~")) or name.endswith(("~", "#", ".bak", ".orig", ".swp", ".tmp"))
