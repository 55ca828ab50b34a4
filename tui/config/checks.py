"""What a value must be beyond its type: a table of rules, each with the words that say it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scanners.layouts import names as layout_names
from store.domain.kinds import KINDS
from store.domain.language import N_, _
from store.domain.mail import is_sender
from store.domain.notes import NOTES

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
SERIES = (*(KINDS[type_].series for type_ in NOTES), "WYP", "ZW", "INW", "TR")
"""Of papers that can be called by words of one's own."""
LONGEST_FRAME = 16
"""Characters of a prefix or suffix; scanners know up to ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule about a value of the right type."""

    holds: Callable[[Any], bool]
    allowed: str | Callable[[], str]
    """Marked for translation; a function where it takes a look at what there is."""

    def words(self) -> str:
        """Return what is allowed, in the language in force."""
        return _(self.allowed) if isinstance(self.allowed, str) else self.allowed()


def _between(low: int, high: int) -> Check:
    return Check(holds=lambda value: low <= value <= high, allowed=_range_words(low, high))


def _range_words(low: int, high: int) -> str:
    return f"{low}-{high}"


_STORE = Check(
    holds=lambda text: (
        bool(text) and ("://" not in text or text.split("://")[0] in {"sqlite", "postgresql", "postgres"})
    ),
    allowed=N_("a file, sqlite:///FILE or postgresql://HOST/NAME"),
)


def _is_framing(text: str) -> bool:
    """Tell whether a prefix or suffix can be told from the code: a few characters, no line end among them."""
    return len(text) <= LONGEST_FRAME and not set("\r\n\t\0") & set(text)


_FRAME = Check(holds=_is_framing, allowed=N_("at most 16 characters, without line ends, tabs and NUL"))
_LAYOUT = Check(holds=lambda name: name in layout_names(), allowed=lambda: ", ".join(layout_names()))
_BAUD = Check(holds=lambda baud: baud in BAUDS, allowed=", ".join(map(str, BAUDS)))
_SCANNER = Check(
    holds=bool,
    allowed=N_("an id that `sztuka scanner list` prints, or a path below /dev"),
)
_ENDS = Check(holds=bool, allowed=N_("at least one of: enter, tab, nul, none"))


_SENDER = Check(
    holds=lambda text: not text or is_sender(text),
    allowed=N_("an e-mail address, or a name with one: Warehouse <stock@example.com>"),
)

_SERIES = Check(holds=lambda series: series in SERIES, allowed=", ".join(SERIES))

_WEDGE: dict[str, Check] = {
    "hold_ms": _between(5, 500),
    "min_length": _between(2, 64),
    "terminators": _ENDS,
    "timeout_ms": _between(20, 5000),
    "prefix": _FRAME,
    "suffix": _FRAME,
}

CHECKS: dict[str, Check] = {
    "titles.series": _SERIES,
    "store": _STORE,
    "mail.port": _between(1, 65535),
    "mail.timeout_s": _between(1, 600),
    "mail.sender": _SENDER,
    "log.megabytes": _between(1, 1000),
    "attachments.megabytes": _between(1, 100),
    "imports.link_days": _between(0, 366),
    "log.files": _between(1, 100),
    **{f"wedge.{name}": check for name, check in _WEDGE.items()},
    **{f"wedges.{name}": check for name, check in _WEDGE.items()},
    "paper.labels.columns": _between(1, 20),
    "paper.labels.rows": _between(1, 50),
    "paper.labels.width": _between(20, 210),
    "paper.labels.height": _between(10, 297),
    "scanners.id": _SCANNER,
    "scanners.layout": _LAYOUT,
    "scanners.timeout_ms": _between(20, 5000),
    "scanners.baud": _BAUD,
    "scanners.prefix": _FRAME,
    "scanners.suffix": _FRAME,
}
