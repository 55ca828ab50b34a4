"""Everything that follows when the scanned units of a document move: their parts, and their repairs."""

from store.operations.carrying import carry
from store.operations.posted import Posting
from store.operations.posting import post_units
from store.operations.repairs import settle_repairs


def move_units(posting: Posting) -> None:
    """Move every scanned unit with what is built into it, and open and end repairs.

    Raises RefusedError: TOO_EARLY, INSTALLED, BLOCKED, CONFLICT, FAULT_NEEDED, OUTCOME_NEEDED.
    """
    if post_units(posting):
        carry(posting)
    settle_repairs(posting)
