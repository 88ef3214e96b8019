"""Quantities as evidence files write them, and claims with their values in place: for curators, not for readers."""

from __future__ import annotations

import re
from decimal import Decimal

from briefgen.evidence import Fact, Quantity, UnitKind

_MAGNITUDES = {12: "trillion", 9: "billion", 6: "million", 3: "thousand", 0: ""}
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def written(quantity: Quantity, *, noun: bool = True) -> str:
    """A quantity in the notation of `value`: `over 200,000 people`, `86.7 billion USD`, `8.3 to 8.5 per cent`.

    What it says is read back as the same amounts, unit and qualifier; magnitudes that English has no word for
    (만, 억) become those that it has.

    Args:
        noun: whether to name what is counted.
    """
    low, high, exponent = quantity.low, quantity.high, quantity.exponent
    if exponent not in _MAGNITUDES:
        largest = quantity.amount if high is None else max(quantity.amount, high.scaleb(exponent))
        target = next((power for power in _MAGNITUDES if power != 3 and abs(largest) >= Decimal(10) ** power), 0)
        low = _plain(low.scaleb(exponent - target))
        high = None if high is None else _plain(high.scaleb(exponent - target))
        exponent = target
    words = [quantity.qualifier.value if quantity.qualifier else "", f"{low:,f}"]
    if high is not None:
        words += ["to", f"{high:,f}"]
    words.append(_MAGNITUDES[exponent])
    match quantity.unit.kind:
        case UnitKind.PERCENT:
            words.append("per cent")
        case UnitKind.COUNT if not noun:
            pass
        case _:
            words.append(quantity.unit.name)
    return " ".join(word for word in words if word)


def claim_in_words(fact: Fact) -> str:
    """A fact's claim with its values in it, in the notation of evidence files."""

    def word(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        quantity = fact.values.get(match[1])
        return match[0] if quantity is None else written(quantity, noun=False)

    words = _BRACES.sub(word, fact.claim)
    return words[:1].upper() + words[1:]


def _plain(number: Decimal) -> Decimal:
    """A number without an exponent or zeros behind its decimals."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
