"""Where Word files break into pages, and that nothing of them is lost there, as LibreOffice shows them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from briefgen.document import (
    Align,
    Block,
    Caption,
    Column,
    Document,
    DocumentKind,
    Note,
    NoteMark,
    NotePlacement,
    Row,
    Table,
)
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests.finished import REPOSITORY, document, finished, text, words
from tests.program import Program
from tests.tools import require, run
from tests.word import shown

pytestmark = pytest.mark.slow

TEMPLATES = sorted(path.stem for path in (REPOSITORY / "templates").glob("*.md") if path.stem != "README")
"""As files; a translation's name ends in its language."""


def page_texts(path: Path) -> list[str]:
    told = run([require("pdftotext"), "-enc", "UTF-8", path, "-"])
    return [unicodedata.normalize("NFC", page) for page in told.split("\f")[:-1]]


# ---- the shipped templates -------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
def test_both_formats_break_into_the_same_pages(template: str, desk: Path, briefgen: Program, tmp_path: Path) -> None:
    name, _, language = template.partition(".")
    chosen = ("--language", language) if language else ()
    made = briefgen(name, *chosen, "--pdf", "--docx", "-o", str(tmp_path / "out"))
    assert made.status == 0, made.err
    (word,) = (tmp_path / "out").glob("*.docx")
    (read,) = shown([word], tmp_path)
    ours, theirs = page_texts(word.with_suffix(".pdf")), page_texts(read)
    assert len(ours) == len(theirs)
    for index, (own, their) in enumerate(zip(ours, theirs, strict=True)):
        have, want = (Counter(filter(str.isalnum, page)) for page in (their, own))
        assert not have - want, f"page {index + 1} of the Word file has more: {_words_beyond(their, own)}"
        assert not want - have, f"page {index + 1} of the Word file lacks {_words_beyond(own, their)}"


def _words_beyond(page: str, other: str) -> list[str]:
    return list((Counter(page.split()) - Counter(other.split())).elements())


# ---- tables with notes -----------------------------------------------------------------------------------


def _name(kind: str, number: int) -> str:
    """A word that nothing else holds, and that no page's own words or note marks can be taken for."""
    return kind + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")


_NAME = re.compile(r"(?:row|period|note|line)[a-j]{4}")


def _finished(made: Document) -> Finished:
    theme = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert theme is not None
    return finished(theme, made)


def _noted(*blocks: Block, notes: int) -> Finished:
    made = document(*blocks, kind=DocumentKind.DOSSIER, placement=NotePlacement.FOOTNOTES)
    long = (" which says where the statement stands, when it was made, and what was inferred",)
    texts = (words(_name("note", n) + "".join(long * (n % 4))) for n in range(1, notes + 1))
    numbered = tuple(Note(n, inlines) for n, inlines in enumerate(texts, 1))
    return _finished(Document(made.meta, made.blocks, numbered))


def _table(rows: int, first_row: int = 0, first_note: int = 1) -> Table:
    """Rows of one to three lines; four of five hold a note."""
    marks = iter(range(first_note, first_note + rows))

    def each() -> Iterator[Row]:
        for number in range(first_row, first_row + rows):
            label = _name("row", number) + " with words that may take a line or two more" * (number % 3)
            mark = (NoteMark(next(marks), True),) if number % 5 else ()
            yield Row((words(label, *mark), words(_name("period", number))))

    columns = (Column(share=0.5), Column(Align.RIGHT))
    return Table(columns, Row((words("Measure"), words("Period"))), tuple(each()), Caption(words("Caption"), "Table 1"))


def _notes_in(rows: int) -> int:
    return sum(1 for number in range(rows) if number % 5)


def _lines(count: int) -> list[Block]:
    return [text(_name("line", number) + " of text above the table") for number in range(count)]


def test_a_long_table_loses_no_row_and_no_note(tmp_path: Path) -> None:
    rows, paths = 70, []
    for above in range(0, 32, 2):
        paths.append(tmp_path / f"long{above}.docx")
        made = _noted(*_lines(above), _table(rows), notes=_notes_in(rows))
        assert len(made.layout.pages) > 3
        paths[-1].write_bytes(write("docx", made))
    for above, read in zip(range(0, 32, 2), shown(paths, tmp_path), strict=True):
        pages = page_texts(read)
        expected = {_name("row", n) for n in range(rows)} | {_name("period", n) for n in range(rows)}
        expected |= {_name("note", n) for n in range(1, _notes_in(rows) + 1)} | {_name("line", n) for n in range(above)}
        assert Counter(_NAME.findall(" ".join(pages))) == Counter(expected)
        for page in pages:
            if "row" in page:
                assert page.count("Measure") == 1


def _mixed(seed: int) -> tuple[Finished, int]:
    """Paragraphs and tables by turns, notes in most of them, and how many names they hold."""
    chance, notes, names, blocks = random.Random(seed), list[Note](), count(1), list[Block]()

    def mark(share: float) -> tuple[NoteMark, ...]:
        if chance.random() > share:
            return ()
        number = len(notes) + 1
        notes.append(
            Note(
                number, words(_name("note", number) + " words of a note that says where " * chance.choice([1, 1, 3, 6]))
            )
        )
        return (NoteMark(number, True),)

    def name() -> str:
        return _name("line", next(names))

    for number in range(1, 9):
        for _ in range(chance.randint(1, 14)):
            blocks.append(text(name() + " filler words here " * chance.randint(1, 25), *mark(0.4)))
        rows = tuple(
            Row(
                (
                    words(name() + " " + "words " * chance.choice([0, 0, 0, 12]), *mark(0.8)),
                    words(name()),
                    words(name(), *mark(0.2)),
                )
            )
            for _ in range(chance.choice((3, 5, 5, 6, 8, 12, 30)))
        )
        columns = (Column(), Column(Align.RIGHT), Column())
        head = Row((words("Measure"), words("Figure"), words("Period")))
        blocks.append(Table(columns, head, rows, Caption(words(name()), f"Table {number}")))
    made = document(*blocks, kind=DocumentKind.DOSSIER, placement=NotePlacement.FOOTNOTES)
    return _finished(Document(made.meta, made.blocks, tuple(notes))), next(names) - 1


def test_tables_among_noted_text_lose_nothing(tmp_path: Path) -> None:
    """Of 200 such documents these lost rows, when rows with notes said themselves that they must not split."""
    seeds = (14, 70, 179, 189, 244, 259)
    made = {tmp_path / f"mixed{seed}.docx": _mixed(seed) for seed in seeds}
    for path, (document_, _) in made.items():
        path.write_bytes(write("docx", document_))
    for (document_, names), read in zip(made.values(), shown(list(made), tmp_path), strict=True):
        expected = [_name("line", number) for number in range(1, names + 1)]
        expected += [_name("note", note.number) for note in document_.document.notes]
        assert Counter(_NAME.findall(" ".join(page_texts(read)))) == Counter(expected)


def test_a_small_table_stays_whole(tmp_path: Path) -> None:
    rows, counts, paths = 6, range(14, 36, 2), []
    for above in counts:
        made = _noted(*_lines(above), _table(rows), notes=_notes_in(rows))
        assert made.layout.decisions.tables_whole == (True,)
        paths.append(tmp_path / f"small{above}.docx")
        paths[-1].write_bytes(write("docx", made))
    turned = set()
    for read in shown(paths, tmp_path):
        pages = page_texts(read)
        (page,) = (index for index, page in enumerate(pages) if _name("row", 0) in page)
        for number in range(rows):
            assert _name("row", number) in pages[page]
        turned.add(page)
    assert turned == {0, 1}
