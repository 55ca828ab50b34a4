"""What can be done with the papers of a document or a unit."""

from screens.commands import Command
from store.domain.language import N_

LANGUAGE = Command(
    code="LANGUAGE",
    key="f2",
    label=N_("Language"),
    action="language",
    help=N_("Print in the next language: Polish, English, both."),
)
COPIES = Command(
    code="COPIES",
    key="f3",
    label=N_("Copies"),
    action="copies",
    help=N_("How many come out of the printer; scanning QTY 2 prints two."),
)
PREVIEW = Command(
    code="PREVIEW",
    key="f4",
    label=N_("Preview"),
    action="preview",
    help=N_("Show as text what would be printed."),
)
SAVE = Command(
    code="SAVE",
    key="f5",
    label=N_("Save PDF"),
    action="save",
    help=N_("Keep the chosen paper and save it as a PDF file instead of printing it."),
)
