"""`sztuka import`: files, or what comes into a folder, posted; each as a whole or not at all."""

import asyncio
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screens.session import utc_now
from screens.words import quantity, refusal_text, word
from store.domain.errors import RefusedError, StoreError
from store.domain.language import _
from store.domain.received import InvoiceState, Offers, Receipt
from store.domain.received_words import LINKS, STATES
from store.domain.records import Actor, Operator, Terminal
from store.domain.same_goods import Link
from store.domain.terms import DocumentType
from store.domain.unreadable import UnreadableInvoiceError
from store.imports.csv_mapping import CsvMapping
from store.imports.inbox import Inbox
from store.imports.options import ReadOptions
from store.lane import Lane
from store.opening import ready
from store.operations.csv_mappings import save_mapping
from store.operations.importing import post_if_clear
from store.operations.mending import decide_offers
from store.operations.receiving import receive
from store.queries import operators, terminals
from store.queries.parties import own_company
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.import_dry import bytes_of, options_for, print_json
from tui.cli.import_json import number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """Who imports where, and how."""

    lane: Lane
    operator: Operator
    terminal: Terminal
    context: Context
    mapping: CsvMapping | None
    ours: Sequence[str]

    def actor(self) -> Actor:
        """Return who does it now."""
        return Actor(operator=self.operator, terminal=self.terminal, at=utc_now())


def run(context: Context, mapping: CsvMapping | None) -> int:
    """Post the files, or what comes into the inbox; FAILED when one failed or waits."""
    arguments = context.arguments
    folder = None
    if arguments.inbox is not None:
        configured = context.settings.imports.inbox
        folder = arguments.inbox if arguments.inbox != Path() else Path(configured).expanduser()
        if not configured and arguments.inbox == Path():
            raise StoreError(_("name the folder, or set imports.inbox"))
        if not folder.is_dir():
            raise StoreError(_("{file}: is no folder").format(file=folder))
    with ready(context.settings.store, context.settings.backup.folder) as database:
        own_company()
        operator, terminal = operator_of(context), terminal_of(context)
    work = _Work(
        lane=Lane(database),
        operator=operator,
        terminal=terminal,
        context=context,
        mapping=mapping,
        ours=tuple(arguments.tax_id or [context.settings.company.tax_id]),
    )
    return asyncio.run(_run(work, folder))


async def _run(work: _Work, folder: Path | None) -> int:
    await work.lane.start()
    try:
        if work.mapping is not None and work.mapping.sender:
            await work.lane.write(save_mapping, work.actor(), work.mapping)
        if folder is None:
            good = [await _post_file(work, path) for path in work.context.arguments.files]
            return Exit.OK if all(good) else Exit.FAILED
        inbox = Inbox(folder)
        all_good = True
        while True:
            for taken in inbox.take():
                with taken:
                    all_good &= await _post_taken(work, inbox, taken.path)
            if work.context.arguments.once and inbox.is_settled:
                return Exit.OK if all_good else Exit.FAILED
            await asyncio.sleep(inbox.pause)
    finally:
        await work.lane.close()


async def _post_file(work: _Work, path: Path) -> bool:
    try:
        receipt = await _post(work, path)
    except (OSError, UnreadableInvoiceError, RefusedError) as error:
        _tell_failed(work, path, reason_of(error))
        return False
    _tell(work, path, receipt)
    return not receipt.questions


async def _post_taken(work: _Work, inbox: Inbox, path: Path) -> bool:
    """Post a file of the inbox and put it where it belongs; a store that is away leaves it where it is."""
    try:
        receipt = await _post(work, path)
    except (OSError, UnreadableInvoiceError, RefusedError) as error:
        reason = reason_of(error)
        inbox.fail(path, reason)
        _tell_failed(work, path, reason)
        return False
    inbox.finish(path, "\n".join(receipt.questions))
    _tell(work, path, receipt)
    return not receipt.questions


async def _post(work: _Work, path: Path) -> Receipt:
    data, options = bytes_of(path), options_for(path, work.context, work.mapping)
    return await work.lane.write(_import, work, path.name, data, options)


