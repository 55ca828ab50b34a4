"""The three facts about a unit (place, owner, terms), its condition, and what a document is."""

from enum import StrEnum


class Terms(StrEnum):
    """On which terms a unit is where it is."""

    STOCK = "stock"
    HELD = "held"
    BORROWED = "borrowed"
    SOLD = "sold"
    RENTED = "rented"
    CONSIGNED = "consigned"
    RETURNED = "returned"
    SERVICE = "service"
    SCRAPPED = "scrapped"


class Condition(StrEnum):
    """The state of a unit, apart from its place, owner and terms. Only `BLOCKED` stops an issue."""

    NEW = "new"
    USED = "used"
    DAMAGED = "damaged"
    BLOCKED = "blocked"


class PlaceKind(StrEnum):
    """What a place is: one of our locations or a party."""

    LOCATION = "location"
    PARTY = "party"


class DocumentType(StrEnum):
    """What a document does. A further one is a member here, a row in `kinds` and rows in `transitions`."""

    DELIVERY = "delivery"
    ISSUE = "issue"
    TRANSFER = "transfer"
    INVOICE = "invoice"
    """An imported invoice puts what it sells on its buyer's holdings."""
    CORRECTION = "correction"
    """What an invoice takes back: the difference of a correction, or a whole import that is reversed."""
    DEAL = "deal"
    """A deal that was put on its customer's holdings without an issue."""
    ON_SITE = "on_site"
    """Serials of pieces that a customer has, scanned where they are."""
    SERVICES = "services"
    """Policies, certificates or licences that a customer was given, or that follow others."""
    RENTAL = "rental"
    RETURN = "return"
    """What was lent, consigned or sold comes back, from whomever."""
    CONSIGNMENT = "consignment"
    CONSIGNMENT_RETURN = "consignment_return"
    CONSIGNMENT_SALE = "consignment_sale"
    SUPPLIER_RETURN = "supplier_return"
    BORROWING = "borrowing"
    BORROWING_END = "borrowing_end"
    BUYOUT = "buyout"
    STOCKTAKE = "stocktake"
    SERVICE_INTAKE = "service_intake"
    """What a customer has is brought to us for repair."""
    SERVICE_HANDOUT = "service_handout"
    """What was in service goes back to whom and to what it came from."""
    REPLACEMENT = "replacement"
    """A unit comes in for good, and its holder gets another one for it."""


class DocumentStatus(StrEnum):
    """`OPEN` collects scans, `POSTED` has its movements and never changes again, `CANCELLED` has none."""

    OPEN = "open"
    POSTED = "posted"
    CANCELLED = "cancelled"


class Tracking(StrEnum):
    """How a product is followed: piece by piece by its serial, or by quantity."""

    SERIAL = "serial"
    QUANTITY = "quantity"


class Nature(StrEnum):
    """Goods lie in warehouses; services (policies, certificates, licences) never do."""

    GOODS = "goods"
    SERVICE = "service"


class IdentifierType(StrEnum):
    """What a further number of a unit is. Each finds the unit."""

    INVENTORY = "inventory"
    IMEI = "imei"
    MAC = "mac"
    CUSTOMER = "customer"
    OTHER = "other"
