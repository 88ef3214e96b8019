"""The investor brief in every language and theme: one page in both formats, and the library's words in them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tests.finished import REPOSITORY
from tests.program import Program
from tests.tools import require, run

pytestmark = pytest.mark.slow

THEMES = sorted(path.stem for path in (REPOSITORY / "templates" / "themes").glob("*.yaml"))
PRINTED = {
    "en": ("South Korea is Viet Nam’s largest foreign direct investor.", "Funds: one project each to the desk by"),
    "vi": ("Hàn Quốc là nhà đầu tư trực tiếp nước ngoài lớn nhất tại Việt Nam.", "Các quỹ: gửi Ban mỗi quỹ một dự án"),
    "ko": ("한국은 베트남의 최대 외국인직접투자국이다.", "사업을 하나씩 담당 부서에 제출"),
}


@pytest.mark.parametrize("theme", THEMES)
def test_one_page_in_every_language(theme: str, desk: Path, briefgen: Program, tmp_path: Path) -> None:
    pytest.importorskip("pylopdf_fonts_ko")
    made, shown = tmp_path / "made", tmp_path / "shown"
    for language in PRINTED:
        done = briefgen("investor", "--language", language, "--theme", theme, "--pdf", "--docx", "-o", f"{made}/")
        assert done.status == 0, done.err
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office = [require("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", shown]
    for word in sorted(made.glob("*.docx")):  # one after the other: it lends the first one's fonts to the next
        run([*office, word])
    for language, printed in PRINTED.items():
        for folder in (made, shown):
            told = run([require("pdfinfo"), folder / f"investor.{language}.pdf"])
            assert re.search(r"^Pages: +1$", told, re.MULTILINE), (language, folder.name)
            text = run([require("pdftotext"), "-enc", "UTF-8", folder / f"investor.{language}.pdf", "-"])
            assert unicodedata.is_normalized("NFC", text)
            for words in printed:
                assert _bare(words) in _bare(text), (language, folder.name)


def _bare(text: str) -> str:
    """Without white space, which extraction sets as it likes."""
    return re.sub(r"\s", "", text)
