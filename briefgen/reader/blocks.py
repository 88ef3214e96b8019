"""Blocks: Markdown's own, and briefgen's containers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode as Node

from briefgen.document import (
    Address,
    AddressLine,
    Align,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Caption,
    CaptionList,
    Chart,
    ChartKind,
    ChartPoint,
    Column,
    Contents,
    Cover,
    CrossReference,
    DocumentKind,
    EvidenceRef,
    Facet,
    Heading,
    Image,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    LabelledRow,
    Landscape,
    Lead,
    ListItem,
    ListOf,
    NextStep,
    Optional,
    OrderedList,
    Origin,
    PageBreak,
    Pair,
    Paragraph,
    Register,
    RegisterOf,
    Row,
    Rule,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineEntry,
    letters,
    plain,
    walk,
)
from briefgen.errors import Location, Problem
from briefgen.locales import locale_for
from briefgen.reader.reading import Reading, trimmed
from briefgen.reader.rules import BODILESS, CAPTIONS
from briefgen.reader.typography import smart
from briefgen.records import ID
from briefgen.slots import RESERVED, SeriesSlot, did_you_mean

B = TypeVar("B", bound=Block)

_ATTRIBUTE = re.compile(r'\.(?P<flag>[\w-]+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"{}]+))')
_PREFIXES = (*CAPTIONS, "Remark:")
_NOTES = re.compile(r"(?:note|mark)-\d+")
"""Anchors that layouts give to notes and their marks."""
_PICTURES = (".png", ".jpg", ".jpeg")
_MOST_COLUMNS = 63
"""Columns that a table can have in Word."""
_ALIGN = {"text-align:left": Align.LEFT, "text-align:right": Align.RIGHT, "text-align:center": Align.CENTRE}
_NUMBERS = frozenset({Facet.VALUE, Facet.SHORT, Facet.NUMBER})


@dataclass(slots=True)
class Attributes:
    """What stands in braces; whatever nobody takes is a mistake."""

    line: int = 0
    flags: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def flag(self, name: str) -> bool:
        self.asked.add("." + name)
        present = name in self.flags
        self.flags.discard(name)
        return present

    def value(self, name: str) -> str | None:
        self.asked.add(name)
        return self.values.pop(name, None)

    def left(self) -> list[str]:
        return sorted(["." + flag for flag in self.flags] + list(self.values))


@dataclass(slots=True)
class Blocks:
    """Reads blocks from Markdown's tree.

    Attributes:
        anchors: those given so far, and those that the template gives itself.
        named: anchors that the template gives itself → where, as far as read.
        counters: of numbered headings: sections, subsections; then of annexes.
    """

    reading: Reading
    anchors: set[str] = field(default_factory=set)
    named: dict[str, Location] = field(default_factory=dict)
    counters: list[int] = field(default_factory=lambda: [0, 0, 0])
    section: str | None = None
    level: int = 0

    # -- sequences -----------------------------------------------------------------------------------------

    def blocks(self, nodes: Sequence[Node], *, inside_item: bool = False) -> tuple[Block, ...]:
        """Blocks in order; attribute lines and captions go to the block below them."""
        found: list[Block] = []
        pending: Attributes | None = None
        caption: tuple[str, Caption, Attributes] | None = None
        for node in nodes:
            line = _line(node)
            if node.type == "attributes":
                if pending is not None:
                    self._nothing_below("attributes", pending.line)
                pending = self.attributes(node.content, line)
                continue
            prefix = _prefix(node)
            if prefix in CAPTIONS:
                if caption is not None:
                    self._nothing_below("caption", caption[2].line)
                trailing = self._trailing(node.children[0])
                caption = (prefix, Caption(self._after_prefix(node, prefix)), trailing)
                continue
            if prefix == "Remark:":
                match found[-1] if found else None:
                    case Table() as table:
                        found[-1] = replace(table, remark=self._after_prefix(node, prefix))
                    case _:
                        hint = "put it below its table, after a blank line"
                        self.reading.problem("misplaced-remark", "`Remark:` does not follow a table", line, hint)
                continue
            since = len(self.reading.uses)
            attributes = pending or Attributes(line)
            pending = None
            weight = self._optional(attributes)
            block = self.block(node, attributes, since, inside_item=inside_item)
            if block is not None:
                if caption is not None:
                    block = self._captioned(block, caption)
                    block = self._anchored(block, caption[2], attributes)
                    self._left_over(caption[2])
                else:
                    block = self._anchored(block, attributes)
                if weight is not None:
                    block = replace(block, optional=Optional(weight, 0, self.reading.evidence(since)))
                found.append(block)
            caption = None
            self._left_over(attributes)
        if pending is not None:
            self._nothing_below("attributes", pending.line)
        if caption is not None:
            self._nothing_below("caption", caption[2].line)
        return tuple(found)

    def _captioned(self, block: Block, caption: tuple[str, Caption, Attributes]) -> Block:
        prefix, words, trailing = caption
        match block:
            case Table() if prefix == "Table:":
                return replace(block, caption=words)
            case Image() if prefix == "Figure:":
                return replace(block, caption=words)
            case _:
                what = "table" if prefix == "Table:" else "picture"
                self.reading.problem("misplaced-caption", f"`{prefix}` is not followed by a {what}", trailing.line)
                return block

    def _anchored(self, block: Block, *attributes: Attributes) -> Block:
        """A table, picture or chart with the anchor that attributes, or else its caption's words, give it."""
        match block:
            case Table(caption=Caption(words)) | Image(caption=Caption(words)) | Chart(title=words):
                own = next(filter(None, map(self._own_anchor, attributes)), block.anchor)
                return replace(block, anchor=own or self._anchor(words))
            case _:
                return block

    def _own_anchor(self, attributes: Attributes) -> str | None:
        """The anchor that attributes give; None where they give none, or one that cannot be."""
        anchor = attributes.value("id")
        if anchor is None:
            return None
        place = self.reading.at(attributes.line, f"id={anchor}")
        if not ID.fullmatch(anchor) or _NOTES.fullmatch(anchor):
            message = f"{anchor!r} cannot be an anchor's name"
            hint = "use small letters, digits and hyphens, beginning with a letter"
            if _NOTES.fullmatch(anchor):
                hint = "briefgen calls its notes so; take another"
            self.reading.problem("wrong-attribute", message, attributes.line, hint, needle=f"id={anchor}")
            return None
        if anchor in self.named:
            hints = (f"the first stands at line {self.named[anchor].line}",)
            if self.named[anchor] == place:
                hints = ("what a loop prints more than once cannot have an anchor of its own",)
            message = f"there are two anchors called `{anchor}`"
            self.reading.problems.append(Problem("duplicate-anchor", message, place, hints=hints))
            return None
        self.named[anchor] = place
        self.anchors.add(anchor)
        return anchor

    def _nothing_below(self, what: str, line: int) -> None:
        self.reading.problem(f"misplaced-{what}", "there is no block below that this could belong to", line)

    # -- one block -----------------------------------------------------------------------------------------

    def block(self, node: Node, attributes: Attributes, since: int, *, inside_item: bool) -> Block | None:
        line = _line(node)
        at = self.reading.at(line)
        match node.type:
            case "heading":
                return self.heading(node, attributes)
            case "paragraph":
                return self.paragraph(node, since, inside_item=inside_item)
            case "bullet_list":
                return BulletList(tuple(self.item(child) for child in node.children), location=at)
            case "ordered_list":
                start = node.attrs.get("start", 1)
                items = tuple(self.item(child) for child in node.children)
                return OrderedList(items, int(start), location=at)
            case "blockquote":
                return self.block_quote(node, since)
            case "table":
                return self.table(node, attributes)
            case "hr":
                return Rule(location=at)
            case "container":
                return self.container(node, attributes, since)
            case "fence":
                hint = "a document has no code blocks; write the words as a paragraph"
                self.reading.problem("code-block", "a code block", line, hint)
            case "html_block":
                self.reading.raw_html(node.content, line)
            case "stray_container":
                if set(node.content.strip()) == {":"}:
                    hint = "remove it, or open a container above: `::: lead`"
                    self.reading.problem("stray-container", "`:::` closes nothing", line, hint)
                else:
                    hint = "write the name alone, then its attributes in braces: `::: chart {type=bar}`"
                    message = f"{RESERVED.sub('', node.content)!r} does not open a container"
                    self.reading.problem("stray-container", message, line, hint)
            case "column_break":
                self.reading.problem("stray-column-break", "`+++` stands outside a `pair`", line)
            case other:
                raise AssertionError(f"no rule makes the block {other!r}")
        return None

    def heading(self, node: Node, attributes: Attributes) -> Heading:
        line = _line(node)
        level = int(node.tag[1:])
        inline = node.children[0]
        trailing = self._trailing(inline)
        annex, unnumbered, runs_on = (
            trailing.flag(name) or attributes.flag(name) for name in ("annex", "unnumbered", "run-on")
        )
        weight = self._optional(trailing)
        own = self._own_anchor(trailing) or self._own_anchor(attributes)
        self._left_over(trailing)
        children = self.reading.inlines(inline)
        if not children:
            self.reading.problem("empty-heading", "a heading without words", line)
        self._check_level(level, line)
        number = self._number(level, annex, unnumbered, line)
        if runs_on and (level > 1 or self.reading.filled.meta.kind is not DocumentKind.DOSSIER):
            self.reading.problem("misplaced-attributes", "only a dossier's heading of level 1 can run on", line)
        optional = None if weight is None else Optional(weight)
        place = self.reading.at(line)
        anchor = own or self._anchor(children)
        return Heading(level, children, anchor, number, runs_on, location=place, optional=optional)

    def _check_level(self, level: int, line: int) -> None:
        kind = self.reading.filled.meta.kind
        if level > self.level + 1:
            above = f"a heading of level {self.level}" if self.level else "no heading"
            hint = "begin with `#`, and go down one level at a time"
            self.reading.problem("heading-level", f"a heading of level {level} below {above}", line, hint)
        elif level == 1 and self.level and kind is not DocumentKind.DOSSIER:
            hint = "`#` is the document's title; write `##` for its sections"
            self.reading.problem("heading-level", f"a second title: a {kind} has one", line, hint)
        self.level = level

    def _number(self, level: int, annex: bool, unnumbered: bool, line: int) -> str | None:
        if annex and level > 1:
            self.reading.problem("misplaced-attributes", "only a heading of level 1 can be an annex", line)
        if self.reading.filled.meta.kind is not DocumentKind.DOSSIER or level > 2:
            return None
        if level == 1:
            self.counters[1] = 0
            if unnumbered:
                self.section = None
            elif annex:
                self.counters[2] += 1
                self.section = letters(self.counters[2])
            else:
                self.counters[0] += 1
                self.section = str(self.counters[0])
            return self.section
        if self.section is None or unnumbered:
            return None
        self.counters[1] += 1
        return f"{self.section}.{self.counters[1]}"

    def _anchor(self, children: Inlines) -> str:
        words = [plain(children)] + [node.evidence for node in walk(children) if isinstance(node, EvidenceRef)]
        base = _slug(" ".join(words)) or "section"
        anchor, count = base, 1
        while anchor in self.anchors or _NOTES.fullmatch(anchor):
            count += 1
            anchor = f"{base}-{count}"
        self.anchors.add(anchor)
        return anchor

    def paragraph(self, node: Node, since: int, *, inside_item: bool) -> Block | None:
        inline = node.children[0]
        line = _line(node)
        only = [child for child in inline.children if child.type not in ("text", "softbreak") or child.content.strip()]
        if len(only) == 1 and only[0].type == "image":
            return self.image(only[0], line)
        series = self.reading.series(inline)
        if series is not None:
            _, place = self.reading.slot(only[0])
            items = tuple(
                ListItem((Paragraph((self.reading.use(point, place),), location=place),), location=place)
                for point in series.points
            )
            return BulletList(items, location=place) if items else None
        children = self.reading.inlines(inline)
        if not children:
            return None
        words = any(
            isinstance(node, CrossReference) or (isinstance(node, Text) and node.text.strip())
            for node in walk(children)
        )
        optional = None if inside_item else self.reading.settle(since, holds_words=words)
        return Paragraph(children, location=self.reading.at(line), optional=optional)

    def item(self, node: Node) -> ListItem:
        since = len(self.reading.uses)
        trailing = self._trailing_of_item(node)
        weight = self._optional(trailing)
        self._left_over(trailing)
        blocks = self.blocks(node.children, inside_item=True)
        optional = self._part_optional(weight, since)
        return ListItem(blocks, location=self.reading.at(_line(node)), optional=optional)

    def block_quote(self, node: Node, since: int) -> BlockQuote:
        blocks = self.blocks(node.children, inside_item=True)
        attribution: Inlines = ()
        match blocks:
            case (Paragraph((EvidenceRef(facet=Facet.WHOLE | Facet.TEXT) as ref,)),):
                if self.reading.uses[-1].slot.is_quote:
                    attribution = (EvidenceRef(ref.evidence, Facet.SPEAKER, location=ref.location),)
            case _:
                pass
        optional = self.reading.settle(since, holds_words=not attribution)
        return BlockQuote(blocks, attribution, location=self.reading.at(_line(node)), optional=optional)

    def image(self, node: Node, line: int) -> Block | None:
        source = str(node.attrs.get("src", ""))
        if RESERVED.search(source) or RESERVED.search(node.content):
            where = "a picture's address" if RESERVED.search(source) else "a picture's description"
            hint = "values can be printed in text only"
            self.reading.problem("slot-in-wrong-place", f"a value is printed in {where}", line, hint, needle="![")
            return None
        description = "".join(child.content for child in node.walk(include_self=False) if not child.children).strip()
        if not description:
            hint = "say what it shows, for those who cannot see it: ![Map of …](map.png)"
            self.reading.problem("image-without-description", "a picture has no description", line, hint, needle="![")
        found = self._picture(source)
        if isinstance(found, str):
            hint = "give a path relative to templates/, such as pictures/map.png"
            self.reading.problem("image-not-found", found, line, hint, needle=source)
            return None
        return Image(PurePosixPath(source).as_posix(), description, file=found, location=self.reading.at(line))

    def _picture(self, source: str) -> Path | str:
        """The file of a picture, or what is wrong with its address."""
        path = PurePosixPath(source)
        if path.is_absolute() or ".." in path.parts or ":" in source or "\\" in source or not path.parts:
            return f"the picture {source!r} does not lie below templates/"
        if path.suffix.lower() not in _PICTURES:
            return f"the picture {source!r} is neither PNG nor JPEG"
        for folder in self.reading.filled.folders:
            file = folder.joinpath(*path.parts)
            if file.is_file():
                inside = file.resolve().is_relative_to(Path(folder).resolve())
                return file if inside else f"the picture {source!r} is a link that leads out of templates/"
        return f"there is no picture {source!r} below templates/"

    # -- tables --------------------------------------------------------------------------------------------

    def table(self, node: Node, attributes: Attributes) -> Table:
        line = _line(node)
        head_node, *bodies = node.children
        head = self.row(head_node.children[0], None)
        aligns = [_ALIGN.get(str(cell.attrs.get("style", "")), Align.LEFT) for cell in head_node.children[0].children]
        count = len(aligns)
        if count > _MOST_COLUMNS:
            message = f"a table of {count} columns; Word opens no file with more than {_MOST_COLUMNS} in one"
            self.reading.problem("too-many-columns", message, line, "turn it, so that its columns are rows")
        shares = self._numbers(attributes, "widths", count, line)
        for index, name in enumerate(self._list(attributes, "align", count, line)):
            try:
                aligns[index] = Align(name)
            except ValueError:
                known = ", ".join(align.value for align in Align)
                self.reading.problem("wrong-attribute", f"align: {name!r} is none of {known}", line)
        row_heads = attributes.value("row-heads")
        if row_heads not in (None, "yes", "no"):
            self.reading.problem("wrong-attribute", f"row-heads is {row_heads!r}; expected yes or no", line)
        rows = tuple(self.row(row, count) for body in bodies for row in body.children)
        columns = tuple(Column(align, share) for align, share in zip(aligns, shares or [None] * count, strict=True))
        return Table(columns, head, rows, row_heads=row_heads != "no", location=self.reading.at(line))

    def row(self, node: Node, count: int | None) -> Row:
        """A row; `count` is the head's number of cells, which Markdown would cut or fill up to in silence."""
        line = _line(node)
        since = len(self.reading.uses)
        if count is not None:
            written = escapedSplit(self._markdown_line(line).strip())
            written = written[1:] if written and not written[0].strip() else written
            written = written[:-1] if written and not written[-1].strip() else written
            if len(written) != count and not (len(written) < count and not any(cell.strip() for cell in written)):
                message = f"a row of {len(written)} cells in a table of {count} columns"
                self.reading.problem("uneven-table", message, line, "an empty cell is `| |`; a literal bar is `\\|`")
        weight = None
        cells = []
        for cell in node.children:
            inline = cell.children[0]
            trailing = self._trailing(inline)
            found = self._optional(trailing)
            weight = found if found is not None else weight
            self._left_over(trailing)
            cells.append(self.reading.inlines(inline))
        return Row(tuple(cells), location=self.reading.at(line), optional=self._part_optional(weight, since))

    def _markdown_line(self, line: int) -> str:
        return self.reading.written(line).lstrip(" >")

    # -- containers ----------------------------------------------------------------------------------------

    def container(self, node: Node, attributes: Attributes, since: int) -> Block | None:
        line = _line(node)
        name = node.info
        read = CONTAINERS.get(name)
        if not node.meta["closed"]:
            hint = "end it with a line `:::`"
            self.reading.problem("unclosed-container", f"the container `{name}` is not closed", line, hint)
        if read is None:
            hints = did_you_mean(name, tuple(CONTAINERS)) or (f"there are {', '.join(CONTAINERS)}",)
            self.reading.problem("unknown-container", f"there is no container `{name}`", line, *hints, needle=name)
            return None
        own = self.attributes(node.meta["attributes"], line)
        weight = self._optional(own)
        own.asked |= attributes.asked
        block = read(self, node, own)
        self._left_over(own)
        if block is not None and name not in (*BODILESS, "address") and not node.children:
            self.reading.problem("empty-container", f"the container `{name}` is empty", line)
        if block is None or weight is None:
            return block
        return replace(block, optional=Optional(weight, 0, self.reading.evidence(since)))

    def lead(self, node: Node, attributes: Attributes) -> Block:
        return Lead(self.blocks(node.children), location=self.reading.at(_line(node)))

    def callout(self, node: Node, attributes: Attributes) -> Block:
        title: Inlines = ()
        rest = node.children
        if rest and rest[0].type == "heading":
            title, rest = self.reading.inlines(rest[0].children[0]), rest[1:]
        return Callout(self.blocks(rest), title, location=self.reading.at(_line(node)))

    def next_step(self, node: Node, attributes: Attributes) -> Block:
        return NextStep(self.blocks(node.children), location=self.reading.at(_line(node)))

    def pair(self, node: Node, attributes: Attributes) -> Block:
        breaks = [index for index, child in enumerate(node.children) if child.type == "column_break"]
        if len(breaks) != 1:
            hint = "separate the left column from the right with one line `+++`"
            message = f"a pair has two columns, found {len(breaks) + 1}"
            self.reading.problem("wrong-pair", message, _line(node), hint)
        middle = breaks[0] if breaks else len(node.children)
        right = [child for child in node.children[middle + 1 :] if child.type != "column_break"]
        left = self.blocks(node.children[:middle])
        return Pair(left, self.blocks(right), location=self.reading.at(_line(node)))

    def landscape(self, node: Node, attributes: Attributes) -> Block:
        line = _line(node)
        if node.parent is None or not node.parent.is_root:
            hint = "put it between the document's own blocks: it takes pages of its own"
            self.reading.problem(
                "misplaced-container", "the container `landscape` stands inside another block", line, hint
            )
        above = node.previous_sibling if node.parent else None
        if above is not None and above.type == "heading":
            message = "this heading is left behind on the page before its landscape pages"
            hint = "move it into the container"
            self.reading.warn("stranded-heading", message, _line(above), hint)
        blocks = self.blocks(node.children)
        for block in blocks:
            if isinstance(block, Cover | Contents):
                name = type(block).__name__.lower()
                message = f"the container `{name}` stands inside a `landscape`"
                hint = "close the container above it: it is made for upright pages"
                self.reading.problems.append(Problem("misplaced-container", message, block.location, hints=(hint,)))
        return Landscape(blocks, location=self.reading.at(line))

    def address(self, node: Node, attributes: Attributes) -> Block:
        lines = self._address_lines(node) if node.children else self._stated_address()
        return Address(lines, location=self.reading.at(_line(node)))

    def _stated_address(self) -> tuple[AddressLine, ...]:
        """What the front matter states: to, from, date, ref and valid_until."""
        meta = self.reading.filled.meta
        locale = locale_for(meta.language)
        stated = dict(meta.fields) | {"date": locale.date(meta.as_of)}
        labels = {"to": "To", "from": "From", "date": "Date", "ref": "Ref", "valid_until": "Valid until"}
        return tuple(
            AddressLine((Text(locale.t(label), Origin.LABEL),), (Text(stated[key], Origin.PARAMETER),))
            for key, label in labels.items()
            if key in stated
        )

    def _address_lines(self, node: Node) -> tuple[AddressLine, ...]:
        lines = []
        for item in self._items(node, node.children):
            label, rest = self._label(self._only_paragraph(item), _line(item))
            lines.append(AddressLine(label, rest))
        return tuple(lines)

    def labelled(self, node: Node, attributes: Attributes) -> Block:
        decision = attributes.flag("decision")
        rows = []
        for item in self._items(node, node.children):
            since = len(self.reading.uses)
            weight = self._optional(self._trailing_of_item(item))
            blocks = self.blocks(item.children, inside_item=True)
            match blocks:
                case (Paragraph(children) as first, *more):
                    label, rest = self._label(children, _line(item))
                    blocks = (replace(first, children=rest), *more) if rest else tuple(more)
                case _:
                    label, _ = self._label((), _line(item))
            if not blocks:
                self.reading.problem("empty-label", "a label without text", _line(item))
            optional = self._part_optional(weight, since)
            rows.append(LabelledRow(label, blocks, location=self.reading.at(_line(item)), optional=optional))
        return Labelled(tuple(rows), decision, location=self.reading.at(_line(node)))

    def key_figures(self, node: Node, attributes: Attributes) -> Block:
        figures = []
        for item, at in self._numbered_items(node, node.children):
            value, label, optional = at
            figures.append(KeyFigure((value,), label, location=self.reading.at(_line(item)), optional=optional))
        return KeyFigures(tuple(figures), location=self.reading.at(_line(node)))

    def chart(self, node: Node, attributes: Attributes) -> Block:
        line = _line(node)
        kind = attributes.value("type") or "bar"
        if kind not in tuple(ChartKind):
            hints = did_you_mean(kind, tuple(ChartKind)) or (f"there are {', '.join(ChartKind)}",)
            self.reading.problem("wrong-attribute", f"there is no chart of type {kind!r}", line, *hints, needle=kind)
            kind = "bar"
        title: Inlines = ()
        remark: Inlines = ()
        points: list[ChartPoint] = []
        for child in node.children:
            series = self.reading.series(child.children[0]) if child.type == "paragraph" else None
            if series is not None:
                points += self._series_points(child.children[0], series)
            elif child.type == "paragraph" and not points and not title:
                title = self.reading.inlines(child.children[0])
            elif child.type == "paragraph" and points and not remark:
                remark = self.reading.inlines(child.children[0])
            elif child.type == "bullet_list":
                points += self._chart_points(node, child)
            else:
                message = "a chart holds a title, a list of points and a remark, in this order"
                self.reading.problem("wrong-chart", message, _line(child))
        if not title:
            hint = "begin with a paragraph that says what the chart shows"
            self.reading.problem("wrong-chart", "a chart without a title", line, hint)
        if not points:
            hint = 'list them, a handle each, or print {{ series("…") }}'
            self.reading.problem("wrong-chart", "a chart without points", line, hint)
        subject = self._authored(attributes.value("subject"))
        anchor, at = self._own_anchor(attributes) or "", self.reading.at(line)
        return Chart(ChartKind(kind), title, tuple(points), remark, subject=subject, anchor=anchor, location=at)

    def _chart_points(self, node: Node, listed: Node) -> Iterator[ChartPoint]:
        for item in listed.children:
            series = None
            if item.children and item.children[0].type == "paragraph":
                series = self.reading.series(item.children[0].children[0])
            if series is not None:
                yield from self._series_points(item.children[0].children[0], series)
                continue
            for _, (value, label, optional) in self._numbered(node, [item]):
                yield ChartPoint((value,), label, location=self.reading.at(_line(item)), optional=optional)

    def _series_points(self, inline: Node, series: SeriesSlot) -> list[ChartPoint]:
        slot = next(child for child in inline.children if child.type == "slot")
        _, place = self.reading.slot(slot)
        return [
            ChartPoint((replace(self.reading.use(point, place), facet=Facet.VALUE),), location=place)
            for point in series.points
        ]

    def timeline(self, node: Node, attributes: Attributes) -> Block:
        entries = []
        for item in self._items(node, node.children):
            since = len(self.reading.uses)
            weight = self._optional(self._trailing_of_item(item))
            children = self._only_paragraph(item)
            match next((child for child in walk(children) if isinstance(child, EvidenceRef)), None):
                case None:
                    hint = "its date is taken from its evidence: {{ fact(…) }}"
                    self.reading.problem("wrong-timeline", "a timeline's entry prints no evidence", _line(item), hint)
                case EvidenceRef(facet=Facet.AS_OF):
                    hint = "leave out `.as_of` or `.date`"
                    message = "a timeline's entry begins with its date, which is printed by itself"
                    self.reading.problem("wrong-timeline", message, _line(item), hint)
                case _:
                    pass
            at = self.reading.at(_line(item))
            entries.append(TimelineEntry(children, location=at, optional=self._part_optional(weight, since)))
        return Timeline(tuple(entries), location=self.reading.at(_line(node)))

    def cover(self, node: Node, attributes: Attributes) -> Block:
        kicker: Inlines = ()
        title: Inlines = ()
        subtitle: Inlines = ()
        lines: tuple[AddressLine, ...] = ()
        for child in node.children:
            match child.type:
                case "heading" if not title:
                    title = self.reading.inlines(child.children[0])
                case "paragraph" if not title and not kicker:
                    kicker = self.reading.inlines(child.children[0])
                case "paragraph" if title and not subtitle:
                    subtitle = self.reading.inlines(child.children[0])
                case "bullet_list" if title and not lines:
                    lines = self._address_lines_of(child)
                case _:
                    message = "a cover holds a line above its title, the title (`#`), a subtitle and a list"
                    self.reading.problem("wrong-cover", message, _line(child), "in this order, each at most once")
        if not title:
            self.reading.problem("wrong-cover", "a cover without a title", _line(node), "write it as a heading: `# …`")
        return Cover(title, kicker, subtitle, lines, location=self.reading.at(_line(node)))

    def _address_lines_of(self, listed: Node) -> tuple[AddressLine, ...]:
        return tuple(AddressLine(*self._label(self._only_paragraph(item), _line(item))) for item in listed.children)

    def contents(self, node: Node, attributes: Attributes) -> Block:
        lists = tuple(CaptionList(of) for of in ListOf if attributes.flag(of))
        if lists and self.reading.filled.meta.kind is not DocumentKind.DOSSIER:
            message = "only a dossier's tables and figures are numbered and can be listed"
            self.reading.problem("misplaced-attributes", message, _line(node))
        return Contents(lists=lists, location=self.reading.at(_line(node)))

    def register(self, node: Node, attributes: Attributes) -> Block | None:
        of = attributes.value("of")
        if of not in tuple(RegisterOf):
            found = "no `of`" if of is None else f"of={of}"
            message = f"a register of what? Found {found}; expected {' or '.join(f'of={kind}' for kind in RegisterOf)}"
            self.reading.problem("wrong-attribute", message, _line(node))
            return None
        return Register(RegisterOf(of), location=self.reading.at(_line(node)))

    def page_break(self, node: Node, attributes: Attributes) -> Block:
        return PageBreak(location=self.reading.at(_line(node)))

    # -- what containers hold ------------------------------------------------------------------------------

    def _items(self, container: Node, nodes: Sequence[Node]) -> Iterator[Node]:
        """The items of the lists that a container holds, and nothing else."""
        for node in nodes:
            if node.type == "bullet_list":
                yield from node.children
            else:
                hint = "write each entry as `- …`"
                message = f"the container `{container.info}` holds a list, and nothing else"
                self.reading.problem("wrong-container", message, _line(node), hint)

    def _numbered_items(
        self, container: Node, nodes: Sequence[Node]
    ) -> Iterator[tuple[Node, tuple[EvidenceRef, Inlines, Optional | None]]]:
        return self._numbered(container, list(self._items(container, nodes)))

    def _numbered(
        self, container: Node, items: Sequence[Node]
    ) -> Iterator[tuple[Node, tuple[EvidenceRef, Inlines, Optional | None]]]:
        """Each item that begins with a number of the library: the number, the rest, and how it may go."""
        for item in items:
            since = len(self.reading.uses)
            weight = self._optional(self._trailing_of_item(item))
            match self._only_paragraph(item):
                case (EvidenceRef(facet=facet) as ref, *rest) if facet is Facet.WHOLE or facet in _NUMBERS:
                    optional = self._part_optional(weight, since)
                    yield item, (replace(ref, facet=Facet.VALUE), trimmed(tuple(rest)), optional)
                case _:
                    message = f"an entry of `{container.info}` begins with the number of a fact"
                    hint = "write `- {{ fact(…) }} Label`"
                    self.reading.problem("wrong-container", message, _line(item), hint)

    def _only_paragraph(self, item: Node) -> Inlines:
        match item.children:
            case [Node(type="paragraph") as paragraph]:
                return self.reading.inlines(paragraph.children[0])
            case []:
                self.reading.problem("empty-entry", "an entry without words", _line(item))
            case _:
                self.reading.problem("wrong-container", "an entry here is one paragraph", _line(item))
        return ()

    def _label(self, inlines: Inlines, line: int) -> tuple[Inlines, Inlines]:
        """An entry's label, which is the bold text it begins with, and the rest."""
        match inlines:
            case (Strong(label), *rest):
                match label:
                    case (*before, Text(text, Origin.AUTHOR)) if text.endswith(":"):
                        label = (*before, Text(text[:-1])) if text != ":" else tuple(before)
                    case _:
                        pass
                match rest:
                    case [Text(text, Origin.AUTHOR), *more] if text.startswith(":"):
                        rest = [Text(text[1:]), *more]
                    case _:
                        pass
                return label, trimmed(tuple(rest))
            case _:
                hint = "write `- **Label** text`"
                self.reading.problem("missing-label", "an entry does not begin with its label in bold", line, hint)
                return (), inlines

    # -- attributes ----------------------------------------------------------------------------------------

    def attributes(self, text: str, line: int) -> Attributes:
        found = Attributes(line)
        if RESERVED.search(text):
            hint = "write it into the template itself"
            self.reading.problem("slot-in-wrong-place", "a value is printed in attributes", line, hint, needle="{{")
            return found
        for part in _ATTRIBUTE.finditer(text):
            if part["flag"]:
                found.flags.add(part["flag"])
            else:
                found.values[part["key"]] = part["quoted"] if part["quoted"] is not None else part["bare"]
        return found

    def _trailing(self, inline: Node) -> Attributes:
        text = inline.meta.get("attributes", "")
        return self.attributes(text, _line(inline))

    def _trailing_of_item(self, item: Node) -> Attributes:
        match item.children:
            case [Node(type="paragraph") as paragraph, *_]:
                return self._trailing(paragraph.children[0])
            case _:
                return Attributes(_line(item))

    def _optional(self, attributes: Attributes) -> int | None:
        """The weight of what may go, or None."""
        optional, text = attributes.flag("optional"), attributes.value("weight")
        if text is not None and text not in ("1", "2", "3", "4", "5"):
            message = f"weight is {text!r}; expected 1 to 5"
            self.reading.problem("wrong-attribute", message, attributes.line, needle="weight")
            text = None
        elif text is not None and not optional:
            hint = "write {.optional weight=2}"
            self.reading.problem("wrong-attribute", "a weight without `.optional`", attributes.line, hint)
        return int(text or 3) if optional else None

    def _part_optional(self, weight: int | None, since: int) -> Optional | None:
        if weight is not None:
            return Optional(weight, 0, self.reading.evidence(since))
        return self.reading.settle(since, holds_words=False)

    def _left_over(self, attributes: Attributes) -> None:
        for name in attributes.left():
            hints = did_you_mean(name, tuple(attributes.asked))
            hints = hints or (f"known here: {', '.join(sorted(attributes.asked))}",)
            message = f"`{name}` means nothing here"
            self.reading.problem("unknown-attribute", message, attributes.line, *hints, needle=name)

    def _authored(self, words: str | None) -> Inlines:
        """The words of an attribute that are printed."""
        if words is None or not words.strip():
            return ()
        return smart((Text(words.strip()),), self.reading.filled.meta.language)

    def _list(self, attributes: Attributes, name: str, count: int, line: int) -> list[str]:
        text = attributes.value(name)
        words = text.split() if text is not None else []
        if text is not None and len(words) != count:
            message = f"{name} names {len(words)} columns; the table has {count}"
            self.reading.problem("wrong-attribute", message, attributes.line)
            return []
        return words

    def _numbers(self, attributes: Attributes, name: str, count: int, line: int) -> list[float | None]:
        numbers: list[float | None] = []
        for word in self._list(attributes, name, count, line):
            if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", word) or float(word) == 0:
                message = f"{name}: {word!r} is not a number above 0"
                self.reading.problem("wrong-attribute", message, attributes.line)
                return []
            numbers.append(float(word))
        return numbers

    # -- captions ------------------------------------------------------------------------------------------

    def _after_prefix(self, node: Node, prefix: str) -> Inlines:
        match self.reading.inlines(node.children[0]):
            case (Text(text, Origin.AUTHOR), *rest):
                return trimmed((Text(text.removeprefix(prefix)), *rest))
            case other:
                return other


