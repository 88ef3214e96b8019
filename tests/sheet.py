"""A page that is set line by line, for tests of writers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from briefgen.document import Document, DocumentKind, Meta
from briefgen.evidence import Marking
from briefgen.fonts import Fonts
from briefgen.layout.model import Anchor, Bookmark, Decisions, Element, Layout, Line, Page, Placed, Role, Run
from briefgen.theme import StyleName, TextStyle, Theme
from briefgen.themes import load_theme
from briefgen.writers import Finished

REPOSITORY = Path(__file__).resolve().parents[1]
WORDS = "Tiếng Việt: Ơ Ư ạ ế – “đổi\u00a0mới” ‘x’ sci\u2011tech a\u200db <b> & (c) \\ 100% US$86.7"


def default_theme() -> Theme:
    """The theme that briefgen comes with."""
    found = load_theme(REPOSITORY / "templates/themes/default.yaml", [])
    assert found is not None
    return found


class Sheet:
    """A page that is set line by line."""

    def __init__(self, theme: Theme) -> None:
        self.theme, self.fonts = theme, Fonts(theme)
        self.styles: Mapping[StyleName, TextStyle] = theme.densities[theme.standard].styles

    def line(self, text: str, y: float, style: StyleName = StyleName.BODY, link: str | None = None) -> Line:
        chosen, x, runs = self.styles[style], 54.0, []
        for words, face in self.fonts.split(text, chosen):
            width = self.fonts.width(words, face, chosen.size)
            runs.append(Run(x, words, face.key, chosen.size, chosen.colour, 0, link=link, width=width))
            x += width
        return Line(y, y - chosen.size, y + 3, tuple(runs))

    def finished(
        self,
        *pages: tuple[Placed, ...],
        anchors: tuple[Anchor, ...] = (),
        bookmarks: tuple[Bookmark, ...] = (),
        labels: tuple[str, ...] = (),
        title: str = "Investor brief: Việt Nam–Korea",
    ) -> Finished:
        labels = labels or tuple(str(n) for n in range(1, len(pages) + 1))
        layout = Layout(
            width=self.theme.page.width,
            height=self.theme.page.height,
            pages=tuple(
                Page(label, items, self.theme.page.width, self.theme.page.height)
                for label, items in zip(labels, pages, strict=True)
            ),
            elements=(Element(Role.DOCUMENT, None),),
            anchors=anchors,
            bookmarks=bookmarks,
            density="standard",
            decisions=Decisions(),
        )
        meta = Meta(
            title,
            DocumentKind.BRIEF,
            "en-GB",
            date(2026, 11, 21),
            Marking.AMBER_STRICT,
            description="One page for an investor’s first meeting",
            audience="investor",
        )
        return Finished(Document(meta, ()), layout, self.theme, self.fonts, b"{}")
