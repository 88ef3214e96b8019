"""`briefgen email … --send` from end to end: what the command says, what arrives, and what stays."""

from __future__ import annotations

import base64
import email
import email.policy
import functools
import logging
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefgen import delivery
from briefgen.mail_settings import Security
from tests.mail_server import DAY, HANGS_UP, SAYS_NOTHING, Authority, authority, mail_server, odd_server
from tests.program import Program, Result

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")

SECRET = "mật khẩu hunter2"
TO = "Jane Doe <jane@example.org>"
THREE = f"{TO}, kim@example.com, Tô Lâm <lam@example.net>"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def trusted(known: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    monkeypatch.setenv("SSL_CERT_FILE", str(known.certificate))
    return known


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for half a minute."""
    in_a_hurry = functools.partial(delivery.deliver, timeout=5, patience=5)
    monkeypatch.setattr(delivery, "deliver", in_a_hurry)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_MAIL_PASSWORD", SECRET)


@pytest.fixture
def note(desk: Path) -> Path:
    path = desk / "bản tin.txt"
    path.write_text("Xin chào.\n.\nTạm biệt.\n", encoding="utf-8")
    return path


def configure(desk: Path, port: int, security: str = "none", more: str = "") -> None:
    host = "localhost"
    text = f"mail:\n  from: Bàn Hàn Quốc <desk@example.org>\n  server: {host}:{port}\n  security: {security}\n{more}"
    (desk / "briefgen.yaml").write_text(text, encoding="utf-8")


ACCOUNT = "  account: desk\n"


def send(briefgen: Program, to: str = THREE, *more: str) -> Result:
    marking = ("--marking", "TLP:CLEAR")
    result = briefgen(
        "email", "--attach", "bản tin.txt", "--to", to, *marking, "-o", "draft.eml", "--send", "--yes", *more
    )
    for secret in (SECRET, base64.b64encode(SECRET.encode()).decode()):
        assert secret not in result.out + result.err
    return result


def as_it_should_arrive(draft: bytes) -> bytes:
    """The draft, read by Python's email instead of by us, less what is not sent."""
    header, _, body = draft.partition(b"\r\n\r\n")
    fields = email.message_from_bytes(header + b"\r\n\r\n", policy=email.policy.compat32)
    kept, removed = [], []
    for line in header.split(b"\r\n"):
        if not line.startswith((b" ", b"\t")):
            skipping = line.split(b":")[0] in (b"Bcc", b"X-Unsent")
        (removed if skipping else kept).append(line)
    assert len(kept) + len(removed) == len(header.split(b"\r\n"))
    assert bool(removed) == bool({"Bcc", "X-Unsent"} & set(fields.keys()))
    return b"\r\n".join(kept) + b"\r\n\r\n" + body


# ---- it arrives ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", Security)
def test_what_arrives_is_the_draft(security: Security, note: Path, trusted: Authority, briefgen: Program) -> None:
    way = {Security.TLS: "tls", Security.STARTTLS: "starttls"}.get(security)
    context = {way: trusted.context()} if way else {}
    with mail_server(**context, account=("desk", SECRET)) as server:  # type: ignore[arg-type]
        configure(note.parent, server.port, security, ACCOUNT)
        result = send(briefgen, TO, "--cc", "kim@example.com", "--bcc", "lam@example.net")
    assert (result.status, result.err) == (0, "")
    for address in ("jane@example.org", "kim@example.com", "lam@example.net"):
        assert any(address in line and "accepted by localhost: 250 OK" in line for line in result.out.splitlines())
    (received,) = server.messages
    draft = (note.parent / "draft.eml").read_bytes()
    assert b"X-Unsent: 1" in draft
    assert b"lam@example.net" in draft
    assert received.contents == as_it_should_arrive(draft)
    assert b"lam@example.net" not in received.contents
    assert (received.sender, received.recipients) == (
        "desk@example.org",
        ("jane@example.org", "kim@example.com", "lam@example.net"),
    )
    assert server.encrypted == [security is not Security.NONE]
    assert server.logins == [("desk", SECRET)]
    message = email.message_from_bytes(received.contents, policy=email.policy.strict)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == note.name
    assert attached.get_payload(decode=True) == note.read_bytes()


def test_ten_megabytes_arrive(note: Path, briefgen: Program) -> None:
    (note.parent / "bản tin.txt").write_bytes(b"Xin ch\xc3\xa0o.\n" * 700_000)
    with mail_server() as server:
        configure(note.parent, server.port)
        assert send(briefgen).status == 0
    assert len(server.messages[0].contents) > 10_000_000
    assert server.messages[0].contents == as_it_should_arrive((note.parent / "draft.eml").read_bytes())


def test_a_brief_goes_out(desk: Path, briefgen: Program) -> None:
    with mail_server() as server:
        configure(desk, server.port)
        result = briefgen("email", "investor", "--pdf", "--to", TO, "--send", "--yes")
    assert result.status == 0, result.err
    message = email.message_from_bytes(server.messages[0].contents, policy=email.policy.strict)
    assert isinstance(message, EmailMessage)
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_payload(decode=True)[:5] == b"%PDF-"  # type: ignore[index]


def test_the_password_may_come_from_the_keyring(
    note: Path, trusted: Authority, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    monkeypatch.delenv("BRIEFGEN_MAIL_PASSWORD")
    monkeypatch.setattr(
        keyring, "get_password", lambda service, user: {("briefgen:localhost", "desk"): SECRET}[service, user]
    )
    with mail_server(starttls=trusted.context(), account=("desk", SECRET)) as server:
        configure(note.parent, server.port, "starttls", ACCOUNT)
        assert send(briefgen).status == 0
    assert len(server.messages) == 1


# ---- it does not, or not to all --------------------------------------------------------------------------


def lost(result: Result, desk: Path, *said: str) -> None:
    """Nobody got it: the command says why for each, exits 1 and keeps the draft."""
    assert result.status == 1
    for address in ("jane@example.org", "kim@example.com", "lam@example.net"):
        (line,) = [line for line in result.out.splitlines() if address in line]
        assert "not delivered" in line or "not known whether" in line
        for words in said:
            assert words in line
    assert "Traceback" not in result.err
    assert (desk / "draft.eml").read_bytes().startswith(b"X-Unsent: 1\r\n")


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ({"self_signed": True}, "vouched for by nobody"),
        ({"begins": -2 * DAY, "ends": -DAY}, "has expired"),
        ({"name": "mail.example.org"}, "another server's"),
    ],
)
def test_a_wrong_certificate(
    certificate: dict[str, object], said: str, security: Security, note: Path, trusted: Authority, briefgen: Program
) -> None:
    context = {str(security): trusted.context(**certificate)}  # type: ignore[arg-type]
    with mail_server(**context, account=("desk", SECRET)) as server:  # type: ignore[arg-type]
        configure(note.parent, server.port, security, ACCOUNT)
        lost(send(briefgen), note.parent, said, "nothing was sent")
    assert (server.messages, server.logins) == ([], [])


