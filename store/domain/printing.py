"""What became of a paper that was sent to a printer."""

from dataclasses import dataclass
from enum import StrEnum


class PrintState(StrEnum):
    """How sending a paper to a printer ended, as far as could be seen in a few seconds."""

    PRINTED = "printed"
    """The print server has nothing more to do with it."""
    QUEUED = "queued"
    """It waits behind others, or is being printed."""
    STOPPED = "stopped"
    """The printer is off, stopped or out of something. The paper waits in the queue and comes out later."""
    FAILED = "failed"
    """The queue takes no papers, or gave this one up."""
    NO_QUEUE = "no_queue"
    """The print server has no queue of that name."""
    DOWN = "down"
    """No print server answers at all."""
    HUNG = "hung"
    """The print server took the call and says nothing: the paper may or may not come out."""
    SAVED = "saved"
    """There is nothing to print with here: the paper is a file in the folder for it."""


PROBLEMS = frozenset(PrintState) - {PrintState.PRINTED, PrintState.QUEUED, PrintState.SAVED}
"""What a person must do something about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What became of a paper."""

    state: PrintState
    queue: str = ""
    reason: str = ""
    """What the printer or its server says itself, in its own words; may be empty."""
    alerts: tuple[str, ...] = ()
    """The printer's states as IPP names them, without severity: `media-empty`, `offline`."""
    job: str = ""
    """The print server's name of the job; empty when it took none."""
    file: str = ""
    """Where the paper was saved, when it was."""

    @property
    def is_problem(self) -> bool:
        """Tell whether a person must do something about it."""
        return self.state in PROBLEMS
