"""Who may do what: a table of roles and permissions."""

from enum import StrEnum


class Role(StrEnum):
    """An operator's role, from the fewest permissions to the most."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Permission(StrEnum):
    """What not everybody may do."""

    ADD_LINE = "add_line"
    """Add a product to a document that does not have it."""
    OVERDELIVER = "overdeliver"
    """Take more than a delivery line expects."""
    BACKDATE = "backdate"
    """Give a document an effective time before now."""
    LEARN_GTIN = "learn_gtin"
    """Teach a product a GTIN."""
    CANCEL = "cancel"
    """Cancel an open document that has scans."""
    STOCKTAKE = "stocktake"
    """Post what a stocktake found to differ: write off, and take in without a delivery."""
    ADMINISTER = "administer"


_SUPERVISOR = frozenset(Permission) - {Permission.ADMINISTER}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.WORKER: frozenset({Permission.LEARN_GTIN, Permission.OVERDELIVER}),
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMIN: frozenset(Permission),
}


def may(role: Role, permission: Permission) -> bool:
    """Tell whether `role` has `permission`."""
    return permission in PERMISSIONS[role]
