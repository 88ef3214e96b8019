"""`briefgen email`: a document, or finished files, as a message: a draft to look at, or sent."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.cli.delivering import Delivery, available_formats, file_stem, summed_up
from briefgen.cli.destination import destinations
from briefgen.cli.opening import show_with_its_program
from briefgen.cli.printing import counted, listed, print_problems, shown
from briefgen.cli.session import Session
from briefgen.cli.template_command import TemplateCommand, asked_formats, document_options, option, requested
from briefgen.errors import BriefgenError, Location, Problem, Severity, UsageError
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox, parse_mailbox, parse_mailboxes, parted
from briefgen.records import FORBIDDEN
from briefgen.templates import TemplateSpec, load_template

if TYPE_CHECKING:
    from briefgen.mail_settings import Server
    from briefgen.mailing import Composed, Envelope
    from briefgen.message import Message

ABOUT = (
    "Write a message that brings a document, as a draft (.eml) that mail programs open; --send sends it. "
    "Without a template, --attach brings files that are finished."
)
EXAMPLES = (
    "briefgen email investor --to 'Jane Doe <jane@example.org>'",
    "briefgen email scitech --pdf --docx --to audience --cc desk@example.org -o draft.eml",
    "briefgen email --attach output/investor.docx --to jane@example.org --send",
)

_FLAGS = {"to": "--printed-to", "from": "--printed-from"}
"""Fields of a document whose own names are the message's here."""

_AUDIENCE = "audience"
_FIRST_YEAR = 1900
"""Of a message's date (RFC 5322 §3.3)."""

_LARGE = 20_000_000
"""Bytes of a message that many mail servers do not take."""


# ---- options ---------------------------------------------------------------------------------------------


def email_commands(session: Session) -> Iterator[TemplateCommand]:
    """`briefgen email TEMPLATE`, for every template that is not broken."""
    for name, path in session.workspace.template_files().items():
        problems: list[Problem] = []
        template = load_template(path, problems)
        if template is None:
            help = f"(broken) {problems[0].message}"
            run = partial(_refuse, tuple(problems))
            yield TemplateCommand(name, run, (), help, (f"briefgen check {name}",), broken=True)
            continue
        parameters = (*document_options(session, template, _FLAGS), *message_options())
        examples = (
            f"briefgen email {name} --to 'Jane Doe <jane@example.org>'",
            f"briefgen email {name} --pdf --docx --to audience --cc desk@example.org",
        )
        run = partial(_email_document, template=template)
        yield TemplateCommand(name, run, parameters, template.description or template.title, examples)


def group_options() -> tuple[inspect.Parameter, ...]:
    """Those of `briefgen email` without a template."""
    return (
        *message_options(),
        option("audience", str | None, None, "--audience", metavar="NAME", help="Whose words go before the files."),
        option("language", str | None, None, "--language", metavar="TAG", help="Of these words."),
    )


def message_options() -> Iterator[inspect.Parameter]:
    """The options that say who writes to whom, and how the message leaves."""
    several = list[str] | None
    to_help = (
        "Who gets it; several by commas, or by repeating it. `audience` stands for those that the audience's file "
        "names.  [default: audience]"
    )
    yield option("to", several, None, "--to", metavar="MAILBOX", help=to_help)
    yield option("cc", several, None, "--cc", metavar="MAILBOX", help="Who gets a copy.")
    yield option("bcc", several, None, "--bcc", metavar="MAILBOX", help="Who gets a copy that the others do not see.")
    yield option("reply_to", several, None, "--reply-to", metavar="MAILBOX", help="Who gets the answers.")
    from_help = "Who writes.  [default: mail.from of briefgen.yaml]"
    yield option("sender", str | None, None, "--from", metavar="MAILBOX", help=from_help)
    subject_help = "Instead of the audience's, taken letter for letter."
    yield option("subject", str | None, None, "--subject", metavar="TEXT", help=subject_help)
    marking_help = "Raises the marking of what is sent; says that of files which do not say it themselves."
    yield option("marking", str | None, None, "--marking", metavar="TLP", help=marking_help)
    attach_help = "A finished file to bring along; may be repeated."
    yield option("attach", several, None, "--attach", metavar="FILE", help=attach_help)
    date_help = "The message's date, as 2026-11-21T09:30+07:00, for a draft that is the same each time.  [default: now]"
    yield option("when", str | None, None, "--date", metavar="TIME", help=date_help)
    yield option("output", str | None, None, "-o", "--output", metavar="PATH", help="The draft's file, or a folder.")
    yield option("send", bool, False, "--send", help="Send it, by the mail server of briefgen.yaml.")
    yield option("yes", bool, False, "--yes", help="Send it without asking.")
    yield option("show", bool, False, "--open", help="Open the draft when it is written.")
    yield option("strict", bool, False, "--strict", help="Take warnings for errors.")
    yield option("verbose", bool, False, "--verbose", "-v", help="Name what was left out, and every warning.")


