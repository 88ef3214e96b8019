"""Finished documents to write, and one with a block of every kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from briefgen.document import (
    Address,
    AddressLine,
    Align,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Caption,
    Chart,
    ChartKind,
    ChartPoint,
    Code,
    Column,
    Document,
    DocumentKind,
    Emphasis,
    Facet,
    Heading,
    Image,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    LabelledRow,
    Lead,
    LineBreak,
    Link,
    ListItem,
    Meta,
    NextStep,
    Note,
    NoteMark,
    NotePlacement,
    OrderedList,
    PageBreak,
    Pair,
    PointStatus,
    Printed,
    Quiet,
    Row,
    Rule,
    Status,
    Strong,
    Table,
    Timeline,
    TimelineEntry,
)
from briefgen.evidence import Marking
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import Theme
from briefgen.writers import Finished
from tests.pages import paragraph as text
from tests.pages import words

REPOSITORY = Path(__file__).resolve().parents[1]
HOSTILE = "a*b _c_ | <d> & \"e\" 'f' [g] \\ `h` {{ i }} [^1] ]]> &amp; Tiếng Việt ế ợ 한국어 대한민국 x\u2011y"


def document(
    *blocks: Block,
    kind: DocumentKind = DocumentKind.BRIEF,
    notes: int = 0,
    pages: int | None = None,
    placement: NotePlacement = NotePlacement.ENDNOTES,
    status: Status = Status.FINAL,
    marking: Marking = Marking.CLEAR,
    about: Inlines = (),
    footer: Inlines = (),
) -> Document:
    meta = Meta(
        "Test brief: Viet Nam–Korea",
        kind,
        "en",
        date(2026, 11, 21),
        marking,
        status,
        placement,
        pages,
        about=about,
        footer=footer,
    )
    return Document(meta, blocks, tuple(Note(n, words(f"Source {n}, 2025.")) for n in range(1, notes + 1)))


def finished(theme: Theme, made: Document) -> Finished:
    fonts = Fonts(theme)
    return Finished(made, lay_out(made, theme, theme.densities[theme.standard], fonts), theme, fonts, b"{}")


def every_kind(picture: str) -> tuple[Block, ...]:
    """One block of every kind, with every inline."""
    point = ChartPoint(words("86.7"), words("2024"), Decimal("86.7"), None, PointStatus.OBSERVED, "observed")
    target = ChartPoint(words("150"), words("2030"), Decimal(150), None, PointStatus.TARGET, "target")
    table = Table(
        (Column(), Column(Align.DECIMAL), Column(Align.CENTRE)),
        Row((words("Field"), words("Size"), words("When"))),
        (
            Row((words("Trade", NoteMark(3, True)), words("86.7"), ())),
            Row((words("Visitors"), words("4,600.25"), (Quiet(words("not stated")),))),
        ),
        Caption(words("What is known"), "Table 1"),
        remark=words("Nothing else is stated."),
    )
    nested = BulletList((ListItem((text("nested"),)),))
    return (
        Address((AddressLine(words("To"), words("The minister")), AddressLine(words("Date"), words("Today")))),
        Heading(1, words("A headline that makes a claim and is long enough to need two lines"), "top"),
        Lead((text("The bottom line.", NoteMark(1, True), NoteMark(2, True), " ", Strong(words("The ask."))),)),
        KeyFigures(
            (
                KeyFigure(words(Printed("86.7", "t", Facet.NUMBER)), words("Trade", NoteMark(1, False)), words("2024")),
                KeyFigure(words(Printed("over", "s", Facet.QUALIFIER), Printed("23", "s", Facet.NUMBER)), words("Two")),
            )
        ),
        Pair(
            (Heading(2, words("Why now"), "why"), BulletList((ListItem((text("One"),)), ListItem((text("Two"),))))),
            (Chart(ChartKind.BAR, words("Trade must rise"), (point, target), description="A chart: 86.7 and 150"),),
        ),
        table,
        BlockQuote((text("“We hope.”"),), words(Strong(words("To Lam")), ", 2025", NoteMark(1, False))),
        BlockQuote((text("A plain quotation."),)),
        OrderedList((ListItem((text("First"), nested)), ListItem((text("Second"),))), start=4),
        OrderedList((ListItem((text("Anew"),)),)),
        Timeline((TimelineEntry(words("Ties established."), words("1992")),)),
        Labelled(
            (
                LabelledRow(words("Issue"), (text("Words"), text("more"))),
                LabelledRow(words("A label much too long for its column"), (text("Words"),)),
                LabelledRow(words("List"), (BulletList((ListItem((text("in a row"),)),)),)),
            ),
            decision=True,
        ),
        Callout((text("What we don't know."),), words("Gaps")),
        Rule(),
        text(
            Emphasis(words("slanted ", Strong(words("both")))),
            Code("x = 1"),
            LineBreak(),
            Link("https://example.org/?a=1&b=2", words("a link")),
            Link("#why", words("inside")),
            Printed("대한민국", "k", Facet.WHOLE, "ko"),
        ),
        Image(picture, "A blue field", Caption(words("A field"))),
        PageBreak(),
        NextStep((text("Reply by Friday."),), label="Next step"),
    )
