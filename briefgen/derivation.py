"""Calculations over facts: a formula is parsed, its units are checked, and its working can be redone by a reader.

A formula is arithmetic (`+ - * / **`, brackets) over numbers and names; nothing else can be written in it, and
nothing is evaluated as code. All arithmetic is decimal, at `PRECISION` significant digits, rounded half up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext
from typing import assert_never

from briefgen.evidence import Qualifier, Quantity, Unit, UnitKind
from briefgen.numerals import COUNT, CURRENCIES, PERCENT, PERCENTAGE_POINTS

PRECISION = 34
"""Significant digits of every step (IEEE 754's decimal128)."""

_LONGEST = 400
_DEEPEST = 40
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>\*\*|[-+*/()]))")


class FormulaError(ValueError):
    """A formula that cannot be read or calculated; the message is fit for a user.

    Attributes:
        name: the name in the formula that is at fault, if one is.
    """

    def __init__(self, message: str, name: str | None = None) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """An input."""

    name: str


@dataclass(frozen=True, slots=True)
class Minus:
    """A sign before an operand."""

    operand: Formula


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands and what joins them: + - * / **."""

    left: Formula
    sign: str
    right: Formula


Formula = Number | Name | Minus | Operation


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises:
        FormulaError: it is not arithmetic over numbers and names.
    """
    if len(text) > _LONGEST:
        raise FormulaError(f"the formula is longer than {_LONGEST} characters")
    tokens: list[str] = []
    place = 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            found = text[place:].strip()[0]
            raise FormulaError(
                f"{found!r} cannot stand in a formula: use + - * / ** ( ), numbers and the names of inputs"
            )
        tokens.append(match[0].strip())
        place = match.end()
    return _Parser(tokens).whole()


def names_in(formula: Formula) -> tuple[str, ...]:
    """The names in a formula, in order, each once."""
    return tuple(dict.fromkeys(_names(formula)))


def calculate(
    formula: Formula, inputs: Mapping[str, Quantity], result: str | None = None, digits: int | None = None
) -> Quantity:
    """Work a formula out.

    Args:
        formula: from `parse_formula`.
        inputs: name → quantity; a qualifier is carried into the result.
        result: the result's unit: `percent`, `percentage points`, a currency code, or a counted noun; None to take
            the formula's own.
        digits: decimal places the result is rounded to; None if it must come out exact.

    Raises:
        FormulaError: an unknown name, unlike units, a division by zero, a range, a result without an end.
    """
    context = Context(prec=PRECISION, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation, Overflow])
    with localcontext(context) as active:
        try:
            value = _work(formula, inputs)
        except DivisionByZero:
            raise FormulaError("the formula divides by zero") from None
        except Overflow:
            raise FormulaError("the result is too large") from None
        except InvalidOperation:
            raise FormulaError("the formula has no result (a root of a negative number, or zero by zero)") from None
        inexact = active.flags[Inexact]
        number, unit = _as_unit(value, result)
        exponent = _magnitude(number, value, unit, inputs)
        shown = number.scaleb(-exponent)
        qualifier = value.hedge
        if digits is not None:
            rounded = shown.quantize(Decimal(1).scaleb(-digits))
            if qualifier is not None and rounded != shown:
                qualifier = Qualifier.ABOUT  # "over 72.6" rounded up would no longer be true
            shown = rounded
        elif inexact:
            raise FormulaError("the result has no end: say how many decimal places to keep, e.g. `round: 1`")
        else:
            shown = _without_needless_zeros(shown)
    return Quantity(shown, unit, exponent=exponent, qualifier=qualifier)


def working(formula: Formula, inputs: Mapping[str, Quantity]) -> tuple[str | Quantity, ...]:
    """The formula with its inputs' quantities in place of their names: words and quantities in turn.

    Signs are printed as a reader writes them: `(150 − 86.7) ÷ 86.7`, `(150 ÷ 86.7)^(1 ÷ 6) − 1`.
    """
    joined: list[str | Quantity] = []
    for token in _tokens(formula, inputs):
        if isinstance(token, str) and joined and isinstance(joined[-1], str):
            joined[-1] += token
        else:
            joined.append(token)
    return tuple(joined)


