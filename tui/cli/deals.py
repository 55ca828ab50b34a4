"""`sztuka deals`: deals for people and scripts, and made from a CSV file."""

import hashlib
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from screens.session import utc_now
from screens.words import refusal_text, word
from store.domain.deals import DealHead
from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.lists import BadRow, BadRowsError, Loaded
from store.domain.records import Actor
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.deal_list import COLUMNS, REQUIRED, DealList, read_deals
from store.opening import ready
from store.operations.loading import DryRunError
from store.operations.loading_deals import load_deals
from store.queries.deals import ENDED, OPEN, deal_lines, deals
from store.queries.parties import own_company
from store.transaction import run_read, run_write
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.import_post import operator_of, terminal_of
from tui.cli.list_file import bad_rows, list_bytes, unread, wrong_count, wrong_heading
from tui.cli.reading import named_party

_STATES = {"open": OPEN, "ended": ENDED, "all": (*OPEN, *ENDED)}
_PAGE = 200


def run(context: Context) -> int:
    """List deals, or make those of a file."""
    if context.arguments.load is not None:
        return _load(context, context.arguments.load)
    if context.arguments.dry_run:
        raise StoreError(_("--dry-run needs --load FILE"))
    with ready(context.settings.store, context.settings.backup.folder) as database:
        run_read(database, lambda: _list(context))
    return Exit.OK


def _list(context: Context) -> None:
    options = context.arguments
    party_id = named_party(options.customer).id if options.customer else None
    found = _all(_STATES[options.state], party_id)
    if not options.json:
        for head in found:
            counts = f"{_number(head.delivered)}/{_number(head.quantity)}"
            cells = (head.number, f"{counts:>9}", word(head.state), head.party.name, head.their_order)
            sys.stdout.write("  ".join(cells).rstrip() + "\n")
        return
    sys.stdout.write("[")
    for number, head in enumerate(found):
        text = json.dumps(_described(head), ensure_ascii=False)
        sys.stdout.write(("," if number else "") + "\n" + text)
    sys.stdout.write("\n]\n")


def _all(states: Any, party_id: int | None) -> Iterator[DealHead]:
    before: int | None = None
    while page := deals(states, limit=_PAGE, before_id=before, party_id=party_id):
        yield from page
        before = page[-1].id


def _described(head: DealHead) -> dict[str, Any]:
    return {
        "number": head.number,
        "state": head.state.value,
        "customer_code": head.party.code,
        "customer": head.party.name,
        "location": head.location.code,
        "order": head.their_order,
        "currency": head.currency,
        "note": head.note,
        "reason": head.reason,
        "made_at": head.made_at.isoformat(),
        "made_by": head.made_by,
        "finalised_at": head.finalised_at.isoformat() if head.finalised_at else None,
        "delivered_at": head.delivered_at.isoformat() if head.delivered_at else None,
        "lines": [
            {
                "line": line.position,
                "sku": line.product.sku,
                "product": line.product.name,
                "price": _number(line.unit_price),
                "note": line.note,
                **{
                    name: _number(getattr(line, name))
                    for name in ("quantity", "planned", "delivered", "dropped", "open", "invoiced")
                },
            }
            for line in deal_lines(head.id)
        ],
    }


def _number(value: Decimal | None) -> str | None:
    """Return a number as text: binary fractions would not keep it."""
    return None if value is None else format(value, "f")


def _load(context: Context, path: Path) -> int:
    """Make the deals of a file: all of them or, when one row is wrong, none."""
    data = list_bytes(path)
    try:
        file = read_deals(data)
    except UnreadableInvoiceError as error:
        raise _unread(path, error) from error
    name = hashlib.sha256(data).hexdigest()
    problems = [(line, wrong_count(count, expected)) for line, count, expected in file.short]
    with ready(context.settings.store, context.settings.backup.folder) as database:
        own_company()
        actor = Actor(operator=operator_of(context), terminal=terminal_of(context), at=utc_now())
        is_trial = context.arguments.dry_run or bool(problems)
        rows = [row for _line, row in file.rows]
        try:
            loaded = run_write(database, lambda: load_deals(actor, rows, name=name, dry_run=is_trial))
        except DryRunError as end:
            loaded = end.loaded
        except BadRowsError as error:
            raise bad_rows(path, problems + [_problem(file, bad) for bad in error.rows]) from error
    if problems:
        raise bad_rows(path, problems)
    sys.stderr.write(_told(loaded, dry_run=context.arguments.dry_run) + "\n")
    return Exit.OK


def _unread(path: Path, error: UnreadableInvoiceError) -> StoreError:
    """Return why a file is no list of deals, and what to do about it."""
    if error.code is Unreadable.NO_COLUMNS:
        return wrong_heading(path, REQUIRED, [name for name in COLUMNS if name not in REQUIRED])
    return unread(path, error)


def _told(loaded: Loaded, *, dry_run: bool) -> str:
    if dry_run:
        text = _("{added} deals would be made, {known} are there already. Nothing was written.")
    else:
        text = _("{added} deals made, {known} were there already.")
    return text.format(added=loaded.added, known=loaded.known)


def _problem(file: DealList, bad: BadRow) -> tuple[int, str]:
    line, row = file.rows[bad.number]
    if bad.refusal is not None:
        return line, f"{bad.column}: {refusal_text(bad.refusal)}" if bad.column else refusal_text(bad.refusal)
    if bad.column == "customer":
        text = _("customer: no one customer has the code, tax id or name {text}")
    elif bad.column == "product":
        text = _("product: no product has the SKU or GTIN {text}")
    elif bad.column == "location" and bad.allowed:
        text = _("location: a deal has one, and this one began with {allowed}")
    elif bad.column == "location":
        text = _("location: no one location of ours has the code or name {text}")
    elif bad.column == "currency":
        text = _("currency: a deal has one, and this one began with {allowed}")
    else:
        text = _("{column}: {text} is no number like 12.50 or 1 250,00")
    return line, text.format(column=bad.column, text=row.get(bad.column, "") or "''", allowed=bad.allowed)
