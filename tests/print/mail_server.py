"""A real SMTP server in this process, with TLS and logins, for the tests."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from store.domain.mail import MailSecurity, MailServer


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost and return it with its key."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


@dataclass
class Inbox:
    """What the server got, and how it answers."""

    port: int = 0
    letters: list[tuple[tuple[str, ...], EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Addresses that it knows nobody under."""
    too_large: set[str] = field(default_factory=set)
    """Addresses whose letters it refuses when it has read them."""
    hang_up_on: set[str] = field(default_factory=set)
    """Addresses at whose letters it closes the connection."""
    hang_up_after: int | None = None
    """So many letters a connection; then it is closed."""
    connections: int = 0

    def server(self, security: MailSecurity = MailSecurity.NONE, **options: Any) -> MailServer:
        known = {"host": "localhost", "port": self.port, "sender": "Magazyn Żółw <magazyn@example.com>"}
        return MailServer(**(known | {"security": security, "timeout": 5.0} | options))

    async def handle_EHLO(  # noqa: N802 - the server's name for it
        self, server: Any, session: Session, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        if not session.host_name:
            self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 nobody here of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        to = tuple(envelope.rcpt_tos)
        if self.hang_up_on & set(to):
            server.transport.abort()  # type: ignore[union-attr]
            return "421 gone"
        if self.too_large & set(to):
            return "552 5.3.4 too large"
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((to, letter))  # type: ignore[arg-type]
        session.letters = getattr(session, "letters", 0) + 1
        if self.hang_up_after == session.letters:
            server.loop.call_soon(server.transport.close)  # type: ignore[union-attr]
        return "250 taken"


@contextmanager
def mail_server(
    *,
    certificate: tuple[Path, Path] | None = None,
    begins_with_tls: bool = False,
    login: tuple[str, str] = ("", ""),
) -> Iterator[Inbox]:
    """Run the server on a free port; with a `certificate` it knows TLS, with a `login` it asks for one."""
    inbox = Inbox()
    context: ssl.SSLContext | None = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        fits = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == login
        return AuthResult(success=fits, handled=False)

    with socket.create_server(("127.0.0.1", 0)) as free:
        inbox.port = free.getsockname()[1]
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": inbox.port}
    if begins_with_tls:
        options["ssl_context"] = context
    elif context:
        options |= {"tls_context": context, "require_starttls": True}
    if login[0]:
        over_tls = bool(context) and not begins_with_tls
        options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": over_tls}
    controller = Controller(inbox, **options)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
