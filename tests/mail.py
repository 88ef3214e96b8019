"""Messages of any make, and how others read them."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import strict
from email.utils import getaddresses
from typing import Any

from briefgen.document import Document, DocumentKind, Meta, Paragraph, Text
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox
from briefgen.message import Attachment, Message
from briefgen.writers.eml import write

WHEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def text(*paragraphs: str, language: str = "en") -> Document:
    meta = Meta("Title", DocumentKind.BRIEF, language, date(2026, 11, 21), Marking.CLEAR)
    return Document(meta, tuple(Paragraph((Text(words),)) for words in paragraphs))


PLAIN = Message(
    to=(Mailbox("jane@example.org", "Jane Doe"),),
    subject="Harbour brief",
    date=WHEN,
    language="en",
    marking=Marking.CLEAR,
    text=text("Good morning,"),
    sender=Mailbox("desk@example.org", "The desk"),
    attachments=(Attachment("harbour.pdf", b"%PDF-1.7\n"),),
)


def message(**changes: Any) -> Message:
    """A plain message, with some of it changed."""
    return replace(PLAIN, **changes)


def parsed(contents: bytes | Message) -> EmailMessage:
    """A message as Python reads it, which finds nothing wrong with it."""
    contents = write(contents) if isinstance(contents, Message) else contents
    found = email.message_from_bytes(contents, policy=strict)
    assert isinstance(found, EmailMessage)
    for part in found.walk():
        assert not part.defects
        for name, value in part.items():
            assert not value.defects, (name, value, value.defects)
    return found


def raw(contents: bytes, name: str) -> str:
    """A header field as it travels, in one line."""
    head = contents.split(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ")
    [value] = [line.partition(": ")[2] for line in head.split("\r\n") if line.lower().startswith(f"{name.lower()}: ")]
    return value


def mailboxes(contents: bytes, name: str) -> list[tuple[str, str]]:
    """Names and addresses of a field, by Python's older parser (the newer one parts long encoded names with spaces)."""
    pairs = getaddresses([raw(contents, name)])
    return [(str(make_header(decode_header(words))) if words else "", address) for words, address in pairs]


def subject(contents: bytes) -> str:
    return str(make_header(decode_header(raw(contents, "Subject"))))
