"""Finding one of our locations."""

from screens.finder import Finder
from screens.session import Session
from store.domain.language import _
from store.domain.records import Location
from store.domain.resolution import Named
from store.domain.scan import Scan
from store.queries.locations import by_ids, search
from store.queries.resolve import resolve


class LocationChoice(Finder[Location]):
    """Finds one of our locations by a part of its name or code, or by a scan of its code."""

    def __init__(self, session: Session, question: str, *, besides: Location | None = None) -> None:
        """Ask `question`; the location `besides` is no answer to it."""
        super().__init__(session)
        self._question = question
        self._besides = besides.id if besides else None

    def title_text(self) -> str:
        """Return the question."""
        return self._question

    def label(self) -> str:
        """Return what can be typed."""
        return _("Name or code")

    def find(self, text: str, skip: int, limit: int) -> list[Location]:
        """Return the locations with `text` in them, by name."""
        return search(text, besides=self._besides, limit=limit, skip=skip)

    def named(self, scan: Scan) -> list[Location]:
        """Return the location whose code was scanned."""
        hits = [hit.id for hit in resolve(scan.text).hits if hit.kind is Named.LOCATION]
        return by_ids([hit for hit in hits if hit != self._besides])

    def parts(self, item: Location) -> tuple[str, str]:
        """Return name and code."""
        return item.name, item.code
