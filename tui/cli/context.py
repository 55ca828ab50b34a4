"""What every command is given."""

from argparse import Namespace
from dataclasses import dataclass

from tui.config.load import Loaded
from tui.config.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The command line, taken apart, and the configuration in force."""

    arguments: Namespace
    loaded: Loaded

    @property
    def settings(self) -> Settings:
        """The configuration itself."""
        return self.loaded.settings
