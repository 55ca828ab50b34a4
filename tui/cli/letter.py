"""`sztuka letter NAME`: a letter from a template, as a PDF file; and what is to be done with templates."""

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from print.letters.folder import copy_shipped, strange, template, templates
from print.letters.letter import faults, letter
from print.page import on_letterhead
from store.domain.errors import StoreError
from store.domain.kept_papers import KeptPaper, NewPaper, Unattended
from store.domain.language import Language, _, current, ngettext
from store.domain.letters import LetterFacts
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import Printed, PrintState
from store.opening import connected, ready
from store.operations.papers import keep_paper, note_print
from store.queries.letters import LetterAbout, field_codes, letter_facts
from store.transaction import run_write
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import check_new, write_new
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
    path = options.out or Path(f"{options.name}.pdf")
    with ready(settings.store, settings.backup.folder) as database:
        facts = letter_facts(about, today=datetime.now().astimezone().date(), operator=options.operator)
        with on_letterhead(paper_setup(settings).letterhead):
            paper = letter(chosen, facts)
        check_new(path)
        kept = run_write(database, lambda: _kept(chosen.name, language, facts, paper))
        write_new(path, paper)
        saved = Printed(state=PrintState.SAVED, file=str(path.absolute()))
        run_write(database, lambda: _noted(kept, saved))
    sys.stderr.write(_("Written to {file}.").format(file=path) + "\n")
    return Exit.OK


def _kept(name: str, language: Language, facts: LetterFacts, pdf: bytes) -> KeptPaper:
    """Keep the letter, as every paper, with whom and what it is about."""
    new = NewPaper(
        code=PaperCode.LETTER,
        language=PaperLanguage(language),
        pdf=pdf,
        number=facts.document.number if facts.document else "",
        party_code=facts.party.code if facts.party else "",
        unit_ids=facts.unit_ids,
        name=name,
    )
    return keep_paper(_writer(), new, token=str(uuid4()))


def _noted(kept: KeptPaper, saved: Printed) -> None:
    note_print(_writer(), kept.id, saved, copies=1, is_copy=False, token=str(uuid4()))


def _writer() -> Unattended:
    return Unattended(name=getpass.getuser(), at=datetime.now(UTC))


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
