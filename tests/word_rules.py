"""What Word itself asks of a file beyond the schemas: else it repairs the file, or quietly drops what it cannot place.

Each rule tells what it has against a package, a line each. They are Word's, not ours: [MS-OI29500] and [MS-ODRAWXML]
say of the limits, ECMA-376-2 of the package; the rest is what Word's own files hold to.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

Rule = Callable[["Package"], Iterator[str]]

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
}
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BODY = "word/document.xml"


def q(name: str) -> str:
    """`w:p` as lxml names it."""
    prefix, local = name.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"


class Package:
    """A Word file, taken apart without the code that put it together."""

    def __init__(self, contents: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(contents))
        self.parts = {name: self.zip.read(name) for name in self.zip.namelist()}

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    @cached_property
    def roots(self) -> dict[str, Any]:
        """Every part of WordprocessingML, by its name."""
        found = {}
        for name, part in self.parts.items():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(part)
                if root.tag.startswith(q("w:")):
                    found[name] = root
        return found

    @property
    def stories(self) -> dict[str, Any]:
        """The parts that hold paragraphs."""
        return {name: root for name, root in self.roots.items() if root.find(f".//{q('w:p')}") is not None}

    @property
    def body(self) -> Any:
        return self.roots[_BODY]

    def named(self, stem: str) -> Any | None:
        return self.roots.get(f"word/{stem}.xml")

    def relations(self, source: str) -> list[Any]:
        """The relationships of a part; of the package for an empty name."""
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return list(self.xml(rels)) if rels in self.parts else []

    def target(self, source: str, relation: Any) -> str:
        """The part that an internal relationship leads to."""
        target = relation.get("Target")
        if target.startswith("/"):
            return str(target[1:])
        return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))

    @cached_property
    def styles(self) -> dict[str, tuple[str, Any]]:
        """Id → type and element of each style."""
        return {
            s.get(q("w:styleId")): (s.get(q("w:type")), s) for s in self.roots["word/styles.xml"].iter(q("w:style"))
        }


def faults(contents: bytes) -> list[str]:
    """Everything that Word would have against a file."""
    package = Package(contents)
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(package)]


def value(parent: Any, path: str) -> str | None:
    """The `w:val` of an element below another."""
    found = parent.find("/".join(q(step) for step in path.split("/")))
    return None if found is None else found.get(q("w:val"))


def _twice(values: Iterable[Any]) -> list[Any]:
    return [one for one, count in Counter(values).items() if count > 1]


# ---- the package -------------------------------------------------------------------------------------------


def archive(package: Package) -> Iterator[str]:
    """Entries that Word's own reader of archives takes: content types first, plain names, no streamed sizes."""
    entries = package.zip.infolist()
    if entries[0].filename != "[Content_Types].xml":
        yield f"{entries[0].filename} comes first"
    for entry in entries:
        if entry.flag_bits & ~0x800:
            yield f"{entry.filename} has the flags {entry.flag_bits:#x}"
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.create_version > 20:
            yield f"{entry.filename} is packed in a newer way"
        if not entry.filename.isascii() or entry.filename.endswith("/") or "\\" in entry.filename:
            yield f"{entry.filename} is no name of a part"
        if entry.extra:
            yield f"{entry.filename} has extra fields"
    for name in _twice(entry.filename.lower() for entry in entries):
        yield f"{name} stands twice"


def content_types(package: Package) -> Iterator[str]:
    """Each part has one type, and no type is of a part that there is not."""
    root = package.xml("[Content_Types].xml")
    defaults = [one.get("Extension").lower() for one in root.iter(f"{_TYPES}Default")]
    overrides = [one.get("PartName")[1:] for one in root.iter(f"{_TYPES}Override")]
    for name in _twice(defaults) + _twice(name.lower() for name in overrides):
        yield f"{name} has two types"
    for name in package.parts:
        extension = name.rpartition(".")[2].lower()
        if name != "[Content_Types].xml" and name not in overrides and extension not in defaults:
            yield f"{name} has no type"
        if name.startswith("word/") and extension == "xml" and name not in overrides:
            yield f"{name} has no type of its own"
    for name in overrides:
        if name not in package.parts:
            yield f"{name} has a type and is not there"


_IMPLICIT = (
    *("header", "footer", "footnotes", "endnotes", "comments", "styles", "numbering", "settings", "theme"),
    *("fontTable", "customXml", "webSettings", "customXmlProps", "glossaryDocument"),
)


