"""A theme at one density as Word's styles: built-in ones by their own names, a few of ours, lists, and faces.

Word knows a family's regular, bold, italic and bold italic only. Every other weight is a family of its own to Word
("Source Sans Pro Semibold"), by the name that the font file gives itself there (name ID 1), so that a machine on which
the font is installed finds the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from briefgen.document import DocumentKind
from briefgen.fonts import Face, Fonts
from briefgen.layout.lines import Advances, MeasuredText, Span
from briefgen.layout.setting import ELLIPSIS
from briefgen.opentype import Traits
from briefgen.theme import Density, StyleName, TextStyle, Theme
from briefgen.writers.docx.theming import ThemeFonts
from briefgen.writers.ooxml import (
    AS_STYLED,
    Border,
    Level,
    ParagraphFormat,
    RunFormat,
    Style,
    Typeface,
    beyond,
    over,
)

STRONG_WEIGHT = 600
"""The weight of strong words and of a table's row heads."""

MARKING_GROUND = "#000000"
"""What a marking stands on (TLP 2.0)."""

BODY_LEVEL = 10
"""The outline level of what is no heading, so that no table of contents takes it up."""

LIST_DEPTH = 9
"""Levels of a Word list."""


# ---- faces -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WordFace:
    """A face as Word asks for it."""

    family: str
    bold: bool
    italic: bool

    @property
    def slot(self) -> str:
        """Its place in the font table."""
        return {(0, 0): "Regular", (1, 0): "Bold", (0, 1): "Italic", (1, 1): "BoldItalic"}[self.bold, self.italic]


class Faces:
    """The faces that a document uses, by Word's names, and the characters that each is used for."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._used: dict[str, tuple[Face, set[str]]] = {}

    def of(self, style: TextStyle) -> WordFace:
        """The face of a text style, without using it yet."""
        return word_face(self._fonts.face(style))

    def split(self, text: str, style: TextStyle) -> Iterator[tuple[str, WordFace]]:
        """Words in runs of one face each; what they use will be embedded."""
        for piece, face in self._fonts.split(text, style):
            self._used.setdefault(face.key, (face, set()))[1].update(piece)
            yield piece, word_face(face)

    def even(self, text: str, style: TextStyle) -> TextStyle:
        """The style in the weight that a whole text can have."""
        return self._fonts.even(text, style)

    def width(self, text: str, style: TextStyle) -> float:
        """How wide a text is on one line, in points."""
        return sum(self._fonts.width(piece, face, style.size) for piece, face in self._fonts.split(text, style))

    def line_count(self, text: str, style: TextStyle, measure: float) -> int:
        """How many lines a text takes, broken to a measure as the layout breaks it."""
        spans = [Span(piece, face, style.size, style.colour) for piece, face in self._fonts.split(text, style)]
        return len(MeasuredText(spans, Advances(self._fonts)).lines(measure))

    def one_line(self, text: str, style: TextStyle, room: float) -> str:
        """As much of a text as one line has room for, an ellipsis in place of the rest, as the layout cuts it."""
        if self.line_count(text, style, room) < 2:
            return text
        spans = [Span(piece, face, style.size, style.colour) for piece, face in self._fonts.split(text, style)]
        whole = MeasuredText(spans, Advances(self._fonts))
        return whole.words(whole.lines(room - self.width(ELLIPSIS, style))[0]) + ELLIPSIS

    def use(self, text: str, style: TextStyle) -> None:
        """Have characters embedded that Word itself will print: automatic numbers, fields."""
        for _ in self.split(text, style):
            pass

    def families(self) -> tuple[Typeface, ...]:
        """What the font table says of each family used: what its first face is like, the upright one."""
        found: dict[str, Typeface] = {}
        for key in sorted(self._used):
            face, _ = self._used[key]
            found.setdefault(word_face(face).family, _typeface(face, self._fonts.traits(face)))
        return tuple(found.values())

    def embedded(self) -> Iterator[tuple[WordFace, bytes]]:
        """Each face used that may be embedded, with its subset."""
        for key in sorted(self._used):
            face, characters = self._used[key]
            if self._fonts.may_be_edited(face) and not face.stands_in:
                yield word_face(face), self._fonts.subset(face, frozenset(characters), whole_blocks=True)


@cache
def word_face(face: Face) -> WordFace:
    """What Word calls a face."""
    from fontTools.ttLib import TTFont

    family, bold = face.family, face.weight == 700
    if face.weight not in (400, 700):
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            named = font["name"].getDebugName(1)
        family = named if named and named != face.family else f"{face.family} {_WEIGHTS.get(face.weight, face.weight)}"
    return WordFace(family, bold, face.italic)


def _same(one: RunFormat, other: RunFormat) -> bool:
    """Whether two fonts are one to the file's theme, not only alike."""
    return getattr(one.font, "theme", None) == getattr(other.font, "theme", None)


