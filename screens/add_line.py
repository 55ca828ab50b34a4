"""A further line of a document: which product, and how many pieces are expected."""

from decimal import Decimal

from textual.app import App

from screens.commands import Command
from screens.entry import Entry
from screens.hand_entry import parse_quantity
from screens.product_choice import ProductChoice
from screens.session import Session
from screens.words import quantity, refusal_text
from store.domain.documents import NewLine
from store.domain.errors import Refusal, RefusalCode
from store.domain.language import N_, _
from store.domain.records import Product
from store.domain.terms import Tracking

ADD = Command(
    code="ADD",
    key="insert",
    label=N_("Add product"),
    action="add",
    shown=False,
    help=N_("Add a product to this document, with the count that is expected."),
)


async def ask_line(
    app: App[object], session: Session, product: Product | None = None
) -> tuple[Product, NewLine] | None:
    """Ask for a product, unless one is given, and how many are expected; None: the person went back."""
    product = product or await ProductChoice(session).ask(app)
    if product is None:
        return None
    expected = await ask_expected(app, session, product)
    if expected is None:
        return None
    return product, NewLine(product_id=product.id, expected=expected or None)


async def ask_expected(
    app: App[object], session: Session, product: Product, value: Decimal | None = None
) -> Decimal | None:
    """Ask how many pieces of a product are expected; zero: any number. None: the person went back."""
    text = _("{product}: how many are expected? Empty: any number.").format(product=product.name)

    def wrong(answer: str) -> str | None:
        number = parse_quantity(answer)
        is_whole = number is not None and number == number.to_integral_value()
        if not answer.strip() or is_whole or (number is not None and product.tracking is Tracking.QUANTITY):
            return None
        return refusal_text(Refusal(RefusalCode.BAD_QUANTITY, {"text": answer}))

    shown = quantity(value) if value else ""
    answer = await app.push_screen_wait(Entry(text, value=shown, check=wrong, bell=session.bell))
    return None if answer is None else parse_quantity(answer) or Decimal(0)
