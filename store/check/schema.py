"""What the database itself must hold: every reference, every guard, and its own files."""

from collections.abc import Iterator

from peewee import ForeignKeyField

from store.domain.findings import Finding, FindingCode
from store.models import (
    attachments,
    custom,
    deals,
    deposits,
    documents,
    events,
    invoices,
    letters,
    loans,
    movements,
    papers,
    parties,
    people,
    products,
    recurring,
    repairs,
    reservations,
    searches,
    services,
    stocktakes,
    tasks,
    units,
)
from store.models.base import Row
from store.models.sql import is_postgres, select, stream

_TABLES = (
    attachments,
    parties,
    people,
    products,
    units,
    documents,
    loans,
    movements,
    stocktakes,
    deposits,
    custom,
    recurring,
    reservations,
    events,
    repairs,
    letters,
    tasks,
    services,
    invoices,
    deals,
    papers,
    searches,
)
"""The modules with all the models of the store."""
_INDEXES = (
    "party_own",
    "identifier_inventory",
    "draft_scan_once",
    "draft_scan_taken",
    "invoice_number",
    "invoice_ksef",
    "loan_open_unit",
    "document_on_site",
    "saved_search_own",
    "saved_search_shared",
    "document_stocktake",
    "stocktake_reasoned",
    "repair_open",
    "movement_of_part",
    "validity_renewed",
)
_EVENT_GUARDS = (
    "event_closed_once", "event_no_delete", "unit_link_installed", "unit_link_replaced",
    "task_recurring",
)  # fmt: skip
_NO_SERVICE = tuple(
    f"{table}_no_service_{deed}" for table in ("unit", "balance") for deed in ("insert", "update")
)
_INVOICES = ("document_covered", "deal_line_covered")
_PLANS = ("service_plan_moved", "service_plan_told", "service_plan_interval", "team_services")
_PAPERS = ("paper_file", "paper", "paper_unit", "paper_print")
_SQLITE_GUARDS = (
    "attachment_no_update", "attachment_no_delete", "attachment_no_replace",
    "attached_file_no_update", "attached_file_no_delete", "attached_file_no_replace",
    "event_no_update", "event_no_replace", "reminder_no_delete", "reminder_no_change", "reminder_no_replace",
    "cost_no_update", "cost_no_delete", "cost_no_replace",
    "warranty_change_no_update", "warranty_change_no_delete", "warranty_change_no_replace",
    *_EVENT_GUARDS,
    "movement_no_update", "movement_no_delete", "movement_no_replace",
    "condition_change_no_update", "condition_change_no_delete", "condition_change_no_replace",
    *(f"{table}_no_{deed}" for table in _PAPERS for deed in ("update", "delete", "replace")),
    "loan_extension_no_update", "loan_extension_no_delete", "loan_extension_no_replace",
    "loan_no_delete", "loan_no_change", "loan_no_replace",
    "draft_scan_back_insert", "draft_scan_back_update",
    "repair_no_delete", "repair_no_change", "repair_no_replace",
    "unit_search_insert", "unit_search_delete", "unit_search_update",
    "identifier_search_insert", "identifier_search_delete", "identifier_search_update",
    "deal_no_delete", "deal_no_replace", "deal_line_no_delete", "deal_line_ended",
    "field_change_no_update", "field_change_no_delete", "field_change_no_replace",
    "stocktake_difference_no_insert", "stocktake_difference_no_update", "stocktake_difference_no_delete",
    "due_back_change_no_update", "due_back_change_no_delete", "due_back_change_no_replace",
    "pending_fill_no_update", "pending_fill_no_delete", "pending_fill_no_replace",
    "pending_drop_no_update", "pending_drop_no_delete", "pending_drop_no_replace", "pending_drop_again",
    *_INDEXES, *_NO_SERVICE, *_PLANS, *_INVOICES,
)  # fmt: skip
_POSTGRES_GUARDS = (
    "attachment_append_only", "attachment_no_truncate",
    "attached_file_append_only", "attached_file_no_truncate",
    "event_facts", "event_no_truncate", "reminder_kept", "reminder_no_truncate",
    "cost_append_only", "cost_no_truncate",
    "warranty_change_append_only", "warranty_change_no_truncate", *_EVENT_GUARDS,
    "movement_append_only", "movement_no_truncate",
    "condition_change_append_only", "condition_change_no_truncate",
    "field_change_append_only", "field_change_no_truncate", "field_value_unit_id_field_id_key",
    "stocktake_difference_kept", "stocktake_difference_no_truncate",
    "due_back_change_append_only", "due_back_change_no_truncate",
    "pending_fill_append_only", "pending_fill_no_truncate",
    "pending_drop_append_only", "pending_drop_no_truncate", "pending_drop_again",
    *(f"{table}_{guard}" for table in _PAPERS for guard in ("append_only", "no_truncate")),
    "loan_extension_append_only", "loan_extension_no_truncate", "loan_kept", "loan_no_truncate",
    "draft_scan_back",
    "deal_kept", "deal_no_truncate", "deal_line_kept", "deal_line_check",
    "repair_kept", "repair_no_truncate",
    "unit_product_id_serial_key_key", "unit_place_id_fkey", "balance_quantity_check",
    *_INDEXES, *_NO_SERVICE, *_PLANS, *_INVOICES, "validity_unit_id_key",
)  # fmt: skip


def check_references() -> Iterator[Finding]:
    """Yield the rows whose foreign keys name rows that are not there."""
    models = [
        model for module in _TABLES for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Row) and model.__module__ == module.__name__
    ]  # fmt: skip
    for model in models:
        table = model._meta.table_name  # noqa: SLF001 - peewee's documented way to a model's fields
        for field in model._meta.sorted_fields:  # noqa: SLF001
            if not isinstance(field, ForeignKeyField):
                continue
            column, target = field.column_name, field.rel_model._meta.table_name  # noqa: SLF001
            target_key = field.rel_field.column_name
            columns = [each.column_name for each in model._meta.sorted_fields]  # noqa: SLF001
            key = "id" if "id" in columns else columns[0]
            broken = stream(
                f"SELECT r.{key} AS id, r.{column} AS missing FROM {table} r WHERE r.{column} IS NOT NULL "
                f"AND NOT EXISTS (SELECT 1 FROM {target} t WHERE t.{target_key} = r.{column})"
            )
            for row in broken:
                yield Finding(code=FindingCode.REFERENCE, data={"table": table, "column": column, **row})


def check_guards() -> Iterator[Finding]:
    """Yield the triggers, unique indexes and constraints that a store must have and this one has not."""
    if is_postgres():
        wanted: tuple[str, ...] = _POSTGRES_GUARDS
        present = """
            SELECT tgname AS name FROM pg_trigger WHERE tgenabled IN ('O', 'A')
            UNION SELECT conname FROM pg_constraint WHERE convalidated
            UNION SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indisvalid"""
    else:
        wanted = _SQLITE_GUARDS
        present = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')"
    there = {row["name"] for row in select(present)}
    for guard in wanted:
        if guard not in there:
            yield Finding(code=FindingCode.GUARD, data={"guard": guard})


def check_files() -> Iterator[Finding]:
    """Yield what SQLite finds wrong in its own pages, indexes and constraints; PostgreSQL checks its own."""
    if is_postgres():
        return
    for row in stream("PRAGMA integrity_check"):
        text = row["integrity_check"]
        if text != "ok":
            yield Finding(code=FindingCode.DATABASE, data={"text": text})
