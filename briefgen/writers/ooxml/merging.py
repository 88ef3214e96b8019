"""Parts of somebody else's Word file made part of ours: styles, lists, headers, settings, sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from briefgen.writers.ooxml.base import NAMESPACES, Xml, part, twips
from briefgen.writers.ooxml.text import RunFormat, run_properties

_W = NAMESPACES["w"]
_R = NAMESPACES["r"]
_MICROSOFT = "http://schemas.microsoft.com/office/word/"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

# ---- what all of them need -------------------------------------------------------------------------------
#
# The order of children is part of the schema (§A.1), so whatever is put into their properties goes to its place in it.


def _order(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_PARAGRAPH_ORDER = _order(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RUN_ORDER = _order(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
_STYLE_ORDER = _order(
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)
_SECTION_ORDER = _order(
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
)
_LEVEL_ORDER = _order("start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr")
_ORDERS: Mapping[str, tuple[str, ...]] = {
    f"{{{_W}}}{name}": order
    for name, order in (
        ("pPr", _PARAGRAPH_ORDER),
        ("rPr", _RUN_ORDER),
        ("style", _STYLE_ORDER),
        ("lvl", _LEVEL_ORDER),
    )
}
_UNMEASURED = frozenset({"caps", "smallCaps", "spacing", "w", "kern", "position"})
"""What makes text wider or narrower in ways that the layout does not reckon with: taken out of the styles it uses."""
_BREAKING = frozenset({"pageBreakBefore", "framePr", "widowControl"})
"""What puts paragraphs elsewhere than the layout does: where pages begin, and that two lines at least stand on either
of two pages, is its decision."""


def w(name: str) -> str:
    """A name in WordprocessingML's namespace."""
    return f"{{{_W}}}{name}"


def put(parent: Any, element: Any, order: Sequence[str]) -> None:
    """Put an element among its siblings where the schema has it, in the place of one of its name."""
    name = local(element)
    for old in parent.findall(element.tag):
        parent.remove(old)
    after = set(order[order.index(name) + 1 :])
    for index, sibling in enumerate(parent):
        if local(sibling) in after:
            parent.insert(index, element)
            return
    parent.append(element)


def set_in_order(root: Any) -> None:
    """Bring properties into the schema's order, and words of a later edition into those that Word 2007 knows.

    LibreOffice (7.4) writes `w:numFmt` before `w:start` and `w:lvlJc w:val="start"`.
    """
    for parent in root.iter(*_ORDERS):
        order = _ORDERS[parent.tag]
        places = [order.index(local(child)) if local(child) in order else len(order) for child in parent]
        if places != sorted(places):
            parent[:] = [child for _, child in sorted(zip(places, parent, strict=True), key=lambda pair: pair[0])]
    for element in root.iter(w("lvlJc")):
        if (older := {"start": "left", "end": "right"}.get(element.get(w("val"), ""))) is not None:
            element.set(w("val"), older)


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(content: str) -> list[Any]:
    """Pieces of our own XML as elements."""
    return list(etree.fromstring(part("w:body", Xml(content))))


def whole(root: Any) -> bytes:
    """A part's bytes."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", "wp", "a", "pic", *_ignorable(root)])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _ignorable(root: Any) -> list[str]:
    """Prefixes that an attribute names, which must stay declared (ECMA-376-3 §7.2)."""
    named = [root.get(f"{{{_COMPATIBILITY}}}Ignorable", "")]
    named += [element.get("Requires", "") for element in root.iter(f"{{{_COMPATIBILITY}}}Choice")]
    return [prefix for words in named for prefix in words.split()]


# ---- styles (§17.7) --------------------------------------------------------------------------------------
#
# A built-in style is known by its name, in lower case and in English in every language of Word; ids differ
# ("berschrift1" for "heading 1"). So styles are matched by name and take our ids, which our text uses.


def style_ids(root: Any) -> Iterator[tuple[str, str, str]]:
    """Kind, name in lower case and id of each style of a styles part."""
    for style in root.iterfind(w("style")):
        name = style.find(w("name"))
        yield style.get(w("type"), "paragraph"), ("" if name is None else name.get(w("val"), "")).lower(), _id(style)


def _id(style: Any) -> str:
    return str(style.get(w("styleId"), ""))


def new_ids(theirs: Any, ours: Any) -> dict[str, str]:
    """Their style's id → its new one: ours for a style of the same kind and name; another if ours has it already."""
    known = {(kind, name): identity for kind, name, identity in style_ids(ours)}
    taken = {identity.lower() for _, _, identity in style_ids(ours)}
    renamed: dict[str, str] = {}
    for kind, name, identity in style_ids(theirs):
        if (kind, name) in known:
            renamed[identity] = known[kind, name]
        else:
            new, number = identity, 1
            while new.lower() in taken:
                number += 1
                new = f"{identity}House{number if number > 2 else ''}"
            renamed[identity] = new
            taken.add(new.lower())
    return renamed


