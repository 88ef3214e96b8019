"""Landscape pages: the Word file has the same pages as the PDF, turned alike, as LibreOffice shows them."""

from __future__ import annotations

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
    BulletList,
    Callout,
    Caption,
    Column,
    Contents,
    Cover,
    Document,
    DocumentKind,
    Heading,
    Landscape,
    ListItem,
    Note,
    NoteMark,
    NotePlacement,
    PageBreak,
    Pair,
    Row,
    Table,
)
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests.finished import REPOSITORY, document, text, words
from tests.tools import require, run

pytestmark = pytest.mark.slow

THEMES = ("default", "chamber")
PROSE = "Both sides agreed to go on with what the ministries had begun in the years before the visit. "


def _theme(name: str) -> Theme:
    theme = load_theme(REPOSITORY / f"templates/themes/{name}.yaml", [])
    assert theme is not None
    return theme


class _Maker:
    """Blocks whose words are told from all others; notes are numbered as they come."""

    def __init__(self) -> None:
        self.names = count(1)
        self.notes: list[Note] = []

    def name(self) -> str:
        """A word of letters only, so that no note mark or page number can be taken for part of it."""
        return "w" + "".join(chr(ord("a") + int(digit)) for digit in f"{next(self.names):04d}")

    def mark(self, lines: int = 1) -> NoteMark:
        number = len(self.notes) + 1
        self.notes.append(Note(number, words(f"{self.name()} {PROSE * lines}")))
        return NoteMark(number, True)

    def prose(self, lines: int, *, noted: bool = False) -> Block:
        return text(f"{self.name()} {PROSE * lines}{self.name()}", *((self.mark(),) if noted else ()))

    def table(self, rows: int, *, caption: str | None = "Table 1", noted: int = 0, remark: bool = False) -> Table:
        """Seven columns; every `noted`-th row holds a note (4: rows of one line, which LibreOffice keeps whole)."""
        columns = (Column(share=0.2), Column(), Column(), Column(Align.RIGHT), Column(), Column(), Column())
        head = Row(tuple(words(self.name()) for _ in columns))

        def row(number: int) -> Row:
            label = words(f"{self.name()} in a few words", *((self.mark(),) if noted and number % noted == 0 else ()))
            cells = (words(f"{self.name()} {'and more ' * (number % 4 * 3)}") for _ in columns[1:])
            return Row((label, *cells))

        named = Caption(words(self.name()), caption) if caption else None
        body = tuple(row(number) for number in range(rows))
        return Table(columns, head, body, named, remark=words(self.name()) if remark else ())

    def heading(self, level: int) -> Heading:
        anchor = self.name()
        return Heading(level, words(anchor), anchor, "1" if level == 1 else None)


def _lie(*blocks: Block) -> Landscape:
    return Landscape(blocks)


def _cover(m: _Maker) -> Cover:
    return Cover(words(m.name()), words(m.name()), words(m.name()), ())


Made = tuple[DocumentKind, NotePlacement, tuple[Block, ...]]
DOSSIER, MEMO, BRIEF = DocumentKind.DOSSIER, DocumentKind.MEMO, DocumentKind.BRIEF
FOOT, END = NotePlacement.FOOTNOTES, NotePlacement.ENDNOTES


def _first(m: _Maker) -> Made:
    return BRIEF, END, (_lie(m.heading(1), m.table(6, noted=4)), m.prose(3, noted=True))


def _last(m: _Maker) -> Made:
    return MEMO, END, (m.heading(1), m.prose(3, noted=True), _lie(m.table(6, noted=4)))


def _only(m: _Maker) -> Made:
    return MEMO, FOOT, (_lie(m.heading(1), m.prose(2, noted=True), m.table(40), m.prose(2, noted=True)),)


def _after_a_cover(m: _Maker) -> Made:
    return DOSSIER, FOOT, (_cover(m), _lie(m.heading(1), m.table(30, noted=4)), m.heading(1), m.prose(4, noted=True))


