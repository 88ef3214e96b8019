"""Evidence files → `Library`: every value with its location, all problems of all files in one run."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date as Day
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from briefgen.addresses import as_uri
from briefgen.allowances import read_allowances
from briefgen.derivation import FormulaError, calculate, names_in, parse_formula, working
from briefgen.errors import Location, Problem
from briefgen.evidence import (
    Derivation,
    Evidence,
    Fact,
    FactKind,
    Library,
    Marking,
    Metric,
    Passage,
    Person,
    Quantity,
    Quote,
    Source,
)
from briefgen.matching import closest
from briefgen.numerals import CURRENCIES, parse_quantity
from briefgen.periods import Period
from briefgen.quotations import fragments
from briefgen.records import ID, Origin, Record, decode_text, parse_records, read_records

T = TypeVar("T")

CSL_TYPES = frozenset(
    str.split("""
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """)
)
"""Item types of CSL 1.0.2, appendix III."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_VALUE_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_KINDS = {"sources": "source", "people": "person", "facts": "fact", "quotes": "quote"}


def load_library(folder: Path, problems: list[Problem], unsaved: Mapping[Path, bytes] | None = None) -> Library:
    """Read every evidence file below a folder.

    Files are `*.yaml` and `*.yml`, in the order of their paths; hidden ones, editors' backups and what lies in `texts/`
    don't count. Links are followed inside the workspace (the folder's parent) only.

    Args:
        folder: the workspace's `seeds/`.
        problems: everything that is wrong is appended; entries too broken to use are left out of the library.
        unsaved: contents that files below the folder are to have, read in place of what they have.

    Returns:
        The library, complete as far as it could be read.
    """
    with _without_garbage_collection():
        loading = _Loading(problems)
        unsaved = unsaved or {}
        for path in _in_order({*_evidence_files(folder, problems), *unsaved}, folder):
            loading.file(path, unsaved.get(path))
        return loading.finish()


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Loading makes many small objects and no cycles worth collecting; the collector would double its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


# -- files -------------------------------------------------------------------------------------------------


def _evidence_files(folder: Path, problems: list[Problem]) -> list[Path]:
    if not folder.exists():
        hint = "make the folder and put evidence files in it, or start from `briefgen init`"
        problems.append(
            Problem("file-not-found", "there is no folder of evidence files", Location(folder), hints=(hint,))
        )
        return []
    if not folder.is_dir():
        problems.append(
            Problem("not-a-folder", "a folder of evidence files is expected, found a file", Location(folder))
        )
        return []
    workspace = folder.absolute().parent.resolve()
    found: list[Path] = []
    _walk(folder, workspace, frozenset(), found, problems)
    return _in_order(found, folder)


def _in_order(paths: Iterable[Path], folder: Path) -> list[Path]:
    return sorted(paths, key=lambda path: path.relative_to(folder).parts)


def _walk(folder: Path, workspace: Path, above: frozenset[Path], found: list[Path], problems: list[Problem]) -> None:
    real = folder.resolve()
    if real in above:
        return  # a link to a folder that holds it
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem("unreadable-file", f"cannot be read: {error.strerror or error}", Location(folder)))
        return
    for entry in entries:
        path = folder / entry.name
        if _is_hidden_or_backup(entry.name) or (not above and entry.name == "texts"):
            continue
        is_evidence = path.suffix.lower() in (".yaml", ".yml")
        if entry.is_symlink() and not path.resolve().is_relative_to(workspace):
            if is_evidence or path.is_dir():
                hint = "copy the file into the workspace"
                message = "this is a link to a place outside the workspace; it is not followed"
                problems.append(Problem("link-outside", message, Location(path), hints=(hint,)))
        elif is_evidence:
            if path.is_dir():
                hint = "rename the folder, or put a file in its place"
                problems.append(
                    Problem("not-a-file", "this is a folder; a file is expected", Location(path), hints=(hint,))
                )
            else:
                found.append(path)
        elif path.is_dir():
            _walk(path, workspace, above | {real}, found, problems)


