"""A dossier of a hundred pages, 200 tables and 400 footnotes, laid out and written as PDF in one process.

`python -m tests.benchmarks.dossier FILE [untagged]`: untagged, everything on its pages is an artifact.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from briefgen.document import Block, Caption, Contents, Document, DocumentKind, Heading, NotePlacement
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.model import Layout, Line, Placed
from briefgen.writers import Finished, write
from tests.pages import document, meta, paragraph, table, words
from tests.sheet import default_theme

TABLES, NOTES, PAGES = 200, 400, 100
SENTENCE = "Trade through the harbour reached US$86.7 billion in 2024, as the port authority said on Monday. "


def dossier() -> Document:
    """The document, cited; two footnotes to each table."""
    blocks: list[Block] = [Contents("Contents")]
    for number in range(TABLES):
        if number % 20 == 0:
            chapter = number // 20 + 1
            blocks.append(Heading(1, words(f"Chapter on field {chapter}"), f"c{chapter}", str(chapter)))
        blocks.append(Heading(2, words(f"Section {number + 1}"), f"s{number}", f"{chapter}.{number % 20 + 1}"))
        first, second = 2 * number + 1, 2 * number + 2
        blocks.append(paragraph(SENTENCE * 2, first, " ", SENTENCE * 2, second, " ", SENTENCE))
        rows = [
            (f"Field {row}", words(f"{row}.{number} billion"), "A statement of some length on it") for row in range(7)
        ]
        caption = Caption(words("What the sources state"), f"Table {number + 1}")
        blocks.append(table("ldl", "Field|Amount|Remark", *rows, caption=caption))
    notes = tuple(f"‘Account {n + 1}’, The Gazette, 6 May 2025, as published." for n in range(NOTES))
    of = replace(meta(DocumentKind.DOSSIER, pages=None), placement=NotePlacement.FOOTNOTES)
    return document(*blocks, notes=notes, of=of)


def untagged(layout: Layout) -> Layout:
    """The same pages, all of it artifacts."""

    def artifact(item: Placed) -> Placed:
        if isinstance(item, Line):
            return replace(item, runs=tuple(replace(run, element=None) for run in item.runs))
        return replace(item, element=None)

    pages = tuple(replace(page, items=tuple(map(artifact, page.items))) for page in layout.pages)
    return replace(layout, pages=pages)


def main() -> None:
    theme = default_theme()
    fonts = Fonts(theme)
    whole = dossier()
    layout = lay_out(whole, theme, theme.densities[theme.standard], fonts)
    assert len(layout.pages) >= PAGES, len(layout.pages)
    if "untagged" in sys.argv[2:]:
        layout = untagged(layout)
    Path(sys.argv[1]).write_bytes(write("pdf", Finished(whole, layout, theme, fonts, b"{}")))


if __name__ == "__main__":
    main()
