"""What moves, to whom and why; what does not; and what a person must decide."""

from decimal import Decimal

import pytest

from store.domain.direction import Direction, RouteDoubt, route_of
from store.domain.invoice_words import DOUBTS, WHYS, doubt_text, why_text
from store.domain.invoices import (
    Invoice,
    InvoiceFormat,
    InvoiceKind,
    InvoiceLine,
    InvoiceParty,
    PartyIdentifier,
)
from store.domain.move_rules import plan
from store.domain.moves import LineMove, LineProduct, Why
from store.domain.terms import Nature, Tracking
from store.domain.unreadable import Unreadable, UnreadableInvoiceError

US, THEM, SITE = "PL5260250274", "PL7740001454", "PL1132191233"


def line(position: int = 1, quantity: object = 1, **fields: object) -> InvoiceLine:
    amount = None if quantity is None else Decimal(str(quantity))
    told: dict[str, object] = {
        "name": "Router X",
        "unit": "szt.",
        "number": "1",
        "price_net": Decimal(100),
        **fields,
    }
    return InvoiceLine(position=position, quantity=amount, **told)  # type: ignore[arg-type]


def invoice(*lines: InvoiceLine, kind: InvoiceKind = InvoiceKind.ORDINARY, **fields: object) -> Invoice:
    told: dict[str, object] = {
        "seller": InvoiceParty(tax_id=US),
        "buyer": InvoiceParty(tax_id=THEM),
        **fields,
    }
    return Invoice(format=InvoiceFormat.KSEF_FA3, kind=kind, lines=lines, **told)  # type: ignore[arg-type]


def moves(*lines: InvoiceLine, kind: InvoiceKind = InvoiceKind.ORDINARY) -> list[LineMove]:
    return list(plan(invoice(*lines, kind=kind), [US]).moves)


def said(move: LineMove) -> tuple[Why, int | Decimal, bool, int | Decimal]:
    return move.why, move.pieces, move.waits, move.proposed


@pytest.mark.parametrize("kind", [InvoiceKind.ORDINARY, InvoiceKind.SIMPLIFIED, InvoiceKind.SETTLEMENT])
def test_goods_of_sales(kind: InvoiceKind) -> None:
    assert [said(move) for move in moves(line(quantity="3.000"), kind=kind)] == [(Why.SALE, 3, False, 0)]


@pytest.mark.parametrize("kind", [InvoiceKind.ADVANCE, InvoiceKind.ADVANCE_CORRECTION])
def test_advances_move_nothing(kind: InvoiceKind) -> None:
    planned = plan(invoice(line(), kind=kind, order_lines=(line(quantity=5),)), [US])
    assert [said(move) for move in planned.moves] == [(Why.ADVANCE, 0, False, 0)] * 2


@pytest.mark.parametrize(
    ("quantity", "unit", "why", "pieces", "by_quantity"),
    [
        (2, "szt.", Why.SALE, 2, 0),
        (2, "", Why.SALE, 2, 0),
        ("2.5", "szt.", Why.FRACTION, 0, "2.5"),
        (2, "kg", Why.BY_QUANTITY, 0, 2),
        ("1.5", "godz.", Why.BY_QUANTITY, 0, "1.5"),
        (0, "szt.", Why.ZERO_QUANTITY, 0, 0),
        (None, "szt.", Why.NO_QUANTITY, 0, 0),
    ],
)
def test_quantities(quantity: object, unit: str, why: Why, pieces: int, by_quantity: object) -> None:
    (move,) = moves(line(quantity=quantity, unit=unit))
    assert (move.why, move.pieces, move.quantity, move.waits) == (
        why,
        pieces,
        Decimal(str(by_quantity)),
        False,
    )


def test_a_negative_quantity_waits() -> None:
    assert said(moves(line(quantity=-2))[0]) == (Why.NEGATIVE_QUANTITY, 0, True, -2)


