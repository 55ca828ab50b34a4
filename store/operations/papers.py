"""Keeping papers: the PDF itself before it is printed, and then what became of it."""

import hashlib
import json
from typing import Any

from store.domain.errors import RefusalCode, RefusedError
from store.domain.kept_papers import KeptPaper, NewPaper, Printer
from store.domain.printing import Printed
from store.domain.records import Actor
from store.models.papers import PaperFileRow, PaperPrintRow, PaperRow
from store.models.sql import execute, is_postgres, select
from store.queries.kept_papers import kept_paper

_OF_DOCUMENT = """
    INSERT INTO paper_unit (paper_id, unit_id)
    SELECT DISTINCT CAST(:paper AS BIGINT), m.unit_id FROM movement m
    WHERE m.document_id = :document AND m.unit_id IS NOT NULL
"""
_OF_LIST = "INSERT INTO paper_unit (paper_id, unit_id) SELECT DISTINCT CAST(:paper AS BIGINT), {ids}"


def keep_paper(printer: Printer, new: NewPaper, *, token: str) -> KeptPaper:
    """Keep a paper with the units on it and return it. The same PDF is stored once, whoever made it again.

    Called again with the same `token` it returns what it kept the first time. Raises RefusedError(UNKNOWN)
    when no document has its number, or no party its code.
    """
    known = PaperRow.get_or_none(PaperRow.token == token)
    kept = kept_paper(_keep(printer, new, token) if known is None else known.id)
    assert kept is not None  # noqa: S101 - it was read or written in this transaction
    return kept


def _keep(printer: Printer, new: NewPaper, token: str) -> int:
    document = _id_of("document", "number", new.number)
    digest = hashlib.sha256(new.pdf).hexdigest()
    if not PaperFileRow.select().where(PaperFileRow.sha256 == digest).exists():
        PaperFileRow.create(sha256=digest, size=len(new.pdf), content=new.pdf)
    paper = PaperRow.create(
        kind=new.code,
        language=new.language,
        document=document,
        party=new.party_id or _id_of("party", "code", new.party_code),
        deal=_id_of("deal", "number", new.deal_number),
        number=new.number or new.deal_number or new.party_code,
        name=new.name,
        sha256=digest,
        made_at=printer.at,
        token=token,
        **_who(printer),
    )
    if new.unit_ids:
        given = "unnest(CAST(:ids AS BIGINT[]))" if is_postgres() else "value FROM json_each(:ids)"
        ids: Any = list(new.unit_ids) if is_postgres() else json.dumps(new.unit_ids)
        execute(_OF_LIST.format(ids=given), paper=paper.id, ids=ids)
    elif document is not None:
        execute(_OF_DOCUMENT, paper=paper.id, document=document)
    return int(paper.id)


def note_print(
    printer: Printer, paper_id: int, printed: Printed, *, copies: int, is_copy: bool, token: str
) -> None:
    """Note what became of a paper that was sent to a printer; the same `token` notes it once.

    `is_copy` tells that it was marked as a copy.
    """
    if PaperPrintRow.select().where(PaperPrintRow.token == token).exists():
        return
    PaperPrintRow.create(
        paper=paper_id,
        copies=copies,
        is_copy=is_copy,
        state=printed.state,
        queue=printed.queue,
        job=printed.job,
        reason=printed.reason or ", ".join(printed.alerts),
        file=printed.file,
        printed_at=printer.at,
        token=token,
        **_who(printer),
    )


def _id_of(table: str, column: str, text: str) -> int | None:
    """Return the id of the row with `text` in its unique column, or None for no text."""
    if not text:
        return None
    rows = select(f"SELECT id FROM {table} WHERE {column} = :text", text=text)
    if not rows:
        raise RefusedError(RefusalCode.UNKNOWN, text=text)
    return int(rows[0]["id"])


def _who(printer: Printer) -> dict[str, Any]:
    if isinstance(printer, Actor):
        return {
            "operator": printer.operator.id,
            "operator_name": printer.operator.name,
            "terminal": printer.terminal.id,
            "terminal_name": printer.terminal.name,
        }
    return {"operator": None, "operator_name": printer.name, "terminal": None, "terminal_name": ""}
