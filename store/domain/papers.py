"""Frozen records of what stands on paper: everything that `print` needs, and nothing of the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from store.domain.language import Language
from store.domain.records import Terminal
from store.domain.terms import Condition


class PaperCode(StrEnum):
    """A kind of paper, as the command line and the store name it. `screens/papers.py` says what each is."""

    NOTE = "note"
    WARRANTY = "warranty"
    LABELS = "labels"
    HOLDINGS = "holdings"
    PROTOCOL = "protocol"
    UNRETURNED = "unreturned"
    LETTER = "letter"
    STOCKTAKE = "stocktake"
    SERVICE = "service"
    REPLACEMENT = "replacement"
    DEAL = "deal"


class PaperLanguage(StrEnum):
    """The language of a paper, or both at once."""

    PL = "pl"
    EN = "en"
    BOTH = "both"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages themselves, in their order on the paper."""
        return (Language.PL, Language.EN) if self is PaperLanguage.BOTH else (Language(self.value),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """What a paper is called, and its two sides."""

    title: str = ""
    giver: str = ""
    taker: str = ""


class LabelCode(StrEnum):
    """Which code a label carries."""

    CODE128 = "code128"
    QR = "qr"
    DATAMATRIX = "datamatrix"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperParty:
    """A side of a paper: a company, or one of our own places."""

    name: str
    tax_id: str = ""
    address: str = ""
    """With its line breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperUnit:
    """A piece with a serial, as it was when the document was posted."""

    serial: str
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A product of a paper with what was moved of it."""

    name: str
    sku: str
    quantity: Decimal
    """In pieces."""
    units: tuple[PaperUnit, ...] = ()
    """In the order of the scans; empty for a product without serials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsNote:
    """A posted document that goods go with: receipt, issue or transfer."""

    series: str
    """Of its numbers: the company may call the papers of each series in its own way."""
    words: PaperWords
    """Marked, to be translated when it is drawn."""
    number: str
    """Printable ASCII: it is the paper's barcode."""
    day: date
    """When the goods changed hands."""
    place: str
    """Our location where it happened."""
    giver: PaperParty
    taker: PaperParty
    lines: tuple[PaperLine, ...]
    reference: str = ""
    """The other side's number: delivery note, order."""
    remarks: str = ""
    handed_over_by: str = ""
    """The name below the giver's box; empty: whoever signs."""
    received_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyLine:
    """A product with a warranty, and its pieces."""

    name: str
    sku: str
    months: int
    until: date
    """The last day of the warranty."""
    quantity: Decimal
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyTexts:
    """What the guarantor says of a warranty, in one language."""

    territory: str = ""
    """Where it holds; empty: not said."""
    conditions: str = ""
    """The guarantor's own text, its paragraphs parted by line breaks."""
    statement: str = ""
    """On the buyer's statutory rights; empty: the words of the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyCard:
    """One warranty for everything with a warranty on an issue."""

    number: str
    """That of the issue; printable ASCII."""
    day: date
    """The first day of the warranties."""
    guarantor: PaperParty
    customer: PaperParty
    lines: tuple[WarrantyLine, ...]
    texts: Mapping[Language, WarrantyTexts] = field(default_factory=dict)
    """What the guarantor says, in each language; where one is missing, nothing but the words of the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLabel:
    """What stands on the label of a unit."""

    name: str
    sku: str
    serial: str
    gtin: str = ""
    """14 digits, or empty."""
    values: tuple[str, ...] = ()
    """What it has in those fields of its kind that are to be on labels, each with the name of its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFormat:
    """How labels are cut: A4 sheets of them, or a roll with one after the other."""

    roll: bool = False
    """Each label is a page of its own."""
    columns: int = 3
    rows: int = 8
    width: int = 70
    """Millimetres, as the height; the labels of a sheet touch and stand in its middle."""
    height: int = 37

    @property
    def fits(self) -> bool:
        """Tell whether the labels of a sheet fit on A4."""
        return self.roll or (self.columns * self.width <= 210 and self.rows * self.height <= 297)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheets:
    """Labels of units, and how they are put on sheets."""

    labels: tuple[UnitLabel, ...]
    code: LabelCode = LabelCode.DATAMATRIX
    start: int = 1
    """The first label that the sheet still has, from 1."""
    format: LabelFormat = field(default_factory=LabelFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequest:
    """Of what a paper is wanted, and how. A kind of paper takes from it what it needs."""

    number: str = ""
    """Of the posted document, or the code of a party where the paper is of a party; empty: of none."""
    party_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    day: date | None = None
    """What counts as today, for papers that say what is overdue."""
    warranty: Mapping[Language, WarrantyTexts] = field(default_factory=dict)
    guarantor: PaperParty | None = None
    """Who gives the warranty; None: we do."""
    letter: str = ""
    """The name of a letter's template."""
    templates: Path = Path()
    """The folder of the company's own templates."""
    signed_by: str = ""
    """Who writes a letter."""
    label_code: LabelCode = LabelCode.DATAMATRIX
    label_start: int = 1
    label_format: LabelFormat = field(default_factory=LabelFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands on every page of our papers, whatever the paper."""

    logo: bytes = b""
    """A PNG or JPEG picture; empty: none."""
    footers: Mapping[Language, str] = field(default_factory=dict)
    words: Mapping[tuple[str, Language], PaperWords] = field(default_factory=dict)
    """The company's own words by series and language; what is empty there has those of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSetup:
    """How papers are made and printed here."""

    folder: Path
    """Where a paper becomes a file when there is nothing to print it with."""
    queue: str = ""
    """The print queue; empty: none."""
    label_queue: str = ""
    """The print queue of labels; empty: that of the other papers."""
    language: PaperLanguage = PaperLanguage.PL
    letterhead: Letterhead = field(default_factory=Letterhead)
    labels: LabelFormat = field(default_factory=LabelFormat)
    warranty: Mapping[Language, WarrantyTexts] = field(default_factory=dict)
    guarantor: PaperParty | None = None

    def queue_at(self, terminal: Terminal | None, *, on_labels: bool) -> str:
        """Return the queue that a paper goes to from `terminal`, whose own queues go before these."""
        own = terminal.printer if terminal else ""
        if not on_labels:
            return own or self.queue
        return (terminal.label_printer if terminal else "") or self.label_queue or own or self.queue
