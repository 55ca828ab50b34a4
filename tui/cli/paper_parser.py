"""The grammar of `sztuka paper` and `sztuka print`."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import _
from store.domain.papers import LabelCode, PaperCode, PaperLanguage
from tui.cli.options import positive


def add(parser: ArgumentParser) -> None:
    """Add the options of `sztuka paper`."""
    _add_paper(parser, nargs="?", default="")
    parser.add_argument(
        "--out",
        metavar=_("FILE"),
        type=Path,
        help=_("must not exist yet; the number with the ending .pdf when left out"),
    )


def add_print(parser: ArgumentParser) -> None:
    """Add the options of `sztuka print`. Where it lives has a longer name: `print` is a builtin's."""
    parser.set_defaults(command="print_document")
    _add_paper(parser)
    parser.add_argument(
        "--queue", metavar=_("NAME"), help=_("the print queue; that of the terminal when left out")
    )
    parser.add_argument(
        "--copies", type=positive, metavar="N", default=1, help=_("how many come out of the printer")
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help=_("print the kept paper as it was, marked as a copy, instead of making it anew"),
    )


def _add_paper(parser: ArgumentParser, **number: str) -> None:
    """Add what says which paper is wanted; `number` are options of the number itself."""
    parser.add_argument(
        "number",
        metavar=_("NUMBER"),
        help=_("of the document, like WZ/2026/000123; for a list the code of the customer"),
        **number,  # type: ignore[arg-type]  # the stubs want each by its name
    )
    parser.add_argument(
        "--kind",
        choices=[code.value for code in PaperCode if code is not PaperCode.LETTER],
        default=PaperCode.NOTE.value,
        help=_(
            "the note that goes with the goods, the warranty card of an issue, labels of all units, "
            "the protocol of a rental, or a list of what a customer has or is to give back"
        ),
    )
    parser.add_argument(
        "--lang",
        choices=[language.value for language in PaperLanguage],
        help=_("the language of the paper; that of the configuration when left out"),
    )
    parser.add_argument("--territory", metavar=_("TEXT"), default="", help=_("where the warranty holds"))
    parser.add_argument(
        "--conditions", metavar=_("FILE"), type=Path, help=_("UTF-8 text: the conditions of the warranty")
    )
    parser.add_argument(
        "--code",
        choices=[code.value for code in LabelCode],
        default=LabelCode.DATAMATRIX.value,
        help=_("the code on labels"),
    )
    parser.add_argument(
        "--start", type=int, metavar="N", default=1, help=_("the first label that the sheet still has")
    )
