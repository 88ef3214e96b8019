"""Where a build's files go: the rules of `-o`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from briefgen.errors import Location, Problem, UsageError
from briefgen.workspace import Workspace, is_device_name
from briefgen.writers import REVIEW


def destinations(
    output: str | None, name: str, formats: Sequence[str], workspace: Workspace, here: Path
) -> dict[str, Path]:
    """Format → the file that it is written to.

    Args:
        output: as given with `-o`, relative to `here`: a file of the one format, or a folder; None for the
            workspace's own output folder.
        name: the template's, which names the files in a folder.
        formats: what is built, at least one; `REVIEW` is a review copy.
        here: the current folder.

    Raises:
        UsageError: the suffix is another format's, several formats are to go into one file, the place is inside
            `seeds/` or `templates/`, or a folder stands where a file should be written.
    """
    if output is None:
        folder = workspace.output
    elif output.endswith(("/", os.sep)) or (here / output).is_dir() or (len(formats) > 1 and not _suffix(output)):
        folder = here / output
    else:
        return _files(output, formats, workspace, here)
    _outside(folder, workspace)
    return {format: _not_a_folder(folder / f"{name}.{format}") for format in formats}


def _files(output: str, formats: Sequence[str], workspace: Workspace, here: Path) -> dict[str, Path]:
    """The file that is named, and beside it the review copy; that is the file named if nothing else is asked for."""
    documents = [format for format in formats if format != REVIEW]
    path = _file(output, documents or ["docx"], workspace, here)
    if not documents:
        return {REVIEW: path}
    beside = {REVIEW: _not_a_folder(path.with_name(f"{path.stem}.{REVIEW}"))} if REVIEW in formats else {}
    return {documents[0]: path, **beside}


def format_of(output: str | None, known: Sequence[str]) -> str | None:
    """The format that `-o` asks for by its suffix, if it does."""
    suffix = _suffix(output) if output else ""
    return suffix if suffix in known else None


def _file(output: str, formats: Sequence[str], workspace: Workspace, here: Path) -> Path:
    path = here / output
    if len(formats) > 1:
        raise UsageError(
            Problem(
                "wrong-output",
                f"-o names one file, but {len(formats)} formats are asked for ({', '.join(formats)})",
                Location(path),
                hints=("give a folder, or ask for one format",),
            )
        )
    [format] = formats
    if _suffix(output) != format:
        found = f"it ends in .{_suffix(output)}" if _suffix(output) else "it has no suffix"
        raise UsageError(
            Problem(
                "wrong-output",
                f"{_a_file(format)} is asked for, so the file named with -o must end in .{format}; {found}",
                Location(path),
                hints=(f"write -o {Path(output).with_suffix('.' + format).as_posix()}", "or name a folder: -o folder/"),
            )
        )
    if is_device_name(path.name):
        raise UsageError(
            Problem("wrong-output", f"{path.stem!r} is a device's name on Windows, not a file's", Location(path))
        )
    _outside(path, workspace)
    return _not_a_folder(path)


def _outside(path: Path, workspace: Workspace) -> None:
    resolved = Path(os.path.realpath(path))  # never fails, even where links lead in a circle
    for name in ("seeds", "templates"):
        if workspace.root is not None and resolved.is_relative_to((workspace.root / name).resolve()):
            raise UsageError(
                Problem(
                    "wrong-output",
                    f"documents are not written into {name}/, which holds what they are made of",
                    Location(path),
                    hints=("leave -o out to write to output/",),
                )
            )


def _not_a_folder(path: Path) -> Path:
    if path.is_dir():
        message = "a folder stands where the document should be written"
        raise UsageError(Problem("wrong-output", message, Location(path), hints=("name another file with -o",)))
    return path


def _a_file(format: str) -> str:
    return {"pdf": "a PDF", "docx": "a Word file", "md": "Markdown", "eml": "a draft"}.get(format, f"a .{format} file")


def _suffix(output: str) -> str:
    return Path(output).suffix.removeprefix(".").lower()
