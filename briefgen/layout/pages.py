"""Pages: a galley cut into pages, each note at the foot of the page where it is first marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefgen.layout.galley import Galley, Strip, cut

_ENOUGH = 0.01
"""Slack in points for sums of fractions."""


@dataclass(slots=True)
class Filled:
    """One page as it fills.

    Attributes:
        strips: each with its distance from the head of the text block.
        notes: strips of notes, in their order.
        depth: how far the text reaches.
        foot: how deep the notes are, with the hairline and the white space above them.
        turned: whether it is a landscape page.
    """

    strips: list[tuple[float, Strip]] = field(default_factory=list)
    notes: list[Strip] = field(default_factory=list)
    depth: float = 0
    foot: float = 0
    turned: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing with any height stands on it."""
        return self.depth == 0

    @property
    def is_cover(self) -> bool:
        """Whether it is a cover."""
        return any(strip.cover for _, strip in self.strips)

    @property
    def used(self) -> float:
        """How much of the text block is used."""
        return self.depth + self.foot


class _Filling:
    """The page being filled and those before it.

    Args:
        notes: galleys by number, for notes at the foot.
        capacities: depth of the text block of an upright page, and of a landscape page.
        apron: white space, hairline and padding above the notes of a page.
        drop: by how much the first page's text block is less deep than others'.
    """

    def __init__(self, notes: Mapping[int, Galley], capacities: tuple[float, float], apron: float, drop: float) -> None:
        self.pages = [Filled()]
        self.notes = notes
        self.apron = apron
        self.carried: list[Strip] = []
        self._capacities = capacities
        self._drop = drop

    @property
    def capacity(self) -> float:
        """Depth of the text block of the page being filled."""
        return self._capacities[self.page.turned] - (self._drop if len(self.pages) == 1 else 0.0)

    @property
    def page(self) -> Filled:
        return self.pages[-1]

    def turn(self) -> None:
        """Begin a page; notes that did not fit on the last one come first at its foot."""
        self.pages.append(Filled(turned=self.page.turned))
        carried, self.carried = self.carried, []
        self._append_notes(carried, split=True)

    def lay(self, turned: bool) -> None:
        """Go on with upright or with landscape pages; notes stay on the pages that they were set for."""
        if self.page.turned == turned:
            return
        while self.carried:
            self.turn()
        if not self.page.is_blank or self.page.notes:
            self.turn()
        self.page.turned = turned

    def fits(self, strips: Sequence[Strip]) -> bool:
        """Whether all of them, and their notes, fit on the page as it stands."""
        return self._depth_with(strips) + self._foot_with(strips) <= self.capacity + _ENOUGH

    def put(self, strips: Sequence[Strip], split_notes: bool = False) -> None:
        """Place strips at the end of the page, and their notes at its foot."""
        for strip in self._with_head(strips):
            page = self.page
            y = page.depth + (0 if page.is_blank else strip.gap)
            page.strips.append((y, strip))
            page.depth = y + strip.height
        self._append_notes(self._notes_of(strips), split_notes)

    def room(self) -> float:
        """What is left on the page for text."""
        return self.capacity - self.page.depth - self.page.foot

    def _with_head(self, strips: Sequence[Strip]) -> list[Strip]:
        head = strips[0].head if strips and self.page.is_blank else None
        return [head, *strips] if head else list(strips)

    def _depth_with(self, strips: Sequence[Strip]) -> float:
        depth = self.page.depth
        for strip in self._with_head(strips):
            depth += strip.height + (strip.gap if depth else 0)
        return depth

    def _notes_of(self, strips: Sequence[Strip]) -> list[Strip]:
        numbers = sorted({number for strip in strips for number in strip.notes if number in self.notes})
        return [strip for number in numbers for strip in self.notes[number].strips]

    def _foot_with(self, strips: Sequence[Strip]) -> float:
        depth = sum(strip.height for strip in self._notes_of(strips))
        return self.page.foot + depth + (self.apron if depth and not self.page.foot else 0)

    def _append_notes(self, strips: Sequence[Strip], split: bool) -> None:
        if not strips:
            return
        page = self.page
        foot = page.foot or self.apron
        for index, strip in enumerate(strips):
            if self.carried or (
                split and page.depth + foot + strip.height > self.capacity + _ENOUGH and page.depth + foot > self.apron
            ):
                self.carried += strips[index:]
                break
            page.notes.append(strip)
            foot += strip.height
            page.foot = foot


def paginate(
    galley: Galley, notes: Mapping[int, Galley], capacities: tuple[float, float], apron: float, drop: float = 0
) -> list[Filled]:
    """Cut a galley into pages.

    What is tied stays together; only what no page can hold is cut: first between its strips, then within a strip,
    line by line, and a note longer than its page runs on at the foot of the next.

    Args:
        notes: by number, those that go to the foot of the page of their first mark.
        capacities: depth of the text block of an upright page, and of a landscape page, in points.
        apron: white space, hairline and padding above a page's notes, in points.
        drop: by how much the first page's text block is less deep, in points.
    """
    filling = _Filling(notes, capacities, apron, drop)
    for group in _groups(galley.strips):
        filling.lay(group[0].turned)
        if group[0].starts_page and not filling.page.is_blank:
            filling.turn()
        if not filling.fits(group) and not filling.page.is_blank:
            filling.turn()
        if filling.fits(group):
            filling.put(group)
        else:
            _force(filling, group)
        if any(strip.cover for strip in group):
            filling.turn()
    while filling.carried:
        filling.turn()
    if len(filling.pages) > 1 and filling.page.is_blank and not filling.page.notes:
        filling.pages.pop()
    return filling.pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips that stay together."""
    groups: list[list[Strip]] = []
    for strip in strips:
        if groups and strip.tied and not strip.starts_page and strip.turned == groups[-1][0].turned:
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return groups


def _force(filling: _Filling, group: Sequence[Strip]) -> None:
    """Place what no page can hold whole."""
    for strip in group:
        rest: Strip | None = strip
        while rest is not None:
            rest = _force_strip(filling, rest)


def _force_strip(filling: _Filling, strip: Strip) -> Strip | None:
    """Place as much of a strip as there is room for and return the rest."""
    if filling.fits([strip]):
        filling.put([strip])
        return None
    if not filling.page.is_blank:
        filling.turn()
        return strip
    bare = replace(strip, marks=())
    if filling.fits([bare]):
        filling.put([strip], split_notes=True)
        return None
    head = strip.head.height if strip.head else 0
    parts = cut(strip, filling.room() - head)
    if parts is None:
        filling.put([strip], split_notes=True)
        return None
    upper, lower = parts
    filling.put([upper], split_notes=True)
    filling.turn()
    return lower
