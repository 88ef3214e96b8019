"""Mailboxes: a mail address, perhaps with a name, as people write them and as mail carries them (RFC 5322 §3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import category

LONGEST_ADDRESS = 254
"""Characters of an address (RFC 5321 §4.5.3.1.3, less the angle brackets)."""

LONGEST_LOCAL_PART = 64
"""Characters before the @ (RFC 5321 §4.5.3.1.1)."""

LONGEST_NAME = 200
"""Characters of a name: more is no name, and would fill a reader's screen."""

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_READ_IN_TWO_WAYS = frozenset("ßς")
"""Letters that stand for others in one standard of domain names and for themselves in the next: what was meant is not
to be guessed, as the domains may belong to different people (RFC 5894 §7.2)."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories of what nobody sees: controls, formats (joiners, directions), surrogates, separators of lines."""


@dataclass(frozen=True, slots=True, order=True)
class Mailbox:
    """Where mail goes.

    Attributes:
        address: in ASCII; a domain in other letters is in its ASCII form (RFC 5890).
        name: whose it is, as a reader sees it; "" if nobody said.
    """

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @, in small letters."""
        return self.address.rpartition("@")[2].lower()

    @property
    def key(self) -> str:
        """What tells it from other mailboxes: addresses that differ in capitals are taken for the same."""
        return self.address.lower()

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def parse_mailbox(text: str) -> Mailbox:
    """Read `jane@example.org`, `Jane Doe <jane@example.org>` or `"Doe, Jane" <jane@example.org>`.

    Raises:
        ValueError: it is none; the message says why.
    """
    if unseen := next((letter for letter in text if category(letter) in _UNSEEN), None):
        raise ValueError(f"{_shown(text)} holds a character that is not seen (U+{ord(unseen):04X})")
    words = text.strip()
    name, opening, rest = words.rpartition("<")
    if not opening:
        return Mailbox(_address(words, text))
    address, closing, after = rest.partition(">")
    if not closing or after.strip():
        raise ValueError(f"{_shown(text)} is not a mailbox; write `Name <address>`")
    return Mailbox(_address(address.strip(), text), _name(name.strip(), text))


def parse_mailboxes(text: str) -> tuple[Mailbox, ...]:
    """Read mailboxes that commas or semicolons part, as mail programs print them.

    Raises:
        ValueError: one is none.
    """
    return tuple(parse_mailbox(part) for part in parted(text))


def distinct(mailboxes: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    """Each address once, where it comes first; a name that only a later one gives is kept."""
    found: dict[str, Mailbox] = {}
    for mailbox in mailboxes:
        earlier = found.get(mailbox.key)
        if earlier is None or (mailbox.name and not earlier.name):
            found[mailbox.key] = mailbox
    return tuple(found.values())


def parse_domain(text: str) -> str:
    """Read a domain (`example.org`) into its ASCII form, in small letters.

    Raises:
        ValueError: it is none.
    """
    try:
        ascii_form = ascii_domain(text)
    except UnicodeError:
        raise ValueError(f"{_shown(text)} is not a mail domain") from None
    labels = ascii_form.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"{_shown(text)} is not a mail domain; expected one such as example.org")
    return ascii_form


def ascii_domain(text: str) -> str:
    """A domain's name as the network knows it (RFC 3490), in small letters; whether it is one, is not asked.

    Raises:
        UnicodeError: it has no such form.
        ValueError: it may be one of two.
    """
    if found := _READ_IN_TWO_WAYS & set(text):
        message = f"{_shown(text)}: {min(found)} may stand for two domains; write the one you mean in its form xn--…"
        raise ValueError(message)
    return text.encode("idna").decode("ascii").lower()


def _address(address: str, whole: str) -> str:
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        raise ValueError(f"{_shown(whole)} is not a mail address; expected one such as jane@example.org")
    if not local.isascii():
        raise ValueError(f"{_shown(whole)}: before the @ only unaccented letters reach every mail server")
    if not _LOCAL_PART.fullmatch(local) or len(local) > LONGEST_LOCAL_PART:
        raise ValueError(f"{_shown(whole)} is not a mail address: {_shown(local)} cannot stand before the @")
    found = f"{local}@{parse_domain(domain)}"
    if len(found) > LONGEST_ADDRESS:
        raise ValueError(f"{_shown(whole)} is not a mail address: it is longer than {LONGEST_ADDRESS} characters")
    return found


def _name(name: str, whole: str) -> str:
    if len(name) >= 2 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1]).strip()
    if len(name) > LONGEST_NAME:
        raise ValueError(f"{_shown(whole)}: its name is longer than {LONGEST_NAME} characters")
    if "=?" in name:
        raise ValueError(f"{_shown(whole)}: write the name in plain letters; mail encodes it by itself")
    if set(name) & set("<>"):
        raise ValueError(f"{_shown(whole)} is not a mailbox; write `Name <address>`")
    return " ".join(name.split())


def parted(text: str) -> Iterator[str]:
    """Pieces between commas and semicolons that stand outside quotation marks and angle brackets."""
    piece, within, escaped = "", "", False
    for letter in text:
        if within == '"':
            within = "" if letter == '"' and not escaped else within
            escaped = letter == "\\" and not escaped
        elif within == "<":
            within = "" if letter == ">" else within
        elif letter in '"<':
            within = letter
        elif letter in ",;":
            if piece.strip():
                yield piece
            piece = ""
            continue
        piece += letter
    if piece.strip():
        yield piece


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
