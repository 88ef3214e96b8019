"""Every shipped template with a page budget keeps it in LibreOffice, in every shipped theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.program import Program
from tests.tools import require, run

BUDGETS = {"investor": 1, "talking-points": 1, "timeline": 1, "scitech": 2}


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["default", "ministry", "chamber"])
def test_pages_in_word_are_those_of_the_budget(theme: str, desk: Path, briefgen: Program, tmp_path: Path) -> None:
    office, pdfinfo = require("soffice"), require("pdfinfo")
    for template in BUDGETS:
        result = briefgen(template, "--docx", "--theme", theme, "--as-of", "2026-11-21")
        assert result.status == 0, result.err
    files = sorted((desk / "output").glob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    run([office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files])
    pages = {}
    for template in BUDGETS:
        found = re.search(r"^Pages:\s+(\d+)", run([pdfinfo, tmp_path / f"{template}.pdf"]), re.MULTILINE)
        assert found is not None
        pages[template] = int(found[1])
    assert pages == BUDGETS
