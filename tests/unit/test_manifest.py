"""The manifest: what a finished file says of itself."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from briefgen.citations import cite
from briefgen.document import Optional, Paragraph, Register, RegisterOf
from briefgen.fit import Fitted
from briefgen.folding import Span
from briefgen.layout.model import Decisions, Layout, Page
from briefgen.lock import Basis, Verification, Verified
from briefgen.manifest import FORMAT, Recipe, make_manifest
from tests.cited import LIBRARY, document, mark, paragraph, ref, value

LAYOUT = Layout(595, 842, (Page("1", (), 595, 842, 0.91234),), (), (), (), "standard", Decisions())
RECIPE = Recipe("investor", "investor", "default", {"country": "Việt Nam"}, {"seeds/b.yaml": "f" * 64})
VERIFICATION = Verification(
    {("trade", 0): Verified("gazette", Span(10, 27), Basis.TEXTS)}, {"gazette": "a" * 64}, frozenset(("gazette",))
)


def manifest(*blocks: Paragraph, **rest: Any) -> dict[str, Any]:
    fitted = Fitted(cite(document(*blocks), LIBRARY), LAYOUT, **rest)
    tree = json.loads(make_manifest(RECIPE, fitted, LIBRARY, VERIFICATION))
    assert isinstance(tree, dict)
    return tree


def test_what_it_was_made_from() -> None:
    tree = manifest(paragraph(ref("secret")))
    assert tree["format"] == FORMAT
    assert (tree["template"], tree["audience"], tree["theme"]) == ("investor", "investor", "default")
    assert tree["parameters"] == {"country": "Việt Nam"}
    assert tree["inputs"] == {"seeds/b.yaml": "f" * 64}
    assert (tree["as_of"], tree["marking"], tree["language"]) == ("2026-11-21", "TLP:AMBER", "en")


def test_each_piece_of_evidence_with_its_words_and_its_place() -> None:
    tree = manifest(paragraph(ref("trade"), " In short, ", value("trade"), "."))
    (trade,) = tree["evidence"]
    assert trade["printed"] == [
        {"facet": "whole", "text": "Trade came to US$86.7\u00a0billion in 2024."},
        {"facet": "value", "text": "US$86.7\u00a0billion"},
    ]
    assert trade["values"] == {
        "value": {"number": "86.7", "exponent": 9, "unit": {"kind": "currency", "name": "USD"}},
    }
    assert trade["passages"] == [
        {
            "source": "gazette",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "passage of trade"},
                {"type": "TextPositionSelector", "start": 10, "end": 27},
            ],
            "verified": "texts",
        }
    ]
    assert trade["notes"] == [1]
    assert tree["verified"] == "texts"


def test_a_calculation_brings_its_inputs() -> None:
    tree = manifest(paragraph(ref("rise")))
    found = {one["id"]: one for one in tree["evidence"]}
    assert set(found) == {"rise", "trade", "target-2030"}
    assert found["rise"]["derived"]["inputs"] == {"target": "target-2030", "base": "trade"}
    assert found["rise"]["passages"] == []
    assert {source["id"] for source in tree["sources"]} == {"gazette", "courier"}


def test_a_quotation() -> None:
    (quote,) = manifest(paragraph(ref("open")))["evidence"]
    assert (quote["kind"], quote["speaker"], quote["text"]) == ("quote", "jane", "We are “open”. Come in.")


def test_sources_are_csl_json_and_say_no_more_than_is_stated() -> None:
    tree = manifest(paragraph(ref("trade"), mark("radio")))
    gazette, radio = tree["sources"]
    assert gazette == {
        "id": "gazette",
        "type": "article",
        "title": "Trade grows",
        "publisher": "The Gazette",
        "issued": {"date-parts": [[2025, 8, 15]]},
        "URL": "https://example.org/1",
        "language": "en",
        "custom": {"marking": "TLP:CLEAR", "sha256": "a" * 64},
    }
    assert set(radio) == {"id", "type", "language", "note", "custom"}


def test_the_fit() -> None:
    left = replace(paragraph("x"), optional=Optional(2, 1, ("people",)))
    tree = manifest(paragraph(ref("trade")), left_out=(left,))
    assert tree["fit"] == {
        "density": "standard",
        "pages": 1,
        "budget": None,
        "filled": 0.912,
        "left_out": [{"evidence": ["people"], "weight": 2}],
    }


def test_the_same_document_gives_the_same_bytes() -> None:
    blocks = (paragraph(ref("trade"), " ", ref("rise")), Register(RegisterOf.SOURCES))
    fitted = Fitted(cite(document(*blocks), LIBRARY), LAYOUT)
    first = make_manifest(RECIPE, fitted, LIBRARY, VERIFICATION)
    assert make_manifest(RECIPE, fitted, LIBRARY, VERIFICATION) == first
    assert first.endswith(b"}\n")
    assert "Việt Nam".encode() in first
