"""A small workspace of made-up evidence, written out in full so that a test can break any part of it."""

from __future__ import annotations

from pathlib import Path

TEXT = """Harbour trade grew in 2024
By a staff writer. Trade through the harbour reached $86.7 billion in 2024, the port authority said on Monday.
It employs about 12,000 people. “We are open for business,” said Jane Doe, the director, on 5 May 2025.
"""

EVIDENCE = """\
sources:
  gazette:
    title: Harbour trade grew in 2024
    publisher: The Gazette
    issued: 2025-05-06
    language: en
    text: gazette.txt

people:
  jane-doe: {name: Jane Doe, role: director of the port authority}

facts:
  harbour-trade:
    claim: "Trade through the harbour reached {value}."
    value: 86.7 billion USD
    metric: harbour-trade
    as_of: 2024
    topics: [trade]
    evidence:
      - {source: gazette, passage: "reached $86.7 billion in 2024"}
  harbour-jobs:
    claim: "The port authority employs {value} people."
    value: about 12,000 people
    topics: [people]
    evidence:
      - {source: gazette, passage: "It employs about 12,000 people"}

quotes:
  open:
    text: We are open for business
    speaker: jane-doe
    topics: [trade]
    evidence: [{source: gazette}]
"""

TEMPLATE = """\
---
title: "Harbour brief: {{ params.city }}"
description: The harbour on one page
kind: brief
pages: 1
formats: [pdf]
params:
  city: {default: Portsmouth, help: The city that the brief is for}
---
# The harbour grows

{{ fact("harbour-trade") }} {{ fact("harbour-jobs") }}

> {{ quote("open") }}
"""


def make_small_workspace(root: Path) -> Path:
    """Write the workspace into `root`, its source's text included; it has no lock yet."""
    files = {
        "seeds/harbour.yaml": EVIDENCE,
        "seeds/texts/gazette.txt": TEXT,
        "templates/harbour.md": TEMPLATE,
    }
    for name, words in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8", newline="\n")
    return root
