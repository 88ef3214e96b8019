"""What a PDF says of itself to an archive: its metadata, its colours, and the manifest that it carries.

Source: ISO 19005-3 (PDF/A-3), conformance level A; ISO 14289-1 (PDF/UA-1), clause 5.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from briefgen import __version__
from briefgen.document import Meta
from briefgen.manifest import ATTACHMENT
from briefgen.writers.pdf_file import PdfFile, array, dictionary, reference, text_string

_PRODUCER = "ReportLab PDF Library"


@dataclass(frozen=True, slots=True)
class Description:
    """The document's own title, subject and day; nobody's name, and no clock's time."""

    title: str
    subject: str
    keywords: str
    language: str
    day: date
    creator: str = f"briefgen {__version__}"
    producer: str = _PRODUCER


def described(meta: Meta) -> Description:
    """What a document says of itself."""
    keywords = ", ".join(filter(None, (meta.kind.value, meta.marking.label, meta.audience)))
    return Description(meta.title, meta.description, keywords, meta.language, meta.as_of)


def archive(file: PdfFile, description: Description, manifest: bytes) -> Mapping[str, str]:
    """Add metadata, output intent and manifest, and return what the catalogue must say of them."""
    metadata = file.add_stream(packet(description).encode(), "/Type/Metadata/Subtype/XML", compressed=False)
    attached = _attach(file, manifest, description.day)
    return {
        "Metadata": reference(metadata),
        "OutputIntents": array([_output_intent(file)]),
        "AF": array([reference(attached)]),
        "Names": f"<</EmbeddedFiles<</Names[{text_string(ATTACHMENT)} {reference(attached)}]>>>>",
    }


def info(description: Description) -> str:
    """The document information dictionary, for those who read no metadata (ISO 32000-1, 14.3.3)."""
    said = {
        "Title": description.title,
        "Subject": description.subject,
        "Keywords": description.keywords,
        "Creator": description.creator,
        "Producer": description.producer,
        "CreationDate": _day(description.day),
        "ModDate": _day(description.day),
    }
    return dictionary("".join(f"/{name}{text_string(text)}" for name, text in said.items() if text))


def _day(day: date) -> str:
    return f"D:{day:%Y%m%d}000000Z"


# ---- metadata ----------------------------------------------------------------------------------------------

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which this file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
"""Metadata says which standards the file keeps to; that of PDF/UA is not among those that PDF/A knows, so it is
explained (ISO 19005-3, 6.6.2.3)."""


def packet(description: Description) -> str:
    """The metadata as XMP (ISO 16684-1)."""
    said = {
        "title": description.title,
        "subject": description.subject,
        "keywords": description.keywords,
        "language": description.language,
        "creator": description.creator,
        "producer": description.producer,
    }
    return _PACKET.format(day=description.day.isoformat(), **{name: _in_xml(text) for name, text in said.items()})


def _in_xml(text: str) -> str:
    """Text as XML can hold it: without controls."""
    return escape("".join(c for c in text if c >= " " and c not in "\ufffe\uffff"))


# ---- colours -----------------------------------------------------------------------------------------------


def _output_intent(file: PdfFile) -> str:
    """What our red, green and blue mean: sRGB."""
    profile = file.add_stream(srgb_profile(), "/N 3")
    return dictionary(
        "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
        f"/RegistryName(http://www.color.org)/DestOutputProfile {reference(profile)}"
    )


_WHITE = (0.9642, 1.0, 0.8249)  # D50, the profile connection space's
_RED = (0.43607, 0.22249, 0.01392)  # sRGB's primaries, adapted to D50 by Bradford's method
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.71410)
_STEPS = 256


def srgb_profile() -> bytes:
    """A small ICC profile of sRGB as a display, made from the standard's figures; always the same bytes.

    Source: ICC.1:2001-04 (version 2), 6.3.1.2 "Three-component matrix-based display profiles"; IEC 61966-2-1.
    """
    curve = struct.pack(
        f">4s4xL{_STEPS}H", b"curv", _STEPS, *(round(_linear(n / (_STEPS - 1)) * 65535) for n in range(_STEPS))
    )
    tags = {
        b"desc": _profile_name("sRGB"),
        b"cprt": b"text\0\0\0\0" + b"No copyright, use freely\0",
        b"wtpt": _xyz(_WHITE),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    directory, contents = struct.pack(">L", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    for tag, body in tags.items():
        if body not in placed:
            placed[body] = start + len(contents)
            contents += body + bytes(-len(body) % 4)
        directory += struct.pack(">4sLL", tag, placed[body], len(body))
    header = struct.pack(
        ">L4sL4s4s4s6H4s4xL4s4sQL12s48x",
        start + len(contents),
        b"\0\0\0\0",  # no colour management module preferred
        0x02100000,  # version 2.1
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2000, 1, 1, 0, 0, 0),
        b"acsp",
        0,  # flags
        b"\0\0\0\0",  # no manufacturer
        b"\0\0\0\0",  # no model
        0,  # attributes: reflective, glossy, positive, colour
        0,  # perceptual
        struct.pack(">3l", *(round(part * 65536) for part in _WHITE)),
    )
    return header + directory + contents


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _xyz(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4s4x3l", b"XYZ ", *(round(value * 65536) for value in values))


def _profile_name(name: str) -> bytes:
    """A textDescriptionType in ASCII, its Unicode and Macintosh parts empty."""
    words = name.encode("ascii") + b"\0"
    return struct.pack(f">4s4xL{len(words)}sLLHB67x", b"desc", len(words), words, 0, 0, 0, 0)


# ---- the manifest ------------------------------------------------------------------------------------------


def _attach(file: PdfFile, manifest: bytes, day: date) -> int:
    """Attach the manifest as a file that belongs to the document (ISO 19005-3, 6.8)."""
    checksum = hashlib.md5(manifest, usedforsecurity=False).hexdigest()
    entries = (
        "/Type/EmbeddedFile/Subtype/application#2Fjson"
        f"/Params<</Size {len(manifest)}/ModDate({_day(day)})/CheckSum<{checksum}>>>"
    )
    embedded = reference(file.add_stream(manifest, entries))
    name = text_string(ATTACHMENT)
    return file.add(
        f"<</Type/Filespec/F{name}/UF{name}/Desc{text_string('What this document rests on, as JSON')}"
        f"/AFRelationship/Data/EF<</F {embedded}/UF {embedded}>>>>"
    )
