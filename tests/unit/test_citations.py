"""Evidence in words, marks behind their sentence, notes in the order of their use."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from briefgen.citations import cite, evidence_used
from briefgen.citations.notes import main_title, shortened
from briefgen.citations.sentences import sentence_ends, starts_sentence
from briefgen.document import (
    AuthorNoteRef,
    Block,
    BlockQuote,
    Caption,
    Chart,
    ChartKind,
    ChartPoint,
    CiteRef,
    Contents,
    DocumentKind,
    EvidenceRef,
    Facet,
    Heading,
    KeyFigure,
    KeyFigures,
    Link,
    NextStep,
    NotePlacement,
    Origin,
    Paragraph,
    PointStatus,
    Printed,
    Quiet,
    Register,
    RegisterOf,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineEntry,
    walk,
)
from briefgen.errors import BriefgenError, Location
from briefgen.evidence import Marking
from tests.cited import LIBRARY, bullets, document, inlines, mark, marks, notes, paragraph, ref, shown, table, value

FOOTNOTES = {"placement": NotePlacement.FOOTNOTES}


def cited_paragraph(*parts: object, **meta: object) -> str:
    """A document's only paragraph as cited."""
    (block,) = cite(document(paragraph(*parts), **meta), LIBRARY).blocks  # type: ignore[arg-type]
    assert isinstance(block, Paragraph)
    return shown(block.children)


# ---- where sentences end ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "One.| Two.|",
        "In the U.S. market it is No. 5.| Next|",
        "He lives in the U.S.| The rest do not.|",
        "Trade of US$86.7 billion.| More|",
        "“Yes.”| He left (in 2024.)| So|",
        "“Why?” he asked.| “Because!”|",
        "Dr. Kim and J. Lee met Mr. Park.| Then|",
        "Samsung Electronics Co. Ltd. in Seoul|",
        "It grew by 5 p.m. approx. 3 per cent.|",
        "Is it true?| No.| It is not.|",
        "무역이 늘었다.| 다음 문장.|",
        "完。|次|",
        "Wait … there is more…| Yes.|",
        "PGS. TS. Nguyễn nói.| Đúng.|",
        "No stop at all  ",
        "",
    ],
)
def test_where_a_sentence_ends(text: str) -> None:
    plain = text.replace("|", "")
    found = list(sentence_ends(plain))
    if "|" not in text and plain:
        assert found == [len(plain.rstrip())]
        return
    marked = plain
    for end in reversed(found):
        marked = marked[:end] + "|" + marked[end:]
    assert marked == text


@pytest.mark.parametrize(
    ("before", "starts"),
    [("", True), ("One. ", True), ("“", True), ("One. (", True), ("One, ", False), ("U.S. ", True),
     ("One.", False), ("Dr. ", False), ("“Yes.” ", True), ("a 5.", False)],
)  # fmt: skip
def test_where_a_sentence_starts(before: str, starts: bool) -> None:
    assert starts_sentence(before) is starts


# ---- words -----------------------------------------------------------------------------------------------


def test_a_claim_is_printed_whole_with_its_numbers() -> None:
    assert cited_paragraph(ref("trade")) == "Trade came to US$86.7 billion in 2024.[1]"


def test_a_date_in_a_claim_stays_on_one_line_and_a_quotation_is_as_it_was() -> None:
    met = replace(LIBRARY.facts["met"], claim="They met on 11 August 2025.")
    said = replace(LIBRARY.quotes["said"], text="on 11 August 2025")
    library = replace(LIBRARY, facts={"met": met}, quotes={"said": said})
    cited = cite(document(paragraph(ref("met"), " ", ref("said", Facet.TEXT), ".")), library)
    words = [node.text for node in walk(cited.blocks) if isinstance(node, Printed)]
    assert words == ["They met on 11\u00a0August\u00a02025.", "on 11 August 2025"]


def test_a_number_begins_a_sentence_with_a_capital() -> None:
    assert cited_paragraph(ref("people")) == "Over 200,000 people came. Over 200,000 stayed.[1]"
    assert cited_paragraph(value("people"), " came, so ", value("people"), " ate. ", value("people"), " slept") == (
        "Over 200,000 came, so over 200,000 ate.[1] Over 200,000 slept[1r]"
    )


