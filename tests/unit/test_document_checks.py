"""What is found in documents: the template's own numbers and quotations, and evidence where it must not stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefgen.checks.documents import DOCUMENT_CHECKS, check_document
from briefgen.checks.documents.numbers import unsourced_numbers
from briefgen.errors import BriefgenError, Problem, Severity
from briefgen.evidence import Library, Marking
from briefgen.explanations import EXPLANATIONS
from briefgen.seeds import load_library
from briefgen.templates import load_template
from tests.inspected import inspected
from tests.library import LIBRARY, audience
from tests.program import Program

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for path in (ROOT / "templates").glob("*.md") if path.name != "README.md")


def found(
    folder: Path, body: str, front: str = "", library: Library = LIBRARY, kind: str = "brief", **options: object
) -> list[Problem]:
    """What the checks find in a template's body."""
    path = folder / "sample.md"
    path.write_text(f"---\ntitle: Title\nkind: {kind}\n{front}---\n{body}\n", encoding="utf-8")
    return list(check_document(inspected(path, library, **options)))  # type: ignore[arg-type]


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# ---- the template's own numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        *("2019", "mid-2018", "1990s", "4 July", "17 August 2021", "2016-05-04", "05/2019", "2024–2029"),
        *("37.4 per cent", "0.5%", "−2%", "fifty per cent", "five per cent", "３０％", "8.3% to 8.5%"),
        *("US$23 billion", "$5", "€5 million", "130 billion won", "24.5 bn", "3.5 million", "three million", "¥900"),
        *("1,234", "10 238", "12", "7", "0", "42", "10,000", "1.2.3", "10²", "½", "3/4", "10:30", "18-month", "10x"),
        *("a dozen", "twenty-five", "a hundred", "half of exports", "two thirds", "a quarter of", "one in five"),
        *(
            "nine out of ten",
            "1 000 000",
            "350 km",
            "5 published accounts",
            "+5",
            "over 200,000",
            "№ 5",
            "50/50",
            "(23)",
            "(1) or (3)",
            "Ⅳ",
        ),
    ],
)
def test_a_number_without_evidence_is_an_error(tmp_path: Path, number: str) -> None:
    problems = found(tmp_path, f"Firms and {number} of them in Korea.")
    assert {(problem.code, problem.severity) for problem in problems} == {("unsourced-number", Severity.ERROR)}
    for problem in problems:
        assert problem.location is not None
        assert problem.location.line == 5
        assert (problem.location.column or 0) > len("Firms and")


@pytest.mark.parametrize(
    "words",
    [
        *("both sides, one memorandum and two ministries", "five published accounts", "ten fields", "zero tariffs"),
        *("the third pillar", "its 20th anniversary", "the second-largest partner", "a third party", "first half"),
        *("5G and 6G networks", "the G20", "COVID-19", "Covid-19 and Covid 19", "an A4 page", "an F-16", "Samsung S25"),
        *("Industry 4.0", "Web 3.0", "Resolution 57", "Decree No. 13", "Agenda 2030", "Article 4", "B2B", "CO2"),
        *("option 2", "see note 3", "Table 4", "Annex 2", "section 4", "step 1", "phase 2", "priority 1", "page 7"),
        *("open 24/7", "write to desk2@example.org", "see https://example.org/2025/08", "www.example.org/a1"),
        *("(1) trade and (2) people", "(1) x, (2) y and (3) z", "CO₂, H₂O and m²"),
        *("one-off", "double-digit growth", "millions of visitors", "per cent", "a one-page brief", "no one"),
    ],
)
def test_what_claims_nothing_is_no_number(tmp_path: Path, words: str) -> None:
    assert found(tmp_path, f"They speak of {words}, and agree.") == []


