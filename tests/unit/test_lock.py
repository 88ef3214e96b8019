"""The evidence lock, and verification with texts and without."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.errors import Problem, Severity
from briefgen.evidence import Library
from briefgen.folding import Span
from briefgen.lock import Basis, Lock, Texts, make_lock, read_lock, verify, write_lock
from briefgen.seeds import load_library

TEXT = (
    "Trade reached about $86.7 billion in 2024. Jane said: “We are now open for business.” "
    "They signed 50 documents. In the south they signed 50 documents too.\n"
)
OTHER = "Nothing but 10,238 projects.\n"
EVIDENCE = """\
sources:
  gazette: {title: G, text: gazette.txt}
  herald: {title: H, text: herald.txt}
people: {jane: {name: Jane}}
facts:
  trade:
    claim: "Trade was {value}."
    value: about 86.7 billion USD
    evidence: [{source: gazette, passage: "about $86.7 billion in 2024"}]
  documents:
    claim: "{value} were signed."
    value: 50 documents
    evidence: [{source: gazette, passage: signed 50 documents}]
  projects:
    claim: "{value} projects."
    value: 10,238 projects
    evidence: [{source: herald, passage: "10,238 projects"}]
quotes:
  open:
    text: We are […] open for business
    speaker: jane
    evidence: [{source: gazette}]
