"""The Word writer: a Document and the Layout's decisions → a DOCX of real styles, notes, fields, tables and lists.

python-docx holds the package, its parts and relationships; the XML in them is `ooxml`'s. Nothing here asks the clock or
the machine, so the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from briefgen.document import Status
from briefgen.layout import notes_at_foot
from briefgen.layout.model import Figure, Picture
from briefgen.layout.notes import note_gaps
from briefgen.theme import Density, StyleName
from briefgen.writers import Finished, ooxml
from briefgen.writers.docx.anchors import Bookmarks
from briefgen.writers.docx.body import Body, Decided
from briefgen.writers.docx.charts import WORKBOOK, Charts
from briefgen.writers.docx.comments import Comments
from briefgen.writers.docx.frames import Frames
from briefgen.writers.docx.letterhead import LOGO
from briefgen.writers.docx.packing import packed_anew
from briefgen.writers.docx.reference import House
from briefgen.writers.docx.styles import Faces, Stylesheet, word_face
from briefgen.writers.docx.text import Story, Typesetter
from briefgen.writers.docx.theming import ThemeFonts, hangul_face, theme_part, themed
from briefgen.writers.ooxml import Border, ParagraphFormat, RunFormat, Xml

_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


def write(finished: Finished) -> bytes:
    """Write a finished document as DOCX.

    Args:
        finished: a cited document and its layout; the density that the layout names decides every size.

    Returns:
        The file's bytes, the same for the same input.
    """
    return _Writer(finished).write()


class _Writer:
    def __init__(self, finished: Finished) -> None:
        if finished.theme.reference is None:
            finished = replace(finished, theme=themed(finished.theme))
        self._finished = finished
        self._document = finished.document
        self._meta = finished.document.meta
        self._theme = finished.theme
        self._letterhead = finished.theme.letterhead
        density = next(d for d in finished.theme.densities if d.name == finished.layout.density)
        self._faces = Faces(finished.fonts)
        hang = finished.layout.decisions.note_hang
        self._families = self._theme_fonts(density)
        follows = None if finished.theme.reference else self._families
        if follows and not ooxml.is_east_asian(self._meta.language):
            follows = replace(follows, asian=None)  # a few words of Hangul name their face themselves
        self._sheet = Stylesheet(finished.theme, density, self._faces, self._meta.kind, hang, follows)
        self._house = House(finished.theme, finished.theme.reference) if finished.theme.reference else None
        if self._house:
            self._sheet.kept = self._house.kept(self._sheet)
        self._notes = ooxml.FOOTNOTES if notes_at_foot(self._document) else ooxml.ENDNOTES
        self._bookmarks = Bookmarks.of(self._document)
        self._comment_story = Story()
        self._comments = self._commenting()
        self._set = Typesetter(self._document, self._sheet, self._faces, self._notes, self._bookmarks, self._comments)
        self._package = Package()

    def _theme_fonts(self, density: Density) -> ThemeFonts:
        """The families of the file's theme: of titles, of text, and of Hangul where there is any."""
        title, body = (self._faces.of(density.styles[name]).family for name in (StyleName.TITLE, StyleName.BODY))
        hangul = hangul_face(self._finished.layout)
        return ThemeFonts(title, body, word_face(self._finished.fonts.by_key(hangul)).family if hangul else None)

    def _commenting(self) -> Comments | None:
        review = self._finished.review
        return Comments(review, self._document, self._comment_story.relation) if review else None

    def write(self) -> bytes:
        """Build every part, then pack them."""
        decided = Decided.of(self._document, self._finished.layout)
        charts = Charts(self._sheet, self._faces, self._meta.language, self._chart_colours())
        body = Body(self._document, decided, self._sheet, self._set, self._bookmarks, charts)
        frames = Frames(self._finished, self._sheet, self._faces, self._set)

        main = self._part("/word/document.xml", CT.WML_DOCUMENT_MAIN, b"")
        self._package.relate_to(main, RT.OFFICE_DOCUMENT)
        references = {}
        for kind, page, content in frames.all():
            name = f"{kind}-{page}"
            blob = ooxml.part("w:hdr" if kind == "header" else "w:ftr", content)
            type_, relation = (CT.WML_HEADER, RT.HEADER) if kind == "header" else (CT.WML_FOOTER, RT.FOOTER)
            part = self._part(f"/word/{name}.xml", type_, blob)
            self._relate(main, relation, part, name)
            references[kind, page] = name
            if self._letterhead and (kind, page) == ("header", "first"):
                self._add_logo(part)
        text = body.write(frames.sections(references))
        self._set.check_marks()
        notes = Story()
        if self._document.notes:
            type_, relation = (
                (CT.WML_FOOTNOTES, RT.FOOTNOTES) if self._notes is ooxml.FOOTNOTES else (CT.WML_ENDNOTES, RT.ENDNOTES)
            )
            part = self._part(f"/word/{self._notes.name}s.xml", type_, self._note_part(notes))
            self._relate(main, relation, part, "notes")
            self._add_links(part, notes)
        self._add_links(main, body.story)
        for number, figure in enumerate(body.pictures.shown, 1):
            self._relate(main, RT.IMAGE, self._image(figure, number), f"figure{number}")
        self._add_charts(main, charts)
        if self._comments:
            part = self._part("/word/comments.xml", CT.WML_COMMENTS, self._comments.part())
            self._relate(main, RT.COMMENTS, part, "comments")
            self._add_links(part, self._comment_story)
        self._add_definitions(main, body)
        main._blob = ooxml.part("w:document", Xml(f"<w:body>{text}</w:body>"))
        if self._house:
            self._house.dress(main, self._sheet, frames.marking, self._meta.title)
        self._add_properties()
        self._add_manifest(main)
        package = BytesIO()
        self._package.save(package)
        return packed_anew(package)

    # -- parts ---------------------------------------------------------------------------------------------

    def _part(self, name: str, content_type: str, blob: bytes) -> Part:
        return Part(PackURI(name), content_type, blob, self._package)

    def _relate(self, source: Part, kind: str, target: Part, identity: str) -> None:
        source.rels.add_relationship(kind, target, identity)

    def _add_links(self, part: Part, story: Story) -> None:
        for address, identity in story.links.items():
            part.rels.add_relationship(RT.HYPERLINK, address, identity, is_external=True)

    def _add_logo(self, header: Part) -> None:
        if self._letterhead and self._letterhead.logo:
            logo = self._letterhead.logo
            self._relate(header, RT.IMAGE, self._photograph(Path(logo.path), LOGO, logo.contents), LOGO)

    def _add_charts(self, main: Part, charts: Charts) -> None:
        for number, chart in enumerate(charts.drawn, 1):
            part = self._part(f"/word/charts/chart{number}.xml", CT.DML_CHART, chart.xml)
            sheet = f"/word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"
            self._relate(part, RT.PACKAGE, self._part(sheet, CT.SML_SHEET, chart.workbook), WORKBOOK)
            self._relate(main, RT.CHART, part, f"chart{number}")

    def _chart_colours(self) -> Mapping[str, str]:
        """Colours of the Word file's own theme by DrawingML's names, so that charts follow it."""
        if self._house:
            return {}  # the theme is the reference document's
        colours = self._theme.colours
        return {
            "#FFFFFF": "bg1",
            colours.hairline: "accent4",
            colours.reference: "accent3",
            colours.muted: "tx2",
            colours.accent: "accent1",
            colours.ink: "tx1",
        }

    def _add_definitions(self, main: Part, body: Body) -> None:
        """Styles, lists, settings, theme and fonts; the fonts come last, when every character is known."""
        sheet = self._sheet
        table_rule = Border(self._theme.rules.table, self._theme.colours.ink)
        hairline = Border(self._theme.rules.hairline, self._theme.colours.hairline)
        tables = (
            ooxml.table_style(
                "FactsTable",
                "Facts Table",
                RunFormat(),
                borders={"bottom": table_rule, "insideH": hairline},
                whole_rows=True,
            ),
            ooxml.table_style("LayoutTable", "Layout Table", RunFormat(), borders={}),
        )
        all_styles = (
            *sheet.definitions(whole=self._house is not None),
            *(ooxml.COMMENT_STYLES if self._comments else ()),
        )
        styles = ooxml.styles(replace(sheet.normal, language=self._meta.language), all_styles, tables)
        kinds = (self._notes,) if self._document.notes else ()
        definitions = (
            ("styles", CT.WML_STYLES, RT.STYLES, styles),
            (
                "numbering",
                CT.WML_NUMBERING,
                RT.NUMBERING,
                ooxml.numbering(body.lists.definitions, body.lists.instances),
            ),
            (
                "settings",
                CT.WML_SETTINGS,
                RT.SETTINGS,
                ooxml.settings(self._meta.language, kinds, embed_fonts=self._finished.embed_fonts),
            ),
        )
        for stem, content_type, relation, blob in definitions:
            self._relate(main, relation, self._part(f"/word/{stem}.xml", content_type, blob), stem)
        theme = theme_part(self._theme, self._families)
        self._relate(main, RT.THEME, self._part("/word/theme/theme1.xml", CT.OFC_THEME, theme), "theme")
        self._relate(main, RT.FONT_TABLE, self._font_part(), "fonts")

    def _font_part(self) -> Part:
        part = self._part("/word/fontTable.xml", CT.WML_FONT_TABLE, b"")
        families: dict[str, dict[str, tuple[str, str]]] = {}
        embedded = self._faces.embedded() if self._finished.embed_fonts else ()
        for number, (face, font) in enumerate(embedded, 1):
            digest = hashlib.sha256(f"{face.family} {face.slot}".encode() + font).digest()
            key = "{" + str(uuid.UUID(bytes=digest[:16], version=4)).upper() + "}"
            identity = f"font{number}"
            target = self._part(f"/word/fonts/font{number}.odttf", _FONT_TYPE, ooxml.obfuscated(font, key))
            self._relate(part, _FONT_RELATION, target, identity)
            families.setdefault(face.family, {})[face.slot] = (identity, key)
        known = self._faces.families()
        part._blob = ooxml.font_table(replace(face, embedded=families.get(face.name, {})) for face in known)
        return part

    def _image(self, figure: Figure, number: int) -> Part:
        (picture,) = figure.items
        assert isinstance(picture, Picture)
        return self._photograph(Path(picture.path), f"figure{number}")

    def _photograph(self, path: Path, stem: str, contents: bytes | None = None) -> Part:
        png = path.suffix.lower() == ".png"
        name = f"/word/media/{stem}.{'png' if png else 'jpeg'}"
        return self._part(name, CT.PNG if png else CT.JPEG, contents or path.read_bytes())

    def _add_properties(self) -> None:
        meta = self._meta
        core = ooxml.core_properties(
            title=meta.title,
            subject=meta.description,
            language=ooxml.language_tag(meta.language),
            day=meta.as_of.isoformat(),
            category=meta.marking.label,
            status=self._status,
        )
        parts = (
            ("/docProps/core.xml", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, core),
            (
                "/docProps/app.xml",
                CT.OFC_EXTENDED_PROPERTIES,
                RT.EXTENDED_PROPERTIES,
                ooxml.application_properties("briefgen"),
            ),
            (
                "/docProps/custom.xml",
                CT.OFC_CUSTOM_PROPERTIES,
                RT.CUSTOM_PROPERTIES,
                ooxml.custom_properties(self._finished.properties),
            ),
        )
        for name, content_type, relation, blob in parts:
            self._package.relate_to(self._part(name, content_type, blob), relation)

    @property
    def _status(self) -> str:
        if self._finished.review:
            return "Review copy"
        return "Draft" if self._meta.status is Status.DRAFT else "Final"

    def _add_manifest(self, main: Part) -> None:
        """The manifest, and the bookmarks by which its evidence is found in the text."""
        blob = ooxml.manifest_part(self._finished.manifest, self._set.evidence.marks)
        stored = self._part("/customXml/item1.xml", CT.XML, blob)
        self._relate(main, RT.CUSTOM_XML, stored, "manifest")
        properties = ooxml.data_store_properties(blob)
        part = self._part("/customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, properties)
        self._relate(stored, RT.CUSTOM_XML_PROPS, part, "properties")

    # -- notes ---------------------------------------------------------------------------------------------

    def _note_part(self, story: Story) -> bytes:
        """The notes under a hairline.

        On a single page the first note carries it, which every application shows alike; on several pages whichever
        note comes first on a page can't be known once somebody has edited the text, so it is the separator's.
        """
        hairline = Border(self._theme.rules.hairline, self._theme.colours.hairline)
        _, space = note_gaps(self._meta, self._sheet.density.spacing)
        one_page = self._meta.pages == 1
        ruled = not one_page and self._notes is ooxml.FOOTNOTES  # endnotes stand under their own heading
        notes = [self._notes.separators(hairline if ruled else None, space)]
        style = self._notes.text_style
        voice = self._set.voice(style)
        for note in self._document.notes:
            self._faces.use(str(note.number), voice.text)
            number = ooxml.run(self._notes.number, RunFormat(style="NoteNumber"))
            words = self._set.runs(note.children, voice, story)
            content = ooxml.joined((number, ooxml.run(ooxml.TAB), words))
            form = ParagraphFormat()
            if one_page and self._notes is ooxml.FOOTNOTES and note is self._document.notes[0]:
                form = ParagraphFormat(top=replace(hairline, space=space))
            form = self._sheet.direct(style, form)
            notes.append(self._notes.note(note.number, ooxml.paragraph(style, content, form)))
        return ooxml.part(f"w:{self._notes.name}s", ooxml.joined(notes))