_NAMING_STYLES = tuple(
    w(name) for name in ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink")
)


def rename_styles(root: Any, ids: Mapping[str, str]) -> None:
    """Have every mention of a style follow its new id."""
    for element in root.iter(*_NAMING_STYLES):
        element.set(w("val"), ids.get(element.get(w("val"), ""), element.get(w("val"), "")))
    for style in root.iter(w("style")):
        style.set(w("styleId"), ids.get(_id(style), _id(style)))


def merge_styles(theirs: Any, ours: Any, aside: Mapping[str, str], replaced: frozenset[str]) -> Any:
    """Their styles, with those of ours that they lack.

    Args:
        theirs: their styles part, whose styles have our ids already.
        aside: our style's id → the id under which it is added although they have one of its name.
        replaced: ids of styles that are as ours whatever theirs say.
    """
    root = deepcopy(theirs)
    for element in root.iter(w("rsid")):
        element.getparent().remove(element)
    known = {_id(style): style for style in root.iterfind(w("style"))}
    names = {name for _, name, _ in style_ids(root)}
    aligned = _alignment(known.get("Normal"))
    defaulted = {style.get(w("type")) for style in known.values() if style.get(w("default")) == "1"}
    for style in ours.iterfind(w("style")):
        identity = _id(style)
        if identity in known:
            if identity in aside:
                added = deepcopy(style)
                added.set(w("styleId"), aside[identity])
                added.set(w("customStyle"), "1")
                added.find(w("name")).set(w("val"), f"Brief {identity}")
                root.append(added)
            elif identity in replaced:
                root.replace(known[identity], deepcopy(style))
            continue
        added = deepcopy(style)
        name = added.find(w("name"))
        if name.get(w("val")).lower() in names:
            name.set(w("val"), f"{name.get(w('val'))} (brief)")
        if added.get(w("default")) == "1" and added.get(w("type")) in defaulted:
            for other in known.values():
                if other.get(w("type")) == added.get(w("type")):
                    other.attrib.pop(w("default"), None)
        if aligned and added.get(w("type")) == "paragraph" and identity not in ("Normal", "BodyText"):
            _align_left(added)
        root.append(added)
    _set_defaults(root, ours)
    return root


def _alignment(normal: Any) -> bool:
    """Whether text is set otherwise than ragged at the right."""
    found = normal.find(f"{w('pPr')}/{w('jc')}") if normal is not None else None
    return found is not None and found.get(w("val")) not in (None, "left", "start")


def _align_left(style: Any) -> None:
    properties = style.find(w("pPr"))
    if properties is not None and properties.find(w("jc")) is None:
        put(properties, etree.Element(w("jc"), {w("val"): "left"}), _PARAGRAPH_ORDER)


def _set_defaults(root: Any, ours: Any) -> None:
    """Their defaults with the document's language, and without space of its own between Latin and Hangul or Han."""
    defaults = root.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        root.insert(0, defaults)
    run = _within(_within(defaults, "rPrDefault", 0), "rPr", 0)
    paragraph = _within(_within(defaults, "pPrDefault", 1), "pPr", 0)
    own = ours.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    if own is not None:
        put(run, deepcopy(own), _RUN_ORDER)
    for name in ("autoSpaceDE", "autoSpaceDN"):
        put(paragraph, etree.Element(w(name), {w("val"): "0"}), _PARAGRAPH_ORDER)