def _import(work: _Work, name: str, data: bytes, options: ReadOptions) -> Receipt:
    """Receive and post one file. It runs in the lane, in one transaction."""
    actor = work.actor()
    receipt = receive(actor, data, name=name, options=options, ours=work.ours)
    if work.context.arguments.take_serials and receipt.questions:
        decide_offers(actor, receipt.invoice.id, Offers.TAKE)
    return post_if_clear(actor, receipt)


def reason_of(error: Exception) -> str:
    """Return why a file failed, in words."""
    if isinstance(error, RefusedError):
        return refusal_text(error.refusal)
    return str(getattr(error, "strerror", None) or error)


def _tell_failed(work: _Work, path: Path, reason: str) -> None:
    sys.stderr.write(f"{path}: {reason}\n")
    if work.context.arguments.json:
        print_json({"file": path.name, "error": reason})
    sys.stdout.flush()


def _tell(work: _Work, path: Path, receipt: Receipt) -> None:
    if work.context.arguments.json:
        print_json(_described(path.name, receipt))
    else:
        for line in _lines(path.name, receipt):
            sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _lines(name: str, receipt: Receipt) -> list[str]:
    invoice = receipt.invoice
    state = _(STATES[invoice.state])
    lines = [f"{name}: {invoice.number or '-'} {state}".rstrip()]
    if receipt.known:
        day = (invoice.imported_at or invoice.received_at).astimezone().strftime("%Y-%m-%d %H:%M")
        lines.append("  " + _("it was here before, {day}").format(day=day))
    told = {(link.type, link.name) for link in receipt.links}
    lines += [
        f"  {word(made.type)} {made.name}" for made in receipt.made if (made.type, made.name) not in told
    ]
    lines += [f"  {_link_text(link)}" for link in receipt.links]
    lines += [f"  ? {question}" for question in receipt.questions]
    if receipt.pending:
        lines.append("  " + _("{count} to be scanned").format(count=quantity(receipt.pending)))
    if invoice.state is InvoiceState.IMPORTED and not (receipt.made or receipt.pending):
        lines.append("  " + _("nothing moves"))
    return lines


def _link_text(link: Link) -> str:
    """Return with what an invoice is counted once, or will be, of how many pieces, and why."""
    what = _("Deal") if link.type is DocumentType.DEAL else word(link.type)
    return _("counted once with {document} ({day}), {count} pcs.: {why}").format(
        document=f"{what} {link.name}", day=link.day.isoformat(), count=quantity(link.quantity),
        why=_(LINKS[link.why]),
    )  # fmt: skip


def _described(name: str, receipt: Receipt) -> dict[str, Any]:
    invoice = receipt.invoice
    return {
        "file": name,
        "number": invoice.number,
        "state": invoice.state.value,
        "known": receipt.known,
        "direction": invoice.direction.value,
        "documents": [
            {"type": made.type.value, "name": made.name, "status": made.status.value, "role": made.role}
            for made in receipt.made
        ],
        "linked": [
            {
                "type": link.type.value,
                "name": link.name,
                "date": link.day.isoformat(),
                "pieces": number(link.quantity),
                "why": link.why.value,
                "text": _(LINKS[link.why]),
            }
            for link in receipt.links
        ],
        "pending_serials": format(receipt.pending, "f"),
        "questions": list(receipt.questions),
    }


def operator_of(context: Context) -> Operator:
    """Return in whose name something is done: as the option says, or the configuration. Raises StoreError."""
    code = context.arguments.operator or context.settings.imports.operator
    found = operators.by_code(code) if code else None
    if found is None:
        known = ", ".join(each.code for each in operators.listing())
        raise StoreError(
            _("say who imports: --operator or imports.operator; there are: {known}").format(known=known)
        )
    return found


def terminal_of(context: Context) -> Terminal:
    """Return at which terminal something is done. Raises StoreError when that is not clear."""
    found = terminals.named(context.settings.terminal) or terminals.find(socket.gethostname(), None)
    known = terminals.listing()
    if found is None and len(known) == 1:
        found = known[0]
    if found is None:
        codes = ", ".join(each.code for each in known)
        raise StoreError(_("say at which terminal: set `terminal`; there are: {known}").format(known=codes))
    return found
