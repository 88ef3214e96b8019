"""What one call of briefgen does, as a test sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """Exit status, what was printed, and what was complained of."""

    status: int
    out: str
    err: str


Program = Callable[..., Result]
"""The fixture `briefgen`: arguments in, the result out."""
