"""What is numbered, and how other places refer to it.

Numbers are given to what a document holds when it is cited, so whatever was left out to fit leaves no gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from briefgen.citations.sentences import starts_sentence
from briefgen.document import (
    Chart,
    CrossReference,
    Document,
    DocumentKind,
    Heading,
    Image,
    Inlines,
    ListEntry,
    ListOf,
    Table,
    letters,
    plain,
    walk,
)
from briefgen.errors import Problem
from briefgen.locales import NBSP, Locale, capitalised


def _caption(block: Table | Chart | Image) -> Inlines:
    if isinstance(block, Chart):
        return block.title
    return block.caption.children if block.caption else ()


class Numbers:
    """The numbers of a document's headings, tables and figures.

    Headings keep the kind of number that the reader gave them: 1, 1.1, or A for an annex. Captions are numbered in a
    dossier; a shorter document needs no such numbers.

    Args:
        document: as read, whole or with parts left out.
        locale: the reader's language.
    """

    def __init__(self, document: Document, locale: Locale) -> None:
        self._locale = locale
        self._labels: dict[int, str] = {}
        self._anchors: dict[str, Heading | Table | Chart | Image] = {}
        self._captions = document.meta.kind is DocumentKind.DOSSIER
        self._counted = {"Table": 0, "Figure": 0}
        self._sections, self._annexes, self._subsections = 0, 0, 0
        self._section = ""
        for block in walk(document.blocks):
            match block:
                case Heading():
                    self._number_heading(block)
                    self._anchors[block.anchor] = block
                case Table(caption=caption) | Image(caption=caption) if caption is not None:
                    self._number_figure(block, caption.label, "Table" if isinstance(block, Table) else "Figure")
                case Chart(label=label):
                    self._number_figure(block, label, "Figure")
                case _:
                    pass

    def of(self, block: Heading | Table | Chart | Image) -> str | None:
        """What a block bears: "4.1", "A", "Table 3"; None if it has no number."""
        return self._labels.get(id(block))

    def listed(self, of: ListOf, wording: Callable[[Inlines], Inlines]) -> tuple[ListEntry, ...]:
        """The numbered tables or figures in reading order.

        Args:
            wording: prints the evidence in a caption's words.
        """
        kinds = Table if of is ListOf.TABLES else (Chart, Image)
        blocks = [block for block in self._anchors.values() if isinstance(block, kinds)]
        return tuple(
            ListEntry(label, plain(wording(_caption(block))), block.anchor)
            for block in blocks
            if (label := self.of(block))
        )

    def unnumbered(self, document: Document) -> Iterator[Problem]:
        """References of the document to what has no number."""
        for node in walk(document):
            if (
                isinstance(node, CrossReference)
                and (known := self._anchors.get(node.target))
                and self.of(known) is None
            ):
                what = "heading" if isinstance(known, Heading) else type(known).__name__.lower()
                message = f"the {what} `{node.target}` has no number that could be printed"
                hints = [f"say in words what it is: [words](#{node.target})"]
                if not self._captions:
                    hints.append("sections, tables and figures are numbered in a dossier")
                yield Problem("unnumbered-anchor", message, node.location, hints=tuple(hints))

    def worded(self, reference: CrossReference, before: str) -> CrossReference:
        """A reference with its words, with a capital where it begins a sentence.

        Args:
            before: the text in front of it.
        """
        target = self._anchors[reference.target]
        label = self._labels[id(target)]
        if not isinstance(target, Heading):
            return replace(reference, label=label)
        pattern = self._locale.t("Annex {number}" if label.isalpha() else "section {number}")
        left, right = (words.replace(" ", NBSP) for words in pattern.split("{number}"))
        return replace(
            reference, label=label, before=capitalised(left) if starts_sentence(before) else left, after=right
        )

    # -- inside --------------------------------------------------------------------------------------------

    def _number_heading(self, heading: Heading) -> None:
        if heading.level == 1:
            self._subsections, self._section = 0, ""
        if heading.number is None:
            return
        if heading.level > 1:
            self._subsections += 1
            own = f"{self._section}.{self._subsections}" if self._section else heading.number
            self._labels[id(heading)] = own
            return
        if heading.number.isalpha():
            self._annexes += 1
            self._section = letters(self._annexes)
        else:
            self._sections += 1
            self._section = str(self._sections)
        self._labels[id(heading)] = self._section

    def _number_figure(self, block: Table | Chart | Image, label: str | None, kind: str) -> None:
        self._anchors[block.anchor] = block
        if label is None and self._captions:
            self._counted[kind] += 1
            label = f"{self._locale.t(kind)}{NBSP}{self._counted[kind]}"
        if label is not None:
            self._labels[id(block)] = label
