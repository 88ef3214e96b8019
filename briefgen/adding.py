"""Adding to a library: a source with its text, or evidence by its words in a text.

Each function works out everything that is to be written, and tries it on the library as it would then be: the new
entry must load, stand in its text and pass the checks, and nothing else may change. Only then is there an `Addition`
to be saved; so nothing is ever half-written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from briefgen.checks import check_library
from briefgen.drafting import FactDraft, draft_fact, language_of, locate, propose_id, with_value_in_place
from briefgen.entries import Entry, Value, append
from briefgen.errors import BriefgenError, Location, Problem, Severity, UsageError, errors_in
from briefgen.evidence import Evidence, Library, Metric, Person, Source
from briefgen.extraction import extract_text
from briefgen.lock import Lock, SourceText, Texts, lock_contents, make_lock, read_lock, verify
from briefgen.matching import closest
from briefgen.quotations import split_quotation
from briefgen.records import Origin, decode_text, parse_records
from briefgen.seeds import load_library
from briefgen.workspace import Workspace, is_device_name

_DRAFT = "a draft from the passage: say it in your own words"
_QUOTATION_MARKS = "“”„\"«»‘’'"


@dataclass(frozen=True, slots=True)
class Addition:
    """A new entry, tried and ready to be saved.

    Attributes:
        path, line: where it stands, once saved.
        files: every file that is to be written, with its contents; for `build.save`.
        proposals: what was proposed and not given, and what was left open, in words.
        problems: warnings about it, without places, since nothing is saved yet.
    """

    entry: Entry
    path: Path
    line: int
    files: Mapping[Path, bytes]
    proposals: tuple[str, ...]
    problems: tuple[Problem, ...]


def add_source(
    workspace: Workspace, document: Path, given: Mapping[str, Value], *, id: str | None, file: Path | None
) -> Addition:
    """Take over a source: its text into the folder of texts, its entry into an evidence file.

    Args:
        document: the file that the text is taken from.
        given: the entry's fields, as they are to be written; nothing is added of what a source says of itself.
        id: None for one proposed from publisher and title.
        file: the evidence file; None for the one that sources stand in, or `sources.yaml`.

    Raises:
        UsageError: a field is wrong.
        BriefgenError: there is no text to be had, or the entry cannot be written.
    """
    problems: list[Problem] = []
    text = extract_text(document, problems)
    if text is None:
        raise BriefgenError(problems)
    loaded = _Loaded.of(workspace)
    id = id or _source_id(given, document, loaded.ids)
    name, files = _text_file(workspace, loaded.library, document, text, id)
    proposals = []
    fields = dict(given)
    if "language" not in given:
        if (language := language_of(text)) is not None:
            fields["language"] = language
            proposals.append(f"language: {language}, by the letters of the text")
        else:
            proposals.append("language: not given, so numbers are read as in English")
    if same := _same_text(text, loaded.library, workspace):
        proposals.append(f"text: word for word that of `{same}`; is it another source?")
    order = ("title", "publisher", "author", "issued", "accessed", "url", "type", "language", "text", "marking", "note")
    fields["text"] = name
    entry = Entry("sources", id, {key: fields[key] for key in order if key in fields})
    path = file or _usual_file(loaded.library.sources.values(), workspace.seeds / "sources.yaml")
    tried = loaded.with_entry(entry, path)
    return Addition(entry, path, tried.line, {path: tried.contents, **files}, tuple(proposals), tuple(problems))


def add_fact(
    workspace: Workspace,
    source: str,
    words: str,
    given: Mapping[str, Value],
    as_of: date,
    *,
    id: str | None,
    file: Path | None,
    first: bool = False,
) -> Addition:
    """Take up a fact by its words in a source's text.

    Args:
        source: the source's id.
        words: of the text, as they were copied.
        given: the entry's fields, as they are to be written; `value: none` for a fact without one.
        as_of: the day that decides what has expired.
        id: None for one proposed from the claim.
        file: the evidence file; None for the one that facts like this stand in, or `facts.yaml`.
        first: take the first of several places in which the words stand.

    Raises:
        UsageError: the source is unknown, or a field is wrong.
        BriefgenError: the words are not in the text as they stand there, or the fact fails a check.
    """
    loaded = _Loaded.of(workspace)
    work = loaded.source(source)
    text = _text_of(work, workspace)
    passage = locate(words, text.folded, source, first=first).words
    draft = draft_fact(passage, work)
    claim, values, proposals = _worded(given, draft)
    fields: dict[str, Value] = {**given, "claim": claim}
    fields.pop("value", None)
    if values:
        fields |= {"value": values["value"]} if "value" in values else {"values": values}
    for key, proposed in (("kind", draft.kind), ("as_of", draft.as_of)):
        if key not in given and proposed is not None:
            fields[key] = str(proposed)
            proposals.append(f"{key}: {proposed}")
    remarks = {} if "claim" in given else {"claim": _DRAFT}
    id = id or propose_id(_described(fields), loaded.ids, fallback=f"{source[:50]}-fact")
    fields["evidence"] = ({"source": source, "passage": passage},)
    order = (
        "claim",
        "value",
        "values",
        "metric",
        "kind",
        "as_of",
        "date",
        "place",
        "topics",
        "weight",
        "note",
        "caveat",
    )
    entry = Entry("facts", id, {key: fields[key] for key in (*order, "evidence") if key in fields}, remarks)
    path = file or _file_for_fact(given, source, loaded.library, workspace)
    return loaded.with_evidence(entry, path, text, workspace, as_of, tuple(proposals))


def add_quote(
    workspace: Workspace,
    source: str,
    words: str,
    given: Mapping[str, Value],
    as_of: date,
    *,
    id: str | None,
    file: Path | None,
    first: bool = False,
) -> Addition:
    """Take up somebody's words by themselves in a source's text; see `add_fact`.

    Args:
        words: the quotation; `[…]` marks what is left out, and quotation marks around it are dropped.
        given: the entry's fields, among them `speaker`.
    """
    loaded = _Loaded.of(workspace)
    work = loaded.source(source)
    text = _text_of(work, workspace)
    quoted, place = _without_marks(words), 0
    parts = split_quotation(quoted)
    for part in parts:
        standing = locate(part.words, text.folded, source, first=first or len(parts) > 1).words
        place = quoted.index(part.words, place)
        quoted = quoted[:place] + standing + quoted[place + len(part.words) :]
        place += len(standing)
    speaker = str(given.get("speaker", ""))
    id = id or propose_id(f"{speaker.split('-')[-1]} {quoted}", loaded.ids, most=3, fallback=f"{source[:50]}-quote")
    order = ("speaker", "occasion", "date", "topics", "weight", "note", "dating")
    fields: dict[str, Value] = {"text": quoted, **{key: given[key] for key in order if key in given}}
    entry = Entry("quotes", id, {**fields, "evidence": ({"source": source},)})
    path = file or _usual_file(loaded.library.quotes.values(), workspace.seeds / "quotes.yaml")
    return loaded.with_evidence(entry, path, text, workspace, as_of, ())


# -- the library as it is, and as it would be --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tried:
    """An entry in its file, and the library with it."""

    contents: bytes
    line: int
    library: Library


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A library as it is, with what is wrong with it."""

    seeds: Path
    library: Library
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, workspace: Workspace) -> _Loaded:
        problems: list[Problem] = []
        library = load_library(workspace.seeds, problems)
        return cls(workspace.seeds, library, tuple(problems))

    @property
    def ids(self) -> frozenset[str]:
        library = self.library
        return frozenset((*library.sources, *library.people, *library.facts, *library.quotes))

    def source(self, id: str) -> Source:
        """A source.

        Raises:
            UsageError: `unknown-source`.
        """
        if (found := self.library.sources.get(id)) is not None:
            return found
        near = closest(id, self.library.sources)
        hint = f"did you mean `{near}`?" if near else "describe it first, with `briefgen add source FILE`"
        raise UsageError(Problem("unknown-source", f"the library has no source {id!r}", hints=(hint,)))

    def with_entry(self, entry: Entry, path: Path) -> _Tried:
        """Put an entry into its file, and load the library as it would then be.

        Raises:
            UsageError: the entry cannot be loaded as it is.
            BriefgenError: the file cannot take it.
        """
        problems: list[Problem] = []
        old = _contents(path)
        text = decode_text(old, path, problems)
        top = None if text is None else parse_records(text, Origin(path, problems))
        if problems:
            raise BriefgenError(problems)
        contents, line = append(old, top, entry, Location(path))
        found: list[Problem] = []
        library = load_library(self.seeds, found, {path: contents})
        earlier = Counter(_without_place(problem) for problem in self.problems)
        own = tuple((Counter(_without_place(problem) for problem in found) - earlier).elements())
        if own:
            raise UsageError(own)
        before, after = _in_plain(self.library), _in_plain(library)
        if after.pop(entry.id, None) is None or before != after:
            message = f"the entry `{entry.id}` cannot be added here without changing others"
            hint = "name another file with --file, or paste what --dry-run prints"
            raise BriefgenError(Problem("cannot-add", message, Location(path), hints=(hint,)))
        return _Tried(contents, line, library)

    def with_evidence(
        self,
        entry: Entry,
        path: Path,
        text: SourceText,
        workspace: Workspace,
        as_of: date,
        proposals: tuple[str, ...],
    ) -> Addition:
        """Put a fact or quotation into its file, lock it and check it.

        Raises:
            as `with_entry`; BriefgenError: it fails a check, or the lock disagrees with the text.
        """
        tried = self.with_entry(entry, path)
        evidence = tried.library.evidence(entry.id)
        assert evidence is not None
        texts = Texts(workspace.texts)
        lock = _extended_lock(evidence, tried.library, texts, text, workspace.lock)
        found: list[Problem] = []
        verification = verify(_alone(evidence, tried.library), texts, lock, found)
        found += check_library(tried.library, verification, as_of, texts)
        own = [problem for problem in found if entry.id in _concerned(problem) and problem.code != "lock-stale"]
        own = [_without_place(problem, entry.id) for problem in own]
        if errors := errors_in(own):
            raise BriefgenError(errors)
        warnings = tuple(problem for problem in own if problem.severity is Severity.WARNING)
        files = {path: tried.contents, workspace.lock: lock_contents(lock)}
        return Addition(entry, path, tried.line, files, proposals, warnings)


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        reason = (
            "this is a folder; a file is expected" if path.is_dir() else f"cannot be read: {error.strerror or error}"
        )
        raise BriefgenError(Problem("unreadable-file", reason, Location(path))) from error


