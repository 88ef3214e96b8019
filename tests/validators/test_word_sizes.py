"""A page as a Word file is small enough for any post box."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.program import Program

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("option", "most"), [("--no-embed-fonts", 40_000), ("--embed-fonts", 400_000)])
@pytest.mark.parametrize("language", ["en", "vi", "ko"])
def test_one_page_is_small(briefgen: Program, tmp_path: Path, language: str, option: str, most: int) -> None:
    path = tmp_path / "page.docx"
    workspace = ("--workspace", str(REPOSITORY))
    result = briefgen(*workspace, "investor", "--docx", "--language", language, option, "-o", str(path))
    assert result.status == 0, result.err
    assert path.stat().st_size < most
