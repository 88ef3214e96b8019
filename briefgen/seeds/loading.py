"""A library, from all its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefgen.errors import Location, Problem
from briefgen.evidence import Fact, Library, Metric, Person, Quote, Source
from briefgen.matching import closest
from briefgen.records import ID, Origin, Record, decode_text, parse_records, read_records, without_garbage_collection
from briefgen.seeds.derived import with_derived
from briefgen.seeds.facts import read_fact
from briefgen.seeds.files import evidence_files, in_order
from briefgen.seeds.findings import Findings, Mention
from briefgen.seeds.quotes import read_quote
from briefgen.seeds.sources import read_person, read_source
from briefgen.seeds.translated import in_field, read_translations

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
    with without_garbage_collection():
        loading = _Loading(Findings(problems))
        unsaved = unsaved or {}
        for path in in_order({*evidence_files(folder, problems), *unsaved}, folder):
            loading.file(path, unsaved.get(path))
        return loading.finish()


@dataclass(slots=True)
class _Loading:
    """The library while its files are being read."""

    findings: Findings
    declared: dict[str, tuple[str, Location]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    unread: bool = False

    def file(self, path: Path, unsaved: bytes | None) -> None:
        before = len(self.findings.problems)
        if unsaved is None:
            top = read_records(path, self.findings.problems)
        else:
            text = decode_text(unsaved, path, self.findings.problems)
            top = None if text is None else parse_records(text, Origin(path, self.findings.problems))
        if top is None:
            self.unread = self.unread or len(self.findings.problems) > before
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
            self.findings.problem("wrong-id", f"{id!r} cannot be an id", place, hint)
            return
        entry = entries.record(id)
        if id in self.declared:
            other, first = self.declared[id]
            where = f"{first.path.name}, line {first.line}"
            hint = "ids are unique across all files and kinds: rename one of them"
            self.findings.problem("duplicate-id", f"the id `{id}` is a {other} already, in {where}", place, hint, id)
            return
        self.declared[id] = (_KINDS[kind], place)
        if entry is None:
            return
        match kind:
            case "sources":
                self.sources[id] = read_source(id, place, entry)
            case "people":
                self.people[id] = read_person(id, place, entry)
            case "facts":
                self.facts[id] = read_fact(self.findings, id, place, entry)
            case _:
                quote = read_quote(self.findings, id, place, entry)
                if quote is not None:
                    self.quotes[id] = quote
        entry.done()

    # -- metrics: names of their own, which facts may share with their ids --

    def _metric(self, name: str, entries: Record) -> None:
        entry, place = entries.record(name), entries.key_location(name)
        if entry is None:
            return
        label = entry.text("label", required=True, multiline=False)
        translations, _ = read_translations(entry, ("label",), "label")
        entry.done()
        if name in self.metrics:
            first = self.metrics[name].location
            message = f"the metric `{name}` has a label already, in {first.path.name}, line {first.line}"
            self.findings.problem("duplicate-id", message, place, "keep one of them", name)
        elif label:
            self.metrics[name] = Metric(name, label, place, in_field(translations, "label"))

    def _check_metrics(self) -> None:
        known = {fact.metric for fact in self.facts.values() if fact.metric is not None}
        for name, metric in self.metrics.items():
            if name not in known and not self.unread:
                near = closest(name, known)
                hint = f"did you mean `{near}`?" if near else "give a fact this metric, or remove the label"
                self.findings.problem("dangling-id", f"no fact has the metric `{name}`", metric.location, hint, name)

    # -- when all files have been read --

    def finish(self) -> Library:
        self._check_mentions()
        self._check_metrics()
        library = Library(
            self.sources, self.people, with_derived(self.facts, self.findings), self._with_languages(), self.metrics
        )
        self.findings.problems.sort(key=_by_place)
        return library

    def _check_mentions(self) -> None:
        for mention in self.findings.mentions:
            kind, _ = self.declared.get(mention.id, ("", None))
            if kind == mention.kind or (not kind and self.unread):  # it may stand in the file that cannot be read
                continue
            what = f"`{mention.id}` is a {kind}; the id of a {mention.kind} is expected" if kind else ""
            message = what or f"there is no {mention.kind} `{mention.id}`"
            self.findings.problem("dangling-id", message, mention.location, self._near(mention), mention.by)

    def _near(self, mention: Mention) -> str:
        near = closest(mention.id, (id for id, (kind, _) in self.declared.items() if kind == mention.kind))
        return f"did you mean `{near}`?" if near else f"add the {mention.kind}, or correct the id"

    def _with_languages(self) -> dict[str, Quote]:
        """A quotation is in its source's language unless it says otherwise."""

        def language(quote: Quote) -> str:
            source = self.sources.get(quote.passages[0].source) if quote.passages else None
            return quote.language or (source.language if source else "en")

        return {id: replace(quote, language=language(quote)) for id, quote in self.quotes.items()}


def _by_place(problem: Problem) -> tuple[str, int, int, str]:
    where = problem.location
    if where is None:
        return ("", 0, 0, problem.code)
    return (where.path.as_posix(), where.line or 0, where.column or 0, problem.code)
