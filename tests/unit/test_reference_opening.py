"""Reference documents that somebody sends: what is opened, and what is refused, with nothing of it run or fetched."""

from __future__ import annotations

import io
import socket
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.errors import BriefgenError, Location, Problem
from briefgen.reference import open_reference
from briefgen.reference import opening as limits
from tests import house

DOCX = "house.docx"
GOOD = house.saved(house.ministry())
TYPES, MAIN, SETTINGS = "[Content_Types].xml", "word/document.xml", "word/_rels/settings.xml.rels"
RELATIONS = "word/_rels/document.xml.rels"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HERE = Location(Path("themes/house.yaml"), 3, 12)


def refusal(folder: Path, contents: bytes, name: str = "house.docx") -> Problem:
    path = folder / name
    path.write_bytes(contents)
    with pytest.raises(BriefgenError) as raised:
        open_reference(path, HERE, folder)
    (problem,) = raised.value.problems
    assert problem.location == HERE
    assert name in problem.message
    assert problem.hints or problem.code == "reference-unsafe"
    return problem


def related(contents: bytes, kind: str, target: str, part: str = RELATIONS, external: bool = True) -> bytes:
    """A package with one relationship more."""
    mode = ' TargetMode="External"' if external else ""
    added = f'<Relationship Id="rId999" Type="{RELATIONSHIPS}/{kind}" Target="{target}"{mode}/></Relationships>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'

    def change(xml: bytes) -> bytes:
        return xml.replace(b"</Relationships>", added.encode())

    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        there = part in archive.namelist()
    return house.altered(contents, {part: change if there else change(empty)})


def typed(contents: bytes, content_type: str) -> bytes:
    return house.altered(
        contents, {TYPES: lambda xml: xml.replace(house.DOCUMENT_TYPE.encode(), content_type.encode())}
    )