@pytest.mark.parametrize(
    ("language", "number"),
    [
        *(("vi", number) for number in ("mười hai", "hai trăm", "ba nghìn tỷ đồng", "năm mươi phần trăm", "hai triệu")),
        *(("vi", number) for number in ("một nửa", "hai phần ba", "ba phần tư", "quá nửa")),
        *(("ko", number) for number in ("삼십 개", "이백만", "열두 나라", "오십 퍼센트", "스물네 곳")),
        *(("ko", number) for number in ("절반", "삼분의 이", "사분의 일")),
    ],
)
def test_a_number_in_the_words_of_another_language(tmp_path: Path, language: str, number: str) -> None:
    body = {"vi": f"Có {number} và hơn thế.", "ko": f"약간 {number}의 규모다."}[language]
    problems = found(tmp_path, body, f"language: {language}\n")
    [problem] = [problem for problem in problems if problem.code == "unsourced-number"]
    words = problem.message.partition("”")[0].removeprefix("“")
    assert number.startswith(words)
    assert problem.location is not None
    assert problem.location.column == 4
    assert "unsourced-number" not in codes(found(tmp_path, body))  # as English


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("vi", words) for words in ("hai nước và ba bên", "một năm", "mười năm", "thế kỷ hai mươi mốt")),
        *(("vi", words) for words in ("tỷ lệ một năm", "một phần năm ngoái", "nửa đầu năm", "một nửa còn lại")),
        *(("ko", words) for words in ("두 나라", "세 가지", "구조 개혁", "만일 회사가", "십이월", "나머지 절반")),
    ],
)
def test_what_claims_nothing_in_another_language(tmp_path: Path, language: str, words: str) -> None:
    assert "unsourced-number" not in codes(found(tmp_path, f"{words}.", f"language: {language}\n"))


PLACES = {
    "heading": "# Since 4711",
    "paragraph": "Words and\nmore 4711 words.",
    "emphasis": "Words *and **47**11* words.",
    "code": "Words `4711` words.",
    "link": "[In 4711](https://example.org/) words.",
    "list": "- Words\n- 4711",
    "list in a list": "- Words\n    - 4711 more",
    "numbered list": "1. Words\n2. 4711 more",
    "table head": "| Words | 4711 |\n|---|---|\n| a | b |",
    "table cell": "| Words | More |\n|---|---|\n| a | b 4711 |",
    "table caption": 'Table: In 4711\n{align="left left"}\n\n| Words | More |\n|---|---|\n| a | b |',
    "table remark": "| Words | More |\n|---|---|\n| a | b |\n\nRemark: Of 4711.",
    "key figure": '::: key-figures\n- {{ fact("trade-2024") }} Trade in 4711\n:::',
    "chart title": '::: chart\nTrade in 4711\n\n- {{ fact("trade-2024") }}\n:::',
    "chart label": '::: chart\nTrade\n\n- {{ fact("trade-2024") }} In 4711\n:::',
    "chart remark": '::: chart\nTrade\n\n- {{ fact("trade-2024") }}\n\nNot 4711.\n:::',
    "timeline": '::: timeline\n- {{ fact("visit") }} And 4711.\n:::',
    "callout": "::: callout\nIn 4711.\n:::",
    "callout title": "::: callout\n### In 4711\nWords.\n:::",
    "lead": "::: lead\nIn 4711.\n:::",
    "next step": "::: next-step\nBy 4711.\n:::",
    "label": "::: labelled\n- **In 4711:** words\n:::",
    "labelled text": "::: labelled\n- **Words:** in 4711\n:::",
    "pair": "::: pair\nWords.\n+++\nIn 4711.\n:::",
    "block quotation": '> {{ quote("doe-1") }} In 4711.',
    "footnote": "Words.[^a]\n\n[^a]: In 4711.",
    "cover": "::: cover\n# In 4711\n:::",
    "address": "::: address\n- **To** 4711 million readers\n:::",
    "loop": "{% for f in facts(topic='trade') %}\n- {{ f }} In 4711.\n{% endfor %}",
    "macro": "{% macro m() %}\nIn 4711.\n{% endmacro %}\n\n{{ m() }}",
    "text that is printed": 'In {{ "4711" }}.',
    "set text": "{% set x = 'In 4711' %}\n{{ x }} words.",
    "joined text": "{{ 'In ' ~ '4711' }} words.",
    "printed number": "In {{ 4711 }} words.",
    "calculated number": "{% set n = 23 %}\nUS${{ n }} billion and 4711.",
    "picture": "![The map of 4711](map.png)",
    "figure": "Figure: In 4711\n\n![The map](map.png)",
}


