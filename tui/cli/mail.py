"""`sztuka mail ADDRESS`: a letter that tries the mail server; and the server as it is configured."""

import sys
from pathlib import Path

from print.mail import Postman
from print.page import render
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.mail import MailMessage, MailServer, addresses
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.config.settings import MailSettings


def run(context: Context) -> int:
    """Send the letter; FAILED when the server does not take it, with what it says."""
    settings = context.settings.mail
    try:
        to = addresses(context.arguments.address)
    except ValueError as error:
        raise StoreError(_("{text} is no e-mail address.").format(text=error)) from error
    text = _("This letter tries whether Sztuka can send letters through {host}. It can.").format(
        host=settings.host
    )
    message = MailMessage(
        to=to, subject=_("A letter from Sztuka"), text=f"{text}\n", name="sztuka.pdf",
        pdf=render(_("A letter from Sztuka"), "", []),
    )  # fmt: skip
    with Postman(mail_server(settings)) as postman:
        refused = postman.send(message)
    if refused:
        raise StoreError(_("refused: {addresses}").format(addresses=", ".join(refused)))
    told = _("{host} took the letter to {addresses}.")
    sys.stderr.write(told.format(host=settings.host, addresses=", ".join(to)) + "\n")
    return Exit.OK


def mail_server(settings: MailSettings) -> MailServer:
    """Return the server that is configured.

    Raises StoreError when there is none, OSError when the file of its password cannot be read.
    """
    if not settings.host or not settings.sender:
        raise StoreError(_("no e-mail is configured: mail.host and mail.sender are needed"))
    password = ""
    if settings.password_file:
        lines = Path(settings.password_file).expanduser().read_text(encoding="utf-8").splitlines()
        password = lines[0].strip() if lines else ""
    certificates = Path(settings.certificates).expanduser() if settings.certificates else None
    return MailServer(
        host=settings.host,
        port=settings.port,
        security=settings.security,
        sender=settings.sender,
        user=settings.user,
        password=password,
        certificates=certificates,
        timeout=settings.timeout_s,
    )
