"""A line that says how far a longer command has come; only for someone who watches."""

from __future__ import annotations

import sys

_CELLS = 20


class Progress:
    """One line on stderr that is written over; nothing where stderr is no terminal.

    Args:
        total: how many steps there are.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._shown = 0
        self._watched = sys.stderr.isatty()

    def step(self, number: int, name: str) -> None:
        """Say which step, counted from 1, has begun."""
        if self._watched:
            done = _CELLS * (number - 1) // self._total
            line = f"[{'#' * done}{'.' * (_CELLS - done)}] {number}/{self._total} {name}"
            self._write(f"\r{line:<{self._shown}}")
            self._shown = len(line)

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown:
            self._write(f"\r{'':<{self._shown}}\r")
            self._shown = 0

    def _write(self, text: str) -> None:
        print(text, end="", file=sys.stderr, flush=True)
