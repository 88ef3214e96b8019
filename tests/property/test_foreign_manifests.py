"""A finished file may be anybody's: whatever its manifest says, there is a message without a defect, or a refusal."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import enclosing, mailing
from briefgen.audiences import Audience, load_audience
from briefgen.carried import parse_manifest
from briefgen.enclosing import enclose_files
from briefgen.errors import BriefgenError, Problem
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox
from briefgen.mailing import Envelope, compose
from briefgen.workspace import open_workspace
from briefgen.writers.eml import write
from tests.mail import parsed

WORDS: dict[str, Any] = {"headline": ["Head", 1], "lead": [["Words ", {"bold": "bold"}, 1]], "notes": ["Note"]}
TREE: dict[str, Any] = {
    "format": 1,
    "briefgen": "0.1.0",
    "title": "Title",
    "template": "investor",
    "audience": "investor",
    "theme": "default",
    "language": "vi",
    "as_of": "2026-11-21",
    "marking": "TLP:CLEAR",
    "status": "final",
    "parameters": {"country": "Viet Nam"},
    "evidence": [{"id": "trade-2024", "marking": "TLP:CLEAR"}],
    "sources": [{"id": "nikkei-deals", "custom": {"marking": "TLP:CLEAR"}}],
    "summary": {
        "title": "Title",
        "as_of": "As of today",
        "marking": "TLP:CLEAR",
        "language": "vi",
        **WORDS,
        "figures": [{"value": "1", "label": ["One", 1], "period": "2024"}],
    },
}
FIELDS = {
    *("x-unsent", "to", "subject", "date", "message-id", "content-language", "mime-version", "content-type"),
}
NASTY: tuple[object, ...] = (
    *(
        "A\r\nBcc: x@example.org\r\n\r\nhello",
        "en-\r\nBcc: x@example.org",
        "\0",
        "\x1b[2J",
        "\ud800",
        "\ue000\ue001",
    ),
    *(
        "",
        " ",
        "=?utf-8?B?QmNj?=",
        "\u202e",
        "\u2028Bcc: x",
        "x" * 2_000,
        "../../etc",
        "{{ 7 * 7 }}",
        "<script>",
        "--",
    ),
    *("\n.\n", "fact", "None", "TLP:RED", "2026-02-30", "ko", "press", "ministry", "=_0m"),
    *(None, True, 0, -1, 7, 10**30, 1.5, [], {}, [[]], [["a", 9]], [{"bold": 1}], {"bold": "a"}, {"id": "x"}),
)


def places(tree: object, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where something stands in a tree that could be something else."""
    entries: Any = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, value in entries:
        yield (*here, name)
        yield from places(value, (*here, name))


PLACES = tuple(places(TREE))
CHANGES = st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(NASTY)), min_size=2, max_size=4)


def changed(changes: list[tuple[tuple[str | int, ...], object]]) -> dict[str, Any]:
    tree = copy.deepcopy(TREE)
    for (*way, last), value in changes:
        node: Any = tree
        try:
            for step in way:
                node = node[step]
            node[last] = copy.deepcopy(value)
        except (TypeError, KeyError, IndexError):
            continue  # an earlier change has taken the place away
    return tree


def test_any_word_of_it_may_be_any_other() -> None:
    """All of them for what stands in headers, some for the rest."""
    chance = random.Random(7)
    changes = [(place, value) for place in (("title",), ("language",)) for value in NASTY]
    changes += [(place, value) for place in PLACES for value in chance.sample(NASTY, 6)]
    outcomes = [is_sent(changed([change])) for change in changes]
    assert is_sent(TREE)
    assert outcomes.count(True) > 100
    assert outcomes.count(False) > 50


@given(CHANGES)
@settings(max_examples=60)
def test_and_several_at_once(changes: list[tuple[tuple[str | int, ...], object]]) -> None:
    is_sent(changed(changes))


@cache
def audience(path: Path) -> Audience | None:
    return load_audience(path, [])


def loaded(path: Path, _: list[Problem]) -> Audience | None:
    """An audience's file is the same every time."""
    return audience(path)


def is_sent(tree: dict[str, Any]) -> bool:
    """Attach a file with this manifest; whether there is a message, which is then as it should be."""
    file = Path(__file__).parents[1] / "cases" / "slots.md"
    workspace = open_workspace(None, Path(file.anchor), {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enclosing, "load_audience", loaded)
        patch.setattr(mailing, "load_audience", loaded)
        patch.setattr(enclosing, "carried_manifest", lambda path: parse_manifest(json.dumps(tree).encode(), path))
        try:
            enclosed = enclose_files([file], workspace, date(2026, 11, 21))
            envelope = Envelope(datetime(2026, 11, 21, tzinfo=UTC), (Mailbox("jane@example.org"),))
            message = compose(enclosed, envelope, workspace, None).message
        except BriefgenError:
            return False
    assert (message.marking, tree["marking"]) == (Marking.CLEAR, "TLP:CLEAR"), "nothing clears Jane for more"
    contents = write(message)
    assert {name.lower() for name in parsed(contents)} == FIELDS
    assert contents.isascii()
    assert all(len(line) <= 998 for line in contents.split(b"\r\n"))
    return True