COR = InvoiceKind.CORRECTION
A, B = {"seller_index": "A", "name": "Router A"}, {"seller_index": "B", "name": "Kabel B"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # The ministry's example 2: the price alone.
        (
            [line(1, 1, before=True, uu_id="u"), line(2, 1, uu_id="u")],
            [(Why.BEFORE_ROW, 0), (Why.SAME_PIECES, 0)],
        ),
        ([line(1, 5, before=True), line(2, 3)], [(Why.BEFORE_ROW, 0), (Why.CORRECTION_LESS, -2)]),
        ([line(1, 5, before=True), line(2, 7)], [(Why.BEFORE_ROW, 0), (Why.CORRECTION_MORE, 2)]),
        ([line(1, 5, before=True), line(2, 0)], [(Why.BEFORE_ROW, 0), (Why.CORRECTION_LESS, -5)]),
        # Taken away, and added.
        ([line(1, 5, before=True)], [(Why.CORRECTION_LESS, -5)]),
        (
            [line(1, 1, before=True, **A), line(2, 1, **A), line(3, 4, number="2", **B)],
            [(Why.BEFORE_ROW, 0), (Why.SAME_PIECES, 0), (Why.CORRECTION_MORE, 4)],
        ),
        # Their own ids go before the numbers of the rows.
        (
            [
                line(1, 1, before=True, uu_id="x", number="1"),
                line(2, 9, before=True, uu_id="y", number="2"),
                line(3, 9, uu_id="y", number="1"),
                line(4, 2, uu_id="x", number="2"),
            ],
            [(Why.BEFORE_ROW, 0)] * 2 + [(Why.SAME_PIECES, 0), (Why.CORRECTION_MORE, 1)],
        ),
        # The first row was taken away and the second renumbered: the product tells, not the number.
        (
            [
                line(1, 1, before=True, **A),
                line(2, 9, before=True, number="2", **B),
                line(3, 8, number="1", **B),
            ],
            [(Why.CORRECTION_LESS, -1), (Why.BEFORE_ROW, 0), (Why.CORRECTION_LESS, -1)],
        ),
        # All rows numbered through.
        (
            [line(1, 1, before=True, number="1", **A), line(2, 3, number="2", **A)],
            [(Why.BEFORE_ROW, 0), (Why.CORRECTION_MORE, 2)],
        ),
        # A mended name: the id of the row, or the index, says that it is the same product.
        (
            [line(1, 1, before=True, uu_id="u", name="50m^2"), line(2, 1, uu_id="u", name="50m2")],
            [(Why.BEFORE_ROW, 0), (Why.SAME_PIECES, 0)],
        ),
        (
            [line(1, 1, before=True, seller_index="A"), line(2, 2, seller_index="a", name="Router Y")],
            [(Why.BEFORE_ROW, 0), (Why.CORRECTION_MORE, 1)],
        ),
        # A GTIN of 13 and of 14 digits is one.
        (
            [
                line(1, 1, before=True, number="1", gtin="5901234123457"),
                line(2, 1, number="2", gtin="05901234123457"),
            ],
            [(Why.BEFORE_ROW, 0), (Why.SAME_PIECES, 0)],
        ),
        # Two rows before and after that are all alike.
        (
            [line(n, 1, before=n < 3, number="") for n in range(1, 5)],
            [(Why.BEFORE_ROW, 0)] * 2 + [(Why.SAME_PIECES, 0)] * 2,
        ),
    ],
)
def test_rows_before_and_after_move_the_difference(
    rows: list[InvoiceLine], found: list[tuple[Why, int]]
) -> None:
    planned = moves(*rows, kind=COR)
    assert [(move.why, move.pieces) for move in planned] == found
    assert not any(move.waits for move in planned)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([line(1, 1, before=True, **A), line(2, 1, **B)], (Why.CHANGED_PRODUCT, 0)),
        ([line(1, 1, before=True), line(2, 3, name="Kabel")], (Why.CHANGED_PRODUCT, 2)),
        ([line(1, 1, before=True, uu_id="u", **A), line(2, 1, uu_id="u", **B)], (Why.CHANGED_PRODUCT, 0)),
        ([line(1, 1, before=True), line(2, 2, unit="kg")], (Why.CHANGED_UNIT, 1)),
        ([line(1, -2, before=True), line(2, 2)], (Why.NEGATIVE_BEFORE, 0)),
        ([line(1, 2, before=True), line(2, -2)], (Why.NEGATIVE_QUANTITY, -4)),
        ([line(1, 2, before=True), line(2, None)], (Why.NO_QUANTITY, 0)),
    ],
)
def test_doubtful_rows_before_and_after_wait(rows: list[InvoiceLine], found: tuple[Why, int]) -> None:
    move = moves(*rows, kind=COR)[-1]
    assert said(move) == (found[0], 0, True, found[1])


