"""Change one digit of a passage or a value, or one word of a quotation, anywhere in the real library: it is found.

Each test makes one change to every entry at once, in a copy of the evidence files, loads the copy, and expects an error
at the line and column of every value that was changed. It goes on until each digit and each word had its turn. All
kinds of change to passages and quotations are in test_edits.py; here they go through the files, and places are right.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from briefgen.checks import check_library
from briefgen.errors import Location, Problem, errors_in
from briefgen.evidence import Library
from briefgen.lock import Lock, Texts, make_lock, read_lock, verify
from briefgen.seeds import load_library

SEEDS = Path(__file__).parents[2] / "seeds"
TEXTS = Path(os.environ["BRIEFGEN_TEXTS"]) if "BRIEFGEN_TEXTS" in os.environ else SEEDS / "texts"
AS_OF = date(2026, 11, 21)

WITH_TEXTS = pytest.param(True, id="texts", marks=pytest.mark.skipif(not TEXTS.is_dir(), reason="no texts at hand"))
WITHOUT_TEXTS = pytest.param(False, id="lock")


@dataclass(frozen=True)
class Change:
    """New words for a stretch of a line, and where the value begins that holds it."""

    where: Location
    start: int
    end: int
    new: str


def problems_of(folder: Path, lock: Lock | None, with_texts: bool) -> tuple[Library, list[Problem]]:
    problems: list[Problem] = []
    library = load_library(folder, problems)
    texts = Texts(TEXTS if with_texts else None)
    verification = verify(library, texts, lock, problems)
    return library, [*problems, *check_library(library, verification, AS_OF)]


@pytest.fixture(scope="module")
def library() -> Library:
    problems: list[Problem] = []
    found = load_library(SEEDS, problems)
    assert not errors_in(problems)
    return found


@pytest.fixture(scope="module")
def lock(library: Library) -> Lock:
    """The committed lock; where the texts are at hand, one made now, so that curating goes on undisturbed."""
    if TEXTS.is_dir():
        made, problems = make_lock(library, Texts(TEXTS), SEEDS / "evidence.lock")
    else:
        problems = []
        read = read_lock(SEEDS / "evidence.lock", problems)
        assert read is not None, "seeds/evidence.lock is missing: run `briefgen lock` where the texts are"
        made = read
    assert not problems
    return made


def written_value(where: Location) -> tuple[str, int]:
    """The words of a value as they stand in its file, and the column (from 0) where they begin."""
    assert where.line
    assert where.column
    line = where.path.read_text(encoding="utf-8").split("\n")[where.line - 1]
    rest = line[where.column - 1 :]
    quoted = re.match(r'"((?:[^"\\]|\\.)*)"', rest)
    plain = (
        re.match(r"[^,}]*", rest) if line.lstrip().startswith(("- {", "values:", "evidence:")) else re.match(".*", rest)
    )
    words = quoted[1] if quoted else plain[0] if plain else ""
    return words, where.column - 1 + (1 if quoted else 0)


def rounds(
    places: Mapping[str, list[Location]],
    spans: Callable[[str], list[tuple[int, int]]],
    change: Callable[[str], str],
) -> list[list[Change]]:
    """One change to every entry, then another, until each digit (or word) of each value had its turn."""
    turns: list[list[Change]] = []
    for wheres in places.values():
        changes = []
        for where in wheres:
            words, column = written_value(where)
            changes += [Change(where, column + a, column + b, change(words[a:b])) for a, b in spans(words)]
        for turn, one in enumerate(changes):
            if turn == len(turns):
                turns.append([])
            turns[turn].append(one)
    return turns


def digits(words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\d", words)]


def every_word(words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\W\d_]+", words)]


def missed(tmp_path: Path, turn: list[Change], lock: Lock, with_texts: bool) -> list[str]:
    """Make a turn's changes in a copy of the library, and say which of them no error points at."""
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder, ignore=shutil.ignore_patterns("texts"), dirs_exist_ok=True)
    for change in sorted(turn, key=lambda change: change.start, reverse=True):
        path = folder / change.where.path.relative_to(SEEDS)
        lines = path.read_text(encoding="utf-8").split("\n")
        assert change.where.line
        line = lines[change.where.line - 1]
        lines[change.where.line - 1] = line[: change.start] + change.new + line[change.end :]
        path.write_text("\n".join(lines), encoding="utf-8")
    _, problems = problems_of(folder, lock, with_texts)
    found = {problem.location for problem in errors_in(problems)}
    return [
        f"{change.where.path.name}:{change.where.line}:{change.where.column} → {change.new!r}"
        for change in turn
        if Location(folder / change.where.path.relative_to(SEEDS), change.where.line, change.where.column) not in found
    ]


@pytest.mark.parametrize("with_texts", [WITH_TEXTS, WITHOUT_TEXTS])
def test_the_library_as_it_is_has_no_errors(library: Library, lock: Lock, with_texts: bool) -> None:
    _, problems = problems_of(SEEDS, lock, with_texts)
    assert not errors_in(problems)


@pytest.mark.parametrize("step", [5])
@pytest.mark.parametrize("with_texts", [WITH_TEXTS, WITHOUT_TEXTS])
def test_every_digit_of_every_passage(
    library: Library, lock: Lock, with_texts: bool, step: int, tmp_path: Path
) -> None:
    places = {fact.id: [passage.location for passage in fact.passages] for fact in library.facts.values()}
    turns = rounds(places, digits, lambda digit: str((int(digit) + step) % 10))
    assert [miss for turn in turns for miss in missed(tmp_path, turn, lock, with_texts)] == []


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("with_texts", [WITH_TEXTS, WITHOUT_TEXTS])
def test_every_digit_of_every_value(library: Library, lock: Lock, with_texts: bool, step: int, tmp_path: Path) -> None:
    places = {
        fact.id: [fact.locations["value" if name == "value" else f"values.{name}"] for name in fact.values]
        for fact in library.facts.values()
        if fact.derivation is None
    }
    turns = rounds(places, digits, lambda digit: str((int(digit) + step) % 10))
    assert [miss for turn in turns for miss in missed(tmp_path, turn, lock, with_texts)] == []


@pytest.mark.parametrize("with_texts", [WITH_TEXTS, WITHOUT_TEXTS])
def test_every_word_of_every_quotation(library: Library, lock: Lock, with_texts: bool, tmp_path: Path) -> None:
    places = {quote.id: [quote.locations["text"]] for quote in library.quotes.values()}
    turns = rounds(places, every_word, lambda word: "not" if word != "not" else "so")
    assert [miss for turn in turns for miss in missed(tmp_path, turn, lock, with_texts)] == []
