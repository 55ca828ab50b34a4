"""What the store knows about a scan, gathered in one query, for the rules to judge."""

from dataclasses import dataclass
from datetime import datetime

from store.domain.documents import DocumentLine
from store.domain.loans import BackAs, BackPart, Giver, OpenPieces
from store.domain.reservations import Promise
from store.domain.scan import EAN_SYMBOLOGIES, GS1_SYMBOLOGIES, Scan
from store.domain.stocktake import Notice
from store.domain.terms import Condition, Nature, PlaceKind, Terms, Tracking

_SERIAL_ALONE = "21"
"""The GS1 application identifier of a serial."""
_GS = "\x1d"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUnit:
    """A unit that has the scanned number, as its serial or as a further number."""

    id: int
    product_id: int
    product_name: str
    serial: str
    serial_key: str
    place_id: int | None
    place_name: str
    place_kind: PlaceKind | None
    terms: Terms
    condition: Condition
    owner_id: int
    owner_name: str
    owner_is_us: bool
    version: int
    since: datetime
    """When it came where it is."""
    nature: Nature = Nature.GOODS
    back_terms: Terms | None = None
    """Of a unit in service: on which terms it was before."""
    back_place_id: int | None = None
    """Of a unit in service: where it was before, and goes back to."""
    back_name: str = ""
    carrier: str = ""
    """The serial of the unit that it is built into; empty: none."""
    carrier_product: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProduct:
    """A product that the code names by its GTIN or SKU."""

    id: int
    name: str
    tracking: Tracking


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDraft:
    """An accepted scan of the same number in a document that is still open."""

    scan_id: int
    product_id: int
    document_id: int
    document: str
    """What the operator knows the document by: its reference, or its party."""
    position: int
    """The line's, in its document."""
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPromise:
    """What another party than the document's was promised of the same goods, from today on."""

    unit_id: int | None
    """None: any pieces of the product."""
    product_id: int
    promise: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that is known about one scanned text."""

    units: tuple[FoundUnit, ...] = ()
    product: FoundProduct | None = None
    drafts: tuple[FoundDraft, ...] = ()
    announced: frozenset[int] = frozenset()
    """Ids of the document's lines for which the supplier announced this serial."""
    promised: tuple[FoundPromise, ...] = ()
    giver: Giver | None = None
    """The party or the rental that the code names, where somebody gives something back."""
    pieces: tuple[OpenPieces, ...] = ()
    """What customers have of the product, as far as it has no serials: lent before consigned before sold."""
    ours: str | None = None
    """The name of the location, terminal or document of ours whose code this is."""
    repeated: int | None = None
    """Id of the draft scan that this very call made before the connection broke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """The scan is good: what is to be written."""

    line: DocumentLine | None
    """None: a line of `product_id` is added first."""
    product_id: int
    serial: str | None = None
    serial_key: str | None = None
    unit_id: int | None = None
    announced: bool = False
    learn_gtin: str | None = None
    back_as: BackAs | None = None
    """Why a sold unit comes back."""
    parts: tuple[BackPart, ...] = ()
    """Under which rentals, or on which terms, pieces without serials were out: a scan each."""
    told: tuple[Notice, ...] = ()
    """What is to be said of a piece that is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A scan taken apart: which product it names, and which serial."""

    text: str
    gtin: str | None
    """From a GS1 code, or the whole text if it is a GTIN; 14 digits."""
    serial: str | None
    """None when a GS1 code carries no serial."""
    from_gs1: bool
    is_data: bool = False
    """The symbology says that this is data from the box, and no serial is in it."""

    @classmethod
    def of(cls, scan: Scan, gtin: str | None) -> "Reading":
        """Take `scan` apart; `gtin` is the whole text as a GTIN, if it is one."""
        if scan.gs1 is not None:
            return cls(text=scan.text, gtin=scan.gs1.gtin, serial=scan.gs1.serial, from_gs1=True)
        if scan.symbology in GS1_SYMBOLOGIES and scan.text.startswith(_SERIAL_ALONE):
            # A box may have the GTIN in one code and the serial in another, which needs it by the standard.
            serial = scan.text.removeprefix(_SERIAL_ALONE).partition(_GS)[0]
            return cls(text=scan.text, gtin=None, serial=serial, from_gs1=False)
        return cls(
            text=scan.text,
            gtin=gtin,
            serial=scan.text.strip(),
            from_gs1=False,
            is_data=scan.symbology in GS1_SYMBOLOGIES | EAN_SYMBOLOGIES,
        )
