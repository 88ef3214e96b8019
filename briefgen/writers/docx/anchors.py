"""Bookmarks that links, references and lists of contents lead to, and the sequences in which captions are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefgen.document import (
    Caption,
    Chart,
    Contents,
    CrossReference,
    Document,
    Heading,
    Image,
    Link,
    Table,
    walk,
)


@dataclass(frozen=True, slots=True)
class Bookmarks:
    """The names of bookmarks, by the anchors that they stand for. Word hides names that begin with a line.

    Attributes:
        listed: around whole headings and captions that lists of contents name.
        labels: around what something that is referred to bears itself: "4.1", "Table 3". A reference repeats that.
    """

    listed: Mapping[str, str]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, document: Document) -> Bookmarks:
        """Names for all of a document's headings, and for what else it lists or refers to."""
        listed: dict[str, None] = {}
        labels: dict[str, None] = {}
        there = set(_borne(document))
        for node in walk(document):
            match node:
                case Heading(anchor=anchor):
                    listed.setdefault(anchor)
                case Contents(lists=lists):
                    listed.update(dict.fromkeys(entry.anchor for one in lists for entry in one.entries))
                case CrossReference(target) if node.note is None:
                    labels.setdefault(target)
                case Link(target) if target.startswith("#") and target[1:] in there:
                    labels.setdefault(target[1:])
                case _:
                    pass
        return cls(_numbered("_Toc", listed), _numbered("_Ref", labels))

    def link(self, anchor: str) -> str | None:
        """Where a link leads: to a heading, or else to a caption."""
        return self.listed.get(anchor) or self.labels.get(anchor)


def _borne(document: Document) -> Iterator[str]:
    """The anchors that something in the document bears; a link to any other is plain text."""
    for node in walk(document):
        match node:
            case Heading(anchor=anchor) | Chart(anchor=anchor):
                yield anchor
            case Table(anchor=anchor, caption=Caption()) | Image(anchor=anchor, caption=Caption()):
                yield anchor
            case _:
                pass


def _numbered(prefix: str, anchors: Mapping[str, None]) -> dict[str, str]:
    return {anchor: f"{prefix}{number}" for number, anchor in enumerate(anchors, 1)}


def sequence(label: str) -> tuple[str, str, str, str]:
    """A caption's label as its words before the number, the number, the words after it, and the sequence's name.

    Word counts each sequence by itself and lists it by its name, which holds letters, digits and lines alone.
    """
    match = re.fullmatch(r"(.*?)(\d+)(.*)", label)
    if match is None:
        return label, "", "", ""
    before, number, after = match.groups()
    return before, number, after, re.sub(r"\W+", "_", before or after).strip("_") or "Caption"
