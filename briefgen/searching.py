"""Finding in the library: every word must be met somewhere in an entry; the closest come first.

Marks and case don't matter (`da nang` meets Đà Nẵng), the beginning of a word is enough, and in scripts that don't part
their words any part of one is. A word that nothing meets is taken for a slip of the hand, and the words most like it
are looked for in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from briefgen.errors import Location
from briefgen.evidence import Evidence, Fact, Library, Person, Quote, Source
from briefgen.folding import unaccented
from briefgen.matching import alike
from briefgen.notation import claim_in_words


class Kind(StrEnum):
    """What can be found. A passage is found with the fact or quotation that it bears out."""

    FACT = "fact"
    QUOTE = "quote"
    PASSAGE = "passage"
    PERSON = "person"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that every word was met in.

    Attributes:
        kind: of the entry.
        words: what it says: a claim with its values, a quotation, a name with its role, a title.
        sources: ids of the sources that it is taken from.
        field: where most was met: `claim`, `passage`, `title`, …
        passage: the passage that was met, where most was met in one.
        score: how close, for comparing hits of one search.
    """

    kind: Kind
    id: str
    words: str
    sources: tuple[str, ...]
    location: Location
    field: str
    passage: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    Attributes:
        hits: the closest first.
        total: how many there are, beyond the limit too.
        instead: word → the words that were looked for in its place.
    """

    hits: tuple[Hit, ...]
    total: int
    instead: Mapping[str, tuple[str, ...]]


_WEIGHTS = {"id": 6, "claim": 5, "text": 5, "name": 5, "title": 5, "passage": 3, "topics": 3, "metric": 3, "role": 2}
"""How much a field counts; those not named, 1."""
_WHOLE, _BEGINNING, _INSIDE = 3, 2, 1
_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_UNPARTED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LEAST_INSIDE = 4
"""A word so long is also met in the middle of another, in scripts that part their words."""


def search(
    library: Library, words: str, *, topic: str | None = None, kind: Kind | None = None, limit: int = 20
) -> Results:
    """Find the entries in which every word is met.

    Args:
        words: as somebody types them; none finds everything that `topic` and `kind` leave.
        topic: only facts and quotations of this topic.
        kind: only these; `Kind.PASSAGE`: only what stands in passages.
        limit: how many hits are wanted.
    """
    entries = [entry for entry in _entries(library) if _wanted(entry, topic, kind)]
    wanted = tuple(dict.fromkeys(match[0] for match in _WORD.finditer(unaccented(words))))
    instead: dict[str, tuple[str, ...]] = {}
    hits = list(_hits(entries, tuple((word,) for word in wanted), kind))
    if not hits and wanted:
        vocabulary = sorted(
            {match[0] for entry in entries for _, text in entry.fields for match in _WORD.finditer(text)}
        )
        for word in wanted:
            if not any(_closeness(word, text) for entry in entries for _, text in entry.fields):
                instead[word] = alike(word, vocabulary)
        if instead and all(instead.values()):
            hits = list(_hits(entries, tuple(instead.get(word, (word,)) for word in wanted), kind))
    hits.sort(key=lambda hit: -hit.score)  # stable: the library's order decides between equals
    return Results(tuple(hits[:limit]), len(hits), {word: found for word, found in instead.items() if found})


# -- entries as fields -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as it is looked through: its fields' words, unaccented."""

    entry: Evidence | Person | Source
    kind: Kind
    words: str
    sources: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


def _entries(library: Library) -> Iterator[_Entry]:
    for fact in library.facts.values():
        yield _of_evidence(fact, Kind.FACT, "claim", claim_in_words(fact), library)
    for quote in library.quotes.values():
        yield _of_evidence(quote, Kind.QUOTE, "text", quote.text, library)
    for person in library.people.values():
        translated = [words for fields in person.translations.values() for words in fields.values()]
        names = {"name": person.name, "native": person.native_name, "role": person.role}
        others = {"aliases": " · ".join(person.aliases), "translations": " · ".join(translated)}
        words = f"{person.name}, {person.role}" if person.role else person.name
        yield _Entry(person, Kind.PERSON, words, (), _fields({"id": person.id, **names, **others}))
    for source in library.sources.values():
        about = {"id": source.id, "title": source.title, "publisher": source.publisher, "author": source.author}
        more = {"note": source.note, "issued": str(source.issued or ""), "url": source.url}
        words = " · ".join(part for part in (source.title, source.publisher, str(source.issued or "")) if part)
        yield _Entry(source, Kind.SOURCE, words, (), _fields({**about, **more}))


