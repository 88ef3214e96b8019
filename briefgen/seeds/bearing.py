"""What bears evidence out: its passages, and how its date was established."""

from __future__ import annotations

from briefgen.errors import Location
from briefgen.evidence import Evidence, Fact, Passage
from briefgen.quotations import fragments
from briefgen.records import Record
from briefgen.seeds.findings import Findings


def passages(
    findings: Findings, id: str, entry: Record, text: str | None
) -> tuple[tuple[Passage, ...], dict[str, Location]]:
    """The passages of `evidence`; a quotation's own words (its fragments, where it leaves some out) by default."""
    quoted: list[Passage] = []
    places: dict[str, Location] = {}
    records = entry.records("evidence")
    if not records and entry.is_empty_list("evidence"):
        findings.problem("empty-value", "`evidence` is empty", entry.at("evidence"), "name a source in it", id)
    for number, record in enumerate(records):
        places[f"evidence.{number}"] = record.location
        places |= {f"evidence.{number}.{key}": place for key, place in record.locations().items()}
        source = record.text("source", required=True, multiline=False)
        findings.mention(source, "source", id, record.at("source"))
        exact = record.text("passage", required=text is None)
        record.done()
        if source is None:
            continue
        if exact is not None:
            quoted.append(Passage(source, exact, record.at("passage")))
        elif text is not None:
            quoted += [Passage(source, words, entry.at("text")) for words in fragments(text)]
    return tuple(quoted), places


def check_dating(findings: Findings, evidence: Evidence) -> None:
    """`dating` says how a date was established: there must be one."""
    dated = any(key in evidence.locations for key in ("as_of", "date"))
    if evidence.dating is not None and not dated:
        date = "`as_of` or `date`" if isinstance(evidence, Fact) else "`date`"
        message = f"`dating` says how a date was established, and there is no {date}"
        hint = "give the date, or say in `note` what the source leaves open"
        findings.problem("missing-key", message, evidence.locations["dating"], hint, evidence.id)
