"""The state of reading one filled template: places, problems, slots met; and the reading of inlines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from briefgen.addresses import as_uri
from briefgen.document import (
    AuthorNoteRef,
    CiteRef,
    Code,
    CrossReference,
    Emphasis,
    EvidenceRef,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Optional,
    Origin,
    Strong,
    Text,
)
from briefgen.errors import Location, Problem, Severity
from briefgen.reader.rules import ATTRIBUTES
from briefgen.reader.typography import smart
from briefgen.slots import RESERVED, SLOT, CiteSlot, EvidenceSlot, SeriesSlot, Slot, Words
from briefgen.templates import Filled

_SCHEMES = ("http://", "https://", "mailto:")
_UNKNOWN_NOTE = re.compile(r"\[\^[^\]\s]+\]")


@dataclass(slots=True)
class Use:
    """One printing of evidence; `settled` once it is clear what goes with it when it must go."""

    slot: EvidenceSlot
    place: Location
    settled: bool = False


@dataclass(slots=True)
class Reading:
    """One filled template being read.

    Attributes:
        uses: every printing of evidence so far, in reading order.
        links: anchors that links lead to, each with the place of the link.
    """

    filled: Filled
    problems: list[Problem]
    uses: list[Use] = field(default_factory=list)
    links: list[tuple[str, Location]] = field(default_factory=list)
    _lines: dict[Path | None, list[str]] = field(default_factory=dict)

    # -- places and problems -------------------------------------------------------------------------------

    def at(self, line: int, needle: str = "") -> Location:
        """The place in the template of a line of the Markdown; its column if `needle` stands there."""
        places = self.filled.places
        place = places[min(line, len(places) - 1)] if places else Location(self.filled.folders[0])
        if not needle or place.line is None:
            return place
        lines = self._in_lines(place.path, self.filled.texts.get(place.path, ""))
        column = lines[place.line - 1].find(needle) + 1 if place.line <= len(lines) else 0
        return Location(place.path, place.line, column or None)

    def written(self, line: int) -> str:
        """A line of the Markdown."""
        return self._in_lines(None, self.filled.text)[line]

    def _in_lines(self, path: Path | None, text: str) -> list[str]:
        """A text's lines, parted only once."""
        if path not in self._lines:
            self._lines[path] = text.split("\n")
        return self._lines[path]

    def problem(self, code: str, message: str, line: int, *hints: str, needle: str = "") -> None:
        """Report an error at a line of the Markdown."""
        self.problems.append(Problem(code, message, self.at(line, needle), hints=hints))

    def warn(self, code: str, message: str, line: int, *hints: str, needle: str = "") -> None:
        """Report a warning at a line of the Markdown."""
        self.problems.append(Problem(code, message, self.at(line, needle), Severity.WARNING, hints))

    # -- slots ---------------------------------------------------------------------------------------------

    def slot(self, node: SyntaxTreeNode) -> tuple[Slot, Location]:
        """What a slot stands for and where it was printed."""
        number = self.filled.slots.index(node.content)
        return self.filled.slots.values[number], self.filled.slots.places[number]

    def series(self, inline: SyntaxTreeNode) -> SeriesSlot | None:
        """The series that an inline node prints, if it prints that and nothing else."""
        match [child for child in inline.children if child.type != "text" or child.content.strip()]:
            case [SyntaxTreeNode(type="slot") as only]:
                slot, _ = self.slot(only)
                return slot if isinstance(slot, SeriesSlot) else None
            case _:
                return None

    def use(self, slot: EvidenceSlot, place: Location) -> EvidenceRef:
        """Note that evidence is printed here."""
        self.uses.append(Use(slot, place))
        return EvidenceRef(slot.evidence, slot.facet, slot.part, slot.digits, place)

    def settle(self, since: int, *, holds_words: bool) -> Optional | None:
        """How a part may go, if it shows one piece of evidence that may go, and no other.

        Args:
            since: how many uses there were before the part was read.
            holds_words: whether the part is a paragraph with words of the author's; then it may not go.
        """
        uses = [use for use in self.uses[since:] if not use.settled]
        optional = next((use.slot.optional for use in uses if use.slot.optional), None)
        if optional is None or holds_words:
            return None
        if any(use.slot.evidence != uses[0].slot.evidence for use in self.uses[since:]):
            return None
        for use in uses:
            use.settled = True
        return optional

    def evidence(self, since: int) -> tuple[str, ...]:
        """Ids of the evidence printed since then; whatever of it may go is settled by the part that asks."""
        for use in self.uses[since:]:
            use.settled = True
        return tuple(dict.fromkeys(use.slot.evidence for use in self.uses[since:]))

    def unsettled(self) -> None:
        """Report evidence that may go, but stands where nothing can go with it."""
        seen = set()
        for use in self.uses:
            if use.slot.optional and not use.settled and (use.slot.evidence, use.place) not in seen:
                seen.add((use.slot.evidence, use.place))
                message = f"`{use.slot.evidence}` may be left out, but it stands in running text"
                hints = (
                    "give it a list item, table row or paragraph of its own",
                    "or ask for no more than must stay: leave out at_least=",
                )
                self.problems.append(
                    Problem("optional-in-text", message, use.place, hints=hints, subject=use.slot.evidence)
                )

    # -- inlines -------------------------------------------------------------------------------------------

    def inlines(self, node: SyntaxTreeNode) -> Inlines:
        """The inlines of an `inline` node, with the author's quotation marks made typographic."""
        line = node.map[0] if node.map else 0
        found = trimmed(merged(self._children(node, [line])))
        return smart(found, self.filled.meta.language)

    def _children(self, node: SyntaxTreeNode, line: list[int]) -> list[Inline]:
        """`line` holds the line reached; breaks move it on."""
        found: list[Inline] = []
        for child in node.children:
            match child.type:
                case "text":
                    self._check_text(child.content, line[0])
                    found.append(Text(child.content))
                case "text_special":
                    found.append(Text(child.content))
                case "softbreak":
                    line[0] += 1
                    found.append(Text(" "))
                case "hardbreak":
                    line[0] += 1
                    found.append(LineBreak())
                case "em":
                    found.append(Emphasis(merged(self._children(child, line))))
                case "strong":
                    found.append(Strong(merged(self._children(child, line))))
                case "code_inline":
                    self._check_token(child.content, "a code span", line[0])
                    found.append(Code(child.content))
                case "link":
                    found.append(self._link(child, line))
                case "slot":
                    found += self._slot(child)
                case "footnote_ref":
                    found.append(AuthorNoteRef(str(child.meta["label"]), self.at(line[0], f"[^{child.meta['label']}]")))
                case "footnote_anchor":
                    pass
                case "image":
                    hint = "leave a blank line above and below it"
                    self.problem("image-in-text", "a picture stands in running text", line[0], hint, needle="![")
                case "html_inline":
                    self.raw_html(child.content, line[0])
                case other:
                    raise AssertionError(f"no rule makes the inline {other!r}")
        return found

    def line(self, text: str) -> Inlines:
        """A filled line as it stands, in which nothing but its slots means anything."""
        found: list[Inline] = []
        for number, piece in enumerate(SLOT.split(text)):  # words and tokens, turn by turn
            if number % 2:
                found += self._printed(self.filled.slots.index(piece))
            else:
                self._check_text(piece, text.rstrip().count("\n"))
                found.append(Text(piece))
        return smart(trimmed(merged(found)), self.filled.meta.language)

    def _slot(self, node: SyntaxTreeNode) -> list[Inline]:
        return self._printed(self.filled.slots.index(node.content))

    def _printed(self, number: int) -> list[Inline]:
        """What is printed where a slot stands."""
        slot, place = self.filled.slots.values[number], self.filled.slots.places[number]
        match slot:
            case EvidenceSlot():
                return [self.use(slot, place)]
            case CiteSlot(ids):
                return [CiteRef(ids, place)]
            case Words(text, origin):
                return [Text(text, origin)]
            case SeriesSlot(metric):
                message = f"the series `{metric}` stands in running text"
                hints = ("print it in a paragraph of its own, or loop over it",)
                self.problems.append(Problem("series-in-text", message, place, hints=hints))
                return []

    def _link(self, node: SyntaxTreeNode, line: list[int]) -> Inline:
        target = str(node.attrs.get("href", ""))
        self._check_token(target, "a link's address", line[0])
        children = merged(self._children(node, line))
        if target.startswith("#"):
            place = self.at(line[0], f"]({target})")
            self.links.append((target[1:], place))
            return Link(target, children) if children else CrossReference(target[1:], location=place)
        if not children:
            hint = "write them between the brackets; only [](#anchor) prints a number by itself"
            self.problem("empty-link", "a link without words", line[0], hint, needle=target)
        if RESERVED.search(target) is None and not target.lower().startswith(_SCHEMES):
            message = f"a link leads to {target!r}; expected http, https or mailto"
            self.problem("unsafe-link", message, line[0], "write the whole address: https://…", needle=target)
        elif RESERVED.search(target) is None:
            try:
                as_uri(target)
            except ValueError as error:
                self.problem("unsafe-link", str(error), line[0], "open it in a browser first", needle=target)
        if node.attrs.get("title"):
            self.problem("link-title", "a link's title would not be printed", line[0], "write it into the text")
        return Link(target, children)

    def _check_text(self, text: str, line: int) -> None:
        if RESERVED.search(text):
            message = "part of a value that a filter has cut"
            self.problem("broken-slot", message, line, "use filters on plain values only, not on filled text")
        if "**" in text:
            hint = "put the marks right beside letters, and close them: **words**; a literal one is \\*\\*"
            self.warn("stray-emphasis", "`**` is printed as it stands", line, hint, needle="**")
        if note := _UNKNOWN_NOTE.search(text):
            hint = f"add a line `{note[0]}: …`"
            self.problem("unknown-note", f"there is no footnote {note[0]}", line, hint, needle=note[0])
        if found := ATTRIBUTES.search(text):
            message = f"`{found[0]}` would be printed as it stands"
            hint = "such words stand on a line of their own above a block, or at the end of a heading or list item"
            self.problem("misplaced-attributes", message, line, hint, needle=found[0])

    def _check_token(self, text: str, where: str, line: int) -> None:
        if RESERVED.search(text):
            message = f"a value is printed in {where}"
            self.problem("slot-in-wrong-place", message, line, "values can be printed in text only", needle="{{")

    def raw_html(self, text: str, line: int) -> None:
        """Report HTML."""
        hint = "use Markdown; a literal < is \\<"
        if text.startswith("<!--"):
            hint = "a comment is {# … #}"
        elif text.lower().startswith("<br"):
            hint = "a line ends with a backslash: \\"
        shown = SLOT.sub("…", text.strip().split("\n")[0][:40])
        self.problem("raw-html", f"HTML is not read: {shown!r}", line, hint, needle=shown)


def merged(inlines: list[Inline]) -> Inlines:
    """Inlines with neighbouring texts of one origin made one, and empty ones left out."""
    found: list[Inline] = []
    for inline in inlines:
        match found[-1] if found else None, inline:
            case _, Text(""):
                pass
            case Text(before, Origin.AUTHOR), Text(text, Origin.AUTHOR):
                found[-1] = Text(before + text)
            case _:
                found.append(inline)
    return tuple(found)


def trimmed(inlines: Inlines) -> Inlines:
    """Inlines without the author's white space at either end."""
    match inlines:
        case (Text(text, Origin.AUTHOR), *rest) if text != text.lstrip(" \t\n"):
            stripped = text.lstrip(" \t\n")
            return trimmed((Text(stripped), *rest) if stripped else tuple(rest))
        case (*rest, Text(text, Origin.AUTHOR)) if text != text.rstrip(" \t\n"):
            stripped = text.rstrip(" \t\n")
            return trimmed((*rest, Text(stripped)) if stripped else tuple(rest))
        case _:
            return inlines
