"""The sides of a paper: our company, and the party on the other one."""

from store.domain.papers import PaperParty
from store.domain.records import Party
from store.queries.parties import own_company


def our_side() -> PaperParty:
    """Return our own company as a side of a paper."""
    return side_of(own_company())


def side_of(party: Party, name: str = "") -> PaperParty:
    """Return a party as a side of a paper, with the `name` that it had then, if it is known."""
    return PaperParty(name=name or party.name, tax_id=party.tax_id, address=party.address)
