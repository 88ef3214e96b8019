"""The JSON Schema of evidence files, by which editors complete and check them while they are written.

What the loader accepts, the schema accepts; the loader sees more (ids that lead nowhere, passages that are not there).
Keys and enumerations are the loader's own where it has them as values; a test holds both to the same keys.
"""

from __future__ import annotations

from typing import Any

from briefgen.evidence import FactKind, Marking
from briefgen.numerals import CURRENCIES
from briefgen.records import ID
from briefgen.seeds import CSL_TYPES

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PERIOD_PATTERN = r"^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]|H[12]))?$"
_LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_WORDS: Schema = {"type": ["string", "number", "boolean"]}
"""Text: editors take `2024` for a number and `true` for a truth value; briefgen takes what is written."""


def evidence_schema() -> Schema:
    """The schema of one evidence file (JSON Schema 2020-12), as plain values."""
    return {
        "$schema": _DIALECT,
        "title": "Evidence of briefgen",
        "description": "Sources, people, and the facts and quotations that are tied to passages of those sources.",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "sources": _section("The works that evidence is taken from.", "source"),
            "people": _section("Who speaks in, or is named by, the sources.", "person"),
            "facts": _section("Claims in our own words, with the passages that bear them out.", "fact"),
            "quotes": _section("Somebody’s words, letter for letter.", "quote"),
            "metrics": _section("What is measured, as a reader calls it.", "metric"),
        },
        "$defs": {
            "id": {"pattern": f"^{ID.pattern}$"},
            "words": _WORDS,
            "period": {
                "description": "A year, half, quarter, month or day: 2025, 2025-H1, 2025-Q3, 2025-08, 2025-08-15.",
                "anyOf": [
                    {"type": "string", "pattern": _PERIOD_PATTERN},
                    {"type": "integer", "minimum": 1000, "maximum": 9999},
                ],
            },
            "topics": {
                "description": "What it is about; templates and audiences choose by these words.",
                "anyOf": [_topic(), {"type": "array", "items": _topic()}],
            },
            "weight": {
                "description": "What stays when space is short: 1 to 5; 3 unless given.",
                "type": "integer",
                "minimum": 1,
                "maximum": 5,
            },
            "marking": {
                "description": "Traffic Light Protocol 2.0; TLP:CLEAR unless given.",
                "enum": [marking.label for marking in Marking],
            },
            "language": {
                "description": "A BCP 47 tag: en, vi, ko, pt-BR.",
                "type": "string",
                "pattern": _LANGUAGE_PATTERN,
            },
            "allow": {
                "description": "Warnings to live with: the code of each, and why it may stay.",
                "type": "object",
                "additionalProperties": _WORDS,
            },
            "source": _source(),
            "person": _person(),
            "fact": _fact(),
            "quote": _quote(),
            "metric": _metric(),
        },
    }


# -- entries -----------------------------------------------------------------------------------------------


def _source() -> Schema:
    return _entry(
        "A work. State only what the text says of itself.",
        {
            "title": _text("As the work bears it."),
            "publisher": _text("As the text names it; leave it out where it does not."),
            "author": _text("As the text names them."),
            "issued": _period("When the work says that it came out."),
            "accessed": _period("When you read it."),
            "url": {"description": "Where it can be read.", "type": "string", "pattern": r"^https?://[^\s<>\"]+$"},
            "type": {"description": "Item type of CSL 1.0.2; article unless given.", "enum": sorted(CSL_TYPES)},
            "language": _ref("language", "Of the text; numbers are read by it. en unless given."),
            "text": {
                "description": "The text’s file name below seeds/texts/.",
                "type": "string",
                "pattern": r"^(?!/)(?!.*(^|/)\.\.(/|$))[^\\:]+$",
            },
            "marking": _ref("marking"),
            "dollar": {"description": "What the work calls `$`; USD unless given.", "enum": sorted(CURRENCIES)},
            "note": _text("What the work says, or fails to say, of itself."),
            "translations": _translations(("title", "publisher", "author", "note"), None),
            "allow": _ref("allow"),
        },
    )


def _person() -> Schema:
    return _entry(
        "Somebody who speaks in, or is named by, a source.",
        {
            "name": _text("As it is printed."),
            "native_name": _text("In the person’s own script, where it is certain."),
            "role": _text("As the source states it."),
            "aliases": _list("Other spellings of the name, as the sources have them."),
            "translations": _translations(("name", "role", "native_name"), None),
            "allow": _ref("allow"),
        },
        required=["name"],
    )


