"""Looking into finished PDF files."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The document; whoever asks for a part of it must hold on to it."""
    return pikepdf.open(BytesIO(pdf))


def operators(pdf: bytes, page: int = 0) -> str:
    with opened(pdf) as document:
        return document.pages[page].Contents.read_bytes().decode("ascii")


def read_back(pdf: bytes, page: int = 0) -> str:
    """The text of a page through the fonts' own ToUnicode maps."""
    fonts, document = {}, opened(pdf)
    for name, font in document.pages[page].Resources.Font.items():
        pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", font.ToUnicode.read_bytes().decode("ascii"))
        fonts[name] = {code: bytes.fromhex(text).decode("utf-16-be") for code, text in pairs if len(code) == 4}
    words = ""
    for name, shown in re.findall(r"(/F\d+) .*? <([0-9A-F]+)> Tj", operators(pdf, page)):
        words += "".join(fonts[name][shown[i : i + 4]] for i in range(0, len(shown), 4))
    return words
