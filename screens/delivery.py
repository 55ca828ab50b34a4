"""Scanning a delivery into stock."""

from typing import ClassVar

from screens import scan_commands as commands
from screens.commands import Command
from screens.scan_document import ScanDocument
from store.domain.terms import DocumentType


class Delivery(ScanDocument):
    """What a supplier sent is scanned against what was expected, and closed into stock."""

    TYPE = DocumentType.DELIVERY
    OFFERS: ClassVar[tuple[Command, ...]] = (
        *commands.EVERYWHERE[:4],
        commands.REJECT,
        *commands.EVERYWHERE[4:],
    )
