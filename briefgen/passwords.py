"""The password of the mail account: from the environment or the system's keyring, and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefgen.errors import BriefgenError, Location, Problem
from briefgen.mail_settings import PASSWORD_VARIABLE, Server


@dataclass(frozen=True, slots=True)
class Password:
    """A secret that is not shown when it is printed, logged or part of a traceback."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The secret itself, for the server alone."""
        return self._text


def find_password(
    account: str, server: Server, environment: Mapping[str, str], place: Location | None = None
) -> Password:
    """The password of a mail account: from the environment, or else from the system's keyring.

    The keyring has it under the server's name, so that a workspace which names another server does not get it.

    Args:
        account, server: whom the keyring knows it by.
        environment: the process's environment variables.
        place: where the account is named, for the message.

    Raises:
        BriefgenError: `no-mail-password`; the hints name both ways.
    """
    if text := environment.get(PASSWORD_VARIABLE):
        return Password(text)
    text, found = _from_keyring(account, server)
    if text:
        return Password(text)
    message = f"there is no password for the mail account {account!r}: {PASSWORD_VARIABLE} is not set, and {found}"
    raise BriefgenError(Problem("no-mail-password", message, place, hints=_ways(account, server)))


def _from_keyring(account: str, server: Server) -> tuple[str | None, str]:
    """The password, or why there is none."""
    try:
        import keyring
        from keyring.errors import KeyringError, NoKeyringError
    except ModuleNotFoundError as error:
        if error.name != "keyring":
            raise
        return None, "the package for the system's keyring is not installed"
    try:
        return keyring.get_password(keyring_service(server), account), "the system's keyring has none"
    except NoKeyringError:
        return None, "this system has no keyring"
    except KeyringError as error:
        return None, f"the system's keyring did not open ({error or type(error).__name__})"


def keyring_service(server: Server) -> str:
    """The name of a mail server's accounts in the keyring."""
    return f"briefgen:{server.host.lower()}"


def _ways(account: str, server: Server) -> tuple[str, str]:
    service = keyring_service(server)
    return (
        f"set the environment variable {PASSWORD_VARIABLE}",
        f"or keep it in the system's keyring: `pip install 'briefgen[keyring]'` and `keyring set {service} {account}`",
    )