def test_facets() -> None:
    parts = [ref("fund", Facet.SHORT), ", ", ref("fund", Facet.NUMBER), " ", ref("fund", Facet.UNIT), ", ",
             ref("trade", Facet.AS_OF), ", ", ref("people", Facet.QUALIFIER), ", ", ref("capital", Facet.CAVEAT),
             ", ", ref("open", Facet.SPEAKER), ", ", ref("open", Facet.ROLE), ", ", ref("open", Facet.AS_OF),
             ", ", ref("part", Facet.TEXT), ", ", ref("open", Facet.OCCASION), "."]  # fmt: skip
    assert cited_paragraph(*parts).startswith(
        "130 bn won, 130 bn won, 2024, over, currency not stated, Jane Doe, director of the port, 12 January 2026, "
        "strong incentives, not stated."
    )


def test_a_facet_that_evidence_does_not_have_is_a_problem_with_its_place() -> None:
    place = Location(Path("t.md"), 3, 7)
    blocks = (paragraph(EvidenceRef("both", Facet.VALUE, location=place), EvidenceRef("trade", Facet.SPEAKER)),)
    with pytest.raises(BriefgenError) as caught:
        cite(document(*blocks), LIBRARY)
    first, second = caught.value.problems
    assert (first.code, first.location, first.subject) == ("no-such-facet", place, "both")
    assert "`trade` has no speaker" in second.message


def test_quotations_keep_their_inner_marks() -> None:
    assert cited_paragraph(ref("open"), " So she said.") == "“We are “open”. Come in.”[1] So she said."


def test_rounding_is_told_in_the_note() -> None:
    cited = cite(document(paragraph("It is ", value("capital", 1), ".")), LIBRARY)
    assert shown(cited.blocks[0]) == "It is 93.7 billion.[1]"
    assert notes(cited)[0].endswith("93.7 billion: stated as 93.732 billion.")


def test_rounding_is_told_where_it_is_done() -> None:
    made = document(paragraph(value("capital", 1)), paragraph(value("capital")), placement=NotePlacement.FOOTNOTES)
    first, second = notes(cite(made, LIBRARY))
    assert first.endswith("stated as 93.732 billion.")
    assert second == "2 ‘From River to River’, note 1."


def test_rounding_is_told_even_if_the_mark_is_the_source_s() -> None:
    made = document(paragraph("A", mark("courier"), " of ", value("capital", 0), "."))
    assert notes(cite(made, LIBRARY))[0].endswith("94 billion: stated as 93.732 billion.")


def test_an_untitled_source_is_called_by_its_note() -> None:
    made = document(paragraph(ref("fund")), paragraph(ref("signed")), placement=NotePlacement.FOOTNOTES)
    assert notes(cite(made, LIBRARY))[1] == "2 Account of an interview, note 1."


def test_a_translation_is_used_where_there_is_one() -> None:
    cited = cite(document(paragraph(ref("people"), " ", ref("open"), " ", ref("trade")), language="vi"), LIBRARY)
    words = [node for node in walk(cited.blocks) if isinstance(node, Printed)]
    assert [(word.text.replace("\u00a0", " "), word.language) for word in words] == [
        ("Hơn 200.000 người đã đến.", None),
        ("“Chúng tôi mở cửa.”", None),
        ("Trade came to US$86.7 billion in 2024.", "en"),
    ]
    first, second = notes(cited)
    assert "Hai nguồn khác nhau." in first
    assert "nguyên văn: “We are “open”. Come in.”" in second


