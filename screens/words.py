"""Words for codes: what the store says in codes and data, people read in sentences."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pkgutil import resolve_name

from screens.deal_words import REFUSALS as DEAL_REFUSALS
from screens.repair_refusals import REFUSALS as REPAIR_REFUSALS
from store.domain.errors import Refusal, RefusalCode
from store.domain.kinds import KINDS
from store.domain.language import N_, _
from store.domain.roles import Permission
from store.domain.terms import Condition, DocumentStatus, DocumentType, IdentifierType, Terms

TERMS: Mapping[Terms, str] = {
    Terms.STOCK: N_("in stock"),
    Terms.HELD: N_("held for the supplier"),
    Terms.BORROWED: N_("borrowed by us"),
    Terms.SOLD: N_("sold"),
    Terms.RENTED: N_("rented"),
    Terms.CONSIGNED: N_("consigned"),
    Terms.RETURNED: N_("returned to supplier"),
    Terms.SERVICE: N_("in service"),
    Terms.SCRAPPED: N_("written off"),
}
CONDITIONS: Mapping[Condition, str] = {
    Condition.NEW: N_("new"),
    Condition.USED: N_("used"),
    Condition.DAMAGED: N_("damaged"),
    Condition.BLOCKED: N_("blocked"),
}
DOCUMENTS: Mapping[DocumentType, str] = {type_: kind.name for type_, kind in KINDS.items()}
LISTED: Mapping[DocumentStatus, str] = {
    DocumentStatus.OPEN: N_("{documents}: open"),
    DocumentStatus.POSTED: N_("{documents}: posted"),
}
"""The status of several documents: other languages bend it by number."""
STATUSES: Mapping[DocumentStatus, str] = {
    DocumentStatus.OPEN: N_("open"),
    DocumentStatus.POSTED: N_("posted"),
    DocumentStatus.CANCELLED: N_("cancelled"),
}
IDENTIFIERS: Mapping[IdentifierType, str] = {
    IdentifierType.INVENTORY: N_("inventory number"),
    IdentifierType.IMEI: "IMEI",
    IdentifierType.MAC: "MAC",
    IdentifierType.CUSTOMER: N_("customer's number"),
    IdentifierType.OTHER: N_("other number"),
}
PERMISSIONS: Mapping[Permission, str] = {
    Permission.ADD_LINE: N_("add a product to a document"),
    Permission.OVERDELIVER: N_("take more than expected"),
    Permission.BACKDATE: N_("date a document back"),
    Permission.LEARN_GTIN: N_("teach a product its GTIN"),
    Permission.CANCEL: N_("cancel a document with scans"),
    Permission.STOCKTAKE: N_("post what a stocktake found to differ"),
    Permission.ADMINISTER: N_("administer"),
}


REFUSALS: Mapping[RefusalCode, str] = {
    **REPAIR_REFUSALS,
    RefusalCode.EMPTY: N_("Nothing was read. Scan again."),
    RefusalCode.TOO_LONG: N_("The code has {length} characters, too many for a serial. Scan the serial's own code."),
    RefusalCode.ALREADY_HERE: N_("{serial} is scanned already: line {line}, {at}, {operator}."),
    RefusalCode.ALREADY_IN_STOCK: N_("{serial} is in stock already: {place}. Set it aside and tell the office."),
    RefusalCode.WITH_PARTY: N_("{serial} is {terms}: {place}, since {since}. Put it aside for a return."),
    RefusalCode.TAKEN: N_("{serial} is taken by {operator} ({document}), {at}. Choose another one."),
    RefusalCode.WRONG_PATTERN: N_("{serial} is no serial of {product} ({pattern}). Scan another code on the box."),
    RefusalCode.NOT_ON_DOCUMENT: N_("{product} is not on this document. Set it aside or ask a supervisor."),
    RefusalCode.WRONG_MODEL: N_("WRONG MODEL: {scanned}. Needed: {expected}. Put it back."),
    RefusalCode.LINE_FULL: N_("{product}: all {expected} are scanned. Put this one back."),
    RefusalCode.NOT_A_SERIAL: N_("{text} is another code, no serial. Scan the serial's own code."),
    RefusalCode.UNKNOWN: N_("{text} is not known here. Check the code and scan again."),
    RefusalCode.UNKNOWN_GTIN: N_("No product has the GTIN {gtin}. Pick the line first, then scan it again."),
    RefusalCode.OTHER_PRODUCT: N_("GTIN {gtin} is not that of {line_product}. Check the box."),
    RefusalCode.SERIALS_NEEDED: N_("{product} goes by serial. Scan each piece."),
    RefusalCode.NOT_HERE: N_("{serial} is at {place}, not here. Transfer it first."),
    RefusalCode.NOT_ISSUABLE: N_("{serial} is {terms} and belongs to {owner}: this document cannot take it."),
    RefusalCode.SUPPLIERS: N_("{serial} is {terms} and belongs to {owner}: buy it out first."),
    RefusalCode.ISSUE_IT: N_("{serial} lies in our stock: {place}. Issue it to {party} instead of noting it here."),
    RefusalCode.NOTHING_PENDING: N_("{party} has nothing that waits for a serial. Choose another customer."),
    RefusalCode.NOT_WITH: N_("{serial} is at {place}, not with {party}. Check the number."),
    RefusalCode.PRICE_NEEDED: N_("{product} has no price yet. Enter it with F8."),
    **DEAL_REFUSALS,
    RefusalCode.BAD_PRICE: N_("{text} is no price. Enter an amount like 12.50."),
    RefusalCode.BLOCKED: N_("{serial} is blocked. Put it aside and ask a supervisor."),
    RefusalCode.TOO_FEW: N_("{product}: {wanted} wanted, {available} here. Count again."),
    RefusalCode.RESERVED: N_("{serial} is reserved for {party}, {begins} to {ends}. Take another one."),
    RefusalCode.PROMISED: N_("{product}: {wanted} wanted, {available} not reserved ({party}, {begins} to {ends}). Take fewer or ask a supervisor."),
    RefusalCode.BAD_PERIOD: N_("{begins} to {ends} is no period from today on, of at most a year. Choose other days."),
    RefusalCode.NOTHING_RESERVED: N_("Nothing is chosen yet. Scan a unit or add a product."),
    RefusalCode.BAD_QUANTITY: N_("{text} is no quantity. Enter a number above zero."),
    RefusalCode.BAD_AMOUNT: N_("{text} is no amount. Enter a sum above zero, like 120.50."),
    RefusalCode.BAD_RANGE: N_("{first} to {last} is no range of at most {limit} serials. Enter both in full."),
    RefusalCode.NOT_ALLOWED: N_("Your role may not: {permission}. Ask a supervisor."),
    RefusalCode.NOT_OPEN: N_("{document} is not open any more. Go back to the list."),
    RefusalCode.NOTHING_SCANNED: N_("Nothing is scanned yet. Scan something, or cancel the document."),
    RefusalCode.REASON_NEEDED: N_("It differs from what was expected. Give a reason."),
    RefusalCode.TOO_EARLY: N_("{serial} moved last on {last}. Choose a later date."),
    RefusalCode.BEFORE_UNIT: N_("{serial} came on {since}. Choose a later date."),
    RefusalCode.IN_FUTURE: N_("The date lies in the future. Choose an earlier one."),
    RefusalCode.CONFLICT: N_("{serial} was moved by {operator}, {at}. Remove it from the document."),
    RefusalCode.AMBIGUOUS_GS1: N_("Lot and serial run together in {text}. Set the scanner to send GS, or type the serial."),
    RefusalCode.EXISTS: N_("{text} is taken already. Choose another one."),
    RefusalCode.BADGE_TAKEN: N_("Another operator has this badge. Take another one."),
    RefusalCode.REMINDED: N_("{party} was reminded today at {at} by {operator}."),
    RefusalCode.BAD_EMAIL: N_("{text} is no e-mail address."),
    RefusalCode.BAD_GTIN: N_("{text} is no GTIN: 8, 12, 13 or 14 digits with a right check digit."),
    RefusalCode.BAD_PATTERN: N_("{text} is no pattern ({why}). Enter a regular expression."),
    RefusalCode.BAD_VALUE: N_("{field}: {text} does not fit. {fault} {choices}"),
    RefusalCode.FIELDS_NEEDED: N_("{field}: missing on {count}. Fill it in and close again."),
    RefusalCode.IS_SERVICE: N_("{product} is a service: it is never in a warehouse. Add it to its customer."),
    RefusalCode.NOT_SERVICE: N_("{text} is no service: it has no number and no days to be valid."),
    RefusalCode.SERVICE_OVER: N_("{serial} is over: it was ended, taken back or renewed already."),
    RefusalCode.BAD_SPAN: N_("From {begins} until {ends} is no time in which it can be valid."),
    RefusalCode.STILL_USED: N_("{name} is in use: units, pieces, documents or terminals are there."),
    RefusalCode.NATURE_FIXED: N_("Documents have {name} already: goods stay goods, and services services. Add another one."),
    RefusalCode.TRACKING_FIXED: N_("{product} is on documents already: its tracking stays. Add another product."),
    RefusalCode.TYPE_HAS_VALUES: N_("{field} has values. Change its type on the screen, which shows what converts."),
    RefusalCode.LAST_ADMIN: N_("{name} is the only administrator. Make somebody else one first."),
    RefusalCode.BAD_CHOICES: N_("{field}: enter at least one choice, without a semicolon."),
    RefusalCode.ASKS: N_("{invoice} waits for answers: {count}. Answer them first."),
    RefusalCode.NOT_WAITING: N_("{invoice} does not wait any more. Go back to the list."),
    RefusalCode.NOT_IMPORTED: N_("{invoice} is not imported. Go back to the list."),
    RefusalCode.MOVED_ON: N_("{what} is not any more where this invoice put it. Undo what came later first."),
    RefusalCode.SHORT_PIN: N_("The PIN is too short: at least {shortest} characters."),
    RefusalCode.BAD_CREDENTIALS: N_("Operator and PIN do not fit. Try again."),
    RefusalCode.NO_BADGE: N_("That is nobody's badge. Scan yours, or type."),
    RefusalCode.SAME_PLACE: N_("It cannot go from {place} to {place}. Choose another location."),
    RefusalCode.DUE_NEEDED: N_("Until when? A rental has a day on which it is due, or on which to ask again."),
    RefusalCode.DUE_PAST: N_("{day} has passed. Choose today or a later day."),
    RefusalCode.NOT_OUT: N_("{serial} is not out: {place}, {terms}. Nothing to take back."),
    RefusalCode.WHICH_PRODUCT: N_("{serial} is the number of {products}. Scan the product's own code first."),
    RefusalCode.TOO_FEW_OUT: N_("{product}: {wanted} come back, only {available} are out there. Count again."),
    RefusalCode.NOBODY_HAS: N_("No customer has {product}: none of it is rented, consigned or sold."),
    RefusalCode.GIVER_HAS_NONE: N_("{giver}: no {product} there. Scan another customer's code or rental's number."),
    RefusalCode.WHICH_HOLDER: N_("{product} is out with {holders}. Scan the customer's code or the rental's number first."),
    RefusalCode.PIECES_IN_SERVICE: N_("{product} has no serials and cannot be followed in service. Take it back as a complaint, or scan serials for it on site first."),
    RefusalCode.NOT_LENT: N_("{text} is not out any more. Look at the list again."),
    RefusalCode.COUNTED_TWICE: N_("{place} is being counted already: {operator}, since {at}. Join that count."),
    RefusalCode.REASONS_NEEDED: N_("{count} differences have no reason yet. Give each of them one."),
    RefusalCode.NOT_THEIRS: N_("{serial} is no supplier's any more, or is back with them. Look at the list again."),
    RefusalCode.NOTHING_THEIRS: N_("Nothing of theirs that could go by this document lies here: {place}."),
    RefusalCode.UNKNOWN_SERIAL: N_("{serial} is not known. If it is a serial, scan the product's own code first."),
    RefusalCode.LOCKED: N_("Too many wrong tries. Wait {seconds} seconds."),
}  # fmt: skip

_WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Terms: TERMS,  # type: ignore[dict-item]  # Mapping is invariant in its key
    Condition: CONDITIONS,  # type: ignore[dict-item]
    DocumentType: DOCUMENTS,  # type: ignore[dict-item]
    DocumentStatus: STATUSES,  # type: ignore[dict-item]
    IdentifierType: IDENTIFIERS,  # type: ignore[dict-item]
    Permission: PERMISSIONS,  # type: ignore[dict-item]
}
_ELSEWHERE: Mapping[str, str] = {
    "BackAs": "screens.lending_words:BACK_AS",
    "DealState": "store.domain.deals:DEAL_STATES",
    "FieldFault": "screens.field_words:FAULTS",
    "FieldType": "screens.field_words:FIELD_TYPES",
}
"""Where further words are. They are read when first shown: the sign-in would wait for what their codes stand on."""


def word(code: StrEnum) -> str:
    """Return the word for a code in the language in force."""
    return _(_words_of(type(code))[code])


@cache
def _words_of(type_: type[StrEnum]) -> Mapping[StrEnum, str]:
    """Return the words for the codes of a type: none where they speak for themselves."""
    if type_ in _WORDS:
        return _WORDS[type_]
    where = _ELSEWHERE.get(type_.__name__)
    words: Mapping[StrEnum, str] = resolve_name(where) if where else {}
    return words


def quantity(value: Decimal) -> str:
    """Return a quantity without needless zeros: '12', '2.5'."""
    return format(value.normalize(), "f")


def money(value: Decimal) -> str:
    """Return an amount of money with the two places that people count: '1250.50'."""
    return format(value, ".2f")


def moment(value: datetime) -> str:
    """Return a moment on this machine's clock: the time alone if it is today, else with the date."""
    local = value.astimezone()
    today = datetime.now(local.tzinfo).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def refusal_text(refusal: Refusal) -> str:
    """Return why something was refused and what to do next."""
    sentence = _(REFUSALS[refusal.code])
    if refusal.code is RefusalCode.BAD_VALUE and not refusal.data.get("text"):
        # Nothing at all was entered: there is no text that could be said not to fit.
        sentence = "{field}: {fault} {choices}"
    return filled(sentence, _typed(refusal)).strip()


