"""Numbers, dates and fixed words in the reader's language.

Numbers print as their source states them: "86.7 billion" keeps its word, "200,000" stays in digits, and nothing
passes through a float. CLDR offers neither (it abbreviates by size, has no long Korean form and no qualifiers),
so each language is one module here; the tests hold it against CLDR where the two must agree. No-break spaces
keep a number with its unit and the parts of a date on one line.
"""

from __future__ import annotations

from importlib import import_module

from briefgen.errors import BriefgenError, Problem
from briefgen.locales.locale import NBSP, Locale, capitalised, language_of, rounded

LANGUAGE_NAMES = {"en": "English", "vi": "Vietnamese", "ko": "Korean"}
"""The languages that documents can be made in: the modules beside this one."""

LANGUAGES = tuple(LANGUAGE_NAMES)


def locale_for(tag: str) -> Locale:
    """The locale of a language tag ("vi", "en-GB").

    Raises:
        BriefgenError: `unknown-language`, with the languages there are.
    """
    language = language_of(tag)
    if language not in LANGUAGES:
        message = f"there is no language {tag!r}; expected one of {', '.join(LANGUAGES)}"
        raise BriefgenError(Problem("unknown-language", message))
    locale = import_module(f"briefgen.locales.{language}").LOCALE
    assert isinstance(locale, Locale)
    return locale


__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "NBSP", "Locale", "capitalised", "language_of", "locale_for", "rounded"]
