"""A process that scans serials into a document as a terminal does, and says which were acknowledged.

`python -m tests.store.scanning_process URL DOCUMENT OPERATOR TERMINAL PREFIX` writes a line for each scan
that the store has acknowledged: the only serials that must be there whatever happens to the process.
"""

import asyncio
import sys
from datetime import UTC, datetime
from itertools import count

from store.database import open_database
from store.domain.documents import Accepted
from store.domain.records import Actor
from store.domain.scan import Scan, Source
from store.lane import Lane
from store.models.people import OperatorRow
from store.operations.scanning import take
from store.queries.operators import operator_of
from store.queries.terminals import by_code


def _actor(operator: str, terminal: str) -> Actor:
    found = by_code(terminal)
    assert found is not None
    return Actor(
        operator=operator_of(OperatorRow.get(OperatorRow.code == operator)),
        terminal=found,
        at=datetime.now(UTC),
    )


async def scan_on(url: str, document_id: int, operator: str, terminal: str, prefix: str) -> None:
    """Scan until the process is stopped."""
    lane = Lane(open_database(url))
    await lane.start()
    actor = await lane.read(_actor, operator, terminal)
    for number in count(1):
        serial = f"{prefix}{number:06}"
        scan = Scan(text=serial, raw=serial, source=Source.DEVICE, at=datetime.now(UTC))
        outcome = await lane.write(take, actor, document_id, scan, token=serial)
        assert isinstance(outcome, Accepted), outcome
        sys.stdout.write(f"{serial}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(scan_on(sys.argv[1], int(sys.argv[2]), *sys.argv[3:6]))
