"""Which way the goods of an invoice go: by whose number is ours."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from store.domain.invoices import Invoice, InvoiceKind, InvoiceParty
from store.domain.serials import key_of
from store.domain.tax_ids import canonical
from store.domain.unreadable import Unreadable, UnreadableInvoiceError


class Direction(StrEnum):
    """What an invoice is to us."""

    SALE = "sale"
    """From us onto the holdings of the buyer or recipient."""
    PURCHASE = "purchase"
    """An open delivery from the seller."""
    UNDECIDED = "undecided"
    """It cannot be told from the document: a person says it."""


class RouteDoubt(StrEnum):
    """Why a person must decide where the goods of a whole document go."""

    OWN_ID_UNKNOWN = "own_id_unknown"
    """Nobody said who we are."""
    NO_IDS = "no_ids"
    """The document names no tax id at all, as despatch advices often do."""
    BOTH_OURS = "both_ours"
    """Seller and buyer are both ourselves."""
    SEVERAL_RECIPIENTS = "several_recipients"
    """Which pieces go to which of them is not said."""
    RECIPIENT_IS_US = "recipient_is_us"
    """Sold, but received by ourselves."""
    RECIPIENT_IS_ANOTHER = "recipient_is_another"
    """Bought by us, but delivered to somebody else: it never comes to our warehouse."""
    OWN_DESPATCH = "own_despatch"
    """Our own despatch advice: what it says left our warehouse by an issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """From whom to whom the goods go, and what of it is in doubt."""

    direction: Direction
    source: InvoiceParty
    holder: InvoiceParty
    """The recipient where one is named, else the buyer."""
    to_recipient: bool = False
    doubt: RouteDoubt | None = None


def route_of(invoice: Invoice, ours: Collection[str]) -> Route:
    """Return which way the goods go; `ours` are our tax ids, and GLNs if we use any.

    Without any of ours the goods still go from the seller to the holder, only what that is to us stays open.
    Raises UnreadableInvoiceError(NOT_OURS) when neither seller nor buyer is our company.
    """
    keys = {canonical(text) for text in ours} - {""}
    recipient = invoice.recipients[0] if invoice.recipients else None
    direction, doubt = _direction(invoice, keys)
    return Route(
        direction=direction,
        source=invoice.seller,
        holder=recipient or invoice.buyer,
        to_recipient=recipient is not None,
        doubt=_recipient_doubt(invoice, direction, keys) or doubt,
    )


def _direction(invoice: Invoice, keys: Collection[str]) -> tuple[Direction, RouteDoubt | None]:
    if not keys:
        return Direction.UNDECIDED, RouteDoubt.OWN_ID_UNKNOWN
    sold, bought = _is_one_of(invoice.seller, keys), _is_one_of(invoice.buyer, keys)
    if invoice.kind is InvoiceKind.DESPATCH:
        # Whoever ordered: what is sent to us comes to us.
        bought = bought or any(_is_one_of(party, keys) for party in invoice.recipients)
    if sold and bought:
        return Direction.UNDECIDED, RouteDoubt.BOTH_OURS
    if sold:
        own = RouteDoubt.OWN_DESPATCH if invoice.kind is InvoiceKind.DESPATCH else None
        return Direction.SALE, own
    if bought:
        return Direction.PURCHASE, None
    if not invoice.seller.tax_id and not invoice.buyer.tax_id:
        return Direction.UNDECIDED, RouteDoubt.NO_IDS
    raise UnreadableInvoiceError(Unreadable.NOT_OURS, seller=_who(invoice.seller), buyer=_who(invoice.buyer))


def _recipient_doubt(invoice: Invoice, direction: Direction, keys: Collection[str]) -> RouteDoubt | None:
    if len(invoice.recipients) > 1:
        return RouteDoubt.SEVERAL_RECIPIENTS
    if not invoice.recipients:
        return None
    recipient = invoice.recipients[0]
    if direction is Direction.SALE and _is_one_of(recipient, keys):
        return RouteDoubt.RECIPIENT_IS_US
    if direction is Direction.PURCHASE and recipient.tax_id and not _is_one_of(recipient, keys):
        return RouteDoubt.RECIPIENT_IS_ANOTHER
    return None


def _is_one_of(party: InvoiceParty, keys: Collection[str]) -> bool:
    if party.tax_id:
        return party.tax_id in keys
    # A party without a tax id may be known by its GLN, which ours may name as well.
    return any(key_of(each.text) in keys for each in party.identifiers)


def _who(party: InvoiceParty) -> str:
    return " ".join(part for part in (party.tax_id, party.name) if part) or "-"
