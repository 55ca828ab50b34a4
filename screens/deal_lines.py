"""A line of a deal as it is asked for: which product, how much of it, at what price."""

from decimal import Decimal

from textual.app import App

from screens.commands import Command
from screens.entry import Entry
from screens.hand_entry import parse_quantity
from screens.prices import parse_price
from screens.product_choice import ProductChoice
from screens.session import Session
from screens.words import quantity, refusal_text
from store.domain.deals import DealLine, NewDealLine, check_line
from store.domain.errors import Refusal, RefusalCode, RefusedError
from store.domain.language import N_, _
from store.domain.records import Product

ADD = Command(
    code="ADD",
    key="insert",
    label=N_("Add product"),
    action="add",
    shown=False,
    help=N_("Add a product to the deal, with its quantity and price."),
)


async def ask_new_line(
    app: App[object], session: Session, product: Product | None = None
) -> tuple[Product, NewDealLine] | None:
    """Ask for a product, unless one is given, its quantity and price; None: the person went back."""
    product = product or await ProductChoice(session).ask(app)
    if product is None:
        return None
    count = await ask_quantity(app, session, product)
    if count is None:
        return None
    said, price = await ask_price(app, session, product)
    if not said:
        return None
    return product, NewDealLine(product_id=product.id, quantity=count, unit_price=price)


async def ask_quantity(
    app: App[object], session: Session, product: Product, value: Decimal | None = None
) -> Decimal | None:
    """Ask how much of a product; None: the person went back."""

    def wrong(text: str) -> str | None:
        count = parse_quantity(text)
        if count is None:
            return refusal_text(Refusal(RefusalCode.BAD_QUANTITY, {"text": text}))
        try:
            check_line(NewDealLine(product_id=product.id, quantity=count), product)
        except RefusedError as error:
            return refusal_text(error.refusal)
        return None

    question = _("{product}: how many?").format(product=product.name)
    shown = quantity(value) if value else ""
    answer = await app.push_screen_wait(Entry(question, value=shown, check=wrong, bell=session.bell))
    return None if answer is None else parse_quantity(answer)


async def ask_price(
    app: App[object], session: Session, product: Product, value: Decimal | None = None
) -> tuple[bool, Decimal | None]:
    """Ask for the net price of one piece; return whether the person answered, and the price, if any."""

    def wrong(text: str) -> str | None:
        if not text.strip() or parse_price(text) is not None:
            return None
        return refusal_text(Refusal(RefusalCode.BAD_PRICE, {"text": text}))

    question = _("{product}: net price of one? Empty: not agreed.").format(product=product.name)
    shown = "" if value is None else format(value, "f")
    answer = await app.push_screen_wait(Entry(question, value=shown, check=wrong, bell=session.bell))
    if answer is None:
        return False, None
    return True, parse_price(answer) if answer.strip() else None


def line_text(product: Product, count: Decimal, price: Decimal | None, currency: str) -> str:
    """Return a product with its quantity and price in a row."""
    cost = f" x {price:.2f} {currency}" if price is not None else ""
    return f"{product.name}: {quantity(count)}{cost}"


def progress_text(line: DealLine) -> str:
    """Return what became of a line of a deal."""
    parts = (
        (line.open, _("{count} open")),
        (line.planned, _("{count} in an open document")),
        (line.delivered, _("{count} delivered")),
        (line.dropped, _("{count} not wanted")),
        (line.invoiced, _("{count} invoiced")),
    )
    return ", ".join(text.format(count=quantity(value)) for value, text in parts if value)
