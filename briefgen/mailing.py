"""From a document, or from finished files, to a message that may go out.

A message is composed whole before anything of it is written: its words are checked, and the firewall has the last word
on who may get it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from briefgen.audiences import Audience, load_audience
from briefgen.build import Built, Draft, OpenLibrary
from briefgen.carried import Manifest, carried_manifest
from briefgen.covering import Enclosed, cover
from briefgen.errors import BriefgenError, Location, Problem, UsageError, errors_in
from briefgen.evidence import Library, Marking
from briefgen.firewall import leaks
from briefgen.locales import LANGUAGES, language_of, locale_for
from briefgen.mailboxes import Mailbox, distinct
from briefgen.message import Attachment, Message, file_name, marked_subject
from briefgen.records import FORBIDDEN
from briefgen.requests import YAML, Request
from briefgen.slots import did_you_mean
from briefgen.summary import Summary, from_tree
from briefgen.templates import Param, ParamValue
from briefgen.workspace import Workspace

_MANIFEST_BEARERS = (".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, and when.

    Attributes:
        to: who gets it; with `with_audience`, the audience's own recipients too.
        sender: None for the one that briefgen.yaml names.
        subject: in place of the audience's, taken letter for letter.
        marking: raises that of what is sent; None leaves it as it is.
    """

    date: datetime
    to: tuple[Mailbox, ...] = ()
    with_audience: bool = True
    copies: tuple[Mailbox, ...] = ()
    blind: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    subject: str | None = None
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What a message brings.

    Attributes:
        titles: of its documents.
        marking: the strictest among them.
        audiences: whom they were made for; the first one's words go before them.
        params, values: what the template of the only document asks for, and was given.
        unmarked: files that nothing says the marking of.
    """

    titles: tuple[str, ...]
    as_of: date
    language: str
    marking: Marking
    attachments: tuple[Attachment, ...]
    audiences: tuple[Audience, ...] = ()
    summaries: tuple[Summary, ...] = ()
    params: tuple[Param, ...] = ()
    values: Mapping[str, str | ParamValue] = field(default_factory=dict)
    unmarked: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A message that may go to everybody it names.

    Attributes:
        problems: warnings about its words.
    """

    message: Message
    problems: tuple[Problem, ...] = ()


def enclose_document(built: Built, request: Request, stem: str) -> Enclosure:
    """A document that has just been built, in each of its formats.

    Args:
        stem: what its files are called, less the suffix.
    """
    meta, chosen = built.draft.fitted.document.meta, built.draft.chosen
    return Enclosure(
        titles=(meta.title,),
        as_of=meta.as_of,
        language=chosen.language,
        marking=meta.marking,
        attachments=tuple(Attachment(file_name(f"{stem}.{suffix}"), file) for suffix, file in built.files.items()),
        audiences=(chosen.audience,) if chosen.audience else (),
        summaries=(built.draft.summary,),
        params=chosen.template.params,
        values=request.params,
    )


def enclose_files(
    paths: Sequence[Path], workspace: Workspace, today: date, audience: str | None = None, language: str | None = None
) -> Enclosure:
    """Files that lie finished, with what their manifests say of them.

    Args:
        today: the day of files that name none.
        audience: whose words go before them; else that of the first file that names one.
        language: of the message; else that of the first file that has one.

    Raises:
        UsageError: there is no such audience or language.
        BriefgenError: a file cannot be read, is a program, or carries a manifest that is damaged.
    """
    if language is not None and language_of(language) not in LANGUAGES:
        hint = f"there are: {', '.join(LANGUAGES)}"
        raise UsageError(Problem("unknown-language", f"there is no language {language!r}", hints=(hint,)))
    files = [_attachment(path) for path in paths]
    carried = [_manifest(path) for path in paths]
    manifests = [manifest for manifest in carried if manifest is not None]
    languages = [manifest.language for manifest in manifests if language_of(manifest.language) in LANGUAGES]
    known = workspace.named("audiences", YAML)
    if audience is not None and audience not in known:
        hints = (*did_you_mean(audience, list(known)), f"there are: {', '.join(known) or 'none'}")
        raise UsageError(Problem("unknown-audience", f"there is no audience {audience!r}", hints=hints))
    named = [audience or "", *(manifest.audience for manifest in manifests)]
    tag = next(iter([*([language] if language else []), *languages]), workspace.settings.language or "en")
    only = manifests[0] if len(manifests) == 1 else None
    return Enclosure(
        titles=tuple(
            FORBIDDEN.sub("", one.title) if one else file.name for one, file in zip(carried, files, strict=True)
        ),
        as_of=max((manifest.as_of for manifest in manifests), default=today),
        language=tag,
        marking=max(map(_strictest, manifests), default=Marking.CLEAR),
        attachments=tuple(files),
        audiences=tuple(_audiences(dict.fromkeys(name for name in named if name in known), known, tag)),
        summaries=tuple(summary for one in manifests if (summary := from_tree(one.tree.get("summary")))),
        params=tuple(_params(only)) if only else (),
        unmarked=tuple(path for path, one in zip(paths, carried, strict=True) if one is None),
    )


