"""`sztuka paper NUMBER`: the paper of a posted document, as a PDF file. Nothing is kept or printed."""

import asyncio
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from screens.paper_work import Paper, PaperWork
from screens.papers import form_of
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.papers import LabelCode, PaperCode, PaperLanguage, PaperRequest, PaperSetup
from store.lane import Lane
from store.opening import ready
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import write_new
from tui.paper_setup import paper_setup


def run(context: Context) -> int:
    """Write the paper into a new file, in the language of papers unless `--lang` says another."""
    options = context.arguments
    setup = setup_of(context)
    with ready(context.settings.store, context.settings.backup.folder) as database:
        lane = Lane(database)
    paper = asyncio.run(_draw(lane, setup, options))
    name = paper.request.number.replace("/", "-")
    is_note = paper.form.code is PaperCode.NOTE
    path = options.out or Path(f"{name}.pdf" if is_note else f"{name}-{paper.form.code}.pdf".lstrip("-"))
    write_new(path, paper.pdf)
    sys.stderr.write(_("Written to {file}.").format(file=path) + "\n")
    return Exit.OK


async def _draw(lane: Lane, setup: PaperSetup, options: Namespace) -> Paper:
    await lane.start()
    try:
        return await wanted(PaperWork(lane=lane, setup=setup), options)
    finally:
        await lane.close()


async def wanted(work: PaperWork, options: Namespace) -> Paper:
    """Return the paper that the command line asks for. Raises StoreError as `PaperWork.drawn` does."""
    request = PaperRequest(
        number=options.number.strip(), label_code=LabelCode(options.code), label_start=options.start
    )
    language = PaperLanguage(options.lang) if options.lang else work.setup.language
    return await work.drawn(form_of(PaperCode(options.kind)), request, language)


def setup_of(context: Context) -> PaperSetup:
    """Return the setup of papers, with what the command line says of warranties in every language."""
    options, setup = context.arguments, paper_setup(context.settings)
    given = {
        name: text
        for name, text in (
            ("territory", options.territory),
            ("conditions", _read(options.conditions) if options.conditions else ""),
        )
        if text
    }
    return replace(
        setup, warranty={language: replace(each, **given) for language, each in setup.warranty.items()}
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreError(_("{file}: is not UTF-8").format(file=path)) from error
