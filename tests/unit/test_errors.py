"""Problems as they are printed."""

from __future__ import annotations

from pathlib import Path

from briefgen.errors import BriefgenError, Location, Problem, Severity, errors_in, format_problem


def test_a_problem_reads_like_a_compilers(tmp_path: Path) -> None:
    path = tmp_path / "seeds" / "trade.yaml"
    path.parent.mkdir()
    path.write_text("facts:\n  a: {value: 87}\n", encoding="utf-8")
    problem = Problem(
        "value-not-in-passage", "the value 87 is not in its passage", Location(path, 2, 14), hints=("look",)
    )
    assert format_problem(problem, tmp_path) == (
        "seeds/trade.yaml:2:14: error[value-not-in-passage]: the value 87 is not in its passage\n"
        "    2 |   a: {value: 87}\n"
        "      |              ^\n"
        "  hint: look"
    )


def test_a_long_line_is_cut_around_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a" * 500 + "!" + "b" * 500, encoding="utf-8")
    lines = format_problem(Problem("x", "y", Location(path, 1, 501))).splitlines()
    assert len(lines[1]) < 130
    assert lines[1][lines[2].index("^")] == "!"


def test_a_problem_without_a_place_or_with_a_file_that_is_gone(tmp_path: Path) -> None:
    assert format_problem(Problem("x", "y", severity=Severity.WARNING)) == "warning[x]: y"
    gone = Problem("x", "y", Location(tmp_path / "gone.yaml", 3, 4))
    assert format_problem(gone, tmp_path) == "gone.yaml:3:4: error[x]: y"


def test_errors_stop_and_warnings_do_not() -> None:
    error, warning = Problem("a", "b"), Problem("c", "d", severity=Severity.WARNING)
    assert errors_in([warning, error]) == (error,)
    assert BriefgenError(error).problems == (error,)
    assert str(BriefgenError([error, warning])) == "b; d"
