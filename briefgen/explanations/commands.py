"""Codes of the command line, of workspaces and of writing files."""

from __future__ import annotations

from briefgen.explanations.explanation import ADVICE, ERROR, WARNING, Explanation

EXPLANATIONS = (
    Explanation(
        "no-workspace",
        ERROR,
        "there is no workspace here",
        "A workspace is a folder with `seeds/` in it: this one, one above it, or the one that `--workspace` or "
        "BRIEFGEN_WORKSPACE names.",
        "briefgen investor       # in your home folder",
        "go to your workspace, name it with `--workspace`, or make one: `briefgen init DIR`.",
    ),
    Explanation(
        "no-texts",
        ERROR,
        "BRIEFGEN_TEXTS names no folder",
        "The variable says where the sources' texts lie; a wrong one would pass for “no texts at hand”.",
        "BRIEFGEN_TEXTS=~/articels briefgen check",
        "correct it, or unset it to use seeds/texts/ or the lock.",
    ),
    Explanation(
        "unknown-command",
        ERROR,
        "there is no command or template of this name",
        "Commands are briefgen's own and one for every template.",
        "briefgen investr",
        "correct the name; `briefgen --help` lists them.",
    ),
    Explanation(
        "unknown-template",
        ERROR,
        "there is no template of this name",
        "Templates are the files `templates/*.md`, of the workspace and of the starter.",
        "briefgen check investr",
        "correct the name; `briefgen list` names the templates.",
    ),
    Explanation(
        "unknown-audience",
        ERROR,
        "there is no audience of this name",
        "Audiences are the files `templates/audiences/*.yaml`, of the workspace and of the starter.",
        "briefgen investor --audience pres",
        "correct the name; `briefgen list` names the audiences.",
    ),
    Explanation(
        "unknown-language",
        ERROR,
        "documents cannot be written in this language",
        "Fixed words, numbers and dates are known for en, vi and ko.",
        "briefgen investor --language fr",
        "choose one of the languages that the message names.",
    ),
    Explanation(
        "unknown-format",
        ERROR,
        "this format cannot be written, or read",
        "The message says which formats there are.",
        "formats: [odt]",
        "ask for a format that there is.",
    ),
    Explanation(
        "wrong-review",
        ERROR,
        "what is asked for of a review copy cannot be",
        "`--review-author` and `--review-date` say whose the comments of a review copy are and of when; without "
        "`--review` there are none. An author's name is one line of 1 to 255 characters.",
        "briefgen investor --docx --review-author Desk",
        "add `--review`, or write a name.",
    ),
    Explanation(
        "wrong-output",
        ERROR,
        "-o names a place where the document cannot go",
        "It is a file with the format's suffix, or a folder for several formats, and never inside `seeds/` or "
        "`templates/`.",
        "briefgen investor --pdf --docx -o brief.pdf",
        "name a folder for two formats, or leave -o out.",
    ),
    Explanation(
        "wrong-file",
        ERROR,
        "evidence is to be added to a file that is no evidence file",
        "New entries go into a YAML file below `seeds/`, where the library is read from.",
        "briefgen add fact nikkei-deals '…' --file notes.txt",
        "name a `.yaml` file below seeds/; it need not exist yet.",
    ),
    Explanation(
        "cannot-write",
        ERROR,
        "a file cannot be written",
        "The operating system says no: the file is open elsewhere, the disk is full, or it is not yours. What "
        "was there "
        "before is untouched.",
        "cannot be written: No space left on device",
        "close it where it is open, make room, or write elsewhere with -o.",
    ),
    Explanation(
        "strict",
        ERROR,
        "there are warnings, and --strict takes them for errors",
        "Nothing was written. The warnings stand above this line.",
        "briefgen investor --strict",
        "mend the warnings, allow them with a reason, or build without --strict.",
    ),
    Explanation(
        "template-not-made",
        ADVICE,
        "a template is checked no further than its front matter",
        "It has a param without a default, so `check` has no value to make the document with.",
        "params: {country: {help: The partner country}}",
        "give the param a default.",
    ),
    Explanation(
        "wrong-name",
        ERROR,
        "a template or param cannot have this name",
        "Template names are commands and params are options: small letters, digits and hyphens (underscores in "
        "params), "
        "and none of briefgen's own.",
        "templates/check.md",
        "rename it.",
    ),
    Explanation(
        "template-exists",
        ERROR,
        "there is a template of that name already",
        "`briefgen new` never writes over a file.",
        "briefgen new investor --from investor",
        "choose another name.",
    ),
    Explanation(
        "folder-not-empty",
        ERROR,
        "a workspace is made in a new or empty folder only",
        "`briefgen init` never mixes its files with others.",
        "briefgen init ~/Documents",
        "name a new folder.",
    ),
    Explanation(
        "missing-param",
        ERROR,
        "a template needs a value that was not given",
        "The param has no default.",
        "briefgen visit        # needs --country",
        "give the option, or give the param a default.",
    ),
    Explanation(
        "unknown-param",
        ERROR,
        "a template has no such param",
        "Params are what its front matter lists.",
        "briefgen investor --contry Laos",
        "correct the name; `briefgen TEMPLATE --help` lists them.",
    ),
    Explanation(
        "wrong-param",
        ERROR,
        "a param's value is not of its type",
        "The template says what it accepts: a number, a date, one of a list.",
        "briefgen visit --day tomorrow",
        "write the value as the message says.",
    ),
    Explanation(
        "passed-over",
        WARNING,
        "`briefgen all` did not build a template",
        "It asks for something that only its user can say: a param without a default.",
        "params: {partner: {help: Whom it is for}}",
        "build it by itself and give the option, or give the param a `default`.",
    ),
    Explanation(
        "cannot-open",
        WARNING,
        "`--open` could not show what was built",
        "The file or folder is there; this computer has no program that was ready to show it.",
        "briefgen investor --open       # on a server",
        "open it yourself, or install a viewer.",
    ),
    Explanation(
        "recipient-not-cleared",
        ERROR,
        "somebody would get what they may not see",
        "A message is as restricted as the strictest evidence in it. What somebody may see is said in briefgen.yaml, "
        "for an address or a domain, or by an audience that names them; of anybody else nothing is known, and they "
        "get TLP:CLEAR only.",
        "briefgen email scitech --to editor@example.org       # the memo is TLP:AMBER",
        "take them off, leave the restricted evidence out, or say in briefgen.yaml what they are cleared for.",
    ),
    Explanation(
        "password-in-file",
        ERROR,
        "briefgen.yaml holds a password",
        "Files are copied, committed and sent on, and passwords with them. The message names the line and does not "
        "show it.",
        "mail: {server: mail.example.org, account: desk, password: …}",
        "remove it, and keep it in the environment (BRIEFGEN_MAIL_PASSWORD) or in the system's keyring.",
    ),
    Explanation(
        "no-mail-password",
        ERROR,
        "the mail account's password is nowhere",
        "`account` in briefgen.yaml says that the mail server asks for a login. Its password comes from the "
        "environment or from the system's keyring, and from nowhere else: not from a file, nor from the command line, "
        "where others on the machine can read it.",
        "briefgen email investor --to jane@example.org --send",
        "set BRIEFGEN_MAIL_PASSWORD, or keep it in the keyring: `pip install 'briefgen[keyring]'`, then `keyring set "
        "briefgen:SERVER ACCOUNT`.",
    ),
)
