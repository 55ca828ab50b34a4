"""`sztuka letter NAME`: a letter from a template, as a PDF file; and what is to be done with templates."""

import sys
from datetime import datetime
from pathlib import Path

from print.letters.folder import copy_shipped, strange, template, templates
from print.letters.letter import faults, letter
from print.page import on_letterhead
from store.domain.errors import StoreError
from store.domain.language import Language, _, current, ngettext
from store.opening import connected, ready
from store.queries.letters import LetterAbout, field_codes, letter_facts
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import write_new
from tui.paper_setup import paper_setup


def run(context: Context) -> int:
    """Write a letter, or list, check or copy the templates."""
    options, folder = context.arguments, context.settings.letters.folder
    if options.copy:
        return _copy(folder)
    if options.check:
        return _check(context, folder)
    if not options.name:
        return _list(folder)
    return _write(context, folder)


def _write(context: Context, folder: Path) -> int:
    options, settings = context.arguments, context.settings
    language = Language(options.lang) if options.lang else current()
    chosen = template(folder, options.name, language)
    about = LetterAbout(units=tuple(options.units), party=options.party, document=options.document)
    with ready(settings.store, settings.backup.folder):
        facts = letter_facts(about, today=datetime.now().astimezone().date(), operator=options.operator)
    with on_letterhead(paper_setup(settings.paper).letterhead):
        paper = letter(chosen, facts)
    path = options.out or Path(f"{options.name}.pdf")
    write_new(path, paper)
    sys.stderr.write(_("Written to {file}.").format(file=path) + "\n")
    return Exit.OK


def _list(folder: Path) -> int:
    for each in templates(folder):
        origin = _("of the program") if each.shipped else str(each.file)
        sys.stdout.write(f"{each.name}\t{each.language}\t{origin}\n")
    return Exit.OK


def _check(context: Context, folder: Path) -> int:
    """Print a line for each fault; FAILED when there is any."""
    found = strange(folder)
    checked = [each for each in templates(folder) if not each.shipped]
    codes = _field_codes(context)
    found += [fault for each in checked for fault in faults(each, codes)]
    for fault in found:
        sys.stdout.write(fault.sentence() + "\n")
    if found:
        return Exit.FAILED
    told = ngettext(
        "{count} template of {folder} is sound.", "{count} templates of {folder} are sound.", len(checked)
    )
    sys.stderr.write(told.format(count=len(checked), folder=folder) + "\n")
    return Exit.OK


def _field_codes(context: Context) -> frozenset[str] | None:
    """Return the codes of the company's own fields, or None where there is no store yet."""
    settings = context.settings
    try:
        with connected(settings.store):
            pass
    except StoreError:
        return None
    with ready(settings.store, settings.backup.folder):
        return field_codes()


def _copy(folder: Path) -> int:
    try:
        made = copy_shipped(folder)
    except OSError as error:
        message = _("the templates cannot be written: {error}").format(error=error)
        raise StoreError(message) from error
    for path in made:
        sys.stdout.write(f"{path}\n")
    if not made:
        sys.stderr.write(_("All of them are in {folder} already.").format(folder=folder) + "\n")
    return Exit.OK
