"""What a piece of each line costs: asked before a document that buys is closed, or changed by hand."""

from decimal import Decimal, InvalidOperation

from textual.app import App

from screens.entry import Entry
from screens.required_fields import settle_required
from screens.session import Session
from screens.words import refusal_text
from store.domain.documents import DocumentLine
from store.domain.errors import Refusal, RefusalCode
from store.domain.kinds import KINDS
from store.domain.language import _
from store.domain.terms import DocumentType
from store.operations.prices import set_price
from store.queries.documents import lines

PLACES = 4
"""Decimal places of a price at most."""


async def ask_price(app: App[object], session: Session, document_id: int, line: DocumentLine) -> bool:
    """Ask for the price of a line's piece and keep it; tell whether one was given."""
    text = _("{product}: net price of one piece?").format(product=line.product.name)
    shown = "" if line.unit_price is None else format(line.unit_price, "f")
    answer = await app.push_screen_wait(Entry(text, value=shown, check=_wrong, bell=session.bell))
    price = None if answer is None else parse_price(answer)
    if price is None:
        return False
    await session.lane.write(set_price, document_id, line.id, price)
    return True


async def settle_whole(app: App[object], session: Session, document_id: int, kind: DocumentType) -> bool:
    """Ask for the fields and the prices that a document needs to be closed; tell whether all are there."""
    if not await settle_required(app, session, document_id):
        return False
    for line in await session.lane.read(lines, document_id) if KINDS[kind].is_priced else ():
        wanted = line.scanned and line.unit_price is None
        if wanted and not await ask_price(app, session, document_id, line):
            return False
    return True


def parse_price(text: str) -> Decimal | None:
    """Return an amount as people type it, or None when it is none; a comma is as good as a point."""
    try:
        value = Decimal(text.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    is_amount = value.is_finite() and value >= 0
    return value if is_amount and value == value.quantize(Decimal(1).scaleb(-PLACES)) else None


def _wrong(text: str) -> str | None:
    return refusal_text(Refusal(RefusalCode.BAD_PRICE, {"text": text})) if parse_price(text) is None else None
