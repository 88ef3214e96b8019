"""A PDF file as objects: the one module that knows ReportLab from within.

ReportLab lays pages, images and the outline down; it writes neither tagged nor archival files. What it has no public
name for is used here and nowhere else, and `tests/unit/test_pdf_file.py` holds a test for each of these, so that a
new version that changes one says so. They are those of ReportLab 5.1, to which the package is pinned.

The file itself is put together here: ReportLab ends streams without a line end (ISO 19005-3, 6.1.7.1) and writes every
object on its own, where all that are not streams can be compressed together (ISO 32000-1, 7.5.7).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

rl_config.useA85 = 0  # no ASCII armour around images: an eighth smaller

_TOGETHER = 200
"""Objects compressed together: more are smaller, but a reader must unpack all of them to get at one."""


_UNENDED = b"endstream\n"
"""How ReportLab ends a stream, right after its last byte. Ours have no line end after the word."""


class _Object(pdfdoc.PDFObject):
    """An object of which we write every byte."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def format(self, document: Any) -> bytes:
        return self.body


class _Sheets(Canvas):
    """A canvas whose pages begin empty: ReportLab's begin by choosing a font, an unembedded Helvetica."""

    _doc: Any
    _code: list[str]

    def _make_preamble(self) -> None:
        self._preamble = ""


