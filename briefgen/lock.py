"""The evidence lock: what makes it enough to commit citations without the works they are taken from.

For each passage it binds three things together: the passage as curated (and, for a quotation, its words and who spoke
them), the work's text, and the place where the passage stands in it. It is written only when the passage was found in
the real text. With the texts at hand everything is verified against them; without, against the lock.

The file is JSON with one line for each source and passage, in the order of ids, so that a change is a small diff.
Hashes are SHA-256 of UTF-8. A text's hash is of the text as read: without a byte order mark, line ends as LF.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefgen.errors import Location, Problem, Severity
from briefgen.evidence import Evidence, Fact, Library, Passage, Quote, Source
from briefgen.folding import Folded, Span, fold
from briefgen.matching import difference, find, nearest
from briefgen.numerals import find_quantities
from briefgen.quotations import split_quotation, unmarked
from briefgen.records import read_text

FORMAT = 1
CONTEXT = 32
"""Code points of context on each side of a passage that the lock binds."""

_RELOCK = "run `briefgen lock`"


class Basis(StrEnum):
    """What a passage was verified against."""

    TEXTS = "texts"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class LockedPassage:
    """One passage as it was found in its source.

    Attributes:
        source: the source's id.
        span: where it stood, in code points of the text as read.
        exact: hash of the passage as it stood there.
        before, after: hashes of up to `CONTEXT` code points on either side.
        curated: hash of what the evidence file says: the passage, and a quotation's words, folded, and its speaker.
    """

    source: str
    span: Span
    exact: str
    before: str
    after: str
    curated: str


@dataclass(frozen=True, slots=True)
class Lock:
    """All that `evidence.lock` says.

    Attributes:
        path: the file.
        sources: source's id → hash of its text.
        passages: `evidence-id/number of the passage, from 0` → what was found.
    """

    path: Path
    sources: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, LockedPassage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verified:
    """A passage that was verified, and where it stands."""

    source: str
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, and against what.

    Attributes:
        passages: evidence's id and number of the passage (from 0) → where it was found. What failed is absent.
        sources: source's id → hash of its text, as read or as locked.
        read: ids of the sources whose texts were at hand.
    """

    passages: Mapping[tuple[str, int], Verified] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    read: frozenset[str] = frozenset()

    def counts(self) -> Mapping[Basis, int]:
        """How many passages were verified against what."""
        found = [verified.basis for verified in self.passages.values()]
        return {basis: found.count(basis) for basis in Basis}

    @property
    def basis(self) -> str:
        """`texts`, `lock`, `texts and lock`, or `nothing`."""
        return " and ".join(basis for basis, count in self.counts().items() if count) or "nothing"

    def basis_of(self, evidence: Evidence) -> Basis | None:
        """The weakest basis of a piece of evidence's own passages; None if one of them was not verified."""
        found = [self.passages.get((evidence.id, number)) for number in range(len(evidence.passages))]
        if not found or None in found:
            return None
        return Basis.LOCK if any(verified and verified.basis is Basis.LOCK for verified in found) else Basis.TEXTS

    def place(self, id: str, number: int) -> Verified | None:
        """Where a passage stands, or None if it was not verified."""
        return self.passages.get((id, number))


# -- texts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source, as read from its file."""

    path: Path
    folded: Folded
    hash: str

    @property
    def raw(self) -> str:
        """The text, without a byte order mark, line ends as LF."""
        return self.folded.raw


