"""docs/command-line.md is true to the parser: every command, option and choice, and nothing else."""

import re
from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.domain.language import Language
from store.domain.lists import COLUMNS
from store.domain.roles import Role
from store.domain.terms import Nature, Tracking
from tests.docs.pages import ROOT, codes, page, rows
from tui import speech
from tui.cli.command_parser import CommandParser
from tui.cli.exits import Exit
from tui.cli.parser import build_parser
from tui.config.settings import LanguageChoice

TEXT = page("docs/command-line.md")
COMMON = {"--store", "--language", "--config", "-h", "--help"}


def parsers(parser: ArgumentParser) -> Iterator[tuple[str, ArgumentParser]]:
    """Yield every command by its words, the program itself included."""
    if isinstance(parser, CommandParser):
        parser.fill()
    yield parser.prog, parser
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for command in action.choices.values():
                yield from parsers(command)


def sections() -> dict[str, str]:
    """Return what stands below each heading that is a command."""
    parts = re.split(r"^##+ (.*)$", TEXT, flags=re.MULTILINE)
    return {head.strip("`"): text for head, text in zip(parts[1::2], parts[2::2], strict=True)}


def described(text: str) -> dict[str, str]:
    """Return the meaning of each option and argument: `--units N` is `--units`."""
    return {code.split()[0]: cells[1] for cells in rows(text) for code in codes(cells[0])}


def name_of(argument: Action) -> str:
    """Return what the page calls an argument without dashes."""
    return str(argument.metavar or argument.dest.upper())


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


COMMANDS = dict(parsers(build_parser()))


def test_every_command_has_its_section() -> None:
    assert {head for head in sections() if head.startswith("sztuka")} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_in_the_section_of_its_command(command: str) -> None:
    actions = [each for each in COMMANDS[command]._actions if not isinstance(each, _SubParsersAction)]
    options = {option for each in actions for option in each.option_strings} - COMMON
    arguments = {name_of(each) for each in actions if not each.option_strings}
    assert set(described(sections()[command])) == options | arguments


@pytest.mark.parametrize("command", COMMANDS)
def test_what_can_be_chosen_and_the_defaults_are_said(command: str) -> None:
    meanings = described(sections()[command]) | described(sections()["For every command"])
    for action in COMMANDS[command]._actions:
        if isinstance(action, _SubParsersAction) or action.help == "==SUPPRESS==":
            continue
        meaning = meanings[(action.option_strings or [name_of(action)])[-1]]
        if action.choices:
            choices = [str(choice) for choice in action.choices]
            assert codes(meaning)[: len(choices)] == choices or codes(meaning)[-len(choices) :] == choices
        if isinstance(action.default, int) and not isinstance(action.default, bool):
            assert str(action.default) in meaning


def test_the_common_options_are_every_commands() -> None:
    assert set(described(sections()["For every command"])) == COMMON
    for name, parser in COMMANDS.items():
        options = {option for action in parser._actions for option in action.option_strings}
        assert options >= COMMON, name


def test_the_exit_codes_are_said() -> None:
    head = TEXT.split("## ")[0]
    assert all(re.search(rf"\b{code.value}\b", head) for code in Exit)
    assert set(LanguageChoice) == set(codes(described(sections()["For every command"])["--language"]))


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
USE = re.compile(r"(?:`|^ {4}|^)sztuka((?: [^\s`#]+)*)", re.MULTILINE)
"""A command in backticks, in an example, or at the beginning of a line of one."""


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_no_page_uses_a_command_or_an_option_that_is_not_there(file: Path) -> None:
    for use in USE.findall(file.read_text(encoding="utf-8")):
        words = use.split()
        name = "sztuka"
        for word in words:
            name = f"{name} {word}" if f"{name} {word}" in COMMANDS else name
        if words and re.fullmatch("[a-z]+", words[0]):
            assert name != "sztuka", use
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        # The program's own options stand before the command.
        known = [*COMMANDS["sztuka"]._actions, *COMMANDS[name]._actions]
        assert used <= {option for action in known for option in action.option_strings}, use


def test_the_columns_of_lists_are_said() -> None:
    said = {cells[0]: cells[1:] for cells in rows(sections()["sztuka load"]) if len(cells) == 3}
    for kind, columns in COLUMNS.items():
        assert said[kind] == [", ".join(columns.required), ", ".join(columns.optional)]
    assert set(said) - {"Kind"} == set(COLUMNS)
    assert all(word in sections()["sztuka load"] for each in (Role, Nature, Tracking) for word in each)
