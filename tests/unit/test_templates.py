from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from briefgen.document import DocumentKind, NotePlacement, Origin, Status
from briefgen.errors import BriefgenError, Problem, UsageError
from briefgen.evidence import Marking
from briefgen.slots import Words
from briefgen.templates import RESERVED_NAMES, ParamType, TemplateSpec, load_template
from tests.library import audience, filled, problems_of

ALL = """\
---
title: "Brief: {{ params.country }}"
description: One page
kind: memo
pages: 2
formats: [pdf, docx]
notes: footnotes
marking: TLP:GREEN
status: draft
to: The Minister
from: "{{ params.country }} desk"
ref: VK 1
contact: desk@example.org
valid_until: "{{ as_of }}"
footer: "*Judgement* is the desk's"
edition: First
theme: default
audience: investor
language: en
params:
  country: {default: Viet Nam, help: The partner}
  year: {type: int, default: 2026}
  share: {type: number, default: 1.50}
  long: {type: bool, default: no}
  by: {type: date, default: 2026-12-18}
  tone: {choices: [short, full], default: short}
---
{{ params.country }} {{ params.year }} {{ params.share }} {{ params.by }} {{ params.tone }}
{% if params.long %}long{% endif %}
"""


def load(folder: Path, text: str, name: str = "sample.md") -> tuple[TemplateSpec | None, list[Problem]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return load_template(path, problems), problems


def test_the_front_matter_is_the_whole_configuration(tmp_path: Path) -> None:
    spec, problems = load(tmp_path, ALL)
    assert not problems
    assert spec is not None
    assert (spec.kind, spec.pages, spec.formats) == (DocumentKind.MEMO, 2, ("pdf", "docx"))
    assert (spec.notes, spec.marking, spec.status) == (NotePlacement.FOOTNOTES, Marking.GREEN, Status.DRAFT)
    assert (spec.theme, spec.audience, spec.language) == ("default", "investor", "en")
    assert [(param.option, param.type) for param in spec.params] == [
        ("country", ParamType.TEXT),
        ("year", ParamType.WHOLE_NUMBER),
        ("share", ParamType.NUMBER),
        ("long", ParamType.YES_OR_NO),
        ("by", ParamType.DAY),
        ("tone", ParamType.CHOICE),
    ]
    assert spec.values({"long": "true", "share": "2.50"}) == {
        "country": "Viet Nam",
        "year": 2026,
        "share": Decimal("2.50"),
        "long": True,
        "by": date(2026, 12, 18),
        "tone": "short",
    }


def test_meta_holds_the_filled_strings(tmp_path: Path) -> None:
    meta = filled(tmp_path, ALL, fields={"ref": "{{ not filled }}"}).meta
    assert meta.title == "Brief: Viet Nam"
    assert meta.fields == (
        ("to", "The Minister"),
        ("from", "Viet Nam desk"),
        ("ref", "{{ not filled }}"),
        ("valid_until", "21\u00a0November\u00a02026"),
    )
    assert (meta.contact, meta.edition, meta.status) == ("desk@example.org", "First", Status.DRAFT)


def test_params_print_as_they_were_given(tmp_path: Path) -> None:
    values = filled(tmp_path, ALL, params={"country": "* _ |"}).slots.values
    assert [slot.text for slot in values if isinstance(slot, Words)][-5:] == [
        "* _ |",
        "2026",
        "1.50",
        "18\u00a0December\u00a02026",
        "short",
    ]
    assert all(slot.origin is Origin.PARAMETER for slot in values if isinstance(slot, Words))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"yaer": "1"}, "unknown-param"),
        ({"year": "soon"}, "wrong-param"),
        ({"year": "9" * 5000}, "wrong-param"),
        ({"share": "1e999999"}, "wrong-param"),
        ({"share": "nan"}, "wrong-param"),
        ({"long": "maybe"}, "wrong-param"),
        ({"by": "tomorrow"}, "wrong-param"),
        ({"tone": "loud"}, "wrong-param"),
        ({"country": "a\u202eb"}, "wrong-param"),
    ],
)
def test_wrong_params_are_wrong_usage(tmp_path: Path, given: dict[str, str], code: str) -> None:
    spec, _ = load(tmp_path, ALL)
    assert spec is not None
    with pytest.raises(UsageError) as caught:
        spec.values(given)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_param_without_default_must_be_given(tmp_path: Path) -> None:
    spec, problems = load(tmp_path, "---\ntitle: T\nkind: brief\nparams: {country: {help: Which}}\n---\n")
    assert spec is not None, problems
    with pytest.raises(UsageError, match="has no value"):
        spec.values({})


