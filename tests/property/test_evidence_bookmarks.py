"""Whatever a document says, each bookmark of evidence encloses its words and nothing else, also when saved again."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from briefgen.document import (
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Caption,
    Column,
    Document,
    DocumentKind,
    Emphasis,
    Facet,
    Heading,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    LabelledRow,
    Lead,
    Link,
    ListItem,
    Meta,
    NextStep,
    Note,
    NoteMark,
    Origin,
    Pair,
    Paragraph,
    Printed,
    Row,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineEntry,
    plain,
    walk,
)
from briefgen.evidence import Marking
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, Remarks, Review, write
from briefgen.writers.docx.evidence import bookmark_name, pieces
from briefgen.writers.ooxml import Mark
from briefgen.writers.ooxml.custom_xml import MANIFEST_NAMESPACE
from tests.bookmarks import enclosed

THEME = Path(__file__).resolve().parents[2] / "templates/themes/default.yaml"

IDS = st.from_regex(r"[a-c](-[a-c0-9]){0,3}|[a-b][a-z0-9-]{50,60}", fullmatch=True)
WORDS = st.one_of(
    st.sampled_from(
        (
            "86.7\u00a0billion",
            "“We’re <open> & glad”",
            "Tiếng Việt ế ợ",
            "8천670억 달러",
            "x\u2011y soft\u00adhyphen",
            "a\tb",
        )
    ),
    st.text("ab é한\u00a0.,-–“”<&>'\" ", min_size=1, max_size=30),
    st.just("W" * 120),
)
FACETS = st.sampled_from([facet for facet in Facet if facet is not Facet.SOURCE])
PRINTED = st.builds(Printed, WORDS, IDS, FACETS, st.sampled_from((None, "vi", "ko")))
LEAVES: st.SearchStrategy[Inline] = st.one_of(
    PRINTED, PRINTED, st.builds(Text, WORDS), st.builds(Printed, WORDS, IDS, st.just(Facet.SOURCE))
)
NESTED: st.SearchStrategy[Inline] = st.one_of(
    LEAVES,
    st.builds(Strong, st.lists(LEAVES, max_size=3).map(tuple)),
    st.builds(Emphasis, st.lists(LEAVES, max_size=3).map(tuple)),
    st.builds(Link, st.just("https://example.org/?a=1&b=2"), st.lists(LEAVES, min_size=1, max_size=2).map(tuple)),
)
INLINES = st.lists(NESTED, max_size=5).map(tuple)
SOME = st.lists(NESTED, min_size=1, max_size=4).map(tuple)


@st.composite
def figures(draw: st.DrawFn) -> KeyFigure:
    id = draw(IDS)
    parts: list[Inline] = [Printed("over", id, Facet.QUALIFIER), Printed("1,234.5", id, Facet.NUMBER)]
    parts.insert(draw(st.sampled_from((0, 2))), Printed("US$ bn", id, Facet.UNIT))
    spaced = [piece for part in parts for piece in (Text("\u00a0", Origin.LABEL), part)][1:]
    return KeyFigure(tuple(spaced), draw(SOME), draw(INLINES))


def blocks(depth: int = 1) -> st.SearchStrategy[Block]:
    text = st.builds(Paragraph, SOME)
    leaves: list[st.SearchStrategy[Block]] = [
        text,
        st.builds(Heading, st.integers(2, 4), SOME, st.uuids(version=4).map(str)),
        st.builds(
            Table,
            st.just((Column(), Column())),
            st.builds(Row, st.tuples(INLINES, INLINES)),
            st.lists(st.builds(Row, st.tuples(INLINES, INLINES)), min_size=1, max_size=3).map(tuple),
            st.none() | st.builds(Caption, SOME, st.just("Table 1")),
        ),
        st.builds(KeyFigures, st.lists(figures(), min_size=1, max_size=3).map(tuple)),
        st.builds(Timeline, st.lists(st.builds(TimelineEntry, SOME, SOME), min_size=1, max_size=2).map(tuple)),
    ]
    if depth == 0:
        return st.one_of(leaves)
    inner = st.lists(blocks(depth - 1), min_size=1, max_size=2).map(tuple)
    paragraphs = st.lists(text, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        *leaves,
        st.builds(Lead, paragraphs),
        st.builds(BulletList, st.lists(st.builds(ListItem, inner), min_size=1, max_size=2).map(tuple)),
        st.builds(BlockQuote, paragraphs, INLINES),
        st.builds(Callout, paragraphs, INLINES),
        st.builds(NextStep, paragraphs, st.just("Next step")),
        st.builds(Labelled, st.lists(st.builds(LabelledRow, SOME, inner), min_size=1, max_size=2).map(tuple)),
        st.builds(Pair, inner, inner),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    kind = draw(st.sampled_from(list(DocumentKind)))
    meta = Meta("Title", kind, "en", date(2026, 11, 21), Marking.CLEAR)
    made = draw(st.lists(blocks(), min_size=1, max_size=4).map(tuple))
    notes = [Note(number, words) for number, words in enumerate(draw(st.lists(SOME, max_size=3)), 1)]
    marks = tuple(Paragraph((Printed("w", "a", Facet.VALUE), NoteMark(n.number, True, ("a", "c-9")))) for n in notes)
    return Document(meta, (*made, *marks), tuple(notes))


@cache
def theme() -> Theme:
    loaded = load_theme(THEME, [])
    assert loaded is not None
    return loaded


@cache
def fonts() -> Fonts:
    return Fonts(theme())


def finished(document: Document) -> Finished:
    layout = lay_out(document, theme(), theme().densities[theme().standard], fonts())
    return Finished(document, layout, theme(), fonts(), b"{}", embed_fonts=False)


def expected(document: Document) -> list[tuple[str, str]]:
    """Id and words of each piece of evidence, wherever it stands."""
    found = []

    def look(inlines: Inlines) -> None:
        for start, end, is_evidence in pieces(inlines):
            if is_evidence:
                first = inlines[start]
                assert isinstance(first, Printed)
                found.append((first.evidence, plain(inlines[start:end])))
            elif isinstance(inlines[start], Strong | Emphasis | Link):
                look(inlines[start].children)  # type: ignore[union-attr]

    for node in walk((document.blocks, document.notes)):
        match node:
            case Heading(children=words) | Paragraph(children=words) | Caption(children=words) | Note(children=words):
                look(words)
            case Row(cells=cells):
                for cell in cells:
                    look(cell)
            case KeyFigure(value=value, label=label, period=period):
                for part in (value, label, period):
                    look(part)
            case TimelineEntry(children=words, date=when):
                look(words)
                look(when)
            case BlockQuote(attribution=words) | Callout(title=words) | LabelledRow(label=words):
                look(words)
            case _:
                pass
    return found


def marks_of(contents: bytes) -> list[Mark]:
    """The bookmarks that a file says it has."""
    with zipfile.ZipFile(io.BytesIO(contents)) as package:
        root = etree.fromstring(package.read("customXml/item1.xml"))
    space = f"{{{MANIFEST_NAMESPACE}}}"
    return [
        Mark(mark.get("name"), mark.get("evidence"), tuple(mark.get("facets").split()), mark.text or "")
        for mark in root.iterfind(f"{space}marks/{space}mark")
    ]


def breakable(words: str) -> str:
    """Words that may break at any space: some labels are so narrow that they must."""
    return words.replace("\u00a0", " ")


def saved_again(contents: bytes) -> bytes:
    """The file as python-docx saves it after somebody has written into it."""
    word = docx.Document(io.BytesIO(contents))
    for paragraph in word.paragraphs:
        paragraph.insert_paragraph_before("A new paragraph.")
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()


@settings(max_examples=40)
@given(documents(), st.booleans())
def test_bookmarks_enclose_the_words_of_evidence(made: Document, reviewed: bool) -> None:
    remarks = Remarks(((Text("In full."),),), ((Text("In short."),),))
    review = Review(
        "Ann", "A", datetime(2026, 11, 21), "REVIEW COPY", "en", {"a": remarks, "a-0": remarks, "b": remarks}
    )
    contents = write("docx", replace(finished(made), review=review if reviewed else None))
    marks = marks_of(contents)
    assert sorted((mark.evidence, breakable(mark.words)) for mark in marks) == sorted(
        (id, breakable(words)) for id, words in expected(made)
    )
    assert len({mark.name for mark in marks}) == len(marks)
    for file in (contents, saved_again(contents)):
        found = {name: words for name, words in enclosed(file).items() if name.startswith("ev_")}
        assert found == {mark.name: mark.words for mark in marks}


@given(IDS, st.integers(1, 20_000))
def test_names_are_words_to_word(id: str, occurrence: int) -> None:
    name = bookmark_name(id, occurrence)
    assert re.fullmatch(r"ev_[a-z0-9_]+_[0-9]+", name)
    assert len(name) <= 40


@given(st.sets(st.tuples(IDS, st.integers(1, 120)), max_size=60))
def test_no_two_pieces_share_a_name(places: set[tuple[str, int]]) -> None:
    assert len({bookmark_name(*place) for place in places}) == len(places)