@pytest.mark.parametrize("body", PLACES.values(), ids=PLACES.keys())
def test_numbers_are_found_wherever_the_template_speaks(tmp_path: Path, body: str) -> None:
    (tmp_path / "map.png").write_bytes(b"")
    numbers = [problem for problem in found(tmp_path, body) if problem.code == "unsourced-number"]
    assert any("4711" in problem.message for problem in numbers)


@pytest.mark.parametrize("key", ["title", "footer"])
def test_numbers_of_the_front_matter_that_every_page_prints(tmp_path: Path, key: str) -> None:
    front = f"{key}: Since 2019, {{{{ as_of }}}}\n"
    path = tmp_path / "sample.md"
    path.write_text("---\nkind: brief\n" + ("" if key == "title" else "title: T\n") + front + "---\nWords.\n")
    (problem,) = unsourced_numbers(inspected(path, LIBRARY))
    assert problem.message.startswith("“2019”")
    assert problem.location is not None
    assert problem.location.line == (3 if key == "title" else 4)


def test_evidence_days_and_counters_are_no_numbers_of_the_template(tmp_path: Path) -> None:
    front = "params: {by: {type: date, default: 2026-12-18}}\nvalid_until: '2027-02-21'\ncontact: +84 24 3825 1234\n"
    body = """
    {{ fact("trade-2024").value }} in {{ fact("trade-2024").as_of }}, as of {{ as_of }}, by {{ params.by }}.
    {{ source("paper").issued }}: {{ source("paper").title }}.

    ::: address
    :::

    {% for f in facts(topic="trade") %}
    {{ loop.index }}. {{ f }} ({{ loop.index }} of {{ loop.length }})
    {% endfor %}
    """
    assert found(tmp_path, re.sub("^    ", "", body, flags=re.MULTILINE), front) == []


def test_a_params_number_is_a_warning(tmp_path: Path) -> None:
    front = "params: {place: {default: Korea 2030}, n: {type: int, default: 250}}\n"
    problems = found(tmp_path, "In {{ params.place }}, {{ params.place|upper }} and {{ params.n }} more.", front)
    assert {(problem.code, problem.severity) for problem in problems} == {("number-in-parameter", Severity.WARNING)}
    assert {problem.message.split("”")[0] for problem in problems} == {"“Korea 2030", "“250"}


def test_a_number_in_a_title_that_is_given_is_a_warning(tmp_path: Path) -> None:
    front = "params: {place: {default: Korea 2030}}\n"
    assert found(tmp_path, "Words.", front, fields={"title": "Partners for years"}) == []
    (problem,) = found(tmp_path, "Words.", front, fields={"title": "Outlook 2027"})
    assert (problem.code, problem.severity) == ("number-in-parameter", Severity.WARNING)
    assert problem.message.startswith("“Outlook 2027” is given for the title")
    assert problem.location is not None
    assert problem.location.line == 2


def test_a_number_that_a_param_prints_into_the_title_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    head = "title: On {{ params.place }}, {{ as_of }}\nparams: {place: {default: Korea 2030}}\n"
    path.write_text(f"---\n{head}kind: brief\n---\nWords.\n", encoding="utf-8")
    (problem,) = check_document(inspected(path, LIBRARY))
    assert (problem.code, problem.severity) == ("number-in-parameter", Severity.WARNING)
    assert problem.message.startswith("“Korea 2030”")


