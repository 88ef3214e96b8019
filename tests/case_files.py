"""Case files: title, input, what is expected.

A case is its title, a line `.`, its input, a line `.`, what is expected, a line `.`. `BRIEFGEN_ACCEPT=1` rewrites what
is expected; read the diff before you commit it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_CASE = re.compile(r"^(?P<title>\S.*)\n\.\n(?P<body>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.\n", re.MULTILINE)
_FILE = re.compile(r"^=== (.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """One case, and the file that it stands in."""

    path: Path
    title: str
    body: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path.stem}: {self.title}"

    def files(self, first: str) -> dict[str, str]:
        """The files that the input is made of: `=== NAME` begins one; what stands before the first has a name given."""
        before, *rest = _FILE.split(self.body)
        named = dict(zip(rest[::2], rest[1::2], strict=True))
        return {first: before, **named} if before else named

    def settle(self, found: str) -> None:
        """Assert that this is what is expected; with `BRIEFGEN_ACCEPT`, from now on."""
        if os.environ.get("BRIEFGEN_ACCEPT") and found != self.expected:
            text = self.path.read_text(encoding="utf-8")
            old, new = (f"{self.title}\n.\n{self.body}.\n{words}.\n" for words in (self.expected, found))
            assert text.count(old) == 1
            self.path.write_text(text.replace(old, new), encoding="utf-8")
        assert found == self.expected


def cases(folder: str = "") -> Iterator[Case]:
    """The cases of the files in a folder below tests/cases."""
    for path in sorted((CASES / folder).glob("*.md")):
        for case in _CASE.finditer(path.read_text(encoding="utf-8")):
            yield Case(path, case["title"], case["body"], case["expected"])