def _is_hidden_or_backup(name: str) -> bool:
    return name.startswith((".", "#", "~")) or name.endswith(("~", "#", ".bak", ".orig", ".swp", ".tmp"))


# -- entries -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Mention:
    """An id that something refers to, and where."""

    id: str
    kind: str
    by: str
    location: Location


@dataclass(slots=True)
class _Loading:
    """The library while its files are being read."""

    problems: list[Problem]
    declared: dict[str, tuple[str, Location]] = field(default_factory=dict)
    mentions: list[_Mention] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    unread: bool = False

    def file(self, path: Path, unsaved: bytes | None) -> None:
        before = len(self.problems)
        if unsaved is None:
            top = read_records(path, self.problems)
        else:
            text = decode_text(unsaved, path, self.problems)
            top = None if text is None else parse_records(text, Origin(path, self.problems))
        if top is None:
            self.unread = self.unread or len(self.problems) > before
            return
        for kind in _KINDS:
            if kind in top and top.is_left_out(kind):
                continue
            entries = top.record(kind)
            if entries is None:
                continue
            for id in entries.names():
                self._declare(id, kind, entries)
        if "metrics" in top and not top.is_left_out("metrics") and (entries := top.record("metrics")):
            for name in entries.names():
                self._metric(name, entries)
        top.done()

    def _declare(self, id: str, kind: str, entries: Record) -> None:
        place = entries.key_location(id)
        if not ID.fullmatch(id):
            hint = "ids begin with a small letter and hold small letters, digits and hyphens, at most 64"
            self._problem("wrong-id", f"{id!r} cannot be an id", place, hint)
            return
        entry = entries.record(id)
        if id in self.declared:
            other, first = self.declared[id]
            where = f"{first.path.name}, line {first.line}"
            hint = "ids are unique across all files and kinds: rename one of them"
            self._problem("duplicate-id", f"the id `{id}` is a {other} already, in {where}", place, hint, id)
            return
        self.declared[id] = (_KINDS[kind], place)
        if entry is None:
            return
        match kind:
            case "sources":
                self.sources[id] = self._source(id, place, entry)
            case "people":
                self.people[id] = self._person(id, place, entry)
            case "facts":
                self.facts[id] = self._fact(id, place, entry)
            case _:
                self._quote(id, place, entry)
        entry.done()

    def _problem(self, code: str, message: str, place: Location, hint: str = "", subject: str | None = None) -> None:
        self.problems.append(Problem(code, message, place, hints=(hint,) if hint else (), subject=subject))

    def _mention(self, id: str | None, kind: str, by: str, location: Location) -> None:
        if id is not None:
            self.mentions.append(_Mention(id, kind, by, location))

    # -- sources and people --

    def _source(self, id: str, place: Location, entry: Record) -> Source:
        translations, translated_at = _translations(entry, ("title", "publisher", "author", "note"), None)
        return Source(
            id,
            entry.text("title", multiline=False),
            place,
            publisher=entry.text("publisher", multiline=False),
            author=entry.text("author", multiline=False),
            issued=entry.parsed("issued", Period.parse, "wrong-date"),
            accessed=entry.parsed("accessed", Period.parse, "wrong-date"),
            url=entry.parsed("url", _address),
            type=entry.parsed("type", _source_type) or "article",
            language=entry.parsed("language", _language) or "en",
            text=entry.parsed("text", _text_name),
            marking=_or(entry.parsed("marking", Marking.parse), Marking.CLEAR),
            dollar=entry.parsed("dollar", _currency_code) or "USD",
            note=entry.text("note"),
            translations=translations,
            allow=read_allowances(entry),
            locations=entry.locations() | translated_at,
        )

    def _person(self, id: str, place: Location, entry: Record) -> Person:
        translations, translated_at = _translations(entry, ("name", "role", "native_name"), None)
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

    # -- facts --

    def _fact(self, id: str, place: Location, entry: Record) -> Fact:
        claim = entry.text("claim", required=True) or ""
        values, values_at = self._values(entry)
        passages, passages_at = self._passages(id, entry, None)
        derivation, derivation_at = self._derivation(id, entry)
        translations, translated_at = _translations(entry, ("claim", "note", "dating", "caveat"), "claim")
        kind = entry.choice("kind", FactKind) or FactKind.OBSERVATION
        locations = entry.locations() | values_at | passages_at | derivation_at | translated_at
        fact = Fact(
            id,
            claim,
            place,
            kind=kind,
            values=values,
            passages=passages,
            derivation=derivation,
            metric=entry.parsed("metric", _slug),
            as_of=entry.parsed("as_of", Period.parse, "wrong-date"),
            date=entry.parsed("date", Period.parse, "wrong-date"),
            place=entry.text("place", multiline=False),
            topics=_topics(entry),
            weight=_or(entry.integer("weight", 1, 5), 3),
            expires=entry.parsed("expires", _last_day, "wrong-date"),
            note=entry.text("note"),
            dating=entry.text("dating"),
            caveat=entry.text("caveat", multiline=False),
            marking=_or(entry.parsed("marking", Marking.parse), Marking.CLEAR),
            translations=_field(translations, "claim"),
            note_translations=_field(translations, "note"),
            dating_translations=_field(translations, "dating"),
            caveat_translations=_field(translations, "caveat"),
            allow=read_allowances(entry),
            locations=locations,
        )
        if kind is FactKind.EVENT and "date" not in entry and "note" not in entry:
            hint = "give `date`, or say in `note` what the source leaves open"
            self._problem("missing-key", "an event needs a `date`", place, hint, id)
        self._check_dating(fact)
        self._check_bearing(fact, entry)
        if claim:
            self._check_braces(fact, entry)
        return fact

    def _values(self, entry: Record) -> tuple[dict[str, Quantity], dict[str, Location]]:
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
            if not _VALUE_NAME.fullmatch(name) or name == "value":
                message = f"{name!r} cannot name a value: use small letters, digits and underscores, such as `from`"
                self._problem("wrong-id", message, several.key_location(name))
            elif (quantity := several.parsed(name, parse_quantity)) is not None:
                values[name] = quantity
            places[f"values.{name}"] = several.at(name)
        return values, places

    def _passages(self, id: str, entry: Record, text: str | None) -> tuple[tuple[Passage, ...], dict[str, Location]]:
        """The passages of `evidence`; a quotation's own words (its fragments, where it leaves some out) by default."""
        passages: list[Passage] = []
        places: dict[str, Location] = {}
        records = entry.records("evidence")
        if not records and entry.is_empty_list("evidence"):
            self._problem("empty-value", "`evidence` is empty", entry.at("evidence"), "name a source in it", id)
        for number, record in enumerate(records):
            places[f"evidence.{number}"] = record.location
            places |= {f"evidence.{number}.{key}": place for key, place in record.locations().items()}
            source = record.text("source", required=True, multiline=False)
            self._mention(source, "source", id, record.at("source"))
            exact = record.text("passage", required=text is None)
            record.done()
            if source is None:
                continue
            if exact is not None:
                passages.append(Passage(source, exact, record.at("passage")))
            elif text is not None:
                passages += [Passage(source, words, entry.at("text")) for words in fragments(text)]
        return tuple(passages), places

    def _check_dating(self, evidence: Evidence) -> None:
        dated = any(key in evidence.locations for key in ("as_of", "date"))
        if evidence.dating is not None and not dated:
            date = "`as_of` or `date`" if isinstance(evidence, Fact) else "`date`"
            message = f"`dating` says how a date was established, and there is no {date}"
            hint = "give the date, or say in `note` what the source leaves open"
            self._problem("missing-key", message, evidence.locations["dating"], hint, evidence.id)

    def _check_bearing(self, fact: Fact, entry: Record) -> None:
        """A fact rests on passages or on a calculation: on one of them, and not on both."""
        borne = "evidence" in entry
        if "derived" not in entry:
            if not borne:
                hint = "add `evidence: [{source: …, passage: …}]`, or `derived: {formula: …}`"
                self._problem(
                    "missing-key", "nothing bears this fact out: `evidence` is missing", fact.location, hint, fact.id
                )
        elif borne or fact.values:
            other = "evidence" if borne else ("value" if "value" in entry else "values")
            message = f"a derived fact takes its value from its formula: `{other}` is not expected"
            self._problem("wrong-value", message, entry.at(other), "remove one of the two", fact.id)

    def _derivation(self, id: str, entry: Record) -> tuple[Derivation | None, dict[str, Location]]:
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
            if not _VALUE_NAME.fullmatch(name):
                message = f"{name!r} cannot be a name in a formula: use small letters, digits and underscores"
                self._problem("wrong-id", message, record.key_location(name), subject=id)
            elif (input := record.text(name, multiline=False)) is not None:
                inputs[name] = input
                self._mention(input, "fact", id, record.at(name))
        places = {f"derived.{key}": place for key, place in record.locations().items()}
        return (Derivation(formula, inputs, result, digits) if formula else None), places

    def _check_braces(self, fact: Fact, entry: Record) -> None:
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
                    self._problem("wrong-braces", f"a lone `{match[0]}` stands in the claim", place, hint, fact.id)
                elif match[1] is not None:
                    found.add(match[1])
            if not whole:
                continue
            for name in sorted(names - found):
                hint = f"write {{{name}}} where the number belongs"
                self._problem("wrong-braces", f"the claim does not print `{{{name}}}`", place, hint, fact.id)
            for name in sorted(found - names):
                known = ", ".join(f"{{{name}}}" for name in sorted(names)) or "none: the fact has no value"
                message = f"the claim prints `{{{name}}}`, which is no value of this fact (values: {known})"
                self._problem(
                    "wrong-braces", message, place, "double a brace that is meant as a brace: {{ and }}", fact.id
                )

    # -- quotes --

    def _quote(self, id: str, place: Location, entry: Record) -> None:
        text = entry.text("text", required=True)
        speaker = entry.text("speaker", required=True, multiline=False)
        self._mention(speaker, "person", id, entry.at("speaker"))
        if "evidence" not in entry:
            hint = "add `evidence: [{source: …}]`"
            self._problem("missing-key", "nothing bears this quotation out: `evidence` is missing", place, hint, id)
        passages, passages_at = self._passages(id, entry, text or "")
        translations, translated_at = _translations(entry, ("text", "occasion", "note", "dating"), "text")
        quote = Quote(
            id,
            text or "",
            speaker or "",
            place,
            passages=passages,
            occasion=entry.text("occasion", multiline=False),
            date=entry.parsed("date", Period.parse, "wrong-date"),
            language=entry.parsed("language", _language) or "",
            topics=_topics(entry),
            weight=_or(entry.integer("weight", 1, 5), 3),
            expires=entry.parsed("expires", _last_day, "wrong-date"),
            note=entry.text("note"),
            dating=entry.text("dating"),
            marking=_or(entry.parsed("marking", Marking.parse), Marking.CLEAR),
            translations=_field(translations, "text"),
            occasion_translations=_field(translations, "occasion"),
            note_translations=_field(translations, "note"),
            dating_translations=_field(translations, "dating"),
            allow=read_allowances(entry),
            locations=entry.locations() | passages_at | translated_at,
        )
        self._check_dating(quote)
        if text and speaker:
            self.quotes[id] = quote

    # -- metrics: names of their own, which facts may share with their ids --

    def _metric(self, name: str, entries: Record) -> None:
        entry, place = entries.record(name), entries.key_location(name)
        if entry is None:
            return
        label = entry.text("label", required=True, multiline=False)
        translations, _ = _translations(entry, ("label",), "label")
        entry.done()
        if name in self.metrics:
            first = self.metrics[name].location
            message = f"the metric `{name}` has a label already, in {first.path.name}, line {first.line}"
            self._problem("duplicate-id", message, place, "keep one of them", name)
        elif label:
            self.metrics[name] = Metric(name, label, place, _field(translations, "label"))

    def _check_metrics(self) -> None:
        known = {fact.metric for fact in self.facts.values() if fact.metric is not None}
        for name, metric in self.metrics.items():
            if name not in known and not self.unread:
                near = closest(name, known)
                hint = f"did you mean `{near}`?" if near else "give a fact this metric, or remove the label"
                self._problem("dangling-id", f"no fact has the metric `{name}`", metric.location, hint, name)

    # -- when all files have been read --

    def finish(self) -> Library:
        self._check_mentions()
        self._check_metrics()
        library = Library(self.sources, self.people, self._with_derived(), self._with_languages(), self.metrics)
        self.problems.sort(key=_by_place)
        return library

    def _check_mentions(self) -> None:
        for mention in self.mentions:
            kind, _ = self.declared.get(mention.id, ("", None))
            if kind == mention.kind or (not kind and self.unread):  # it may stand in the file that cannot be read
                continue
            what = f"`{mention.id}` is a {kind}; the id of a {mention.kind} is expected" if kind else ""
            message = what or f"there is no {mention.kind} `{mention.id}`"
            self._problem("dangling-id", message, mention.location, self._near(mention), mention.by)

    def _near(self, mention: _Mention) -> str:
        near = closest(mention.id, (id for id, (kind, _) in self.declared.items() if kind == mention.kind))
        return f"did you mean `{near}`?" if near else f"add the {mention.kind}, or correct the id"

    def _with_languages(self) -> dict[str, Quote]:
        """A quotation is in its source's language unless it says otherwise."""

        def language(quote: Quote) -> str:
            source = self.sources.get(quote.passages[0].source) if quote.passages else None
            return quote.language or (source.language if source else "en")

        return {id: replace(quote, language=language(quote)) for id, quote in self.quotes.items()}

    def _with_derived(self) -> dict[str, Fact]:
        """Work out the derived facts, those first that others rest on."""
        facts = dict(self.facts)
        waiting = {id: fact for id, fact in facts.items() if fact.derivation is not None}
        missing = {id: len(set(_input_ids(fact)) & waiting.keys()) for id, fact in waiting.items()}
        dependents: dict[str, list[str]] = {}
        for id, fact in waiting.items():
            for input in dict.fromkeys(_input_ids(fact)):
                dependents.setdefault(input, []).append(id)
        ready = [id for id, count in missing.items() if not count]
        while ready:
            id = ready.pop()
            facts[id] = self._derive(waiting.pop(id), facts)
            for dependent in dependents.get(id, ()):
                missing[dependent] -= 1
                if not missing[dependent]:
                    ready.append(dependent)
        self._report_cycles(waiting)
        return facts

    def _derive(self, fact: Fact, facts: Mapping[str, Fact]) -> Fact:
        derivation = fact.derivation
        assert derivation is not None
        at = partial(self._derivation_place, fact)
        try:
            formula = parse_formula(derivation.formula)
            used = names_in(formula)
            for name in derivation.inputs:
                if name not in used:
                    self._problem(
                        "formula", f"the input `{name}` does not stand in the formula", at(name), "remove it", fact.id
                    )
            inputs = {}
            for name in used:
                if name not in derivation.inputs:
                    known = ", ".join(derivation.inputs) or "none"
                    raise FormulaError(f"`{name}` is not an input; inputs are: {known}")
                input = facts.get(derivation.inputs[name])
                if input is None:
                    return fact  # dangling, and reported as such
                if input.value is None:
                    if input.derivation is None and "value" not in input.locations:
                        raise FormulaError(f"`{input.id}` has no single `value` to calculate with", name)
                    return fact  # its own value is wrong, and reported
                inputs[name] = input.value
            value = calculate(formula, inputs, derivation.result, derivation.digits)
        except FormulaError as error:
            self._problem("formula", str(error), at(error.name), "", fact.id)
            return fact
        worked = replace(derivation, working=working(formula, inputs))
        return replace(fact, values={"value": value}, derivation=worked)

    def _derivation_place(self, fact: Fact, name: str | None) -> Location:
        named = fact.locations.get(f"derived.{name}")
        return named or fact.locations.get("derived.formula") or fact.location

    def _report_cycles(self, waiting: Mapping[str, Fact]) -> None:
        """Every fact that waits rests on a circle; each circle is reported once, where its first fact's formula is."""
        seen: set[str] = set()
        for start in waiting:
            way: list[str] = []
            id = start
            while id not in way and id not in seen:
                way.append(id)
                id = next(input for input in _input_ids(waiting[id]) if input in waiting)
            if id in way:
                circle = [*way[way.index(id) :], id]
                fact = waiting[id]
                message = f"these calculations rest on each other: {' → '.join(circle)}"
                self._problem("formula-cycle", message, self._derivation_place(fact, None), "break the circle", id)
            seen.update(way)


