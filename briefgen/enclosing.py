"""What a message brings: a document that has just been built, or files that lie finished.

A finished file may be anybody's. What its manifest says is taken for words, never for more: who may see it is as
strict as the strictest that the file, or the library at hand, says of its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from briefgen.audiences import Audience, load_audience
from briefgen.build import Built
from briefgen.carried import Manifest, carried_manifest
from briefgen.errors import BriefgenError, Location, Problem, Severity, UsageError, errors_in
from briefgen.evidence import Library, Marking
from briefgen.leftovers import Leftovers, leftovers
from briefgen.locales import LANGUAGES, language_of, locale_for
from briefgen.message import Attachment, file_name
from briefgen.records import one_line
from briefgen.requests import YAML, Request
from briefgen.slots import did_you_mean
from briefgen.summary import Summary, from_tree
from briefgen.templates import Param, ParamValue
from briefgen.workspace import Workspace

_MANIFEST_BEARERS = (".pdf", ".docx")
_LONGEST_TITLE = 300
"""Characters of a title; a longer one in a manifest is none."""

_REVIEW_COPY = Marking.AMBER_STRICT
"""What a review copy is at least: for the organisation alone (TLP 2.0)."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What a message brings.

    Attributes:
        titles: of its documents; other files have none.
        marking: the strictest among them.
        audiences: whom they were made for; the first one's words go before them.
        params, values: what the template of the only document asks for, and was given.
        unmarked: files that are no document of briefgen's: nothing says who may see them.
        problems: warnings about its files.
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
    paths: Sequence[Path],
    workspace: Workspace,
    today: date,
    audience: str | None = None,
    language: str | None = None,
    library: Library | None = None,
) -> Enclosure:
    """Files that lie finished, with what their manifests say of them.

    Args:
        today: the day of files that name none.
        audience: whose words go before them; else that of the first document that names one, other than a review copy.
        language: of the message; else that of the first file that has one.
        library: the evidence at hand, which may be more restricted by now than when a file was built.

    Raises:
        UsageError: there is no such audience or language.
        BriefgenError: a file cannot be read, is a program, or carries a manifest that is damaged.
    """
    if language is not None and language_of(language) not in LANGUAGES:
        hint = f"there are: {', '.join(LANGUAGES)}"
        raise UsageError(Problem("unknown-language", f"there is no language {language!r}", hints=(hint,)))
    files = [_read(path) for path in paths]
    manifests = [file.manifest for file in files if file.manifest is not None]
    languages = [manifest.language for manifest in manifests if language_of(manifest.language) in LANGUAGES]
    known = workspace.named("audiences", YAML)
    if audience is not None and audience not in known:
        hints = (*did_you_mean(audience, list(known)), f"there are: {', '.join(known) or 'none'}")
        raise UsageError(Problem("unknown-audience", f"there is no audience {audience!r}", hints=hints))
    documents = [file.manifest.audience for file in files if file.manifest and not file.left.is_review_copy]
    named = dict.fromkeys(name for name in (audience or "", *documents) if name in known)
    tag = next(iter([*([language] if language else []), *languages]), workspace.settings.language or "en")
    only = manifests[0] if len(manifests) == 1 else None
    return Enclosure(
        titles=tuple(file.title(tag) for file in files if file.manifest is not None),
        as_of=max((manifest.as_of for manifest in manifests), default=today),
        language=tag,
        marking=max((file.marking(library) for file in files), default=Marking.CLEAR),
        attachments=tuple(file.attachment for file in files),
        audiences=tuple(_audiences(named, known, tag)),
        summaries=tuple(summary for one in manifests if (summary := from_tree(one.tree.get("summary")))),
        params=tuple(_params(only)) if only else (),
        unmarked=tuple(file.path for file in files if file.manifest is None),
        problems=tuple(problem for file in files for problem in file.problems(library)),
    )


def together(first: Enclosure, second: Enclosure) -> Enclosure:
    """A document with further files beside it."""
    audiences: dict[str, Audience] = {}
    for audience in first.audiences + second.audiences:
        audiences.setdefault(audience.name, audience)
    return replace(
        first,
        titles=first.titles + second.titles,
        marking=max(first.marking, second.marking),
        attachments=first.attachments + second.attachments,
        audiences=tuple(audiences.values()),
        summaries=first.summaries + second.summaries,
        unmarked=first.unmarked + second.unmarked,
        problems=first.problems + second.problems,
    )


