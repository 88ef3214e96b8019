"""Two hundred random loads in three themes: one page in the PDF and one in LibreOffice, or an honest refusal."""

from __future__ import annotations

import math
import re
import sys
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
from tests.tools import require, run

pytestmark = pytest.mark.slow

THEMES = Path(__file__).resolve().parents[2] / "templates/themes"
LOADS = 67
"""For each theme."""

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.mark.parametrize(("name", "first"), [("default", 0), ("ministry", 1000), ("chamber", 2000)])
def test_a_page_is_a_page(name: str, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soffice = require("soffice")
    theme = load_theme(THEMES / f"{name}.yaml", [])
    assert theme
    fonts = Fonts(theme)
    _have_fonts_installed(tmp_path, monkeypatch)
    pages: dict[str, int] = {}
    refused = 0
    for seed, fitted in _fitted(theme, fonts, range(first, first + LOADS)):
        if fitted is None:
            refused += 1
            continue
        finished = Finished(fitted.document, fitted.layout, theme, fonts, b"{}")
        pages[f"{seed}.pdf"] = len(PdfDocument(write("pdf", finished)))
        (tmp_path / f"{seed}.docx").write_bytes(write("docx", finished))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(tmp_path.glob("*.docx"))
    run([soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path / "made", *files], seconds=300)
    for file in files:
        pages[file.name] = len(PdfDocument(tmp_path / "made" / f"{file.stem}.pdf"))
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


def _have_fonts_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice keeps a file's embedded fonts for those that it opens after it, subsets though they are; so the
    files embed none, and the fonts are installed."""
    monkeypatch.setattr("briefgen.writers.docx.styles.Faces.embedded", lambda self: iter(()))
    packages = ("font_source_sans_pro", "font_source_serif_pro", "pylopdf_fonts_ko")
    found = [Path(place) / package for place in sys.path for package in packages if (Path(place) / package).is_dir()]
    folders = "".join(f"<dir>{place}</dir>" for place in (Path("/usr/share/fonts"), *found))
    (folder / "fonts.conf").write_text(FONTS.format(folders=folders, cache=folder / "cache"), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))
