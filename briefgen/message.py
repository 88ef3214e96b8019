"""A message as a value: who writes to whom, what it says, what it carries. `writers/eml` makes a file of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from briefgen.document import Document
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox, distinct
from briefgen.summary import Summary
from briefgen.workspace import is_device_name

LONGEST_NAME = 120
"""Characters of an attachment's name: every file system takes as many, in any script."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "zip": "application/zip",
}
"""Suffix → media type (IANA); not read from the machine, so that a message is the same everywhere."""

_PROGRAMS = frozenset(
    """
    app appimage bat cmd com cpl deb dll dmg exe gadget hta inf ins iso jar js jse lnk mjs msc msi msp pif pkg ps1 psm1
    py pyw rb reg rpm scr sct sh so url vb vbe vbs wsc wsf wsh xll
    """.split()  # noqa: SIM905
)
_PROGRAM_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
_UNFIT = re.compile(r'[<>:"|?*]+')


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a message carries.

    Attributes:
        name: as the reader may save it: never a path, see `file_name`.
    """

    name: str
    contents: bytes

    @property
    def media_type(self) -> str:
        """By its suffix; of an unknown one, any bytes."""
        return MEDIA_TYPES.get(PurePosixPath(self.name).suffix[1:].lower(), "application/octet-stream")

    @property
    def is_program(self) -> bool:
        """Whether opening it would run it, by its suffix or by how it begins."""
        suffix = PurePosixPath(self.name).suffix[1:].lower()
        return suffix in _PROGRAMS or self.contents.startswith(_PROGRAM_STARTS)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is ready.

    Attributes:
        sender: None in a draft whose writer is not known; the mail program then puts in its own.
        blind: who gets it unseen by the others.
        reply_to: who gets the answers, if not the sender.
        subject: one line of plain words.
        date: with its time zone.
        language: BCP 47 tag.
        marking: of all that it says and carries.
        text: what it says, cited: paragraphs, lists and quotations.
        summaries: what it carries, in short.
    """

    to: tuple[Mailbox, ...]
    subject: str
    date: datetime
    language: str
    marking: Marking
    text: Document
    sender: Mailbox | None = None
    copies: tuple[Mailbox, ...] = ()
    blind: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    summaries: tuple[Summary, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def recipients(self) -> tuple[Mailbox, ...]:
        """Everybody who gets it, each address once."""
        return distinct((*self.to, *self.copies, *self.blind))


def marked_subject(subject: str, marking: Marking) -> str:
    """A subject with the label in front that the protocol asks for, unless everybody may see the message.

    Source: Traffic Light Protocol 2.0 (FIRST, 2022), "Email".
    """
    if marking is Marking.CLEAR or subject.startswith(marking.label):
        return subject
    return f"{marking.label} {subject}"


def file_name(name: str) -> str:
    """An attachment's name that every reader can save, and that leads nowhere: no path, no device, nothing unseen.

    Args:
        name: any text; what stands before the last slash or backslash is dropped.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(char for char in last if unicodedata.category(char)[0] != "C")  # controls, bidi marks, surrogates
    words = re.sub(r"\s+", " ", _UNFIT.sub("-", seen)).strip(" .")
    stem, dot, suffix = words.rpartition(".")
    if dot and len(suffix) <= 16:
        words = stem[: LONGEST_NAME - len(suffix) - 1].rstrip(" .") + dot + suffix
    words = words[:LONGEST_NAME] or "attachment"
    return f"_{words}" if is_device_name(words) else words
