"""What the readers find odd, collected while they read."""

from types import MappingProxyType

from store.domain.invoices import InvoiceWarning, WarningCode

MOST = 1_000
"""More oddities in one file say nothing new, and would fill the memory."""


class Notes:
    """The warnings of one file, in the order in which they came."""

    def __init__(self) -> None:
        self._warnings: list[InvoiceWarning] = []

    def add(self, code: WarningCode, position: int | None = None, **data: object) -> None:
        """Note one oddity, of the line at `position` if it is about one."""
        if len(self._warnings) < MOST:
            texts = {name: str(value) for name, value in data.items()}
            self._warnings.append(InvoiceWarning(code=code, data=MappingProxyType(texts), position=position))

    def all(self) -> tuple[InvoiceWarning, ...]:
        """Return everything that was noted."""
        return tuple(self._warnings)
