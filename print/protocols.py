"""The protocol of a document, whichever it is."""

from print.rental_protocol import rental_protocol
from print.return_protocol import return_protocol
from store.domain.language import Language
from store.domain.loan_papers import RentalProtocol, ReturnProtocol


def protocol(record: RentalProtocol | ReturnProtocol, *languages: Language) -> bytes:
    """Return the protocol of a rental or of a return in `languages` as a PDF.

    Raises ValueError when its number is not printable ASCII.
    """
    if isinstance(record, ReturnProtocol):
        return return_protocol(record, *languages)
    return rental_protocol(record, *languages)
