"""Where evidence stands in a Word file: a bookmark around each piece of it, by which it is found after any editing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from briefgen.document import Facet, Inline, LineBreak, Origin, Printed, Text, plain
from briefgen.writers.docx.comments import Comments
from briefgen.writers.ooxml import Mark, Xml

_LONGEST_NAME = 40
"""Characters that Word allows in a bookmark's name (§17.13.6.2; [MS-OI29500] 2.1.439)."""

_NUMBER_PARTS = frozenset((Facet.QUALIFIER, Facet.NUMBER, Facet.UNIT))


class EvidenceMarks:
    """Marks pieces of evidence as they are written, and remembers what was marked.

    Args:
        bookmark: puts a bookmark of a name around content.
        comments: of a review copy.
    """

    def __init__(self, bookmark: Callable[[str, Xml], Xml], comments: Comments | None) -> None:
        self.marks: list[Mark] = []
        self.comments = comments
        self._bookmark = bookmark
        self._seen: Counter[str] = Counter()

    def around(self, piece: Sequence[Inline], content: Xml, *, in_text: bool) -> Xml:
        """Content that prints a piece of evidence, marked as such.

        Args:
            in_text: whether it stands in the text, where Word allows comments.
        """
        printed = [inline for inline in piece if isinstance(inline, Printed)]
        id = printed[0].evidence
        self._seen[id] += 1
        name = bookmark_name(id, self._seen[id])
        facets = dict.fromkeys(inline.facet for inline in printed)
        words = plain(tuple(piece)).replace("\n", " ")
        self.marks.append(Mark(name, id, tuple(facet.value for facet in facets), words))
        if self.comments and in_text:
            content = self.comments.at_words(id, facets, content)
        return self._bookmark(name, content)


def bookmark_name(id: str, occurrence: int) -> str:
    """The name of the bookmark around evidence: `ev_trade_2024_1`.

    Args:
        id: of a fact or quote; one that is too long is cut, and eight digits of its hash stand for what is missing.
        occurrence: in the file, counted from 1.
    """
    room = _LONGEST_NAME - len(f"ev__{occurrence}")
    if len(id) > room:
        digest = hashlib.sha256(id.encode()).hexdigest()[:8]
        id = f"{id[: room - len(digest) - 1]}-{digest}"
    return f"ev_{id.replace('-', '_')}_{occurrence}"


def pieces(inlines: Sequence[Inline]) -> Iterator[tuple[int, int, bool]]:
    """Cut inlines where evidence begins and ends: start, end, and whether what stands between is a piece of it.

    What prints one piece together is one: the hedge, number and unit of a figure, words that a line break parts.
    """
    start = 0
    while start < len(inlines):
        first, end = inlines[start], start + 1
        evident = isinstance(first, Printed) and first.facet is not Facet.SOURCE and first.text != ""
        if evident:
            assert isinstance(first, Printed)
            for place in range(end, len(inlines)):
                inline = inlines[place]
                if isinstance(inline, Printed) and _belongs(inline, first):
                    end = place + 1
                elif not _is_gap(inline):
                    break
        yield start, end, evident
        start = end


def _belongs(printed: Printed, first: Printed) -> bool:
    same_kind = printed.facet is first.facet or {printed.facet, first.facet} <= _NUMBER_PARTS
    return printed.evidence == first.evidence and same_kind


def _is_gap(inline: Inline) -> bool:
    """Whether it is white space of ours: between the parts of a figure, or at a title's line end."""
    match inline:
        case Text(text, Origin.LABEL):
            return not text.strip()
        case LineBreak():
            return True
        case _:
            return False
