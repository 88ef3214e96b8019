"""Two hundred random loads in three themes: one page in the PDF and one in LibreOffice, or an honest refusal."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from briefgen.document import Document
from briefgen.errors import BriefgenError
from briefgen.fit import Fitted, fit, optional_parts, without
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests.loads import cited, load
from tests.word import have_fonts_installed, shown

pytestmark = pytest.mark.slow

THEMES = Path(__file__).resolve().parents[2] / "templates/themes"
LOADS = 67
"""For each theme."""


@pytest.mark.parametrize(("name", "first"), [("default", 0), ("ministry", 1000), ("chamber", 2000)])
def test_a_page_is_a_page(name: str, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = load_theme(THEMES / f"{name}.yaml", [])
    assert theme
    fonts = Fonts(theme)
    have_fonts_installed(tmp_path, monkeypatch)
    pages: dict[str, int] = {}
    refused = 0
    for seed, fitted in _fitted(theme, fonts, range(first, first + LOADS)):
        if fitted is None:
            refused += 1
            continue
        finished = Finished(fitted.document, fitted.layout, theme, fonts, b"{}", embed_fonts=False)
        pages[f"{seed}.pdf"] = len(PdfDocument(write("pdf", finished)))
        (tmp_path / f"{seed}.docx").write_bytes(write("docx", finished))
    files = sorted(tmp_path.glob("*.docx"))
    for file, seen in zip(files, shown(files, tmp_path), strict=True):
        pages[file.name] = len(PdfDocument(seen))
    assert {file: count for file, count in pages.items() if count != 1} == {}
    assert len(files) + refused == LOADS
    assert refused < LOADS / 2, "the loads are too large to test much"


def _fitted(theme: Theme, fonts: Fonts, seeds: range) -> Iterator[tuple[int, Fitted | None]]:
    """Each load, fitted; None for one that is refused, which must be because it does not fit."""
    for seed in seeds:
        document = load(seed)
        try:
            yield seed, fit(document, theme, fonts, cited)
        except BriefgenError as error:
            _is_honest(error, document, theme, fonts)
            yield seed, None


def _is_honest(error: BriefgenError, document: Document, theme: Theme, fonts: Fonts) -> None:
    """A refusal is true: what must stay needs as many lines more, at the tightest density, as it says."""
    (problem,) = error.problems
    assert problem.code == "does-not-fit"
    least = cited(without(document, optional_parts(document)))
    overflow = lay_out(least, theme, theme.densities[-1], fonts).overflow
    said = re.search(r"over by (\d+) lines? at the tightest", problem.message)
    assert said
    assert overflow > 0
    assert int(said[1]) == max(1, math.ceil(overflow))
