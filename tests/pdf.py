"""Looking into finished PDF files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Node:
    """An element of a PDF's structure: its type, its words and elements in reading order, and its dictionary."""

    type: str
    kids: tuple[Node | str, ...]
    entries: pikepdf.Dictionary

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def walk(self) -> Iterator[Node]:
        """It, and all elements in it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def all(self, type: str) -> list[Node]:
        """The elements of a type."""
        return [node for node in self.walk() if node.type == type]

    def outline(self, depth: int = 0) -> str:
        """Types and words, one a line, indented."""
        lines = ["  " * depth + self.type]
        for kid in self.kids:
            lines.append(kid.outline(depth + 1) if isinstance(kid, Node) else "  " * (depth + 1) + repr(kid))
        return "\n".join(lines)


def structure(document: pikepdf.Pdf) -> Node:
    """The structure tree, read as a screen reader does: through marked content and the fonts' ToUnicode maps."""
    fonts: dict[str, dict[str, str]] = {}
    words: dict[tuple[tuple[int, int], int], str] = {}
    for page in document.pages:
        for name, font in page.Resources.get("/Font", {}).items():
            if name not in fonts:
                pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", font.ToUnicode.read_bytes().decode("ascii"))
                fonts[name] = {code: bytes.fromhex(to).decode("utf-16-be") for code, to in pairs if len(code) == 4}
        drawn = page.Contents.read_bytes().decode("ascii")
        for sequence, inner in re.findall(r"<</MCID (\d+)>>BDC(.*?)EMC", drawn, re.S):
            words[page.objgen, int(sequence)] = "".join(
                fonts[name][shown[i : i + 4]]
                for name, shown in re.findall(r"(/F\d+) [^<]*<([0-9A-F]+)> Tj", inner)
                for i in range(0, len(shown), 4)
            )

    def read(entries: pikepdf.Dictionary) -> Node:
        kids: list[Node | str] = []
        below = entries.get("/K", [])
        for kid in below if isinstance(below, pikepdf.Array | list) else [below]:
            if isinstance(kid, int):
                kids.append(words[entries.Pg.objgen, kid])
            elif kid.get("/Type") == "/MCR":
                kids.append(words[kid.Pg.objgen, kid.MCID])
            elif kid.get("/Type") != "/OBJR":
                kids.append(read(kid))
        return Node(str(entries.S)[1:], tuple(kids), entries)

    return read(document.Root.StructTreeRoot.K)
