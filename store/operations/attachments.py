"""Adding files to units."""

from collections.abc import Sequence
from hashlib import sha256

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.models.attachments import AttachedFileRow, AttachmentRow


def attach(actor: Actor, unit_ids: Sequence[int], name: str, content: bytes) -> None:
    """Keep a file with each of some units. Where a unit has this very content, nothing is added.

    So doing it again after a lost connection adds nothing. Raises RefusedError: EMPTY.
    """
    if not content or not name.strip():
        raise RefusedError(RefusalCode.EMPTY)
    digest = sha256(content).hexdigest()
    kept = AttachedFileRow.get_or_none(AttachedFileRow.sha256 == digest)
    if kept is None:
        kept = AttachedFileRow.create(sha256=digest, size=len(content), content=content)
    having = AttachmentRow.select(AttachmentRow.unit).where(
        (AttachmentRow.file == kept.id) & AttachmentRow.unit.in_(list(unit_ids))
    )
    known = {row.unit_id for row in having}
    rows = [
        {
            "unit": unit_id,
            "file": kept.id,
            "name": name.strip(),
            "operator": actor.operator.id,
            "operator_name": actor.operator.name,
            "terminal_name": actor.terminal.name,
            "added_at": actor.at,
        }
        for unit_id in dict.fromkeys(unit_ids)
        if unit_id not in known
    ]
    if rows:
        AttachmentRow.insert_many(rows).execute()
