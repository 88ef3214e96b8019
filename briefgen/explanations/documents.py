"""Codes of documents: what a finished page says that its evidence does not bear out, or says badly."""

from __future__ import annotations

from briefgen.explanations.explanation import ADVICE, ERROR, WARNING, Explanation

EXPLANATIONS = (
    Explanation(
        "unsourced-number",
        ERROR,
        "a number in a template's own words comes from no evidence",
        "Every number, percentage, year or sum on a page must be able to prove itself. Not counted: ordinals, "
        "small counts "
        "in words, numbers within names (5G, Resolution 57), section and list numbers, the document's own dates.",
        "Trade came to $86.7 billion in 2024.",
        "print it from a fact: `{{ fact('trade-2024').value }}`. Where it claims nothing, write it in words, or "
        "say why "
        "it may stay: `allow: {unsourced-number: …}` in the front matter.",
        arguable=True,
    ),
    Explanation(
        "number-in-parameter",
        WARNING,
        "a param's or the audience's words hold a number without a source",
        "Whoever builds the document gave it, and nothing bears it out.",
        "briefgen visit --occasion 'after 33 years of ties'",
        "print the number from a fact, and keep params for names and words.",
    ),
    Explanation(
        "unsourced-quotation",
        ERROR,
        "words in quotation marks come from no evidence",
        "Three words or more in quotation marks, or a block quotation, are somebody's words, and must be the "
        "library's.",
        "The minister called it “a turning point for both”.",
        "print it with `{{ quote(…) }}`. Where nobody is quoted, take the marks off, or say why they may stay: "
        "`allow: {unsourced-quotation: …}`.",
        arguable=True,
    ),
    Explanation(
        "evidence-after-as-of",
        ERROR,
        "a document prints evidence that could not be known on its day",
        "Its source was issued, or the thing happened, after the document's as-of date. `facts()` leaves such evidence "
        "out; what a template names is refused.",
        "briefgen investor --as-of 2024-12-31      # and a fact from a source of August 2025",
        "take it out, or date the document later.",
    ),
    Explanation(
        "evidence-too-old",
        WARNING,
        "evidence is older than the template's `max_age`",
        "The template says how old its evidence may be at the document's as-of date.",
        """
        max_age: 1 year
        {{ fact('visitors-2019') }}
        """,
        "find newer evidence, take it out, or allow it with a reason in the front matter.",
    ),
    Explanation(
        "target-as-reached",
        WARNING,
        "a target's number stands on the page as if it had been reached",
        "Printed by itself, a number says what is. Beside a target's number must stand that it is one.",
        "Trade stands at {{ fact('trade-target-2030').value }}.",
        "say so beside it: “target”, “aims for”, “by 2030”; or print the whole claim.",
    ),
    Explanation(
        "printed-twice",
        WARNING,
        "a claim or quotation is printed twice",
        "In a dossier once in each section is fine; anywhere else the second time looks like a mistake.",
        """
        {{ fact('visit') }}
        {{ fact('visit') }}
        """,
        "print it once, or only its number (`.value`).",
    ),
    Explanation(
        "mark-after-numeral",
        WARNING,
        "the mark of a note stands right behind a number",
        "It reads as a power: 10² is a hundred.",
        "since 1992{{ cite('diplomatic-ties') }}",
        "put `cite()` behind a word, or leave it out: evidence brings its own mark.",
    ),
    Explanation(
        "untranslated-template",
        WARNING,
        "a document is asked for in a language that its template is not written in",
        "Dates, numbers, fixed words and translated evidence are in that language, the template's own words are not.",
        "briefgen scitech --language ko            # there is no scitech.ko.md",
        "write the template's words in that language into `NAME.LANGUAGE.md` beside it, or say with `language` what it "
        "is written in.",
    ),
    Explanation(
        "untranslated-evidence",
        WARNING,
        "evidence is printed in English in a document of another language",
        "It has no translation into that language. Built with `--verbose`, each is named.",
        "briefgen investor --language vi           # and a fact without `translations: {vi: …}`",
        "add `translations` to the facts, quotations, people and sources that are named.",
    ),
    Explanation(
        "too-many-notes",
        WARNING,
        "a page bears more than ten notes",
        "They push the text off the page, and nobody reads them.",
        "14 notes in a brief of one page",
        "rest more on fewer sources; with `notes: endnotes` a source has one note, however often it is used.",
    ),
    Explanation(
        "headline-long",
        ADVICE,
        "a headline has more than twelve words",
        "Twelve are read at one glance.",
        "# Viet Nam and South Korea have agreed on a great many things in August 2025, and more may follow",
        "say what matters most, and the rest in the lead.",
    ),
    Explanation(
        "marking-above-clearance",
        ERROR,
        "evidence is more restricted than its readers are cleared for",
        "Evidence is as restricted as the strictest of its own marking, its sources' and its inputs'. `facts()` leaves "
        "such evidence out; a template that names it is refused.",
        "a TLP:AMBER fact in a brief for the audience `press`, which is cleared for TLP:CLEAR",
        "take it out, or build for an audience that is cleared for it.",
    ),
    Explanation(
        "not-enough-evidence",
        ERROR,
        "there is less evidence than the template cannot do without",
        "`at_least` says how many must be found; what is expired or above the audience's clearance does not count.",
        "{{ facts(topic='energy', at_least=4) }}      # there are 3",
        "ask for fewer, ask for a wider topic, or curate more.",
    ),
    Explanation(
        "unknown-evidence",
        ERROR,
        "a document refers to evidence that is not in the library",
        "An id in the document leads to no fact or quote.",
        "{{ cite('trade-2042') }}",
        "correct the id; the hint names the nearest.",
    ),
    Explanation(
        "no-such-facet",
        ERROR,
        "evidence lacks the part that is to be printed",
        "Not every fact has a value or a date, and not every quotation an occasion.",
        "{{ fact('diplomatic-ties').value }}        # a fact without a number",
        "print another part, or choose other evidence.",
    ),
    Explanation(
        "unknown-note",
        ERROR,
        "a mark leads to no footnote",
        "`[^a]` needs a paragraph `[^a]: …` in the same template.",
        "Trade rose.[^a]          # and no [^a]: below",
        "write the footnote, or remove the mark.",
    ),
    Explanation(
        "unused-note",
        ERROR,
        "no mark leads to a footnote",
        "A footnote that nothing refers to would not be printed.",
        "[^a]: As of June.        # and no [^a] in the text",
        "set its mark, or remove it.",
    ),
    Explanation(
        "wrong-note",
        ERROR,
        "a footnote is more than a paragraph",
        "Footnotes are one paragraph: no lists, tables or headings.",
        "[^a]: - one\n          - two",
        "write it as running text.",
    ),
    Explanation(
        "stray-emphasis",
        WARNING,
        "`**` is printed as it stands",
        "Markdown did not take it for emphasis, mostly because a letter follows it directly.",
        "**{{ fact('visit') }}**다",
        "put the marks around whole words, with a space or punctuation outside; a literal one is `\\*\\*`.",
    ),
)
