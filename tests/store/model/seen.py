"""What the store says, in the words of the model."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from store.models.days import day_of
from store.models.fields import PIECES, unscaled
from store.models.sql import select
from tests.store.model.things import Entry, Repair, Spot


class Seen:
    """Reads the store, and remembers how much of the ledger it has read."""

    def __init__(self) -> None:
        self._names: dict[int | None, str | None] = {None: None}
        self._parties: dict[int, str] = {}
        self._last = 0
        for table in ("location", "party"):
            self._names |= {
                row["place_id"]: row["code"] for row in select(f"SELECT place_id, code FROM {table}")
            }
        self._parties = {row["id"]: row["code"] for row in select("SELECT id, code FROM party")}

    def _spot(self, row: dict[str, Any], side: str = "") -> Spot:
        place, owner, terms = row[f"{side}place_id"], row[f"{side}owner_id"], row[f"{side}terms"]
        return Spot(self._names[place], self._parties[owner], terms)

    def units(self) -> dict[str, tuple[Spot, bool]]:
        """Where each unit is, and whether it is blocked."""
        rows = select("SELECT serial, place_id, owner_id, terms, condition FROM unit")
        return {row["serial"]: (self._spot(row), row["condition"] == "blocked") for row in rows}

    def piles(self) -> dict[Spot, Decimal]:
        """What lies where of the product without serials."""
        rows = select("SELECT place_id, owner_id, terms, quantity FROM balance WHERE quantity <> 0")
        return {self._spot(row): unscaled(row["quantity"], PIECES) for row in rows}

    def entries(self) -> Counter[Entry]:
        """The rows that the ledger got since this was asked last."""
        rows = select(
            "SELECT m.id, u.serial, m.quantity, m.from_place_id, m.from_owner_id, m.from_terms, "
            "m.to_place_id, m.to_owner_id, m.to_terms, c.serial AS carrier FROM movement m "
            "LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN unit c ON c.id = m.carrier_id "
            "WHERE m.id > :last ORDER BY m.id",
            last=self._last,
        )
        self._last = max((row["id"] for row in rows), default=self._last)
        return Counter(
            Entry(
                row["serial"],
                unscaled(row["quantity"], PIECES),
                self._spot(row, "from_") if row["from_terms"] else None,
                self._spot(row, "to_"),
                row["carrier"],
            )
            for row in rows
        )

    def lent(self) -> Counter[tuple[str, str | None, Decimal, date, str]]:
        """What is out and has to come back."""
        rows = select(
            "SELECT l.party_id, u.serial, l.quantity, l.due, m.to_owner_id FROM loan l "
            "JOIN movement m ON m.id = l.movement_id LEFT JOIN unit u ON u.id = l.unit_id "
            "WHERE l.returned_at IS NULL"
        )
        found = []
        for row in rows:
            due = day_of(row["due"])
            assert due is not None
            party, owner = self._parties[row["party_id"]], self._parties[row["to_owner_id"]]
            found.append((party, row["serial"], unscaled(row["quantity"], PIECES), due, owner))
        return Counter(found)

    def scanned(self) -> dict[int, dict[str, Decimal]]:
        """What each open document has scanned, by product."""
        rows = select(
            "SELECT n.document_id, p.tracking, n.scanned FROM document_line n "
            "JOIN document d ON d.id = n.document_id JOIN product p ON p.id = n.product_id "
            "WHERE d.status = 'open'"
        )
        found: dict[int, dict[str, Decimal]] = {}
        for row in rows:
            product = "laptop" if row["tracking"] == "serial" else "cable"
            found.setdefault(row["document_id"], {})[product] = unscaled(row["scanned"], PIECES)
        return found

    def drafts(self) -> dict[int, set[str]]:
        """The serials in each open document."""
        found: dict[int, set[str]] = {}
        for row in select(
            "SELECT document_id, serial FROM draft_scan WHERE state = 'draft' AND serial IS NOT NULL"
        ):
            found.setdefault(row["document_id"], set()).add(row["serial"])
        return found

    def repairs(self) -> dict[str, Repair]:
        """Where each unit in service goes back to."""
        rows = select(
            "SELECT u.serial, r.back_place_id, r.back_terms FROM repair r JOIN unit u ON u.id = r.unit_id "
            "WHERE r.ended_at IS NULL"
        )
        return {
            row["serial"]: Repair(str(self._names[row["back_place_id"]]), row["back_terms"]) for row in rows
        }

    def carriers(self) -> dict[str, str]:
        """What is built into which unit."""
        rows = select(
            "SELECT u.serial, c.serial AS carrier FROM unit_link k JOIN unit u ON u.id = k.unit_id "
            "JOIN unit c ON c.id = k.other_id WHERE k.kind = 'installed' AND k.ended_at IS NULL"
        )
        return {row["serial"]: row["carrier"] for row in rows}

    def waiting(self) -> dict[str, Decimal]:
        """How many serials are still to be scanned at whose."""
        rows = select(
            "SELECT party_id, sum(quantity - filled - dropped) AS open FROM pending_serial GROUP BY party_id"
        )
        return {
            self._parties[row["party_id"]]: unscaled(int(row["open"]), PIECES) for row in rows if row["open"]
        }

    def deals(self) -> dict[int, tuple[str, dict[str, tuple[Decimal, ...]]]]:
        """How far each deal is, and each of its lines."""
        rows = select(
            "SELECT d.id, d.state, p.tracking, n.quantity, n.planned, n.delivered, n.dropped "
            "FROM deal d JOIN deal_line n ON n.deal_id = d.id JOIN product p ON p.id = n.product_id"
        )
        found: dict[int, tuple[str, dict[str, tuple[Decimal, ...]]]] = {}
        for row in rows:
            product = "laptop" if row["tracking"] == "serial" else "cable"
            figures = tuple(
                unscaled(row[name], PIECES) for name in ("quantity", "planned", "delivered", "dropped")
            )
            found.setdefault(row["id"], (row["state"], {}))[1][product] = figures
        return found
