"""What the model lets a workshop do: build units together, and replace one by another."""

from datetime import date

from tests.store.model.rules import may_leave
from tests.store.model.things import ONE, US, Lent, Spot, sold_to, stock
from tests.store.model.world import World


def may_install(world: World, part: str, carrier: str, today: date) -> bool:
    """Whether one unit may be built into another: together, free, promised to nobody, and no circle."""
    if world.carriers.get(part) == carrier:
        return True
    spot = world.units[part]
    return (
        part not in world.carriers
        and part != carrier
        and part not in chain(world, carrier)
        and spot == world.units[carrier]
        and spot.place is not None
        and not {part, carrier} & world.services
        and not any(part in each.serials and today <= each.last for each in world.promises.values())
    )


def chain(world: World, serial: str) -> list[str]:
    """What a unit is built into, and what that is built into."""
    found = []
    above = world.carriers.get(serial)
    while above:
        found.append(above)
        above = world.carriers.get(above)
    return found


def may_replace(world: World, old: str, new: str, here: str, today: date) -> bool:
    """Whether the holder of a unit may get another one for it."""
    spot, repair = world.units[old], world.repairs.get(old)
    terms = repair.terms if repair else spot.terms
    party = repair.party if repair else spot.place
    if terms not in {"sold", "rented"} or party is None or {old, new} & world.services:
        return False
    taken = world.drafted() | world.carriers.keys()
    return (
        spot.owner in {US, party}
        and not {old, new} & taken
        and old not in world.carriers.values()
        and (repair is None or spot.place == here)
        and world.units[new] == stock(here)
        and world.blocked.isdisjoint((new, *world.parts(new)))
        and may_leave(world, new, here, party, today)
    )


def replace(world: World, old: str, new: str, here: str) -> None:
    """Let the new one take the place of the old one, which comes to us for good."""
    repair = world.repairs.get(old)
    terms = repair.terms if repair else world.units[old].terms
    party = repair.party if repair else str(world.units[old].place)
    world.place(old, stock(here))
    entries = world.place(new, sold_to(party) if terms == "sold" else Spot(party, US, terms))
    for lent in [each for each in world.lent if each.serial == old]:
        world.lent.remove(lent)
        world.lent += [Lent(party, entry.serial, ONE, lent.due, US) for entry in entries]
