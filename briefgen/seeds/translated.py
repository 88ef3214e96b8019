"""What evidence says in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.errors import Location, Problem
from briefgen.records import Record
from briefgen.seeds.values import LANGUAGE


def read_translations(
    entry: Record, fields: tuple[str, ...], plain: str | None
) -> tuple[dict[str, dict[str, str]], dict[str, Location]]:
    """`translations: {vi: {field: words}}`, or `{vi: words}` for the field that is translated most.

    Returns:
        Language → field → words, and where each stands.
    """
    record = entry.record("translations")
    if record is None:
        return {}, {}
    found: dict[str, dict[str, str]] = {}
    places: dict[str, Location] = {}
    for language in record.names():
        if not LANGUAGE.fullmatch(language):
            message = f"{language!r} is not a language tag: write `vi`, `ko` or `pt-BR`"
            record.origin.problems.append(Problem("wrong-value", message, record.key_location(language)))
            continue
        places[f"translations.{language}"] = record.at(language)
        if plain is not None and record.is_text(language):
            words = record.text(language)
            found[language] = {plain: words} if words else {}
            continue
        inner = record.record(language)
        if inner is None:
            continue
        words_of = {field: inner.text(field) for field in fields}
        inner.done()
        found[language] = {field: words for field, words in words_of.items() if words is not None}
        places |= {f"translations.{language}.{key}": place for key, place in inner.locations().items()}
    return found, places


def in_field(translations: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
    return {language: words[name] for language, words in translations.items() if name in words}
