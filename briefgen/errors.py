"""What went wrong, where, and what to do about it.

Every part of briefgen reports a user's mistake as a `Problem`; nothing else is printed for one.
A traceback means a bug of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file.

    Attributes:
        path: the file (or folder) at fault.
        line: counted from 1, or None for the file as a whole.
        column: counted from 1 in code points, or None for the line as a whole.
    """

    path: Path
    line: int | None = None
    column: int | None = None


class Severity(StrEnum):
    """How much a problem weighs: an error stops a build, a warning is counted, advice is only said."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a problem is about, such as the second of two facts that disagree.

    Attributes:
        location: where it is.
        message: what stands there, a few words without a full stop.
        subject: the id of the entry there, if any.
    """

    location: Location
    message: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        code: a stable name in kebab case, e.g. `passage-not-found`.
        message: what was found and what was expected, in one sentence without a full stop.
        location: where, as exactly as is known.
        hints: what the user can do about it, one short sentence each.
        subject: the id of the evidence, source, person, template… concerned, if any.
        related: the other places, for a problem between several entries; then `location` is the first of them.
    """

    code: str
    message: str
    location: Location | None = None
    severity: Severity = Severity.ERROR
    hints: tuple[str, ...] = ()
    subject: str | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowance:
    """A user's decision to live with a warning: `allow: {code: reason}` on an entry or in a template's front matter.

    Attributes:
        code: of the problems that are not to be reported.
        reason: why, in the user's words.
        location: where it is written.
    """

    code: str
    reason: str
    location: Location


@dataclass(frozen=True, slots=True)
class Silenced:
    """A problem that is not reported, and the allowance that says why."""

    problem: Problem
    allowance: Allowance


class BriefgenError(Exception):
    """Raised when problems stop the work; carries all of them.

    Args:
        problems: one or more problems; a single `Problem` is accepted for convenience.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))


class UsageError(BriefgenError):
    """The command was called in a way that cannot work (exit status 2)."""


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def format_problem(problem: Problem, base: Path | None = None) -> str:
    """Write a problem the way a compiler does: place, severity, code, message, the line with a caret, hints.

    Args:
        problem: what to write.
        base: folder that paths are shown relative to, where they lie below it.

    Returns:
        One or more lines without a final line feed.
    """
    lines = [f"{_place(problem.location, base)}{problem.severity}[{problem.code}]: {problem.message}"]
    lines += _excerpt(problem.location)
    lines += [f"  {_place(related.location, base)}{related.message}" for related in problem.related]
    lines += [f"  hint: {hint}" for hint in problem.hints]
    return "\n".join(lines)


def _place(location: Location | None, base: Path | None) -> str:
    if location is None:
        return ""
    path = location.path
    if base is not None and path.is_relative_to(base):
        path = path.relative_to(base)
    numbers = [str(n) for n in (location.line, location.column) if n is not None]
    return ":".join([path.as_posix(), *numbers]) + ": "


def _excerpt(location: Location | None) -> list[str]:
    if location is None or location.line is None:
        return []
    try:
        source = location.path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
        line = source[location.line - 1].rstrip("\r")
    except (OSError, IndexError):
        return []
    column = (location.column or 1) - 1
    start = max(0, column - 70) if len(line) > 110 else 0
    shown = line[start : start + 110].replace("\t", " ")
    gutter = f"{location.line:>5} | "
    lines = [gutter + shown]
    if location.column is not None:
        lines.append(" " * (len(gutter) - 2) + "| " + " " * (column - start) + "^")
    return lines