def _after_the_contents(m: _Maker) -> Made:
    tail = (m.heading(1), m.prose(3), _lie(m.heading(2), m.table(3, caption=None)), m.heading(2), m.prose(2))
    return DOSSIER, FOOT, (_cover(m), Contents("Contents"), _lie(m.heading(1), m.table(12)), *tail)


def _several(m: _Maker) -> Made:
    """Two that share a page, then two that do not; page breaks at their edges count for nothing."""
    above = (m.heading(1), m.prose(20, noted=True))
    near = (_lie(m.table(4, noted=4)), _lie(m.table(4, noted=4, remark=True)))
    far = (_lie(m.table(5)), PageBreak(), _lie(m.table(5)))
    return DOSSIER, FOOT, (*above, *near, PageBreak(), m.prose(60), PageBreak(), *far)


def _bare(m: _Maker) -> Made:
    """A section that is nothing but a table, without caption or remark, again and again."""
    parts = [part for rows in range(8, 24) for part in (_lie(m.table(rows, caption=None)), m.prose(2))]
    return MEMO, FOOT, (m.heading(1), m.prose(2), *parts)


def _all_sorts(m: _Maker) -> Made:
    items = BulletList(tuple(ListItem((m.prose(2),)) for _ in range(3)))
    inside = (m.heading(2), m.prose(3, noted=True), items, Pair((m.prose(3),), (m.prose(5),)), Callout((m.prose(2),)))
    return DOSSIER, FOOT, (m.heading(1), m.prose(3), _lie(*inside, m.table(9, noted=4), m.heading(2), m.prose(9)))


def _long_notes(m: _Maker) -> Made:
    """Notes that do not fit on the page of their marks."""
    marks = tuple(m.mark(lines=14) for _ in range(4))
    return DOSSIER, FOOT, (m.heading(1), _lie(text(m.name(), *marks), m.table(3)), m.prose(4, noted=True))


CASES = {
    name.strip("_"): made
    for name, made in list(globals().items())
    if callable(made) and getattr(made, "__annotations__", {}).get("return") == "Made"
}


def _finished(made: Made, maker: _Maker, theme: Theme) -> Finished:
    kind, placement, blocks = made
    about = words("As of 21 November 2026") if kind is BRIEF else ()
    plain = document(*blocks, kind=kind, placement=placement, about=about, footer=words("First edition"))
    whole = Document(plain.meta, plain.blocks, tuple(maker.notes))
    fonts = Fonts(theme)
    return Finished(whole, lay_out(whole, theme, theme.densities[theme.standard], fonts), theme, fonts, b"{}")


def _pages(path: Path) -> Iterator[tuple[bool, Counter[str]]]:
    """For each page, whether it is wider than high, and its words."""
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", run([require("pdfinfo"), "-l", "99", path]))
    texts = run([require("pdftotext"), "-enc", "UTF-8", path, "-"]).split("\f")[:-1]
    for (width, height), page in zip(sizes, texts, strict=True):
        found = re.findall(r"w[a-j]{4}|Page \d+|TLP:CLEAR", unicodedata.normalize("NFC", page))
        yield float(width) > float(height), Counter(found)


@pytest.mark.parametrize("name", THEMES)
def test_word_files_have_the_pages_of_the_pdf(name: str, tmp_path: Path) -> None:
    theme = _theme(name)
    made = {}
    for title, make in CASES.items():
        maker = _Maker()
        made[title] = _finished(make(maker), maker, theme)
        for format in ("pdf", "docx"):
            (tmp_path / f"{title}.{format}").write_bytes(write(format, made[title]))
    office = [require("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    shown = tmp_path / "shown"
    run([*office, "--convert-to", "pdf", "--outdir", shown, *sorted(tmp_path.glob("*.docx"))], seconds=300)
    for title in CASES:
        ours, theirs = list(_pages(tmp_path / f"{title}.pdf")), list(_pages(shown / f"{title}.pdf"))
        if made[title].document.meta.placement is END:  # LibreOffice gives endnotes a page of their own
            (_, notes), theirs = theirs[-1], theirs[:-1]
            ours = [(turned, found - notes) for turned, found in ours]
        assert ours == theirs, title
