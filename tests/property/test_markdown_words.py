"""Whatever words a document holds, its Markdown reads back as the same words."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from briefgen.document import (
    Align,
    Block,
    BlockQuote,
    BulletList,
    Code,
    Column,
    Document,
    DocumentKind,
    Emphasis,
    Facet,
    Heading,
    Inline,
    Inlines,
    Link,
    ListItem,
    Meta,
    Note,
    NoteMark,
    OrderedList,
    Paragraph,
    Printed,
    Row,
    Strong,
    Table,
    Text,
    plain,
)
from briefgen.evidence import Marking
from briefgen.writers.markdown import markdown

READER = MarkdownIt("commonmark").enable("table").use(footnote_plugin)

HOSTILE = [
    "*", "**", "_", "__", "`", "``", "~~~", "|", "\\", "\\|", "<b>", "<!--", "&amp;", "&#65;", "[", "]", "](", "[^1]",
    "![x](y)", "[a](b)", "#", "# x", "1.", "12)", "-", "- x", "+", "=", "===", "---", ":::", ":", "(", "!", "{{ x }}",
    "{.optional}", "Tô Lâm", "867억 달러", "🇻🇳", "…", "“", "”", "\u00a0", "  ", "\t", "a", "b.", "$", "^",
    "http://a.b", "\u3000",
]  # fmt: skip
words = st.lists(
    st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), max_size=6
)
texts = words.map("".join).filter(lambda text: text.strip(" \t") != "")
code = st.text("ab`| \\", min_size=1).filter(lambda text: text.strip() != "")


def inlines(depth: int = 2) -> st.SearchStrategy[Inlines]:
    leaf: st.SearchStrategy[Inline] = (
        texts.map(Text)
        | st.builds(Printed, texts, st.just("id"), st.just(Facet.WHOLE))
        | st.just(NoteMark(1, True))
        | code.map(Code)
    )
    if depth:
        inner = inlines(depth - 1)
        leaf = (
            leaf
            | inner.map(Strong)
            | inner.map(Emphasis)
            | st.builds(Link, st.just("https://a.b/(c) d<e>"), inlines(0))
        )
    return st.lists(leaf, min_size=1, max_size=4).map(tuple)


paragraphs = inlines().map(lambda children: Paragraph(children))


def document(*blocks: Block) -> Document:
    meta = Meta("T", DocumentKind.BRIEF, "en", date(2026, 11, 21), Marking.CLEAR)
    return Document(meta, blocks, (Note(1, (Text("A note."),), ("a",)),))


def read(text: str) -> str:
    """The words that a reader of Markdown finds, one line a block, the marking's line and the notes left out."""
    tokens = READER.parse(text)
    end = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    return "\n".join(inner(token) for token in tokens[:end] if token.type == "inline").partition("\n")[2]


def inner(token: Token) -> str:
    found = []
    for child in token.children or []:
        assert child.type not in ("html_inline", "image"), child
        found.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(found)


def squeezed(text: str) -> str:
    """Runs of plain blanks count as one, as everywhere in Markdown; other white space counts."""
    return re.sub(r"[ \t\n\r]+", " ", text).strip(" ")


def expected(node: object) -> str:
    return squeezed(plain((node,))) if not isinstance(node, tuple) else squeezed(plain(node))


def lines(text: str) -> list[str]:
    return [squeezed(line) for line in text.split("\n") if squeezed(line)]


def of(*parts: Inlines) -> list[str]:
    return [words for part in parts if (words := squeezed(plain(part)))]


@given(st.lists(inlines(), min_size=1, max_size=3))
@settings(deadline=None, max_examples=80)
def test_paragraphs(parts: list[Inlines]) -> None:
    assert lines(read(markdown(document(*(Paragraph(part) for part in parts))))) == of(*parts)


@given(inlines(), inlines(), inlines())
@settings(deadline=None, max_examples=80)
def test_heading_list_and_quotation(head: Inlines, first: Inlines, second: Inlines) -> None:
    items = (ListItem((Paragraph(first),)), ListItem((Paragraph(second), BulletList((ListItem((Paragraph(first),)),)))))
    blocks = (
        Heading(2, head, "a"),
        BulletList(items),
        BulletList(items[:1]),
        OrderedList(items, start=3),
        BlockQuote((Paragraph(first), BulletList(items[:1]))),
    )
    every = of(head, first, second, first, first, first, second, first, first, first)
    assert lines(read(markdown(document(*blocks)))) == every


@given(st.lists(st.tuples(inlines(), inlines()), min_size=1, max_size=3))
@settings(deadline=None, max_examples=80)
def test_table(rows: list[tuple[Inlines, Inlines]]) -> None:
    table = Table((Column(), Column(Align.RIGHT)), Row(rows[0]), tuple(Row(row) for row in rows[1:]))
    assert lines(read(markdown(document(table)))) == of(*(cell for row in rows for cell in row))
