"""Delivery by SMTP, against real servers on this machine, and against one that misbehaves."""

from __future__ import annotations

import email
import email.policy
import smtplib
import socket
import threading
import time
from collections.abc import Sequence
from email.message import EmailMessage

import pytest

from briefgen.delivery import Outcome, deliver
from briefgen.mail_settings import Security, Server
from briefgen.mailboxes import Mailbox
from briefgen.passwords import Password
from tests.mail_server import DAY, HANGS_UP, SAYS_NOTHING, Authority, MailServer, authority, mail_server, odd_server

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")

DESK = Mailbox("desk@example.org", "The desk")
JANE, KIM, LAM = Mailbox("jane@example.org", "Jane"), Mailbox("kim@example.com"), Mailbox("lam@example.net", "Tô Lâm")
ALL = (JANE, KIM, LAM)
SECRET = "pass ✓ wörd"


def draft(body: str = "Xin chào.\n.\n..two dots\n", attached: int = 0) -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["X-Unsent"] = "1"
    message["From"] = "The desk <desk@example.org>"
    message["To"] = "Jane <jane@example.org>, kim@example.com"
    message["Bcc"] = ", ".join([f"Tô Lâm Tô Lâm Tô Lâm <lam{n}@example.net>" for n in range(9)])
    message["Subject"] = "Quan hệ Việt Nam–Hàn Quốc, 한국"
    message.set_content(body)
    if attached:
        message.add_attachment(bytes(range(256)) * (attached // 256), "application", "pdf", filename="bản tin.pdf")
    return message.as_bytes()


def without(contents: bytes, *names: bytes) -> bytes:
    """A message without some of its headers, by a way of its own."""
    kept, skipping = [], False
    header, _, body = contents.partition(b"\r\n\r\n")
    for line in header.split(b"\r\n"):
        skipping = line.split(b":")[0] in names or (skipping and line[:1] in (b" ", b"\t"))
        if not skipping:
            kept.append(line)
    return b"\r\n".join(kept) + b"\r\n\r\n" + body


def send(
    server: Server, recipients: Sequence[Mailbox] = ALL, message: bytes | None = None, **arguments: object
) -> tuple[Outcome, ...]:
    arguments = {"timeout": 2, "patience": 2, **arguments}
    return deliver(draft() if message is None else message, DESK, recipients, server, **arguments)  # type: ignore[arg-type]


def only(outcomes: tuple[Outcome, ...]) -> str:
    """The reason of a message that went to nobody."""
    assert [outcome.accepted for outcome in outcomes] == [False] * len(outcomes)
    (found,) = {outcome.reason for outcome in outcomes}
    return found


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(known: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    monkeypatch.setenv("SSL_CERT_FILE", str(known.certificate))
    return known


# ---- what arrives ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", Security)
def test_a_message_arrives_as_it_was_drafted(security: Security, trusted: Authority) -> None:
    tls = trusted.context() if security is Security.TLS else None
    starttls = trusted.context() if security is Security.STARTTLS else None
    with mail_server(tls=tls, starttls=starttls, account=("desk", SECRET)) as server:
        outcomes = send(server.at(security, "desk"), password=Password(SECRET))
    assert outcomes == tuple(Outcome(one, True, "accepted by localhost: 250 OK: queued as 4F2A") for one in ALL)
    (received,) = server.messages
    assert (received.sender, received.recipients) == (DESK.address, tuple(one.address for one in ALL))
    assert received.contents == without(draft(), b"X-Unsent", b"Bcc")
    assert b"lam" not in received.contents
    assert server.encrypted == [security is not Security.NONE]
    parsed = email.message_from_bytes(received.contents, policy=email.policy.SMTP.clone(raise_on_defect=True))
    assert parsed["Subject"] == "Quan hệ Việt Nam–Hàn Quốc, 한국"
    assert parsed.get_content().splitlines() == ["Xin chào.", ".", "..two dots"]


def test_a_message_of_ten_megabytes(trusted: Authority) -> None:
    message = draft(attached=7_500_000)
    assert len(message) > 10_000_000
    with mail_server(tls=trusted.context()) as server:
        assert all(outcome.accepted for outcome in send(server.at(Security.TLS), message=message, timeout=10))
    assert server.messages[0].contents == without(message, b"X-Unsent", b"Bcc")
    assert server.messages[0].options[0] == f"SIZE={len(server.messages[0].contents)}"


@pytest.mark.parametrize(
    "body", [".", "..", ".\n", "a\n.\nb\n", "\n.\n", "no end", "\n\n\n", "", ".\n.\n.\nQUIT\n", "a\r\n.\r\nb"]
)
def test_no_line_of_a_message_ends_it(body: str) -> None:
    message = b"Subject: x\n\n" + body.encode()
    with mail_server() as server:
        send(server.at(Security.NONE), message=message)
    assert len(server.messages) == 1
    expected = message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert server.messages[0].contents == expected + (b"" if expected.endswith(b"\r\n") else b"\r\n")


@pytest.mark.parametrize("end", ["\n.\n", "\r.\r", "\r\n.\r", "\n.\r\n", "\r.\r\n", "\r\n.\n"])
def test_no_odd_line_end_makes_two_messages_of_one(end: str) -> None:
    """Smuggling: some servers read `LF . LF` as the end, and what follows as the next message."""
    smuggled = f"Subject: x\r\n\r\na{end}MAIL FROM:<evil@example.org>\r\nb\r\n".encode()
    with odd_server() as server:
        send(server.at(), message=smuggled)
    spoken = [line.split(":")[0] for line in server.lines]
    assert spoken == ["ehlo [127.0.0.1]", "MAIL FROM", "RCPT TO", "RCPT TO", "RCPT TO", "DATA", "quit"]
    assert server.message == b"Subject: x\r\n\r\na\r\n..\r\nMAIL FROM:<evil@example.org>\r\nb\r\n"


@pytest.mark.parametrize(
    "header",
    [
        "Bcc: x@example.org\r\n",
        "bcc : x@example.org\r\n",
        "BCC:\r\n x@example.org,\r\n\ty@example.org\r\n",
        "Bcc: x@example.org\r\nBcc: y@example.org\r\n",
        "X-Unsent: 1\r\n",
        "Resent-Bcc: x@example.org\r\n",
    ],
)
def test_blind_copies_and_the_drafts_mark_stay_here(header: str) -> None:
    rest = "Subject: Bcc: no\r\nTo: a@example.org\r\n\r\nBcc: in the body\r\nX-Unsent: 1\r\n"
    for text in (header + rest, rest.replace("To:", f"{header}To:")):
        with mail_server() as server:
            send(server.at(Security.NONE), message=text.encode())
        assert server.messages[0].contents == rest.encode()


def test_a_header_without_a_body() -> None:
    with mail_server() as server:
        send(server.at(Security.NONE), message=b"Subject: x\nBcc: y@example.org")
    assert server.messages[0].contents == b"Subject: x\r\n"


def test_somebody_named_twice_gets_it_once() -> None:
    with mail_server() as server:
        outcomes = send(server.at(Security.NONE), [KIM, JANE, Mailbox("KIM@example.com", "Kim")])
    assert [outcome.mailbox.key for outcome in outcomes] == [KIM.address, JANE.address]
    assert len(server.messages[0].recipients) == 2


def test_nobody_gets_nothing_and_no_server_is_asked() -> None:
    assert deliver(draft(), DESK, (), Server("mail.invalid", 25)) == ()


# ---- what the server is told of us -----------------------------------------------------------------------


def test_the_machines_name_is_not_told(trusted: Authority) -> None:
    with mail_server(starttls=trusted.context()) as server:
        send(server.at(Security.STARTTLS))
    assert server.hellos == ["[127.0.0.1]", "[127.0.0.1]"]
    assert socket.gethostname().encode() not in server.messages[0].contents


def test_an_old_server_without_extensions_is_enough_for_plain_text() -> None:
    with odd_server({"EHLO": "502 what?"}) as server:
        outcomes = send(server.at(), message=b"Subject: x\n\ny\n")
    assert all(outcome.accepted for outcome in outcomes)
    assert "MAIL FROM:<desk@example.org>" in server.lines


def test_letters_beyond_ascii_are_announced() -> None:
    with mail_server() as server:
        send(server.at(Security.NONE), message="Subject: x\n\nchào\n".encode())
        send(server.at(Security.NONE), message="Subject: chào\n\nx\n".encode())
    body, header = (message.options for message in server.messages)
    assert "BODY=8BITMIME" in body
    assert "SMTPUTF8" not in body
    assert {"BODY=8BITMIME", "SMTPUTF8"} <= set(header)


def test_letters_that_a_server_does_not_take_are_not_sent() -> None:
    with odd_server({"EHLO": "250-x\r\n250 8BITMIME"}) as server:
        assert "no SMTPUTF8" in only(send(server.at(), message="Subject: chào\n\nx\n".encode()))
    with odd_server({"EHLO": "250 x"}) as server:
        assert "no 8BITMIME" in only(send(server.at(), message="Subject: x\n\nchào\n".encode()))
    assert "DATA" not in server.lines


def test_a_message_that_is_too_long_is_not_begun() -> None:
    with odd_server({"EHLO": "250-x\r\n250 SIZE 1000000"}) as server:
        said = only(send(server.at(), message=draft(attached=2_000_000)))
    assert said.startswith("the message has 2.7 MB, and 127.0.0.1 takes at most 1.0 MB")
    assert not any(line.startswith("MAIL") for line in server.lines)


@pytest.mark.parametrize("size", ["0", "", "much", "-1", "9" * 5000])
def test_a_server_without_a_limit_takes_anything(size: str) -> None:
    with odd_server({"EHLO": f"250-x\r\n250-8BITMIME\r\n250 SIZE {size}"}) as server:
        assert all(outcome.accepted for outcome in send(server.at()))


# ---- security --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ({"self_signed": True}, "vouched for by nobody whom this computer trusts"),
        ({"begins": -2 * DAY, "ends": -DAY}, "has expired"),
        ({"begins": DAY, "ends": 2 * DAY}, "not valid yet"),
        ({"name": "mail.example.org"}, "is not localhost's but another server's"),
        ({"name": "127.0.0.1"}, "is not localhost's but another server's"),
    ],
)
def test_a_wrong_certificate_ends_it(
    certificate: dict[str, object], said: str, security: Security, trusted: Authority
) -> None:
    context = trusted.context(**certificate)  # type: ignore[arg-type]
    way = {"tls": context} if security is Security.TLS else {"starttls": context}
    with mail_server(**way, account=("desk", SECRET)) as server:  # type: ignore[arg-type]
        reason = only(send(server.at(security, "desk"), password=Password(SECRET)))
    assert said in reason
    assert reason.endswith("nothing was sent")
    assert (server.messages, server.logins) == ([], [])


def test_a_certificate_that_nobody_trusts(known: Authority) -> None:
    with mail_server(tls=known.context()) as server:
        assert "SSL_CERT_FILE" in only(send(server.at(Security.TLS)))
    assert server.messages == []


def test_a_certificate_for_an_address_in_numbers(trusted: Authority) -> None:
    with mail_server(tls=trusted.context("127.0.0.1")) as server:
        assert all(outcome.accepted for outcome in send(server.at(Security.TLS, host="127.0.0.1")))


def test_without_starttls_nothing_is_said_in_the_open() -> None:
    with odd_server({"EHLO": "250-x\r\n250 AUTH PLAIN"}) as server:
        said = only(send(server.at(Security.STARTTLS, "desk"), password=Password(SECRET)))
    assert "offers no STARTTLS" in said
    assert "nothing was sent" in said
    assert server.lines == ["ehlo [127.0.0.1]"]


@pytest.mark.parametrize("reply", ["454 TLS not available", "250 OK", "502 no", HANGS_UP, SAYS_NOTHING])
def test_a_server_that_only_promises_starttls_gets_nothing(reply: str) -> None:
    with odd_server({"EHLO": "250-x\r\n250-AUTH PLAIN\r\n250 STARTTLS", "STARTTLS": reply}) as server:
        only(send(server.at(Security.STARTTLS, "desk"), password=Password(SECRET), timeout=0.2))
    assert server.lines == ["ehlo [127.0.0.1]", "STARTTLS"]


def test_what_was_said_before_tls_is_forgotten(trusted: Authority) -> None:
    """Injection: replies that a third party sends ahead of the handshake must not count after it."""
    context = trusted.context()
    listening = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def serve() -> None:
        connection, _ = listening.accept()
        connection.sendall(b"220 x\r\n")
        heard.append(connection.recv(1000))
        connection.sendall(b"250-x\r\n250 STARTTLS\r\n")
        heard.append(connection.recv(1000))
        connection.sendall(b"220 go\r\n250-injected\r\n250 AUTH PLAIN\r\n235 in\r\n")
        try:
            with context.wrap_socket(connection, server_side=True) as secured:
                heard.append(secured.recv(1000))
                secured.sendall(b"250 x\r\n")
                heard.append(secured.recv(1000))
        except OSError:
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    only(send(Server("localhost", listening.getsockname()[1], account="desk"), password=Password(SECRET)))
    thread.join()
    listening.close()
    assert not any(b"AUTH" in line for line in heard)


def test_tls_at_a_port_without_it_and_the_other_way_round(trusted: Authority) -> None:
    with odd_server() as server:
        assert "no TLS with" in only(send(server.at(Security.TLS)))
    with mail_server(tls=trusted.context()) as secured:
        assert "did not answer" in only(send(secured.at(Security.STARTTLS), timeout=0.2))


# ---- logging in ------------------------------------------------------------------------------------------


def test_a_wrong_password(trusted: Authority, capfd: pytest.CaptureFixture[str]) -> None:
    with mail_server(starttls=trusted.context(), account=("desk", "other")) as server:
        reason = only(send(server.at(Security.STARTTLS, "desk"), password=Password(SECRET)))
    assert reason.startswith("the server does not accept the password of the account 'desk': 535")
    assert server.messages == []
    assert SECRET not in reason + "".join(capfd.readouterr())


def test_a_server_that_asks_for_a_login(trusted: Authority) -> None:
    with mail_server(starttls=trusted.context(), account=("desk", SECRET)) as server:
        assert "asks for a login (`account` in briefgen.yaml): 530" in only(send(server.at(Security.STARTTLS)))


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        ("250 x", "offers no login"),
        ("250-x\r\n250 AUTH XOAUTH2 CRAM-MD5", "knows no login with a password, only XOAUTH2 CRAM-MD5"),
    ],
)
def test_a_server_that_we_cannot_log_in_to(offered: str, said: str) -> None:
    with odd_server({"EHLO": offered}) as server:
        assert said in only(send(server.at(account="desk"), password=Password(SECRET)))


