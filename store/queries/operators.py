"""Operators, as lists and by code."""

from store.domain.records import Operator
from store.models.people import OperatorRow


def listing() -> list[Operator]:
    """Return the operators who may sign in, by name."""
    rows = OperatorRow.select().where(~OperatorRow.retired).order_by(OperatorRow.name)
    return [operator_of(row) for row in rows]


def by_code(code: str) -> Operator | None:
    """Return the operator with a code, or None."""
    row = OperatorRow.get_or_none((OperatorRow.code == code.strip()) & ~OperatorRow.retired)
    return operator_of(row) if row else None


def operator_of(row: OperatorRow) -> Operator:
    """Return the record of a row: everything but the secrets."""
    return Operator(id=row.id, code=row.code, name=row.name, role=row.role, language=row.language)
