"""How mail leaves: the map `mail:` of `briefgen.yaml`. A password is never in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address, ip_address

from briefgen.errors import Location, Problem
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox, ascii_domain, parse_domain, parse_mailbox
from briefgen.records import Record

PASSWORD_VARIABLE = "BRIEFGEN_MAIL_PASSWORD"

PASSWORD_HINTS = (
    f"set the environment variable {PASSWORD_VARIABLE}",
    "or keep it in the system's keyring: `pip install 'briefgen[keyring]'`, then `keyring set briefgen:SERVER "
    "ACCOUNT`, with the `server` and the `account` of briefgen.yaml",
)

_LABEL = re.compile(r"(?![-_])[A-Za-z0-9_-]{1,63}(?<!-)")
_SECRETS = ("password", "passwd", "pass", "secret")


class Security(StrEnum):
    """How the connection to a mail server is kept from others."""

    STARTTLS = "starttls"  # it begins in the open and must turn to TLS before anything else is said (RFC 3207)
    TLS = "tls"  # it is TLS from the first byte (RFC 8314 §3.3)
    NONE = "none"  # within one machine only

    @property
    def port(self) -> int:
        """The port of mail submission that goes with it (RFC 6409, RFC 8314)."""
        return {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}[self]


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server that messages are handed to.

    Attributes:
        host: its name in ASCII, or its IP address; the certificate must be made out to it.
        security: `none` only for this machine itself.
        account: whom to log in as; None where the server asks for no login.

    Raises:
        ValueError: mail would leave this machine in the open.
    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    account: str | None = None

    def __post_init__(self) -> None:
        if self.security is Security.NONE and not is_loopback(self.host):
            raise ValueError(f"`none` would send mail to {self.host} in the open; use starttls or tls")

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What `briefgen.yaml` says of mail.

    Attributes:
        sender: whom messages come from.
        server: None where messages are only drafted.
        clearances: address, or `@domain`, in small letters → the strictest marking that may go there.
        location: of the map, None where there is none.
    """

    sender: Mailbox | None = None
    server: Server | None = None
    clearances: Mapping[str, Marking] = field(default_factory=dict)
    location: Location | None = None


def read_mail_settings(top: Record) -> MailSettings:
    """Read the map `mail:` of a workspace's settings; what is wrong is added to the problems of their origin."""
    _refuse_passwords(top)
    record = top.record("mail") if "mail" in top else None
    if record is None:
        return MailSettings()
    _refuse_passwords(record)
    settings = MailSettings(
        sender=record.parsed("from", parse_mailbox),
        server=_server(record),
        clearances=_clearances(record.record("clearances")) if "clearances" in record else {},
        location=record.location,
    )
    record.done()
    return settings


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def parse_server(text: str) -> tuple[str, int | None]:
    """Read `mail.example.org`, `mail.example.org:587` or `[::1]:8025` into a host in ASCII and a port.

    Raises:
        ValueError: it is none.
    """
    if found := re.fullmatch(r"\[([^\]]*)\](?::(.*))?", text):
        try:
            address = IPv6Address(found[1])
        except ValueError:
            address = None
        if address is None or address.scope_id is not None:
            raise ValueError(f"{found[1]!r} is not an IPv6 address")
        return str(address), _port(found[2])
    host, colon, port = text.partition(":")
    if ":" in port:
        raise ValueError(f"{text!r} is not a server; an IPv6 address stands in brackets: [::1]:8025")
    return _host(host), _port(port if colon else None)


def _host(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        pass
    try:
        ascii_form = ascii_domain(text).removesuffix(".")
    except UnicodeError:
        ascii_form = ""
    labels = ascii_form.split(".")
    if len(ascii_form) > 253 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise ValueError(f"{text!r} is not a server's name; expected one such as mail.example.org") from None
    return ascii_form


def _port(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise ValueError(f"{text!r} is not a port: expected a number from 1 to 65535")
    return int(text)


def _refuse_passwords(record: Record) -> None:
    """Report passwords in a file; their lines are told and not shown."""
    for key in record.locations():
        if key.lower() in _SECRETS and key in record:
            place = record.key_location(key)
            message = f"line {place.line}: `{key}`: a password is not kept in a file"
            hints = ("remove it, and change it if others have seen the file", *PASSWORD_HINTS)
            record.origin.problems.append(Problem("password-in-file", message, Location(place.path), hints=hints))


def _server(record: Record) -> Server | None:
    address = _address(record)
    security = record.choice("security", Security)
    account = record.text("account", multiline=False)
    if "server" not in record:
        for key in ("security", "account"):
            if key in record:
                record.problem("missing-key", f"`{key}` belongs to a `server`, which is missing", key)
    if address is None:
        return None
    host, port = address
    if security is None:
        security = Security.TLS if port == Security.TLS.port else Security.STARTTLS
    try:
        return Server(host, port or security.port, security, account)
    except ValueError as error:
        record.problem("wrong-value", f"`security`: {error}", "security", "`none` is for a server on this machine")
    return None


def _address(record: Record) -> tuple[str, int | None] | None:
    text = record.text("server", multiline=False)
    if text is None or not ("@" in text or "://" in text):
        return record.parsed("server", parse_server) if text else None
    place = record.at("server")  # its line is not shown: there may be a password in such an address
    message = f"line {place.line}: `server`: write the server's name alone, such as mail.example.org:587"
    hint = "whom to log in as is `account`"
    record.origin.problems.append(Problem("wrong-value", message, Location(place.path), hints=(hint,)))
    return None


def _clearances(record: Record | None) -> dict[str, Marking]:
    found: dict[str, Marking] = {}
    for name in record.names() if record else ():
        assert record is not None
        marking = record.parsed(name, Marking.parse)
        try:
            whom = f"@{parse_domain(name[1:])}" if name.startswith("@") else parse_mailbox(name).key
        except ValueError as error:
            message = f'{error}; `clearances` clears an address, or a whole domain as "@example.org"'
            record.origin.problems.append(Problem("wrong-value", message, record.key_location(name)))
            continue
        if whom in found:
            message = f"{whom} is cleared twice"
            record.origin.problems.append(Problem("duplicate-key", message, record.key_location(name)))
        elif marking is not None:
            found[whom] = marking
    return found
