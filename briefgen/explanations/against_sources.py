"""Codes of evidence that does not agree with its sources, with the lock, with other evidence or with the calendar."""

from __future__ import annotations

from briefgen.explanations.explanation import ADVICE, ERROR, WARNING, Explanation

EXPLANATIONS = (
    # -- against the source --
    Explanation(
        "passage-not-found",
        ERROR,
        "a passage is not in its source's text",
        "A passage must stand in the text letter for letter, digit for digit. Kinds of quotation mark, dash and space, "
        "line ends, ligatures and invisible characters do not matter; case, digits, punctuation and words do.",
        """
        passage: "up from $86.7 billion in 2023"
        hint: the nearest words there are: “up from $86.7 billion in 2024”
        hint: word for word: up from $86.7 billion in [2023 → 2024]
        """,
        "copy the passage from the text again. Faults of the text stay in the passage; the clean words are your claim.",
    ),
    Explanation(
        "number-cut",
        ERROR,
        "a passage leaves out part of a number that stands in the text",
        "Cut short, a number means something else: its magnitude, unit, currency, hedge or the other end of its range "
        "stand just outside the passage.",
        """
        text:    more than 10,000 companies
        passage: "10,000 companies"
        """,
        "widen the passage until it holds the whole number with everything that belongs to it.",
    ),
    Explanation(
        "value-not-in-passage",
        ERROR,
        "a value is not the number in its passage",
        "The value of a fact must stand in one of its passages: the same amount and the same unit. Numbers in words, "
        "`50 per cent`, `$86.7 billion`, `130 billion won`, ranges, `93,7 tỷ`, `867억` and full-width digits are read.",
        """
        value: 87 billion USD
        evidence: [{source: nikkei-deals, passage: "up from $86.7 billion in 2024"}]
        """,
        "write the value as the passage states it; to print it rounded, use `.rounded(…)` in the template.",
    ),
    Explanation(
        "qualifier-changed",
        ERROR,
        "a value drops, adds or strengthens its source's hedge",
        "“About 10,000”, “more than 10,000” and “10,000” are three statements. The value must hedge as the "
        "passage does.",
        """
        value: 10,000 companies
        evidence: [{source: ndo, passage: "about 10,000 Korean companies"}]
        """,
        "write the source's hedge into the value (`about 10,000 companies`), or widen the passage so that it holds it.",
    ),
    Explanation(
        "unit-not-stated",
        ERROR,
        "a value has a unit or currency that its passage does not state",
        "Nothing is filled in silently. What you inferred, a reader must be told.",
        """
        value: 93.732 billion USD
        evidence: [{source: red-river, passage: "total registered capital reached 93.732 billion"}]
        """,
        "add a `note` that says what was inferred and from what, and a short `caveat`; or leave the unit out.",
    ),
    Explanation(
        "caveat-missing",
        WARNING,
        "an inferred unit is noted, but a strip of key figures would not show it",
        "A strip of key figures prints a figure large and its note small; a `caveat` of a few words stands beside it.",
        """
        value: 93.732 billion USD
        note: The source states no currency; read as US dollars.
        """,
        "add `caveat: currency not stated`.",
    ),
    Explanation(
        "number-not-in-evidence",
        ERROR,
        "a claim states a number that its evidence does not",
        "Every number in a claim, and in its translations, must be in the fact's value, passages or dates.",
        """
        claim: "The two sides signed {value} at 3 ceremonies."
        value: 50 documents
        evidence: [{source: red-river, passage: "signed around 50 documents"}]
        """,
        "leave the number out, make it a value, or widen the passage so that it holds it.",
    ),
    Explanation(
        "quotation-altered",
        ERROR,
        "a quotation is not what its source says",
        "A quotation is the speaker's words, letter for letter, in the speaker's order. Only `[…]` and `[words in "
        "brackets]` are yours.",
        """
        text: We will build the line in two years.
        the source has: We will not build the line in two years.
        """,
        "copy the words again. Mark what you leave out with `[…]` and what you add with `[brackets]`.",
    ),
    Explanation(
        "omission-not-marked",
        ERROR,
        "a quotation leaves words out behind dots of its own",
        "Dots in a quotation are the speaker's, or the source's. An omission of yours is `[…]`, so that a reader can "
        "tell the two apart.",
        """
        text: We will build the line ... in two years.
        """,
        "write `[…]` for what you left out.",
    ),
    Explanation(
        "insertion-not-marked",
        ERROR,
        "a quotation puts words in round brackets that the source does not have",
        "Round brackets are the source's. A word of yours stands in square ones.",
        """
        text: He (the President) welcomed the plan.
        """,
        "write `[the President]`.",
    ),
    Explanation(
        "mending-not-noted",
        ERROR,
        "a quotation mends its passage, and no note says so",
        "Where a web page broke a quotation, the text may mend white space, hyphens and quotation marks; a `note` must "
        "say what was mended.",
        """
        text: a new, progressive manner
        evidence: [{source: nikkei-deals, passage: "a new,progressive manner"}]
        """,
        "add `note: A space missing in the source after “new,” is restored.`",
    ),
    Explanation(
        "speaker-not-named",
        WARNING,
        "the source does not name the speaker near the quotation",
        "Within 800 characters of a quotation its source should name the speaker, by the name, native name or an alias "
        "in the library; or the source's author or title is the speaker. Needs the text; without it nothing is said, "
        "for the lock binds quotation and speaker together.",
        """
        speaker: lee-jae-myung
        the text around the quotation speaks of To Lam only
        """,
        "correct the speaker; or add the name as the source has it to the person's `aliases`. If the source only says "
        "“he”, `allow: {speaker-not-named: …}` on the quotation.",
    ),
    Explanation(
        "passage-long",
        WARNING,
        "a fact's passage has fifteen words or more",
        "A citation holds a fragment, not the work: long passages weaken both the proof and the right to quote.",
        """
        passage: "a sentence of the source with all its clauses, of which only the number matters to the claim"
        """,
        "keep the words that bear the fact out; give two short passages rather than one long one.",
    ),
    Explanation(
        "evidence-not-locked",
        ERROR,
        "there is neither a text nor a lock to verify a passage against",
        "Without the source's text, evidence counts only as the lock has it: the same passage, the same words of a "
        "quotation and the same speaker, from the same source.",
        """
        a passage was changed, or added, on a machine that has no seeds/texts/
        """,
        "undo the change; or put the text in place (`seeds/texts/`, or `BRIEFGEN_TEXTS`) and run `briefgen lock`.",
    ),
    Explanation(
        "text-changed",
        ERROR,
        "a source's text is not the one that was locked",
        "The lock binds the text as it was verified. Another text under the same name may say something else.",
        """
        somebody tidied seeds/texts/report.txt
        """,
        "restore the text; or, if the new one is right, run `briefgen lock` and read what it changes.",
    ),
    Explanation(
        "lock-disagrees",
        ERROR,
        "the lock and the text at hand disagree about a passage",
        "The text is the one that was locked, but the place or the words bound for a passage are not: the lock was "
        "edited, or merged wrongly.",
        """
        "trade-2024/0": {"source": "nikkei-deals", "start": 10, …
        """,
        "restore evidence.lock, or run `briefgen lock` if nobody should have changed it.",
    ),
    Explanation(
        "lock-broken",
        ERROR,
        "the lock cannot be read",
        "evidence.lock is written by `briefgen lock` alone. A merge conflict left in it, or a newer format, makes it "
        "useless as a proof.",
        """
        <<<<<<< HEAD
        """,
        "settle the conflict, or run `briefgen lock` where the texts are.",
    ),
    Explanation(
        "lock-stale",
        WARNING,
        "the lock does not cover all evidence, or covers what is gone",
        "Whoever has the texts sees this as a reminder; whoever has only the lock cannot verify what it lacks.",
        """
        the lock does not cover trade-2025
        """,
        "run `briefgen lock`, and commit evidence.lock with your change.",
    ),
    Explanation(
        "text-outside",
        ERROR,
        "a source's text lies outside the folder of texts",
        "`text` names a file below `seeds/texts/`; a link must not lead out of it.",
        """
        text: report.txt        # a link to /home/me/report.txt
        """,
        "copy the file into the folder of texts.",
    ),
    # -- calculations --
    Explanation(
        "formula",
        ERROR,
        "a calculation cannot be made",
        "The formula cannot be read, names what is no input, mixes units (dollars and people), divides by zero, or has "
        "no end where `round` is missing.",
        """
        derived: {formula: "trade + visitors", trade: trade-2024, visitors: visitors-2024}
        """,
        "correct the formula; see “Add a calculation” in seeds/README.md.",
    ),
    Explanation(
        "formula-cycle",
        ERROR,
        "calculations rest on each other in a circle",
        "Each would need the other's result first.",
        """
        a: {derived: {formula: "x + 1", x: b}}
        b: {derived: {formula: "x - 1", x: a}}
        """,
        "break the circle: one of them must rest on evidence.",
    ),
    Explanation(
        "derived-from-expired",
        WARNING,
        "a calculation rests on expired evidence",
        "A result is no fresher than what it is calculated from, however deep that lies.",
        """
        derived: {formula: "target - base", target: trade-target, base: trade-2019}
        # trade-2019 has expires: 2024-12-31
        """,
        "put newer evidence in its place, or move `expires` if it still holds.",
    ),
    Explanation(
        "derived-from-disputed",
        WARNING,
        "a calculation rests on figures from which other sources differ",
        "The result is as disputed as what goes into it: another source gives another figure, unit or hedge.",
        """
        derived: {formula: "there + here", there: vietnamese-in-korea, here: koreans-in-viet-nam}
        # one source says "over 350,000", another "around 350,000"
        """,
        "say in `note` which source you chose and why; then `allow: {derived-from-disputed: …}` on the calculation.",
    ),
    # -- between sources --
    Explanation(
        "metric-disagrees",
        WARNING,
        "facts of one metric and place do not say the same",
        "One problem for each group. They differ in the figure, the unit, the hedge, the date or year (or only one of "
        "them gives it), or, where there is no figure, in the wording. Targets are compared with targets; figures of "
        "different times are a series, not a disagreement.",
        """
        korean-companies:        {value: about 10,000 companies, metric: korean-companies}
        korean-companies-nikkei: {value: more than 10,000 companies, metric: korean-companies}
        """,
        "keep both, and let the document say so. A fact with `allow: {metric-disagrees: why}` is passed over in the "
        "comparison. If they measure different things, give them different metrics.",
    ),
    Explanation(
        "look-alike-numbers",
        ADVICE,
        "a number is easily taken for another that counts something else",
        "One could be the rounded form of the other, both are about the same place and topic, and their metrics "
        "differ. "
        "Readers, and writers, mix them up.",
        """
        korean-projects:  {value: 10,238 projects,         metric: korean-projects}
        korean-companies: {value: about 10,000 companies,  metric: korean-companies}
        """,
        "name what is counted wherever one of them is printed. If they count the same, give them one metric.",
    ),
    Explanation(
        "superseded",
        ADVICE,
        "there is a newer figure of the same metric and place",
        "The older points of a series are not wrong, but one of them alone is old news.",
        """
        trade-2023: {metric: bilateral-trade, as_of: 2023}
        trade-2024: {metric: bilateral-trade, as_of: 2024}
        """,
        "print the newest, or the whole series; let the old one expire when nobody needs it.",
    ),
    Explanation(
        "target-as-observation",
        WARNING,
        "something that is aimed at reads as if it were so",
        "Either a fact of kind `target` has a claim without a word of aiming in it, or an observation's passage speaks "
        "of a target, a plan or a year that lies ahead.",
        """
        kind: observation
        claim: "Trade between the two countries is {value}."
        evidence: [{source: red-river, passage: "a target of USD 150 billion by 2030"}]
        """,
        "make it `kind: target` and say in the claim that it is aimed at: “aims for”, “the target of”, “by 2030”.",
    ),
    Explanation(
        "one-source",
        ADVICE,
        "facts of weight 5 rest on one source alone",
        "What no document can do without had better not hang on one account. One piece of advice for each source.",
        """
        trade-2024: {weight: 5, evidence: [{source: nikkei-deals, passage: …}]}
        """,
        "look for a second source, and add its passage to the fact's `evidence`.",
    ),
    Explanation(
        "curated-twice",
        WARNING,
        "the same passage is curated twice, for the same figure or words",
        "Two entries from the same words of the same source are one statement counted twice; a document may "
        "print both.",
        """
        trade-2024:   {value: 86.7 billion USD, evidence: [{source: s, passage: "$86.7 billion in 2024"}]}
        trade-level:  {value: 86.7 billion USD, evidence: [{source: s, passage: "$86.7 billion in 2024"}]}
        """,
        "keep one of them. If they say different things, choose passages that show it.",
    ),
    Explanation(
        "person-twice",
        WARNING,
        "two people seem to be one",
        "They share a full name, whatever its accents, hyphens and order. Their quotations would stand under "
        "two names.",
        """
        kim-min-seok: {name: Kim Min Seok}
        kim-minseok:  {name: Kim Min-seok}
        """,
        "keep one entry, with the other spelling among its `aliases`; or allow it, if they are two.",
    ),
    # -- in time --
    Explanation(
        "evidence-expired",
        WARNING,
        "evidence expired before the day of the document",
        "`expires` is the day after which evidence should not be used unchecked. `facts()` leaves it out; what a "
        "template names is printed, with this warning.",
        """
        expires: 2026-06-30     # and the document is of 2026-11-21
        """,
        "find newer evidence, or move `expires` if it still holds.",
    ),
    Explanation(
        "source-after-as-of",
        WARNING,
        "a source was issued after the day of the document",
        "A brief as of last year must not know what was published since.",
        """
        issued: 2026-03-01      # and: briefgen investor --as-of 2025-12-31
        """,
        "build the document as of a later day, leave the source out, or correct `issued`.",
    ),
    Explanation(
        "as-of-ahead",
        WARNING,
        "an observation or statement is of a day that lies ahead",
        "Nothing is observed before it happens.",
        """
        kind: observation
        as_of: 2030
        """,
        "make it a target, an estimate or an event; or correct `as_of`.",
    ),
)
