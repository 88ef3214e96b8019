"""Pages: sizes, keeps, notes at the foot, tables over pages, what Word must be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from briefgen.document import (
    Align,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Chart,
    ChartKind,
    Column,
    Contents,
    Document,
    DocumentKind,
    Heading,
    KeyFigures,
    Labelled,
    LabelledRow,
    ListItem,
    NotePlacement,
    OrderedList,
    PageBreak,
    Pair,
    Paragraph,
    Row,
    Status,
    Table,
)
from briefgen.fonts import Fonts
from briefgen.layout import RESERVE, lay_out
from briefgen.layout.furniture import RULE_DEPTH
from briefgen.layout.model import Box, Layout, Line, Page, Role, Run, Stroke
from briefgen.layout.tables import column_widths, key_shares
from briefgen.theme import Theme
from tests.pages import TRADE, brief, bullets, document, dossier, memo, meta, paragraph, table, words
from tests.sheet import default_theme

PROSE = "The ministries agreed to work on semiconductors, artificial intelligence and biotechnology. "


@pytest.fixture(scope="module")
def theme() -> Theme:
    return default_theme()


@pytest.fixture(scope="module")
def fonts(theme: Theme) -> Fonts:
    return Fonts(theme)


@pytest.fixture
def laid(theme: Theme, fonts: Fonts) -> Layouter:
    return Layouter(theme, fonts)


class Layouter:
    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self.theme, self.fonts = theme, fonts

    def __call__(self, whole: Document) -> Layout:
        return lay_out(whole, self.theme, self.theme.densities[self.theme.standard], self.fonts)

    def blocks(self, *blocks: Block, notes: tuple[str, ...] = (), kind: DocumentKind = DocumentKind.MEMO) -> Layout:
        footnotes = replace(meta(kind, pages=None), placement=NotePlacement.FOOTNOTES)
        return self(document(*blocks, notes=notes, of=footnotes))


def lines(page: Page) -> list[Line]:
    """Lines of text that belong to the document, not to the page's frame."""
    return [item for item in page.items if isinstance(item, Line) and any(run.element is not None for run in item.runs)]


def text(line: Line) -> str:
    return "".join(run.text for run in line.runs)


def texts(page: Page) -> list[str]:
    return [text(line) for line in lines(page)]


def runs(layout: Layout) -> Iterator[Run]:
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, Line):
                yield from item.runs


def long_table(rows: int) -> Table:
    return table("ll", "Number|Words", *((str(n), f"Row {n}") for n in range(rows)))


@pytest.mark.parametrize("sample", [brief, memo, dossier])
def test_the_target_pages_fit_and_stay_in_their_margins(sample: object, laid: Layouter) -> None:
    layout = laid(sample())  # type: ignore[operator]
    page = laid.theme.page
    assert layout.overflow == 0
    for run in runs(layout):
        assert run.x >= page.left - 0.01
        assert run.x + run.width <= page.width - page.right + 0.05, run.text


def test_the_brief_stands_where_the_target_page_has_it(laid: Layouter) -> None:
    """Measured on the target page, in points from the top."""
    (page,) = laid(brief()).pages
    found = {text(line).split("\u00a0")[0][:12]: line.y for line in lines(page)}
    for words_, y in (
        ("Seoul and Ha", 111.6),
        ("Korea is Vie", 161.3),
        ("Bilateral tr", 252.3),
        ("Why now", 306.0),
        ("Where the op", 465.1),
        ("Field", 478.8),
        ("“Vietnam wil", 601.2),
        ("Risks and wh", 601.2),
        ("Next step", 711.5),
    ):
        assert found[words_] == pytest.approx(y, abs=1.5), words_


def test_text_begins_below_the_top_rule_and_notes_end_at_the_foot(laid: Layouter) -> None:
    (page,) = laid(brief()).pages
    setup = laid.theme.page
    assert lines(page)[0].top == pytest.approx(setup.top + RULE_DEPTH)
    assert lines(page)[-1].bottom == pytest.approx(setup.height - setup.bottom)