# -- parsing -----------------------------------------------------------------------------------------------


class _Parser:
    """Recursive descent; `**` binds tighter than a sign before it and groups from the right, as in Python."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def whole(self) -> Formula:
        if not self.tokens:
            raise FormulaError("the formula is empty")
        formula = self.sum()
        if self.place < len(self.tokens):
            raise FormulaError(f"{self.tokens[self.place]!r} is not expected there in the formula")
        return formula

    def next_is(self, *signs: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place] in signs

    def take(self) -> str:
        if self.place == len(self.tokens):
            raise FormulaError("the formula stops too early: a number or a name is missing at its end")
        self.place += 1
        return self.tokens[self.place - 1]

    def sum(self) -> Formula:
        left = self.product()
        while self.next_is("+", "-"):
            left = Operation(left, self.take(), self.product())
        return left

    def product(self) -> Formula:
        left = self.signed()
        while self.next_is("*", "/"):
            left = Operation(left, self.take(), self.signed())
        return left

    def signed(self) -> Formula:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError("the formula is nested too deeply")
        if self.next_is("-"):
            self.take()
            formula: Formula = Minus(self.signed())
        else:
            formula = self.power()
        self.depth -= 1
        return formula

    def power(self) -> Formula:
        base = self.operand()
        if self.next_is("**"):
            return Operation(base, self.take(), self.signed())
        return base

    def operand(self) -> Formula:
        token = self.take()
        if token == "(":
            inner = self.sum()
            if not self.next_is(")"):
                raise FormulaError("a closing bracket is missing in the formula")
            self.take()
            return inner
        if token[0].isdigit():
            return Number(token)
        if token[0].isalpha():
            return Name(token)
        raise FormulaError(f"{token!r} is not expected there in the formula")


def _names(formula: Formula) -> Iterator[str]:
    match formula:
        case Number():
            return
        case Name(name):
            yield name
        case Minus(operand):
            yield from _names(operand)
        case Operation(left, _, right):
            yield from _names(left)
            yield from _names(right)
        case _:
            assert_never(formula)


# -- calculating -------------------------------------------------------------------------------------------

_Dimensions = tuple[tuple[Unit, int], ...]
_PURE: _Dimensions = ()

_OPPOSITE = {
    Qualifier.OVER: Qualifier.UNDER,
    Qualifier.AT_LEAST: Qualifier.AT_MOST,
    Qualifier.UNDER: Qualifier.OVER,
    Qualifier.AT_MOST: Qualifier.AT_LEAST,
    Qualifier.UP_TO: Qualifier.AT_LEAST,
    Qualifier.NEARLY: Qualifier.OVER,
    Qualifier.ABOUT: Qualifier.ABOUT,
}
_STRONGER = {
    frozenset((Qualifier.OVER, Qualifier.AT_LEAST)): Qualifier.OVER,
    frozenset((Qualifier.UNDER, Qualifier.AT_MOST)): Qualifier.UNDER,
    frozenset((Qualifier.UNDER, Qualifier.UP_TO)): Qualifier.UNDER,
    frozenset((Qualifier.AT_MOST, Qualifier.UP_TO)): Qualifier.AT_MOST,
}


@dataclass(frozen=True, slots=True)
class _Value:
    """A number on its way: what it is of, how it is hedged, and whether it is a share stated in per cent."""

    number: Decimal
    dimensions: _Dimensions = _PURE
    hedge: Qualifier | None = None
    percent: bool = False


def _work(formula: Formula, inputs: Mapping[str, Quantity]) -> _Value:
    match formula:
        case Number(text):
            return _Value(Decimal(text))
        case Name(name):
            if name not in inputs:
                known = ", ".join(inputs) or "none"
                raise FormulaError(f"`{name}` in the formula is not an input; inputs are: {known}", name)
            return _input(name, inputs[name])
        case Minus(operand):
            value = _work(operand, inputs)
            return replace(value, number=-value.number, hedge=_flip(value.hedge))
        case Operation(left, sign, right):
            return _join(_work(left, inputs), sign, _work(right, inputs))
        case _:
            assert_never(formula)


def _input(name: str, quantity: Quantity) -> _Value:
    if quantity.high is not None:
        raise FormulaError(f"`{name}` is a range, and one cannot calculate with a range", name)
    unit = quantity.unit
    if unit == PERCENT:
        return _Value(quantity.amount / 100, hedge=quantity.qualifier, percent=True)
    dimensions = _PURE if unit == COUNT else ((_same_noun(unit), 1),)
    return _Value(quantity.amount, dimensions, quantity.qualifier)


def _same_noun(unit: Unit) -> Unit:
    """One project and two projects are the same unit."""
    if unit.kind is not UnitKind.COUNT or unit == PERCENTAGE_POINTS:
        return unit
    noun = unit.name.casefold()
    return Unit(UnitKind.COUNT, noun.removesuffix("s") if not noun.endswith("ss") else noun)


def _join(left: _Value, sign: str, right: _Value) -> _Value:
    match sign:
        case "+" | "-":
            if left.dimensions != right.dimensions:
                verb = "add" if sign == "+" else "subtract"
                raise FormulaError(f"one cannot {verb} {_named(left)} and {_named(right)}")
            number = left.number + right.number if sign == "+" else left.number - right.number
            hedge = _both(left.hedge, right.hedge if sign == "+" else _flip(right.hedge))
            return _Value(number, left.dimensions, hedge, left.percent and right.percent)
        case "*" | "/":
            turn = 1 if sign == "*" else -1
            number = left.number * right.number if sign == "*" else left.number / right.number
            own, other = left.hedge, right.hedge if sign == "*" else _flip(right.hedge)
            hedge = _both(_flip(own) if right.number < 0 else own, _flip(other) if left.number < 0 else other)
            return _Value(number, _product(left.dimensions, right.dimensions, turn), hedge)
        case _:
            return _power(left, right)


def _power(base: _Value, power: _Value) -> _Value:
    if power.dimensions:
        raise FormulaError(f"a power must be a plain number, not {_named(power)}")
    if base.dimensions and power.number != power.number.to_integral_value():
        raise FormulaError(f"one can take a root of a plain number only, not of {_named(base)}")
    number = base.number**power.number
    if base.dimensions and abs(power.number) > 9:
        raise FormulaError("a power of a unit must be from -9 to 9")
    times = int(power.number) if base.dimensions else 0
    dimensions = tuple((unit, count * times) for unit, count in base.dimensions if times)
    hedge = base.hedge if power.number > 0 else _flip(base.hedge)
    if power.hedge is not None or (hedge is not None and base.number < 0):
        hedge = Qualifier.ABOUT
    return _Value(number, dimensions, hedge)


def _product(left: _Dimensions, right: _Dimensions, turn: int) -> _Dimensions:
    counts = dict(left)
    for unit, count in right:
        counts[unit] = counts.get(unit, 0) + turn * count
    kept = [(unit, count) for unit, count in counts.items() if count]
    return tuple(sorted(kept, key=lambda pair: (pair[0].kind.value, pair[0].name)))


def _flip(hedge: Qualifier | None) -> Qualifier | None:
    return None if hedge is None else _OPPOSITE[hedge]


def _both(left: Qualifier | None, right: Qualifier | None) -> Qualifier | None:
    """The hedge of a result that rests on two: over and over is over, over and under is about."""
    if left is None or right is None or left is right:
        return left if left is not None else right
    return _STRONGER.get(frozenset((left, right)), Qualifier.ABOUT)


def _named(value: _Value) -> str:
    if value.percent:
        return "per cent"
    above = " × ".join(_unit_name(unit) for unit, count in value.dimensions if count > 0)
    below = " × ".join(_unit_name(unit) for unit, count in value.dimensions if count < 0)
    return (above or "a plain number") + (f" per {below}" if below else "")


def _unit_name(unit: Unit) -> str:
    return unit.name or ("an unnamed currency" if unit.kind is UnitKind.CURRENCY else unit.kind.value)


def _as_unit(value: _Value, result: str | None) -> tuple[Decimal, Unit]:
    """The result in the unit asked for; what was asked for must fit what the formula gives."""
    if result is None:
        return _own_unit(value)
    if result in ("percent", "per cent", "%"):
        if value.dimensions:
            raise FormulaError(f"the result is {_named(value)}, not a share: it cannot be given as per cent")
        return value.number * 100, PERCENT
    if result == PERCENTAGE_POINTS.name:
        if value.dimensions or not value.percent:
            raise FormulaError(f"the result is {_named(value)}, not a difference of per cents")
        return value.number * 100, PERCENTAGE_POINTS
    above = [unit for unit, count in value.dimensions if count > 0]
    below = [unit for unit, count in value.dimensions if count < 0]
    if result in CURRENCIES:
        wanted = Unit(UnitKind.CURRENCY, result)
        per_head = all(unit.kind is UnitKind.COUNT for unit in below)
        if above != [wanted] or (wanted, 1) not in value.dimensions or not per_head:
            raise FormulaError(f"the result is {_named(value)}, not {result}")
        return value.number, wanted
    if any(unit.kind is not UnitKind.COUNT for unit, _ in value.dimensions):
        raise FormulaError(f"the result is {_named(value)}, not {result!r}")
    return value.number, Unit(UnitKind.COUNT, result)


def _own_unit(value: _Value) -> tuple[Decimal, Unit]:
    if not value.dimensions:
        return (value.number * 100, PERCENT) if value.percent else (value.number, COUNT)
    if len(value.dimensions) == 1 and value.dimensions[0][1] == 1:
        return value.number, value.dimensions[0][0]
    raise FormulaError(f"the result is {_named(value)}: say how to give it, e.g. `as: USD` or `as: percent`")


def _magnitude(number: Decimal, value: _Value, unit: Unit, inputs: Mapping[str, Quantity]) -> int:
    """The power of ten to print the result with: the largest among the inputs of its unit that it reaches."""
    if unit.kind is UnitKind.PERCENT or unit == PERCENTAGE_POINTS:
        return 0
    mine = {unit for unit, _ in value.dimensions}
    exponents = {q.exponent for q in inputs.values() if _same_noun(q.unit) in mine or (not mine and q.unit == COUNT)}
    reached = [exponent for exponent in exponents | {0} if abs(number) >= Decimal(1).scaleb(exponent)]
    if mine and unit.kind is UnitKind.CURRENCY and not reached:
        return 0
    usual = [exponent for exponent in (3, 6, 9, 12) if abs(number) >= Decimal(1).scaleb(exponent)]
    if unit.kind is UnitKind.CURRENCY and usual and max(exponents, default=0) > usual[-1]:
        return usual[-1]  # billions by projects are millions
    return max(reached, default=0)


def _without_needless_zeros(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return Decimal(int(whole)) if number == whole else number.normalize()


# -- working -----------------------------------------------------------------------------------------------

_PRINTED = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ ", "**": "^"}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}


def _tokens(formula: Formula, inputs: Mapping[str, Quantity], strength: int = 0) -> Iterator[str | Quantity]:
    """The formula's printed parts; in brackets where it binds less than `strength`."""
    match formula:
        case Number(text):
            yield text
        case Name(name):
            yield inputs[name]
        case Minus(operand):
            bracket = strength > 1
            yield "(−" if bracket else "−"
            yield from _tokens(operand, inputs, 3)
            if bracket:
                yield ")"
        case Operation(left, sign, right):
            own = _STRENGTH[sign]
            bracket = own < strength
            if bracket:
                yield "("
            yield from _tokens(left, inputs, own + 1 if sign == "**" else own)
            yield _PRINTED[sign]
            yield from _tokens(right, inputs, own + 1)
            if bracket:
                yield ")"
        case _:
            assert_never(formula)
