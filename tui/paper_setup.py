"""How papers are made and printed here, from the configuration."""

from pathlib import Path

from store.domain.errors import StoreError
from store.domain.language import Language, _, current
from store.domain.papers import (
    LabelFormat,
    Letterhead,
    PaperLanguage,
    PaperParty,
    PaperSetup,
    PaperWords,
    WarrantyTexts,
)
from tui.config.settings import LabelSettings, PaperLanguageChoice, Settings


def paper_setup(whole: Settings) -> PaperSetup:
    """Return the setup in force.

    Raises StoreError, in words, for a logo that cannot be read and labels that do not fit on a sheet.
    """
    settings = whole.paper
    texts = {Language.PL: settings.pl, Language.EN: settings.en}
    name, _newline, address = settings.guarantor.strip().partition("\n")
    return PaperSetup(
        folder=settings.folder,
        queue=settings.queue,
        label_queue=settings.label_queue,
        language=_language(settings.language),
        letterhead=Letterhead(
            logo=_logo(settings.logo),
            footers={language: each.footer for language, each in texts.items()},
            words={
                (each.series, each.language): PaperWords(
                    title=each.title.strip(), giver=each.giver.strip(), taker=each.taker.strip()
                )
                for each in whole.titles
            },
        ),
        labels=_labels(settings.labels),
        warranty={
            language: WarrantyTexts(
                territory=each.territory, conditions=each.conditions, statement=each.statement
            )
            for language, each in texts.items()
        },
        guarantor=PaperParty(name=name, address=address) if name else None,
    )


def _labels(settings: LabelSettings) -> LabelFormat:
    form = LabelFormat(
        roll=settings.roll,
        columns=settings.columns,
        rows=settings.rows,
        width=settings.width,
        height=settings.height,
    )
    if not form.fits:
        raise StoreError(_("paper.labels: so many labels of this size do not fit on A4"))
    return form


def _language(choice: PaperLanguageChoice) -> PaperLanguage:
    return PaperLanguage(current() if choice is PaperLanguageChoice.AUTO else choice)


def _logo(name: str) -> bytes:
    if not name:
        return b""
    path = Path(name).expanduser()
    try:
        return path.read_bytes()
    except OSError as error:
        message = _("paper.logo: {file} cannot be read: {error}")
        raise StoreError(message.format(file=path, error=error.strerror)) from error
