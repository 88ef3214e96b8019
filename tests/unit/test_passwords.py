"""The password of the mail account: where it is looked for, and what is said when it is nowhere."""

from __future__ import annotations

import sys
from dataclasses import replace

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from briefgen.errors import BriefgenError, Problem
from briefgen.mail_settings import Security, Server
from briefgen.passwords import Password, find_password

SERVER = Server("mail.example.org", 587, Security.STARTTLS, "desk")


class Memory(KeyringBackend):
    """A keyring that is not the user's own."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, passwords: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self.passwords = passwords

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("briefgen writes nothing into a keyring")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("briefgen removes nothing from a keyring")


class Locked(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the user said no")


@pytest.fixture(autouse=True)
def own_keyring() -> object:
    """No test looks into the keyring of whoever runs it."""
    before = keyring.get_keyring()
    keyring.set_keyring(Memory({("briefgen:mail.example.org", "desk"): "from the keyring"}))
    yield
    keyring.set_keyring(before)


def problem(account: str = "desk") -> Problem:
    with pytest.raises(BriefgenError) as error:
        find_password(account, SERVER, {})
    (found,) = error.value.problems
    assert found.code == "no-mail-password"
    return found


def test_the_environment_counts_before_the_keyring() -> None:
    assert find_password("desk", SERVER, {"BRIEFGEN_MAIL_PASSWORD": "from outside"}).reveal() == "from outside"
    assert find_password("desk", SERVER, {}).reveal() == "from the keyring"
    assert find_password("desk", SERVER, {"BRIEFGEN_MAIL_PASSWORD": ""}).reveal() == "from the keyring"


def test_a_password_is_taken_letter_for_letter() -> None:
    assert find_password("desk", SERVER, {"BRIEFGEN_MAIL_PASSWORD": " mật khẩu\t"}).reveal() == " mật khẩu\t"


def test_what_is_missing_is_told_with_both_ways() -> None:
    found = problem("kim")
    assert "the system's keyring has none" in found.message
    assert "BRIEFGEN_MAIL_PASSWORD" in found.hints[0]
    assert "briefgen[keyring]" in found.hints[1]
    assert "keyring set briefgen:mail.example.org kim" in found.hints[1]


def test_another_server_does_not_get_the_password() -> None:
    with pytest.raises(BriefgenError, match="the system's keyring has none"):
        find_password("desk", replace(SERVER, host="mail.elsewhere.example"), {})
    assert find_password("desk", replace(SERVER, host="MAIL.example.org"), {}).reveal() == "from the keyring"


def test_a_system_without_a_keyring() -> None:
    keyring.set_keyring(NoKeyring())
    assert "this system has no keyring" in problem().message


def test_a_keyring_that_does_not_open() -> None:
    keyring.set_keyring(Locked({}))
    assert "did not open (the user said no)" in problem().message


def test_without_the_package_the_environment_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert find_password("desk", SERVER, {"BRIEFGEN_MAIL_PASSWORD": "x"}).reveal() == "x"
    monkeypatch.delitem(sys.modules, "keyring")
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", [])
    assert "is not installed" in problem().message


@pytest.mark.parametrize("shown", [str, repr, "{}".format, lambda password: f"{[password]!r}"])
def test_a_password_does_not_show_itself(shown: object) -> None:
    assert callable(shown)
    assert "hunter2" not in shown(Password("hunter2"))
