"""What a language's table says, and the printing that follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from difflib import get_close_matches
from functools import cache

from briefgen.document import Facet
from briefgen.errors import BriefgenError, Problem
from briefgen.evidence import Qualifier, Quantity, Unit, UnitKind
from briefgen.periods import Period

NBSP = "\u00a0"
MINUS = "\u2212"

_TAG = re.compile(r"([A-Za-z]{2,8})(?:[-_][A-Za-z0-9]{1,8})*")
"""A language and what narrows it down (BCP 47, §2.1). A tag names files and stands in headers, so nothing else may."""


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A power of ten that has a word: 9, "billion", "bn"."""

    exponent: int
    word: str
    short: str


@dataclass(frozen=True, slots=True)
class Currency:
    """How a currency is printed: a sign before the number ("US$") or a name after it ("won")."""

    sign: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Locale:
    """How one language prints numbers, periods and fixed words.

    Attributes:
        tag: the language's BCP 47 tag.
        labels: briefgen's fixed words, by their English form.
        decimal, group: the signs before decimals and between thousands.
        magnitudes: from large to small.
        magnitude_space: what stands between a number and its magnitude word.
        myriads: whether a magnitude without a word is spelled in several steps ("937억 3,200만").
        range: pattern with {low} and {high}.
        range_repeats: whether both ends of a range carry magnitude and unit ("8.3% to 8.5%").
        currencies: ISO 4217 code → how it is printed; others print their code after the number.
        qualifiers: the pattern of each, with {n}.
        day, month, half, quarter, year: patterns with {year}, {month}, {day} and {part}.
        months, halves, quarters: the names that stand for {month} and {part}.
        until: pattern with {period}, for the year that a target is set for.
        quotation, title_marks: opening and closing marks of a quotation, and of a work's title.
        conjunction: what stands before the last of several.
        function_words: words that lead to the next one ("in 2025"); a note mark does not follow them.
    """

    tag: str
    labels: Mapping[str, str]
    decimal: str
    group: str
    magnitudes: tuple[Magnitude, ...]
    magnitude_space: str
    myriads: bool
    range: str
    range_repeats: bool
    currencies: Mapping[str, Currency]
    qualifiers: Mapping[Qualifier, str]
    day: str
    month: str
    half: str
    quarter: str
    year: str
    months: tuple[str, ...]
    halves: tuple[str, str]
    quarters: tuple[str, str, str, str]
    until: str
    quotation: tuple[str, str]
    title_marks: tuple[str, str]
    conjunction: str
    function_words: frozenset[str]

    # -- numbers -------------------------------------------------------------------------------------------

    def digits(self, number: Decimal) -> str:
        """A number in digits, with all the decimals it was stated with: "10,238", "8.50"."""
        whole, _, decimals = f"{number.copy_abs():f}".partition(".")
        head = len(whole) % 3 or 3
        groups = [whole[:head], *(whole[i : i + 3] for i in range(head, len(whole), 3))]
        text = self.group.join(groups) + (self.decimal + decimals if decimals else "")
        return MINUS + text if number < 0 else text

    def value(self, quantity: Quantity, *, start: bool = False) -> str:
        """A quantity as running text has it: "over US$86.7 billion".

        Args:
            start: whether it begins a sentence, so that its qualifier takes a capital letter.
        """
        return self.qualified(quantity, self._plain(quantity, short=False), start=start)

    def short(self, quantity: Quantity) -> str:
        """A quantity as a table's cell has it: "US$86.7 bn", "130 bn won"."""
        return self.qualified(quantity, self._plain(quantity, short=True))

    def number(self, quantity: Quantity) -> str:
        """The figure alone: "86.7", "8.3% to 8.5%", "867억"."""
        ends = [self._number(end) for end in self._ends(quantity)]
        if quantity.unit.kind is UnitKind.PERCENT:
            ends = [f"{end}%" for end in ends] if self.range_repeats else [*ends[:-1], f"{ends[-1]}%"]
        return self._joined(ends)

    def unit(self, quantity: Quantity, *, short: bool = True) -> str:
        """What the figure of `number` counts: "US$ bn" (or "US$ billion"), "bn won", "km"; empty for a plain count."""
        _, magnitude = self._ends(quantity)[0]
        word = "" if magnitude is None or self.myriads else (magnitude.short if short else magnitude.word)
        sign, name = self._unit(quantity.unit)
        return NBSP.join(part for part in (sign, word, name) if part)

    def qualifier(self, quantity: Quantity) -> str:
        """The hedge alone: "over"; empty if there is none."""
        return "" if quantity.qualifier is None else self.qualifiers[quantity.qualifier].format(n="").strip()

    def parts(self, quantity: Quantity) -> tuple[tuple[str, Facet, str], ...]:
        """The quantity split for a key figure, in the language's order, without empty parts.

        Returns:
            For each of QUALIFIER, NUMBER and UNIT what stands between it and the part before it, which it is, and its
            words: "over", "23", "US$ bn"; "230", "억 달러", "이상".
        """
        number, unit, space = self.number(quantity), self.unit(quantity), NBSP
        word = next((m.word for m in self.magnitudes if number.endswith(m.word)), "")
        if self.myriads and word and quantity.high is None and NBSP not in number:
            number, space = number.removesuffix(word), self.magnitude_space
            unit = NBSP.join(filter(None, (word, unit)))
        pieces = [(NBSP, Facet.NUMBER, number), (space, Facet.UNIT, unit)]
        if quantity.qualifier is not None:
            qualifier = (NBSP, Facet.QUALIFIER, self.qualifier(quantity))
            follows = self.qualifiers[quantity.qualifier].startswith("{n}")
            pieces = [*pieces, qualifier] if follows else [qualifier, *pieces]
        first, *others = (piece for piece in pieces if piece[2])
        return ("", *first[1:]), *others

    def _plain(self, quantity: Quantity, *, short: bool) -> str:
        sign, name = self._unit(quantity.unit)
        ends = []
        for mantissa, magnitude in self._ends(quantity):
            number = self._number((mantissa, magnitude))
            if magnitude is not None and not self.myriads:
                number += self.magnitude_space + (magnitude.short if short else magnitude.word)
            ends.append(MINUS + sign + number.removeprefix(MINUS) if number.startswith(MINUS) else sign + number)
        if quantity.unit.kind is UnitKind.PERCENT:
            return self.number(quantity)
        return self._joined(ends) + (NBSP + name if name else "")

    def _number(self, end: tuple[Decimal, Magnitude | None]) -> str:
        mantissa, magnitude = end
        if not self.myriads or magnitude is None:
            return self.digits(mantissa)
        if magnitude.exponent:  # as stated
            return self.digits(mantissa) + magnitude.word
        return self._spelled(mantissa)

    def _spelled(self, number: Decimal) -> str:
        """A whole number in steps of ten thousand: 93,732,000,000 is "937억 3,200만"."""
        whole, _, decimals = f"{_trimmed(number.copy_abs()):f}".partition(".")
        rest = int(whole)
        steps = []
        for magnitude in self.magnitudes:
            count, rest = divmod(rest, 10**magnitude.exponent)
            if count:
                steps.append(self.digits(Decimal(count)) + magnitude.word)
        if rest or decimals or not steps:
            steps.append(self.digits(Decimal(rest)) + (self.decimal + decimals if decimals else ""))
        return (MINUS if number < 0 else "") + NBSP.join(steps)

    def _ends(self, quantity: Quantity) -> list[tuple[Decimal, Magnitude | None]]:
        """One or two numbers with their magnitude word: the stated one, or the nearest that this language has."""
        numbers = [quantity.low] if quantity.high is None else [quantity.low, quantity.high]
        if quantity.exponent == 0:
            return [(number, None) for number in numbers]
        for magnitude in self.magnitudes:
            if magnitude.exponent == quantity.exponent:
                return [(number, magnitude) for number in numbers]
        written_out = [_shifted(number, quantity.exponent) for number in numbers]
        if self.myriads:
            return [(number, _SPELL_OUT) for number in written_out]
        size = min(number.adjusted() for number in written_out)
        nearest = next((m for m in self.magnitudes if m.exponent <= size), None)
        if nearest is None:
            return [(number, None) for number in written_out]
        return [(_trimmed(_shifted(number, -nearest.exponent)), nearest) for number in written_out]

    def _unit(self, unit: Unit) -> tuple[str, str]:
        """What stands before and what stands after the number."""
        match unit.kind:
            case UnitKind.CURRENCY:
                currency = self.currencies.get(unit.name, Currency(name=unit.name))
                return currency.sign, currency.name
            case UnitKind.MEASURE:
                return "", unit.name
            case UnitKind.COUNT | UnitKind.PERCENT:
                return "", ""

    def _joined(self, ends: Sequence[str]) -> str:
        return ends[0] if len(ends) == 1 else self.range.format(low=ends[0], high=ends[1])

    def qualified(self, quantity: Quantity, number: str, *, start: bool = False) -> str:
        """A number's words with the quantity's hedge, if it has one."""
        text = number if quantity.qualifier is None else self.qualifiers[quantity.qualifier].format(n=number)
        return capitalised(text) if start and quantity.qualifier is not None else text

    # -- dates ---------------------------------------------------------------------------------------------

    def period(self, period: Period) -> str:
        """A date at the precision it was stated in: "21 November 2026", "third quarter of 2025", "2024"."""
        month = self.months[period.month - 1] if period.month else ""
        part = ""
        if period.day:
            pattern = self.day
        elif period.month:
            pattern = self.month
        elif period.quarter:
            pattern, part = self.quarter, self.quarters[period.quarter - 1]
        elif period.half:
            pattern, part = self.half, self.halves[period.half - 1]
        else:
            pattern = self.year
        return pattern.format(year=period.year, month=month, day=period.day, part=part)

    def date(self, day: date) -> str:
        """A calendar day."""
        return self.period(Period.of(day))

    def dated(self, text: str) -> str:
        """Words with the dates in them as `date` prints them, so that no line ends within one: "13 August 2025"."""
        return _dates(self.day, self.month, self.months).sub(lambda found: found[0].replace(" ", NBSP), text)

    def by(self, period: Period) -> str:
        """The period that a target is set for: "by 2030"."""
        return self.until.format(period=self.period(period))

    # -- words ---------------------------------------------------------------------------------------------

    def t(self, label: str) -> str:
        """A fixed word or phrase of briefgen's in this language; its English form is its name.

        Raises:
            BriefgenError: `unknown-label`, with the labels there are.
        """
        if label not in self.labels:
            near = get_close_matches(label, self.labels, n=1, cutoff=0.5)
            hints = [f'did you mean "{near[0]}"?'] if near else []
            hints.append("labels: " + "; ".join(sorted(self.labels, key=str.casefold)))
            raise BriefgenError(Problem("unknown-label", f'there is no label "{label}"', hints=tuple(hints)))
        return self.labels[label]

    def listed(self, words: Sequence[str]) -> str:
        """Words in a row: "1, 2 and 3"."""
        if len(words) < 2:
            return "".join(words)
        return ", ".join(words[:-1]) + self.conjunction + words[-1]

    def quoted(self, words: str) -> str:
        """Words in quotation marks; marks inside them stay as they are."""
        return words.join(self.quotation)


