"""Blocks below a head that is repeated on every page.

reportlab's own table repeats its head too, but looks at all of its rows and styles again for every page: a
paper of 2,000 products took ten seconds. Blocks are looked at once.
"""

from collections.abc import Sequence

from reportlab.platypus import Flowable


class Flow(Flowable):
    """Blocks one below the other, under `head`; a block that does not fit is split."""

    def __init__(self, head: Flowable, blocks: Sequence[Flowable], heights: Sequence[float] = ()) -> None:
        super().__init__()
        self._head = head
        self._blocks = list(blocks)
        self._heights = list(heights)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of all of it, on however many pages."""
        known = len(self._heights)
        self._heights += [block.wrap(width, height)[1] for block in self._blocks[known:]]
        self._head_height: float = self._head.wrap(width, height)[1]
        self.width, self.height = width, self._head_height + sum(self._heights)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits into `height` and the rest, or nothing when no row fits below the head."""
        self.wrap(width, height)
        room, count = height - self._head_height, 0
        while count < len(self._blocks) and self._heights[count] <= room:
            room -= self._heights[count]
            count += 1
        if count == len(self._blocks):
            return [self]
        parts = self._blocks[count].split(width, room)
        if len(parts) != 2:
            if not count:
                return []
            return [self._part(0, count), self._part(count, None)]
        heights = [part.wrap(width, height)[1] for part in parts]
        first = Flow(self._head, [*self._blocks[:count], parts[0]], [*self._heights[:count], heights[0]])
        later = slice(count + 1, None)
        return [
            first,
            Flow(self._head, [parts[1], *self._blocks[later]], [heights[1], *self._heights[later]]),
        ]

    def draw(self) -> None:
        """Draw the head and the blocks downwards."""
        top = self.height
        for block, height in zip(
            (self._head, *self._blocks), (self._head_height, *self._heights), strict=True
        ):
            top -= height
            block.drawOn(self.canv, 0, top)

    def _part(self, start: int, end: int | None) -> "Flow":
        return Flow(self._head, self._blocks[start:end], self._heights[start:end])