def _within(parent: Any, name: str, place: int) -> Any:
    found = parent.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        parent.insert(place, found)
    return found


def make_measurable(root: Any, identities: Iterable[str]) -> None:
    """Take what no layout reckons with out of the defaults, of these styles and of those that they are based on."""
    styles = {_id(style): style for style in root.iterfind(w("style"))}
    waiting, done = list(identities), set()
    while waiting:
        identity = waiting.pop()
        if identity in done or identity not in styles:
            continue
        done.add(identity)
        base = styles[identity].find(w("basedOn"))
        waiting += [base.get(w("val"))] if base is not None else []
        _measurable(styles[identity].find(w("rPr")), _UNMEASURED)
        _measurable(styles[identity].find(w("pPr")), _BREAKING)
    for kind in ("r", "p"):
        defaults = root.find(f"{w('docDefaults')}/{w(f'{kind}PrDefault')}/{w(f'{kind}Pr')}")
        _measurable(defaults, _UNMEASURED if kind == "r" else _BREAKING)


def _measurable(properties: Any, unmeasured: frozenset[str]) -> None:
    for element in list(properties) if properties is not None else ():
        if local(element) in unmeasured or (isinstance(element.tag, str) and element.tag.startswith(f"{{{_MICROSOFT}")):
            properties.remove(element)


def change_style(root: Any, identity: str, run: RunFormat) -> None:
    """Have a style set its text so, too."""
    style = next(s for s in root.iterfind(w("style")) if _id(s) == identity)
    properties = style.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        put(style, properties, _STYLE_ORDER)
    (said,) = elements(run_properties(run))
    for element in said:
        put(properties, element, _RUN_ORDER)


# ---- numbering (§17.9) -----------------------------------------------------------------------------------


def merge_numbering(theirs: Any, ours: Any, kept: frozenset[str]) -> Any:
    """Our lists, then theirs, whose numbers have been moved beyond ours (`move_numbers`).

    Args:
        kept: ids of the styles that are theirs: no list of ours may claim one.
    """
    root = deepcopy(theirs)
    for level in ours.iter(w("pStyle")):
        if level.get(w("val")) in kept:
            level.getparent().remove(level)
    for element in root.findall(w("numIdMacAtCleanup")):
        root.remove(element)
    for name in ("num", "abstractNum"):
        first = next((i for i, e in enumerate(root) if local(e) == name), None)
        place = first if first is not None else sum(1 for e in root if local(e) in ("numPicBullet", "abstractNum"))
        for element in reversed(ours.findall(w(name))):
            root.insert(place, deepcopy(element))
    return root


def highest_numbers(ours: Any) -> tuple[int, int]:
    """How many lists and list definitions there are of ours: by so much theirs are moved."""
    nums = [int(num.get(w("numId"))) for num in ours.iterfind(w("num"))]
    definitions = [int(one.get(w("abstractNumId"))) for one in ours.iterfind(w("abstractNum"))]
    return max(nums, default=0), max(definitions, default=-1) + 1


def move_numbers(root: Any, nums: int, definitions: int) -> None:
    """Add to the numbers of lists and of their definitions, wherever they stand; 0 means no list and stays."""
    for element in root.iter(w("num")):
        _add(element, "numId", nums)
    for element in root.iter(w("numId")):
        if element.get(w("val")) != "0":
            _add(element, "val", nums)
    for element in root.iter(w("abstractNum")):
        _add(element, "abstractNumId", definitions)
    for element in root.iter(w("abstractNumId")):
        _add(element, "val", definitions)


def _add(element: Any, name: str, number: int) -> None:
    value = element.get(w(name), "")
    if re.fullmatch(r"\d+", value):
        element.set(w(name), str(int(value) + number))


# ---- headers and footers (§17.10) ------------------------------------------------------------------------
#
# What a reference says of its authors (changes tracked, revision ids, bindings to its own properties) stays behind.