def _extended_lock(evidence: Evidence, library: Library, texts: Texts, text: SourceText, path: Path) -> Lock:
    """The lock so far, and what it says of the new evidence; nothing else is locked anew."""
    problems: list[Problem] = []
    old = read_lock(path, problems)
    if problems:
        raise BriefgenError(problems)
    new, found = make_lock(_alone(evidence, library), texts, path)
    if errors := errors_in(found):
        raise BriefgenError([_without_place(problem) for problem in errors])
    for id in new.sources if old else ():
        if old and old.sources.get(id, text.hash) != text.hash:
            message = f"the text of `{id}` is not the one that was locked"
            hint = f"restore {text.path.name}; or, if the new text is right, run `briefgen lock`"
            raise BriefgenError(Problem("text-changed", message, Location(text.path), hints=(hint,), subject=id))
    if old is None:
        return new
    sources, passages = {**old.sources, **new.sources}, {**old.passages, **new.passages}
    return Lock(path, dict(sorted(sources.items())), dict(sorted(passages.items())))


def _alone(evidence: Evidence, library: Library) -> Library:
    """A library of one piece of evidence and what it is taken from."""
    sources = {id: library.sources[id] for id in library.sources_of(evidence)}
    facts = {id: one for id, one in library.facts.items() if id == evidence.id}
    quotes = {id: one for id, one in library.quotes.items() if id == evidence.id}
    return Library(sources, library.people, facts, quotes)


