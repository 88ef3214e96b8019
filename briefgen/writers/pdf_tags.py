"""The structure tree of a PDF: what is a heading, a list, a cell, a note, for whoever does not see the page.

What is drawn is marked with the element that it belongs to, element by element as pages are drawn; all else is marked
as an artifact. The tree follows when all is drawn: its blocks in the order of the Layout's elements, the pieces of a
paragraph in the order in which they were drawn.

Source: ISO 32000-1, 14.7 "Logical structure" and 14.8 "Tagged PDF"; ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from briefgen.layout.model import Element, Layout, Line, Numbering, Role, Run
from briefgen.writers.pdf_file import PdfFile, array, dictionary, number, reference, text_string

_TYPES: Mapping[Role, str] = {
    Role.DOCUMENT: "Document",
    Role.PARAGRAPH: "P",
    Role.LIST: "L",
    Role.ITEM: "LI",
    Role.ITEM_LABEL: "Lbl",
    Role.ITEM_BODY: "LBody",
    Role.TABLE: "Table",
    Role.ROW: "TR",
    Role.COLUMN_HEAD: "TH",
    Role.ROW_HEAD: "TH",
    Role.CELL: "TD",
    Role.QUOTATION: "BlockQuote",
    Role.FIGURE: "Figure",
    Role.CAPTION: "Caption",
    Role.NOTE: "Note",
    Role.NOTE_LABEL: "Lbl",
    Role.REFERENCE: "Reference",
    Role.LINK: "Link",
    Role.CONTENTS: "TOC",
    Role.CONTENTS_ENTRY: "TOCI",
    Role.SPAN: "Span",
    Role.DIVISION: "Div",
}
"""Structure types, all but headings' (ISO 32000-1, 14.8.4)."""

_NUMBERINGS: Mapping[Numbering, str] = {
    Numbering.NONE: "None",
    Numbering.BULLETS: "Disc",  # there is no name for a dash
    Numbering.DECIMAL: "Decimal",
}

_GRID = frozenset({Role.ROW, Role.COLUMN_HEAD, Role.ROW_HEAD, Role.CELL})
"""Parts that a table keeps when they are empty: without them its columns would shift."""


class Artifact(StrEnum):
    """What is no part of the text."""

    HEADER = "<</Type/Pagination/Subtype/Header>>"
    FOOTER = "<</Type/Pagination/Subtype/Footer>>"
    OTHER = ""  # rules, fills, the repeated head of a table