def header_of(contents: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        return next(name for name in archive.namelist() if name.startswith("word/header"))


def in_header(contents: bytes, xml: str) -> bytes:
    """A package with more at the end of its header."""
    return house.altered(
        contents, {header_of(contents): lambda old: old.replace(b"</w:hdr>", xml.encode() + b"</w:hdr>")}
    )


# ---- what is opened --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["house.docx", "House Style 2026.DOCX", "nhà.docx"])
def test_a_word_file_is_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(GOOD)
    package = open_reference(tmp_path / name, HERE, tmp_path)
    assert package.main == "/word/document.xml"
    assert package.related("styles") == "/word/styles.xml"


def test_a_template_is_opened(tmp_path: Path) -> None:
    (tmp_path / "house.dotx").write_bytes(house.template(GOOD))
    assert open_reference(tmp_path / "house.dotx", HERE, tmp_path).related("styles")


@pytest.mark.parametrize("address", ["https://example.org/", "http://example.org", "mailto:desk@example.org"])
def test_a_plain_link_in_a_header_is_allowed(tmp_path: Path, address: str) -> None:
    header = header_of(GOOD)
    linked = related(GOOD, "hyperlink", address, f"word/_rels/{Path(header).name}.rels")
    (tmp_path / "house.docx").write_bytes(linked)
    assert open_reference(tmp_path / "house.docx", HERE, tmp_path)


def test_a_link_inside_the_workspace_is_followed(tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand/house.docx").write_bytes(GOOD)
    (tmp_path / "house.docx").symlink_to(tmp_path / "brand/house.docx")
    assert open_reference(tmp_path / "house.docx", HERE, tmp_path)


# ---- what is no Word file --------------------------------------------------------------------------------

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OPEN_DOCUMENT = io.BytesIO()
with zipfile.ZipFile(OPEN_DOCUMENT, "w") as odt:
    odt.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    odt.writestr("content.xml", "<a/>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("contents", "name", "words"),
    [
        (b"", DOCX, "is empty"),
        (b"Dear colleague", DOCX, "is no Word file"),
        (b"{\\rtf1\\ansi Dear colleague}", DOCX, "is an RTF file with another suffix"),
        (OLE, DOCX, "Word 97–2003"),
        (OPEN_DOCUMENT.getvalue(), DOCX, "is an OpenDocument file with another suffix"),
        (GOOD, "house.odt", "no .docx or .dotx"),
        (OLE, "house.doc", "no .docx or .dotx"),
        (GOOD[: len(GOOD) // 2], DOCX, "is damaged"),
        (GOOD[:-200] + bytes(200), DOCX, "is damaged"),
        (house.altered(GOOD, {MAIN: b"<w:document"}), DOCX, "is not well-formed"),
        (house.altered(GOOD, {TYPES: None}), DOCX, "no Word file"),
        (house.altered(GOOD, {MAIN: None}), DOCX, "no document in it"),
        (house.altered(GOOD, {"_rels/.rels": None}), DOCX, "no document in it"),
        (typed(GOOD, EXCEL), DOCX, "Excel"),
        (
            house.altered(
                GOOD, {MAIN: b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}
            ),
            DOCX,
            "Strict Open XML",
        ),
    ],
)  # fmt: skip
def test_what_is_no_word_file_says_what_it_is(tmp_path: Path, contents: bytes, name: str, words: str) -> None:
    problem = refusal(tmp_path, contents, name)
    assert problem.code == "reference-not-readable"
    assert words in problem.message


def test_one_bit_that_is_wrong_is_noticed(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        place = archive.getinfo("word/styles.xml").header_offset + 400
    damaged = bytearray(GOOD)
    damaged[place] ^= 1
    assert refusal(tmp_path, bytes(damaged)).code == "reference-not-readable"


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    (tmp_path / "house.docx").mkdir()
    for name, words in (("house.docx", "is a folder"), ("hosue.docx", "is not there")):
        with pytest.raises(BriefgenError) as raised:
            open_reference(tmp_path / name, HERE, tmp_path)
        assert raised.value.problems[0].code == "reference-not-readable"
        assert words in raised.value.problems[0].message


def test_a_password_is_asked_of_nobody(tmp_path: Path) -> None:
    encrypted = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    assert refusal(tmp_path, encrypted).code == "reference-protected"
    locked = bytearray(GOOD)
    start = locked.rindex(b"PK\x01\x02")
    locked[start + 8] |= 1  # the flag of an encrypted entry
    assert refusal(tmp_path, bytes(locked)).code == "reference-protected"


# ---- what could do harm ----------------------------------------------------------------------------------

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
DTD = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">%s]><w/>'


def with_type(content_type: str, name: str) -> bytes:
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    change = {TYPES: lambda xml: xml.replace(b"</Types>", override.encode()), name: b"\0"}
    return house.altered(GOOD, change)


@pytest.mark.parametrize(
    ("contents", "name", "words"),
    [
        (GOOD, "house.docm", "macros"),
        (GOOD, "house.dotm", "macros"),
        (typed(GOOD, MACROS), DOCX, "macros"),
        (with_type("application/vnd.ms-office.vbaProject", "word/vbaProject.bin"), DOCX, "macros"),
        (related(house.altered(GOOD, {"word/x.bin": b"\0"}), "vbaProject", "x.bin", external=False), DOCX, "macros"),
        (with_type("application/vnd.ms-office.activeX+xml", "word/activeX/activeX1.bin"), DOCX, "ActiveX"),
        (related(GOOD, "control", "activeX/activeX1.xml", external=False), DOCX, "control"),
        (related(GOOD, "oleObject", "embeddings/oleObject1.bin", external=False), DOCX, "another program"),
        (house.altered(GOOD, {"word/styles.xml": DTD % b""}), DOCX, "XML entities"),
        (house.altered(GOOD, {"word/theme/theme1.xml": (DTD % b"").decode().encode("utf-16")}), DOCX, "XML entities"),
        (house.altered(GOOD, {"word/x.xml": DTD % b'<!ENTITY c SYSTEM "file:///etc/passwd">'}), DOCX, "XML entities"),
        (house.altered(GOOD, {"../../evil.xml": b"<a/>"}), DOCX, "written elsewhere"),
        (house.altered(GOOD, {"/etc/evil.xml": b"<a/>"}), DOCX, "written elsewhere"),
        (house.altered(GOOD, {"C:/evil.xml": b"<a/>"}), DOCX, "written elsewhere"),
        (house.altered(GOOD, {"WORD/Styles.xml": b"<a/>"}), DOCX, "two parts of the name"),
        (house.altered(GOOD, {"word/media/bomb.png": bytes(20 << 20)}), DOCX, "zip bomb"),
        (house.altered(GOOD, {f"word/{n}.txt": b"" for n in range(2001)}), DOCX, "parts"),
    ],
)  # fmt: skip
def test_what_could_do_harm_is_refused(tmp_path: Path, contents: bytes, name: str, words: str) -> None:
    problem = refusal(tmp_path, contents, name)
    assert problem.code == "reference-unsafe"
    assert words in problem.message
    assert problem.message.endswith("it was not used")


def test_a_backslash_in_a_part_s_name_is_refused(tmp_path: Path) -> None:
    slashed = house.altered(GOOD, {"word+evil.xml": b"<a/>"}).replace(b"word+evil.xml", b"word\\evil.xml")
    assert refusal(tmp_path, slashed).code == "reference-unsafe"


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    kept = io.BytesIO(GOOD)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(kept, "a") as archive:
            archive.writestr("word/styles.xml", "<a/>")
    assert "two parts of the name" in refusal(tmp_path, kept.getvalue()).message


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused(tmp_path: Path) -> None:
    """The declared sizes are a lie; what is unpacked never exceeds them."""
    bomb = bytearray(house.altered(GOOD, {"word/media/bomb.png": bytes(8 << 20)}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        entry = bomb.rindex(signature)  # the part is the last
        struct.pack_into("<L", bomb, entry + offset, 1000)
    assert refusal(tmp_path, bytes(bomb)).code == "reference-not-readable"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "house.docx"
    with path.open("wb") as file:
        file.truncate(100 << 20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(BriefgenError) as raised:
        open_reference(path, HERE, tmp_path)
    assert raised.value.problems[0].code == "reference-unsafe"
    assert "100 MiB" in raised.value.problems[0].message


def test_limits_count_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_WHOLE", 50_000)
    assert "unpacks to" in refusal(tmp_path, GOOD).message
    monkeypatch.setattr(limits, "LARGEST_DIRECTORY", 500)
    assert "lists more parts" in refusal(tmp_path, GOOD).message


def test_a_link_out_of_the_workspace_is_not_followed(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (tmp_path / "house.docx").write_bytes(GOOD)
    (desk / "house.docx").symlink_to(tmp_path / "house.docx")
    with pytest.raises(BriefgenError) as raised:
        open_reference(desk / "house.docx", HERE, desk)
    assert raised.value.problems[0].code == "reference-unsafe"


# ---- what would fetch something --------------------------------------------------------------------------


def field(code: str) -> str:
    return f'<w:p><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r></w:p>'


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (related(GOOD, "attachedTemplate", "file:///C:/brand/house.dotm", SETTINGS), "template elsewhere"),
        (related(GOOD, "attachedTemplate", "http://example.org/x.dotm", SETTINGS), "template elsewhere"),
        (related(GOOD, "image", "http://example.org/logo.png"), "picture that lies elsewhere"),
        (related(GOOD, "image", "\\\\server\\share\\logo.png"), "picture that lies elsewhere"),
        (related(GOOD, "oleObject", "file:///C:/x.xlsx"), "linked to"),
        (related(GOOD, "frame", "http://example.org/"), "linked to"),
        (related(GOOD, "image", "http://example.org/logo.png", external=False), "picture that lies elsewhere"),
        (related(GOOD, "hyperlink", "file:///etc/passwd", "word/_rels/header1.xml.rels"), "a link to"),
        (in_header(GOOD, field("INCLUDEPICTURE \"http://example.org/x.png\"")), "INCLUDEPICTURE"),
        (in_header(GOOD, field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe")), "DDEAUTO"),
        (in_header(GOOD, '<w:p><w:fldSimple w:instr=" INCLUDETEXT x.docx "/></w:p>'), "INCLUDETEXT"),
        (
            in_header(
                GOOD,
                "<w:p><w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO x </w:instrText></w:r></w:p>",
            ),
            "DDEAUTO",
        ),
    ],
)  # fmt: skip
def test_what_would_be_fetched_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contents: bytes, words: str
) -> None:
    monkeypatch.setattr(socket, "socket", _no_network)
    problem = refusal(tmp_path, contents)
    assert problem.code == "reference-links"
    assert words in problem.message
    assert problem.message.endswith("nothing was fetched")


def _no_network(*_: object, **__: object) -> Callable[..., None]:
    pytest.fail("something asked for the network")