class Texts:
    """The sources' full texts: files below one folder, read when they are first asked for.

    Args:
        folder: `seeds/texts/`, or what `BRIEFGEN_TEXTS` names; it need not exist. None: no texts are at hand.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._read: dict[str, SourceText | None] = {}

    def of(self, source: Source, problems: list[Problem]) -> SourceText | None:
        """The text of a source, or None if it is not at hand; a file that cannot be used is a problem, said once."""
        if self.folder is None or source.text is None:
            return None
        if source.text not in self._read:
            self._read[source.text] = self._file(self.folder, source, problems)
        return self._read[source.text]

    def _file(self, folder: Path, source: Source, problems: list[Problem]) -> SourceText | None:
        assert source.text is not None
        path = folder / source.text
        where = source.locations.get("text", source.location)
        if not path.resolve().is_relative_to(folder.resolve()):
            message = f"{source.text!r} leads out of the folder of texts"
            problems.append(Problem("text-outside", message, where, subject=source.id))
            return None
        if not path.exists():
            return None
        text = read_text(path, problems)
        if text is None:
            return None
        return SourceText(path, Folded(text), _hash(text))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# -- verifying ---------------------------------------------------------------------------------------------


def verify(library: Library, texts: Texts, lock: Lock | None, problems: list[Problem]) -> Verification:
    """Verify every passage, against its source's text where that is at hand, else against the lock.

    Args:
        library: what is to be verified.
        texts: the sources' texts.
        lock: from `read_lock`; None if there is none.
        problems: errors for passages that are not there, not covered, or disagree; a warning for a stale lock.
    """
    return _Verifying(library, texts, lock, problems).verify()


def make_lock(library: Library, texts: Texts, path: Path, old: Lock | None = None) -> tuple[Lock, list[Problem]]:
    """Verify against the texts alone, and bind what was found.

    Args:
        library: what is to be locked.
        texts: the sources' texts.
        path: where the lock will be written.
        old: the lock so far; what it binds stays where a source's text is not at hand and the evidence is unchanged.

    Returns:
        The lock, which covers what was found, and the problems with the rest.
    """
    problems: list[Problem] = []
    verifying = _Verifying(library, texts, None, problems)
    sources: dict[str, str] = {}
    passages: dict[str, LockedPassage] = {}
    for evidence in library.all_evidence():
        spans = verifying.spans(evidence)
        for number, passage in enumerate(evidence.passages):
            key = f"{evidence.id}/{number}"
            text = verifying.text(passage.source)
            if text is None:
                kept = old.passages.get(key) if old else None
                if old and kept and kept.source == passage.source and kept.curated == _curated(evidence, passage):
                    passages[key] = kept
                    sources[passage.source] = old.sources[passage.source]
                else:
                    problems.append(_text_missing(evidence, number, library.sources.get(passage.source)))
            elif (span := spans[number]) is not None:
                passages[key] = _bind(evidence, passage, text.raw, span)
                sources[passage.source] = text.hash
    return Lock(path, dict(sorted(sources.items())), dict(sorted(passages.items()))), problems


class _Verifying:
    """One run over a library."""

    def __init__(self, library: Library, texts: Texts, lock: Lock | None, problems: list[Problem]) -> None:
        self.library = library
        self.texts = texts
        self.lock = lock
        self.problems = problems
        self.uncovered: list[str] = []
        self.changed: set[str] = set()
        self.unverifiable: set[str] = set()

    def text(self, source: str) -> SourceText | None:
        known = self.library.sources.get(source)
        return self.texts.of(known, self.problems) if known else None

    def verify(self) -> Verification:
        found: dict[tuple[str, int], Verified] = {}
        self._compare_sources()
        for evidence in self.library.all_evidence():
            spans = self.spans(evidence)
            for number, passage in enumerate(evidence.passages):
                if self.text(passage.source) is not None:
                    span, basis = spans[number], Basis.TEXTS
                else:
                    span, basis = self._locked(evidence, number), Basis.LOCK
                if span is not None:
                    found[evidence.id, number] = Verified(passage.source, span, basis)
        self._report_stale()
        read = frozenset(id for id in self.library.sources if self.text(id) is not None)
        locked = self.lock.sources if self.lock else {}
        hashes = {}
        for id in self.library.sources:
            text = self.text(id)
            if text is not None:
                hashes[id] = text.hash
            elif id in locked:
                hashes[id] = locked[id]
        return Verification(found, hashes, read)

    # -- against the texts --

    def spans(self, evidence: Evidence) -> list[Span | None]:
        """Where each passage of a piece of evidence stands in its text; None where there is no text or no match."""
        spans: list[Span | None] = []
        for number, passage in enumerate(evidence.passages):
            text = self.text(passage.source)
            if text is None:
                spans.append(None)
                continue
            places = find(passage.exact, text.folded)
            if not places:
                self._report_missing(evidence, number, text)
            before = spans[-1] if spans and evidence.passages[number - 1].source == passage.source else None
            after = before.end if before and isinstance(evidence, Quote) else 0
            chosen = self._choose(evidence, number, places, after)
            if chosen is not None:
                chosen = self._whole(evidence, number, text, chosen)
            if chosen is not None and self.lock is not None:
                self._compare(evidence, number, text, chosen)
            spans.append(chosen)
        return spans

    def _choose(self, evidence: Evidence, number: int, places: tuple[Span, ...], after: int) -> Span | None:
        """The place that the lock names, or the first that does not go back before the fragment ahead of it."""
        locked = self.lock.passages.get(f"{evidence.id}/{number}") if self.lock else None
        if locked is not None and locked.span in places:
            return locked.span
        return next((place for place in places if place.start >= after), places[0] if places else None)

    def _whole(self, evidence: Evidence, number: int, text: SourceText, span: Span) -> Span | None:
        """A passage may not leave out a number's magnitude, unit, currency or hedge, nor the other end of a range."""
        if isinstance(evidence, Quote):
            return span
        source = self.library.sources[evidence.passages[number].source]
        first = max(0, text.raw.rfind(" ", 0, max(0, span.start - 40)) + 1)
        window = text.raw[first : span.end + 40]
        for stated in find_quantities(window, source.language, source.dollar):
            whole = [part for part in (stated.span, stated.hedge) if part is not None]
            start, end = min(part.start for part in whole) + first, max(part.end for part in whole) + first
            cut = start < span.start < end or start < span.end < end
            if cut and any(
                char.isalnum() for char in window[max(start, span.start) - first : min(end, span.end) - first]
            ):
                words = " ".join(text.raw[start:end].split())
                hint = f"widen the passage so that it holds all of “{words}”"
                message = f"the passage cuts “{words}”, so the number means something else"
                self._problem("number-cut", message, evidence, number, hint)
                return None
        return span

    def _report_missing(self, evidence: Evidence, number: int, text: SourceText) -> None:
        passage = evidence.passages[number]
        if isinstance(evidence, Quote) and passage.location == evidence.locations.get("text"):
            self._report_altered(evidence, number, text)
        else:
            message = f"the passage is not in the text of `{passage.source}`"
            self._problem("passage-not-found", message, evidence, number, *_nearest_words(passage.exact, text))

    def _report_altered(self, quote: Quote, number: int, text: SourceText) -> None:
        """Say of a quotation that is not there what is wrong with it: a mark of ours that is missing, or the words."""
        source = quote.passages[number].source
        if (ours := unmarked(quote.text)) is not None:
            kind, marked = ours
            if all(find(fragment.words, text.folded) for fragment in split_quotation(marked)):
                hint = f"mark it as yours: “{marked}”"
                if kind == "omission":
                    message = f"the quotation leaves out, behind dots of its own, words that are in `{source}`"
                    self._problem("omission-not-marked", message, quote, number, hint)
                else:
                    message = f"the quotation has words in round brackets that are not in `{source}`"
                    self._problem("insertion-not-marked", message, quote, number, hint)
                return
        message = f"the quotation is not in the text of `{source}`"
        self._problem("quotation-altered", message, quote, number, *_nearest_words(quote.passages[number].exact, text))

    # -- against the lock --

    def _locked(self, evidence: Evidence, number: int) -> Span | None:
        passage = evidence.passages[number]
        locked = self.lock.passages.get(f"{evidence.id}/{number}") if self.lock else None
        source = self.library.sources.get(passage.source)
        if source is None:
            return None  # dangling, and reported as such
        if locked is not None and locked.source == passage.source and locked.curated == _curated(evidence, passage):
            return locked.span
        if self.lock is None:
            self._report_unverifiable(source)
            return None
        if locked is None:
            self.problems.append(_text_missing(evidence, number, source))
            return None
        if locked.source != passage.source:
            message = f"the lock has this passage from `{locked.source}`, found `{passage.source}`"
        elif isinstance(evidence, Quote):
            message = "the quotation, its passage or its speaker is not the one that was found in the text and locked"
        else:
            message = "the passage is not the one that was found in the text and locked"
        hint = f"restore it; or put the text of `{passage.source}` in place and {_RELOCK}"
        self._problem("evidence-not-locked", message, evidence, number, hint)
        return None

    def _report_unverifiable(self, source: Source) -> None:
        """Without any lock, a source whose text is missing is one problem, not one for each of its passages."""
        if source.id in self.unverifiable:
            return
        self.unverifiable.add(source.id)
        message = f"nothing from `{source.id}` can be verified: its text is not at hand, and there is no usable lock"
        hint = f"put {source.text or 'its text'} in place and {_RELOCK}, or restore evidence.lock"
        where = source.locations.get("text", source.location)
        self.problems.append(Problem("evidence-not-locked", message, where, hints=(hint,), subject=source.id))

    # -- the lock against the texts --

    def _compare_sources(self) -> None:
        for id, hash in (self.lock.sources if self.lock else {}).items():
            text = self.text(id)
            if text is not None and text.hash != hash:
                source = self.library.sources[id]
                message = f"the text of `{id}` is not the one that was locked"
                hint = f"restore {text.path.name}; or, if the new text is right, {_RELOCK}"
                where = source.locations.get("text", source.location)
                self.problems.append(Problem("text-changed", message, where, hints=(hint,), subject=id))
                self.changed.add(id)

    def _compare(self, evidence: Evidence, number: int, text: SourceText, span: Span) -> None:
        assert self.lock is not None
        passage = evidence.passages[number]
        key = f"{evidence.id}/{number}"
        locked = self.lock.passages.get(key)
        if locked is None or locked.source != passage.source or locked.curated != _curated(evidence, passage):
            self.uncovered.append(key)
        elif passage.source not in self.changed and locked != _bind(evidence, passage, text.raw, span):
            message = f"the lock does not agree with the text of `{passage.source}` about this passage"
            self._problem("lock-disagrees", message, evidence, number, f"if nobody should have changed it, {_RELOCK}")

    def _report_stale(self) -> None:
        evidence = list(self.library.all_evidence())
        current = {f"{one.id}/{number}" for one in evidence for number in range(len(one.passages))}
        if self.lock is None:
            if any(self.text(source) is not None for source in self.library.sources):
                self._stale("there is no evidence.lock: who has no texts cannot verify the evidence", None)
            return
        gone = [key for key in self.lock.passages if key not in current]
        if self.uncovered:
            self._stale(f"the lock does not cover {_some(self.uncovered)}", self.lock.path)
        if gone:
            self._stale(f"the lock covers what is no longer in the library: {_some(gone)}", self.lock.path)

    def _stale(self, message: str, path: Path | None) -> None:
        where = Location(path) if path else None
        self.problems.append(Problem("lock-stale", message, where, Severity.WARNING, (_RELOCK,)))

    def _problem(self, code: str, message: str, evidence: Evidence, number: int, *hints: str) -> None:
        where = evidence.passages[number].location
        self.problems.append(Problem(code, message, where, hints=hints, subject=evidence.id))