def test_a_title_of_its_own_is_not_judged_where_another_is_given(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_text("---\ntitle: Since 2019\nkind: brief\n---\nWords.\n", encoding="utf-8")
    assert codes(list(check_document(inspected(path, LIBRARY)))) == ["unsourced-number"]
    assert check_document(inspected(path, LIBRARY, fields={"title": "Since then"})) == ()


NUMBERS = (
    *("2019", "37.4 per cent", "US$23 billion", "€5 million", "three million", "fifty per cent", "1,234", "0.5%"),
    *("12", "42", "mid-2018", "4 July", "17 August 2021", "24.5 bn", "130 billion won", "half of exports", "½"),
    *("10²", "1990s", "3.5 million", "7", "a dozen", "twenty-five", "two thirds", "one in five", "¥900", "350 km"),
    *("8.3% to 8.5%", "2024–2029", "18-month", "10,238", "over 200,000", "3/4", "10:30", "US$1.2 trillion", "65%"),
    *("five per cent", "nine million", "95", "1975", "since 1986", "£40", "2.75", "1 July 2020", "0", "six billion"),
    *("1.5 times", "30 days", "15 per cent", "888", "99.9%", "2045", "thirty-one"),
)  # fmt: skip
_CONTROL = re.compile(r"\s*(?:$|:::|\+\+\+|\{%|\{#|\{[.\w]|\|[\s:|-]+\|\s*$|\{\{ series)")


def planted(text: str, numbers: Iterator[str]) -> tuple[str, dict[int, str]]:
    """A template with a number in every line that it prints, and line → number."""
    lines = text.split("\n")
    body = lines.index("---", 1) + 1
    plants = {}
    container = ""
    for place in range(body, len(lines)):
        if lines[place].startswith(":::"):
            container = lines[place].strip(": ").split(" ")[0]
        if not _CONTROL.match(lines[place]):
            # beside a cover's labels, as in an address, bare numbers are those of streets, rooms and telephones
            plants[place + 1] = number = f"{place}.4 per cent" if container == "cover" else next(numbers)
            if lines[place].startswith("|"):
                lines[place] = f"| In {number} there {lines[place][2:]}"
            else:
                line, attributes = re.fullmatch(r"(.*?)((?:\s*\{\.[^{}]*\})?)", lines[place]).groups()  # type: ignore[union-attr]
                lines[place] = f"{line} Firms and {number} there{attributes}"
    return "\n".join(lines), plants


def test_every_number_planted_in_the_shipped_templates_is_found_at_its_line(tmp_path: Path) -> None:
    library = load_library(ROOT / "seeds", [])
    unused = iter(NUMBERS * 20)
    total, kinds = 0, set()
    for shipped in (path for path in SHIPPED if "." not in path.stem):  # translations stand beside their original
        text, plants = planted(shipped.read_text(encoding="utf-8"), unused)
        path = tmp_path / shipped.name
        path.write_text(text, encoding="utf-8")
        problems = [p for p in unsourced_numbers(inspected(path, library)) if p.severity is Severity.ERROR]
        alarms = {p.location.line or 0 for p in problems if p.location and p.location.path == path}
        assert alarms == set(plants), {line: plants.get(line) for line in alarms ^ set(plants)}
        total += len(plants)
        kinds |= {text.split("\n")[line - 1].split(" ")[0] for line in plants}
    assert total >= 50
    assert {"#", "##", "-", "|", ">", "1.", "Table:", "Remark:"} <= kinds


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_templates_raise_no_alarm(shipped: Path) -> None:
    assert check_document(inspected(shipped, load_library(ROOT / "seeds", []))) == ()


# ---- the template's own quotations -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        'He said "we will invest more" there.',
        "He said 'we won’t invest more' there.",
        "Ông nói «chúng tôi sẽ đầu tư».",
        "그는 「우리는 더 투자할 것이다」라고 말했다.",
        "> We will invest more.",
        "::: callout\nA “new era of trade”\n:::",
        '"*We* will {{ fact("trade-2024").value }} invest more"',
        "{% set x = '“we will invest more”' %}\nHe said {{ x }}.",
    ],
)
def test_a_quotation_without_evidence_is_an_error(tmp_path: Path, words: str) -> None:
    (problem,) = found(tmp_path, words)
    assert (problem.code, problem.severity) == ("unsourced-quotation", Severity.ERROR)
    assert problem.location is not None


