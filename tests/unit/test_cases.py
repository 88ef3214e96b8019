"""The cases of tests/cases: title, template, and what is read of it or what is wrong with it.

The input is a template: its body, or the whole with front matter; in documents.md the checks of documents look at it.
Problems are written `line:column severity[code]:
message`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.allowances import silence
from briefgen.checks.documents import JUDGED, check_document
from briefgen.errors import BriefgenError, Problem
from tests.case_files import Case, cases
from tests.inspected import inspected
from tests.library import FRONT, document
from tests.outline import outline


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    name = case.path.stem
    case.settle(outcome(tmp_path, case.body, "dossier" if name == "dossier" else "brief", checks=name == "documents"))


def outcome(folder: Path, body: str, kind: str, *, checks: bool) -> str:
    """The outline, then the problems, of a case's template. Lines count from the body's first.

    Args:
        checks: whether to say what the checks of documents find, and what is silenced, instead.
    """
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
        if checks:
            (folder / "sample.md").write_text(text, encoding="utf-8")
            inspection = inspected(folder / "sample.md")
            kept, silenced = silence(check_document(inspection), inspection.template.allow, JUDGED)
            problems += kept
            lines += [f"silenced[{one.problem.code}]: {one.allowance.reason}" for one in silenced]
        else:
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
