"""What can be proposed to a curator: the place of words in a text, and a first draft of an entry from them.

Proposals are read off the words themselves. What the words don't say (a publisher, a date, a topic) is left open.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from briefgen.errors import BriefgenError, Problem
from briefgen.evidence import FactKind, Source, Unit, UnitKind
from briefgen.folding import LINE_HYPHEN, Folded, Span, fold, unaccented
from briefgen.matching import difference, find, nearest
from briefgen.notation import written
from briefgen.numerals import COUNT, UNNAMED_CURRENCY, Role, Stated, find_quantities
from briefgen.periods import Period
from briefgen.records import FORBIDDEN

_MOST_WORDS = 12
"""By so many words on each side a passage is widened, at most, in search of one that stands in one place."""


# -- places ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """Words as they stand in a text.

    Attributes:
        words: fit to be written as a passage.
        places: in how many places they stand.
    """

    words: str
    span: Span
    places: int


def locate(words: str, text: Folded, source: str, *, first: bool = False) -> Found:
    """Find words in a source's text.

    Args:
        words: as somebody copied or typed them.
        text: the source's.
        source: its id, for what is said.
        first: take the first of several places.

    Raises:
        BriefgenError: `passage-not-found`, `passage-cut` or `passage-ambiguous`, with what to write instead.
    """
    spans = find(words, text)
    if len(spans) == 1 or (spans and first):
        return Found(_as_it_stands(words, text, spans[0]), spans[0], len(spans))
    if spans:
        longer = [wider for span in spans if (wider := _unmistakable(span, text)) is not None]
        hints = [f"lengthen it: “{words}”" for words in longer[:4]]
        message = f"“{_short(words)}” stands in {len(spans)} places of the text of `{source}`"
        raise BriefgenError(Problem("passage-ambiguous", message, hints=(*hints, "or take the first, with --first")))
    whole = _whole_around(words, text)
    if whole is not None:
        message = f"“{_short(words)}” cuts a word or a number of the text of `{source}`"
        raise BriefgenError(Problem("passage-cut", message, hints=(f"lengthen it: “{whole}”",)))
    near = nearest(words, text)
    hints = [f"the nearest words there are: “{near.words}”"] if near else []
    if near is not None and near.likeness < 100:
        hints.append(f"word for word: {difference(words, near.words)}")
    message = f"“{_short(words)}” is not in the text of `{source}`"
    raise BriefgenError(Problem("passage-not-found", message, hints=tuple(hints)))


def _as_it_stands(words: str, text: Folded, span: Span) -> str:
    """The text's own words, on one line; words that are hyphenated at a line end are taken as they were given."""
    standing = re.sub(r"[ \t]*\n\s*|[ \t]{2,}|\t", " ", text.raw[span.start : span.end])
    given = " ".join(words.split())
    if LINE_HYPHEN in Folded(text.raw[span.start : span.end]).text or FORBIDDEN.search(standing):
        return given
    return standing if span in find(standing, text) else given


def _unmistakable(span: Span, text: Folded) -> str | None:
    """The shortest widening of a stretch by whole words, after it or around it, that stands in one place."""
    for count in range(1, _MOST_WORDS + 1):
        after = _widened(span, text.raw, 0, count)
        for wider in (after, _widened(span, text.raw, count, 0), _widened(span, text.raw, count, count)):
            words = _one_line(text.raw, wider)
            if len(find(words, text)) == 1:
                return words
    return None


def _whole_around(words: str, text: Folded) -> str | None:
    """The whole words and numbers around words that are in the text but cut; None where they are not there."""
    place = text.text.find(fold(words))
    if place < 0 or not fold(words):
        return None
    span = text.span(place, place + len(fold(words)))
    for count in range(4):
        wider = _one_line(text.raw, _widened(span, text.raw, count, count))
        if find(wider, text):
            return wider
    return None


def _widened(span: Span, raw: str, before: int, after: int) -> Span:
    """A stretch with so many more words before and after it; words it cuts are made whole, on the sides asked for."""
    start, end = span.start, span.end
    head = re.search(rf"(?:\S+\s+){{0,{before}}}\S*$", raw[max(0, start - 300) : start])
    tail = re.match(rf"\S*(?:\s+\S+){{0,{after}}}", raw[end : end + 300])
    return Span(start - len(head[0]) if head else start, end + len(tail[0]) if tail else end)


def _one_line(raw: str, span: Span) -> str:
    return " ".join(raw[span.start : span.end].split())


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"


