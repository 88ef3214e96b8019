"""`briefgen add`: a source's text, or a fact or quotation by its words in the text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.printing import counted, print_problems, shown
from briefgen.cli.session import Session
from briefgen.errors import Location, Problem, UsageError

if TYPE_CHECKING:
    from briefgen.adding import Addition
    from briefgen.entries import Value

_Id = Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id; proposed from its words unless given.")]
_File = Annotated[
    str | None,
    typer.Option("--file", metavar="YAML", help="The evidence file, below seeds/; where its like stand unless given."),
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the entry, and write nothing.")]
_First = Annotated[bool, typer.Option("--first", help="Take the first of several places where the words stand.")]
_Topics = Annotated[
    list[str] | None, typer.Option("--topics", metavar="TOPIC,…", help="What it is about; several by commas.")
]
_Weight = Annotated[int | None, typer.Option("--weight", metavar="1–5", help="What stays when space is short; 3.")]
_Dating = Annotated[
    str | None, typer.Option("--dating", metavar="TEXT", help="How its date was established, if the source is silent.")
]
_Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What a reader must know; printed with it.")]


def add_source(
    session: Session,
    document: Annotated[str, typer.Argument(metavar="FILE", help="A .txt, .html, .pdf or .docx file.")],
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="As the source bears it.")] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="TEXT", help="As the source names it; never guess.")
    ] = None,
    author: Annotated[str | None, typer.Option("--author", metavar="TEXT", help="As the source names them.")] = None,
    issued: Annotated[str | None, typer.Option("--issued", metavar="DATE", help="2025, 2025-08 or 2025-08-15.")] = None,
    accessed: Annotated[str | None, typer.Option("--accessed", metavar="DATE", help="When you read it.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Where it can be read.")] = None,
    type: Annotated[
        str | None, typer.Option("--type", metavar="TEXT", help="Of CSL: article-newspaper, report, speech, …")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="en, vi, ko, …: numbers are read by it.")
    ] = None,
    marking: Annotated[str | None, typer.Option("--marking", metavar="TLP", help="TLP:CLEAR unless given.")] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="What it says, or fails to say, of itself.")
    ] = None,
    id: _Id = None,
    file: _File = None,
    dry_run: _DryRun = False,
) -> int:
    """Take over a source: its text into seeds/texts/, which git ignores, and its entry into an evidence file.

    Give what the source states of itself, and leave out what it does not.
    """
    from briefgen.adding import add_source as add

    fields = {
        "title": title,
        "publisher": publisher,
        "author": author,
        "issued": issued,
        "accessed": accessed,
        "url": url,
        "type": type,
        "language": language,
        "marking": marking,
        "note": note,
    }
    addition = add(
        session.workspace, session.here / document, _given(fields), id=id, file=_evidence_file(file, session)
    )
    return _finish(addition, session, dry_run, f'briefgen add fact {addition.entry.id} "words from the text"')


def add_fact(
    session: Session,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's id.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Copied from its text: the number, what it counts.")],
    claim: Annotated[
        str | None,
        typer.Option(
            "--claim", metavar="TEXT", help="The fact in your own words; {value} stands where the number goes."
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Option("--value", metavar="TEXT", help="86.7 billion USD, over 200,000 people; none for none."),
    ] = None,
    metric: Annotated[
        str | None, typer.Option("--metric", metavar="TEXT", help="What is measured; same metric, comparable.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="TEXT", help="observation, target, estimate, event or statement.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="What time the number is of: 2024, 2025-H1, 2025-08.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="When an event happens.")] = None,
    topics: _Topics = None,
    weight: _Weight = None,
    place: Annotated[str | None, typer.Option("--place", metavar="CODE", help="The country concerned: VN, KR.")] = None,
    note: _Note = None,
    dating: _Dating = None,
    caveat: Annotated[
        str | None, typer.Option("--caveat", metavar="TEXT", help="The note in four words, for key figures.")
    ] = None,
    id: _Id = None,
    file: _File = None,
    first: _First = False,
    dry_run: _DryRun = False,
) -> int:
    """Take up a fact by its words in a source's text.

    The passage is stored as it stands there; id, value and date are proposed from it. Nothing is written unless the
    words are found and the fact passes the checks; then it is locked.
    """
    from briefgen.adding import add_fact as add

    fields = {
        "claim": claim,
        "value": value,
        "metric": metric,
        "kind": kind,
        "as_of": as_of,
        "date": date,
        "place": place,
        "topics": _several(topics),
        "weight": weight,
        "note": note,
        "dating": dating,
        "caveat": caveat,
    }
    path = _evidence_file(file, session)
    addition = add(session.workspace, source, words, _given(fields), session.today, id=id, file=path, first=first)
    return _finish(addition, session, dry_run, f"briefgen show {addition.entry.id}")


def add_quote(
    session: Session,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's id.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Copied from its text; mark omissions with […].")],
    speaker: Annotated[str, typer.Option("--speaker", metavar="ID", help="The person's id.")],
    occasion: Annotated[
        str | None, typer.Option("--occasion", metavar="TEXT", help="Printed after the speaker's name.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="Only if the source states it.")] = None,
    topics: _Topics = None,
    weight: _Weight = None,
    note: _Note = None,
    dating: _Dating = None,
    id: _Id = None,
    file: _File = None,
    first: _First = False,
    dry_run: _DryRun = False,
) -> int:
    """Take up somebody's words by themselves in a source's text.

    They are stored as they stand there. Nothing is written unless they are found and pass the checks; then they are
    locked.
    """
    from briefgen.adding import add_quote as add

    fields = {
        "speaker": speaker,
        "occasion": occasion,
        "date": date,
        "topics": _several(topics),
        "weight": weight,
        "note": note,
        "dating": dating,
    }
    path = _evidence_file(file, session)
    addition = add(session.workspace, source, words, _given(fields), session.today, id=id, file=path, first=first)
    return _finish(addition, session, dry_run, f"briefgen show {addition.entry.id}")


def _given(fields: Mapping[str, Value | None]) -> dict[str, Value]:
    return {key: value for key, value in fields.items() if value is not None}


def _several(topics: list[str] | None) -> tuple[str, ...] | None:
    return tuple(word.strip() for words in topics for word in words.split(",") if word.strip()) if topics else None


def _evidence_file(name: str | None, session: Session) -> Path | None:
    """The file that `--file` names: below the current folder, the workspace or its seeds/, whichever is in seeds/."""
    if name is None:
        return None
    seeds = session.workspace.seeds
    for folder in (session.here, session.workspace.home, seeds):
        path = (folder / name).resolve()
        if path.is_relative_to(seeds.resolve()):
            relative = path.relative_to(seeds.resolve())
            if path.suffix.lower() in (".yaml", ".yml") and relative.parts[0] != "texts":
                return seeds / relative
            break
    message = f"--file: {name!r} is no evidence file"
    hint = "name a .yaml file below seeds/, such as seeds/trade.yaml; it need not exist yet"
    raise UsageError(Problem("wrong-file", message, Location(session.here / name), hints=(hint,)))


def _finish(addition: Addition, session: Session, dry_run: bool, next_step: str) -> int:
    """Save an addition, or print it; say what was written where, and what was only proposed."""
    from briefgen.build import save

    print_problems(addition.problems, session.here)
    entry = addition.entry
    if dry_run:
        print(entry.as_yaml())
        return 0
    save(addition.files)
    print(f"{shown(addition.path, session.here)}:{addition.line}")
    print("\n".join(entry.lines()))
    for path, contents in addition.files.items():
        if path != addition.path:
            lines = contents.count(b"\n")
            print(shown(path, session.here) + (f"  {counted(lines, 'line')}" if path.suffix == ".txt" else ""))
    for proposal in addition.proposals:
        print(f"proposed  {proposal}")
    print(f"next: {next_step}")
    return 0
