"""A document in the house style of a Word file: its styles, lists, theme, headers and footers are kept.

The document is written as any other; then the parts that are the reference's take the place of ours. Its definitions of
styles win: paragraphs say themselves what they want beyond them, and only what the theme says otherwise (a tighter
step, a value of its own) is written into a definition.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from briefgen.fonts import line_heights
from briefgen.layout.furniture import split_title
from briefgen.reference import HouseStyle, ReferencePackage, open_reference
from briefgen.reference.opening import parse
from briefgen.reference.page import PLACES, Frame, is_blank
from briefgen.reference.styles import Stylebook, WordStyle
from briefgen.reference.taking import MARKING_GAP
from briefgen.theme import Reference, Theme
from briefgen.writers import ooxml
from briefgen.writers.docx.styles import Kept, Stylesheet
from briefgen.writers.ooxml import ParagraphFormat, RunFormat, Xml, merging
from briefgen.writers.ooxml.base import twips

_ASIDE = {"Header": "BriefHeader", "Footer": "BriefFooter"}
"""Our styles that are added under another id where the reference has one of their name: its headers are set in its
own."""

_OURS = frozenset({"TOC1", "TOC2", "TOC3", "TOCHeading", "Picture"})
"""Styles that are ours in any case: a contents list is set to our column and measure, a picture as high as it is."""

_THEIRS = frozenset({"Hyperlink", "DefaultParagraphFont"})
"""Character styles that stay the reference's."""

_FIRST_PICTURE = 10_000
"""The number of the first picture in a header."""

_HEAD = {"header": ("w:hdr", CT.WML_HEADER, RT.HEADER), "footer": ("w:ftr", CT.WML_FOOTER, RT.FOOTER)}

_ROUNDS = 8
"""How often changed definitions are looked at again; each style is based on few others."""


