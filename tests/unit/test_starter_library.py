"""The library that briefgen ships: complete, free of problems, and provable without the sources' texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefgen.checks import check_library
from briefgen.errors import Problem
from briefgen.evidence import Library
from briefgen.lock import Texts, read_lock, verify
from briefgen.seeds import load_library

SEEDS = Path(__file__).parents[2] / "seeds"
CURATED = date(2026, 11, 21)
TOPICS = {
    "trade",
    "investment",
    "growth",
    "technology",
    "science",
    "energy",
    "infrastructure",
    "education",
    "people",
    "culture",
    "politics",
    "security",
}


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return []


@pytest.fixture(scope="module")
def library(problems: list[Problem]) -> Library:
    return load_library(SEEDS, problems)


def test_every_passage_is_verified_against_the_lock_alone(library: Library, problems: list[Problem]) -> None:
    lock = read_lock(SEEDS / "evidence.lock", problems)
    verification = verify(library, Texts(None), lock, problems)
    assert [*problems, *check_library(library, verification, CURATED)] == []
    assert len(verification.passages) == sum(len(evidence.passages) for evidence in library.all_evidence())


def test_the_library_holds_the_five_articles(library: Library) -> None:
    assert len(library.sources) == 5
    assert len(library.quotes) == 18
    assert len(library.facts) >= 160
    used = {source for evidence in library.all_evidence() for source in library.sources_of(evidence)}
    assert used == set(library.sources)


def test_topics_are_the_ones_that_the_guide_lists(library: Library) -> None:
    guide = (SEEDS / "README.md").read_text(encoding="utf-8")
    line = next(line for line in guide.splitlines() if line.startswith("**Topics:**"))
    assert all(f"`{topic}`" in line for topic in TOPICS)
    assert {topic for evidence in library.all_evidence() for topic in evidence.topics} == TOPICS


def test_claims_and_notes_are_short_enough_to_print(library: Library) -> None:
    for fact in library.facts.values():
        assert len(fact.claim.split()) <= 25, fact.id
        assert fact.claim.endswith("."), fact.id
        assert len((fact.note or "").split()) <= 14, fact.id
        assert len((fact.dating or "").split()) <= 14, fact.id
        assert len((fact.caveat or "").split()) <= 4, fact.id


def test_what_a_source_leaves_out_is_said(library: Library) -> None:
    capital = library.facts["registered-capital"]
    assert capital.note
    assert capital.caveat == "currency not stated"
    assert library.facts["trade-target-no-year"].as_of is None
    for metric in ("korean-companies-in-viet-nam", "vietnamese-in-korea", "koreans-in-viet-nam"):
        hedges = {fact.value.qualifier for fact in library.facts.values() if fact.metric == metric and fact.value}
        assert len(hedges) == 2, metric