def test_logging_in_step_by_step() -> None:
    name, secret = "ZGVzaw==", "aHVudGVyMg=="
    replies = {
        "EHLO": "250-x\r\n250-8BITMIME\r\n250 AUTH LOGIN",
        "AUTH": "334 VXNlcm5hbWU6",
        name.upper(): "334 UGFzc3dvcmQ6",
        secret.upper(): "235 welcome",
    }
    with odd_server(replies) as server:
        assert all(outcome.accepted for outcome in send(server.at(account="desk"), password=Password("hunter2")))
    assert server.lines[1:4] == ["AUTH LOGIN", name, secret]


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_password_that_the_server_repeats_is_not_repeated(mechanism: str) -> None:
    replies = {
        "EHLO": f"250-x\r\n250 AUTH {mechanism}",
        "AUTH": "500 what is PLAIN AGRlc2sAaHVudGVyMg==, hunter2?" if mechanism == "PLAIN" else "334 x",
        "ZGVZAW==": "334 x",
        "AHVUDGVYMG==": "535 no: aHVudGVyMg==",
    }
    with odd_server(replies) as server:
        reason = only(send(server.at(account="desk"), password=Password("hunter2")))
    assert "..." in reason
    for secret in ("hunter2", "aHVudGVyMg", "AGRlc2sAaHVudGVyMg"):
        assert secret not in reason


