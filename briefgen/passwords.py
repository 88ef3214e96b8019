"""The password of the mail account: from the environment or the system's keyring, and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefgen.errors import BriefgenError, Location, Problem
from briefgen.mail_settings import KEYRING_SERVICE, PASSWORD_VARIABLE


@dataclass(frozen=True, slots=True)
class Password:
    """A secret that is not shown when it is printed, logged or part of a traceback."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The secret itself, for the server alone."""
        return self._text


def find_password(account: str, environment: Mapping[str, str], place: Location | None = None) -> Password:
    """The password of a mail account: from the environment, or else from the system's keyring.

    Args:
        account: whom the keyring knows it by.
        environment: the process's environment variables.
        place: where the account is named, for the message.

    Raises:
        BriefgenError: `no-mail-password`; the hints name both ways.
    """
    if text := environment.get(PASSWORD_VARIABLE):
        return Password(text)
    text, found = _from_keyring(account)
    if text:
        return Password(text)
    message = f"there is no password for the mail account {account!r}: {PASSWORD_VARIABLE} is not set, and {found}"
    raise BriefgenError(Problem("no-mail-password", message, place, hints=_ways(account)))


def _from_keyring(account: str) -> tuple[str | None, str]:
    """The password, or why there is none."""
    try:
        import keyring
        from keyring.errors import KeyringError, NoKeyringError
    except ModuleNotFoundError as error:
        if error.name != "keyring":
            raise
        return None, "the package for the system's keyring is not installed"
    try:
        return keyring.get_password(KEYRING_SERVICE, account), "the system's keyring has none"
    except NoKeyringError:
        return None, "this system has no keyring"
    except KeyringError as error:
        return None, f"the system's keyring did not open ({error or type(error).__name__})"


def _ways(account: str) -> tuple[str, str]:
    return (
        f"set the environment variable {PASSWORD_VARIABLE}",
        f"or keep it in the system's keyring: `pip install 'briefgen[keyring]'` and `keyring set {KEYRING_SERVICE} "
        f"{account}`",
    )
