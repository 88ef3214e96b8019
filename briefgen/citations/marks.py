"""Where note marks stand: behind the sentence that owes them, once per source, and never behind a numeral."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from briefgen.citations.sentences import CLOSERS, closed, ends_in_numeral, places_before_numeral, sentence_ends
from briefgen.citations.wording import OWING
from briefgen.document import (
    CiteRef,
    Code,
    CrossReference,
    Emphasis,
    Facet,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Printed,
    Quiet,
    Strong,
    Text,
    plain,
    walk,
)
from briefgen.locales import NBSP

_TAIL = re.compile(rf"[.!?…。！？]*[{re.escape(CLOSERS)}]*\Z")
_STOPS = re.compile(r"[.!?…。！？]")

Wrapper = Emphasis | Strong | Quiet


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An inline without its wrappers, which are told apart by their number: two strong words may touch."""

    node: Inline
    wrappers: tuple[tuple[int, Wrapper], ...]
    text: str

    @property
    def splits(self) -> bool:
        """Whether a mark may stand within it: evidence and links stay whole."""
        return isinstance(self.node, Text)


def settle(
    inlines: Inlines,
    supports: Callable[[str], frozenset[str]],
    function_words: frozenset[str],
    also: Sequence[str] = (),
) -> Inlines:
    """Add the marks that printed evidence owes, as `CiteRef`s.

    A mark stands behind its sentence's closing punctuation, or at the end of a text that has none. Behind a numeral
    it moves back to the last word that means something; where there is no word, a no-break space keeps it off.
    What an explicit `CiteRef` in the same sentence already cites is not cited again.

    Args:
        inlines: with every `EvidenceRef` printed.
        supports: evidence or source id → what a mark for it points to.
        function_words: of the language; see `places_before_numeral`.
        also: evidence that owes a mark at the text's end without being printed in it.
    """
    leaves = _leaves(inlines)
    text = "".join(leaf.text for leaf in leaves)
    starts = [0]
    for leaf in leaves:
        starts.append(starts[-1] + len(leaf.text))
    bounds = _bounds(leaves, starts, text)
    if not bounds:
        return (*inlines, CiteRef(tuple(also))) if also else inlines

    owed: dict[int, dict[str, None]] = {}
    cited: dict[int, set[str]] = {}
    for leaf, end in zip(leaves, starts[1:], strict=True):
        sentence = min(bisect_left(bounds, end), len(bounds) - 1)
        match leaf.node:
            case CiteRef(ids):
                cited.setdefault(sentence, set()).update(*(supports(id) for id in ids))
            case node:
                for id in _owing(node):
                    owed.setdefault(sentence, {})[id] = None
    for id in also:
        owed.setdefault(len(bounds) - 1, {})[id] = None

    marks: list[tuple[int, bool, CiteRef]] = []
    for sentence, owing in sorted(owed.items()):
        left = tuple(id for id in owing if not supports(id) <= cited.get(sentence, set()))
        if left:
            start = bounds[sentence - 1] if sentence else 0
            place, spaced = _place(text, start, bounds[sentence], leaves, starts, function_words)
            marks.append((place, spaced, CiteRef(left)))
    return _rebuild(_with_marks(leaves, starts, marks))


def evidence_owing(inlines: Inlines) -> tuple[str, ...]:
    """Ids of the evidence printed in inlines that owes a mark, in order, each once."""
    return tuple(dict.fromkeys(id for inline in inlines for id in _owing(inline)))


def _owing(inline: Inline) -> Iterable[str]:
    return (node.evidence for node in walk(inline) if isinstance(node, Printed) and node.facet in OWING)


def _leaves(inlines: Inlines) -> list[_Leaf]:
    leaves: list[_Leaf] = []
    count = 0

    def add(inlines: Inlines, wrappers: tuple[tuple[int, Wrapper], ...]) -> None:
        nonlocal count
        for node in inlines:
            match node:
                case Emphasis() | Strong() | Quiet():
                    count += 1
                    add(node.children, (*wrappers, (count, node)))
                case Text(text):
                    leaves.append(_Leaf(node, wrappers, text))
                case LineBreak():
                    leaves.append(_Leaf(node, wrappers, "\n"))
                case Printed() | Link() | Code() | CrossReference():
                    leaves.append(_Leaf(node, wrappers, _masked(plain((node,)))))
                case _:
                    leaves.append(_Leaf(node, wrappers, ""))

    add(inlines, ())
    return leaves


