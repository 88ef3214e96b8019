"""Pictures."""

from __future__ import annotations

from briefgen.writers.ooxml.base import NAMESPACES, Xml, emu, quoted

# ---- pictures (§20.4.2.8) --------------------------------------------------------------------------------
#
# <w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="…" cy="…"/><wp:docPr id="1"
#   name="Picture 1" descr="its text alternative"/>…<a:graphic>…<pic:pic>…<a:blip r:embed="rId9"/>…


def picture(number: int, relation: str, width: float, height: float, description: str) -> Xml:
    """An inline picture with its text alternative; `number` is unique in the document."""
    extent = f'cx="{emu(width)}" cy="{emu(height)}"'
    name, text = quoted(f"Figure {number}"), quoted(description)
    return Xml(
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name={name} descr={text}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name} descr={text}/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill><a:blip r:embed={quoted(relation)}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
