"""Whatever a value holds, it comes out of a template letter for letter, wherever it is printed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.document import Origin, Text, walk
from briefgen.records import FORBIDDEN
from tests.library import document

MARKUP = st.sampled_from(
    [
        *("*", "**", "_", "|", "<", ">", "&", "&amp;", "[", "]", "](x)", "\\", "`", "'", '"', "...", "--", " ", "\t"),
        *("{{ x }}", "{%", "{#", "{.optional}", "[^1]", "[^a]: x", "<b>", "http://x.y", "1. ", "Table: ", "+++", "---"),
        *("# ", "- ", "> ", "::: lead", ":::", "😀", "👩‍👧", "Tiếng Việt", "한국어", "e\u0301"),
    ]
)
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
VALUES = st.lists(st.one_of(MARKUP, ANY), min_size=1, max_size=8).map("".join)
VALUES = VALUES.filter(lambda value: value and not set(value) & set("\n\r\u2028\u2029") and not FORBIDDEN.search(value))

PLACES = [
    "# {{ params.country }}",
    "# Title {{ params.country }} {.unnumbered}",
    "{{ params.country }}",
    "before {{ params.country }} after",
    "before{{ params.country }}after",
    "*{{ params.country }}* **{{ params.country }}**",
    "[{{ params.country }}](https://example.org)",
    "- {{ params.country }}\n- x",
    "- x\n  - {{ params.country }} {.optional weight=2}",
    "> {{ params.country }}",
    "| {{ params.country }} | b |\n|---|---|\n| {{ params.country }} | {{ params.country }} |",
    "Table: {{ params.country }}\n\n| a |\n|---|\n| b |\n\nRemark: {{ params.country }}",
    "x[^a]\n\n[^a]: {{ params.country }}",
    "::: labelled\n- **{{ params.country }}** {{ params.country }}\n:::",
    "::: callout\n### {{ params.country }}\n\n{{ params.country }}\n:::",
    '"{{ params.country }}" --',
    "{% set x %}*{{ params.country }}*{% endset %}{{ x }}",
    "{% macro m(x) %}- {{ x }}{% endmacro %}{{ m(params.country) }}",
    "{% for x in [params.country, params.country] %}\n1. {{ x }}\n{% endfor %}",
]


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=25, deadline=None)
@given(value=VALUES)
def test_a_value_comes_out_untouched(place: str, value: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result = document(Path(folder), place + "\n", params={"country": value})
    printed = [node.text for node in walk(result) if isinstance(node, Text) and node.origin is Origin.PARAMETER]
    times = place.count("{{ params.country }}") or 1
    times = 2 if "for x" in place else times
    assert printed == [value] * times