@pytest.mark.parametrize(
    "words",
    [
        'A "new era" of ‘friend-shoring’.',
        "The ministry's and the firms' plans don't differ.",
        '“{{ quote("doe-1").text }}”, says {{ quote("doe-1").speaker }}.',
        '> {{ quote("doe-1") }}',
        "{{ source('paper').title }} of {{ params.paper }}",
    ],
)
def test_what_quotes_nobody_is_no_quotation(tmp_path: Path, words: str) -> None:
    front = "params: {paper: {default: “A Paper of Our Own”}}\n"
    assert [code for code in codes(found(tmp_path, words, front)) if code != "number-in-parameter"] == []


# ---- the evidence ----------------------------------------------------------------------------------------


def test_evidence_above_clearance_is_an_error_however_it_came_there(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_text('---\ntitle: T\nkind: brief\n---\n{{ fact("secret") }}\n', encoding="utf-8")
    inspection = replace(inspected(path, LIBRARY), clearance=Marking.GREEN)  # filled for nobody, then shown
    (problem,) = check_document(inspection)
    assert (problem.code, problem.severity, problem.subject) == (
        "marking-above-clearance",
        Severity.ERROR,
        "secret",
    )
    assert check_document(replace(inspection, clearance=Marking.AMBER)) == ()
    with pytest.raises(BriefgenError, match="cleared"):
        inspected(path, LIBRARY, readers=audience({}, Marking.GREEN))


def test_a_restricted_template_is_not_for_an_audience_cleared_for_less(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_text("---\ntitle: T\nkind: brief\nmarking: TLP:AMBER\n---\nWords.\n", encoding="utf-8")
    (problem,) = check_document(replace(inspected(path, LIBRARY), clearance=Marking.GREEN))
    assert (problem.code, problem.severity) == ("marking-above-clearance", Severity.ERROR)
    assert problem.location is not None
    assert problem.location.line == 4
    assert check_document(replace(inspected(path, LIBRARY), clearance=Marking.AMBER)) == ()


def test_a_document_of_a_day_knows_nothing_of_later_days(tmp_path: Path) -> None:
    body = '{{ fact("trade-2024") }}\n\n{{ quote("lee-1").speaker }} {{ cite("growth") }}'
    assert found(tmp_path, body, as_of=date(2025, 8, 15)) == []
    problems = found(tmp_path, body, as_of=date(2025, 8, 1))
    assert codes(problems) == ["evidence-after-as-of"] * 3
    assert all(problem.severity is Severity.ERROR for problem in problems)
    assert [problem.location.line for problem in problems if problem.location] == [5, 7, 7]
    assert "`paper` was issued on 2025-08-15" in problems[0].message


def test_an_observation_of_later_days_is_not_known_either(tmp_path: Path) -> None:
    undated = replace(LIBRARY, sources={**LIBRARY.sources, "paper": replace(LIBRARY.sources["paper"], issued=None)})
    body = '{{ fact("trade-2024") }} {{ fact("trade-2030") }}'
    (problem,) = found(tmp_path, body, library=undated, as_of=date(2023, 5, 1))
    assert problem.subject == "trade-2024"  # the target may lie ahead


def test_facts_leave_out_what_was_not_known(tmp_path: Path) -> None:
    body = "{% for f in facts(topic='trade') %}\n- {{ f }}\n{% endfor %}\n\nWords."
    assert found(tmp_path, body, as_of=date(2025, 8, 1)) == []
    assert inspected(tmp_path / "sample.md", LIBRARY, as_of=date(2025, 8, 1)).runs[0].inlines
    assert len(inspected(tmp_path / "sample.md", LIBRARY, as_of=date(2025, 8, 1)).runs) == 1


@pytest.mark.parametrize(
    ("age", "old"),
    [("18 months", ["trade-2024"]), ("2 years", []), ("690 days", []), ("689 days", ["trade-2024"]), ("52 weeks",
        ["trade-2024", "samsung"])],
)  # fmt: skip
def test_evidence_is_no_older_than_the_template_allows(tmp_path: Path, age: str, old: list[str]) -> None:
    body = '{{ fact("trade-2024") }} {{ fact("trade-2030") }} {{ fact("visit") }}\n\n{{ fact("samsung") }}'
    problems = found(tmp_path, body, f"max_age: {age}\n")
    assert [problem.subject for problem in problems] == old  # targets and events do not age
    assert {(p.code, p.severity) for p in problems} <= {("evidence-too-old", Severity.WARNING)}


def test_an_age_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_text("---\ntitle: T\nkind: brief\nmax_age: a while\n---\nWords.\n", encoding="utf-8")
    problems: list[Problem] = []
    assert load_template(path, problems) is None
    assert "write 90 days, 6 weeks, 18 months or 2 years" in problems[0].message


@pytest.mark.parametrize(
    ("body", "kind", "twice"),
    [
        ('# A\n\n{{ fact("visit") }}\n\n## B\n\n- {{ fact("visit") }}', "brief", ["visit"]),
        ('# A\n\n{{ fact("visit") }}\n\n# B\n\n- {{ fact("visit") }}', "dossier", []),
        ('# A\n\n{{ fact("visit") }}\n\n## B\n\n- {{ fact("visit") }}', "dossier", ["visit"]),
        ('{{ quote("doe-1") }}\n\n> {{ quote("doe-1") }}', "brief", ["doe-1"]),
        ('{{ fact("visit") }} {{ fact("visit").date }}{{ cite("visit") }}', "brief", []),
    ],
)
def test_a_claim_is_printed_once(tmp_path: Path, body: str, kind: str, twice: list[str]) -> None:
    problems = found(tmp_path, body, kind=kind)
    assert [problem.subject for problem in problems if problem.code == "printed-twice"] == twice


# ---- targets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '::: key-figures\n- {{ fact("trade-2030").value }} Bilateral trade\n:::',
        '| Measure | Figure |\n|---|---|\n| Trade | {{ fact("trade-2030").short }} |',
        'Trade is {{ fact("trade-2030").value }}. The target is met.',
    ],
)
def test_a_target_is_not_printed_as_if_it_were_reached(tmp_path: Path, body: str) -> None:
    (problem,) = found(tmp_path, body)
    assert (problem.code, problem.severity, problem.subject) == ("target-as-reached", Severity.WARNING, "trade-2030")