def together(first: Enclosure, second: Enclosure) -> Enclosure:
    """A document with further files beside it."""
    return replace(
        first,
        titles=first.titles + second.titles,
        marking=max(first.marking, second.marking),
        attachments=first.attachments + second.attachments,
        audiences=tuple(dict.fromkeys(first.audiences + second.audiences)),
        summaries=first.summaries + second.summaries,
        unmarked=first.unmarked + second.unmarked,
    )


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
        UsageError: `unmarked-file`, `marking-lowered`: the envelope says too little of the marking.
        BriefgenError: the audience's words are wrong; `recipient-not-cleared`.
    """
    settings = workspace.settings.mail
    marking = _marking(enclosure, envelope)
    sender = envelope.sender or settings.sender
    audience = enclosure.audiences[0] if enclosure.audiences else None
    enclosed = Enclosed(
        title=locale_for(enclosure.language).listed(list(enclosure.titles)),
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
        to=distinct((*envelope.to, *(audience.recipients if audience and envelope.with_audience else ()))),
        subject=marked_subject(covering.subject, marking),
        date=envelope.date,
        language=enclosure.language,
        marking=marking,
        text=covering.text,
        sender=sender,
        copies=distinct(envelope.copies),
        blind=distinct(envelope.blind),
        reply_to=envelope.reply_to,
        summaries=enclosure.summaries,
        attachments=_distinctly_named(enclosure.attachments),
    )
    everybody = all_audiences(workspace)
    problems = list(leaks(marking, message.recipients, None, settings.clearances, everybody))
    for one in enclosure.audiences:
        problems += leaks(marking, (), one, settings.clearances, everybody)
    if problems:
        raise BriefgenError(problems)
    return Composed(message, covering.problems)


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


def _audiences(names: Mapping[str, None], known: Mapping[str, Path], language: str) -> Iterator[Audience]:
    problems: list[Problem] = []
    for name in names:
        if audience := load_audience(known[name], problems):
            yield audience.in_language(language)
    if errors := errors_in(problems):
        raise BriefgenError(errors)


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


def _strictest(manifest: Manifest) -> Marking:
    """A manifest may be anybody's: its own word counts no more than what it says of its evidence."""
    return max([manifest.marking, *manifest.evidence.values(), *manifest.sources.values()])


def _attachment(path: Path) -> Attachment:
    try:
        contents = path.read_bytes()
    except FileNotFoundError:
        raise BriefgenError(Problem("file-not-found", "there is no such file", Location(path))) from None
    except IsADirectoryError:
        message = "this is a folder; a file is expected"
        raise BriefgenError(Problem("not-a-file", message, Location(path))) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise BriefgenError(Problem("unreadable-file", message, Location(path))) from None
    attachment = Attachment(file_name(path.name), contents)
    if attachment.is_program or Attachment(path.name, b"").is_program:
        message = "this is a program: mail servers refuse it, and no reader should open it"
        hint = "attach a document; send a program some other way"
        raise BriefgenError(Problem("program-attached", message, Location(path), hints=(hint,)))
    return attachment


def _manifest(path: Path) -> Manifest | None:
    try:
        return carried_manifest(path)
    except BriefgenError as error:
        codes = {problem.code for problem in error.problems}
        if codes <= {"unknown-format", "protected-file"}:
            return None
        if codes <= {"broken-file"} and path.suffix.lower() not in _MANIFEST_BEARERS:
            return None  # a .zip, say: nobody expects a manifest in it
        raise


def _params(manifest: Manifest) -> Iterator[Param]:
    """What a finished document was given, as its manifest says it."""
    parameters = manifest.tree.get("parameters")
    if isinstance(parameters, Mapping):
        for name, value in parameters.items():
            if isinstance(value, str) and name.isidentifier():
                yield Param(name, Location(Path(manifest.template)), default=value)


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
