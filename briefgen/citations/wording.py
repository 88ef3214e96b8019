"""Evidence in words: each facet as the reader's language prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import assert_never

from briefgen.citations.numbering import Numbers
from briefgen.citations.sentences import starts_sentence
from briefgen.document import (
    CrossReference,
    Emphasis,
    EvidenceRef,
    Facet,
    Inline,
    Inlines,
    Link,
    Origin,
    Printed,
    Quiet,
    Strong,
    Text,
    plain,
)
from briefgen.errors import Problem
from briefgen.evidence import Evidence, Fact, Library, Person, Quantity, Quote, Source
from briefgen.locales import Locale, language_of, locale_for, rounded

LIBRARY_LANGUAGE = "en"
"""The language that claims, notes and caveats are written in; translations stand beside them."""

OWING = frozenset(Facet) - {Facet.CAVEAT, Facet.SOURCE}
"""Facets that owe a note mark; a caveat is our own remark."""

_EVIDENCE_ITSELF = frozenset(
    (Facet.WHOLE, Facet.VALUE, Facet.SHORT, Facet.NUMBER, Facet.UNIT, Facet.QUALIFIER, Facet.TEXT)
)


@dataclass(slots=True)
class Shown:
    """What has been printed of one piece of evidence, as far as its note depends on it.

    Attributes:
        itself: whether its words or numbers stand there, not just a mark, a date or a name.
        dated: whether its date or period stands there.
        rounded: "as printed" → "as stated", of numbers printed rounded.
    """

    itself: bool = False
    dated: bool = False
    rounded: dict[str, str] = field(default_factory=dict)

    def add(self, other: Shown) -> None:
        """Count what has been printed elsewhere as well."""
        self.itself |= other.itself
        self.dated |= other.dated
        self.rounded |= other.rounded


class Wording:
    """Prints evidence of one library in one language, and the document's references to its own numbers.

    Args:
        numbers: of the document, if it may refer to them.

    Attributes:
        problems: references that cannot be printed, found so far.
    """

    def __init__(self, library: Library, locale: Locale, numbers: Numbers | None = None) -> None:
        self.library = library
        self.locale = locale
        self._numbers = numbers
        self.problems: list[Problem] = []
        self._shown: dict[str, Shown] = {}

    def say(self, words: str, evidence: str, facet: Facet, language: str | None = None) -> Printed:
        """Evidence as printed; whoever writes its note will learn of it."""
        self.show(evidence, facet)
        return Printed(words, evidence, facet, language)

    def show(self, evidence: str, facet: Facet) -> None:
        """Remember that a facet of evidence is printed."""
        shown = self._shown.setdefault(evidence, Shown())
        shown.itself |= facet in _EVIDENCE_ITSELF
        shown.dated |= facet is Facet.AS_OF

    def shown(self) -> dict[str, Shown]:
        """Evidence id → what has been printed of it since this was last asked."""
        shown, self._shown = self._shown, {}
        return shown

    def label(self, label: str, **fields: str) -> Text:
        """One of briefgen's fixed words in the reader's language, its fields filled."""
        return Text(self.locale.t(label).format(**fields), Origin.LABEL)

    def pattern(self, label: str, **fields: Inline | Inlines) -> Inlines:
        """A label whose fields are inlines."""
        inlines: list[Inline] = []
        for literal, name, _, _ in Formatter().parse(self.locale.t(label)):
            if literal:
                inlines.append(Text(literal, Origin.LABEL))
            if name is not None:
                field = fields[name]
                inlines += field if isinstance(field, tuple) else (field,)
        return tuple(inlines)

    def filled(self, inlines: Inlines, *, sentences: bool = True) -> Inlines:
        """Inlines with every `EvidenceRef` printed and every `CrossReference` worded.

        Args:
            sentences: whether they are running text, where a number's qualifier may begin a sentence.
        """
        return self._filled(inlines, [], sentences)

    def _filled(self, inlines: Inlines, before: list[str], sentences: bool) -> Inlines:
        """`before` collects the text so far."""
        result: list[Inline] = []
        for inline in inlines:
            match inline:
                case EvidenceRef():
                    printed = self.printed(inline, "".join(before) if sentences else None)
                    result += printed
                    before.append(plain(printed))
                case CrossReference() if self._numbers is not None:
                    worded = self._numbers.worded(inline, "".join(before))
                    result.append(worded)
                    before.append(worded.text)
                case Emphasis() | Strong() | Quiet() | Link():
                    result.append(replace(inline, children=self._filled(inline.children, before, sentences)))
                case _:
                    result.append(inline)
                    before.append(plain((inline,)))
        return tuple(result)

    def printed(self, ref: EvidenceRef, before: str | None = None) -> Inlines:
        """The words of a reference.

        Args:
            ref: whose evidence exists.
            before: the text in front of it, if it stands in sentences: there a number's qualifier may need a capital.

        Returns:
            One inline; none when there is nothing to say or the reference is a problem.
        """
        start = before is not None and starts_sentence(before)
        evidence = self.library.evidence(ref.evidence)
        match evidence:
            case Fact():
                return self._fact(evidence, ref, start)
            case Quote():
                return self._quote(evidence, ref)
            case None:
                raise AssertionError(f"unknown evidence {ref.evidence}")
            case _:
                assert_never(evidence)

    def quantity(self, ref: EvidenceRef) -> Quantity | None:
        """The number that a reference names, rounded as it asks; None, and a problem, if there is none."""
        fact = self.library.facts.get(ref.evidence)
        stated = fact.values.get(ref.name) if fact else None
        if stated is None:
            self._missing(ref, "number" if ref.name == "value" else f"number called `{ref.name}`")
            return None
        return self._rounded(ref.evidence, stated, ref.digits, self.locale)

    def parts(self, ref: EvidenceRef) -> Inlines:
        """A number split for a key figure: QUALIFIER, NUMBER and UNIT in the language's order, spaces between."""
        quantity = self.quantity(ref)
        parts = self.locale.parts(quantity) if quantity else ()
        inlines: list[Inline] = []
        for space, facet, words in parts:
            if space:
                inlines.append(Text(space, Origin.LABEL))
            inlines.append(self.say(words, ref.evidence, facet))
        return tuple(inlines)

    def when(self, evidence: Evidence, *, by: bool = False) -> Inlines:
        """The date or period of evidence; nothing if it has none.

        Args:
            by: whether it is aimed at: "by 2030".
        """
        if evidence.when is None:
            return ()
        words = self.locale.by(evidence.when) if by else self.locale.period(evidence.when)
        return (self.say(words, evidence.id, Facet.AS_OF),)

    def person(self, person: Person, field: str) -> str | None:
        """A person's `name` or `role` in the reader's language, else as the library has it."""
        own = person.name if field == "name" else person.role
        return person.translations.get(self.locale.tag, {}).get(field) or own

    def note(self, evidence: Evidence) -> Inlines:
        """The note that somebody wrote on evidence."""
        return self._translated(evidence.note, evidence.note_translations, evidence.id, Facet.CAVEAT)

    def dating(self, evidence: Evidence) -> Inlines:
        """How the date of evidence was established, where somebody wrote it."""
        return self._translated(evidence.dating, evidence.dating_translations, evidence.id, Facet.CAVEAT)

    def source_note(self, source: Source) -> Inlines:
        """What a source says, or fails to say, of itself."""
        translations = {tag: fields["note"] for tag, fields in source.translations.items() if "note" in fields}
        return self._translated(source.note, translations, source.id, Facet.SOURCE)

    def translation(self, quote: Quote) -> bool:
        """Whether a quotation is printed in our translation."""
        return language_of(quote.language) != self.locale.tag and self.locale.tag in quote.translations

    def foreign(self, language: str) -> str | None:
        """The tag to print words of a language with: None if it is the reader's."""
        return None if language_of(language) == self.locale.tag else language

    # -- facts ---------------------------------------------------------------------------------------------

    def _fact(self, fact: Fact, ref: EvidenceRef, start: bool) -> Inlines:
        match ref.facet:
            case Facet.WHOLE:
                return (self._claim(fact, ref.digits),)
            case Facet.VALUE | Facet.SHORT | Facet.NUMBER | Facet.UNIT | Facet.QUALIFIER:
                quantity = self.quantity(ref)
                words = "" if quantity is None else self._number(quantity, ref.facet, start)
                return (self.say(words, fact.id, ref.facet),) if words else ()
            case Facet.AS_OF:
                return self.when(fact) or self._not_stated()
            case Facet.CAVEAT:
                return self._translated(fact.caveat, fact.caveat_translations, fact.id, Facet.CAVEAT)
            case Facet.TEXT | Facet.SPEAKER | Facet.ROLE | Facet.OCCASION | Facet.SOURCE:
                return self._missing(ref, ref.facet.value, "a quotation has that; this is a fact")
            case _:
                assert_never(ref.facet)

    def _number(self, quantity: Quantity, facet: Facet, start: bool) -> str:
        match facet:
            case Facet.SHORT:
                return self.locale.short(quantity)
            case Facet.NUMBER:
                return self.locale.number(quantity)
            case Facet.UNIT:
                return self.locale.unit(quantity)
            case Facet.QUALIFIER:
                return self.locale.qualifier(quantity)
            case _:
                return self.locale.value(quantity, start=start)

    def _claim(self, fact: Fact, digits: int | None) -> Printed:
        """The claim with its numbers, in the reader's language if it is translated, else as written, and so tagged."""
        claim, locale = fact.translations.get(self.locale.tag), self.locale
        if claim is None:
            claim, locale = fact.claim, locale_for(LIBRARY_LANGUAGE)
        words = ""
        for literal, name, _, _ in Formatter().parse(claim):
            words += locale.dated(literal)
            if name is not None:
                quantity = self._rounded(fact.id, fact.values[name], digits, locale)
                words += locale.value(quantity, start=starts_sentence(words))
        return self.say(words, fact.id, Facet.WHOLE, self.foreign(locale.tag))

    def _rounded(self, id: str, stated: Quantity, digits: int | None, locale: Locale) -> Quantity:
        quantity = rounded(stated, digits)
        if quantity != stated:
            plain, full = replace(quantity, qualifier=None), replace(stated, qualifier=None)
            self._shown.setdefault(id, Shown()).rounded[locale.value(plain)] = locale.value(full)
        return quantity

    # -- quotations ----------------------------------------------------------------------------------------

    def _quote(self, quote: Quote, ref: EvidenceRef) -> Inlines:
        match ref.facet:
            case Facet.WHOLE | Facet.TEXT:
                return (self._words(quote, ref.facet),)
            case Facet.SPEAKER | Facet.ROLE:
                person = self.library.people.get(quote.speaker)
                field = "name" if ref.facet is Facet.SPEAKER else "role"
                words = self.person(person, field) if person else None
                if person is None or words is None:
                    return self._not_stated()
                own = ref.facet is Facet.ROLE and words == person.role  # a name is nobody's language
                return (self.say(words, quote.id, ref.facet, self.foreign(LIBRARY_LANGUAGE) if own else None),)
            case Facet.OCCASION:
                occasion = self._translated(quote.occasion, quote.occasion_translations, quote.id, Facet.OCCASION)
                return occasion or self._not_stated()
            case Facet.AS_OF:
                return self.when(quote) or self._not_stated()
            case Facet.VALUE | Facet.SHORT | Facet.NUMBER | Facet.UNIT | Facet.QUALIFIER | Facet.CAVEAT | Facet.SOURCE:
                return self._missing(ref, ref.facet.value, "a fact has that; this is a quotation")
            case _:
                assert_never(ref.facet)

    def _words(self, quote: Quote, facet: Facet) -> Printed:
        words, language = quote.text, self.foreign(quote.language)
        if self.translation(quote):
            words, language = quote.translations[self.locale.tag], None
        return self.say(self.locale.quoted(words) if facet is Facet.WHOLE else words, quote.id, facet, language)

    # -- both ----------------------------------------------------------------------------------------------

    def _translated(self, own: str | None, translations: Mapping[str, str], id: str, facet: Facet) -> Inlines:
        translated = translations.get(self.locale.tag)
        if translated:
            return (Printed(translated, id, facet),)
        return (Printed(own, id, facet, self.foreign(LIBRARY_LANGUAGE)),) if own else ()

    def _not_stated(self) -> Inlines:
        return (self.label("not stated"),)

    def _missing(self, ref: EvidenceRef, what: str, *hints: str) -> Inlines:
        message = f"`{ref.evidence}` has no {what}"
        self.problems.append(Problem("no-such-facet", message, ref.location, hints=hints, subject=ref.evidence))
        return ()
