"""The registers of a dossier: sources used, quotations, and figures beside the words that bear them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from briefgen.citations.notes import joined, working_of
from briefgen.citations.wording import Wording
from briefgen.document import (
    Align,
    Column,
    EvidenceRef,
    Facet,
    Inlines,
    LineBreak,
    Link,
    Origin,
    Printed,
    Quiet,
    Register,
    RegisterOf,
    Row,
    Table,
    Text,
    plain,
)
from briefgen.evidence import Evidence, Fact, FactKind, Passage, Quote, Source
from briefgen.locales import capitalised

HASH_DIGITS = 16
SHARES = {"Speaker and occasion": 0.3}  # beside long quotations its content would leave it a sliver

KINDS = {
    FactKind.OBSERVATION: "observed",
    FactKind.TARGET: "target",
    FactKind.ESTIMATE: "estimate",
    FactKind.EVENT: "event",
    FactKind.STATEMENT: "statement",
}
"""What a register calls the kinds of facts."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a document uses, by first use: facts and quotes, and ids of sources."""

    evidence: tuple[Evidence, ...]
    sources: tuple[str, ...]

    def source_number(self, id: str) -> str:
        """The number that the register of sources gives a source: "S1"."""
        return f"S{self.sources.index(id) + 1}"


def register_table(register: Register, used: Used, wording: Wording, hashes: Mapping[str, str]) -> Table:
    """The table that a register is.

    Args:
        register: where it stands, and of what.
        used: what the document uses.
        hashes: source id → SHA-256 of its text in hexadecimal, where known.
    """
    match register.of:
        case RegisterOf.SOURCES:
            heads = ["No.", "Title", "Publisher", "Date", "Accessed", "SHA-256, first 16"]
            rows = [_source_row(used, wording.library.sources[id], wording, hashes) for id in used.sources]
        case RegisterOf.QUOTATIONS:
            heads = ["No.", "Words as printed", "Speaker and occasion", "Source"]
            quotes = [evidence for evidence in used.evidence if isinstance(evidence, Quote)]
            rows = [_quotation_row(f"Q{number}", quote, used, wording) for number, quote in enumerate(quotes, 1)]
        case RegisterOf.FIGURES:
            heads = ["No.", "Value", "Statement", "Period", "Kind", "Words of the source", "Source"]
            facts = [evidence for evidence in used.evidence if isinstance(evidence, Fact) and evidence.values]
            numbers = {fact.id: f"F{number}" for number, fact in enumerate(facts, 1)}
            rows = [_figure_row(fact, numbers, used, wording) for fact in facts]
        case _:
            assert_never(register.of)
    kept, remark = _without_uniform_columns(heads, rows, wording)
    return Table(
        columns=tuple(Column(Align.LEFT, SHARES.get(heads[index])) for index in kept),
        head=Row(tuple((wording.label(heads[index]),) for index in kept)),
        rows=tuple(Row(tuple(row[index] for index in kept)) for row in rows),
        remark=remark,
        location=register.location,
        optional=register.optional,
    )


def _source_row(used: Used, source: Source, wording: Wording, hashes: Mapping[str, str]) -> list[Inlines]:
    hash = hashes.get(source.id)
    locale = wording.locale
    return [
        (Text(used.source_number(source.id), Origin.LABEL),),
        _title(source, wording),
        _said(source, source.publisher, wording),
        _said(source, locale.period(source.issued) if source.issued else None, wording),
        _said(source, locale.period(source.accessed) if source.accessed else None, wording),
        _said(source, hash[:HASH_DIGITS] if hash else None, wording),
    ]


def _title(source: Source, wording: Wording) -> Inlines:
    note = wording.source_note(source)
    if not source.title:
        untitled = Text(capitalised(wording.locale.t("untitled")), Origin.LABEL)
        return (untitled, Text("; ", Origin.LABEL), *note) if note else (untitled,)
    printed = Printed(source.title, source.id, Facet.SOURCE, wording.foreign(source.language))
    return (Link(source.url, (printed,)),) if source.url else (printed,)


def _said(source: Source, words: str | None, wording: Wording) -> Inlines:
    return (Printed(words, source.id, Facet.SOURCE),) if words else _not_stated(wording)


def _not_stated(wording: Wording) -> Inlines:
    return (Quiet((wording.label("not stated"),)),)


def _quotation_row(number: str, quote: Quote, used: Used, wording: Wording) -> list[Inlines]:
    original = wording.locale.quoted(quote.text)
    words: Inlines = (Printed(original, quote.id, Facet.WHOLE, wording.foreign(quote.language)),)
    if wording.translation(quote):
        words = (*wording.printed(EvidenceRef(quote.id, Facet.WHOLE)), LineBreak(), *words)
    facets = [Facet.SPEAKER]
    facets += [Facet.AS_OF] if quote.date else []
    facets += [Facet.OCCASION] if quote.occasion else []
    speaker = joined([wording.printed(EvidenceRef(quote.id, facet)) for facet in facets], ", ")
    sources = ", ".join(used.source_number(id) for id in wording.library.sources_of(quote))
    return [(Text(number, Origin.LABEL),), words, speaker, (Text(sources, Origin.LABEL),)]


def _figure_row(fact: Fact, numbers: Mapping[str, str], used: Used, wording: Wording) -> list[Inlines]:
    """A figure, and what bears it out: the words of its sources, or its calculation from other figures."""
    values = joined([wording.printed(EvidenceRef(fact.id, Facet.VALUE, name)) for name in fact.values], ", ")
    period = wording.printed(EvidenceRef(fact.id, Facet.AS_OF)) if fact.when else ()
    if fact.derivation is not None:
        working = Printed(working_of(fact.derivation, wording.locale), fact.id, Facet.VALUE)
        proof = wording.pattern("Our calculation: {working}", working=working)
        origins = [numbers[id] for id in dict.fromkeys(fact.derivation.inputs.values()) if id in numbers]
    else:
        period = period or _not_stated(wording)
        proof = joined([_passage(passage, wording) for passage in fact.passages], " · ")
        origins = [used.source_number(id) for id in wording.library.sources_of(fact)]
    return [
        (Text(numbers[fact.id], Origin.LABEL),),
        values,
        wording.printed(EvidenceRef(fact.id)),
        period,
        (wording.label(KINDS[fact.kind]),),
        proof,
        (Text(", ".join(origins), Origin.LABEL),),
    ]


def _passage(passage: Passage, wording: Wording) -> Inlines:
    language = wording.library.sources[passage.source].language
    return (Printed(wording.locale.quoted(passage.exact), passage.source, Facet.SOURCE, wording.foreign(language)),)


def _without_uniform_columns(
    heads: Sequence[str], rows: Sequence[Sequence[Inlines]], wording: Wording
) -> tuple[list[int], Inlines]:
    """Which columns stay, and the line beneath that says what the others would have said in every row."""
    kept: list[int] = []
    remarks: list[str] = []
    for index, head in enumerate(heads):
        words = {plain(row[index]) for row in rows}
        uniform = len(words) == 1 and len(rows) > 1
        not_stated = words == {wording.locale.t("not stated")}
        if index > 1 and (not_stated or (uniform and head == "Accessed")):
            if head != "SHA-256, first 16":  # a hash that nobody knows says nothing of the sources
                remarks.append(f"{wording.locale.t(head)}: {words.pop()}.")
        else:
            kept.append(index)
    return kept, (Text(" ".join(remarks), Origin.LABEL),) if remarks else ()
