"""Two hundred random documents as Word files: sound to both validators, the same to every program that reads them.

What each check is worth is shown below them: a file made wrong on purpose does not pass it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from briefgen.document import (
    Address,
    BulletList,
    Chart,
    Document,
    KeyFigures,
    Labelled,
    ListItem,
    OrderedList,
    Pair,
    Table,
    Timeline,
    walk,
)
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.lines import Advances
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests import word_rules
from tests.as_read import differences, read_by_pandoc, to_be_read
from tests.documents import random_document
from tests.pages import document as page_of
from tests.pages import dossier, paragraph
from tests.sheet import REPOSITORY
from tests.shipped import THEMES
from tests.tools import require, run
from tests.word import (
    altered,
    have_fonts_installed,
    microsofts_faults,
    pandoc_tells,
    said_by_pdf,
    said_by_word,
    saved_again,
    schema_faults,
    shown,
)

pytestmark = pytest.mark.slow

PARTS = 20
"""Small ones, which share the processors; LibreOffice opens those of a part in one call."""
EXAMPLES = 200 // PARTS


@cache
def _theme(name: str) -> tuple[Theme, Fonts, Advances]:
    theme = load_theme(REPOSITORY / f"templates/themes/{name}.yaml", [])
    assert theme is not None
    fonts = Fonts(theme)
    return theme, fonts, Advances(fonts)


def laid_out(document: Document, number: int = 0) -> Finished:
    """A document, laid out in a theme of its number."""
    theme, fonts, advances = _theme(THEMES[number % len(THEMES)])
    layout = lay_out(document, theme, theme.densities[theme.standard], fonts, advances)
    return Finished(document, layout, theme, fonts, b"{}", embed_fonts=False)


@pytest.mark.parametrize("part", range(PARTS))
def test_any_document(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    have_fonts_installed(tmp_path, monkeypatch)
    made = {seed: laid_out(random_document(seed), seed) for seed in range(part * EXAMPLES, (part + 1) * EXAMPLES)}
    files, again = [], []
    for seed, finished in made.items():
        file = tmp_path / f"{seed}.docx"
        file.write_bytes(write("docx", finished))
        files.append(file)
        said = said_by_word(file.read_bytes())
        assert said == said_by_pdf(write("pdf", finished), finished.theme.letterhead), seed
        assert differences(to_be_read(finished), read_by_pandoc(pandoc_tells(file))) == [], seed
        again.append(tmp_path / f"{seed}-again.docx")
        again[-1].write_bytes(saved_again(file.read_bytes()))
        assert said_by_word(again[-1].read_bytes()) == said, seed
    with_fonts = tmp_path / "fonts.docx"
    with_fonts.write_bytes(write("docx", replace(made[part * EXAMPLES], embed_fonts=True)))
    assert [f"{file.name}: {fault}" for file in files for fault in word_rules.faults(file.read_bytes())] == []
    assert schema_faults([*files, *again, with_fonts]) == []
    assert microsofts_faults([*files, again[0], with_fonts]) == []
    for finished, file, seen in zip(made.values(), files, shown(files, tmp_path), strict=True):
        assert seen.stat().st_size > 0, file
        if not has_tables_in_cells(finished.document):
            assert not lost(file, seen), file


def has_tables_in_cells(document: Document) -> bool:
    """Whether a table stands in a cell: where such a cell splits between pages LibreOffice (7.4) may lose its rest."""
    outer = [node for node in walk(document.blocks) if isinstance(node, Pair | Labelled)]
    kinds = Pair | Labelled | Timeline | Address | KeyFigures | Table
    return any(isinstance(inner, kinds) for node in outer for inner in walk(node) if inner is not node)


def lost(word: Path, pdf: Path) -> Counter[str]:
    """The letters of a Word file that a PDF of it lacks. Where words are broken, their parts are apart; and the pages
    that contents name are LibreOffice's own."""
    said = said_by_word(word.read_bytes())
    drawn = unicodedata.normalize("NFC", run([require("pdftotext"), "-raw", pdf, "-"]))
    wanted = unicodedata.normalize("NFC", "".join((said.text, *said.notes)))
    return Counter(filter(str.isalpha, wanted)) - Counter(filter(str.isalpha, drawn))


# ---- a check is worth what it finds ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with headings, a table and notes."""
    path = tmp_path_factory.mktemp("sound") / "sound.docx"
    path.write_bytes(write("docx", laid_out(SOUND)))
    return path


