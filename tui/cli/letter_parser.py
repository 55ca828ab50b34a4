"""The grammar of `sztuka letter`."""

from argparse import ArgumentParser
from pathlib import Path

from store.domain.language import Language, _


def add(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "name",
        metavar=_("NAME"),
        nargs="?",
        help=_("of the template, like reminder; all are listed when left out"),
    )
    parser.add_argument(
        "--units", metavar=_("SERIAL"), nargs="+", default=[], help=_("the units that the letter is about")
    )
    parser.add_argument(
        "--party",
        metavar=_("CODE"),
        default="",
        help=_("to whom it goes; without units: about what they have of ours"),
    )
    parser.add_argument(
        "--document", metavar=_("NUMBER"), default="", help=_("the posted document that it is about")
    )
    parser.add_argument(
        "--lang",
        choices=[language.value for language in Language],
        help=_("the language of the letter; that of the program when left out"),
    )
    parser.add_argument("--operator", metavar=_("TEXT"), default="", help=_("the name of who signs it"))
    parser.add_argument(
        "--out",
        metavar=_("FILE"),
        type=Path,
        help=_("must not exist yet; the name with the ending .pdf when left out"),
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help=_("name everything that is wrong in the templates, and write none"),
    )
    parser.add_argument(
        "--copy",
        action="store_true",
        help=_("put the templates of the program into your folder, to change them"),
    )
