"""Word files as an organisation's designer would send them, made here: references for themes.

They are set in fonts that briefgen installs, so that every machine measures the same.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor
from PIL import Image, ImageDraw

SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def logo(colour: str = "#7A1E2C", width: int = 240, height: int = 80) -> bytes:
    """A plain mark as PNG."""
    image = Image.new("RGB", (width, height), "#FFFFFF")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, height - 1, height - 1), fill=colour)
    for step in range(3):
        draw.rectangle((height + 12, step * height // 3, width - 1 - step * 30, step * height // 3 + 14), fill=colour)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def font(style: Any, family: str, size: float, colour: str | None = None, bold: bool | None = None) -> None:
    """Set a style in a family for every script, by name rather than by theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), family)
    style.font.size = Pt(size)
    style.font.bold = bold
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))


def spaced(style: Any, before: float, after: float, lines: float | None = None, exact: float | None = None) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(exact)
    elif lines:
        form.line_spacing = lines


def field(paragraph: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            text = OxmlElement("w:instrText")
            text.text = f" {code} "
            run._r.append(text)
        else:
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)


def ministry(body: float = 10.0, lines: float = 1.1) -> Any:
    """A4, a serif and a sans-serif, everything from python-docx's own template restyled; a running header."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    section.left_margin = section.right_margin = Pt(62.4)
    section.top_margin, section.bottom_margin = Pt(70.9), Pt(56.7)
    section.header_distance, section.footer_distance = Pt(34), Pt(28.35)
    styles = made.styles
    font(styles["Normal"], SANS, body)
    spaced(styles["Normal"], 0, 5, lines)
    for name, size, before, after in (("Title", 22, 0, 6), ("Heading 1", 16, 14, 6), ("Heading 2", 11.5, 9, 2)):
        font(styles[name], SERIF, size, "#7A1E2C", bold=name != "Title")
        spaced(styles[name], before, after, 1.0)
    font(styles["Heading 3"], SERIF, body, "#7A1E2C", bold=True)
    font(styles["List Bullet"], SANS, body)
    font(styles["Quote"], SERIF, 12, "#7A1E2C")
    styles["Quote"].font.italic = True
    font(styles["Caption"], SANS, 9, "#7A1E2C", bold=True)
    font(styles["Subtitle"], SERIF, 14, "#55606A", bold=False)
    header = section.header.paragraphs[0]
    header.text = "Ministry of External Trade\tDepartment for Partnerships"
    footer = section.footer.paragraphs[0]
    footer.text = "Example Street 4, Example City\t\tPage "
    field(footer, "PAGE")
    return made


def chamber(size: str = "Letter") -> Any:
    """US Letter; the first page has a letterhead of logo and address in a table, the others a line."""
    made = ministry(10, 1.08)
    section = made.sections[0]
    if size == "Letter":
        section.page_width, section.page_height = Pt(612), Pt(792)
    section.different_first_page_header_footer = True
    head = section.first_page_header
    table = head.add_table(1, 2, Pt(480))
    table.autofit = False
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run().add_picture(io.BytesIO(logo("#17573A")), height=Pt(40))
    right.text = "Chamber of Commerce\n12 Harbour Square\nchamber@example.org"
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot = section.first_page_footer.paragraphs[0]
    foot.text = "Registered at Example City · No 12345"
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Quote", "Caption"):
        made.styles[name].font.color.rgb = RGBColor.from_string("17573A")
    return made


def saved(made: Any) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def template(contents: bytes) -> bytes:
    """A document as a .dotx."""
    return altered(
        contents, {"[Content_Types].xml": lambda xml: xml.replace(DOCUMENT_TYPE.encode(), TEMPLATE_TYPE.encode())}
    )


Change = Callable[[bytes], bytes] | bytes | None


def altered(contents: bytes, changes: Mapping[str, Change]) -> bytes:
    """A package with some entries changed, added (bytes) or left out (None)."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contents)) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            change = changes.get(name, source.read(name))
            if change is not None:
                target.writestr(name, change(source.read(name)) if callable(change) else change)
        for name, change in changes.items():
            if name not in source.namelist() and isinstance(change, bytes):
                target.writestr(name, change)
    return kept.getvalue()


def theme(folder: Path, contents: bytes, name: str = "house.docx", says: str = "") -> Path:
    """A theme that names a reference, in a folder."""
    (folder / name).write_bytes(contents)
    path = folder / "house.yaml"
    path.write_text(f"extends: default\ndescription: House style\nreference: {name}\n{says}", encoding="utf-8")
    return path


__all__ = ["Emu", "altered", "chamber", "logo", "ministry", "saved", "template", "theme"]
