"""Codes of messages: who gets them, what they say, what they bring."""

from __future__ import annotations

from briefgen.explanations.explanation import ERROR, WARNING, Explanation

EXPLANATIONS = (
    Explanation(
        "wrong-mailbox",
        ERROR,
        "what is given is no mail address",
        "A mailbox is an address, perhaps with a name in front; several are parted by commas or semicolons. What could "
        "begin another header field is refused.",
        "briefgen email investor --to 'jane at example.org'",
        "write `jane@example.org` or `Jane Doe <jane@example.org>`; a name with a comma stands in quotation marks.",
    ),
    Explanation(
        "wrong-subject",
        ERROR,
        "what is given is no subject",
        "A subject is one line of plain words: no line breaks, no control characters.",
        "briefgen email investor --subject ''",
        "write one line, or leave --subject out for the audience's own.",
    ),
    Explanation(
        "wrong-mail-text",
        ERROR,
        "a message's text holds what not every mail program can show",
        "An audience's `text` may hold paragraphs, lists, quotations, links and emphasis; tables, pictures, headings "
        "and containers belong into the document, which is attached.",
        """
        text: |
          # News
        """,
        "write it as a paragraph or a list.",
    ),
    Explanation(
        "nothing-to-send",
        ERROR,
        "the command does not say what is sent",
        "A message brings a template's document, or files that are finished; --yes goes with --send.",
        "briefgen email --to jane@example.org",
        "name a template (`briefgen email investor …`) or a file (`--attach FILE`).",
    ),
    Explanation(
        "misplaced-option",
        ERROR,
        "options stand before the template's name",
        "What stands there is said of `briefgen email` without a template.",
        "briefgen email --to jane@example.org investor",
        "write them behind it: `briefgen email investor --to jane@example.org`.",
    ),
    Explanation(
        "unmarked-file",
        ERROR,
        "nothing says who may see a file",
        "A PDF or Word file of briefgen's own says so in its manifest; any other file that is attached needs your "
        "word, and so does a copy from which a program has dropped the manifest.",
        "briefgen email --attach minutes.pdf --to jane@example.org",
        "say it with `--marking TLP:CLEAR`, or whatever it is.",
    ),
    Explanation(
        "marking-lowered",
        ERROR,
        "--marking says less than what is sent",
        "The marking of a message is the strictest of all that it brings; --marking may raise it.",
        "briefgen email --attach memo.docx --marking TLP:CLEAR       # the memo is TLP:AMBER",
        "leave --marking out, or name a stricter one.",
    ),
    Explanation(
        "marking-raised",
        WARNING,
        "evidence of a finished file has been restricted since it was built",
        "What is said of evidence may change, and a file that lies finished does not know. Of what its manifest says "
        "and what the library at hand says of the same evidence, the stricter counts.",
        "briefgen email --attach brief.docx --to jane@example.org",
        "build the document again; what its audience may no longer see is then left out, or refused.",
    ),
    Explanation(
        "review-copy",
        WARNING,
        "a review copy is attached",
        "A review copy is for those who sign a brief: its comments quote words of the sources' texts, which are other "
        "people's property, and tell of evidence that the document leaves out. A message with one is therefore "
        "TLP:AMBER+STRICT at least, for your own organisation alone; whoever gets it must be cleared for that.",
        "briefgen email --attach investor.review.docx --to jane@example.com",
        "send others the document itself, built without --review; clear your own people, in briefgen.yaml: "
        '`mail: {clearances: {"@example.org": TLP:AMBER+STRICT}}`.',
    ),
    Explanation(
        "comments-attached",
        WARNING,
        "a Word file that is attached holds comments or tracked changes",
        "Everybody who gets the file can read them, and what has been deleted with them.",
        "briefgen email --attach edited.docx --to jane@example.org",
        "in Word, under Review: accept or reject the changes, and delete the comments. They may also be meant; then "
        "leave them.",
    ),
    Explanation(
        "program-attached",
        ERROR,
        "a program is attached",
        "Mail servers refuse programs, and readers should. A file counts as one by its suffix or by how it begins.",
        "briefgen email --attach setup.exe --to jane@example.org",
        "attach documents only.",
    ),
    Explanation(
        "large-message",
        WARNING,
        "the message is larger than many mail servers take",
        "What is attached grows by a third on its way; many servers take no more than 20 MB.",
        "briefgen email dossier --pdf --docx --attach annex.zip",
        "bring fewer files, or one format only.",
    ),
    Explanation(
        "no-sender",
        ERROR,
        "nobody is named as the sender",
        "A draft may leave that to the mail program; a message that is sent cannot.",
        "briefgen email investor --to jane@example.org --send",
        "say it in briefgen.yaml, `mail: {from: Desk <desk@example.org>}`, or with --from.",
    ),
    Explanation(
        "no-recipient",
        ERROR,
        "nobody is named who would get the message",
        "A draft may leave that to you; a message that is sent cannot.",
        "briefgen email investor --send       # its audience names no recipients",
        "name them with --to, or in the audience's file under `recipients`.",
    ),
    Explanation(
        "no-mail-server",
        ERROR,
        "there is no mail server to send by",
        "Mail leaves by the server that briefgen.yaml names, and by no other.",
        "briefgen email investor --to jane@example.org --send",
        "name it: `mail: {server: mail.example.org, account: desk}`; or leave --send out and send the draft yourself.",
    ),
    Explanation(
        "no-terminal",
        ERROR,
        "nobody can be asked whether to send",
        "--send shows what goes to whom, and asks; in a script or a pipe there is nobody to answer.",
        "yes | briefgen email investor --to jane@example.org --send",
        "add --yes if the script may send without asking.",
    ),
)
