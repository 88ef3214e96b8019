"""Settings, the font table and the theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefgen.writers.ooxml.base import DECLARATION, NAMESPACES, Xml, hexadecimal, part, quoted
from briefgen.writers.ooxml.notes import NoteKind
from briefgen.writers.ooxml.text import language_element

# ---- settings (§17.15) -----------------------------------------------------------------------------------
#
# Word 2013 and later write compatibilityMode 15; without it a file opens in "Compatibility Mode" and is laid out as
# Word 2007 did. Automatic hyphenation is off: our lines are broken without.


def settings(language: str, note_kinds: Sequence[NoteKind]) -> bytes:
    """The settings part."""
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
            '<w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:saveSubsetFonts/><w:defaultTabStop w:val="720"/>'
            '<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/>'
            f"{notes}<w:compat>{modes}</w:compat>"
            f"{language_element('themeFontLang', language)}{colours}"
            '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        ),
    )


# ---- fonts (§17.8) ---------------------------------------------------------------------------------------
#
# <w:font w:name="Source Sans Pro"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>
#   <w:embedRegular r:id="rId1" w:fontKey="{2F4E…}" w:subsetted="true"/></w:font>


def obfuscated(font: bytes, key: str) -> bytes:
    """A font as it lies in the package: its first 32 bytes exclusive-or the key, last byte first (§17.8.1).

    Args:
        font: a TrueType font.
        key: a GUID in braces, which the font table repeats.
    """
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    return bytes(byte ^ mask[index % 16] for index, byte in enumerate(font[:32])) + font[32:]


def font_table(families: Mapping[str, Mapping[str, tuple[str, str]]]) -> bytes:
    """The font table.

    Args:
        families: name → "Regular", "Bold", "Italic" or "BoldItalic" → relationship id and key of the embedded font.
    """
    parts = []
    for name, faces in families.items():
        embedded = "".join(
            f'<w:embed{face} r:id={quoted(faces[face][0])} w:fontKey="{faces[face][1]}" w:subsetted="1"/>'
            for face in ("Regular", "Bold", "Italic", "BoldItalic")
            if face in faces
        )
        parts.append(
            f'<w:font w:name={quoted(name)}><w:charset w:val="00"/><w:family w:val="auto"/>'
            f'<w:pitch w:val="variable"/>{embedded}</w:font>'
        )
    return part("w:fonts", Xml("".join(parts)))


# ---- theme (§14.2.7) -------------------------------------------------------------------------------------
#
# What Word's colour and font pickers offer first. Its fill, line and effect lists must hold three entries each.


def theme(name: str, colours: Mapping[str, str], heading_font: str, body_font: str) -> bytes:
    """The theme part: `colours` by DrawingML's names (dk1, lt1, dk2, lt2, accent1 … accent6, hlink, folHlink)."""
    scheme = "".join(
        f'<a:{slot}><a:srgbClr val="{hexadecimal(colour)}"/></a:{slot}>' for slot, colour in colours.items()
    )

    def font(kind: str, family: str) -> str:
        return (
            f'<a:{kind}Font><a:latin typeface={quoted(family)}/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        )

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
