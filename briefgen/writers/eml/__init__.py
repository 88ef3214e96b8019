"""A message as a `.eml` file: a draft that mail programs open for editing (RFC 5322, MIME).

The same message gives the same bytes: boundaries and the Message-ID are made from what it says, and the clock is read
by nobody here.
"""

from __future__ import annotations

import hashlib
import quopri
from base64 import encodebytes
from email.utils import format_datetime

from briefgen.message import Attachment, Message
from briefgen.writers.eml.headers import addresses, attached, field, unstructured
from briefgen.writers.eml.html import html
from briefgen.writers.eml.plain import plain_text

_NOBODYS_DOMAIN = "briefgen.invalid"
"""Of the Message-ID where no sender is known (RFC 2606 keeps the ending free for this)."""


def write(message: Message) -> bytes:
    """The draft: CR LF line ends, no line above 998 characters, ASCII throughout.

    `X-Unsent: 1` makes Outlook, Apple Mail and others open it as an unsent message. Blind copies stand in it, as they
    do in any draft; whoever sends it takes both out.
    """
    text, page = plain_text(message), html(message)
    fingerprint = _fingerprint(message, text, page)
    alternative = _multipart(
        "alternative",
        f"{fingerprint}a",
        [_text("plain", text), _text("html", page)],
    )
    body = alternative
    if message.attachments:
        body = _multipart("mixed", f"{fingerprint}m", [alternative, *map(_attachment, message.attachments)])
    return (_header(message, fingerprint) + body).encode("ascii")


def _header(message: Message, fingerprint: str) -> str:
    sender = message.sender
    domain = sender.domain if sender else _NOBODYS_DOMAIN
    mailboxes = (
        ("From", (sender,) if sender else ()),
        ("Reply-To", message.reply_to),
        ("To", message.to),
        ("Cc", message.copies),
        ("Bcc", message.blind),
    )
    return "".join(
        [
            field("X-Unsent", "1"),
            *(addresses(name, those) for name, those in mailboxes if those),
            unstructured("Subject", message.subject),
            field("Date", format_datetime(message.date)),
            field("Message-ID", f"<{fingerprint}@{domain}>"),
            field("Content-Language", message.language),
            field("MIME-Version", "1.0"),
        ]
    )


def _fingerprint(message: Message, text: str, page: str) -> str:
    """Thirty-two hexadecimal digits that stand for all that a reader gets, and for nothing else: with the blind copies
    in it, a reader could find out by trying who they are."""
    mailboxes = (message.sender, *message.reply_to, *message.to, *message.copies)
    said = [message.subject, message.date.isoformat(), message.language, *map(repr, mailboxes), text, page]
    digest = hashlib.sha256()
    for part in (*(words.encode("utf-8") for words in said), *_files(message)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:32]


def _files(message: Message) -> list[bytes]:
    return [part for file in message.attachments for part in (file.name.encode("utf-8"), file.contents)]


def _multipart(kind: str, boundary: str, parts: list[str]) -> str:
    """Parts between boundaries; `=_` can stand neither in quoted-printable nor in base64 (RFC 2045 §6.7)."""
    boundary = f"=_{boundary}"
    head = field("Content-Type", f'multipart/{kind};\r\n boundary="{boundary}"')
    return head + "\r\n" + "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"


def _text(kind: str, text: str) -> str:
    """Text as quoted-printable: what travels is ASCII, and its lines stay short."""
    encoded = quopri.encodestring(text.encode("utf-8")).decode("ascii").replace("\n", "\r\n")
    head = field("Content-Type", f"text/{kind}; charset=utf-8")
    return head + field("Content-Transfer-Encoding", "quoted-printable") + "\r\n" + encoded


def _attachment(file: Attachment) -> str:
    head = attached(file.name, file.media_type) + field("Content-Transfer-Encoding", "base64")
    return head + "\r\n" + encodebytes(file.contents).decode("ascii").replace("\n", "\r\n")
