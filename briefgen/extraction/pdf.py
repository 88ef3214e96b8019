"""The text of a PDF, with PDFium: pages in order, a word hyphenated at a line end left as it is printed."""

from __future__ import annotations

import ctypes
from math import hypot
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from briefgen.errors import Location, Problem, Severity
from briefgen.extraction.raised import raised

_SMALL = 0.85
"""A raised digit is at most so large, compared with the character before it…"""
_HIGH = 0.12
"""… and stands at least so much higher, in that character's size."""


def pdf_text(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    """Read a PDF's text; see `extract_text`. Pages without any text are a warning, a whole file of them an error."""
    try:
        document = pypdfium2.PdfDocument(contents)
    except pypdfium2.PdfiumError as error:
        problems.append(cannot_open(error, path))
        return None
    try:
        pages = [_page_text(page) for page in document]
    except pypdfium2.PdfiumError as error:
        message = f"a page of the PDF cannot be read: {error}"
        problems.append(Problem("broken-file", message, Location(path), hints=("take another copy of the file",)))
        return None
    finally:
        document.close()
    empty = [str(number) for number, text in enumerate(pages, start=1) if not text.strip()]
    if len(empty) == len(pages):
        message = "no page of the PDF holds text: they are pictures of pages"
        hint = "run a text recognition over it, or save the text yourself as .txt, and compare it with the pages"
        problems.append(Problem("no-text", message, Location(path), hints=(hint,)))
        return None
    if empty:
        shown = ", ".join(empty[:8]) + ("…" if len(empty) > 8 else "")
        message = f"{len(empty)} of {len(pages)} pages hold no text: {shown}"
        problems.append(Problem("pages-without-text", message, Location(path), Severity.WARNING))
    return "\n\n".join(pages)


def cannot_open(error: pypdfium2.PdfiumError, path: Path) -> Problem:
    """Why PDFium does not open a file."""
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        hint = "open it with its password and save a copy without one"
        return Problem("protected-file", "the PDF is protected by a password", Location(path), hints=(hint,))
    if error.err_code == raw.FPDF_ERR_SECURITY:
        message = "the PDF is protected in a way that cannot be opened"
        return Problem("protected-file", message, Location(path), hints=("save a copy that is not protected",))
    message = "this is no PDF, or it is damaged"
    return Problem("broken-file", message, Location(path), hints=("take another copy of the file",))


def _page_text(page: pypdfium2.PdfPage) -> str:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    codes = [raw.FPDFText_GetUnicode(text_page, place) for place in range(count)]
    chars: list[str] = []
    base: tuple[float, float] | None = None  # height and size of the last character on the line itself
    for place, code in enumerate(codes):
        char = chr(code) if code < 0x110000 else ""
        if raw.FPDFText_IsHyphen(text_page, place) == 1:
            char = "-\n"  # the word goes on in the next line
        elif char in "\r\n":
            base = None
        elif not char.isspace() and raw.FPDFText_IsGenerated(text_page, place) != 1:
            own = _height_and_size(text_page, place)
            if base and own[1] <= _SMALL * base[1] and own[0] - base[0] >= _HIGH * base[1]:
                char = raised(char)
            else:
                base = own
        chars.append(char)
    # PDFium gives what lies beyond the basic plane as two surrogates.
    return "".join(chars).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _height_and_size(text_page: pypdfium2.PdfTextPage, place: int) -> tuple[float, float]:
    """Where a character's baseline is, and how large the character is, in points."""
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text_page, place, x, y)
    scale = hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text_page, place, matrix) else 1.0
    return y.value, raw.FPDFText_GetFontSize(text_page, place) * (scale or 1.0)
