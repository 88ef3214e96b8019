"""Writers, one a format, loaded by name only when that format is asked for.

A writer is a module with `write(finished) -> bytes`. It translates; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # the table below is read for `--help` too, which should not wait for layout and fonts
    from datetime import date, datetime

    from briefgen.document import Document, Inlines
    from briefgen.fonts import Fonts
    from briefgen.layout.model import Layout
    from briefgen.theme import Theme

WRITERS: Mapping[str, str] = {
    "pdf": "briefgen.writers.pdf",
    "docx": "briefgen.writers.docx",
    "md": "briefgen.writers.markdown",
}
"""Format (also the file's suffix) → the module that writes it."""


REVIEW = "review.docx"
"""What a review copy's name ends in: a Word file with comments, which no template and no option calls a format."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a review copy says of a piece of evidence, in paragraphs.

    Attributes:
        full: where it first stands.
        short: where it stands again.
    """

    full: tuple[Inlines, ...]
    short: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What makes a Word file a review copy: comments beside its evidence, all their words decided.

    Attributes:
        author, initials, when: whose comments they are, and of when.
        label: what the header says of the file, in the reader's language.
        language: what the remarks' own words are in.
        remarks: id of evidence → what there is to say of it.
    """

    author: str
    initials: str
    when: datetime
    label: str
    language: str
    remarks: Mapping[str, Remarks]


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything a writer may look at: a cited document, its layout, and the theme and fonts it was laid out with.

    Attributes:
        manifest: the manifest as UTF-8 JSON.
        properties: name → value of what a file manager may show of it: its template, marking, number of facts…
        embed_fonts: whether a Word file carries its fonts; a PDF always does.
        review: the comments of a Word file, if it is a review copy.
    """

    document: Document
    layout: Layout
    theme: Theme
    fonts: Fonts
    manifest: bytes
    properties: Mapping[str, str | int | bool | date] = field(default_factory=dict)
    embed_fonts: bool = True
    review: Review | None = None


def write(format: str, finished: Finished) -> bytes:
    """Write a finished document in a format of `WRITERS`; the same input gives the same bytes."""
    writer = cast("Callable[[Finished], bytes]", import_module(WRITERS[format]).write)
    return writer(finished)
