"""The tabs of a unit's card: a digit each, read when they are opened, a page at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from screens.field_rows import field_rows
from screens.papers import title_of_kept
from screens.print_words import state_text
from screens.service_tabs import Costs, Related, Tasks
from screens.timeline_rows import KINDS, entry_rows, size_text
from screens.unit_rows import number_rows
from screens.unit_tab import Part, Tab
from screens.words import DOCUMENTS
from store.domain.attachments import Attachment
from store.domain.kept_papers import KeptPaper
from store.domain.language import N_, _
from store.domain.timeline import TimelineKind
from store.domain.units import UnitCard
from store.queries.attachments import attachments
from store.queries.fields import fields_of_unit
from store.queries.kept_papers import papers_of_unit
from store.queries.timeline import PAGE, timeline
from store.queries.unit_papers import papers

HASH = 16
"""Letters of a SHA-256 by which a paper is told from others."""


class Numbers(Tab):
    """Every number by which the unit is known."""

    TITLE = N_("Numbers")

    def read(self, card: UnitCard, after: Any, narrowed: Any) -> Part:  # noqa: ARG002
        """Return nothing more than the card has."""
        return Part(())

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:  # noqa: ARG002
        """Return a row for each number."""
        return number_rows(card, hint=_("No further number. F2 adds one."))


class History(Tab):
    """Everything that happened, newest first."""

    TITLE = N_("History")
    FILTERS = tuple((words, kind) for kind, words in KINDS.items())

    def read(self, card: UnitCard, after: Any, narrowed: TimelineKind | None) -> Part:
        """Return a page of the timeline."""
        found = timeline(card.id, before=after, kinds=[narrowed] if narrowed else [], limit=PAGE + 1)
        return Part(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:  # noqa: ARG002
        """Return the rows of the entries."""
        return [row for entry in items for row in entry_rows(entry)]


class Papers(Tab):
    """The files of the unit, the papers that were made of it and the documents that it is on."""

    TITLE = N_("Papers")

    def read(self, card: UnitCard, after: Any, narrowed: Any) -> Part:  # noqa: ARG002
        """Return a page: first the files, then what was printed or sent, then the documents, newest first."""
        is_kept, before = after or (True, None)
        files = attachments(card.id) if after is None else []
        kept = papers_of_unit(card.id, before_id=before, limit=PAGE + 1) if is_kept else []
        if len(kept) > PAGE:
            return Part([*files, *kept[:PAGE]], (True, kept[PAGE - 1].id))
        found = papers(card.id, before_id=None if is_kept else before, limit=PAGE + 1)
        following = (False, found[PAGE - 1].document_id) if len(found) > PAGE else None
        return Part([*files, *kept, *found[:PAGE]], following)

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:  # noqa: ARG002
        """Return two rows for each file, paper and document."""
        rows = []
        for item in items:
            if isinstance(item, Attachment):
                rows.append(f"{item.added_at.astimezone():%Y-%m-%d}  {item.name}")
                said = _("File: {size}, {name}")
                rows.append("  " + said.format(size=size_text(item.size), name=item.operator))
            elif isinstance(item, KeptPaper):
                rows.append(f"{item.made_at.astimezone():%Y-%m-%d}  {title_of_kept(item)} {item.number}")
                said = _("Paper: {state}, {name}, SHA-256 {hash}")
                rows.append(
                    "  " + said.format(state=state_text(item), name=item.made_by, hash=item.sha256[:HASH])
                )
            else:
                rows.append(f"{item.posted_at.astimezone():%Y-%m-%d}  {item.number}")
                rows.append(f"  {_(DOCUMENTS[item.type])}: {item.party_name} {item.reference}".rstrip())
        return rows


class Fields(Tab):
    """What the unit has in the fields of its kind, and in those that do not apply any more."""

    TITLE = N_("Fields")

    def read(self, card: UnitCard, after: Any, narrowed: Any) -> Part:  # noqa: ARG002
        """Return all its fields."""
        return Part(fields_of_unit(card.id))

    def rows(self, card: UnitCard, items: Sequence[Any], today: date) -> list[str]:  # noqa: ARG002
        """Return a row for each field."""
        return field_rows(items)


TABS: tuple[Tab, ...] = (Numbers(), History(), Papers(), Fields(), Tasks(), Costs(), Related())
"""In the order of their digits."""
FIRST = 2
"""The tab that is open at first: what happened."""
