"""Sources and people."""

from __future__ import annotations

from briefgen.allowances import read_allowances
from briefgen.errors import Location
from briefgen.evidence import Marking, Person, Source
from briefgen.periods import Period
from briefgen.records import Record
from briefgen.seeds.translated import read_translations
from briefgen.seeds.values import address, currency_code, language, or_default, source_type, text_name


def read_source(id: str, place: Location, entry: Record) -> Source:
    """A source."""
    translations, translated_at = read_translations(entry, ("title", "publisher", "author", "note"), None)
    return Source(
        id,
        entry.text("title", multiline=False),
        place,
        publisher=entry.text("publisher", multiline=False),
        author=entry.text("author", multiline=False),
        issued=entry.parsed("issued", Period.parse, "wrong-date"),
        accessed=entry.parsed("accessed", Period.parse, "wrong-date"),
        url=entry.parsed("url", address),
        type=entry.parsed("type", source_type) or "article",
        language=entry.parsed("language", language) or "en",
        text=entry.parsed("text", text_name),
        marking=or_default(entry.parsed("marking", Marking.parse), Marking.CLEAR),
        dollar=entry.parsed("dollar", currency_code) or "USD",
        note=entry.text("note"),
        translations=translations,
        allow=read_allowances(entry),
        locations=entry.locations() | translated_at,
    )


def read_person(id: str, place: Location, entry: Record) -> Person:
    """Somebody who is quoted."""
    translations, translated_at = read_translations(entry, ("name", "role", "native_name"), None)
    return Person(
        id,
        entry.text("name", required=True, multiline=False) or id,
        place,
        native_name=entry.text("native_name", multiline=False),
        role=entry.text("role", multiline=False),
        aliases=entry.texts("aliases"),
        translations=translations,
        allow=read_allowances(entry),
        locations=entry.locations() | translated_at,
    )
