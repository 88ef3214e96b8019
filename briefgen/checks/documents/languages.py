"""Languages: a reader is not handed two of them unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.checks.documents.inspection import DocumentInspection
from briefgen.citations.wording import LIBRARY_LANGUAGE
from briefgen.document import Facet, Printed, walk
from briefgen.errors import Location, Problem, Related, Severity
from briefgen.evidence import Fact, Library, Quote, Source
from briefgen.locales import LANGUAGE_NAMES, language_of

_NAMES = {
    Facet.WHOLE: "words",
    Facet.TEXT: "words",
    Facet.CAVEAT: "note, dating or caveat",
    Facet.OCCASION: "occasion",
    Facet.ROLE: "speaker’s role",
    Facet.SOURCE: "note",
}


def untranslated_template(inspection: DocumentInspection) -> Iterator[Problem]:
    """A template's own words are in another language than its document."""
    template = inspection.template
    wanted, written = language_of(inspection.cited.meta.language), language_of(template.language or LIBRARY_LANGUAGE)
    if wanted == written:
        return
    sibling = template.path.with_name(f"{template.name}.{wanted}{template.path.suffix}")
    message = f"the template is written in {LANGUAGE_NAMES[written]}, its document is in {LANGUAGE_NAMES[wanted]}"
    hints = [f"write its words in {LANGUAGE_NAMES[wanted]} into {sibling.name}, beside {template.path.name}"]
    if template.language is None:
        hints.append(f"or say `language: {wanted}` in its front matter, if that is what it is written in")
    yield Problem("untranslated-template", message, Location(template.path), Severity.WARNING, tuple(hints))


def untranslated_evidence(inspection: DocumentInspection) -> Iterator[Problem]:
    """Evidence is printed in the library's language, which is not the document's."""
    language = language_of(inspection.cited.meta.language)
    if language == LIBRARY_LANGUAGE:
        return
    library = inspection.library
    found: dict[str, dict[str, None]] = {}
    for node in walk((inspection.cited.blocks, inspection.cited.notes)):
        match node:
            case Printed(text, id, facet, printed) if language_of(printed or "") == LIBRARY_LANGUAGE:
                if _wants_translation(text, id, facet, language, library):
                    found.setdefault(id, {})[_NAMES[facet]] = None
            case _:
                pass
    entries = {id: library.evidence(id) or library.sources[id] for id in found}
    if not entries:
        return
    kinds = ((Fact, "fact"), (Quote, "quotation"), (Source, "source"))
    counts = [(sum(isinstance(entry, kind) for entry in entries.values()), name) for kind, name in kinds]
    listed = ", ".join(f"{count} {name}{'s' * (count > 1)}" for count, name in counts if count)
    where = tuple(
        Related(entry.location, f"`{id}`: {', '.join(found[id])}", id)
        for id, entry in sorted(entries.items(), key=lambda pair: pair[1].location)
    )
    message = (
        f"words of the library are printed in English, for want of a {LANGUAGE_NAMES[language]} translation: {listed}"
    )
    hint = f"give them `translations: {{{language}: …}}` in seeds/"
    place = Location(inspection.template.path)
    yield Problem("untranslated-evidence", message, place, Severity.WARNING, (hint,), related=where)


def _wants_translation(text: str, id: str, facet: Facet, language: str, library: Library) -> bool:
    """Whether words in English should not be; a source's title should, and the original in a translation's note."""
    if facet is Facet.SOURCE:
        return text.casefold() == (library.sources[id].note or "").casefold()
    quote = library.quotes.get(id)
    return facet in _NAMES and not (facet is Facet.WHOLE and quote is not None and language in quote.translations)
