"""What a file says of itself."""

from __future__ import annotations

from xml.sax.saxutils import escape

from briefgen.writers.ooxml.base import DECLARATION

# ---- properties (ECMA-376-2 §11; §15.2.12) ---------------------------------------------------------------


def core_properties(
    *, title: str, subject: str, language: str, day: str, category: str = "", status: str = ""
) -> bytes:
    """Who, what and when: `day` is an ISO date; no person is named, because the clock and the machine are not asked."""
    texts = {
        "dc:title": title,
        "dc:subject": subject,
        "dc:language": language,
        "cp:category": category,
        "cp:contentStatus": status,
    }
    inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items() if text)
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PROPERTIES["core"]}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}{stamps}</cp:coreProperties>'
    ).encode()


def application_properties(application: str) -> bytes:
    """The program that wrote the file."""
    program = f"<Application>{escape(application)}</Application>"
    return f'{DECLARATION}<Properties xmlns="{_PROPERTIES["extended"]}">{program}</Properties>'.encode()


_PROPERTIES = {
    "core": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "extended": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
}