def relationships(package: Package) -> Iterator[str]:
    """Ids are unique and lead to a part; each mention has a relationship, and each relationship a mention."""
    reached = {"[Content_Types].xml"}
    for source in ("", *package.parts):
        known = package.relations(source)
        folder, name = posixpath.split(source)
        if known:
            reached.add(posixpath.join(folder, "_rels", f"{name}.rels"))
        for identity in _twice(one.get("Id") for one in known):
            yield f"{source}: two relationships {identity}"
        for one in known:
            kind = one.get("Type").rpartition("/")[2]
            if (one.get("TargetMode") == "External") != (kind == "hyperlink"):
                yield f"{source}: {one.get('Id')} is a {kind} of mode {one.get('TargetMode')}"
            elif one.get("TargetMode") != "External":
                target = package.target(source, one)
                reached.add(target)
                if target not in package.parts:
                    yield f"{source}: {one.get('Id')} leads to {target}, which is not there"
        if source.endswith(".xml") and source != "[Content_Types].xml":
            ids = {one.get("Id"): one.get("Type").rpartition("/")[2] for one in known}
            used = {v for e in package.xml(source).iter() for n, v in e.attrib.items() if n.startswith(q("r:"))}
            yield from (f"{source}: no relationship {identity}" for identity in sorted(used - ids.keys()))
            unused = (
                i for i, kind in ids.items() if i not in used and (kind in ("image", "chart", "hyperlink", "font"))
            )
            yield from (f"{source}: {identity} is not used" for identity in unused)
    yield from (f"nothing leads to {name}" for name in sorted(package.parts.keys() - reached))
    for header in ("header", "footer"):
        named = {e.get(q("r:id")) for e in package.body.iter(q(f"w:{header}Reference"))}
        for one in package.relations(_BODY):
            if one.get("Type").endswith(f"/{header}") and one.get("Id") not in named:
                yield f"no section shows {one.get('Target')}"


_SAFE = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")


def addresses(package: Package) -> Iterator[str]:
    """External targets are URIs of ASCII (RFC 3986): programs that take them for System.Uri refuse the file else."""
    for source in package.parts:
        for one in package.relations(source):
            if one.get("TargetMode") == "External":
                target = one.get("Target")
                if not _SAFE.fullmatch(target) or len(target) > 2083:
                    yield f"{target!r} is no address"
                    continue
                try:
                    parts = urlsplit(target)
                    sound = parts.port is None or parts.port > 0
                except ValueError:
                    sound = False
                if not sound or not parts.scheme or (parts.scheme.startswith("http") and not parts.hostname):
                    yield f"{target!r} is no address"


# ---- ids and ranges ----------------------------------------------------------------------------------------


def drawings(package: Package) -> Iterator[str]:
    """Drawings are numbered once in the whole file, from 1, and described."""
    found = [e for root in package.stories.values() for e in root.iter(q("wp:docPr"))]
    for number in _twice(e.get("id") for e in found):
        yield f"two drawings have the id {number}"
    for e in found:
        if not 0 < int(e.get("id")) < 2**31 or not e.get("name"):
            yield f"a drawing has the id {e.get('id')} and the name {e.get('name')!r}"
        if not (e.get("descr") or "").strip():
            yield f"drawing {e.get('id')} has no text alternative"


def bookmarks(package: Package) -> Iterator[str]:
    """Unique ids and names (in any case) of 40 characters at most; each ends in the paragraph that it begins in."""
    starts = [(root, e) for root in package.stories.values() for e in root.iter(q("w:bookmarkStart"))]
    ends = [e for root in package.stories.values() for e in root.iter(q("w:bookmarkEnd"))]
    for one in _twice(e.get(q("w:name")).lower() for _, e in starts) + _twice(e.get(q("w:id")) for _, e in starts):
        yield f"two bookmarks are {one}"
    if Counter(e.get(q("w:id")) for _, e in starts) != Counter(e.get(q("w:id")) for e in ends):
        yield "bookmarks begin that do not end, or end that do not begin"
    closing = {e.get(q("w:id")): e for e in ends}
    for root, e in starts:
        name = e.get(q("w:name"))
        if not re.fullmatch(r"[^\W\d]\w{0,39}", name):
            yield f"{name!r} is no name of a bookmark"
        end = closing.get(e.get(q("w:id")))
        if end is not None:
            order = [one for one in root.iter(q("w:bookmarkStart"), q("w:bookmarkEnd")) if one is e or one is end]
            if order != [e, end] or next(e.iterancestors(q("w:p"))) is not next(end.iterancestors(q("w:p"))):
                yield f"the bookmark {name} is not within one paragraph"


