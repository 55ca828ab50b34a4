"""Sentences for what an import finds: warnings, reasons of moves and doubts, in the language in force."""

from collections.abc import Mapping

from store.domain.direction import RouteDoubt
from store.domain.invoices import InvoiceWarning, WarningCode
from store.domain.language import N_, _
from store.domain.moves import Why

WARNINGS: Mapping[WarningCode, str] = {
    WarningCode.BAD_BYTES: N_("{count} characters could not be read and are shown as \ufffd"),
    WarningCode.OTHER_ENCODING: N_("the file is not in {declared}; it was read as {used}"),
    WarningCode.CONTROL_CHARACTERS: N_("{count} control characters were left out"),
    WarningCode.MISSING: N_("{field} is missing"),
    WarningCode.BAD_NUMBER: N_("{field}: {text} is no number"),
    WarningCode.BAD_DATE: N_("{field}: {text} is no date"),
    WarningCode.DECIMAL_COMMA: N_("{field}: {text} has a decimal comma"),
    WarningCode.UNCLEAR_NUMBER: N_("{field}: {text} was read as {value}; say in the mapping what is decimal"),
    WarningCode.UNKNOWN_KIND: N_("the kind of invoice {text} is not known"),
    WarningCode.UNKNOWN_VAT: N_("the VAT code {text} is not known"),
    WarningCode.SAME_NUMBER: N_("several lines have the number {number}"),
    WarningCode.NO_SUCH_LINE: N_("{key} ({value}) is about line {number}, which is not there"),
    WarningCode.FEWER_SERIALS: N_("{serials} of {quantity} serials"),
    WarningCode.MORE_SERIALS: N_("{serials} serials for {quantity}"),
    WarningCode.SAME_SERIAL: N_("the serial {serial} stands there twice"),
    WarningCode.BAD_RANGE: N_("{text} is no range of serials"),
    WarningCode.BAD_GTIN: N_("{text} is no GTIN"),
    WarningCode.BAD_TAX_ID: N_("{text} is no tax id"),
    WarningCode.POSSIBLE_RECIPIENT: N_("{name} may be the one who holds the goods"),
    WarningCode.DELIVERY_ADDRESS: N_("the goods go to another address: {address}"),
    WarningCode.SHORT_ROW: N_("row {row} has {found} cells instead of {expected}"),
}

WHYS: Mapping[Why, str] = {
    Why.SALE: N_("sold"),
    Why.PURCHASE: N_("bought: a delivery to be scanned"),
    Why.TO_HOLDER: N_("delivered"),
    Why.BY_QUANTITY: N_("the unit of measure counts no pieces"),
    Why.FRACTION: N_("a part of a piece"),
    Why.SERVICE: N_("a service"),
    Why.CORRECTION_MORE: N_("the correction says more pieces"),
    Why.CORRECTION_LESS: N_("the correction says fewer pieces"),
    Why.ADVANCE: N_("an advance: nothing was delivered"),
    Why.PRO_FORMA: N_("a pro forma: nothing was delivered"),
    Why.NO_QUANTITY: N_("no quantity is given"),
    Why.ZERO_QUANTITY: N_("the quantity is zero"),
    Why.BEFORE_ROW: N_("the state before the correction"),
    Why.SAME_PIECES: N_("the number of pieces stays the same"),
    Why.PRICE_CUT: N_("a lower price, not a return"),
    Why.REBATE: N_("goods of a rebate"),
    Why.NEGATIVE_QUANTITY: N_("the quantity is negative: is it a return?"),
    Why.DIFFERENCE_LESS: N_("the difference is negative: a return, or a lower price?"),
    Why.DIFFERENCE_MORE: N_("more pieces, a higher price, or the state after the correction?"),
    Why.VALUE_LESS: N_("a value below zero without a price: a return, or a lower price?"),
    Why.CREDITED: N_("credited: returned, or made cheaper?"),
    Why.DEBITED: N_("debited: more pieces, or a higher price?"),
    Why.CHANGED_PRODUCT: N_("the correction names another product: exchanged, or named wrongly?"),
    Why.CHANGED_UNIT: N_("the correction changes the unit of measure"),
    Why.NEGATIVE_BEFORE: N_("the state before is negative: what is the difference?"),
    Why.UNKNOWN_KIND: N_("the kind of invoice is not known"),
    Why.SERIAL_FRACTION: N_("a product with serials, but no whole number of pieces"),
    Why.ROUTE: N_("it is not clear where the goods go"),
}

DOUBTS: Mapping[RouteDoubt, str] = {
    RouteDoubt.OWN_ID_UNKNOWN: N_("which company is ours? Give --tax-id or company.tax_id"),
    RouteDoubt.NO_IDS: N_("the document has no tax ids: sold or bought?"),
    RouteDoubt.BOTH_OURS: N_("seller and buyer are both our company"),
    RouteDoubt.SEVERAL_RECIPIENTS: N_("several recipients: who gets what?"),
    RouteDoubt.RECIPIENT_IS_US: N_("sold, but the recipient is our company"),
    RouteDoubt.RECIPIENT_IS_ANOTHER: N_("bought, but delivered to another company"),
    RouteDoubt.OWN_DESPATCH: N_("our own despatch advice: an issue has moved these goods"),
}


def warning_text(warning: InvoiceWarning) -> str:
    """Return a warning as a sentence."""
    return _(WARNINGS[warning.code]).format(**warning.data)


def why_text(why: Why) -> str:
    """Return why a line moves what it moves."""
    return _(WHYS[why])


def doubt_text(doubt: RouteDoubt) -> str:
    """Return why a person must say where the goods of a document go."""
    return _(DOUBTS[doubt])
