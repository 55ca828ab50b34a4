"""What after-sales work costs: by unit, product or customer, over any period, as a list with bars."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from screens.choice import Choice
from screens.commands import Command
from screens.days import ask_day
from screens.entry import Entry
from screens.frame import Frame
from screens.messages import Said
from screens.service_words import money
from screens.session import Session
from screens.widgets.choices import Choices
from screens.widgets.text_line import shorten
from store.domain.costs import CostRow, CostsBy, totals
from store.domain.language import N_, _
from store.exports.costs import written
from store.queries.costs import report

BY = Command(
    code="BY", key="f2", label=N_("By"), action="by", help=N_("Sum up by unit, product, customer or month.")
)
PERIOD = Command(
    code="PERIOD", key="f3", label=N_("Period"), action="period", help=N_("Choose another period.")
)
EXPORT = Command(
    code="EXPORT",
    key="f4",
    label=N_("File"),
    action="export",
    help=N_("Write the list into a file: .csv or .xlsx."),
)
SHOWN = 200
"""So many rows are listed; a file has all of them."""
WIDE = 60
WORDS: dict[CostsBy, str] = {
    CostsBy.CUSTOMER: N_("by customer"),
    CostsBy.PRODUCT: N_("by product"),
    CostsBy.UNIT: N_("by unit"),
    CostsBy.CUSTOMER_PRODUCT: N_("by customer and product"),
    CostsBy.MONTH: N_("by month"),
}
EIGHTHS = " ▏▎▍▌▋▊▉█"


class Listed(Message):
    """A report was read from the store."""

    def __init__(self, rows: tuple[CostRow, ...], sums: tuple[CostRow, ...]) -> None:
        """Carry its rows and the sums of all of them."""
        super().__init__()
        self.rows = rows
        self.sums = sums


class Costs(Frame):
    """The dearest first. Choosing a customer or a product shows its months."""

    OFFERS: ClassVar[tuple[Command, ...]] = (BY, PERIOD, EXPORT)
    CSS_PATH: ClassVar = ["frame.tcss", "service.tcss"]

    def __init__(
        self, session: Session, *, narrowed: Mapping[str, Any] | None = None, name: str = ""
    ) -> None:
        """Report the last year; `narrowed` to what is called `name`, as `report` takes it, its months."""
        super().__init__(session)
        today = session.clock().astimezone().date()
        self._name = name
        self._narrowed = dict(narrowed or {})
        self._by = CostsBy.MONTH if name else CostsBy.CUSTOMER
        self._first, self._last = a_year_before(today), today
        self._rows: tuple[CostRow, ...] = ()
        self._sums: tuple[CostRow, ...] = ()

    def title_text(self) -> str:
        """Return what is summed up, and over which period."""
        what = self._name or _("Costs")
        return f"{what} {_(WORDS[self._by])} {self._first.isoformat()} - {self._last.isoformat()}"

    def compose_body(self) -> ComposeResult:
        """Build the sums and the list."""
        yield Static(id="sums", markup=False)
        yield Choices(id="costs")

    def on_mount(self) -> None:
        """Read the report."""
        super().on_mount()
        self.query_one(Choices).focus()
        self.enqueue(self._read)

    async def _read(self) -> None:
        def read() -> Listed:
            rows = self._report()
            return Listed(rows[:SHOWN], totals(rows))

        self.post_message(await self.session.lane.read(read))

    def _report(self) -> tuple[CostRow, ...]:
        """Read the report. It runs in the lane."""
        return report(self._by, first=self._first, last=self._last, **self._narrowed)

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._rows, self._sums = message.rows, message.sums
        rows = self._rows
        self.query_one(Choices).lay_out(lambda width: report_rows(rows, width, plain=self.session.plain))
        self.show_title()
        self._show_sums()
        self.say("" if rows else _("No costs in this period."))

    def _show_sums(self) -> None:
        sums = self.query_one("#sums", Static)
        sums.update("\n".join(sum_lines(self._sums, self.size.width)))
        sums.display = bool(self._sums)

    def on_resize(self) -> None:
        """Say the sums in the columns that there are."""
        self._show_sums()

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        row = self._rows[message.option_index]
        self.enqueue(partial(self._open, row))

    async def _open(self, row: CostRow) -> None:
        """Show more of what a row sums up."""
        if self._by is CostsBy.UNIT:
            from screens.unit_card import UnitCard

            await self.app.push_screen_wait(await UnitCard.opened(self.session, row.id))
        elif self._by is CostsBy.PRODUCT:
            await self._show_months(row, row.name, product_id=row.id)
        elif self._by is CostsBy.CUSTOMER:
            await self._show_months(row, row.name, holder_id=row.id)
        elif self._by is CostsBy.CUSTOMER_PRODUCT:
            name = f"{row.name}, {row.more}"
            await self._show_months(row, name, holder_id=row.id, product_id=row.product_id)

    async def _show_months(self, row: CostRow, name: str, **whose: int | None) -> None:
        """Show the months of a row: of what this list is narrowed to already, and in the row's currency."""
        whole = f"{name} ({row.currency})" if len(self._sums) > 1 else name
        narrowed = self._narrowed | whose | {"currency": row.currency}
        inner = Costs(self.session, narrowed=narrowed, name=whole)
        inner._first, inner._last = self._first, self._last
        await self.app.push_screen_wait(inner)

    def action_by(self) -> None:
        """Sum up by something else."""
        self.enqueue(self._ask_by)

    async def _ask_by(self) -> None:
        kinds = list(WORDS)
        question = Choice(_("Sum up how?"), [_(WORDS[kind]) for kind in kinds], bell=self.session.bell)
        chosen = await self.app.push_screen_wait(question)
        if chosen is not None:
            self._by = kinds[chosen]
            await self._read()

    def action_period(self) -> None:
        """Choose another period."""
        self.enqueue(self._ask_period)

    async def _ask_period(self) -> None:
        today, bell = self.session.clock().astimezone().date(), self.session.bell
        first = await ask_day(self.app, _("From which day?"), today=today, value=self._first, bell=bell)
        if first is None:
            return
        last = await ask_day(
            self.app, _("Until which day?"), today=today, value=max(first, self._last), bell=bell,
            check=lambda day: _("It ends before it begins.") if day < first else None,
        )  # fmt: skip
        if last is not None:
            self._first, self._last = first, last
            await self._read()

    def action_export(self) -> None:
        """Write the list into a file."""
        self.enqueue(self._export)

    async def _export(self) -> None:
        name = f"koszty-{self._by.value}-{self._first.isoformat()}-{self._last.isoformat()}.xlsx"
        entry = Entry(
            _("Into which file: .csv or .xlsx?"), value=str(Path.home() / name), bell=self.session.bell
        )
        text = await self.app.push_screen_wait(entry)
        if text is None or not text.strip():
            return
        path = Path(text.strip())

        def write() -> int:
            return written(path.expanduser(), self._report())

        try:
            count = await self.session.lane.read(write)
        except (OSError, ValueError) as error:
            await self.stop_work(_("{path} cannot be written: {error}").format(path=path, error=error))
            return
        self.post_message(Said(_("{count} rows written to {path}").format(count=count, path=path)))