def _refuse(problems: tuple[Problem, ...], session: Session, **_: object) -> int:
    raise BriefgenError(problems)


# ---- composing -------------------------------------------------------------------------------------------


def _email_document(session: Session, template: TemplateSpec, **values: Any) -> int:
    from briefgen.build import build, open_library
    from briefgen.enclosing import enclose_document, enclose_files, together
    from briefgen.mailing import compose

    envelope = _envelope(values)
    formats = asked_formats(values) or available_formats(template)
    request = requested(session, template, formats, values)
    stem = file_stem(template, request.language)
    path = destinations(values["output"], stem, ("eml",), session.workspace, session.here)["eml"]
    server = _server(session, values)
    opened = open_library(session.workspace, request.as_of)
    built = build(request, session.workspace, opened)
    enclosure = enclose_document(built, request, stem)
    if values["attach"]:
        files = _files(values, session)
        finished = enclose_files(files, session.workspace, request.as_of, library=opened.library)
        enclosure = together(enclosure, finished)
    composed = compose(enclosure, envelope, session.workspace, opened)
    delivery = Delivery(session.here, _strict(session, values), values["verbose"])
    delivery.report(built, opened, composed.problems)
    return _hand_over(composed, path, server, session, values, f"; {summed_up(built, opened)}")


def email_files(session: Session, **values: Any) -> int:
    """`briefgen email --attach FILE`.

    Raises:
        UsageError: nothing is attached.
    """
    from briefgen.build import open_library
    from briefgen.enclosing import enclose_files
    from briefgen.mailing import compose
    from briefgen.message import file_name

    if not values["attach"]:
        hints = ("name a template: briefgen email investor --to …", "or a file: briefgen email --attach FILE --to …")
        raise UsageError(Problem("nothing-to-send", "neither a template nor a file is named", hints=hints))
    envelope = _envelope(values)
    files = _files(values, session)
    stem = Path(file_name(files[0].name)).stem
    path = destinations(values["output"], stem, ("eml",), session.workspace, session.here)["eml"]
    server = _server(session, values)
    opened = open_library(session.workspace, session.today) if session.workspace.root is not None else None
    library = opened.library if opened else None
    enclosure = enclose_files(files, session.workspace, session.today, values["audience"], values["language"], library)
    composed = compose(enclosure, envelope, session.workspace, opened)
    print_problems(composed.problems, session.here)
    if _strict(session, values) and (warnings := sum(p.severity is Severity.WARNING for p in composed.problems)):
        message = f"{counted(warnings, 'warning')}, and --strict takes warnings for errors; nothing was written"
        raise BriefgenError(Problem("strict", message))
    return _hand_over(composed, path, server, session, values)


def _files(values: Mapping[str, Any], session: Session) -> list[Path]:
    """The files to bring along, each once."""
    paths = [session.here / name for name in values["attach"]]
    return list({os.path.realpath(path): path for path in reversed(paths)}.values())[::-1]


def _strict(session: Session, values: Mapping[str, Any]) -> bool:
    return bool(values["strict"]) or session.workspace.settings.strict