"""


class Desk:
    """A small workspace: evidence, texts, a lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seeds = root / "seeds"
        self.texts = self.seeds / "texts"
        self.texts.mkdir(parents=True)
        self.lock_path = self.seeds / "evidence.lock"
        self.write(EVIDENCE)
        (self.texts / "gazette.txt").write_text(TEXT, encoding="utf-8")
        (self.texts / "herald.txt").write_text(OTHER, encoding="utf-8")

    def write(self, evidence: str) -> None:
        (self.seeds / "evidence.yaml").write_text(evidence, encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        assert old in EVIDENCE
        self.write(EVIDENCE.replace(old, new))

    def library(self) -> Library:
        problems: list[Problem] = []
        library = load_library(self.seeds, problems)
        assert not problems
        return library

    def lock(self) -> Lock:
        lock, problems = make_lock(self.library(), Texts(self.texts), self.lock_path, self.read())
        assert not problems
        write_lock(lock)
        return lock

    def read(self) -> Lock | None:
        problems: list[Problem] = []
        lock = read_lock(self.lock_path, problems)
        assert not problems
        return lock

    def problems(self, with_texts: bool = True) -> list[tuple[str, str | None]]:
        found: list[Problem] = []
        verify(self.library(), Texts(self.texts if with_texts else None), self.read(), found)
        assert all(problem.location or problem.severity is Severity.WARNING for problem in found)
        return [(problem.code, problem.subject) for problem in found]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_verified_against_the_texts(desk: Desk) -> None:
    desk.lock()
    problems: list[Problem] = []
    found = verify(desk.library(), Texts(desk.texts), desk.read(), problems)
    assert not problems
    assert found.basis == "texts"
    place = found.place("trade", 0)
    assert place is not None
    assert TEXT[place.span.start : place.span.end] == "about $86.7 billion in 2024"
    assert [TEXT[v.span.start : v.span.end] for n in (0, 1) if (v := found.place("open", n))] == [
        "We are",
        "open for business",
    ]
    assert found.read == {"gazette", "herald"}
    assert found.sources["gazette"] != found.sources["herald"]


def test_verified_against_the_lock(desk: Desk) -> None:
    desk.lock()
    problems: list[Problem] = []
    with_texts = verify(desk.library(), Texts(desk.texts), desk.read(), problems)
    without = verify(desk.library(), Texts(None), desk.read(), problems)
    assert not problems
    assert without.basis == "lock"
    assert without.sources == with_texts.sources
    assert {key: one.span for key, one in without.passages.items()} == {
        key: one.span for key, one in with_texts.passages.items()
    }
    bases = [found.passages["trade", 0].basis for found in (with_texts, without)]
    assert bases == [Basis.TEXTS, Basis.LOCK]


def test_some_texts_at_hand_and_others_not(desk: Desk) -> None:
    desk.lock()
    (desk.texts / "herald.txt").unlink()
    problems: list[Problem] = []
    found = verify(desk.library(), Texts(desk.texts), desk.read(), problems)
    assert not problems
    assert found.basis == "texts and lock"
    assert dict(found.counts()) == {Basis.TEXTS: 4, Basis.LOCK: 1}


@pytest.mark.parametrize(
    ("old", "new", "subject"),
    [
        ("about $86.7 billion in 2024", "about $86.8 billion in 2024", "trade"),
        ("signed 50 documents", "signed 51 documents", "documents"),
        ("open for business", "open to business", "open"),
        ("We are […]", "We are not […]", "open"),
        ("source: herald, passage", "source: gazette, passage", "projects"),
    ],
)
@pytest.mark.parametrize("with_texts", [True, False])
def test_what_was_changed_is_found(desk: Desk, old: str, new: str, subject: str, with_texts: bool) -> None:
    desk.lock()
    desk.change(old, new)
    assert subject in [found for code, found in desk.problems(with_texts) if code != "lock-stale"]


def test_harmless_changes_keep_the_lock_valid(desk: Desk) -> None:
    desk.lock()
    desk.change("about $86.7 billion in 2024", "about\u00a0$86.7\u00a0billion in\u00a02024")
    assert desk.problems(with_texts=False) == []


def test_a_missing_lock(desk: Desk) -> None:
    assert desk.problems() == [("lock-stale", None)]
    assert desk.problems(with_texts=False) == [("evidence-not-locked", "gazette"), ("evidence-not-locked", "herald")]


def test_new_and_removed_evidence_makes_the_lock_stale(desk: Desk) -> None:
    desk.lock()
    desk.change("  documents:\n", "  papers:\n")
    assert desk.problems() == [("lock-stale", None), ("lock-stale", None)]
    assert desk.problems(with_texts=False) == [("evidence-not-locked", "papers"), ("lock-stale", None)]


def test_a_text_that_changed_since(desk: Desk) -> None:
    desk.lock()
    (desk.texts / "gazette.txt").write_text("New. " + TEXT, encoding="utf-8")
    assert desk.problems() == [("text-changed", "gazette")]
    desk.lock()
    assert desk.problems() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_byte_order_marks_and_line_ends_are_not_changes(desk: Desk, encoding: str, ends: str) -> None:
    desk.lock()
    (desk.texts / "gazette.txt").write_bytes(TEXT.replace("\n", ends).encode(encoding))
    assert desk.problems() == []


@pytest.mark.parametrize("name", ["start", "end", "exact", "before", "after"])
def test_a_lock_that_does_not_agree_with_the_text(desk: Desk, name: str) -> None:
    desk.lock()
    tree = json.loads(desk.lock_path.read_text(encoding="utf-8"))
    entry = tree["passages"]["trade/0"]
    entry[name] = entry[name] + 1 if isinstance(entry[name], int) else "0" * 64
    desk.lock_path.write_text(json.dumps(tree), encoding="utf-8")
    assert desk.problems() == [("lock-disagrees", "trade")]


def test_of_several_places_the_locked_one_stays(desk: Desk) -> None:
    lock = desk.lock()
    second = TEXT.rindex("signed 50 documents")
    assert lock.passages["documents/0"].span.start == TEXT.index("signed 50 documents")
    desk.change("passage: signed 50 documents", 'passage: "they signed 50 documents"')
    assert desk.lock().passages["documents/0"].span == Span(second - 5, second + 19)


@pytest.mark.parametrize(
    ("passage", "cut"),
    [
        ("$86.7 billion in 2024", "about $86.7 billion"),
        ("about $86.7", "about $86.7 billion"),
        ("86.7 billion in 2024", "about $86.7 billion"),
    ],
)
def test_a_number_may_not_lose_its_hedge_magnitude_or_currency(desk: Desk, passage: str, cut: str) -> None:
    desk.change("about $86.7 billion in 2024", passage)
    problems: list[Problem] = []
    verify(desk.library(), Texts(desk.texts), None, problems)
    (found,) = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert found.code == "number-cut"
    assert cut in found.hints[0]


def test_a_passage_that_is_not_there_suggests_the_nearest(desk: Desk) -> None:
    desk.change("signed 50 documents", "signed 55 documents")
    problems: list[Problem] = []
    verify(desk.library(), Texts(desk.texts), None, problems)
    (found,) = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert (found.code, found.subject) == ("passage-not-found", "documents")
    assert "50 documents" in found.hints[0]
    assert found.location is not None
    assert found.location.line == 13


def test_locking_covers_only_what_was_found(desk: Desk) -> None:
    desk.change("signed 50 documents", "signed 55 documents")
    lock, problems = make_lock(desk.library(), Texts(desk.texts), desk.lock_path)
    assert [problem.code for problem in problems] == ["passage-not-found"]
    assert sorted(lock.passages) == ["open/0", "open/1", "projects/0", "trade/0"]


def test_locking_keeps_what_it_cannot_read(desk: Desk) -> None:
    before = desk.lock()
    (desk.texts / "herald.txt").unlink()
    assert desk.lock() == before
    desk.change("10,238 projects\n", "10,238 plans\n")
    _, problems = make_lock(desk.library(), Texts(desk.texts), desk.lock_path, before)
    assert not problems
    desk.change('passage: "10,238 projects"', 'passage: "10,239 projects"')
    lock, problems = make_lock(desk.library(), Texts(desk.texts), desk.lock_path, before)
    assert [problem.code for problem in problems] == ["evidence-not-locked"]
    assert "projects/0" not in lock.passages


def test_the_file_has_one_line_for_each_passage_and_survives_a_round_trip(desk: Desk) -> None:
    lock = desk.lock()
    lines = desk.lock_path.read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if '"start"' in line]) == 5
    assert desk.read() == lock
    before = desk.lock_path.read_bytes()
    desk.lock()
    assert desk.lock_path.read_bytes() == before
    assert not list(desk.seeds.glob("*.tmp"))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 2}', '{"format": 1}', '{"format": 1, "sources": [], "passages": {}}',
     '{"format": 1, "sources": {"a": "x"}, "passages": {}}', "[" * 50_000,
     "<<<<<<< HEAD\n{}", '{"format": 1, "sources": {}, "passages": {"a/0": {"source": "a", "start": 1, "end": 2}}}'],
)  # fmt: skip
def test_a_broken_lock_is_a_located_problem(desk: Desk, text: str) -> None:
    desk.lock_path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    assert read_lock(desk.lock_path, problems) is None
    assert [problem.code for problem in problems] == ["lock-broken"]
    assert problems[0].location is not None
    assert problems[0].hints


def test_a_lock_that_cannot_be_written_leaves_the_old_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = desk.lock()
    before = desk.lock_path.read_bytes()

    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PermissionError):
        write_lock(lock)
    assert desk.lock_path.read_bytes() == before
    assert sorted(path.name for path in desk.seeds.iterdir()) == ["evidence.lock", "evidence.yaml", "texts"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(b"caf\xe9"), "not-utf8"),
        (lambda path: (path.unlink(), path.mkdir()), "not-a-file"),
    ],
)
def test_a_text_that_cannot_be_read_is_said_once(desk: Desk, spoil: Callable[[Path], object], code: str) -> None:
    desk.lock()
    spoil(desk.texts / "gazette.txt")
    assert [found for found, _ in desk.problems()].count(code) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_texts_are_never_read_outside_their_folder(desk: Desk) -> None:
    desk.lock()
    secret = desk.root / "secret.txt"
    secret.write_text(TEXT, encoding="utf-8")
    (desk.texts / "gazette.txt").unlink()
    (desk.texts / "gazette.txt").symlink_to(secret)
    assert ("text-outside", "gazette") in desk.problems()
