"""The words that go before a document: a message's subject and text.

They are the audience's (`subject` and `text` of its file), filled like a template: the same sandbox, the same evidence,
the same checks and notes. An audience without them gets one sentence of briefgen's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from briefgen.allowances import silence
from briefgen.audiences import Audience
from briefgen.checks.documents import JUDGED, DocumentInspection, check_document
from briefgen.citations import cite, evidence_used
from briefgen.document import (
    Block,
    BlockQuote,
    BulletList,
    Document,
    DocumentKind,
    Meta,
    OrderedList,
    Origin,
    Paragraph,
    Text,
    plain,
)
from briefgen.errors import BriefgenError, Location, Problem, Severity, errors_in
from briefgen.evidence import Library, Marking
from briefgen.locales import LANGUAGE_NAMES, language_of, locale_for
from briefgen.reader import read, read_line
from briefgen.templates import Filled, Param, ParamValue, TemplateSpec, fill

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What a message carries, as its words may name it.

    Attributes:
        title: of the document; of several, all of them.
        marking: the strictest among them.
        params: what the document's template asks for, and `values` what it was given.
        sender: who writes, as a reader sees it; "" if nobody said.
    """

    title: str
    as_of: date
    language: str
    marking: Marking = Marking.CLEAR
    params: tuple[Param, ...] = ()
    values: Mapping[str, str | ParamValue] = field(default_factory=dict)
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Covering:
    """A message's subject and text.

    Attributes:
        subject: one line of plain words.
        text: paragraphs, lists and quotations, cited.
        marking: the strictest of the evidence in either; the document's own is not in it.
        evidence: ids of the facts and quotes in either.
        problems: warnings.
    """

    subject: str
    text: Document
    marking: Marking = Marking.CLEAR
    evidence: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def cover(
    enclosed: Enclosed,
    audience: Audience | None,
    library: Library,
    folders: Sequence[Path] = (),
    subject: str | None = None,
) -> Covering:
    """Write a message's subject and text.

    Args:
        audience: whose words they are, in the document's language; None for nobody in particular.
        library: the evidence that they may print.
        folders: of templates, for what they include.
        subject: in place of the audience's, taken letter for letter.

    Raises:
        BriefgenError: the audience's words are wrong, or do not pass the checks, with their place in its file.
    """
    problems: list[Problem] = []
    parts = []
    for key in ("subject", "text"):
        own = getattr(audience, key) if audience else None
        if audience is None or own is None or (key == "subject" and subject is not None):
            parts.append(_default(key, enclosed))
        elif part := _filled(key, own, audience, enclosed, library, folders, problems):
            parts.append(part)
    if errors_in(problems):
        raise BriefgenError(problems)
    line, text = parts
    return Covering(
        subject=" ".join((plain_line(line) if subject is None else subject).split()),
        text=text,
        marking=max(line.meta.marking, text.meta.marking),
        evidence=tuple(dict.fromkeys((*evidence_used(line), *evidence_used(text)))),
        problems=tuple(dict.fromkeys(problems)),
    )


def plain_line(line: Document) -> str:
    """The words of a document of one paragraph, without note marks."""
    [paragraph] = line.blocks
    assert isinstance(paragraph, Paragraph)
    return plain(paragraph.children)


def _default(key: str, enclosed: Enclosed) -> Document:
    """briefgen's own words: the title, and a sentence that says what is attached."""
    locale = locale_for(enclosed.language)
    words = enclosed.title
    if key == "text":
        day = locale.date(enclosed.as_of)
        words = locale.t("Please find attached “{title}”, as of {date}.").format(title=enclosed.title, date=day)
    return Document(_meta(enclosed), (Paragraph((Text(words, Origin.LABEL),)),))


def _meta(enclosed: Enclosed) -> Meta:
    notes = locale_for(enclosed.language).t("Notes")
    return Meta(enclosed.title, DocumentKind.BRIEF, enclosed.language, enclosed.as_of, Marking.CLEAR, notes_label=notes)


def _filled(
    key: str,
    words: str,
    audience: Audience,
    enclosed: Enclosed,
    library: Library,
    folders: Sequence[Path],
    problems: list[Problem],
) -> Document | None:
    """An audience's own words as a cited document; None when there was an error, which is added to the problems."""
    place = audience.locations.get(key, audience.location)
    written = "\n" * ((place.line or 1) - 1) + words + "\n"  # so that its lines keep their numbers
    spec = TemplateSpec(
        name=audience.name,
        path=place.path,
        location=place,
        body=written,
        title="",
        kind=DocumentKind.BRIEF,
        language=enclosed.language,
        params=enclosed.params,
        allow=audience.allow,
        locations=audience.locations,
    )
    try:
        filled = fill(
            spec,
            library,
            as_of=enclosed.as_of,
            folders=folders,
            audience=audience,
            params=enclosed.values,
            language=enclosed.language,
            fields={"title": enclosed.title},
            names={"title": enclosed.title, "marking": enclosed.marking.label, "sender": enclosed.sender},
        )
    except BriefgenError as error:
        problems += error.problems
        return None
    found: list[Problem] = []
    document = read_line(filled, found) if key == "subject" else _read_text(filled, found)
    if document is None:
        problems += found
        return None
    cited = cite(document, library)
    inspection = DocumentInspection.of(filled, document, cited, spec, library, audience.clearance)
    kept, _ = silence((*found, *_foreign(key, audience, enclosed), *check_document(inspection)), spec.allow, JUDGED)
    problems += kept
    return cited


def _read_text(filled: Filled, problems: list[Problem]) -> Document | None:
    """A message's text, which every mail program can show: no tables, pictures or containers."""
    document = read(filled, problems)
    if document is None:
        return None
    for block in _blocks(document.blocks):
        if not isinstance(block, Paragraph | BulletList | OrderedList | BlockQuote):
            what = type(block).__name__.lower()
            message = f"a message's text holds paragraphs, lists and quotations; here is a {what}"
            hint = "put it into the document"
            problems.append(Problem("wrong-mail-text", message, block.location, hints=(hint,)))
    return None if errors_in(problems) else replace(document, meta=replace(document.meta, audience=""))


def _blocks(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with those inside lists and quotations."""
    found = []
    for block in blocks:
        found.append(block)
        match block:
            case BulletList() | OrderedList():
                for entry in block.items:
                    found += _blocks(entry.blocks)
            case BlockQuote():
                found += _blocks(block.blocks)
            case _:
                pass
    return found


def _foreign(key: str, audience: Audience, enclosed: Enclosed) -> tuple[Problem, ...]:
    """A warning if words are in another language than the document that they go before."""
    wanted, own = language_of(enclosed.language), language_of(audience.language or "en")
    if wanted == own or key in audience.translations.get(wanted, {}) or not _has_letters(getattr(audience, key)):
        return ()
    message = (
        f"the audience's `{key}` is in {LANGUAGE_NAMES.get(own, own)}, its document is in {LANGUAGE_NAMES[wanted]}"
    )
    hint = f"write it there as well: `translations: {{{wanted}: {{{key}: …}}}}`"
    where: Location | None = audience.locations.get(key)
    return (Problem("untranslated-template", message, where, Severity.WARNING, (hint,)),)


def _has_letters(words: str) -> bool:
    """Whether there are words beside what is filled in: `{{ title }}` is in no language."""
    return any(letter.isalpha() for letter in _JINJA.sub("", words))
