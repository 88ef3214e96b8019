"""What went wrong on the way to a mail server, in words for who sends."""

from __future__ import annotations

import smtplib
import socket
import ssl

from briefgen.delivery.conversation import refusal
from briefgen.mail_settings import Server

_EXPIRED = 10
_NOT_YET_VALID = 9
_OF_UNKNOWN_ORIGIN = (2, 18, 19, 20, 21)
_MADE_OUT_TO_OTHERS = (62, 64)
"""OpenSSL's verification results, X509_V_ERR_…"""


def reason(error: OSError | KeyboardInterrupt, server: Server, timeout: float) -> str:
    """Why a conversation with a server failed, without a full stop.

    Args:
        error: of the network, of TLS, or of smtplib (whose errors are OSErrors too), or the user's impatience.
        timeout: seconds that the server had to answer.
    """
    cause = error.__context__  # smtplib takes a silent server for one that hung up
    match error:
        case KeyboardInterrupt():
            return f"you interrupted the conversation with {server}"
        case ssl.SSLCertVerificationError():
            return f"{_certificate(error, server)}; nothing was sent"
        case smtplib.SMTPServerDisconnected() if isinstance(cause, (TimeoutError, ssl.SSLError)):
            return reason(cause, server, timeout)
        case smtplib.SMTPResponseException():
            reply = error.smtp_error
            return refusal(error.smtp_code, reply if isinstance(reply, bytes) else reply.encode())
        case TimeoutError():
            return f"{server} did not answer within {timeout:g} seconds"
        case socket.gaierror():
            return f"no server {server.host} was found: its name is wrong, or there is no network"
        case ConnectionRefusedError():
            return f"nothing answers at {server}: the server is not running, or its port is another"
        case smtplib.SMTPServerDisconnected() | ConnectionError() | ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return f"{server} broke off"
        case ssl.SSLError():
            return f"no TLS with {server} ({(error.reason or 'unknown').replace('_', ' ').lower()}); {_OTHER_WAY}"
        case _:
            return f"{server} cannot be reached ({error.strerror or error})"


_OTHER_WAY = "`security` in briefgen.yaml is `tls` for a port such as 465, `starttls` for one such as 587"


def _certificate(error: ssl.SSLCertVerificationError, server: Server) -> str:
    match error.verify_code:
        case code if code in _MADE_OUT_TO_OTHERS:
            return f"the certificate at {server} is not {server.host}'s but another server's"
        case code if code == _EXPIRED:
            return f"the certificate of {server} has expired"
        case code if code == _NOT_YET_VALID:
            return f"the certificate of {server} is not valid yet; is this computer's clock right?"
        case code if code in _OF_UNKNOWN_ORIGIN:
            return (
                f"the certificate of {server} is vouched for by nobody whom this computer trusts "
                f"({error.verify_message}); SSL_CERT_FILE may name a file of your organisation's own authority"
            )
        case _:
            return f"the certificate of {server} is not valid ({error.verify_message})"