# ---- where marks stand -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((value("trade"), " in the U.S. said No. 5. Next."), "US$86.7 billion in the U.S. said No. 5.[1] Next."),
        (("He said (of ", value("trade"), ".) Next."), "He said (of US$86.7 billion.)[1] Next."),
        (("It offers ", ref("part"), " for all. Next."), "It offers “strong incentives” for all.[1] Next."),
        (("He saw ", ref("part"), "."), "He saw “strong incentives”.[1]"),
        ((ref("trade"), " and so on."), "Trade came to US$86.7 billion in 2024.[1] and so on."),
        (("Both ", value("trade"), " and ", value("people"), "."), "Both US$86.7 billion and over 200,000.[1]"),
        (("A ", value("fund"), ", B ", value("trade"), "."), "A 130 billion won, B US$86.7 billion.[1][2]"),
        (("Signed by KT and Viettel in ", ref("trade", Facet.AS_OF)), "Signed by KT and Viettel[1] in 2024"),
        ((value("people"),), "Over 200,000 [1]"),
        ((ref("both"), " ", ref("trade")), "Two sources say so.[1][2] Trade came to US$86.7 billion in 2024.[1r]"),
        (("A deal", mark("fund"), " of KT for ", value("fund"), "."), "A deal[1] of KT for 130 billion won."),
        ((Strong(inlines("Ask ", value("trade"), ".")), " Next."), "*Ask US$86.7 billion.*[1] Next."),
        ((Strong(inlines("Ask ", value("trade"), ". Now.")),), "*Ask US$86.7 billion.[1] Now.*"),
        (("See ", Link("x:y", inlines("A. B ", value("trade"))), ". Then."), "See A. B US$86.7 billion.[1] Then."),
    ],
)  # fmt: skip
def test_marks_in_running_text(parts: tuple[object, ...], expected: str) -> None:
    assert cited_paragraph(*parts) == expected


def test_a_cell_of_numbers_gives_its_mark_to_the_label() -> None:
    cited = cite(
        document(
            table(
                (inlines("Trade"), (ref("trade", Facet.SHORT),)),
                (inlines("AI in 2025"), inlines("since ", ref("trade", Facet.AS_OF))),
                (inlines("Fund", mark("fund")), (ref("fund", Facet.SHORT),)),
                (inlines("Open"), inlines("Says ", ref("open", Facet.SPEAKER))),
                ((ref("trade", Facet.SHORT),), ()),
                (inlines("Budget", mark("fund")), inlines(ref("fund", Facet.SHORT), " a year")),
                (inlines("Budget"), inlines(ref("fund", Facet.SHORT), " a year")),
                (inlines("Silent"), (Text("not stated", Origin.LABEL),)),
            )
        ),
        LIBRARY,
    )
    (block,) = cited.blocks
    assert isinstance(block, Table)
    assert [[shown(cell) for cell in row.cells] for row in block.rows] == [
        ["Trade[1]", "US$86.7 bn"],
        ["AI[1r] in 2025", "since 2024"],
        ["Fund[2]", "130 bn won"],
        ["Open", "Says Jane Doe[2r]"],
        ["US$86.7 bn[1r]", ""],
        ["Budget[2r]", "130 bn won a year"],
        ["Budget", "130 bn won a year[2r]"],
        ["Silent", "not stated"],
    ]
    assert isinstance(block.rows[-1].cells[1][0], Quiet)


def test_key_figures() -> None:
    def figure(id: str, label: str, digits: int | None = None) -> KeyFigure:
        return KeyFigure((value(id, digits),), inlines(label) if label else ())

    ids = [("trade", "Trade"), ("target-2030", "Target"), ("capital", "Capital"), ("fund", "Fund"), ("rise", "Rise"),
           ("dined", "Diners")]  # fmt: skip
    blocks = (KeyFigures(tuple(figure(id, label) for id, label in ids)), KeyFigures((figure("people", ""),)))
    strip, alone = cite(document(*blocks), LIBRARY).blocks
    assert isinstance(strip, KeyFigures)
    assert [(shown(f.value), shown(f.label), shown(f.period)) for f in strip.figures] == [
        ("86.7 US$ bn", "Trade[1]", "2024"),
        ("150 US$ bn", "Target[2]", "by 2030"),
        ("93.732 bn", "Capital[2r]", "30 June 2025; currency not stated"),
        ("130 bn won", "Fund[3]", "period not stated"),
        ("73%", "Rise[4]", "our calculation"),
        ("40", "Diners[3r]", "11 August 2025"),
    ]
    assert isinstance(alone, KeyFigures)
    qualifier, space, number, _ = alone.figures[0].value
    assert (qualifier, space, number) == (
        Printed("over", "people", Facet.QUALIFIER),
        Text("\u00a0", Origin.LABEL),
        Printed("200,000", "people", Facet.NUMBER),
    )
    assert len(marks(alone)) == 1


