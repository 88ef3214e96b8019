"""One-page documents of random load: words of several languages, optional parts of random weight, notes, tables.

They are as read: what is left out of them is decided by `fit`, with `cited` in the place of `cite`.
"""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass, replace

from briefgen.document import (
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Chart,
    ChartKind,
    Column,
    Document,
    Facet,
    Heading,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Labelled,
    LabelledRow,
    Lead,
    ListItem,
    NextStep,
    Note,
    NoteMark,
    Optional,
    OrderedList,
    Pair,
    Paragraph,
    Printed,
    Quiet,
    Row,
    Strong,
    Table,
    Text,
    Timeline,
    TimelineEntry,
    walk,
)
from tests.pages import TRADE, meta, words

ENGLISH = [
    "the",
    "ministries",
    "agreed",
    "on",
    "trade",
    "investment",
    "semiconductors",
    "between",
    "Seoul",
    "and",
    "Ha",
    "Noi",
    "in",
    "2024",
    "a",
    "joint",
    "fund",
    "of",
    "US$150",
    "bn",
    "co-operation",
    "high-value",
    "projects",
    "research–industry",
    "links",
    "artificial",
    "intelligence",
    "rules",
    "state-of-the-art",
    "data",
    "centres",
]
VIETNAMESE = [
    "hợp",
    "tác",
    "đầu",
    "tư",
    "chiến",
    "lược",
    "toàn",
    "diện",
    "giữa",
    "hai",
    "nước",
    "tăng",
    "trưởng",
    "kinh",
    "tế",
    "nghiên",
    "cứu",
    "và",
    "phát",
    "triển",
    "công",
    "nghệ",
    "bán",
    "dẫn",
    "nguồn",
    "nhân",
    "lực",
    "chất",
    "lượng",
    "cao",
    "trong",
    "lĩnh",
    "vực",
    "đổi",
    "mới",
    "sáng",
    "tạo",
    "phê",
    "duyệt",
    "ưu",
    "tiên",
    "khuyến",
    "khích",
]
KOREAN = [
    "대한민국과",
    "베트남은",
    "포괄적전략동반자관계를",
    "바탕으로",
    "반도체및인공지능공동연구개발사업을",
    "2030년까지",
    "1,500억",
    "달러",
    "규모로",
    "과학기술정보통신부가",
    "발표하였다",
    "전략적투자협력",
]
LONG = (
    "Wissenschaftskooperationsrahmenvereinbarung",
    "https://example.org/documents/2025/science-and-technology/memorandum-of-understanding.html",
    "공급망안정화협력양해각서체결추진위원회",
)


