"""`sztuka check`: the whole store against every rule that it lives by."""

from collections.abc import Iterator

from peewee import Database

from store.check.attachments import ATTACHMENT_RULES, check_attachments
from store.check.balances import BALANCE_RULES
from store.check.deals import DEAL_RULES
from store.check.deposits import DEPOSIT_RULES
from store.check.documents import DOCUMENT_RULES
from store.check.events import EVENT_RULES
from store.check.fields import FIELD_RULES, check_values
from store.check.invoices import INVOICE_RULES
from store.check.keys import check_keys
from store.check.loans import LOAN_RULES
from store.check.master import MASTER_RULES
from store.check.numbers import check_numbers
from store.check.papers import PAPER_RULES, check_files_of_papers
from store.check.recurring import RECURRING_RULES
from store.check.reminders import REMINDER_RULES
from store.check.repairs import REPAIR_RULES
from store.check.reservations import reservation_rules
from store.check.rule import Rule
from store.check.schema import check_files, check_guards, check_references
from store.check.services import SERVICE_RULES
from store.check.stocktakes import STOCKTAKE_RULES
from store.check.units import UNIT_RULES
from store.domain.errors import StoreTooOldError
from store.domain.findings import Finding
from store.domain.language import _
from store.migrate import pending
from store.transaction import snapshot


def check_store(database: Database) -> Iterator[Finding]:
    """Yield everything that is off in a store, as it is found; nothing, when the store is sound.

    The database must be connected, and be left alone by this thread until the iterator is used up or closed.
    It reads one state of the store, while others may work on, in the same memory whatever the store's size.
    Raises StoreTooOldError when the store waits for a migration, StoreTooNewError as `pending` does.
    """
    if pending(database):
        raise StoreTooOldError(_("the store needs `sztuka migrate` before it can be checked"))
    with snapshot(database):
        for check in (check_files, check_guards, check_references):
            yield from check()
        for rule in all_rules():
            yield from rule.findings()
        for check in (check_attachments, check_keys, check_numbers, check_values, check_files_of_papers):
            yield from check()


def all_rules() -> tuple[Rule, ...]:
    """Return the rules that are queries, in the words of the open database."""
    return (
        *MASTER_RULES,
        *ATTACHMENT_RULES,
        *UNIT_RULES,
        *BALANCE_RULES,
        *DOCUMENT_RULES,
        *LOAN_RULES,
        *STOCKTAKE_RULES,
        *DEPOSIT_RULES,
        *FIELD_RULES,
        *PAPER_RULES,
        *EVENT_RULES,
        *REPAIR_RULES,
        *INVOICE_RULES,
        *SERVICE_RULES,
        *RECURRING_RULES,
        *DEAL_RULES,
        *REMINDER_RULES,
        *reservation_rules(),
    )
