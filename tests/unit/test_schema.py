"""The schema accepts what the loader accepts, and sees what a schema can see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from briefgen.errors import Problem
from briefgen.schema import evidence_schema
from briefgen.seeds import load_library
from tests.program import Program

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
VALIDATOR = Draft202012Validator(evidence_schema())


class _AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2, as editors read it: dates are text, and so are yes and no."""


_AsAnEditorReads.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("int", "float", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    return yaml.load(text, Loader=_AsAnEditorReads)


def errors(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(read(text))]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(evidence_schema())


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.yaml")), ids=lambda path: path.name)
def test_the_real_library_is_valid(path: Path) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []


ENTRIES = {
    "sources": "{title: T, issued: 2025, accessed: 2026-11-21, url: https://example.org/x, type: report, language: vi, "
    "text: 2025/a.txt, marking: TLP:AMBER+STRICT, dollar: CAD, note: n, publisher: P, author: A, "
    "translations: {vi: {title: T}}, allow: {one-source: so}}",
    "people": "{name: N, native_name: 이, role: R, aliases: [A, B], translations: {ko: {name: N}}, allow: {x: y}}",
    "facts": '{claim: "{value}.", value: 11 ports, metric: m-1, kind: target, as_of: 2025-H1, place: VN, topics: a, '
    "weight: 2, expires: 2027-08, note: n, dating: d, caveat: c, marking: TLP:RED, allow: {x: y}, "
    "translations: {vi: x, ko: {claim: x, note: y}}, evidence: [{source: s, passage: p}]}",
    "quotes": "{text: T, speaker: p, occasion: o, date: 2025-Q3, language: ko, topics: [a, b], weight: 5, "
    "expires: 2027, note: n, dating: d, marking: TLP:GREEN, translations: {vi: x}, evidence: [{source: s}]}",
    "metrics": "{label: Trade, translations: {vi: x}}",
}


@pytest.mark.parametrize("section", ENTRIES)
def test_every_key_is_known_and_a_misspelt_one_is_not(section: str) -> None:
    entry = ENTRIES[section]
    assert errors(f"{section}: {{x-1: {entry}}}") == []
    for key in read(entry):
        spoilt = {**read(entry), f"{key}x": "a"}
        assert not VALIDATOR.is_valid({section: {"x-1": spoilt}}), key


@pytest.mark.parametrize("section", ENTRIES)
def test_it_has_the_keys_that_the_loader_has(section: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "x.yaml").write_text(f"{section}:\n  x-1: {{qqqqqqqqqq: 1}}\n")
    problems: list[Problem] = []
    load_library(tmp_path / "seeds", problems)
    [hint] = [problem.hints[0] for problem in problems if problem.code == "unknown-key"]
    known = set(hint.removeprefix("known keys: ").split(", "))
    kind = evidence_schema()["properties"][section]["additionalProperties"]["$ref"].rpartition("/")[2]
    assert set(evidence_schema()["$defs"][kind]["properties"]) == known


@pytest.mark.parametrize(
    "text",
    [
        "fact: {}",
        "facts: []",
        "facts: {Big: {claim: x, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x}}",
        "facts: {x: {claim: x, evidence: []}}",
        "facts: {x: {claim: x, evidence: [{source: s}]}}",
        "facts: {x: {claim: x, evidence: {source: s, passage: p}}}",
        "facts: {x: {claim: x, evidence: [{sauce: s, passage: p}]}}",
        "facts: {x: {claim: [x], evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, value: {a: b}, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, values: {value: 1}, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, value: 1, values: {a: 1}, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, kind: guess, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, as_of: August, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, as_of: 25, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, weight: 6, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, weight: high, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, topics: [Big], evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, marking: SECRET, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, derived: {formula: a, a: b}, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, derived: {a: b}}}",
        "facts: {x: {claim: x, derived: {formula: a, a: b, round: 13}}}",
        "facts: {x: {claim: x, translations: {Vietnamese: x}, evidence: [{source: s, passage: p}]}}",
        "facts: {x: {claim: x, allow: [y], evidence: [{source: s, passage: p}]}}",
        "sources: {x: {issued: 15/08/2025}}",
        "sources: {x: {url: example.org}}",
        "sources: {x: {type: newspaper}}",
        "sources: {x: {dollar: dollars}}",
        "sources: {x: {text: ../a.txt}}",
        "sources: {x: {text: /a.txt}}",
        "sources: {x: {language: English}}",
        "people: {x: {role: R}}",
        "people: {x: {name: {a: b}}}",
        "quotes: {x: {text: T, speaker: p}}",
        "quotes: {x: {speaker: p, evidence: [{source: s}]}}",
        "quotes: {x: {text: T, evidence: [{source: s}]}}",
        "metrics: {x: {}}",
    ],
)
def test_what_is_wrong_is_seen_by_the_schema_and_by_the_loader(text: str, tmp_path: Path) -> None:
    assert errors(text)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "x.yaml").write_text(text)
    problems: list[Problem] = []
    load_library(tmp_path / "seeds", problems)
    assert [problem for problem in problems if problem.code != "dangling-id"]


@pytest.mark.parametrize("text", ["", "facts:\n", "facts:\nquotes: {}\n", "sources: {x: {title: 2024}}"])
def test_what_is_empty_or_looks_like_a_number_is_valid(text: str) -> None:
    assert errors(text) == []


def test_the_shipped_schema_is_current(briefgen: Program, tmp_path: Path) -> None:
    printed = briefgen("schema")
    assert printed.status == 0
    assert json.loads(printed.out) == evidence_schema()
    assert (SEEDS / "schema.json").read_text(encoding="utf-8") == printed.out, "briefgen schema -o seeds/schema.json"
    written = briefgen("schema", "-o", str(tmp_path / "deep" / "schema.json"))
    assert written.status == 0
    assert (tmp_path / "deep" / "schema.json").read_text(encoding="utf-8") == printed.out
