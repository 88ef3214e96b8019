"""Facts."""

from __future__ import annotations

import re

from briefgen.allowances import read_allowances
from briefgen.errors import Location
from briefgen.evidence import Derivation, Fact, FactKind, Marking, Quantity
from briefgen.numerals import parse_quantity
from briefgen.periods import Period
from briefgen.records import Record
from briefgen.seeds.bearing import check_dating, passages
from briefgen.seeds.findings import Findings
from briefgen.seeds.translated import in_field, read_translations
from briefgen.seeds.values import VALUE_NAME, last_day, or_default, read_topics, slug

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def read_fact(findings: Findings, id: str, place: Location, entry: Record) -> Fact:
    """A fact; a derived one is still without its value."""
    claim = entry.text("claim", required=True) or ""
    values, values_at = _values(findings, entry)
    quoted, passages_at = passages(findings, id, entry, None)
    derivation, derivation_at = _derivation(findings, id, entry)
    translations, translated_at = read_translations(entry, ("claim", "note", "dating", "caveat"), "claim")
    kind = entry.choice("kind", FactKind) or FactKind.OBSERVATION
    locations = entry.locations() | values_at | passages_at | derivation_at | translated_at
    fact = Fact(
        id,
        claim,
        place,
        kind=kind,
        values=values,
        passages=quoted,
        derivation=derivation,
        metric=entry.parsed("metric", slug),
        as_of=entry.parsed("as_of", Period.parse, "wrong-date"),
        date=entry.parsed("date", Period.parse, "wrong-date"),
        place=entry.text("place", multiline=False),
        topics=read_topics(entry),
        weight=or_default(entry.integer("weight", 1, 5), 3),
        expires=entry.parsed("expires", last_day, "wrong-date"),
        note=entry.text("note"),
        dating=entry.text("dating"),
        caveat=entry.text("caveat", multiline=False),
        marking=or_default(entry.parsed("marking", Marking.parse), Marking.CLEAR),
        translations=in_field(translations, "claim"),
        note_translations=in_field(translations, "note"),
        dating_translations=in_field(translations, "dating"),
        caveat_translations=in_field(translations, "caveat"),
        allow=read_allowances(entry),
        locations=locations,
    )
    if kind is FactKind.EVENT and "date" not in entry and "note" not in entry:
        hint = "give `date`, or say in `note` what the source leaves open"
        findings.problem("missing-key", "an event needs a `date`", place, hint, id)
    check_dating(findings, fact)
    _check_bearing(findings, fact, entry)
    if claim:
        _check_braces(findings, fact, entry)
    return fact


def _values(findings: Findings, entry: Record) -> tuple[dict[str, Quantity], dict[str, Location]]:
    values: dict[str, Quantity] = {}
    if (single := entry.parsed("value", parse_quantity)) is not None:
        values["value"] = single
    if "values" not in entry:
        return values, {}
    if "value" in entry:
        entry.problem("wrong-value", "found both `value` and `values`: one of them is expected", "values")
    several = entry.record("values")
    if several is None:
        return values, {}
    places = {}
    for name in several.names():
        if not VALUE_NAME.fullmatch(name) or name == "value":
            message = f"{name!r} cannot name a value: use small letters, digits and underscores, such as `from`"
            findings.problem("wrong-id", message, several.key_location(name))
        elif (quantity := several.parsed(name, parse_quantity)) is not None:
            values[name] = quantity
        places[f"values.{name}"] = several.at(name)
    return values, places


def _check_bearing(findings: Findings, fact: Fact, entry: Record) -> None:
    """A fact rests on passages or on a calculation: on one of them, and not on both."""
    borne = "evidence" in entry
    if "derived" not in entry:
        if not borne:
            hint = "add `evidence: [{source: …, passage: …}]`, or `derived: {formula: …}`"
            findings.problem(
                "missing-key", "nothing bears this fact out: `evidence` is missing", fact.location, hint, fact.id
            )
    elif borne or fact.values:
        other = "evidence" if borne else ("value" if "value" in entry else "values")
        message = f"a derived fact takes its value from its formula: `{other}` is not expected"
        findings.problem("wrong-value", message, entry.at(other), "remove one of the two", fact.id)


def _derivation(findings: Findings, id: str, entry: Record) -> tuple[Derivation | None, dict[str, Location]]:
    record = entry.record("derived")
    if record is None:
        return None, {}
    formula = record.text("formula", required=True, multiline=False)
    result = record.text("as", multiline=False)
    digits = record.integer("round", 0, 12)
    inputs = {}
    for name in record.names():
        if name in ("formula", "as", "round"):
            continue
        if not VALUE_NAME.fullmatch(name):
            message = f"{name!r} cannot be a name in a formula: use small letters, digits and underscores"
            findings.problem("wrong-id", message, record.key_location(name), subject=id)
        elif (input := record.text(name, multiline=False)) is not None:
            inputs[name] = input
            findings.mention(input, "fact", id, record.at(name))
    places = {f"derived.{key}": place for key, place in record.locations().items()}
    return (Derivation(formula, inputs, result, digits) if formula else None), places


def _check_braces(findings: Findings, fact: Fact, entry: Record) -> None:
    """`{value}` stands in a claim exactly when there is a value; the same names stand in each translation."""
    if "value" in entry or "derived" in entry:
        names = {"value"}
    elif "values" in entry:
        names = set(fact.values)
    else:
        names = set()
    whole = set(fact.values) == names or "values" not in entry
    for key, words in {
        "claim": fact.claim,
        **{f"translations.{k}": v for k, v in fact.translations.items()},
    }.items():
        place = fact.locations.get(f"{key}.claim") or fact.locations.get(key) or fact.location
        found = set()
        for match in _BRACES.finditer(words):
            if match[0] in ("{", "}"):
                hint = "double a brace that is meant as a brace: {{ and }}"
                findings.problem("wrong-braces", f"a lone `{match[0]}` stands in the claim", place, hint, fact.id)
            elif match[1] is not None:
                found.add(match[1])
        if not whole:
            continue
        for name in sorted(names - found):
            hint = f"write {{{name}}} where the number belongs"
            findings.problem("wrong-braces", f"the claim does not print `{{{name}}}`", place, hint, fact.id)
        for name in sorted(found - names):
            known = ", ".join(f"{{{name}}}" for name in sorted(names)) or "none: the fact has no value"
            message = f"the claim prints `{{{name}}}`, which is no value of this fact (values: {known})"
            findings.problem(
                "wrong-braces", message, place, "double a brace that is meant as a brace: {{ and }}", fact.id
            )