SOUND = replace(dossier(), blocks=tuple(block for block in dossier().blocks if not isinstance(block, Chart)))


WRONG = {
    "an element out of place": (rb"<w:body>", rb"<w:body><w:nonsense/>"),
    "a style that is not there": (rb'<w:pStyle w:val="Caption"/>', rb'<w:pStyle w:val="Captain"/>'),
    "a note that is not there": (rb'(<w:footnoteReference w:id=)"1"', rb'\1"77"'),
    "a cell without a paragraph": (rb"(</w:tcPr>)<w:p>.*?</w:p>(</w:tc>)", rb"\1\2"),
    "a field that does not end": (rb'<w:r>(<w:rPr>.{0,200}?</w:rPr>)?<w:fldChar w:fldCharType="end"/></w:r>', b""),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_schema_validator_finds(wrong: str, sound: Path, tmp_path: Path) -> None:
    assert schema_faults([sound]) == []
    assert schema_faults([_made_wrong(sound, *WRONG[wrong], tmp_path)])


@pytest.mark.parametrize("wrong", ["an element out of place", "a note that is not there"])
def test_microsofts_validator_finds(wrong: str, sound: Path, tmp_path: Path) -> None:
    assert microsofts_faults([sound]) == []
    assert microsofts_faults([_made_wrong(sound, *WRONG[wrong], tmp_path)])


READ_OTHERWISE = {
    "a heading of another level": (rb'"Heading2"', rb'"Heading3"'),
    "a lost word": (rb"third-largest", b""),
    "cells in another order": (rb"(<w:tc>(?:(?!</w:tc>).)*10,238.*?</w:tc>)(<w:tc>.*?</w:tc>)", rb"\2\1"),
    "notes at each other's places": (
        rb'(<w:footnoteReference w:id=)"1"(/>.*<w:footnoteReference w:id=)"2"',
        rb'\1"2"\2"1"',
    ),
    "a row less": (rb"<w:tr>(?:(?!</w:tr>).)*Invested by Samsung.*?</w:tr>", b""),
}


@pytest.mark.parametrize("wrong", READ_OTHERWISE)
def test_pandoc_shows(wrong: str, sound: Path, tmp_path: Path) -> None:
    finished = laid_out(SOUND)
    assert differences(to_be_read(finished), read_by_pandoc(pandoc_tells(sound))) == []
    found = pandoc_tells(_made_wrong(sound, *READ_OTHERWISE[wrong], tmp_path))
    assert differences(to_be_read(finished), read_by_pandoc(found))


def test_pandoc_shows_how_deep_a_list_is(tmp_path: Path) -> None:
    inner = OrderedList((ListItem((paragraph("inner"),)),), start=3)
    finished = laid_out(page_of(BulletList((ListItem((paragraph("outer"), inner)),))))
    path = tmp_path / "list.docx"
    path.write_bytes(write("docx", finished))
    assert read_by_pandoc(pandoc_tells(path)).lines == ("- 1 outer", "3. 2 inner") == to_be_read(finished).lines
    flat = _made_wrong(path, rb'<w:ilvl w:val="1"/>', rb'<w:ilvl w:val="0"/>', tmp_path)
    assert differences(to_be_read(finished), read_by_pandoc(pandoc_tells(flat)))


def test_texts_that_differ_are_told_apart(sound: Path) -> None:
    finished = laid_out(SOUND)
    said, pdf = said_by_word(sound.read_bytes()), write("pdf", finished)
    assert said == said_by_pdf(pdf, finished.theme.letterhead)
    lacking = altered(sound.read_bytes(), "word/footnotes.xml", lambda xml: xml.replace(b"undated", b"dated"))
    assert said_by_word(lacking) != said


def test_a_file_that_libreoffice_does_not_open_is_found(sound: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(altered(sound.read_bytes(), "word/document.xml", lambda xml: xml[: len(xml) // 2]))
    whole, cut = shown([sound, broken], tmp_path)
    assert not lost(sound, whole)
    assert not cut.exists() or lost(sound, cut)


def _made_wrong(path: Path, pattern: bytes, replacement: bytes, folder: Path) -> Path:
    """The file with the first match of a pattern in its text replaced."""
    wrong = folder / "wrong.docx"
    changed = altered(
        path.read_bytes(), "word/document.xml", lambda xml: re.sub(pattern, replacement, xml, count=1, flags=re.DOTALL)
    )
    wrong.write_bytes(changed)
    return wrong
