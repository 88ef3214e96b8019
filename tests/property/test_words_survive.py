"""Whatever words there are: they are set and can be read back, or a missing glyph is an error. Never in between."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.errors import BriefgenError
from briefgen.theme import StyleName
from briefgen.writers import write
from tests.pdf import read_back
from tests.sheet import Sheet, default_theme

SHEET = Sheet(default_theme())
BODY = SHEET.styles[StyleName.BODY]

likely = st.characters(max_codepoint=0x24F, exclude_categories=["Cc", "Cs"])
vietnamese = st.characters(min_codepoint=0x1EA0, max_codepoint=0x1EF9)
odd = st.sampled_from("\u00a0\u2009\u202f\u2011\u00ad\u200b\u200d\ufe0f\u0300\u0301\u0323–—“”‘’…€₫₩\t")
anything = st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"])


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(likely, vietnamese, odd), min_size=1, max_size=40))
def test_words_are_read_back_or_refused(text: str) -> None:
    try:
        line = SHEET.line(text, 100)
    except BriefgenError as error:
        codes = [problem.code for problem in error.problems]
    else:
        codes = []
        assert read_back(write("pdf", SHEET.finished((line,)))) == unicodedata.normalize("NFC", text)
    assert codes in ([], ["missing-glyph"])


@settings(max_examples=200, deadline=None)
@given(st.text(anything, max_size=20))
def test_text_is_split_without_loss(text: str) -> None:
    try:
        runs = SHEET.fonts.split(text, BODY)
    except BriefgenError as error:
        (problem,) = error.problems
        assert problem.code == "missing-glyph"
        assert "U+" in problem.message
    else:
        assert "".join(words for words, _ in runs) == unicodedata.normalize("NFC", text)
        assert all(SHEET.fonts.width(words, face, 10) >= 0 for words, face in runs)
