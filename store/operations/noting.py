"""How a scanned piece was found, and what goes with it: noted while its document is open."""

from store.domain.documents import DraftScan
from store.domain.errors import RefusalCode, RefusedError
from store.domain.terms import Condition
from store.models.documents import DraftScanRow
from store.operations.opened import open_head
from store.queries.scans import scan_by_id


def note_scan(scan_id: int, *, condition: Condition | None, note: str) -> DraftScan:
    """Note of an accepted scan in which condition its unit is (None: as it was) and what goes with it.

    What was noted before is replaced; closing the document makes a change of condition of it. Pieces without
    serials that come back have none of their own: how they were found stands on the protocol. Raises
    RefusedError: UNKNOWN when the scan is not there or was taken back, NOT_OPEN.
    """
    row = DraftScanRow.get_or_none(DraftScanRow.id == scan_id)
    if row is None or row.state == "removed":
        raise RefusedError(RefusalCode.UNKNOWN, text=str(scan_id))
    open_head(row.document_id)
    comes_back = row.unit_id is not None or row.loan_id is not None or row.giver_id is not None
    found = condition if comes_back else None
    same = DraftScanRow.id == scan_id
    if row.serial_key is None:
        # A count that came back under several rentals is a scan for each.
        same = (
            (DraftScanRow.document == row.document_id)
            & (DraftScanRow.product == row.product_id)
            & (DraftScanRow.terminal == row.terminal_id)
            & (DraftScanRow.scanned_at == row.scanned_at)
            & DraftScanRow.serial_key.is_null()
        )
    DraftScanRow.update(condition=found, note=note.strip()).where(
        same & (DraftScanRow.state == "draft")
    ).execute()
    return scan_by_id(scan_id)
