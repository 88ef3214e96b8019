"""Fit: which optional parts stay, and at which density, so that a document keeps to its pages.

Most kept weight first, then the most comfortable density; of equals, the later parts go. The search is exact: every
selection of one weight that could fit is laid out in full before the next weight is tried. Which could fit is bounded
from the parts' heights: dropping some frees at most what each of them frees by itself with the columns of pairs taken
apart, and what only all of them together free (a heading left without text, a note that two of them share).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import islice
from typing import Any, cast

from briefgen.document import (
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Chart,
    CrossReference,
    Document,
    Heading,
    Image,
    KeyFigures,
    Labelled,
    LabelledRow,
    Landscape,
    Lead,
    Link,
    ListItem,
    NextStep,
    OrderedList,
    Pair,
    Part,
    Table,
    Timeline,
    sections,
    walk,
)
from briefgen.errors import BriefgenError, Problem
from briefgen.fonts import Fonts
from briefgen.layout import begins_turned, first_drop, lay_out, page_capacity
from briefgen.layout.lines import Advances
from briefgen.layout.measuring import Measure
from briefgen.layout.model import Layout
from briefgen.theme import Density, StyleName, Theme

CANDIDATES = 60
"""Selections of one weight that are laid out at one density at most; only documents with dozens of optional parts of
like weight and height have more that could fit."""

SLACK_LINES = 1
"""Lines of body text by which the bound may err: renumbered notes and changed column widths break lines anew."""

_ENOUGH = 0.01
"""Slack in points for sums of fractions."""

_EMPTIED = (
    BulletList,
    OrderedList,
    Table,
    KeyFigures,
    Chart,
    Timeline,
    Labelled,
    LabelledRow,
    BlockQuote,
    Lead,
    Callout,
    NextStep,
    Landscape,
    ListItem,
)
"""Parts that go with the last of what they hold."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A document that keeps to its pages.

    Attributes:
        document: cited, without what was left out.
        layout: of that document.
        left_out: the optional parts that went, in reading order; their `optional` says what evidence they show.
    """

    document: Document
    layout: Layout
    left_out: tuple[Part, ...] = ()

    @property
    def density(self) -> str:
        """The name of the density chosen."""
        return self.layout.density

    @property
    def filled(self) -> float:
        """How much of the last page is used, 0 to 1."""
        return self.layout.pages[-1].filled


def fit(document: Document, theme: Theme, fonts: Fonts, cite: Callable[[Document], Document]) -> Fitted:
    """Choose what stays and how tightly it is set.

    Without a page budget everything stays, at the most comfortable density.

    Args:
        document: as read, not yet cited.
        cite: cites a document; called again for each selection, so that notes are numbered without gaps.

    Raises:
        BriefgenError: `optional-target`, when something is referred to that may go while the reference stays;
            `does-not-fit`, when nothing optional is left and the tightest density still needs more pages.
    """
    if document.meta.pages is not None and (unsteady := tuple(_unsteady(document))):
        raise BriefgenError(unsteady)
    advances = Advances(fonts)
    whole = cite(document)
    if whole.meta.pages is None:
        return Fitted(whole, lay_out(whole, theme, theme.densities[0], fonts, advances))
    for density in theme.densities:
        layout = lay_out(whole, theme, density, fonts, advances)
        if not layout.overflow:
            return Fitted(whole, layout)
    search = _Search(document, whole, theme, fonts, advances, cite)
    return search.best() or _refuse(search)


# ---- leaving out -----------------------------------------------------------------------------------------


def optional_parts(document: Document) -> tuple[Part, ...]:
    """The parts that may go, in reading order; one inside another comes after it."""
    return tuple(part for part, _ in _optional(document.blocks, ()))


def _optional(node: object, outer: tuple[Part, ...]) -> Iterator[tuple[Part, tuple[Part, ...]]]:
    if isinstance(node, tuple):
        for child in node:
            yield from _optional(child, outer)
    elif is_dataclass(node):
        if getattr(node, "optional", None) is not None:
            part = cast("Part", node)
            yield part, outer
            outer = (*outer, part)
        for item in fields(node):
            value = getattr(node, item.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield from _optional(value, outer)


def _unsteady(document: Document) -> Iterator[Problem]:
    """References that stay to what may go; both may be in one part that goes."""
    fleeting = _anchors(document) - _anchors(without(document, optional_parts(document)))
    for node, holders in _references((document.blocks, document.author_notes), ()) if fleeting else ():
        target = node.target.removeprefix("#")
        if target not in fleeting or any(target in _anchors(part) for part in holders if part.optional):
            continue
        own = node.location if isinstance(node, CrossReference) else None
        place = own or next((part.location for part in reversed(holders) if part.location), None)
        message = f"this refers to `{target}`, which may be left out to fit"
        hints = ("take `.optional` off what it leads to", "or put both into one optional block")
        yield Problem("optional-target", message, place, hints=hints)


def _anchors(node: object) -> frozenset[str]:
    found = (part.anchor for part in walk(node) if isinstance(part, Heading | Table | Chart | Image))
    return frozenset(filter(None, found))


def _references(node: object, holders: tuple[Part, ...]) -> Iterator[tuple[CrossReference | Link, tuple[Part, ...]]]:
    """References within the document, each with the parts that it stands in, the innermost last."""
    if isinstance(node, tuple):
        for child in node:
            yield from _references(child, holders)
    elif is_dataclass(node):
        if isinstance(node, CrossReference) or (isinstance(node, Link) and node.target.startswith("#")):
            yield node, holders
        if hasattr(node, "optional"):
            holders = (*holders, cast("Part", node))
        for item in fields(node):
            yield from _references(getattr(node, item.name), holders)


def without(document: Document, parts: Sequence[Part]) -> Document:
    """The document less these very parts, and less what they leave empty: lists, tables, pairs, and headings that
    had text of their own and have none now. What is not touched stays the same object.
    """
    gone = frozenset(map(id, parts))
    return replace(document, blocks=_prune(document.blocks, gone)) if gone else document


def _prune(node: Any, gone: frozenset[int]) -> Any:
    """A node or tuple of nodes less what is gone; None if nothing of it is left."""
    if isinstance(node, tuple):
        kept = [(child, left) for child in node if (left := _prune(child, gone)) is not None]
        if len(kept) == len(node) and all(child is left for child, left in kept):
            return node
        return _with_text(node, kept)
    if not is_dataclass(node):
        return node
    if id(node) in gone:
        return None
    changed: dict[str, Any] = {}
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, tuple) and value:
            left = _prune(value, gone)
            if left is not value:
                changed[item.name] = left
    if not changed:
        return node
    if isinstance(node, _EMPTIED) and not all(changed.values()):
        return None
    pruned = replace(cast("Any", node), **changed)
    return None if isinstance(pruned, Pair) and not (pruned.left or pruned.right) else pruned


def _with_text(before: tuple[Any, ...], kept: list[tuple[Any, Any]]) -> tuple[Any, ...]:
    """What is kept, less headings that have lost all that stood under them."""
    places = {id(child): index for index, child in enumerate(before)}
    result: list[Any] = []
    following: Any = None
    for child, left in reversed(kept):
        if isinstance(left, Heading) and _ends_section(left, result[-1] if result else None):
            place = places[id(child)] + 1
            once = before[place] if place < len(before) else None
            if once is not following and not _ends_section(left, once):
                continue
        following = child
        result.append(left)
    return tuple(reversed(result))


def _ends_section(heading: Heading, following: Any) -> bool:
    return following is None or (isinstance(following, Heading) and following.level <= heading.level)


# ---- the search ------------------------------------------------------------------------------------------


class _Search:
    """A search over selections of optional parts.

    Args:
        document: as read.
        whole: the same, cited; its optional parts correspond one to one.
    """

    def __init__(
        self,
        document: Document,
        whole: Document,
        theme: Theme,
        fonts: Fonts,
        advances: Advances,
        cite: Callable[[Document], Document],
    ) -> None:
        self.document = document
        self.whole = whole
        self.theme = theme
        self.fonts = fonts
        self.advances = advances
        self.cite = cite
        found = list(_optional(document.blocks, ()))
        self.parts = tuple(part for part, _ in found)
        self.weights = tuple(part.optional.weight for part in self.parts if part.optional)
        index = {id(part): number for number, part in enumerate(self.parts)}
        self.outer = tuple(frozenset(index[id(part)] for part in outer) for _, outer in found)
        self._bounds: dict[str, _Bound] = {}
        self._cited: dict[frozenset[int], Document] = {}

    def best(self) -> Fitted | None:
        """The best selection there is; None if none fits."""
        tightest = self.theme.densities[-1]
        for weight in range(1, sum(self.weights) + 1):
            if self._first(weight, tightest) is None:
                continue
            for density in self.theme.densities:
                fitted = self._first(weight, density)
                if fitted:
                    return fitted
        return None

    def _first(self, weight: int, density: Density) -> Fitted | None:
        """The first selection to leave out, of this weight, that fits at a density."""
        bound = self._bound(density)
        for chosen in islice(bound.selections(weight, self.weights, self.outer), CANDIDATES):
            fitted = self._try(chosen, density)
            if fitted:
                return fitted
        return None

    def _try(self, chosen: frozenset[int], density: Density) -> Fitted | None:
        left_out = tuple(self.parts[index] for index in sorted(chosen))
        if chosen not in self._cited:
            self._cited[chosen] = self.cite(without(self.document, left_out))
        cited = self._cited[chosen]
        layout = lay_out(cited, self.theme, density, self.fonts, self.advances)
        return None if layout.overflow else Fitted(cited, layout, left_out)

    def _bound(self, density: Density) -> _Bound:
        if density.name not in self._bounds:
            self._bounds[density.name] = self._measure(density)
        return self._bounds[density.name]

    def _measure(self, density: Density) -> _Bound:
        whole = self.whole
        parts = optional_parts(whole)
        assert len(parts) == len(self.parts), "citing keeps optional parts one to one"
        true = Measure(whole, self.theme, density, self.advances, columns_apart=False)
        apart = Measure(whole, self.theme, density, self.advances, columns_apart=True)
        full = apart.depths(whole.blocks)
        savings = tuple(_freed(full, apart.depths(without(whole, (part,)).blocks)) for part in parts)
        columns = {id(p): (n, side) for n, side, inside in _columns(whole) for p, _ in _optional(inside, ())}
        pairs = {n: true.columns(block) for n, block in enumerate(whole.blocks) if isinstance(block, Pair)}
        together = _freed(full, apart.depths(without(whole, parts).blocks))
        least = list(true.depths(whole.blocks))
        least[begins_turned(whole)] += first_drop(self.theme, whole)
        for kind in (0, 1):
            unseen = max(0.0, together[kind] - sum(saving[kind] for saving in savings))
            least[kind] -= SLACK_LINES * density.styles[StyleName.BODY].leading + unseen
        capacities = page_capacity(self.theme, whole), page_capacity(self.theme, whole, turned=True)
        places = tuple(columns.get(id(part)) for part in parts)
        idle = self._idle(density)
        return _Bound(savings, (least[0], least[1]), capacities, whole.meta.pages or 1, places, pairs, idle)

    def _idle(self, density: Density) -> frozenset[int]:
        """Parts on pages of a kind, upright or landscape, of which there are as few as there can be: one a section.

        A selection with such a part is no better than the same without it, which weighs less and was tried before.
        """
        if not any(isinstance(block, Landscape) for block in self.whole.blocks):
            return frozenset()
        layout = lay_out(self.whole, self.theme, density, self.fonts, self.advances)
        divided, least = sections(self.whole.blocks), sections(without(self.whole, optional_parts(self.whole)).blocks)
        idle: set[int] = set()
        index = {id(part): number for number, part in enumerate(optional_parts(self.whole))}
        for turned in (False, True):
            own = [section for section in divided if section.turned == turned]
            pages = sum(page.turned == turned for page in layout.pages)
            if pages == len(own) == sum(section.turned == turned for section in least):
                idle |= {index[id(part)] for section in own for part, _ in _optional(section.blocks, ())}
        return frozenset(idle)

    def largest(self, count: int) -> list[tuple[Block, float]]:
        """The deepest blocks of what must stay, with their heights in points at the tightest density."""
        kept = self.cite(without(self.document, self.parts))
        measure = Measure(kept, self.theme, self.theme.densities[-1], self.advances, columns_apart=False)
        return sorted(measure.heights(kept.blocks), key=lambda pair: -pair[1])[:count]


def _freed(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float]:
    """The most that has been freed on upright and on landscape pages; notes may have moved from one to the other."""
    return max(0.0, before[0] - after[0]), max(0.0, before[1] - after[1])


def _columns(document: Document) -> Iterator[tuple[int, int, tuple[Block, ...]]]:
    """Each column of each pair: the pair's place, the side and the column's blocks."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Pair):
            yield number, 0, block.left
            yield number, 1, block.right


