"""Commands: a key, a label, a help text, an action and a barcode in one place.

The key bar, the help screen and the printed command sheet are all made from these, so they cannot drift
apart.
"""

from dataclasses import dataclass

from textual.binding import Binding

from store.domain.language import N_, _

PREFIX = "%SZ%"
"""What every command barcode begins with, and no maker's serial does."""

KEY_NAMES = {
    "ctrl+f": "Ctrl+F",
    "ctrl+p": "Ctrl+P",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "delete": "Del",
    "insert": "Ins",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that the operator can do on a screen."""

    code: str
    """The text of its barcode, without the prefix."""
    key: str
    """Textual's name of the key."""
    label: str
    """One or two words, marked for translation."""
    help: str
    """One sentence, marked for translation."""
    action: str
    """The name of the screen's `action_` method."""
    shown: bool = True
    """Whether the key bar has it."""

    @property
    def barcode(self) -> str:
        """The whole text of the barcode."""
        return PREFIX + self.code

    @property
    def key_name(self) -> str:
        """The key as it is printed on it."""
        return KEY_NAMES.get(self.key, self.key.upper())

    def binding(self) -> Binding:
        """Return the binding for Textual; what people read of it comes from here, translated when shown."""
        return Binding(self.key, self.action, self.label, show=False, priority=self.key.startswith("f"))

    def words(self) -> tuple[str, str]:
        """Return label and help in the language in force."""
        return _(self.label), _(self.help)


HELP = Command(
    code="HELP", key="f1", label=N_("Help"), action="help", help=N_("Show what can be done on this screen.")
)
BACK = Command(
    code="BACK", key="escape", label=N_("Back"), action="back", help=N_("Go back to the screen before.")
)
HOME = Command(
    code="HOME", key="f12", label=N_("Home"), action="home", shown=False, help=N_("Go to the home menu.")
)
COMMON = (HELP, BACK, HOME)
READ_ON = Command(
    code="MORE", key="f3", label=N_("More"), action="more", help=N_("Read on; at the end from the top again.")
)

OK = "OK"
YES = "YES"
NO = "NO"
QUANTITY = "QTY"


def command_text(text: str) -> str | None:
    """Return what a scanned command barcode says ('CLOSE', 'QTY 10'), or None for any other scan."""
    stripped = text.strip()
    return stripped[len(PREFIX) :].strip().upper() if stripped.upper().startswith(PREFIX) else None
