"""Charts in Word, as validators, LibreOffice and pandoc see them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest

from briefgen.document import ChartKind, DocumentKind
from briefgen.layout.model import Box
from briefgen.themes import load_theme
from briefgen.writers import Finished, write
from tests import word_rules
from tests.charts import BAR, COLUMN, LINE, SETS, TRADE
from tests.charts import chart as made
from tests.finished import REPOSITORY, document, finished
from tests.tools import require, run
from tests.word import microsofts_faults, schema_faults, shown

pytestmark = pytest.mark.slow

EACH = [("default", BAR), ("default", COLUMN), ("default", LINE), ("ministry", BAR)]


def whole(theme: str, kind: ChartKind) -> Finished:
    """A document of every set of points as one kind of chart."""
    loaded = load_theme(REPOSITORY / f"templates/themes/{theme}.yaml", [])
    assert loaded is not None
    charts = [made(kind, *points, title=name) for name, points in SETS.items()]
    return finished(loaded, document(*charts, kind=DocumentKind.MEMO))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finished]:
    return {f"{theme}-{kind}": whole(theme, kind) for theme, kind in EACH}


@pytest.fixture(scope="module")
def folder(files: dict[str, Finished], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    for name, each in files.items():
        (folder / f"{name}.docx").write_bytes(write("docx", each))
        (folder / f"{name}-ours.pdf").write_bytes(write("pdf", each))
    return folder


@pytest.fixture(scope="module")
def office(folder: Path) -> Path:
    """Where the PDFs are that LibreOffice has made of the Word files."""
    return shown(sorted(folder.glob("*.docx")), folder)[0].parent


def test_both_validators_find_nothing(folder: Path) -> None:
    paths = sorted(folder.glob("*.docx"))
    assert [fault for path in paths for fault in word_rules.faults(path.read_bytes())] == []
    assert schema_faults(paths) == []
    assert microsofts_faults(paths) == []


def words_of(path: Path) -> list[Counter[str]]:
    """The words on each page; LibreOffice parts digits from Hangul, so what is written without a space counts."""
    pages = unicodedata.normalize("NFC", run([require("pdftotext"), "-enc", "UTF-8", path, "-"])).split("\f")[:-1]
    return [Counter(re.findall(r"[0-9.,]+|[^\W\d_]+|\S", page)) for page in pages]


@pytest.mark.parametrize(("theme", "kind"), EACH)
def test_libreoffice_prints_the_same_words_on_the_same_pages(
    theme: str, kind: ChartKind, folder: Path, office: Path
) -> None:
    theirs, ours = words_of(office / f"{theme}-{kind}.pdf"), words_of(folder / f"{theme}-{kind}-ours.pdf")
    assert len(theirs) == len(ours)
    for page, (their, our) in enumerate(zip(theirs, ours, strict=True), 1):
        assert their == our, f"page {page}: {their - our} beyond, {our - their} missing"


def longest(rows: Sequence[Sequence[bool]]) -> int:
    """The longest run of true things in any row."""
    return max(sum(run) for row in rows for filled, run in groupby(row) if filled)


def test_bars_and_columns_are_as_long_as_the_layouts(tmp_path: Path) -> None:
    """Measured in the picture that LibreOffice draws: the solid mark's extent, in points."""
    from PIL import Image

    theme = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert theme is not None
    for kind in (BAR, COLUMN):
        each = finished(theme, document(made(kind, *TRADE)))
        path = tmp_path / f"{kind}.docx"
        path.write_bytes(write("docx", each))
        (read,) = shown([path], tmp_path)
        run([require("pdftoppm"), "-r", "72", "-png", "-singlefile", read, tmp_path / str(kind)])
        (solid,) = (i for i in each.layout.decisions.figures[0].items if isinstance(i, Box) and i.fill != "#FFFFFF")
        picture = Image.open(tmp_path / f"{kind}.png").convert("RGB")
        accent = tuple(int(theme.colours.accent[i : i + 2], 16) for i in (1, 3, 5))
        top = int(each.layout.decisions.figures[0].y)
        rows = [[picture.getpixel((x, y)) == accent for x in range(picture.width)] for y in range(top, picture.height)]
        wide, deep = longest(rows), longest(list(zip(*rows, strict=True)))
        assert wide == pytest.approx(solid.width, abs=2)
        assert deep == pytest.approx(solid.height, abs=5)


def test_pandoc_reads_the_text_around_charts(folder: Path) -> None:
    read = run([require("pandoc"), "-t", "plain", "--wrap=none", folder / "default-bar.docx"])
    for name in SETS:
        assert name in read
    assert read.count("Source: note 1. A remark.") == len(SETS)