def _input_ids(fact: Fact) -> tuple[str, ...]:
    return tuple(fact.derivation.inputs.values()) if fact.derivation else ()


def _by_place(problem: Problem) -> tuple[str, int, int, str]:
    where = problem.location
    if where is None:
        return ("", 0, 0, problem.code)
    return (where.path.as_posix(), where.line or 0, where.column or 0, problem.code)


# -- values ------------------------------------------------------------------------------------------------


def _or(value: T | None, default: T) -> T:
    """The value, or its default where there is none; zero is a value."""
    return default if value is None else value


def _translations(
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
        if not _LANGUAGE.fullmatch(language):
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


def _field(translations: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
    return {language: words[name] for language, words in translations.items() if name in words}


def _topics(entry: Record) -> tuple[str, ...]:
    topics = entry.texts("topics")
    for topic in topics:
        if not ID.fullmatch(topic):
            entry.problem("wrong-value", f"{topic!r} is not a topic: use small letters, digits and hyphens", "topics")
    return tuple(dict.fromkeys(topic for topic in topics if ID.fullmatch(topic)))


def _matching(pattern: re.Pattern[str], expected: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} is not {expected}")
        return text

    return parse


_language = _matching(_LANGUAGE, "a language tag: write `en`, `vi` or `pt-BR`")
_slug = _matching(ID, "a name: use small letters, digits and hyphens, beginning with a letter")
_web_address = _matching(re.compile(r"https?://[^\s<>\"]+"), "an address: it begins with https:// and has no spaces")


def _address(text: str) -> str:
    as_uri(_web_address(text))
    return text


def _source_type(text: str) -> str:
    if text not in CSL_TYPES:
        raise ValueError(f"{text!r} is not an item type of CSL, such as article-newspaper, report, speech, webpage")
    return text


def _currency_code(text: str) -> str:
    if text not in CURRENCIES:
        raise ValueError(f"{text!r} is not a currency code of ISO 4217, such as CAD")
    return text


def _text_name(text: str) -> str:
    """A file's name below the folder of texts: relative, with forward slashes, never leading out of it."""
    path = PurePosixPath(text)
    if "\\" in text or ":" in text or path.is_absolute() or ".." in path.parts or text in (".", ""):
        raise ValueError(f"{text!r} must be a file's name below the folder of texts, such as 2025/article.txt")
    return text


def _last_day(text: str) -> Day:
    return Period.parse(text).last
