"""WordprocessingML: every piece of raw OOXML that briefgen writes, and nothing else; one module a subject.

Each function gives one element as text, with all words escaped; `docx` puts them together and python-docx packs
them. Beside each feature stands the XML that Word itself writes for it, shortened to what matters. References are
to ECMA-376-1:2016 ("§"). Lengths are points here and become Word's units (twentieths, eighths, half points, EMU) at
the last moment. The order of children matters in WordprocessingML: it is the schema's.
"""

from briefgen.writers.ooxml.base import (
    DECLARATION,
    EMPTY,
    NAMESPACES,
    Xml,
    emu,
    half_points,
    hexadecimal,
    joined,
    part,
    quoted,
    twips,
)
from briefgen.writers.ooxml.charts import chart
from briefgen.writers.ooxml.comments import COMMENT_STYLES, Commentator, comment, commented
from briefgen.writers.ooxml.custom_xml import Mark, data_store_properties, manifest_part
from briefgen.writers.ooxml.drawings import picture
from briefgen.writers.ooxml.fields import bookmark, contents_control, field, field_end, field_start, hyperlink
from briefgen.writers.ooxml.notes import ENDNOTES, FOOTNOTES, NoteKind
from briefgen.writers.ooxml.properties import (
    PropertyValue,
    application_properties,
    core_properties,
    custom_properties,
)
from briefgen.writers.ooxml.sections import section
from briefgen.writers.ooxml.settings import Typeface, font_table, obfuscated, settings, theme
from briefgen.writers.ooxml.styles import PLAIN_TABLE, Level, Style, numbering, style, styles, table_style
from briefgen.writers.ooxml.tables import Cell, Margins, row, table
from briefgen.writers.ooxml.text import (
    AS_IS,
    AS_STYLED,
    LINE_BREAK,
    PAGE_BREAK,
    TAB,
    Border,
    ParagraphFormat,
    RunFormat,
    Themed,
    beyond,
    is_east_asian,
    language_tag,
    over,
    paragraph,
    paragraph_properties,
    run,
    run_properties,
    strut,
    superscript_size,
    words,
)

__all__ = [
    "AS_IS",
    "AS_STYLED",
    "COMMENT_STYLES",
    "DECLARATION",
    "EMPTY",
    "ENDNOTES",
    "FOOTNOTES",
    "LINE_BREAK",
    "NAMESPACES",
    "PAGE_BREAK",
    "PLAIN_TABLE",
    "TAB",
    "Border",
    "Cell",
    "Commentator",
    "Level",
    "Margins",
    "Mark",
    "NoteKind",
    "ParagraphFormat",
    "PropertyValue",
    "RunFormat",
    "Style",
    "Themed",
    "Typeface",
    "Xml",
    "application_properties",
    "attributes",
    "beyond",
    "bookmark",
    "border_element",
    "chart",
    "comment",
    "commented",
    "contents_control",
    "core_properties",
    "custom_properties",
    "data_store_properties",
    "emu",
    "field",
    "field_end",
    "field_start",
    "font_table",
    "half_points",
    "hexadecimal",
    "hyperlink",
    "is_east_asian",
    "joined",
    "language_element",
    "language_tag",
    "manifest_part",
    "margins_element",
    "numbering",
    "obfuscated",
    "over",
    "paragraph",
    "paragraph_properties",
    "part",
    "picture",
    "quoted",
    "row",
    "run",
    "run_properties",
    "section",
    "settings",
    "shading",
    "strut",
    "style",
    "styles",
    "superscript_size",
    "table",
    "table_style",
    "theme",
    "toggle",
    "twips",
    "words",
]
