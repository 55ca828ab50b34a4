"""Files of a unit: added from the folder of this terminal or by a path, and saved out again."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screens.choice import Choice
from screens.entry import Entry
from screens.notice import Notice
from screens.paged_choice import DIGITS, Answers, page_of, pick_of_many
from screens.timeline_rows import size_text
from store.domain.attachments import Attachment
from store.domain.errors import StoreError
from store.domain.language import _
from store.operations.attachments import attach
from store.queries.attachments import attachments, content

if TYPE_CHECKING:
    from screens.unit_card import UnitCard

OFFERED = 8
"""So many of the newest files in the folder have a digit; another one is named by its path."""


async def attach_file(card: "UnitCard") -> None:
    """Add a file to the unit, and show it. Part of a job."""
    session = card.session
    newest = await asyncio.to_thread(_newest, session.attachment_folder)
    answers = [path.name for path in newest] + [_("Another file...")]
    chosen = await card.app.push_screen_wait(Choice(_("Which file?"), answers, bell=session.bell))
    if chosen is None:
        return
    if chosen < len(newest):
        path = newest[chosen]
    else:
        start = f"{session.attachment_folder}/" if session.attachment_folder else ""
        text = await card.app.push_screen_wait(Entry(_("Path of the file?"), value=start, bell=session.bell))
        if not text:
            return
        path = _path_of(text)
    data = await asyncio.to_thread(_read, path, session.largest_attachment)
    await session.lane.write(attach, session.actor(), [card.unit_id], path.name, data)
    await card.read()


async def save_file(card: "UnitCard") -> None:
    """Save a file of the unit out. Part of a job."""
    session = card.session

    async def read(before: Any) -> Answers:
        found = await session.lane.read(attachments, card.unit_id, limit=DIGITS + 1, before_id=before)
        return page_of(found, lambda each: f"{each.name} ({size_text(each.size)})")

    if not await session.lane.read(attachments, card.unit_id, limit=1):
        await card.stop_work(_("The unit has no files."))
        return
    chosen = await pick_of_many(card, _("Which file?"), read, Attachment)
    if chosen is None:
        return
    entry = Entry(_("Into which file?"), value=f"{Path.home()}/{chosen.name}", bell=session.bell)
    text = await card.app.push_screen_wait(entry)
    if not text:
        return
    path = _path_of(text)
    data = await session.lane.read(content, chosen.id)
    await asyncio.to_thread(partial(_write, path, data))
    await card.app.push_screen_wait(Notice(_("Written to {file}.").format(file=path), bell=session.bell))


def _newest(folder: Path | None) -> Sequence[Path]:
    if folder is None or not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    return sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)[:OFFERED]


def _path_of(text: str) -> Path:
    return Path(text.strip()).expanduser()


def _read(path: Path, largest: int) -> bytes:
    """Return a file. Raises StoreError when it cannot be read or is too large."""
    try:
        size = path.stat().st_size
        if size > largest:
            message = _("{file}: has {size}; at most {largest} are kept")
            raise StoreError(message.format(file=path.name, size=size_text(size), largest=size_text(largest)))
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(_("{file}: cannot be read: {why}").format(file=path, why=error.strerror)) from error
    if not data:
        raise StoreError(_("{file}: is empty").format(file=path))
    return data


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise StoreError(_("{file}: exists already; nothing is overwritten").format(file=path)) from error
    except OSError as error:
        message = _("{file}: cannot be made: {why}").format(file=path, why=error.strerror)
        raise StoreError(message) from error