def reason_fault(text: str) -> str | None:
    """Return what is wrong with a text that says why: that there is none."""
    return None if text.strip() else refusal_text(Refusal(RefusalCode.REASON_NEEDED))


def refusal_about(label: str, refusal: Refusal) -> str:
    """Return why something was refused in what is called `label` where it is shown."""
    if refusal.code is RefusalCode.BAD_VALUE:
        return refusal_text(Refusal(refusal.code, {**refusal.data, "field": label}))
    text = _("Enter something.") if refusal.code is RefusalCode.EMPTY else refusal_text(refusal)
    return f"{label}: {text}"


_CODES: Mapping[str, type[StrEnum]] = {"terms": Terms, "condition": Condition, "permission": Permission}
_DIGITS = re.compile(r"\\d\{(\d{1,2})\}")
_MOMENTS = frozenset({"at", "since", "last"})


def _typed(refusal: Refusal) -> dict[str, object]:
    """Return the data with their types: a refusal that was kept in the store comes back as texts."""
    data: dict[str, object] = {}
    for name, value in refusal.data.items():
        if isinstance(value, str) and name in _CODES:
            data[name] = _CODES[name](value)
        elif isinstance(value, str) and name in _MOMENTS and refusal.code is not RefusalCode.BAD_RANGE:
            data[name] = datetime.fromisoformat(value)
        elif isinstance(value, str) and name == "pattern":
            data[name] = pattern_text(value)
        else:
            data[name] = value
    return data


def pattern_text(pattern: str) -> str:
    """Return a serial pattern as people read it: a digit sign for each digit of the simple ones."""
    return _DIGITS.sub(lambda found: "#" * int(found[1]), pattern)


def filled(sentence: str, data: Mapping[str, object]) -> str:
    """Return `sentence` with its fields as people read them; one without data is a question mark."""
    return sentence.format_map(_Blank({name: _shown(value) for name, value in data.items()}))


def _shown(value: object) -> str:
    if isinstance(value, StrEnum) and _words_of(type(value)):
        return word(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return quantity(value)
    if isinstance(value, tuple | list):
        return ", ".join(_shown(item) for item in value)
    return str(value)


class _Blank(dict[str, str]):
    """A field that a refusal does not carry is left out of its sentence."""

    def __missing__(self, _name: str) -> str:
        return "?"
