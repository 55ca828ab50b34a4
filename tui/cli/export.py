"""`sztuka export KIND`: master data as a CSV file that `sztuka load` takes."""

import csv
import io
import sys

from store.domain.language import ngettext
from store.domain.lists import COLUMNS, SECRETS, ListKind
from store.opening import ready
from store.queries.lists import every
from store.queries.parties import own_company
from store.transaction import run_read
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import write_new


def run(context: Context) -> int:
    """Write a list to stdout, or into a new file."""
    options = context.arguments
    kind = ListKind(options.kind)
    text = io.StringIO(newline="")
    names = [name for name in COLUMNS[kind].all if name not in SECRETS]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    with ready(context.settings.store, context.settings.backup.folder) as database:
        own_company()
        rows = run_read(database, lambda: [row.cells for row in every(kind)])
    writer.writerows([row[name] for name in names] for row in rows)
    if options.file is None:
        sys.stdout.write(text.getvalue())
        return Exit.OK
    write_new(options.file, text.getvalue().encode())
    count = len(rows)
    told = ngettext("{count} row written to {file}.", "{count} rows written to {file}.", count)
    sys.stderr.write(told.format(count=count, file=options.file) + "\n")
    return Exit.OK
