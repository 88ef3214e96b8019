"""Reading numbers: the `value` of a fact, and every number that a passage states.

Both go through one reader, so that what a curator writes and what a source says are understood alike: digits with
the separators of the text's language, magnitude words, currencies, per cent, measures, ranges, hedges ("over",
"khoảng", "이상"), numbers in words (English, Vietnamese, Korean), ordinals and dates kept apart. Nothing is rounded; a
number that cannot be read for certain (10², ⅓, 1.2.3) is not reported at all.

A text becomes `tokens`; `measured` reads one number there (its `digits` or words, its `magnitudes`, its unit or
`currencies`), `roles` tell what else digits may be, `hedges` and `ranges` look around it, and `finding` goes through
the text. `values` reads what a curator writes. A language's words are in the table of their subject; its numbers in
words are a module of their own, which `words` calls.
"""

from __future__ import annotations

from briefgen.numerals.currencies import CURRENCIES, UNNAMED_CURRENCY
from briefgen.numerals.finding import find_quantities
from briefgen.numerals.stated import Role, Stated
from briefgen.numerals.units import COUNT, PERCENT, PERCENTAGE_POINTS
from briefgen.numerals.values import parse_quantity

__all__ = [
    "COUNT",
    "CURRENCIES",
    "PERCENT",
    "PERCENTAGE_POINTS",
    "UNNAMED_CURRENCY",
    "Role",
    "Stated",
    "find_quantities",
    "parse_quantity",
]
