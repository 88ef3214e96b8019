"""Sections: pages, their margins, headers and footers."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.writers.ooxml.base import Xml, quoted, twips
from briefgen.writers.ooxml.tables import Margins
from briefgen.writers.ooxml.text import attributes

# ---- sections (§17.6) ------------------------------------------------------------------------------------
#
# <w:sectPr><w:headerReference w:type="default" r:id="rId5"/>…<w:pgSz w:w="11906" w:h="16838"/>
#   <w:pgMar w:top="1240" w:right="1080" w:bottom="1037" w:left="1080" w:header="585" w:footer="455" w:gutter="0"/>
#   <w:titlePg/></w:sectPr>
#
# The last section's properties end the body; those of any other stand in its last paragraph:
# <w:p><w:pPr>…<w:sectPr><w:headerReference w:type="default" r:id="rId7"/>…
#   <w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>…</w:sectPr></w:pPr>…</w:p>
# A section begins a page (w:type is nextPage unless it says otherwise), and takes headers and footers that it does not
# name from the section before it. Pages and notes are numbered on unless w:pgNumType or w:numRestart say otherwise.


def section(
    size: tuple[float, float],
    margins: Margins,
    header: float,
    footer: float,
    references: Mapping[tuple[str, str], str],
    *,
    first_differs: bool,
) -> Xml:
    """`w:sectPr`; a page that is wider than high is a landscape page.

    Args:
        header, footer: distances of their boxes from the page's edges.
        references: ("header" or "footer", "default" or "first") → relationship id.
        first_differs: whether the first page has its own header and footer.
    """
    links = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id={quoted(relation)}/>' for (kind, page), relation in references.items()
    )
    around = {"top": margins.top, "right": margins.right, "bottom": margins.bottom, "left": margins.left}
    orient = ' w:orient="landscape"' if size[0] > size[1] else ""
    distances = around | {"header": header, "footer": footer, "gutter": 0}
    return Xml(
        f'<w:sectPr>{links}<w:footnotePr><w:numFmt w:val="decimal"/></w:footnotePr>'
        '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
        f'<w:pgSz w:w="{twips(size[0])}" w:h="{twips(size[1])}"{orient}/>'
        f"<w:pgMar{attributes(**{name: twips(value) for name, value in distances.items()})}/>"
        f"{'<w:titlePg/>' if first_differs else ''}</w:sectPr>"
    )
