"""Cited documents for the tests of layout: the target pages by hand, and small pieces to build others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from briefgen.document import (
    Address,
    AddressLine,
    Align,
    Block,
    BlockQuote,
    BulletList,
    Caption,
    Chart,
    ChartKind,
    ChartPoint,
    Column,
    Contents,
    Cover,
    Document,
    DocumentKind,
    Facet,
    Heading,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    LabelledRow,
    Lead,
    ListItem,
    Meta,
    NextStep,
    Note,
    NoteMark,
    NotePlacement,
    Pair,
    Paragraph,
    PointStatus,
    Printed,
    Quiet,
    Row,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineEntry,
)
from briefgen.evidence import Marking
from briefgen.periods import Period


def words(*parts: str | int | Inline) -> Inlines:
    """Inlines from a shorthand: `*semibold*`, `~not stated~`, plain text, and numbers for note marks."""
    inlines: list[Inline] = []
    for part in parts:
        if isinstance(part, int):
            inlines.append(NoteMark(abs(part), first=part > 0))
        elif not isinstance(part, str):
            inlines.append(part)
        elif part.startswith("*"):
            inlines.append(Strong((Text(part.strip("*")),)))
        elif part.startswith("~"):
            inlines.append(Quiet((Text(part.strip("~")),)))
        else:
            inlines.append(Text(part))
    return tuple(inlines)


def paragraph(*parts: str | int | Inline) -> Paragraph:
    return Paragraph(words(*parts))


def bullets(*items: Inlines) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(item),)) for item in items))


def table(columns: str, head: str, *rows: tuple[str | Inlines, ...], caption: Caption | None = None) -> Table:
    """`columns` has a letter a column (l, r, c, d); `head` is parted by `|`."""
    align = {"l": Align.LEFT, "r": Align.RIGHT, "c": Align.CENTRE, "d": Align.DECIMAL}
    return Table(
        tuple(Column(align[letter]) for letter in columns),
        Row(tuple(words(cell) for cell in head.split("|"))),
        tuple(Row(tuple(words(cell) if isinstance(cell, str) else cell for cell in row)) for row in rows),
        caption=caption,
    )


def meta(kind: DocumentKind = DocumentKind.BRIEF, pages: int | None = 1, title: str = "Test: subject") -> Meta:
    return Meta(title, kind, "en", date(2026, 11, 21), Marking.CLEAR, pages=pages)


def document(*blocks: Block, notes: tuple[str, ...] = (), of: Meta | None = None) -> Document:
    numbered = tuple(Note(number, words(text)) for number, text in enumerate(notes, 1))
    return Document(of or meta(), blocks, numbered)


def _figure(value: str, unit: str, label: str, mark: int, period: str, qualifier: str = "") -> KeyFigure:
    pieces: list[Inline] = []
    if qualifier:
        pieces += [Printed(qualifier, "x", Facet.QUALIFIER), Text(" ")]
    pieces.append(Printed(value, "x", Facet.NUMBER))
    if unit:
        pieces += [Text(" "), Printed(unit, "x", Facet.UNIT)]
    return KeyFigure(tuple(pieces), words(label, mark), words(period))


def _point(amount: str, label: str, status: PointStatus, year: int) -> ChartPoint:
    return ChartPoint(words(amount), words(label), Decimal(amount), Period(year), status, str(status))


TRADE = (
    _point("86.7", "2024", PointStatus.OBSERVED, 2024),
    _point("100", "2025", PointStatus.TARGET, 2025),
    _point("150", "2030", PointStatus.TARGET, 2030),
)


def brief() -> Document:
    """The investor brief of the target pages."""
    about = "As of 21 November 2026; sources reach 12 January 2026 · Contact: desk@example.org"
    chart = Chart(
        ChartKind.BAR,
        words("Trade must rise 73% to reach the 2030 target"),
        TRADE,
        remark=words("The 2025 result is not in our sources."),
        subject=words("Viet Nam–Korea trade, US$ billion"),
        source=words("Sources: notes 1 (2024) and 2 (targets). Rise from 2024: our calculation."),
        description="Trade in US$ billion: 86.7 in 2024, targets of 100 by 2025 and 150 by 2030.",
    )
    ns = words("~not stated~")
    return Document(
        Meta(
            "Investor brief: Viet Nam–Korea",
            DocumentKind.BRIEF,
            "en",
            date(2026, 11, 21),
            Marking.CLEAR,
            pages=1,
            about=words(about),
            footer=words("The ask, the next step and the 73% are the desk’s; all else is sourced."),
        ),
        (
            Heading(1, words("Seoul and Ha Noi want Korean capital in semiconductors and AI"), "top"),
            Lead(
                (
                    paragraph(
                        "Korea is Viet Nam’s largest source of foreign direct investment.",
                        1,
                        " At the August 2025 state visit both sides stressed a shift from broad-based investment to "
                        "high-value projects, from electronics and semiconductors to AI and green energy.",
                        2,
                        " ",
                        "*We ask each fund to name one project in these fields by 18 December 2026.*",
                    ),
                )
            ),
            KeyFigures(
                (
                    _figure("86.7", "US$ bn", "Bilateral trade", -1, "2024"),
                    _figure("150", "US$ bn", "Trade target", -2, "by 2030"),
                    _figure("10,238", "", "Korean FDI projects", -2, "first half of 2025"),
                    _figure("93.7", "bn", "Registered capital", -2, "end June 2025; currency not stated"),
                    _figure("23", "US$ bn", "Invested by Samsung", -1, "period not stated", "over"),
                )
            ),
            Pair(
                (
                    Heading(2, words("Why now"), "why"),
                    bullets(
                        words(
                            "*A new frame.*",
                            " The science ministries signed a memorandum on 11 August 2025.",
                            3,
                            " The visit produced 50 cooperation documents.",
                            -2,
                        ),
                        words(
                            "*Rules in revision.*",
                            " Viet Nam is revising its laws on high technology and technology transfer, with “strong "
                            "incentive policies” for foreign investors.",
                            -3,
                        ),
                        words(
                            "*Growth in view.*",
                            " Viet Nam aimed for growth of 8.3% to 8.5% in the year of the visit, and for "
                            "double digits "
                            "from 2026 onwards.",
                            -1,
                        ),
                    ),
                ),
                (chart,),
            ),
            Heading(2, words("Where the openings are"), "openings"),
            table(
                "llr",
                "Field|What the sources name|Size stated",
                (
                    "Artificial intelligence",
                    words("Strategic partnership", 4, " of KT and Viettel, 2025"),
                    "130 bn won",
                ),
                (
                    "Science and innovation",
                    words("Budget for these areas raised, base not stated; expected to keep growing", -3),
                    "1% to 3% a year",
                ),
                ("AI data centres", words("LG CNS–VNPT memorandum to build them in Viet Nam", -4), ns),
                ("Semiconductors", words("Top priority, with advanced materials and biotechnology (To Lam)", 5), ns),
                (
                    "Nuclear energy, fast rail",
                    words("Leaders seek deeper cooperation, in critical minerals too", -1),
                    ns,
                ),
            ),
            Pair(
                (
                    BlockQuote(
                        (
                            paragraph(
                                "“Vietnam will not only be a manufacturing base but also has the potential to become a "
                                "nation of innovation and creativity.”"
                            ),
                        ),
                        words(
                            "*Choi Young-sam*",
                            ", South Korean Ambassador to Vietnam, 12 January 2026, according to VnExpress",
                            -4,
                        ),
                    ),
                ),
                (
                    Heading(2, words("Risks and what mitigates them"), "risks"),
                    bullets(
                        words(
                            "*Assembly, not innovation,*",
                            " is still the main role, some experts observe. The Ambassador proposes joint R&D and "
                            "research centres.",
                            -4,
                        ),
                        words(
                            "*High standards*",
                            " for entry to the Korean market: prepare thoroughly and with local partners.",
                            -4,
                        ),
                    ),
                ),
            ),
            NextStep(
                (
                    paragraph(
                        "Funds: one project each to the desk by 18 December 2026. Desk: checked list to all by "
                        "15 January "
                        "2027."
                    ),
                ),
                "Next step",
            ),
        ),
        (
            Note(
                1,
                words(
                    "‘Vietnam South Korea Partnership Strengthens with New Deals in Energy, Rail, and Tech’, "
                    "undated; names "
                    "Nikkei Asia as its source. Its 2024 trade figure is from President Lee’s office, which "
                    "gives no year "
                    "for US$150 bn."
                ),
            ),
            Note(
                2,
                words(
                    "‘From Red River to Han River’, publisher and date not stated. Capital is stated as 93.732 billion."
                ),
            ),
            Note(3, words("‘Vietnam and South Korea strengthen ties with new sci-tech pact’, 13 August 2025.")),
            Note(4, words("Account of an interview given to VnExpress; opens on 12 January 2026.")),
            Note(5, words("‘New pillars and highlights of Viet Nam–RoK cooperation’, NDO, 15 August 2025.")),
        ),
    )


def memo() -> Document:
    """The first page of the memo of the target pages."""
    ns = words("~not stated~")

    def row(label: str, *parts: str | int | Inline) -> LabelledRow:
        return LabelledRow(words(label), (paragraph(*parts),))

    def event(when: str, *parts: str | int | Inline) -> TimelineEntry:
        return TimelineEntry(words(*parts), words(when))

    return Document(
        Meta(
            "Memorandum: Science and technology cooperation",
            DocumentKind.MEMO,
            "en",
            date(2026, 11, 21),
            Marking.CLEAR,
            pages=2,
        ),
        (
            Address(
                (
                    AddressLine(words("To"), words("Minister’s Office")),
                    AddressLine(words("From"), words("Viet Nam–Korea desk, desk@example.org")),
                    AddressLine(words("Date"), words("21 November 2026")),
                    AddressLine(words("Ref"), words("VK-ST 2026/01")),
                )
            ),
            Heading(1, words("Viet Nam–Korea science and technology: from a signed frame to funded projects"), "top"),
            Labelled(
                (
                    row(
                        "Issue",
                        "The two science ministries signed a memorandum on 11 August 2025.",
                        1,
                        " The accounts we hold give it no budget, projects or dates.",
                    ),
                    row(
                        "Decision sought",
                        "*Agree to propose one jointly funded project in semiconductors and one in AI.*",
                    ),
                    row("Timing", "By 18 December 2026. No source sets a deadline."),
                ),
                decision=True,
            ),
            Heading(2, words("State of play"), "state"),
            Table(
                tuple(Column() for _ in range(6)),
                Row(
                    tuple(words(t) for t in ["Field", "Viet Nam lead", "Korea lead", "Instrument", "Funding", "Status"])
                ),
                tuple(
                    Row(cells)
                    for cells in (
                        (
                            words("Science frame"),
                            words("MoST"),
                            words("MSIT"),
                            words("Memorandum", -1, " of 11 August 2025"),
                            ns,
                            words("Signed"),
                        ),
                        (
                            words("AI"),
                            words("Viettel"),
                            words("KT"),
                            words("Strategic partnership", 2, " of 2025"),
                            words("130 bn won"),
                            words("Established"),
                        ),
                        (
                            words("Digital government"),
                            ns,
                            ns,
                            words("Hope voiced by Minister Hung", -1),
                            ns,
                            words("Stated aim"),
                        ),
                        (
                            words("Research centres"),
                            ns,
                            words("Samsung, LG"),
                            words("Centres in Viet Nam", -2),
                            ns,
                            words("“Recent”, undated"),
                        ),
                    )
                ),
                remark=words("No source states a next milestone. MoST: Ministry of Science and Technology."),
            ),
            Heading(2, words("Background"), "background"),
            Timeline(
                (
                    event("1992", "Diplomatic ties established.", -2),
                    event("December 2022", "Ties raised to Comprehensive Strategic Partners.", -2),
                    event(
                        "11 August 2025",
                        "MoST and MSIT sign; General Secretary To Lam and President Lee Jae Myung are the witnesses.",
                        -1,
                    ),
                )
            ),
            Heading(2, words("Considerations"), "considerations"),
            Labelled(
                (
                    row(
                        "Viet Nam",
                        "Seeks transfer of technology through research, training and development centres at home.",
                        -1,
                        " Aims for science, innovation and digital transformation to give at least 50% of GDP growth.",
                        -1,
                    ),
                    row("Research security", "Not addressed, beyond cybersecurity as a field for cooperation.", -1),
                )
            ),
        ),
        (
            Note(1, words("‘Vietnam and South Korea strengthen ties with new sci-tech pact’, publisher not stated.")),
            Note(2, words("Account of an interview given to VnExpress; opens on 12 January 2026.")),
        ),
    )


def dossier() -> Document:
    """A short dossier: cover, contents, a section with chart and table, an annex."""
    chart = Chart(
        ChartKind.COLUMN,
        words("The 2030 target is 73% above trade in 2024"),
        TRADE,
        subject=words("Viet Nam–Korea trade, US$ billion"),
        source=words("Sources: notes 1 and 2. Growth: note 3."),
        label="Figure 1",
    )
    return Document(
        Meta(
            "Partnership dossier: Viet Nam and Korea",
            DocumentKind.DOSSIER,
            "en",
            date(2026, 11, 21),
            Marking.CLEAR,
            placement=NotePlacement.FOOTNOTES,
            footer=words("First edition, 21 November 2026"),
            page_label="{page}",
        ),
        (
            Cover(
                words("Viet Nam and Korea"),
                words("Partnership dossier"),
                words("What five published accounts state about the partnership, and what they leave open"),
                (
                    AddressLine(words("Edition"), words("First edition, 21 November 2026")),
                    AddressLine(words("Valid until"), words("21 February 2027, or the next edition")),
                    AddressLine(words("Contact"), words("Viet Nam–Korea desk, desk@example.org")),
                ),
            ),
            Contents("Contents"),
            Heading(1, words("Economy and trade"), "economy", "1"),
            Heading(2, words("Trade"), "trade", "1.1"),
            paragraph(
                "The Republic of Korea is Viet Nam’s third-largest trading partner. Trade came to US$86.7 "
                "billion in 2024, "
                "according to President Lee’s office.",
                1,
                " One account of the August 2025 visit gives two targets: US$100 billion by 2025 and US$150 "
                "billion by 2030.",
                2,
                " President Lee’s office gives the second figure too, but no year.",
                -1,
            ),
            paragraph(
                "From the 2024 level, the 2030 target is a rise of 73%, or about 9.6% a year over six years.",
                3,
                " Whether the 2025 target was met is not in the sources.",
            ),
            chart,
            Heading(2, words("Investment and presence"), "investment", "1.2"),
            paragraph(
                "Korea is the largest source of foreign direct investment in Viet Nam, and Samsung the biggest foreign "
                "investor; around half of its phones are made there.",
                -1,
                " The counts below are not one series: projects, companies and capital differ.",
            ),
            table(
                "lrll",
                "Measure|Figure|Unit|Period",
                (words("Korean FDI projects", -2), "10,238", "projects", "first half of 2025"),
                (words("Korean companies with operations", -1), "more than 10,000", "companies", words("~not stated~")),
                (words("Registered capital", -2), "93.732", "bn, no currency", "end June 2025"),
                (words("Invested by Samsung", -1), "more than 23", "US$ bn", words("~not stated~")),
                caption=Caption(words("Investment and presence, as each source states them"), "Table 1"),
            ),
            Heading(1, words("Register of sources"), "sources", "A"),
            paragraph("What each article states of itself, and no more; the hash identifies the text as it was read."),
            table(
                "lllll",
                "No.|Title|Publisher|Date|SHA-256, first 16",
                (
                    "S1",
                    "Vietnam and South Korea strengthen ties with new sci-tech pact",
                    words("~not stated~"),
                    "13 August 2025",
                    "6c794def01b7c0cc",
                ),
                (
                    "S2",
                    "From Red River to Han River: Elevating Vietnam-RoK Strategic Partnership Through "
                    "Investment and Innovation",
                    words("~not stated~"),
                    words("~not stated~"),
                    "e474d7c1f442cd0b",
                ),
                (
                    "S4",
                    "Vietnam South Korea Partnership Strengthens with New Deals in Energy, Rail, and Tech",
                    "Nikkei Asia, named as its source",
                    words("~not stated~"),
                    "b3c7fcfd942c89e3",
                ),
            ),
        ),
        (
            Note(1, words("S4, which names Nikkei Asia as its source; undated.")),
            Note(2, words("S2; publisher and date not stated.")),
            Note(3, words("Our calculation: 150 ÷ 86.7 = 1.730; the sixth root is 1.096.")),
        ),
    )