@pytest.mark.parametrize("kind", [COR, InvoiceKind.SETTLEMENT_CORRECTION])
@pytest.mark.parametrize(
    ("quantity", "price", "net", "found"),
    [
        # The ministry's example 3.
        (1, "-162.60", "-162.60", (Why.PRICE_CUT, 0, False, 0)),
        (4, None, None, (Why.REBATE, 0, False, 0)),
        (4, 0, 0, (Why.REBATE, 0, False, 0)),
        (None, None, "-10", (Why.NO_QUANTITY, 0, False, 0)),
        (0, "-10", "-10", (Why.ZERO_QUANTITY, 0, False, 0)),
        # A return in one program, a price cut in another (odoo/odoo#263604).
        (-1, 30, -30, (Why.DIFFERENCE_LESS, 0, True, -1)),
        (2, 10, 20, (Why.DIFFERENCE_MORE, 0, True, 2)),
        (2, None, -20, (Why.VALUE_LESS, 0, True, 0)),
    ],
)
def test_one_row_of_difference(
    kind: InvoiceKind, quantity: object, price: object, net: object, found: tuple[Why, int, bool, int]
) -> None:
    priced = {
        name: None if value is None else Decimal(str(value))
        for name, value in (("price_net", price), ("net", net))
    }
    assert said(moves(line(quantity=quantity, **priced), kind=kind)[0]) == found


def test_no_rows_move_nothing() -> None:
    assert moves(kind=COR) == []


@pytest.mark.parametrize("quantity", [3, -3])
def test_a_credit_note_is_asked_about(quantity: int) -> None:
    assert said(moves(line(quantity=quantity), kind=InvoiceKind.CREDIT_NOTE)[0]) == (
        Why.CREDITED,
        0,
        True,
        -3,
    )


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (InvoiceKind.DEBIT_NOTE, (Why.DEBITED, 0, True, 1)),
        (InvoiceKind.UNKNOWN, (Why.UNKNOWN_KIND, 0, True, 1)),
        (InvoiceKind.PRO_FORMA, (Why.PRO_FORMA, 0, False, 0)),
    ],
)
def test_other_kinds(kind: InvoiceKind, found: tuple[Why, int, bool, int]) -> None:
    assert said(moves(line(), kind=kind)[0]) == found


SERIAL = LineProduct(tracking=Tracking.SERIAL, nature=Nature.GOODS, serial_pattern=r"AB\d{4}")


def test_what_the_product_decides() -> None:
    lines = (line(1), line(2, "2.5"), line(3, "2.5"), line(4), line(5, -1), line(6, None))
    service = LineProduct(tracking=Tracking.QUANTITY, nature=Nature.SERVICE)
    bulk = LineProduct(tracking=Tracking.QUANTITY, nature=Nature.GOODS)
    products = {1: SERIAL, 2: SERIAL, 3: bulk, 4: service, 5: service, 6: service}
    planned = plan(invoice(*lines), [US], products)
    assert [(move.why, move.pieces, move.quantity, move.waits) for move in planned.moves] == [
        (Why.SALE, 1, 0, False),
        (Why.SERIAL_FRACTION, 0, 0, True),
        (Why.FRACTION, 0, Decimal("2.5"), False),
        (Why.SERVICE, 0, 1, False),
        (Why.NEGATIVE_QUANTITY, 0, 0, True),
        (Why.NO_QUANTITY, 0, 0, False),
    ]


def test_serials_are_offered_by_the_products_pattern() -> None:
    told = line(
        name="Router AB1234 S/N 99999", serials=("AB0001", "9"), extra=(("Uwagi", "sztuki AB0001 i AB0002"),)
    )
    (move,) = plan(invoice(told), [US], {1: SERIAL}).moves
    assert [(each.text, each.from_text, each.fits) for each in move.serials] == [
        ("AB0001", False, True),
        ("9", False, False),
        ("AB1234", True, True),
        ("AB0002", True, True),
    ]


