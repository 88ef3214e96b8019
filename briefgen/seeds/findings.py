"""What comes up while evidence files are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefgen.errors import Location, Problem


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that something refers to, and where."""

    id: str
    kind: str
    by: str
    location: Location


@dataclass(slots=True)
class Findings:
    """Problems, and what entries refer to, of which it is known only in the end whether it is there."""

    problems: list[Problem]
    mentions: list[Mention] = field(default_factory=list)

    def problem(self, code: str, message: str, place: Location, hint: str = "", subject: str | None = None) -> None:
        """Report a problem."""
        self.problems.append(Problem(code, message, place, hints=(hint,) if hint else (), subject=subject))

    def mention(self, id: str | None, kind: str, by: str, location: Location) -> None:
        """Remember that an entry refers to another."""
        if id is not None:
            self.mentions.append(Mention(id, kind, by, location))
