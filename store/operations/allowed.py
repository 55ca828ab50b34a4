"""What the role of an operator allows."""

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.domain.roles import Permission, may


def require(actor: Actor, permission: Permission) -> None:
    """Raise RefusedError(NOT_ALLOWED) unless the operator's role has `permission`."""
    if not may(actor.operator.role, permission):
        raise RefusedError(RefusalCode.NOT_ALLOWED, permission=permission)
