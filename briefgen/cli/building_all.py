"""`briefgen all`: every template's document, from one loaded library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.delivering import Delivery, available_formats, file_stem
from briefgen.cli.destination import destinations
from briefgen.cli.opening import show_with_its_program
from briefgen.cli.printing import counted, listed
from briefgen.cli.progress import Progress
from briefgen.cli.session import Session
from briefgen.cli.template_command import read_day
from briefgen.errors import BriefgenError, Problem, Severity, UsageError, errors_in
from briefgen.templates import TemplateSpec, load_template


def all_(
    session: Session,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FOLDER", help="Where the files go.  [default: output/]")
    ] = None,
    audience: Annotated[str | None, typer.Option("--audience", metavar="NAME", help="For whom.")] = None,
    theme: Annotated[str | None, typer.Option("--theme", metavar="NAME", help="How they look.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="TAG", help="Their language.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day they are of.  [default: today]")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the folder when all are built.")] = False,
    manifest: Annotated[bool, typer.Option("--manifest", help="Write each one's manifest beside it.")] = False,
    embed_fonts: Annotated[
        bool | None,
        typer.Option("--embed-fonts/--no-embed-fonts", help="Whether Word files carry their fonts."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name what was left out, and every warning.")
    ] = False,
) -> int:
    """Build every template of the workspace, in every format that its front matter names.

    What is wrong with one keeps no other from being built. A template with a param that has no default is passed over.
    Templates that briefgen brings are built where the workspace has none of its own.
    """
    from briefgen.build import build, open_library
    from briefgen.requests import Request

    day = read_day(as_of) if as_of else session.today
    folder = None if output is None else f"{output.rstrip('/')}/"
    opened = open_library(session.workspace, day)
    if errors := errors_in(opened.problems):
        raise BriefgenError(errors)
    delivery = Delivery(session.here, strict or session.workspace.settings.strict, verbose, manifest)
    paths = session.workspace.template_files()
    own = {name: path for name, path in paths.items() if path.is_relative_to(session.workspace.home)}
    paths = own or paths
    progress = Progress(len(paths))
    files: list[Path] = []
    built, failed, passed_over = 0, [], []
    for number, (name, path) in enumerate(paths.items(), 1):
        progress.step(number, name)
        try:
            problems: list[Problem] = []
            template = load_template(path, problems)
            if template is None:
                raise BriefgenError(problems)
            if lacking := [f"--{param.option}" for param in template.params if param.default is None]:
                passed_over.append(name)
                raise BriefgenError(_passed_over(template, lacking))
            formats = available_formats(template)
            request = Request(template, day, formats, audience, theme, language, embed_fonts=embed_fonts)
            stem = file_stem(template, language)
            places = destinations(folder, stem, request.formats, session.workspace, session.here)
            document = build(request, session.workspace, opened)
            progress.clear()
            files += delivery.deliver(document, opened, places)
            built += 1
        except UsageError:  # what was asked for is wrong for all of them
            progress.clear()
            raise
        except BriefgenError as error:
            progress.clear()
            delivery.print_new(error.problems)
            if name not in passed_over:
                failed.append(name)
    progress.clear()
    print(_summary(built, len(files), failed, passed_over))
    if show and files:
        show_with_its_program(files[0].parent, session.here)
    return 1 if failed else 0


def _passed_over(template: TemplateSpec, lacking: list[str]) -> Problem:
    message = f"it is passed over: it has no default for {listed(lacking)}"
    hint = f"build it by itself: briefgen {template.name} {' '.join(f'{option} …' for option in lacking)}"
    return Problem("passed-over", message, template.location, Severity.WARNING, (hint,))


def _summary(built: int, files: int, failed: list[str], passed_over: list[str]) -> str:
    parts = [f"{counted(built, 'document')} in {counted(files, 'file')}"]
    parts += [f"{listed(failed)} failed"] if failed else []
    parts += [f"{listed(passed_over)} passed over"] if passed_over else []
    return "; ".join(parts)
