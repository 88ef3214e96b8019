"""Which facts of one metric disagree, and in what."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.disagreement import Difference, Disagreement, Relation, companions, disagreements
from briefgen.errors import Location
from briefgen.evidence import Fact, FactKind, Library, Passage, Source
from briefgen.numerals import parse_quantity
from briefgen.periods import Period
from briefgen.seeds import load_library

HERE = Location(Path("seeds/made-up.yaml"), 1)
VALUE, UNIT, QUALIFIER = Difference.VALUE, Difference.UNIT, Difference.QUALIFIER
NUMBER, TIME, WORDS = Difference.NUMBER, Difference.TIME, Difference.WORDS


def told(id: str, value: str | None = None, when: str | None = None, **fields: object) -> Fact:
    """A fact of its own source; `id` is its claim too."""
    kind = fields.setdefault("kind", FactKind.OBSERVATION)
    source = str(fields.pop("source", f"source-of-{id}"))
    fields.setdefault("metric", "m")
    fields["date" if kind is FactKind.EVENT else "as_of"] = Period.parse(when) if when else None
    values = {"value": parse_quantity(value)} if value else {}
    return Fact(id, f"Claim {id}.", HERE, values=values, passages=(Passage(source, id, HERE),), **fields)  # type: ignore[arg-type]


def groups(*facts: Fact) -> tuple[Disagreement, ...]:
    sources = {passage.source: Source(passage.source, None, HERE) for fact in facts for passage in fact.passages}
    library = Library(sources=sources, facts={fact.id: fact for fact in facts})
    return disagreements(library.facts.values(), library)


TARGET, EVENT, STATEMENT = {"kind": FactKind.TARGET}, {"kind": FactKind.EVENT}, {"kind": FactKind.STATEMENT}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(told("a", "86.7 billion USD", "2024"), told("b", "87 billion USD", "2024"), (VALUE,), id="value"),
        pytest.param(told("a", "10,000", "2024"), told("b", "over 10,000", "2024"), (QUALIFIER,), id="hedge"),
        pytest.param(told("a", "5 billion USD", "2024"), told("b", "5 billion EUR", "2024"), (UNIT,), id="currency"),
        pytest.param(told("a", "5 billion USD", "2024"), told("b", "5 billion", "2024"), (UNIT,), id="no currency"),
        pytest.param(told("a", "5%", "2024"), told("b", "5% to 6%", "2024"), (VALUE,), id="range"),
        pytest.param(told("a", "5 firms", "2024"), told("b", "5 companies", "2024"), (), id="nouns do not matter"),
        pytest.param(told("a", "0.5 million", "2024"), told("b", "500,000", "2024"), (), id="same number"),
        pytest.param(told("a", "5", "2024"), told("b", "6", "2025"), (), id="a series"),
        pytest.param(told("a", "5", "2024"), told("b", "6", "2024-H1"), (), id="a year and its half"),
        pytest.param(told("a", "5", "2024-08"), told("b", "6", "2024-08-12"), (VALUE,), id="a month and its day"),
        pytest.param(told("a", "5", "2024"), told("b", "5"), (TIME,), id="only one dated"),
        pytest.param(told("a", "5"), told("b", "6"), (VALUE,), id="neither dated"),
        pytest.param(told("a", "5", "2024", place="VN"), told("b", "6", "2024", place="KR"), (), id="places"),
        pytest.param(told("a", "5", "2024", place="VN"), told("b", "6", "2024"), (VALUE,), id="one place"),
        pytest.param(told("a", "5", "2030", **TARGET), told("b", "6", "2030"), (), id="target and observation"),
        pytest.param(told("a", "5", "2030", **TARGET), told("b", "5", "2035", **TARGET), (TIME,), id="target years"),
        pytest.param(told("a", "5", "2030", **TARGET), told("b", "6", "2035", **TARGET), (), id="two targets"),
        pytest.param(told("a", "5", "2024"), told("b", None, "2024"), (NUMBER,), id="only one has a number"),
        pytest.param(told("a", None, "2024"), told("b", None, "2024"), (WORDS,), id="words"),
        pytest.param(told("a", None, "2014"), told("b", None, "2024"), (), id="words of other times"),
        pytest.param(told("a", None, "2045", **TARGET), told("b", None, None, **TARGET), (TIME,), id="no target year"),
        pytest.param(told("a", None, "2024-08-11", **EVENT), told("b", None, "2024-08-12", **EVENT), (TIME,), id="day"),
        pytest.param(told("a", "5", "2024-08", **EVENT), told("b", None, "2026", **STATEMENT), (NUMBER,), id="account"),
        pytest.param(told("a", "5", "2024", source="s"), told("b", "6", "2024", source="s"), (VALUE,), id="one source"),
        pytest.param(told("a", None, "2024", source="s"), told("b", None, "2024", source="s"), (), id="told twice"),
        pytest.param(told("a", "5", "2024"), told("b", "6", "2024", metric="n"), (), id="metrics"),
        pytest.param(told("a", "5", "2024", metric=None), told("b", "6", "2024", metric=None), (), id="no metric"),
    ],
)
def test_two_facts(one: Fact, other: Fact, expected: tuple[Difference, ...]) -> None:
    for pair in ((one, other), (other, one)):
        found = groups(*pair)
        assert [group.differences for group in found] == ([expected] if expected else [])


def test_facts_that_disagree_with_a_third_stand_together_in_the_order_of_time() -> None:
    (group,) = groups(told("c", "over 5", "2024-08-12"), told("a", "5"), told("b", "over 5", "2024-08"))
    assert [fact.id for fact in group.facts] == ["b", "c", "a"]
    assert group.differences == (QUALIFIER, TIME)


def test_an_undated_figure_repeats_the_dated_one_that_equals_it() -> None:
    targets = (told("t25", "100", "2025", **TARGET), told("t30", "150", "2030", **TARGET), told("t", "150", **TARGET))
    (group,) = groups(*targets)
    assert [fact.id for fact in group.facts] == ["t30", "t"]


def test_two_disagreements_of_one_metric_are_two_groups() -> None:
    found = groups(told("a", "1", "2023"), told("b", "3", "2024"), told("c", "2", "2023"), told("d", "4", "2024"))
    assert [[fact.id for fact in group.facts] for group in found] == [["a", "c"], ["b", "d"]]


def test_the_shipped_library_disagrees_where_its_sources_do() -> None:
    library = load_library(Path(__file__).parents[2] / "seeds", [])
    found = {group.metric: group for group in disagreements(library.facts.values(), library)}
    expected = {
        "korean-companies-in-viet-nam": QUALIFIER,  # about and more than 10,000
        "vietnamese-in-korea": QUALIFIER,
        "koreans-in-viet-nam": QUALIFIER,
        "sci-tech-share-of-gdp-growth": QUALIFIER,  # at least 50 and 50 per cent
        "bilateral-trade": TIME,  # 150 billion by 2030, and without a year
        "viet-nam-development-goal": TIME,
        "cooperation-documents": NUMBER,  # 50 and many
        "visit-first": NUMBER,
        "korea-investor-rank": WORDS,  # with and without "direct"
        "first-guest-of-lee": WORDS,
        "sci-tech-framework": WORDS,  # of the memorandum, of the roundtable
        "sci-tech-pillar": WORDS,  # urged, agreed
        "partnership-status": WORDS,
    }
    assert {metric: group.differences[0] for metric, group in found.items()} == expected
    assert [fact.id for fact in found["bilateral-trade"].facts] == ["trade-target-2030", "trade-target-no-year"]


def test_other_figures_do_not_agree_though_one_is_explained_by_a_third() -> None:
    facts = (told("a", "100", "2025", **TARGET), told("b", "150", "2030", **TARGET), told("c", "150", **TARGET))
    sources = {passage.source: Source(passage.source, None, HERE) for fact in facts for passage in fact.passages}
    library = Library(sources=sources, facts={fact.id: fact for fact in facts})
    found = {companion.fact.id: companion.relation for companion in companions(facts[0], library)}
    assert found == {"b": Relation.APART, "c": Relation.APART}
