"""The walk through a Document that prints its evidence and sets its marks, block by block, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import assert_never

from briefgen.citations import charts
from briefgen.citations.marks import evidence_owing, settle
from briefgen.citations.notes import Notes, joined
from briefgen.citations.numbering import Numbers
from briefgen.citations.registers import Used, register_table
from briefgen.citations.sentences import ends_in_numeral
from briefgen.citations.wording import Wording
from briefgen.document import (
    Address,
    AddressLine,
    AuthorNoteRef,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Caption,
    Chart,
    CiteRef,
    Code,
    Contents,
    Cover,
    Document,
    DocumentKind,
    Emphasis,
    EvidenceRef,
    Facet,
    Heading,
    Image,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    Landscape,
    Lead,
    Link,
    ListItem,
    Meta,
    NextStep,
    NoteMark,
    OrderedList,
    Origin,
    PageBreak,
    Pair,
    Paragraph,
    Printed,
    Quiet,
    Register,
    Row,
    Rule,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineEntry,
    plain,
    walk,
)
from briefgen.errors import BriefgenError, Problem
from briefgen.evidence import Evidence, Fact, FactKind, Library, Quote
from briefgen.locales import locale_for
from briefgen.periods import Period

_NUMBER_FACETS = frozenset((Facet.VALUE, Facet.SHORT, Facet.NUMBER, Facet.UNIT, Facet.QUALIFIER, Facet.AS_OF))


def cite(
    document: Document, library: Library, hashes: Mapping[str, str] | None = None, whole: Document | None = None
) -> Document:
    """Print the evidence of a document, set and number its note marks, and write its notes.

    Args:
        document: as the reader made it, whole or with parts left out; it is not changed.
        library: holds the evidence that the document refers to.
        hashes: source id → SHA-256 of its text in hexadecimal, where known, for the register of sources.
        whole: the document that this one is taken from, whose numbers references print.

    Returns:
        The same document without `EvidenceRef`, `CiteRef`, `AuthorNoteRef` and `Register`, with its notes, the fixed
        words of its `meta`, and the strictest marking of what it uses.

    Raises:
        BriefgenError: with every reference to something that is not there (`unknown-evidence`, `unknown-note`), every
            facet that evidence does not have (`no-such-facet`), or `unknown-language`.
    """
    problems = tuple(_dangling(document, library))
    if problems:
        raise BriefgenError(problems)
    citing = _Citing(document, library, hashes or {}, whole or document)
    if problems := tuple(citing.numbers.unnumbered(document)):
        raise BriefgenError(problems)
    blocks = citing.blocks(document.blocks)
    notes = citing.notes.finish()
    if citing.wording.problems:
        raise BriefgenError(citing.wording.problems)
    return replace(document, meta=citing.meta(), blocks=blocks, notes=notes, author_notes=())


def evidence_used(document: Document) -> tuple[str, ...]:
    """Ids of the facts and quotes that a cited document prints or cites, by first use.

    The inputs of a derived fact are among them: its note names theirs.
    """
    used: dict[str, None] = {}
    for node in walk((document.blocks, document.notes)):
        match node:
            case Printed(_, evidence, facet) if facet is not Facet.SOURCE:
                used.setdefault(evidence)
            case NoteMark(_, _, ids):
                used.update(dict.fromkeys(ids))
            case _:
                pass
    for note in document.notes:
        used.update(dict.fromkeys(note.evidence))
    return tuple(used)


def _dangling(document: Document, library: Library) -> Iterator[Problem]:
    known = (*library.facts, *library.quotes)
    labels = tuple(label for label, _ in document.author_notes)
    for node in walk(document):
        match node:
            case EvidenceRef(evidence, location=location) if library.evidence(evidence) is None:
                message = f"there is no fact or quote called `{evidence}`"
                yield Problem("unknown-evidence", message, location, hints=_nearest(evidence, known), subject=evidence)
            case CiteRef(ids, location):
                for id in ids:
                    if library.evidence(id) is None and id not in library.sources:
                        message = f"there is no fact, quote or source called `{id}`"
                        hints = _nearest(id, (*known, *library.sources))
                        yield Problem("unknown-evidence", message, location, hints=hints, subject=id)
            case AuthorNoteRef(label, location) if label not in labels:
                message = f"there is no note `[^{label}]: …`"
                yield Problem("unknown-note", message, location, hints=_nearest(label, labels), subject=label)
            case _:
                pass


def _nearest(name: str, known: Sequence[str]) -> tuple[str, ...]:
    near = get_close_matches(name, known, n=3)
    return (f"did you mean {' or '.join(f'`{id}`' for id in near)}?",) if near else ()


class _Citing:
    """One walk through one document."""

    def __init__(self, document: Document, library: Library, hashes: Mapping[str, str], whole: Document) -> None:
        self.document = document
        self.library = library
        self.locale = locale_for(document.meta.language)
        self.numbers = Numbers(whole, self.locale)
        self.wording = Wording(library, self.locale, self.numbers)
        meta = document.meta
        full = meta.kind is DocumentKind.DOSSIER  # where space is short, a title does without its subtitle
        self.notes = Notes(self.wording, meta.placement, dict(document.author_notes), subtitles=full)
        self.used = _used(document, library)
        self.hashes = hashes

    # -- inlines -------------------------------------------------------------------------------------------

    def text(self, inlines: Inlines, *, sentences: bool = True, also: Sequence[str] = ()) -> Inlines:
        """Words with their evidence printed and their marks numbered; see `settle`."""
        return self.numbered(self.settled(self.wording.filled(inlines, sentences=sentences), also))

    def settled(self, inlines: Inlines, also: Sequence[str] = ()) -> Inlines:
        return settle(inlines, self.notes.supports, self.locale.function_words, also)

    def numbered(self, inlines: Inlines) -> Inlines:
        """References to notes as their marks; those side by side are sorted and each stands once."""
        result: list[Inline] = []
        group: list[NoteMark] = []
        for inline in inlines:
            match inline:
                case CiteRef(ids):
                    group += self.notes.marks(ids)
                case AuthorNoteRef(label):
                    group += self.notes.author_mark(label)
                case _:
                    result += _merged(group)
                    group = []
                    if isinstance(inline, Emphasis | Strong | Quiet | Link):
                        inline = replace(inline, children=self.numbered(inline.children))
                    result.append(inline)
        return (*result, *_merged(group))

    # -- blocks --------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], *, inside: bool = False) -> tuple[Block, ...]:
        """Args: inside: whether they belong to a block that has footnotes of its own (a list)."""
        return tuple(self.block(block, inside) for block in blocks)

    def block(self, block: Block, inside: bool = False) -> Block:
        if not inside:
            self.notes.begin_block()
        match block:
            case Heading():
                if block.level == 1:
                    self.notes.begin_section()
                return replace(block, children=self.text(block.children), number=self.numbers.of(block))
            case Paragraph():
                return replace(block, children=self.text(block.children))
            case BulletList() | OrderedList():
                return replace(block, items=tuple(self.list_item(item) for item in block.items))
            case Table():
                return self.table(block)
            case BlockQuote():
                return self.block_quote(block)
            case Lead():
                return replace(block, blocks=self.blocks(block.blocks, inside=inside))
            case NextStep():
                label = block.label or self.locale.t("Next step")
                return replace(block, blocks=self.blocks(block.blocks, inside=inside), label=label)
            case Callout():
                title = self.text(block.title, sentences=False)
                return replace(block, title=title, blocks=self.blocks(block.blocks, inside=inside))
            case Address():
                return replace(block, lines=self.address_lines(block.lines))
            case KeyFigures():
                return replace(block, figures=tuple(self.key_figure(figure) for figure in block.figures))
            case Chart():
                return self.chart(block)
            case Timeline():
                return replace(block, entries=tuple(self.timeline_entry(entry) for entry in block.entries))
            case Landscape():
                return replace(block, blocks=self.blocks(block.blocks, inside=inside))
            case Pair():
                left = self.blocks(block.left, inside=inside)
                return replace(block, left=left, right=self.blocks(block.right, inside=inside))
            case Labelled():
                rows = []
                for row in block.rows:
                    hung = self.text(row.label, sentences=False)
                    rows.append(replace(row, label=hung, blocks=self.blocks(row.blocks, inside=inside)))
                return replace(block, rows=tuple(rows))
            case Cover():
                kicker = self.text(block.kicker, sentences=False)
                title = self.text(block.title)
                subtitle = self.text(block.subtitle)
                lines = self.address_lines(block.lines)
                return replace(block, kicker=kicker, title=title, subtitle=subtitle, lines=lines)
            case Contents():
                return self.contents(block)
            case Register():
                return register_table(block, self.used, self.unnoted(), self.hashes)
            case Image():
                return replace(block, caption=self.caption(block))
            case Rule() | PageBreak():
                return block
            case _:
                assert_never(block)

    def list_item(self, item: ListItem) -> ListItem:
        return replace(item, blocks=self.blocks(item.blocks, inside=True))

    def address_lines(self, lines: Sequence[AddressLine]) -> tuple[AddressLine, ...]:
        return tuple(
            AddressLine(self.text(line.label, sentences=False), self.text(line.children, sentences=False))
            for line in lines
        )

    def block_quote(self, block: BlockQuote) -> BlockQuote:
        match block.attribution:
            case (EvidenceRef(id),) if id in self.library.quotes:
                blocks = tuple(self.unmarked(inner) for inner in block.blocks)
                also = [node.evidence for node in walk(block.blocks) if isinstance(node, EvidenceRef)]
                attribution = self.settled(self.attribution(self.library.quotes[id]), (id, *also))
                return replace(block, blocks=blocks, attribution=self.numbered(attribution))
            case _:
                blocks = self.blocks(block.blocks, inside=True)
                return replace(block, blocks=blocks, attribution=self.text(block.attribution, sentences=False))

    def unmarked(self, block: Block) -> Block:
        """A pull quote's words: their mark stands with the speaker."""
        if isinstance(block, Paragraph):
            return replace(block, children=self.wording.filled(block.children))
        return self.block(block, inside=True)

    def attribution(self, quote: Quote) -> Inlines:
        """Speaker, role, date and occasion, as far as they are stated; failing both, who reports it."""
        facets = [Facet.AS_OF] if quote.date else []
        facets += [Facet.OCCASION] if quote.occasion else []
        person = self.library.people.get(quote.speaker)
        if person is not None and person.role:
            facets.insert(0, Facet.ROLE)
        inlines: list[Inline] = [Strong(self.wording.printed(EvidenceRef(quote.id, Facet.SPEAKER)))]
        for facet in facets:
            inlines += [Text(", ", Origin.LABEL), *self.wording.printed(EvidenceRef(quote.id, facet))]
        publisher = next((self.library.sources[id].publisher for id in self.library.sources_of(quote)), None)
        if publisher and not quote.date and not quote.occasion:
            source = self.library.sources_of(quote)[0]
            words = self.wording.pattern("according to {publisher}", publisher=Printed(publisher, source, Facet.SOURCE))
            inlines += [Text(", ", Origin.LABEL), *words]
        return tuple(inlines)

    def contents(self, block: Contents) -> Contents:
        lists = []
        for listed in block.lists:
            entries = self.numbers.listed(listed.of, self.unnoted().filled)
            title = listed.title or self.locale.t(listed.of.capitalize())
            lists += [replace(listed, title=title, entries=entries)] if entries else []
        return replace(block, title=block.title or self.locale.t("Contents"), lists=tuple(lists))

    def unnoted(self) -> Wording:
        """Wording for what is printed elsewhere as well, and owes no notes here."""
        return Wording(self.library, self.locale, self.numbers)

    # -- tables and figures --------------------------------------------------------------------------------

    def caption(self, block: Table | Image) -> Caption | None:
        caption = block.caption
        return Caption(self.text(caption.children), self.numbers.of(block)) if caption else None

    def table(self, table: Table) -> Table:
        caption = self.caption(table)
        head = replace(table.head, cells=tuple(self.text(cell, sentences=False) for cell in table.head.cells))
        rows = tuple(self.row(row) for row in table.rows)
        return replace(table, caption=caption, head=head, rows=rows, remark=self.text(table.remark))

    def row(self, row: Row) -> Row:
        """A row's cells. Numbers that another cell's mark covers have none; mere numbers leave theirs to the label."""
        cells = [self.wording.filled(cell, sentences=False) for cell in row.cells]
        numbers = [_is_numbers(cell) for cell in cells]
        bare = [_is_bare(cell, self.locale.function_words) for cell in cells]
        marked = [cell if numbers[index] else self.settled(cell) for index, cell in enumerate(cells)]
        cited = {support for cell in marked for id in _cited(cell) for support in self.notes.supports(id)}
        label = next((index for index, cell in enumerate(cells) if plain(cell).strip() and not bare[index]), None)
        owing: dict[str, None] = {}
        for index, cell in enumerate(cells):
            left = [id for id in evidence_owing(cell) if numbers[index] and not self.notes.supports(id) <= cited]
            if left and (label is None or not bare[index]):
                marked[index] = self.settled(cell)
            else:
                owing.update(dict.fromkeys(left))
        if owing and label is not None:
            marked[label] = self.settled(cells[label], tuple(owing))
        return replace(row, cells=tuple(self.numbered(self.stepped_back(cell)) for cell in marked))

    def stepped_back(self, cell: Inlines) -> Inlines:
        """A cell that says no more than "not stated" stands back."""
        not_stated = self.locale.t("not stated")
        return (Quiet(cell),) if cell == (Text(not_stated, Origin.LABEL),) else cell

    def key_figure(self, figure: KeyFigure) -> KeyFigure:
        match figure.value:
            case (EvidenceRef() as ref,):
                value = self.wording.parts(ref)
                label = self.text(figure.label, sentences=False, also=(ref.evidence,))
                if not plain(label).strip():
                    value, label = (*value, *label), ()
                return replace(figure, value=value, label=label, period=self.key_period(ref.evidence))
            case _:
                return replace(
                    figure,
                    value=self.text(figure.value, sentences=False),
                    label=self.text(figure.label, sentences=False),
                    period=self.text(figure.period, sentences=False),
                )

    def key_period(self, id: str) -> Inlines:
        """What a key figure is of: "2024", "by 2030", "period not stated", and its caveat."""
        fact = self.library.facts.get(id)
        if fact is None:
            return ()
        words = self.wording.when(fact, by=fact.kind is FactKind.TARGET)
        if not words:
            words = (self.wording.label("our calculation" if fact.derivation else "period not stated"),)
        else:
            if fact.derivation:
                words += (Text("; ", Origin.LABEL), self.wording.label("our calculation"))
            elif fact.kind is FactKind.ESTIMATE:
                words += (Text("; ", Origin.LABEL), self.wording.label("estimate"))
        caveat = self.wording.printed(EvidenceRef(id, Facet.CAVEAT))
        return (*words, Text("; ", Origin.LABEL), *caveat) if caveat else words

    def chart(self, chart: Chart) -> Chart:
        """A chart's marks stand at its title, or if that ends in a numeral, at its subject or unit.

        Its source line says which notes they are.
        """
        drawn, unit = charts.worded(replace(chart, label=self.numbers.of(chart)), self.wording)
        ids = charts.evidence_of(drawn)
        new = tuple(id for id in ids if not self.notes.has(id))
        title, subject = drawn.title, drawn.subject
        if new and not ends_in_numeral(plain(title)):
            title = (*title, CiteRef(new))
        elif new and subject:
            subject = self.settled(subject, new)
        elif new and unit:
            unit = self.settled(unit, new)
        elif new:
            title = self.settled(title, new)
        title, subject = self.numbered(title), self.numbered(joined([part for part in (subject, unit) if part], ", "))
        self.notes.marks(ids)  # what is noted already now stands for this evidence too
        source = charts.source_line(drawn, self.notes, self.wording)
        return replace(drawn, title=title, subject=subject, source=source, remark=self.text(chart.remark))

    def timeline_entry(self, entry: TimelineEntry) -> TimelineEntry:
        refs = (node for node in walk(entry.children) if isinstance(node, EvidenceRef))
        first = next(refs, None)
        date = entry.date
        if not date and first is not None:
            evidence = self.library.evidence(first.evidence)
            known = self.wording.when(evidence) if evidence else ()
            date = known or (Quiet((self.wording.label("undated"),)),)
        return replace(entry, date=date, children=self.text(entry.children))

    # -- the whole -----------------------------------------------------------------------------------------

    def meta(self) -> Meta:
        meta = self.document.meta
        markings = [meta.marking]
        markings += [self.library.marking_of(evidence) for evidence in self.used.evidence]
        markings += [self.library.sources[id].marking for id in self.used.sources]
        return replace(
            meta,
            marking=max(markings),
            about=self.about() if meta.kind is DocumentKind.BRIEF else meta.about,
            page_label=self.locale.t("Page {page} of {pages}"),
            footer=self.wording.filled(meta.footer),
            draft_label=self.locale.t("DRAFT"),
            notes_label=self.locale.t("Notes"),
        )

    def about(self) -> Inlines:
        """The line under a brief's top rule: as of when, for whom, whom to ask."""
        meta = self.document.meta
        as_of = self.locale.t("As of {date}").format(date=self.locale.date(meta.as_of))
        reach = self.reach()
        if reach is not None:
            as_of += "; " + self.locale.t("sources reach {date}").format(date=self.locale.period(reach))
        parts: list[Inlines] = [(Text(as_of, Origin.LABEL),)]
        if meta.audience:
            parts.append(self.wording.pattern("For {audience}", audience=Text(meta.audience, Origin.PARAMETER)))
        if meta.contact:
            parts.append(self.wording.pattern("Contact: {contact}", contact=Text(meta.contact, Origin.PARAMETER)))
        return joined(parts, " · ")

    def reach(self) -> Period | None:
        """The latest date up to which the sources used tell anything."""
        dates = [self.library.sources[id].issued for id in self.used.sources]
        for evidence in self.used.evidence:
            if isinstance(evidence, Quote) or evidence.kind is FactKind.EVENT:
                dates.append(evidence.date)
        known = [date for date in dates if date is not None and date.last <= self.document.meta.as_of]
        return max(known, key=lambda date: (date.last, date.first), default=None)


