"""Opening somebody's Word file as a reference: everything in it is checked before anything of it is used.

A reference document comes by mail from a design agency or a ministry's intranet, so it is read as hostile: nothing in
it is run, nothing is fetched, and what is neither page nor style is refused, each with what to do about it. Sizes are
limited before anything is unpacked, and a document type declaration, with which XML can expand without end or name
other files, is refused before its parser sees an entity.

Source: ECMA-376-2 (packages), ECMA-376-1 §11 (WordprocessingML parts), APPNOTE.TXT 6.3 §4.3 (ZIP).
"""

from __future__ import annotations

import os
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from lxml import etree

from briefgen.errors import BriefgenError, Location, Problem

MIB = 1 << 20
LARGEST_FILE = 32 * MIB
LARGEST_PART = 32 * MIB
LARGEST_WHOLE = 96 * MIB
LARGEST_XML = 16 * MIB
MOST_PARTS = 2000
LARGEST_DIRECTORY = MIB
HIGHEST_RATIO = 200
"""How many times larger than packed a part of more than a mebibyte may be: text of Word packs to about a twentieth."""

SUFFIXES = (".docx", ".dotx")

_MAIN_TYPES = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    for kind in ("document", "template")
)
_STRICT = "http://purl.oclc.org/ooxml/"
_ACTIVE_KINDS = frozenset(
    {"control", "activeXControlBinary", "oleObject", "vbaProject", "wordVbaData", "attachedToolbars"}
)
_ACTIVE_FIELDS = frozenset(
    {"DDE", "DDEAUTO", "LINK", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "DATABASE", "RD", "MACROBUTTON"}
)
"""Fields that run something or fetch something from elsewhere (§17.16.5)."""
_LINKS = ("http", "https", "mailto", "tel")
"""What a plain link in a header or footer may lead to."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """From a part to another, or to an address.

    Attributes:
        kind: the last word of its type: "header", "image", "hyperlink".
        type: its whole type.
        target: the name of a part ("/word/media/image1.png"), or an address.
    """

    kind: str
    type: str
    target: str
    external: bool


class ReferencePackage:
    """The parts of a Word file that has passed every check.

    Args:
        path: of the file.
        parts: name ("/word/styles.xml") → contents.
        types: name → content type.
    """

    def __init__(self, path: Path, parts: Mapping[str, bytes], types: Mapping[str, str]) -> None:
        self.path = path
        self.parts = parts
        self.types = types
        self._parsed: dict[str, Any] = {}

    @cached_property
    def main(self) -> str:
        """The name of the document's own part."""
        return next(r.target for r in self.relationships("/").values() if r.kind == "officeDocument")

    def xml(self, name: str) -> Any:
        """The root element of a part; the same one each time, so whoever changes it takes a copy."""
        if name not in self._parsed:
            self._parsed[name] = parse(self.parts[name])
        return self._parsed[name]

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """The relationships of a part by their ids; "/" is the package itself."""
        contents = self.parts.get(relationships_name(name))
        return dict(_relationships(contents, name)) if contents is not None else {}

    def with_part(self, name: str, contents: bytes) -> ReferencePackage:
        """The same package with another part of a name."""
        return ReferencePackage(self.path, {**self.parts, name: contents}, self.types)

    def related(self, kind: str) -> str | None:
        """The name of the part that the document's own part is related to, if it is there."""
        found = (r.target for r in self.relationships(self.main).values() if r.kind == kind and not r.external)
        return next((name for name in found if name in self.parts), None)


def parse(contents: bytes) -> Any:
    """XML without entities, external files or unlimited depth.

    Raises:
        lxml.etree.XMLSyntaxError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(contents, parser)


def relationships_name(name: str) -> str:
    """The name of the part that holds another's relationships."""
    folder, stem = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{stem}.rels")


def open_reference(path: Path, location: Location, root: Path) -> ReferencePackage:
    """Open a Word file, check all of it, and read its parts.

    Args:
        path: of a .docx or .dotx file.
        location: where it is named, for problems.
        root: the folder that a link may not lead out of.

    Raises:
        BriefgenError: `reference-not-readable` when it is no Word file or a broken one; `reference-protected` when it
            has a password; `reference-unsafe` when it holds macros, controls, embedded programs' objects or is made to
            harm whoever opens it; `reference-links` when it would fetch something.
    """
    return _Opening(path, location, root).open()


