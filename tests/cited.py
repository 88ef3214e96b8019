"""A made-up library in code, and documents of it, for what works on a Document that the reader has made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from briefgen.document import (
    Block,
    BulletList,
    CiteRef,
    Column,
    CrossReference,
    Document,
    DocumentKind,
    EvidenceRef,
    Facet,
    Inline,
    Inlines,
    ListItem,
    Meta,
    NoteMark,
    Paragraph,
    Printed,
    Row,
    Strong,
    Table,
    Text,
    walk,
)
from briefgen.errors import Location
from briefgen.evidence import (
    Derivation,
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

HERE = Location(Path("library.yaml"), 1, 1)
USD, KRW = Unit(UnitKind.CURRENCY, "USD"), Unit(UnitKind.CURRENCY, "KRW")
PERCENT, COUNT = Unit(UnitKind.PERCENT), Unit(UnitKind.COUNT, "people")
_150, _87 = Quantity(Decimal(150), USD, exponent=9), Quantity(Decimal("86.7"), USD, exponent=9)

SOURCES = (
    Source(
        "gazette", "Trade grows", HERE, publisher="The Gazette", issued=Period(2025, 8, 15), url="https://example.org/1"
    ),
    Source("courier", "From River to River: A Long Road", HERE, note="names a news agency as its source"),
    Source("radio", None, HERE, note="account of an interview"),
    Source("bulletin", "Secret figures", HERE, issued=Period(2025), marking=Marking.AMBER, note="Not for publication."),
)


def fact(id: str, claim: str, sources: str, value: Quantity | None = None, **rest: Any) -> Fact:
    passages = tuple(Passage(source, f"passage of {id}", HERE) for source in sources.split())
    return Fact(id, claim, HERE, values={"value": value} if value else {}, passages=passages, **rest)


FACTS = (
    fact("trade", "Trade came to {value} in 2024.", "gazette", _87, as_of=Period(2024)),
    fact("target-2025", "They aim for {value}.", "courier", Quantity(Decimal(100), USD, exponent=9),
         as_of=Period(2025), kind=FactKind.TARGET),
    fact("target-2030", "They aim for {value} by 2030.", "courier", _150, as_of=Period(2030), kind=FactKind.TARGET),
    fact("people", "{value} people came. {value} stayed.", "gazette",
         Quantity(Decimal(200000), COUNT, qualifier=Qualifier.OVER), as_of=Period(2025, 8), note="two sources differ",
         translations={"vi": "{value} người đã đến."}, note_translations={"vi": "hai nguồn khác nhau"}),
    fact("capital", "Capital is {value}.", "courier", Quantity(Decimal("93.732"), COUNT, exponent=9),
         as_of=Period(2025, 6, 30), caveat="currency not stated"),
    fact("fund", "The fund holds {value}.", "radio", Quantity(Decimal(130), KRW, exponent=9)),
    fact("both", "Two sources say so.", "gazette courier"),
    fact("signed", "Ties began.", "radio", kind=FactKind.EVENT, date=Period(1992)),
    fact("met", "They met.", "radio", kind=FactKind.EVENT, date=Period(2025, 8, 11), note="where is not said",
         dating="“Monday” is read as 11 August 2025", dating_translations={"vi": "“thứ Hai” là 11/8"}),
    fact("dined", "{value} people dined.", "radio", Quantity(Decimal(40), COUNT), kind=FactKind.EVENT,
         date=Period(2025, 8, 11), dating="“Monday” is read as 11 August 2025"),
    fact("secret", "It is {value}.", "bulletin", Quantity(Decimal(5), PERCENT)),
    Fact("rise", "Trade must rise {value}.", HERE, kind=FactKind.ESTIMATE,
         values={"value": Quantity(Decimal(73), PERCENT)},
         derivation=Derivation("(target - base) / base", {"target": "target-2030", "base": "trade"}, "percent", 0,
                               ("(", _150, " − ", _87, ") ÷ ", _87))),
)  # fmt: skip

QUOTES = (
    Quote("open", "We are “open”. Come in.", "jane", HERE, passages=(Passage("radio", "We are", HERE),),
          date=Period(2026, 1, 12), translations={"vi": "Chúng tôi mở cửa."}),
    Quote("part", "strong incentives", "kim", HERE, passages=(Passage("gazette", "strong incentives", HERE),)),
    Quote("said", "at last", "kim", HERE, passages=(Passage("gazette", "at last", HERE),), date=Period(2025, 8),
          occasion="in a speech", note="a space is mended", dating="“recently” is read as August 2025"),
)  # fmt: skip

PEOPLE = (Person("jane", "Jane Doe", HERE, role="director of the port"), Person("kim", "Kim", HERE))

LIBRARY = Library(
    {source.id: source for source in SOURCES},
    {person.id: person for person in PEOPLE},
    {one.id: one for one in FACTS},
    {quote.id: quote for quote in QUOTES},
)


def inlines(*parts: str | Inline) -> Inlines:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(inlines(*parts))


def bullets(*items: Inlines) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(item),)) for item in items))


def table(*rows: tuple[Inlines, ...]) -> Table:
    width = len(rows[0])
    return Table((Column(),) * width, Row(((),) * width), tuple(Row(row) for row in rows))


def ref(id: str, facet: Facet = Facet.WHOLE, digits: int | None = None) -> EvidenceRef:
    return EvidenceRef(id, facet, digits=digits)


def value(id: str, digits: int | None = None) -> EvidenceRef:
    return EvidenceRef(id, Facet.VALUE, digits=digits)


def mark(*ids: str) -> CiteRef:
    return CiteRef(ids)


def document(*blocks: Block, **meta: Any) -> Document:
    fields: dict[str, Any] = {
        "title": "Trade: a brief",
        "kind": DocumentKind.BRIEF,
        "language": "en",
        "as_of": date(2026, 11, 21),
        "marking": Marking.CLEAR,
    }
    return Document(Meta(**fields | meta), blocks)


def shown(node: object) -> str:
    """Words with each mark as `[1]`, or `[1r]` where it repeats, strong words between stars, and plain spaces."""
    match node:
        case tuple():
            return "".join(shown(child) for child in node)
        case Text(text) | Printed(text):
            return text.replace("\u00a0", " ")
        case CrossReference():
            return node.text.replace("\u00a0", " ")
        case NoteMark(number, first):
            return f"[{number}]" if first else f"[{number}r]"
        case Strong(children):
            return f"*{shown(children)}*"
        case _:
            children = getattr(node, "children", None)
            assert children is not None, node
            return shown(children)


def notes(document: Document) -> list[str]:
    return [f"{note.number} {shown(note.children)}" for note in document.notes]


def marks(node: object) -> list[NoteMark]:
    return [found for found in walk(node) if isinstance(found, NoteMark)]
