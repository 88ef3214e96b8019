from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.context import REACH, in_context
from briefgen.folding import Span
from tests.program import Program
from tests.small import make_small_workspace


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_small_workspace((tmp_path / "harbour").resolve())
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    return root


def test_a_passage_stands_in_its_context(harbour: Path, briefgen: Program) -> None:
    out = briefgen("show", "harbour-trade").out
    assert "Trade through the harbour ‹reached $86.7 billion in 2024›, the port authority said on Monday." in out
    [passage] = json.loads(briefgen("show", "harbour-trade", "--json").out)["passages"]
    assert passage["context"] == {
        "before": "By a staff writer. Trade through the harbour ",
        "words": "reached $86.7 billion in 2024",
        "after": ", the port authority said on Monday.",
    }


def test_without_the_text_there_is_no_context(harbour: Path, briefgen: Program) -> None:
    assert briefgen("lock").status == 0
    (harbour / "seeds/texts/gazette.txt").unlink()
    [passage] = json.loads(briefgen("show", "open", "--json").out)["passages"]
    assert (passage["verified"], passage["context"]) == ("lock", None)
    assert "‹" not in briefgen("show", "open").out


def test_the_context_is_of_one_paragraph_and_not_too_long() -> None:
    text = "First.\n" + "word " * 100 + "here" + " word" * 100 + "\nLast."
    place = text.index("here")
    context = in_context(text, Span(place, place + 4))
    assert context.words == "here"
    assert context.before.startswith("…word")
    assert context.after.endswith("word…")
    assert max(len(context.before), len(context.after)) <= REACH + 1
    assert in_context("here", Span(0, 4)).before == ""
    assert in_context("a\nb\nc", Span(0, 3)).words == "a b"


OTHERS = """\
  agreeing:
    claim: "The port’s trade reached {value}."
    value: 86.7 billion USD
    metric: harbour-trade
    as_of: 2024
    evidence: [{source: herald, passage: "trade of $86.7 billion"}]
  differing:
    claim: "Trade reached {value}."
    value: about 87 billion USD
    metric: harbour-trade
    as_of: 2024
    evidence: [{source: herald, passage: "about $87 billion"}]
  earlier:
    claim: "Trade reached {value} in 2020."
    value: 50 billion USD
    metric: harbour-trade
    as_of: 2020
    evidence: [{source: herald, passage: "$50 billion"}]
sources:
  herald: {title: The Herald}
"""


def test_other_facts_of_its_metric_are_shown(harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/more.yaml").write_text(f"facts:\n{OTHERS}", encoding="utf-8")
    tree = json.loads(briefgen("show", "harbour-trade", "--json").out)
    assert [other["id"] for other in tree["agrees_with"]] == ["agreeing"]
    assert [other["id"] for other in tree["same_metric"]] == ["earlier"]
    [other] = tree["differs_from"]
    assert other == {
        "id": "differing",
        "claim": "Trade reached about 87 billion USD.",
        "as_of": "2024",
        "sources": ["herald"],
        "differences": ["value"],
    }
    out = briefgen("show", "harbour-trade").out
    assert "agrees with   agreeing  The port’s trade reached 86.7 billion USD. (herald, 2024)" in out
    assert "differs from  differing  Trade reached about 87 billion USD. (herald, 2024; differs in value)" in out
    assert "same metric   earlier" in out
