"""`briefgen find`: what the library has on something."""

from __future__ import annotations

from typing import Annotated

import typer

from briefgen.cli.printing import counted, listed, print_json, shown
from briefgen.cli.session import Session
from briefgen.errors import Problem, UsageError
from briefgen.searching import Hit, Kind, Results, search


def find(
    session: Session,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS...", help="Each must be met; marks and case don't matter.")
    ] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Facts and quotations of this topic.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only these.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="NUMBER", min=1, help="How many are printed.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> int:
    """Find facts, quotations, passages, people and sources by their words, the closest first.

    The beginning of a word is enough. Exit status 1 says that nothing was found.
    """
    from briefgen.seeds import load_library

    # What is wrong with the library is `check`'s to say; what could be read can be found.
    library = load_library(session.workspace.seeds, [])
    if topic is not None and not any(topic in evidence.topics for evidence in library.all_evidence()):
        known = sorted({name for evidence in library.all_evidence() for name in evidence.topics})
        hint = f"topics are {', '.join(known)}" if known else "no entry has a topic"
        raise UsageError(Problem("unknown-topic", f"nothing has the topic {topic!r}", hints=(hint,)))
    results = search(library, " ".join(words or ()), topic=topic, kind=kind, limit=limit)
    if as_json:
        print_json(
            {
                "hits": [_as_json(hit, session) for hit in results.hits],
                "total": results.total,
                "instead": {word: list(found) for word, found in results.instead.items()},
            }
        )
    else:
        _print(results, session)
    return 0 if results.hits else 1


def _print(results: Results, session: Session) -> None:
    for word, found in results.instead.items():
        print(f"nothing has “{word}”; looking for {listed([f'“{other}”' for other in found])}")
    for hit in results.hits:
        print(f"{hit.id}  {hit.kind}  {shown(hit.location.path, session.here)}:{hit.location.line}")
        sources = f"  ({', '.join(hit.sources)})" if hit.sources else ""
        if hit.words or sources:
            print(f"  “{hit.words}”{sources}" if hit.kind is Kind.QUOTE else f"  {hit.words}{sources}")
        if hit.passage is not None:
            print(f"  passage: “{hit.passage}”")
    if results.total > len(results.hits):
        print(f"{counted(results.total - len(results.hits), 'more hit')}; --limit {results.total} prints all")
    if not results.hits:
        print("nothing found: no entry has all of the words")


def _as_json(hit: Hit, session: Session) -> dict[str, object]:
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "words": hit.words,
        "sources": list(hit.sources),
        "path": shown(hit.location.path, session.here),
        "line": hit.location.line,
        "column": hit.location.column,
        "field": hit.field or None,
        "passage": hit.passage,
    }
