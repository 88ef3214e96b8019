"""A conversation with a mail server, secured and logged in."""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import assert_never

from briefgen.mail_settings import Security, Server
from briefgen.passwords import Password

HELLO = "[127.0.0.1]"
"""How we introduce ourselves: an address that is everybody's, so that neither the machine's name nor its place in a
network is told; servers that ask for a full name or an address accept it (RFC 5321 §4.1.3, Postfix's strictest
`smtpd_helo_restrictions`), and other mail programs say the same."""

_FAREWELL = 3
"""Seconds that a server has to say goodbye; what it says then changes nothing."""

_LONGEST = 300
"""Characters of a server's words that are repeated."""


class Ended(Exception):
    """The server ended the conversation, or we did; the message says why, and nothing is under way."""


@contextmanager
def conversation(server: Server, password: Password | None, timeout: float) -> Iterator[smtplib.SMTP]:
    """Open a connection on which mail may be sent, and close it.

    Raises:
        Ended: the server refuses, or cannot be trusted.
        OSError: of the network, of TLS or of smtplib; see `reasons`.
    """
    smtp = _connected(server, timeout)
    try:
        if server.account is not None:
            if password is None:
                raise ValueError(f"the account {server.account!r} comes without a password")
            _log_in(smtp, server, server.account, password.reveal())
        yield smtp
        if smtp.sock is not None:
            smtp.sock.settimeout(_FAREWELL)
            with suppress(OSError):
                smtp.quit()
    finally:
        smtp.close()


def ask(smtp: smtplib.SMTP, command: str, argument: str, expected: int) -> None:
    """Say something that the server must agree to.

    Raises:
        Ended: it does not.
    """
    code, reply = smtp.docmd(command, argument)
    if code != expected:
        raise Ended(refusal(code, reply))


def refusal(code: int, reply: bytes) -> str:
    """A server's refusal in words, and whether it is worth another try (RFC 5321 §4.2.1)."""
    said = words_of(code, reply)
    if code == 421:
        return f"the server ended the conversation; try again later: {said}"
    if 400 <= code < 500:
        return f"not accepted for now; try again later: {said}"
    if code == 530 and "authenti" in said.lower():
        return f"refused; the server asks for a login (`account` in briefgen.yaml): {said}"
    return f"refused: {said}"


def words_of(code: int, reply: bytes) -> str:
    """A server's reply on one line, without anything that a terminal would obey."""
    letters = (letter if letter.isprintable() else " " for letter in reply.decode("utf-8", "replace"))
    said = " ".join("".join(letters).split())
    said = said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
    return f"{code} {said}".strip() if code > 0 else f"what is no answer of a mail server, {said!r}"


def _connected(server: Server, timeout: float) -> smtplib.SMTP:
    match server.security:
        case Security.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, HELLO, timeout=timeout, context=ssl.create_default_context()
            )
        case Security.STARTTLS | Security.NONE:
            smtp = smtplib.SMTP(server.host, server.port, HELLO, timeout=timeout)
        case _:
            assert_never(server.security)
    try:
        _greet(smtp)
        if server.security is Security.STARTTLS:
            if not smtp.has_extn("starttls"):
                raise Ended(
                    f"{server} offers no STARTTLS: others could read the message on its way; nothing was sent "
                    "(`security: tls`, usually at port 465, is another way to be safe)"
                )
            smtp.starttls(context=ssl.create_default_context())
            _greet(smtp)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _greet(smtp: smtplib.SMTP) -> None:
    code, reply = smtp.ehlo()
    if 500 <= code < 600:  # an old server; it may still do where nothing more is asked of it
        code, reply = smtp.helo()
    if code != 250:
        raise Ended(refusal(code, reply))


def _log_in(smtp: smtplib.SMTP, server: Server, account: str, password: str) -> None:
    """Log in with PLAIN or LOGIN, whose secrets TLS keeps; smtplib's own login knows only passwords in ASCII."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    plain, name, secret = (_encoded(text) for text in (f"\0{account}\0{password}", account, password))
    if "PLAIN" in offered:
        code, reply = smtp.docmd("AUTH", f"PLAIN {plain}")
    elif "LOGIN" in offered:
        code, reply = smtp.docmd("AUTH", "LOGIN")
        for answer in (name, secret):
            if code == 334:
                code, reply = smtp.docmd(answer)
    elif offered:
        raise Ended(f"{server} knows no login with a password, only {words_of(250, ' '.join(offered).encode())[4:]}")
    else:
        raise Ended(f"{server} offers no login; leave `account` out of briefgen.yaml if it needs none")
    if code == 235:
        return
    for shown in (password, plain, secret):  # a server may repeat what it did not understand
        reply = reply.replace(shown.encode(), b"...")
    if code in (534, 535):
        raise Ended(f"the server does not accept the password of the account {account!r}: {words_of(code, reply)}")
    raise Ended(f"the login failed, {refusal(code, reply)}")


def _encoded(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
