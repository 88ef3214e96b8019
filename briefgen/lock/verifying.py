"""Verifying passages: against the sources' texts where those are at hand, else against the lock."""

from __future__ import annotations

from pathlib import Path

from briefgen.errors import Location, Problem, Severity
from briefgen.evidence import Evidence, Library, Quote, Source
from briefgen.folding import Span
from briefgen.lock.binding import Lock, LockedPassage, bind, curated
from briefgen.lock.cutting import cut_number
from briefgen.lock.file import RELOCK
from briefgen.lock.texts import SourceText, Texts
from briefgen.lock.verification import Basis, Verification, Verified
from briefgen.matching import difference, find, nearest
from briefgen.quotations import split_quotation, unmarked

_AROUND = "“”\"‘’'„«»()[],.;:!?…"
"""What stands around words, and is shown of the nearest ones only if the passage has it as well."""


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
                if old and kept and kept.source == passage.source and kept.curated == curated(evidence, passage):
                    passages[key] = kept
                    sources[passage.source] = old.sources[passage.source]
                else:
                    problems.append(_text_missing(evidence, number, library.sources.get(passage.source)))
            elif (span := spans[number]) is not None:
                passages[key] = bind(evidence, passage, text.raw, span)
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
        """A fact's passage may not cut a number; a quotation may begin and end where it likes."""
        if isinstance(evidence, Quote):
            return span
        words = cut_number(text.raw, span, self.library.sources[evidence.passages[number].source])
        if words is None:
            return span
        hint = f"widen the passage so that it holds all of “{words}”"
        message = f"the passage cuts “{words}”, so the number means something else"
        self._problem("number-cut", message, evidence, number, hint)
        return None

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
        if locked is not None and locked.source == passage.source and locked.curated == curated(evidence, passage):
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
        hint = f"restore it; or put the text of `{passage.source}` in place and {RELOCK}"
        self._problem("evidence-not-locked", message, evidence, number, hint)
        return None

    def _report_unverifiable(self, source: Source) -> None:
        """Without any lock, a source whose text is missing is one problem, not one for each of its passages."""
        if source.id in self.unverifiable:
            return
        self.unverifiable.add(source.id)
        message = f"nothing from `{source.id}` can be verified: its text is not at hand, and there is no usable lock"
        hint = f"put {source.text or 'its text'} in place and {RELOCK}, or restore evidence.lock"
        where = source.locations.get("text", source.location)
        self.problems.append(Problem("evidence-not-locked", message, where, hints=(hint,), subject=source.id))

    # -- the lock against the texts --

    def _compare_sources(self) -> None:
        for id, hash in (self.lock.sources if self.lock else {}).items():
            text = self.text(id)
            if text is not None and text.hash != hash:
                source = self.library.sources[id]
                message = f"the text of `{id}` is not the one that was locked"
                hint = f"restore {text.path.name}; or, if the new text is right, {RELOCK}"
                where = source.locations.get("text", source.location)
                self.problems.append(Problem("text-changed", message, where, hints=(hint,), subject=id))
                self.changed.add(id)

    def _compare(self, evidence: Evidence, number: int, text: SourceText, span: Span) -> None:
        assert self.lock is not None
        passage = evidence.passages[number]
        key = f"{evidence.id}/{number}"
        locked = self.lock.passages.get(key)
        if locked is None or locked.source != passage.source or locked.curated != curated(evidence, passage):
            self.uncovered.append(key)
        elif passage.source not in self.changed and locked != bind(evidence, passage, text.raw, span):
            message = f"the lock does not agree with the text of `{passage.source}` about this passage"
            self._problem("lock-disagrees", message, evidence, number, f"if nobody should have changed it, {RELOCK}")

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
        self.problems.append(Problem("lock-stale", message, where, Severity.WARNING, (RELOCK,)))

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


def _some(keys: list[str]) -> str:
    ids = list(dict.fromkeys(key.rpartition("/")[0] for key in keys))
    shown = ", ".join(ids[:3])
    return shown + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")


def _text_missing(evidence: Evidence, number: int, source: Source | None) -> Problem:
    name = f" ({source.text})" if source and source.text else ""
    message = "there is no text to verify this against, and the lock does not cover it"
    id = evidence.passages[number].source
    hint = f"put the text of `{id}`{name} in place and {RELOCK}"
    if source is not None and source.text is None:
        hint = f"give the source `{id}` its `text`, put the file in place and {RELOCK}"
    return Problem(
        "evidence-not-locked", message, evidence.passages[number].location, hints=(hint,), subject=evidence.id
    )