class House:
    """A reference document, and what becomes of a document that follows it.

    Raises:
        BriefgenError: as `open_reference`, if the file has changed since its theme was read.
    """

    def __init__(self, theme: Theme, reference: Reference) -> None:
        self._theme = theme
        self._reference = reference
        self._heights = line_heights(theme.fonts, reference.location)
        self._package = open_reference(reference.path, reference.location, reference.root)
        self._style = HouseStyle(self._package, self._heights)
        self._copied: dict[str, Part] = {}

    # -- styles --------------------------------------------------------------------------------------------

    def kept(self, sheet: Stylesheet) -> Mapping[str, Kept]:
        """Our paragraph styles that the reference defines, by our ids."""
        found: dict[str, Kept] = {}
        for identity, named in sheet.paragraphs.items():
            theirs = self._style.styles.paragraph(named.word.name)
            if theirs is None or identity in _OURS or identity in _ASIDE:
                continue
            found[identity] = Kept(_said(theirs), theirs.over, theirs.under)
        return found

    def dress(self, main: Part, sheet: Stylesheet, marking: Callable[[str], Xml], title: str) -> None:
        """Put the reference's parts into a finished package.

        Args:
            main: the document's own part, all others related to it.
            marking: the marking's words for a header or footer, by our style of it.
            title: of the document.
        """
        styles, numbering = _part_of(main, "styles"), _part_of(main, "numbering")
        ours, our_lists = parse(styles.blob), parse(numbering.blob)
        name = self._package.related("styles")
        theirs = deepcopy(self._package.xml(name)) if name else etree.fromstring(ooxml.part("w:styles", ooxml.EMPTY))
        ids = merging.new_ids(theirs, ours)
        moved = merging.highest_numbers(our_lists)
        aside = {ours: new for ours, new in _ASIDE.items() if ours in ids.values()}

        def adapted(root: Any) -> Any:
            merging.set_in_order(root)
            merging.rename_styles(root, ids)
            merging.move_numbers(root, *moved)
            return root

        replaced = _OURS | (sheet.characters.keys() - _THEIRS)
        merged = merging.merge_styles(adapted(theirs), ours, aside, frozenset(replaced))
        merging.make_measurable(merged, sheet.kept)
        styles._blob = self._settled(merged, sheet, name or "/word/styles.xml")
        lists = self._package.related("numbering")
        if lists is not None:
            both = merging.merge_numbering(
                adapted(deepcopy(self._package.xml(lists))), our_lists, frozenset(sheet.kept)
            )
            numbering._blob = merging.whole(both)
            self._relate_all(lists, numbering)
        self._take_theme(main)
        self._take_settings(_part_of(main, "settings"))
        self._take_frames(main, adapted, aside, marking, title)

    def _settled(self, merged: Any, sheet: Stylesheet, name: str) -> bytes:
        """The styles part, in which every kept style comes to what the theme wants of its type."""
        for _ in range(_ROUNDS):
            contents = merging.whole(merged)
            book = Stylebook(self._package.with_part(name, contents), self._heights)
            changed = False
            for identity in sheet.kept:
                if identity == "Normal":
                    continue
                word, theirs = sheet.paragraphs[identity].word, book.by_id(identity)
                run = ooxml.beyond(replace(word.run, language=None), _type(theirs))
                if run != RunFormat():
                    merging.change_style(merged, identity, run)
                    changed = True
            if not changed:
                return contents
        return merging.whole(merged)

    # -- theme and settings --------------------------------------------------------------------------------

    def _take_theme(self, main: Part) -> None:
        name = self._package.related("theme")
        if name is not None:
            part = _part_of(main, "theme")
            part._blob = self._package.parts[name]
            self._relate_all(name, part)

    def _take_settings(self, settings: Part) -> None:
        name = self._package.related("settings")
        ours = parse(settings.blob)
        page = self._style.page
        theirs = self._package.xml(name) if name else None
        merging.set_settings(ours, theirs, even_differ="even" in page.headers or "even" in page.footers)
        settings._blob = merging.whole(ours)

    # -- headers and footers -------------------------------------------------------------------------------

    def _take_frames(
        self,
        main: Part,
        adapted: Callable[[Any], Any],
        aside: Mapping[str, str],
        marking: Callable[[str], Xml],
        title: str,
    ) -> None:
        body = parse(main.blob)
        page = self._style.page
        sections = list(body.iter(merging.w("sectPr")))
        turns = [self._is_turned(section) for section in sections]
        styles = parse(_part_of(main, "styles").blob)
        number = _FIRST_PICTURE
        for kind, frames in (("header", page.headers), ("footer", page.footers)):
            style = kind.title()
            if not frames:
                self._set_aside(main, kind, style, aside)
                if page.headers and page.first_differs and kind == "footer":
                    merging.set_section(
                        sections[0], kind, _shown(sections[0], kind), self._theme.page.footer, first_differs=True
                    )
                continue
            references: dict[bool, dict[str, str]] = {False: {}, True: {}}
            pages = ["default", *(["first"] if page.first_differs else []), *(["even"] if "even" in frames else [])]
            needed = [(turned, name) for turned in sorted(set(turns)) for name in pages]
            for turned, name in needed:
                if name == "first" and turned != turns[0]:
                    continue
                root = self._frame(kind, frames.get(name), adapted, aside, marking, title, number)
                number += 100
                if turned:
                    merging.widen(root, styles, self._theme.page.turned.measure / self._theme.page.measure)
                identity = f"house-{kind}-{name}" + ("-turned" if turned else "")
                references[turned][name] = identity
                _, type_, relation = _HEAD[kind]
                part = Part(PackURI(f"/word/{identity}.xml"), type_, merging.whole(root), main.package)
                main.rels.add_relationship(relation, part, identity)
                if name in frames:
                    self._relate_all(frames[name].part, part)
            distance = self._reference.header if kind == "header" else self._reference.footer
            for index, section in enumerate(sections):
                differs = page.first_differs and index == 0
                merging.set_section(section, kind, references[turns[index]], distance, first_differs=differs)
            for identity in [key for key in main.rels if key.startswith(f"{kind}-")]:
                del main.rels[identity]
        main._blob = merging.whole(body)

    def _is_turned(self, section: Any) -> bool:
        """Whether a section's pages are landscape pages among upright ones."""
        return int(section.find(merging.w("pgSz")).get(merging.w("w"))) != twips(self._theme.page.width)

    def _frame(
        self,
        kind: str,
        frame: Frame | None,
        adapted: Callable[[Any], Any],
        aside: Mapping[str, str],
        marking: Callable[[str], Xml],
        title: str,
        number: int,
    ) -> Any:
        """A header or footer of the reference with what it says of places filled in, and with the marking."""
        style = kind.title()
        if frame is None:
            root = etree.fromstring(ooxml.part(_HEAD[kind][0], ooxml.EMPTY))
        else:
            description = frame.lines[0] if frame.lines else "Logo"
            root = adapted(merging.cleaned(self._package.xml(frame.part), number, description))

        def fill(name: str, run: Any) -> Sequence[Any]:
            match name:
                case "marking":
                    *label, chip = merging.elements(marking(style))
                    return [*_dressed(label, run), chip]
                case "title":
                    return _dressed(merging.elements(ooxml.run(ooxml.words(split_title(title)[0]))), run)
                case _:
                    field = ooxml.field("PAGE" if name == "page" else "NUMPAGES", ooxml.words("1"))
                    return _dressed(merging.elements(field), run)

        merging.fill_places(root, PLACES, fill)
        if frame is None or "marking" not in frame.places:
            form = ParagraphFormat(after=MARKING_GAP if kind == "header" else 0, align="right")  # on any page's measure
            line = ooxml.paragraph(aside.get(style, style), marking(style), form)
            last = root[-1] if len(root) else None
            if last is not None and is_blank(last):
                root.remove(last)  # what Word leaves below a table
            root.extend(merging.elements(line))
        return root

    def _set_aside(self, main: Part, kind: str, style: str, aside: Mapping[str, str]) -> None:
        """Our own headers or footers, in our style of them."""
        if style not in aside:
            return
        for identity, relation in main.rels.items():
            if identity.startswith(f"{kind}-"):
                root = parse(relation.target_part.blob)
                merging.rename_styles(root, aside)
                relation.target_part._blob = merging.whole(root)

    # -- parts ---------------------------------------------------------------------------------------------

    def _relate_all(self, name: str, part: Part) -> None:
        """Give a part of ours the relationships that the reference's has, copying what they lead to."""
        for identity, relation in self._package.relationships(name).items():
            if relation.external:
                part.rels.add_relationship(relation.type, relation.target, identity, is_external=True)
            elif relation.target in self._package.parts:
                part.rels.add_relationship(relation.type, self._copy(relation.target, part), identity)

    def _copy(self, name: str, beside: Part) -> Part:
        if name not in self._copied:
            suffix = posixpath.splitext(name)[1].lower()
            uri = PackURI(f"/word/house/part{len(self._copied) + 1}{suffix}")
            part = Part(uri, self._package.types.get(name, ""), self._package.parts[name], beside.package)
            self._copied[name] = part
            self._relate_all(name, part)
        return self._copied[name]


