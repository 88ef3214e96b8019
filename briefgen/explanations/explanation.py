"""What is said of one code."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent, fill, indent

from briefgen.errors import Severity

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a problem's code means.

    Attributes:
        code: the code.
        severity: the severity of its problems.
        summary: what is wrong, in half a sentence: its row in the table of codes.
        meaning: why that is a problem, and when it is reported.
        example: lines that show it.
        remedy: what to do.
        arguable: whether a template may allow it although it is an error, as it judges the author's own words.
    """

    code: str
    severity: Severity
    summary: str
    meaning: str
    example: str
    remedy: str
    arguable: bool = False

    def as_text(self) -> str:
        """What `briefgen check --explain` prints, without a final line feed."""
        words = (f"{self.severity}[{self.code}]: {self.summary}", *map(_paragraph, (self.meaning,)))
        example = indent(dedent(self.example).strip("\n"), "    ")
        return "\n\n".join((*words, f"Example:\n{example}", _paragraph(f"What to do: {self.remedy}")))


def _paragraph(words: str) -> str:
    return fill(" ".join(words.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)
