"""Calculations over facts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from briefgen.derivation import FormulaError, calculate, names_in, parse_formula, working
from briefgen.evidence import Quantity
from briefgen.numerals import parse_quantity

INPUTS = {
    name: parse_quantity(text)
    for name, text in {
        "target": "150 billion USD",
        "base": "86.7 billion USD",
        "million": "86700 million USD",
        "euro": "5 billion EUR",
        "here": "over 200,000 people",
        "there": "at least 350,000 people",
        "few": "under 100 people",
        "some": "around 50 people",
        "capital": "93.732 billion USD",
        "projects": "10,238 projects",
        "project": "2 project",
        "growth": "8.3% to 8.5%",
        "three": "3 per cent",
        "one": "1 per cent",
        "plain": "4",
    }.items()
}


def result(formula: str, unit: str | None = None, digits: int | None = None) -> str:
    quantity = calculate(parse_formula(formula), INPUTS, unit, digits)
    parts = [quantity.qualifier or "", f"{quantity.low:f}", f"e{quantity.exponent}" if quantity.exponent else ""]
    return " ".join(part for part in [*parts, quantity.unit.name or quantity.unit.kind.value] if part)


@pytest.mark.parametrize(
    ("formula", "unit", "digits", "expected"),
    [
        ("(target - base) / base", "percent", 0, "73 percent"),
        ("(target / base) ** (1 / 6) - 1", "percent", 1, "9.6 percent"),
        ("target - base", None, None, "63.3 e9 USD"),
        ("target - million", None, None, "63.3 e9 USD"),
        ("base - million", None, None, "0 USD"),
        ("capital / projects", "USD", 1, "9.2 e6 USD"),
        ("target / base", None, 2, "1.73 count"),
        ("here + there", None, None, "over 550000 people"),
        ("there - few", None, None, "over 349900 people"),
        ("here - there", None, None, "about -150000 people"),
        ("here + some", None, None, "about 200050 people"),
        ("here / plain", None, None, "over 50000 people"),
        ("projects + project", None, None, "10240 project"),
        ("three - one", None, None, "2 percent"),
        ("three - one", "percentage points", None, "2 percentage points"),
        ("target * three", None, None, "4.5 e9 USD"),
        ("base * (1 + three) ** 2", None, 1, "92.0 e9 USD"),
        ("2 ** 3 ** 2", None, None, "512 count"),
        ("-2 ** 2", None, None, "-4 count"),
        ("7 - 3 - 2", None, None, "2 count"),
        ("1 / 8", None, None, "0.125 count"),
        ("0.5 + 0.25", None, 1, "0.8 count"),  # half up
    ],
)
def test_results(formula: str, unit: str | None, digits: int | None, expected: str) -> None:
    assert result(formula, unit, digits) == expected


@pytest.mark.parametrize(
    ("formula", "unit", "says"),
    [
        ("here + projects", None, "cannot add people and project"),
        ("target - euro", None, "cannot subtract USD and EUR"),
        ("target + 1", None, "cannot add USD and a plain number"),
        ("three + here", None, "cannot add per cent and people"),
        ("capital / projects", None, "say how to give it"),
        ("capital / projects", "EUR", "USD per project, not EUR"),
        ("target", "percent", "not a share"),
        ("target / (base - base)", None, "divides by zero"),
        ("0 / 0", None, "no result"),
        ("(0 - 1) ** 0.5", None, "no result"),
        ("9 ** 9 ** 9 ** 9", None, "too large"),
        ("growth * 2", None, "a range"),
        ("nothing + 1", None, "not an input"),
        ("2 ** here", None, "a power must be a plain number"),
        ("here ** 0.5", None, "a root of a plain number only"),
        ("here ** 50", None, "from -9 to 9"),
        ("plain / here", None, "a plain number per people"),
        ("1 / 3", None, "no end"),
    ],
)
def test_what_cannot_be_calculated_is_refused_in_words(formula: str, unit: str | None, says: str) -> None:
    with pytest.raises(FormulaError, match=says):
        result(formula, unit)


@pytest.mark.parametrize(
    "formula",
    [
        "", "1 +", "1 2", "(1", "1)", "()", "a b", "* 2", "1 // 2", "1 % 2", "f(1)", "a.b", "a[0]", "'a'", "1; 2", "A",
        "__import__('os')", "lambda: 1", "1_000", "1e9", "+1", "(" * 300 + "1", "-" * 300 + "1", "1 + " * 200 + "1",
    ],
)  # fmt: skip
def test_nothing_but_arithmetic_can_be_written(formula: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(formula)


def test_names_in_order_each_once() -> None:
    assert names_in(parse_formula("(b - a) / b ** -c")) == ("b", "a", "c")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("(target - base) / base", "(150 − 86.7) ÷ 86.7"),
        ("(target / base) ** (1 / 6) - 1", "(150 ÷ 86.7)^(1 ÷ 6) − 1"),
        ("target - (base - million)", "150 − (86.7 − 86700)"),
        ("target * (base + million)", "150 × (86.7 + 86700)"),
        ("target / (base / million)", "150 ÷ (86.7 ÷ 86700)"),
        ("-(target - base) * 2", "(−(150 − 86.7)) × 2"),
        ("-target + base", "−150 + 86.7"),
        ("(-target) ** 2", "(−150)^2"),
        ("2 ** -1", "2^(−1)"),
        ("(2 ** 3) ** 2", "(2^3)^2"),
    ],
)
def test_the_working_can_be_redone(formula: str, expected: str) -> None:
    tokens = working(parse_formula(formula), INPUTS)
    assert "".join(f"{token.low:f}" if isinstance(token, Quantity) else token for token in tokens) == expected
    kinds = [isinstance(token, str) for token in tokens]
    assert all(not (left and right) for left, right in pairwise(kinds))
