"""The Document: what a brief says, in typed blocks and inlines. The waist between readers and writers.

The reader makes a Document from a filled template; `citations.cite` turns it into one in which every word is
final: each `EvidenceRef` has become `Printed`, each mark a `NoteMark`, each `Register` a `Table`. Layout and
writers accept only the latter. Terms are typography's, as in pandoc's `Text.Pandoc.Definition`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from briefgen.errors import Location
from briefgen.evidence import Marking
from briefgen.periods import Period

# ---- inlines ---------------------------------------------------------------------------------------------


class Origin(StrEnum):
    """Whose words a text is."""

    AUTHOR = "author"  # the template's own
    PARAMETER = "parameter"  # a parameter, a field of the audience, or what the template's own code made
    SOURCE = "source"  # what a source says of itself
    LABEL = "label"  # briefgen's fixed words in the reader's language


class Facet(StrEnum):
    """The part of evidence that is printed."""

    WHOLE = "whole"  # a fact's claim; a quotation in its marks
    VALUE = "value"  # "US$86.7 billion"
    SHORT = "short"  # "US$86.7 bn"
    NUMBER = "number"  # "86.7"
    UNIT = "unit"  # "US$ bn"
    QUALIFIER = "qualifier"  # "over"
    AS_OF = "as_of"  # "2024"; a quotation's or event's date
    TEXT = "text"  # a quotation's words without marks
    SPEAKER = "speaker"  # "Choi Young-sam"
    ROLE = "role"  # "South Korean Ambassador to Vietnam"
    OCCASION = "occasion"
    CAVEAT = "caveat"
    SOURCE = "source"  # a source's title, publisher or note; the id is the source's, not evidence's


@dataclass(frozen=True, slots=True)
class Text:
    """Words that are not evidence."""

    text: str
    origin: Origin = Origin.AUTHOR


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """Evidence that is to be printed here; `cite` replaces it.

    Attributes:
        evidence: id of a fact or quote.
        facet: which part of it.
        name: which of a fact's `values`, for a facet of a number.
        digits: decimal places to round to, or None to print as stated.
        location: of the slot in the template.
    """

    evidence: str
    facet: Facet = Facet.WHOLE
    name: str = "value"
    digits: int | None = None
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class CiteRef:
    """A note mark alone, for these pieces of evidence or sources; `cite` replaces it."""

    ids: tuple[str, ...]
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class AuthorNoteRef:
    """A mark for an author's footnote (`[^a]`); `cite` replaces it."""

    label: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class CrossReference:
    """The number of another part of the document: "section 4.1", "Table 3", or of a note: "3".

    The reader says its target; `cite` fills in the words.

    Attributes:
        target: anchor of a heading, table, chart, picture or note.
        label: what the target itself bears: "4.1", "Table 3".
        before, after: words around that, of the reference alone: "section ".
        location: of the link in the template.
    """

    target: str
    label: str = ""
    before: str = ""
    after: str = ""
    location: Location | None = None

    @property
    def text(self) -> str:
        """The words as printed."""
        return self.before + self.label + self.after

    @property
    def note(self) -> int | None:
        """The number of the note that it refers to, if that is one."""
        return int(self.label) if self.target == note_anchor(self.label) else None


def note_anchor(number: int | str) -> str:
    """The anchor of a note."""
    return f"note-{number}"


@dataclass(frozen=True, slots=True)
class Printed:
    """Evidence as printed: final words, in the reader's language, and whose they are.

    Attributes:
        language: BCP 47 tag when it is not the document's.
    """

    text: str
    evidence: str
    facet: Facet
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The raised number of a note. Adjacent marks are separated by whoever draws them (`1, 2`).

    Attributes:
        number: of the `Note`, counted from 1.
        first: whether this is the first mark of that note (a later one is a reference to it).
        evidence: the evidence it stands for; which passage that is, the manifest says.
    """

    number: int
    first: bool
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words that stand back: "not stated" (muted, italic)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address, or to `#anchor` in the same document."""

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


Inline = (
    Text
    | EvidenceRef
    | CiteRef
    | AuthorNoteRef
    | CrossReference
    | Printed
    | NoteMark
    | Emphasis
    | Strong
    | Quiet
    | Link
    | Code
    | LineBreak
)
Inlines = tuple[Inline, ...]

# ---- blocks ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Optional:
    """What may go when the page is full: the lightest first.

    Attributes:
        weight: 1 to 5.
        group: optional parts of one `facts(at_least=…)` call share a group; 0 stands alone.
        evidence: what it shows, to name it when it is left out.
    """

    weight: int
    group: int = 0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    location: Location | None = None
    optional: Optional | None = None


@dataclass(frozen=True, slots=True)
class Heading(_Block):
    """Attributes: level 1 to 6; `number` as printed ("4.1", "A") or None; `anchor` unique in the document;
    `runs_on`: whether a dossier's section follows the one before it on its page."""

    level: int
    children: Inlines
    anchor: str
    number: str | None = None
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph(_Block):
    children: Inlines