def _masked(text: str) -> str:
    """The text with the stops inside it covered, since no sentence of ours ends there; those at its end stay."""
    tail = _TAIL.search(text)
    assert tail is not None
    return _STOPS.sub("·", text[: tail.start()]) + tail[0]


def _bounds(leaves: Sequence[_Leaf], starts: Sequence[int], text: str) -> list[int]:
    """Where sentences end; a claim printed whole ends one at its own full stop whatever follows."""
    bounds = set(sentence_ends(text))
    for leaf, end in zip(leaves, starts[1:], strict=True):
        if isinstance(leaf.node, Printed) and leaf.node.facet is Facet.WHOLE and closed(leaf.text):
            if leaf.text[-1] in CLOSERS:  # a quotation: what follows may carry its sentence on
                continue
            while end < len(text) and text[end] in CLOSERS:
                end += 1
            bounds.add(end)
    return sorted(bounds)


def _place(
    text: str, start: int, end: int, leaves: Sequence[_Leaf], starts: Sequence[int], function_words: frozenset[str]
) -> tuple[int, bool]:
    """The offset of a sentence's mark, and whether a no-break space must keep it off a numeral."""
    if not ends_in_numeral(text[start:end]):
        return end, False
    for place in places_before_numeral(text[start:end], function_words):
        index = bisect_left(starts, start + place)
        if starts[index] == start + place or leaves[index - 1].splits:
            return start + place, False
    return end, True


def _with_marks(
    leaves: Sequence[_Leaf], starts: Sequence[int], marks: Sequence[tuple[int, bool, CiteRef]]
) -> list[_Leaf]:
    """The leaves with marks among them, split where a mark stands within."""
    result: list[_Leaf] = []
    waiting = sorted(marks, key=lambda mark: mark[0])
    for index, leaf in enumerate(leaves):
        cut = 0
        # a mark at a leaf's end waits for empty leaves behind it: marks that the author set come first
        while waiting and (
            waiting[0][0] < starts[index + 1] or (waiting[0][0] == starts[index + 1] and not _empty_next(leaves, index))
        ):
            place, spaced, mark = waiting.pop(0)
            at = place - starts[index]
            if at > cut:
                result.append(_part(leaf, cut, at))
                cut = at
            following = leaf if at < len(leaf.text) else (leaves[index + 1] if index + 1 < len(leaves) else None)
            wrappers = _shared(leaf.wrappers, following.wrappers if following else ())
            if spaced:
                result.append(_Leaf(Text(NBSP), wrappers, NBSP))
            result.append(_Leaf(mark, wrappers, ""))
        if cut < len(leaf.text) or not leaf.text:
            result.append(_part(leaf, cut, len(leaf.text)))
    return result


def _empty_next(leaves: Sequence[_Leaf], index: int) -> bool:
    return index + 1 < len(leaves) and not leaves[index + 1].text


def _part(leaf: _Leaf, start: int, end: int) -> _Leaf:
    if isinstance(leaf.node, Text) and (start, end) != (0, len(leaf.text)):
        words = leaf.text[start:end]
        return _Leaf(replace(leaf.node, text=words), leaf.wrappers, words)
    return leaf


def _shared(
    left: tuple[tuple[int, Wrapper], ...], right: tuple[tuple[int, Wrapper], ...]
) -> tuple[tuple[int, Wrapper], ...]:
    shared = 0
    while shared < min(len(left), len(right)) and left[shared][0] == right[shared][0]:
        shared += 1
    return left[:shared]


def _rebuild(leaves: Sequence[_Leaf], depth: int = 0) -> Inlines:
    result: list[Inline] = []
    for key, group in groupby(leaves, lambda leaf: leaf.wrappers[depth][0] if len(leaf.wrappers) > depth else 0):
        members = list(group)
        if key == 0:
            result += [leaf.node for leaf in members]
        else:
            wrapper = members[0].wrappers[depth][1]
            result.append(replace(wrapper, children=_rebuild(members, depth + 1)))
    return tuple(result)