def _fact() -> Schema:
    fields = {
        "claim": _text("One sentence in your own words; {value} stands where the number goes."),
        "value": _text("As stated, with its hedge and unit: over 200,000 people, 86.7 billion USD, 8.3% to 8.5%."),
        "values": {
            "description": "Several numbers by name: {from: 1 per cent, to: 3 per cent}.",
            "type": "object",
            "propertyNames": {"pattern": "^(?!value$)[a-z][a-z0-9_]{0,31}$"},
            "additionalProperties": _WORDS,
        },
        "metric": {"description": "What is measured: same metric, comparable.", "type": "string", **_ref("id")},
        "kind": {
            "description": "observation: it is so. target: it is aimed at. estimate: somebody reckons. event: it "
            "happened on a date. statement: somebody says or promises.",
            "enum": [kind.value for kind in FactKind],
        },
        "as_of": _period("What time the number is of; a target’s is the time aimed at."),
        "date": _period("When an event happens."),
        "place": _text("The country concerned, by its code: VN, KR."),
        "evidence": {
            "description": "Where it stands.",
            "type": "array",
            "minItems": 1,
            "items": _passage(required=["source", "passage"]),
        },
        "derived": {
            "description": "A calculation from other facts; each name in the formula is the id of one.",
            "type": "object",
            "required": ["formula"],
            "properties": {
                "formula": _text("Arithmetic over the names below: (target - base) / base."),
                "as": _text("The unit of the result: percent, or a currency’s code."),
                "round": {"description": "Decimals of the result.", "type": "integer", "minimum": 0, "maximum": 12},
            },
            "additionalProperties": {"type": "string", **_ref("id")},
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,31}$"},
        },
        "caveat": _text("The note in four words at most, for a strip of key figures."),
        **_common(("claim", "note", "dating", "caveat"), "claim"),
    }
    schema = _entry("A claim in our own words, with what bears it out.", fields, required=["claim"])
    schema["oneOf"] = [{"required": ["evidence"]}, {"required": ["derived"]}]
    schema["not"] = {"required": ["value", "values"]}
    return schema


def _quote() -> Schema:
    return _entry(
        "Somebody’s words.",
        {
            "text": _text("Letter for letter, without its outer marks; […] and [words] are ours."),
            "speaker": {"description": "The person’s id.", "type": "string", **_ref("id")},
            "occasion": _text("Printed after the speaker’s name."),
            "date": _period("Only if the source states it."),
            "language": _ref("language", "Of the words; the source’s unless given."),
            "evidence": {
                "description": "Where it stands; the passage is the text itself unless given.",
                "type": "array",
                "minItems": 1,
                "items": _passage(required=["source"]),
            },
            **_common(("text", "occasion", "note", "dating"), "text"),
        },
        required=["text", "speaker", "evidence"],
    )


def _metric() -> Schema:
    return _entry(
        "What is measured, as a reader calls it.",
        {"label": _text("Its name in running text."), "translations": _translations(("label",), "label")},
        required=["label"],
    )


def _common(translated: tuple[str, ...], plain: str) -> Schema:
    """What facts and quotations have in common."""
    return {
        "topics": _ref("topics"),
        "weight": _ref("weight"),
        "expires": _period("The last day on which it may be used unchecked."),
        "note": _text("What a reader must know; printed. 15 words at most."),
        "dating": _text("How its date was established, where the source does not state it."),
        "marking": _ref("marking"),
        "translations": _translations(translated, plain),
        "allow": _ref("allow"),
    }


# -- parts -------------------------------------------------------------------------------------------------


def _section(description: str, kind: str) -> Schema:
    return {
        "description": description,
        "type": ["object", "null"],
        "propertyNames": _ref("id"),
        "additionalProperties": _ref(kind),
    }


def _entry(description: str, properties: Schema, required: list[str] | None = None) -> Schema:
    schema: Schema = {"description": description, "type": "object", "additionalProperties": False}
    if required:
        schema["required"] = required
    return {**schema, "properties": properties}


def _ref(name: str, description: str | None = None) -> Schema:
    reference: Schema = {"$ref": f"#/$defs/{name}"}
    return reference if description is None else {"description": description, **reference}


def _text(description: str) -> Schema:
    return _ref("words", description)


def _period(description: str) -> Schema:
    return _ref("period", description)


def _list(description: str) -> Schema:
    return {"description": description, "anyOf": [_WORDS, {"type": "array", "items": _WORDS}]}


def _topic() -> Schema:
    return {"type": "string", **_ref("id")}


def _passage(required: list[str]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {
            "source": {"description": "The source’s id.", "type": "string", **_ref("id")},
            "passage": _text("Copied from its text, letter for letter; under 15 words for a fact."),
        },
    }


def _translations(fields: tuple[str, ...], plain: str | None) -> Schema:
    """Language → words of the field that is translated most, or field → words."""
    named: Schema = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(fields, _WORDS)}
    return {
        "description": "By language: " + (f"the {plain}, or " if plain else "") + f"{{{', '.join(fields)}}}.",
        "type": "object",
        "propertyNames": {"pattern": _LANGUAGE_PATTERN},
        "additionalProperties": {"anyOf": [_WORDS, named]} if plain else named,
    }
