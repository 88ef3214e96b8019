"""Heights of blocks without pages: what the search for a fit reckons with."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.document import Block, Document, Heading, NoteMark, Pair, walk
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
        self._notes: dict[int, float] = {}

    def galley(self, block: Block) -> Galley:
        """A top-level block, set."""
        known = self._galleys.get(id(block))
        if known is None:
            galley = set_block(block, text_frame(self._setting), 0, self._setting)
            known = self._galleys[id(block)] = block, galley
        return known[1]

    def columns(self, pair: Pair) -> tuple[float, float]:
        """Depths of a pair's two columns, in points."""
        frame = text_frame(self._setting)
        width = (frame.width - self._setting.theme.page.pair_gap) / 2
        column = frame.column(frame.left, width)
        left, right = (stack(set_block(b, column, 0, self._setting) for b in side) for side in (pair.left, pair.right))
        return left.height, right.height

    def text(self, blocks: Sequence[Block]) -> float:
        """Height of these top-level blocks in points."""
        return stack(self.galley(block) for block in blocks).height

    def notes(self, blocks: Sequence[Block]) -> float:
        """Height of the notes marked in these blocks, in points."""
        used = {node.number for node in walk(tuple(blocks)) if isinstance(node, NoteMark)}
        for note in self._document.notes:
            if note.number in used and note.number not in self._notes:
                self._notes[note.number] = set_note(note, 0, self._setting).height
        return sum(self._notes.get(number, 0.0) for number in sorted(used))

    def height(self, blocks: Sequence[Block]) -> float:
        """Of text and notes together."""
        return self.text(blocks) + self.notes(blocks)
