"""Keeping searches under names, and forgetting them."""

from peewee import IntegrityError

from store.domain.errors import RefusalCode, RefusedError
from store.domain.records import Actor
from store.domain.roles import Permission, may
from store.domain.saved_searches import LONGEST_NAME, name_key
from store.domain.unit_filters import UnitFilter
from store.models.base import proxy
from store.models.searches import SavedSearchRow


def save_search(actor: Actor, name: str, wanted: UnitFilter, *, shared: bool = False) -> int:
    """Keep a search for the operator, or for everybody (`shared`), and return its id.

    The same name again replaces what was kept under it; a shared one is replaced by who saved it and by those
    who administer. Raises RefusedError: EMPTY without a name or when nothing is looked for, TOO_LONG,
    NOT_ALLOWED when the shared one is somebody else's.
    """
    tidy = " ".join(name.split())
    if not tidy or not (wanted.narrows or wanted.text.strip()):
        raise RefusedError(RefusalCode.EMPTY)
    if len(tidy) > LONGEST_NAME:
        raise RefusedError(RefusalCode.TOO_LONG)
    values = {
        "name": tidy,
        "text": wanted.text.strip(),
        "product": wanted.product.id if wanted.product else None,
        "party": wanted.party.id if wanted.party else None,
        "document": wanted.document.id if wanted.document else None,
        "field": wanted.field.id if wanted.field else None,
        "value": wanted.value.strip() if wanted.field else "",
        "sold_first": wanted.sold_first,
        "sold_last": wanted.sold_last,
        "under_warranty": wanted.under_warranty,
        "open_complaint": wanted.open_complaint,
        "saved_at": actor.at,
        "saved_by": actor.operator.id,
    }
    known = _named(actor, tidy, shared=shared)
    if known is None:
        operator = None if shared else actor.operator.id
        try:
            with proxy.obj.atomic():
                return int(SavedSearchRow.create(operator=operator, name_key=name_key(tidy), **values).id)
        except IntegrityError:
            # Another terminal was first with this name: it is as if it had been there.
            known = _named(actor, tidy, shared=shared)
            if known is None:
                raise
    _require(actor, known)
    SavedSearchRow.update(**values).where(SavedSearchRow.id == known.id).execute()
    return int(known.id)


def forget_search(actor: Actor, search_id: int) -> None:
    """Keep a search no more; one that is gone already stays so.

    Raises RefusedError(NOT_ALLOWED) for somebody else's, unless it is shared and the operator administers.
    """
    known = SavedSearchRow.get_or_none(SavedSearchRow.id == search_id)
    if known is not None:
        _require(actor, known)
        known.delete_instance()


def _named(actor: Actor, name: str, *, shared: bool) -> SavedSearchRow | None:
    whose = SavedSearchRow.operator.is_null() if shared else (SavedSearchRow.operator == actor.operator.id)
    found: SavedSearchRow | None = SavedSearchRow.get_or_none(
        whose & (SavedSearchRow.name_key == name_key(name))
    )
    return found


def _require(actor: Actor, known: SavedSearchRow) -> None:
    administers = known.operator_id is None and may(actor.operator.role, Permission.ADMINISTER)
    if known.saved_by_id != actor.operator.id and not administers:
        raise RefusedError(RefusalCode.NOT_ALLOWED, permission=Permission.ADMINISTER)
