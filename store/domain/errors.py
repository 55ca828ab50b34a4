"""What is refused and why, as codes and data: the words are found where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class RefusalCode(StrEnum):
    """Why a scan or a command was refused. `screens.words` has the words for each, with their fields."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    ALREADY_HERE = "already_here"
    """serial, line, at, operator"""
    ALREADY_IN_STOCK = "already_in_stock"
    """serial, place"""
    WITH_PARTY = "with_party"
    """serial, terms, place, since"""
    TAKEN = "taken"
    """serial, document, operator, at: another open document has it"""
    WRONG_PATTERN = "wrong_pattern"
    """serial, product, pattern"""
    NOT_ON_DOCUMENT = "not_on_document"
    """product"""
    WRONG_MODEL = "wrong_model"
    """scanned, expected (a tuple of names)"""
    LINE_FULL = "line_full"
    """product, expected"""
    NOT_A_SERIAL = "not_a_serial"
    """text, name: what it is the code of, empty when it is other data from the box"""
    UNKNOWN = "unknown"
    """text"""
    UNKNOWN_GTIN = "unknown_gtin"
    """gtin, product: the picked line, if any"""
    OTHER_PRODUCT = "other_product"
    """gtin_product, line_product: a GS1 code of another product than the line's"""
    SERIALS_NEEDED = "serials_needed"
    """product: never moves without its serials"""
    NOT_HERE = "not_here"
    """serial, place"""
    NOT_ISSUABLE = "not_issuable"
    """serial, terms, owner"""
    SUPPLIERS = "suppliers"
    """serial, terms, owner: a supplier's, to be bought out first"""
    ISSUE_IT = "issue_it"
    """serial, place, party: it lies in our stock, from where an issue takes it"""
    NOTHING_PENDING = "nothing_pending"
    """party"""
    NOT_WITH = "not_with"
    """serial, place, party: it is with us, and the document takes from the party"""
    BLOCKED = "blocked"
    """serial, condition"""
    TOO_FEW = "too_few"
    """product, wanted, available"""
    RESERVED = "reserved"
    """serial, party, begins, ends: promised to somebody else for these days"""
    PROMISED = "promised"
    """product, wanted, available, party, begins, ends: the rest is promised"""
    BAD_PERIOD = "bad_period"
    """begins, ends"""
    NOTHING_RESERVED = "nothing_reserved"
    BAD_QUANTITY = "bad_quantity"
    """text"""
    BAD_AMOUNT = "bad_amount"
    """text: no amount of money above zero"""
    BAD_RANGE = "bad_range"
    """first, last"""
    UNEXPECTED_SERIAL = "unexpected_serial"
    """serial, product: the supplier announced others"""
    NOT_ALLOWED = "not_allowed"
    """permission"""
    NOT_OPEN = "not_open"
    """document, status"""
    PRICE_NEEDED = "price_needed"
    """product"""
    BAD_PRICE = "bad_price"
    """text"""
    NOTHING_SCANNED = "nothing_scanned"
    REASON_NEEDED = "reason_needed"
    TOO_EARLY = "too_early"
    """serial, last: back-dated before the unit's last movement"""
    IN_FUTURE = "in_future"
    BEFORE_UNIT = "before_unit"
    """serial, since: an event is dated before the unit came"""
    CONFLICT = "conflict"
    """serial, operator, at: changed by another terminal since it was scanned"""
    AMBIGUOUS_GS1 = "ambiguous_gs1"
    """text: lot and serial run together"""
    EXISTS = "exists"
    """text: another one has this code or number"""
    BAD_GTIN = "bad_gtin"
    """text: not a GTIN, or its check digit is wrong"""
    REMINDED = "reminded"
    """party, at, operator: they were written to that day"""
    BAD_EMAIL = "bad_email"
    """text: no address of an e-mail"""
    BAD_PATTERN = "bad_pattern"
    """text, why: not a regular expression"""
    BAD_VALUE = "bad_value"
    """field, text, fault (a FieldFault, or the field's own message), choices"""
    FIELDS_NEEDED = "fields_needed"
    """field, count: pieces without a value that their kind requires"""
    STILL_USED = "still_used"
    """name: what is in use stays"""
    TRACKING_FIXED = "tracking_fixed"
    """product: it is on documents already"""
    TYPE_HAS_VALUES = "type_has_values"
    """field: units have values in it"""
    LAST_ADMIN = "last_admin"
    """name: nobody else could administer"""
    BAD_CHOICES = "bad_choices"
    """field: no choices, or one with a semicolon"""
    ASKS = "asks"
    """invoice, count: questions are to be answered before it is posted"""
    NOT_WAITING = "not_waiting"
    """invoice"""
    NOT_IMPORTED = "not_imported"
    """invoice"""
    MOVED_ON = "moved_on"
    """what: it is not any more where the invoice has put it"""
    IS_SERVICE = "is_service"
    """product: it is never in a warehouse"""
    NOT_SERVICE = "not_service"
    """text: what is asked for is done with services alone"""
    SERVICE_OVER = "service_over"
    """serial: it was ended, taken back or renewed already"""
    BAD_SPAN = "bad_span"
    """begins, ends: a service that would end before it begins, or an end outside of its days"""
    SHORT_PIN = "short_pin"
    """shortest"""
    SAME_PLACE = "same_place"
    """place: a transfer must go to another location than it comes from"""
    BAD_CREDENTIALS = "bad_credentials"
    NO_BADGE = "no_badge"
    DUE_NEEDED = "due_needed"
    DUE_PAST = "due_past"
    """day"""
    NOT_OUT = "not_out"
    """serial, terms, place: nobody has it, so it cannot come back"""
    WHICH_PRODUCT = "which_product"
    """serial, products (a tuple of names): pieces of several products that are out have this number"""
    TOO_FEW_OUT = "too_few_out"
    """product, wanted, available: more come back than are lent"""
    NOBODY_HAS = "nobody_has"
    """product: no pieces of it are lent"""
    GIVER_HAS_NONE = "giver_has_none"
    """product, giver: none of it is lent to the party or under the rental that was named"""
    WHICH_HOLDER = "which_holder"
    """product, holders (a tuple of names): several have pieces of it"""
    NOT_LENT = "not_lent"
    """text: came back, or was never lent"""
    LOCKED = "locked"
    """seconds"""


class SztukaError(Exception):
    """The base of every error that the program raises on purpose."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A scan or command that was not accepted: why, and the data for the sentence that says so."""

    code: RefusalCode
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class RefusedError(SztukaError):
    """An operation was refused and nothing was written."""

    def __init__(self, code: RefusalCode, **data: object) -> None:
        """Refuse for `code`; `data` are the fields named at the code."""
        super().__init__(code.value, data)
        self.refusal = Refusal(code, MappingProxyType(data))


class StoreError(SztukaError):
    """The store cannot be used; the message is for people."""


class StoreTooNewError(StoreError):
    """The store was written by a newer program."""


class StoreTooOldError(StoreError):
    """The store needs `sztuka migrate` first."""


class StoreLostError(StoreError):
    """The connection to the store is lost and did not come back in time. Nothing was written."""
