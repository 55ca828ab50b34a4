"""From the words of the command line to an exit code."""

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from itertools import zip_longest
from pathlib import Path

from store.domain.errors import BadListError, SztukaError
from store.domain.language import _
from tui import logs, paths, speech
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.parser import build_parser
from tui.config.errors import ConfigError
from tui.config.load import Loaded, load
from tui.config.schema import CONFIG_VARIABLE
from tui.config.settings import LanguageChoice

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never raises what a person could mend."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    speech.speak(speech.choose(_early_language(words), os.environ))
    parser = build_parser()
    options = parser.parse_args(words)
    if options.demo and options.store:
        parser.error(_("--demo is a store of its own: leave --store out"))
    try:
        context = Context(arguments=options, loaded=_configuration(options))
    except (ConfigError, OSError) as error:
        return _say(str(error), Exit.USAGE)
    speech.speak(speech.choose(context.settings.language, os.environ))
    try:
        logs.start(context.settings.log)
    except OSError as error:
        return _say(_("cannot write the log: {error}").format(error=error), Exit.FAILED)
    return _run(context)


def _run(context: Context) -> int:
    """Run the command and turn what it raises into an exit code."""
    try:
        command = import_module(f"tui.cli.{context.arguments.command}")
        code: int = command.run(context)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except (SztukaError, OSError) as error:
        log.error("%s", error)  # noqa: TRY400 - what a person can mend needs no traceback
        text = str(error)
        # 'pin: too short' names a column: what stands behind it is no PIN.
        return _say(text if isinstance(error, BadListError) else logs.redact(text), Exit.FAILED)
    except Exception:
        # The last stop of the program: logged whole, told in one line.
        log.critical("unexpected error", exc_info=True)
        where = logs.log_file(context.settings.log)
        return _say(_("an unexpected error, described in {file}").format(file=where), Exit.FAILED)
    return code


def _say(message: str, code: Exit) -> int:
    sys.stderr.write(f"sztuka: {message}\n")
    return code


def _configuration(options: Namespace) -> Loaded:
    """Read what is configured. A file that was named must exist; the usual ones need not."""
    named = options.config or (Path(os.environ[CONFIG_VARIABLE]) if os.environ.get(CONFIG_VARIABLE) else None)
    if named is not None:
        named.open("rb").close()
    usual = paths.config_files()
    given = {name: getattr(options, name) for name in ("store", "language")}
    if options.demo:
        given["store"] = paths.demo_file()
    return load(
        files=(*usual[:-1], named) if named else usual,
        environ=os.environ,
        options={name: str(value) for name, value in given.items() if value is not None},
    )


def _early_language(words: list[str]) -> LanguageChoice:
    """Return the language for help and for complaints about the command line, which come before the rest."""
    asked = os.environ.get("SZTUKA_LANGUAGE", "")
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word == "--language":
            asked = following
        elif word.startswith("--language="):
            asked = word.partition("=")[2]
    return LanguageChoice(asked) if asked in set(LanguageChoice) else LanguageChoice.AUTO
