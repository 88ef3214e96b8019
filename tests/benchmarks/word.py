"""Long documents as Word files, and the same words by others, each in a process of its own.

`python -m tests.benchmarks.word HOW TIMES FILE` writes 2,000 paragraphs, 200 tables of five rows and three columns, and
1,000 footnotes, TIMES as many. HOW is `briefgen`; `layout`, which stops before it writes; `python-docx`, which has no
footnotes and writes the paragraphs and tables as its guide shows; `markdown`, which writes what pandoc reads; or
`read`, by which briefgen reads and cites that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

PARAGRAPHS, TABLES, NOTES = 2000, 200, 1000
SENTENCE = "Trade through the harbour reached US$86.7 billion in 2024, as the port authority said on Monday. "
NOTE = "‘Account {}’, The Gazette, 6 May 2025, as published."
HEAD = ("Field", "Amount", "Remark")


def paragraphs(times: int) -> Iterator[tuple[str, int | None]]:
    """The text of each paragraph, and the note it ends in: every other has one."""
    for number in range(PARAGRAPHS * times):
        yield f"{number}. {SENTENCE * 2}", number // 2 + 1 if number % 2 == 0 else None


def rows(table: int) -> list[tuple[str, str, str]]:
    """The rows of a table, below its head."""
    return [(f"Field {row}", f"{row}.{table} billion", "A statement of some length on it") for row in range(4)]


def briefgen(times: int, file: Path | None) -> None:
    from briefgen.document import Block, DocumentKind, NotePlacement
    from briefgen.fonts import Fonts
    from briefgen.layout import lay_out
    from briefgen.writers import Finished, write
    from tests.pages import document, meta, paragraph, table
    from tests.sheet import default_theme

    blocks: list[Block] = []
    for number, (text, note) in enumerate(paragraphs(times)):
        blocks.append(paragraph(text) if note is None else paragraph(text, note))
        if number % (PARAGRAPHS // TABLES) == 0:
            blocks.append(table("ldl", "|".join(HEAD), *rows(number)))
    notes = tuple(NOTE.format(number + 1) for number in range(NOTES * times))
    of = replace(meta(DocumentKind.DOSSIER, pages=None), placement=NotePlacement.FOOTNOTES)
    whole, theme = document(*blocks, notes=notes, of=of), default_theme()
    fonts = Fonts(theme)
    layout = lay_out(whole, theme, theme.densities[theme.standard], fonts)
    if file is not None:
        file.write_bytes(write("docx", Finished(whole, layout, theme, fonts, b"{}")))


def python_docx(times: int, file: Path) -> None:
    from docx import Document

    word = Document()
    for number, (text, _) in enumerate(paragraphs(times)):
        word.add_paragraph(text)
        if number % (PARAGRAPHS // TABLES) == 0:
            below = rows(number)
            grid = word.add_table(rows=1 + len(below), cols=len(HEAD))
            for y, row in enumerate((HEAD, *below)):
                for x, words in enumerate(row):
                    grid.cell(y, x).text = words
    word.save(str(file))


def markdown(times: int, file: Path) -> None:
    parts = []
    for number, (text, note) in enumerate(paragraphs(times)):
        parts.append(text.strip().replace("$", "\\$").replace(". ", "\\. ", 1) + (f"[^{note}]" if note else ""))
        if number % (PARAGRAPHS // TABLES) == 0:
            grid = (HEAD, ("---",) * len(HEAD), *rows(number))
            parts.append("\n".join(f"| {' | '.join(row)} |" for row in grid))
    parts += [f"[^{number + 1}]: {NOTE.format(number + 1)}" for number in range(NOTES * times)]
    file.write_text("\n\n".join(parts), encoding="utf-8")


def read_and_cite(file: Path) -> None:
    from briefgen.citations import cite
    from briefgen.document import DocumentKind
    from briefgen.errors import Location
    from briefgen.evidence import Library
    from briefgen.reader import read
    from briefgen.slots import Slots
    from briefgen.templates import Filled
    from tests.pages import meta

    text = file.read_text(encoding="utf-8")
    places = tuple(Location(file, line) for line in range(1, text.count("\n") + 2))
    found = read(Filled(meta(DocumentKind.DOSSIER, pages=None), text, places, Slots()), [])
    assert found is not None
    assert len(cite(found, Library({}, {}, {}, {})).notes) >= NOTES


def main() -> None:
    how, times, file = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    match how:
        case "briefgen":
            briefgen(times, file)
        case "layout":
            briefgen(times, None)
        case "python-docx":
            python_docx(times, file)
        case "read":
            read_and_cite(file)
        case _:
            markdown(times, file)


if __name__ == "__main__":
    main()
