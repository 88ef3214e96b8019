"""The map `mail:` of briefgen.yaml: what it may say, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.errors import BriefgenError, Problem, format_problem
from briefgen.evidence import Marking
from briefgen.mail_settings import MailSettings, Security, Server, is_loopback
from briefgen.mailboxes import Mailbox
from briefgen.workspace import read_settings


def settings(folder: Path, text: str) -> MailSettings:
    (folder / "briefgen.yaml").write_text(text, encoding="utf-8")
    return read_settings(folder).mail


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(BriefgenError) as error:
        settings(folder, text)
    return error.value.problems


def problem(folder: Path, text: str) -> Problem:
    (found,) = problems(folder, text)
    return found


# ---- what is read ----------------------------------------------------------------------------------------


def test_without_the_map_nothing_is_known(tmp_path: Path) -> None:
    assert settings(tmp_path, "audience: press\n") == MailSettings()
    assert read_settings(None).mail == MailSettings()


def test_all_of_it(tmp_path: Path) -> None:
    text = """\
        mail:
          from: Bàn Hàn Quốc <desk@example.org>
          server: mail.example.org:2525
          security: starttls
          account: desk
          clearances:
            Jane@Example.org: TLP:RED
            "@gov.example": TLP:AMBER+STRICT
        """
    found = settings(tmp_path, text)
    assert found.sender == Mailbox("desk@example.org", "Bàn Hàn Quốc")
    assert found.server == Server("mail.example.org", 2525, Security.STARTTLS, "desk")
    assert found.clearances == {"jane@example.org": Marking.RED, "@gov.example": Marking.AMBER_STRICT}
    assert found.location is not None
    assert (found.location.path, found.location.line) == (tmp_path / "briefgen.yaml", 2)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("server: mail.example.org", Server("mail.example.org", 587, Security.STARTTLS)),
        ("{server: mail.example.org, security: tls}", Server("mail.example.org", 465, Security.TLS)),
        ("server: mail.example.org:465", Server("mail.example.org", 465, Security.TLS)),
        (
            "{server: 'mail.example.org:465', security: starttls}",
            Server("mail.example.org", 465, Security.STARTTLS),
        ),
        ("{server: localhost:8025, security: none}", Server("localhost", 8025, Security.NONE)),
        ("{server: '127.0.0.1', security: none}", Server("127.0.0.1", 25, Security.NONE)),
        ("{server: '[::1]:8025', security: none}", Server("::1", 8025, Security.NONE)),
        ("server: '[2001:db8::1]'", Server("2001:db8::1", 587)),
        ("server: MAIL.Bücher.example.", Server("mail.xn--bcher-kva.example", 587)),
        ("server: mailhost", Server("mailhost", 587)),
    ],
)
def test_servers(lines: str, expected: Server, tmp_path: Path) -> None:
    indented = lines if lines.startswith("{") else f"\n  {lines}"
    assert settings(tmp_path, f"mail: {indented}\n").server == expected


def test_a_server_reads_as_it_is_written() -> None:
    assert str(Server("mail.example.org", 587)) == "mail.example.org:587"
    assert str(Server("::1", 8025)) == "[::1]:8025"


# ---- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["form", "sever", "securty", "acount", "clearence"])
def test_a_misspelt_key_is_found_at_its_place(key: str, tmp_path: Path) -> None:
    found = problem(tmp_path, f"mail:\n  from: a@example.org\n  {key}: x\n")
    assert found.code == "unknown-key"
    assert found.location is not None
    assert (found.location.line, found.location.column) == (3, 3)
    assert found.hints[0].startswith("did you mean")


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("mail.example.org:0", "not a port"),
        ("mail.example.org:65536", "not a port"),
        ("'mail.example.org:'", "not a port"),
        ("mail.example.org:smtp", "not a port"),
        ("mail.example.org:٥٨٧", "not a port"),
        ("'[::1]:x'", "not a port"),
        ("'[::g]'", "not an IPv6 address"),
        ("'[fe80::1%eth0]'", "not an IPv6 address"),
        ("'::1'", "brackets"),
        ("mail.straße.example", "may stand for two domains"),
        ("mail example org", "not a server's name"),
        ("mail..example.org", "not a server's name"),
        ("-mail.example.org", "not a server's name"),
        ("mail.example.org/x", "not a server's name"),
        ("1.2.3", "not a server's name"),
        ("300.1.1.1", "not a server's name"),
        (f"{'a' * 64}.example.org", "not a server's name"),
        (".".join(["a" * 60] * 5), "not a server's name"),
    ],
)
def test_what_is_no_server(server: str, said: str, tmp_path: Path) -> None:
    found = problem(tmp_path, f"mail:\n  server: {server}\n")
    assert found.code == "wrong-value"
    assert said in found.message
    assert found.location is not None
    assert found.location.line == 2


def test_an_unknown_security_names_those_there_are(tmp_path: Path) -> None:
    found = problem(tmp_path, "mail:\n  server: mail.example.org\n  security: ssl\n")
    assert found.code == "wrong-value"
    assert "starttls, tls, none" in found.message


@pytest.mark.parametrize("host", ["mail.example.org", "10.0.0.1", "'[2001:db8::1]'", "localhost.example.org"])
def test_only_this_machine_may_be_spoken_to_in_the_open(host: str, tmp_path: Path) -> None:
    found = problem(tmp_path, f"mail:\n  server: {host}\n  security: none\n")
    assert "in the open" in found.message
    assert found.location is not None
    assert found.location.line == 3


def test_no_server_in_the_open_can_even_be_made() -> None:
    with pytest.raises(ValueError, match="in the open"):
        Server("mail.example.org", 25, Security.NONE)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("key", ["security: tls", "account: desk"])
def test_what_belongs_to_a_server_needs_one(key: str, tmp_path: Path) -> None:
    assert problem(tmp_path, f"mail:\n  {key}\n").code == "missing-key"


@pytest.mark.parametrize(
    "sender", ["desk", "desk@", "Desk <desk@example.org", '"a\\r\\nBcc: x@y.org <desk@example.org>"']
)
def test_a_sender_that_is_no_mailbox(sender: str, tmp_path: Path) -> None:
    assert problems(tmp_path, f"mail:\n  from: {sender}\n")[0].code in ("wrong-value", "forbidden-character")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("jane: TLP:RED", "wrong-value"),
        ("example.org: TLP:RED", "wrong-value"),
        ("'@example': TLP:RED", "wrong-value"),
        ("jane@example.org: RED", "wrong-value"),
        ("jane@example.org: {}", "wrong-type"),
    ],
)
def test_what_clears_nobody(line: str, code: str, tmp_path: Path) -> None:
    found = problem(tmp_path, f"mail:\n  clearances:\n    {line}\n")
    assert found.code == code
    assert found.location is not None
    assert found.location.line == 3


def test_an_address_is_cleared_once(tmp_path: Path) -> None:
    text = "mail:\n  clearances:\n    a@example.org: TLP:RED\n    A@example.org: TLP:CLEAR\n"
    assert problem(tmp_path, text).code == "duplicate-key"


def test_many_mistakes_are_said_at_once(tmp_path: Path) -> None:
    text = "mail:\n  from: x\n  server: ':'\n  security: y\n  clearances: {z: TLP:RED}\n  w: v\n"
    assert len(problems(tmp_path, text)) == 5


# ---- passwords -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "mail:\n  server: mail.example.org\n  password: hunter2\n",
        "mail: {server: mail.example.org, Password: hunter2}\n",
        "password: hunter2\n",
        "mail:\n  passwd: [hunter2]\n",
    ],
)
def test_a_password_is_refused_and_not_shown(text: str, tmp_path: Path) -> None:
    found = problem(tmp_path, text)
    assert found.code == "password-in-file"
    assert "hunter2" not in format_problem(found)
    assert f"line {text[: text.lower().index('passw')].count(chr(10)) + 1}" in found.message
    assert any("BRIEFGEN_MAIL_PASSWORD" in hint for hint in found.hints)
    assert any("keyring set briefgen" in hint for hint in found.hints)


def test_a_password_in_the_servers_name_is_not_repeated(tmp_path: Path) -> None:
    for server in ("smtp://desk:hunter2@mail.example.org", "desk:hunter2@mail.example.org"):
        found = problem(tmp_path, f"mail:\n  server: {server}\n")
        assert found.message == "line 2: `server`: write the server's name alone, such as mail.example.org:587"
        assert "hunter2" not in format_problem(found)