def a_year_before(day: date) -> date:
    """Return the first day of the year that ends on `day`."""
    try:
        return day.replace(year=day.year - 1) + timedelta(days=1)
    except ValueError:
        return date(day.year - 1, 3, 1)


def report_rows(rows: Sequence[CostRow], width: int, *, plain: bool) -> list[str]:
    """Return the rows of a report: what, the sum, and a bar as long as it is dear among its currency."""
    most: dict[str, Decimal] = {}
    for row in rows:
        most[row.currency] = max(most.get(row.currency, row.total), row.total)
    shares = [float(row.total / most[row.currency]) if most[row.currency] else 0.0 for row in rows]
    return [_row(row, share, width, plain=plain) for row, share in zip(rows, shares, strict=True)]


def sum_lines(sums: Sequence[CostRow], width: int) -> list[str]:
    """Return the sums: a line for each currency, two where it does not fit."""
    lines = []
    for row in sums:
        total, ours = money(row.total, row.currency), money(row.ours)
        whole = _("{total}, of it {ours} borne by us").format(total=total, ours=money(row.ours, row.currency))
        short = _("{total}, ours {ours}").format(total=total, ours=ours)
        fitting = next((text for text in (whole, short) if cell_len(text) <= width), None)
        lines += [fitting] if fitting else [total, "  " + _("ours {ours}").format(ours=ours)]
    return lines


def _row(row: CostRow, share: float, width: int, *, plain: bool) -> str:
    name = f"{row.name}, {row.more}" if row.more else row.name
    total = money(row.total, row.currency)
    if width < WIDE:
        room = max(4, width - cell_len(total) - 1)
        names = [name] if cell_len(name) <= width else [shorten(row.name, width), shorten(row.more, width)]
        return "\n".join(filter(None, names)) + f"\n{total} {bar(share, min(room, 20), plain=plain)}"
    bars = width // 4
    room = width - cell_len(total) - bars - 3
    text = shorten(name, room)
    return f"{text}{' ' * (room - cell_len(text))} {total} {bar(share, bars, plain=plain)}"


def bar(share: float, cells: int, *, plain: bool) -> str:
    """Return a bar of `share` of `cells`, in eighths of a cell; `plain`: of whole ones, in ASCII."""
    eighths = round(max(0.0, min(1.0, share)) * cells * 8)
    if plain:
        return "#" * max(1 if share > 0 else 0, round(eighths / 8))
    full, rest = divmod(eighths, 8)
    return "█" * full + (EIGHTHS[rest] if rest else "")