def fields(package: Package) -> Iterator[str]:
    """Each field begins, is parted and ends in one story, with code before and a result after; only lists of contents
    take more than a paragraph."""
    for name, root in package.stories.items():
        open_: list[dict[str, Any]] = []
        for e in root.iter(q("w:fldChar"), q("w:instrText"), q("w:t"), q("w:footnote"), q("w:endnote"), q("w:tc")):
            local = etree.QName(e).localname
            if local == "instrText":
                if not open_ or open_[-1]["parted"]:
                    yield f"{name}: a field's code stands outside of one"
                else:
                    open_[-1]["code"] += e.text or ""
            elif local == "t":
                for one in open_:
                    one["result"] = one["result"] or bool(one["parted"] and e.text)
            elif local in ("footnote", "endnote", "tc"):
                if open_:
                    yield f"{name}: a field is open where a {local} begins"
            else:
                paragraph = next(e.iterancestors(q("w:p")))
                match e.get(q("w:fldCharType")):
                    case "begin":
                        open_.append({"parted": False, "code": "", "result": False, "in": paragraph})
                    case "separate" if open_ and not open_[-1]["parted"]:
                        open_[-1]["parted"] = True
                    case "end" if open_:
                        one = open_.pop()
                        code = one["code"]
                        if one["parted"] and not one["result"]:
                            yield f"{name}: {code!r} has no result"
                        if not re.fullmatch(r" \S.* ", code):
                            yield f"{name}: {code!r} is no code"
                        if one["in"] is not paragraph and not code.startswith(" TOC "):
                            yield f"{name}: {code!r} takes several paragraphs"
                    case kind:
                        yield f"{name}: {kind} where no field is open"
        if open_:
            yield f"{name}: {len(open_)} fields do not end"


def destinations(package: Package) -> Iterator[str]:
    """Links and fields lead to bookmarks that there are, NOTEREF to one around a note's mark."""
    marks = {e.get(q("w:name")): e for root in package.stories.values() for e in root.iter(q("w:bookmarkStart"))}
    for name, root in package.stories.items():
        for e in root.iter(q("w:hyperlink")):
            anchor = e.get(q("w:anchor"))
            if (anchor is None) == (e.get(q("r:id")) is None):
                yield f"{name}: a link of an address and a bookmark, or of neither"
            elif anchor is not None and anchor not in marks:
                yield f"{name}: a link to {anchor}"
            if not "".join(e.itertext()).strip():
                yield f"{name}: a link without words"
        for e in root.iter(q("w:instrText")):
            match (e.text or "").split():
                case ["REF" | "PAGEREF" | "NOTEREF" as kind, target, *_]:
                    if target not in marks:
                        yield f"{name}: {kind} {target}"
                    elif kind == "NOTEREF" and not _around_note(marks[target]):
                        yield f"{name}: {target} is not around a note's mark"


def _around_note(start: Any) -> bool:
    following = start.itersiblings()
    for e in following:
        if e.tag == q("w:bookmarkEnd") and e.get(q("w:id")) == start.get(q("w:id")):
            return False
        if e.find(q("w:footnoteReference")) is not None or e.find(q("w:endnoteReference")) is not None:
            return True
    return False


def comments(package: Package) -> Iterator[str]:
    """Each comment has one range and one place, in the text; names of authors are short enough for Word's lists."""
    part = package.named("comments")
    ids = [e.get(q("w:id")) for e in part] if part is not None else []
    if part is not None and not ids:
        yield "a part for comments without any"
    for name, root in package.stories.items():
        found = {
            kind: [e.get(q("w:id")) for e in root.iter(q(f"w:{kind}"))]
            for kind in ("commentRangeStart", "commentRangeEnd", "commentReference")
        }
        for kind, there in found.items():
            if sorted(there) != sorted(ids if name == _BODY else []):
                yield f"{name}: {kind} {sorted(there)}, not {sorted(ids)}"
    for e in part if part is not None else ():
        first = e.find(f"{q('w:p')}/{q('w:r')}/{q('w:annotationRef')}")
        if first is None or etree.QName(e[-1]).localname != "p":
            yield f"comment {e.get(q('w:id'))} lacks its reference or its last paragraph"
        if not 0 < len(e.get(q("w:author"))) < 256 or not 0 < len(e.get(q("w:initials"))) < 10:
            yield f"comment {e.get(q('w:id'))} is by {e.get(q('w:author'))!r}, {e.get(q('w:initials'))!r}"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e.get(q("w:date"))):
            yield f"comment {e.get(q('w:id'))} is of {e.get(q('w:date'))}"


