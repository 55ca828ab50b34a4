"""What the program imports before its first screen: the budget of the start is counted in modules here."""

import subprocess
import sys
from pathlib import Path

NEEDED = {
    "errors",
    "invoice_fields",
    "kinds",
    "language",
    "mail",
    "notes",
    "papers",
    "records",
    "roles",
    "scan",
    "serials",
    "tax_ids",
    "terms",
}
"""Of the domain. Records of deals, loans and custom fields would cost the start a tenth."""


def test_the_sign_in_waits_for_no_more_of_the_domain_than_it_needs() -> None:
    script = "import sys; import tui.__main__, tui.cli.open, tui.app; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    prefix = "store.domain."
    imported = {name.removeprefix(prefix) for name in run.stdout.split() if name.startswith(prefix)}
    assert imported <= NEEDED
