"""Which document may take a unit from which terms to which. This table is the rule, nothing else is.

A document type added later is rows here (and a member of `DocumentType`), not an `if` somewhere.
"""

from collections.abc import Mapping

from store.domain.loans import BackAs
from store.domain.terms import DocumentType, PlaceKind, Terms
from store.domain.transition import Side, Transition

# Whoever reads the table needs what its rows are made of.
__all__ = ["Side", "Transition"]


WITHIN = (Terms.STOCK, Terms.HELD, Terms.BORROWED, Terms.SERVICE)
"""On which terms something lies at a location of ours."""
REPAIRED = (Terms.SOLD, Terms.RENTED, Terms.CONSIGNED)
"""The terms from which a unit comes into service, and to which it goes back."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        document=DocumentType.DELIVERY, from_place=Side.NOWHERE, from_terms=None,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
    ),
    Transition(
        document=DocumentType.DELIVERY, from_place=Side.NOWHERE, from_terms=None,
        to_place=Side.HERE, to_terms=Terms.HELD, to_owner=Side.PARTY, of_supplier=True,
    ),
    # Bought back from the customer who has it: sold, bought back and sold again is a normal life.
    Transition(
        document=DocumentType.DELIVERY, from_place=Side.PARTY, from_terms=Terms.SOLD,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
    ),
    # A unit given back to its supplier is delivered again, as ours or as theirs.
    Transition(
        document=DocumentType.DELIVERY, from_place=Side.PARTY, from_terms=Terms.RETURNED,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
    ),
    Transition(
        document=DocumentType.DELIVERY, from_place=Side.PARTY, from_terms=Terms.RETURNED,
        to_place=Side.HERE, to_terms=Terms.HELD, to_owner=Side.PARTY, of_supplier=True,
    ),
    Transition(
        document=DocumentType.ISSUE, from_place=Side.HERE, from_terms=Terms.STOCK,
        to_place=Side.PARTY, to_terms=Terms.SOLD, to_owner=Side.PARTY, starts_warranty=True,
    ),
    # Between our own locations everything that lies here moves, whose it may be; only the place changes.
    *(
        Transition(
            document=DocumentType.TRANSFER, from_place=Side.HERE, from_terms=terms,
            to_place=Side.TARGET, to_terms=terms, to_owner=Side.UNCHANGED,
        )
        for terms in WITHIN
    ),
    # What an invoice or a deal sells is put on the buyer's holdings: from our stock, or born there when it
    # never lay in it.
    *(
        Transition(
            document=placing, from_place=place, from_terms=terms,
            from_owner=Side.ANYONE if terms is None else Side.US,
            to_place=Side.PARTY, to_terms=Terms.SOLD, to_owner=Side.PARTY, starts_warranty=True,
        )
        for placing, place, terms in (
            (DocumentType.INVOICE, Side.NOWHERE, None),
            (DocumentType.INVOICE, Side.HERE, Terms.STOCK),
            (DocumentType.INVOICE, Side.NOWHERE, Terms.SCRAPPED),
            (DocumentType.DEAL, Side.NOWHERE, None),
            (DocumentType.DEAL, Side.HERE, Terms.STOCK),
            # What waits for its serial is with the customer already. A unit of our stock is issued instead.
            (DocumentType.ON_SITE, Side.NOWHERE, None),
            (DocumentType.ON_SITE, Side.NOWHERE, Terms.SCRAPPED),
        )
    ),
    # A service is born with its customer and was never ours to hold.
    Transition(
        document=DocumentType.SERVICES, from_place=Side.NOWHERE, from_terms=None,
        to_place=Side.PARTY, to_terms=Terms.SOLD, to_owner=Side.PARTY, starts_warranty=True,
    ),
    # Pieces that were followed by quantity get serials where they are: as many go as units are born.
    Transition(
        document=DocumentType.ON_SITE, from_place=Side.PARTY, from_terms=Terms.SOLD, from_owner=Side.PARTY,
        to_place=Side.NOWHERE, to_terms=Terms.SCRAPPED, to_owner=Side.US, becomes_units=True,
    ),
    # A correction brings back, or takes away again what the reversed invoice had let be born. Its operation
    # says which of the two it is.
    Transition(
        document=DocumentType.CORRECTION, from_place=Side.PARTY, from_terms=Terms.SOLD,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
    ),
    Transition(
        document=DocumentType.CORRECTION, from_place=Side.PARTY, from_terms=Terms.SOLD,
        to_place=Side.NOWHERE, to_terms=Terms.SCRAPPED, to_owner=Side.US,
    ),
    # What is lent stays whose it is: ours, or the supplier's of whom we hold it.
    *(
        Transition(
            document=DocumentType.RENTAL, from_place=Side.HERE, from_terms=terms,
            to_place=Side.PARTY, to_terms=Terms.RENTED, to_owner=Side.UNCHANGED,
        )
        for terms in (Terms.STOCK, Terms.HELD)
    ),
    # What was lent comes back from whomever, as whose it is by then: it may have been bought out meanwhile.
    *(
        Transition(
            document=DocumentType.RETURN, from_place=Side.HOLDER, from_terms=Terms.RENTED, from_owner=owner,
            to_place=Side.HERE, to_terms=terms, to_owner=Side.UNCHANGED,
        )
        for owner, terms in ((Side.US, Terms.STOCK), (Side.OTHERS, Terms.HELD))
    ),
    # Beside what one customer gives back from consignment by a list of its own.
    Transition(
        document=DocumentType.RETURN, from_place=Side.HOLDER, from_terms=Terms.CONSIGNED,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
    ),
    # A sale is undone, or the customer's own unit is with us for a while.
    Transition(
        document=DocumentType.RETURN, from_place=Side.HOLDER, from_terms=Terms.SOLD,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US, back_as=BackAs.WITHDRAWAL,
    ),
    *(
        Transition(
            document=DocumentType.RETURN, from_place=Side.HOLDER, from_terms=Terms.SOLD,
            to_place=Side.HERE, to_terms=Terms.SERVICE, to_owner=Side.UNCHANGED, back_as=back_as,
        )
        for back_as in (BackAs.COMPLAINT, BackAs.SERVICE)
    ),
    # Nobody can follow pieces without serials through a repair: what is complained of is taken back for good.
    Transition(
        document=DocumentType.RETURN, from_place=Side.HOLDER, from_terms=Terms.SOLD,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US, back_as=BackAs.COMPLAINT, of_pieces=True,
    ),
    # What is consigned stays ours until the customer has sold it: that is the sale, and it moves nowhere.
    Transition(
        document=DocumentType.CONSIGNMENT, from_place=Side.HERE, from_terms=Terms.STOCK,
        to_place=Side.PARTY, to_terms=Terms.CONSIGNED, to_owner=Side.US,
    ),
    Transition(
        document=DocumentType.CONSIGNMENT_RETURN, from_place=Side.PARTY, from_terms=Terms.CONSIGNED,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
    ),
    Transition(
        document=DocumentType.CONSIGNMENT_SALE, from_place=Side.PARTY, from_terms=Terms.CONSIGNED,
        to_place=Side.PARTY, to_terms=Terms.SOLD, to_owner=Side.PARTY, starts_warranty=True,
    ),
    # Theirs go back before ours. Nobody gets back what is another supplier's.
    *(
        Transition(
            document=DocumentType.SUPPLIER_RETURN, from_place=Side.HERE, from_terms=terms, from_owner=owner,
            to_place=Side.PARTY, to_terms=Terms.RETURNED, to_owner=Side.PARTY,
        )
        for terms, owner in (
            (Terms.HELD, Side.PARTY), (Terms.BORROWED, Side.PARTY), (Terms.STOCK, Side.US),
        )
    ),
    Transition(
        document=DocumentType.BORROWING, from_place=Side.HERE, from_terms=Terms.HELD, from_owner=Side.PARTY,
        to_place=Side.HERE, to_terms=Terms.BORROWED, to_owner=Side.PARTY,
    ),
    Transition(
        document=DocumentType.BORROWING_END, from_place=Side.HERE, from_terms=Terms.BORROWED,
        from_owner=Side.PARTY, to_place=Side.HERE, to_terms=Terms.HELD, to_owner=Side.PARTY,
    ),
    # Bought out wherever it is: in our stock, or lent on to a customer who keeps it, from now on as ours.
    # A supplier's unit is never sold or consigned: no row starts there, and it has to be bought out first.
    *(
        Transition(
            document=DocumentType.BUYOUT, from_place=Side.ANYWHERE, from_terms=before, from_owner=Side.PARTY,
            to_place=Side.UNCHANGED, to_terms=after, to_owner=Side.US,
        )
        for before, after in (
            (Terms.HELD, Terms.STOCK), (Terms.BORROWED, Terms.STOCK), (Terms.RENTED, Terms.RENTED),
        )
    ),
    # What a stocktake does not find is lost, and stays whose it was: a supplier's is still owed to them.
    # Found again it is what it was before. What lies here against the record is moved here, and what no
    # record knows is ours. What a customer has on record comes back by its own document only.
    *(
        Transition(
            document=DocumentType.STOCKTAKE, from_place=start, from_terms=before,
            to_place=end, to_terms=after, to_owner=Side.UNCHANGED,
        )
        for terms in WITHIN
        for start, before, end, after in (
            (Side.HERE, terms, Side.NOWHERE, Terms.SCRAPPED),
            (Side.ANYWHERE, terms, Side.HERE, terms),
            (Side.NOWHERE, Terms.SCRAPPED, Side.HERE, terms),
        )
    ),
    Transition(
        document=DocumentType.STOCKTAKE, from_place=Side.NOWHERE, from_terms=None,
        to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
    ),
    # For repair, whose it may be; what we never sold is taken in as the customer's own.
    *(
        Transition(
            document=DocumentType.SERVICE_INTAKE, from_place=Side.PARTY, from_terms=terms,
            to_place=Side.HERE, to_terms=Terms.SERVICE, to_owner=Side.UNCHANGED,
        )
        for terms in REPAIRED
    ),
    Transition(
        document=DocumentType.SERVICE_INTAKE, from_place=Side.NOWHERE, from_terms=None,
        to_place=Side.HERE, to_terms=Terms.SERVICE, to_owner=Side.PARTY,
    ),
    *(
        Transition(
            document=DocumentType.SERVICE_HANDOUT, from_place=Side.HERE, from_terms=Terms.SERVICE,
            to_place=Side.PARTY, to_terms=terms, to_owner=Side.UNCHANGED, as_before=True,
        )
        for terms in REPAIRED
    ),
    # The one comes to us for good, the other takes its place; a supplier's has to be bought out before.
    *(
        Transition(
            document=DocumentType.REPLACEMENT, from_place=place, from_terms=before, from_owner=owner,
            to_place=Side.HERE, to_terms=Terms.STOCK, to_owner=Side.US,
        )
        for place, before, owner in (
            (Side.PARTY, Terms.SOLD, Side.PARTY), (Side.PARTY, Terms.RENTED, Side.US),
            (Side.HERE, Terms.SERVICE, Side.PARTY), (Side.HERE, Terms.SERVICE, Side.US),
        )
    ),
    *(
        Transition(
            document=DocumentType.REPLACEMENT, from_place=Side.HERE, from_terms=Terms.STOCK,
            to_place=Side.PARTY, to_terms=terms, to_owner=owner,
        )
        for terms, owner in ((Terms.SOLD, Side.PARTY), (Terms.RENTED, Side.US))
    ),
)  # fmt: skip


BIRTHS = frozenset(row.document for row in TRANSITIONS if row.from_terms is None)
"""Documents by which an unknown serial becomes a unit."""

TAKING_STOCK = frozenset(
    row.document
    for row in TRANSITIONS
    if (row.from_place, row.from_terms) == (Side.HERE, Terms.STOCK) and row.document not in BIRTHS
)
"""Documents whose scans take from our stock at their location: what brings in or comes back does not."""

PIECES_BACK: Mapping[BackAs, Transition] = {
    row.back_as: row
    for row in TRANSITIONS
    if row.document is DocumentType.RETURN and row.back_as and row.to_terms is not Terms.SERVICE
}
"""How sold pieces without serials come back, by why they do."""

LEAVING = frozenset(row.document for row in TRANSITIONS if row.to_place is Side.PARTY and not row.as_before)
"""Documents by which goods go to a party.