RECIPIENT = InvoiceParty(name="Filia", tax_id=SITE)


def test_the_recipient_holds_the_goods() -> None:
    route = route_of(invoice(recipients=(RECIPIENT,)), [US])
    assert (route.direction, route.holder, route.to_recipient, route.doubt) == (
        Direction.SALE,
        RECIPIENT,
        True,
        None,
    )
    assert route_of(invoice(), [US]).holder.tax_id == THEM


DESPATCH = InvoiceKind.DESPATCH
GLN = InvoiceParty(identifiers=(PartyIdentifier(path="EndpointID", scheme="0088", text="5790000435951"),))


@pytest.mark.parametrize(
    ("document", "ours", "direction", "doubt"),
    [
        (invoice(), [US], Direction.SALE, None),
        (invoice(), ["526-025-02-74"], Direction.SALE, None),
        (invoice(), [THEM], Direction.PURCHASE, None),
        (invoice(), [SITE, THEM], Direction.PURCHASE, None),
        (invoice(), [], Direction.UNDECIDED, RouteDoubt.OWN_ID_UNKNOWN),
        (invoice(), [""], Direction.UNDECIDED, RouteDoubt.OWN_ID_UNKNOWN),
        (invoice(), [US, THEM], Direction.UNDECIDED, RouteDoubt.BOTH_OURS),
        (invoice(recipients=(RECIPIENT, GLN)), [US], Direction.SALE, RouteDoubt.SEVERAL_RECIPIENTS),
        (invoice(recipients=(RECIPIENT, GLN)), [], Direction.UNDECIDED, RouteDoubt.SEVERAL_RECIPIENTS),
        (invoice(recipients=(RECIPIENT,)), [US, SITE], Direction.SALE, RouteDoubt.RECIPIENT_IS_US),
        (invoice(recipients=(RECIPIENT,)), [THEM], Direction.PURCHASE, RouteDoubt.RECIPIENT_IS_ANOTHER),
        (invoice(recipients=(RECIPIENT,)), [THEM, SITE], Direction.PURCHASE, None),
        (invoice(recipients=(InvoiceParty(name="Magazyn"),)), [THEM], Direction.PURCHASE, None),
        (invoice(seller=InvoiceParty(), buyer=InvoiceParty()), [US], Direction.UNDECIDED, RouteDoubt.NO_IDS),
        (
            invoice(seller=InvoiceParty(), buyer=GLN, kind=DESPATCH),
            ["5790000435951"],
            Direction.PURCHASE,
            None,
        ),
        (invoice(kind=DESPATCH), [THEM], Direction.PURCHASE, None),
        (invoice(kind=DESPATCH), [US], Direction.SALE, RouteDoubt.OWN_DESPATCH),
    ],
)
def test_direction(
    document: Invoice, ours: list[str], direction: Direction, doubt: RouteDoubt | None
) -> None:
    route = route_of(document, ours)
    assert (route.direction, route.doubt) == (direction, doubt)


@pytest.mark.parametrize("ours", [[SITE], ["DE5260250274"], ["526025027"]])
def test_an_invoice_of_others_is_refused(ours: list[str]) -> None:
    with pytest.raises(UnreadableInvoiceError) as refused:
        plan(invoice(line()), ours)
    assert refused.value.code is Unreadable.NOT_OURS


def test_a_document_in_doubt_waits_and_says_what_it_would_move() -> None:
    planned = plan(invoice(line(quantity=3), line(2, None), recipients=(RECIPIENT, GLN)), [US])
    assert [said(move) for move in planned.moves] == [(Why.ROUTE, 0, True, 3), (Why.NO_QUANTITY, 0, False, 0)]


def test_everything_has_words() -> None:
    assert WHYS.keys() == set(Why)
    assert DOUBTS.keys() == set(RouteDoubt)
    assert all(why_text(why) for why in Why)
    assert all(doubt_text(doubt) for doubt in RouteDoubt)