def test_a_pull_quote_has_its_mark_with_the_speaker() -> None:
    def pull(id: str) -> Block:
        return BlockQuote((Paragraph((ref(id),)),), (EvidenceRef(id, Facet.SPEAKER),))

    first, second = cite(document(pull("open"), pull("part")), LIBRARY).blocks
    assert isinstance(first, BlockQuote)
    assert isinstance(second, BlockQuote)
    assert not marks(first.blocks)
    assert shown(first.attribution) == "*Jane Doe*, director of the port[1], 12 January 2026"
    assert shown(second.attribution) == "*Kim*, according to The Gazette[2]"


def test_a_timeline_takes_its_dates_from_the_facts() -> None:
    entries = tuple(TimelineEntry((ref(id),)) for id in ("signed", "trade", "both"))
    (timeline,) = cite(document(Timeline(entries)), LIBRARY).blocks
    assert isinstance(timeline, Timeline)
    assert [shown(entry.date) for entry in timeline.entries] == ["1992", "2024", "undated"]


# ---- notes -----------------------------------------------------------------------------------------------


def test_endnotes_are_one_per_source_by_first_use() -> None:
    blocks = (paragraph(ref("fund")), bullets((ref("trade"),), (ref("capital"),)), paragraph(ref("people")))
    cited = cite(document(*blocks), LIBRARY)
    assert notes(cited) == [
        "1 Account of an interview; publisher and date not stated.",
        "2 ‘Trade grows’, The Gazette, 15 August 2025. Two sources differ.",
        "3 ‘From River to River’, publisher and date not stated; names a news agency as its source.",
    ]
    assert [note.sources for note in cited.notes] == [("radio",), ("gazette",), ("courier",)]
    assert cited.notes[1].evidence == ("trade", "people")
    assert any(isinstance(node, Link) and node.target == "https://example.org/1" for node in walk(cited.notes))


def test_a_dossier_gives_titles_in_full() -> None:
    cited = cite(document(paragraph(ref("capital")), kind=DocumentKind.DOSSIER), LIBRARY)
    assert "‘From River to River: A Long Road’" in notes(cited)[0]


def test_footnotes_are_one_per_source_and_block_in_full_once_in_a_section() -> None:
    blocks = (
        Heading(1, inlines("One"), "one"),
        paragraph(ref("trade"), " ", ref("trade")),
        bullets((ref("trade"),), (ref("people"),)),
        Heading(2, inlines("Deeper"), "deeper"),
        paragraph(ref("capital")),
        paragraph(ref("capital"), " ", ref("fund")),
        Heading(1, inlines("Two"), "two"),
        paragraph(ref("trade")),
        paragraph(ref("fund")),
    )
    cited = cite(document(*blocks, **FOOTNOTES), LIBRARY)
    assert shown(cited.blocks[1]).endswith("2024.[1] Trade came to US$86.7 billion in 2024.[1r]")
    assert notes(cited) == [
        "1 ‘Trade grows’, The Gazette, 15 August 2025.",
        "2 The Gazette, note 1. Two sources differ.",
        "3 ‘From River to River’, publisher and date not stated; names a news agency as its source.",
        "4 ‘From River to River’, note 3.",
        "5 Account of an interview; publisher and date not stated.",
        "6 ‘Trade grows’, The Gazette, 15 August 2025.",
        "7 Account of an interview; publisher and date not stated.",
    ]


