"""The units of East Asian numbers, which group by ten thousand: 867억, 1조 2,000억, 三百万."""

from __future__ import annotations

import re
from decimal import Decimal

from briefgen.numerals.arithmetic import shifted

UNITS = {
    "십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12, "경": 16,
    "十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12, "京": 16,
}  # fmt: skip
"""Each unit → its power of ten."""
MYRIAD = 4
"""From this power of ten on, a unit multiplies all that stands before it."""


def read_asian(text: str, comma: bool) -> tuple[Decimal, int]:
    """867억, 1조 2,000억, 3천500만: digits with units → number and exponent."""
    total = section = Decimal()
    exponents: list[int] = []
    groups = re.findall(r"(\d[\d.,']*)(\D*)", text.replace(" ", ""))
    for digits, units in groups:
        plain = digits.replace("'", "")
        plain = plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", "")
        number = Decimal(plain)
        small = sum(UNITS[unit] for unit in units if UNITS[unit] < MYRIAD)
        large = sum(UNITS[unit] for unit in units if UNITS[unit] >= MYRIAD)
        section += number.scaleb(small)
        exponents.append(small + large)
        if large:
            total += section.scaleb(large)
            section = Decimal()
    total += section
    exponent = min(exponents)
    if len(groups) == 1:
        return Decimal(plain), exponent
    return shifted(total, -exponent), exponent
