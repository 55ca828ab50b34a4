"""How a scanned piece was found, and what goes with it: noted while its document is open."""

from store.domain.documents import DraftScan
from store.domain.errors import RefusalCode, RefusedError
from store.domain.terms import Condition
from store.models.documents import DraftScanRow
from store.operations.opened import open_head
from store.queries.scans import scan_by_id


def note_scan(scan_id: int, *, condition: Condition | None, note: str) -> DraftScan:
    """Note of an accepted scan in which condition its unit is (None: as it was) and what goes with it.

    What was noted before is replaced; closing the document makes a change of condition of it. Raises
    RefusedError: UNKNOWN when the scan is not there or was taken back, NOT_OPEN.
    """
    row = DraftScanRow.get_or_none(DraftScanRow.id == scan_id)
    if row is None or row.state == "removed":
        raise RefusedError(RefusalCode.UNKNOWN, text=str(scan_id))
    open_head(row.document_id)
    found = condition if row.unit_id is not None else None
    DraftScanRow.update(condition=found, note=note.strip()).where(
        (DraftScanRow.id == scan_id) & (DraftScanRow.state == "draft")
    ).execute()
    return scan_by_id(scan_id)
