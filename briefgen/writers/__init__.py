"""Writers, one a format, loaded by name only when that format is asked for.

A writer is a module with `write(finished) -> bytes`. It translates; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # the table below is read for `--help` too, which should not wait for layout and fonts
    from datetime import date

    from briefgen.document import Document
    from briefgen.fonts import Fonts
    from briefgen.layout.model import Layout
    from briefgen.theme import Theme

WRITERS: Mapping[str, str] = {
    "pdf": "briefgen.writers.pdf",
    "docx": "briefgen.writers.docx",
    "md": "briefgen.writers.markdown",
}
"""Format (also the file's suffix) → the module that writes it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything a writer may look at: a cited document, its layout, and the theme and fonts it was laid out with.

    Attributes:
        manifest: the manifest as UTF-8 JSON.
        properties: name → value of what a file manager may show of it: its template, marking, number of facts…
        embed_fonts: whether a Word file carries its fonts; a PDF always does.
    """

    document: Document
    layout: Layout
    theme: Theme
    fonts: Fonts
    manifest: bytes
    properties: Mapping[str, str | int | bool | date] = field(default_factory=dict)
    embed_fonts: bool = True


def write(format: str, finished: Finished) -> bytes:
    """Write a finished document in a format of `WRITERS`; the same input gives the same bytes."""
    writer = cast("Callable[[Finished], bytes]", import_module(WRITERS[format]).write)
    return writer(finished)
