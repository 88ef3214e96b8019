"""A document in short: what it takes, how its notes are numbered, and that nobody's manifest can pass for one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefgen.build import Draft, draft, open_library
from briefgen.requests import Request
from briefgen.summary import Bold, Figure, Summary, as_tree, from_tree
from briefgen.templates import load_template
from briefgen.workspace import Workspace
from tests.small import TEMPLATE, make_small_workspace

DAY = date(2026, 11, 21)
HEAD = TEMPLATE.split("# The harbour grows")[0]


def drafted(root: Path, body: str, head: str = HEAD) -> Draft:
    make_small_workspace(root)
    path = root / "templates" / "harbour.md"
    path.write_text(head + body, encoding="utf-8")
    template = load_template(path, [])
    assert template is not None
    repository = Path(__file__).parents[2]
    workspace = Workspace(root, root / "seeds" / "texts", repository)
    return draft(Request(template, DAY), workspace, open_library(workspace, DAY))


def summed_up(root: Path, body: str, head: str = HEAD) -> Summary:
    return drafted(root, body, head).summary


def test_the_bottom_line_and_the_key_figures_are_taken_wherever_they_stand(tmp_path: Path) -> None:
    found = summed_up(
        tmp_path,
        '# The harbour grows\n\nEarlier words.{{ cite("open") }}\n\n::: lead\n'
        '**Jobs first.** {{ fact("harbour-jobs") }}\n\n- One\n- Two\n:::\n\n::: pair\n::: key-figures\n'
        '- {{ fact("harbour-trade").value }} Trade\n:::\n\n+++\n\n'
        "Right.\n:::\n",
    )
    assert found.title == "Harbour brief: Portsmouth"
    assert found.headline == ("The harbour grows",)
    assert found.as_of == "As of 21\u00a0November\u00a02026"
    assert found.marking == "TLP:CLEAR"
    assert found.lead == (
        (Bold("Jobs first."), " The port authority employs about\u00a012,000 people.", 1),
        ("– One",),
        ("– Two",),
    )
    assert found.figures == (Figure("US$86.7\u00a0bn", ("Trade", 1), "2024"),)
    assert found.notes == ("‘Harbour trade grew in 2024’, The Gazette, 6\u00a0May\u00a02025.",)


def test_what_a_memo_asks_to_be_decided_is_its_bottom_line(tmp_path: Path) -> None:
    found = summed_up(tmp_path, "# Head\n\n::: labelled {.decision}\n- **Issue:** Trade.\n- **Timing:** Soon.\n:::\n")
    assert found.lead == ((Bold("Issue:"), " Trade."), (Bold("Timing:"), " Soon."))


def test_without_either_it_is_the_description_and_the_first_paragraph(tmp_path: Path) -> None:
    found = summed_up(tmp_path, "# Head\n\nFirst.\n\nSecond.\n")
    assert found.lead == (("The harbour on one page",), ("First.",))
    assert found.figures == ()


def test_references_have_the_numbers_that_they_have_in_the_document(tmp_path: Path) -> None:
    head = HEAD.replace("kind: brief", "kind: dossier").replace("pages: 1\n", "")
    assert "kind: dossier" in head
    found = summed_up(tmp_path, "# One\n\nAs [](#two) says.\n\n# Two\n\n## Three {id=two}\n\nWords.\n", head)
    assert found.lead[-1] == ("As section\u00a02.1 says.",)


def test_an_empty_document_has_a_summary_too(tmp_path: Path) -> None:
    found = summed_up(tmp_path, "\n", HEAD.replace("description: The harbour on one page\n", ""))
    assert (found.headline, found.lead, found.figures, found.notes) == ((), (), (), ())


def test_what_was_left_out_to_fit_is_not_in_it(tmp_path: Path) -> None:
    optional = "".join(
        f"\n::: lead {{.optional weight=1}}\nWords {'that fill a page ' * 160}.\n:::\n" for _ in range(3)
    )
    found = drafted(tmp_path, f"# Head\n\n::: lead\nStays.\n:::\n{optional}")
    assert found.fitted.left_out
    assert len(found.summary.lead) == 4 - len(found.fitted.left_out)


GOOD = Summary(
    "Title", ("Head", 1), "As of today", "TLP:CLEAR", "en", (("a", Bold("b"), 1), ()), (Figure("1", ("x",)),), ("note",)
)


def test_it_comes_back_from_a_manifest() -> None:
    assert from_tree(as_tree(GOOD)) == GOOD


@pytest.mark.parametrize(
    "change",
    [
        {"title": 1},
        {"title": "a\0b"},
        {"headline": "text"},
        {"headline": [2]},
        {"headline": [0]},
        {"headline": [True]},
        {"lead": [["a", None]]},
        {"lead": {}},
        {"figures": [1]},
        {"figures": [{"value": 1, "label": [], "period": ""}]},
        {"figures": [{"value": "1", "label": [9], "period": ""}]},
        {"notes": [1]},
        {"notes": None},
        {"language": None},
        {"language": "xx"},
        {"language": "en-\r\nBcc: x@example.org"},
        {"lead": [[{"bold": 1}]]},
        {"lead": [[{"bold": "a\0b"}]]},
        {"lead": [[{}]]},
    ],
)
def test_what_is_no_summary_is_none(change: dict[str, Any]) -> None:
    assert from_tree(as_tree(GOOD) | change) is None


@pytest.mark.parametrize("tree", [None, [], "x", {}])
def test_nor_is_anything_else(tree: object) -> None:
    assert from_tree(tree) is None