_MARKS = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart", "permEnd")
_CHANGES = ("del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange")
_TRACKED = ("ins", "moveTo", "smartTag")
_BOUND = ("dataBinding", "placeholder", "showingPlcHdr")


def cleaned(root: Any, number: int, description: str) -> Any:
    """A header or footer as it can stand in our document.

    Args:
        number: its pictures are numbered from here.
        description: for pictures that have no text alternative.
    """
    copy = deepcopy(root)
    for name in (*_MARKS, *_CHANGES, *_BOUND):
        for element in list(copy.iter(w(name))):
            _take_out(element)
    for name in _TRACKED:
        for element in list(copy.iter(w(name))):
            parent, place = element.getparent(), element.getparent().index(element)
            for child in reversed(element):
                parent.insert(place, child)
            _take_out(element)
    for element in copy.iter():
        for name in list(element.attrib):
            if local_name(name).startswith("rsid") or local_name(name) in ("paraId", "textId"):
                del element.attrib[name]
    for offset, properties in enumerate(copy.iter(f"{{{NAMESPACES['wp']}}}docPr")):
        properties.set("id", str(number + offset))
        if not properties.get("descr"):
            properties.set("descr", description)
    return copy


def _take_out(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def local_name(name: str) -> str:
    """An attribute's name without its namespace."""
    return name.rpartition("}")[2]


def fill_places(root: Any, pattern: re.Pattern[str], fill: Callable[[str, Any], Sequence[Any]]) -> None:
    """Put runs in the place of words such as "{title}", which Word may have cut into several runs.

    Args:
        pattern: of such words, whose first group is the name.
        fill: makes the runs for a name, given the properties of the run it stands in.
    """
    for paragraph in list(root.iter(w("p"))):
        while (found := _found(paragraph, pattern)) is not None:
            name, texts, start, end = found
            _replace(texts, start, end, fill(name, texts[0].getparent().find(w("rPr"))))


def _found(paragraph: Any, pattern: re.Pattern[str]) -> tuple[str, list[Any], int, int] | None:
    """A place's name, the texts that it stands in, and where it begins in the first and ends in the last."""
    texts = [text for text in paragraph.iter(w("t")) if local(text.getparent()) == "r"]
    match = pattern.search("".join(text.text or "" for text in texts))
    if match is None:
        return None
    covered: list[Any] = []
    place = start = end = 0
    for text in texts:
        size = len(text.text or "")
        if place < match.end() and place + size > match.start():
            if not covered:
                start = match.start() - place
            end = match.end() - place
            covered.append(text)
        place += size
    return match[1], covered, start, end


def _replace(texts: Sequence[Any], start: int, end: int, runs: Sequence[Any]) -> None:
    """Put runs in the place of what stands between two places; what follows it in the first run follows them."""
    first, last = texts[0], texts[-1]
    run = first.getparent()
    tail = etree.Element(w("r"))
    properties = run.find(w("rPr"))
    if properties is not None:
        tail.append(deepcopy(properties))
    if first is last:
        rest = etree.SubElement(tail, w("t"))
        rest.text = (first.text or "")[end:]
        rest.set(_SPACE, "preserve")
    else:
        last.text = (last.text or "")[end:]
        for text in texts[1:-1]:
            text.text = ""
    for element in list(run)[run.index(first) + 1 :]:
        tail.append(element)
    first.text = (first.text or "")[:start]
    for text in (first, last):
        text.set(_SPACE, "preserve")
    parent, place = run.getparent(), run.getparent().index(run) + 1
    for offset, new in enumerate([*runs, tail]):
        parent.insert(place + offset, new)


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def widen(root: Any, styles: Any, ratio: float) -> None:
    """Stretch a header or footer to another measure: tab stops, its styles' too, and tables.

    Args:
        styles: the styles part, in which paragraphs' tab stops are looked up.
        ratio: of the measures, new to old.
    """
    by_id = {style.get(w("styleId")): style for style in styles.iter(w("style"))}
    for paragraph in root.iter(w("p")):
        properties = paragraph.find(w("pPr"))
        named = properties.find(w("pStyle")) if properties is not None else None
        given = _stops(by_id, named.get(w("val")) if named is not None else "Normal")
        own = properties.find(w("tabs")) if properties is not None else None
        wanted = _overlaid(given, own)
        if not wanted:
            continue
        moved = {round(place * ratio): stop for place, stop in wanted.items()}
        tabs = etree.Element(w("tabs"))
        for place in sorted({*given, *moved}):
            if place in moved:
                etree.SubElement(tabs, w("tab"), {**moved[place], w("pos"): str(place)})
            else:
                etree.SubElement(tabs, w("tab"), {w("val"): "clear", w("pos"): str(place)})
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        if own is not None:
            properties.remove(own)
        put(properties, tabs, _PARAGRAPH_ORDER)
    for name in ("tblW", "gridCol", "tcW"):
        for element in root.iter(w(name)):
            width = element.get(w("w"), "")
            if element.get(w("type"), "dxa") == "dxa" and width.isdecimal():
                element.set(w("w"), str(round(int(width) * ratio)))


def _stops(styles: Mapping[str, Any], identity: str | None) -> dict[int, dict[str, str]]:
    """The tab stops of a paragraph style, by their place."""
    chain: list[Any] = []
    style = styles.get(identity or "")
    while style is not None and style not in chain:
        chain.append(style)
        based = style.find(w("basedOn"))
        style = styles.get(based.get(w("val"))) if based is not None else None
    found: dict[int, dict[str, str]] = {}
    for style in reversed(chain):
        found = _overlaid(found, style.find(f"{w('pPr')}/{w('tabs')}"))
    return found


def _overlaid(stops: Mapping[int, dict[str, str]], tabs: Any) -> dict[int, dict[str, str]]:
    """Tab stops with those that `w:tabs` adds and clears."""
    found = dict(stops)
    for tab in tabs if tabs is not None else ():
        place = tab.get(w("pos"), "")
        if not place.isdecimal():
            continue
        if tab.get(w("val")) == "clear":
            found.pop(int(place), None)
        else:
            found[int(place)] = dict(tab.attrib)
    return found


# ---- settings and sections (§17.15, §17.6) ---------------------------------------------------------------


def set_settings(ours: Any, theirs: Any, *, even_differ: bool) -> None:
    """What our settings take over: which of the theme's colours is text, tab stops, pages that differ when even."""
    colours = theirs.find(w("clrSchemeMapping")) if theirs is not None else None
    own = ours.find(w("clrSchemeMapping"))
    if colours is not None and own is not None:
        ours.replace(own, deepcopy(colours))
    tabs = theirs.find(w("defaultTabStop")) if theirs is not None else None
    stop = ours.find(w("defaultTabStop"))
    if tabs is not None and stop is not None:
        ours.replace(stop, deepcopy(tabs))
    if even_differ:
        spacing = ours.find(w("characterSpacingControl"))
        spacing.addprevious(etree.Element(w("evenAndOddHeaders")))


def set_section(
    section: Any, kind: str, references: Mapping[str, str], distance: float, *, first_differs: bool | None
) -> None:
    """Have a section show other headers, or footers.

    Args:
        kind: "header" or "footer".
        references: page ("default", "first", "even") → relationship id.
        distance: of the header or footer from the page's edge.
        first_differs: whether the first page has its own; None to leave that.
    """
    for element in section.findall(w(f"{kind}Reference")):
        section.remove(element)
    before = [e for e in section if local(e) == "headerReference"] if kind == "footer" else []
    place = len(before)
    for page, identity in references.items():
        if page == "first" and not first_differs:
            continue
        reference = etree.Element(w(f"{kind}Reference"), {w("type"): page, f"{{{_R}}}id": identity})
        section.insert(place, reference)
        place += 1
    margins = section.find(w("pgMar"))
    margins.set(w(kind), str(twips(distance)))
    if first_differs is not None:
        for element in section.findall(w("titlePg")):
            section.remove(element)
        if first_differs:
            put(section, etree.Element(w("titlePg")), _SECTION_ORDER)