def notes(package: Package) -> Iterator[str]:
    """Notes count from 1, each marked once; the two separators are known to the settings."""
    settings = package.roots["word/settings.xml"]
    for kind in ("footnote", "endnote"):
        part = package.named(f"{kind}s")
        marked = [e.get(q("w:id")) for e in package.body.iter(q(f"w:{kind}Reference"))]
        told = [e.get(q("w:id")) for e in settings.iterfind(f"{q(f'w:{kind}Pr')}/{q(f'w:{kind}')}")]
        if part is None:
            yield from ([f"{kind}s without a part"] if marked or told else [])
            continue
        special = [e.get(q("w:id")) for e in part if e.get(q("w:type")) in ("separator", "continuationSeparator")]
        plain = [e.get(q("w:id")) for e in part if e.get(q("w:type")) is None]
        if special != ["-1", "0"] or told != special:
            yield f"{kind}: separators {special}, of which the settings know {told}"
        if plain != [str(n) for n in range(1, len(plain) + 1)] or marked != plain:
            yield f"{kind}s {plain} are marked as {marked}"
        for e in part:
            if e.get(q("w:type")) is None and e.find(f".//{q(f'w:{kind}Ref')}") is None:
                yield f"{kind} {e.get(q('w:id'))} does not show its number"
            if not len(e) or etree.QName(e[-1]).localname != "p":
                yield f"{kind} {e.get(q('w:id'))} ends in no paragraph"
    for name, root in package.stories.items():
        if name != _BODY and root.find(f".//{q('w:footnoteReference')}") is not None:
            yield f"{name} has a footnote"


# ---- definitions -------------------------------------------------------------------------------------------


def styles(package: Package) -> Iterator[str]:
    """Ids and names are unique in any case; bases are of the same kind; each kind has its default; what is mentioned
    is defined, as what it is mentioned as."""
    known = package.styles
    root = package.roots["word/styles.xml"]
    everyone = list(root.iter(q("w:style")))
    ids = [s.get(q("w:styleId")).lower() for s in everyone]
    names = [(value(s, "w:name") or "").lower() for s in everyone]
    for one in (*_twice(ids), *_twice(names)):
        yield f"two styles are {one}"
    for s in everyone:
        name = value(s, "w:name") or ""
        if not 0 < len(name) < 254 or "," in name or ";" in name:
            yield f"{name!r} is no name of a style"
        own = not (name.lower() in BUILT_IN or _DESIGN.match(name))
        if own != (s.get(q("w:customStyle")) == "1"):
            yield f"{name!r} is said to be {'Word’s' if own else 'our own'}"
    defaults = Counter(s.get(q("w:type")) for s in everyone if s.get(q("w:default")) == "1")
    if defaults != Counter(dict.fromkeys(("paragraph", "character", "table", "numbering"), 1)):
        yield f"defaults of {dict(defaults)}"
    for kind, s in known.values():
        base = value(s, "w:basedOn")
        if base is not None and known.get(base, ("",))[0] != kind:
            yield f"{s.get(q('w:styleId'))} is based on {base}"
        follows = value(s, "w:next")
        if follows is not None and known.get(follows, ("",))[0] != "paragraph":
            yield f"{s.get(q('w:styleId'))} is followed by {follows}"
        seen, at = set(), s.get(q("w:styleId"))
        while at in known and at not in seen:
            seen.add(at)
            at = value(known[at][1], "w:basedOn") or ""
        if at in seen:
            yield f"{at} is based on itself"
    wanted = {"w:pStyle": "paragraph", "w:rStyle": "character", "w:tblStyle": "table"}
    for name, part in package.roots.items():
        for element, kind in wanted.items():
            for mention in {e.get(q("w:val")) for e in part.iter(q(element))}:
                if known.get(mention, ("",))[0] != kind:
                    yield f"{name}: no {kind} style {mention}"