def _nearest_words(words: str, text: SourceText) -> tuple[str, ...]:
    """Hints for words that are not in a text: what it has that is most like them, and the difference."""
    near = nearest(words, text.folded)
    if near is None:
        return ()
    stated = near.words
    if words[:1] not in _AROUND:
        stated = stated.lstrip(_AROUND)
    if words[-1:] not in _AROUND:
        stated = stated.rstrip(_AROUND)
    return (f"the nearest words there are: “{stated}”", f"word for word: {difference(words, stated)}")


_AROUND = "“”\"‘’'„«»()[],.;:!?…"
"""What stands around words, and is shown of the nearest ones only if the passage has it as well."""


def _some(keys: list[str]) -> str:
    ids = list(dict.fromkeys(key.rpartition("/")[0] for key in keys))
    shown = ", ".join(ids[:3])
    return shown + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")


def _text_missing(evidence: Evidence, number: int, source: Source | None) -> Problem:
    name = f" ({source.text})" if source and source.text else ""
    message = "there is no text to verify this against, and the lock does not cover it"
    id = evidence.passages[number].source
    hint = f"put the text of `{id}`{name} in place and {_RELOCK}"
    if source is not None and source.text is None:
        hint = f"give the source `{id}` its `text`, put the file in place and {_RELOCK}"
    return Problem(
        "evidence-not-locked", message, evidence.passages[number].location, hints=(hint,), subject=evidence.id
    )


