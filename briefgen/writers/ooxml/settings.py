"""Settings, the font table and the theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.writers.ooxml.base import DECLARATION, NAMESPACES, Xml, hexadecimal, joined, part, quoted
from briefgen.writers.ooxml.notes import NoteKind
from briefgen.writers.ooxml.text import language_element

# ---- settings (§17.15) -----------------------------------------------------------------------------------
#
# Word 2013 and later write compatibilityMode 15; without it a file opens in "Compatibility Mode" and is laid out as
# Word 2007 did. Automatic hyphenation is off: our lines are broken without.


def settings(language: str, note_kinds: Sequence[NoteKind], *, embed_fonts: bool = True) -> bytes:
    """The settings part.

    Args:
        embed_fonts: whether the file carries its fonts, and shall do so when it is saved again.
    """
    fonts = "<w:embedTrueTypeFonts/><w:saveSubsetFonts/>" if embed_fonts else ""
    notes = "".join(
        f'<w:{kind.name}Pr><w:{kind.name} w:id="-1"/><w:{kind.name} w:id="0"/></w:{kind.name}Pr>' for kind in note_kinds
    )
    word = "http://schemas.microsoft.com/office/word"
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
        "useWord2013TrackBottomHyphenation": 0,
    }
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>' for name, value in compatibility.items()
    )
    colours = (
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
    )
    return part(
        "w:settings",
        Xml(
            f'<w:zoom w:percent="100"/>{fonts}<w:defaultTabStop w:val="720"/>'
            '<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/>'
            f"{notes}<w:compat>{modes}</w:compat>"
            f"{language_element('themeFontLang', language)}{colours}"
            '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        ),
    )


# ---- fonts (§17.8) ---------------------------------------------------------------------------------------
#
# <w:font w:name="Source Sans Pro Semibold"><w:altName w:val="Source Sans Pro"/><w:panose1 w:val="020B0603…"/>
#   <w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/><w:sig w:usb0="600002F7" …/>
#   <w:embedRegular r:id="rId1" w:fontKey="{2F4E…}" w:subsetted="true"/></w:font>
# Where a font is neither embedded nor installed, Word takes the one it has that is most like what stands here.


@dataclass(frozen=True, slots=True)
class Typeface:
    """An entry of the font table.

    Attributes:
        name: the family, as runs ask for it.
        panose, code_pages, unicode_ranges: as the font has them (OS/2).
        family: "roman", "swiss", "modern", "script", "decorative" or "auto" (§17.18.30).
        fixed_pitch: whether all its characters are equally wide.
        alternative: another name under which it may be installed.
        embedded: "Regular", "Bold", "Italic" or "BoldItalic" → relationship id and key of the font in the package.
    """

    name: str
    panose: bytes
    family: str
    fixed_pitch: bool
    unicode_ranges: tuple[int, int, int, int]
    code_pages: tuple[int, int]
    alternative: str | None = None
    embedded: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def obfuscated(font: bytes, key: str) -> bytes:
    """A font as it lies in the package: its first 32 bytes exclusive-or the key, last byte first (§17.8.1).

    Args:
        font: a TrueType font.
        key: a GUID in braces, which the font table repeats.
    """
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    return bytes(byte ^ mask[index % 16] for index, byte in enumerate(font[:32])) + font[32:]


def font_table(typefaces: Iterable[Typeface]) -> bytes:
    """The font table."""
    return part("w:fonts", joined(map(_font, typefaces)))


def _font(face: Typeface) -> Xml:
    """`w:font`."""
    embedded = "".join(
        f'<w:embed{slot} r:id={quoted(face.embedded[slot][0])} w:fontKey="{face.embedded[slot][1]}" w:subsetted="1"/>'
        for slot in ("Regular", "Bold", "Italic", "BoldItalic")
        if slot in face.embedded
    )
    alternative = f"<w:altName w:val={quoted(face.alternative)}/>" if face.alternative else ""
    ranges = "".join(f' w:usb{n}="{bits:08X}"' for n, bits in enumerate(face.unicode_ranges))
    pages = "".join(f' w:csb{n}="{bits:08X}"' for n, bits in enumerate(face.code_pages))
    return Xml(
        f'<w:font w:name={quoted(face.name)}>{alternative}<w:panose1 w:val="{face.panose.hex().upper()}"/>'
        f'<w:charset w:val="{_charset(face.code_pages[0]):02X}"/><w:family w:val="{face.family}"/>'
        f'<w:pitch w:val="{"fixed" if face.fixed_pitch else "variable"}"/><w:sig{ranges}{pages}/>{embedded}</w:font>'
    )


def _charset(code_pages: int) -> int:
    """Windows' number of the script that a font is made for: an East Asian one before Latin (OS/2, ulCodePageRange)."""
    return next((charset for bit, charset in _CHARSETS if code_pages >> bit & 1), 0)


_CHARSETS = ((19, 0x81), (17, 0x80), (18, 0x86), (20, 0x88))
"""Bits of Korean, Japanese, simplified and traditional Chinese, and what Windows calls their character sets."""


# ---- theme (§14.2.7) -------------------------------------------------------------------------------------
#
# What Word's colour and font pickers offer first. Its fill, line and effect lists must hold three entries each.


def theme(name: str, colours: Mapping[str, str], heading_font: str, body_font: str, asian_font: str) -> bytes:
    """The theme part: `colours` by DrawingML's names (dk1, lt1, dk2, lt2, accent1 … accent6, hlink, folHlink).

    Args:
        asian_font: of Hangul, Han and Kana; empty to leave it to Word.
    """
    scheme = "".join(
        f'<a:{slot}><a:srgbClr val="{hexadecimal(colour)}"/></a:{slot}>' for slot, colour in colours.items()
    )

    def font(kind: str, family: str) -> str:
        faces = f'<a:latin typeface={quoted(family)}/><a:ea typeface={quoted(asian_font)}/><a:cs typeface=""/>'
        return f"<a:{kind}Font>{faces}</a:{kind}Font>"

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    label = quoted(name)
    return (
        f'{DECLARATION}<a:theme xmlns:a="{NAMESPACES["a"]}" name={label}><a:themeElements>'
        f"<a:clrScheme name={label}>{scheme}</a:clrScheme>"
        f"<a:fontScheme name={label}>{font('major', heading_font)}{font('minor', body_font)}</a:fontScheme>"
        f"<a:fmtScheme name={label}>{formats}</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()
