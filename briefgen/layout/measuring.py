"""Heights of blocks without pages: what the search for a fit reckons with."""

from __future__ import annotations

from collections.abc import Set

from briefgen.document import Block, Document, Heading, NoteMark, Pair, sections, walk
from briefgen.layout.blocks import set_block
from briefgen.layout.galley import Galley, stack
from briefgen.layout.lines import Advances
from briefgen.layout.notes import set_note
from briefgen.layout.setting import Setting, text_frame
from briefgen.theme import Density, Theme


class Measure:
    """Heights at one density; each block and note is set once.

    Args:
        document: a cited document; what is measured are this document's blocks, or some of them less some parts.
        columns_apart: count both columns of a pair, one below the other, rather than the deeper one.
    """

    def __init__(
        self, document: Document, theme: Theme, density: Density, advances: Advances, columns_apart: bool
    ) -> None:
        headings = tuple(node for node in walk(document.blocks) if isinstance(node, Heading))
        self._setting = Setting(theme, density, advances, document.meta, headings, columns_apart)
        self._document = document
        self._galleys: dict[int, tuple[Block, Galley]] = {}
        self._notes: dict[tuple[int, bool], float] = {}

    def galley(self, block: Block, turned: bool = False) -> Galley:
        """A block of a section, set for its pages."""
        known = self._galleys.get(id(block))
        if known is None:
            self._setting.turn(turned)
            galley = set_block(block, text_frame(self._setting), 0, self._setting)
            self._setting.turn(False)
            known = self._galleys[id(block)] = block, galley
        return known[1]

    def columns(self, pair: Pair) -> tuple[float, float]:
        """Depths of a pair's two columns, in points."""
        frame = text_frame(self._setting)
        width = (frame.width - self._setting.page.pair_gap) / 2
        column = frame.column(frame.left, width)
        left, right = (stack(set_block(b, column, 0, self._setting) for b in side) for side in (pair.left, pair.right))
        return left.height, right.height

    def heights(self, blocks: tuple[Block, ...]) -> list[tuple[Block, float]]:
        """Each block, those of landscape pages one by one, and its height in points."""
        return [
            (block, self.galley(block, section.turned).height)
            for section in sections(blocks)
            for block in section.blocks
        ]

    def depths(self, blocks: tuple[Block, ...]) -> tuple[float, float]:
        """How deep these top-level blocks are with the notes marked in them: on upright and on landscape pages."""
        depths = [0.0, 0.0]
        seen: set[int] = set()
        for section in sections(blocks):
            galley = stack(self.galley(block, section.turned) for block in section.blocks)
            marked = {node.number for node in walk(section.blocks) if isinstance(node, NoteMark)} - seen
            depths[section.turned] += galley.height + self._notes_height(marked, section.turned)
            seen |= marked
        return depths[0], depths[1]

    def _notes_height(self, numbers: Set[int], turned: bool) -> float:
        for note in self._document.notes:
            if note.number in numbers and (note.number, turned) not in self._notes:
                self._setting.turn(turned)
                self._notes[note.number, turned] = set_note(note, 0, self._setting).height
                self._setting.turn(False)
        return sum(self._notes.get((number, turned), 0.0) for number in sorted(numbers))
