"""Nothing that a user, a message or a server says becomes a command of ours, or more than an outcome."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from briefgen.delivery import deliver
from briefgen.delivery.letter import as_sent
from briefgen.mail_settings import Security, Server, parse_server
from briefgen.mailboxes import Mailbox, parse_mailbox
from briefgen.passwords import Password
from tests.mail_server import HANGS_UP, POLITE, odd_server

DESK, JANE, KIM = (Mailbox(f"{name}@example.org") for name in ("desk", "jane", "kim"))

HOSTILE = st.text(st.sampled_from("ab1@.<>()[]:;,\"'\\ \t\r\n\0\x0b\x85\u2028=?%!{}éи한\u202e\udc0d-_"), max_size=12)
COMMANDS = st.sampled_from(["", "\r\nRCPT TO:<evil@example.org>", "\nDATA", "\r\n.\r\nMAIL FROM:<>", "> SIZE=1", "\0"])
ADDRESSES = st.builds("{}{}@{}{}{}".format, HOSTILE, COMMANDS, HOSTILE, st.sampled_from(["", "example.org"]), COMMANDS)
GOOD = st.from_regex(
    r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\.[a-z]+)?@([a-z0-9]{1,9}\.){1,3}(vn|한국|xn--x)", fullmatch=True
)
MAILBOXES = GOOD | ADDRESSES | st.builds("{} <{}>{}".format, HOSTILE, ADDRESSES, COMMANDS)


@settings(max_examples=200)
@given(st.lists(MAILBOXES, max_size=4))
@example(["a@example.org", "b@example.org"])
def test_whatever_is_given_for_addresses_each_is_one_command(texts: list[str]) -> None:
    mailboxes = [DESK, JANE]
    for text in texts:
        with suppress(ValueError):
            mailboxes.insert(0, parse_mailbox(text))
    sender, *recipients = mailboxes
    with odd_server() as server:
        outcomes = deliver(b"Subject: x\r\n\r\ny\r\n", sender, recipients, server.at(), timeout=2)
    named = [f"RCPT TO:<{outcome.mailbox.address}>" for outcome in outcomes]
    assert server.lines == ["ehlo [127.0.0.1]", f"MAIL FROM:<{sender.address}> SIZE=17", *named, "DATA", "quit"]
    for line in server.lines[1:-2]:
        assert re.fullmatch(r"(MAIL FROM|RCPT TO):<[!-;=?-~]+@[a-z0-9.-]+>( SIZE=17)?", line)
        assert len(line) <= 510


@given(MAILBOXES)
def test_an_address_that_nobody_has_read_reaches_no_server(text: str) -> None:
    server = Server("mail.invalid", 587)  # asking for it would be a failure, not a ValueError
    with suppress(ValueError):
        assume(parse_mailbox(text).address != text)
    for sender, recipient in ((Mailbox(text), JANE), (DESK, Mailbox(text))):
        try:
            deliver(b"", sender, [recipient], server)
        except ValueError:
            continue
        raise AssertionError(f"{text!r} was taken for an address")


def lines(message: bytes) -> list[bytes]:
    """The lines of a message, however they end."""
    found = re.split(rb"\r\n|\r|\n", message)
    return found[:-1] if found[-1] == b"" else found


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"a", b"DATA", b"QUIT", b"Bcc: x", b" ", b"\0", b"\xff"]))
)
def test_whatever_a_message_holds_it_is_one_message(pieces: list[bytes]) -> None:
    message = b"Subject: x\r\n\r\n" + b"".join(pieces)
    with odd_server() as server:
        (outcome,) = deliver(message, DESK, [JANE], server.at(), timeout=2)
    assert outcome.accepted
    assert [line.split(" ")[0] for line in server.lines] == ["ehlo", "MAIL", "RCPT", "DATA", "quit"]
    came = re.sub(rb"(?m)^\.", b"", server.message)
    assert came == as_sent(message).contents
    assert lines(came) == lines(message)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", server.message)


@settings(max_examples=200)
@given(HOSTILE, st.text(min_size=1, max_size=40))
def test_whatever_an_account_and_a_password_hold_they_are_one_command(account: str, password: str) -> None:
    assume(account and not re.search("[\ud800-\udfff]", account + password))
    replies = {"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "235 in"}
    with odd_server(replies) as server:
        (outcome,) = deliver(b"a: b\r\n", DESK, [JANE], server.at(account=account), Password(password), timeout=2)
    assert outcome.accepted
    found = re.fullmatch(r"AUTH PLAIN ([A-Za-z0-9+/]+={0,2})", server.lines[1])
    assert found is not None
    assert b64decode(found[1]) == f"\0{account}\0{password}".encode()
    assert server.lines[2] == "MAIL FROM:<desk@example.org>"


@given(HOSTILE | st.builds("{}:{}".format, HOSTILE, HOSTILE) | st.builds("[{}]:{}".format, HOSTILE, HOSTILE))
@example("mail.example.org:25")
@example("[::1]:25")
def test_whatever_is_given_for_a_server_is_a_name_or_an_address(text: str) -> None:
    try:
        host, port = parse_server(text)
    except ValueError:
        return
    assert re.fullmatch(r"[a-z0-9_.-]{1,253}|[0-9a-f:]+", host)
    assert port is None or 0 < port < 65536


ANSWERS = st.one_of(
    st.just(HANGS_UP),
    st.sampled_from(["250 OK", "354 go on", "421 bye", "450 later", "452 too many", "550 no", "250-", "235", "220 x"]),
    st.text(st.characters(max_codepoint=255), max_size=30),
    st.builds("{} {}".format, st.integers(-9, 1100), st.text(st.characters(max_codepoint=0x2FFF), max_size=30)),
    st.builds(
        "250-x\r\n250-SIZE {}\r\n250 AUTH{}".format, st.integers(), st.sampled_from([" PLAIN", " LOGIN", "=", ""])
    ),
)


@settings(max_examples=300)
@given(
    st.dictionaries(st.sampled_from(sorted(POLITE)), st.lists(ANSWERS, min_size=1, max_size=3), max_size=4),
    st.sampled_from([None, "desk"]),
)
@example({}, None)
def test_whatever_a_server_answers_there_is_an_outcome_for_each(
    replies: dict[str, list[str]], account: str | None
) -> None:
    with odd_server(replies) as server:
        outcomes = deliver(
            b"Subject: x\r\n\r\ny\r\n",
            DESK,
            [JANE, KIM],
            server.at(Security.NONE, account),
            Password("hunter2") if account else None,
            timeout=0.05,
            patience=0.05,
        )
    assert [outcome.mailbox for outcome in outcomes] == [JANE, KIM]
    for outcome in outcomes:
        assert outcome.reason
        assert outcome.reason.isprintable()
        assert len(outcome.reason) < 500
        assert "hunter2" not in outcome.reason
        assert not outcome.accepted or server.message