def _part_of(main: Part, identity: str) -> Part:
    part: Part = main.rels[identity].target_part
    return part


def _shown(section: Any, kind: str) -> dict[str, str]:
    """Page → relationship of the headers or footers that a section shows; the first page's is the default one."""
    found = {
        element.get(merging.w("type")): element.get(f"{{{ooxml.NAMESPACES['r']}}}id")
        for element in section.findall(merging.w(f"{kind}Reference"))
    }
    return found | {"first": found.get("first", found["default"])}


def _dressed(runs: Sequence[Any], properties: Any) -> Sequence[Any]:
    """Runs with another run's properties."""
    for run in runs:
        if properties is not None:
            for old in run.findall(merging.w("rPr")):
                run.remove(old)
            run.insert(0, deepcopy(properties))
    return runs


def _type(style: WordStyle) -> RunFormat:
    """What a Word style gives of type, in our words."""
    return RunFormat(font=style.font, bold=style.bold, italic=style.italic, size=style.size, colour=style.colour)


def _said(style: WordStyle) -> ParagraphFormat:
    """What a Word style gives of a paragraph, in our words.

    Single, one-and-a-half and the like is not said: such a line grows with a note's mark or a letter of another font in
    it, so paragraphs have the same distance exactly.
    """
    return ParagraphFormat(
        before=style.before,
        after=style.after,
        leading=style.leading if style.exact else None,
        left=style.left,
        right=style.right,
        first=style.first,
        keep_next=style.keep_next or None,
        keep_lines=style.keep_lines or None,
        numbering=(-1, 0) if style.numbered else None,
        outline=style.outline,
        contextual=style.contextual or None,
    )


__all__ = ["House", "ReferencePackage"]
