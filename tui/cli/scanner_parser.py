"""The grammar of `sztuka scanner`."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from scanners.layouts import names
from scanners.settings import ScannerKind, ScannerSettings, Terminator
from store.domain.language import _
from tui.config.checks import BAUDS


def add(parser: ArgumentParser) -> None:
    """Add what can be done with scanners."""
    actions = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), dest="action", required=True)

    def add_action(name: str, text: str, more: str = "") -> ArgumentParser:
        return actions.add_parser(
            name,
            help=text,
            description=f"{text}\n\n{more}".rstrip(),
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    add_action("list", _("show every keyboard and serial port: its id, who uses it, whether you may read it"))
    _add_test(add_action("test", _("show what a scanner sends, until Ctrl+C")))
    _add_learn(
        add_action(
            "learn", _("find the scanner by having one code scanned, and write it into the configuration")
        )
    )
    agent = add_action("agent", _("read scanners for a program (the program starts this itself)"))
    agent.add_argument("socket", metavar="SOCKET", type=Path, help=_("where to serve the scans"))


def _add_test(parser: ArgumentParser) -> None:
    parser.add_argument(
        "id",
        metavar="ID",
        nargs="?",
        help=_("the name or id of a scanner, or a path below /dev; all configured ones when left out"),
    )
    parser.add_argument(
        "--kind", choices=[kind.value for kind in ScannerKind], help=_("a keyboard or a serial port")
    )
    parser.add_argument(
        "--terminator",
        choices=[terminator.value for terminator in Terminator],
        help=_("what the scanner sends after each code"),
    )
    _add_settings(parser, baud=None)


def _add_learn(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--name", metavar=_("NAME"), help=_("what to call it; what the maker calls it otherwise")
    )
    parser.add_argument(
        "--seconds", metavar="N", type=int, default=60, help=_("how long to wait for a scan (60)")
    )
    _add_settings(parser, baud=ScannerSettings(id="").baud)


def _add_settings(parser: ArgumentParser, *, baud: int | None) -> None:
    parser.add_argument("--layout", choices=names(), help=_("the keyboard layout that the scanner is set to"))
    parser.add_argument(
        "--baud",
        type=int,
        choices=BAUDS,
        default=baud,
        metavar="BAUD",
        help=_("the speed of a real serial port"),
    )
