"""The library: sources, people, and the facts and quotes that are tied to passages of those sources.

Everything here is immutable and knows where in which file it was written.
Names for sources follow CSL (citationstyles.org); passages are W3C Web Annotation's text quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from decimal import Decimal
from enum import IntEnum, StrEnum

from briefgen.errors import Allowance, Location
from briefgen.periods import Period


class Marking(IntEnum):
    """Traffic Light Protocol 2.0 labels (FIRST, 2022), ordered from open to closed."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """The label as the protocol writes it, e.g. `TLP:AMBER+STRICT`."""
        return "TLP:" + self.name.replace("_", "+")

    @classmethod
    def parse(cls, text: str) -> Marking:
        """Read a label.

        Raises:
            ValueError: with a message fit for a user.
        """
        for marking in cls:
            if text.strip() == marking.label:
                return marking
        raise ValueError(f"{text!r} is not a marking: use one of {', '.join(m.label for m in cls)}")


class Qualifier(StrEnum):
    """How a source hedges a number."""

    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"
    UP_TO = "up to"


class UnitKind(StrEnum):
    """What kind of thing a number counts: `name` of the `Unit` is read accordingly."""

    COUNT = "count"  # name: the counted noun, checked but not printed; may be empty
    CURRENCY = "currency"  # name: the ISO 4217 code
    PERCENT = "percent"  # name: empty
    MEASURE = "measure"  # name: the symbol as printed, e.g. km, MW


@dataclass(frozen=True, slots=True)
class Unit:
    """A currency, per cent, a measure, or what is counted."""

    kind: UnitKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number as stated, never a float.

    Attributes:
        low: the number, or the lower end of a range, as stated: 86.7 in "86.7 billion".
        high: the upper end of a range, else None.
        exponent: the power of ten that the magnitude word stands for: 9 for billion, 0 for none.
        unit: what the number is of.
        qualifier: the source's hedge, if any.
    """

    low: Decimal
    unit: Unit
    high: Decimal | None = None
    exponent: int = 0
    qualifier: Qualifier | None = None

    @property
    def amount(self) -> Decimal:
        """The (lower) number written out: 86,700,000,000 for "86.7 billion"."""
        return self.low.scaleb(self.exponent)

    @property
    def upper_amount(self) -> Decimal | None:
        """The upper end of a range written out, or None."""
        return None if self.high is None else self.high.scaleb(self.exponent)