class _Opening:
    def __init__(self, path: Path, location: Location, root: Path) -> None:
        self._path = path
        self._location = location
        self._root = root

    def open(self) -> ReferencePackage:
        contents = self._contents()
        parts = self._parts(contents)
        self._check_declarations(parts)
        try:
            types = dict(_content_types(parts))
            package = ReferencePackage(self._path, parts, types)
            self._check_kind(package)
            self._check_relationships(package)
            self._check_fields(package)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken(str(error)) from error
        return package

    # -- problems ------------------------------------------------------------------------------------------

    def _unreadable(self, what: str, *hints: str) -> BriefgenError:
        message = f"the reference document {self._path.name} {what}"
        return BriefgenError(Problem("reference-not-readable", message, self._location, hints=hints))

    def _broken(self, why: str) -> BriefgenError:
        hint = "open it in Word, save it once more as .docx, and take that"
        return self._unreadable(f"is damaged: {why}", hint)

    def _unsafe(self, what: str, *hints: str) -> BriefgenError:
        message = f"the reference document {self._path.name} {what}; it was not used"
        return BriefgenError(Problem("reference-unsafe", message, self._location, hints=hints))

    def _linked(self, what: str, *hints: str) -> BriefgenError:
        message = f"the reference document {self._path.name} {what}; nothing was fetched"
        return BriefgenError(Problem("reference-links", message, self._location, hints=hints))

    def _too_large(self, what: str) -> BriefgenError:
        hint = "a house style needs no more than its styles, headers, footers and a logo: take everything else out"
        return self._unsafe(what, hint)

    # -- the file ------------------------------------------------------------------------------------------

    def _contents(self) -> bytes:
        path, suffix = self._path, self._path.suffix.lower()
        if suffix in (".docm", ".dotm"):
            raise self._macros()
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not there"
            raise self._unreadable(what, f"it was looked for as {path}")
        root, place = self._root.absolute(), Path(os.path.normpath(path.absolute()))
        if place.is_relative_to(root) and not place.resolve().is_relative_to(root.resolve()):
            raise self._unsafe("is a link to a place outside the workspace", "copy the file into the workspace")
        if suffix not in SUFFIXES:
            raise self._unreadable("is no .docx or .dotx file", _SAVE_AS)
        try:
            size = path.stat().st_size
            if size > LARGEST_FILE:
                raise self._too_large(f"has {size // MIB} MiB, and may have {LARGEST_FILE // MIB}")
            contents = path.read_bytes()
        except OSError as error:
            raise self._unreadable(f"cannot be read: {error.strerror or error}") from error
        if not contents:
            raise self._unreadable("is empty", _SAVE_AS)
        if contents.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            if "EncryptedPackage".encode("utf-16-le") in contents:
                message = f"the reference document {path.name} is protected by a password"
                hint = "open it in Word, take the password off (File › Info › Protect Document), and save a copy"
                raise BriefgenError(Problem("reference-protected", message, self._location, hints=(hint,)))
            raise self._unreadable("is a file of Word 97–2003 with another suffix", _SAVE_AS)
        if contents.startswith(b"{\\rtf"):
            raise self._unreadable("is an RTF file with another suffix", _SAVE_AS)
        if not contents.startswith(b"PK\x03\x04"):
            raise self._unreadable("is no Word file", _SAVE_AS)
        return contents

    def _parts(self, contents: bytes) -> dict[str, bytes]:
        if _directory_size(contents) > LARGEST_DIRECTORY:
            raise self._too_large("lists more parts than any document has")
        try:
            with zipfile.ZipFile(BytesIO(contents)) as archive:
                entries = archive.infolist()
                self._check_entries(entries)
                return dict(self._unpacked(archive, entries))
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            UnicodeDecodeError,
            struct.error,
        ) as error:
            raise self._broken(str(error) or "it ends too early") from error

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MOST_PARTS:
            raise self._too_large(f"has {len(entries)} parts, and may have {MOST_PARTS}")
        names: set[str] = set()
        for entry in entries:
            name = entry.filename
            steps = name.rstrip("/").split("/")
            if name.startswith("/") or "\\" in entry.orig_filename or ":" in steps[0] or {"", ".", ".."} & set(steps):
                raise self._unsafe(f"has a part that is named to be written elsewhere: {name!r}")
            if name.lower() in names:
                raise self._unsafe(f"has two parts of the name {name!r}")
            names.add(name.lower())
            if entry.flag_bits & 0x1:
                message = f"the reference document {self._path.name} is protected by a password"
                raise BriefgenError(Problem("reference-protected", message, self._location, hints=(_SAVE_AS,)))
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self._broken(f"the part {name!r} is packed in a way that Word does not know")
            if entry.file_size > LARGEST_PART:
                raise self._too_large(f"has a part of {entry.file_size // MIB} MiB, {name!r}")
            if entry.file_size > MIB and entry.file_size > HIGHEST_RATIO * entry.compress_size:
                raise self._unsafe(f"unpacks to more than {HIGHEST_RATIO} times its size ({name!r}): a zip bomb")
        if (whole := sum(entry.file_size for entry in entries)) > LARGEST_WHOLE:
            raise self._too_large(f"unpacks to {whole // MIB} MiB")

    def _unpacked(self, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
        """Every part; one that is larger than it says is caught by its size and its checksum."""
        for entry in entries:
            if entry.is_dir():
                continue
            with archive.open(entry) as part:
                contents = part.read(entry.file_size + 1)
            if len(contents) != entry.file_size:
                raise zipfile.BadZipFile(f"the part {entry.filename!r} has another size than it says")
            yield "/" + entry.filename, contents

    # -- what is in it -------------------------------------------------------------------------------------

    def _check_declarations(self, parts: Mapping[str, bytes]) -> None:
        for name, contents in parts.items():
            if not name.lower().endswith((".xml", ".rels", ".vml")):
                continue
            if len(contents) > LARGEST_XML:
                raise self._too_large(f"has {len(contents) // MIB} MiB of XML in {name!r}")
            try:
                declares = _declares_type(contents)
            except expat.ExpatError as error:
                raise self._broken(f"{name} is not well-formed: {error}") from error
            if declares:
                raise self._unsafe(f"declares XML entities in {name}, which can expand without end or name other files")

    def _check_kind(self, package: ReferencePackage) -> None:
        if "/[Content_Types].xml" not in package.parts:
            if package.parts.get("/mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
                raise self._unreadable("is an OpenDocument file with another suffix", _SAVE_AS)
            raise self._unreadable("is a ZIP file, but no Word file", _SAVE_AS)
        for type_ in package.types.values():
            if any(word in type_.lower() for word in ("macroenabled", "vbaproject", "vbadata")):
                raise self._macros()
            if "activex" in type_.lower():
                raise self._unsafe("holds an ActiveX control", "take it out in Word, or start from another document")
        mains = [r.target for r in package.relationships("/").values() if r.kind == "officeDocument"]
        if not mains or mains[0] not in package.parts:
            raise self._unreadable("is no Word file: it has no document in it", _SAVE_AS)
        kind = package.types.get(mains[0], "")
        if kind not in _MAIN_TYPES:
            what = (
                "an Excel workbook" if "spreadsheet" in kind else "a PowerPoint file" if "presentation" in kind else ""
            )
            raise self._unreadable(f"is {what or 'no Word document'}", _SAVE_AS)
        root = package.xml(mains[0])
        if str(root.tag).startswith(f"{{{_STRICT}"):
            hint = "save it in Word as “Word Document (*.docx)” rather than “Strict Open XML Document”"
            raise self._unreadable("is a Strict Open XML document", hint)

    def _check_relationships(self, package: ReferencePackage) -> None:
        for name in sorted(package.parts):
            if not name.endswith(".rels"):
                continue
            folder, stem = posixpath.split(name)
            source = posixpath.join(posixpath.dirname(folder), stem.removesuffix(".rels"))
            for relation in package.relationships(source).values():
                if "vba" in relation.kind.lower():
                    raise self._macros()
                if relation.kind in _ACTIVE_KINDS and not relation.external:
                    what = "an embedded object of another program" if relation.kind == "oleObject" else "a control"
                    raise self._unsafe(f"holds {what} ({relation.target})", "take it out in Word, and save it again")
                if relation.external:
                    self._check_link(relation, source)

    def _check_link(self, relation: Relationship, source: str) -> None:
        if relation.kind == "hyperlink":
            if urlsplit(relation.target).scheme.lower() in _LINKS or not _is_kept(source):
                return
            raise self._linked(f"has a link to {relation.target!r} in {source}", "link to a web or mail address")
        shown = relation.target if len(relation.target) < 90 else relation.target[:87] + "…"
        if relation.kind == "attachedTemplate":
            hint = "in Word: Developer › Document Template › Attach › Normal, then save; or name that template itself"
            raise self._linked(f"is attached to a template elsewhere ({shown})", hint)
        if relation.kind == "image":
            hint = "in Word: File › Info › Edit Links to Files › Break Link, with the picture stored in the document"
            raise self._linked(f"shows a picture that lies elsewhere ({shown})", hint)
        hint = "in Word: File › Info › Edit Links to Files › Break Link"
        raise self._linked(f"is linked to {shown} ({relation.kind})", hint)

    def _check_fields(self, package: ReferencePackage) -> None:
        for name in sorted(package.parts):
            if not _is_kept(name):
                continue
            for paragraph in package.xml(name).iter(f"{{{W}}}p"):
                codes = "".join(code.text or "" for code in paragraph.iter(f"{{{W}}}instrText"))
                simple = [field.get(f"{{{W}}}instr", "") for field in paragraph.iter(f"{{{W}}}fldSimple")]
                for words in (codes, *simple):
                    if found := _ACTIVE_FIELDS & {word.upper() for word in words.split()}:
                        hint = "in Word: select it and press Ctrl+Shift+F9, which leaves its result"
                        raise self._linked(f"has a field {min(found)} in {name}", hint)

    def _macros(self) -> BriefgenError:
        hint = "save it in Word as .docx or .dotx, which leaves the macros out"
        return self._unsafe("is a file with macros", hint)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SAVE_AS = "open it in Word or LibreOffice and save it as a Word document (.docx) or template (.dotx)"


def _is_kept(name: str) -> bool:
    """Whether a part can come into our documents with what it says."""
    stem = posixpath.basename(name)
    return name.startswith("/word/") and stem.endswith(".xml") and stem.startswith(("header", "footer", "numbering"))


def _directory_size(contents: bytes) -> int:
    """The size that a ZIP file gives for its list of entries; enough to refuse it when it hides that (Zip64)."""
    end = contents.rfind(b"PK\x05\x06", max(0, len(contents) - 65557))
    if end < 0 or end + 22 > len(contents):
        return 0
    return int(struct.unpack_from("<L", contents, end + 12)[0])


def _declares_type(contents: bytes) -> bool:
    """Whether XML has a document type declaration; stops at its first letter, and there are none in Office files."""
    found = False

    def declared(*_: object) -> None:
        nonlocal found
        found = True
        raise _Stop

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    with suppress(_Stop):
        parser.Parse(contents, True)
    return found


class _Stop(Exception):
    """Enough has been read."""


def _content_types(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    contents = parts.get("/[Content_Types].xml")
    if contents is None:
        return
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    for element in parse(contents).iter(f"{{{_TYPES}}}Default", f"{{{_TYPES}}}Override"):
        if element.get("Extension") is not None:
            defaults[element.get("Extension").lower()] = element.get("ContentType", "")
        else:
            overrides[element.get("PartName", "").lower()] = element.get("ContentType", "")
    for name in parts:
        suffix = posixpath.splitext(name)[1].lstrip(".").lower()
        yield name, overrides.get(name.lower(), defaults.get(suffix, ""))
    yield from ((name, type_) for name, type_ in overrides.items() if name not in parts)  # a macro type betrays itself


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _relationships(contents: bytes, source: str) -> Iterator[tuple[str, Relationship]]:
    for element in parse(contents).iter(f"{{{_PACKAGE}}}Relationship"):
        external = element.get("TargetMode", "").lower() == "external"
        target, type_ = element.get("Target", ""), element.get("Type", "")
        if not external:
            if urlsplit(target).scheme:
                external = True  # Word follows it all the same
            else:
                folder = "/" if source == "/" else posixpath.dirname(source)
                target = posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0])))
        yield element.get("Id", ""), Relationship(type_.rpartition("/")[2], type_, target, external)
