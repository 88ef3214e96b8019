"""A made-up library for tests that fill and read templates, and the shortest way to do so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from briefgen.audiences import Audience
from briefgen.document import Document
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.evidence import (
    Fact,
    FactKind,
    Library,
    Marking,
    Passage,
    Person,
    Qualifier,
    Quantity,
    Quote,
    Source,
    Unit,
    UnitKind,
)
from briefgen.periods import Period
from briefgen.reader import read
from briefgen.templates import Filled, fill, load_template

HERE = Location(Path("seeds/made-up.yaml"), 1)
AS_OF = date(2026, 11, 21)
DOLLARS = Unit(UnitKind.CURRENCY, "USD")

HOSTILE = "* _ | < > & [ ] \\ ` {{ x }} {% y %} [^1] ::: lead\n# not a heading\n- nor this 😀 Tiếng Việt 한국어"


def fact(id: str, **fields: object) -> Fact:
    """A fact with a claim of its own id."""
    return Fact(id, f"Claim of {id}.", HERE, passages=(Passage("paper", id, HERE),), **fields)  # type: ignore[arg-type]


def billions(number: str, **fields: object) -> dict[str, Quantity]:
    return {"value": Quantity(Decimal(number), DOLLARS, exponent=9, **fields)}  # type: ignore[arg-type]


LIBRARY = Library(
    sources={
        "paper": Source("paper", "A paper", HERE, publisher="The Press", issued=Period(2025, 8, 15)),
        "closed": Source("closed", "A closed paper", HERE, marking=Marking.RED),
    },
    people={"lee": Person("lee", "Lee", HERE, role="President"), "doe": Person("doe", "Jane Doe", HERE)},
    facts={
        one.id: one
        for one in (
            fact("trade-2024", values=billions("86.7"), metric="trade", as_of=Period(2024), topics=("trade",),
                 weight=5),
            fact("trade-2025", values=billions("100"), metric="trade", as_of=Period(2025), topics=("trade",),
                 weight=2, kind=FactKind.TARGET),
            fact("trade-2030", values=billions("150"), metric="trade", as_of=Period(2030), topics=("trade",),
                 kind=FactKind.TARGET),
            fact("samsung", values=billions("23", qualifier=Qualifier.OVER), topics=("investment", "technology"),
                 weight=4, caveat="period not stated"),
            fact("growth", values={"from": Quantity(Decimal("8.3"), Unit(UnitKind.PERCENT)),
                                   "to": Quantity(Decimal("8.5"), Unit(UnitKind.PERCENT))}, topics=("growth",)),
            fact("visit", kind=FactKind.EVENT, date=Period(2025, 8, 11), topics=("politics",)),
            fact("old", topics=("politics",), expires=date(2026, 1, 1)),
            fact("secret", topics=("politics",), marking=Marking.AMBER),
        )
    },
    quotes={
        "lee-1": Quote("lee-1", HOSTILE, "lee", HERE, (Passage("paper", "x", HERE),), topics=("politics",),
                       date=Period(2025, 8, 11), occasion="a speech"),
        "doe-1": Quote("doe-1", "Well.", "doe", HERE, (Passage("paper", "y", HERE),), topics=("trade",), weight=2),
        "closed-1": Quote("closed-1", "Hush.", "doe", HERE, (Passage("closed", "z", HERE),), topics=("trade",)),
    },
)  # fmt: skip

FRONT = "title: Title\nkind: {kind}\nparams: {{country: {{default: Viet *Nam*}}, none: {{default: '1'}}}}"


def filled(folder: Path, text: str, *, audience: Audience | None = None, **options: object) -> Filled:
    """Fill a template given as text; front matter is added to a bare body.

    Raises:
        BriefgenError: the template is wrong.
    """
    if not text.startswith("---\n"):
        text = f"---\n{FRONT.format(kind='brief')}\n---\n{text}"
    path = folder / "sample.md"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    spec = load_template(path, problems)
    if spec is None:
        raise BriefgenError(problems)
    return fill(spec, LIBRARY, as_of=AS_OF, folders=(folder,), audience=audience, **options)  # type: ignore[arg-type]


def document(folder: Path, text: str, problems: list[Problem] | None = None, **options: object) -> Document:
    """Fill and read a template given as text.

    Raises:
        BriefgenError: the template is wrong.
    """
    found: list[Problem] = [] if problems is None else problems
    result = read(filled(folder, text, **options), found)  # type: ignore[arg-type]
    if result is None:
        raise BriefgenError(found)
    return result


def problems_of(folder: Path, text: str, **options: object) -> list[Problem]:
    """Everything that is wrong with a template given as text."""
    found: list[Problem] = []
    try:
        document(folder, text, found, **options)
    except BriefgenError as error:
        found = list(error.problems)
    return found


def audience(topics: Mapping[str, int], clearance: Marking = Marking.CLEAR) -> Audience:
    return Audience("readers", "readers", HERE, topics=topics, clearance=clearance)
