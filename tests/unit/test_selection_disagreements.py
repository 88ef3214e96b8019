"""`disagreements()` as a template asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefgen.audiences import Audience
from briefgen.document import Document
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.evidence import Library, Marking, Metric, Passage, Source
from briefgen.numerals import parse_quantity
from briefgen.reader import read
from briefgen.templates import fill, load_template
from tests.library import HERE, LIBRARY, audience, fact
from tests.outline import outline

SOURCES = {id: Source(id, None, HERE) for id in ("one", "two", "three")}
FACTS = [
    replace(
        fact(
            id, values={"value": parse_quantity(value)} if value else {}, metric=metric, topics=(topic,), weight=weight
        ),
        passages=(Passage(source, id, HERE),),
    )
    for id, value, metric, topic, weight, source in (
        ("firms-a", "about 10,000", "firms", "trade", 3, "one"),
        ("firms-b", "over 10,000", "firms", "trade", 3, "two"),
        ("rank-a", None, "rank", "politics", 5, "one"),
        ("rank-b", None, "rank", "politics", 5, "three"),
        ("jobs-a", "5", "jobs", "trade", 1, "one"),
        ("jobs-b", "6", "jobs", "trade", 1, "two"),
    )
]
DISPUTED = Library(
    sources=SOURCES,
    facts={one.id: one for one in FACTS},
    metrics={"firms": Metric("firms", "firms in Viet Nam", HERE, {"vi": "doanh nghiệp"})},
)
EACH = """{% for g in disagreements(OPTIONS) %}
- {{ g.title }}: {{ g.differs }}{% for f in g.facts %} {{ f }}{% endfor %}.
{% endfor %}
"""


def made(folder: Path, body: str, library: Library = DISPUTED, readers: Audience | None = None, **options: str) -> str:
    path = folder / "sample.md"
    path.write_text(f"---\ntitle: T\nkind: brief\n---\nWords.\n\n{body}", encoding="utf-8")
    problems: list[Problem] = []
    spec = load_template(path, problems)
    assert spec is not None
    filled = fill(spec, library, as_of=date(2026, 1, 1), folders=(folder,), audience=readers, **options)  # type: ignore[arg-type]
    document = read(filled, problems)
    assert isinstance(document, Document), problems
    return outline(document)


def titles(folder: Path, options: str = "", **given: object) -> list[str]:
    shown = made(folder, EACH.replace("OPTIONS", options), **given)  # type: ignore[arg-type]
    return [line.strip().removeprefix("p ") for line in shown.split("\n") if ":" in line]


def test_the_gravest_come_first_each_with_its_facts(tmp_path: Path) -> None:
    assert titles(tmp_path) == [
        "Jobs: t(The figures differ.) <jobs-a> <jobs-b>.",
        "Firms in Viet Nam: t(One figure, hedged differently.) <firms-a> <firms-b>.",
        "Rank: t(The wording differs.) <rank-a> <rank-b>.",
    ]


def test_by_topic_metric_and_number(tmp_path: Path) -> None:
    assert [line.split(":")[0] for line in titles(tmp_path, "topic='politics'")] == ["Rank"]
    assert [line.split(":")[0] for line in titles(tmp_path, "metric='firms'")] == ["Firms in Viet Nam"]
    assert [line.split(":")[0] for line in titles(tmp_path, "up_to=1")] == ["Jobs"]


def test_in_the_readers_language(tmp_path: Path) -> None:
    assert titles(tmp_path, "metric='firms'", language="vi")[0].startswith("Doanh nghiệp: t(Cùng một con số")


def test_what_the_audience_may_not_see_disagrees_with_nothing(tmp_path: Path) -> None:
    closed = replace(DISPUTED, sources=SOURCES | {"two": replace(SOURCES["two"], marking=Marking.AMBER)})
    found = titles(tmp_path, library=closed, readers=audience({}))
    assert [line.split(":")[0] for line in found] == ["Rank"]


def test_for_a_templates_logic(tmp_path: Path) -> None:
    loop = "{% for g in disagreements() if 'words' not in g.differences %}"
    body = f"{loop}\n{{{{ g.metric }}}} {{{{ g.facts|length }}}}\n\n{{% endfor %}}"
    assert made(tmp_path, body).split("\n")[1:] == ["p (jobs) (2)", "p (firms) (2)"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ disagreements() }}", "not-printable"),
        ("{{ disagreements()[0] }}", "not-printable"),
        ("{{ disagreements()[0].colour }}", "undefined-name"),
        ("{{ disagreements()[0]._facts }}", "forbidden-in-template"),
        ("{{ disagreements()[0].facts[0]|upper }}", "evidence-as-text"),
        ("{{ disagreements()[0].facts[0] ~ 'x' }}", "evidence-as-text"),
        ("{{ disagreements(topic='trad') }}", "unknown-topic"),
        ("{{ disagreements(metric='firm') }}", "unknown-metric"),
        ("{{ disagreements(up_to='x') }}", "wrong-value"),
        ("{{ disagreements(colour='x') }}", "wrong-arguments"),
    ],
)
def test_what_a_template_cannot_do_with_them(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(BriefgenError) as error:
        made(tmp_path, body)
    assert [problem.code for problem in error.value.problems] == [code]
    assert error.value.problems[0].location == Location(
        tmp_path / "sample.md",
        7,
        error.value.problems[0].location.column,  # type: ignore[union-attr]
    )


def test_a_library_that_agrees(tmp_path: Path) -> None:
    assert titles(tmp_path, library=LIBRARY) == []
