"""Repairs: opened by what brings units into service, ended by what takes them out, a document at a time."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.events import BuiltIn
from store.domain.repairs import Settlement, TakenAs
from store.domain.terms import DocumentType, Terms
from store.domain.transitions import REPAIRED
from store.models.moments import to_store
from store.models.sql import execute, select
from store.operations.posted import Posting
from store.operations.telling import Told, tell_each
from store.operations.warranties import warranties_after

_SCAN = "draft_scan s ON s.document_id = m.document_id AND s.unit_id = m.unit_id AND s.state <> 'removed'"
_BEFORE = ", ".join(f"'{terms}'" for terms in REPAIRED)
# Whatever brought it: of a return, what is noted of the piece is what is wrong with it.
_FAULT = "coalesce(CASE WHEN s.back_as IS NULL THEN s.fault ELSE s.note END, '')"
_TAKEN_AS = "coalesce(s.taken_as, s.back_as, 'service')"


def settle_repairs(posting: Posting) -> None:
    """Open the repairs of the units that a document brought into service, and end those of others.

    Units come into service by whatever document says so, and go out the same way. Raises RefusedError:
    FAULT_NEEDED, OUTCOME_NEEDED.
    """
    rows = posting.transitions()
    if any(row.to_terms is Terms.SERVICE and row.from_terms is not Terms.SERVICE for row in rows):
        _open(posting)
    if any(row.from_terms is Terms.SERVICE and row.to_terms is not Terms.SERVICE for row in rows):
        _end(posting)


def _open(posting: Posting) -> None:
    document_id = posting.document.id
    if posting.document.type is DocumentType.SERVICE_INTAKE:
        _check_said(posting, "trim(s.fault) = ''", RefusalCode.FAULT_NEEDED)
    execute(
        f"""
        INSERT INTO repair (unit_id, party_id, document_id, movement_id, since, back_place_id, back_terms,
                            fault, accessories, outcome)
        SELECT m.unit_id, coalesce(q.id, d.party_id), m.document_id, m.id, m.effective_at,
               coalesce(m.from_place_id, p.place_id), coalesce(m.from_terms, 'sold'), {_FAULT},
               CASE WHEN s.back_as IS NULL THEN coalesce(s.note, '') ELSE '' END, ''
        FROM movement m JOIN document d ON d.id = m.document_id JOIN party p ON p.id = d.party_id
             LEFT JOIN party q ON q.place_id = m.from_place_id LEFT JOIN {_SCAN}
        WHERE m.document_id = :document_id AND m.unit_id IS NOT NULL AND m.to_terms = 'service'
              AND (m.from_terms IS NULL OR m.from_terms IN ({_BEFORE}))
        ORDER BY m.id
        """,
        document_id=document_id,
    )
    told = select(
        f"SELECT m.unit_id, {_FAULT} AS fault, {_TAKEN_AS} AS taken_as FROM movement m JOIN {_SCAN} "
        f"WHERE m.document_id = :document_id AND m.to_terms = 'service' AND {_FAULT} <> '' ORDER BY m.id",
        document_id=document_id,
    )
    for taken_as in TakenAs:
        tell_each(
            posting.actor,
            BuiltIn(taken_as.value),
            [Told(row["unit_id"], row["fault"]) for row in told if row["taken_as"] == taken_as],
            effective_at=posting.effective_at,
            token=_token(posting, taken_as.value),
        )
    execute(
        """
        UPDATE repair SET event_id = (
            SELECT e.id FROM event e
            WHERE e.token IN (:complaint || '/' || CAST(repair.unit_id AS TEXT),
                              :service || '/' || CAST(repair.unit_id AS TEXT)))
        WHERE document_id = :document_id
        """,
        document_id=document_id,
        complaint=_token(posting, TakenAs.COMPLAINT.value),
        service=_token(posting, TakenAs.SERVICE.value),
    )


def _end(posting: Posting) -> None:
    document, actor = posting.document, posting.actor
    if document.type is DocumentType.SERVICE_HANDOUT:
        _check_said(posting, "s.settlement IS NULL OR trim(s.note) = ''", RefusalCode.OUTCOME_NEEDED)
    is_swap = document.type is not DocumentType.SERVICE_HANDOUT
    scan = (
        "FROM draft_scan s WHERE s.document_id = :document_id AND s.unit_id = repair.unit_id "
        "AND s.state <> 'removed'"
    )
    ended = execute(
        f"""
        UPDATE repair SET
            ended_document_id = :document_id, ended_at = :effective_at,
            ended_movement_id = (SELECT m.id FROM movement m
                                 WHERE m.document_id = :document_id AND m.unit_id = repair.unit_id),
            settlement = coalesce((SELECT s.settlement {scan}), :settlement),
            outcome = coalesce((SELECT s.note {scan}), '')
        WHERE ended_at IS NULL AND unit_id IN (
            SELECT m.unit_id FROM movement m
            WHERE m.document_id = :document_id AND m.from_terms = 'service' AND m.to_terms <> 'service')
        """,
        document_id=document.id,
        effective_at=to_store(posting.effective_at),
        # A part goes with what it is in, and nothing is said of it.
        settlement=(Settlement.REPLACED if is_swap else Settlement.NONE).value,
    )
    if not ended:
        return
    # What this came in for is settled, as it was put right meanwhile; what was told otherwise may be about
    # something else, and stays open until somebody says what came of it.
    execute(
        """
        UPDATE event SET status = 'closed', closed_at = :at, closed_by_id = :operator,
                         closed_name = :operator_name,
                         outcome = coalesce(nullif((SELECT r.outcome FROM repair r
                             WHERE r.ended_document_id = :document_id AND r.unit_id = event.unit_id), ''),
                             outcome)
        WHERE status = 'open' AND id IN (
            WITH RECURSIVE told (id) AS (
                SELECT r.event_id FROM repair r JOIN movement m ON m.id = r.ended_movement_id
                WHERE r.ended_document_id = :document_id AND m.carrier_id IS NULL
                UNION ALL SELECT x.id FROM told JOIN event x ON x.corrects_id = told.id)
            SELECT id FROM told)
        """,
        document_id=document.id,
        at=to_store(actor.at),
        operator=actor.operator.id,
        operator_name=actor.operator.name,
    )
    _tell_services(posting)
    warranties_after(posting, _token(posting, "repaired"))


def _tell_services(posting: Posting) -> None:
    """Tell what was done on units that no complaint was told of."""
    done = select(
        """
        SELECT r.unit_id, r.fault, r.outcome FROM repair r LEFT JOIN event e ON e.id = r.event_id
        WHERE r.ended_document_id = :document_id AND coalesce(e.kind_code, '') <> 'complaint'
              AND r.outcome <> '' ORDER BY r.id
        """,
        document_id=posting.document.id,
    )
    tell_each(
        posting.actor,
        BuiltIn.SERVICE,
        [Told(row["unit_id"], row["fault"], row["outcome"]) for row in done],
        effective_at=posting.effective_at,
        token=_token(posting, "done"),
    )


def _check_said(posting: Posting, lacks: str, code: RefusalCode) -> None:
    """Refuse to post while something is not said of a scanned piece; name the first one."""
    rows = select(
        f"SELECT s.serial FROM draft_scan s WHERE s.document_id = :document_id AND s.state = 'draft' "
        f"AND s.serial_key IS NOT NULL AND ({lacks}) ORDER BY s.id LIMIT 1",
        document_id=posting.document.id,
    )
    if rows:
        raise RefusedError(code, serial=rows[0]["serial"])


def _token(posting: Posting, what: str) -> str:
    return f"{what} {posting.document.id}"