What moves between our own places keeps every promise, and what was repaired goes back to whoever had it.
"""


def transitions_of(document: DocumentType, *, of_supplier: bool = False) -> tuple[Transition, ...]:
    """Return the rows that a scan into a document may use; `of_supplier`: into one whose units are theirs."""
    return tuple(
        row
        for row in TRANSITIONS
        if row.document is document
        and row.of_supplier == of_supplier
        and not row.becomes_units
        and not row.of_pieces
    )


def transition_for(
    document: DocumentType,
    from_terms: Terms | None,
    from_place: Side,
    *,
    from_owner: Side = Side.ANYONE,
    of_supplier: bool = False,
    back_as: BackAs | None = None,
    before: Terms | None = None,
) -> Transition | None:
    """Return the one transition that `document` makes of a unit in this state, or None: it is refused.

    `back_as` is why a sold unit comes back, where somebody said so; `before` are the terms on which a unit in
    service was with the document's party.
    """
    for row in transitions_of(document, of_supplier=of_supplier):
        same_place = row.from_place in {from_place, Side.ANYWHERE}
        is_meant = row.back_as in {None, back_as} and (not row.as_before or row.to_terms is before)
        if row.from_terms is from_terms and is_meant and same_place and row.fits_owner(from_owner):
            return row
    return None


def place_kind(terms: Terms) -> PlaceKind | None:
    """Tell what kind of place a unit on these terms is in; None: either, or none at all."""
    if terms in {Terms.STOCK, Terms.HELD, Terms.BORROWED}:
        return PlaceKind.LOCATION
    if terms in {Terms.SOLD, Terms.RENTED, Terms.CONSIGNED, Terms.RETURNED}:
        return PlaceKind.PARTY
    return None
