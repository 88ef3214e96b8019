"""Links, bookmarks, fields, and the contents list."""

from __future__ import annotations

from xml.sax.saxutils import escape

from briefgen.writers.ooxml.base import Xml, joined, quoted
from briefgen.writers.ooxml.text import AS_IS, RunFormat, run

# ---- links, bookmarks, fields (§17.16) -------------------------------------------------------------------
#
# <w:hyperlink r:id="rId7" w:history="1">…</w:hyperlink>     to an address; w:anchor="name" within the document
# <w:bookmarkStart w:id="3" w:name="_Toc3"/>…<w:bookmarkEnd w:id="3"/>     names: 40 characters, a letter or _ first
# <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>
#   <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>


def hyperlink(content: Xml, *, relation: str | None = None, anchor: str | None = None) -> Xml:
    """A link to an address (by its relationship's id) or to a bookmark."""
    target = f"r:id={quoted(relation)}" if relation is not None else f"w:anchor={quoted(anchor or '')}"
    return Xml(f'<w:hyperlink {target} w:history="1">{content}</w:hyperlink>')


def bookmark(number: int, name: str, content: Xml) -> Xml:
    """A named place around some content; `number` is unique in the document."""
    return Xml(f'<w:bookmarkStart w:id="{number}" w:name={quoted(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>')


def field_start(instruction: str, style: RunFormat = AS_IS) -> Xml:
    """Everything of a field before its result."""
    code = Xml(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>')
    return joined((run(_field_char("begin"), style), run(code, style), run(_field_char("separate"), style)))


def field_end(style: RunFormat = AS_IS) -> Xml:
    """What closes a field."""
    return run(_field_char("end"), style)


def field(instruction: str, result: Xml, style: RunFormat = AS_IS) -> Xml:
    """A field with its result as of now."""
    return joined((field_start(instruction, style), run(result, style), field_end(style)))


def _field_char(kind: str) -> Xml:
    return Xml(f'<w:fldChar w:fldCharType="{kind}"/>')


# A contents list is one TOC field over several paragraphs, in a content control that gives Word its "Update Table"
# button (§17.5.2):
# <w:sdt><w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>
#   </w:docPartObj></w:sdtPr><w:sdtContent><w:p>…begin TOC separate…</w:p>…<w:p>…end</w:p></w:sdtContent></w:sdt>


def contents_control(content: Xml) -> Xml:
    """The content control around a table of contents."""
    properties = (
        '<w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
    )
    return Xml(f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>")
