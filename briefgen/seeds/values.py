"""The values of evidence files, as their keys take them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date as Day
from pathlib import PurePosixPath
from typing import TypeVar

from briefgen.addresses import as_uri
from briefgen.numerals import CURRENCIES
from briefgen.periods import Period
from briefgen.records import ID, Record

T = TypeVar("T")

CSL_TYPES = frozenset(
    str.split("""
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """)
)
"""Item types of CSL 1.0.2, appendix III."""

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
VALUE_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


def or_default(value: T | None, default: T) -> T:
    """The value, or its default where there is none; zero is a value."""
    return default if value is None else value


def read_topics(entry: Record) -> tuple[str, ...]:
    topics = entry.texts("topics")
    for topic in topics:
        if not ID.fullmatch(topic):
            entry.problem("wrong-value", f"{topic!r} is not a topic: use small letters, digits and hyphens", "topics")
    return tuple(dict.fromkeys(topic for topic in topics if ID.fullmatch(topic)))


def _matching(pattern: re.Pattern[str], expected: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} is not {expected}")
        return text

    return parse


language = _matching(LANGUAGE, "a language tag: write `en`, `vi` or `pt-BR`")
slug = _matching(ID, "a name: use small letters, digits and hyphens, beginning with a letter")
_web_address = _matching(re.compile(r"https?://[^\s<>\"]+"), "an address: it begins with https:// and has no spaces")


def address(text: str) -> str:
    as_uri(_web_address(text))
    return text


def source_type(text: str) -> str:
    if text not in CSL_TYPES:
        raise ValueError(f"{text!r} is not an item type of CSL, such as article-newspaper, report, speech, webpage")
    return text


def currency_code(text: str) -> str:
    if text not in CURRENCIES:
        raise ValueError(f"{text!r} is not a currency code of ISO 4217, such as CAD")
    return text


def text_name(text: str) -> str:
    """A file's name below the folder of texts: relative, with forward slashes, never leading out of it."""
    path = PurePosixPath(text)
    if "\\" in text or ":" in text or path.is_absolute() or ".." in path.parts or text in (".", ""):
        raise ValueError(f"{text!r} must be a file's name below the folder of texts, such as 2025/article.txt")
    return text


def last_day(text: str) -> Day:
    return Period.parse(text).last
