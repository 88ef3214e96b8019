"""What a Word file holds beside its words, whoever made it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from briefgen.leftovers import Leftovers, leftovers

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def word_file(**parts: str) -> bytes:
    """A package with these parts, named without their folder and suffix."""
    contents = BytesIO()
    with zipfile.ZipFile(contents, "w") as package:
        for name, xml in parts.items():
            folder = "docProps" if name == "custom" else "word"
            package.writestr(f"{folder}/{name}.xml", xml)
    return contents.getvalue()


def custom(value: str, name: str = "Review copy") -> str:
    return (
        f'<Properties xmlns="{PROPERTIES}" xmlns:vt="{TYPES}"><property fmtid="{{}}" pid="2" name="{name}">'
        f"<vt:bool>{value}</vt:bool></property></Properties>"
    )


@pytest.mark.parametrize("namespace", [W, STRICT])
def test_comments_and_changes_are_counted_wherever_they_stand(namespace: str) -> None:
    found = leftovers(
        word_file(
            document=f'<x:document xmlns:x="{namespace}"><x:ins/><x:p><x:del><x:r/></x:del></x:p></x:document>',
            footnotes=f'<w:footnotes xmlns:w="{namespace}"><w:moveFrom/><w:moveTo/></w:footnotes>',
            comments=f'<comments xmlns="{namespace}"><comment/><comment/></comments>',
        )
    )
    assert found == Leftovers(comments=2, changes=4)


def test_what_only_looks_like_it_does_not_count() -> None:
    body = f'<w:document xmlns:w="{W}"><del xmlns="urn:x"/><w:t>&lt;w:ins/></w:t><w:commentReference/></w:document>'
    assert leftovers(word_file(document=body, custom=custom("true", "Review"))) == Leftovers()


@pytest.mark.parametrize(("value", "is_one"), [("true", True), ("1", True), ("", True), ("false", False), ("0", False)])
def test_a_review_copy_says_so_in_its_properties(value: str, is_one: bool) -> None:
    assert leftovers(word_file(custom=custom(value))).is_review_copy is is_one


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04 broken",
        word_file(document="<w:ins"),
        word_file(document=f'<!DOCTYPE a [<!ENTITY b "c">]><w:ins xmlns:w="{W}">&b;</w:ins>'),
        word_file()[:-3],
    ],
)
def test_what_cannot_be_read_holds_nothing(contents: bytes) -> None:
    assert leftovers(contents) == Leftovers()


def test_what_stands_before_damage_is_found() -> None:
    assert leftovers(word_file(document=f'<w:document xmlns:w="{W}"><w:ins/><w:broken')).changes == 1


def test_a_part_that_is_a_bomb_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.leftovers._LARGEST", 1_000_000)
    contents = BytesIO()
    with zipfile.ZipFile(contents, "w", zipfile.ZIP_DEFLATED) as package:
        start = f'<w:document xmlns:w="{W}"><w:ins/><w:t>'
        package.writestr("word/document.xml", start + " " * 2_000_000 + "</w:t><w:ins/></w:document>")
    assert leftovers(contents.getvalue()).changes == 1