def _of_evidence(evidence: Evidence, kind: Kind, field: str, words: str, library: Library) -> _Entry:
    sources = tuple(dict.fromkeys(passage.source for passage in evidence.passages))
    about: dict[str, str | None] = {
        "id": evidence.id,
        field: words,
        "translations": " · ".join(evidence.translations.values()),
        "topics": " ".join(evidence.topics),
        "note": evidence.note,
    }
    match evidence:
        case Fact():
            metric = library.metrics.get(evidence.metric or "")
            about |= {"metric": f"{evidence.metric} {metric.label}" if metric else evidence.metric}
            about |= {"as_of": str(evidence.as_of or evidence.date or ""), "place": evidence.place}
        case Quote():
            speaker = library.people.get(evidence.speaker)
            about |= {"speaker": f"{speaker.name} {speaker.native_name or ''}" if speaker else evidence.speaker}
            about |= {"occasion": evidence.occasion}
    passages = [("passage", unaccented(passage.exact)) for passage in evidence.passages if passage.exact != words]
    return _Entry(evidence, kind, words, sources, (*_fields(about), *passages, *_fields({"source": " ".join(sources)})))


def _fields(named: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, unaccented(words)) for name, words in named.items() if words)


def _wanted(entry: _Entry, topic: str | None, kind: Kind | None) -> bool:
    if kind is not None and entry.kind is not kind and not (kind is Kind.PASSAGE and entry.sources):
        return False
    return topic is None or (isinstance(entry.entry, Fact | Quote) and topic in entry.entry.topics)


# -- looking -----------------------------------------------------------------------------------------------


def _hits(entries: Iterable[_Entry], wanted: tuple[tuple[str, ...], ...], kind: Kind | None) -> Iterator[Hit]:
    for entry in entries:
        fields = entry.fields
        if kind is Kind.PASSAGE:
            exact = entry.entry.passages if isinstance(entry.entry, Fact | Quote) else ()
            fields = tuple(("passage", unaccented(passage.exact)) for passage in exact)
        if (met := _meet(fields, wanted)) is not None:
            score, place = met
            yield _hit(entry, fields[place] if place is not None else ("", ""), score)


def _meet(fields: tuple[tuple[str, str], ...], wanted: tuple[tuple[str, ...], ...]) -> tuple[float, int | None] | None:
    """How closely the words are met in an entry's fields, and in which field most; None if one is not met at all."""
    by_field = [0.0] * len(fields)
    total = 0.0
    for words in wanted:
        best = 0.0
        for place, (name, text) in enumerate(fields):
            closeness = max(_closeness(word, text) for word in words)
            if closeness:
                worth = closeness * _WEIGHTS.get(name, 1)
                by_field[place] += worth
                best = max(best, worth)
        if not best:
            return None
        total += best
    if not wanted:
        return 0.0, None
    most = max(range(len(fields)), key=lambda place: (by_field[place], -place))
    # All words in one field are closer together than words in several; of two such fields the shorter says less else.
    together = by_field[most] / (1 + len(fields[most][1]) / 200)
    return total + together, most


def _closeness(word: str, text: str) -> int:
    """How a word is met in a field: as a whole word, as the beginning of one, inside one, or not at all."""
    best = 0
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        begins = start == 0 or not text[start - 1].isalnum()
        if begins and (end == len(text) or not text[end].isalnum()):
            return _WHOLE
        if begins:
            best = _BEGINNING
        elif not best and _is_met_inside(word):
            best = _INSIDE
        start = text.find(word, start + 1)
    return best


def _is_met_inside(word: str) -> bool:
    return _UNPARTED.match(word) is not None or (len(word) >= _LEAST_INSIDE and not word.isnumeric())


def _hit(entry: _Entry, field: tuple[str, str], score: float) -> Hit:
    name, text = field
    passage = None
    if name == "passage" and isinstance(entry.entry, Fact | Quote):
        passage = next(one.exact for one in entry.entry.passages if unaccented(one.exact) == text)
    if isinstance(entry.entry, Fact | Quote):
        score += entry.entry.weight / 100
    return Hit(entry.kind, entry.entry.id, entry.words, entry.sources, entry.entry.location, name, passage, score)