def lists(package: Package) -> Iterator[str]:
    """Definitions come before instances, have nine levels and an identity of their own; a style and the level that
    claims it agree."""
    root = package.named("numbering")
    if root is None:
        return
    order = [etree.QName(e).localname for e in root]
    if order != sorted(order, key=("numPicBullet", "abstractNum", "num", "numIdMacAtCleanup").index):
        yield "definitions and instances are mixed"
    made = {e.get(q("w:abstractNumId")): e for e in root.iter(q("w:abstractNum"))}
    nums = {e.get(q("w:numId")): value(e, "w:abstractNumId") for e in root.iterfind(q("w:num"))}
    for one in _twice(e.get(q("w:numId")) for e in root.iterfind(q("w:num"))) + _twice(
        value(e, "w:nsid") for e in made.values()
    ):
        yield f"two lists are {one}"
    for identity, e in made.items():
        levels = [level.get(q("w:ilvl")) for level in e.iterfind(q("w:lvl"))]
        whole = 1 if value(e, "w:multiLevelType") == "singleLevel" else 9
        if levels != [str(n) for n in range(whole)]:
            yield f"definition {identity} has the levels {levels}"
        if not re.fullmatch("[0-9A-F]{8}", value(e, "w:nsid") or ""):
            yield f"definition {identity} has no identity"
        for level in e.iterfind(q("w:lvl")):
            style = value(level, "w:pStyle")
            if style is not None:
                own = package.styles[style][1].find(f"{q('w:pPr')}/{q('w:numPr')}")
                depth = (value(own, "w:ilvl") or "0") if own is not None else None
                number = value(own, "w:numId") if own is not None else None
                if number not in nums or nums[number] != identity or depth != level.get(q("w:ilvl")):
                    yield f"{style} is of level {depth} of list {number}, but definition {identity} claims it"
    claimed = _twice(e.get(q("w:val")) for e in root.iter(q("w:pStyle")))
    yield from (f"two levels claim {style}" for style in claimed)
    yield from (f"list {n} has no definition" for n, of in nums.items() if of not in made)
    if not all(0 < int(n) < 32768 for n in nums):
        yield "a list's number is too large"
    for name, part in package.roots.items():
        for e in part.iter(q("w:numId")):
            if e.getparent().tag == q("w:numPr") and e.get(q("w:val")) not in (*nums, "0"):
                yield f"{name}: no list {e.get(q('w:val'))}"


def fonts(package: Package) -> Iterator[str]:
    """An embedded font is a font of the name that it is embedded for, once its first bytes are put right."""
    from fontTools.ttLib import TTFont

    table = package.roots["word/fontTable.xml"]
    for name in _twice(f.get(q("w:name")).lower() for f in table):
        yield f"{name} stands twice"
    targets = {
        one.get("Id"): package.target("word/fontTable.xml", one) for one in package.relations("word/fontTable.xml")
    }
    for font in table:
        family = font.get(q("w:name"))
        if not 0 < len(family) < 32:
            yield f"{family!r} is too long a name for Windows"
        for slot in ("Regular", "Bold", "Italic", "BoldItalic"):
            e = font.find(q(f"w:embed{slot}"))
            if e is None:
                continue
            key = e.get(q("w:fontKey"))
            if not re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", key):
                yield f"{family}: the key {key}"
                continue
            blob = package.parts[targets[e.get(q("r:id"))]]
            mask = bytes.fromhex(re.sub("[{}-]", "", key))[::-1] * 2
            plain = bytes(a ^ b for a, b in zip(blob[:32], mask, strict=True)) + blob[32:]
            if plain[:4] != b"\0\1\0\0":
                yield f"{family} {slot} is no TrueType font"
                continue
            with TTFont(io.BytesIO(plain), checkChecksums=2) as made:
                own = made["name"].getName(1, 3, 1, 0x409)
                if own is None or str(own) != family:
                    yield f"{family} {slot} calls itself {own}"
                missing = {"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"} - set(
                    made.keys()
                )
                if missing or made["OS/2"].fsType & 0x0002:
                    yield f"{family} {slot} lacks {sorted(missing)}, or may not be embedded"
                if bool(made["OS/2"].fsSelection & 1) != ("Italic" in slot):
                    yield f"{family} {slot} is not what its own table says of its slant"


# ---- text --------------------------------------------------------------------------------------------------