CONTAINERS: dict[str, Callable[[Blocks, Node, Attributes], Block | None]] = {
    "lead": Blocks.lead,
    "address": Blocks.address,
    "key-figures": Blocks.key_figures,
    "chart": Blocks.chart,
    "timeline": Blocks.timeline,
    "pair": Blocks.pair,
    "labelled": Blocks.labelled,
    "callout": Blocks.callout,
    "next-step": Blocks.next_step,
    "landscape": Blocks.landscape,
    "cover": Blocks.cover,
    "contents": Blocks.contents,
    "register": Blocks.register,
    "page-break": Blocks.page_break,
}
"""A container's name → what reads it. A new block has its line here."""


def _line(node: Node) -> int:
    """The line of the Markdown where a node begins."""
    if node.map is not None:
        return node.map[0]
    for child in node.children:
        return _line(child)
    return 0


def _prefix(node: Node) -> str | None:
    if node.type != "paragraph":
        return None
    return next((prefix for prefix in _PREFIXES if node.children[0].content.startswith(prefix)), None)


def _slug(text: str) -> str:
    """An anchor's letters: plain ASCII, at most 40, since Word takes no more."""
    plain_letters = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    ascii_only = plain_letters.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:36].rstrip("-")
    return slug if not slug or slug[0].isalpha() else f"s-{slug}"