class _Load:
    """What one random load is made of."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.notes = 0
        self.vocabulary = self.random.choice((ENGLISH, ENGLISH, VIETNAMESE, KOREAN, (*ENGLISH, *VIETNAMESE, *KOREAN)))

    def text(self, low: int, high: int) -> str:
        chosen = [self.random.choice(self.vocabulary) for _ in range(self.random.randint(low, high))]
        if len(chosen) > 6 and self.random.random() < 0.04:
            chosen[self.random.randrange(len(chosen))] = self.random.choice(LONG)
        return " ".join(chosen)

    def mark(self) -> list[Inline]:
        """A note mark, now and then: a new one, or one that has been used."""
        if self.random.random() < 0.5:
            return []
        if self.notes and (self.notes >= 8 or self.random.random() < 0.5):
            return [NoteMark(self.random.randint(1, self.notes), first=False)]
        self.notes += 1
        return [NoteMark(self.notes, first=True)]

    def inlines(self, low: int, high: int) -> Inlines:
        inlines: list[Inline] = [Text(self.text(low, high))]
        if self.random.random() < 0.3:
            inlines = [Strong((Text(self.text(2, 4) + "."),)), Text(" "), *inlines]
        if self.random.random() < 0.1:
            inlines += [Text(" "), Quiet((Text("not stated"),))]
        return (*inlines, *self.mark())

    def optional(self, share: float) -> Optional | None:
        return Optional(self.random.randint(1, 5)) if self.random.random() < share else None

    def paragraph(self, low: int = 8, high: int = 50, share: float = 0.5) -> Paragraph:
        return Paragraph(self.inlines(low, high), optional=self.optional(share))

    def list(self, kind: type[BulletList] | type[OrderedList], count: int) -> Block:
        items = [
            ListItem((Paragraph(self.inlines(4, 28)),), optional=self.optional(0.6 if number else 0))
            for number in range(count)
        ]
        return kind(tuple(items))

    def table(self) -> Table:
        columns = self.random.randint(2, 5)
        rows = [
            Row(
                tuple(self.inlines(1, 12 // columns + 3) for _ in range(columns)),
                optional=self.optional(0.4 if number > 1 else 0),
            )
            for number in range(self.random.randint(2, 9))
        ]
        head = Row(tuple(words(self.text(1, 2)) for _ in range(columns)))
        return Table(tuple(Column() for _ in range(columns)), head, tuple(rows))

    def key_figures(self) -> KeyFigures:
        figures = []
        for _ in range(self.random.randint(3, 5)):
            value = (Printed(f"{self.random.randint(1, 99_999):,}", "x", Facet.NUMBER), Text(" "))
            unit = Printed(self.random.choice(("bn won", "%", "US$ bn", "projects")), "x", Facet.UNIT)
            figures.append(
                KeyFigure((*value, unit), (Text(self.text(1, 4)), *self.mark()), words("first half of 2025"))
            )
        return KeyFigures(tuple(figures))

    def heading(self) -> Heading:
        return Heading(2, words(self.text(2, 6)), f"h{self.random.random()}")

    def chart(self) -> Chart:
        title, subject = words(self.text(4, 9)), words(self.text(2, 5))
        return Chart(ChartKind.BAR, title, TRADE, subject=subject, source=words("Sources: ours."), description="Trade")

    def block(self) -> list[Block]:
        match self.random.choice("ppllotkqcnLTP"):
            case "p":
                return [self.paragraph()]
            case "l":
                return [self.heading(), self.list(BulletList, self.random.randint(2, 6))]
            case "o":
                return [self.heading(), self.list(OrderedList, self.random.randint(2, 4))]
            case "t":
                return [self.heading(), self.table()]
            case "k":
                return [self.key_figures()]
            case "q":
                attribution = words("*Choi Young-sam*", ", South Korean Ambassador to Viet Nam")
                quotation = Paragraph(words(f"“{self.text(8, 30)}”"))
                return [BlockQuote((quotation,), (*attribution, *self.mark()), optional=self.optional(0.5))]
            case "c":
                return [Callout((self.paragraph(share=0),), words(self.text(2, 5)))]
            case "n":
                return [NextStep((self.paragraph(5, 20, share=0),), "Next step")]
            case "L":
                rows = [LabelledRow(words(self.text(1, 3)), (self.paragraph(8, 30, 0),)) for _ in range(3)]
                return [Labelled(tuple(rows))]
            case "T":
                entries = [TimelineEntry(self.inlines(5, 20), words("11 August 2025")) for _ in range(4)]
                return [self.heading(), Timeline(tuple(entries))]
            case _:
                left: tuple[Block, ...] = (self.heading(), self.list(BulletList, self.random.randint(2, 4)))
                right: tuple[Block, ...] = (self.heading(), self.list(BulletList, self.random.randint(2, 4)))
                if self.random.random() < 0.4:
                    right = (self.chart(),)
                return [Pair(left, right)]

    def document(self) -> Document:
        blocks: list[Block] = [Heading(1, words(self.text(5, 12)), "top"), Lead((self.paragraph(20, 45, share=0),))]
        for _ in range(self.random.randint(3, 8)):
            blocks += self.block()
        notes = tuple(Note(number, words(self.text(6, 30))) for number in range(1, self.notes + 1))
        about = words("As of 21 November 2026")
        return Document(replace(meta(), about=about, footer=words(self.text(4, 9))), tuple(blocks), notes)


def load(seed: int) -> Document:
    """The random load of a seed."""
    return _Load(seed).document()


def cited(whole: Document) -> Document:
    """Stands for `cite`: drops notes that are marked no more, and numbers the others by first use."""
    used = list(dict.fromkeys(node.number for node in walk(whole.blocks) if isinstance(node, NoteMark)))
    numbers = {number: index for index, number in enumerate(used, 1)}
    met: set[int] = set()

    def renumber(node: object) -> object:
        if isinstance(node, NoteMark):
            first = node.number not in met
            met.add(node.number)
            return replace(node, number=numbers[node.number], first=first)
        if isinstance(node, tuple):
            return tuple(map(renumber, node))
        if is_dataclass(node) and not isinstance(node, type):
            changes = {part.name: renumber(getattr(node, part.name)) for part in fields(node) if part.init}
            return replace(node, **changes)
        return node

    blocks = renumber(whole.blocks)
    by_number = {note.number: note for note in whole.notes}
    notes = tuple(replace(by_number[number], number=numbers[number]) for number in used)
    return replace(whole, blocks=blocks, notes=notes)  # type: ignore[arg-type]
