"""Where facts of one metric disagree: the one grouping that checks report and documents print.

Facts are compared when their curator says that they can be: same `metric`, and no two different places. Targets are
compared with targets, all else with all else. Figures of different times are a series, not a disagreement; so are
targets for different years, unless the same figure is aimed at in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from briefgen.evidence import Fact, FactKind, Library, Quantity, UnitKind
from briefgen.periods import Period

_SAME_TIME_IN_DAYS = 31
"""Two periods, one inside the other, are the same time told more or less exactly up to a month's length."""

_APART_IN_DAYS = 366
"""Claims without figures that are further apart than this tell of different times."""


class Difference(StrEnum):
    """What it is that facts disagree in, the gravest first."""

    VALUE = "value"  # the figures
    UNIT = "unit"  # what the figures are of: dollars and euros, per cent and nothing
    QUALIFIER = "qualifier"  # one figure, hedged in different ways
    NUMBER = "number"  # one gives a figure, another does not
    TIME = "time"  # different dates or target years, or only one has one
    WORDS = "words"  # no figures: the claims are not the same


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Facts of one metric that do not say the same.

    Attributes:
        facts: two or more, in the order of time, those without a date last; else in the library's order.
        differences: between any two of them, the gravest first.
    """

    metric: str
    facts: tuple[Fact, ...]
    differences: tuple[Difference, ...]


def disagreements(facts: Iterable[Fact], library: Library) -> tuple[Disagreement, ...]:
    """Group the facts that disagree.

    Args:
        facts: those to compare, in the library's order.
        library: says which sources they are from.

    Returns:
        Groups in the order in which their metrics come up. Within a metric, facts are in one group when they
        disagree, or when both disagree with a third.
    """
    by_metric: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.metric is not None:
            by_metric.setdefault(fact.metric, []).append(fact)
    return tuple(
        group
        for metric, members in by_metric.items()
        if len(members) > 1
        for group in _groups(metric, members, library)
    )


class Relation(StrEnum):
    """How another fact of the same metric stands to a fact."""

    AGREES = "agrees"  # another source says the same of the same time
    DIFFERS = "differs"
    APART = "apart"  # of another time or place, an aim beside a result, or of the same source


@dataclass(frozen=True, slots=True)
class Companion:
    """Another fact of a fact's metric, how it stands to it, and what they differ in."""

    fact: Fact
    relation: Relation
    differences: tuple[Difference, ...] = ()


def companions(fact: Fact, library: Library) -> tuple[Companion, ...]:
    """The other facts of a fact's metric: first those that agree, then those that differ, then the rest."""
    if fact.metric is None:
        return ()
    members = [other for other in library.facts.values() if other.metric == fact.metric]
    found = [_companion(fact, other, members, library) for other in members if other.id != fact.id]
    return tuple(sorted(found, key=lambda companion: list(Relation).index(companion.relation)))


def _companion(fact: Fact, other: Fact, members: list[Fact], library: Library) -> Companion:
    differences = _between(fact, other, members, library)
    if differences:
        return Companion(other, Relation.DIFFERS, tuple(d for d in Difference if d in differences))
    elsewhere = set(library.sources_of(other)) - set(library.sources_of(fact))
    alike = _comparable(fact, other) and bool(fact.values) is bool(other.values)
    alike = alike and not _of_values(fact.values, other.values) & {Difference.VALUE, Difference.UNIT}
    same = elsewhere and alike and _same_time(fact, other) is not False
    return Companion(other, Relation.AGREES if same else Relation.APART)


def _groups(metric: str, facts: list[Fact], library: Library) -> Iterator[Disagreement]:
    found: list[tuple[set[int], set[Difference]]] = []
    for (first, one), (second, other) in combinations(enumerate(facts), 2):
        differences = _between(one, other, facts, library)
        if differences:
            members = {first, second}
            touching = [group for group in found if group[0] & members]
            found = [group for group in found if group not in touching]
            found.append((members.union(*(g[0] for g in touching)), differences.union(*(g[1] for g in touching))))
    for places, differences in sorted(found, key=lambda group: min(group[0])):
        grouped = sorted((facts[place] for place in sorted(places)), key=_chronological)
        yield Disagreement(metric, tuple(grouped), tuple(d for d in Difference if d in differences))


def _chronological(fact: Fact) -> date:
    when = _when(fact)
    return when.first if when else date.max


