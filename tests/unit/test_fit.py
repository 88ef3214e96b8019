"""Fit: what stays, at which density, and what is said when nothing helps."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from briefgen.document import (
    Block,
    BulletList,
    Document,
    DocumentKind,
    Heading,
    ListItem,
    Optional,
    Pair,
    Paragraph,
    plain,
)
from briefgen.errors import BriefgenError, Location
from briefgen.fit import fit, optional_parts, without
from briefgen.fonts import Fonts
from briefgen.layout import lay_out
from briefgen.theme import Theme
from briefgen.themes import load_theme
from tests.loads import cited, load
from tests.pages import brief, bullets, document, meta, paragraph, table, words

THEMES = Path(__file__).parents[2] / "templates/themes"
PROSE = "The ministries agreed to work on semiconductors, artificial intelligence and biotechnology in coming years. "


@pytest.fixture(scope="module")
def theme() -> Theme:
    found = load_theme(THEMES / "default.yaml", [])
    assert found
    return found


@pytest.fixture(scope="module")
def fonts(theme: Theme) -> Fonts:
    return Fonts(theme)


def item(text: str, weight: int | None = None, *parts: str | int) -> ListItem:
    return ListItem((Paragraph(words(text, *parts)),), optional=Optional(weight) if weight else None)


def prose(lines: int, **keywords: object) -> Paragraph:
    return Paragraph(words(PROSE * lines), **keywords)  # type: ignore[arg-type]


def full_page(*blocks: Block, filler: int = 40, notes: tuple[str, ...] = ()) -> Document:
    return document(Heading(1, words("A headline"), "top"), prose(filler), *blocks, notes=notes)


def test_a_document_that_fits_keeps_all_at_the_most_comfortable_density(theme: Theme, fonts: Fonts) -> None:
    fitted = fit(full_page(BulletList((item("a"), item("b", 1))), filler=5), theme, fonts, cited)
    assert fitted.density == theme.densities[0].name
    assert fitted.left_out == ()


def test_a_fuller_page_is_set_tighter_before_anything_goes(theme: Theme, fonts: Fonts) -> None:
    fitted = fit(full_page(BulletList((item("a"), item("b", 1))), filler=57), theme, fonts, cited)
    assert fitted.left_out == ()
    assert fitted.density != theme.densities[0].name
    assert fitted.layout.overflow == 0


def test_without_a_budget_all_stays(theme: Theme, fonts: Fonts) -> None:
    whole = replace(full_page(prose(200, optional=Optional(1))), meta=meta(DocumentKind.MEMO, pages=None))
    fitted = fit(whole, theme, fonts, cited)
    assert len(fitted.layout.pages) > 1
    assert fitted.left_out == ()


def test_the_sample_brief_fits_on_its_page(theme: Theme, fonts: Fonts) -> None:
    fitted = fit(brief(), theme, fonts, cited)
    assert len(fitted.layout.pages) == 1
    assert fitted.filled > 0.95


def brute_force(whole: Document, theme: Theme, fonts: Fonts) -> tuple[int, str] | None:
    """The least weight that can be left out, and the most comfortable density for it."""
    parts = optional_parts(whole)
    selections: dict[int, list[Document]] = {}
    for count in range(len(parts) + 1):
        for chosen in combinations(parts, count):
            kept = without(whole, chosen)
            selections.setdefault(_weight(whole) - _weight(kept), []).append(cited(kept))
    for weight in sorted(selections):
        for density in theme.densities:
            if any(not lay_out(kept, theme, density, fonts).overflow for kept in selections[weight]):
                return weight, density.name
    return None


TIGHT: tuple[tuple[str, int, tuple[Block, ...], tuple[str, ...]], ...] = (
    ("a list", 60, (BulletList(tuple(item(PROSE * n, w) for n, w in ((1, 2), (3, 3), (2, 1), (1, 1)))),), ()),
    (
        "both sides of a pair",
        58,
        (
            Pair(
                (BulletList((item(PROSE), item(PROSE * 2, 2), item(PROSE * 2, 3))),),
                (BulletList((item(PROSE), item(PROSE * 2, 1), item(PROSE * 3, 2))),),
            ),
        ),
        (),
    ),
    (
        "notes that go with their marks",
        57,
        (BulletList((item("One", 2, 1), item("Two", 1, 2), item("Three", 1, -2), item("Four", 3, 3))),),
        (PROSE * 4, PROSE * 5, PROSE),
    ),
    (
        "a section that loses its heading",
        61,
        (Heading(2, words("Risks"), "risks"), BulletList((item(PROSE, 1), item("Short", 1), item("Short", 2)))),
        (),
    ),
    (
        "whole blocks and parts inside them",
        57,
        (
            BulletList((item(PROSE * 2, 2), item(PROSE)), optional=Optional(2)),
            prose(3, optional=Optional(1)),
            prose(1, optional=Optional(3)),
        ),
        (),
    ),
)


@pytest.mark.parametrize(("filler", "blocks", "notes"), [case[1:] for case in TIGHT], ids=[case[0] for case in TIGHT])
def test_the_choice_is_the_best_there_is(
    filler: int, blocks: tuple[Block, ...], notes: tuple[str, ...], theme: Theme, fonts: Fonts
) -> None:
    compared = 0
    for more in range(0, 14, 2):
        whole = full_page(*blocks, filler=filler + more, notes=notes)
        best = brute_force(whole, theme, fonts)
        if best is None:
            with pytest.raises(BriefgenError):
                fit(whole, theme, fonts, cited)
            continue
        fitted = fit(whole, theme, fonts, cited)
        weight = sum(part.optional.weight for part in fitted.left_out if part.optional)
        assert (weight, fitted.density) == best
        assert fitted.layout.overflow == 0
        compared += bool(weight)
    assert compared, "no case was tight enough to test anything"


@pytest.mark.parametrize(("name", "seed"), [("default", 28), ("ministry", 0), ("ministry", 29), ("chamber", 29)])
def test_of_random_loads_the_best_is_chosen_in_every_theme(name: str, seed: int) -> None:
    """Loads of few optional parts, some of which must go: every selection at every density is tried."""
    theme = load_theme(THEMES / f"{name}.yaml", [])
    assert theme
    fonts = Fonts(theme)
    whole = load(seed)
    fitted = fit(whole, theme, fonts, cited)
    assert (_weight(whole) - _weight(fitted.document), fitted.density) == brute_force(whole, theme, fonts)
    assert fitted.left_out


def _weight(whole: Document) -> int:
    return sum(part.optional.weight for part in optional_parts(whole) if part.optional)


def test_of_equals_the_later_goes(theme: Theme, fonts: Fonts) -> None:
    parts = BulletList(tuple(item(f"{PROSE} {n}", 2) for n in range(4)))
    for filler in range(60, 80):
        whole = full_page(parts, filler=filler)
        fitted = fit(whole, theme, fonts, cited)
        if fitted.left_out:
            assert fitted.left_out == (parts.items[3],)
            return
    pytest.fail("everything fitted")


def test_dozens_of_optional_parts_are_chosen_from_in_good_time(theme: Theme, fonts: Fonts) -> None:
    parts = BulletList(tuple(item(PROSE * (1 + n % 3), 1 + n % 5) for n in range(40)))
    fitted = fit(full_page(parts, filler=30), theme, fonts, cited)
    assert fitted.layout.overflow == 0
    assert fitted.filled > 0.9


def test_what_was_left_out_takes_its_notes_with_it(theme: Theme, fonts: Fonts) -> None:
    parts = BulletList((item(PROSE * 6, 1, 1), item("Kept.", None, 2)))
    fitted = fit(full_page(parts, filler=62, notes=("First", "Second")), theme, fonts, cited)
    assert fitted.left_out
    assert [plain(note.children) for note in fitted.document.notes] == ["Second"]
    assert [note.number for note in fitted.document.notes] == [1]


def test_too_much_is_an_error_that_names_the_largest_blocks(theme: Theme, fonts: Fonts) -> None:
    path = Path("investor.md")
    whole = document(
        Paragraph(words(PROSE * 60), location=Location(path, 7)),
        table("ll", "a|b", ("1", PROSE), ("2", PROSE)),
        prose(30),
        prose(2, optional=Optional(1)),
    )
    with pytest.raises(BriefgenError) as caught:
        fit(whole, theme, fonts, cited)
    (problem,) = caught.value.problems
    assert problem.code == "does-not-fit"
    assert "over by" in problem.message
    assert "tightest density" in problem.message
    assert problem.location == Location(path, 7)
    assert "paragraph in investor.md, line 7, takes" in problem.hints[0]


def test_leaving_out_keeps_what_is_not_touched() -> None:
    kept, gone = bullets(words("a"), words("b")), BulletList((item("c", 1),))
    whole = document(Heading(2, words("One"), "one"), kept, Heading(2, words("Two"), "two"), gone)
    pruned = without(whole, optional_parts(whole))
    assert len(pruned.blocks) == 2
    assert pruned.blocks[1] is kept


def test_a_heading_that_never_had_text_stays() -> None:
    whole = document(Heading(2, words("One"), "one"), Heading(2, words("Two"), "two"), paragraph("x"))
    assert without(whole, ()) is whole
    assert without(whole, (whole.blocks[2],)).blocks == whole.blocks[:1]  # type: ignore[arg-type]
