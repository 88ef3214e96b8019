"""Codes of evidence files, and of YAML in general: what cannot be read as it is written."""

from __future__ import annotations

from briefgen.explanations.explanation import ADVICE, ERROR, WARNING, Explanation

EXPLANATIONS = (
    Explanation(
        "yaml-syntax",
        ERROR,
        "a file is not YAML, or more than plain data",
        "The file cannot be read further than here. Tags (`!`), anchors (`&`), aliases (`*`), a second document and "
        "nesting without end are refused too: these files are plain data.",
        """
        claim: Trade: the level      # the second colon needs quotation marks
        """,
        "put quotation marks around text with a colon, a `#`, or a first `&`, `*` or `!`; indent with spaces.",
    ),
    Explanation(
        "not-utf8",
        ERROR,
        "a file is not in the encoding that is expected",
        "Text in another encoding would come out as wrong letters.",
        "a file saved as Windows-1258",
        "save the file as UTF-8.",
    ),
    Explanation(
        "forbidden-character",
        ERROR,
        "a text holds a character that hides or reorders what is read",
        "Control characters, bidirectional overrides, tag characters and private use can show a reader other "
        "words than "
        "are there; evidence must not hold them.",
        "a right-to-left override (U+202E) inside a claim",
        "delete the character; retype the word if you cannot see it.",
    ),
    Explanation(
        "wrong-type",
        ERROR,
        "a key holds another form of value than expected",
        "Text where `key: value` pairs are expected, pairs where a list is expected, and so on.",
        "topics: {trade: yes}       # expected a list: [trade]",
        "write the form that the message names.",
    ),
    Explanation(
        "wrong-value",
        ERROR,
        "a value is none of those that are allowed here",
        "The message says what was found and what is expected; nothing is guessed.",
        "kind: fact                 # observation, target, estimate, event or statement",
        "write one of the values that the message names.",
    ),
    Explanation(
        "wrong-date",
        ERROR,
        "a date cannot be read",
        "Dates are a day, month, quarter, half or year, as exact as the source is.",
        "as_of: 15/08/2025",
        "write `2025-08-15`, `2025-08`, `2025-Q3`, `2025-H1` or `2025`.",
    ),
    Explanation(
        "wrong-id",
        ERROR,
        "a name cannot be an id",
        "Ids begin with a small letter and hold small letters, digits and hyphens, 64 at most; names in formulas have "
        "underscores for hyphens.",
        "Trade_2024:",
        "write `trade-2024:`.",
    ),
    Explanation(
        "missing-key",
        ERROR,
        "a key is missing that cannot be done without",
        "A fact needs evidence or a calculation, an event its date, a quotation its speaker, a template its title.",
        """
        facts:
          visit: {claim: To Lam visited Seoul., kind: event}
        """,
        "add the key; the hint says what it is for.",
    ),
    Explanation(
        "unknown-key",
        ERROR,
        "a key is not known here",
        "A misspelt key would be ignored, and what it says lost; so it is refused.",
        "clam: Trade rose.          # did you mean `claim`?",
        "correct the key, or remove the line.",
    ),
    Explanation(
        "duplicate-key",
        ERROR,
        "a key stands twice",
        "YAML would keep the last and drop the first silently.",
        """
        weight: 3
        weight: 5
        """,
        "remove one of the two.",
    ),
    Explanation(
        "duplicate-id",
        ERROR,
        "an id is used twice",
        "Ids are unique across all files and kinds, so that `show` and templates always mean one thing.",
        "trade-2024 in trade.yaml, and again in growth.yaml",
        "rename one of them, in templates too.",
    ),
    Explanation(
        "empty-value",
        ERROR,
        "a key has no value",
        "A key with nothing after it says neither yes nor no.",
        "note:",
        "remove the key, or give it a value.",
    ),
    Explanation(
        "dangling-id",
        ERROR,
        "an id leads nowhere",
        "A fact names a source, a quotation a speaker, or a formula a fact that is not in the library.",
        "evidence: [{source: nikei-deals, passage: …}]",
        "correct the id (the hint names the nearest), or add what is missing.",
    ),
    Explanation(
        "wrong-braces",
        ERROR,
        "a claim's braces and the fact's values do not agree",
        "`{value}` stands in a claim exactly when there is a value, in each translation too; several values "
        "have a name "
        "each.",
        """
        claim: "Trade came to 86.7 billion USD."
        value: 86.7 billion USD
        """,
        "write `{value}` where the number goes; double a brace that is meant as a brace.",
    ),
    Explanation(
        "allow-without-reason",
        ERROR,
        "`allow` does not say why",
        "A warning may be silenced for good only with a reason that others can read.",
        "allow: [passage-long]",
        "write `allow: {passage-long: the definition cannot be cut}`.",
    ),
    Explanation(
        "allow-of-error",
        ERROR,
        "`allow` names an error",
        "Warnings and advice can be allowed. An error is what would make a document lie, or cannot be worked with.",
        "allow: {passage-not-found: it was there yesterday}",
        "mend what the error says, and remove the line.",
    ),
    Explanation(
        "allow-unused",
        ADVICE,
        "`allow` silences nothing",
        "The warning that it was written for is no longer given; left standing, the line would hide the next one.",
        "allow: {evidence-expired: still holds}    # and `expires` has been moved since",
        "remove the line.",
    ),
    Explanation(
        "unknown-code",
        ERROR,
        "no problem has this code",
        "`allow` and `check --explain` take the codes that stand in square brackets in a problem's first line.",
        "allow: {pasage-long: the definition cannot be cut}",
        "correct the code; the table in seeds/README.md lists them all.",
    ),
    Explanation(
        "section-in-braces",
        ERROR,
        "nothing can be added to a section that is written in braces",
        "`briefgen add` appends lines and touches nothing that stands there; inside braces there is no place "
        "for lines.",
        "facts: {}",
        "write the section with one entry a line, and nothing behind its colon.",
    ),
    Explanation(
        "file-not-found",
        ERROR,
        "there is no such file",
        "The file, or the folder of evidence, is not where it is looked for.",
        "briefgen add source report.pdf       # in the wrong folder",
        "correct the path, or make the folder.",
    ),
    Explanation(
        "not-a-file",
        ERROR,
        "a folder stands where a file is expected",
        "A folder called `x.yaml` is surely a mistake.",
        "seeds/trade.yaml/",
        "rename the folder, or put a file in its place.",
    ),
    Explanation(
        "not-a-folder",
        ERROR,
        "a file stands where a folder is expected",
        "`seeds`, and what `init` is to make, are folders.",
        "briefgen init notes.txt",
        "name another folder, or move the file.",
    ),
    Explanation(
        "unreadable-file",
        ERROR,
        "a file cannot be read",
        "The operating system says no: mostly its permissions.",
        "cannot be read: Permission denied",
        "make it readable for yourself.",
    ),
    Explanation(
        "link-outside",
        ERROR,
        "a link leads out of the workspace",
        "A workspace is complete in itself; a link to a place outside would make it depend on one machine.",
        "seeds/trade.yaml → /home/me/trade.yaml",
        "copy the file into the workspace.",
    ),
    # -- adding --
    Explanation(
        "unknown-source",
        ERROR,
        "the library has no such source",
        "`briefgen add fact SOURCE …` looks for the words in the text of a source that is in the library.",
        "briefgen add fact nikei-deals 'up from $86.7 billion'",
        "correct the id, or describe the source first: `briefgen add source FILE`.",
    ),
    Explanation(
        "cannot-add",
        ERROR,
        "an entry cannot be added without changing others",
        "What stands in a file keeps every byte; here the file's form leaves no place for a new entry.",
        "a file whose last lines are a block of text that runs on",
        "name another file with `--file`, or paste what `--dry-run` prints.",
    ),
    Explanation(
        "text-missing",
        ERROR,
        "a source's text is not at hand, so nothing can be found in it",
        "Words are added only after they were found in the text.",
        "briefgen add quote nikkei-deals '…'      # without seeds/texts/",
        "put the text into seeds/texts/, or name its folder with BRIEFGEN_TEXTS.",
    ),
    Explanation(
        "text-taken",
        ERROR,
        "this text is another source's already",
        "One text is one source; added twice, it would bear itself out.",
        "briefgen add source seeds/texts/report.txt --id report-2",
        "use the source that has it.",
    ),
    Explanation(
        "passage-ambiguous",
        ERROR,
        "the words stand in several places of the text",
        "Which of them bears the fact out is for you to say.",
        "briefgen add fact nikkei-deals 'in 2024'",
        "lengthen the words, as the hints show, or take the first place with `--first`.",
    ),
    Explanation(
        "passage-cut",
        ERROR,
        "the words begin or end inside a word or a number of the text",
        "Half a number is another number.",
        "briefgen add fact red-river '238 projects'       # the text has 10,238",
        "lengthen the words as the hint says.",
    ),
    # -- texts of sources --
    Explanation(
        "no-text",
        ERROR,
        "there is no text in a file",
        "The file is empty, or its pages are pictures of text.",
        "a scanned PDF",
        "run a text recognition over it and compare the text with the pages, or take another copy.",
    ),
    Explanation(
        "pages-without-text",
        WARNING,
        "some pages of a PDF hold no text",
        "They may be pictures of text; nothing on them can be cited.",
        "pages 3 and 4 of a PDF are scans",
        "look at those pages; run a text recognition if they matter.",
    ),
    Explanation(
        "protected-file",
        ERROR,
        "a file is protected by a password",
        "Its text cannot be read without the password, which is never asked for.",
        "briefgen add source secret.pdf",
        "open it with its password and save a copy without one.",
    ),
    Explanation(
        "broken-file",
        ERROR,
        "a file is damaged, or not what its name says",
        "It cannot be read to its end, so part of the text would be missing.",
        "report.docx that is a web page",
        "take another copy of the file, or save its text as .txt.",
    ),
)
