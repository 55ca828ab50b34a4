"""`sztuka print NUMBER`: the paper of a posted document, kept and sent to a print queue."""

import asyncio
import getpass
import socket
import sys
from argparse import Namespace
from datetime import UTC, datetime

from screens.paper_work import PaperWork
from screens.papers import form_of
from screens.print_words import printed_text
from store.domain.errors import StoreError
from store.domain.kept_papers import Unattended
from store.domain.language import _
from store.domain.papers import PaperCode, PaperLanguage, PaperSetup
from store.domain.printing import Printed
from store.domain.records import Terminal
from store.lane import Lane
from store.opening import ready
from store.queries.kept_papers import newest_paper
from store.queries.terminals import find, named
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.paper import setup_of, wanted


def run(context: Context) -> int:
    """Keep and print the paper, and say what became of it; FAILED when it did not come out."""
    setup = setup_of(context)
    with ready(context.settings.store, context.settings.backup.folder) as database:
        terminal = named(context.settings.terminal) or find(socket.gethostname(), None)
    printed = asyncio.run(_print(Lane(database), setup, terminal, context.arguments))
    sys.stderr.write(printed_text(printed) + "\n")
    return Exit.FAILED if printed.is_problem else Exit.OK


async def _print(lane: Lane, setup: PaperSetup, terminal: Terminal | None, options: Namespace) -> Printed:
    form = form_of(PaperCode(options.kind))
    queue = options.queue or setup.queue_at(terminal, on_labels=form.on_labels)
    await lane.start()
    try:
        work = PaperWork(lane=lane, setup=setup)
        printer = Unattended(name=getpass.getuser(), at=datetime.now(UTC))
        if options.again:
            language = PaperLanguage(options.lang) if options.lang else setup.language
            kept = await lane.read(newest_paper, options.number.strip(), form.code, language)
            if kept is None:
                message = _("{number}: no such paper was printed in this language yet")
                raise StoreError(message.format(number=options.number))
        else:
            kept = await work.kept(printer, await wanted(work, options))
        return await work.printed(printer, kept, queue=queue, copies=options.copies)
    finally:
        await lane.close()