def tables(package: Package) -> Iterator[str]:
    """Rows have cells, cells end in a paragraph, widths agree, heads come first; tables are parted by paragraphs."""
    for name, root in package.stories.items():
        for e in root.iter(q("w:tbl")):
            grid = [int(column.get(q("w:w"))) for column in e.iterfind(f"{q('w:tblGrid')}/{q('w:gridCol')}")]
            width = e.find(f"{q('w:tblPr')}/{q('w:tblW')}")
            if not 0 < len(grid) < 64 or min(grid) <= 0:
                yield f"{name}: columns of {grid}"
            if width is not None and width.get(q("w:type")) == "dxa" and int(width.get(q("w:w"))) != sum(grid):
                yield f"{name}: a table as wide as {width.get(q('w:w'))} of columns {grid}"
            rows = e.findall(q("w:tr"))
            heads = [row.find(f"{q('w:trPr')}/{q('w:tblHeader')}") is not None for row in rows]
            if not rows or heads != sorted(heads, reverse=True) or (all(heads) and len(heads) > 1):
                yield f"{name}: a table of {len(rows)} rows, heads {heads}"
            for row in rows:
                widths = [cell.find(f"{q('w:tcPr')}/{q('w:tcW')}") for cell in row.iterfind(q("w:tc"))]
                if name == _BODY and [int(one.get(q("w:w"))) for one in widths if one is not None] != grid:
                    yield f"{name}: a row that is not of the grid {grid}"
            following = e.getnext()
            if following is not None and following.tag == q("w:tbl"):
                yield f"{name}: two tables are one"
        for cell in root.iter(q("w:tc")):
            if etree.QName(cell[-1]).localname != "p":
                yield f"{name}: a cell ends in no paragraph"
        if (
            root is not package.body
            and len(root)
            and etree.QName(root[-1]).localname != "p"
            and name != "word/comments.xml"
        ):
            yield from ([f"{name} ends in no paragraph"] if etree.QName(root).localname in ("hdr", "ftr") else [])
    before_end = package.body.find(q("w:body"))[-2:]
    if [etree.QName(e).localname for e in before_end] != ["p", "sectPr"]:
        yield "the text does not end in a paragraph: Word adds one of a whole line"


def sections(package: Package) -> Iterator[str]:
    """Each section has a header and a footer for every page it may have, and a page that fits its margins."""
    settings = package.roots["word/settings.xml"]
    even = settings.find(q("w:evenAndOddHeaders")) is not None
    for e in package.body.iter(q("w:sectPr")):
        first = e.find(q("w:titlePg")) is not None
        for kind in ("header", "footer"):
            pages = [one.get(q("w:type")) for one in e.iterfind(q(f"w:{kind}Reference"))]
            wanted = {"default"} | ({"first"} if first else set()) | ({"even"} & set(pages) if even else set())
            if set(pages) != wanted or _twice(pages):
                yield f"a section with {kind}s {pages}, not {sorted(wanted)}"
        size, margins = e.find(q("w:pgSz")), e.find(q("w:pgMar"))
        wide, high = int(size.get(q("w:w"))), int(size.get(q("w:h")))
        if (wide > high) != (size.get(q("w:orient")) == "landscape") or max(wide, high) > 31680:
            yield f"a page of {wide} × {high}, {size.get(q('w:orient'))}"
        told = {
            n: int(margins.get(q(f"w:{n}"))) for n in ("top", "bottom", "left", "right", "header", "footer", "gutter")
        }
        if (
            min(told[n] for n in ("left", "right", "header", "footer", "gutter")) < 0
            or told["left"] + told["right"] > wide
        ):
            yield f"margins of {told}"
    for e in package.body.iter(q("w:p")):
        if e.find(f"{q('w:pPr')}/{q('w:sectPr')}") is not None and e.getparent().tag != q("w:body"):
            yield "a section ends within a table or a control"


_BORDERS = ("top", "bottom", "left", "right", "between", "insideH", "insideV", "bdr")


def measures(package: Package) -> Iterator[str]:
    """Sizes, distances and rules in the bounds that Word has for them."""
    for name, root in package.roots.items():
        for e in root.iter():
            if not isinstance(e.tag, str):
                continue
            local = etree.QName(e).localname
            if local in ("sz", "szCs") and not 2 <= int(e.get(q("w:val"))) <= 3276:
                yield f"{name}: type of {e.get(q('w:val'))} half points"
            if local in _BORDERS and e.get(q("w:val")) == "single":
                thick, away = int(e.get(q("w:sz"), 4)), int(e.get(q("w:space"), 0))
                if not 2 <= thick <= 96 or not 0 <= away <= 31:
                    yield f"{name}: a rule of {thick} eighths, {away} points away"
            if local in ("spacing", "ind", "tab", "trHeight", "tcW", "gridCol"):
                numbers = [int(v) for n, v in e.attrib.items() if re.fullmatch(r"-?\d+", v) and not n.endswith("}type")]
                if any(abs(number) > 31680 for number in numbers):
                    yield f"{name}: {local} of {numbers}"
            if local == "spacing" and any(int(e.get(q(f"w:{n}"), 0)) < 0 for n in ("before", "after")):
                yield f"{name}: white space below nothing"


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def words(package: Package) -> Iterator[str]:
    """Characters that XML and Word have; white space at the ends of words is kept; no line ends in words."""
    for name, root in package.stories.items():
        for e in root.iter(q("w:t"), q("w:instrText")):
            told = e.text or ""
            if _ILLEGAL.search(told) or re.search("[\r\n\t]", told):
                yield f"{name}: {told!r}"
            if (
                e.tag == q("w:t")
                and told != told.strip()
                and e.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve"
            ):
                yield f"{name}: white space of {told!r} is lost"
            if not told:
                yield f"{name}: empty words"


