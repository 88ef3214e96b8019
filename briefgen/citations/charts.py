"""What a chart says in words: its marks' labels and numbers, its subject and unit, its sources, its description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.citations.marks import evidence_owing
from briefgen.citations.notes import Notes, joined
from briefgen.citations.wording import Wording
from briefgen.document import (
    Chart,
    ChartKind,
    ChartPoint,
    EvidenceRef,
    Facet,
    Inlines,
    Origin,
    PointStatus,
    Text,
    plain,
)
from briefgen.evidence import FactKind, Quantity, UnitKind
from briefgen.locales import capitalised

_STATUS = {FactKind.TARGET: PointStatus.TARGET, FactKind.ESTIMATE: PointStatus.ESTIMATE}
_STATUS_LABEL = {
    PointStatus.OBSERVED: ("observed", "observed"),
    PointStatus.TARGET: ("target", "targets"),
    PointStatus.ESTIMATE: ("estimate", "estimates"),
}
_KIND_LABEL = {ChartKind.BAR: "Bar chart", ChartKind.COLUMN: "Column chart", ChartKind.LINE: "Line chart"}


def worded(chart: Chart, wording: Wording) -> tuple[Chart, Inlines]:
    """The chart with its title, subject and points printed, and its description; without marks.

    Returns:
        The chart, and the unit that its numbers share, which ends its subject line.
    """
    refs = [next((inline for inline in point.value if isinstance(inline, EvidenceRef)), None) for point in chart.points]
    quantities = [None if ref is None else wording.quantity(ref) for ref in refs]
    unit = _shared_unit([quantity for quantity in quantities if quantity is not None], wording)
    points = tuple(
        point if ref is None or quantity is None else _point(point, ref, quantity, unit is not None, wording)
        for point, ref, quantity in zip(chart.points, refs, quantities, strict=True)
    )
    title = wording.filled(chart.title)
    subject = wording.filled(chart.subject, sentences=False)
    counted = Text((unit or "") if subject else capitalised(unit or ""), Origin.LABEL)
    description = _description(chart, title, points, quantities, wording)
    drawn = replace(chart, title=title, points=points, subject=subject, description=description)
    return drawn, (counted,) if unit else ()


def evidence_of(chart: Chart) -> tuple[str, ...]:
    """Ids of the evidence that a worded chart shows: its points', then its title's and its subject's."""
    points = [id for point in chart.points for id in evidence_owing(point.value)]
    return tuple(dict.fromkeys((*points, *evidence_owing((*chart.title, *chart.subject)))))


def source_line(chart: Chart, notes: Notes, wording: Wording) -> Inlines:
    """Which notes a chart rests on: "Sources: notes 1 (2024) and 2 (targets). Our calculation: note 3."."""
    by_note: dict[int, list[ChartPoint]] = {}
    calculations: dict[int, None] = {}
    for id in evidence_of(chart):
        fact = wording.library.facts.get(id)
        derived = fact is not None and fact.derivation is not None
        drawn = [point for point in chart.points if id in evidence_owing(point.value)]
        for number in notes.numbers(id):
            if derived:
                calculations.setdefault(number)
            else:
                by_note.setdefault(number, []).extend(drawn)
    sentences: list[Inlines] = []
    if by_note:
        several = len(by_note) > 1
        which = {number: _which(drawn, chart.points, wording) for number, drawn in by_note.items() if several and drawn}
        label = "Sources: {notes}" if several else "Source: {notes}"
        sentences.append(wording.pattern(label, notes=notes.reference(sorted(by_note), which)))
    if calculations:
        own = Text(f"{wording.locale.t('Our calculation')}: ", Origin.LABEL)
        sentences.append((own, *notes.reference(sorted(calculations))))
    stop = Text(".", Origin.LABEL)
    return joined(((*sentence, stop) for sentence in sentences), " ")


def _point(point: ChartPoint, ref: EvidenceRef, quantity: Quantity, bare: bool, wording: Wording) -> ChartPoint:
    fact = wording.library.facts[ref.evidence]
    if bare:
        qualified = wording.locale.qualified(quantity, wording.locale.number(quantity))
        value = wording.say(qualified, fact.id, Facet.NUMBER)
    else:
        value = wording.say(wording.locale.short(quantity), fact.id, Facet.SHORT)
    status = _STATUS.get(fact.kind, PointStatus.OBSERVED)
    label = wording.filled(point.label, sentences=False) or wording.when(fact)
    return replace(
        point,
        value=(value,),
        label=label or (wording.label("period not stated"),),
        amount=quantity.amount,
        period=point.period or fact.when,
        status=status,
        status_label=wording.locale.t(_STATUS_LABEL[status][0]),
    )


def _shared_unit(quantities: Sequence[Quantity], wording: Wording) -> str | None:
    """The unit that all numbers have in common, to be said once: empty for plain counts, None if they differ."""
    units = {(quantity.unit, wording.locale.unit(quantity, short=False)) for quantity in quantities}
    if len(units) != 1:
        return None
    ((unit, words),) = units
    return "" if unit.kind is UnitKind.PERCENT else words


def _which(points: Sequence[ChartPoint], all_points: Sequence[ChartPoint], wording: Wording) -> str:
    """What a note is the source of: "targets" if it is of all of them, else each point's label."""
    statuses = {point.status for point in points}
    if len(statuses) == 1 and len(points) > 1:
        (status,) = statuses
        if len(points) == sum(point.status is status for point in all_points):
            return wording.locale.t(_STATUS_LABEL[status][1])
    return wording.locale.listed(list(dict.fromkeys(plain(point.label) for point in points)))


def _description(
    chart: Chart,
    title: Inlines,
    points: Sequence[ChartPoint],
    quantities: Sequence[Quantity | None],
    wording: Wording,
) -> str:
    """The text alternative: kind, title, and each point with its number, unit and status."""
    shown = [
        f"{plain(point.label)}: {wording.locale.value(quantity)} ({point.status_label})"
        for point, quantity in zip(points, quantities, strict=True)
        if quantity is not None
    ]
    finding = plain(title).rstrip(".")
    return f"{wording.locale.t(_KIND_LABEL[chart.kind])}. {finding}. {'; '.join(shown)}."