def test_an_account_without_a_password_is_the_callers_mistake() -> None:
    with odd_server() as server, pytest.raises(ValueError, match="without a password"):
        send(server.at(account="desk"))


# ---- some get it, and some do not ------------------------------------------------------------------------


def test_one_of_three_is_refused() -> None:
    with mail_server(refusals={KIM.address: "550 5.1.1 No such user here"}) as server:
        jane, kim, lam = send(server.at(Security.NONE))
    assert (jane.accepted, kim.accepted, lam.accepted) == (True, False, True)
    assert kim == Outcome(KIM, False, "refused: 550 5.1.1 No such user here")
    assert server.messages[0].recipients == (JANE.address, LAM.address)


def test_one_of_three_has_to_wait() -> None:
    with mail_server(refusals={KIM.address: "450 4.2.0 Greylisted, see you in 5 minutes"}) as server:
        _, kim, _ = send(server.at(Security.NONE))
    assert kim.reason == "not accepted for now; try again later: 450 4.2.0 Greylisted, see you in 5 minutes"


def test_when_all_are_refused_no_message_is_sent() -> None:
    with mail_server(refusals={one.address: f"550 no {one.address}" for one in ALL}) as server:
        outcomes = send(server.at(Security.NONE))
    assert [outcome.reason for outcome in outcomes] == [f"refused: 550 no {one.address}" for one in ALL]
    assert server.messages == []


