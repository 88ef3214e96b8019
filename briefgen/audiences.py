"""Audience files: `templates/audiences/NAME.yaml` → `Audience`. A new audience is a new file, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from briefgen.allowances import read_allowances
from briefgen.errors import Allowance, Location, Problem, errors_in
from briefgen.evidence import Marking
from briefgen.locales import LANGUAGES, language_of
from briefgen.mailboxes import Mailbox, distinct, parse_mailbox
from briefgen.records import ID, Record, read_records

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class ReadingLevel(StrEnum):
    """How much a reader may be expected to know."""

    PLAIN = "plain"  # the public: no term without its meaning
    GENERAL = "general"  # educated, new to the subject
    SPECIALIST = "specialist"  # knows the field and its terms


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a document is for.

    Attributes:
        name: the file's name without its suffix.
        label: who they are, as the document says it ("institutional investors", after "For").
        topics: topic → interest, 5 most to 1 least, in the file's order.
        clearance: the strictest marking that its members may see.
        recipients: whom mail goes to, each address once.
        subject, text: of mail; may hold Jinja.
        translations: language → field (`label`, `description`, `subject`, `text`) → words.
        allow: what the checks of subject and text may find, and why that may stay.
        locations: key → where its value is written; of `subject` and `text`, where their words begin.
    """

    name: str
    label: str
    location: Location
    description: str = ""
    language: str | None = None
    theme: str | None = None
    topics: Mapping[str, int] = field(default_factory=dict)
    reading_level: ReadingLevel = ReadingLevel.GENERAL
    clearance: Marking = Marking.CLEAR
    recipients: tuple[Mailbox, ...] = ()
    subject: str | None = None
    text: str | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    allow: tuple[Allowance, ...] = ()
    locations: Mapping[str, Location] = field(default_factory=dict)
    translated: Mapping[str, Mapping[str, Location]] = field(default_factory=dict)
    """Language → field → where its words begin."""

    def in_language(self, tag: str) -> Audience:
        """The audience as a document in this language says it; what is not translated stays as it is."""
        words = self.translations.get(language_of(tag), {})
        return replace(
            self,
            label=words.get("label", self.label),
            description=words.get("description", self.description),
            subject=words.get("subject", self.subject),
            text=words.get("text", self.text),
            locations={**self.locations, **self.translated.get(language_of(tag), {})},
        )


def load_audience(path: Path, problems: list[Problem]) -> Audience | None:
    """Read an audience's file.

    Args:
        path: the file; its stem is the audience's name.
        problems: everything wrong is appended, with its place.

    Returns:
        The audience, or None when there was an error.
    """
    before = len(problems)
    record = read_records(path, problems)
    if record is None:
        if len(problems) == before:
            problems.append(Problem("missing-key", "the file is empty; expected at least `label`", Location(path)))
        return None
    translations, translated = _translations(record)
    audience = Audience(
        name=path.stem,
        label=record.text("label", required=True, multiline=False) or "",
        location=record.location,
        description=record.text("description", multiline=False) or "",
        language=record.parsed("language", _language),
        theme=record.parsed("theme", _name),
        topics=_topics(record),
        reading_level=record.choice("reading_level", ReadingLevel) or ReadingLevel.GENERAL,
        clearance=record.parsed("clearance", Marking.parse) or Marking.CLEAR,
        recipients=_recipients(record),
        subject=record.text("subject", multiline=False),
        text=record.text("text"),
        translations=translations,
        allow=read_allowances(record),
        locations=record.locations() | {key: record.words_at(key) for key in ("subject", "text") if key in record},
        translated=translated,
    )
    record.done()
    return None if errors_in(problems[before:]) else audience


def _topics(record: Record) -> dict[str, int]:
    topics = record.record("topics") if "topics" in record else None
    if topics is None:
        return {}
    found = {}
    for name in topics.names():
        if not ID.fullmatch(name):
            topics.problem("wrong-value", f"{name!r} is not a topic's name: small letters, digits and hyphens", name)
        weight = topics.integer(name, 1, 5)
        if weight is not None:
            found[name] = weight
    return found


def _translations(record: Record) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, Location]]]:
    """Language → field → words, and where these begin."""
    translations = record.record("translations") if "translations" in record else None
    found: dict[str, dict[str, str]] = {}
    places: dict[str, dict[str, Location]] = {}
    for language, words in translations.children() if translations else ():
        if language not in LANGUAGES:
            message = f"there is no language {language!r}; expected one of {', '.join(LANGUAGES)}"
            record.origin.problems.append(Problem("wrong-value", message, words.location))
        fields = {key: words.text(key, multiline=key == "text") for key in ("label", "description", "subject", "text")}
        words.done()
        found[language] = {key: text for key, text in fields.items() if text is not None}
        places[language] = {key: words.words_at(key) for key in found[language]}
    return found, places


def _recipients(record: Record) -> tuple[Mailbox, ...]:
    found = []
    for text in record.texts("recipients"):
        try:
            found.append(parse_mailbox(text))
        except ValueError as error:
            record.problem("wrong-value", str(error), "recipients")
    return distinct(found)


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"{text!r} is not a language tag; write en, vi or ko")
    return text


def _name(text: str) -> str:
    if not ID.fullmatch(text):
        raise ValueError(f"{text!r} is not a name: small letters, digits and hyphens")
    return text
