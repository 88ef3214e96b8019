"""What a check of a document is given, and the runs of words that a document is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date as Day
from functools import cached_property
from pathlib import Path

from briefgen.document import Address, Cover, Document, Image, Inline, Inlines, Text
from briefgen.errors import Location
from briefgen.evidence import Library, Marking
from briefgen.templates import Filled, TemplateSpec

_ABOVE, _BELOW = 6, 60
"""Lines around a block's first in which its words are looked for: a table's caption, a container's parts."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are read in one go: a paragraph's, a cell's, a label's.

    Attributes:
        location: of the block that they stand in.
        of_address: whether they stand in a memo's address or on a cover's list, where references and dates belong.
    """

    inlines: Inlines
    location: Location | None
    of_address: bool = False


@dataclass(frozen=True)
class DocumentInspection:
    """A document as read and as printed, and what it was made of.

    Attributes:
        document: as read, whole, before anything was left out: its evidence is references.
        cited: as printed: after `cite`, with what was kept to fit.
        clearance: the strictest marking that its audience may see; None for nobody in particular.
        given: words that come from the user and from the audience's file.
        days: the document's own days, in words.
        texts: every file of the template.
    """

    document: Document
    cited: Document
    template: TemplateSpec
    library: Library
    as_of: Day
    clearance: Marking | None = None
    given: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    texts: Mapping[Path, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        filled: Filled,
        document: Document,
        cited: Document,
        template: TemplateSpec,
        library: Library,
        clearance: Marking | None,
    ) -> DocumentInspection:
        """Of a document that was read from a filled template."""
        as_of, given, days = document.meta.as_of, filled.given, filled.days
        return cls(document, cited, template, library, as_of, clearance, given, days, filled.texts)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every run of words of the document as read, its notes and its footer with it."""
        notes = (Run(inlines, self._of_note(label)) for label, inlines in self.document.author_notes)
        footer = Run(self.document.meta.footer, self.template.locations.get("footer"))
        return (*runs(self.document.blocks), *notes, *((footer,) if footer.inlines else ()))

    def place(self, location: Location | None, needle: str) -> Location | None:
        """Where words stand in the template: in the block at `location`, or else the only place in its file."""
        if location is None or location.line is None:
            return location
        lines = self.texts.get(location.path, "").split("\n")
        found = _standing(needle)
        holding = [number for number, line in enumerate(lines) if found.search(line)]
        near = next((number for number in _nearest_first(lines, location.line - 1) if number in holding), None)
        if near is None and len(holding) != 1:
            return location
        number = holding[0] if near is None else near
        match = found.search(lines[number])
        assert match is not None
        return Location(location.path, number + 1, match.start() + 1)

    def _of_note(self, label: str) -> Location | None:
        for number, line in enumerate(self.texts.get(self.template.path, "").split("\n"), 1):
            if line.lstrip().startswith(f"[^{label}]:"):
                return Location(self.template.path, number)
        return self.template.location


def _standing(words: str) -> re.Pattern[str]:
    """What finds words that stand by themselves; a particle may be glued to Korean ones."""
    if not words.isalnum():
        return re.compile(re.escape(words))
    return re.compile(rf"(?<!\w){re.escape(words)}" + ("" if "가" <= words[-1] <= "힣" else r"(?!\w)"))


def _nearest_first(lines: Sequence[str], first: int) -> Iterator[int]:
    """The lines of the block that begins at `first`, then a few above it, then those below."""
    end = next((number for number in range(first, len(lines)) if not lines[number].strip()), len(lines))
    yield from range(first, end)
    yield from range(first - 1, max(first - _ABOVE, 0) - 1, -1)
    yield from range(end, min(first + _BELOW, len(lines)))


def runs(node: object, location: Location | None = None, of_address: bool = False) -> Iterator[Run]:
    """Every run of words below blocks, in reading order."""
    if isinstance(node, tuple):
        if node and all(isinstance(child, Inline) for child in node):
            yield Run(node, location, of_address)
        else:
            for child in node:
                yield from runs(child, location, of_address)
    elif is_dataclass(node):
        location = getattr(node, "location", None) or location
        if isinstance(node, Image):
            yield Run((Text(node.description),), location)
        for part in fields(node):
            inside = of_address or isinstance(node, Address) or (isinstance(node, Cover) and part.name == "lines")
            value = getattr(node, part.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield from runs(value, location, inside)
