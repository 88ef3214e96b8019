"""What a template did wrong, from the error that ended it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

import briefgen
from briefgen.errors import Location, Problem
from briefgen.slots import Mistake, did_you_mean

_OURS = Path(briefgen.__file__).parent


@dataclass(frozen=True, slots=True)
class Known:
    """What a template can name.

    Attributes:
        names: variables and functions.
        filters, tests: those that are offered.
        files: lists those that it can include or extend.
    """

    names: tuple[str, ...]
    filters: tuple[str, ...]
    tests: tuple[str, ...]
    files: Callable[[], list[str]]


def problem_of(error: Exception, path: Path, texts: Mapping[Path, str], known: Known) -> Problem | None:
    """What a template did wrong, from the error that ended it; None for a mistake of our own.

    Args:
        path: the template's file.
        texts: every file read for it, as Jinja saw it.
        known: what it could have named.
    """
    located = partial(_located, texts)
    inside = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    names = {str(file): file for file in texts}
    frames = [(names[file], line) for file, line in inside if file in names]
    file, line = frames[-1] if frames else (path, None)
    hints: tuple[str, ...]
    match error:
        case Mistake():
            hints = error.hints
            if str(error) == f"`{error.needle}` is not defined":
                hints = did_you_mean(error.needle, known.names) or hints
            return located(error.code, str(error), file, line, hints, error.needle, error.subject)
        case TemplateSyntaxError():
            file, line = names.get(error.filename or "", file), error.lineno
            hints = ()
            if unknown := re.match(r"No (filter|test) named '(\w+)'", error.message or ""):
                of_kind = known.filters if unknown[1] == "filter" else known.tests
                hints = did_you_mean(unknown[2], of_kind) or (f"there are {', '.join(sorted(of_kind))}",)
            message = (error.message or "wrong syntax").rstrip(".")
            code = "unknown-filter" if unknown else "template-syntax"
            return located(code, message, file, line, hints, unknown[2] if unknown else "")
        case TemplateNotFound():
            name = str(error.name or error)
            hints = did_you_mean(name, known.files()) or ("paths are relative to templates/",)
            message = f"there is no template file {name!r}"
            return located("template-not-found", message, file, line, hints, name)
        case MemoryError() | SyntaxError() | RecursionError() if line is None:
            return located("template-syntax", "the template is nested too deeply", file, line)
        case RecursionError():
            extends = [n for n, text in enumerate(texts[file].split("\n"), 1) if "{% extends" in text]
            line = extends[0] if line == 1 and extends else line  # Jinja extends from a template's first line
            hint = "a macro, an include or an extends leads back to itself"
            return located("template-recursion", "the template calls itself without end", file, line, (hint,))
        case SecurityError():
            return located("forbidden-in-template", str(error).rstrip("."), file, line)
        case _:
            if Path(inside[-1][0]).is_relative_to(_OURS):
                return None
            return located("template-error", str(error) or type(error).__name__, file, line)


def _located(
    texts: Mapping[Path, str],
    code: str,
    message: str,
    path: Path,
    line: int | None,
    hints: tuple[str, ...] = (),
    needle: str = "",
    subject: str | None = None,
) -> Problem:
    lines = texts.get(path, "").split("\n")
    column = None
    if needle and line is not None and line <= len(lines):
        found = re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", lines[line - 1]) if needle[0].isalnum() else None
        start = found.start() if found else lines[line - 1].find(needle)
        column = start + 1 if start >= 0 else None
    return Problem(code, message, Location(path, line, column), hints=hints, subject=subject)