def rounded(quantity: Quantity, digits: int | None) -> Quantity:
    """A quantity rounded to `digits` decimals of the number as stated, halves away from zero.

    It is never padded: a number with fewer decimals stays as it is, and so does everything if `digits` is None.
    """
    if digits is None:
        return quantity
    high = None if quantity.high is None else _rounded(quantity.high, digits)
    return replace(quantity, low=_rounded(quantity.low, digits), high=high)


def capitalised(text: str) -> str:
    """The text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def language_of(tag: str) -> str:
    """The primary language of a BCP 47 tag, in lower case: "en" for "en-GB"; "" for what is no tag at all."""
    return found[1].lower() if (found := _TAG.fullmatch(tag)) else ""


def words(text: str) -> frozenset[str]:
    """A set of words, written with spaces between."""
    return frozenset(text.split())


def _shifted(number: Decimal, places: int) -> Decimal:
    """The number times ten to the power of `places`, exactly (`scaleb` rounds to the context's precision)."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return Decimal((sign, digits, exponent + places))


def _trimmed(number: Decimal) -> Decimal:
    """The number without trailing zeros among its decimals."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    while exponent < 0 and digits[-1] == 0 and len(digits) > 1:
        digits, exponent = digits[:-1], exponent + 1
    return Decimal((sign, digits, exponent))


def _rounded(number: Decimal, digits: int) -> Decimal:
    _, stated, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if -exponent <= digits:
        return number
    kept = len(stated) + exponent + digits  # digits before the cut
    if kept < 0:
        return Decimal(0).scaleb(-digits)
    return number.quantize(Decimal((0, (1,), -digits)), ROUND_HALF_UP, Context(prec=max(kept + 1, 1)))


_SPELL_OUT = Magnitude(0, "", "")
"""Marks a number that a language of myriads spells in steps."""


@cache
def _dates(day: str, month: str, months: tuple[str, ...]) -> re.Pattern[str]:
    """What finds a day, a month of a year, and a day of a year that goes without saying, in a language's patterns."""
    pieces = day.split(NBSP)
    named = [place for place, piece in enumerate(pieces) if "{day}" in piece or "{month}" in piece]
    yearless = NBSP.join(pieces[named[0] : named[-1] + 1])
    parts = {"day": "[0-9]{1,2}", "month": f"(?:{'|'.join(months)})", "year": "[0-9]{4}"}
    dates = "|".join(pattern.replace(NBSP, " ").format(**parts) for pattern in (day, month, yearless))
    return re.compile(rf"(?<![\w.,-])(?:{dates})(?![0-9])")