class PdfFile:
    """A file that grows page by page.

    Objects are written as PDF source in ASCII (see `text_string`), and known by their numbers.
    """

    def __init__(self) -> None:
        self._canvas = _Sheets(BytesIO(), pageCompression=1, invariant=1, pdfVersion=(1, 7))
        self._document = self._canvas._doc

    # ---- objects

    def add(self, body: str) -> int:
        """Add an object and return its number."""
        return self._number_of(_Object(body.encode("ascii")))

    def reserve(self) -> int:
        """A number for an object that comes later."""
        return self._number_of(_Object(b"null"))

    def put(self, number: int, body: str) -> None:
        """The object with a reserved number."""
        self._document.idToObject[self._document.numberToId[number]].body = body.encode("ascii")

    def add_stream(self, contents: bytes, entries: str = "", compressed: bool = True) -> int:
        """Add a stream with these entries in its dictionary besides those of any stream."""
        if compressed:
            contents, entries = zlib.compress(contents, 9), entries + "/Filter/FlateDecode"
        return self._number_of(_Object(_stream(contents, entries)))

    def _number_of(self, body: pdfdoc.PDFObject) -> int:
        document = self._document
        number: int = document.idToObjectNumberAndVersion[document.Reference(body).name][0]
        return number

    def add_font(self, name: str, number: int) -> None:
        """Let all pages use a font by this name."""
        self._document.idToObject["BasicFonts"][name] = reference(number)

    # ---- pages

    def picture(self, image: ImageReader, x: float, y: float, width: float, height: float) -> str:
        """Put an image into the file.

        Args:
            x, y: its lower left corner on the page, in points.

        Returns:
            The operators that draw it on the page that is begun.
        """
        code = self._canvas._code
        start = len(code)
        self._canvas.drawImage(image, x, y, width, height, mask="auto")
        operators = " ".join(code[start:])
        del code[start:]
        return operators

    def bookmark(self, name: str, top: float) -> None:
        """Name a place on the page that is begun: what `outline` leads to."""
        self._canvas.bookmarkPage(name, fit="XYZ", left=0, top=top)

    def end_page(self, operators: Iterable[str], width: float, height: float) -> None:
        """Complete a page of this size, in points, and begin the next."""
        self._canvas.setPageSize((width, height))
        self._canvas._code += operators
        self._canvas.showPage()

    def page(self, index: int) -> int:
        """The number of a page that was ended; the first is 0."""
        return self._number_of(self._document.Pages.pages[index])

    def describe_page(self, index: int, annotations: Sequence[int], entries: Mapping[str, str]) -> None:
        """Give a page that was ended its annotations, and entries of its dictionary."""
        page = self._document.Pages.pages[index]
        page.Trans = None  # an empty one, otherwise
        page.__NoDefault__ = [*page.__NoDefault__, *entries]
        for name, value in entries.items():
            setattr(page, name, value)
        if annotations:
            page.Annots = _Object(array(map(reference, annotations)).encode("ascii"))

    def outline(self, title: str, name: str, depth: int) -> None:
        """An entry of the outline that leads to a bookmark."""
        self._canvas.addOutlineEntry(title, name, depth)

    # ---- the whole

    def describe(self, entries: Mapping[str, str]) -> None:
        """Entries of the document's catalogue."""
        catalogue = self._document.Catalog
        catalogue.__NoDefault__ = [*catalogue.__NoDefault__, *entries]
        for name, value in entries.items():
            setattr(catalogue, name, value)

    def written(self, info: int) -> bytes:
        """The file.

        Args:
            info: the object that holds the document's title and so on.
        """
        document = self._document
        document.Outlines.prepare(document, self._canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        root = self._number_of(document.Catalog)
        objects: list[bytes] = []
        while len(objects) + 1 in document.numberToId:  # writing one may add others
            name = document.numberToId[len(objects) + 1]
            body = pdfdoc.format(document.idToObject[name], document, toplevel=1)
            if body.endswith(_UNENDED):
                body = _ended(body.removesuffix(_UNENDED))
            objects.append(body)
        return assembled(objects, root, info)


def assembled(objects: Sequence[bytes], root: int, info: int) -> bytes:
    """A PDF 1.7 file of these objects, numbered from 1; those that are no streams are compressed together.

    Source: ISO 32000-1, 7.5.7 "Object streams" and 7.5.8 "Cross-reference streams".
    """
    written = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: list[tuple[int, int, int]] = [(0, 0, 0xFFFF)] * (len(objects) + 1)

    def append(number: int, body: bytes) -> None:
        places[number] = (1, len(written), 0)
        written.extend(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    plain: list[tuple[int, bytes]] = []
    for number, body in enumerate(objects, 1):
        if body.endswith(b"\nendstream"):
            append(number, body)
        else:
            plain.append((number, body))
    for start in range(0, len(plain), _TOGETHER):
        together = plain[start : start + _TOGETHER]
        holder = len(places)
        places.append((0, 0, 0))
        index, bodies = b"", b""
        for order, (number, body) in enumerate(together):
            places[number] = (2, holder, order)
            index += b"%d %d " % (number, len(bodies))
            bodies += body + b"\n"
        entries = f"/Type/ObjStm/N {len(together)}/First {len(index)}/Filter/FlateDecode"
        append(holder, _stream(zlib.compress(index + bodies, 9), entries))
    start = len(written)
    places.append((1, start, 0))
    identity = hashlib.sha256(written).hexdigest()[:32]
    entries = (
        f"/Type/XRef/Size {len(places)}/Root {reference(root)}/Info {reference(info)}"
        f"/ID[<{identity}><{identity}>]/W[1 4 2]/Filter/FlateDecode"
    )
    table = b"".join(struct.pack(">BLH", *place) for place in places)
    append(len(places) - 1, _stream(zlib.compress(table, 9), entries))
    return bytes(written) + b"startxref\n%d\n%%%%EOF\n" % start


def _stream(contents: bytes, entries: str) -> bytes:
    head = dictionary(entries + f"/Length {len(contents)}")
    return _ended(b"%b\nstream\n%b" % (head.encode("ascii"), contents))


def _ended(stream: bytes) -> bytes:
    """A stream with its end; a carriage return that is its last byte must not seem part of the line end."""
    return stream + (b"\r\nendstream" if stream.endswith(b"\r") else b"\nendstream")


# ---- PDF source --------------------------------------------------------------------------------------------


def reference(number: int) -> str:
    """An object by its number."""
    return f"{number} 0 R"


def array(parts: Iterable[object]) -> str:
    """An array of these."""
    return f"[{' '.join(map(str, parts))}]"


def dictionary(entries: str) -> str:
    """A dictionary of entries, each a name and a value."""
    return f"<<{entries}>>"


def text_string(text: str) -> str:
    """Words that a person reads: ASCII as it is, anything else as UTF-16.

    Source: ISO 32000-1, 7.9.2.2 "Text string type".
    """
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """A number as PDF has it: no exponent, no more than a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"
