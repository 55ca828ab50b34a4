"""Ranges of serials: 'from SN0099 to SN0108', 'twenty from A-07'."""

import re

from store.domain.errors import RefusalCode, RefusedError

LONGEST = 5_000
"""The most serials that one range may name; more is a slip of the finger."""

_LAST_NUMBER = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)", re.DOTALL)


def serials_of_range(first: str, *, last: str | None = None, count: int | None = None) -> tuple[str, ...]:
    """Return the serials from `first` to `last`, or `count` of them.

    The last group of digits counts up, with its leading zeros kept; everything around it must be the same in
    both. Raises RefusedError(BAD_RANGE) when it is not, when there are no digits, when the range goes down or
    is longer than `LONGEST`, or when neither or both of `last` and `count` are given.
    """
    refusal = RefusedError(RefusalCode.BAD_RANGE, first=first, last=last or "", limit=LONGEST)
    start = _LAST_NUMBER.fullmatch(first.strip())
    if start is None or (last is None) == (count is None):
        raise refusal
    low = int(start["number"])
    if last is not None:
        end = _LAST_NUMBER.fullmatch(last.strip())
        if end is None or (end["before"], end["after"]) != (start["before"], start["after"]):
            raise refusal
        if len(end["number"]) != len(start["number"]) and (
            start["number"].startswith("0") or end["number"].startswith("0")
        ):
            raise refusal
        count = int(end["number"]) - low + 1
    if count is None or not 0 < count <= LONGEST:
        raise refusal
    width = len(start["number"])
    return tuple(f"{start['before']}{number:0{width}}{start['after']}" for number in range(low, low + count))
