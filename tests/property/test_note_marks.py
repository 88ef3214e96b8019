"""Marks: never behind a numeral, once per source and sentence, numbered without gaps in the order of first use."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.citations import cite
from briefgen.document import (
    Block,
    Emphasis,
    EvidenceRef,
    Facet,
    Inline,
    Inlines,
    Link,
    NoteMark,
    NotePlacement,
    Strong,
    Text,
    plain,
    walk,
)
from tests.cited import FACTS, LIBRARY, bullets, document, marks, paragraph, table

words = st.sampled_from(
    ["Trade", " in", " 2024", ".", ". ", " of ", "U.S. ", "No. 5", "%", " (", ")", ".”", "“", " Viet Nam", "? ", ", ",
     "10", " ", "억", "². ", "! ", "…", " KT", "。", "- "]
)  # fmt: skip
valued = [fact.id for fact in FACTS if fact.values]
refs = st.one_of(
    st.sampled_from([fact.id for fact in FACTS]).map(EvidenceRef),
    st.builds(EvidenceRef, st.sampled_from(valued), st.sampled_from([Facet.VALUE, Facet.SHORT, Facet.NUMBER])),
    st.sampled_from(["trade", "people", "signed"]).map(lambda id: EvidenceRef(id, Facet.AS_OF)),
    st.sampled_from(list(LIBRARY.quotes)).map(EvidenceRef),
)


def inlines(depth: int = 1) -> st.SearchStrategy[Inlines]:
    leaf: st.SearchStrategy[Inline] = words.map(Text) | refs
    if depth:
        inner = inlines(depth - 1)
        leaf = leaf | inner.map(Strong) | inner.map(Emphasis) | inner.map(lambda children: Link("x:y", children))
    return st.lists(leaf, min_size=1, max_size=6).map(tuple)


blocks: st.SearchStrategy[Block] = st.one_of(
    inlines().map(lambda parts: paragraph(*parts)),
    st.lists(inlines(), min_size=1, max_size=3).map(lambda items: bullets(*items)),
    st.lists(st.tuples(inlines(0), inlines(0)), min_size=1, max_size=3).map(lambda rows: table(*rows)),
)
documents = st.lists(blocks, min_size=1, max_size=5)
checked = settings(deadline=None, max_examples=120)


def leaves(node: object) -> list[object]:
    """Texts and marks in reading order, block by block."""
    found = []
    for part in walk(node):
        if isinstance(part, NoteMark):
            found.append(part)
        elif isinstance(part, Inline) and not hasattr(part, "children"):
            found.append(plain((part,)))
    return found


@given(documents, st.sampled_from(NotePlacement))
@checked
def test_no_mark_touches_a_digit(parts: list[Block], placement: NotePlacement) -> None:
    cited = cite(document(*parts, placement=placement), LIBRARY)
    for before, after in pairwise(leaves(cited.blocks)):
        if isinstance(after, NoteMark) and isinstance(before, str) and before:
            assert unicodedata.category(before[-1])[0] != "N"


@given(documents, st.sampled_from(NotePlacement))
@checked
def test_numbers_have_no_gaps_and_come_in_the_order_of_first_use(parts: list[Block], placement: NotePlacement) -> None:
    cited = cite(document(*parts, placement=placement), LIBRARY)
    found = marks(cited.blocks)
    firsts = [mark.number for mark in found if mark.first]
    assert firsts == [note.number for note in cited.notes] == list(range(1, len(cited.notes) + 1))
    seen: set[int] = set()
    for mark in found:
        assert mark.first is (mark.number not in seen)
        seen.add(mark.number)


@given(documents, st.sampled_from(NotePlacement))
@checked
def test_marks_that_stand_together_are_sorted_and_each_is_there_once(
    parts: list[Block], placement: NotePlacement
) -> None:
    cited = cite(document(*parts, placement=placement), LIBRARY)
    for before, after in pairwise(leaves(cited.blocks)):
        if isinstance(before, NoteMark) and isinstance(after, NoteMark) and not after.first:
            assert before.number != after.number


@given(inlines())
@checked
def test_all_evidence_is_marked_and_no_word_is_lost(parts: Inlines) -> None:
    cited = cite(document(paragraph(*parts)), LIBRARY)
    printed = {node.evidence for node in walk(parts) if isinstance(node, EvidenceRef)}
    cited_for = {id for note in cited.notes for id in note.evidence}
    assert printed <= cited_for
    authors = "".join(node.text for node in walk(parts) if isinstance(node, Text))
    left = iter(plain(cited.blocks[0].children))  # type: ignore[union-attr]
    assert all(char in left for char in authors), "the author's letters are there, in order"


@given(st.lists(st.sampled_from(["Trade", " of ", " U.S. ", " 2024 ", " (", ") "]).map(Text) | st.builds(
    EvidenceRef, st.sampled_from(valued), st.sampled_from([Facet.VALUE, Facet.SHORT])
), min_size=1, max_size=8), st.sampled_from(NotePlacement))  # fmt: skip
@checked
def test_a_sentence_cites_a_source_once(parts: list[Inline], placement: NotePlacement) -> None:
    cited = cite(document(paragraph("One ", *parts, " end."), placement=placement), LIBRARY)
    numbers = [mark.number for mark in marks(cited.blocks)]
    assert len(numbers) == len(set(numbers))
