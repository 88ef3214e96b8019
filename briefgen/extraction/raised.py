"""Raised digits and signs as the characters that Unicode has for them."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")


def raised(text: str) -> str:
    """`2` as `²`; text that has no such form, such as the `th` of an ordinal, is as it was."""
    digits = any(char.isdigit() for char in text)
    return text.translate(_RAISED) if digits and all(ord(char) in _RAISED for char in text) else text
