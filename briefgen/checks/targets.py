"""What is aimed at is never told as if it were so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.checks.inspection import Inspection, place
from briefgen.errors import Problem, Severity
from briefgen.evidence import Fact, FactKind


def _patterns(phrases: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """Language → what finds one of its phrases; a space stands for any white space, `YEAR` for a year."""
    found = {}
    for language, listed in phrases.items():
        words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in listed.split(","))
        words = words.replace("YEAR", r"[12]\d{3}\b")
        found[language] = re.compile(words if language == "ko" else rf"\b(?:{words})", re.IGNORECASE)
    return found


_CLAIMS = _patterns(
    {
        "en": """
            aim, ambition, aspir, be to, commit, expect, forecast, goal, hope, intend, is to, are to, looks to, must,
            onwards, plan, pledg, projected, propos, seek, set out, should, strateg, striv, target, to be, toward,
            vision, want, will, would, by YEAR, by the year
        """,
        "vi": """
            mục tiêu, phấn đấu, hướng tới, đặt ra, đến năm, vào năm YEAR, dự kiến, kế hoạch, sẽ, nhằm, mong muốn,
            cam kết
        """,
        "ko": "목표, 계획, 까지, 전망, 예정, 것이, 하기로, 추진, 비전, 희망, 기대, 지향",
    }
)
"""How a claim says that something is aimed at, by language: beginnings of words. Of other languages nothing is said."""

_PASSAGES = _patterns(
    {
        "en": """
            aim at, aim for, aim to, aimed at, aims for, aims to, aiming, expected to, goal, hope to, hopes to,
            plan to, plans to, planned, seek to, seeks to, target
        """,
        "vi": "mục tiêu, phấn đấu, đến năm YEAR, dự kiến",
        "ko": "목표, 예정, 전망",
    }
)
"""Words of a passage that make its number one that is aimed at."""

_BY_YEAR = re.compile(r"\bby\s+(?:the\s+year\s+)?([12]\d{3})\b", re.IGNORECASE)


def speaks_of_aim(words: str, language: str) -> bool:
    """Whether words say that something is aimed at; of a language that is not known here, always."""
    pattern = _CLAIMS.get(language.split("-")[0])
    return pattern is None or bool(pattern.search(words))


def targets_as_observations(inspection: Inspection) -> Iterator[Problem]:
    """A target's claim says that it is one, and an observation's passage does not speak of a target."""
    for fact in inspection.library.facts.values():
        match fact.kind:
            case FactKind.TARGET:
                yield from _claims(fact)
            case FactKind.OBSERVATION if fact.values:
                yield from _passages(fact, inspection)
            case _:
                pass


def _claims(fact: Fact) -> Iterator[Problem]:
    for language, key, words in (("en", "claim", fact.claim), *_translations(fact)):
        if not speaks_of_aim(words, language):
            message = "this fact is a target, and its claim reads as if it were so already"
            hint = "say that it is aimed at: “aims for”, “the target of”, “by 2030”"
            yield Problem("target-as-observation", message, place(fact, key), Severity.WARNING, (hint,), fact.id)


def _translations(fact: Fact) -> Iterator[tuple[str, str, str]]:
    for language, words in fact.translations.items():
        inner = f"translations.{language}.claim"
        yield language, inner if inner in fact.locations else f"translations.{language}", words


def _passages(fact: Fact, inspection: Inspection) -> Iterator[Problem]:
    for passage in fact.passages:
        source = inspection.library.sources.get(passage.source)
        pattern = _PASSAGES.get(source.language.split("-")[0] if source else "en")
        if pattern is None or not inspection.numbers(passage):
            continue
        said = pattern.search(passage.exact)
        by_year = _BY_YEAR.search(passage.exact)
        if by_year is not None and int(by_year[1]) > inspection.as_of.year:
            said = said or by_year
        if said:
            message = f"this fact is an observation, and its passage says “{said[0]}”"
            hint = "make its `kind` target or estimate, or choose the words that state what is so"
            where = passage.location
            yield Problem("target-as-observation", message, where, Severity.WARNING, (hint,), fact.id)
            return
