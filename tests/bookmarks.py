"""What bookmarks of a Word file enclose, read without the code that sets them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

_CHARACTERS = {qn("w:br"): " ", qn("w:cr"): " ", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "\u2011"} | {
    qn("w:softHyphen"): "\u00ad"
}
STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def enclosed(contents: bytes) -> dict[str, str]:
    """Name → words of every bookmark in a file's text and notes, in the order in which they begin."""
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(contents)) as package:
        for name in STORIES:
            if name in package.namelist():
                for bookmark, words in in_story(etree.fromstring(package.read(name))):
                    assert bookmark not in found, f"{bookmark} stands twice"
                    found[bookmark] = words
    return found


def in_story(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Name and words of every bookmark in one part."""
    names: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    open_: set[str] = set()
    for element in root.iter():
        number = element.get(qn("w:id"), "")
        if element.tag == qn("w:bookmarkStart"):
            assert number not in names, f"two bookmarks have the id {number}"
            names[number] = element.get(qn("w:name"), "")
            words[number] = []
            open_.add(number)
        elif element.tag == qn("w:bookmarkEnd"):
            open_.remove(number)
        elif element.tag == qn("w:t"):
            for each in open_:
                words[each].append(element.text or "")
        elif element.tag in _CHARACTERS and element.getparent().tag == qn("w:r"):
            for each in open_:
                words[each].append(_CHARACTERS[element.tag])
    assert not open_, f"bookmarks without an end: {open_}"
    for number, name in names.items():
        yield name, "".join(words[number])
