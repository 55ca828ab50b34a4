"""The chosen units of a party, or all that are shown, as a file: CSV or XLSX by its name."""

from asyncio import to_thread
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from screens.days import today_of
from screens.entry import Entry
from screens.notice import Notice
from store.domain.errors import StoreError
from store.domain.holding_table import HEADINGS, csv_text
from store.domain.language import _, ngettext
from store.exports.holdings import write_xlsx
from store.queries.holdings import held, held_some

if TYPE_CHECKING:
    from screens.customer_holdings import CustomerHoldings
    from store.domain.holdings import HeldKey, HeldUnit

PAGE = 1_000


async def export(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Write the chosen units, or all that are shown, into a new file. Part of a job."""
    name = "".join(sign if sign.isalnum() else "-" for sign in screen.party.code)
    value = f"{Path.home()}/{name}-{today_of(screen.session)}.csv"
    entry = Entry(_("Into which file: .csv or .xlsx?"), value=value, bell=screen.session.bell)
    text = await screen.app.push_screen_wait(entry)
    if not text:
        return
    path = _path_of(text)
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if path.suffix.lower() not in writers:
        raise StoreError(_("the name must end in .csv or .xlsx"))
    try:
        count = await writers[path.suffix.lower()](path, screen, unit_ids)
    except FileExistsError as error:
        raise StoreError(_("{file}: exists already; nothing is overwritten").format(file=path)) from error
    except OSError as error:
        message = _("{file}: cannot be made: {why}").format(file=path, why=error.strerror)
        raise StoreError(message) from error
    told = ngettext("{count} unit is in {file}.", "{count} units are in {file}.", count)
    await screen.app.push_screen_wait(Notice(told.format(count=count, file=path), bell=screen.session.bell))


def _path_of(text: str) -> Path:
    return Path(text.strip()).expanduser()


async def _write_csv(path: Path, screen: "CustomerHoldings", unit_ids: Sequence[int]) -> int:
    count = 0
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        file.write(csv_text([[_(heading) for heading in HEADINGS]]))
        async for page in _pages(screen, unit_ids):
            file.write(csv_text(screen.table_row(unit) for unit in page))
            count += len(page)
    return count


async def _write_xlsx(path: Path, screen: "CustomerHoldings", unit_ids: Sequence[int]) -> int:
    rows = [screen.table_row(unit) async for page in _pages(screen, unit_ids) for unit in page]
    # Packing a workbook takes seconds where units are many: keys must answer meanwhile.
    return await to_thread(write_xlsx, path, rows)


async def _pages(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> "AsyncIterator[list[HeldUnit]]":
    """Yield the chosen units, or all, a page at a time, so that others are served between two pages."""
    read = screen.session.lane.read
    if unit_ids:
        for begin in range(0, len(unit_ids), PAGE):
            yield await read(held_some, screen.party, unit_ids[begin : begin + PAGE])
        return
    after: HeldKey | None = None
    while found := await read(held, screen.party, screen.part, after=after, limit=PAGE):
        yield found
        after = found[-1].key
