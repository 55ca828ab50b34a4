"""The rows of a new rental that other documents do not have: how long, what for, deposit and daily rate."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from textual.app import App

from screens.choice import Choice
from screens.days import ask_until, until_text
from screens.entry import Entry
from screens.session import Session
from screens.words import money, refusal_text
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import N_, _
from store.domain.loans import RentalTerms, Until

PURPOSES = (
    N_("Rental"),
    N_("To try it out"),
    N_("Instead of one in repair"),
    N_("Show or training"),
)
MOST = Decimal(10) ** 10
"""An amount above it is mistyped."""


@dataclass(slots=True)
class RentalForm:
    """What was entered of it so far."""

    session: Session
    until: Until | None = None
    purpose: str = ""
    deposit: Decimal | None = None
    daily_rate: Decimal | None = None

    def terms(self) -> RentalTerms | None:
        """Return what was entered; None until it is known how long."""
        if self.until is None:
            return None
        return RentalTerms(
            until=self.until, purpose=self.purpose, deposit=self.deposit, daily_rate=self.daily_rate
        )

    def rows(self, app: App[object]) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        """Return the rows, and the job behind each."""
        return [
            (_("How long: {until}").format(until=until_text(self.until) if self.until else "?"),
             partial(self.ask_until, app)),
            (_("Purpose: {purpose}").format(purpose=self.purpose or "-"), partial(self.ask_purpose, app)),
            (_("Deposit: {amount}").format(amount=_amount(self.deposit)), partial(self.ask_deposit, app)),
            (_("Daily rate: {amount}").format(amount=_amount(self.daily_rate)), partial(self.ask_rate, app)),
        ]  # fmt: skip

    async def ask_until(self, app: App[object]) -> None:
        """Ask how long."""
        self.until = await ask_until(app, self.session) or self.until

    async def ask_purpose(self, app: App[object]) -> None:
        """Ask what for."""
        purposes = [_(purpose) for purpose in PURPOSES]
        question = Choice(_("What for?"), [*purposes, _("Another purpose")], bell=self.session.bell)
        chosen = await app.push_screen_wait(question)
        if chosen is None:
            return
        if chosen < len(purposes):
            self.purpose = purposes[chosen]
            return
        entry = Entry(_("What for?"), value=self.purpose, takes_scans=True, bell=self.session.bell)
        answer = await app.push_screen_wait(entry)
        if answer is not None:
            self.purpose = answer.strip()

    async def ask_deposit(self, app: App[object]) -> None:
        """Ask for the deposit."""
        answer = await self._ask_amount(app, _("Deposit? Empty: none."), self.deposit)
        if answer is not None:
            self.deposit = parse_amount(answer)

    async def ask_rate(self, app: App[object]) -> None:
        """Ask for the daily rate."""
        answer = await self._ask_amount(app, _("Daily rate? Empty: none."), self.daily_rate)
        if answer is not None:
            self.daily_rate = parse_amount(answer)

    async def _ask_amount(self, app: App[object], text: str, value: Decimal | None) -> str | None:
        def wrong(answer: str) -> str | None:
            if not answer.strip() or parse_amount(answer) is not None:
                return None
            return refusal_text(Refusal(RefusalCode.BAD_AMOUNT, {"text": answer}))

        shown = "" if value is None else money(value)
        return await app.push_screen_wait(Entry(text, value=shown, check=wrong, bell=self.session.bell))


def parse_amount(text: str) -> Decimal | None:
    """Return an amount of money from what a person typed: '1 250,50'; None when it is none above zero."""
    plain = "".join(text.split()).replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 < value < MOST or value != value.quantize(Decimal("0.01")):
        return None
    return value


def _amount(value: Decimal | None) -> str:
    return "-" if value is None else money(value)