def test_too_many_at_once_go_in_several_messages() -> None:
    many = [Mailbox(f"n{n}@example.org") for n in range(25)]
    with mail_server(at_once=10, refusals={"n3@example.org": "550 no"}) as server:
        outcomes = send(server.at(Security.NONE), many)
    assert [outcome.accepted for outcome in outcomes] == [n != 3 for n in range(25)]
    assert [len(message.recipients) for message in server.messages] == [10, 10, 4]


def test_a_server_that_takes_nobody_is_not_asked_for_ever() -> None:
    with mail_server(at_once=0) as server:
        assert "452" in only(send(server.at(Security.NONE)))
    assert server.messages == []


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("554 5.7.1 looks like spam", "refused: 554 5.7.1 looks like spam"),
        ("451 4.3.0 later", "not accepted for now; try again later: 451 4.3.0 later"),
    ],
)
def test_a_message_that_is_refused_at_its_end(verdict: str, said: str) -> None:
    with mail_server(verdict=verdict) as server:
        assert only(send(server.at(Security.NONE))) == said


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ({"": "554 go away"}, "refused: 554 go away"),
        ({"": "421 too busy"}, "the server ended the conversation; try again later: 421 too busy"),
        ({"": "HTTP/1.1 400 Bad Request"}, "no answer of a mail server"),
        ({"": "220"}, ""),
        ({"EHLO": "421 bye"}, "421 bye"),
        ({"EHLO": "502 no", "HELO": "502 no"}, "refused: 502 no"),
        ({"MAIL": "550 not you"}, "refused: 550 not you"),
        ({"MAIL": "421 bye"}, "try again later: 421 bye"),
        ({"DATA": "451 later"}, "try again later: 451 later"),
        ({"DATA": "250 OK"}, "refused: 250 OK"),
        ({"": HANGS_UP}, "broke off"),
        ({"EHLO": HANGS_UP}, "broke off"),
        ({"MAIL": HANGS_UP}, "broke off"),
        ({"RCPT": HANGS_UP}, "broke off"),
        ({"DATA": HANGS_UP}, "broke off"),
        ({"": SAYS_NOTHING}, "did not answer within 0.2 seconds"),
        ({"MAIL": SAYS_NOTHING}, "did not answer within 0.2 seconds"),
        ({"DATA": SAYS_NOTHING}, "did not answer within 0.2 seconds"),
        ({"MAIL": "250" + "x" * 9000}, "500"),
    ],
)
def test_a_server_that_gives_up(replies: dict[str, str], said: str) -> None:
    with odd_server(replies) as server:
        outcomes = send(server.at(), timeout=0.2)
    if said:
        assert said in only(outcomes)