def _in_plain(library: Library) -> dict[str, Source | Person | Evidence | Metric]:
    """All entries by id, without the places at which they stand."""
    nowhere = Location(Path())

    def unplaced(entry: Evidence) -> Evidence:
        passages = tuple(replace(passage, location=nowhere) for passage in entry.passages)
        return replace(entry, location=nowhere, locations={}, passages=passages, allow=())

    return {
        **{id: replace(source, location=nowhere, locations={}, allow=()) for id, source in library.sources.items()},
        **{id: replace(person, location=nowhere, locations={}, allow=()) for id, person in library.people.items()},
        **{one.id: unplaced(one) for one in library.all_evidence()},
        **{f"metric {name}": replace(metric, location=nowhere) for name, metric in library.metrics.items()},
    }


def _without_place(problem: Problem, id: str = "") -> Problem:
    """A problem of what is not saved yet, the entry `id`: its line is not there to be shown."""
    others = tuple(f"see `{other}`" for other in _concerned(problem)[1:] if other and other != id)
    return replace(problem, location=None, related=(), hints=(*problem.hints, *others))


def _concerned(problem: Problem) -> tuple[str | None, ...]:
    return (problem.subject, *(related.subject for related in problem.related))


# -- sources -----------------------------------------------------------------------------------------------


def _source_id(given: Mapping[str, Value], document: Path, taken: frozenset[str]) -> str:
    """`ndo-new-pillars` from "NDO" and "New pillars and highlights …"."""
    title, publisher = given.get("title"), given.get("publisher")
    short = propose_id(str(publisher), (), most=2, fallback="") if publisher else ""
    words = str(title) if title else document.stem
    if not short:
        return propose_id(words, taken, most=4, fallback="source")
    return propose_id(f"{short} {words}", taken, most=short.count("-") + 3, fallback="source")


