"""From a document, or from finished files, to a message that may go out.

A message is composed whole before anything of it is written: its words are checked, and the firewall has the last word
on who may get it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from briefgen.audiences import Audience, load_audience
from briefgen.build import Draft, OpenLibrary
from briefgen.covering import Enclosed, cover
from briefgen.enclosing import Enclosure
from briefgen.errors import BriefgenError, Location, Problem, UsageError, errors_in
from briefgen.evidence import Library, Marking
from briefgen.firewall import leaks
from briefgen.locales import language_of, locale_for
from briefgen.mailboxes import Mailbox, distinct
from briefgen.message import Attachment, Message, marked_subject
from briefgen.requests import YAML, Request
from briefgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, and when.

    Attributes:
        to: who gets it; with `with_audience`, the audience's own recipients too.
        audience_named: whether these were asked for by name, so that there must be some.
        sender: None for the one that briefgen.yaml names.
        subject: in place of the audience's, taken letter for letter.
        marking: raises that of what is sent; None leaves it as it is.
    """

    date: datetime
    to: tuple[Mailbox, ...] = ()
    with_audience: bool = True
    audience_named: bool = False
    copies: tuple[Mailbox, ...] = ()
    blind: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    subject: str | None = None
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A message that may go to everybody it names.

    Attributes:
        problems: warnings about its words.
    """

    message: Message
    problems: tuple[Problem, ...] = ()


def check_words(draft: Draft, request: Request, workspace: Workspace, opened: OpenLibrary) -> tuple[Problem, ...]:
    """What is wrong with the words that an audience has for a message with this document."""
    meta, chosen = draft.fitted.document.meta, draft.chosen
    if chosen.audience is None:
        return ()
    params = chosen.template.params
    enclosed = Enclosed(meta.title, meta.as_of, chosen.language, meta.marking, params, request.params, "sender")
    return _checked(enclosed, chosen.audience, workspace, opened)


def check_idle_words(names: Collection[str], workspace: Workspace, opened: OpenLibrary, today: date) -> list[Problem]:
    """What is wrong with the words of audiences that no template is made for, as far as that can be told without one.

    Args:
        names: of audiences whose words have been checked with a document.
    """
    found: list[Problem] = []
    for name, path in workspace.named("audiences", YAML).items():
        if name in names or (audience := load_audience(path, found)) is None:
            continue
        for language in dict.fromkeys((language_of(audience.language or "en"), *audience.translations)):
            enclosed = Enclosed("Title", today, language, sender="sender")
            problems = _checked(enclosed, audience.in_language(language), workspace, opened)
            found += (problem for problem in problems if "`params`" not in problem.message)
    return found


def _checked(enclosed: Enclosed, audience: Audience, workspace: Workspace, opened: OpenLibrary) -> tuple[Problem, ...]:
    try:
        return cover(enclosed, audience, opened.library, workspace.templates).problems
    except BriefgenError as error:
        return error.problems


def compose(enclosure: Enclosure, envelope: Envelope, workspace: Workspace, opened: OpenLibrary | None) -> Composed:
    """Write the message, and see to it that nobody gets what they may not see.

    Args:
        opened: the evidence that the audience's words may print; None where there is no workspace.

    Raises:
        UsageError: `unmarked-file`, `marking-lowered`: the envelope says too little of the marking; `no-recipient`: the
            audience's recipients are asked for, and it has none.
        BriefgenError: the audience's words are wrong; `recipient-not-cleared`.
    """
    settings = workspace.settings.mail
    marking = _marking(enclosure, envelope)
    to = distinct((*envelope.to, *_recipients(enclosure, envelope)))
    copies = _without(envelope.copies, to)
    sender = envelope.sender or settings.sender
    attachments = _distinctly_named(enclosure.attachments)
    titles = enclosure.titles or [file.name for file in attachments]
    audience = enclosure.audiences[0] if enclosure.audiences else None
    enclosed = Enclosed(
        title=locale_for(enclosure.language).listed(list(titles)),
        as_of=enclosure.as_of,
        language=enclosure.language,
        marking=marking,
        params=enclosure.params,
        values=enclosure.values,
        sender=(sender.name or sender.address) if sender else "",
    )
    library = opened.library if opened else Library()
    covering = cover(enclosed, audience, library, workspace.templates, envelope.subject)
    if covering.evidence and opened and (errors := errors_in(opened.problems)):
        raise BriefgenError(errors)
    marking = max(marking, covering.marking)
    message = Message(
        to=to,
        subject=marked_subject(covering.subject, marking),
        date=envelope.date,
        language=enclosure.language,
        marking=marking,
        text=covering.text,
        sender=sender,
        copies=copies,
        blind=_without(envelope.blind, (*to, *copies)),
        reply_to=envelope.reply_to,
        summaries=enclosure.summaries,
        attachments=attachments,
    )
    everybody = all_audiences(workspace)
    problems = list(leaks(marking, message.recipients, None, settings.clearances, everybody))
    for one in enclosure.audiences:
        problems += leaks(marking, (), one, settings.clearances, everybody)
    if problems:
        raise BriefgenError([*enclosure.problems, *problems])
    return Composed(message, (*enclosure.problems, *covering.problems))


def all_audiences(workspace: Workspace) -> tuple[Audience, ...]:
    """Every audience of a workspace, since each may say what a recipient is cleared for.

    Raises:
        BriefgenError: the file of one is wrong: then nobody knows what it would have said.
    """
    problems: list[Problem] = []
    found = [load_audience(path, problems) for path in workspace.named("audiences", YAML).values()]
    if errors := errors_in(problems):
        raise BriefgenError(errors)
    return tuple(audience for audience in found if audience is not None)


def _recipients(enclosure: Enclosure, envelope: Envelope) -> tuple[Mailbox, ...]:
    """The audience's own, where they are wanted."""
    audience = enclosure.audiences[0] if enclosure.audiences else None
    found = audience.recipients if audience and envelope.with_audience else ()
    if envelope.audience_named and not found:
        whose = f"the audience `{audience.name}` names none" if audience else "there is no audience here"
        hint = "write `recipients` into the audience's file, or name mailboxes"
        message = f"`--to audience` stands for an audience's recipients, and {whose}"
        place = audience.location if audience else None
        raise UsageError(Problem("no-recipient", message, place, hints=(hint,)))
    return found


