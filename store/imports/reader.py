"""From the bytes of a file to an invoice, whatever its format: by its content, never by its name."""

from typing import Protocol

from lxml import etree

from store.domain.invoices import Invoice
from store.domain.unreadable import Unreadable, UnreadableInvoiceError
from store.imports.csv_invoice import looks_like_csv, read_csv
from store.imports.ksef import KsefReader
from store.imports.notes import Notes
from store.imports.options import ReadOptions
from store.imports.ubl import UblReader
from store.imports.ubl_despatch import DespatchReader
from store.imports.xml_fields import local_name, namespace
from store.imports.xml_file import looks_like_xml, root_of

LIMIT = 20 * 1024 * 1024
"""The largest file that is read. KSeF takes 3 MB with attachments; more is no invoice or an attack."""


class XmlReader(Protocol):
    """A reader of one XML format."""

    def accepts(self, root: etree._Element) -> bool:
        """Tell by the root whether the file is of this format."""

    def read(self, root: etree._Element, options: ReadOptions, notes: Notes) -> Invoice:
        """Return what the file says. Raises UnreadableInvoiceError when it cannot be imported."""


READERS: tuple[XmlReader, ...] = (KsefReader(), UblReader(), DespatchReader())


def read_invoice(data: bytes, options: ReadOptions | None = None) -> Invoice:
    """Return the invoice or dispatch advice that a file holds.

    Raises UnreadableInvoiceError, and nothing else, for a file that is none.
    """
    options = options or ReadOptions()
    if len(data) > LIMIT:
        raise UnreadableInvoiceError(Unreadable.TOO_BIG, limit=LIMIT // (1024 * 1024))
    if not data.strip():
        raise UnreadableInvoiceError(Unreadable.EMPTY)
    notes = Notes()
    if not looks_like_xml(data):
        if options.csv is None and not looks_like_csv(data):
            raise UnreadableInvoiceError(Unreadable.NOT_AN_INVOICE)
        return read_csv(data, options, notes)
    root = root_of(data, notes)
    for reader in READERS:
        if reader.accepts(root):
            return reader.read(root, options, notes)
    raise UnreadableInvoiceError(
        Unreadable.UNKNOWN_ROOT, root=local_name(root)[:100], namespace=namespace(root)[:200] or "-"
    )
