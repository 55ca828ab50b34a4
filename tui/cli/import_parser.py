"""The grammar of `sztuka import`."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import _


def add(parser: ArgumentParser) -> None:
    """Add the options. The command's module has an underscore, because `import` is a word of Python."""
    parser.set_defaults(command="import_")
    parser.add_argument("files", metavar=_("FILE"), nargs="*", type=Path, help=_("KSeF or UBL XML, or CSV"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen and change nothing"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object a file, for programs"))
    parser.add_argument(
        "--tax-id",
        action="append",
        metavar=_("NUMBER"),
        help=_("our tax id, or GLN; may be given several times, instead of company.tax_id"),
    )
    parser.add_argument(
        "--mapping", metavar=_("FILE"), type=Path, help=_("a TOML file that names the columns of a CSV file")
    )
    parser.add_argument("--operator", metavar=_("CODE"), help=_("who imports, instead of imports.operator"))
    parser.add_argument(
        "--take-serials", action="store_true", help=_("take serials that the texts of lines name")
    )
    parser.add_argument(
        "--ask-links",
        action="store_true",
        help=_("let an invoice wait where it would be counted once with what it does not name"),
    )
    parser.add_argument(
        "--inbox",
        metavar=_("FOLDER"),
        type=Path,
        nargs="?",
        const=Path(),
        help=_("post what comes into a folder, else into imports.inbox, until Ctrl+C"),
    )
    parser.add_argument("--once", action="store_true", help=_("with --inbox: what is there now, and end"))
    parser.add_argument(
        "--ksef-number", metavar=_("NUMBER"), help=_("for one file whose name does not carry it")
    )