def _without(mailboxes: Iterable[Mailbox], others: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    """Each address once, and none that gets the message already."""
    named = {one.key for one in others}
    return tuple(one for one in distinct(mailboxes) if one.key not in named)


def _marking(enclosure: Enclosure, envelope: Envelope) -> Marking:
    """The message's, before its own words are known: what is said may raise that of the files, never lower it."""
    asked = envelope.marking
    if asked is None:
        if enclosure.unmarked:
            problems = []
            for path in enclosure.unmarked:
                message = f"{path.name} carries no manifest, so nothing says who may see it"
                hint = "say it: --marking TLP:CLEAR, if everybody may"
                problems.append(Problem("unmarked-file", message, Location(path), hints=(hint,)))
            raise UsageError(problems)
        return enclosure.marking
    if asked < enclosure.marking:
        message = f"--marking says {asked.label}, but what is sent is {enclosure.marking.label}"
        hint = "leave --marking out, or name a stricter one: it raises the marking, and never lowers it"
        raise UsageError(Problem("marking-lowered", message, hints=(hint,)))
    return asked


def _distinctly_named(attachments: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Attachments no two of which would be saved as the same file."""
    taken: dict[str, int] = {}
    found = []
    for attachment in attachments:
        name, count = attachment.name, 1
        while name.casefold() in taken:
            count += 1
            path = Path(attachment.name)
            name = f"{path.stem}-{count}{path.suffix}"
        taken[name.casefold()] = count
        found.append(Attachment(name, attachment.contents))
    return tuple(found)
