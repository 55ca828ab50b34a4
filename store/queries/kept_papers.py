"""Papers that were printed, and can be printed again as they were."""

from typing import Any

from store.domain.kept_papers import CAME_OUT, KeptPaper
from store.domain.papers import PaperCode, PaperLanguage
from store.domain.printing import PrintState
from store.models.moments import from_store
from store.models.sql import select

_OUT = ", ".join(f"'{state}'" for state in sorted(CAME_OUT))
_PAPERS = f"""
    SELECT p.id, p.kind, p.language, p.number, p.name, p.sha256, f.size, p.made_at, p.operator_name,
           p.terminal_name, coalesce(q.code, '') AS party_code, r.address AS sent_to,
           l.state AS last_state, l.printed_at AS last_at,
           (SELECT coalesce(sum(o.copies), 0) FROM paper_print o
            WHERE o.paper_id = p.id AND o.state IN ({_OUT})) AS copies
    FROM paper p JOIN paper_file f ON f.sha256 = p.sha256
         LEFT JOIN party q ON q.id = p.party_id
         LEFT JOIN reminder r ON r.paper_id = p.id AND r.state <> 'failed'
         LEFT JOIN paper_print l ON l.id = (SELECT max(x.id) FROM paper_print x WHERE x.paper_id = p.id)
"""


def kept_paper(paper_id: int) -> KeptPaper | None:
    """Return a kept paper, or None when there is none."""
    rows = select(f"{_PAPERS} WHERE p.id = :paper", paper=paper_id)
    return _kept(rows[0]) if rows else None


def papers_of_document(document_id: int, *, limit: int = 50, before_id: int | None = None) -> list[KeptPaper]:
    """Return the newest papers of a document: at most `limit`, older than `before_id`."""
    return _listed("p.document_id = :id", document_id, limit, before_id)


def papers_of_unit(unit_id: int, *, limit: int = 50, before_id: int | None = None) -> list[KeptPaper]:
    """Return the newest papers on which a unit stands: at most `limit`, older than `before_id`."""
    return _listed(
        "p.id IN (SELECT u.paper_id FROM paper_unit u WHERE u.unit_id = :id)", unit_id, limit, before_id
    )


def papers_of_party(party_id: int, *, limit: int = 50, before_id: int | None = None) -> list[KeptPaper]:
    """Return the newest lists of and letters to a party: at most `limit`, older than `before_id`."""
    return _listed("p.party_id = :id", party_id, limit, before_id)


def papers_of_deal(deal_id: int, *, limit: int = 50, before_id: int | None = None) -> list[KeptPaper]:
    """Return the newest papers of a deal: at most `limit`, older than `before_id`."""
    return _listed("p.deal_id = :id", deal_id, limit, before_id)


def papers_of_everybody(code: PaperCode, *, limit: int = 50, before_id: int | None = None) -> list[KeptPaper]:
    """Return the newest papers of a kind that are of no document and no party, as `papers_of_party` does."""
    return _listed(
        "p.kind = :id AND p.document_id IS NULL AND p.party_id IS NULL AND p.deal_id IS NULL",
        code.value,
        limit,
        before_id,
    )


def newest_paper(number: str, code: PaperCode, language: PaperLanguage) -> KeptPaper | None:
    """Return the newest kept paper of that kind and language of the document, deal or party `number`."""
    rows = select(
        f"{_PAPERS} WHERE (p.document_id = (SELECT id FROM document WHERE number = :number) "
        "OR p.deal_id = (SELECT id FROM deal WHERE number = :number) "
        "OR p.party_id = (SELECT id FROM party WHERE code = :number)) "
        "AND p.kind = :kind AND p.language = :language ORDER BY p.id DESC LIMIT 1",
        number=number, kind=code.value, language=language.value,
    )  # fmt: skip
    return _kept(rows[0]) if rows else None


def paper_pdf(sha256: str) -> bytes:
    """Return the PDF with that SHA-256. Raises LookupError when none is kept."""
    rows = select("SELECT content FROM paper_file WHERE sha256 = :sha", sha=sha256)
    if not rows:
        raise LookupError(sha256)
    return bytes(rows[0]["content"])


def _listed(condition: str, key: int | str, limit: int, before_id: int | None) -> list[KeptPaper]:
    rows = select(
        f"{_PAPERS} WHERE {condition} AND p.id < :before_id ORDER BY p.id DESC LIMIT :limit",
        id=key, limit=limit, before_id=2**62 if before_id is None else before_id,
    )  # fmt: skip
    return [_kept(row) for row in rows]


def _kept(row: dict[str, Any]) -> KeptPaper:
    return KeptPaper(
        id=row["id"],
        code=PaperCode(row["kind"]),
        language=PaperLanguage(row["language"]),
        number=row["number"],
        sha256=row["sha256"],
        size=row["size"],
        made_at=from_store(row["made_at"]),
        made_by=row["operator_name"],
        terminal=row["terminal_name"],
        name=row["name"],
        party_code=row["party_code"],
        sent_to=row["sent_to"] or "",
        last_state=PrintState(row["last_state"]) if row["last_state"] else None,
        last_at=from_store(row["last_at"]) if row["last_at"] else None,
        copies=int(row["copies"]),
        is_out=int(row["copies"]) > 0 or row["sent_to"] is not None,
    )
