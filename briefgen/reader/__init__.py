"""Markdown with slots → `Document`.

`read` parses what `templates.fill` made. Every problem names the place in the template that the Markdown came from,
through includes, macros and loops. Evidence stays a reference; its words are `citations`' business.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from briefgen.document import Document, EvidenceRef, Inlines, Paragraph, walk
from briefgen.errors import Location, Problem, errors_in
from briefgen.reader.blocks import Blocks
from briefgen.reader.reading import Reading
from briefgen.reader.rules import MAX_NESTING, parser
from briefgen.slots import LINE_MARK, did_you_mean
from briefgen.templates import Filled

_GIVEN_ANCHOR = re.compile(r"\{[^{}\n]*\bid=([a-z][a-z0-9-]*)\b[^{}\n]*\}")
_GIVE_ANCHOR = "give a heading, a caption or a chart its name: {id=…}"


def read(filled: Filled, problems: list[Problem]) -> Document | None:
    """Read a filled template.

    Args:
        filled: the template's Markdown and its slots.
        problems: what is wrong is appended: errors, and warnings such as a `**` that closed nothing; the warnings of
            filling come first.

    Returns:
        The document, before `cite`; None when there was an error.
    """
    before = len(problems)
    reading = Reading(filled, problems)
    environment: dict[str, object] = {}
    tokens = parser().parse(filled.text, environment)
    if any(token.level >= MAX_NESTING - 2 for token in tokens):
        deep = next(token for token in tokens if token.level >= MAX_NESTING - 2)
        reading.problem("nested-too-deeply", "lists or quotations nested too deeply", deep.map[0] if deep.map else 0)
        return None
    root = SyntaxTreeNode(tokens)
    reader = Blocks(reading, set(_GIVEN_ANCHOR.findall(filled.text)))
    blocks = reader.blocks([node for node in root.children if node.type != "footnote_block"])
    notes = _author_notes(reader, root, environment)
    footer = _footer(filled, problems, reading.links)
    reading.unsettled()
    for anchor, place in reading.links:
        if anchor not in reader.anchors:
            message = f"there is nothing called `{unquote(anchor)}` in this document"
            hints = did_you_mean(anchor, sorted(reader.anchors))
            problems.append(Problem("unknown-anchor", message, place, hints=hints or (_GIVE_ANCHOR,)))
    problems[before:] = dict.fromkeys(problems[before:])  # a loop makes the same mistake each time
    if errors_in(problems[before:]):
        return None
    return Document(replace(filled.meta, footer=footer), blocks, author_notes=notes)


def read_line(filled: Filled, problems: list[Problem]) -> Document | None:
    """Read a filled line of plain words, in which no letter is markup.

    Returns:
        A document of one paragraph, before `cite`; None when there was an error, which is added to the problems.
    """
    before = len(problems)
    reading = Reading(filled, problems)
    line = Paragraph(reading.line(filled.text), location=reading.at(filled.text.rstrip().count("\n")))
    reading.unsettled()
    return None if errors_in(problems[before:]) else Document(filled.meta, (line,))


def _author_notes(
    reader: Blocks, root: SyntaxTreeNode, environment: dict[str, object]
) -> tuple[tuple[str, Inlines], ...]:
    reading = reader.reading
    notes = []
    for block in root.children:
        for note in block.children if block.type == "footnote_block" else ():
            line = next((child.map[0] for child in note.children if child.map), 0)
            # the way back to its mark stands in the last paragraph, or after whatever else ends the note
            written = [child for child in note.children if child.type != "footnote_anchor"]
            match reader.blocks(written, inside_item=True):
                case (Paragraph(children),):
                    notes.append((str(note.meta["label"]), children))
                case _:
                    reading.problem("wrong-note", "a footnote is one paragraph", line)
    footnotes = environment.get("footnotes", {})
    assert isinstance(footnotes, dict)
    for label, number in footnotes.get("refs", {}).items():
        if number < 0:
            name = f"[^{label[1:]}]"
            line = next((n for n, text in enumerate(reading.filled.text.split("\n")) if f"{name}:" in text), 0)
            reading.problem("unused-note", f"no mark leads to the footnote {name}", line, needle=name)
    return tuple(notes)


def _footer(filled: Filled, problems: list[Problem], links: list[tuple[str, Location]]) -> Inlines:
    """The front matter's `footer`: inlines without evidence."""
    if not filled.footer:
        return ()
    place = filled.footer_place
    lines = (place,) if place else filled.places[:1]
    text = LINE_MARK.sub("", filled.footer)
    reading = Reading(replace(filled, text=text, places=lines), problems, links=links)
    inline = Token("inline", "", 0, content=text, map=[0, 1], children=[])
    inline.children = parser().parseInline(text)[0].children
    footer = reading.inlines(SyntaxTreeNode([inline]).children[0])
    if any(isinstance(node, EvidenceRef) for node in walk(footer)):
        hint = "write it in the body, where it gets its note"
        message = "`footer` cannot hold evidence: it stands on every page, without notes"
        problems.append(Problem("evidence-in-front-matter", message, place, hints=(hint,)))
    return footer
