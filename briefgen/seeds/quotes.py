"""Quotations."""

from __future__ import annotations

from briefgen.allowances import read_allowances
from briefgen.errors import Location
from briefgen.evidence import Marking, Quote
from briefgen.periods import Period
from briefgen.records import Record
from briefgen.seeds.bearing import check_dating, passages
from briefgen.seeds.findings import Findings
from briefgen.seeds.translated import in_field, read_translations
from briefgen.seeds.values import language, last_day, or_default, read_topics


def read_quote(findings: Findings, id: str, place: Location, entry: Record) -> Quote | None:
    """A quotation; None if it has no words or no speaker. Its language may still be open: its source's."""
    text = entry.text("text", required=True)
    speaker = entry.text("speaker", required=True, multiline=False)
    findings.mention(speaker, "person", id, entry.at("speaker"))
    if "evidence" not in entry:
        hint = "add `evidence: [{source: …}]`"
        findings.problem("missing-key", "nothing bears this quotation out: `evidence` is missing", place, hint, id)
    quoted, passages_at = passages(findings, id, entry, text or "")
    translations, translated_at = read_translations(entry, ("text", "occasion", "note", "dating"), "text")
    quote = Quote(
        id,
        text or "",
        speaker or "",
        place,
        passages=quoted,
        occasion=entry.text("occasion", multiline=False),
        date=entry.parsed("date", Period.parse, "wrong-date"),
        language=entry.parsed("language", language) or "",
        topics=read_topics(entry),
        weight=or_default(entry.integer("weight", 1, 5), 3),
        expires=entry.parsed("expires", last_day, "wrong-date"),
        note=entry.text("note"),
        dating=entry.text("dating"),
        marking=or_default(entry.parsed("marking", Marking.parse), Marking.CLEAR),
        translations=in_field(translations, "text"),
        occasion_translations=in_field(translations, "occasion"),
        note_translations=in_field(translations, "note"),
        dating_translations=in_field(translations, "dating"),
        allow=read_allowances(entry),
        locations=entry.locations() | passages_at | translated_at,
    )
    check_dating(findings, quote)
    return quote if text and speaker else None
