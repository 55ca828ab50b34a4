"""What an import understood, as JSON for programs: absent fields are left out, numbers are texts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from store.domain.corrections import pairs_of, style_of
from store.domain.direction import Direction
from store.domain.invoice_words import doubt_text, warning_text, why_text
from store.domain.invoices import (
    CorrectionStyle,
    Invoice,
    InvoiceFormat,
    InvoiceKind,
    InvoiceLine,
    InvoiceParty,
)
from store.domain.moves import NOTHING, ImportPlan, LineMove, Why

KINDS = {
    InvoiceKind.ORDINARY: "invoice",
    InvoiceKind.SIMPLIFIED: "invoice",
    InvoiceKind.ADVANCE_CORRECTION: "correction",
    InvoiceKind.SETTLEMENT_CORRECTION: "correction",
    InvoiceKind.CREDIT_NOTE: "credit-note",
    InvoiceKind.DEBIT_NOTE: "debit-note",
    InvoiceKind.PRO_FORMA: "pro-forma",
    InvoiceKind.DESPATCH: "despatch-advice",
}
"""Where the word is not the kind's own; `rodzaj` and `type_code` keep the finer distinction of the format."""
_KSEF = frozenset({InvoiceFormat.KSEF_FA2, InvoiceFormat.KSEF_FA3})


def described(name: str, invoice: Invoice, planned: ImportPlan) -> dict[str, Any]:
    """Return the object to print for one file."""
    return {
        "file": name,
        **_head(invoice),
        **_correction(invoice, planned),
        **_lines(invoice),
        **_plan(invoice, planned),
    }


def number(value: Decimal | None) -> str | None:
    """Return a number as a text without needless zeros."""
    return None if value is None else format(value.normalize(), "f") if value else "0"


def _head(invoice: Invoice) -> dict[str, Any]:
    ksef = invoice.format in _KSEF
    return _present(
        format=invoice.format.value,
        profile=invoice.profile,
        number=invoice.number,
        ksef_number=invoice.ksef_number,
        date=_day(invoice.issued_on),
        sale_date=_day(invoice.delivered_on),
        currency=invoice.currency,
        seller_tax_id=invoice.seller.tax_id,
        buyer_tax_id=invoice.buyer.tax_id,
        seller_ident=None if ksef else _identifier(invoice.seller),
        buyer_ident=None if ksef else _identifier(invoice.buyer),
        seller_name=invoice.seller.name,
        buyer_name=invoice.buyer.name,
        kind=KINDS.get(invoice.kind, invoice.kind.value),
        **{"rodzaj" if ksef else "type_code": invoice.kind_code},
        total=None if ksef else number(invoice.total),
        corrects=[
            _present(number=each.number, date=_day(each.issued_on), ksef=each.ksef_number)
            for each in invoice.corrects
        ],
        advance_refs=list(invoice.advances),
        orders=list(invoice.orders),
        wz=list(invoice.delivery_notes),
        lots=list(invoice.lots),
        header_extra=[list(pair) for pair in invoice.extra],
        recipients=[_party(each) for each in invoice.recipients],
    )


def _correction(invoice: Invoice, planned: ImportPlan) -> dict[str, Any]:
    """Return what a correction changes in pieces; what a person must decide changes nothing yet."""
    style = style_of(invoice)
    moves = {move.line.position: move for move in planned.moves}
    effects: list[dict[str, str]] = []
    lines = (
        [pair.line for pair in pairs_of(invoice.lines)]
        if style is CorrectionStyle.BEFORE_AFTER
        else invoice.lines
    )
    if style is not None:
        effects = [
            _present(
                key=line.uu_id or line.number or line.seller_index or line.gtin or line.name,
                name=line.name,
                qty_delta=number(moves[line.position].pieces or moves[line.position].quantity),
            )
            for line in lines
        ]
    return _present(correction_style=style.value if style else None, correction_effect=effects)


def _lines(invoice: Invoice) -> dict[str, Any]:
    found: dict[str, Any] = {"lines_count": len(invoice.lines)}
    if invoice.format in _KSEF:
        found["order_lines_count"] = len(invoice.order_lines)
    found["lines"] = [_line(line, invoice.format) for line in invoice.lines]
    if invoice.order_lines:
        found["order_lines"] = [_line(line, None) for line in invoice.order_lines]
    return found


def _line(line: InvoiceLine, of: InvoiceFormat | None) -> dict[str, Any]:
    """Return one line; a line of an order (no format) has no rate, as no tax is due on it yet."""
    ubl = of is not None and of not in _KSEF and of is not InvoiceFormat.CSV
    return _present(
        nr=line.number,
        name=line.name,
        index=line.seller_index,
        buyer_index=line.buyer_index,
        gtin=line.gtin,
        cn=line.cn,
        pkwiu=line.pkwiu,
        uu_id=line.uu_id,
        delivery_date=_day(line.delivered_on),
        unit=line.unit,
        quantity=number(line.quantity),
        **{"price" if ubl else "price_net": number(line.price_net)},
        base_quantity=number(line.base_quantity),
        price_gross=number(line.price_gross),
        net=number(line.net),
        gross=number(line.gross),
        rate=None if of is None or ubl else line.vat,
        before=line.before,
        serials=list(line.serials),
        lots=list(line.lots),
        extra=[list(pair) for pair in line.extra],
    )


def _plan(invoice: Invoice, planned: ImportPlan) -> dict[str, Any]:
    route = planned.route
    return _present(
        direction=route.direction.value,
        doubt=route.doubt.value if route.doubt else None,
        doubt_text=doubt_text(route.doubt) if route.doubt else None,
        moves=[_move(move, planned) for move in planned.moves],
        warnings=[
            _present(code=each.code.value, line=each.position, data=dict(each.data), text=warning_text(each))
            for each in invoice.warnings
        ],
    )


def _move(move: LineMove, planned: ImportPlan) -> dict[str, Any]:
    """Return one line's move. `pieces` is always there; below zero they come back from `to`."""
    line, route = move.line, planned.route
    goes = move.pieces or move.quantity or move.proposed
    us = route.direction is Direction.PURCHASE
    return {
        **_present(line=line.position, nr=line.number, order=move.why is Why.ADVANCE),
        "pieces": number(move.pieces),
        **_present(
            quantity=number(move.quantity) if move.quantity else None,
            unit=line.unit if move.quantity else None,
            to={
                "role": "us" if us else "recipient" if route.to_recipient else "buyer",
                **_party(route.holder),
            }
            if goes != NOTHING
            else None,
            why=move.why.value,
            text=why_text(move.why),
            waits=move.waits,
            proposed=number(move.proposed) if move.waits else None,
            serials=[_present(serial=each.text, offered=each.from_text) for each in move.serials],
        ),
    }


def _party(party: InvoiceParty) -> dict[str, Any]:
    return _present(
        tax_id=party.tax_id,
        name=party.name,
        ident=None if party.tax_id else _identifier(party),
        address=None if party.tax_id else party.address,
    )


def _identifier(party: InvoiceParty) -> dict[str, str]:
    return next(({"path": each.path, "id": each.text} for each in party.identifiers), {})


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _present(**fields: Any) -> dict[str, Any]:
    """Return the fields that say something."""
    empty: Iterable[object] = (None, "", [], {}, False)
    return {
        name: value
        for name, value in fields.items()
        if not any(value is none or value == none for none in empty)
    }
