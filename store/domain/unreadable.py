"""Why a file is no invoice that can be imported."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from store.domain.errors import SztukaError
from store.domain.language import N_, _


class Unreadable(StrEnum):
    """The reasons for which a file is refused as a whole: nothing is half imported."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    """limit: megabytes"""
    TOO_MANY_ELEMENTS = "too_many_elements"
    NOT_AN_INVOICE = "not_an_invoice"
    BROKEN_XML = "broken_xml"
    """text: what the parser says, with the line"""
    DOCTYPE = "doctype"
    ENCODING = "encoding"
    """encoding"""
    UNKNOWN_ROOT = "unknown_root"
    """root, namespace"""
    OTHER_FAKTURA = "other_faktura"
    """form, namespace: the root is Faktura, the form is not FA(2) or FA(3)"""
    NO_COLUMNS = "no_columns"
    """columns"""
    BROKEN_CSV = "broken_csv"
    """text, and of a list its line"""
    SEVERAL_INVOICES = "several_invoices"
    """numbers"""
    BAD_MAPPING = "bad_mapping"
    """text"""
    NOT_OURS = "not_ours"
    """seller, buyer: neither is our company"""


_SENTENCES: Mapping[Unreadable, str] = {
    Unreadable.EMPTY: N_("the file is empty"),
    Unreadable.TOO_BIG: N_("the file has more than {limit} MB"),
    Unreadable.TOO_MANY_ELEMENTS: N_("the file has more lines or elements than any invoice"),
    Unreadable.NOT_AN_INVOICE: N_("this is no invoice or dispatch advice in XML or CSV"),
    Unreadable.BROKEN_XML: N_("the XML is broken or cut off: {text}"),
    Unreadable.DOCTYPE: N_("the XML has a DOCTYPE, which no invoice has; it is refused unread"),
    Unreadable.ENCODING: N_("the encoding {encoding} is not known"),
    Unreadable.UNKNOWN_ROOT: N_("{root} in the namespace {namespace} is no invoice that is known here"),
    Unreadable.OTHER_FAKTURA: N_("{form} ({namespace}) is not imported, only FA (2) and FA (3) are"),
    Unreadable.NO_COLUMNS: N_("columns are missing: {columns}; name them in a mapping"),
    Unreadable.BROKEN_CSV: N_("the CSV file is broken: {text}"),
    Unreadable.SEVERAL_INVOICES: N_("the file holds several invoices ({numbers}); split it"),
    Unreadable.BAD_MAPPING: N_("the mapping of the columns is wrong: {text}"),
    Unreadable.NOT_OURS: N_("neither the seller ({seller}) nor the buyer ({buyer}) is our company"),
}


class UnreadableInvoiceError(SztukaError):
    """A file is refused: the reason as a code with its data."""

    def __init__(self, code: Unreadable, **data: object) -> None:
        """Refuse for `code`; `data` are the fields named at the code."""
        super().__init__(code.value, data)
        self.code = code
        self.data: Mapping[str, object] = MappingProxyType(data)

    def __str__(self) -> str:
        """Return the reason as a sentence in the language in force."""
        return _(_SENTENCES[self.code]).format(**self.data)