class Tags:
    """The structure tree as it grows.

    Args:
        layout: whose elements these are.
        destinations: names of the places that a link within the document can lead to.
    """

    def __init__(self, layout: Layout, destinations: Collection[str]) -> None:
        self._elements = layout.elements
        self._heights = [page.height for page in layout.pages]
        self._destinations = destinations
        runs = [run for page in layout.pages for item in page.items if isinstance(item, Line) for run in item.runs]
        self._alive = _alive(self._elements, _shown(layout))
        self._types = _types(self._elements, self._alive, self._links(runs))
        self._marked: list[list[int]] = [[] for _ in layout.pages]
        """For each page, the element of each marked sequence."""
        self._contents: dict[int, list[tuple[int, int]]] = {}
        """For each element, its marked sequences: page, and number on the page."""
        self._annotations: list[tuple[int, int, int]] = []
        """Element, page and object of each link's area."""

    def opening(self, page: int, belongs: int | Artifact) -> str:
        """The operator that begins marked content on a page; `EMC` ends it."""
        if isinstance(belongs, Artifact):
            return f"/Artifact {belongs.value}BDC" if belongs.value else "/Artifact BMC"
        sequence = len(self._marked[page])
        self._marked[page].append(belongs)
        self._contents.setdefault(belongs, []).append((page, sequence))
        return f"/{self._types[belongs]} <</MCID {sequence}>>BDC"

    def is_content(self, element: int | None) -> bool:
        """Whether what belongs to this element is content; it is an artifact otherwise."""
        return element is not None and element in self._alive

    def leads(self, run: Run) -> bool:
        """Whether a run leads somewhere. What leads to a place that is not in the document is plain text."""
        return run.link is not None and (not run.link.startswith("#") or run.link[1:] in self._destinations)

    def link(self, element: int | None) -> int | None:
        """The link that an element is part of; itself if there is none."""
        above = element
        while above is not None:
            if self._elements[above].role is Role.LINK:
                return above
            above = self._elements[above].parent
        return element

    def description(self, element: int | None) -> str:
        """What is said of a link besides its words."""
        return "" if element is None else self._elements[element].description

    def annotate(self, page: int, element: int | None, annotation: int) -> str:
        """Note a link's area, and return what its object must say of that."""
        if element is None:
            return ""
        self._annotations.append((element, page, annotation))
        return f"/StructParent {len(self._marked) + len(self._annotations) - 1}"

    def _links(self, runs: Iterable[Run]) -> frozenset[int | None]:
        return frozenset(self.link(run.element) for run in runs if self.leads(run))

    # ---- the tree, when all is drawn

    def write(self, file: PdfFile) -> Mapping[str, str]:
        """Write the tree, and return what the catalogue must say of it."""
        pages = [file.page(index) for index in range(len(self._marked))]
        alive = sorted(self._alive)
        numbers = {element: file.reserve() for element in alive}
        root = file.reserve()
        kids = self._kids()
        areas: dict[int, list[tuple[int, int]]] = {}
        for element, page, annotation in self._annotations:
            areas.setdefault(element, []).append((page, annotation))
        for element in alive:
            parent = self._elements[element].parent
            home, contents = self._marks(kids.get(element, ()), numbers, pages)
            contents += (
                f"<</Type/OBJR/Pg {reference(pages[page])}/Obj {reference(annotation)}>>"
                for page, annotation in areas.get(element, ())
            )
            above = reference(root if parent is None else numbers[parent])
            entries = f"/S/{self._types[element]}/P {above}"
            if home is not None:
                entries += f"/Pg {reference(pages[home])}"
            if contents:
                entries += f"/K {contents[0] if len(contents) == 1 else array(contents)}"
            file.put(numbers[element], dictionary(entries + "".join(self._attributes(element))))
        names = sorted((self._id(element), numbers[element]) for element in alive if self._id(element))
        entries = f"/Type/StructTreeRoot/K {reference(numbers[0])}"
        if names:
            pairs = (f"{text_string(name)} {reference(object)}" for name, object in names)
            entries += f"/IDTree {reference(file.add(dictionary(f'/Names{array(pairs)}')))}"
        parents = file.add(dictionary(f"/Nums{array(self._parents(numbers))}"))
        entries += f"/ParentTree {reference(parents)}/ParentTreeNextKey {len(pages) + len(self._annotations)}"
        file.put(root, dictionary(entries))
        return {"StructTreeRoot": reference(root), "MarkInfo": dictionary("/Marked true")}

    def _kids(self) -> dict[int, list[int | tuple[int, int]]]:
        """Each element's children: elements by their index, marked sequences by page and number.

        Where there is text between elements, all stand in the order in which they were drawn.
        """
        first: dict[int, tuple[int, int]] = {element: marks[0] for element, marks in self._contents.items()}
        kids: dict[int, list[int | tuple[int, int]]] = {}
        for element in sorted(self._alive, reverse=True):
            parent = self._elements[element].parent
            if parent is not None:
                kids.setdefault(parent, []).append(element)
                if element in first:
                    first[parent] = min(first[element], first.get(parent, first[element]))
        for below in kids.values():
            below.reverse()
        for element, marks in self._contents.items():
            mixed = [*marks, *kids.get(element, ())]
            kids[element] = sorted(mixed, key=lambda kid: kid if isinstance(kid, tuple) else first.get(kid, marks[-1]))
        return kids

    def _marks(
        self, kids: Iterable[int | tuple[int, int]], numbers: Mapping[int, int], pages: Sequence[int]
    ) -> tuple[int | None, list[str]]:
        """The page of an element's own content, and its children as PDF."""
        home: int | None = None
        marks = []
        for kid in kids:
            if isinstance(kid, int):
                marks.append(reference(numbers[kid]))
                continue
            page, sequence = kid
            home = page if home is None else home
            other = f"<</Type/MCR/Pg {reference(pages[page])}/MCID {sequence}>>"
            marks.append(str(sequence) if page == home else other)
        return home, marks

    def _attributes(self, index: int) -> Iterator[str]:
        element = self._elements[index]
        if name := self._id(index):
            yield f"/ID{text_string(name)}"
        if element.language is not None:
            yield f"/Lang{text_string(element.language)}"
        match element.role:
            case Role.FIGURE:
                yield f"/Alt{text_string(element.description)}"
                if element.box is not None:
                    page, left, top, right, bottom = element.box
                    height = self._heights[page]
                    edges = array(map(number, (left, height - bottom, right, height - top)))
                    yield f"/A<</O/Layout/Placement/Block/BBox{edges}>>"
            case Role.COLUMN_HEAD:
                yield "/A<</O/Table/Scope/Column>>"
            case Role.ROW_HEAD:
                yield "/A<</O/Table/Scope/Row>>"
            case Role.LIST:
                yield f"/A<</O/List/ListNumbering/{_NUMBERINGS[element.numbering]}>>"
            case _:
                pass

    def _id(self, index: int) -> str:
        """A note's name, by which it is found (ISO 14289-1, 7.9)."""
        element = self._elements[index]
        return (element.anchor or "") if element.role is Role.NOTE else ""

    def _parents(self, numbers: Mapping[int, int]) -> Iterator[str]:
        """From what stands on the pages to its elements: pages come first, then links."""
        for page, elements in enumerate(self._marked):
            yield f"{page} {array(reference(numbers[element]) for element in elements)}"
        for key, (element, _, _) in enumerate(self._annotations, len(self._marked)):
            yield f"{key} {reference(numbers[element])}"


