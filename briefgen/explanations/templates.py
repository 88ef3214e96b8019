"""Codes of templates: what cannot be filled, and what cannot be read as a document."""

from __future__ import annotations

from briefgen.explanations.explanation import ERROR, WARNING, Explanation

EXPLANATIONS = (
    # -- filling --
    Explanation(
        "no-front-matter",
        ERROR,
        "a template does not begin with front matter",
        "The lines between two `---` at the top are its whole configuration.",
        "# Investor brief         # as the first line",
        "begin the file with `---`, `title:` and `kind:`, and `---`.",
    ),
    Explanation(
        "evidence-in-front-matter",
        ERROR,
        "evidence is printed in the front matter",
        "Titles, footers and addresses stand without notes, so nothing there could prove itself.",
        "title: 'Trade: {{ fact(\"trade-2024\").value }}'",
        "write it in the body, where it gets its note.",
    ),
    Explanation(
        "template-syntax",
        ERROR,
        "a template's Jinja cannot be read",
        "A tag is not closed, is not one of those that templates have, or stands in the wrong place.",
        "{% for f in facts(topic='trade') %}      # and no {% endfor %}",
        "close the tag; templates/README.md lists those that there are.",
    ),
    Explanation(
        "unknown-filter",
        ERROR,
        "there is no such filter or test",
        "Templates have few filters, for plain values only; evidence is printed by its parts.",
        "{{ params.country | shout }}",
        "use one of those that the hint names.",
    ),
    Explanation(
        "template-recursion",
        ERROR,
        "templates include or extend each other without end",
        "Each would have to be read before the other.",
        "a.md: {% include 'b.md' %}      b.md: {% include 'a.md' %}",
        "break the circle.",
    ),
    Explanation(
        "template-error",
        ERROR,
        "a template cannot be worked out",
        "An operation in it failed, such as a division by zero.",
        "{{ 1 / 0 }}",
        "mend the expression that the message names.",
    ),
    Explanation(
        "undefined-name",
        ERROR,
        "a name in a template means nothing",
        "There are `fact`, `quote`, `facts`, `quotes`, `series`, `source`, `cite`, `params`, `audience`, `as_of`, `t`, "
        "and what the template sets itself.",
        "{{ pramas.country }}",
        "correct the name; the hint names the nearest.",
    ),
    Explanation(
        "unknown-id",
        ERROR,
        "nothing has this id",
        "The library has no such fact, quote, source or person; or it is one of another kind.",
        "{{ fact('trade-2042') }}",
        "correct the id; `briefgen find WORDS` searches the library.",
    ),
    Explanation(
        "unknown-topic",
        ERROR,
        "no evidence has this topic",
        "A misspelt topic would give an empty list.",
        "{{ facts(topic='trad') }}",
        "correct it; the hint names the nearest.",
    ),
    Explanation(
        "unknown-metric",
        ERROR,
        "no fact has this metric",
        "A misspelt metric would give an empty list or chart.",
        "{{ series('bilateral-trad') }}",
        "correct it; the hint names the nearest.",
    ),
    Explanation(
        "unknown-kind",
        ERROR,
        "there is no such kind of fact",
        "Kinds are observation, target, estimate, event and statement.",
        "{{ facts(kind='goal') }}",
        "write one of them.",
    ),
    Explanation(
        "unknown-facet",
        ERROR,
        "evidence has no such part",
        "Parts are `.value`, `.as_of`, `.speaker`, `.text` and the others of templates/README.md.",
        "{{ fact('trade-2024').vallue }}",
        "correct the name.",
    ),
    Explanation(
        "missing-facet",
        ERROR,
        "this evidence does not have that part",
        "A fact without a number has no `.value`, one with several has them by name.",
        "{{ fact('diplomatic-ties').value }}",
        "print a part that it has, or state it in the library.",
    ),
    Explanation(
        "unknown-part",
        ERROR,
        "a fact has no value of this name",
        "A fact with `values` has each by its name.",
        "{{ fact('sci-tech-budget').values.form }}    # from, to",
        "correct the name.",
    ),
    Explanation(
        "no-number",
        ERROR,
        "there is nothing to round",
        "`.rounded()` is for values.",
        "{{ fact('trade-2024').as_of.rounded(1) }}",
        "leave it out.",
    ),
    Explanation(
        "unknown-label",
        ERROR,
        "there is no fixed word of this name",
        "`t()` takes the labels that every language of briefgen has.",
        "{{ t('sourcs') }}",
        "correct it, or write the word yourself.",
    ),
    Explanation(
        "wrong-arguments",
        ERROR,
        "a function is called with what it does not take",
        "The message names the function and what is wrong.",
        "{{ facts(topik='trade') }}",
        "see templates/README.md for what each function takes.",
    ),
    Explanation(
        "wrong-operand",
        ERROR,
        "an operator or filter is given what it cannot work on",
        "Numbers add to numbers and texts join to texts; evidence does neither, for nobody could check the result.",
        "{{ fact('a').value + fact('b').value }}",
        "put calculations into the library, as derived facts with a formula.",
    ),
    Explanation(
        "evidence-as-text",
        ERROR,
        "evidence is made into text, joined to text or changed by a filter",
        "Evidence is printed whole, with its note, in the reader's language; as mere text it would lose its proof.",
        "{{ fact('trade-2024') ~ '!' }}",
        "print it with {{ … }} of its own.",
    ),
    Explanation(
        "words-as-text",
        ERROR,
        "a value is joined to Markdown",
        "Values are never markup, so that a `*` in one can do no harm.",
        "{{ '**' ~ params.country ~ '**' }}",
        "write the markup outside: `**{{ params.country }}**`.",
    ),
    Explanation(
        "text-from-macro",
        ERROR,
        "filled text is used as a value",
        "What a macro or a `set` block printed is Markdown with evidence in it; it can be printed, and nothing else.",
        "{{ head() ~ tail() }}",
        "print them one after the other: `{{ head() }}{{ tail() }}`.",
    ),
    Explanation(
        "not-printable",
        ERROR,
        "a value has no words to print",
        "Lists, functions and audiences are not text.",
        "{{ facts }}",
        "call it, loop over it, or print one of its parts.",
    ),
    Explanation(
        "not-a-list",
        ERROR,
        "a loop goes over what is no list",
        "`for` needs a list: `facts(…)`, `quotes(…)`, `series(…)`, or one that you wrote.",
        "{% for f in fact('trade-2024') %}",
        "loop over a list, or print the thing itself.",
    ),
    Explanation(
        "forbidden-in-template",
        ERROR,
        "a template reaches for what it may not have",
        "Templates run in a sandbox: they print evidence, and reach no files, no program and no names with "
        "underscores.",
        "{{ params.__class__ }}",
        "do it another way; what templates can do stands in templates/README.md.",
    ),
    Explanation(
        "template-not-found",
        ERROR,
        "an included or extended template is not there",
        "Paths are relative to `templates/`.",
        "{% include 'partials/head.md' %}",
        "correct the path.",
    ),
    Explanation(
        "template-outside",
        ERROR,
        "an included template lies outside templates/",
        "A workspace is complete in itself.",
        "{% include '../../notes.md' %}",
        "copy the file below templates/.",
    ),
    Explanation(
        "template-too-long",
        ERROR,
        "a template does or prints more than a document can need",
        "Loops, lists and texts have a limit, so that a mistake ends with a message and not with a machine that hangs.",
        "{% for i in range(100000000) %}",
        "look for the loop that does not end.",
    ),
    Explanation(
        "nested-too-deeply",
        ERROR,
        "lists or quotations stand too deep inside each other",
        "Nobody could read them, and no format could show them.",
        "> > > > > > > > words",
        "write it flatter.",
    ),
    # -- reading --
    Explanation(
        "broken-slot",
        ERROR,
        "a filter has torn a value apart",
        "Text that was filled in carries marks for its values; a filter that cuts or changes it breaks them.",
        "{% filter truncate(20) %}{{ fact('visit') }}{% endfilter %}",
        "use filters on plain values only.",
    ),
    Explanation(
        "slot-in-wrong-place",
        ERROR,
        "a value is printed where only fixed words can stand",
        "Code, link addresses, image descriptions and attributes cannot hold a value.",
        "[more]({{ params.address }})",
        "print it in the text.",
    ),
    Explanation(
        "optional-in-text",
        ERROR,
        "evidence that may be left out stands in running text",
        "When the page is full it would leave a hole in a sentence.",
        "It is known that {{ f }} is so.       # f from facts(at_least=0)",
        "give it a list item, table row or paragraph of its own; or leave out `at_least`.",
    ),
    Explanation(
        "series-in-text",
        ERROR,
        "a series stands in running text",
        "`series()` prints a list.",
        "Trade: {{ series('bilateral-trade') }}",
        "print it in a paragraph of its own, or loop over it.",
    ),
    Explanation(
        "raw-html",
        ERROR,
        "there is HTML in a template",
        "Documents become PDF and Word; HTML means nothing there.",
        "<b>Important</b>",
        "use Markdown (`**Important**`), or a container.",
    ),
    Explanation(
        "code-block",
        ERROR,
        "a block of code stands in a template",
        "Four spaces at the beginning of a line make one, mostly by mistake.",
        "    Trade rose.",
        "indent less.",
    ),
    Explanation(
        "heading-level",
        ERROR,
        "a heading skips a level, or a title stands twice",
        "Readers, contents and screen readers go by levels: one title, then each level below the one above.",
        """
        # Title
        ### Too deep
        """,
        "take the level below the heading above.",
    ),
    Explanation(
        "empty-heading",
        ERROR,
        "a heading has no words",
        "It would be an empty line in the contents.",
        "##",
        "write it, or remove it.",
    ),
    Explanation(
        "unknown-container",
        ERROR,
        "there is no such container",
        "Containers are `lead`, `key-figures`, `chart`, `timeline` and the others of templates/README.md.",
        "::: key-figure",
        "correct the name.",
    ),
    Explanation(
        "unclosed-container",
        ERROR,
        "a container is not closed",
        "Everything to the end of the file would be in it.",
        "::: lead",
        "close it with a line `:::`.",
    ),
    Explanation(
        "empty-container",
        ERROR,
        "a container holds nothing",
        "It would leave a gap on the page.",
        """
        ::: callout
        :::
        """,
        "fill it or remove it.",
    ),
    Explanation(
        "wrong-container",
        ERROR,
        "a container holds what it cannot",
        "Each container has its form: mostly a plain list, an item a line.",
        """
        ::: key-figures
        Trade rose.
        :::
        """,
        "write what the message expects; templates/README.md shows each container.",
    ),
    Explanation(
        "stray-container",
        ERROR,
        "`:::` closes nothing, or a container stands where it cannot",
        "Some containers stand at the top only, not in lists or other containers.",
        ":::",
        "remove it, or move the container.",
    ),
    Explanation(
        "stray-column-break",
        ERROR,
        "`+++` stands outside a pair",
        "It parts the two columns of a `pair`, and means nothing elsewhere.",
        "+++",
        "remove it.",
    ),
    Explanation(
        "wrong-pair",
        ERROR,
        "a pair has not two columns",
        "One line `+++` parts the left from the right.",
        """
        ::: pair
        left only
        :::
        """,
        "write one `+++` between the columns.",
    ),
    Explanation(
        "wrong-chart",
        ERROR,
        "a chart lacks its title or points, or holds something else",
        "First its title, then a list of points, then perhaps a remark.",
        """
        ::: chart
        - {{ fact('trade-2024') }}
        :::
        """,
        "write the finding as its title, in a paragraph above the points.",
    ),
    Explanation(
        "wrong-timeline",
        ERROR,
        "an entry of a timeline is not one dated piece of evidence",
        "Its date comes from the evidence.",
        "- Some day they met.",
        "print one fact of kind event in each entry.",
    ),
    Explanation(
        "wrong-cover",
        ERROR,
        "a cover's parts are missing, doubled or out of order",
        "A cover has a title, as a heading, and after it what the message lists, each at most once.",
        """
        ::: cover
        A dossier
        :::
        """,
        "write the parts in that order.",
    ),
    Explanation(
        "unknown-attribute",
        ERROR,
        "there is no such attribute",
        "Attributes stand in braces behind a container's name, a heading, or on a line above a block.",
        "{.optionl weight=2}",
        "correct it.",
    ),
    Explanation(
        "wrong-attribute",
        ERROR,
        "an attribute has a value that it cannot have",
        "The message says what is expected.",
        "{.optional weight=9}",
        "write one of the values that it names.",
    ),
    Explanation(
        "misplaced-attributes",
        ERROR,
        "attributes stand where they mean nothing",
        "They belong above a block, behind a container's name, or at the end of a heading or list item.",
        "Trade {.optional} rose.",
        "move them.",
    ),
    Explanation(
        "misplaced-caption",
        ERROR,
        "a caption is not followed by what it names",
        "`Table:` stands directly above a table, `Figure:` above a picture.",
        """
        Table: Trade by year

        Words.
        """,
        "move it above its table or picture.",
    ),
    Explanation(
        "misplaced-container",
        ERROR,
        "a container stands where it cannot",
        "A `landscape` takes pages of its own, so it stands between the document's own blocks, not inside another. A "
        "cover and the contents are made for upright pages.",
        "a `::: landscape` inside a `::: pair`",
        "close the container above it first.",
    ),
    Explanation(
        "stranded-heading",
        WARNING,
        "a heading would stand on another page than what it heads",
        "A `landscape` begins a page. A heading directly above it stays behind at the foot of the page before.",
        """
        ## All figures

        ::: landscape
        …
        :::
        """,
        "move the heading into the container, as its first line.",
    ),
    Explanation(
        "misplaced-remark",
        ERROR,
        "a remark does not follow a table",
        "`Remark:` stands directly below one.",
        "Remark: preliminary.",
        "move it below its table.",
    ),
    Explanation(
        "uneven-table",
        ERROR,
        "a row of a table has more or fewer cells than its head",
        "Cells would be dropped or stand in the wrong column.",
        """
        | year | trade |
        |---|---|
        | 2024 |
        """,
        r"write an empty cell as `| |`; a literal bar is `\|`.",
    ),
    Explanation(
        "too-many-columns",
        ERROR,
        "a table has more columns than Word can open",
        "Word has at most 63 columns in a table, and says of a file with more that it cannot read it.",
        "| c1 | c2 | … | c70 |",
        "turn the table, so that its columns are rows, or divide it.",
    ),
    Explanation(
        "missing-label",
        ERROR,
        "an entry does not begin with its label in bold",
        "In `labelled`, `address` and the like the label hangs beside its text.",
        "- To: the Minister",
        "write `- **To** the Minister`.",
    ),
    Explanation(
        "empty-label",
        ERROR,
        "a label has no text",
        "There is nothing beside the label.",
        "- **To**",
        "fill it in, or remove the entry.",
    ),
    Explanation(
        "empty-entry",
        ERROR,
        "an entry has no words",
        "It would leave a bullet beside nothing.",
        "-",
        "fill it in, or remove it.",
    ),
    Explanation(
        "image-in-text",
        ERROR,
        "a picture stands in running text",
        "Pictures are blocks of their own.",
        "The port ![map](map.png) is here.",
        "give it a paragraph of its own.",
    ),
    Explanation(
        "image-without-description",
        ERROR,
        "a picture has no description",
        "Who cannot see it hears its description (PDF/UA-1, 7.3).",
        "![](map.png)",
        "write in the square brackets what the picture shows.",
    ),
    Explanation(
        "unsafe-link",
        ERROR,
        "a link leads to something other than a web page, a mail address or a place in the document",
        "Links that run something, or that mean something on one machine only, do not belong in a document that "
        "travels.",
        "[open](javascript:alert(1))",
        "write the whole address: `https://…`.",
    ),
    Explanation(
        "link-title",
        ERROR,
        "a link has a title",
        "It would not be printed.",
        '[the page](https://example.org "The page")',
        "write it into the text.",
    ),
    Explanation(
        "empty-link",
        ERROR,
        "a link has no words",
        "Nobody could see it. Only a link to a place in the document finds its own words: the number of that place.",
        "[](https://example.org)",
        "write words between the brackets.",
    ),
    Explanation(
        "unknown-anchor",
        ERROR,
        "a link leads to nothing in the document",
        "`#trade` leads to the heading, table, chart or picture called so: by `{id=trade}`, or else by its own words.",
        "[](#trad)",
        "correct the name, or give one to what it shall lead to.",
    ),
    Explanation(
        "duplicate-anchor",
        ERROR,
        "two places in a document have one name",
        "A link to it could lead to either.",
        "## Trade {id=trade}      Table: Trade by year {id=trade}",
        "rename one of them.",
    ),
    Explanation(
        "unnumbered-anchor",
        ERROR,
        "the number of something that has none is to be printed",
        "A dossier numbers its sections, tables and figures; headings below the second level, `.unnumbered` ones and "
        "shorter documents have no numbers.",
        "[](#summary)     # Summary {.unnumbered}",
        "give the link words: `[the summary](#summary)`.",
    ),
    Explanation(
        "optional-target",
        ERROR,
        "something is referred to that may be left out",
        "When it goes to make room, the reference to it would stay and lead nowhere.",
        "[](#trade) says more.     # and the table `trade` is {.optional}",
        "let it stay, or put both into one optional block.",
    ),
)
