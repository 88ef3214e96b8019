"""From a request to finished files: the pipeline of briefgen, one call a step.

Nothing here reads the clock or the network: the same request on the same files gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefgen.allowances import silence
from briefgen.checks import check_library
from briefgen.checks.documents import JUDGED, DocumentInspection, check_document
from briefgen.citations import cite, evidence_used
from briefgen.document import Document
from briefgen.errors import BriefgenError, Location, Problem, Silenced, errors_in
from briefgen.evidence import Library, Quote
from briefgen.fit import Fitted, fit, without
from briefgen.fonts import Fonts
from briefgen.layout.model import faces
from briefgen.leftovers import REVIEW_COPY
from briefgen.lock import Texts, Verification, read_lock, verify
from briefgen.manifest import Recipe, make_manifest, make_properties
from briefgen.reader import read
from briefgen.requests import Chosen, Request, choose
from briefgen.reviewing import review
from briefgen.seeds import load_library
from briefgen.summary import Summary, summarise
from briefgen.templates import Filled, fill
from briefgen.workspace import Workspace
from briefgen.writers import REVIEW, Finished, write


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library that has been loaded, verified and checked; any number of documents can be built from it.

    Attributes:
        problems: everything that is wrong with it; with an error among them nothing is built.
        silenced: warnings that its curators have allowed.
    """

    library: Library
    verification: Verification
    problems: tuple[Problem, ...]
    silenced: tuple[Silenced, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A document with nothing left to decide.

    Attributes:
        summary: what it says in short.
        templates: the files that were filled: the template, and what it includes or extends.
        problems: warnings about this document; the library's own are not among them.
        silenced: what its template allows.
    """

    chosen: Chosen
    fonts: Fonts
    fitted: Fitted
    summary: Summary
    templates: tuple[Path, ...]
    problems: tuple[Problem, ...]
    silenced: tuple[Silenced, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """A document as files.

    Attributes:
        files: format → the file's bytes; a review copy's format is `writers.REVIEW`.
        manifest: what the document says of itself, as UTF-8 JSON.
        used: ids of the facts and quotes that it prints or rests on, by first use.
        sources: ids of the sources that these are taken from.
    """

    draft: Draft
    files: Mapping[str, bytes]
    manifest: bytes
    used: tuple[str, ...]
    sources: tuple[str, ...]


def open_library(workspace: Workspace, as_of: date) -> OpenLibrary:
    """Load a workspace's evidence, verify it against the texts at hand or the lock, and check it.

    Args:
        as_of: the day that decides what has expired.

    Raises:
        UsageError: there is no workspace.
    """
    problems: list[Problem] = []
    library = load_library(workspace.seeds, problems)
    texts = Texts(workspace.texts)
    verification = verify(library, texts, read_lock(workspace.lock, problems), problems)
    silenced: list[Silenced] = []
    problems += check_library(library, verification, as_of, texts, silenced)
    return OpenLibrary(library, verification, tuple(problems), tuple(silenced))


def draft(request: Request, workspace: Workspace, opened: OpenLibrary) -> Draft:
    """Make a document, up to its last line, without writing it.

    Raises:
        UsageError: the request asks for what there is not.
        BriefgenError: the library has errors, the template is wrong, its document does not pass the checks, or it
            does not fit; then every problem of the document is among them.
    """
    if errors := errors_in(opened.problems):
        raise BriefgenError(errors)
    problems: list[Problem] = []
    chosen = choose(request, workspace)
    filled = fill_template(request, chosen, workspace, opened.library)
    document = read(filled, problems)
    if document is None:
        raise BriefgenError(problems)

    def cited(kept: Document, whole: Document | None = None) -> Document:
        return cite(kept, opened.library, opened.verification.sources, whole)

    clearance = chosen.audience.clearance if chosen.audience else None

    def checked(printed: Document) -> tuple[tuple[Problem, ...], tuple[Silenced, ...]]:
        inspection = DocumentInspection.of(filled, document, printed, chosen.template, opened.library, clearance)
        return silence((*problems, *check_document(inspection)), chosen.template.allow, JUDGED)

    fonts = Fonts(chosen.theme)
    try:
        fitted = fit(document, chosen.theme, fonts, cited)
    except BriefgenError as error:
        raise BriefgenError((*checked(cited(document))[0], *error.problems)) from error
    found, silenced = checked(fitted.document)
    if errors_in(found):
        raise BriefgenError(found)
    kept = without(document, fitted.left_out)
    summary = summarise(kept, fitted.document.meta.marking.label, lambda part: cited(part, kept))
    return Draft(chosen, fonts, fitted, summary, tuple(filled.texts), found, silenced)


def fill_template(request: Request, chosen: Chosen, workspace: Workspace, library: Library) -> Filled:
    """Fill a request's template as it was chosen to be.

    Raises:
        UsageError: a param is unknown, missing or wrong.
        BriefgenError: the template cannot be filled.
    """
    return fill(
        chosen.template,
        library,
        as_of=request.as_of,
        folders=workspace.templates,
        audience=chosen.audience,
        params=request.params,
        language=chosen.language,
        status=request.status,
        fields=chosen.fields,
    )


def build(request: Request, workspace: Workspace, opened: OpenLibrary) -> Built:
    """Make a document in every format that is asked for; nothing is saved yet.

    Raises:
        as `draft`.
    """
    made = draft(request, workspace, opened)
    document = made.fitted.document
    used = evidence_used(document)
    sources = _sources(used, opened.library)
    recipe = Recipe(
        template=request.template.name,
        audience=made.chosen.audience.name if made.chosen.audience else "",
        theme=made.chosen.theme.name,
        parameters={name: str(value) for name, value in made.chosen.template.values(request.params).items()},
        inputs=_hashes(_inputs(made, used, opened.library, workspace), workspace),
    )
    manifest = make_manifest(recipe, made.fitted, opened.library, opened.verification, made.summary)
    formats = request.formats or (() if request.review else request.template.formats)
    embed = workspace.settings.embed_fonts if request.embed_fonts is None else request.embed_fonts
    if embed and ("docx" in formats or request.review):
        made = replace(made, problems=(*made.problems, *made.fonts.not_for_editing(faces(made.fitted.layout))))
    properties = make_properties(recipe, document, opened.library)
    finished = Finished(
        document, made.fitted.layout, made.chosen.theme, made.fonts, manifest, properties, embed_fonts=embed
    )
    files = {format: write(format, finished) for format in formats}
    if request.review:
        texts = Texts(workspace.texts)
        said = review(document, opened.library, opened.verification, texts, request.review)
        copy = replace(finished, review=said, properties={**properties, REVIEW_COPY: True})
        files[REVIEW] = write("docx", copy)
    return Built(made, files, manifest, used, sources)


def _sources(used: Iterable[str], library: Library) -> tuple[str, ...]:
    found = (library.evidence(id) for id in used)
    return tuple(dict.fromkeys(source for evidence in found if evidence for source in library.sources_of(evidence)))


def _inputs(made: Draft, used: Iterable[str], library: Library, workspace: Workspace) -> Iterator[Path]:
    """The files that a document depends on: templates, audience, theme, the evidence used, the lock."""
    yield from made.templates
    if made.chosen.audience:
        yield made.chosen.audience.location.path
    yield from made.chosen.theme.files
    for id in used:
        if evidence := library.evidence(id):
            yield evidence.location.path
            yield from (library.sources[source].location.path for source in library.sources_of(evidence))
            if isinstance(evidence, Quote):
                yield library.people[evidence.speaker].location.path
            elif evidence.metric and evidence.metric in library.metrics:
                yield library.metrics[evidence.metric].location.path
    yield workspace.lock


def _hashes(paths: Iterable[Path], workspace: Workspace) -> dict[str, str]:
    """A file's name in its workspace (or in the starter) → SHA-256 of its bytes, for those that exist."""
    found: dict[str, str] = {}
    for path in dict.fromkeys(paths):
        for root, prefix in ((workspace.home, ""), (workspace.starter, "starter/")):
            if path.is_relative_to(root) and path.is_file():
                name = prefix + path.relative_to(root).as_posix()
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
                break
    return dict(sorted(found.items()))


def save(files: Mapping[Path, bytes]) -> None:
    """Write files whole: all of them, or none.

    Each is written under a temporary name in its own folder and renamed when all have been written, so whoever reads
    one meanwhile sees the old file or the new one. Folders are made where they are missing.

    Raises:
        BriefgenError: `cannot-write`, at the first file that cannot be; then every old file is as it was.
    """
    written: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path, bytes | None]] = []
    path = Path()
    try:
        for number, (path, contents) in enumerate(files.items()):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.parent / f".briefgen-{os.getpid()}-{number}.tmp"
            written.append((temporary, path))
            with temporary.open("wb") as file:
                file.write(contents)
                file.flush()
                os.fsync(file.fileno())
        for temporary, path in written:
            before = path.read_bytes() if path.is_file() else None
            temporary.replace(path)
            replaced.append((path, before))
    except OSError as error:
        for earlier, before in replaced:
            with suppress(OSError):
                earlier.unlink() if before is None else earlier.write_bytes(before)
        raise BriefgenError(_cannot_write(path, error)) from error
    finally:
        for temporary, _ in written:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError | NotADirectoryError):
        reason = "a file stands where its folder should be"
    hint = "close it where it is open, make room, or write elsewhere with -o; what was there before is untouched"
    return Problem("cannot-write", f"cannot be written: {reason}", Location(path), hints=(hint,))
