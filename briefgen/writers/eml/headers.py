"""Header fields as they travel: ASCII, folded, with everything else encoded.

Python's own generator breaks encoded words between the bytes of a letter or past their 75 characters and loses spaces
between them (CPython 3.11), so the few forms that a message needs are written here.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from briefgen.mailboxes import Mailbox

_LINE = 76
"""Characters of a line, CRLF apart (RFC 5322 §2.1.1 asks for 78 at most)."""

_ENCODED_BYTES = 45
"""Bytes in an encoded word: 60 characters of base64, so that the whole has 72 of its 75 (RFC 2047 §2)."""

_PIECE = 50
"""Characters of a parameter's value on one line (RFC 2231 §3)."""

_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/?^_`{|}~-]+)*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$&+^_.~()' -]{1,60}")
_WITHOUT_MARK = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss"})


def field(name: str, value: str) -> str:
    """A header field with its line end.

    Args:
        value: in ASCII and of one line, or already folded.

    Raises:
        ValueError: the value would begin another field, or is not ASCII: a mistake of ours, not of a user's.
    """
    if not value.isascii() or re.search("[\0\r\n]", value.replace("\r\n ", " ")):
        raise ValueError(f"the header {name} cannot hold {value!r}")
    return f"{name}: {value}\r\n"


def unstructured(name: str, text: str) -> str:
    """A field of free words, such as a subject."""
    words = text.split(" ")
    one_by_one = all(0 < len(word) <= _LINE for word in words) or not text
    plain = text.isascii() and text.isprintable() and "=?" not in text and one_by_one
    return field(name, _folded(words if plain else encoded_words(text, len(name) + 2), len(name) + 2))


def addresses(name: str, mailboxes: Iterable[Mailbox]) -> str:
    """A field of mailboxes (RFC 5322 §3.4), each name on a line with its address where that fits."""
    pieces: list[str] = []
    for mailbox in mailboxes:
        if pieces:
            pieces[-1] += ","
        pieces += _mailbox(mailbox, 1 if pieces else len(name) + 2)
    return field(name, _folded(pieces, len(name) + 2))


def encoded_words(text: str, used: int = 1) -> list[str]:
    """Text in any script as encoded words (RFC 2047), none of which cuts a letter.

    Args:
        used: characters that stand before the first on its line.
    """
    pieces, room = [b""], (_LINE - used - len("=?utf-8?B??=")) // 4 * 3
    for letter in text:
        encoded = letter.encode("utf-8")
        if len(pieces[-1]) + len(encoded) > min(room, _ENCODED_BYTES):
            pieces.append(b"")
            room = _ENCODED_BYTES
        pieces[-1] += encoded
    return [f"=?utf-8?B?{b64encode(piece).decode('ascii')}?=" for piece in pieces]


def attached(name: str, media_type: str) -> str:
    """The two fields that name an attachment.

    A name in plain letters stands in both. Any other stands as it is in `Content-Disposition` (RFC 2231), and in
    plain letters in `Content-Type`, for mail programs that do not know the former.
    """
    fallback = plain_name(name)
    kind = _folded([f"{media_type};", f'name="{fallback}"'], len("Content-Type: "))
    if fallback == name:
        how = f'attachment; filename="{name}"'
    else:
        how = _folded(["attachment;", *_extended("filename", name)], len("Content-Disposition: "))
    return field("Content-Type", kind) + field("Content-Disposition", how)


def plain_name(name: str) -> str:
    """A file's name in unaccented letters, itself if it is plain."""
    if _PLAIN_NAME.fullmatch(name):
        return name
    path = PurePosixPath(name)
    stem, suffix = (_unaccented(part) for part in (path.stem, path.suffix))
    words = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:48]
    return (words or "attachment") + (suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,10}", suffix) else "")


def _unaccented(text: str) -> str:
    parted = unicodedata.normalize("NFD", text.translate(_WITHOUT_MARK))
    return "".join(char for char in parted if not unicodedata.combining(char))


def _mailbox(mailbox: Mailbox, used: int) -> list[str]:
    """A mailbox in pieces between which a line may end; `used` characters stand before it."""
    if not mailbox.name:
        return [mailbox.address]
    name = mailbox.name
    if not name.isascii() or not name.isprintable() or "=?" in name:
        return [*encoded_words(name, used), f"<{mailbox.address}>"]
    if not _PHRASE.fullmatch(name):
        escaped = re.sub(r'([\\"])', r"\\\1", name)
        name = f'"{escaped}"'
    return [f"{name} <{mailbox.address}>"]


def _extended(name: str, text: str) -> Iterator[str]:
    """A parameter in UTF-8, in numbered pieces where it is long (RFC 2231 §3 and §4)."""
    letters = [quote(letter, safe="") for letter in text]
    pieces = [""]
    for letter in letters:
        if len(pieces[-1]) + len(letter) > _PIECE:
            pieces.append("")
        pieces[-1] += letter
    for number, piece in enumerate(pieces):
        key = f"{name}*" if len(pieces) == 1 else f"{name}*{number}*"
        charset = "" if number else "utf-8''"
        yield f"{key}={charset}{piece}" + (";" if number < len(pieces) - 1 else "")


def _folded(pieces: Iterable[str], used: int) -> str:
    """Pieces with a space between them, or the end of a line where it is full.

    Args:
        used: characters that stand before the first on its line.
    """
    text = ""
    for piece in pieces:
        if not text:
            text, used = piece, used + len(piece)
        elif used + 1 + len(piece) > _LINE:
            text, used = f"{text}\r\n {piece}", 1 + len(piece)
        else:
            text, used = f"{text} {piece}", used + 1 + len(piece)
    return text