# -- facts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactDraft:
    """What a passage proposes of a fact; each may be None where it proposes nothing.

    Attributes:
        claim: the passage's words as a sentence with the values in braces, to be said in one's own words.
        plain: the same with its numbers.
        values: name → quantity in the notation of evidence files.
        others: further numbers of the passage, as they stand there.
    """

    claim: str
    plain: str
    values: Mapping[str, str]
    kind: FactKind | None
    as_of: Period | None
    others: tuple[str, ...]


_AIMED = re.compile(r"\b(?:targets?|aim(?:s|ed|ing)?|goals?|mục tiêu|phấn đấu)\b|목표", re.IGNORECASE)
_RECKONED = re.compile(
    r"\b(?:estimat\w+|forecast\w*|project(?:ed|ions?)|expected|predict\w*|dự báo|ước tính|dự kiến)\b|전망|추정|예상",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?P<noun>people|children|men|women|[a-z]{3,}s)\b")


def draft_fact(passage: str, source: Source) -> FactDraft:
    """Read off a passage what a fact can be made of."""
    times = tuple(_times_in(passage))
    cardinals = [
        stated
        for stated in find_quantities(passage, source.language, source.dollar)
        if stated.role is Role.CARDINAL
        and stated.quantity.unit != UNNAMED_CURRENCY
        and not any(start <= stated.span.start < end for _, start, end in times)
    ]
    main = min(cardinals, key=lambda stated: stated.quantity.unit == COUNT, default=None)  # the first with a unit
    others = [stated for stated in cardinals if stated is not main]
    claim, values = _braced(passage), dict[str, str]()
    if main is not None:
        values = _values(main, passage)
        start, end = _extent(main)
        claim = _braced(passage[:start]) + " to ".join(f"{{{name}}}" for name in values) + _braced(passage[end:])
    periods = tuple(dict.fromkeys(period for period, _, _ in times))
    rivals = [stated for stated in others if main is not None and stated.quantity.unit == main.quantity.unit]
    return FactDraft(
        _sentence(claim),
        _sentence(_braced(passage)),
        values,
        FactKind.TARGET if _AIMED.search(passage) else FactKind.ESTIMATE if _RECKONED.search(passage) else None,
        periods[0] if len(periods) == 1 and not rivals else None,  # of several figures, which is the time's?
        tuple(passage[slice(*_extent(stated))] for stated in others),
    )


def _braced(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def with_value_in_place(claim: str, value: str) -> str:
    """A claim in which the number that is the value, if it stands there once, gives way to `{value}`."""
    if "{" in claim:
        return claim
    own = find_quantities(value, "en", "USD")
    if len(own) != 1:
        return claim
    wanted = own[0].quantity
    same = [
        stated
        for stated in find_quantities(claim, "en", "USD")
        if stated.role is Role.CARDINAL
        and (stated.quantity.amount, stated.quantity.upper_amount) == (wanted.amount, wanted.upper_amount)
    ]
    if len(same) != 1:
        return claim
    start, end = _extent(same[0])
    return claim[:start] + "{value}" + claim[end:]


def _extent(stated: Stated) -> tuple[int, int]:
    """Where a number stands, its hedge included."""
    spans = [span for span in (stated.span, stated.hedge) if span is not None]
    return min(span.start for span in spans), max(span.end for span in spans)


def _values(stated: Stated, passage: str) -> dict[str, str]:
    if stated.ends and stated.movement:  # "from 1 per cent to 3 per cent" may tell of a change
        return {name: written(end.quantity) for name, end in zip(("from", "to"), stated.ends, strict=True)}
    quantity = stated.quantity
    counted = _COUNTED.match(passage, stated.span.end)
    if quantity.unit == COUNT and counted:
        quantity = replace(quantity, unit=Unit(UnitKind.COUNT, counted["noun"]))
    return {"value": written(quantity)}


def _sentence(words: str) -> str:
    words = words.strip(" ,;:–—-")
    stop = "" if words.endswith((".", "!", "?")) else "."
    return words[:1].upper() + words[1:] + stop


# -- times -------------------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_COUNTS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4,
           "đầu": 1, "cuối": 2, "상": 1, "하": 2} | {str(n): n for n in range(1, 5)}  # fmt: skip
