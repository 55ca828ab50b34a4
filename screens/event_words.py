"""Words for what service keeps of units: kinds of events, and why a warranty changed."""

from collections.abc import Mapping

from store.domain.costs import Borne, CostKind
from store.domain.events import BuiltIn
from store.domain.language import N_, _
from store.domain.unit_links import Relation

EVENT_KINDS: Mapping[str, str] = {
    BuiltIn.COMPLAINT: N_("complaint"),
    BuiltIn.SERVICE: N_("service"),
    BuiltIn.UPGRADE: N_("upgrade"),
    BuiltIn.INSPECTION: N_("inspection"),
    BuiltIn.NOTE: N_("note"),
    BuiltIn.REMINDER: N_("reminder"),
    BuiltIn.REPLACEMENT: N_("replacement"),
    BuiltIn.RENEWAL: N_("renewal"),
    BuiltIn.ENDING: N_("ending"),
    BuiltIn.AMENDMENT: N_("amendment"),
}
"""The kinds that the program knows by themselves; the company's own have names."""
WARRANTY_CAUSES: Mapping[str, str] = {
    "anew": N_("runs anew"),
    "prolonged": N_("prolonged"),
    "carried": N_("carried on from another unit"),
    "ended": N_("ended"),
    "by_hand": N_("changed by hand"),
}


COST_KINDS: Mapping[CostKind, str] = {
    CostKind.LABOUR: N_("labour"),
    CostKind.PARTS: N_("parts"),
    CostKind.TRAVEL: N_("travel"),
    CostKind.EXTERNAL: N_("external service"),
}
BORNE_BY: Mapping[Borne, str] = {
    Borne.WARRANTY: N_("covered by warranty"),
    Borne.CHARGED: N_("charged to the customer"),
    Borne.OWN: N_("our own cost"),
}
RELATIONS: Mapping[Relation, str] = {
    Relation.IN: N_("built into"),
    Relation.HAS: N_("has built in"),
    Relation.REPLACED_BY: N_("replaced by"),
    Relation.REPLACES: N_("replaces"),
    Relation.RENEWED_BY: N_("renewed by"),
    Relation.RENEWS: N_("renews"),
    Relation.ABOUT: N_("is about"),
    Relation.COVERED_BY: N_("covered by"),
}


def event_kind(code: str, name: str) -> str:
    """Return what a kind of events is called."""
    return _(EVENT_KINDS[code]) if code in EVENT_KINDS else name
