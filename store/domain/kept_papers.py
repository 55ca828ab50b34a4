"""Papers that were made, as the store keeps them: what each was, and every time it was sent to a printer."""

from dataclasses import dataclass
from datetime import datetime

from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import PrintState
from store.domain.records import Actor

CAME_OUT = frozenset(
    (PrintState.PRINTED, PrintState.QUEUED, PrintState.STOPPED, PrintState.HUNG, PrintState.SAVED)
)
"""After these somebody may hold the paper, now or when the printer goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattended:
    """A command that prints without anybody signed in: by the name of the user whose command it is."""

    name: str
    at: datetime
    """Timezone-aware UTC."""


Printer = Actor | Unattended


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """A paper that was drawn and is to be kept before it is printed."""

    code: PaperCode
    language: PaperLanguage
    pdf: bytes
    number: str = ""
    """Of the posted document whose units stand on it; empty: of none."""
    deal_number: str = ""
    """Of the deal whose paper it is; empty: of none."""
    party_id: int | None = None
    party_code: str = ""
    """Of whom it is, where it is of no document: by id or by code."""
    unit_ids: tuple[int, ...] = ()
    """The units on it, where it is of no document, or a letter about some of them."""
    name: str = ""
    """Of a letter: its template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """A paper that is kept."""

    id: int
    code: PaperCode
    language: PaperLanguage
    number: str
    sha256: str
    size: int
    """In bytes."""
    made_at: datetime
    made_by: str
    terminal: str
    name: str = ""
    """Of a letter: its template."""
    party_code: str = ""
    """Of a letter and of a list: whose it is."""
    sent_to: str = ""
    """The addresses to which it went by e-mail."""
    last_state: PrintState | None = None
    """What became of it when it was last sent to a printer; None: it never was."""
    last_at: datetime | None = None
    copies: int = 0
    """How many came out of printers, as far as is known."""
    is_out: bool = False
    """Somebody may hold it already: what is printed from now on is a copy."""
