"""English: its labels name those of the other languages."""

from __future__ import annotations

from briefgen.evidence import Qualifier
from briefgen.locales.locale import NBSP, Currency, Locale, Magnitude, words

LABELS = {
    label: label
    for label in (
        # header, footer and the line under the top rule
        "Page {page} of {pages}",
        "As of {date}",
        "sources reach {date}",
        "For {audience}",
        "Contact: {contact}",
        "DRAFT",
        "REVIEW COPY",
        # a memo's address, a dossier's cover
        "To",
        "From",
        "Date",
        "Ref",
        "Subject",
        "Contact",
        "Marking",
        "Edition",
        "Valid until",
        "As of",
        "Audience",
        # what the sources leave out
        "not stated",
        "period not stated",
        "undated",
        "untitled",
        "publisher not stated",
        "publisher and date not stated",
        # notes
        "Notes",
        "note {number}",
        "notes {numbers}",
        "Source: {notes}",
        "Sources: {notes}",
        "Our calculation",
        "our calculation",
        "Our calculation: {working}",
        "Our calculation: {working}, from {notes}",
        "stated as {value}",
        "Our translation; original: {words}",
        "according to {publisher}",
        # figures and tables
        "Table",
        "Figure",
        "observed",
        "target",
        "targets",
        "estimate",
        "estimates",
        "Bar chart",
        "Column chart",
        "Line chart",
        "Period",
        "Unit",
        # mail
        "Please find attached: {title}, as of {date}.",
        # references to numbered parts, in mid-sentence
        "section {number}",
        "Annex {number}",
        # fixed headings
        "Next step",
        "Contents",
        "Tables",
        "Figures",
        "Sources",
        # where sources disagree
        "The figures differ.",
        "The units differ.",
        "One figure, hedged differently.",
        "Only some give a figure.",
        "The dates differ.",
        "Only some give a date.",
        "The wording differs.",
        # registers
        "No.",
        "Title",
        "Publisher",
        "Accessed",
        "SHA-256, first 16",
        "Words as printed",
        "Original",
        "Speaker and occasion",
        "Source",
    )
}

LOCALE = Locale(
    tag="en",
    labels=LABELS,
    decimal=".",
    group=",",
    magnitudes=(
        Magnitude(12, "trillion", "tn"),
        Magnitude(9, "billion", "bn"),
        Magnitude(6, "million", "mn"),
        Magnitude(3, "thousand", "thousand"),
    ),
    magnitude_space=NBSP,
    myriads=False,
    range=f"{{low}} to{NBSP}{{high}}",
    range_repeats=True,
    currencies={
        "USD": Currency(sign="US$"),
        "EUR": Currency(sign="€"),
        "GBP": Currency(sign="£"),
        "AUD": Currency(sign="A$"),
        "CAD": Currency(sign="C$"),
        "SGD": Currency(sign="S$"),
        "KRW": Currency(name="won"),
        "VND": Currency(name="dong"),
        "JPY": Currency(name="yen"),
        "CNY": Currency(name="yuan"),
    },
    qualifiers={
        Qualifier.ABOUT: f"about{NBSP}{{n}}",
        Qualifier.NEARLY: f"nearly{NBSP}{{n}}",
        Qualifier.OVER: f"over{NBSP}{{n}}",
        Qualifier.AT_LEAST: f"at least{NBSP}{{n}}",
        Qualifier.UNDER: f"under{NBSP}{{n}}",
        Qualifier.AT_MOST: f"at most{NBSP}{{n}}",
        Qualifier.UP_TO: f"up to{NBSP}{{n}}",
    },
    day=f"{{day}}{NBSP}{{month}}{NBSP}{{year}}",
    month=f"{{month}}{NBSP}{{year}}",
    half=f"{{part}} half of{NBSP}{{year}}",
    quarter=f"{{part}} quarter of{NBSP}{{year}}",
    year="{year}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    halves=("first", "second"),
    quarters=("first", "second", "third", "fourth"),
    until=f"by{NBSP}{{period}}",
    quotation=("“", "”"),
    title_marks=("‘", "’"),
    conjunction=" and ",
    function_words=words(
        "a an the in on at by of to from for since until till before after during between and or with as "
        "about nearly over under least most up than is was are were be has had no. per"
    ),
)
