"""The library that briefgen ships: complete, free of problems, and provable without the sources' texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefgen.checks import check_library
from briefgen.errors import Problem, errors_in
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
    assert problems == []
    assert errors_in(check_library(library, verification, CURATED)) == ()
    assert len(verification.passages) == sum(len(evidence.passages) for evidence in library.all_evidence())


def test_every_disagreement_between_the_articles_is_reported(library: Library, problems: list[Problem]) -> None:
    verification = verify(library, Texts(None), read_lock(SEEDS / "evidence.lock", problems), problems)
    found = check_library(library, verification, CURATED)
    groups = {
        library.facts[problem.subject].metric: {problem.subject, *(related.subject for related in problem.related)}
        for problem in found
        if problem.code == "metric-disagrees" and problem.subject
    }
    assert {metric: len(facts) for metric, facts in groups.items()} == {
        "bilateral-trade": 2,  # the same target, with a year and without
        "cooperation-documents": 2,  # 50, and "many"
        "first-guest-of-lee": 2,
        "korea-investor-rank": 3,  # with "direct" and without
        "korean-companies-in-viet-nam": 2,  # about 10,000, and more than
        "koreans-in-viet-nam": 2,
        "partnership-status": 2,
        "sci-tech-framework": 2,
        "sci-tech-pillar": 4,
        "sci-tech-share-of-gdp-growth": 2,  # 50 per cent, and at least
        "viet-nam-development-goal": 3,  # by 2045, and without a year
        "vietnamese-in-korea": 3,
        "visit-first": 2,
    }
    alike = [problem for problem in found if problem.code == "look-alike-numbers"]
    assert [problem.subject for problem in alike] == ["korean-projects"]
    assert {related.subject for related in alike[0].related} == {"korean-companies", "korean-companies-nikkei"}


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
