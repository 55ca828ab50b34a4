"""`sztuka` without a command: the program itself."""

import logging
import os
import socket
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from screens.session import Session
from store.demo.people import CHIEF, PIN
from store.domain.errors import StoreError
from store.domain.language import _, current
from store.lane import Lane
from store.opening import ready
from store.queries.parties import own_company
from store.queries.terminals import named
from tui import speech
from tui.cli.context import Context
from tui.cli.demo import make_demo
from tui.cli.exits import Exit

if TYPE_CHECKING:
    from store.domain.papers import PaperSetup
    from store.domain.reminders import LetterSetup
    from store.imports.options import ImportSetup

log = logging.getLogger(__name__)


def run(context: Context) -> int:
    """Open the program and return its exit code when somebody closed it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise StoreError(_("the program needs a terminal; `sztuka --help` lists what works without one"))
    is_demo = context.arguments.demo
    if is_demo:
        make_demo(context)
    with ready(context.settings.store, context.settings.backup.folder) as database:
        own_company()
        terminal = named(context.settings.terminal)
    mend_environment()
    # Textual reads the environment when it is imported, and it and the screens take most of the start: no
    # other command waits for them.
    from tui.app import SztukaApp

    address = client_address(os.environ)
    session = Session(
        lane=Lane(database),
        terminal=terminal,
        hostname=None if address else socket.gethostname(),
        address=address,
        language=current(),
        speak=speech.speak,
        plain=context.settings.screen.plain or not _draws_unicode(),
        bell=context.settings.screen.bell,
        papers=partial(_papers, context),
        letters=lambda: _letters(context),
        imports=lambda: _imports(context),
        attachment_folder=context.settings.attachments.folder,
        largest_attachment=context.settings.attachments.megabytes * 1_000_000,
        hint=_("Demo: operator {code}, PIN {pin}").format(code=CHIEF, pin=PIN) if is_demo else "",
    )
    app = SztukaApp(session, context.settings)
    log.info("opened the store of process %d", os.getpid())
    try:
        code = app.run()
    finally:
        session.lane.close_now()
    # Without a result Textual has ended by an error, which it printed.
    return Exit.FAILED if code is None else code


def _papers(context: Context) -> "PaperSetup":
    from tui.paper_setup import paper_setup

    return paper_setup(context.settings)


def _letters(context: Context) -> "LetterSetup":
    from store.domain.reminders import LetterSetup
    from tui.cli.mail import mail_server

    settings, papers = context.settings, _papers(context)
    return LetterSetup(
        templates=settings.letters.folder,
        folder=papers.folder,
        server=mail_server(settings.mail) if settings.mail.host else None,
        letterhead=papers.letterhead,
    )


def _imports(context: Context) -> "ImportSetup":
    from store.imports.options import ImportSetup, ReadOptions

    settings = context.settings.imports
    company = context.settings.company.tax_id
    return ImportSetup(
        options=ReadOptions(
            serial_keys=settings.serial_keys, lot_keys=settings.lot_keys, link_days=settings.link_days
        ),
        ours=(company,) if company else (),
        inbox=Path(settings.inbox).expanduser() if settings.inbox else None,
    )


def client_address(environ: Mapping[str, str]) -> str | None:
    """Return the address of the other end of an SSH connection, or None on the machine's own terminal."""
    words = environ.get("SSH_CONNECTION", "").split()
    return words[0] if words else None


def mend_environment() -> None:
    """Take out of the environment what Textual stumbles over: a colour system without a name."""
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") == "":
        del os.environ["TEXTUAL_COLOR_SYSTEM"]


def _draws_unicode() -> bool:
    return (sys.stderr.encoding or "").lower().replace("-", "") == "utf8"