def _bind(evidence: Evidence, passage: Passage, text: str, span: Span) -> LockedPassage:
    return LockedPassage(
        passage.source,
        span,
        _hash(text[span.start : span.end]),
        _hash(text[max(0, span.start - CONTEXT) : span.start]),
        _hash(text[span.end : span.end + CONTEXT]),
        _curated(evidence, passage),
    )


def _curated(evidence: Evidence, passage: Passage) -> str:
    """What the evidence file says, as far as it must not change unnoticed."""
    match evidence:
        case Quote(text=text, speaker=speaker):
            words = [fold(fragment.words) for fragment in split_quotation(text)]
            return _hash("\n".join([passage.source, fold(passage.exact), *words, fold(text), speaker]))
        case Fact():
            return _hash("\n".join([passage.source, fold(passage.exact)]))


# -- the file ----------------------------------------------------------------------------------------------

_HASH = re.compile("[0-9a-f]{64}")


def read_lock(path: Path, problems: list[Problem]) -> Lock | None:
    """Read a lock; None if there is none, or if it cannot be used (then a problem says why)."""
    if not path.exists() and not path.is_symlink():
        return None
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        hint = f"settle the conflict if one is left in it, or {_RELOCK}"
        where = Location(path, error.lineno, error.colno)
        problems.append(Problem("lock-broken", f"cannot be read: {error.msg}", where, hints=(hint,)))
        return None
    except RecursionError:
        problems.append(Problem("lock-broken", "cannot be read: nested too deeply", Location(path), hints=(_RELOCK,)))
        return None
    version = tree.get("format") if isinstance(tree, dict) else None
    if version != FORMAT:
        message = f"expected format {FORMAT}, found {version!r}"
        hint = f"{_RELOCK} with this briefgen, or use the one that wrote the lock"
        problems.append(Problem("lock-broken", message, Location(path, 1), hints=(hint,)))
        return None
    try:
        return _from_tree(path, tree)
    except (KeyError, TypeError, ValueError, AttributeError):
        message = "it is not in the form that `briefgen lock` writes"
        problems.append(Problem("lock-broken", message, Location(path), hints=(_RELOCK,)))
        return None


