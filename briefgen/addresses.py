"""Addresses of web pages and mailboxes as files carry them: URIs, which are ASCII (RFC 3986)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_KEPT = "%/:=&?~#+!$,;'@()*[]"
_NAME = re.compile(r"[A-Za-z0-9.\-_~!$&'()*+,;=]+")


def as_uri(address: str) -> str:
    """An address in the form that every program takes: its host as the network knows it, other letters escaped.

    Args:
        address: as somebody wrote it, with its scheme.

    Raises:
        ValueError: no program can follow it: a web address without a host, a port that there is not, a bracket left
            open. Word opens a file that holds such an address; programs that read it with System.Uri refuse it whole.
    """
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
        if parts.scheme.lower() in ("http", "https"):
            if not host or port == 0:
                raise ValueError(f"it names no {'port' if host else 'host'}")
            address = address.replace(parts.netloc, _place(parts.netloc, host), 1)
    except ValueError as error:
        raise ValueError(f"{address!r} leads nowhere: {error}") from None
    return quote(_LONE_PERCENT.sub("%25", address), safe=_KEPT)


def _place(place: str, host: str) -> str:
    """User, host and port, the host as the network knows it (RFC 3490)."""
    if ":" in host:  # an IPv6 address, which urlsplit has judged
        return place
    user, at, rest = place.rpartition("@")
    name, colon, port = rest.partition(":")
    try:
        known = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        known = ""
    if not _NAME.fullmatch(known):
        raise ValueError(f"{name!r} is no host")
    return f"{user}{at}{known}{colon}{port}"
