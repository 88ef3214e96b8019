"""New workspaces and new templates: copies of what there is, made whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from briefgen.errors import BriefgenError, Location, Problem, UsageError
from briefgen.records import ID
from briefgen.templates import RESERVED_NAMES
from briefgen.workspace import Workspace, is_device_name, starter_folder

_IGNORED = "# Full texts of sources are other people's property: they stay on this machine.\nseeds/texts/\n"
_UNFINISHED = ".briefgen-unfinished"


def copy_starter(folder: Path) -> tuple[Path, ...]:
    """Make a workspace: the starter's evidence and templates, and an empty `output/`.

    Args:
        folder: where; it must not exist, or be empty.

    Returns:
        The files that were made.

    Raises:
        UsageError: `folder-not-empty`, or a file stands there.
        BriefgenError: `cannot-write`; then everything is as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(Problem("not-a-folder", "a file stands where the workspace should be made", Location(folder)))
    if folder.is_dir() and any(folder.iterdir()):
        hint = "name a new folder; to add a template to a workspace, use `briefgen new NAME --from TEMPLATE`"
        message = "the folder is not empty, so no workspace is made in it"
        raise UsageError(Problem("folder-not-empty", message, Location(folder), hints=(hint,)))
    created = [path for path in (folder, *folder.parents) if not path.exists()]
    unfinished = folder / _UNFINISHED
    try:
        unfinished.mkdir(parents=True)
        for source, relative in _starter_files():
            target = unfinished / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        (unfinished / "output").mkdir()
        (unfinished / ".gitignore").write_text(_IGNORED, encoding="utf-8", newline="\n")
        for child in sorted(unfinished.iterdir()):
            child.rename(folder / child.name)
        unfinished.rmdir()
    except OSError as error:
        for child in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(child, ignore_errors=True) if child.is_dir() else child.unlink(missing_ok=True)
        with suppress(OSError):
            for path in created:
                path.rmdir()
        raise BriefgenError(_cannot_write(folder, error)) from error
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def copy_template(workspace: Workspace, name: str, source: Path) -> tuple[Path, ...]:
    """Copy a template into a workspace under a new name, with its words in other languages.

    Args:
        name: of the new template; it becomes a command.
        source: the template's file.

    Returns:
        The new files, that of the template first.

    Raises:
        UsageError: `wrong-name` when the name cannot be a command's, `template-exists`.
        BriefgenError: `cannot-write`.
    """
    hint = "take another name: small letters, digits and hyphens, beginning with a letter, such as `press-brief`"
    if not ID.fullmatch(name):
        raise UsageError(Problem("wrong-name", f"{name!r} cannot be a template's name", hints=(hint,)))
    if name in RESERVED_NAMES:
        raise UsageError(Problem("wrong-name", f"{name!r} is a command of briefgen's own", hints=(hint,)))
    if is_device_name(name):
        raise UsageError(Problem("wrong-name", f"{name!r} is a device's name on Windows", hints=(hint,)))
    folder = workspace.home / "templates"
    sources = {f"{name}.md": source}
    sources |= {f"{name}.{language}.md": path for language, path in workspace.translations(source).items()}
    made: list[Path] = []
    path = folder
    try:
        folder.mkdir(exist_ok=True)
        for file_name, original in sources.items():
            path = folder / file_name
            words = original.read_bytes()
            with path.open("xb") as file:
                made.append(path)
                file.write(words)
    except OSError as error:
        for copy in made:
            copy.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            hint = "take another name, or edit that file"
            message = "there is a template of that name already"
            raise UsageError(Problem("template-exists", message, Location(path), hints=(hint,))) from None
        raise BriefgenError(_cannot_write(path, error)) from error
    return tuple(made)


def _starter_files() -> Iterator[tuple[Path, Path]]:
    """The starter's files and their places in a workspace; never a source's full text."""
    starter = starter_folder()
    seeds = [starter / "seeds" / name for name in ("evidence.lock", "schema.json", "README.md")]
    for path in sorted([*(starter / "seeds").glob("*.yaml"), *seeds, *(starter / "templates").rglob("*")]):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(starter).parts):
            yield path, path.relative_to(starter)


def _cannot_write(path: Path, error: OSError) -> Problem:
    return Problem("cannot-write", f"cannot be written: {error.strerror or error}", Location(path))
