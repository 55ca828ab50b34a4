"""Sending letters by e-mail through the company's own server."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from types import TracebackType
from typing import Self

from store.domain.language import _
from store.domain.mail import (
    MailError,
    MailMessage,
    MailSecurity,
    MailServer,
    MailServerError,
    MailUncertainError,
)


class Postman:
    """Hands letters to the server one by one, over one connection that is made anew when it was lost.

    Use it in a `with` block. It connects with the first letter.
    """

    def __init__(self, server: MailServer) -> None:
        """Take letters to `server`; nothing is opened yet."""
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye to the server, whatever happened."""
        self.close()

    def send(self, message: MailMessage) -> tuple[str, ...]:
        """Hand a letter over and return the addresses that the server refused, where it took another one.

        Raises MailError when this letter cannot be sent, MailServerError when none can, and
        MailUncertainError when nobody can tell.
        """
        smtp, letter = self._connected(), self._letter(message)
        try:
            refused = smtp.send_message(letter, to_addrs=message.to)
        except smtplib.SMTPRecipientsRefused as error:
            raise MailError(_refused(error.recipients)) from error
        except smtplib.SMTPSenderRefused as error:
            told = _("the mail server sends nothing for {sender}: {why}")
            why = _answer(error.smtp_code, error.smtp_error)
            raise MailServerError(told.format(sender=self._server.sender, why=why)) from error
        except smtplib.SMTPResponseException as error:
            told = _("the mail server refused the letter: {why}")
            raise MailError(told.format(why=_answer(error.smtp_code, error.smtp_error))) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            told = _("the connection broke off while the letter was sent; it may have arrived: {why}")
            raise MailUncertainError(told.format(why=_why(error))) from error
        return tuple(refused)

    def _connected(self) -> smtplib.SMTP:
        """Return a connection that answers; a server may have closed one that it waited on."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._smtp.noop()[0] == 250:
                    return self._smtp
            self.close()
        self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        smtp: smtplib.SMTP | None = None
        try:
            context = ssl.create_default_context(cafile=server.certificates)
            make: Callable[[], smtplib.SMTP] = lambda: smtplib.SMTP(  # noqa: E731 - the other branch is one too
                server.host, server.port, timeout=server.timeout
            )
            if server.security is MailSecurity.TLS:
                make = lambda: smtplib.SMTP_SSL(  # noqa: E731
                    server.host, server.port, timeout=server.timeout, context=context
                )
            smtp = make()
            smtp.ehlo()
            if server.security is MailSecurity.STARTTLS:
                smtp.starttls(context=context)
                smtp.ehlo()
            if server.user:
                smtp.login(server.user, server.password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if smtp is not None:
                smtp.close()
            raise MailServerError(self._trouble(error)) from error
        return smtp

    def _trouble(self, error: Exception) -> str:
        """Return what stands between us and the server, in words."""
        server = self._server
        told = _("the mail server {host}:{port} does not answer: {why}")
        if isinstance(error, UnicodeError):
            told = _("user and password of the mail server {host}:{port} can have plain letters only")
        elif isinstance(error, ssl.SSLCertVerificationError):
            told = _("the certificate of the mail server {host}:{port} cannot be trusted: {why}")
        elif isinstance(error, ssl.SSLError):
            told = _("the mail server {host}:{port} speaks no TLS, or another one: {why}")
        elif isinstance(error, smtplib.SMTPAuthenticationError):
            told = _("the mail server {host}:{port} does not let {user} in: {why}")
        elif isinstance(error, smtplib.SMTPNotSupportedError):
            told = _("the mail server {host}:{port} cannot do what is configured: {why}")
        return told.format(host=server.host, port=server.port, user=server.user, why=_why(error))

    def _letter(self, message: MailMessage) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._server.sender
        letter["To"] = ", ".join(message.to)
        letter["Subject"] = " ".join(message.subject.split())
        letter["Date"] = formatdate(localtime=True)
        letter["Message-ID"] = make_msgid(domain=parseaddr(self._server.sender)[1].rpartition("@")[2] or None)
        letter.set_content(message.text)
        letter.add_attachment(message.pdf, maintype="application", subtype="pdf", filename=message.name)
        return letter

    def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None


def _refused(recipients: dict[str, tuple[int, bytes]]) -> str:
    told = _("{address} is refused: {why}")
    return "; ".join(
        told.format(address=address, why=_answer(code, text)) for address, (code, text) in recipients.items()
    )


def _answer(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return " ".join(str(getattr(error, "strerror", None) or error).split()) or type(error).__name__
