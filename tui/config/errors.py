"""What is said of a configuration that cannot be used."""

from dataclasses import dataclass
from pathlib import Path

from store.domain.errors import SztukaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value was found: a line of a file, a variable of the environment, or an option."""

    file: Path | None = None
    line: int = 0
    """Counted from 1; 0 when the line is not known."""
    name: str = ""
    """The variable or the option; empty for a file."""

    def __str__(self) -> str:
        """Return it as compilers write it."""
        if self.file is None:
            return self.name
        return f"{self.file}:{self.line}" if self.line else str(self.file)


class ConfigError(SztukaError):
    """The configuration is refused; the message names the place, the key and what is allowed."""

    def __init__(self, origin: Origin, message: str, *, key: str = "") -> None:
        """Refuse `key` (or the whole file, when empty) as found at `origin`."""
        super().__init__(f"{origin}: {key}: {message}" if key else f"{origin}: {message}")
        self.origin = origin
        self.key = key
