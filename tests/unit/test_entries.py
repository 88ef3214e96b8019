from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.entries import Entry, append
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.records import FORBIDDEN, Origin, Record, decode_text, parse_records

HERE = Path("seeds/new.yaml")
FACT = Entry(
    "facts",
    "new-fact",
    {
        "claim": "{value} people work there.",
        "value": "about 12,000 people",
        "as_of": "2024",
        "topics": ("people", "trade"),
        "weight": 4,
        "evidence": ({"source": "gazette", "passage": "It employs about 12,000: people"},),
    },
    {"claim": "a draft"},
)
LINES = """\
  new-fact:
    claim: "{value} people work there."  # a draft
    value: about 12,000 people
    as_of: 2024
    topics: [people, trade]
    weight: 4
    evidence:
      - {source: gazette, passage: "It employs about 12,000: people"}
"""


def read(contents: bytes) -> Record | None:
    problems: list[Problem] = []
    text = decode_text(contents, HERE, problems)
    assert text is not None
    top = parse_records(text, Origin(HERE, problems))
    assert not problems
    return top


def added(contents: str | bytes, entry: Entry = FACT) -> str:
    """The file with the entry; the line that is told is the entry's, and all other bytes are as they were."""
    old = contents.encode() if isinstance(contents, str) else contents
    new, line = append(old, read(old), entry, Location(HERE))
    text = new.decode()
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert lines[line - 1].strip() == f"{entry.id}:"
    top = read(new)
    assert top is not None
    section = top.record(entry.section)
    assert section is not None
    assert section.names()[-1] == entry.id
    assert section.key_location(entry.id).line == line
    return text


def test_an_entry_is_written_as_a_person_would() -> None:
    assert added("") == f"facts:\n{LINES}"
    assert FACT.as_yaml() + "\n" == f"facts:\n{LINES}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("facts:", ""),
        ("facts:   # none yet\n", ""),
        ("# About trade.\n", None),
        ("# About trade.\n\n", None),
        ("facts:\n  a: {claim: x}\n", ""),
        ("facts:\n  a:\n    claim: x   # so", ""),
        ("facts:\n  a:\n    claim: x\n", "\n# Others.\nquotes:\n  b: {text: x}\n"),
        ("facts:\n  a:\n    claim: x\n  # b:\n  #   claim: y\n", "# Quotes.\nquotes:\n"),
        ("facts:\n  a:\n    claim: |\n      x\n\n      # no comment\n", "\n\nquotes:\n  b: {text: x}\n"),
        ("facts:\n  a:\n    claim: >-\n      x\n      y", ""),
        ('facts:\n  a:\n    claim: "x\n      y"\n', "quotes:\n"),
        ("facts:\n  a:\n    topics:\n      - x\n      - y  # z\n", "quotes:\n"),
        ("facts:\n  a:\n    topics: [x,\n      y]\n", "quotes:\n"),
        ("facts:\n  a:\n    topics:\n", "quotes:\n"),
        ("facts:\n", "quotes:\n  b: {text: x}\n"),
        ("---\nfacts:\n  a: {claim: x}\n", ""),
        ("sources:\n  s: {title: 한국어 🙂 x}\nfacts:\n  a: {claim: Ế}\n", "people:\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_stands_there_keeps_every_byte(before: str, after: str | None, newline: str, mark: str) -> None:
    before, whole = mark + before.replace("\n", newline), mark + (before + (after or "")).replace("\n", newline)
    text = added(whole)
    newline = newline if "\n" in whole else "\n"
    assert text.startswith(before)
    assert text.endswith((after or "").replace("\n", newline))
    own = text[len(before) : len(text) - len((after or "").replace("\n", newline))]
    expected = LINES if after is not None else f"facts:\n{LINES}"
    assert own.strip("\r\n") == expected.replace("\n", newline).strip("\r\n")


def test_a_missing_section_begins_at_the_end() -> None:
    assert added("quotes:\n  b: {text: x}\n") == f"quotes:\n  b: {{text: x}}\n\nfacts:\n{LINES}"
    assert added("quotes:\n  b: {text: x}") == f"quotes:\n  b: {{text: x}}\n\nfacts:\n{LINES}"


def test_the_indentation_and_the_empty_lines_are_the_files_own() -> None:
    lines = "".join(f"  {line}\n" for line in LINES.splitlines())
    wide = "facts:\n    a: {claim: x}\n    b: {claim: y}\n"
    assert added(wide) == wide + lines
    parted = "facts:\n    a: {claim: x}\n\n    b: {claim: y}\n"
    assert added(parted) == parted + "\n" + lines
    indented = "  quotes:\n    b: {text: x}\n"
    assert added(indented) == indented + "\n  facts:\n" + lines


@pytest.mark.parametrize(
    "contents", ["facts: {}\n", "facts: {a: {claim: x}}\n", "{facts: {}}", "facts: []", "facts: x"]
)
def test_what_is_written_in_braces_is_left_alone(contents: str) -> None:
    with pytest.raises(BriefgenError) as caught:
        added(contents)
    [problem] = caught.value.problems
    assert problem.code == "section-in-braces"
    assert problem.location == Location(HERE, 1, 1) or problem.location == Location(HERE)


VALUES = st.text(min_size=1, max_size=40).map(str.strip).filter(lambda text: text and not FORBIDDEN.search(text))


@given(text=VALUES, topic=VALUES, passage=VALUES)
def test_what_is_written_is_what_is_read(text: str, topic: str, passage: str) -> None:
    fields = {"claim": text, "topics": (topic,), "evidence": ({"source": text, "passage": passage},)}
    contents, _ = append(b"", None, Entry("facts", "x", fields), Location(HERE))
    problems: list[Problem] = []
    top = parse_records(contents.decode(), Origin(HERE, problems))
    assert not problems
    entry = top.record("facts").record("x")  # type: ignore[union-attr]
    assert entry is not None
    assert entry.text("claim") == text
    assert entry.texts("topics") == (topic,) or "\n" in topic
    [evidence] = entry.records("evidence")
    assert (evidence.text("source"), evidence.text("passage")) == (text, passage)
    assert not [problem for problem in problems if "must stand on one line" not in problem.message]