@pytest.mark.parametrize("placement", NotePlacement)
def test_a_calculation_names_the_notes_of_its_inputs(placement: NotePlacement) -> None:
    cited = cite(document(paragraph(ref("trade"), " ", ref("rise")), placement=placement), LIBRARY)
    assert shown(cited.blocks[0]) == ("Trade came to US$86.7 billion in 2024.[1] Trade must rise 73%.[2][3]")
    assert notes(cited)[2] == "3 Our calculation: (150 − 86.7) ÷ 86.7, from notes 1 and 2."
    assert cited.notes[2].sources == ("courier", "gazette")
    assert set(evidence_used(cited)) == {"trade", "rise", "target-2030"}


def test_a_calculation_in_a_later_block_refers_to_the_section_s_notes() -> None:
    cited = cite(document(*(paragraph(ref(id)) for id in ("trade", "capital", "rise", "rise")), **FOOTNOTES), LIBRARY)
    assert [shown(block) for block in cited.blocks[2:]] == ["Trade must rise 73%.[3]", "Trade must rise 73%.[4]"]
    assert notes(cited)[2:] == [
        "3 Our calculation: (150 − 86.7) ÷ 86.7, from notes 1 and 2.",
        "4 Our calculation, note 3.",
    ]


def test_author_s_notes_stand_in_the_same_sequence() -> None:
    made = document(paragraph(ref("trade"), " So", AuthorNoteRef("a"), " it is", AuthorNoteRef("a"), "."))
    made = replace(made, author_notes=(("a", inlines("Mind ", value("fund"), ", and ", value("trade"))),))
    cited = cite(made, LIBRARY)
    assert shown(cited.blocks[0]).endswith("2024.[1] So[2][3] it is[3r].")
    assert notes(cited)[2] == "3 Mind 130 billion won, and US$86.7 billion. Sources: notes 1 and 2."
    assert cited.author_notes == ()


def test_a_source_can_be_cited_alone() -> None:
    cited = cite(document(paragraph("As told", mark("radio", "both"), ".")), LIBRARY)
    assert shown(cited.blocks[0]) == "As told[1][2][3]."
    assert [note.evidence for note in cited.notes] == [(), ("both",), ("both",)]


MET = "“Monday” is read as 11 August 2025."


@pytest.mark.parametrize(
    ("parts", "remarks"),
    [
        ((ref("met"),), "Where is not said."),
        (("They met on ", ref("met", Facet.AS_OF), "."), MET),
        ((ref("met"), " It was on ", ref("met", Facet.AS_OF), "."), f"Where is not said. {MET}"),
        ((ref("met", Facet.AS_OF), " and ", ref("dined", Facet.AS_OF)), MET),
        (("They met", mark("met"), "."), ""),
        ((value("dined"),), ""),
        ((ref("said"),), "A space is mended."),
        ((ref("said", Facet.SPEAKER), " spoke"), ""),
        ((ref("said", Facet.AS_OF),), "“recently” is read as August 2025."),
    ],
)
def test_a_note_says_what_matters_to_what_is_printed(parts: tuple[object, ...], remarks: str) -> None:
    (note,) = notes(cite(document(paragraph(*parts)), LIBRARY))  # type: ignore[arg-type]
    _, _, told = note.partition(". ")
    assert told == remarks


def test_dates_in_figures_say_how_they_were_established() -> None:
    strip = KeyFigures((KeyFigure((value("dined"),), inlines("Diners")),))
    drawn = chart("dined", title=("Diners",))
    labelled = replace(drawn, points=(replace(drawn.points[0], label=inlines("At the dinner")),))
    dated: list[tuple[Block, bool]] = [
        (strip, True),
        (drawn, True),
        (labelled, False),
        (Timeline((TimelineEntry((ref("dined"),)),)), True),
        (table((inlines("Dinner"), (ref("dined", Facet.AS_OF),))), True),
        (BlockQuote((Paragraph((ref("said"),)),), (EvidenceRef("said", Facet.SPEAKER),)), True),
        (Register(RegisterOf.QUOTATIONS), False),
    ]
    for block, expected in dated:
        (note,) = notes(cite(document(paragraph("So", mark("gazette", "said"), "."), block), LIBRARY))[-1:]
        assert ("read as" in note) is expected, block