def _between(one: Fact, other: Fact, facts: list[Fact], library: Library) -> set[Difference]:
    """What two facts of one metric disagree in, as far as their sources are others."""
    differences = _differences(one, other, facts)
    if set(library.sources_of(one)) & set(library.sources_of(other)):
        differences -= {Difference.NUMBER, Difference.TIME, Difference.WORDS}  # one source may say a thing twice
    return differences


def _comparable(one: Fact, other: Fact) -> bool:
    """Whether two facts of one metric speak of the same: not of two places, nor of an aim and a result."""
    if one.place != other.place and None not in (one.place, other.place):
        return False
    return (one.kind is FactKind.TARGET) is (other.kind is FactKind.TARGET)


def _differences(one: Fact, other: Fact, facts: list[Fact]) -> set[Difference]:
    """What two facts of one metric disagree in; nothing where they cannot be compared."""
    if not _comparable(one, other):
        return set()
    if one.values and other.values:
        return _between_figures(one, other, facts)
    if one.values or other.values:
        return {Difference.NUMBER} if _same_time(one, other) is not False else set()
    return _between_claims(one, other)


def _between_figures(one: Fact, other: Fact, facts: list[Fact]) -> set[Difference]:
    found = _of_values(one.values, other.values)
    same_figure = not found & {Difference.VALUE, Difference.UNIT}
    dated = _fixed_in_time(one) and _fixed_in_time(other)
    match _same_time(one, other):
        case True:
            return found
        case False:
            return {Difference.TIME} | found if dated and same_figure else set()
        case None if same_figure:
            return found if _when(one) == _when(other) else found | {Difference.TIME}
        case None:
            undated = one if _when(one) is None else other
            return set() if _is_explained(undated, facts) else found


def _is_explained(undated: Fact, facts: list[Fact]) -> bool:
    """Whether a dated fact has the same figure: then that is what the undated one repeats."""
    return any(
        _when(fact) is not None
        and fact.kind is undated.kind
        and fact.values
        and not _of_values(fact.values, undated.values) & {Difference.VALUE, Difference.UNIT}
        for fact in facts
    )


def _between_claims(one: Fact, other: Fact) -> set[Difference]:
    same = _same_time(one, other)
    if _fixed_in_time(one) and _fixed_in_time(other) and same is not True and _when(one) != _when(other):
        return {Difference.TIME}
    if same is False and _days_apart(one, other) > _APART_IN_DAYS:
        return set()
    return {Difference.WORDS} if _bare(one.claim) != _bare(other.claim) else set()


def _fixed_in_time(fact: Fact) -> bool:
    """Whether its date is part of what it claims: that of an event, or the year that a target is for."""
    return fact.kind in (FactKind.EVENT, FactKind.TARGET)


def _when(fact: Fact) -> Period | None:
    return fact.as_of if fact.date is None else fact.date


def _same_time(one: Fact, other: Fact) -> bool | None:
    """Whether two facts are of one time; None if one has no date."""
    first, second = _when(one), _when(other)
    if first is None or second is None:
        return None
    if first == second or (one.kind is FactKind.EVENT) is not (other.kind is FactKind.EVENT):
        return True  # an event's date says nothing of the day on which another account counts
    inside = first.first <= second.first and second.last <= first.last
    around = second.first <= first.first and first.last <= second.last
    wider = first if inside else second
    return (inside or around) and (wider.last - wider.first).days < _SAME_TIME_IN_DAYS


def _days_apart(one: Fact, other: Fact) -> int:
    first, second = sorted((period.first, period.last) for fact in (one, other) if (period := _when(fact)))
    return max(0, (second[0] - first[1]).days)


def _of_values(one: Mapping[str, Quantity], other: Mapping[str, Quantity]) -> set[Difference]:
    if one.keys() == other.keys():
        return set().union(*(_of_quantities(one[name], other[name]) for name in one))
    ends = [{end for quantity in values.values() for end in _ends(quantity)} for values in (one, other)]
    return set() if ends[0] == ends[1] else {Difference.VALUE}


def _of_quantities(one: Quantity, other: Quantity) -> set[Difference]:
    counted = one.unit.kind is UnitKind.COUNT and other.unit.kind is UnitKind.COUNT  # whatever the noun
    if not counted and one.unit != other.unit:
        return {Difference.UNIT}
    if _ends(one) != _ends(other):
        return {Difference.VALUE}
    return {Difference.QUALIFIER} if one.qualifier is not other.qualifier else set()


def _ends(quantity: Quantity) -> tuple[object, ...]:
    ends = (quantity.amount, quantity.upper_amount)
    return tuple(end for end in ends if end is not None)


def _bare(claim: str) -> str:
    return " ".join(claim.casefold().split()).rstrip(".")
