"""Evidence files → Library."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from briefgen.errors import Location, Problem, errors_in
from briefgen.evidence import FactKind, Library, Marking, Qualifier, UnitKind
from briefgen.periods import Period
from briefgen.seeds import load_library

GOOD = """\
sources:
  gazette:
    title: Harbour trade grew
    publisher: The Gazette
    issued: 2025-05
    url: https://example.org/a
    type: article-newspaper
    language: en
    text: gazette.txt
    marking: TLP:GREEN
    dollar: CAD
    note: undated
    translations: {vi: {note: không ghi ngày}}
people:
  jane-doe: {name: Jane Doe, role: director, aliases: [Doe], translations: {vi: {role: giám đốc}}}
facts:
  trade:
    claim: "Trade {{sic}} came to {value}."
    value: over 86.7 billion CAD
    metric: trade
    kind: observation
    as_of: 2024
    place: CA
    topics: [trade, ports]
    weight: 5
    expires: 2027-08
    note: A note.
    dating: “Last year” is read as 2024.
    caveat: no base
    marking: TLP:CLEAR
    translations:
      vi: {claim: "Thương mại đạt {value}.", note: Ghi chú., dating: “năm ngoái” là 2024, caveat: không rõ}
      ko: "{value}입니다."
    evidence:
      - {source: gazette, passage: "reached over $86.7 billion"}
      - {source: gazette, passage: "more than $86.7 billion"}
  share:
    claim: "From {from} to {to}."
    values: {from: 1 per cent, to: 3 per cent}
    evidence: [{source: gazette, passage: "from 1 per cent to 3 per cent"}]
  double:
    claim: "Twice that is {value}."
    derived: {formula: "2 * trade", trade: trade}
  triple:
    claim: "One and a half times that is {value}."
    derived: {formula: "x * 1.5", x: double, as: CAD, round: 0}
quotes:
  open:
    text: We are […] open for [more] business
    speaker: jane-doe
    occasion: a speech
    date: 2025-05-05
    dating: “Monday” is read as 5 May 2025.
    translations: {vi: {text: Chúng tôi mở cửa, occasion: bài phát biểu, dating: “thứ Hai” là 5/5}}
    evidence: [{source: gazette}]
  shut:
    text: "We're not shut"
    speaker: jane-doe
    language: fr
    note: A space is mended.
    translations: {vi: Chúng tôi không đóng cửa}
    evidence: [{source: gazette, passage: "We' re not shut"}]