def test_the_same_dating_is_told_once_in_a_section_of_footnotes() -> None:
    dates = [paragraph("On ", ref(id, Facet.AS_OF), " they came.") for id in ("met", "dined")]
    made = document(*dates, Heading(1, inlines("Two"), "two"), dates[0], **FOOTNOTES)
    assert [MET in note for note in notes(cite(made, LIBRARY))] == [True, False, True]


def test_what_is_printed_beside_a_mark_of_its_source_is_told_in_that_note() -> None:
    first, second = (
        paragraph("A", mark("signed"), " where ", ref("met", facet), ".") for facet in (Facet.AS_OF, Facet.WHOLE)
    )
    cited = cite(document(first), LIBRARY)
    assert notes(cited)[0].endswith(MET)
    assert cited.notes[0].evidence == ("signed", "met")
    assert notes(cite(document(second), LIBRARY))[0].endswith("Where is not said.")


def test_a_calculation_prints_its_inputs() -> None:
    noted = {**LIBRARY.facts, "trade": replace(LIBRARY.facts["trade"], note="the office's figure", dating="read so")}
    cited = cite(document(paragraph(ref("rise"))), replace(LIBRARY, facts=noted))
    assert notes(cited)[1].endswith("15 August 2025. The office's figure.")


def test_datings_are_translated() -> None:
    (note,) = notes(cite(document(paragraph(ref("met", Facet.AS_OF)), language="vi"), LIBRARY))
    assert note.endswith("“thứ Hai” là 11/8.")


@pytest.mark.parametrize(
    ("title", "main", "short"),
    [
        ("A: B", "A", "A"),
        ("One two three four five six seven eight nine", None, "One two three four five six …"),
        ("Trade 10:30", None, "Trade 10:30"),
        ("Strong ties grow stronger still with the new deals", None, "Strong ties grow stronger still …"),
    ],
)
def test_titles_in_short(title: str, main: str | None, short: str) -> None:
    assert main_title(title) == (main or title)
    assert shortened(title, frozenset(("with",))) == short


# ---- figures and registers -------------------------------------------------------------------------------


def chart(*ids: str, title: tuple[object, ...] = ("Trade must rise ", value("rise"))) -> Chart:
    points = tuple(ChartPoint((value(id),)) for id in ids)
    return Chart(ChartKind.BAR, inlines(*title), points, subject=inlines("Trade"))  # type: ignore[arg-type]


def test_a_chart_says_what_it_rests_on() -> None:
    (block,) = cite(document(chart("trade", "target-2025", "target-2030")), LIBRARY).blocks
    assert isinstance(block, Chart)
    assert shown(block.title) == "Trade must rise 73%"
    assert shown(block.subject) == "Trade[1][2][3], US$ billion"
    assert shown(block.source) == "Sources: notes 1 (2024) and 2 (targets). Our calculation: note 3."
    assert [(shown(p.value), shown(p.label), p.status, p.status_label) for p in block.points] == [
        ("86.7", "2024", PointStatus.OBSERVED, "observed"),
        ("100", "2025", PointStatus.TARGET, "target"),
        ("150", "2030", PointStatus.TARGET, "target"),
    ]
    assert block.points[0].amount == Decimal("86700000000")
    assert block.description.replace("\u00a0", " ") == (
        "Bar chart. Trade must rise 73%. 2024: US$86.7 billion (observed); 2025: US$100 billion (target); "
        "2030: US$150 billion (target)."
    )


def test_a_chart_of_known_sources_has_no_mark_in_endnotes() -> None:
    _, block = cite(document(paragraph(ref("trade")), chart("trade", title=("Trade",))), LIBRARY).blocks
    assert isinstance(block, Chart)
    assert not marks(block)
    assert shown(block.source) == "Source: note 1."


def test_a_chart_has_footnotes_of_its_own() -> None:
    made = document(paragraph(ref("trade")), chart("trade", title=("Trade",)), **FOOTNOTES)
    _, block = cite(made, LIBRARY).blocks
    assert isinstance(block, Chart)
    assert (shown(block.title), shown(block.subject)) == ("Trade[2]", "Trade, US$ billion")
    assert shown(block.source) == "Source: note 2."


