"""What `sztuka check` can find off in a store, each with the ids by which it is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from store.domain.language import N_, _


class FindingCode(StrEnum):
    """The invariants of a store, named by what is off when one does not hold."""

    NO_MOVEMENT = "no_movement"
    PROJECTION = "projection"
    CHAIN = "chain"
    ORDER = "order"
    TRANSITION = "transition"
    TARGET = "target"
    PLACE_KIND = "place_kind"
    OWNER = "owner"
    CONDITION = "condition"
    CONDITION_CHAIN = "condition_chain"
    WARRANTY = "warranty"
    SERIAL_TWICE = "serial_twice"
    MOVEMENT_PRODUCT = "movement_product"
    BALANCE = "balance"
    BALANCE_NEGATIVE = "balance_negative"
    NOT_POSTED = "not_posted"
    MOMENT = "moment"
    SCAN_NOT_MOVED = "scan_not_moved"
    MOVED_NOT_SCANNED = "moved_not_scanned"
    LINE_MOVED = "line_moved"
    LINE_COUNT = "line_count"
    ANNOUNCED = "announced"
    SCAN_STATE = "scan_state"
    SCAN_LINE = "scan_line"
    SCAN_TWICE = "scan_twice"
    RENTAL = "rental"
    LOAN_LENT = "loan_lent"
    LOAN_RETURNED = "loan_returned"
    LOAN_FACTS = "loan_facts"
    LOAN_OPEN = "loan_open"
    LOAN_DAY = "loan_day"
    LOAN_PIECES = "loan_pieces"
    BACK_AS = "back_as"
    BACK_PIECES = "back_pieces"
    DUE_BACK = "due_back"
    DUE_BACK_CHAIN = "due_back_chain"
    DEPOSIT = "deposit"
    STOCKTAKE = "stocktake"
    COUNTED = "counted"
    COUNT_MOVED = "count_moved"
    MOVED_UNCOUNTED = "moved_uncounted"
    COUNT_PIECES = "count_pieces"
    COUNT_REASON = "count_reason"
    NUMBER = "number"
    NUMBER_GAP = "number_gap"
    COUNTER = "counter"
    RESERVED_DAYS = "reserved_days"
    INVOICE_MOVED = "invoice_moved"
    INVOICE_COVER = "invoice_cover"
    INVOICE_LINES = "invoice_lines"
    PENDING_TRACKING = "pending_tracking"
    PENDING_FILLED = "pending_filled"
    PENDING_DROPPED = "pending_dropped"
    FILLED_BY = "filled_by"
    DEAL_NUMBER = "deal_number"
    DEAL_LINE = "deal_line"
    DEAL_STATE = "deal_state"
    DEAL_PART = "deal_part"
    DEAL_COVER = "deal_cover"
    KEY = "key"
    PAPER_FILE = "paper_file"
    PAPER_NOT_POSTED = "paper_not_posted"
    PAPER_UNIT = "paper_unit"
    PAPER_UNUSED = "paper_unused"
    PLACE = "place"
    OWN_COMPANY = "own_company"
    FIELD_VALUE = "field_value"
    ATTACHMENT_FILE = "attachment_file"
    ATTACHMENT_UNUSED = "attachment_unused"
    FIELD_CHANGE = "field_change"
    FIELD_CHAIN = "field_chain"
    EVENT_UNIT = "event_unit"
    EVENT_HOLDER = "event_holder"
    EVENT_STATUS = "event_status"
    REPAIR_OPEN = "repair_open"
    REPAIR_FACTS = "repair_facts"
    PART = "part"
    CARRIED = "carried"
    COST = "cost"
    REMINDER = "reminder"
    REMINDER_LETTER = "reminder_letter"
    PLAN_MISSING = "plan_missing"
    PLAN_TASK = "plan_task"
    SERVICE_TERMS = "service_terms"
    SERVICE_HERE = "service_here"
    SERVICE_DAYS = "service_days"
    SERVICE_RENEWED = "service_renewed"
    REFERENCE = "reference"
    GUARD = "guard"
    DATABASE = "database"


_SENTENCES: dict[FindingCode, str] = {
    FindingCode.NO_MOVEMENT: N_("unit {unit_id} ({serial}) has no movement"),
    FindingCode.PROJECTION: N_(
        "unit {unit_id} ({serial}): its row and its last movement {movement_id} disagree on: {facts}"
    ),
    FindingCode.CHAIN: N_("unit {unit_id}: movement {movement_id} does not begin where the last one ended"),
    FindingCode.ORDER: N_("unit {unit_id}: movement {movement_id} is dated before the one before it"),
    FindingCode.TRANSITION: N_(
        "document {document_id}: movement {movement_id} is none that such a document makes "
        "({from_terms} to {to_terms})"
    ),
    FindingCode.TARGET: N_("document {document_id}: it goes to no place that such a document can go to"),
    FindingCode.PLACE_KIND: N_("unit {unit_id} ({serial}) cannot be {terms} where it is (place {place_id})"),
    FindingCode.OWNER: N_("unit {unit_id} ({serial}) cannot be {terms} and belong to party {owner_id}"),
    FindingCode.CONDITION: N_(
        "unit {unit_id} ({serial}) is {condition}, but its last change made it {changed}"
    ),
    FindingCode.CONDITION_CHAIN: N_(
        "unit {unit_id}: change of condition {change_id} does not begin where the one before it ended"
    ),
    FindingCode.WARRANTY: N_("unit {unit_id} ({serial}): its warranty has no beginning or ends before it"),
    FindingCode.SERIAL_TWICE: N_("product {product_id} has serial {serial} on {count} units"),
    FindingCode.MOVEMENT_PRODUCT: N_(
        "document {document_id}: movement {movement_id} is of another product than its unit or its line"
    ),
    FindingCode.BALANCE: N_(
        "product {product_id} at place {place_id}, owner {owner_id}, {terms}: "
        "the balance says {balance}, the movements {ledger}"
    ),
    FindingCode.BALANCE_NEGATIVE: N_(
        "product {product_id} at place {place_id}: the balance is negative ({balance})"
    ),
    FindingCode.NOT_POSTED: N_("document {document_id} is {status} and has movement {movement_id}"),
    FindingCode.MOMENT: N_("document {document_id} and its movement {movement_id} differ in their times"),
    FindingCode.SCAN_NOT_MOVED: N_("document {document_id}: scan {scan_id} ({serial}) moved no unit"),
    FindingCode.MOVED_NOT_SCANNED: N_(
        "document {document_id}: movement {movement_id} of unit {unit_id} comes from no scan"
    ),
    FindingCode.LINE_MOVED: N_(
        "document {document_id}, line {position}: {scanned} were scanned and {moved} moved"
    ),
    FindingCode.LINE_COUNT: N_(
        "document {document_id}, line {position}: it counts {scanned} and {rejected} rejected, "
        "its scans are {scans} and {rejects}"
    ),
    FindingCode.ANNOUNCED: N_(
        "document {document_id}, line {position}: it counts {announced} announced serials and has {serials}"
    ),
    FindingCode.SCAN_STATE: N_("document {document_id} is {status} and its scan {scan_id} is {state}"),
    FindingCode.SCAN_LINE: N_(
        "document {document_id}: scan {scan_id} is of another document or product than its line or its unit"
    ),
    FindingCode.SCAN_TWICE: N_("document {document_id} has {count} scans of serial {serial}"),
    FindingCode.RENTAL: N_("document {document_id}: a rental says how long it lasts, and nothing else does"),
    FindingCode.LOAN_LENT: N_(
        "document {document_id}: movement {movement_id} lent {moved}, loans say {lent}"
    ),
    FindingCode.LOAN_RETURNED: N_(
        "document {document_id}: movement {movement_id} brought {moved} back, its loans say {closed}"
    ),
    FindingCode.LOAN_FACTS: N_("document {document_id}: loan {loan_id} is not what its movements say"),
    FindingCode.LOAN_OPEN: N_("unit {unit_id} ({serial}) is {terms}, and its open loan says otherwise"),
    FindingCode.LOAN_DAY: N_(
        "document {document_id}: the day of loan {loan_id} is neither its rental's nor its last extension's"
    ),
    FindingCode.LOAN_PIECES: N_(
        "product {product_id} at place {place_id}: {there} are lent there, its open loans say {lent}"
    ),
    FindingCode.BACK_AS: N_(
        "document {document_id}: scan {scan_id} says otherwise why or under which rental it comes back "
        "than its movement"
    ),
    FindingCode.BACK_PIECES: N_(
        "document {document_id}: {scanned} came from party {party_id}, {moved} moved"
    ),
    FindingCode.DUE_BACK: N_(
        "unit {unit_id} ({serial}): it is due back on {due}, but its last change made it {changed}"
    ),
    FindingCode.DUE_BACK_CHAIN: N_(
        "unit {unit_id}: change of its due day {change_id} does not begin where the one before it ended"
    ),
    FindingCode.DEPOSIT: N_("document {document_id}: it says when a deposit is due, and is none"),
    FindingCode.STOCKTAKE: N_(
        "document {document_id}: a stocktake knows what was on record when it began, and nothing else does"
    ),
    FindingCode.COUNTED: N_(
        "document {document_id}: scan {scan_id} counts where nothing is counted, or the other way round"
    ),
    FindingCode.COUNT_MOVED: N_("document {document_id}: {serial} is {kind} and was not moved"),
    FindingCode.MOVED_UNCOUNTED: N_(
        "document {document_id}: movement {movement_id} of unit {unit_id} comes from no difference"
    ),
    FindingCode.COUNT_PIECES: N_(
        "document {document_id}, line {position}: it differs by {differs} and {moved} moved"
    ),
    FindingCode.COUNT_REASON: N_("document {document_id}: difference {difference_id} has no reason"),
    FindingCode.NUMBER: N_("document {document_id}: its number {number} is none of its series"),
    FindingCode.NUMBER_GAP: N_("series {series}/{year}: number {missing} is missing"),
    FindingCode.COUNTER: N_(
        "series {series}/{year}: the counter says {last}, the highest number is {highest}"
    ),
    FindingCode.RESERVED_DAYS: N_(
        "reservation {reservation_id}: unit {unit_id} is kept for {days} days, it is promised for {promised}"
    ),
    FindingCode.INVOICE_MOVED: N_(
        "invoice {invoice_id} ({number}): its lines say {said} and its documents moved {moved}"
    ),
    FindingCode.INVOICE_COVER: N_(
        "line {line_id} of a document is counted by invoices for {covered} and has {there}"
    ),
    FindingCode.INVOICE_LINES: N_(
        "invoice {invoice_id} ({number}): it says {said} lines and has {lines}, or lacks its file"
    ),
    FindingCode.PENDING_TRACKING: N_("pending serials {pending_id}: {product} has no serials"),
    FindingCode.PENDING_FILLED: N_(
        "pending serials {pending_id}: {filled} are said to be scanned, documents scanned {scanned}"
    ),
    FindingCode.PENDING_DROPPED: N_("pending serials {pending_id}: {dropped} dropped, invoices say {said}"),
    FindingCode.FILLED_BY: N_(
        "document {document_id}, line {position}: {scanned} were scanned, {filled} of them for what waited"
    ),
    FindingCode.DEAL_NUMBER: N_("deal {deal_id}: its number {number} is none of its series"),
    FindingCode.DEAL_LINE: N_(
        "deal {number}, line {position}: it says {delivered} delivered and {planned} in open documents, "
        "its documents say {really} and {open}"
    ),
    FindingCode.DEAL_STATE: N_("deal {number} is {state}, its lines say {really}"),
    FindingCode.DEAL_PART: N_(
        "deal {number}: part {part_id} is of another product, customer or deal than its document"
    ),
    FindingCode.DEAL_COVER: N_(
        "deal {number}, line {position}: invoices count {covered} of it, and it has {there}"
    ),
    FindingCode.KEY: N_("{table} {id}: {key} is not how {text} is compared"),
    FindingCode.ATTACHMENT_FILE: N_("the attached file with SHA-256 {sha256} is not the one that was added"),
    FindingCode.ATTACHMENT_UNUSED: N_("the attached file with SHA-256 {sha256} belongs to no unit"),
    FindingCode.PAPER_FILE: N_("the paper with SHA-256 {sha256} is not the one that was printed"),
    FindingCode.PAPER_NOT_POSTED: N_(
        "paper {paper_id} is of {number}, which is {status} or has another number"
    ),
    FindingCode.PAPER_UNIT: N_("paper {paper_id}: its document did not move unit {unit_id}"),
    FindingCode.PAPER_UNUSED: N_("the file with SHA-256 {sha256} belongs to no paper"),
    FindingCode.PLACE: N_("place {place_id} is not the place of one party or one location"),
    FindingCode.OWN_COMPANY: N_("{count} parties are our own company, one must be"),
    FindingCode.FIELD_VALUE: N_("unit {unit_id}, field {field_id}: {text} is not kept as its type keeps it"),
    FindingCode.FIELD_CHANGE: N_(
        "unit {unit_id}, field {field_id}: it has {text}, but its last change made it {changed}"
    ),
    FindingCode.FIELD_CHAIN: N_(
        "unit {unit_id}, field {field_id}: change {change_id} does not begin where the one before it ended"
    ),
    FindingCode.EVENT_UNIT: N_(
        "unit {unit_id}: event {event_id} is of another product, or corrects one of another unit"
    ),
    FindingCode.EVENT_HOLDER: N_(
        "unit {unit_id}: event {event_id} names party {holder_id}, which never had the unit"
    ),
    FindingCode.REPAIR_OPEN: N_("unit {unit_id} ({serial}) is {terms}, and its open repair says otherwise"),
    FindingCode.REPAIR_FACTS: N_("unit {unit_id}: repair {repair_id} is not what its movements say"),
    FindingCode.PART: N_("unit {unit_id} ({serial}) is built into unit {carrier_id} and is elsewhere"),
    FindingCode.CARRIED: N_(
        "unit {unit_id}: movement {movement_id} went with unit {carrier_id}, which went another way"
    ),
    FindingCode.COST: N_(
        "cost {cost_id} is not of the unit or the party of its event, or takes back another sum"
    ),
    FindingCode.EVENT_STATUS: N_("unit {unit_id}: event {event_id} is open and settled at once"),
    FindingCode.REMINDER_LETTER: N_("reminder {reminder_id}: paper {paper_id} is no letter to its customer"),
    FindingCode.REMINDER: N_("reminder {reminder_id} is {state} with {units} units, but {events} tell of it"),
    FindingCode.PLAN_MISSING: N_("unit {unit_id} ({serial}): nothing says when it is serviced next"),
    FindingCode.PLAN_TASK: N_("unit {unit_id} ({serial}): the task of its next service is not there"),
    FindingCode.SERVICE_TERMS: N_(
        "unit {unit_id} ({serial}): a service has days on which it is valid, and nothing else has"
    ),
    FindingCode.SERVICE_HERE: N_("{product} is a service and lies in a warehouse (place {place_id})"),
    FindingCode.SERVICE_DAYS: N_("service {unit_id} ({serial}): its days, its end or its subject cannot be"),
    FindingCode.SERVICE_RENEWED: N_(
        "service {unit_id} ({serial}) cannot be followed by {renewed_id}, or its history does not tell of it"
    ),
    FindingCode.REFERENCE: N_("{table} {id}: {column} names {missing}, which is not there"),
    FindingCode.GUARD: N_("the database lacks {guard}, which guards the store"),
    FindingCode.DATABASE: N_("the database says: {text}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is off, with the ids that it is found by."""

    code: FindingCode
    data: Mapping[str, object]

    def sentence(self) -> str:
        """Return what is off as a sentence in the language in force."""
        return _(_SENTENCES[self.code]).format(**self.data)
