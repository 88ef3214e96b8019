"""Whatever the words: all are on the pages once, in reading order, inside the measure, and none over another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.document import (
    Address,
    AddressLine,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Document,
    DocumentKind,
    Heading,
    Inlines,
    Labelled,
    LabelledRow,
    Lead,
    ListItem,
    NextStep,
    OrderedList,
    Pair,
    Paragraph,
    Strong,
    Text,
    Timeline,
    TimelineEntry,
    plain,
)
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.layout.lines import Advances
from briefgen.layout.model import Layout, Line
from tests.pages import document, meta, table
from tests.sheet import default_theme

THEME = default_theme()
FONTS = Fonts(THEME)
ADVANCES = Advances(FONTS)

WORD = st.text("abcdefgXYZđêữ한국0123-–/.,“”", min_size=1, max_size=9) | st.sampled_from(["w" * 150, "trade", "Việt"])
INLINES = st.lists(st.tuples(WORD, st.booleans()), min_size=1, max_size=25).map(
    lambda parts: tuple(
        Strong((Text(word + " "),)) if strong and index % 3 == 0 else Text(word + " ")
        for index, (word, strong) in enumerate(parts)
    )
)
PARAGRAPH = INLINES.map(Paragraph)
LABEL = WORD.map(lambda word: (Text(word[:20]),))


def _texts(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(blocks, min_size=1, max_size=3).map(tuple)


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    rows = st.lists(st.tuples(LABEL, _texts(inner)), min_size=1, max_size=3)
    items = st.lists(_texts(inner).map(lambda blocks: ListItem(blocks)), min_size=1, max_size=4).map(tuple)
    return st.one_of(
        items.map(BulletList),
        items.map(OrderedList),
        _texts(inner).map(BlockQuote),
        _texts(inner).map(Callout),
        st.builds(Pair, _texts(inner), _texts(inner)),
        rows.map(lambda pairs: Labelled(tuple(LabelledRow(label, blocks) for label, blocks in pairs))),
    )


TABLE = st.lists(st.tuples(INLINES, INLINES, INLINES), min_size=1, max_size=12).map(
    lambda rows: table("lrd", "One|Two|Three", *rows)
)
FLAT: st.SearchStrategy[Block] = st.one_of(
    PARAGRAPH,
    PARAGRAPH.map(lambda p: Lead((p,))),
    PARAGRAPH.map(lambda p: NextStep((p,), "Next")),
    INLINES.map(lambda words: Address((AddressLine((Text("To"),), words),))),
    st.builds(lambda words: Timeline((TimelineEntry(words, (Text("2025"),)),)), INLINES),
    TABLE,
)
BLOCKS = st.lists(FLAT | _containers(st.recursive(PARAGRAPH, _containers, max_leaves=4)), min_size=1, max_size=8)


def _headed(blocks: Sequence[Block]) -> list[Block]:
    headed: list[Block] = []
    for index, block in enumerate(blocks):
        if index % 3 == 1:
            headed.append(Heading(2, (Text(f"Heading {index}"),), f"h{index}"))
        headed.append(block)
    return headed


def _words_of(node: object) -> str:
    """All words of blocks in reading order, without white space; labels of lists are the layout's own."""
    match node:
        case Text() | Strong():
            return plain((node,))
        case tuple():
            return "".join(map(_words_of, node))
        case NextStep(blocks, label):
            return label + _words_of(blocks)
        case TimelineEntry(children, date):
            return _words_of(date) + _words_of(children)
        case _ if hasattr(node, "__dataclass_fields__"):
            return "".join(
                _words_of(value)
                for name in node.__dataclass_fields__
                if isinstance(value := getattr(node, name), tuple) or hasattr(value, "__dataclass_fields__")
            )
        case _:
            return ""


def _bare(text: str) -> str:
    return "".join(text.split()).replace("\u00a0", "")


def _lay(blocks: Sequence[Block], kind: DocumentKind) -> tuple[Document, Layout]:
    whole = document(*blocks, of=meta(kind, pages=None))
    return whole, lay_out(whole, THEME, THEME.densities[THEME.standard], FONTS, ADVANCES)


def _lines(layout: Layout, page: int) -> list[Line]:
    items = layout.pages[page].items
    return [i for i in items if isinstance(i, Line) and any(run.element is not None for run in i.runs)]


QUIETLY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@QUIETLY
@given(BLOCKS, st.sampled_from(list(DocumentKind)))
def test_nothing_leaves_the_page_and_nothing_overlaps(blocks: list[Block], kind: DocumentKind) -> None:
    _, layout = _lay(_headed(blocks), kind)
    page = THEME.page
    for number in range(len(layout.pages)):
        lines = _lines(layout, number)
        for line in lines:
            assert line.top >= page.top
            assert line.bottom <= page.height - page.bottom + 0.01
            for run in line.runs:
                assert run.x >= page.left - 0.01
                assert run.x + run.width <= page.width - page.right + 0.05, run.text
        for one, other in combinations(lines, 2):
            if one.top < other.bottom - 0.01 and other.top < one.bottom - 0.01:
                left, right = sorted((one, other), key=lambda line: line.runs[0].x)
                assert left.runs[-1].x + left.runs[-1].width <= right.runs[0].x + 0.05


@QUIETLY
@given(st.lists(PARAGRAPH | TABLE, min_size=1, max_size=30), st.sampled_from(list(DocumentKind)))
def test_every_word_is_there_once_and_in_reading_order(blocks: list[Block], kind: DocumentKind) -> None:
    whole, layout = _lay(_headed(blocks), kind)
    runs = [run for n in range(len(layout.pages)) for line in _lines(layout, n) for run in line.runs]
    runs.sort(key=lambda run: run.element or 0)  # a row taller than a page goes on overleaf, cell by cell
    assert _bare("".join(run.text for run in runs)) == _bare(_words_of(whole.blocks))


@QUIETLY
@given(BLOCKS, st.sampled_from(list(DocumentKind)))
def test_every_word_of_any_block_is_there(blocks: list[Block], kind: DocumentKind) -> None:
    whole, layout = _lay(_headed(blocks), kind)
    read = "".join(run.text for n in range(len(layout.pages)) for line in _lines(layout, n) for run in line.runs)
    said = _bare(_words_of(whole.blocks))
    assert all(_bare(read).count(letter) >= said.count(letter) for letter in set(said))


@QUIETLY
@given(st.lists(PARAGRAPH, min_size=5, max_size=60))
def test_headings_stay_with_what_follows(blocks: list[Block]) -> None:
    _, layout = _lay(_headed(blocks), DocumentKind.MEMO)
    for number in range(len(layout.pages)):
        last = _lines(layout, number)[-1]
        assert not last.runs[0].text.startswith("Heading ")


@QUIETLY
@given(INLINES, st.floats(12, 500))
def test_lines_hold_the_whole_text_within_the_measure(inlines: Inlines, measure: float) -> None:
    from briefgen.layout.setting import Setting
    from briefgen.theme import StyleName

    density = THEME.densities[THEME.standard]
    setting = Setting(THEME, density, ADVANCES, meta())
    text = setting.measured(inlines, density.styles[StyleName.BODY], None)
    lines = text.lines(measure)
    assert _bare("".join(text.text[line.start : line.end] for line in lines)) == _bare(plain(inlines))
    assert all(line.width <= measure + 0.01 or line.end - line.start <= 1 for line in lines)