@dataclass(frozen=True, slots=True)
class ListItem(_Block):
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BulletList(_Block):
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class OrderedList(_Block):
    items: tuple[ListItem, ...]
    start: int = 1


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's alignment, and its share of the width (None: from its content)."""

    align: Align = Align.LEFT
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Row(_Block):
    """One row; each cell holds inlines, possibly none."""

    cells: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption; `label` is "Table" or "Figure" in the reader's language with its number, or None."""

    children: Inlines
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Table(_Block):
    """A table with one head row; `row_heads` says that the first column names its rows."""

    columns: tuple[Column, ...]
    head: Row
    rows: tuple[Row, ...]
    caption: Caption | None = None
    row_heads: bool = True
    remark: Inlines = ()
    """A quiet line beneath: abbreviations, what no source states."""
    anchor: str = ""
    """What references to it name; none without a caption."""


@dataclass(frozen=True, slots=True)
class BlockQuote(_Block):
    """A quotation set apart. `attribution` is its speaker line, if it is evidence; then it is a pull quote."""

    blocks: tuple[Block, ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class Rule(_Block):
    pass


@dataclass(frozen=True, slots=True)
class PageBreak(_Block):
    pass


@dataclass(frozen=True, slots=True)
class Lead(_Block):
    """The bottom line, under the title."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class AddressLine:
    label: Inlines
    children: Inlines


@dataclass(frozen=True, slots=True)
class Address(_Block):
    """To, From, Date, Ref… of a memo, in reading order."""

    lines: tuple[AddressLine, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure(_Block):
    """A figure, its label with the note mark, and its period.

    The reader sets `value` to one `EvidenceRef`; `cite` makes of it `Printed` inlines of the facets QUALIFIER,
    NUMBER and UNIT (in the language's order) and fills `period` (with the caveat, where there is one).
    """

    value: Inlines
    label: Inlines
    period: Inlines = ()


@dataclass(frozen=True, slots=True)
class KeyFigures(_Block):
    figures: tuple[KeyFigure, ...]


class ChartKind(StrEnum):
    BAR = "bar"  # horizontal
    COLUMN = "column"
    LINE = "line"


class PointStatus(StrEnum):
    OBSERVED = "observed"
    TARGET = "target"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class ChartPoint(_Block):
    """One mark of a chart: the reader sets `value` to one `EvidenceRef`; `cite` fills the rest.

    Attributes:
        value: the number as printed at the mark.
        label: category or period.
        amount: what is drawn; for a range, its lower end.
        period: for a time axis.
        status_label: "observed", "target"… in the reader's language.
    """

    value: Inlines
    label: Inlines = ()
    amount: Decimal | None = None
    period: Period | None = None
    status: PointStatus = PointStatus.OBSERVED
    status_label: str = ""


@dataclass(frozen=True, slots=True)
class Chart(_Block):
    """A chart whose every mark is a fact.

    Its reader may say its `subject`, to which `cite` adds the unit; `cite` writes `source` and `description` (the
    text alternative).
    """

    kind: ChartKind
    title: Inlines
    points: tuple[ChartPoint, ...]
    remark: Inlines = ()
    subject: Inlines = ()
    source: Inlines = ()
    description: str = ""
    label: str | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry(_Block):
    """The reader sets `children` to begin with the event's `EvidenceRef`; `cite` fills `date`."""

    children: Inlines
    date: Inlines = ()


@dataclass(frozen=True, slots=True)
class Timeline(_Block):
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class Pair(_Block):
    """Two columns; the left is read first."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class LabelledRow(_Block):
    label: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Labelled(_Block):
    """Text whose labels hang in the margin column. `decision` sets the labels as a memo's Issue, Decision, Timing."""

    rows: tuple[LabelledRow, ...]
    decision: bool = False


@dataclass(frozen=True, slots=True)
class Callout(_Block):
    blocks: tuple[Block, ...]
    title: Inlines = ()


@dataclass(frozen=True, slots=True)
class NextStep(_Block):
    """Who does what by when. `label` is "Next step" in the reader's language."""

    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Landscape(_Block):
    """Blocks on turned pages of their own, for a table that is too wide for the measure.

    It stands among a document's own blocks (see `sections`); inside another block its parts are set like any others.
    """

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cover(_Block):
    """A dossier's first page: kicker above the title, subtitle below, facts about the edition at the foot."""

    title: Inlines
    kicker: Inlines = ()
    subtitle: Inlines = ()
    lines: tuple[AddressLine, ...] = ()


class ListOf(StrEnum):
    """What a list below the table of contents is of."""

    TABLES = "tables"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A table or figure in a list: its label ("Table 3"), its caption's words, and its anchor."""

    label: str
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class CaptionList:
    """A list of the document's tables or figures; `cite` writes its title and its entries."""

    of: ListOf
    title: str = ""
    entries: tuple[ListEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents(_Block):
    """The table of contents; its entries are the document's headings, their pages the layout's.

    Below them stand those lists that it asks for; `cite` leaves out what would be empty.
    """

    title: str = ""
    lists: tuple[CaptionList, ...] = ()


class RegisterOf(StrEnum):
    SOURCES = "sources"
    QUOTATIONS = "quotations"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Register(_Block):
    """All sources, quotations or figures used in the document; `cite` makes a `Table` of it."""

    of: RegisterOf


@dataclass(frozen=True, slots=True)
class Image(_Block):
    """A picture from the workspace's `templates/`, with its text alternative.

    Attributes:
        path: as the template names it, relative to `templates/`.
        file: where that was found on this machine.
    """

    path: str
    description: str
    caption: Caption | None = None
    file: Path | None = field(default=None, compare=False)
    anchor: str = ""


Block = (
    Heading
    | Paragraph
    | BulletList
    | OrderedList
    | Table
    | BlockQuote
    | Rule
    | PageBreak
    | Lead
    | Address
    | KeyFigures
    | Chart
    | Timeline
    | Pair
    | Labelled
    | Callout
    | NextStep
    | Landscape
    | Cover
    | Contents
    | Register
    | Image
)
Part = Block | ListItem | Row | KeyFigure | ChartPoint | TimelineEntry | LabelledRow
"""Anything that can be optional."""

# ---- the whole -------------------------------------------------------------------------------------------


class DocumentKind(StrEnum):
    BRIEF = "brief"
    MEMO = "memo"
    DOSSIER = "dossier"


class NotePlacement(StrEnum):
    """Footnotes: one per source and block, at the foot of their page. Endnotes: one per source, at the end."""

    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"


class Status(StrEnum):
    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Note:
    """A note as printed.

    Attributes:
        number: counted from 1, in the order of the marks.
        children: its words.
        sources: ids of the sources it names, none for an author's own note.
        evidence: ids of the evidence whose marks point here.
    """

    number: int
    children: Inlines
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What is said about the document rather than in it.

    Attributes:
        title: the front matter's, plain text ("Investor brief: Viet Nam–Korea"); the header prints what stands
            before the first ": " as the document's name and the rest as its subject.
        about: the line under the top rule of a brief ("As of 21 November 2026 · For …"), set by `cite`.
        footer: what the footer says beside the page number.
        page_label: "Page {page} of {pages}" in the reader's language, set by `cite`.
        draft_label: "DRAFT" in the reader's language.
        pages: the budget, or None.
    """

    title: str
    kind: DocumentKind
    language: str
    as_of: date
    marking: Marking
    status: Status = Status.FINAL
    placement: NotePlacement = NotePlacement.ENDNOTES
    pages: int | None = None
    description: str = ""
    audience: str = ""
    contact: str = ""
    edition: str = ""
    about: Inlines = ()
    footer: Inlines = ()
    page_label: str = "Page {page} of {pages}"
    draft_label: str = "DRAFT"
    notes_label: str = "Notes"
    fields: tuple[tuple[str, str], ...] = ()
    """`to`, `from`, `ref`, `valid_until` as given, in that order, where given."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document; `notes` and the final words are there after `cite`.

    Attributes:
        author_notes: label → words of the author's own footnotes, as read.
    """

    meta: Meta
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    author_notes: tuple[tuple[str, Inlines], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that follow one another on pages of one kind, `turned` for landscape. Each section begins a page."""

    blocks: tuple[Block, ...]
    turned: bool = False


def sections(blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """A document's blocks by the pages that they stand on; landscape blocks side by side share theirs.

    Page breaks where a section begins or ends are left out, and all but one of those that follow one another: a page
    begins there anyway.
    """
    laid = ((True, block.blocks) if isinstance(block, Landscape) else (False, (block,)) for block in blocks)
    runs = groupby((pair for pair in laid if pair[1]), key=lambda pair: pair[0])
    found = (
        Section(_without_idle_breaks(block for _, inside in run for block in inside), turned) for turned, run in runs
    )
    return tuple(section for section in found if section.blocks)


def _without_idle_breaks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        if not isinstance(block, PageBreak) or (kept and not isinstance(kept[-1], PageBreak)):
            kept.append(block)
    return tuple(kept[:-1] if kept and isinstance(kept[-1], PageBreak) else kept)


Node = Document | Part | Inline | Note | Caption | CaptionList | Column | AddressLine | Meta


def walk(node: object) -> Iterator[object]:
    """Every dataclass below `node` (itself first), in reading order: the order of the fields as declared."""
    if isinstance(node, tuple):
        for child in node:
            yield from walk(child)
    elif is_dataclass(node):
        yield node
        for item in fields(node):
            value = getattr(node, item.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield from walk(value)


def plain(inlines: Inlines) -> str:
    """The words of inlines without their dress, and without note marks."""
    words = []
    for node in walk(inlines):
        match node:
            case Text(text) | Printed(text) | Code(text):
                words.append(text)
            case CrossReference():
                words.append(node.text)
            case LineBreak():
                words.append(" ")
            case _:
                pass
    return "".join(words)


def letters(number: int) -> str:
    """How annexes are counted: 1 → A, 26 → Z, 27 → AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