def _typeface(face: Face, traits: Traits) -> Typeface:
    """What the font table says of a face's family."""
    name = word_face(face).family
    return Typeface(
        name,
        traits.panose,
        kind_of_typeface(traits),
        traits.fixed_pitch,
        traits.unicode_ranges,
        traits.code_pages,
        alternative=None if name == face.family else face.family,
    )


def kind_of_typeface(traits: Traits) -> str:
    """The kind of a typeface: by PANOSE where it is given, else by its IBM class."""
    family, serif = traits.panose[0], traits.panose[1]
    if traits.fixed_pitch:
        return "modern"
    if family == 2 and serif >= 2:
        return "swiss" if 11 <= serif <= 15 else "roman"
    if family in (3, 4):
        return {3: "script", 4: "decorative"}[family]
    roman = dict.fromkeys((1, 2, 3, 4, 5, 7), "roman")
    return (roman | {8: "swiss", 9: "decorative", 10: "script", 12: "decorative"}).get(traits.kind, "auto")


_WEIGHTS = {
    100: "Thin",
    200: "ExtraLight",
    300: "Light",
    500: "Medium",
    600: "SemiBold",
    800: "ExtraBold",
    900: "Black",
}

# ---- styles ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A Word style, and the theme's style it is made of."""

    word: Style
    text: TextStyle


@dataclass(frozen=True, slots=True)
class Kept:
    """What the definition of a style gives that a reference document has, and that stays as it is.

    Attributes:
        paragraph: what it says, in our words.
        above, below: depth of its borders, which stand in the white space that is wanted.
    """

    paragraph: ParagraphFormat
    above: float = 0
    below: float = 0

    def beyond(self, wanted: ParagraphFormat) -> ParagraphFormat:
        """What a paragraph must say to be as it is wanted."""
        before = None if wanted.before is None else max(0.0, wanted.before - self.above)
        after = None if wanted.after is None else max(0.0, wanted.after - self.below)
        have = self.paragraph
        firm = ParagraphFormat(
            keep_next=False if have.keep_next else None,
            keep_lines=False if have.keep_lines else None,
            contextual=False if have.contextual else None,
            numbering=(0, 0) if have.numbering else None,
        )
        return beyond(over(firm, replace(wanted, before=before, after=after)), have)


