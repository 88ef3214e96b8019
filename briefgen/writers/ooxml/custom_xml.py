"""Custom XML: what a file carries of ours beside its text, which every word processor keeps and none shows."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from briefgen.writers.ooxml.base import DECLARATION, quoted

# ---- custom XML data storage (§22.5; ISO 29500-1 §15.2.5 and §15.2.6) ------------------------------------
#
# document.xml.rels   …/relationships/customXml → ../customXml/item1.xml, any XML that has a namespace of its own
# item1.xml.rels      …/relationships/customXmlProps → itemProps1.xml
# itemProps1.xml      <ds:datastoreItem ds:itemID="{2F4E…}" xmlns:ds="…/customXml"><ds:schemaRefs><ds:schemaRef
#                       ds:uri="urn:…"/></ds:schemaRefs></ds:datastoreItem>
# Word and LibreOffice number the parts anew when they save, so a part is known by its namespace, not by its name.
#
# Ours:
# <manifest xmlns="urn:briefgen:manifest" format="1"><json>{…}</json><marks>
#   <mark name="ev_trade_2024_1" evidence="trade-2024" facets="value">US$86.7 billion</mark></marks></manifest>

MANIFEST_NAMESPACE = "urn:briefgen:manifest"
"""What the part with the manifest is known by."""

MANIFEST_FORMAT = 1
"""The version of that part's form; the JSON in it has its own."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark around words of evidence.

    Attributes:
        name: the bookmark's.
        evidence: id of the fact or quote.
        facets: the parts of it that are printed there, in order, by their names in `document.Facet`.
        words: as printed, on one line.
    """

    name: str
    evidence: str
    facets: tuple[str, ...]
    words: str


def manifest_part(manifest: bytes, marks: Iterable[Mark]) -> bytes:
    """The part that holds a document's manifest, and where in the document its evidence stands.

    Args:
        manifest: JSON as UTF-8. The two characters of JSON that XML has no place for are escaped as JSON does it.
    """
    json = manifest.decode("utf-8").replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    inside = "".join(
        f"<mark name={quoted(mark.name)} evidence={quoted(mark.evidence)} facets={quoted(' '.join(mark.facets))}>"
        f"{escape(mark.words)}</mark>"
        for mark in marks
    )
    return (
        f'{DECLARATION}<manifest xmlns="{MANIFEST_NAMESPACE}" format="{MANIFEST_FORMAT}">'
        f"<json>{escape(json)}</json><marks>{inside}</marks></manifest>"
    ).encode()


def data_store_properties(part: bytes) -> bytes:
    """What names a custom XML part for good: a GUID, here from what it holds, and its namespace."""
    identity = str(uuid.UUID(bytes=hashlib.sha256(part).digest()[:16], version=4)).upper()
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{namespace}" ds:itemID="{{{identity}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
