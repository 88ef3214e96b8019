"""The evidence lock: what makes it enough to commit citations without the works they are taken from.

For each passage it binds three things together: the passage as curated (and, for a quotation, its words and who spoke
them), the work's text, and the place where the passage stands in it. It is written only when the passage was found in
the real text. With the texts at hand everything is verified against them; without, against the lock.

The file is JSON with one line for each source and passage, in the order of ids, so that a change is a small diff.
Hashes are SHA-256 of UTF-8. A text's hash is of the text as read: without a byte order mark, line ends as LF.
"""

from __future__ import annotations

from briefgen.lock.binding import CONTEXT, Lock, LockedPassage
from briefgen.lock.file import FORMAT, lock_contents, read_lock, write_lock
from briefgen.lock.texts import SourceText, Texts
from briefgen.lock.verification import Basis, Verification, Verified
from briefgen.lock.verifying import make_lock, verify

__all__ = [
    "CONTEXT",
    "FORMAT",
    "Basis",
    "Lock",
    "LockedPassage",
    "SourceText",
    "Texts",
    "Verification",
    "Verified",
    "lock_contents",
    "make_lock",
    "read_lock",
    "verify",
    "write_lock",
]
