"""The cases of tests/cases: title, template, and what is read of it or what is wrong with it.

A case is its title, a line `.`, the template (its body, or the whole with front matter), a line `.`, what is
expected, a line `.`. Problems are written `line:column severity[code]: message`. `BRIEFGEN_ACCEPT=1` rewrites what is
expected; read the diff before you commit it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.errors import BriefgenError, Problem
from tests.library import FRONT, document
from tests.outline import outline

CASES = Path(__file__).parents[1] / "cases"
_CASE = re.compile(r"^(?P<title>\S.*)\n\.\n(?P<body>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.\n", re.MULTILINE)


def cases() -> Iterator[tuple[Path, str, str, str]]:
    for path in sorted(CASES.glob("*.md")):
        for case in _CASE.finditer(path.read_text(encoding="utf-8")):
            yield path, case["title"], case["body"], case["expected"]


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [pytest.param(path, body, expected, id=f"{path.stem}: {title}") for path, title, body, expected in cases()],
)
def test_case(path: Path, body: str, expected: str, tmp_path: Path) -> None:
    found = outcome(tmp_path, body, "dossier" if path.stem == "dossier" else "brief")
    if os.environ.get("BRIEFGEN_ACCEPT") and found != expected:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"\n.\n{body}.\n{expected}.\n", f"\n.\n{body}.\n{found}.\n"), encoding="utf-8")
    assert found == expected


def outcome(folder: Path, body: str, kind: str) -> str:
    """The outline, then the problems, of a case's template. Lines count from the body's first."""
    text, before = body, 0
    if not body.startswith("---\n"):
        front = f"---\n{FRONT.format(kind=kind)}\n---\n"
        text, before = front + body, front.count("\n")
    (folder / "partials").mkdir()
    (folder / "partials" / "list.md").write_text(
        "{% for f in facts(topic='trade') %}\n- {{ f.nothing }}\n{% endfor %}\n"
    )
    (folder / "partials" / "words.md").write_text("First.\n\n{{ fact('visit') }} **wrong.\n")
    (folder / "map.png").write_bytes(b"")
    problems: list[Problem] = []
    lines = []
    try:
        lines.append(outline(document(folder, text, problems)))
    except BriefgenError as error:
        problems = list(error.problems)
    for problem in problems:
        place = ""
        if problem.location is not None:
            own = problem.location.path.name == "sample.md"
            numbers = [problem.location.line, problem.location.column]
            if own and numbers[0]:
                numbers[0] -= before
            shown = ":".join(str(number) for number in numbers if number is not None)
            place = shown if own else f"{problem.location.path.name}:{shown}"
        lines.append(f"{place} {problem.severity}[{problem.code}]: {problem.message}")
        lines += [f"  hint: {hint}" for hint in problem.hints]
    return "".join(line + "\n" for line in lines if line)
