"""Checks of the library: each code, on small evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefgen.checks import LIBRARY_CHECKS, check_library
from briefgen.errors import Problem, Severity
from briefgen.lock import Texts, verify
from briefgen.seeds import load_library

AS_OF = date(2026, 11, 21)


def check(folder: Path, evidence: str, text: str | None = None) -> list[Problem]:
    """What the checks say of evidence, which must load without problems."""
    (folder / "evidence.yaml").write_text(evidence, encoding="utf-8")
    problems: list[Problem] = []
    library = load_library(folder, problems)
    assert not problems, problems
    if text is not None:
        (folder / "texts").mkdir()
        (folder / "texts" / "s.txt").write_text(text, encoding="utf-8")
    verification = verify(library, Texts(folder / "texts" if text is not None else None), None, [])
    return list(check_library(library, verification, AS_OF))


def fact(value: str, passage: str, claim: str = "It is {value}.", more: str = "", source: str = "") -> str:
    key = "values" if value.startswith("{") else "value"
    return (
        f"sources: {{s: {{title: S, text: s.txt{source}}}}}\n"
        f'facts:\n  f:\n    claim: "{claim}"\n    {key}: {value}\n{more}'
        f'    evidence:\n      - {{source: s, passage: "{passage}"}}\n'
    )


def quote(text: str, passage: str | None = None, more: str = "") -> str:
    given = f', passage: "{passage}"' if passage else ""
    return (
        "sources: {s: {title: S, text: s.txt}}\npeople: {p: {name: P}}\n"
        f'quotes:\n  q:\n    text: "{text}"\n    speaker: p\n{more}    evidence: [{{source: s{given}}}]\n'
    )


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("value", "passage"),
    [
        ("over 200,000 people", "over 200,000 Korean reside"),
        ("more than 23 billion USD", "havingpoured more than $23 billion into"),
        ("86.7 billion USD", "up from $86.7 billion in 2024"),
        ("150 billion USD", "USD 150 billion in 2030"),
        ("8.3% to 8.5%", "for this year at 8.3% to 8.5%"),
        ("at least 50 per cent", "no less than half of GDP growth"),
        ("about 50 per cent", "Around half of Samsung’s phones"),
        ("33 years", "Thirty-three years have passed"),
        ("4 days", "a four-day state visit"),
        ("6 billion USD", "six billion dollars"),
        ("at least 5 per cent", "over 5 per cent"),
        ("at most 5 per cent", "up to 5 per cent"),
        ("1000 million USD", "$1 billion"),
        ("0.04 USD", "$.04 a share"),
        ("-5 per cent", "fell by −5%"),
        ("1.5 tonnes", "1½ tonnes"),
        ("{from: 1 per cent, to: 3 per cent}", "from 1 per cent to 3 per cent per year"),
        ("{low: 8.3%, high: 8.5%}", "8.3% to 8.5%"),
    ],
)
def test_values_that_their_passages_state(tmp_path: Path, value: str, passage: str) -> None:
    names = [part.split(":")[0].strip() for part in value.strip("{}").split(",")] if value.startswith("{") else []
    claim = " ".join(f"{{{name}}}" for name in names) or "{value}"
    assert check(tmp_path, fact(value, passage, claim)) == []


@pytest.mark.parametrize(
    ("value", "passage", "code"),
    [
        ("over 210,000 people", "over 200,000 Korean reside", "value-not-in-passage"),
        ("86.7 million USD", "up from $86.7 billion", "value-not-in-passage"),
        ("8.67 billion USD", "up from $86.7 billion", "value-not-in-passage"),
        ("86.7 billion EUR", "up from $86.7 billion", "value-not-in-passage"),
        ("50 people", "50 per cent of people", "value-not-in-passage"),
        ("50 per cent", "2 percentage points, or $50", "value-not-in-passage"),
        ("2 per cent", "by 2 percentage points", "value-not-in-passage"),
        ("8.3%", "8.3% to 8.5%", "value-not-in-passage"),
        ("8.3% to 8.6%", "8.3% to 8.5%", "value-not-in-passage"),
        ("10 documents", "on August 10 they signed documents", "value-not-in-passage"),
        ("19 cases", "COVID-19 cases", "value-not-in-passage"),
        ("20 years", "the 20th century", "value-not-in-passage"),
        ("102 people", "10² people", "value-not-in-passage"),
        ("10 people", "10² people", "value-not-in-passage"),
        ("5 per cent", "fell by −5%", "value-not-in-passage"),
        ("5 people", "several people", "value-not-in-passage"),
        ("200,000 people", "over 200,000 people", "qualifier-changed"),
        ("over 200,000 people", "200,000 people", "qualifier-changed"),
        ("over 5 per cent", "at least 5 per cent", "qualifier-changed"),
        ("about 5 per cent", "over 5 per cent", "qualifier-changed"),
        ("50 per cent", "around 50 per cent", "qualifier-changed"),
        ("93.7 billion USD", "capital reached 93.7 billion", "unit-not-stated"),
        ("50 per cent", "50 of a hundred", "unit-not-stated"),
        ("5 billion JPY", "worth ¥5 billion", "unit-not-stated"),
    ],
)
def test_values_that_their_passages_do_not_state(tmp_path: Path, value: str, passage: str, code: str) -> None:
    (found,) = check(tmp_path, fact(value, passage))
    assert found.code == code
    assert found.severity is Severity.ERROR
    assert found.location is not None
    assert (found.location.line, found.location.column) == (5, 12)
    assert found.hints
    assert found.subject == "f"


def test_a_silent_unit_needs_a_note_and_a_caveat(tmp_path: Path) -> None:
    value, passage = "93.7 billion USD", "capital reached 93.7 billion"
    (found,) = check(tmp_path, fact(value, passage, more="    note: US dollars are inferred.\n"))
    assert (found.code, found.severity) == ("caveat-missing", Severity.WARNING)
    both = "    note: US dollars are inferred.\n    caveat: currency not stated\n"
    assert check(tmp_path, fact(value, passage, more=both)) == []


def test_two_equal_values_need_two_numbers(tmp_path: Path) -> None:
    values = "{from: 3 per cent, to: 3 per cent}"
    found = check(tmp_path, fact(values, "from 1 per cent to 3 per cent", "{from} {to}"))
    assert codes(found) == ["value-not-in-passage"] * 2
    assert check(tmp_path, fact(values, "3 per cent here, 3 per cent there", "{from} {to}")) == []


def test_a_value_may_stand_in_any_passage(tmp_path: Path) -> None:
    evidence = fact("50 documents", "fifty of them") + '      - {source: s, passage: "and 40 more"}\n'
    assert check(tmp_path, evidence) == []


def test_numbers_are_read_by_the_sources_language_and_dollar(tmp_path: Path) -> None:
    assert check(tmp_path, fact("10,238 projects", "10.238 dự án", source=", language: vi")) == []
    assert codes(check(tmp_path, fact("10.238 tonnes", "10.238 dự án", source=", language: vi"))) == [
        "value-not-in-passage"
    ]
    assert check(tmp_path, fact("86.7 billion USD", "867억 달러로", source=", language: ko")) == []
    assert check(tmp_path, fact("5 million CAD", "$5 million", source=", dollar: CAD")) == []
    assert codes(check(tmp_path, fact("5 million USD", "$5 million", source=", dollar: CAD"))) == [
        "value-not-in-passage"
    ]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("It is {value} in 2030.", "50 documents in 2030"),
        ("Since August 2025 it is {value}.", "50 documents"),
        ("The third visit gave {value}, the first of two.", "50 documents on the third visit of two"),
        ("The two sides signed {value}.", "50 documents"),
        ("One of the G20 signed {value}.", "50 documents"),
        ("{{5}} sets of {value}.", "5 sets of 50 documents"),
        ("Of 30 million people, {value}.", "30 million people, 50 documents"),
    ],
)
def test_numbers_in_a_claim_that_evidence_bears_out(tmp_path: Path, claim: str, passage: str) -> None:
    assert check(tmp_path, fact("50 documents", passage, claim, "    as_of: 2025-08\n")) == []


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("It is {value} by 2031.", "2031"),
        ("It is {value}, or 12 per cent.", "12 per cent"),
        ("The fourth visit gave {value}.", "fourth"),
        ("Three sides signed {value}.", "Three"),
        ("It is {value}, worth $50.", "$50"),
    ],
)
def test_numbers_in_a_claim_that_come_from_nowhere(tmp_path: Path, claim: str, number: str) -> None:
    (found,) = check(tmp_path, fact("50 documents", "50 documents in 2030", claim))
    assert found.code == "number-not-in-evidence"
    assert f"“{number}”" in found.message
    assert found.location is not None
    assert found.location.line == 4


def test_numbers_in_translations(tmp_path: Path) -> None:
    more = '    as_of: 2025-08\n    translations: {vi: "{value} vào tháng 8 năm 2025, hơn 12%"}\n'
    (found,) = check(tmp_path, fact("50 documents", "50 documents", more=more))
    assert "12%" in found.message
    assert found.location is not None
    assert found.location.line == 7


def test_a_calculations_claim_may_use_its_inputs_numbers(tmp_path: Path) -> None:
    evidence = fact("50 documents", "50 documents in 2024", more="    as_of: 2024\n").replace(
        "facts:\n",
        'facts:\n  d:\n    claim: "From 50 in 2024 to {value}, and 99 more."\n    derived: {formula: 2 * f, f: f}\n',
    )
    (found,) = check(tmp_path, evidence)
    assert "99" in found.message


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("We are open", None),
        ("We are open", "We are open"),
        ("We are open", "We are open."),
        ("We are […] open [for now]", "We are wide open"),
        ("It’s “open”", "It's 'open'"),
    ],
)
def test_quotations_that_say_what_their_passages_say(tmp_path: Path, text: str, passage: str | None) -> None:
    note = "    note: Marks are mended.\n"
    assert check(tmp_path, quote(text.replace('"', '\\"'), passage, note)) == []


@pytest.mark.parametrize(
    ("text", "passage", "word"),
    [
        ("We are not open", "We are open", "not"),
        ("We are open", "We are not open", "open"),
        ("We are [still] open", "We are not open", "open"),
        ("open we are", "We are open", "open"),
        ("We are open", "We are open to all", "toall"),
        ("We are Open", "We are open", "Open"),
        ("We are […] shut", "We are wide open", "shut"),
        ("We have 51", "We have 50", "51"),
    ],
)
def test_quotations_that_were_altered(tmp_path: Path, text: str, passage: str, word: str) -> None:
    (found,) = check(tmp_path, quote(text, passage, "    note: Mended.\n"))
    assert found.code == "quotation-altered"
    assert f"“{word}”" in found.message
    assert found.location is not None
    assert found.location.line == 5


def test_mending_needs_a_note(tmp_path: Path) -> None:
    glued = quote("responses to changes", "responses tochanges")
    assert codes(check(tmp_path, glued)) == ["mending-not-noted"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are […] open for all", []),
        ("We are [still] not open", []),
        ("We are [still] open for all", ["quotation-altered"]),
        ("open for all […] We are", ["quotation-altered"]),
    ],
)
def test_fragments_follow_each_other_in_the_text(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert codes(check(tmp_path, quote(text), "He said: We are not open for all.\n")) == expected


def test_a_long_passage_is_a_warning_for_facts_only(tmp_path: Path) -> None:
    words = "five " + " ".join(["word"] * 13)
    assert check(tmp_path, fact("5 words", words)) == []
    (found,) = check(tmp_path, fact("5 words", words + " more"))
    assert (found.code, found.severity) == ("passage-long", Severity.WARNING)
    assert found.location is not None
    assert (found.location.line, found.location.column) == (7, 30)
    assert check(tmp_path, quote("word " * 30)) == []


def test_expired_evidence_is_a_warning(tmp_path: Path) -> None:
    assert check(tmp_path, fact("5 words", "5 words", more="    expires: 2026-11\n")) == []
    (found,) = check(tmp_path, fact("5 words", "5 words", more="    expires: 2026-10\n"))
    assert (found.code, found.severity) == ("evidence-expired", Severity.WARNING)
    assert found.location is not None
    assert found.location.line == 6


def test_every_code_belongs_to_one_check() -> None:
    codes = [code for check in LIBRARY_CHECKS for code in check.codes if code != "quotation-altered"]
    assert len(codes) == len(set(codes))