def _envelope(values: Mapping[str, Any]) -> Envelope:
    """Who writes to whom, as the options say it.

    Raises:
        UsageError: one is no mailbox, marking, time or subject; every problem is in it.
    """
    from briefgen.mailing import Envelope

    problems: list[Problem] = []
    named = [piece.strip() for text in values["to"] or () for piece in parted(text)]
    audience_named = _AUDIENCE in map(str.casefold, named)
    to = _mailboxes("--to", [piece for piece in named if piece.casefold() != _AUDIENCE], problems)
    copies, blind = _mailboxes("--cc", values["cc"], problems), _mailboxes("--bcc", values["bcc"], problems)
    reply_to = _mailboxes("--reply-to", values["reply_to"], problems)
    senders = _mailboxes("--from", None if values["sender"] is None else [values["sender"]], problems, one=True)
    marking = None
    try:
        marking = Marking.parse(values["marking"]) if values["marking"] is not None else None
    except ValueError as error:
        problems.append(Problem("wrong-value", f"--marking: {error}"))
    subject = values["subject"]
    if subject is not None and (not subject.strip() or FORBIDDEN.search(subject) or "\n" in subject):
        hint = "write one line of plain words"
        problems.append(Problem("wrong-subject", f"--subject: {subject[:60]!r} is no subject", hints=(hint,)))
    date = _time(values["when"], problems)
    if problems:
        raise UsageError(problems)
    return Envelope(
        date=date,
        to=to,
        with_audience=audience_named or not values["to"],
        audience_named=audience_named,
        copies=copies,
        blind=blind,
        reply_to=reply_to,
        sender=next(iter(senders), None),
        subject=subject,
        marking=marking,
    )


def _mailboxes(
    name: str, texts: Sequence[str] | None, problems: list[Problem], *, one: bool = False
) -> tuple[Mailbox, ...]:
    """Mailboxes from an option's texts, of which each is one, or holds several."""
    found: list[Mailbox] = []
    for text in texts or ():
        try:
            found += [parse_mailbox(text)] if one else parse_mailboxes(text)
        except ValueError as error:
            hints = (
                "write `jane@example.org` or `Jane Doe <jane@example.org>`",
                'a name with a comma stands in quotation marks: `"Doe, Jane" <jane@example.org>`',
            )
            problems.append(Problem("wrong-mailbox", f"{name}: {error}", hints=hints))
    return tuple(found)


def _time(text: str | None, problems: list[Problem]) -> datetime:
    """The time of `--date`, in UTC where it names no zone; the clock's where it is not given."""
    if text is None:
        return datetime.now().astimezone().replace(microsecond=0)
    try:
        time = datetime.fromisoformat(text)
        if time.year < _FIRST_YEAR:
            raise ValueError
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).replace(microsecond=0)
    except ValueError:
        hint = "write it as 2026-11-21 or 2026-11-21T09:30+07:00"
        problems.append(Problem("wrong-date", f"--date: {text!r} is no time", hints=(hint,)))
        return datetime.now().astimezone()


# ---- handing over ----------------------------------------------------------------------------------------


def _hand_over(
    composed: Composed, path: Path, server: Server | None, session: Session, values: Mapping[str, Any], note: str = ""
) -> int:
    """Write the draft, and send it if that is asked for."""
    from briefgen.build import save
    from briefgen.writers.eml import write

    message = composed.message
    if server is not None:
        _refuse_unaddressed(message, session)
    contents = write(message)
    save({path: contents})
    recipients = counted(len(message.recipients), "recipient") if message.recipients else "nobody yet"
    files = listed([attachment.name for attachment in message.attachments])
    unsigned = "" if message.sender else ", from nobody yet"
    print(f"{shown(path, session.here)}  draft to {recipients}{unsigned}, {message.marking.label}, with {files}{note}")
    if len(contents) > _LARGE:
        print_problems([_large(len(contents), path)], session.here)
    status = 0
    if server is not None:
        status = _send(message, contents, server, session, asked=values["yes"])
    if values["show"]:
        show_with_its_program(path, session.here)
    return status


