"""No number of the template's own: each number on a page comes from evidence, and can prove itself.

What is a number here: figures, percentages, sums, years and dates, also in words ("fifty per cent", "three million",
and in a Vietnamese or Korean document "hai trăm", "삼십 개").
What is not: small counts in words up to ten ("both", "two sides"), ordinals, numbers within names (5G, COVID-19,
Industry 4.0, Resolution 57, option 2), the numbers of a list that runs in the text, and a plain count that the
template's code makes (`loop.index`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from briefgen.checks.documents.inspection import DocumentInspection, Run
from briefgen.checks.documents.words import COVER, Words, given_words, own_words
from briefgen.document import Origin, Text
from briefgen.errors import Problem, Severity
from briefgen.folding import Span, folded
from briefgen.locales import language_of
from briefgen.numerals import COUNT, Role, Stated, find_quantities

_LARGEST_IN_WORDS = 10
_LARGEST_MADE = 99
_LONGEST_COUNTED = 3


def _before(nouns: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """What finds one of these nouns right before a number: `option `, `No. `, `Decree ND-`."""
    listed = "|".join(noun.replace("_", r"\s+") for noun in nouns.split())
    return re.compile(rf"(?<!\w)(?:{listed})s?\.?\s+(?:[A-Z]{{1,4}}[\s-]?)?\Z", flags)


_COUNTED = _before(
    """
    annex appendix article chapter clause fig figure item no nos note number objective option page para paragraph
    phase pillar priority question room scenario section stage step table tier version
    nghị_quyết nghị_định quyết_định thông_tư chỉ_thị điều chương mục bảng hình phụ_lục số bước
    """,
    re.IGNORECASE,
)
"""Nouns that number things, in small letters or capitals: `option 2`."""
_NAMED = _before(
    """
    Act Agenda Box Circular Conclusion Covid COVID Decision Decree Directive Form Goal Grade Group Highway ISO Law Level
    Line Lot Model Module Order Part Point Regulation Resolution Route Rule Task Terminal Theme Track Type Volume Wave
    Windows Zone
    """
)
"""Nouns that name things when they have a capital: `Resolution 57`."""
_VERSIONED = re.compile(r"[^\W\d_]\w*[\s-]\Z")
_VERSION = re.compile(r"\d\.0")  # Industry 4.0
_ONES = "one two three four five six seven eight nine ten".replace(" ", "|")
_ONES_VI = "một hai ba bốn năm sáu bảy tám chín mười".replace(" ", "|")
_SHARES = {
    "en": re.compile(
        rf"(?<![\w-])(?:(?:{_ONES})[\s-](?:halves|thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths)"
        rf"|one[\s-](?:half|third|quarter|fifth|tenth)|a\s(?:third|quarter|fifth|tenth)\sof"
        rf"|(?:{_ONES})\s(?:in|out\sof)\s(?:{_ONES}|twenty|fifty|a\shundred))(?![\w-])",
        re.IGNORECASE,
    ),
    "vi": re.compile(
        rf"(?<!\w)(?:(?:{_ONES_VI}) phần (?:ba|tư|năm|sáu|bảy|tám|chín|mười)(?! (?:ngoái|nay|trước|sau|tới|đó)\b)"
        rf"|(?:một|quá|phân) nửa(?! (?:còn lại|kia)\b)|hơn nửa số)(?!\w)",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?<!\w)(?:[이삼사오육칠팔구십]+분의 ?[일이삼사오육칠팔구]"
        r"(?=(?:이상|이하|가량|정도|으로|은|는|이|가|을|를|로|에|의|도|과|와|만)?(?!\w))|(?<!나머지 )절반)"
    ),
}
"""Shares in words: `two thirds`, `a quarter of`, `one in five`; English ones everywhere, others in their language."""
_TIMES = re.compile(r"\d+(?:s|x)")  # 1990s, 10x: no names
_IDIOMS = frozenset({"24/7", "9/11", "101"})
_ADDRESS = re.compile(r"(?:\w+://|www\.)\S+|\S+@\S+\.\w+|\S+\.(?:org|com|net|gov|vn|kr)/\S*")
_LISTED = re.compile(r"\((\d{1,2})\)")  # (1) …, (2) …
_DIGITS = re.compile(r"\w*[^\W\d_]?\d[\w.,/:'’⁄-]*|(?<![^\W\d_])[²³¹⁰-⁹₀-₉½¼¾⅐-⅞Ⅰ-ↈ①-⓿]+")


def unsourced_numbers(inspection: DocumentInspection) -> Iterator[Problem]:
    """Every number in a template's own words is an error; in a param's or the audience's words, a warning."""
    language = language_of(inspection.document.meta.language)
    covered = (*inspection.given, *inspection.days)
    numbered = [value for value in inspection.given if any(_figures(_made(value), language, False))]
    for run in _with_title(inspection):
        words = own_words(run.inlines, covered)
        for span in _figures(words, language, run.of_address):
            yield _unsourced(words.text[span.start : span.end], run, inspection)
        if not run.of_address:
            for value in given_words(run.inlines, numbered):
                message = f"“{value}” comes from a param or the audience, and holds a number without a source"
                hint = "print the number from a fact: {{ fact(…).value }}"
                yield Problem("number-in-parameter", message, run.location, Severity.WARNING, (hint,))
    yield from _given_in_title(inspection, numbered)