class Stylesheet:
    """Everything that is looked up by a style's id while a document is written.

    Args:
        kind: a dossier's text, headings and lists stand to the right of the label column.
        note_hang: how far note numbers hang left of the notes' text.
        families: of the file's theme, if its styles shall follow that.
    """

    def __init__(
        self,
        theme: Theme,
        density: Density,
        faces: Faces,
        kind: DocumentKind,
        note_hang: float,
        families: ThemeFonts | None = None,
    ) -> None:
        self._families = families
        self.theme = theme
        self.density = density
        self.text_left = theme.page.label_column if kind is DocumentKind.DOSSIER else 0.0
        self._faces = faces
        self._note_hang = note_hang
        self._dossier = kind is DocumentKind.DOSSIER
        body = density.styles[StyleName.BODY]
        self.normal = self._dress(body, StyleName.BODY)
        self.paragraphs: Mapping[str, Named] = {named.word.id: named for named in self._paragraph_styles()}
        self.characters = {style.id: style for style in self._character_styles()}
        self.kept: Mapping[str, Kept] = {}
        """Styles whose definition is a reference document's."""

    def direct(self, style: str, wanted: ParagraphFormat) -> ParagraphFormat:
        """What a paragraph of a style must say itself, beyond what the file's definition of the style gives."""
        named = self.paragraphs[style].word.paragraph
        assert named is not None
        return self.kept[style].beyond(over(named, wanted)) if style in self.kept else beyond(wanted, named)

    def definitions(self, *, whole: bool) -> Iterator[Style]:
        """Every style as it is written.

        Args:
            whole: whether each says everything, for a file whose own styles take the place of some of them; else each
                says what it has beyond the one that it is based on, so that a change to that reaches it.
        """
        for style in (*(named.word for named in self.paragraphs.values()), *self.characters.values()):
            offered = replace(style, priority=_OFFERED.get(style.id), in_gallery=style.id in _GALLERY)
            yield offered if whole else self._lean(offered)

    def _lean(self, style: Style) -> Style:
        """A style without what the one that it is based on says already."""
        if style.paragraph is None or style.base is None:
            return style
        base = self.paragraphs[style.base].word
        assert base.paragraph is not None
        run, own = beyond(style.run, base.run), style.run
        if run.font is not None or run.asian is not None or not _same(own, base.run):
            run = replace(run, font=own.font, asian=own.asian)  # a family said alone is of every script
        return replace(style, run=run, paragraph=beyond(style.paragraph, base.paragraph))

    def mark(self, reference: str, text: TextStyle) -> str:
        """The character style of note marks in text of some style: Word's own with a size and a face.

        Word's own says neither: LibreOffice sets every mark, and the numbers before the notes, as that says.

        Args:
            reference: id of Word's own.
            text: what the marks look like.
        """
        run = replace(self.run_format(text), bold=None, italic=None, colour=None, raised=True)
        name = re.sub("[,;]", " ", f"Note Mark {text.size:g} pt {self._faces.of(text).family}")  # they part aliases
        identity = re.sub(r"\W", "_", name.replace(" ", ""))
        self.characters.setdefault(identity, Style(identity, name, run, None, reference, None, builtin=False))
        return identity

    def run_format(self, text: TextStyle, face: WordFace | None = None) -> RunFormat:
        """A text style as the properties of a run, in a face of its own where it falls back on another.

        In a document with Hangul, whose styles name a face for it, each run names its own: an application that takes
        figures and quotation marks among Hangul for East Asian sets them as the layout has.
        """
        face = face or self._faces.of(text)
        family = self._families.latin(face.family) if self._families else face.family
        asian = face.family if self._families and self._families.asian else None
        return RunFormat(
            font=family, bold=face.bold, italic=face.italic, colour=text.colour, size=text.size, asian=asian
        )

    def _dress(self, text: TextStyle, name: StyleName | None = None) -> RunFormat:
        """The same as a style's properties."""
        run = self.run_format(text)
        if self._families is None:
            return run
        family = self._families.latin(self._faces.of(text).family, name)
        return replace(run, font=family, asian=self._families.hangul(name))

    def heading(self, level: int) -> str:
        """The id of the style of a heading."""
        return "Title" if level == 1 and not self._dossier else f"Heading{level}"

    def heading_text(self, level: int) -> StyleName:
        """The theme's style of a heading."""
        if not self._dossier:
            return StyleName.TITLE if level == 1 else StyleName.HEADING
        return (StyleName.HEADING_1, StyleName.HEADING_2)[level - 1] if level < 3 else StyleName.HEADING_3

    # -- paragraph styles ----------------------------------------------------------------------------------

    def _paragraph_styles(self) -> Iterator[Named]:
        left, gap = self.text_left, self.density.spacing
        make = self._made

        tight = ParagraphFormat(tight=True)
        yield make("Normal", "Normal", StyleName.BODY, base=None, left=0, next=None, more=tight)
        yield make("BodyText", "Body Text", StyleName.BODY, left=left, after=gap.paragraph)
        if self._dossier:
            yield make("Title", "Title", StyleName.COVER_TITLE, left=0, keep=True, next="Subtitle")
        else:
            yield make("Title", "Title", StyleName.TITLE, left=0, keep=True, outline=1)
            yield make("CoverTitle", "Cover Title", StyleName.COVER_TITLE, left=0, keep=True, builtin=False)
        yield make("Subtitle", "Subtitle", StyleName.COVER_SUBTITLE, left=0)
        for level in range(1, 7):
            text = self.heading_text(level)
            before = self.density.styles[text].before if self._dossier and level == 1 else gap.section
            yield make(
                f"Heading{level}",
                f"heading {level}",
                text,
                left=left,
                hang=left,
                before=before,
                keep=True,
                outline=level,
            )
        yield make(
            "NotesHeading",
            "Notes Heading",
            self.heading_text(2),
            left=left,
            hang=left,
            before=gap.section,
            keep=True,
            outline=BODY_LEVEL,
            base="Heading2",
            builtin=False,
        )
        yield make("Quote", "Quote", StyleName.QUOTATION, left=left, keep_lines=True, next="Attribution")
        yield make("Attribution", "Attribution", StyleName.ATTRIBUTION, left=left, builtin=False)
        yield make("BlockText", "Block Text", StyleName.BODY, left=left + self.theme.page.pair_gap, after=gap.paragraph)
        yield make("Caption", "caption", StyleName.CAPTION, left=left, hang=left, keep=True)
        yield make("ChartTitle", "Chart Title", StyleName.HEADING, left=left, keep=True, builtin=False)
        yield make("SourceLine", "Source Line", StyleName.SOURCE, left=left, builtin=False)
        yield self._picture()
        yield from self._list_styles()
        for identity, name, text in _OWN:
            whole = True if identity in ("TableHead", "TableText") else None
            yield make(identity, name, text, left=0, builtin=False, keep_lines=whole)
        for identity, name, text in _HANGING:
            own = self.density.styles[text]
            column = self.theme.page.label_column
            yield make(
                identity, name, text, left=column, hang=column, before=own.before, after=own.after, builtin=False
            )
        for kind in ("footnote", "endnote"):
            hang = self._note_hang
            yield make(f"{kind.title()}Text", f"{kind} text", StyleName.NOTE, left=left or hang, hang=hang, flat=True)
        yield from self._frame_styles()
        yield from self._contents_styles()

    def _made(
        self,
        identity: str,
        name: str,
        text: StyleName,
        *,
        left: float,
        hang: float | None = None,
        flat: bool = False,
        tabbed: bool = True,
        before: float | None = None,
        after: float | None = None,
        keep: bool | None = None,
        keep_lines: bool | None = None,
        outline: int | None = None,
        base: str | None = "Normal",
        next: str | None = "BodyText",
        builtin: bool = True,
        more: ParagraphFormat = AS_STYLED,
    ) -> Named:
        own = self.density.styles[text]
        if flat:
            own = replace(own, indent=0)
        hangs = own.hang if hang is None else hang
        form = ParagraphFormat(
            before=own.before if before is None else before,
            after=own.after if after is None else after,
            leading=own.leading,
            left=left + own.indent,
            right=0,
            first=-hangs,
            keep_next=keep,
            keep_lines=keep_lines or keep,
            outline=outline,
            tabs=((left + own.indent, "left"),) if hangs and tabbed else None,
        )
        word = Style(identity, name, self._dress(own, text), over(form, more), base, next, builtin)
        return Named(word, own)

    def _picture(self) -> Named:
        tiny = replace(self.density.styles[StyleName.BODY], size=1)
        form = ParagraphFormat(before=0, after=0, leading=0, left=self.text_left, right=0, first=0, keep_next=True)
        return Named(Style("Picture", "Picture", self._dress(tiny, StyleName.BODY), form, builtin=False), tiny)

    def _list_styles(self) -> Iterator[Named]:
        item = self.density.spacing.item
        for depth in range(3):
            suffix, number = ("", "") if depth == 0 else (str(depth + 1), f" {depth + 1}")
            for index, kind in enumerate(("Bullet", "Number", "Continue")):
                own = self.list_text(depth)
                listed = ParagraphFormat(numbering=(index + 1, depth) if kind != "Continue" else None)
                yield self._made(
                    f"List{kind}{suffix}",
                    f"List {kind}{number}",
                    StyleName.LIST,
                    left=self.text_left + own.indent - self.density.styles[StyleName.LIST].indent,
                    hang=0 if kind == "Continue" else None,
                    tabbed=False,
                    after=item,
                    next=None,
                    more=listed,
                )

    def list_text(self, depth: int) -> TextStyle:
        """The style of a list's text at a depth counted from 0."""
        own = self.density.styles[StyleName.LIST]
        return replace(own, indent=own.indent * (depth + 1))

    def _frame_styles(self) -> Iterator[Named]:
        measure = self.theme.page.measure
        right = ParagraphFormat(tabs=((measure, "right"),))
        yield self._made("Header", "header", StyleName.HEADER, left=0, more=right, next=None)
        yield self._made("Footer", "footer", StyleName.FOOTER, left=0, more=right, next=None)
        if self.theme.letterhead:
            yield self._made("Letterhead", "Letterhead", StyleName.LETTERHEAD, left=0, next=None, builtin=False)

    def _contents_styles(self) -> Iterator[Named]:
        column, measure = self.theme.page.label_column, self.theme.page.measure
        stops = ParagraphFormat(tabs=((column, "left"), (measure, "right")))
        title = StyleName.HEADING_1 if self._dossier else StyleName.HEADING
        yield self._made("TOCHeading", "TOC Heading", title, left=self.text_left, hang=0, keep=True)
        for level in (1, 2, 3):
            text = StyleName.CONTENTS_1 if level == 1 else StyleName.CONTENTS_2
            yield self._made(f"TOC{level}", f"toc {level}", text, left=column, hang=column, more=stops, next=None)
        listed = StyleName.CONTENTS_2
        yield self._made("TableofFigures", "table of figures", listed, left=column, hang=column, more=stops, next=None)
        yield self._made(
            "ListHeading", "List Heading", StyleName.HEADING_3, left=self.text_left, keep=True, builtin=False
        )

    # -- character styles ----------------------------------------------------------------------------------

    def _character_styles(self) -> Iterator[Style]:
        def make(identity: str, name: str, run: RunFormat, *, builtin: bool = True) -> Style:
            return Style(identity, name, run, None, "DefaultParagraphFont", None, builtin)

        def own(identity: str, name: str, text: TextStyle, *, colour: bool = True, size: bool = True) -> Style:
            run = self._dress(text)
            bold, italic = run.bold or None, run.italic or None
            run = replace(run, bold=bold, italic=italic, colour=run.colour if colour else None)
            return make(identity, name, run if size else replace(run, size=None), builtin=False)

        styles, muted = self.density.styles, self.theme.colours.muted
        body, strong = styles[StyleName.BODY], partial(replace, weight=STRONG_WEIGHT)
        regular = partial(replace, weight=400)
        yield Style("DefaultParagraphFont", "Default Paragraph Font", RunFormat(), None, None)
        yield replace(own("Strong", "Strong", strong(body), colour=False, size=False), builtin=True)
        slanted = self._dress(replace(body, italic=True))
        face = slanted if slanted.font != self.normal.font else RunFormat()
        yield make("Emphasis", "Emphasis", RunFormat(italic=True, font=face.font, asian=face.asian))
        yield make("Quiet", "Quiet", RunFormat(italic=True, colour=muted), builtin=False)
        yield make("Hyperlink", "Hyperlink", RunFormat(colour=self.theme.colours.accent))
        for kind in ("footnote", "endnote"):
            yield make(f"{kind.title()}Reference", f"{kind} reference", RunFormat(raised=True))
        yield make("NoteNumber", "Note Number", RunFormat(colour=muted), builtin=False)
        yield replace(own("HTMLCode", "HTML Code", styles[StyleName.CODE], colour=False), builtin=True)
        marking = own("Marking", "Marking", styles[StyleName.MARKING])
        yield replace(marking, run=replace(marking.run, shade=MARKING_GROUND, border=Border(0.5, MARKING_GROUND)))
        for identity, name, text in _OWN_CHARACTERS:
            yield own(identity, name, styles[text])
        yield own("RowHead", "Row Head", strong(styles[StyleName.TABLE]), colour=False, size=False)
        label = replace(regular(styles[StyleName.CAPTION]), colour=muted)
        yield own("CaptionLabel", "Caption Label", label, size=False)
        yield make("FieldLabel", "Field Label", RunFormat(colour=muted), builtin=False)
        yield make("ContentsLabel", "Contents Label", RunFormat(colour=self.theme.colours.accent), builtin=False)
        yield own("ContentsPage", "Contents Page", regular(styles[StyleName.CONTENTS_1]), colour=False, size=False)
        yield own("HeaderSubject", "Header Subject", styles[StyleName.FOOTER])
        yield own("PageLabel", "Page Label", styles[StyleName.HEADER])


