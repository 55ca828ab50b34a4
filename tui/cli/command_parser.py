"""The parser of one command, whose options are made when somebody wants them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from tui.cli.options import common_options


class CommandParser(ArgumentParser):
    """Reads the words of one command.

    Thirty commands have options that name what the store knows of. The program's start needs none of them and
    would wait a tenth of its time for them.
    """

    def __init__(self, *, grammar: str = "", **options: Any) -> None:
        """Leave the options to `grammar`, 'module:function' of this parser; none: no own options.

        `options` are those of ArgumentParser.
        """
        super().__init__(**options)
        self._grammar = grammar
        self._is_whole = False

    def fill(self) -> None:
        """Make the command's own options and those of every command, unless that was done."""
        if self._is_whole:
            return
        self._is_whole = True
        common_options(self)
        module, _colon, function = self._grammar.partition(":")
        if function:
            getattr(import_module(module), function)(self)

    def parse_known_args(  # type: ignore[override]  # the stubs have one overload for each kind of namespace
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        """Read the words after the command."""
        self.fill()
        return super().parse_known_args(args, namespace)
