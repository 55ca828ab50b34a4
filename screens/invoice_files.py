"""Which files are imported: a path, or a folder out of which one or all are chosen."""

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from textual.app import App

from screens.choice import Choice
from screens.entry import Entry
from screens.session import Session
from store.domain.language import _, ngettext
from store.domain.received import Receipt
from store.imports.csv_mapping import CsvMapping
from store.imports.ksef import ksef_number_in
from store.imports.reader import LIMIT
from store.operations.receiving import receive

SUFFIXES = (".xml", ".csv", ".txt")
MOST = 50
"""Files of a folder that are listed, the newest first."""


async def ask_files(app: App[object], session: Session) -> Sequence[Path]:
    """Ask for a file or a folder, and in a folder for one file or all; empty: the person went back."""

    def wrong(text: str) -> str | None:
        path = Path(text.strip()).expanduser()
        if path.is_dir():
            return None if files_in(path) else _("{file}: no invoices in it").format(file=path)
        return None if path.is_file() else _("{file}: there is no such file").format(file=path)

    text = _("File or folder with invoices?")
    answer = await app.push_screen_wait(Entry(text, value="", check=wrong, bell=session.bell))
    if answer is None:
        return ()
    found = files_of(answer)
    if len(found) <= 1:
        return found
    whole = ngettext("All of them: {count} file", "All of them: {count} files", len(found))
    answers = [whole.format(count=len(found)), *(each.name for each in found)]
    chosen = await app.push_screen_wait(Choice(_("Which file?"), answers, bell=session.bell))
    if chosen is None:
        return ()
    return found if chosen == 0 else (found[chosen - 1],)


async def receive_file(
    session: Session, path: Path, *, csv: CsvMapping | None = None, ours: Sequence[str] = ()
) -> Receipt:
    """Keep what a file holds, read as it is configured here, and return it. Part of a job.

    `csv` says which column is what; `ours` are tax ids of ours beside the known ones. Raises OSError and
    UnreadableInvoiceError.
    """
    setup = session.imports()
    options = replace(setup.options, csv=csv, ksef_number=ksef_number_in(path.name))
    data = await to_thread(bytes_of, path)
    return await session.lane.write(
        receive, session.actor(), data, name=path.name, options=options, ours=(*setup.ours, *ours)
    )


def files_of(text: str) -> list[Path]:
    """Return the file that a text names, or those of the folder, as many as are listed."""
    path = Path(text.strip()).expanduser()
    return files_in(path)[:MOST] if path.is_dir() else [path]


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder that may be invoices, the newest first."""
    found = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
    ]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def bytes_of(path: Path) -> bytes:
    """Return what a file holds, and one byte more than is read of any. Raises OSError."""
    with path.open("rb") as file:
        return file.read(LIMIT + 1)