@pytest.mark.parametrize("name", ["check.md", "email.md", "Sample.md", "two words.md", "1.md"])
def test_a_template_needs_a_name_of_its_own(tmp_path: Path, name: str) -> None:
    spec, problems = load(tmp_path, "---\ntitle: T\nkind: brief\n---\n", name)
    assert spec is None
    assert [problem.code for problem in problems] == ["wrong-name"]


def test_commands_of_the_design_are_reserved() -> None:
    planned = {"list", "check", "show", "find", "lock", "add", "init", "new", "email", "verify", "changes"}
    assert planned | {"help", "all", "schema", "completion"} <= RESERVED_NAMES


@pytest.mark.parametrize(
    "text",
    ["", "# Title\n", "---\ntitle: T\n", "---\n---\nx\n", "---\n- a\n---\n", "---\ntitle: {{ x }}\nkind: brief\n---\n"],
)
def test_front_matter_that_is_none(tmp_path: Path, text: str) -> None:
    spec, problems = load(tmp_path, text)
    assert spec is None
    assert problems
    assert all(problem.location is not None for problem in problems)


def test_windows_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_bytes(b"\xef\xbb\xbf---\r\ntitle: T\r\nkind: brief\r\n---\r\nx\r\n")
    problems: list[Problem] = []
    assert load_template(path, problems) is not None
    assert not problems


def test_characters_of_ours_are_refused(tmp_path: Path) -> None:
    _, problems = load(tmp_path, "---\ntitle: T\nkind: brief\n---\nab\ue000\n")
    assert [problem.code for problem in problems] == ["forbidden-character"]
    assert problems[0].location is not None
    assert (problems[0].location.line, problems[0].location.column) == (5, 3)


def test_reading_front_matter_is_light() -> None:
    heavy = "('jinja2', 'markdown_it', 'markupsafe', 'reportlab', 'docx')"
    code = f"import sys, briefgen.templates; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- what is chosen --------------------------------------------------------------------------------------

NAMES = "{% for f in facts() %}{{ f.id }} {% endfor %}"


def printed(folder: Path, text: str, **options: object) -> list[str]:
    values = filled(folder, text, **options).slots.values  # type: ignore[arg-type]
    return [slot.text for slot in values if isinstance(slot, Words)]


def test_interest_orders_what_is_chosen(tmp_path: Path) -> None:
    by_weight = printed(tmp_path, NAMES)
    assert by_weight[:2] == ["trade-2024", "samsung"]
    by_interest = printed(tmp_path, NAMES, audience=audience({"politics": 5, "technology": 4, "trade": 1}))
    assert by_interest[:3] == ["samsung", "visit", "trade-2024"]


def test_clearance_withholds_and_counts(tmp_path: Path) -> None:
    text = "{% for f in facts(topic='politics') %}{{ f.id }}{% endfor %}"
    result = filled(tmp_path, text, audience=audience({}, Marking.GREEN))
    assert result.withheld == {"secret": Marking.AMBER}
    assert [slot.text for slot in result.slots.values if isinstance(slot, Words)] == ["visit"]
    assert not filled(tmp_path, text, audience=audience({}, Marking.AMBER)).withheld