def test_a_chart_of_different_units_prints_each_with_its_own() -> None:
    (block,) = cite(document(chart("trade", "fund", title=("Sums",))), LIBRARY).blocks
    assert isinstance(block, Chart)
    assert [shown(point.value) for point in block.points] == ["US$86.7 bn", "130 bn won"]
    assert (shown(block.title), shown(block.subject)) == ("Sums[1][2]", "Trade")


@pytest.mark.parametrize(
    ("title", "subject", "id", "expected"),
    [
        ("It grows", "", "trade", ("It grows[1]", "US$ billion")),
        ("It grows.", "Trade", "trade", ("It grows.[1]", "Trade, US$ billion")),
        ("It grew in 2024", "Trade", "trade", ("It grew in 2024", "Trade[1], US$ billion")),
        ("It grew in 2024", "Trade in 2024", "trade", ("It grew in 2024", "Trade[1] in 2024, US$ billion")),
        ("It grew in 2024", "", "trade", ("It grew in 2024", "US$ billion[1]")),
        ("It grew in 2024", "", "secret", ("It grew[1] in 2024", "")),
    ],
)
def test_a_chart_s_marks_stand_at_words(title: str, subject: str, id: str, expected: tuple[str, str]) -> None:
    drawn = replace(chart(id, title=(title,)), subject=inlines(subject) if subject else ())
    (block,) = cite(document(drawn), LIBRARY).blocks
    assert isinstance(block, Chart)
    assert (shown(block.title), shown(block.subject)) == expected


def test_registers() -> None:
    blocks = (paragraph(ref("trade"), " ", ref("open"), " ", ref("rise")), Register(RegisterOf.SOURCES),
              Register(RegisterOf.QUOTATIONS))  # fmt: skip
    _, sources, quotations = cite(document(*blocks), LIBRARY, {"gazette": "0123456789abcdef" * 4}).blocks
    assert isinstance(sources, Table)
    assert [shown(cell) for cell in sources.head.cells] == ["No.", "Title", "Publisher", "Date", "SHA-256, first 16"]
    assert [[shown(cell) for cell in row.cells] for row in sources.rows] == [
        ["S1", "Trade grows", "The Gazette", "15 August 2025", "0123456789abcdef"],
        ["S2", "Untitled; account of an interview", "not stated", "not stated", "not stated"],
        ["S3", "From River to River: A Long Road", "not stated", "not stated", "not stated"],
    ]
    assert shown(sources.remark) == "Accessed: not stated."
    assert isinstance(quotations, Table)
    assert [[shown(cell) for cell in row.cells] for row in quotations.rows] == [
        ["Q1", "“We are “open”. Come in.”", "Jane Doe, 12 January 2026", "S2"]
    ]


PASSAGE, PASSAGE_2030 = "“passage of trade”", "“passage of target-2030”"


def test_a_register_of_figures_sets_each_beside_the_words_of_its_source() -> None:
    blocks = (paragraph(ref("rise"), " ", ref("open"), " ", ref("met")), Register(RegisterOf.FIGURES))
    cited = cite(document(*blocks), LIBRARY)
    figures = cited.blocks[-1]
    assert isinstance(figures, Table)
    heads = ["No.", "Value", "Statement", "Period", "Kind", "Words of the source", "Source"]
    assert [shown(cell) for cell in figures.head.cells] == heads
    proof = "Our calculation: (150 − 86.7) ÷ 86.7"
    assert [[shown(cell) for cell in row.cells] for row in figures.rows] == [
        ["F1", "73%", "Trade must rise 73%.", "", "estimate", proof, "F2, F3"],
        ["F2", "US$150 billion", "They aim for US$150 billion by 2030.", "2030", "target", PASSAGE_2030, "S1"],
        ["F3", "US$86.7 billion", "Trade came to US$86.7 billion in 2024.", "2024", "observed", PASSAGE, "S2"],
    ]
    alone = cite(document(*blocks[:1]), LIBRARY)
    assert notes(cited) == notes(alone)  # it owes none of its own