def _merged(marks: Sequence[NoteMark]) -> Iterator[NoteMark]:
    """Marks that stand together, by number, each once."""
    by_number: dict[int, NoteMark] = {}
    for mark in marks:
        known = by_number.get(mark.number)
        if known is not None:
            evidence = tuple(dict.fromkeys((*known.evidence, *mark.evidence)))
            mark = NoteMark(mark.number, known.first or mark.first, evidence)
        by_number[mark.number] = mark
    return (by_number[number] for number in sorted(by_number))


def _is_numbers(cell: Inlines) -> bool:
    """Whether all evidence in a cell is numbers and dates."""
    printed = [node for node in walk(cell) if isinstance(node, Printed)]
    return bool(printed) and all(node.facet in _NUMBER_FACETS for node in printed)


def _is_bare(cell: Inlines, function_words: frozenset[str]) -> bool:
    """Whether a cell holds nothing but numbers, and no words that mean something beside them ("since 2024")."""
    texts = [node.text for node in walk(cell) if isinstance(node, Text | Code)]
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text)]
    return _is_numbers(cell) and all(word.lower() in function_words for word in words)


def _cited(cell: Inlines) -> Iterator[str]:
    for node in walk(cell):
        if isinstance(node, CiteRef):
            yield from node.ids


def _used(document: Document, library: Library) -> Used:
    """What a document as read refers to, by first use; the inputs of derived facts follow them."""
    evidence: dict[str, Evidence] = {}
    sources: dict[str, None] = {}

    def use(id: str) -> None:
        found = library.evidence(id)
        if found is None:
            sources.setdefault(id)
            return
        evidence.setdefault(id, found)
        if isinstance(found, Fact):
            for fact in library.inputs(found):
                use(fact.id)
        sources.update(dict.fromkeys(library.sources_of(found)))

    notes = dict(document.author_notes)

    def read(part: object) -> None:
        for node in walk(part):
            match node:
                case EvidenceRef(id):
                    use(id)
                case CiteRef(ids):
                    for id in ids:
                        use(id)
                case AuthorNoteRef(label):
                    read(notes[label])
                case _:
                    pass

    read(document.blocks)
    return Used(tuple(evidence.values()), tuple(sources))
