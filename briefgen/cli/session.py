"""What every command needs to know of the call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Session:
    """One call of the program.

    Attributes:
        here: the current folder, absolute.
        today: the only place where the clock is read.
    """

    workspace: Workspace
    here: Path
    today: date
