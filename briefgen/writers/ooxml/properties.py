"""What a file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from briefgen.writers.ooxml.base import DECLARATION, quoted

PropertyValue = str | int | bool | date
"""What a property of a file's own may be."""

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
    inside = "".join(f"<{name}>{escape(text[:_LONGEST])}</{name}>" for name, text in texts.items() if text)
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T{_NOON}</dcterms:{name}>' for name in ("created", "modified")
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


# <property fmtid="{D5CDD505-…}" pid="2" name="Marking"><vt:lpwstr>TLP:CLEAR</vt:lpwstr></property>
# <property … pid="3" name="Facts"><vt:i4>21</vt:i4></property>
# <property … pid="4" name="As of"><vt:filetime>2026-11-21T12:00:00Z</vt:filetime></property>
# A day is its noon in UTC: Word shows it in the reader's time, and noon is of that day from Honolulu to Sydney.
# Word shows them under File, Info, Properties, Advanced Properties, Custom; pid counts from 2 (ECMA-376-1 §22.3).


def custom_properties(properties: Mapping[str, PropertyValue]) -> bytes:
    """What a file says of itself beyond what every file says, each value as what it is."""
    spaces = f'xmlns="{_PROPERTIES["custom"]}" xmlns:vt="{_PROPERTIES["types"]}"'
    inside = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoted(name)}>'
        f"{_variant(value)}</property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return f"{DECLARATION}<Properties {spaces}>{inside}</Properties>".encode()


_NOON = "12:00:00Z"
_LONGEST = 255
"""Characters that Word's own dialog has for a property."""


def _variant(value: PropertyValue) -> str:
    match value:
        case bool():
            return f"<vt:bool>{'true' if value else 'false'}</vt:bool>"
        case int():
            return f"<vt:i4>{value}</vt:i4>"
        case date():
            return f"<vt:filetime>{value.isoformat()}T{_NOON}</vt:filetime>"
        case str():
            return f"<vt:lpwstr>{escape(value)}</vt:lpwstr>"


_PROPERTIES = {
    "core": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "extended": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "custom": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "types": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
}
