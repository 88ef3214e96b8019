"""Every template that is shipped, in every theme and language, as a Word file: sound, and the same words as the PDF."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from briefgen.themes import load_theme
from briefgen.writers import Finished
from tests.as_read import differences, read_by_pandoc, to_be_read
from tests.shipped import WORKSPACE, built, shipped
from tests.word import microsofts_faults, pandoc_tells, said_by_pdf, said_by_word, saved_again, schema_faults
from tests.word_rules import faults

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "theme", "language"), shipped())
def test_every_template_in_every_theme_and_language(name: str, theme: str, language: str, tmp_path: Path) -> None:
    made = built(name, theme, language, "pdf", "docx")
    word, again = tmp_path / "it.docx", tmp_path / "again.docx"
    word.write_bytes(made.files["docx"])
    again.write_bytes(saved_again(made.files["docx"]))
    loaded = load_theme(WORKSPACE.named("themes", (".yaml",))[theme], [])
    assert loaded is not None
    said = said_by_word(made.files["docx"])
    assert said == said_by_pdf(made.files["pdf"], loaded.letterhead)
    assert said_by_word(again.read_bytes()) == said
    fitted = made.draft.fitted
    finished = Finished(fitted.document, fitted.layout, loaded, made.draft.fonts, b"")
    assert differences(to_be_read(finished), read_by_pandoc(pandoc_tells(word))) == []
    assert faults(made.files["docx"]) == []
    assert schema_faults([word, again]) == []
    assert microsofts_faults([word]) == []
    if fitted.document.meta.pages == 1:
        bare = built(name, theme, language, "docx", embed_fonts=False).files["docx"]
        assert len(bare) - _pictures(bare) < 40_000
        assert len(made.files["docx"]) < 400_000


def _pictures(docx: bytes) -> int:
    """How much of a file is its theme's logo and the like."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return sum(entry.compress_size for entry in archive.infolist() if entry.filename.startswith("word/media/"))
