"""How a command ends, as people expect it of a Unix tool."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of `sztuka`."""

    OK = 0
    FAILED = 1
    """It could not be done, or something was found that must be looked at."""
    USAGE = 2
    """The command line or the configuration is wrong."""
    INTERRUPTED = 130
    """Ctrl+C: 128 and the number of the signal."""
