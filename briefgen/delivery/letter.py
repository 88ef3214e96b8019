"""A message as it is sent: what only its sender may see is left out, and its lines end as mail's do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE_END = re.compile(rb"\r\n|\r|\n")
_HEADER_END = re.compile(rb"^\r\n", re.MULTILINE)
_UNSENT = re.compile(rb"^(?:bcc|resent-bcc|x-unsent)[ \t]*:.*\r\n(?:[ \t].*\r\n)*", re.MULTILINE | re.IGNORECASE)
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as a mail server gets it.

    Attributes:
        contents: header and body; every line ends with CR LF.
        is_eight_bit: whether it holds anything but ASCII (RFC 6152).
        has_wide_header: whether its header does (RFC 6532).
    """

    contents: bytes
    is_eight_bit: bool
    has_wide_header: bool

    def on_the_wire(self) -> bytes:
        """The contents with a dot doubled where it begins a line, as a line of one dot ends the message (RFC 5321
        §4.5.2)."""
        return _LEADING_DOT.sub(b"..", self.contents)


def as_sent(draft: bytes) -> Letter:
    """A draft without its blind copies and without the mark that makes mail programs open it for editing.

    Nothing else is changed but line ends: a CR or LF by itself would be read by some servers as the end of a line, and
    could make one message into two.
    """
    text = _LINE_END.sub(b"\r\n", draft)
    if not text.endswith(b"\r\n"):
        text += b"\r\n"
    end = found.start() if (found := _HEADER_END.search(text)) else len(text)
    header, rest = _UNSENT.sub(b"", text[:end]), text[end:]
    return Letter(header + rest, not (header + rest).isascii(), not header.isascii())
