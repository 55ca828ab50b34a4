"""An invoice or dispatch advice as it was read: what stands in the file, not what it does to the stock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class InvoiceFormat(StrEnum):
    """The formats that are read. A further one is a member here and a reader in `store.imports`."""

    KSEF_FA2 = "ksef-fa2"
    KSEF_FA3 = "ksef-fa3"
    UBL_INVOICE = "ubl-invoice"
    UBL_CREDIT_NOTE = "ubl-credit-note"
    UBL_DESPATCH = "ubl-despatch-advice"
    CSV = "csv"


class InvoiceKind(StrEnum):
    """What a document is for, in the words of all formats alike; `kind_code` keeps the format's own word."""

    ORDINARY = "ordinary"
    SIMPLIFIED = "simplified"
    ADVANCE = "advance"
    SETTLEMENT = "settlement"
    CORRECTION = "correction"
    ADVANCE_CORRECTION = "advance_correction"
    SETTLEMENT_CORRECTION = "settlement_correction"
    CREDIT_NOTE = "credit_note"
    DEBIT_NOTE = "debit_note"
    PRO_FORMA = "pro_forma"
    DESPATCH = "despatch"
    UNKNOWN = "unknown"


class CorrectionStyle(StrEnum):
    """How a correction says what changed."""

    BEFORE_AFTER = "before-after"
    """Each changed row twice: as it was, and as it is to be."""
    DIFFERENCE = "difference"
    """One row that names the change alone."""
    NO_LINES = "no-lines"
    """No rows: what changed are the data of a party."""


class WarningCode(StrEnum):
    """What is odd about a file that was read all the same. `invoice_words` has the sentences."""

    BAD_BYTES = "bad_bytes"
    """count"""
    OTHER_ENCODING = "other_encoding"
    """declared, used"""
    CONTROL_CHARACTERS = "control_characters"
    """count"""
    MISSING = "missing"
    """field"""
    BAD_NUMBER = "bad_number"
    """field, text"""
    BAD_DATE = "bad_date"
    """field, text"""
    DECIMAL_COMMA = "decimal_comma"
    """field, text"""
    UNCLEAR_NUMBER = "unclear_number"
    """field, text, value: a separator that could be one of thousands was read as the decimal one"""
    UNKNOWN_KIND = "unknown_kind"
    """text"""
    UNKNOWN_VAT = "unknown_vat"
    """text"""
    SAME_NUMBER = "same_number"
    """number: several lines have it"""
    NO_SUCH_LINE = "no_such_line"
    """number, key, value: an additional field of a line that is not there"""
    FEWER_SERIALS = "fewer_serials"
    """serials, quantity"""
    MORE_SERIALS = "more_serials"
    """serials, quantity"""
    SAME_SERIAL = "same_serial"
    """serial"""
    BAD_RANGE = "bad_range"
    """text: a packed range of serials that is none"""
    BAD_GTIN = "bad_gtin"
    """text"""
    BAD_TAX_ID = "bad_tax_id"
    """text"""
    POSSIBLE_RECIPIENT = "possible_recipient"
    """name: a third party whose role may make it the holder"""
    DELIVERY_ADDRESS = "delivery_address"
    """address: another address, without a name, for the goods"""
    SHORT_ROW = "short_row"
    """row, expected, found: a row of a CSV file with fewer or more cells than its heading"""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceWarning:
    """One oddity, with the data for its sentence and the position of the line, if it is about one."""

    code: WarningCode
    data: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyIdentifier:
    """A number of a party that is no tax id: where it stood, its scheme (0088 is a GLN) and itself."""

    path: str
    scheme: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceParty:
    """A seller, buyer or recipient as the document names it."""

    name: str = ""
    tax_id: str = ""
    """With its country in front (`PL1111111111`), see `tax_ids.canonical`."""
    identifiers: tuple[PartyIdentifier, ...] = ()
    address: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One row. What the document leaves out is empty or None; nothing is made up."""

    position: int
    """Counted from 1 in the order of the file; numbers of lines may repeat or be text."""
    number: str = ""
    uu_id: str = ""
    name: str = ""
    seller_index: str = ""
    buyer_index: str = ""
    gtin: str = ""
    """As written; compare by `gtins.normalised`."""
    cn: str = ""
    pkwiu: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    price_net: Decimal | None = None
    price_gross: Decimal | None = None
    base_quantity: Decimal | None = None
    """The price is for so many; None is one."""
    net: Decimal | None = None
    gross: Decimal | None = None
    vat: str = ""
    """The rate or its code as text: `23`, `zw`, `np I`."""
    delivered_on: date | None = None
    before: bool = False
    """The row says what was, not what is."""
    serials: tuple[str, ...] = ()
    """Those that a field meant for serials names; serials in texts are `offered`, see `serial_text`."""
    lots: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    """Additional fields: key and value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedInvoice:
    """The invoice that a correction is about."""

    number: str = ""
    issued_on: date | None = None
    ksef_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A whole document, of whatever format."""

    format: InvoiceFormat
    kind: InvoiceKind
    kind_code: str = ""
    profile: str = ""
    number: str = ""
    """Unique only together with the seller."""
    ksef_number: str = ""
    issued_on: date | None = None
    delivered_on: date | None = None
    currency: str = ""
    total: Decimal | None = None
    seller: InvoiceParty = field(default_factory=InvoiceParty)
    buyer: InvoiceParty = field(default_factory=InvoiceParty)
    recipients: tuple[InvoiceParty, ...] = ()
    """Who holds the goods, where that is not the buyer."""
    lines: tuple[InvoiceLine, ...] = ()
    order_lines: tuple[InvoiceLine, ...] = ()
    """What an advance invoice says was ordered: nothing of it was delivered."""
    corrects: tuple[CorrectedInvoice, ...] = ()
    advances: tuple[str, ...] = ()
    """The advance invoices that a settlement takes off."""
    orders: tuple[str, ...] = ()
    delivery_notes: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    warnings: tuple[InvoiceWarning, ...] = ()