def test_a_refusal_is_kept_when_the_server_gives_up_later() -> None:
    with odd_server({"RCPT": ["550 no Jane", "421 bye"]}) as server:
        reasons = [outcome.reason for outcome in send(server.at())]
    assert reasons[0] == "refused: 550 no Jane"
    assert reasons[1] == reasons[2] == "the server ended the conversation; try again later: 421 bye"
    assert "DATA" not in server.lines


def test_a_drop_in_the_middle_of_the_message_delivers_nothing() -> None:
    with odd_server(reads=50_000) as server:
        said = only(send(server.at(), message=draft(attached=9_000_000)))
    assert said.endswith("before it had the whole message")


@pytest.mark.parametrize("reply", [HANGS_UP, SAYS_NOTHING])
def test_silence_after_the_message_leaves_it_open_whether_it_was_delivered(reply: str) -> None:
    with odd_server({".": reply}) as server:
        outcomes = send(server.at(), patience=0.2)
    assert only(outcomes).endswith("after it had the whole message")
    assert all(str(outcome).startswith("not known whether it was delivered: ") for outcome in outcomes)
    assert server.message.startswith(b"From: The desk")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("RCPT", "not delivered: you interrupted the conversation with 127.0.0.1:"),
        (".", "not known whether it was delivered: you interrupted"),
    ],
)
def test_who_interrupts_is_told_where_it_stands(step: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    replies = iter(["220", "ehlo", "MAIL", "RCPT", "RCPT", "RCPT", "DATA", "."])
    reply_of = smtplib.SMTP.getreply

    def interrupted(smtp: smtplib.SMTP) -> tuple[int, bytes]:
        if next(replies, None) == step:
            raise KeyboardInterrupt
        return reply_of(smtp)

    monkeypatch.setattr(smtplib.SMTP, "getreply", interrupted)
    with odd_server() as server:
        outcomes = send(server.at())
    assert not any(outcome.accepted for outcome in outcomes)
    assert all(str(outcome).startswith(said) for outcome in outcomes)


def test_those_who_were_to_get_it_later_are_not_forgotten_when_it_fails() -> None:
    with odd_server({"RCPT": ["250 OK", "452 too many"], ".": HANGS_UP}) as server:
        jane, kim, lam = send(server.at())
    assert jane.unknown
    assert "broke off" in kim.reason
    assert kim.reason == lam.reason
    assert [line.split(":")[0] for line in server.lines].count("MAIL FROM") == 1


def test_a_slow_server_is_waited_for_after_the_message() -> None:
    begun = time.monotonic()
    with odd_server({".": SAYS_NOTHING}) as server:
        said = only(send(server.at(), timeout=0.1, patience=0.5))
    assert "did not answer within 0.5 seconds" in said
    assert 0.5 <= time.monotonic() - begun < 3


def test_a_server_that_does_not_say_goodbye_changes_nothing() -> None:
    with odd_server({"QUIT": HANGS_UP}) as server:
        assert all(outcome.accepted for outcome in send(server.at()))


def test_a_servers_words_cannot_steer_a_terminal() -> None:
    with odd_server({"RCPT": "550-\x1b[2J\x07no\r\n550 \u202euser\t\udcff" + "x" * 1000}) as server:
        said = only(send(server.at()))
    assert said.startswith("refused: 550 [2J no user \ufffdxxx")
    assert said.isprintable()
    assert len(said) < 350


# ---- no server -------------------------------------------------------------------------------------------


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert f"nothing answers at 127.0.0.1:{port}" in only(send(Server("127.0.0.1", port, Security.NONE)))


def test_a_name_that_there_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", find)
    assert "no server mail.invalid was found" in only(send(Server("mail.invalid", 587)))


def test_no_way_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert "cannot be reached (Network is unreachable)" in only(send(Server("mail.example.org", 587)))


# ---- passwords and addresses are not for everybody -------------------------------------------------------


def test_a_password_does_not_show_itself() -> None:
    password = Password(SECRET)
    assert SECRET not in f"{password} {password!r} {[password]} {(Server('localhost', 25), password)!s}"


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org>\r\nRCPT TO:<evil@example.org",
        "a@example.org> SIZE=1",
        "a@example.org\n",
        "a b@example.org",
        "<a@example.org>",
        "a@example.org\0",
        "",
        "a@exämple.org",
        "a@example.org,evil@example.org",
    ],
)
def test_what_is_no_address_never_reaches_a_server(address: str) -> None:
    with odd_server() as server:
        for sender, recipient in ((Mailbox(address), JANE), (DESK, Mailbox(address))):
            with pytest.raises(ValueError, match=r"address|character|domain"):
                deliver(draft(), sender, [JANE, recipient], server.at())
    assert server.lines == []


def test_what_a_server_has_seen_is_all_there_is(trusted: Authority) -> None:
    """A negative control: the test's server tells an untrue message from the true one."""
    with mail_server() as server:
        send(server.at(Security.NONE), message=draft("other"))
    assert isinstance(server, MailServer)
    assert server.messages[0].contents != without(draft(), b"X-Unsent", b"Bcc")
