"""In whose name a command without a screen does something, and at which terminal."""

import socket

from store.domain.errors import StoreError
from store.domain.language import _
from store.domain.records import Operator, Terminal
from store.queries import operators, terminals
from tui.cli.context import Context


def operator_of(context: Context) -> Operator:
    """Return the operator that --operator or letters.operator names. Raises StoreError."""
    code = context.arguments.operator or context.settings.letters.operator
    found = operators.by_code(code) if code else None
    if found is None:
        known = ", ".join(each.code for each in operators.listing())
        message = _("say who does it: --operator or letters.operator; there are: {known}")
        raise StoreError(message.format(known=known))
    return found


def terminal_of(context: Context) -> Terminal:
    """Return the terminal of the configuration, of this machine, or the only one. Raises StoreError."""
    found = terminals.named(context.settings.terminal) or terminals.find(socket.gethostname(), None)
    known = terminals.listing()
    if found is None and len(known) == 1:
        found = known[0]
    if found is None:
        codes = ", ".join(each.code for each in known)
        raise StoreError(_("say at which terminal: set `terminal`; there are: {known}").format(known=codes))
    return found