def _large(size: int, path: Path) -> Problem:
    message = f"the message has {size / 1e6:.0f} MB: many mail servers take no more than {_LARGE / 1e6:.0f}"
    hint = "bring fewer files, or one format only"
    return Problem("large-message", message, Location(path), Severity.WARNING, (hint,))


def _server(session: Session, values: Mapping[str, Any]) -> Server | None:
    """The server that a message is to be sent by; None for a draft.

    Raises:
        UsageError: it is to be sent, but that cannot be, or nobody can be asked.
    """
    settings = session.workspace.settings.mail
    if not values["send"]:
        if values["yes"]:
            hint = "add --send, or leave --yes out"
            raise UsageError(Problem("nothing-to-send", "--yes answers for --send, which is not given", hints=(hint,)))
        return None
    if settings.server is None:
        hint = "name it there: `mail: {server: mail.example.org}`; without --send a draft is written"
        message = "--send needs a mail server, and briefgen.yaml names none"
        raise UsageError(Problem("no-mail-server", message, settings.location, hints=(hint,)))
    if not values["yes"] and not sys.stdin.isatty():
        hint = "run it in a terminal, or say --yes"
        message = "--send asks before it sends, and there is no terminal to ask on"
        raise UsageError(Problem("no-terminal", message, hints=(hint,)))
    return settings.server


def _refuse_unaddressed(message: Message, session: Session) -> None:
    """What a draft may lack, a message that is sent may not."""
    problems = []
    if message.sender is None:
        hint = "say it: --from, or `mail: {from: Desk <desk@example.org>}` in briefgen.yaml"
        problems.append(
            Problem(
                "no-sender", "nobody is named as the sender", session.workspace.settings.mail.location, hints=(hint,)
            )
        )
    if not message.recipients:
        hints = ("say it: --to 'Jane Doe <jane@example.org>'", "or write `recipients` into the audience's file")
        problems.append(Problem("no-recipient", "nobody is named who would get it", hints=hints))
    if problems:
        raise UsageError(problems)


def _send(message: Message, contents: bytes, server: Server, session: Session, *, asked: bool) -> int:
    """Show what goes to whom, ask, send, and say what became of it for each recipient."""
    from briefgen.delivery import deliver
    from briefgen.passwords import find_password

    assert message.sender is not None
    account, place = server.account, session.workspace.settings.mail.location
    password = find_password(account, server, os.environ, place) if account else None
    if not asked:
        for line in _shown(message, server):
            print(line)
        if not _agreed():
            print("not sent; the draft is kept")
            return 1
    outcomes = deliver(contents, message.sender, message.recipients, server, password)
    for outcome in outcomes:
        print(f"{outcome.mailbox}  {outcome}")
    accepted = sum(outcome.accepted for outcome in outcomes)
    if accepted == len(outcomes):
        return 0
    print(f"accepted for {accepted} of {counted(len(outcomes), 'recipient')}; the draft is kept", file=sys.stderr)
    return 1


def _agreed() -> bool:
    """Ask once; whoever interrupts the question says no."""
    print("Send it? [y/N] ", end="", flush=True)
    try:
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    except KeyboardInterrupt:
        print()
        return False


def _shown(message: Message, server: Server) -> Iterator[str]:
    """All that the user decides on."""
    groups = (("to", message.to), ("cc", message.copies), ("bcc", message.blind), ("reply to", message.reply_to))
    lines = [("from", str(message.sender))]
    lines += [(name, str(mailbox)) for name, mailboxes in groups for mailbox in mailboxes]
    lines += [("subject", message.subject), ("marking", message.marking.label), ("server", str(server))]
    lines += [("attached", f"{file.name}  {len(file.contents) / 1000:,.0f} kB") for file in message.attachments]
    width = max(len(name) for name, _ in lines)
    yield from (f"  {name.ljust(width)}  {words}" for name, words in lines)
