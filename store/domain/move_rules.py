"""What moves and what does not: the rules from a read invoice to its plan."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from store.domain.corrections import Pair, pairs_of, style_of
from store.domain.direction import Direction, Route, RouteDoubt, route_of
from store.domain.invoices import CorrectionStyle, Invoice, InvoiceKind, InvoiceLine
from store.domain.measures import counts_pieces, whole_pieces
from store.domain.moves import NOTHING, ImportPlan, LineMove, LineProduct, OfferedSerial, Why
from store.domain.serial_text import serials_in
from store.domain.serials import fits, key_of
from store.domain.terms import Nature, Tracking

_ADVANCES = frozenset({InvoiceKind.ADVANCE, InvoiceKind.ADVANCE_CORRECTION})
_DELIVERS = {
    Direction.SALE: Why.SALE,
    Direction.PURCHASE: Why.PURCHASE,
    Direction.UNDECIDED: Why.TO_HOLDER,
}
_HARMLESS = frozenset({None, RouteDoubt.OWN_ID_UNKNOWN})
"""Without our own number the way from seller to holder is clear, and a dry run needs no more."""


def plan(
    invoice: Invoice, ours: Collection[str], products: Mapping[int, LineProduct] | None = None
) -> ImportPlan:
    """Return what the document moves.

    `ours` are our own tax ids; `products` says what is known of the lines' products, by the lines' positions.
    Raises UnreadableInvoiceError(NOT_OURS) when neither seller nor buyer is our company.
    """
    route = route_of(invoice, ours)
    by_line = {move.line.position: move for move in _moves(invoice, route)}
    moves = []
    for line in invoice.lines:
        product = (products or {}).get(line.position)
        move = _for_product(by_line[line.position], product)
        if route.doubt not in _HARMLESS:
            move = _waiting(move, Why.ROUTE)
        moves.append(replace(move, serials=_serials(line, product)))
    ordered = tuple(LineMove(line=line, why=Why.ADVANCE) for line in invoice.order_lines)
    return ImportPlan(route=route, moves=(*moves, *ordered))


def _moves(invoice: Invoice, route: Route) -> list[LineMove]:
    if invoice.kind in _ADVANCES:
        return [LineMove(line=line, why=Why.ADVANCE) for line in invoice.lines]
    if style_of(invoice) is CorrectionStyle.BEFORE_AFTER:
        return [move for pair in pairs_of(invoice.lines) for move in _pair(pair)]
    rules: dict[InvoiceKind, Callable[[InvoiceLine], LineMove]] = {
        InvoiceKind.PRO_FORMA: lambda line: LineMove(line=line, why=Why.PRO_FORMA),
        InvoiceKind.CORRECTION: _difference,
        InvoiceKind.SETTLEMENT_CORRECTION: _difference,
        InvoiceKind.CREDIT_NOTE: _credited,
        InvoiceKind.DEBIT_NOTE: lambda line: _counted(line) or _asked(line, Why.DEBITED, line.quantity),
        InvoiceKind.UNKNOWN: lambda line: _counted(line) or _asked(line, Why.UNKNOWN_KIND, line.quantity),
    }
    rule = rules.get(invoice.kind) or (lambda line: _delivered(line, _DELIVERS[route.direction]))
    return [rule(line) for line in invoice.lines]


def _counted(line: InvoiceLine) -> LineMove | None:
    """Return the move of a line that says no quantity or zero; None for one that has a quantity."""
    if line.quantity is None:
        return LineMove(line=line, why=Why.NO_QUANTITY)
    return LineMove(line=line, why=Why.ZERO_QUANTITY) if line.quantity == 0 else None


def _delivered(line: InvoiceLine, why: Why) -> LineMove:
    if line.quantity is None or line.quantity == 0:
        return _counted(line) or LineMove(line=line, why=Why.NO_QUANTITY)
    if line.quantity < 0:
        return _asked(line, Why.NEGATIVE_QUANTITY, line.quantity)
    return _moving(line, line.quantity, why)


def _difference(line: InvoiceLine) -> LineMove:
    """Judge one row of a correction that names the change alone.

    The sign of the money makes no return: a negative quantity and a positive price are a return in one
    program and a price cut in another. Only a positive quantity with a negative price, or without money, is
    clear.
    """
    if line.quantity is None or line.quantity == 0:
        return _counted(line) or LineMove(line=line, why=Why.NO_QUANTITY)
    if line.quantity < 0:
        return _asked(line, Why.DIFFERENCE_LESS, line.quantity)
    prices = [value for value in (line.price_net, line.price_gross) if value]
    values = [value for value in (line.net, line.gross) if value]
    if not prices and not values:
        return LineMove(line=line, why=Why.REBATE)
    if prices and max(prices) < 0:
        return LineMove(line=line, why=Why.PRICE_CUT)
    less = min([*prices, *values]) < 0
    return _asked(line, *((Why.VALUE_LESS, NOTHING) if less else (Why.DIFFERENCE_MORE, line.quantity)))


def _credited(line: InvoiceLine) -> LineMove:
    if line.quantity is None or line.quantity == 0:
        return _counted(line) or LineMove(line=line, why=Why.NO_QUANTITY)
    return _asked(line, Why.CREDITED, -abs(line.quantity))


def _pair(pair: Pair) -> list[LineMove]:
    """Return the moves of a row before and a row after: all at the row after, where there is one."""
    before, after = pair.before, pair.after
    moves = [LineMove(line=before, why=Why.BEFORE_ROW)] if before and after else []
    return [*moves, _changed(pair)]


def _changed(pair: Pair) -> LineMove:
    was = _said(pair.before)
    now = _said(pair.after)
    line = pair.line
    if was is None or now is None:
        # A rebate names goods without a quantity in both rows; in one alone it is not known what changed.
        unknown = was is not None or now is not None
        return LineMove(line=line, why=Why.NO_QUANTITY, waits=unknown)
    if was < 0:
        return _asked(line, Why.NEGATIVE_BEFORE, now + was)
    if not pair.same_product:
        return _asked(line, Why.CHANGED_PRODUCT, now - was)
    if pair.before and pair.after and _unit(pair.before) != _unit(pair.after):
        return _asked(line, Why.CHANGED_UNIT, now - was)
    if now == was:
        return LineMove(line=line, why=Why.SAME_PIECES)
    if now < 0:
        return _asked(line, Why.NEGATIVE_QUANTITY, now - was)
    return _moving(line, now - was, Why.CORRECTION_MORE if now > was else Why.CORRECTION_LESS)


def _said(line: InvoiceLine | None) -> Decimal | None:
    """Return the quantity of a row; a row that is not there says none of it."""
    return NOTHING if line is None else line.quantity


def _unit(line: InvoiceLine) -> str:
    """Return a unit of measure as it is compared: all that count pieces are one."""
    return "" if counts_pieces(line.unit) else key_of(line.unit).rstrip(".")


def _moving(line: InvoiceLine, quantity: Decimal, why: Why) -> LineMove:
    if whole_pieces(quantity, line.unit):
        return LineMove(line=line, why=why, pieces=quantity)
    fraction = counts_pieces(line.unit)
    return LineMove(line=line, why=Why.FRACTION if fraction else Why.BY_QUANTITY, quantity=quantity)


def _asked(line: InvoiceLine, why: Why, proposed: Decimal | None) -> LineMove:
    return LineMove(line=line, why=why, waits=True, proposed=proposed or NOTHING)


def _for_product(move: LineMove, product: LineProduct | None) -> LineMove:
    """Return the move as it is for the product, once that is known."""
    if product is None or (not move.pieces and not move.quantity):
        return move
    if product.nature is Nature.SERVICE:
        amount = move.pieces or move.quantity
        if product.tracking is Tracking.SERIAL and amount != amount.to_integral_value():
            return _asked(move.line, Why.SERIAL_FRACTION, amount)
        return LineMove(line=move.line, why=Why.SERVICE, quantity=amount)
    if product.tracking is Tracking.SERIAL and move.quantity:
        return _asked(move.line, Why.SERIAL_FRACTION, move.quantity)
    return move


def _waiting(move: LineMove, why: Why) -> LineMove:
    """Return a move that waits for a person; one that moves nothing anyway stays as it is."""
    moved = move.pieces or move.quantity
    return _asked(move.line, why, moved) if moved else move


def _serials(line: InvoiceLine, product: LineProduct | None) -> tuple[OfferedSerial, ...]:
    """Return the serials that the line names, then those that its texts may name, each once."""
    pattern = product.serial_pattern if product else None
    named = [OfferedSerial(text=text, from_text=False, fits=fits(pattern, text)) for text in line.serials]
    texts = [line.name, *(value for _key, value in line.extra)]
    found = [
        OfferedSerial(text=serial, from_text=True, fits=True)
        for text in texts
        for serial in serials_in(text, pattern)
    ]
    each: dict[str, OfferedSerial] = {}
    for serial in (*named, *found):
        each.setdefault(key_of(serial.text), serial)
    return tuple(each.values())
