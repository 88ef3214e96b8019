"""The Document as Markdown: every block, in words that a person can read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from briefgen.citations import cite
from briefgen.document import (
    Address,
    AddressLine,
    BlockQuote,
    Callout,
    Chart,
    ChartKind,
    ChartPoint,
    Code,
    Contents,
    Cover,
    Emphasis,
    EvidenceRef,
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
    NextStep,
    OrderedList,
    PageBreak,
    Pair,
    Status,
    Strong,
    Text,
    Timeline,
    TimelineEntry,
)
from briefgen.writers.markdown import markdown
from tests.cited import LIBRARY, bullets, document, inlines, paragraph, ref, table, value


def written(*blocks: object, **meta: object) -> str:
    """A cited document's Markdown without the marking's and about's lines, plain spaces."""
    text = markdown(cite(document(*blocks, **meta), LIBRARY))  # type: ignore[arg-type]
    return text.replace("\u00a0", " ").split("\n\n", 2)[2]


def line(*parts: object) -> str:
    return written(paragraph(*parts)).rstrip("\n")  # type: ignore[arg-type]


def test_a_whole_document() -> None:
    blocks = (
        Heading(1, inlines("Trade & growth"), "a", number="1"),
        Lead((paragraph("The bottom line."),)),
        KeyFigures((KeyFigure((value("trade"),), inlines("Trade")), KeyFigure((value("people"),), inlines("People")))),
        bullets(inlines("One"), inlines("Two ", value("fund"), ".")),
        bullets(inlines("Another list")),
        Chart(ChartKind.BAR, inlines("It grows"), (ChartPoint((value("trade"),)), ChartPoint((value("target-2030"),)))),
        table((inlines("Fund"), (ref("fund", Facet.SHORT),))),
        BlockQuote((paragraph(ref("part")),), (EvidenceRef("part", Facet.SPEAKER),)),
        Timeline((TimelineEntry((ref("signed"),)),)),
        PageBreak(),
        Pair((paragraph("left"),), (paragraph("right"),)),
        Labelled((LabelledRow(inlines("Issue"), (paragraph("text"),)),)),
        Callout((paragraph("inside"),), title=inlines("Mind")),
        NextStep((paragraph("Call."),)),
        Address((AddressLine(inlines("To"), inlines("You")), AddressLine(inlines("From"), inlines("Us")))),
    )
    assert (
        written(*blocks)
        == """\
# 1 Trade \\& growth

The bottom line.

| 86.7 US$ bn | over 200,000 |
| --- | --- |
| Trade[^1] | People[^1] |
| 2024 | August 2025 |

- One
- Two 130 billion won.[^2]

+ Another list

**It grows[^3]**

|  | US$ billion |  |
| --- | ---: | --- |
| 2024 | 86.7 | observed |
| 2030 | 150 | target |

Sources: notes 1 (2024) and 3 (2030).

|  |  |
| --- | --- |
| Fund[^2] | 130 bn won |

> “strong incentives”
>
> — **Kim**, according to The Gazette[^1]

- **1992** Ties began.[^2]

---

left

right

**Issue**

text

> **Mind**
>
> inside

**Next step**

Call.

**To** You\\
**From** Us

[^1]: [‘Trade grows’](<https://example.org/1>), The Gazette, 15 August 2025. Two sources differ.

[^2]: Account of an interview; publisher and date not stated.

[^3]: ‘From River to River’, publisher and date not stated; names a news agency as its source.
"""
    )


def test_the_marking_and_the_status_come_first() -> None:
    text = markdown(cite(document(paragraph(ref("secret")), status=Status.DRAFT, footer=inlines("By us.")), LIBRARY))
    assert text.startswith("TLP:AMBER · DRAFT\n\nAs of 21")
    assert "\n\n---\n\nBy us.\n\n[^1]: " in text


def test_dossier_parts() -> None:
    blocks = (
        Cover(inlines("Title"), kicker=inlines("Dossier"), lines=(AddressLine(inlines("Edition"), inlines("1")),)),
        Contents(title="Contents"),
        Heading(1, inlines("One"), "one", number="1"),
        Heading(2, inlines("Two *"), "two", number="1.1"),
        Image("a b.png", "A picture [x]"),
        OrderedList(bullets(inlines("a"), inlines("b")).items, start=9),
        OrderedList(bullets(inlines("c")).items),
    )
    text = written(*blocks)
    assert "- 1 One\n  - 1.1 Two \\*\n" in text
    assert "![A picture \\[x\\]](<a%20b.png>)" in text
    assert "9. a\n10. b\n\n1) c" in text


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("1. not a list",), "1\\. not a list"),
        (("- nor this",), "\\- nor this"),
        (("# nor a heading # ",), "\\# nor a heading \\#"),
        (("C# and 86.7 (sic): fine!",), "C# and 86.7 (sic): fine!"),
        ((Strong(inlines("“인용”")), "다"), "“인용”다"),
        ((Strong(inlines("인용")), "다"), "**인용**다"),
        ((Strong(inlines("a", Emphasis(inlines(" b")))),), "**a b**"),
        ((Strong(inlines("a")), Strong(inlines("b"))), "a**b**"),
        ((Emphasis(inlines("a")), "b"), "ab"),
        ((Code("a`b"), " ", Code("|")), "``a`b`` \\|"),
        (("a", LineBreak(), "+ b"), "a\\\n\\+ b"),
        (("Wow!", Link("x:y", inlines("z"))), "Wow\\![z](<x:y>)"),
        (("line\nbreak\tand  blanks",), "line break and blanks"),
    ],
)
def test_words_stand_for_themselves(parts: tuple[object, ...], expected: str) -> None:
    assert line(*parts) == expected


def test_an_item_of_several_blocks() -> None:
    inner = bullets(inlines("inner"))
    outer = bullets(inlines("outer"), inlines("last"))
    nested = replace(outer, items=(replace(outer.items[0], blocks=(*outer.items[0].blocks, inner)), outer.items[1]))
    text = written(nested)
    assert text == "- outer\n\n  - inner\n\n- last\n"
    assert MarkdownIt("commonmark").render(text).count("<ul>") == 2


def test_nothing_at_all() -> None:
    empty: Inlines = (Text(""),)
    assert written(paragraph(*empty), table(((),))).strip() == "|  |\n| --- |\n|  |"