@dataclass(frozen=True, slots=True)
class _Bound:
    """What selections can free at one density, on upright pages and on landscape pages, which do not make room for each
    other.

    Attributes:
        savings: for each part the most that leaving it out frees, in points, on pages of both kinds.
        least: how deep everything is at the least, on pages of both kinds.
        capacities: depth of a page of both kinds.
        pages: allowed, of both kinds together.
        places: for each part in a column of a pair, the pair and the side.
        pairs: the depths of each pair's columns: the deeper one counts.
        idle: parts that are never worth leaving out.
    """

    savings: tuple[tuple[float, float], ...]
    least: tuple[float, float]
    capacities: tuple[float, float]
    pages: int
    places: tuple[tuple[int, int] | None, ...]
    pairs: Mapping[int, tuple[float, float]]
    idle: frozenset[int] = frozenset()

    @property
    def needed(self) -> float:
        """The least that must be freed, in points: the pages that take least to empty."""
        steps: list[float] = []
        for least, capacity in zip(self.least, self.capacities, strict=True):
            count = _page_count(least, capacity)
            steps += [least - capacity * (count - 1), *[capacity] * (count - 1)][:count]
        return sum(sorted(steps)[: max(0, len(steps) - self.pages)])

    def may_fit(self, selection: frozenset[int]) -> bool:
        """Whether what is left without these parts may fit on the pages."""
        columns = {pair: list(depths) for pair, depths in self.pairs.items()}
        left = list(self.least)
        for part in sorted(selection):
            place = self.places[part]
            upright, turned = self.savings[part]
            left[1] -= turned
            if place is None:
                left[0] -= upright
            else:
                columns[place[0]][place[1]] -= upright
        left[0] -= sum(max(depths) - max(columns[pair]) for pair, depths in self.pairs.items())
        return sum(map(_page_count, left, self.capacities)) <= self.pages

    def selections(
        self, weight: int, weights: Sequence[int], outer: Sequence[frozenset[int]]
    ) -> Iterator[frozenset[int]]:
        """Every set of parts of exactly this weight that may free enough, later parts first.

        Args:
            outer: for each part the parts that it lies in: it goes whenever one of them goes.
        """
        count, needed = len(weights), self.needed
        savings = [upright + turned for upright, turned in self.savings]
        most = [[-math.inf] * (weight + 1) for _ in range(count + 1)]
        most[0][0] = 0.0
        for index in range(count):
            for w in range(weight + 1):
                with_it = most[index][w - weights[index]] + savings[index] if w >= weights[index] else -math.inf
                most[index + 1][w] = max(most[index][w], with_it)

        def choose(index: int, left: int, freed: float, chosen: tuple[int, ...]) -> Iterator[frozenset[int]]:
            if most[index][left] + freed < needed:
                return
            if index == 0:
                selection = frozenset(chosen)
                whole = all(part in selection or not (outer[part] & selection) for part in range(count))
                if whole and self.may_fit(selection):
                    yield selection
                return
            part = index - 1
            if weights[part] <= left and part not in self.idle:
                yield from choose(part, left - weights[part], freed + savings[part], (*chosen, part))
            yield from choose(part, left, freed, chosen)

        yield from choose(count, weight, 0.0, ())