def _from_tree(path: Path, tree: dict[str, Any]) -> Lock:
    sources = {str(id): _checked(hash) for id, hash in tree["sources"].items()}
    passages = {}
    for key, entry in tree["passages"].items():
        start, end = entry["start"], entry["end"]
        if type(start) is not int or type(end) is not int or not 0 <= start < end or entry["source"] not in sources:
            raise ValueError(key)
        hashes = (_checked(entry[name]) for name in ("exact", "before", "after", "curated"))
        passages[str(key)] = LockedPassage(str(entry["source"]), Span(start, end), *hashes)
    return Lock(path, sources, passages)


def _checked(hash: object) -> str:
    if not isinstance(hash, str) or not _HASH.fullmatch(hash):
        raise ValueError("not a hash")
    return hash


def write_lock(lock: Lock) -> None:
    """Write a lock whole or not at all.

    Raises:
        OSError: the file cannot be written; the old one is as it was.
    """
    temporary = lock.path.with_name(f".{lock.path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(lock_contents(lock))
        temporary.replace(lock.path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def lock_contents(lock: Lock) -> bytes:
    """What stands in the file of a lock."""
    return ("\n".join(_lines(lock)) + "\n").encode("utf-8")


def _lines(lock: Lock) -> Iterator[str]:
    yield "{"
    yield f' "format": {FORMAT},'
    yield ' "sources": {'
    yield from _joined({id: json.dumps(hash) for id, hash in lock.sources.items()})
    yield " },"
    yield ' "passages": {'
    yield from _joined({key: _entry(passage) for key, passage in lock.passages.items()})
    yield " }"
    yield "}"


def _entry(passage: LockedPassage) -> str:
    return json.dumps(
        {
            "source": passage.source,
            "start": passage.span.start,
            "end": passage.span.end,
            "exact": passage.exact,
            "before": passage.before,
            "after": passage.after,
            "curated": passage.curated,
        }
    )


def _joined(pairs: dict[str, str]) -> Iterator[str]:
    last = len(pairs) - 1
    for number, (key, value) in enumerate(sorted(pairs.items())):
        yield f"  {json.dumps(key)}: {value}" + ("," if number < last else "")