def test_a_page_budget_keeps_a_reserve_and_counts_what_is_over(laid: Layouter) -> None:
    one = [paragraph(PROSE * 4)] * 40
    layout = laid(document(*one, of=meta(pages=1)))
    assert len(layout.pages) > 1
    assert layout.overflow > 10
    setup = laid.theme.page
    assert max(line.bottom for line in lines(layout.pages[0])) <= setup.height - setup.bottom - RESERVE + 0.01


def test_paragraphs_leave_two_lines_at_least_on_either_page(laid: Layouter) -> None:
    for filler in range(44, 52):
        layout = laid.blocks(
            *[paragraph("Line.")] * 20, paragraph("Five lines. " + PROSE * 5), paragraph(PROSE * filler)
        )
        for page in layout.pages[1:]:
            counts: dict[int | None, int] = {}
            for line in lines(page):
                counts[line.runs[0].element] = counts.get(line.runs[0].element, 0) + 1
            assert all(count >= 2 for count in counts.values())


def test_a_heading_stays_with_the_two_lines_after_it(laid: Layouter) -> None:
    for count in range(30, 40):
        layout = laid.blocks(*[paragraph("Line.")] * count, Heading(2, words("Heading"), "h"), paragraph(PROSE * 3))
        for page in layout.pages:
            found = texts(page)
            if "Heading" in found:
                assert len(found) - found.index("Heading") >= 3


def test_rows_stay_whole_and_heads_are_repeated(laid: Layouter) -> None:
    layout = laid.blocks(long_table(90))
    assert len(layout.pages) == 3
    for page in layout.pages:
        everything = [text(item) for item in page.items if isinstance(item, Line)]
        assert "Words" in everything
    heads = [run for run in runs(layout) if run.text == "Words"]
    assert [run.element is None for run in heads] == [False, True, True], "a repeated head is not read twice"


def test_a_row_deeper_than_a_page_is_cut_between_lines(laid: Layouter) -> None:
    layout = laid.blocks(table("ll", "a|b", ("1", PROSE * 100), ("2", "after")))
    assert len(layout.pages) >= 2
    read = " ".join(t for page in layout.pages for t in texts(page))
    assert read.count("biotechnology.") == 100
    setup = laid.theme.page
    for page in layout.pages:
        assert all(line.bottom <= setup.height - setup.bottom + 0.01 for line in lines(page))


def test_a_pair_deeper_than_a_page_is_cut_too(laid: Layouter) -> None:
    layout = laid.blocks(Pair((paragraph(PROSE * 60),), (paragraph(PROSE * 30),)))
    assert len(layout.pages) >= 2
    assert sum(t.count("biotechnology.") for page in layout.pages for t in texts(page)) == 90


def test_notes_stand_on_the_page_of_their_mark(laid: Layouter) -> None:
    blocks = [paragraph(f"Paragraph {n}. {PROSE * 3}", n) for n in range(1, 40)]
    layout = laid.blocks(*blocks, notes=tuple(f"Note {n} says {PROSE}" for n in range(1, 40)))
    assert len(layout.pages) > 2
    for page in layout.pages:
        marks = {run.text for line in lines(page) for run in line.runs if run.rise}
        notes = {t.split()[1] for t in texts(page) if t.startswith("Note ")}
        assert marks == notes


def test_a_note_longer_than_its_page_runs_on(laid: Layouter) -> None:
    layout = laid.blocks(paragraph("Marked.", 1), notes=(PROSE * 200,))
    assert len(layout.pages) > 1
    assert sum(t.count("biotechnology") for page in layout.pages for t in texts(page)) == 200
    setup = laid.theme.page
    for page in layout.pages:
        assert all(line.top >= setup.top for line in lines(page))


def test_endnotes_follow_the_text_without_a_budget_and_stand_at_the_foot_with_one(laid: Layouter) -> None:
    body, notes = (paragraph("Marked.", 1),), ("The note.",)
    free = laid(document(*body, notes=notes, of=meta(pages=None)))
    assert texts(free.pages[0])[:2] == ["Marked.1", "Notes"]
    bound = laid(document(*body, notes=notes, of=meta(pages=1)))
    assert "Notes" not in texts(bound.pages[0])
    assert lines(bound.pages[0])[-1].bottom == pytest.approx(laid.theme.page.height - laid.theme.page.bottom)


