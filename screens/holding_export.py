"""The chosen units of a party, or all that is shown, as a file: CSV or XLSX by its name."""

from asyncio import to_thread
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from screens.days import today_of
from screens.entry import Entry
from screens.notice import Notice
from screens.words import word
from store.domain.errors import StoreError
from store.domain.holding_table import cells, csv_text, headings
from store.domain.language import _, ngettext
from store.exports.holdings import write_xlsx
from store.queries.held_rows import held_rows
from store.queries.holdings import held_some
from store.queries.listed_values import listed_fields

if TYPE_CHECKING:
    from screens.customer_holdings import CustomerHoldings
    from store.domain.holdings import HeldKey, HeldRow

PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What stands in the file."""

    headings: Sequence[str]
    row: Callable[["HeldRow"], list[str]]
    pages: "AsyncIterator[Sequence[HeldRow]]"


async def export(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> None:
    """Write the chosen units, or all that is shown, into a new file. Part of a job."""
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
    fields = await screen.session.lane.read(listed_fields, screen.kinds)
    table = _Table(
        headings=headings(fields),
        row=partial(cells, today=today_of(screen.session), fields=fields, words=word),
        pages=_pages(screen, unit_ids),
    )
    try:
        count = await writers[path.suffix.lower()](path, table)
    except FileExistsError as error:
        raise StoreError(_("{file}: exists already; nothing is overwritten").format(file=path)) from error
    except OSError as error:
        message = _("{file}: cannot be made: {why}").format(file=path, why=error.strerror)
        raise StoreError(message) from error
    told = ngettext("{count} row is in {file}.", "{count} rows are in {file}.", count)
    await screen.app.push_screen_wait(Notice(told.format(count=count, file=path), bell=screen.session.bell))


def _path_of(text: str) -> Path:
    return Path(text.strip()).expanduser()


async def _write_csv(path: Path, table: _Table) -> int:
    count = 0
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        file.write(csv_text([table.headings]))
        async for page in table.pages:
            file.write(csv_text(table.row(row) for row in page))
            count += len(page)
    return count


async def _write_xlsx(path: Path, table: _Table) -> int:
    rows = [table.row(row) async for page in table.pages for row in page]
    # Packing a workbook takes seconds where units are many: keys must answer meanwhile.
    return await to_thread(write_xlsx, path, table.headings, rows)


async def _pages(screen: "CustomerHoldings", unit_ids: Sequence[int]) -> "AsyncIterator[Sequence[HeldRow]]":
    """Yield the chosen units, or all rows, a page at a time, so that others are served between two pages."""
    read = screen.session.lane.read
    if unit_ids:
        for begin in range(0, len(unit_ids), PAGE):
            yield await read(held_some, screen.party, unit_ids[begin : begin + PAGE])
        return
    after: HeldKey | None = None
    while found := await read(held_rows, screen.party, screen.part, after=after, limit=PAGE):
        yield found
        after = found[-1].key
