from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.errors import Location
from briefgen.evidence import Fact, Library, Passage, Person, Quote, Source
from briefgen.numerals import parse_quantity
from briefgen.searching import Kind, Results, search
from tests.program import Program

HERE = Location(Path("seeds/x.yaml"), 1)


def fact(id: str, claim: str, passage: str = "", **fields: object) -> Fact:
    return Fact(id, claim, HERE, passages=(Passage("gazette", passage, HERE),), **fields)  # type: ignore[arg-type]


LIBRARY = Library(
    sources={"gazette": Source("gazette", "The harbour in figures", HERE, publisher="The Gazette")},
    people={"to-lam": Person("to-lam", "To Lam", HERE, native_name="Tô Lâm", role="General Secretary")},
    facts={
        one.id: one
        for one in (
            fact("ports", "{value} ports are open.", "in 11 ports", values={"value": parse_quantity("11 ports")}),
            fact("da-nang", "Đà Nẵng has a harbour.", "the city of Da Nang", topics=("trade",), weight=2),
            fact("harbour-trade", "Trade grew.", "trade through the harbour of Đà Nẵng grew", topics=("trade",)),
            fact("korea", "교역액은 867억 달러로 늘었다.", metric="bilateral-trade"),
        )
    },
    quotes={
        "open": Quote("open", "We are open for business", "to-lam", HERE, (Passage("gazette", "open to all", HERE),)),
    },
)


def found(words: str, **options: object) -> list[str]:
    return [hit.id for hit in search(LIBRARY, words, **options).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("da nang", ["da-nang", "harbour-trade"]),
        ("ĐÀ NẴNG", ["da-nang", "harbour-trade"]),
        ("nang harb", ["da-nang", "harbour-trade"]),
        ("our", []),
        ("arbour", ["harbour-trade", "da-nang", "gazette"]),
        ("11", ["ports"]),
        ("1", ["ports"]),
        ("교역", ["korea"]),
        ("억", ["korea"]),
        ("867억", ["korea"]),
        ("gazette figures", ["gazette"]),
        ("to lam", ["to-lam", "open"]),
        ("tô lâm", ["to-lam", "open"]),
        ("secretary", ["to-lam"]),
        ("harbour business", []),
        ("", ["ports", "harbour-trade", "korea", "open", "da-nang", "to-lam", "gazette"]),
        ("   !", ["ports", "harbour-trade", "korea", "open", "da-nang", "to-lam", "gazette"]),
    ],
)
def test_every_word_is_met_the_closest_first(words: str, ids: list[str]) -> None:
    assert set(found(words)) == set(ids)
    assert found(words) == ids


def test_a_passage_is_found_with_what_it_bears_out() -> None:
    [hit] = search(LIBRARY, "city").hits
    assert (hit.kind, hit.id, hit.field, hit.passage) == (Kind.FACT, "da-nang", "passage", "the city of Da Nang")
    assert hit.words == "Đà Nẵng has a harbour."
    assert found("harbour", kind=Kind.PASSAGE) == ["harbour-trade"]
    assert found("open", kind=Kind.PASSAGE) == ["open"]


def test_a_topic_or_a_kind_narrows_the_search() -> None:
    assert found("harbour", topic="trade") == ["harbour-trade", "da-nang"]
    assert found("", topic="trade") == ["harbour-trade", "da-nang"]
    assert found("harbour", kind=Kind.SOURCE) == ["gazette"]
    assert found("open", kind=Kind.QUOTE) == ["open"]
    assert found("open", kind=Kind.PERSON) == []


@pytest.mark.parametrize(
    ("words", "ids", "instead"),
    [
        ("harbuor", ["harbour-trade", "da-nang", "gazette"], {"harbuor": ("harbour",)}),
        ("da nagn", ["da-nang", "harbour-trade"], {"nagn": ("nang",)}),
        ("xyzzy", [], {}),
        ("harbuor xyzzy", [], {"harbuor": ("harbour",)}),
    ],
)
def test_a_slip_of_the_hand_is_forgiven(words: str, ids: list[str], instead: dict[str, tuple[str, ...]]) -> None:
    results = search(LIBRARY, words)
    assert [hit.id for hit in results.hits] == ids
    assert results.instead == instead


def test_a_limit_says_how_many_there_are() -> None:
    results = search(LIBRARY, "", limit=2)
    assert (len(results.hits), results.total) == (2, 7)
    assert isinstance(results, Results)


def test_ten_thousand_entries_take_less_than_a_second() -> None:
    one = LIBRARY.facts["harbour-trade"]
    many = {f"fact-{n}": replace(one, id=f"fact-{n}", claim=f"Trade of port {n} grew.") for n in range(10_000)}
    library = replace(LIBRARY, facts=many)
    for words in ("trade port 77", "tarde prot", "harbour"):
        assert min(seconds(library, words) for _ in range(3)) < 1


def seconds(library: Library, words: str) -> float:
    """What a search takes of this process, however busy the machine is."""
    before = time.process_time()
    assert search(library, words).total
    return time.process_time() - before


# ---- the command -----------------------------------------------------------------------------------------


def test_find_prints_what_it_found_and_where(desk: Path, briefgen: Program) -> None:
    result = briefgen("find", "trade", "2024")
    assert result.status == 0
    first, second, *_ = result.out.splitlines()
    assert first.startswith("trade-2024  fact  seeds/trade.yaml:")
    assert second == "  Trade between Viet Nam and South Korea came to 86.7 billion USD in 2024.  (nikkei-deals)"


def test_find_as_json(desk: Path, briefgen: Program) -> None:
    tree = json.loads(briefgen("find", "86.7", "--kind", "passage", "--json", "-n", "1").out)
    assert set(tree) == {"hits", "total", "instead"}
    [hit] = tree["hits"]
    assert set(hit) == {"kind", "id", "words", "sources", "path", "line", "column", "field", "passage"}
    assert "86.7" in hit["passage"]


def test_find_says_what_it_looked_for_instead_and_that_nothing_was_found(desk: Path, briefgen: Program) -> None:
    assert "looking for “samsung”" in briefgen("find", "samsnug").out
    nothing = briefgen("find", "xyzzy")
    assert nothing.status == 1
    assert "nothing found" in nothing.out
    assert "more hits" in briefgen("find").out
    assert briefgen("find", "--topic", "trad").status == 2
    assert briefgen("find", "x", "--kind", "thing").status == 2
    assert briefgen("find", "x", "--limit", "0").status == 2


def test_find_works_on_a_library_with_mistakes(desk: Path, briefgen: Program) -> None:
    (desk / "seeds" / "broken.yaml").write_text("facts: [\n")
    assert briefgen("find", "samsung").status == 0