def test_every_reference_and_note_lead_to_each_other(laid: Layouter) -> None:
    for whole in (brief(), memo(), dossier()):
        layout = laid(whole)
        names = {anchor.name for anchor in layout.anchors}
        for element in layout.elements:
            if element.target:
                assert element.target in names
        for run in runs(layout):
            if run.link and run.link.startswith("#"):
                assert run.link[1:] in names


def test_parents_come_before_their_children_and_every_run_belongs_to_an_element(laid: Layouter) -> None:
    for whole in (brief(), memo(), dossier()):
        layout = laid(whole)
        for index, element in enumerate(layout.elements[1:], 1):
            assert element.parent is not None
            assert element.parent < index
        assert {run.element for run in runs(layout) if run.element is not None} <= set(range(len(layout.elements)))


def test_reading_order_of_a_pair_is_left_then_right(laid: Layouter) -> None:
    layout = laid.blocks(Pair((paragraph("left one"), paragraph("left two")), (paragraph("right"),)))
    assert texts(layout.pages[0]) == ["left one", "left two", "right"]


def test_first_baselines_of_a_pair_are_level(laid: Layouter) -> None:
    layout = laid(brief())
    ys = {text(line)[:5]: line.y for line in lines(layout.pages[0])}
    assert ys["“Viet"] == pytest.approx(ys["Risks"])
    assert layout.decisions.pair_drops[1] == (0, pytest.approx(2.5, abs=0.1))


def test_contents_print_the_pages_that_headings_are_on(laid: Layouter) -> None:
    layout = laid(dossier())
    read = [text.strip() for text in texts(layout.pages[1])]
    assert read.index("Economy and trade") + 1 == read.index("3")
    assert layout.decisions.heading_pages == (3, 3, 3, 4)
    assert [bookmark.title for bookmark in layout.bookmarks] == [
        "1 Economy and trade",
        "1.1 Trade",
        "1.2 Investment and presence",
        "A Register of sources",
    ]


def test_level_one_sections_of_a_dossier_start_a_page_and_a_break_is_not_doubled(laid: Layouter) -> None:
    one, two = Heading(1, words("One"), "one", "1"), Heading(1, words("Two"), "two", "2")
    layout = laid.blocks(one, paragraph("x"), PageBreak(), two, paragraph("y"), kind=DocumentKind.DOSSIER)
    assert len(layout.pages) == 2
    (contents,) = laid.blocks(Contents("Contents"), kind=DocumentKind.DOSSIER).pages
    assert texts(contents) == ["Contents"]


def test_labels_hang_left_of_a_dossiers_text(laid: Layouter) -> None:
    layout = laid(dossier())
    starts = {run.text.strip(): run.x for run in runs(layout)}
    page = laid.theme.page
    assert starts["1.1"] == starts["Figure 1"] == starts["S1"] == page.left
    assert starts["Trade"] == pytest.approx(page.left + page.label_column)


def test_a_drafts_header_says_so(laid: Layouter) -> None:
    layout = laid(document(paragraph("x"), of=replace(meta(), status=Status.DRAFT)))
    assert "DRAFT" in {run.text for run in runs(layout)}


def test_a_title_too_long_for_the_header_is_cut_with_an_ellipsis(laid: Layouter) -> None:
    layout = laid(document(paragraph("x"), of=meta(title="Brief: " + "a very long subject " * 20)))
    header = next(item for item in layout.pages[0].items if isinstance(item, Line))
    assert text(header).endswith("…")


@pytest.mark.parametrize("label", ["DRAFT", "DỰ THẢO", "A draft that awaits its clearance"])
def test_a_long_title_ends_before_the_word_that_it_is_a_draft(laid: Layouter, label: str) -> None:
    title = "Brief: " + "a very long subject " * 20
    of = replace(meta(title=title), status=Status.DRAFT, draft_label=label)
    page = laid(document(paragraph("x"), of=of)).pages[0]
    header, _, draft, chip, _ = [item for item in page.items if isinstance(item, Line)][:5]
    last = header.runs[-1]
    end = last.x + laid.fonts.width(last.text, laid.fonts.by_key(last.face), last.size)
    assert (text(draft), text(chip)) == (label, "TLP:CLEAR")
    assert end + 8 < draft.runs[0].x < chip.runs[0].x


