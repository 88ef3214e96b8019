"""What follows a build: its problems are printed, its files saved, and each of them named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.cli.printing import counted, listed, print_problems, shown, verified
from briefgen.errors import BriefgenError, Problem, Severity
from briefgen.templates import TemplateSpec
from briefgen.theme import StyleName
from briefgen.writers import REVIEW, WRITERS

if TYPE_CHECKING:
    from briefgen.build import Built, OpenLibrary
    from briefgen.document import Part


@dataclass(frozen=True, slots=True)
class Delivery:
    """How documents are handed over.

    Attributes:
        here: the current folder, which paths are shown relative to.
        strict: take warnings for errors.
        verbose: name what was left out, how full pages are, and every warning.
        manifest: write the manifest beside the document.
        said: problems that have been printed; none is printed twice.
    """

    here: Path
    strict: bool
    verbose: bool
    manifest: bool = False
    said: dict[Problem, None] = field(default_factory=dict)

    def deliver(self, built: Built, opened: OpenLibrary, places: Mapping[str, Path]) -> tuple[Path, ...]:
        """Print a document's problems, save its files and name them.

        Args:
            places: format → file.

        Returns:
            The files saved.

        Raises:
            BriefgenError: `strict` when there are warnings and they count, `cannot-write`.
        """
        from briefgen.build import save

        self.report(built, opened)
        files = {places[format]: contents for format, contents in built.files.items()}
        if self.manifest:
            first = next(iter(places.values()))
            files[first.with_name(f"{first.stem}.manifest.json")] = built.manifest
        save(files)
        summary = summed_up(built, opened)
        for path in files:
            note = _review_note(built, opened) if path == places.get(REVIEW) else ""
            print(f"{shown(path, self.here)}  {summary}{note}")
        if self.verbose:
            for line in _details(built):
                print(f"  {line}")
        return tuple(files)

    def report(self, built: Built, opened: OpenLibrary, further: Sequence[Problem] = ()) -> None:
        """Print a document's problems, before anything of it is written.

        Args:
            further: of the words that go with it.

        Raises:
            BriefgenError: `strict` when there are warnings and they count.
        """
        concerning, ours = _about_its_evidence(built, opened), (*built.draft.problems, *further)
        in_full = [problem for problem in concerning if self.verbose or self.strict or not problem.related]
        self.print_new((*in_full, *(problem if self.verbose else _in_short(problem) for problem in ours)))
        warnings = sum(problem.severity is Severity.WARNING for problem in dict.fromkeys((*concerning, *ours)))
        if warnings and self.strict:
            message = f"{counted(warnings, 'warning')}, and --strict takes warnings for errors; nothing was written"
            raise BriefgenError(Problem("strict", message))

    def print_new(self, problems: Iterable[Problem]) -> None:
        """Print those problems that have not been printed yet."""
        new = [problem for problem in dict.fromkeys(problems) if problem not in self.said]
        print_problems(new, self.here)
        self.said.update(dict.fromkeys(new))


def available_formats(template: TemplateSpec) -> tuple[str, ...]:
    """The formats of a template's own.

    Raises:
        BriefgenError: `unknown-format`, when there is no writer for one.
    """
    if missing := [name for name in template.formats if name not in WRITERS]:
        hint = f"ask for one with {', '.join(f'--{name}' for name in WRITERS)}"
        message = f"{listed(missing)} cannot be written by this version of briefgen"
        raise BriefgenError(Problem("unknown-format", message, template.locations.get("formats"), hints=(hint,)))
    return template.formats


def file_stem(template: TemplateSpec, language: str | None) -> str:
    """What a document's files are called where they lie in a folder."""
    return f"{template.name}.{language}" if language else template.name


def _in_short(problem: Problem) -> Problem:
    """A document's problem without the list of all that it concerns."""
    return replace(problem, related=(), hints=("--verbose names them", *problem.hints)) if problem.related else problem


def _about_its_evidence(built: Built, opened: OpenLibrary) -> tuple[Problem, ...]:
    """The library's warnings that concern what this document prints; advice is for curators, and `check` gives it."""
    used = {*built.used, *built.sources, None}
    return tuple(
        problem
        for problem in opened.problems
        if problem.severity is not Severity.ADVICE
        and not used.isdisjoint((problem.subject, *(related.subject for related in problem.related)))
    )


def summed_up(built: Built, opened: OpenLibrary) -> str:
    """`1 page, 21 facts and 2 quotes from 5 sources, verified against the lock; 2 optional parts left out (…)`."""
    quotes = sum(id in opened.library.quotes for id in built.used)
    facts = len(built.used) - quotes
    evidence = [counted(facts, "fact")] if facts or not quotes else []
    evidence += [counted(quotes, "quote")] if quotes else []
    pages = counted(len(built.draft.fitted.layout.pages), "page")
    sources = counted(len(built.sources), "source")
    summary = f"{pages}, {listed(evidence)} from {sources}, {verified(opened.verification)}"
    summary += _smaller_than_the_house(built)
    left_out = built.draft.fitted.left_out
    unnamed = [counted(len(left_out), "optional part") + " left out"] if left_out else []
    disagreements = sum(bool(problem.related) for problem in _about_its_evidence(built, opened))
    unnamed += [counted(disagreements, "warning") + " about how its sources compare"] if disagreements else []
    if unnamed:
        summary += f"; {listed(unnamed)} (--verbose names them)"
    return summary


def _smaller_than_the_house(built: Built) -> str:
    """What of a house style gave way to the pages: the size of its text."""
    theme, chosen = built.draft.chosen.theme, built.draft.fitted.density
    if theme.reference is None:
        return ""
    sizes = {density.name: density.styles[StyleName.BODY].size for density in theme.densities}
    house, set_in = sizes[theme.densities[theme.standard].name], sizes[chosen]
    said = f"; to keep its pages, text is set in {set_in:g} points, where {theme.reference.path.name} has {house:g}"
    return said if set_in < house else ""


def _review_note(built: Built, opened: OpenLibrary) -> str:
    """What a review copy is, and what it lets out of the sources' texts."""
    quoted = not opened.verification.read.isdisjoint(built.sources)
    return "; a review copy, for internal use" + (
        ": its comments quote the texts around each passage" if quoted else ""
    )


def _described(part: Part) -> str:
    evidence = part.optional.evidence if part.optional else ()
    place = f"{part.location.path.name}:{part.location.line}" if part.location else ""
    return "  ".join(words for words in (", ".join(evidence), place) if words)


def _details(built: Built) -> Iterator[str]:
    """How full the pages of a document with a page budget are, and what was left out."""
    fitted = built.draft.fitted
    if fitted.document.meta.pages:
        full = listed([f"{page.filled:.0%}" for page in fitted.layout.pages])
        yield f"full to {full}, set {fitted.density}"
    for part in fitted.left_out:
        yield f"left out: {_described(part)}"
