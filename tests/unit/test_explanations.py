"""Every code is explained, and stands in the table of `seeds/README.md`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from briefgen.checks.documents import JUDGED
from briefgen.errors import Severity
from briefgen.explanations import EXPLANATIONS, SUBJECTS
from briefgen.explanations.explanation import Explanation
from tests.codes import codes

GUIDE = Path(__file__).parents[2] / "seeds" / "README.md"
_TABLE = re.compile(r"(?<=<!-- codes -->\n).*?(?=<!-- end of codes -->)", re.DOTALL)


def test_every_code_is_explained() -> None:
    unexplained = {code: sorted(modules) for code, modules in codes().items() if code not in EXPLANATIONS}
    assert not unexplained, "explain them in briefgen/explanations/"


def test_no_code_is_explained_that_there_is_not() -> None:
    assert sorted(EXPLANATIONS.keys() - codes().keys()) == []


def test_codes_are_explained_once() -> None:
    assert len(EXPLANATIONS) == sum(len(explanations) for explanations in SUBJECTS.values())


@pytest.mark.parametrize("explanation", EXPLANATIONS.values(), ids=EXPLANATIONS.keys())
def test_an_explanation_reads_well(explanation: Explanation) -> None:
    assert explanation.summary[0].islower() or explanation.summary[0] in "`-B"
    assert not explanation.summary.endswith(".")
    assert explanation.meaning.endswith((".", "?"))
    assert explanation.remedy.rstrip("`").endswith(".")
    assert explanation.example.strip()
    assert all(len(line) <= 120 for line in explanation.as_text().splitlines())


def test_errors_that_may_be_allowed_are_those_that_judge_words() -> None:
    judged = {code for code in JUDGED if EXPLANATIONS[code].severity is Severity.ERROR}
    assert {one.code for one in EXPLANATIONS.values() if one.arguable} == judged


def table() -> str:
    lines = []
    for subject, explanations in SUBJECTS.items():
        lines += [f"\n### {subject}\n", "| code | severity | what is wrong |", "|---|---|---|"]
        lines += [f"| `{one.code}` | {one.severity} | {one.summary} |" for one in explanations]
    return "\n".join(lines) + "\n\n"


def test_the_guide_lists_every_code() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    if os.environ.get("BRIEFGEN_ACCEPT"):
        GUIDE.write_text(_TABLE.sub(lambda _: table(), guide), encoding="utf-8")
        guide = GUIDE.read_text(encoding="utf-8")
    found = _TABLE.search(guide)
    assert found is not None
    assert found[0] == table(), "BRIEFGEN_ACCEPT=1 rewrites the table"