@pytest.mark.parametrize(
    "text",
    ["{{ fact('secret') }}", "{{ quote('closed-1') }}", "{{ cite('closed') }}", "{{ source('closed').title }}"],
)
def test_naming_what_is_above_clearance_is_an_error(tmp_path: Path, text: str) -> None:
    problems = problems_of(tmp_path, text, audience=audience({}))
    assert [problem.code for problem in problems] == ["marking-above-clearance"]
    assert problems[0].location is not None
    assert problems[0].location.column is not None


def test_too_few_says_what_the_clearance_withheld(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "{{ quotes(topic='trade', at_least=2) }}", audience=audience({}))
    assert problems[0].code == "not-enough-evidence"
    assert "clearance" in problems[0].hints[0]


# ---- folders ---------------------------------------------------------------------------------------------


def test_a_workspace_wins_over_the_starter(tmp_path: Path) -> None:
    from briefgen.templates import fill
    from tests.library import AS_OF, LIBRARY

    ours, starter = tmp_path / "ours", tmp_path / "starter"
    for folder, words in ((ours, "ours"), (starter, "theirs")):
        (folder / "partials").mkdir(parents=True)
        (folder / "partials" / "a.md").write_text(words)
    (starter / "partials" / "b.md").write_text("only theirs")
    (starter / "base.md").write_text("---\ntitle: B\nkind: memo\n---\n{% block a %}x{% endblock %}\n")
    text = "---\ntitle: T\nkind: brief\n---\n{% extends 'base.md' %}{% block a %}"
    text += "{% include 'partials/a.md' %}{% include 'partials/b.md' %}{% endblock %}\n"
    spec, problems = load(ours, text)
    assert spec is not None, problems
    result = fill(spec, LIBRARY, as_of=AS_OF, folders=(ours, starter))
    assert result.text.split() == ["ours", "only", "theirs"]


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "a.md").symlink_to(tmp_path / "secret.txt")
    assert [problem.code for problem in problems_of(folder, "{% include 'a.md' %}")] == ["template-outside"]


# ---- hostile templates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "{% for i in range(99999 // 99) %}{% for j in range(99) %}{% set x = facts() %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}{% set x = range(9999)|map('default', 1)|list %}{% endfor %}",
        "{% set a = range(9999)|list %}{% for i in range(9999) %}{{ 'x' if a == a + [] }}{% endfor %}",
        "{% macro m() %}{% for i in range(9999) %}" + "x" * 5000 + "{% endfor %}{% endmacro %}{{ m()|length }}",
        "{% for i in range(99) recursive %}{{ loop(range(99)) }}{% endfor %}",
        "{% for i in range(9999) %}{% include 'sample.md' %}{% endfor %}",
    ],
)
def test_a_template_ends(tmp_path: Path, body: str) -> None:
    start = time.process_time()
    with pytest.raises(BriefgenError) as caught:
        filled(tmp_path, body)
    assert time.process_time() - start < 10  # it takes one at most; without the budget, minutes or for ever
    assert caught.value.problems[0].location is not None


def test_a_mistake_of_ours_is_not_blamed_on_the_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefgen.selection import Desk

    monkeypatch.setattr(Desk, "_clearance", None)
    with pytest.raises(TypeError, match="not callable"):
        filled(tmp_path, "{{ fact('visit') }}")


# ---- the guide -------------------------------------------------------------------------------------------


def test_the_guide_names_everything_there_is() -> None:
    from briefgen.reader.blocks import CONTAINERS
    from briefgen.sandbox.filters import FILTERS
    from briefgen.slots import FACETS

    guide = (Path(__file__).parents[2] / "templates" / "README.md").read_text(encoding="utf-8")
    keys = "title kind description pages formats notes marking status to from ref contact valid_until footer edition"
    named = [f"`{key}`" for key in f"{keys} theme audience language params".split()]
    named += [f"**{name}**" for name in CONTAINERS]
    named += [f"`.{name}`" for name in FACETS if name != "date"]
    named += [f"`{param_type.value}`" for param_type in ParamType]
    assert [name for name in named if name not in guide] == []
    filters = guide.partition("Filters: `")[2].partition("`")[0].split()
    assert sorted(filters) == sorted(name for name in FILTERS if name not in ("d", "count"))
