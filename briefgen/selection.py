"""What a template may ask the library for: `fact`, `quote`, `facts`, `quotes`, `series`, `disagreements`, `source`,
`cite`.

A `Desk` answers for one audience on one day. It leaves out what has expired, what nobody could know on that day and
what the audience is not cleared for, and counts the latter; evidence that is named by its id is never left out in
silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from briefgen.audiences import Audience
from briefgen.disagreement import Difference, Disagreement, disagreements
from briefgen.document import Optional, Origin
from briefgen.evidence import Evidence, Fact, FactKind, Library, Marking, Quote
from briefgen.locales import Locale
from briefgen.periods import Period
from briefgen.slots import Cite, Handle, Mistake, Series, Words, did_you_mean
from briefgen.timeliness import from_after

_E = TypeVar("_E", Fact, Quote, Evidence)
_FULL_INTEREST = 5


@dataclass(slots=True)
class Desk:
    """The library as one template sees it.

    Attributes:
        audience: whose interests order the evidence and whose clearance bounds it; without one, all topics weigh
            the same and nothing is withheld.
        spend: told how much work a question makes, so that a template cannot ask for ever.
        withheld: ids of what was left out for want of clearance.
    """

    library: Library
    audience: Audience | None
    as_of: date
    locale: Locale
    spend: Callable[[int], None]
    withheld: dict[str, Marking] = field(default_factory=dict)
    _ahead: dict[str, bool] = field(default_factory=dict)
    _groups: int = 0

    # -- by id ---------------------------------------------------------------------------------------------

    def fact(self, id: str) -> Handle:
        """The fact of that id."""
        return self._named(id, Fact)

    def quote(self, id: str) -> Handle:
        """The quotation of that id."""
        return self._named(id, Quote)

    def cite(self, *ids: str) -> Cite:
        """A note mark alone, for facts, quotes or sources."""
        if not ids:
            raise Mistake("wrong-value", "cite() needs the id of a fact, quote or source", needle="cite")
        for id in ids:
            evidence = self.library.evidence(id) if isinstance(id, str) else None
            if evidence is not None:
                self._cleared(evidence, self.library.marking_of(evidence))
            elif id in self.library.sources:
                self._cleared_source(id)
            else:
                known = [*self.library.facts, *self.library.quotes, *self.library.sources]
                message = f"there is no fact, quote or source `{id}`"
                raise Mistake("unknown-id", message, *did_you_mean(str(id), known), needle=str(id))
        return Cite(ids)

    def source(self, id: str) -> SourceView:
        """What a source says of itself."""
        if id not in self.library.sources:
            hints = did_you_mean(str(id), tuple(self.library.sources))
            raise Mistake("unknown-id", f"there is no source `{id}`", *hints, needle=str(id))
        self._cleared_source(id)
        return SourceView(id, self.library, self.locale)

    # -- by what it is about -------------------------------------------------------------------------------

    def facts(
        self,
        topic: str | tuple[str, ...] | None = None,
        metric: str | None = None,
        kind: str | None = None,
        since: str | int | date | None = None,
        at_least: int | None = None,
        up_to: int | None = None,
        expired: bool = False,
    ) -> tuple[Handle, ...]:
        """Facts, what interests the audience most first; those beyond `at_least` may go when the page is full."""
        self.spend(1 + len(self.library.facts) // 8)
        topics = self._topics(topic)
        if metric is not None:
            self._metric(metric)
        kinds = tuple(FactKind)
        if kind is not None and kind not in kinds:
            message = f"there is no kind of fact `{kind}`"
            raise Mistake("unknown-kind", message, f"there are {', '.join(kinds)}", needle=str(kind))
        start = _since(since)
        found = [
            fact
            for fact in self.library.facts.values()
            if (topics is None or topics & set(fact.topics))
            and (metric is None or fact.metric == metric)
            and (kind is None or fact.kind is FactKind(kind))
            and (start is None or _reaches(fact.as_of or fact.date, start))
        ]
        return self._chosen(found, at_least, up_to, expired, "facts")

    def quotes(
        self,
        topic: str | tuple[str, ...] | None = None,
        speaker: str | None = None,
        since: str | int | date | None = None,
        at_least: int | None = None,
        up_to: int | None = None,
        expired: bool = False,
    ) -> tuple[Handle, ...]:
        """Quotations, chosen and ordered like `facts`."""
        self.spend(1 + len(self.library.quotes) // 8)
        topics = self._topics(topic)
        if speaker is not None and speaker not in self.library.people:
            hints = did_you_mean(str(speaker), tuple(self.library.people))
            raise Mistake("unknown-id", f"there is no person `{speaker}`", *hints, needle=str(speaker))
        start = _since(since)
        found = [
            quote
            for quote in self.library.quotes.values()
            if (topics is None or topics & set(quote.topics))
            and (speaker is None or quote.speaker == speaker)
            and (start is None or _reaches(quote.date, start))
        ]
        return self._chosen(found, at_least, up_to, expired, "quotes")

    def series(self, metric: str) -> Series:
        """The facts of a metric that state its value, in the order of time."""
        self.spend(1 + len(self.library.facts) // 8)
        self._metric(metric)
        found = [fact for fact in self.library.facts.values() if fact.metric == metric and fact.value is not None]
        kept = self._allowed(found, expired=False)
        kept.sort(key=lambda fact: fact.as_of.last if fact.as_of else date.max)
        return Series(metric, tuple(Handle(fact, self.library) for fact in kept))

    def disagreements(
        self,
        topic: str | tuple[str, ...] | None = None,
        metric: str | None = None,
        up_to: int | None = None,
    ) -> tuple[DisagreementView, ...]:
        """Where facts of one metric do not say the same: the gravest first, then what interests the audience most."""
        self.spend(1 + len(self.library.facts) // 4)
        topics = self._topics(topic)
        if metric is not None:
            self._metric(metric)
        if up_to is not None and (type(up_to) is not int or up_to < 0):
            raise Mistake("wrong-value", "disagreements(up_to=…): expected a whole number", needle="up_to")
        facts = [fact for fact in self.library.facts.values() if metric is None or fact.metric == metric]
        disagreeing = {fact.id for group in disagreements(facts, self.library) for fact in group.facts}
        seen = self._allowed((fact for fact in facts if fact.id in disagreeing), expired=False)
        groups = [
            group
            for group in disagreements(seen, self.library)
            if topics is None or any(topics & set(fact.topics) for fact in group.facts)
        ]
        gravity = list(Difference)
        groups.sort(key=lambda group: (gravity.index(group.differences[0]), -max(map(self._score, group.facts))))
        return tuple(DisagreementView(group, self.library, self.locale) for group in groups[:up_to])

    # -- inside --------------------------------------------------------------------------------------------

    def _named(self, id: str, wanted: type[Fact] | type[Quote]) -> Handle:
        kind, other = ("fact", "quote") if wanted is Fact else ("quote", "fact")
        evidence = self.library.evidence(id) if isinstance(id, str) else None
        if not isinstance(evidence, wanted):
            known = self.library.facts if wanted is Fact else self.library.quotes
            hints = did_you_mean(str(id), tuple(known))
            if evidence is not None:
                hints = (f'it is a {other}: write {other}("{id}")',)
            raise Mistake("unknown-id", f"there is no {kind} `{id}`", *hints, needle=str(id), subject=str(id))
        self._cleared(evidence, self.library.marking_of(evidence))
        return Handle(evidence, self.library)

    def _clearance(self) -> Marking:
        return Marking.RED if self.audience is None else self.audience.clearance

    def _cleared(self, evidence: Evidence, marking: Marking) -> None:
        if marking > self._clearance():
            self._refuse(evidence.id, marking)

    def _cleared_source(self, id: str) -> None:
        marking = self.library.sources[id].marking
        if marking > self._clearance():
            self._refuse(id, marking)

    def _refuse(self, id: str, marking: Marking) -> None:
        assert self.audience is not None
        message = (
            f"`{id}` is {marking.label}; the audience `{self.audience.name}` is cleared for "
            f"{self.audience.clearance.label}"
        )
        hint = "take it out, or build for an audience that is cleared for it"
        raise Mistake("marking-above-clearance", message, hint, needle=id, subject=id)

    def _has_expired(self, evidence: Evidence) -> bool:
        return evidence.expires is not None and evidence.expires < self.as_of

    def _is_ahead(self, evidence: Evidence) -> bool:
        if evidence.id not in self._ahead:
            self._ahead[evidence.id] = from_after(evidence, self.library, self.as_of) is not None
        return self._ahead[evidence.id]

    def _allowed(self, found: Iterable[_E], *, expired: bool) -> list[_E]:
        kept = []
        for evidence in found:
            marking = self.library.marking_of(evidence)
            if not expired and self._has_expired(evidence):
                continue
            if self._is_ahead(evidence):
                continue
            if marking > self._clearance():
                self.withheld[evidence.id] = marking
            else:
                kept.append(evidence)
        return kept

    def _chosen(
        self, found: Sequence[Evidence], at_least: int | None, up_to: int | None, expired: bool, what: str
    ) -> tuple[Handle, ...]:
        for name, number in (("at_least", at_least), ("up_to", up_to)):
            if number is not None and (type(number) is not int or number < 0):
                raise Mistake("wrong-value", f"{what}({name}=…): expected a whole number", needle=name)
        if at_least is not None and up_to is not None and up_to < at_least:
            raise Mistake("wrong-value", f"{what}(): up_to={up_to} is less than at_least={at_least}", needle="up_to")
        kept = self._allowed(found, expired=expired)
        kept.sort(key=lambda evidence: -self._score(evidence))  # stable: equals stay in the library's order
        if up_to is not None:
            kept = kept[:up_to]
        if at_least is not None and len(kept) < at_least:
            message = f"{what}(at_least={at_least}) found only {len(kept)}"
            withheld = [evidence for evidence in found if evidence.id in self.withheld]
            hint = "ask for fewer, or for a wider topic"
            if withheld:
                hint = f"{len(withheld)} more are above the audience's clearance"
            raise Mistake("not-enough-evidence", message, hint, needle="at_least")
        if at_least is None:
            return tuple(Handle(evidence, self.library) for evidence in kept)
        self._groups += 1
        return tuple(
            Handle(evidence, self.library, optional=self._optional(evidence) if number >= at_least else None)
            for number, evidence in enumerate(kept)
        )

    def _optional(self, evidence: Evidence) -> Optional:
        weight = -(-self._score(evidence) // _FULL_INTEREST)  # rounded up: 1 to 5 again
        return Optional(weight, self._groups, (evidence.id,))

    def _score(self, evidence: Evidence) -> int:
        """Its own weight times the audience's interest in the most interesting of its topics: 1 to 25."""
        if self.audience is None or not self.audience.topics:
            return evidence.weight * _FULL_INTEREST
        interest = max((self.audience.topics.get(topic, 1) for topic in evidence.topics), default=1)
        return evidence.weight * interest

    def _topics(self, topic: str | tuple[str, ...] | None) -> set[str] | None:
        if topic is None:
            return None
        if not isinstance(topic, str | tuple):
            raise Mistake("wrong-value", "topic=…: expected a topic's name, or a list of names", needle="topic")
        names = {topic} if isinstance(topic, str) else set(topic)
        known = {name for evidence in self.library.all_evidence() for name in evidence.topics}
        for name in sorted(names - known, key=str):
            hints = did_you_mean(str(name), tuple(known)) or (f"there are {', '.join(sorted(known))}",)
            raise Mistake("unknown-topic", f"no evidence has the topic `{name}`", *hints, needle=str(name))
        return names

    def _metric(self, metric: str) -> None:
        known = {fact.metric for fact in self.library.facts.values() if fact.metric is not None}
        if metric not in known:
            hints = did_you_mean(str(metric), tuple(known))
            raise Mistake("unknown-metric", f"no fact has the metric `{metric}`", *hints, needle=str(metric))