@pytest.mark.parametrize(
    "body",
    [
        '::: key-figures\n- {{ fact("trade-2030").value }} Trade target\n:::',
        '| Measure | Target |\n|---|---|\n| Trade | {{ fact("trade-2030").short }} |',
        '| Measure | Figure |\n|---|---|\n| Trade by {{ fact("trade-2030").as_of }} | {{ fact("trade-2030").short }} |',
        "They aim for {{ fact('trade-2030').value }}. The rest is {{ fact('trade-2024').value }}.",
        "{{ fact('trade-2030').value }} by {{ fact('trade-2030').as_of }}.",
        '::: chart\nTrade\n\n- {{ fact("trade-2030") }}\n:::',
        '{{ fact("trade-2030") }}',
    ],
)
def test_a_target_that_is_called_one(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_a_target_in_another_language(tmp_path: Path) -> None:
    body = "Kim ngạch {{ fact('trade-2030').value }}.\n\nMục tiêu là {{ fact('trade-2030').value }}."
    (problem,) = found(tmp_path, body, "language: vi\n")
    assert problem.location is not None
    assert problem.location.line == 6


def test_a_templates_words_in_a_document_of_another_language(tmp_path: Path) -> None:
    body = "::: key-figures\n- {{ fact('trade-2030').value }} Trade target\n- {{ fact('trade-2025').value }} Trade\n:::"
    (problem,) = (p for p in found(tmp_path, body, language="vi") if not p.code.startswith("untranslated"))
    assert problem.subject == "trade-2025"


# ---- the page --------------------------------------------------------------------------------------------


def test_a_headline_of_more_than_twelve_words_is_advised_against(tmp_path: Path) -> None:
    twelve = "# One of the two sides wants more trade than the other one"
    assert found(tmp_path, twelve) == []
    (problem,) = found(tmp_path, f"{twelve} does")
    assert (problem.code, problem.severity) == ("headline-long", Severity.ADVICE)
    assert found(tmp_path, f"{twelve} does", kind="dossier") == []


def test_a_mark_behind_a_numeral_reads_as_a_power(tmp_path: Path) -> None:
    body = 'Trade{{ cite("visit") }} of {{ fact("trade-2024").value }} in {{ fact("trade-2024").as_of }}'
    assert found(tmp_path, body) == []
    problems = found(tmp_path, f'{body}{{{{ cite("visit") }}}}')
    assert codes(problems) == ["mark-after-numeral"]


def test_notes_are_counted_against_the_pages(tmp_path: Path) -> None:
    notes = "\n\n".join(f"[^{letter}]: Words." for letter in "abcdefghijk")
    body = " ".join(f"Word.[^{letter}]" for letter in "abcdefghijk")
    assert found(tmp_path, f"{body}\n\n{notes}", "pages: 2\n") == []
    assert found(tmp_path, f"{body}\n\n{notes}") == []
    (problem,) = found(tmp_path, f"{body}\n\n{notes}", "pages: 1\n")
    assert problem.code == "too-many-notes"
    assert problem.location is not None
    assert problem.location.line == 4


# ---- in a build ------------------------------------------------------------------------------------------


def desk_template(desk: Path, front: str, body: str) -> None:
    text = f"---\ntitle: T\nkind: brief\n{front}---\n{body}\n"
    (desk / "templates" / "ours.md").write_text(text, encoding="utf-8")


def test_an_error_stops_the_build_and_a_warning_does_not(desk: Path, briefgen: Program) -> None:
    desk_template(desk, "", "Trade came to US$87 billion.")
    stopped = briefgen("ours", "--md", "-o", "ours.md")
    assert stopped.status == 1
    assert "templates/ours.md:5:15: error[unsourced-number]: “US$87 billion”" in stopped.err
    assert not (desk / "ours.md").exists()

    desk_template(desk, "", '{{ fact("sci-tech-mou") }}\n\n{{ fact("sci-tech-mou") }}')
    warned = briefgen("ours", "--md", "-o", "ours.md")
    assert warned.status == 0
    assert "templates/ours.md:7:1: warning[printed-twice]" in warned.err
    assert (desk / "ours.md").exists()
    assert briefgen("ours", "--md", "-o", "ours.md", "--strict").status == 1


def test_check_says_what_is_wrong_with_documents_and_what_is_silenced(desk: Path, briefgen: Program) -> None:
    desk_template(desk, "", "Trade came to US$87 billion.")
    checked = briefgen("check", "ours")
    assert checked.status == 1
    assert "templates/ours.md:5:15: error[unsourced-number]" in checked.err
    desk_template(desk, "allow: {unsourced-number: an example}\n", "Trade came to US$87 billion.")
    checked = briefgen("check", "ours", "--verbose")
    assert checked.status == 0
    assert "an example" in checked.err + checked.out


def test_what_does_not_fit_is_told_with_what_else_is_wrong(desk: Path, briefgen: Program) -> None:
    desk_template(desk, "pages: 1\n", "\n\n".join(f"Paragraph {word}, in 1999." for word in ["of words"] * 80))
    stopped = briefgen("ours", "--md", "-o", "ours.md")
    assert stopped.status == 1
    assert "error[unsourced-number]" in stopped.err
    assert "error[does-not-fit]" in stopped.err


def test_the_guide_names_every_code_with_its_severity() -> None:
    guide = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
    for check in DOCUMENT_CHECKS:
        for code in check.codes:
            assert f"| `{code}` | {EXPLANATIONS[code].severity} |" in guide
