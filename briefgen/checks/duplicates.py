"""Each thing once: a passage curated twice, one person under two names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from briefgen.checks.inspection import Inspection, between, place
from briefgen.errors import Problem, Severity
from briefgen.evidence import Evidence, Fact, Person
from briefgen.folding import fold


def curated_twice(inspection: Inspection) -> Iterator[Problem]:
    """Two facts, or two quotations, are not the same words of the same sources; nor does one give a passage twice."""
    known: dict[object, list[Evidence]] = {}
    for evidence in inspection.library.all_evidence():
        passages = [(passage.source, fold(passage.exact)) for passage in evidence.passages]
        for number, passage in enumerate(passages):
            if passage in passages[:number]:
                message = "this passage stands twice in the evidence of one entry"
                where = evidence.passages[number].location
                hint = "remove one of them"
                yield Problem("curated-twice", message, where, Severity.WARNING, (hint,), evidence.id)
        if passages:
            known.setdefault(_said(evidence, frozenset(passages)), []).append(evidence)
    for same in known.values():
        if len(same) > 1:
            entries = tuple((one, one.passages[0].location, "the same passage") for one in same)
            what = "the same figure" if isinstance(same[0], Fact) and same[0].values else "nothing else"
            message = f"{_ids(same)} are taken from the same passage, and say {what}"
            hint = "keep one of them, or say what sets each apart"
            yield between("curated-twice", message, entries, Severity.WARNING, hint)


def _said(evidence: Evidence, passages: frozenset[tuple[str, str]]) -> object:
    """What makes two entries the same: the passages, and the figures taken from them."""
    if isinstance(evidence, Fact):
        figures = frozenset((value.amount, value.upper_amount, value.unit.kind) for value in evidence.values.values())
        return passages, figures, None if figures else fold(evidence.claim.casefold())
    return passages


def one_person_twice(inspection: Inspection) -> Iterator[Problem]:
    """No two people share a full name, whatever its accents, hyphens and order."""
    by_name: dict[str, list[tuple[Person, str]]] = {}
    for person in inspection.library.people.values():
        for name in _full_names(person):
            for key in {_in_any_order(name), _run_together(name)}:
                by_name.setdefault(key, []).append((person, name))
    reported: set[frozenset[str]] = set()
    for named in by_name.values():
        people = {person.id: (person, name) for person, name in reversed(named)}
        ids = frozenset(people)
        if len(people) > 1 and ids not in reported:
            reported.add(ids)
            entries = tuple((one, place(one, "name"), f"“{name}”") for one, name in reversed(people.values()))
            names = " and ".join(f"“{name}”" for _, name in reversed(people.values()))
            message = f"{_ids([entry[0] for entry in entries])} seem to be one person: {names}"
            hint = "keep one entry, with the other spelling among its `aliases`"
            yield between("person-twice", message, entries, Severity.WARNING, hint)


def _full_names(person: Person) -> Iterator[str]:
    """Names that can tell a person from others: not a lone family name, such as "Lee"."""
    for name in (person.name, person.native_name, *person.aliases):
        if name is not None and (name == person.native_name or len(_parts(name)) > 1):
            yield name


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if unicodedata.category(c) != "Mn")
    return tuple(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", plain.replace("đ", "d"))))


def _in_any_order(name: str) -> str:
    return " ".join(sorted(_parts(name)))


def _run_together(name: str) -> str:
    return "".join(_parts(name))


def _ids(entries: list[Evidence] | list[Person]) -> str:
    return " and ".join(f"`{entry.id}`" for entry in entries)
