"""Which document may take what from where to where: the model's own table, not the program's."""

from dataclasses import dataclass

BLOCKED_STAYS = {"sold", "rented", "consigned", "borrowed"}
"""Terms on which somebody uses a unit: one that is blocked gets none of them."""


@dataclass(frozen=True)
class Move:
    """One row: where, on which terms and whose it is before, and after."""

    kind: str
    place: str
    terms: str
    owner: str
    to_place: str
    to_terms: str
    to_owner: str


# here, there: the document's two locations; party: whom it is with, as a place or as an owner; nowhere -: not
# known yet; any: wherever or whosever it is; holder: whichever customer has it; others: not ours; same: as it
# was. undo-sale and into-service are what a return does, as it was answered why a sold unit comes back, and
# pieces-back what it does with pieces that were sold. What service hands out goes to where it came from, on
# the terms of then. A count has rules of its own (counting).
_TABLE = """
delivery     nowhere -         any    here    stock     us
delivery     party   sold      any    here    stock     us
delivery     party   returned  any    here    stock     us
deposit      nowhere -         any    here    held      party
deposit      party   returned  any    here    held      party
issue        here    stock     any    party   sold      party
transfer     here    stock     any    there   stock     same
transfer     here    held      any    there   held      same
transfer     here    borrowed  any    there   borrowed  same
transfer     here    service   any    there   service   same
rental       here    stock     any    party   rented    same
rental       here    held      any    party   rented    same
consign      here    stock     any    party   consigned us
consign-back party   consigned any    here    stock     us
consign-sell party   consigned any    party   sold      party
send-back    here    held      party  party   returned  party
send-back    here    borrowed  party  party   returned  party
send-back    here    stock     us     party   returned  party
borrow       here    held      party  here    borrowed  party
borrow-end   here    borrowed  party  here    held      party
buy-out      any     held      party  same    stock     us
buy-out      any     borrowed  party  same    stock     us
buy-out      any     rented    party  same    rented    us
return       holder  rented    us     here    stock     us
return       holder  rented    others here    held      same
return       holder  consigned any    here    stock     us
undo-sale    holder  sold      any    here    stock     us
into-service holder  sold      any    here    service   same
pieces-back  holder  sold      any    here    stock     us
service-in   party   sold      any    here    service   same
service-in   party   rented    any    here    service   same
service-in   party   consigned any    here    service   same
service-in   nowhere -         any    here    service   party
service-out  here    service   any    party   sold      same
service-out  here    service   any    party   rented    same
service-out  here    service   any    party   consigned same
on-site      nowhere -         any    party   sold      party
on-site      nowhere scrapped  us     party   sold      party
"""

MOVES = tuple(Move(*line.split()) for line in _TABLE.strip().splitlines())
KINDS = tuple(dict.fromkeys(move.kind for move in MOVES))


def moves_of(kind: str) -> tuple[Move, ...]:
    """The rows of one kind of document, in their order."""
    return tuple(move for move in MOVES if move.kind == kind)