class Lists:
    """Word's list definitions, and their instances.

    A definition says how far each level stands in; there is one for every place where lists stand. A numbered list
    is an instance of its own, so that it starts anew; bulleted lists at one place share theirs.
    """

    def __init__(self, sheet: Stylesheet) -> None:
        self._run = RunFormat(colour=sheet.theme.colours.accent)
        self._definitions: dict[tuple[str, int, float, float], int] = {}
        self._bulleted: dict[int, int] = {}
        self.definitions: list[tuple[Level, ...]] = []
        self.instances: list[tuple[int, int, int]] = []
        own = sheet.density.styles[StyleName.LIST]
        for style in ("ListBullet", "ListNumber"):
            self._definition(style, 0, sheet.text_left + own.hang, own.hang, named=True)
            self.instances.append((len(self.instances), 0, -1))
        self._bulleted[0] = 1

    def number(self, style: str, depth: int, left: float, hang: float, start: int | None) -> int:
        """The number of a list's instance.

        Args:
            style: "ListBullet" or "ListNumber".
            depth: from 0.
            left: where its text stands; its labels hang by `hang`.
            start: the first number, None for bullets.
        """
        definition = self._definition(style, depth, left, hang)
        if start is None and definition in self._bulleted:
            return self._bulleted[definition]
        self.instances.append((definition, depth, -1 if start is None else start))
        number = len(self.instances)
        if start is None:
            self._bulleted[definition] = number
        return number

    def _definition(self, style: str, depth: int, left: float, hang: float, *, named: bool = False) -> int:
        key = style, depth, left, hang
        if key not in self._definitions:
            self._definitions[key] = len(self.definitions)
            levels = []
            for level in range(LIST_DEPTH):
                kind, text = ("bullet", "–") if style == "ListBullet" else ("decimal", f"%{level + 1}.")
                linked = f"{style}{level + 1 if level else ''}" if named and level < 3 else None
                levels.append(Level(kind, text, left + (level - depth) * hang, hang, self._run, linked))
            self.definitions.append(tuple(levels))
        return self._definitions[key]