_DIFFERS = {
    Difference.VALUE: "The figures differ.",
    Difference.UNIT: "The units differ.",
    Difference.QUALIFIER: "One figure, hedged differently.",
    Difference.NUMBER: "Only some give a figure.",
    Difference.TIME: "The dates differ.",
    Difference.WORDS: "The wording differs.",
}


class DisagreementView:
    """A disagreement for a template to print: `.title`, `.differs`, `.facts`; for its logic `.metric .differences`."""

    __slots__ = ("differences", "differs", "facts", "metric", "title")

    def __init__(self, group: Disagreement, library: Library, locale: Locale) -> None:
        self.metric = group.metric
        self.facts = tuple(Handle(fact, library) for fact in group.facts)
        self.differences = tuple(difference.value for difference in group.differences)
        gravest = group.differences[0]
        label = _DIFFERS[gravest]
        if gravest is Difference.TIME and any(fact.when is None for fact in group.facts):
            label = "Only some give a date."
        self.differs = Words(locale.t(label), Origin.LABEL, label)
        metric = library.metrics.get(group.metric)
        words = metric.translations.get(locale.tag, metric.label) if metric else group.metric.replace("-", " ")
        self.title = Words(words[:1].upper() + words[1:], Origin.AUTHOR)  # ours: it may hold no number


class SourceView:
    """What a source says of itself, for a template to print; what it does not say is not there."""

    __slots__ = ("_fields", "_id")

    def __init__(self, id: str, library: Library, locale: Locale) -> None:
        source = library.sources[id]
        fields = {
            "title": source.title,
            "publisher": source.publisher,
            "author": source.author,
            "url": source.url,
            "note": source.note,
            "issued": locale.period(source.issued) if source.issued else None,
            "accessed": locale.period(source.accessed) if source.accessed else None,
        }
        self._id = id
        self._fields = {name: Words(text, Origin.SOURCE) for name, text in fields.items() if text is not None}

    def __getattr__(self, name: str) -> Words:
        try:
            return self._fields[name]
        except KeyError:
            raise AttributeError(name) from None


def _since(value: str | int | date | None) -> date | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value
    try:
        return Period.parse(str(value)).first
    except ValueError as error:
        raise Mistake("wrong-value", f"since=…: {error}", needle="since") from None


def _reaches(period: Period | None, start: date) -> bool:
    return period is not None and period.last >= start