def test_a_wrong_password(note: Path, trusted: Authority, briefgen: Program, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(starttls=trusted.context(), account=("desk", "other")) as server:
        configure(note.parent, server.port, "starttls", ACCOUNT)
        lost(send(briefgen), note.parent, "does not accept the password of the account 'desk'")
    assert server.messages == []
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.")]
    assert SECRET not in "".join(ours)


def test_no_password(note: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    monkeypatch.delenv("BRIEFGEN_MAIL_PASSWORD")
    monkeypatch.setattr(keyring, "get_password", lambda *_: None)
    with odd_server() as server:
        configure(note.parent, server.port, "none", ACCOUNT)
        result = send(briefgen)
    assert result.status == 1
    assert "error[no-mail-password]" in result.err
    assert "BRIEFGEN_MAIL_PASSWORD" in result.err
    assert "keyring set briefgen:localhost desk" in result.err
    assert server.lines == []


def test_one_of_three_is_refused(note: Path, briefgen: Program) -> None:
    with mail_server(refusals={"kim@example.com": "550 5.1.1 No such user"}) as server:
        configure(note.parent, server.port)
        result = send(briefgen)
    assert result.status == 1
    jane, kim, lam = [line for line in result.out.splitlines() if "@example." in line]
    assert "accepted" in jane
    assert "accepted" in lam
    assert "not delivered: refused: 550 5.1.1 No such user" in kim
    assert "accepted for 2 of 3 recipients; the draft is kept" in result.err
    assert server.messages[0].recipients == ("jane@example.org", "lam@example.net")
    assert (note.parent / "draft.eml").exists()


def test_a_server_without_starttls_gets_nothing(note: Path, briefgen: Program) -> None:
    with odd_server({"EHLO": "250-x\r\n250 AUTH PLAIN LOGIN"}) as server:
        configure(note.parent, server.port, "starttls", ACCOUNT)
        lost(send(briefgen), note.parent, "offers no STARTTLS", "nothing was sent")
    assert server.lines == ["ehlo [127.0.0.1]"]


def test_a_drop_in_the_middle_of_the_message(note: Path, briefgen: Program) -> None:
    note.write_bytes(b"x" * 9_000_000)
    with odd_server(reads=50_000) as server:
        configure(note.parent, server.port)
        lost(send(briefgen), note.parent, "not delivered: ", "before it had the whole message")


@pytest.mark.parametrize("reply", [HANGS_UP, SAYS_NOTHING])
def test_nothing_is_said_after_the_message(
    reply: str, note: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "deliver", functools.partial(delivery.deliver, patience=0.3))
    with odd_server({".": reply}) as server:
        configure(note.parent, server.port)
        lost(send(briefgen), note.parent, "not known whether it was delivered")


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ({"": "421 too busy"}, "try again later: 421 too busy"),
        ({"MAIL": HANGS_UP}, "broke off"),
        ({"RCPT": SAYS_NOTHING}, "did not answer within 0.3 seconds"),
        ({".": "552 too large"}, "refused: 552 too large"),
        ({"EHLO": "250-x\r\n250 SIZE 100"}, "takes at most"),
    ],
)
def test_a_server_that_gives_up(
    replies: dict[str, str], said: str, note: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "deliver", functools.partial(delivery.deliver, timeout=0.3))
    with odd_server(replies) as server:
        configure(note.parent, server.port)
        lost(send(briefgen), note.parent, said)


def test_a_message_to_somebody_who_may_not_see_it_reaches_no_server(note: Path, briefgen: Program) -> None:
    with mail_server() as server:
        configure(note.parent, server.port, more='  clearances: {"@example.org": TLP:AMBER}\n')
        result = send(briefgen, THREE, "--marking", "TLP:AMBER")
        assert result.status == 1
        assert "kim@example.com" in result.err
        assert not (note.parent / "draft.eml").exists()
        cleared = send(briefgen, TO, "--marking", "TLP:AMBER")
        assert cleared.status == 0
    assert [message.recipients for message in server.messages] == [("jane@example.org",)]
