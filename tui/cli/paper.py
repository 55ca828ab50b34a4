"""`sztuka paper NUMBER`: the paper of a posted document, as a PDF file."""

import sys
from pathlib import Path

from screens.papers import form_of
from store.domain.errors import StoreError
from store.domain.language import Language, _, current
from store.domain.papers import LabelCode, PaperCode, PaperLanguage, PaperRequest, WarrantyTexts
from store.opening import ready
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.new_file import write_new


def run(context: Context) -> int:
    """Write the paper into a new file, in the language of the program unless `--lang` says another."""
    options = context.arguments
    form = form_of(PaperCode(options.kind))
    wanted = PaperRequest(
        number=options.number.strip(),
        warranty=_warranty(options.territory, options.conditions),
        label_code=LabelCode(options.code),
        label_start=options.start,
    )
    with ready(context.settings.store, context.settings.backup.folder):
        record = form.record(wanted)
    languages = PaperLanguage(options.lang).languages if options.lang else (current(),)
    try:
        paper = form.draw(record, *languages)
    except ValueError as error:
        raise StoreError(str(error)) from error
    name = wanted.number.replace("/", "-")
    path = options.out or Path(f"{name}.pdf" if form.code is PaperCode.NOTE else f"{name}-{form.code}.pdf")
    write_new(path, paper)
    sys.stderr.write(_("Written to {file}.").format(file=path) + "\n")
    return Exit.OK


def _warranty(territory: str, conditions: Path | None) -> dict[Language, WarrantyTexts]:
    texts = WarrantyTexts(territory=territory, conditions=_read(conditions) if conditions else "")
    return dict.fromkeys(Language, texts)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreError(_("{file}: is not UTF-8").format(file=path)) from error