def _page_count(depth: float, capacity: float) -> int:
    """How many pages a depth takes at the least."""
    return math.ceil(max(0.0, depth - _ENOUGH) / capacity)


def _refuse(search: _Search) -> Fitted:
    """Say by how much a document exceeds its pages, and what takes most of them.

    Raises:
        BriefgenError: always.
    """
    tightest = search.theme.densities[-1]
    kept = search.cite(without(search.document, search.parts))
    layout = lay_out(kept, search.theme, tightest, search.fonts, search.advances)
    pages = kept.meta.pages or 1
    leading = tightest.styles[StyleName.BODY].leading
    lines = max(1, math.ceil(layout.overflow))
    largest = search.largest(3)
    hints = tuple(
        f"the {_name(block)}{_where(block)} takes {_lines(height / leading)}" for block, height in largest if height
    )
    location = next((block.location for block, _ in largest if block.location), None)
    page = "one page" if pages == 1 else f"{pages} pages"
    if lying := sum(page.turned for page in layout.pages):
        hints += (f"{lying} of its {len(layout.pages)} pages are landscape pages, which nothing else shares",)
    optional = " and with everything optional left out" if search.parts else ""
    raise BriefgenError(
        Problem(
            "does-not-fit",
            f"the document does not fit on {page}: over by {_lines(lines)} at the tightest density{optional}",
            location,
            hints=(*hints, "shorten one of them, mark parts as optional, or allow more `pages`"),
        )
    )


def _lines(count: float) -> str:
    whole = math.ceil(count - 0.05)
    return "1 line" if whole == 1 else f"{whole} lines"


def _name(block: Block) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(block).__name__)
    return words.strip()


def _where(block: Block) -> str:
    location = block.location
    if location is None:
        return ""
    return f" in {location.path.name}" + (f", line {location.line}," if location.line else "")