def test_markings_are_black_chips_at_head_and_foot(laid: Layouter) -> None:
    for page in laid(dossier()).pages:
        chips = [item for item in page.items if isinstance(item, Box) and item.fill == "#000000"]
        assert len(chips) == 2
        assert sum(text(item) == "TLP:CLEAR" for item in page.items if isinstance(item, Line)) == 2


def test_header_and_footer_stand_on_the_markings_baseline(laid: Layouter) -> None:
    page = laid(document(paragraph("Words."))).pages[0]
    chips = [line.y for line in lines(page) if text(line).startswith("TLP")]
    others = [line.y for line in lines(page) if text(line).startswith(("Page", meta().title.split(":")[0]))]
    assert [round(y, 3) for y in sorted(others)] == [round(y, 3) for y in sorted(chips)]


def test_a_small_table_stays_whole_and_a_long_one_does_not(laid: Layouter) -> None:
    for rows, whole in ((8, True), (40, False)):
        layout = laid(document(*[paragraph("Words.")] * 30, long_table(rows)))
        assert layout.decisions.tables_whole == (whole,)
        pages = {
            number for number, page in enumerate(layout.pages) if any("row" in line.lower() for line in texts(page))
        }
        assert (len(pages) == 1) == whole


def test_rows_are_as_deep_as_a_word_processor_makes_them(laid: Layouter) -> None:
    """Text, padding and the hairline: 11.7 + 3.25 + 2.75 + 0.5."""
    layout = laid.blocks(long_table(4))
    tops = [line.top for line in lines(layout.pages[0]) if text(line).startswith("Row")]
    assert [round(b - a, 2) for a, b in pairwise(tops)] == [18.2] * 3


def test_numbers_stand_at_the_right_and_decimals_under_one_another(laid: Layouter) -> None:
    layout = laid.blocks(table("lrd", "a|b|c", ("x", "1", "86.7"), ("y", "10,238", "150"), ("z", "5", "1,000.25")))
    right: dict[str, float] = {run.text: run.x + run.width for run in runs(layout)}
    assert right["1"] == pytest.approx(right["10,238"]) == pytest.approx(right["5"])
    starts = {run.text: run.x for run in runs(layout)}
    width = laid.fonts.width
    face = laid.fonts.by_key(next(run.face for run in runs(layout) if run.text == "86.7"))
    points = {t: starts[t] + width(t.partition(".")[0], face, 9) for t in ("86.7", "150", "1,000.25")}
    assert max(points.values()) == pytest.approx(min(points.values()))


@pytest.mark.parametrize(
    ("least", "natural", "width"),
    [
        ([10, 20, 30], [40, 50, 60], 487.3),
        ([10, 20, 30], [40, 300, 600], 300),
        ([100, 200], [100, 200], 150),
        ([0], [0], 90),
    ],
)
def test_column_widths_fill_the_table(least: list[float], natural: list[float], width: float) -> None:
    widths = column_widths([Column()] * len(least), least, natural, width)
    assert sum(widths) == pytest.approx(width, abs=0.05)
    if sum(least) <= width:
        assert all(width >= word - 0.06 for width, word in zip(widths, least, strict=True))


def test_shares_of_columns_are_kept() -> None:
    widths = column_widths([Column(share=0.25), Column(Align.LEFT), Column(share=0.5)], [9, 9, 9], [90, 900, 9], 400)
    assert widths == (100, 100, 200)


def test_empty_and_ragged_things_do_no_harm(laid: Layouter) -> None:
    empty = Paragraph(())
    ragged = Table((Column(), Column()), Row((words("a"),)), (Row(()), Row((words("x"), words("y"), words("z")))))
    chart = Chart(ChartKind.COLUMN, (), ())
    layout = laid.blocks(
        empty, BulletList(()), ragged, chart, Pair((), ()), Callout(()), Labelled(()), Pair((empty,), (paragraph("r"),))
    )
    assert {"x", "y", "r"} <= {run.text for run in runs(layout)}
    assert len(laid(document()).pages) == 1