"""


def load(folder: Path, **files: str) -> tuple[Library, list[Problem]]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return load_library(folder, problems), problems


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def found(problems: list[Problem]) -> list[tuple[str, int | None]]:
    return [(p.code, p.location.line if p.location else None) for p in problems]


def fact(lines: str, claim: str = "Some claim.") -> str:
    """A file whose one fact has these lines (at line 4 and after) and evidence."""
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    evidence = "" if "evidence:" in lines or "derived:" in lines else "    evidence: [{source: s, passage: words}]\n"
    return f'facts:\n  f:\n    claim: "{claim}"\n{body}{evidence}sources: {{s: {{title: S}}}}\n'


def test_how_a_date_was_established_needs_the_date(seeds: Path) -> None:
    quote = "people: {p: {name: P}}\nquotes:\n  q:\n    text: T\n    speaker: p\n"
    quote += "    dating: D.\n    evidence: [{source: s}]\n"
    for line in ("as_of: 2025\ndating: D.", "kind: event\ndate: 2025\ndating: D."):
        assert load(seeds, good=fact(line))[1] == []
    _, problems = load(seeds, good=fact("dating: D."), quote=quote)
    assert found(problems) == [("missing-key", 4), ("missing-key", 6)]
    assert "no `as_of` or `date`" in problems[0].message
    assert "no `date`" in problems[1].message


def test_everything_that_may_stand_in_an_entry_is_read(seeds: Path) -> None:
    library, problems = load(seeds, good=GOOD)
    assert problems == []
    source, person = library.sources["gazette"], library.people["jane-doe"]
    assert source.issued == Period(2025, 5)
    assert (source.marking, source.dollar, source.type) == (Marking.GREEN, "CAD", "article-newspaper")
    assert source.translations == {"vi": {"note": "không ghi ngày"}}
    assert person.aliases == ("Doe",)
    assert person.translations == {"vi": {"role": "giám đốc"}}
    trade = library.facts["trade"]
    assert trade.value is not None
    assert (trade.value.low, trade.value.exponent, trade.value.qualifier) == (Decimal("86.7"), 9, Qualifier.OVER)
    assert (trade.kind, trade.weight, trade.topics) == (FactKind.OBSERVATION, 5, ("trade", "ports"))
    assert trade.expires == date(2027, 8, 31)
    assert trade.translations == {"vi": "Thương mại đạt {value}.", "ko": "{value}입니다."}
    assert trade.note_translations == {"vi": "Ghi chú."}
    assert trade.caveat_translations == {"vi": "không rõ"}
    assert (trade.note, trade.dating) == ("A note.", "“Last year” is read as 2024.")
    assert trade.dating_translations == {"vi": "“năm ngoái” là 2024"}
    opening = library.quotes["open"]
    assert opening.dating == "“Monday” is read as 5 May 2025."
    assert opening.dating_translations == {"vi": "“thứ Hai” là 5/5"}
    assert [p.exact for p in trade.passages] == ["reached over $86.7 billion", "more than $86.7 billion"]
    assert list(library.facts["share"].values) == ["from", "to"]


def test_every_value_has_its_place(seeds: Path) -> None:
    library, _ = load(seeds, good=GOOD)
    path = seeds / "good.yaml"
    trade = library.facts["trade"].locations
    lines = path.read_text(encoding="utf-8").splitlines()
    for key, start in {
        "value": "over 86.7",
        "claim": '"Trade {{sic}}',
        "evidence.1.passage": '"more than',
        "translations.vi.note": "Ghi chú",
        "translations.ko": '"{value}입니다',
        "topics": "[trade",
    }.items():
        place = trade[key]
        assert place.line
        assert place.column
        assert lines[place.line - 1][place.column - 1 :].startswith(start), key
    assert library.facts["trade"].passages[1].location == trade["evidence.1.passage"]
    assert library.facts["share"].locations["values.to"].column == 36
    assert "derived.formula" in library.facts["double"].locations
    assert library.quotes["open"].passages[0].location == library.quotes["open"].locations["text"]


def test_a_quotations_passages_are_its_own_words(seeds: Path) -> None:
    library, _ = load(seeds, good=GOOD)
    assert [p.exact for p in library.quotes["open"].passages] == ["We are", "open for", "business"]
    assert [p.exact for p in library.quotes["shut"].passages] == ["We' re not shut"]
    assert library.quotes["open"].language == "en"
    assert library.quotes["shut"].language == "fr"
    assert library.quotes["open"].occasion_translations == {"vi": "bài phát biểu"}


def test_derived_facts_are_worked_out_in_order(seeds: Path) -> None:
    library, _ = load(seeds, good=GOOD)
    double, triple = library.facts["double"], library.facts["triple"]
    assert double.value is not None
    assert double.value.low == Decimal("173.4")
    assert double.value.qualifier is Qualifier.OVER
    assert triple.value is not None
    assert (triple.value.low, triple.value.unit.kind) == (Decimal(260), UnitKind.CURRENCY)
    assert triple.value.qualifier is Qualifier.ABOUT  # "over 260.1" was rounded
    assert double.derivation is not None
    assert double.derivation.working == ("2 × ", library.facts["trade"].value)
    assert library.marking_of(triple) is Marking.GREEN


def test_order_is_that_of_the_files(seeds: Path) -> None:
    (seeds / "a").mkdir()
    (seeds / "a" / "z.yml").write_text("people: {three: {name: C}}\n", encoding="utf-8")
    library, problems = load(seeds, b="people: {two: {name: B}, one: {name: A}}\n", a="people: {zero: {name: Z}}\n")
    assert not problems
    assert list(library.people) == ["three", "zero", "two", "one"]


def test_which_files_count(seeds: Path, tmp_path: Path) -> None:
    for name in (".hidden.yaml", "old.yaml~", "#x.yaml#", "x.yaml.bak", "notes.txt", "~x.yaml"):
        (seeds / name).write_text("nonsense: [", encoding="utf-8")
    (seeds / ".git").mkdir()
    (seeds / ".git" / "x.yaml").write_text("nonsense: [", encoding="utf-8")
    (seeds / "texts").mkdir()
    (seeds / "texts" / "x.yaml").write_text("nonsense: [", encoding="utf-8")
    (seeds / "empty.yaml").write_text("", encoding="utf-8")
    (seeds / "later.yaml").write_text("facts:\n  # to come\nquotes:\n", encoding="utf-8")
    library, problems = load(seeds, good="people: {a: {name: A}}\n")
    assert not problems
    assert list(library.people) == ["a"]


def test_a_folder_called_like_a_file_is_an_error(seeds: Path) -> None:
    (seeds / "x.yaml").mkdir()
    _, problems = load(seeds)
    assert [(p.code, p.location) for p in problems] == [("not-a-file", Location(seeds / "x.yaml"))]


def test_no_seeds_at_all_and_a_file_in_their_place(tmp_path: Path) -> None:
    problems: list[Problem] = []
    load_library(tmp_path / "seeds", problems)
    (tmp_path / "seeds").write_text("", encoding="utf-8")
    load_library(tmp_path / "seeds", problems)
    assert [p.code for p in problems] == ["file-not-found", "not-a-folder"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_followed_inside_the_workspace_only(seeds: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "x.yaml").write_text("people: {far: {name: Far}}\n", encoding="utf-8")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "y.yaml").write_text("people: {near: {name: Near}}\n", encoding="utf-8")
    (seeds / "far.yaml").symlink_to(outside / "x.yaml")
    (seeds / "away").symlink_to(outside)
    (seeds / "shared").symlink_to(tmp_path / "shared")
    (seeds / "circle").symlink_to(seeds)
    library, problems = load(seeds)
    assert list(library.people) == ["near"]
    assert [(p.code, p.location.path.name) for p in problems if p.location] == [
        ("link-outside", "away"),
        ("link-outside", "far.yaml"),
    ]


@pytest.mark.parametrize(
    ("lines", "claim", "code", "line"),
    [
        ("colour: red", "Some claim.", "unknown-key", 4),
        ("weight: 6", "Some claim.", "wrong-value", 4),
        ("weight: heavy", "Some claim.", "wrong-value", 4),
        ("kind: guess", "Some claim.", "wrong-value", 4),
        ("as_of: 2025-13", "Some claim.", "wrong-date", 4),
        ("as_of: last year", "Some claim.", "wrong-date", 4),
        ("expires: soon", "Some claim.", "wrong-date", 4),
        ("topics: [Trade!]", "Some claim.", "wrong-value", 4),
        ("metric: Two words", "Some claim.", "wrong-value", 4),
        ("marking: SECRET", "Some claim.", "wrong-value", 4),
        ("value: many", "We have {value}.", "wrong-value", 4),
        ("value: 5 kr", "We have {value}.", "wrong-value", 4),
        ("value: 5 people", "Some claim.", "wrong-braces", 3),
        ("weight: 3", "We have {value}.", "wrong-braces", 3),
        ("value: 5 people", "We {have} {value}.", "wrong-braces", 3),
        ("value: 5 people", "We { have {value}.", "wrong-braces", 3),
        ("values: {from: 1%, to: 2%}", "From {from}.", "wrong-braces", 3),
        ("values: {From: 1%}", "x", "wrong-id", 4),
        ("value: 1%\nvalues: {to: 2%}", "{value} {to}", "wrong-value", 5),
        ("value: 5 people\ntranslations: {vi: Năm người}", "We have {value}.", "wrong-braces", 5),
        ("translations: {Vietnamese: x}", "Some claim.", "wrong-value", 4),
        ("translations: {vi: {clam: x}}", "Some claim.", "unknown-key", 4),
        ("evidence: []", "Some claim.", "empty-value", 4),
        ("evidence: [{source: s}]", "Some claim.", "missing-key", 4),
        ("evidence: [{passage: words}]", "Some claim.", "missing-key", 4),
        ("evidence: [{source: t, passage: words}]", "Some claim.", "dangling-id", 4),
        ("evidence: [{source: f, passage: words}]", "Some claim.", "dangling-id", 4),
        ("evidence: words", "Some claim.", "wrong-type", 4),
        ("derived: {formula: '1 +'}", "We have {value}.", "formula", 4),
        ("derived: {formula: 'x * 2'}", "We have {value}.", "formula", 4),
        ("derived: {formula: '1 / 0'}", "We have {value}.", "formula", 4),
        ("derived: {formula: 'x', x: nothing}", "We have {value}.", "dangling-id", 4),
        ("derived: {formula: 'x', x: f}", "We have {value}.", "formula-cycle", 4),
        ("derived: {formula: '2', x: f2}", "We have {value}.", "formula", 4),
        ("derived: {formula: '2'}\nvalue: 5", "We have {value}.", "wrong-value", 5),
        ("derived: {formula: '2', round: -1}", "We have {value}.", "wrong-value", 4),
        ("kind: event", "Some claim.", "missing-key", 2),
    ],
)
def test_what_is_wrong_with_a_fact_is_located(seeds: Path, lines: str, claim: str, code: str, line: int) -> None:
    if "f2" in lines:
        (seeds / "other.yaml").write_text(
            'facts: {f2: {claim: "{value}", value: 3, evidence: [{source: s, passage: three}]}}\n', encoding="utf-8"
        )
    _, problems = load(seeds, x=fact(lines, claim))
    assert found(problems) == [(code, line)]
    assert problems[0].message
    assert "Traceback" not in problems[0].message


def test_a_fact_without_evidence_and_a_quote_without_speaker(seeds: Path) -> None:
    _, problems = load(seeds, x="facts:\n  f: {claim: x}\nquotes:\n  q: {text: y}\n")
    assert found(problems) == [("missing-key", 2), ("missing-key", 4), ("missing-key", 4)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("type: newspaper", "wrong-value"),
        ("language: English", "wrong-value"),
        ("url: javascript:alert(1)", "wrong-value"),
        ("dollar: dollars", "wrong-value"),
        ("text: ../../etc/passwd", "wrong-value"),
        ("text: /etc/passwd", "wrong-value"),
        ("text: 'C:\\secret.txt'", "wrong-value"),
        ("issued: yesterday", "wrong-date"),
        ("author: [A, B]", "wrong-type"),
    ],
)
def test_what_is_wrong_with_a_source_is_located(seeds: Path, line: str, code: str) -> None:
    _, problems = load(seeds, x=f"sources:\n  s:\n    {line}\n")
    assert found(problems) == [(code, 3)]


def test_ids_are_unique_across_kinds_and_files(seeds: Path) -> None:
    _, problems = load(seeds, a="people: {same: {name: A}}\n", b="sources:\n  same: {title: B}\n  Bad Id: {title: C}\n")
    assert found(problems) == [("duplicate-id", 2), ("wrong-id", 3)]
    assert "a.yaml, line 1" in problems[0].message


def test_a_dangling_id_suggests_the_nearest(seeds: Path) -> None:
    _, problems = load(seeds, x=fact("evidence: [{source: gazete, passage: w}]"), y="sources: {gazette: {title: G}}\n")
    assert problems[0].hints == ("did you mean `gazette`?",)


def test_a_file_that_cannot_be_read_does_not_make_its_ids_dangling(seeds: Path) -> None:
    _, problems = load(seeds, x=fact("evidence: [{source: there, passage: w}]"), y="sources: {there: [\n")
    assert [p.code for p in problems] == ["yaml-syntax"]


def test_all_problems_of_all_files_in_one_run_in_the_order_of_their_places(seeds: Path) -> None:
    _, problems = load(seeds, b=fact("weight: 9\ncolour: red"), a="people:\n  p: {nam: X}\n")
    places = [(p.location.path.name, p.location.line) for p in problems if p.location]
    assert places == [("a.yaml", 2), ("a.yaml", 2), ("b.yaml", 4), ("b.yaml", 5)]
    assert len(errors_in(problems)) == 4


def test_calculations_that_rest_on_each_other_are_reported_once(seeds: Path) -> None:
    lines = "".join(f'  f{n}: {{claim: "{{value}}", derived: {{formula: x, x: f{(n + 1) % 3}}}}}\n' for n in range(3))
    outside = '  g: {claim: "{value}", derived: {formula: x, x: f0}}\n'
    _, problems = load(seeds, x="facts:\n" + outside + lines)
    assert [p.code for p in problems] == ["formula-cycle"]
    assert "f0 → f1 → f2 → f0" in problems[0].message


def test_a_long_chain_of_calculations_is_no_trouble(seeds: Path) -> None:
    chain = "".join(
        f'  f{n}: {{claim: "{{value}}", derived: {{formula: x + 1, x: f{n - 1}}}}}\n' for n in range(1, 1500)
    )
    first = '  f0: {claim: "{value}", value: 0, evidence: [{source: s, passage: "0"}]}\n'
    library, problems = load(seeds, x="sources: {s: {title: S}}\nfacts:\n" + chain + first)
    assert not problems
    assert library.facts["f1499"].value is not None
    assert library.facts["f1499"].value.low == 1499
    assert library.sources_of(library.facts["f1499"]) == ("s",)


def test_metrics_have_labels_in_the_readers_words(tmp_path: Path) -> None:
    more = "metrics: {trade: {label: The harbour’s trade, translations: {vi: Thương mại}}}\n"
    library, problems = load(tmp_path, good=GOOD + more)
    assert problems == []
    metric = library.metrics["trade"]  # facts may have the same name as a metric
    assert (metric.label, metric.translations) == ("The harbour’s trade", {"vi": "Thương mại"})


def test_a_label_of_no_metric_and_a_label_twice(tmp_path: Path) -> None:
    more = "metrics:\n  trad: {label: A}\n  trade: {}\n"
    _, problems = load(tmp_path, good=GOOD + more)
    assert [problem.code for problem in problems] == ["dangling-id", "missing-key"]
    assert problems[0].hints == ("did you mean `trade`?",)
