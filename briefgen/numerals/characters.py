"""Characters: those of other scripts as the plain ones, every character for itself, so that positions stay."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """Full-width letters, digits and signs, and the digits of other scripts, as their ASCII ones; same length."""
    if text.isascii() or not _UNUSUAL.search(text):
        return text
    return _UNUSUAL.sub(lambda match: _ascii(match[0]), text)


_UNUSUAL = re.compile("[\uff01-\uff5e\uffe0-\uffe6]|(?![0-9])\\d")


def _ascii(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def lower(text: str) -> str:
    """In small letters, every character for itself, so that positions stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