def test_a_label_deeper_than_its_text_takes_its_own_room(laid: Layouter) -> None:
    row = LabelledRow(words("A label of many words that needs several lines"), (paragraph("short"),))
    layout = laid.blocks(Labelled((row, LabelledRow(words("next"), (paragraph("text"),)))))
    found = lines(layout.pages[0])
    last_of_label = max(line.bottom for line in found if line.runs[0].element == found[0].runs[0].element)
    assert next(line.top for line in found if text(line) == "next") >= last_of_label


def test_lists_nest_and_number(laid: Layouter) -> None:
    inner = bullets(words("inner"))
    outer = OrderedList((ListItem((paragraph("first"), inner)), ListItem((paragraph("second"),))), start=9)
    layout = laid.blocks(outer)
    assert texts(layout.pages[0]) == ["9.", "first", "–", "inner", "10.", "second"]
    roles = [element.role for element in layout.elements]
    assert roles.count(Role.LIST) == 2
    assert roles.count(Role.ITEM_LABEL) == 3


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_chart_shows_every_point_apart_and_within_its_box(kind: ChartKind, laid: Layouter) -> None:
    layout = laid.blocks(Chart(kind, words("Title"), TRADE, description="Words for it"))
    (figure,) = layout.decisions.figures
    said = [run.text for item in figure.items if isinstance(item, Line) for run in item.runs]
    assert {"86.7", "100", "150", "2024", "2030", "observed", "target"} <= set(said)
    for item in figure.items:
        if isinstance(item, Line):
            assert figure.y - 0.5 <= item.top
            assert item.bottom <= figure.y + figure.height + 0.5
    dashed = [i for i in figure.items if isinstance(i, Box | Stroke) and i.dash]
    assert len(dashed) >= 2
    element = next(e for e in layout.elements if e.role is Role.FIGURE)
    assert element.description == "Words for it"
    assert element.box


def test_bars_begin_at_zero_and_are_in_proportion(laid: Layouter) -> None:
    layout = laid.blocks(Chart(ChartKind.BAR, words("Title"), TRADE))
    bars = [item for item in layout.decisions.figures[0].items if isinstance(item, Box)]
    widths = [bar.width + bar.stroke_width for bar in bars]
    assert widths[0] / widths[2] == pytest.approx(86.7 / 150, rel=0.001)


def test_bars_below_zero_go_the_other_way(laid: Layouter) -> None:
    points = (TRADE[0], replace(TRADE[1], amount=Decimal(-50)), replace(TRADE[2], amount=None))
    for kind in ChartKind:
        layout = laid.blocks(Chart(kind, words("Title"), points))
        assert all(b.width >= 0 and b.height >= 0 for b in layout.decisions.figures[0].items if isinstance(b, Box))


def test_decisions_stand_in_the_order_of_their_blocks(laid: Layouter) -> None:
    """A pair comes before the pairs inside it, and what is empty is counted."""
    quotation = BlockQuote((paragraph("“Large.”"),), words("Name"))
    inner = Pair((quotation,), (paragraph("small"),))
    layout = laid.blocks(Pair((inner,), (paragraph("x"),)), KeyFigures(()), Heading(2, (), "empty"), Contents())
    outer_drops, inner_drops = layout.decisions.pair_drops
    assert inner_drops[1] > 2
    assert outer_drops[1] == pytest.approx(0, abs=3)
    assert layout.decisions.key_widths == ((),)
    assert layout.decisions.heading_pages == (1,)


def test_the_same_document_gives_the_same_layout(laid: Layouter) -> None:
    assert laid(brief()) == laid(brief())


def test_key_figures_share_the_strip_equally_until_one_needs_more() -> None:
    assert key_shares([40, 60, 50], 300) == [100, 100, 100]
    assert key_shares([40, 140, 50], 300) == [80, 140, 80]
    assert key_shares([40, 140, 90], 300) == [70, 140, 90]
    assert key_shares([200, 100], 150) == [100, 50]