class FactKind(StrEnum):
    """What sort of statement a fact is; targets are never drawn or worded as observations."""

    OBSERVATION = "observation"
    TARGET = "target"
    ESTIMATE = "estimate"
    EVENT = "event"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Source:
    """A work that evidence is taken from. Fields that the work does not state are None."""

    id: str
    title: str | None
    location: Location
    publisher: str | None = None
    author: str | None = None
    issued: Period | None = None
    accessed: Period | None = None
    url: str | None = None
    type: str = "article"
    language: str = "en"
    text: str | None = None
    """The text's file name below the folder of texts."""
    marking: Marking = Marking.CLEAR
    dollar: str = "USD"
    """ISO 4217 code of what this source calls `$`."""
    note: str | None = None
    """What the source says, or fails to say, of itself; printed with its first full note."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language → field (`note`) → words."""
    allow: tuple[Allowance, ...] = ()
    locations: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in, or is named by, a source."""

    id: str
    name: str
    location: Location
    native_name: str | None = None
    role: str | None = None
    aliases: tuple[str, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language → field (`name`, `role`) → words."""
    allow: tuple[Allowance, ...] = ()
    locations: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Metric:
    """What facts measure, in words that a reader understands.

    Attributes:
        label: "Korean companies in Viet Nam".
        translations: language → the label in that language.
    """

    id: str
    label: str
    location: Location
    translations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A fragment of a source, as it stands there (W3C Web Annotation: TextQuoteSelector)."""

    source: str
    exact: str
    location: Location


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a derived fact is calculated from others.

    Attributes:
        formula: arithmetic over the names of `inputs`.
        inputs: name in the formula → id of the fact whose value stands for it.
        result: the unit of the result, given as `as:` (`percent`), or None to take the formula's own.
        digits: decimal places the result is rounded to, or None for as many as are needed.
        working: the formula with its numbers, alternating words and quantities, for a reader to redo.
    """

    formula: str
    inputs: Mapping[str, str]
    result: str | None
    digits: int | None
    working: tuple[str | Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim in our own words with the passages that bear it out, or with its derivation from other facts.

    Attributes:
        claim: the sentence; each name of `values` stands in it in braces.
        values: name → quantity; the usual single one is called `value`.
        note: what a reader must know of the claim or its numbers; printed with their reference.
        dating: how `as_of` or `date` was established where the source does not state it; printed where that date is.
        translations: language → the claim in that language.
        allow: warnings about this entry that its curator has decided to live with; so for the other kinds.
        locations: field (`value`, `claim`, `evidence.0.passage`…) → where it is written.
    """

    id: str
    claim: str
    location: Location
    kind: FactKind = FactKind.OBSERVATION
    values: Mapping[str, Quantity] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    derivation: Derivation | None = None
    metric: str | None = None
    as_of: Period | None = None
    date: Period | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    weight: int = 3
    expires: Day | None = None
    note: str | None = None
    dating: str | None = None
    caveat: str | None = None
    marking: Marking = Marking.CLEAR
    translations: Mapping[str, str] = field(default_factory=dict)
    note_translations: Mapping[str, str] = field(default_factory=dict)
    dating_translations: Mapping[str, str] = field(default_factory=dict)
    caveat_translations: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[Allowance, ...] = ()
    locations: Mapping[str, Location] = field(default_factory=dict)

    @property
    def value(self) -> Quantity | None:
        """The single value, where there is one."""
        return self.values.get("value")

    @property
    def when(self) -> Period | None:
        """An event's date, else what time the fact is of."""
        return self.as_of if self.date is None else self.date


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, letter for letter.

    Attributes:
        text: the words as printed; `[…]` marks an omission and `[words]` an insertion, both ours.
        note: what a reader must know of the words; printed with their reference.
        dating: how `date` was established where the source does not state it; printed where that date is.
        translations: language → our translation of the words.
    """

    id: str
    text: str
    speaker: str
    location: Location
    passages: tuple[Passage, ...] = ()
    occasion: str | None = None
    date: Period | None = None
    language: str = "en"
    topics: tuple[str, ...] = ()
    weight: int = 3
    expires: Day | None = None
    note: str | None = None
    dating: str | None = None
    marking: Marking = Marking.CLEAR
    translations: Mapping[str, str] = field(default_factory=dict)
    occasion_translations: Mapping[str, str] = field(default_factory=dict)
    note_translations: Mapping[str, str] = field(default_factory=dict)
    dating_translations: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[Allowance, ...] = ()
    locations: Mapping[str, Location] = field(default_factory=dict)

    @property
    def when(self) -> Period | None:
        """The day on which the words were said, where it is known."""
        return self.date


Evidence = Fact | Quote


@dataclass(frozen=True, slots=True)
class Library:
    """All evidence, by id. Ids are unique across the four kinds; order is that of the files.

    Attributes:
        metrics: those that have a label, by the name that facts know them by.
    """

    sources: Mapping[str, Source] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    quotes: Mapping[str, Quote] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)

    def evidence(self, id: str) -> Evidence | None:
        """The fact or quote of that id, or None."""
        return self.facts.get(id) or self.quotes.get(id)

    def all_evidence(self) -> Iterator[Evidence]:
        """Facts, then quotes."""
        yield from self.facts.values()
        yield from self.quotes.values()

    def inputs(self, fact: Fact) -> tuple[Fact, ...]:
        """The facts that a derived fact is calculated from, in the formula's order; empty for others."""
        if fact.derivation is None:
            return ()
        ids = dict.fromkeys(fact.derivation.inputs.values())
        return tuple(self.facts[id] for id in ids if id in self.facts)

    def foundation(self, evidence: Evidence) -> tuple[Evidence, ...]:
        """The evidence itself and the facts that it is calculated from, however deep, each once."""
        found: dict[str, Evidence] = {}
        waiting: list[Evidence] = [evidence]
        while waiting:
            one = waiting.pop()
            if one.id not in found:
                found[one.id] = one
                if isinstance(one, Fact):
                    waiting.extend(reversed(self.inputs(one)))
        return tuple(found.values())

    def sources_of(self, evidence: Evidence) -> tuple[str, ...]:
        """Ids of the sources that evidence rests on, in order, each once; a derived fact's are its inputs'."""
        return tuple(dict.fromkeys(passage.source for one in self.foundation(evidence) for passage in one.passages))

    def marking_of(self, evidence: Evidence) -> Marking:
        """The strictest of its own marking, its sources' and its inputs'."""
        own = (one.marking for one in self.foundation(evidence))
        sources = (self.sources[id].marking for id in self.sources_of(evidence) if id in self.sources)
        return max((*own, *sources))