def _given_in_title(inspection: DocumentInspection, numbered: Collection[str]) -> Iterator[Problem]:
    """The numbers in a title that is given, or in params that the template's title prints."""
    title, template = inspection.document.meta.title, inspection.template
    if template.title:
        hint = "say in the title what it is about, and the number in the body, from a fact"
        for value in given_words((Text(title, Origin.PARAMETER),), numbered):
            message = f"“{value}” is given for the title, and holds a number without a source"
            yield Problem("number-in-parameter", message, template.locations.get("title"), Severity.WARNING, (hint,))


def _made(words: str) -> Words:
    return Words(words, (Span(0, len(words)),))


def _unsourced(number: str, run: Run, inspection: DocumentInspection) -> Problem:
    message = f"“{number}” comes from no evidence: it is the template's own"
    hints = (
        "print it from a fact: {{ fact(…).value }}, .number or .as_of",
        "or, where it claims nothing, write it in words or say why in `allow: {unsourced-number: …}`",
    )
    return Problem("unsourced-number", message, inspection.place(run.location, number), hints=hints)


def _with_title(inspection: DocumentInspection) -> Iterator[Run]:
    """The runs, and what the front matter says in the header, unless another title is given."""
    template = inspection.template
    if inspection.document.meta.title not in inspection.given:
        title = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", COVER, template.title)
        yield Run((Text(title),), template.locations.get("title"))
    yield from inspection.runs


def _figures(words: Words, language: str, of_address: bool) -> Iterator[Span]:
    """Where numbers stand that claim something.

    Args:
        of_address: whether dates, references and telephone numbers may stand there.
    """
    text = words.text
    quiet = [Span(*found.span()) for found in _ADDRESS.finditer(text)]
    listed = list(_LISTED.finditer(text))
    if [int(found[1]) for found in listed] == list(range(1, len(listed) + 1)) and len(listed) > 1:
        quiet += [Span(*found.span()) for found in listed]
    read = find_quantities(text, language)
    for stated in read:
        if any(_touch(stated.span, span) for span in quiet) or _is_idle(stated, words):
            continue
        if of_address and stated.quantity.unit == COUNT and not stated.quantity.exponent:
            continue
        yield stated.span
    if of_address:
        return
    yield from _shares(text, language)
    for found in _DIGITS.finditer(text):
        span = Span(*found.span())
        if any(_touch(span, one) for one in (*quiet, *(stated.span for stated in read))):
            continue
        if not _is_name(found[0]):
            yield Span(span.start, span.start + len(found[0].rstrip(".,:'’-")))


def _shares(text: str, language: str) -> Iterator[Span]:
    """Where shares stand in words."""
    plain = folded(text)
    for shares in (_SHARES[tag] for tag in dict.fromkeys(("en", language)) if tag in _SHARES):
        yield from (plain.span(*found.span()) for found in shares.finditer(plain.text))


def _is_idle(stated: Stated, words: Words) -> bool:
    """Whether a number says nothing that needs a source."""
    quantity, text = stated.quantity, words.text
    if stated.role is Role.NAME:
        return not _TIMES.fullmatch(text[stated.span.start : stated.span.end])
    if stated.role is Role.ORDINAL:
        return True
    bare = quantity.unit == COUNT and not quantity.exponent and quantity.high is None
    whole = quantity.low == quantity.low.to_integral_value()
    if stated.spelled:
        return bare and whole and 0 <= quantity.low <= _LARGEST_IN_WORDS
    number, before = text[stated.span.start : stated.span.end], text[: stated.span.start]
    if number in _IDIOMS or (_VERSION.fullmatch(number) and _VERSIONED.search(before)):
        return True
    if not bare or stated.hedge:
        return False
    if words.is_made(stated.span) and whole and 0 <= quantity.low <= _LARGEST_MADE:
        return True
    if not number.isdecimal():
        return False
    return bool(_NAMED.search(before) or (len(number) <= _LONGEST_COUNTED and _COUNTED.search(before)))


def _is_name(word: str) -> bool:
    """Whether what the reader of numbers made nothing of is no number: letters with digits, an idiom."""
    plain = word.rstrip(".,:'’-")
    if plain in _IDIOMS:
        return True
    letters = sum(unicodedata.category(char)[0] == "L" for char in plain)
    return letters > 0 and plain[0].isalpha()


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