def _shown(layout: Layout) -> Iterator[int]:
    """The elements of what is drawn."""
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, Line):
                yield from (run.element for run in item.runs if run.text and run.element is not None)
            elif item.element is not None:
                yield item.element


def _alive(elements: Sequence[Element], shown: Iterable[int]) -> frozenset[int]:
    """The document, the elements with content, those above them, and all cells of their tables.

    Without a text alternative a figure only adorns.
    """
    alive = {0}
    for element in set(shown):
        chain: list[int] = []
        above: int | None = element
        while above is not None and above not in alive:
            if elements[above].role is Role.FIGURE and not elements[above].description:
                chain.clear()
                break
            chain.append(above)
            above = elements[above].parent
        alive.update(chain)
    for index, element_ in enumerate(elements):
        if element_.role in _GRID and element_.parent in alive:
            alive.add(index)
    return frozenset(alive)


def _types(elements: Sequence[Element], alive: Collection[int], links: Collection[int | None]) -> Mapping[int, str]:
    """Each element's structure type.

    Headings go down one level at a time, whatever levels the author took (ISO 14289-1, 7.4.2); a link that leads
    nowhere is a span.
    """
    types: dict[int, str] = {}
    levels: list[int] = []
    for index in sorted(alive):
        element = elements[index]
        if element.role is Role.HEADING:
            while levels and levels[-1] >= element.level:
                levels.pop()
            levels.append(element.level)
            types[index] = f"H{len(levels)}"
        elif element.role is Role.LINK and index not in links:
            types[index] = "Span"
        else:
            types[index] = _TYPES[element.role]
    return types