def test_where_words_were_said_is_told_in_the_same_order_everywhere() -> None:
    pull = BlockQuote((Paragraph((ref("said"),)),), (EvidenceRef("said", Facet.SPEAKER),))
    quote, quotations = cite(document(pull, Register(RegisterOf.QUOTATIONS)), LIBRARY).blocks
    assert isinstance(quote, BlockQuote)
    assert isinstance(quotations, Table)
    assert shown(quote.attribution) == "*Kim*, August 2025, in a speech[1]"
    assert shown(quotations.rows[0].cells[2]) == "Kim, August 2025, in a speech"


def test_captions_are_numbered_in_a_dossier_only() -> None:
    captioned = replace(table((inlines("a"),)), caption=Caption(inlines("Things")))
    for kind, label in ((DocumentKind.DOSSIER, "Table\u00a02"), (DocumentKind.MEMO, None)):
        _, last = cite(document(captioned, captioned, kind=kind), LIBRARY).blocks
        assert isinstance(last, Table)
        assert last.caption is not None
        assert last.caption.label == label


# ---- the whole -------------------------------------------------------------------------------------------


def test_what_the_document_says_of_itself() -> None:
    made = document(paragraph(ref("trade"), ref("open")), audience="investors", contact="desk@example.org")
    meta = cite(made, LIBRARY).meta
    assert shown(meta.about) == (
        "As of 21 November 2026; sources reach 12 January 2026 · For investors · Contact: desk@example.org"
    )
    assert cite(document(language="vi"), LIBRARY).meta.page_label == "Trang {page}/{pages}"
    assert cite(document(kind=DocumentKind.MEMO), LIBRARY).meta.about == ()


def test_the_marking_is_the_strictest_of_template_and_evidence() -> None:
    def marking(block: Block, least: Marking) -> Marking:
        return cite(document(block, marking=least), LIBRARY).meta.marking

    assert marking(paragraph(ref("trade")), Marking.GREEN) is Marking.GREEN
    assert marking(paragraph(ref("secret")), Marking.GREEN) is Marking.AMBER
    assert marking(paragraph(mark("bulletin")), Marking.CLEAR) is Marking.AMBER
    assert marking(paragraph(ref("secret")), Marking.RED) is Marking.RED


def test_fixed_words_of_blocks() -> None:
    step, contents = cite(document(NextStep(()), Contents(), language="ko"), LIBRARY).blocks
    assert isinstance(step, NextStep)
    assert isinstance(contents, Contents)
    assert (step.label, contents.title) == ("다음 단계", "차례")


def test_every_unknown_reference_is_reported_with_its_place_and_the_nearest_ids() -> None:
    place = Location(Path("t.md"), 9, 2)
    blocks = (
        paragraph(EvidenceRef("trad", location=place)),
        paragraph(CiteRef(("gazete", "trade"), place), AuthorNoteRef("x", place)),
    )
    with pytest.raises(BriefgenError) as caught:
        cite(document(*blocks), LIBRARY)
    assert [(p.code, p.location, p.hints) for p in caught.value.problems] == [
        ("unknown-evidence", place, ("did you mean `trade`?",)),
        ("unknown-evidence", place, ("did you mean `gazette`?",)),
        ("unknown-note", place, ()),
    ]


def test_citing_does_not_change_what_it_is_given_and_repeats_itself() -> None:
    made = document(paragraph(ref("trade"), " ", ref("rise")), chart("trade", "target-2030"))
    first = cite(made, LIBRARY)
    assert cite(made, LIBRARY) == first
    fewer = cite(replace(made, blocks=made.blocks[1:]), LIBRARY)
    assert [note.number for note in fewer.notes] == [1, 2, 3]
    assert not any(isinstance(node, EvidenceRef | CiteRef | AuthorNoteRef | Register) for node in walk(first))


def test_evidence_is_used_if_printed_cited_or_calculated_with() -> None:
    cited = cite(document(paragraph(ref("rise"), mark("fund"), mark("bulletin"))), LIBRARY)
    assert sorted(evidence_used(cited)) == ["fund", "rise", "target-2030", "trade"]
