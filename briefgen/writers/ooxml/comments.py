"""Comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefgen.writers.ooxml.base import Xml, joined, quoted
from briefgen.writers.ooxml.styles import Style
from briefgen.writers.ooxml.text import ParagraphFormat, RunFormat, paragraph, run

# ---- comments (§17.13.4) ---------------------------------------------------------------------------------
#
# document.xml  <w:commentRangeStart w:id="0"/><w:r>…</w:r><w:commentRangeEnd w:id="0"/>
#               <w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="0"/></w:r>
# comments.xml  <w:comment w:id="0" w:author="Desk" w:date="2026-11-21T00:00:00Z" w:initials="D"><w:p><w:pPr>
#                 <w:pStyle w:val="CommentText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>
#                 <w:annotationRef/></w:r><w:r><w:t>…</w:t></w:r></w:p></w:comment>
# Ids count from 0. Word shows the date as local time, whatever zone is written. A comment may stand in the text and
# its tables, but neither in notes nor in headers and footers.

_REFERENCE = RunFormat(style="CommentReference")

COMMENT_STYLES = (
    Style("CommentText", "annotation text", RunFormat(size=10), ParagraphFormat(leading=0, left=0, first=0)),
    Style("CommentReference", "annotation reference", RunFormat(size=8), base=None),
)
"""The styles that comments are set in, Word's own by their names."""


@dataclass(frozen=True, slots=True)
class Commentator:
    """Who comments, and when."""

    author: str
    initials: str
    when: datetime

    @property
    def attributes(self) -> str:
        """As `w:comment` has them."""
        when = self.when.isoformat(timespec="seconds")
        return f'w:author={quoted(self.author)} w:date="{when}Z" w:initials={quoted(self.initials)}'


def commented(numbers: Sequence[int], content: Xml) -> Xml:
    """Content that comments are about, and their places behind it."""
    starts, ends, references = "", "", ""
    for number in numbers:
        starts += f'<w:commentRangeStart w:id="{number}"/>'
        ends += f'<w:commentRangeEnd w:id="{number}"/>'
        references += run(Xml(f'<w:commentReference w:id="{number}"/>'), _REFERENCE)
    return Xml(f"{starts}{content}{ends}{references}")


def comment(number: int, by: Commentator, paragraphs: Iterable[Xml]) -> Xml:
    """A comment: its paragraphs, each as runs."""
    first, *rest = paragraphs
    reference = run(Xml("<w:annotationRef/>"), _REFERENCE)
    inside = joined(paragraph("CommentText", words) for words in (joined((reference, first)), *rest))
    return Xml(f'<w:comment w:id="{number}" {by.attributes}>{inside}</w:comment>')
