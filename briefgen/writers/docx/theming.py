"""The Word file's own theme: the colours and faces that its styles refer to, so that another theme chosen in Word
restyles the document.

A colour or a family that the theme has carries its name there along with its value, wherever it is written; so the
file says both (see `ooxml.Themed`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from briefgen.layout.model import Layout, Line
from briefgen.theme import Colours, StyleName, Theme
from briefgen.writers import ooxml
from briefgen.writers.ooxml import Themed

_T = TypeVar("_T")

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")

_NAMES = {"ink": "text1", "muted": "text2", "accent": "accent1", "reference": "accent3", "hairline": "accent4"}
"""Our colours → what text calls them (§17.18.97); where two are alike, the first counts."""

_HEADINGS = frozenset(
    {
        *(StyleName.TITLE, StyleName.HEADING, StyleName.HEADING_1, StyleName.HEADING_2, StyleName.HEADING_3),
        *(StyleName.COVER_KICKER, StyleName.COVER_TITLE, StyleName.COVER_SUBTITLE),
    }
)


@dataclass(frozen=True, slots=True)
class ThemeFonts:
    """The families of a theme.

    Attributes:
        major, minor: of headings and of text.
        asian: of Hangul, where the document has any.
    """

    major: str
    minor: str
    asian: str | None = None

    def latin(self, family: str, style: StyleName | None = None) -> str:
        """A family, as the theme's where it is one of its two; text of no paragraph style is never a heading's."""
        if family == self.major and (style in _HEADINGS or (style and family != self.minor)):
            return Themed(family, "major")
        return Themed(family, "minor") if family == self.minor else family

    def hangul(self, style: StyleName | None = None) -> str | None:
        """The family of Hangul in a style."""
        return Themed(self.asian, "major" if style in _HEADINGS else "minor") if self.asian else None


def hangul_face(layout: Layout) -> str | None:
    """Key of the face that most Hangul of a document is set in, None if it has none."""
    runs = (run for page in layout.pages for item in page.items if isinstance(item, Line) for run in item.runs)
    found = Counter(run.face for run in runs if _HANGUL.search(run.text))
    return found.most_common(1)[0][0] if found else None


def themed(theme: Theme) -> Theme:
    """The same theme, whose colours know what the Word file's theme calls them."""
    names: dict[str, str] = {}
    for field in fields(Colours):
        names.setdefault(getattr(theme.colours, field.name), _NAMES[field.name])
    parts = ("colours", "rules", "densities", "letterhead")
    return replace(theme, **{part: _named(getattr(theme, part), names) for part in parts})


def _named(value: _T, names: Mapping[str, str]) -> _T:
    """A value with each colour in it named."""
    named: Any = value
    if isinstance(value, str):
        named = Themed(value, names[value]) if value in names else value
    elif isinstance(value, tuple):
        named = tuple(_named(part, names) for part in value)
    elif isinstance(value, Mapping):
        named = {key: _named(part, names) for key, part in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        named = replace(value, **{field.name: _named(getattr(value, field.name), names) for field in fields(value)})
    return named  # type: ignore[no-any-return]


def theme_part(theme: Theme, families: ThemeFonts) -> bytes:
    """The theme part."""
    ink, muted, accent = theme.colours.ink, theme.colours.muted, theme.colours.accent
    accents = (accent, muted, theme.colours.reference, theme.colours.hairline, accent, muted)
    scheme = {"dk1": ink, "lt1": "#FFFFFF", "dk2": muted, "lt2": "#FFFFFF"}
    scheme |= {f"accent{number}": colour for number, colour in enumerate(accents, 1)}
    scheme |= {"hlink": accent, "folHlink": muted}
    return ooxml.theme(theme.name, scheme, families.major, families.minor, families.asian or "")