def _text_file(
    workspace: Workspace, library: Library, document: Path, text: str, id: str
) -> tuple[str, dict[Path, bytes]]:
    """The name of a source's text below the folder of texts, and the file, unless it is there already."""
    folder = workspace.texts or workspace.seeds / "texts"
    resolved = document.resolve()
    if resolved.is_relative_to(folder.resolve()) and document.suffix == ".txt":
        name = resolved.relative_to(folder.resolve()).as_posix()
        for source in library.sources.values():
            if source.text == name:
                message = f"{name} is the text of the source `{source.id}` already"
                raise BriefgenError(Problem("text-taken", message, source.location, subject=source.id))
        return name, {}
    contents = text.encode("utf-8")
    used = {source.text for source in library.sources.values()}
    stem = f"{id}-text" if is_device_name(id) else id
    for number in count(1):
        name = f"{stem}.txt" if number == 1 else f"{stem}-{number}.txt"
        path = folder / name
        if name not in used and (not path.exists() or (path.is_file() and path.read_bytes() == contents)):
            break
    return name, {path: contents}


def _same_text(text: str, library: Library, workspace: Workspace) -> str | None:
    """The source that has this text already, whatever the white space."""
    texts = Texts(workspace.texts)
    own = text.split()
    for source in library.sources.values():
        other = texts.of(source, [])
        if other is not None and other.raw.split() == own:
            return source.id
    return None


def _text_of(source: Source, workspace: Workspace) -> SourceText:
    problems: list[Problem] = []
    text = Texts(workspace.texts).of(source, problems)
    if text is None:
        if not problems:
            folder = workspace.texts or workspace.seeds / "texts"
            message = f"the text of `{source.id}` is not at hand, so nothing can be found in it"
            hint = f"put {source.text or 'its text'} into {folder.name}/, or name its folder with BRIEFGEN_TEXTS"
            problems.append(
                Problem("text-missing", message, source.locations.get("text", source.location), hints=(hint,))
            )
        raise BriefgenError(problems)
    return text


# -- facts and quotations ----------------------------------------------------------------------------------


def _worded(given: Mapping[str, Value], draft: FactDraft) -> tuple[str, Mapping[str, str], list[str]]:
    """A fact's claim and values: as given, else as the passage has them; and what of them was proposed."""
    own, value = given.get("claim"), given.get("value")
    claim = str(own) if own is not None else draft.plain
    proposals = [] if own is not None else ["claim: the passage’s own words; say it in yours"]
    if value is not None:
        values = {} if value == "none" else {"value": str(value)}
        return with_value_in_place(claim, str(value)) if values else claim, values, proposals
    if own is None:
        claim = draft.claim
    elif "value" in draft.values:
        claim = with_value_in_place(claim, draft.values["value"])
    if not draft.values:
        unread = ["value: none that can be read"] if any(char.isdigit() for char in claim) else []
        return claim, {}, [*proposals, *unread]
    if not all(f"{{{name}}}" in claim for name in draft.values):
        return claim, {}, [*proposals, "value: none, since the claim does not state the passage’s number"]
    others = f" (the passage also states {', '.join(draft.others)}: choose with --value)" if draft.others else ""
    return claim, draft.values, [*proposals, f"value: {', '.join(draft.values.values())}{others}"]


def _described(fields: Mapping[str, Value]) -> str:
    """The words that name a fact: its metric, else its claim; and the year it is of."""
    year = str(fields.get("as_of", ""))[:4]
    words = str(fields.get("metric") or "").replace("-", " ")
    if words:
        return f"{words} {year}"
    claim = str(fields["claim"])
    return claim if not year or year in claim else f"{claim} {year}"


def _without_marks(words: str) -> str:
    """A quotation without the marks around it."""
    words = words.strip()
    if len(words) > 2 and words[0] in _QUOTATION_MARKS and words[-1] in _QUOTATION_MARKS:
        return words[1:-1].strip()
    return words


def _usual_file(entries: Iterable[Source | Evidence], otherwise: Path) -> Path:
    """The file in which most of these entries stand."""
    counted = Counter(entry.location.path for entry in entries)
    return max(counted, key=lambda path: (counted[path], path.as_posix()), default=otherwise)


def _file_for_fact(given: Mapping[str, Value], source: str, library: Library, workspace: Workspace) -> Path:
    """Where facts of its metric stand, else most of its first topic, else most of its source."""
    topics = given.get("topics")
    topic = topics[0] if isinstance(topics, tuple) and topics else None
    facts = [fact for fact in library.facts.values() if fact.derivation is None]
    metric = [fact for fact in facts if fact.metric is not None and fact.metric == given.get("metric")]
    alike = metric or [fact for fact in facts if topic in fact.topics]
    alike = alike or [fact for fact in facts if source in (passage.source for passage in fact.passages)]
    return _usual_file(alike, workspace.seeds / "facts.yaml")