# ---- finished files --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _File:
    """A finished file, and what it says of itself."""

    path: Path
    attachment: Attachment
    manifest: Manifest | None
    left: Leftovers

    def title(self, language: str) -> str:
        """That of its manifest, if it is one line of words; else the file's name."""
        title = self.attachment.name
        if self.manifest and self.manifest.title.strip() and len(self.manifest.title) <= _LONGEST_TITLE:
            with suppress(ValueError):
                title = one_line(self.manifest.title)
        if self.left.is_review_copy:
            return f"{title} ({locale_for(language).t('REVIEW COPY').lower()})"
        return title

    def marking(self, library: Library | None) -> Marking:
        """The strictest that is said of it, and of its evidence by its manifest and by the library."""
        least = _REVIEW_COPY if self.left.is_review_copy else Marking.CLEAR
        return max((self._own_marking, least, *self._restricted_since(library).values()))

    @property
    def _own_marking(self) -> Marking:
        """What its manifest says; its word on the whole counts no more than that on its evidence."""
        if self.manifest is None:
            return Marking.CLEAR
        return max((self.manifest.marking, *self.manifest.evidence.values(), *self.manifest.sources.values()))

    def _restricted_since(self, library: Library | None) -> dict[str, Marking]:
        """Ids of what it rests on and what is more restricted in the library than it says itself."""
        if self.manifest is None or library is None:
            return {}
        ids = (*self.manifest.evidence, *self.manifest.sources, *(mark.evidence for mark in self.manifest.marks))
        markings = {id: _marking_in(library, id) for id in ids}
        return {id: marking for id, marking in markings.items() if marking > self._own_marking}

    def problems(self, library: Library | None) -> Iterator[Problem]:
        """What its sender should know before others have it."""
        place = Location(self.path)
        if self.left.is_review_copy:
            message = (
                "this is a review copy, for internal use: its comments quote words of the sources' texts, and tell of "
                f"evidence that the document leaves out; a message with it is at least {_REVIEW_COPY.label}"
            )
            hint = "to others send the document itself, built without --review"
            yield Problem("review-copy", message, place, Severity.WARNING, (hint,))
        elif self.left.comments or self.left.changes:
            held = [_counted(self.left.comments, "comment"), _counted(self.left.changes, "tracked change")]
            message = f"the file holds {' and '.join(filter(None, held))}, which everybody who gets it can read"
            hint = "in Word, under Review: accept or reject the changes, and delete the comments"
            yield Problem("comments-attached", message, place, Severity.WARNING, (hint,))
        if restricted := self._restricted_since(library):
            shown = ", ".join(f"`{id}` is {marking.label}" for id, marking in list(restricted.items())[:3])
            message = f"the file says that it is {self._own_marking.label}; in the library now {shown}"
            hint = "build the document again; until then the stricter marking counts"
            yield Problem("marking-raised", message, place, Severity.WARNING, (hint,))


def _read(path: Path) -> _File:
    attachment = _attachment(path)
    return _File(path, attachment, _manifest(path), leftovers(attachment.contents))


def _marking_in(library: Library, id: str) -> Marking:
    """What the library says of a fact, quotation or source; of what it does not know, nothing."""
    if id in library.sources:
        return library.sources[id].marking
    evidence = library.evidence(id)
    return library.marking_of(evidence) if evidence else Marking.CLEAR


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _audiences(names: Mapping[str, None], known: Mapping[str, Path], language: str) -> Iterator[Audience]:
    problems: list[Problem] = []
    for name in names:
        if audience := load_audience(known[name], problems):
            yield audience.in_language(language)
    if errors := errors_in(problems):
        raise BriefgenError(errors)


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
    for name, value in parameters.items() if isinstance(parameters, Mapping) else ():
        if isinstance(value, str) and name.isidentifier():
            with suppress(ValueError):
                yield Param(name, Location(Path(manifest.template)), default=one_line(value))