# ---- what a file says of itself ----------------------------------------------------------------------------


def properties(package: Package) -> Iterator[str]:
    """Custom properties count from 2, have names of their own and values of 255 characters at most."""
    root = package.xml("docProps/custom.xml")
    if [p.get("pid") for p in root] != [str(n) for n in range(2, len(root) + 2)]:
        yield "they are not numbered from 2"
    for name in _twice(p.get("name").lower() for p in root):
        yield f"{name} stands twice"
    for p in root:
        if p.get("fmtid") != "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" or len(p) != 1:
            yield f"{p.get('name')} is no property"
        if not 0 < len(p.get("name")) < 256 or len(p[0].text or "") > 255:
            yield f"{p.get('name')} is too long"
        if etree.QName(p[0]).localname == "i4" and not -(2**31) <= int(p[0].text) < 2**31:
            yield f"{p.get('name')} is too large a number"
    core = package.xml("docProps/core.xml")
    for e in core:
        if len(e.text or "") > 255 and etree.QName(e).localname != "description":
            yield f"{etree.QName(e).localname} has more than 255 characters"
    for tag in _twice(e.tag for e in core):
        yield f"{tag} stands twice"
    if not (core.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip():
        yield "it has no title"


def stored_xml(package: Package) -> Iterator[str]:
    """A custom part has properties with a GUID in braces and the namespace that it is in."""
    for one in package.relations(_BODY):
        if one.get("Type").endswith("/customXml"):
            name = package.target(_BODY, one)
            known = [package.target(name, r) for r in package.relations(name)]
            for root in map(package.xml, known):
                if not re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", root.get(q("ds:itemID"), "")):
                    yield f"{name} is {root.get(q('ds:itemID'))}"
                spaces = [e.get(q("ds:uri")) for e in root.iter(q("ds:schemaRef"))]
                if spaces != [etree.QName(package.xml(name)).namespace]:
                    yield f"{name} is in {spaces}"
            if len(known) != 1:
                yield f"{name} has {len(known)} parts of properties"


def office_theme(package: Package) -> Iterator[str]:
    """Twelve colours in order, two fonts, and three entries at least in each list of formats."""
    root = package.xml("word/theme/theme1.xml")
    colours = root.find(f".//{q('a:clrScheme')}")
    order = ["dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink"]
    if [etree.QName(e).localname for e in colours] != order:
        yield "colours are missing, or in another order"
    for kind in ("fillStyleLst", "lnStyleLst", "effectStyleLst", "bgFillStyleLst"):
        if len(root.find(f".//{q(f'a:{kind}')}")) < 3:
            yield f"{kind} is short"


def charts(package: Package) -> Iterator[str]:
    """Series are numbered once, axes cross each other, a lying bar shares its axes with no line; caches hold what the
    sheet holds, and the sheet has the places that they are of."""
    for name in package.parts:
        if not re.fullmatch(r"word/charts/[^/]+\.xml", name):
            continue
        root = package.xml(name)
        for kind in ("idx", "order"):
            for number in _twice(e.find(q(f"c:{kind}")).get("val") for e in root.iter(q("c:ser"))):
                yield f"{name}: two series have the {kind} {number}"
        axes = {
            e.find(q("c:axId")).get("val"): e.find(q("c:crossAx")).get("val") for e in root.iter() if e.tag in _AXES
        }
        if any(axes.get(other) != one for one, other in axes.items()):
            yield f"{name}: axes {axes}"
        groups = [e for e in root.find(f".//{q('c:plotArea')}") if e.tag in (q("c:barChart"), q("c:lineChart"))]
        for group in groups:
            if [e.get("val") for e in group.iterfind(q("c:axId"))] != list(axes):
                yield f"{name}: a group on other axes than {list(axes)}"
            if not group.findall(q("c:ser")):
                yield f"{name}: a group without series"
        lying = root.find(f".//{q('c:barDir')}[@val='bar']") is not None
        if lying and root.find(f".//{q('c:lineChart')}") is not None:
            yield f"{name}: lines among lying bars"
        for labels in root.iter(q("c:dLbls")):
            places = [int(e.find(q("c:idx")).get("val")) for e in labels.iterfind(q("c:dLbl"))]
            if places != sorted(set(places)):
                yield f"{name}: labels at {places}"
        (relation,) = package.relations(name)
        external = root.find(q("c:externalData"))
        if external is None or external.get(q("r:id")) != relation.get("Id"):
            yield f"{name}: no workbook"
            continue
        cells = _cells(package.parts[package.target(name, relation)])
        for formula in root.iter(q("c:f"), q("c15:f")):
            sheet, _, where = (formula.text or "").partition("!")
            cache = formula.getnext()
            wanted = {int(pt.get("idx")): pt.findtext(q("c:v")) for pt in cache.iter(q("c:pt"))}
            places = _places(where)
            count = (
                int(cache.find(q("c:ptCount")).get("val")) if cache.find(q("c:ptCount")) is not None else len(places)
            )
            if count != len(places):
                yield f"{name}: {count} cached values of {formula.text}"
            for index, place in enumerate(places):
                held = cells.get((sheet, place))
                if not _same(held, wanted.get(index)):
                    yield f"{name}: {place} holds {held!r}, the chart {wanted.get(index)!r}"


_AXES = (q("c:catAx"), q("c:valAx"))


def _same(cell: str | None, cached: str | None) -> bool:
    try:
        return float(cell or "x") == float(cached or "x")
    except ValueError:
        return (cell or None) == (cached or None)


def _places(where: str) -> list[str]:
    first, _, last = where.replace("$", "").partition(":")
    column, top = re.fullmatch(r"([A-Z]+)(\d+)", first).groups()  # type: ignore[union-attr]
    bottom = re.sub("[A-Z]", "", last) or top
    return [f"{column}{row}" for row in range(int(top), int(bottom) + 1)]


def _cells(workbook: bytes) -> dict[tuple[str, str], str]:
    """Sheet and place → what the cell holds."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        names = [e.get("name") for e in etree.fromstring(book.read("xl/workbook.xml")).iter(q("s:sheet"))]
        texts: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = etree.fromstring(book.read("xl/sharedStrings.xml"))
            texts = ["".join(t.text or "" for t in si.iter(q("s:t"))) for si in shared]
        found = {}
        for number, name in enumerate(names, 1):
            for cell in etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(q("s:c")):
                held = cell.findtext(q("s:v"))
                if held is not None:
                    found[name, cell.get("r")] = texts[int(held)] if cell.get("t") == "s" else held
        return found


_DESIGN = re.compile("(Light|Medium|Dark|Colorful) (Shading|List|Grid)|(Grid|List|Plain) Table \\d")
BUILT_IN = frozenset(
    {
        *("normal", "default paragraph font", "normal table", "no list", "title", "subtitle", "body text", "quote"),
        *("block text", "caption", "header", "footer", "footnote text", "endnote text", "strong", "emphasis"),
        *("hyperlink", "followedhyperlink", "html code", "annotation text", "annotation reference", "toc heading"),
        *("table of figures", "table grid", "footnote reference", "endnote reference", "no spacing", "list paragraph"),
        *(f"heading {n}" for n in range(1, 10)),
        *(f"toc {n}" for n in range(1, 10)),
        *(f"list{kind}{n}" for kind in ("", " bullet", " number", " continue") for n in ("", " 2", " 3", " 4", " 5")),
        *("body text 2", "body text 3", "macro", "book title", "intense quote"),
        *(f"{how} {what}" for how in ("subtle", "intense") for what in ("emphasis", "reference")),
    }
)
"""Names of Word's own styles (§17.7.4.9; [MS-OI29500] 2.1.236): those that are ours too, and their neighbours."""

RULES: tuple[Rule, ...] = (
    *(archive, content_types, relationships, addresses, drawings, bookmarks, fields, destinations, comments, notes),
    *(styles, lists, fonts, tables, sections, measures, words, properties, stored_xml, office_theme, charts),
)