_OWN = (
    ("AboutLine", "About Line", StyleName.ABOUT),
    ("Lead", "Lead", StyleName.LEAD),
    ("KeyValue", "Key Value", StyleName.KEY_VALUE),
    ("KeyLabel", "Key Label", StyleName.KEY_LABEL),
    ("KeyPeriod", "Key Period", StyleName.KEY_PERIOD),
    ("TableHead", "Table Head", StyleName.TABLE_HEAD),
    ("TableText", "Table Text", StyleName.TABLE),
    ("Address", "Address", StyleName.ADDRESS),
    ("Callout", "Callout", StyleName.CALLOUT),
    ("CalloutTitle", "Callout Title", StyleName.HEADING),
    ("NextStep", "Next Step", StyleName.BODY),
    ("CoverKicker", "Cover Kicker", StyleName.COVER_KICKER),
    ("CoverLine", "Cover Line", StyleName.COVER_LINE),
)
"""Paragraph styles that Word has no name for."""

_HANGING = (("Labelled", "Labelled", StyleName.BODY),)
"""Paragraphs whose labels hang in the label column."""

_OWN_CHARACTERS = (
    ("KeyUnit", "Key Unit", StyleName.KEY_UNIT),
    ("Label", "Label", StyleName.LABEL),
    ("DecisionLabel", "Decision Label", StyleName.DECISION),
)
"""Character styles that Word has no name for."""

