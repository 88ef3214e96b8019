"""What one template may take and print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefgen.slots import Mistake

STEPS = 100_000
CHARACTERS = 400_000
"""Some hundred times what a long dossier needs."""
LONGEST_TEXT = 50_000
LONGEST_LIST = 10_000


@dataclass(slots=True)
class Budget:
    """What is left of the steps and characters of one template."""

    steps: int = STEPS
    characters: int = CHARACTERS

    def spend(self, steps: int = 1, characters: int = 0) -> None:
        """Pay for some work.

        Raises:
            Mistake: nothing is left.
        """
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0:
            hint = "shorten its loops; they may be endless or nested too deeply"
            raise Mistake("template-too-long", f"the template takes more than {STEPS:,} steps", hint)
        if self.characters < 0:
            hint = "shorten its loops, or what they print"
            raise Mistake("template-too-long", f"the template prints more than {CHARACTERS:,} characters", hint)

    def paid(self, values: Iterable[object]) -> Iterator[object]:
        """The values of a loop, each paid for."""
        for value in values:
            self.spend()
            yield value

    def text(self, text: str) -> str:
        """A text that the template makes, paid for."""
        if len(text) > LONGEST_TEXT:
            raise Mistake("template-too-long", f"a text of more than {LONGEST_TEXT:,} characters")
        self.spend(1 + len(text) // 100)
        return text

    def element(self, value: object) -> object:
        """An element of a list that the template makes. Lists nest once: deeper ones could take for ever to compare."""
        if isinstance(value, dict) or (
            isinstance(value, list | tuple) and any(isinstance(inner, list | tuple | dict) for inner in value)
        ):
            raise Mistake("nested-too-deeply", "lists and mappings of a template nest only once")
        if isinstance(value, list | tuple):
            self.spend(1 + len(value) // 10)
        return value
