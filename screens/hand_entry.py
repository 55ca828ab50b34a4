"""What is entered by hand into a document: a serial, a quantity, a range, a list."""

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from textual.app import App

from screens.choice import Choice
from screens.entry import Entry
from screens.refusal_panel import RefusalPanel
from screens.words import refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import _

LARGEST_LIST = 1_000_000
"""Bytes of a file that is loaded as a list of serials; more is the wrong file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Serials from the first to the last, or so many of them."""

    first: str
    last: str | None = None
    count: int | None = None


async def ask_text(app: App[object], text: str, *, bell: bool, takes_scans: bool = False) -> str | None:
    """Ask for a line of text; None for nothing."""
    answer = await app.push_screen_wait(Entry(text, takes_scans=takes_scans, bell=bell))
    return answer.strip() or None if answer is not None else None


async def ask_quantity(app: App[object], product: str, *, bell: bool) -> Decimal | None:
    """Ask how many pieces of a product; a comma is as good as a point."""
    text = _("{product}: how many pieces?").format(product=product)
    answer = await app.push_screen_wait(Entry(text, check=_wrong_quantity, bell=bell))
    return None if answer is None else parse_quantity(answer)


async def ask_range(app: App[object], product: str, *, bell: bool) -> Range | None:
    """Ask for the first serial of a range, and for the last one or how many."""
    first = await ask_text(
        app, _("{product}: first serial of the range?").format(product=product), bell=bell, takes_scans=True
    )
    if first is None:
        return None
    ends = (_("By the last serial"), _("By how many"))
    by = await app.push_screen_wait(Choice(_("How does the range end?"), ends, bell=bell))
    if by is None:
        return None
    if by == 0:
        last = await ask_text(app, _("Last serial of the range?"), bell=bell, takes_scans=True)
        return None if last is None else Range(first=first, last=last)
    answer = await app.push_screen_wait(Entry(_("How many serials?"), check=_wrong_count, bell=bell))
    return None if answer is None else Range(first=first, count=int(answer))


async def ask_list(app: App[object], *, bell: bool) -> list[str] | None:
    """Ask for a text file of serials, one a line, and return its lines."""
    answer = await ask_text(app, _("File with serials, one a line?"), bell=bell)
    if answer is None:
        return None
    try:
        return await to_thread(read_list, Path(answer))
    except (OSError, ValueError) as error:
        text = _("{file} cannot be read: {why}. Check the name.").format(file=answer, why=error)
        await app.push_screen_wait(RefusalPanel(text, bell=bell))
        return None


def read_list(file: Path) -> list[str]:
    """Return the lines of a text file that are not blank.

    Raises OSError, or ValueError when it is too large or no text in UTF-8.
    """
    file = file.expanduser()
    if file.stat().st_size > LARGEST_LIST:
        message = _("too large for a list of serials")
        raise ValueError(message)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip()]


def parse_quantity(text: str) -> Decimal | None:
    """Return a quantity as people type it, or None when it is none. Zero and less are no quantity."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def _wrong_quantity(text: str) -> str | None:
    return _wrong(text, lambda: parse_quantity(text) is not None)


def _wrong_count(text: str) -> str | None:
    return _wrong(text, lambda: text.strip().isdecimal() and int(text) > 0)


def _wrong(text: str, is_right: Callable[[], bool]) -> str | None:
    return None if is_right() else refusal_text(Refusal(RefusalCode.BAD_QUANTITY, {"text": text}))