_TIMES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?(?![\d-])",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})\.?,?\s+(?P<year>\d{{4}})\b",
        rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b",
        rf"\b(?P<name>{_MONTH})\.?,?\s+(?:of\s+)?(?P<year>\d{{4}})\b",
        r"\b(?P<quarter>first|second|third|fourth)\s+quarter\s+(?:of\s+)?(?P<year>\d{4})\b",
        r"\bQ(?P<quarter>[1-4])[\s/-]*(?P<year>\d{4})\b",
        r"\b(?P<half>first|second)\s+half\s+(?:of\s+)?(?P<year>\d{4})\b",
        r"\bngày\s+(?P<day>\d{1,2})(?:\s+tháng\s+|[/-])(?P<month>\d{1,2})(?:\s+năm\s+|[/-])(?P<year>\d{4})\b",
        r"(?<![\d/])(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>\d{4})\b",  # 3/4/2025 may be either
        r"\btháng\s+(?P<month>\d{1,2})(?:\s+năm\s+|[/-])(?P<year>\d{4})\b",
        r"\bquý\s+(?P<quarter>iv|i{1,3}|[1-4])(?:\s+năm\s+|[/-])(?P<year>\d{4})\b",
        r"\b6\s+tháng\s+(?P<half>đầu|cuối)\s+năm\s+(?P<year>\d{4})\b",
        r"(?P<year>\d{4})년\s*(?P<month>\d{1,2})월(?:\s*(?P<day>\d{1,2})일)?",
        r"(?P<year>\d{4})년\s*(?P<quarter>[1-4])\s*분기",
        r"(?P<year>\d{4})년\s*(?P<half>상|하)반기",
        r"(?P<year>\d{4})(?=년)",
    )
)


def _times_in(text: str) -> Iterator[tuple[Period, int, int]]:
    """Every time that a text states with its year, and its place: no more exact than stated, the exact ones first."""
    taken: list[tuple[int, int]] = []
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            period = _period(match.groupdict())
            if period is not None:
                taken.append(match.span())
                yield period, *match.span()
    for stated in find_quantities(text):
        start, end = stated.span.start, stated.span.end
        inside = any(start < other_end and other_start < end for other_start, other_end in taken)
        if stated.role is Role.DATE and re.fullmatch(r"(?:19|20|21)\d\d", text[start:end]) and not inside:
            yield Period(int(text[start:end])), start, end


def _period(parts: Mapping[str, str | None]) -> Period | None:
    def number(name: str) -> int | None:
        words = parts.get(name)
        if words is None:
            return None
        return _COUNTS[words.lower()] if name in ("quarter", "half") else int(words)

    name = parts.get("name")
    month = _MONTHS[name.lower()] if name else number("month")
    period = Period(number("year") or 0, month, number("day"), number("quarter"), number("half"))
    try:
        return Period.parse(str(period))
    except ValueError:  # the 31st of February is no date
        return None


# -- names -------------------------------------------------------------------------------------------------

_EMPTY_WORDS = frozenset(
    str.split("""
    a an the of in on at to by for from with as and or but if is are was were be been being has have had do does did
    its it their his her our your this that these those will would can could may might should more than over about
    around nearly under up least most some such not no so which who into under after before between during than then
    """)
)


def propose_id(words: str, taken: Collection[str], *, most: int = 4, fallback: str = "entry") -> str:
    """An id from the words that matter, unlike all that are taken.

    Args:
        words: a claim, a title, a quotation.
        taken: ids in use.
        most: how many words it is made of.
        fallback: what it is called where no word can be written in the letters of ids.
    """
    all_parts = re.findall(r"[a-z0-9]+", re.sub(r"\{\w*\}|['’]s\b|['’]", "", unaccented(words)))
    parts = [part for part in all_parts if part not in _EMPTY_WORDS and (len(part) == 4 or not part.isdigit())]
    parts = parts or all_parts
    while parts and not parts[0][0].isalpha():
        parts = parts[1:]
    name = ""
    for part in parts[:most]:
        if name and len(name) + len(part) + 1 > 40:
            break
        name = f"{name}-{part}" if name else part[:40]
    return unused(name or fallback, taken)


def unused(name: str, taken: Collection[str]) -> str:
    """The name, or the name with the first number that nobody has taken."""
    if name not in taken:
        return name
    return next(numbered for number in range(2, len(taken) + 3) if (numbered := f"{name[:58]}-{number}") not in taken)


_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_HANGUL = re.compile("[가-힣]")


def language_of(text: str) -> str | None:
    """`ko` or `vi` where the letters leave no doubt; None for all others."""
    letters = sum(char.isalpha() for char in text) or 1
    if len(_HANGUL.findall(text)) > 0.3 * letters:
        return "ko"
    return "vi" if len(_VIETNAMESE.findall(text)) > 0.08 * letters else None
