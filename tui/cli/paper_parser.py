"""The grammar of `sztuka paper`."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import _
from store.domain.papers import LabelCode, PaperCode, PaperLanguage


def summary() -> str:
    """Return what the command is for, in a line."""
    return _("make the paper of a posted document, as a PDF file")


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "number",
        metavar=_("NUMBER"),
        help=_("of the document, like WZ/2026/000123; for holdings the code of the customer"),
    )
    parser.add_argument(
        "--kind",
        choices=[code.value for code in PaperCode],
        default=PaperCode.NOTE.value,
        help=_(
            "the note that goes with the goods, the warranty card of an issue, labels of all units, "
            "or what a customer has"
        ),
    )
    parser.add_argument(
        "--lang",
        choices=[language.value for language in PaperLanguage],
        help=_("the language of the paper; that of the program when left out"),
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
    parser.add_argument(
        "--out",
        metavar=_("FILE"),
        type=Path,
        help=_("must not exist yet; the number with the ending .pdf when left out"),
    )
