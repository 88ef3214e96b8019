"""Mail servers on this machine to send to: a real one (aiosmtpd), certificates for it, and one that misbehaves."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from briefgen.mail_settings import Security, Server

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that the server took on, as it came."""

    sender: str
    recipients: tuple[str, ...]
    contents: bytes
    options: tuple[str, ...]


@dataclass(slots=True)
class MailServer:
    """A server that is running, and what it has seen.

    Attributes:
        refusals: address → what is said of it.
        verdict: what is said of a message; a refusal if it does not begin with 2.
        logins: account and password of each attempt.
    """

    port: int
    refusals: Mapping[str, str] = field(default_factory=dict)
    verdict: str = "250 OK: queued as 4F2A"
    at_once: int = 1000
    messages: list[Received] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    hellos: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    def at(self, security: Security, account: str | None = None, host: str = "localhost") -> Server:
        """How it is reached."""
        return Server(host, self.port, security, account)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, replies: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.hellos.append(hostname)
        return replies

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.refusals.get(address):
            return refusal
        if len(envelope.rcpt_tos) >= self.at_once:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.original_content, bytes)
        if self.verdict.startswith("2"):
            found = (envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.original_content)
            self.messages.append(Received(*found, tuple(envelope.mail_options)))
            self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return self.verdict


@contextmanager
def mail_server(
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    account: tuple[str, str] | None = None,
    size: int = 33_554_432,
    utf8: bool = True,
    **behaviour: Any,
) -> Iterator[MailServer]:
    """Run a server in a thread, at a port that is free.

    Args:
        tls: speak TLS from the first byte.
        starttls: offer STARTTLS, and ask for it.
        account: name and password that a client must log in with.
        behaviour: of `MailServer`.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    seen = MailServer(listening.getsockname()[1], **behaviour)

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any) -> AuthResult:
        assert isinstance(login, LoginPassword)
        given = (login.login.decode(), login.password.decode())
        seen.logins.append(given)
        return AuthResult(success=given == account, handled=False)

    def serve() -> SMTP:
        return SMTP(
            seen,
            data_size_limit=size,
            enable_SMTPUTF8=utf8,
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=authenticate if account else None,
            auth_required=account is not None,
            auth_require_tls=starttls is not None,
            hostname="test.example",
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)  # a client that breaks off is no failure of the test
    server = loop.run_until_complete(loop.create_server(serve, sock=listening, ssl=tls))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


# ---- certificates ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody who vouches for servers; whoever trusts `certificate` trusts them."""

    certificate: Path
    folder: Path
    key: ec.EllipticCurvePrivateKey

    def context(
        self,
        name: str = "localhost",
        *,
        begins: datetime.timedelta = -DAY,
        ends: datetime.timedelta = DAY,
        self_signed: bool = False,
    ) -> ssl.SSLContext:
        """What a server with a certificate for `name` needs; times are told from now."""
        key = _key()
        signed_by = _NAME if not self_signed else _named(name)
        alternative: x509.GeneralName
        try:
            alternative = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            alternative = x509.DNSName(name)
        certificate = (
            _certificate(_named(name), signed_by, key.public_key(), NOW + begins, NOW + ends)
            .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(key if self_signed else self.key, hashes.SHA256())
        )
        path = self.folder / f"{len(list(self.folder.iterdir()))}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def authority(folder: Path) -> Authority:
    """An authority of our own; its files go to the folder."""
    key = _key()
    certificate = (
        _certificate(_NAME, _NAME, key.public_key(), NOW - 30 * DAY, NOW + 30 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "authority.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(path, folder, key)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


_NAME = _named("Authority of the tests")


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    begins: datetime.datetime,
    ends: datetime.datetime,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    return builder.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)


# ---- a server that misbehaves ----------------------------------------------------------------------------

HANGS_UP = "hangs up"
SAYS_NOTHING = "says nothing"

POLITE: Mapping[str, str] = {
    "": "220 test.example ESMTP",
    "EHLO": "250-test.example\r\n250-SIZE 33554432\r\n250 8BITMIME",
    "HELO": "250 test.example",
    "MAIL": "250 OK",
    "RCPT": "250 OK",
    "DATA": "354 go on",
    ".": "250 OK",
    "RSET": "250 OK",
    "QUIT": "221 bye",
}
"""Command → reply; "" is for the greeting, "." for the end of a message."""


@dataclass(slots=True)
class Heard:
    """What a misbehaving server has heard.

    Attributes:
        lines: every command, as it came and without its line end.
        message: what came of a message.
    """

    port: int
    lines: list[str] = field(default_factory=list)
    message: bytes = b""

    def at(self, security: Security = Security.NONE, account: str | None = None) -> Server:
        """How it is reached."""
        return Server("127.0.0.1", self.port, security, account)


@contextmanager
def odd_server(replies: Mapping[str, str | Sequence[str]] = {}, *, reads: int | None = None) -> Iterator[Heard]:
    """Run a server that answers as it is told, for one conversation.

    Args:
        replies: command → reply, or the replies to its first, second… use; others as in `POLITE`. HANGS_UP and
            SAYS_NOTHING are replies too.
        reads: bytes of a message after which it hangs up.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(5)
    heard = Heard(listening.getsockname()[1])
    over = threading.Event()
    thread = threading.Thread(target=_converse, args=(listening, heard, {**POLITE, **replies}, reads, over))
    thread.start()
    try:
        yield heard
    finally:
        over.set()
        with suppress(OSError):  # if nobody came, it still waits for somebody
            socket.create_connection(("127.0.0.1", heard.port)).close()
        thread.join()
        listening.close()


def _converse(
    listening: socket.socket,
    heard: Heard,
    replies: Mapping[str, str | Sequence[str]],
    reads: int | None,
    over: threading.Event,
) -> None:
    try:
        connection, _ = listening.accept()
    except TimeoutError:
        return
    uses: dict[str, int] = {}
    with connection, connection.makefile("rb") as lines:
        connection.settimeout(5)

        def says(command: str) -> bool:
            """Whether the conversation goes on."""
            found = replies.get(command, "500 what?")
            uses[command] = uses.get(command, 0) + 1
            reply = found if isinstance(found, str) else found[min(uses[command], len(found)) - 1]
            if reply == SAYS_NOTHING:
                over.wait(5)
            if reply in (HANGS_UP, SAYS_NOTHING):
                return False
            connection.sendall(reply.encode("utf-8", "surrogateescape") + b"\r\n")
            return True

        try:
            if not says(""):
                return
            while line := lines.readline():
                heard.lines.append(line.decode("latin-1").rstrip("\r\n"))
                command = line.split()[0].decode("latin-1").upper() if line.strip() else "empty"
                if not says(command) or command == "QUIT":
                    return
                if command == "DATA" and str(replies["DATA"]).startswith("354"):
                    while (text := lines.readline(reads if reads is not None else -1)) not in (b".\r\n", b""):
                        heard.message += text
                        if reads is not None and len(heard.message) >= reads:
                            return
                    if not text or not says("."):
                        return
        except OSError:
            return
