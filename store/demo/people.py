"""Who works in the demo company, and where. Named by what they do, so that nobody is meant."""

from store.domain.language import Language
from store.domain.roles import Role

PIN = "1234"
"""The PIN of everybody in the demo company. It is no secret: the README names it."""
CHIEF = "201"
"""The operator who may do everything but administer: the best one to try things out."""

OPERATORS: tuple[tuple[str, str, Role, Language | None], ...] = (
    ("101", "Magazynier Warszawa", Role.WORKER, None),
    ("102", "Magazynier Gdańsk", Role.WORKER, None),
    ("103", "Kierowca serwisu", Role.WORKER, None),
    ("104", "Warehouse temp", Role.WORKER, Language.EN),
    (CHIEF, "Kierownik magazynu", Role.SUPERVISOR, None),
    ("900", "Administrator", Role.ADMIN, None),
)

TERMINALS: tuple[tuple[str, str, str], ...] = (
    ("T1", "Przyjęcia Warszawa", "WAW"),
    ("T2", "Wydania Warszawa", "WAW"),
    ("T3", "Magazyn Gdańsk", "GDA"),
    ("T4", "Samochód serwisowy 1", "BUS1"),
)
"""Code, name, code of the location."""


def badge_of(code: str) -> str:
    """Return the text of an operator's badge in the demo company."""
    return f"BADGE-{code}"
