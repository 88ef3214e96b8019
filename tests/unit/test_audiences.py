from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.audiences import Audience, ReadingLevel, load_audience
from briefgen.errors import Problem
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox

SHIPPED = sorted((Path(__file__).parents[2] / "templates" / "audiences").glob("*.yaml"))


def load(folder: Path, text: str) -> tuple[Audience | None, list[Problem]]:
    path = folder / "readers.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return load_audience(path, problems), problems


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_audiences_are_whole(path: Path) -> None:
    problems: list[Problem] = []
    audience = load_audience(path, problems)
    assert not problems
    assert audience is not None
    assert audience.label
    assert audience.topics
    assert audience.subject
    assert audience.text


def test_everything_it_may_say(tmp_path: Path) -> None:
    audience, problems = load(
        tmp_path,
        """\
label: the board
description: Who decides
language: vi
theme: ministry
topics: {trade: 5, people: 1}
reading_level: plain
clearance: TLP:AMBER+STRICT
recipients: [a@example.org, Trần Thị Bích <b@example.org>]
subject: For you
text: |
  Dear all,
""",
    )
    assert not problems
    assert audience is not None
    assert (audience.name, audience.label, audience.language, audience.theme) == (
        "readers",
        "the board",
        "vi",
        "ministry",
    )
    assert list(audience.topics.items()) == [("trade", 5), ("people", 1)]
    assert audience.reading_level is ReadingLevel.PLAIN
    assert audience.clearance is Marking.AMBER_STRICT
    assert audience.recipients == (Mailbox("a@example.org"), Mailbox("b@example.org", "Trần Thị Bích"))
    assert audience.locations["clearance"].line == 7


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("label: x\ncolour: red\n", "unknown-key", 2),
        ("language: en\n", "missing-key", 1),
        ("label: x\nclearance: red\n", "wrong-value", 2),
        ("label: x\ntopics: {trade: 9}\n", "wrong-value", 2),
        ("label: x\ntopics: {Trade!: 1}\n", "wrong-value", 2),
        ("label: x\ntopics: [trade]\n", "wrong-type", 2),
        ("label: x\nrecipients: [nobody]\n", "wrong-value", 2),
        ("label: x\nreading_level: expert\n", "wrong-value", 2),
        ("label: x\nlanguage: English\n", "wrong-value", 2),
        ("label: x\nlabel: y\n", "duplicate-key", 2),
        ("label: [x\n", "yaml-syntax", None),
        ("", "missing-key", None),
    ],
)
def test_mistakes_are_located(tmp_path: Path, text: str, code: str, line: int | None) -> None:
    audience, problems = load(tmp_path, text)
    assert audience is None
    assert problems[0].code == code
    assert problems[0].location is not None
    assert line is None or problems[0].location.line == line


def test_a_folder_is_no_audience(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert load_audience(tmp_path, problems) is None
    assert problems[0].code == "not-a-file"
