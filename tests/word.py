"""Looking into finished Word files: what they say, and whether others find them sound."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from briefgen.theme import Letterhead
from tests.documents import bare
from tests.pdf import Node, opened, structure
from tests.tools import require, require_folder, run, told

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


# ---- words -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """All words of a file without white space, a note's mark as its number, and the words of each note."""

    text: str
    notes: tuple[str, ...]


def said_by_word(docx: bytes) -> Said:
    """What a Word file says; the numbers and dashes before the items of lists are not among its words."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    notes: list[str] = []
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in parts:
            found = etree.fromstring(parts[name])
            notes += [bare("".join(_words(note))) for note in found if note.get(f"{W}type") is None]
    return Said(bare("".join(_words(etree.fromstring(parts["word/document.xml"])))), tuple(notes))


def _words(root: etree._Element) -> Iterator[str]:
    for node in root.iter(f"{W}t", f"{W}noBreakHyphen", f"{W}footnoteReference", f"{W}endnoteReference"):
        match etree.QName(node).localname:
            case "t":
                yield node.text or ""
            case "noBreakHyphen":
                yield "-"
            case _:
                yield node.get(f"{W}id") or ""


def said_by_pdf(pdf: bytes, letterhead: Letterhead | None) -> Said:
    """What a tagged PDF says, as its structure has it.

    Args:
        letterhead: the theme's; a Word file has its words in a header, which is not part of the text.
    """
    document = opened(pdf)
    tree = structure(document)
    notes = tuple("".join(_spoken(kid) for kid in note.kids if not _is(kid, "Lbl")) for note in tree.all("Note"))
    text, above = bare(_spoken(tree)), bare("".join((letterhead.name, *letterhead.lines))) if letterhead else ""
    assert text.startswith(above)
    return Said(text.removeprefix(above), tuple(map(bare, notes)))


def _spoken(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    if node.type in ("Note", "Figure"):
        return ""
    counted = node.type == "L" and node.entries.get("/A", {}).get("/ListNumbering") != "/None"
    return "".join(
        "".join(_spoken(part) for part in kid.kids if not _is(part, "Lbl"))
        if counted and isinstance(kid, Node)
        else _spoken(kid)
        for kid in node.kids
    )


def _is(node: Node | str, type: str) -> bool:
    return isinstance(node, Node) and node.type == type


# ---- validators --------------------------------------------------------------------------------------------


def schema_faults(files: Sequence[Path]) -> list[str]:
    """What the schemas and the references between parts have against some files: a line each."""
    script = require_folder("BRIEFGEN_VALIDATORS") / "validate_docx.py"
    found = json.loads(told([sys.executable, script, "--json", *files]))
    assert set(found) == set(map(str, files))
    return [f"{Path(name).name}: {fault['part']}: {fault['msg']}" for name, faults in found.items() for fault in faults]


def microsofts_faults(files: Iterable[Path]) -> list[str]:
    """What Microsoft's validator has against some files; it takes one at a time."""
    program = require(os.environ.get("BRIEFGEN_OOXML_VALIDATOR", "ooxml-validator"))
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda file: json.loads(told([program, file])), files))
    return [f"{Path(report['file']).name}: {error}" for report in reports for error in report["errors"]]


# ---- programs ----------------------------------------------------------------------------------------------


def shown(files: Sequence[Path], folder: Path) -> list[Path]:
    """The PDFs that LibreOffice makes of files, in their order; all in one run, in `folder`."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "shown"
    run([require("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", out, *files], seconds=60)
    return [out / f"{file.stem}.pdf" for file in files]


_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


def have_fonts_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give LibreOffice the themes' fonts, for files that embed none: it would keep the fonts that are embedded in one
    file for those that it opens after it, subsets though they are."""
    packages = ("font_source_sans_pro", "font_source_serif_pro", "pylopdf_fonts_ko")
    found = [Path(place) / package for place in sys.path for package in packages if (Path(place) / package).is_dir()]
    folders = "".join(f"<dir>{place}</dir>" for place in (Path("/usr/share/fonts"), *found))
    (folder / "fonts.conf").write_text(_FONTS.format(folders=folders, cache=folder / "cache"), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))


def pandoc_tells(file: Path) -> Any:
    """What pandoc reads in a Word file, styles included."""
    return json.loads(run([require("pandoc"), "-f", "docx+styles", "-t", "json", "-s", file]))


def saved_again(docx: bytes) -> bytes:
    """The file as python-docx saves it."""
    from docx import Document

    again = BytesIO()
    Document(BytesIO(docx)).save(again)
    return again.getvalue()


def altered(docx: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts changed; it must change."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            before = source.read(name)
            after = change(before) if name == part else before
            assert (after != before) is (name == part)
            target.writestr(name, after)
    return written.getvalue()
