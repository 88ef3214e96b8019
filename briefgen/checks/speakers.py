"""A quotation is given to whom its source names beside it.

This needs the source's text. Without it nothing is said: the lock binds a quotation to its speaker, so whoever locked
it had the text at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefgen.checks.inspection import Inspection, place
from briefgen.errors import Problem, Severity
from briefgen.evidence import Person, Quote, Source
from briefgen.folding import Span, folded
from briefgen.lock import SourceText

NEAR = 800
"""Code points before and after a quotation within which its paragraphs, and no more, must name the speaker."""


def unnamed_speakers(inspection: Inspection) -> Iterator[Problem]:
    """Near every quotation its source names the speaker, by name or by an alias."""
    library = inspection.library
    for quote in library.quotes.values():
        person = library.people.get(quote.speaker)
        if person is None:
            continue
        for source, span in _places(quote, inspection).items():
            text = inspection.text(source)
            if text is None or _is_by(person, library.sources[source]):
                continue
            if (problem := _problem(quote, person, source, text, span)) is not None:
                yield problem
                break


def _places(quote: Quote, inspection: Inspection) -> dict[str, Span]:
    """Source → where the quotation stands in it, from its first fragment to its last."""
    found: dict[str, Span] = {}
    for number, passage in enumerate(quote.passages):
        verified = inspection.verification.place(quote.id, number)
        if verified is not None:
            so_far = found.get(passage.source, verified.span)
            start, end = min(so_far.start, verified.span.start), max(so_far.end, verified.span.end)
            found[passage.source] = Span(start, end)
    return found


def _problem(quote: Quote, person: Person, source: str, text: SourceText, span: Span) -> Problem | None:
    names = _names(person)
    near = text.raw[max(0, span.start - NEAR) : span.start] + " … " + text.raw[span.end : span.end + NEAR]
    if names.search(folded(near).text):
        return None
    if names.search(text.folded.text):
        message = f"`{source}` does not name {person.name} near these words"
    else:
        message = f"`{source}` names {person.name} nowhere, neither so nor by an alias"
    hint = f"correct the speaker, or add the name as the source has it to the aliases of `{person.id}`"
    return Problem("speaker-not-named", message, place(quote, "speaker"), Severity.WARNING, (hint,), quote.id)


def _is_by(person: Person, source: Source) -> bool:
    """Whether the source says of itself that it is the speaker's: a speech, a letter."""
    said = " ".join(words for words in (source.author, source.title) if words)
    return bool(said) and _names(person).search(folded(said).text) is not None


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    spellings = sorted({folded(name).text.strip() for name in names}, key=len, reverse=True)
    loose = (re.sub(r"(?:\\?[ -])+", "[- ]?", re.escape(name)) for name in spellings)  # Kim Min-seok, Kim Min Seok
    return re.compile("|".join(rf"(?<![^\W\d_]){name}(?![a-zà-ỹ])" for name in loose), re.IGNORECASE)


def _names(person: Person) -> re.Pattern[str]:
    translated = (words["name"] for words in person.translations.values() if "name" in words)
    names = (person.name, person.native_name, *person.aliases, *translated)
    return _pattern(tuple(name for name in names if name))
