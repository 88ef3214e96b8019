"""YAML as located records."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from briefgen.errors import Location, Problem
from briefgen.records import Origin, Record, parse_records, read_records


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def read(text: str) -> tuple[Record | None, list[Problem]]:
    problems: list[Problem] = []
    return parse_records(text, Origin(Path("x.yaml"), problems)), problems


def top(text: str) -> tuple[Record, list[Problem]]:
    record, problems = read(text)
    assert record is not None, problems
    return record, problems


def places(problems: list[Problem]) -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.location.line, p.location.column) for p in problems if p.location]


def test_scalars_stay_as_they_are_written() -> None:
    record, problems = top("a: no\nb: 2025-08\nc: 010\nd: 1e3\n")
    assert [record.text(key) for key in "abcd"] == ["no", "2025-08", "010", "1e3"]
    assert not problems


def test_every_value_knows_its_place() -> None:
    record, _ = top('a: 1\nbc: {d: "x"}\n')
    inner = record.record("bc")
    assert inner is not None
    assert record.at("a") == Location(Path("x.yaml"), 1, 4)
    assert record.key_location("bc") == Location(Path("x.yaml"), 2, 1)
    assert inner.at("d") == Location(Path("x.yaml"), 2, 9)


def test_front_matter_counts_the_lines_before_it() -> None:
    problems: list[Problem] = []
    record = parse_records("a: 1\n", Origin(Path("t.md"), problems, line_offset=4))
    assert record is not None
    assert record.at("a").line == 5


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\na: 2\n", "duplicate-key", 2, 1),
        ("a:\n\tb: 1\n", "yaml-syntax", 2, 1),
        ("a: &x 1\n", "yaml-syntax", 1, 4),
        ("a: *x\n", "yaml-syntax", 1, 4),
        ("a: !!python/object:os.system 1\n", "yaml-syntax", 1, 4),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", 2, 1),
        ("a: [1, 2\nb: 3\n", "yaml-syntax", 2, 2),
        ('a: "unfinished\n', "yaml-syntax", 2, 1),
        ("- a\n- b\n", "wrong-type", 1, 1),
        ("just words\n", "wrong-type", 1, 1),
        ("[a, b]: 1\n", "wrong-type", 1, 1),
        ("a: x\u202ey\n", "forbidden-character", 1, 5),
        ("a: x\x00y\n", "forbidden-character", 1, 5),
        ("a: x\ue000y\n", "forbidden-character", 1, 5),
        ("a: x\U000e0041y\n", "forbidden-character", 1, 5),
        ("a: x\ufffdy\n", "forbidden-character", 1, 5),
        ("a: x\x85y\n", "forbidden-character", 1, 5),
    ],
)
def test_what_is_not_plain_data_is_located(text: str, code: str, line: int, column: int) -> None:
    _, problems = read(text)
    assert places(problems) == [(code, line, column)]


def test_reading_goes_on_after_a_forbidden_character() -> None:
    record, problems = top("a: x\u2066y\u2069\nb: 2\n")
    assert record.text("b") == "2"
    assert places(problems) == [("forbidden-character", 1, 5), ("forbidden-character", 1, 7)]


def test_a_forbidden_character_written_as_an_escape_is_found() -> None:
    record, problems = top('a: "x\\u202Ey"\n')
    assert record.text("a") is None
    assert places(problems) == [("forbidden-character", 1, 4)]


def test_joiners_and_variation_selectors_are_text() -> None:
    record, problems = top("a: 👩\u200d🔬 ☺\ufe0f نمی\u200cخواهم\n")
    assert record.text("a") == "👩\u200d🔬 ☺\ufe0f نمی\u200cخواهم"
    assert not problems


@pytest.mark.parametrize("text", ["", "# only a remark\n", "---\n", "\n\n"])
def test_an_empty_file_is_fine(text: str) -> None:
    record, problems = read(text)
    assert record is None or not record.names()
    assert not problems


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "{b: " * 100_000,
        "- " * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(3_000)),
    ],
)
def test_deep_nesting_is_a_problem_not_a_crash(text: str) -> None:
    _, problems = read(text)
    assert [(p.code, p.message) for p in problems] == [("yaml-syntax", "nested too deeply")]


def test_many_brackets_in_words_are_not_nesting() -> None:
    record, problems = top("a: [\n" + '"[", ' * 500 + "]\n")
    assert len(record.texts("a")) == 500
    assert not problems


def test_unknown_keys_suggest_the_nearest() -> None:
    record, problems = top("titel: x\n")
    record.text("title")
    record.done()
    assert places(problems) == [("unknown-key", 1, 1)]
    assert problems[0].hints == ("did you mean `title`?",)


def test_wrong_types_are_problems_and_give_the_default() -> None:
    record, problems = top("a: [1]\nb: x\nc: {d: e}\ne: ''\nf: yes\ng: 2026-02-30\nh: green\ni: 9\n")
    assert record.text("a") is None
    assert record.records("b") == ()
    assert record.text("c") is None
    assert record.text("e") is None
    assert record.flag("f") is None
    assert record.day("g") is None
    assert record.choice("h", Colour) is None
    assert record.integer("i", 1, 5) is None
    assert record.text("j", required=True) is None
    assert [p.code for p in problems] == [
        "wrong-type", "wrong-type", "wrong-type", "empty-value", "wrong-value", "wrong-date", "wrong-value",
        "wrong-value", "missing-key",
    ]  # fmt: skip
    assert all(p.location and p.location.line for p in problems)


def test_lists_maps_and_children() -> None:
    record, problems = top("a: [x, y]\nb: z\nc: {k: v}\nd: {one: {n: 1}, two: {n: 2}}\n")
    assert record.texts("a") == ("x", "y")
    assert record.texts("b") == ("z",)
    assert record.text_map("c") == {"k": "v"}
    inner = record.record("d")
    assert inner is not None
    assert [(name, child.integer("n", 0, 9)) for name, child in inner.children()] == [("one", 1), ("two", 2)]
    assert not problems


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_line_ends_make_no_difference(tmp_path: Path, ends: str, mark: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(mark + f"a: 1{ends}b: 2{ends}".encode())
    problems: list[Problem] = []
    record = read_records(path, problems)
    assert record is not None
    assert record.at("b") == Location(path, 2, 4)
    assert not problems


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    wrong = tmp_path / "latin.yaml"
    wrong.write_bytes("a: 1\nb: cafés \xe9".encode("latin-1"))
    problems: list[Problem] = []
    assert read_records(tmp_path, problems) is None
    assert read_records(tmp_path / "missing.yaml", problems) is None
    assert read_records(wrong, problems) is None
    assert [p.code for p in problems] == ["not-a-file", "file-not-found", "not-utf8"]
    assert problems[2].location == Location(wrong, 2, 7)


@pytest.mark.parametrize("nothing", ["", "~", "null", "''", '""', "' '"])
def test_an_empty_value_is_a_problem(nothing: str) -> None:
    record, problems = top(f"a: {nothing}\n")
    assert record.text("a") is None
    assert places(problems)[0][:2] == ("empty-value", 1)
    assert record.is_left_out("a") == (nothing == "")
