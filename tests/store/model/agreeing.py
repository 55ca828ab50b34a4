"""What the model knows of deals, and of serials that are to be scanned at a customer's."""

from decimal import Decimal

from tests.store.model.rules import uncounted, waiting_at
from tests.store.model.things import (
    NOTHING,
    ON_SITE,
    ONE,
    PIECES,
    UNITS,
    Deal,
    Paper,
    Waiting,
    sold_to,
    stock,
)
from tests.store.model.world import World


def place(world: World, deal: Deal, here: str) -> int:
    """Put everything that is open onto the customer's holdings, and return by how many documents."""
    deal.is_final = True
    opened = {name: line.open for name, line in deal.lines.items()}
    for line in deal.lines.values():
        line.delivered += line.open
    if opened.get(UNITS):
        world.waiting.append(Waiting(deal.party, opened[UNITS]))
    pieces = opened.get(PIECES, NOTHING)
    own = min(pieces, max(NOTHING, uncounted(world, here)))
    for part, before in ((own, stock(here)), (pieces - own, None)):
        if part:
            world.pour(part, before, sold_to(deal.party))
    return 1 if pieces else 0


def plan(deal: Deal) -> dict[str, Decimal]:
    """Let an issue deliver everything that is open, and return how much that is."""
    deal.is_final = True
    expected = {name: line.open for name, line in deal.lines.items() if line.open}
    for name, quantity in expected.items():
        deal.lines[name].planned += quantity
    return expected


def settle(deal: Deal, paper: Paper, *, posted: bool) -> None:
    """Count what an issue has delivered, once it is closed or cancelled."""
    assert paper.expected is not None
    deal.papers.remove(paper)
    for name, quantity in paper.expected.items():
        deal.lines[name].planned -= quantity
        deal.lines[name].delivered += paper.scanned(name) if posted else NOTHING


def may_end(deal: Deal) -> bool:
    """Whether a deal may be ended; that it has been ended changes nothing."""
    return deal.is_ended or (not deal.papers and deal.state != "done")


def end(deal: Deal) -> None:
    """Deliver no more of a deal."""
    for line in deal.lines.values():
        line.dropped = line.quantity - line.delivered
    deal.is_ended = True


def has_pieces(world: World, party: str) -> bool:
    """Whether a customer has pieces without serials that could become units."""
    return world.piles[sold_to(party)] >= ONE


def list_of(world: World, party: str) -> tuple[Paper | None, dict[str, Decimal]]:
    """The open list of a customer, and what its line expects when it is opened now."""
    papers = world.papers.values()
    paper = next((each for each in papers if (each.kind, each.party) == (ON_SITE, party)), None)
    scanned = paper.scanned(UNITS) if paper else NOTHING
    waits = waiting_at(world, party)
    if waits:
        return paper, {UNITS: max(waits, scanned)}
    # A line into which something was scanned stays.
    stays = paper is not None and paper.was_scanned
    return paper, dict(paper.expected or {}) if paper and stays else {}
