"""Delivery by SMTP (RFC 5321, 6409): a message goes to the user's mail server, and each recipient has an outcome."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefgen.delivery.conversation import Ended, ask, conversation, refusal, words_of
from briefgen.delivery.letter import Letter, as_sent
from briefgen.delivery.reasons import reason
from briefgen.mail_settings import Server
from briefgen.mailboxes import Mailbox, distinct, parse_mailbox
from briefgen.passwords import Password

_PIECE = 1 << 16
"""Bytes that are sent within one timeout: a long message on a slow line is not a server that does not answer."""

_TOO_MANY = 452
"""What a server says of a recipient too many: the rest may come in another message (RFC 5321 §4.5.3.1.10)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message for one recipient.

    Attributes:
        accepted: whether the user's mail server has taken it on, to pass it on; False also where that is not known.
        reason: what the server said, or what went wrong.
        unknown: whether the server had the whole message and did not say what becomes of it.
    """

    mailbox: Mailbox
    accepted: bool
    reason: str
    unknown: bool = False

    def __str__(self) -> str:
        if self.accepted:
            return self.reason
        return f"{'not known whether it was delivered' if self.unknown else 'not delivered'}: {self.reason}"


def deliver(
    message: bytes,
    sender: Mailbox,
    recipients: Sequence[Mailbox],
    server: Server,
    password: Password | None = None,
    *,
    timeout: float = 30,
    patience: float = 600,
) -> tuple[Outcome, ...]:
    """Hand a message to a mail server, for all recipients or for those whom it accepts.

    Args:
        message: the draft, RFC 5322; blind copies and the marks of a draft are left out of what is sent.
        sender: whom replies about delivery go to.
        recipients: everybody who gets it, copies and blind copies among them; one named twice gets it once.
        server: where, and how the connection is secured; without that security nothing is sent.
        password: of the server's account, if it has one.
        timeout: seconds that the server has for each answer.
        patience: seconds that it has for its last word on the message (RFC 5321 §4.5.3.2.6 asks for ten minutes).

    Returns:
        An outcome for each recipient, in their order. What goes wrong with the server or on the way is in the outcomes,
        and so is an interruption by the user.

    Raises:
        ValueError: an address is none, or an account comes without a password: the caller must have seen to both.
    """
    for mailbox in (sender, *recipients):
        if parse_mailbox(mailbox.address).address != mailbox.address:
            raise ValueError(f"{mailbox.address!r} is not an address in its final form")
    everybody = distinct(recipients)
    settled: dict[str, Outcome] = {}
    unsettled = ""
    try:
        for outcome in _outcomes(as_sent(message), sender, everybody, server, password, timeout, patience):
            settled[outcome.mailbox.key] = outcome
    except Ended as ended:
        unsettled = str(ended)
    except (OSError, KeyboardInterrupt) as error:
        unsettled = reason(error, server, timeout)
    return tuple(settled.get(one.key) or Outcome(one, False, unsettled) for one in everybody)


def _outcomes(
    letter: Letter,
    sender: Mailbox,
    recipients: Sequence[Mailbox],
    server: Server,
    password: Password | None,
    timeout: float,
    patience: float,
) -> Iterator[Outcome]:
    """What becomes of each recipient, as soon as it is settled; an exception speaks for all the others."""
    if not recipients:
        return
    with conversation(server, password, timeout) as smtp:
        parameters = _parameters(smtp, letter, server)
        while recipients:
            ask(smtp, "MAIL", f"FROM:<{sender.address}>{parameters}", 250)
            accepted: list[Mailbox] = []
            later: list[Mailbox] = []
            for mailbox in recipients:
                code, reply = smtp.docmd("RCPT", f"TO:<{mailbox.address}>")
                if code == 421:
                    raise Ended(refusal(code, reply))
                if code in (250, 251, 252):
                    accepted.append(mailbox)
                elif code == _TOO_MANY and accepted:
                    later.append(mailbox)
                else:
                    yield Outcome(mailbox, False, refusal(code, reply))
            if accepted:
                became = _transmit(smtp, letter, server, patience)
                yield from (Outcome(mailbox, *became) for mailbox in accepted)
            recipients = later


def _parameters(smtp: smtplib.SMTP, letter: Letter, server: Server) -> str:
    """What the server must know of a message before it comes (RFC 1870, 6152, 6531)."""
    limit = smtp.esmtp_features.get("size", "")
    if limit.isdecimal() and len(limit) < 20 and 0 < int(limit) < len(letter.contents):
        raise Ended(
            f"the message has {_megabytes(len(letter.contents))}, and {server.host} takes at most "
            f"{_megabytes(int(limit))}; nothing was sent"
        )
    needed = {"8bitmime": letter.is_eight_bit, "smtputf8": letter.has_wide_header}
    if missing := [name.upper() for name, is_needed in needed.items() if is_needed and not smtp.has_extn(name)]:
        raise Ended(f"the message holds letters that {server.host} does not take (no {' and no '.join(missing)})")
    parameters = f" SIZE={len(letter.contents)}" if smtp.has_extn("size") else ""
    parameters += " BODY=8BITMIME" if letter.is_eight_bit else ""
    return parameters + (" SMTPUTF8" if letter.has_wide_header else "")


def _transmit(smtp: smtplib.SMTP, letter: Letter, server: Server, patience: float) -> tuple[bool, str, bool]:
    """Send the message itself; returns what there is to say of an `Outcome` but whose it is."""
    ask(smtp, "DATA", "", 354)
    assert smtp.sock is not None
    smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or the last line waits for what is before it
    body = letter.on_the_wire()
    timeout = smtp.sock.gettimeout() or 0
    try:
        for start in range(0, len(body), _PIECE):
            smtp.sock.sendall(body[start : start + _PIECE])
    except (OSError, KeyboardInterrupt) as error:
        smtp.close()  # whatever else were said would be taken for the message
        return False, f"{reason(error, server, timeout)} before it had the whole message", False
    smtp.sock.settimeout(patience)
    try:
        smtp.sock.sendall(b".\r\n")
        code, reply = smtp.getreply()
    except (OSError, KeyboardInterrupt) as error:
        smtp.close()
        return False, f"{reason(error, server, patience)} after it had the whole message", True
    smtp.sock.settimeout(timeout)
    if code == 250:
        return True, f"accepted by {server.host}: {words_of(code, reply)}", False
    return False, refusal(code, reply), False


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