_OFFERED = {
    "Normal": 0,
    "BodyText": 1,
    "Lead": 2,
    **{f"Heading{level}": 9 for level in (1, 2, 3)},
    **dict.fromkeys(("Title", "CoverTitle"), 10),
    **dict.fromkeys(("Subtitle", "CoverKicker", "CoverLine", "AboutLine", "Address"), 11),
    **{f"List{kind}": 12 for kind in ("Bullet", "Number", "Continue")},
    **{f"List{kind}{depth}": 13 for kind in ("Bullet", "Number", "Continue") for depth in (2, 3)},
    **dict.fromkeys(("TableHead", "TableText", "RowHead"), 14),
    **dict.fromkeys(("KeyValue", "KeyLabel", "KeyPeriod"), 15),
    **dict.fromkeys(("Labelled", "Label", "DecisionLabel"), 16),
    **dict.fromkeys(("Callout", "CalloutTitle", "NextStep"), 17),
    **dict.fromkeys(("Strong", "Emphasis", "Quiet", "Hyperlink"), 20),
    **dict.fromkeys(("Quote", "Attribution", "BlockText"), 29),
    **dict.fromkeys(("Caption", "ChartTitle", "SourceLine"), 35),
}
"""Styles that Word's pane offers, by id, and their places there. Those of headers, contents, notes and pictures, which
nobody sets by hand, stay out of sight."""

_GALLERY = frozenset(
    {
        *("Normal", "BodyText", "Lead", "Title", "Heading1", "Heading2", "Heading3", "ListBullet", "ListNumber"),
        *("TableText", "Labelled", "Callout", "Strong", "Emphasis", "Quote", "Caption", "SourceLine"),
    }
)
