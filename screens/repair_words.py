"""Words for units in service: why they come, what is wrong, what came of it."""

from collections.abc import Mapping

from store.domain.language import N_
from store.domain.repairs import Settlement, TakenAs

TAKEN_AS: Mapping[TakenAs, str] = {
    TakenAs.COMPLAINT: N_("Complaint"),
    TakenAs.SERVICE: N_("Service to be paid"),
}
FAULTS = (
    N_("Does not start"),
    N_("Switches off or restarts"),
    N_("Bad picture or print"),
    N_("Mechanical damage"),
    N_("Battery does not hold"),
)
"""What is usually wrong; anything else is typed or scanned."""
BROUGHT_FOR = (*FAULTS, N_("Inspection"))
"""What units are usually brought for."""
ACCESSORIES = (N_("Nothing"), N_("Power supply"), N_("Power supply and bag"), N_("Box with all its parts"))
"""What usually comes with a unit, nothing first."""
OUTCOMES = (N_("Repaired"), N_("Nothing found"), N_("Refused"), N_("Money given back"))
"""What usually comes of a complaint that is settled without the unit being here."""
SETTLEMENTS: Mapping[Settlement, str] = {
    Settlement.ESSENTIAL: N_("Essential repair under warranty"),
    Settlement.MINOR: N_("Other repair under warranty"),
    Settlement.PAID: N_("Repaired, the customer pays"),
    Settlement.NONE: N_("Goes back without a repair"),
    Settlement.REPLACED: N_("Replaced by another unit"),
}
