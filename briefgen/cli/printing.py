"""How the command line prints: results on stdout, problems on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.errors import Problem, Severity, format_problem

if TYPE_CHECKING:
    from briefgen.lock import Verification


def print_problems(problems: Iterable[Problem], here: Path, *, brief_advice: bool = False) -> None:
    """Print problems on stderr, the way a compiler does.

    Args:
        here: the current folder, which paths are shown relative to.
        brief_advice: give advice one line each, so that it does not drown what is wrong.
    """
    for problem in problems:
        text = format_problem(problem, here)
        if brief_advice and problem.severity is Severity.ADVICE:
            text = text.split("\n", 1)[0]
        print(text, file=sys.stderr)


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def problem_as_json(problem: Problem, here: Path) -> dict[str, object]:
    """A problem as the fields of `--json`."""
    location = problem.location
    fields: dict[str, object] = {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "path": shown(location.path, here) if location else None,
        "line": location.line if location else None,
        "column": location.column if location else None,
        "id": problem.subject,
        "hints": list(problem.hints),
    }
    if problem.related:
        fields["related"] = [
            {
                "id": related.subject,
                "message": related.message,
                "path": shown(related.location.path, here),
                "line": related.location.line,
                "column": related.location.column,
            }
            for related in problem.related
        ]
    return fields


def print_table(rows: Sequence[Sequence[str]], indent: str = "  ") -> None:
    """Print rows in aligned columns on stdout; the last column is not padded."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)] if rows else []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print((indent + "  ".join([*cells, row[-1]])).rstrip())


def shown(path: Path, here: Path) -> str:
    """A path as the user would write it: relative to the current folder where it lies below that."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 page`, `2 pages`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def verified(verification: Verification) -> str:
    """`verified against the texts`, `verified against the texts and the lock`."""
    bases = [f"the {basis}" for basis, count in verification.counts().items() if count]
    return f"verified against {listed(bases) or 'nothing'}"
