"""The guide for templates: its containers build as they stand there, and what it asks of the library is in it."""

from __future__ import annotations

import re
from pathlib import Path

from briefgen.errors import Problem
from briefgen.seeds import load_library
from tests.program import Program

REPOSITORY = Path(__file__).resolve().parents[1]
GUIDE = (REPOSITORY / "templates/README.md").read_text(encoding="utf-8")
FOR_ANY = {("fact", "x"), ("quote", "id")}
"""What stands in the guide for any id."""

FRONT = """\
---
title: All containers of the guide
kind: dossier
audience: ministry
params:
  deadline: {type: date, default: 2026-12-18}
---
"""


def test_all_containers_build_as_the_guide_shows_them(desk: Path, briefgen: Program) -> None:
    chapter = GUIDE.partition("\n## Containers\n")[2].partition("\n## Themes\n")[0]
    shown = re.findall(r"^```\n(.*?)^```", chapter, re.DOTALL | re.MULTILINE)
    covers = [block for block in shown if "::: cover" in block]
    others = [block for block in shown if "::: cover" not in block]
    assert len(covers) == 1
    assert len(others) >= 10
    parts = (FRONT, *covers, "# Containers\n", *others)
    (desk / "templates/containers.md").write_text("\n".join(parts), encoding="utf-8")
    result = briefgen("containers", "--pdf", "--docx")
    assert result.status == 0, result.err


def test_what_the_guide_asks_for_is_in_the_library() -> None:
    problems: list[Problem] = []
    library = load_library(REPOSITORY / "seeds", problems)
    there = library.facts.keys() | library.quotes.keys() | library.sources.keys()
    metrics = {fact.metric for fact in library.facts.values()}
    asked = re.findall(r"\b(fact|quote|cite|source|series)\(([^)]*)\)", GUIDE)
    named = {(what, id) for what, ids in asked for id in re.findall(r'"([^"]+)"', ids)} - FOR_ANY
    assert len(named) > 10
    assert {id for what, id in named if id not in (metrics if what == "series" else there)} == set()
