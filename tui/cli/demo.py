"""`sztuka demo`: a company to try things out."""

import sys
from datetime import UTC, date, datetime
from socket import gethostname

from store.domain.language import _, ngettext
from store.opening import ready
from store.queries.parties import has_company
from tui import paths
from tui.cli.context import Context
from tui.cli.exits import Exit

UNITS = 2000
SEED = 1


def run(context: Context) -> int:
    """Build a demo company in an empty store: the one that `--store` names, else that of `sztuka --demo`."""
    given = context.arguments.store
    _build(context, given or str(paths.demo_file()), context.arguments.units, context.arguments.seed,
           today=context.arguments.today or _today())  # fmt: skip
    return Exit.OK


def make_demo(context: Context) -> None:
    """Build the demo company that `sztuka --demo` opens, if there is none yet."""
    with ready(context.settings.store, context.settings.backup.folder, makes=True):
        if has_company():
            return
    _build(context, context.settings.store, UNITS, SEED, today=_today())


def _build(context: Context, url: str, units: int, seed: int, *, today: date) -> None:
    sys.stderr.write(
        ngettext(
            "Building a demo company of {count} unit...",
            "Building a demo company of {count} units...",
            units,
        ).format(count=units)
        + "\n"
    )
    sys.stderr.flush()
    # The program itself asks this module for a file name, and shall not wait for what builds companies.
    from store.demo.build import build

    with ready(url, context.settings.backup.folder, makes=True) as database:
        build(database, seed=seed, units=units, today=today, hostname=gethostname())
    sys.stderr.write(_("Done.") + "\n")


def _today() -> date:
    return datetime.now(UTC).date()
