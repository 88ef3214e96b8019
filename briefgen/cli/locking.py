"""`briefgen lock`: verify the evidence against its sources' texts, and bind what was found."""

from __future__ import annotations

from collections.abc import Sized

from briefgen.cli.printing import counted, print_problems, shown
from briefgen.cli.session import Session
from briefgen.errors import BriefgenError, Location, Problem, errors_in


def lock(session: Session) -> int:
    """Verify every passage against its source's text, and rewrite seeds/evidence.lock.

    The lock is what lets others check the evidence who may not have the texts. It is written only when every passage
    was found.
    """
    from briefgen.lock import Texts, make_lock, read_lock, write_lock
    from briefgen.seeds import load_library

    workspace = session.workspace
    problems: list[Problem] = []
    library = load_library(workspace.seeds, problems)
    if errors_in(problems):
        raise BriefgenError(problems)
    unreadable: list[Problem] = []  # a lock that cannot be read is replaced
    old = read_lock(workspace.lock, unreadable)
    new, found = make_lock(library, Texts(workspace.texts), workspace.lock, old)
    if errors_in(found):
        raise BriefgenError([*problems, *found])
    print_problems([*problems, *found], session.here)
    if old == new:
        print(f"{shown(workspace.lock, session.here)}  {_covered(new.passages, new.sources)}, unchanged")
        return 0
    try:
        write_lock(new)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise BriefgenError(Problem("cannot-write", message, Location(workspace.lock))) from error
    print(f"{shown(workspace.lock, session.here)}  {_covered(new.passages, new.sources)}")
    return 0


def _covered(passages: Sized, sources: Sized) -> str:
    return f"{counted(len(passages), 'passage')} of {counted(len(sources), 'source')}"
