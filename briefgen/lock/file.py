"""The file of a lock: JSON, a line for each source and passage."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefgen.errors import Location, Problem
from briefgen.folding import Span
from briefgen.lock.binding import Lock, LockedPassage
from briefgen.records import read_text

FORMAT = 1
RELOCK = "run `briefgen lock`"
"""What mends most of what can be wrong with a lock."""
_HASH = re.compile("[0-9a-f]{64}")


def read_lock(path: Path, problems: list[Problem]) -> Lock | None:
    """Read a lock; None if there is none, or if it cannot be used (then a problem says why)."""
    if not path.exists() and not path.is_symlink():
        return None
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        hint = f"settle the conflict if one is left in it, or {RELOCK}"
        where = Location(path, error.lineno, error.colno)
        problems.append(Problem("lock-broken", f"cannot be read: {error.msg}", where, hints=(hint,)))
        return None
    except RecursionError:
        problems.append(Problem("lock-broken", "cannot be read: nested too deeply", Location(path), hints=(RELOCK,)))
        return None
    version = tree.get("format") if isinstance(tree, dict) else None
    if version != FORMAT:
        message = f"expected format {FORMAT}, found {version!r}"
        hint = f"{RELOCK} with this briefgen, or use the one that wrote the lock"
        problems.append(Problem("lock-broken", message, Location(path, 1), hints=(hint,)))
        return None
    try:
        return _from_tree(path, tree)
    except (KeyError, TypeError, ValueError, AttributeError):
        message = "it is not in the form that `briefgen lock` writes"
        problems.append(Problem("lock-broken", message, Location(path), hints=(RELOCK,)))
        return None


def _from_tree(path: Path, tree: dict[str, Any]) -> Lock:
    sources = {str(id): _checked(hash) for id, hash in tree["sources"].items()}
    passages = {}
    for key, entry in tree["passages"].items():
        start, end = entry["start"], entry["end"]
        if type(start) is not int or type(end) is not int or not 0 <= start < end or entry["source"] not in sources:
            raise ValueError(key)
        hashes = (_checked(entry[name]) for name in ("exact", "before", "after", "curated"))
        passages[str(key)] = LockedPassage(str(entry["source"]), Span(start, end), *hashes)
    return Lock(path, sources, passages)


def _checked(hash: object) -> str:
    if not isinstance(hash, str) or not _HASH.fullmatch(hash):
        raise ValueError("not a hash")
    return hash


def write_lock(lock: Lock) -> None:
    """Write a lock whole or not at all.

    Raises:
        OSError: the file cannot be written; the old one is as it was.
    """
    temporary = lock.path.with_name(f".{lock.path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(lock_contents(lock))
        temporary.replace(lock.path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def lock_contents(lock: Lock) -> bytes:
    """What stands in the file of a lock."""
    return ("\n".join(_lines(lock)) + "\n").encode("utf-8")


def _lines(lock: Lock) -> Iterator[str]:
    yield "{"
    yield f' "format": {FORMAT},'
    yield ' "sources": {'
    yield from _joined({id: json.dumps(hash) for id, hash in lock.sources.items()})
    yield " },"
    yield ' "passages": {'
    yield from _joined({key: _entry(passage) for key, passage in lock.passages.items()})
    yield " }"
    yield "}"


def _entry(passage: LockedPassage) -> str:
    return json.dumps(
        {
            "source": passage.source,
            "start": passage.span.start,
            "end": passage.span.end,
            "exact": passage.exact,
            "before": passage.before,
            "after": passage.after,
            "curated": passage.curated,
        }
    )


def _joined(pairs: dict[str, str]) -> Iterator[str]:
    last = len(pairs) - 1
    for number, (key, value) in enumerate(sorted(pairs.items())):
        yield f"  {json.dumps(key)}: {value}" + ("," if number < last else "")
