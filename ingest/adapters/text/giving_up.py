"""When to stop reading a file that only looks like a statement."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ingest.domain.statement import Problem, StatementRow, UnreadableStatementError

MOST_REJECTED = 1_000
MOST_IDLE = 250_000
MOST_A_ROW = 50

_Piece = TypeVar("_Piece")


def unless_hopeless(items: Iterator[StatementRow | Problem]) -> Iterator[StatementRow | Problem]:
    """The same items; a file whose first 1,000 entries are all rejected is refused with the first reason."""
    held: list[Problem] = []
    for item in items:
        if isinstance(item, Problem) and item.rejected:
            held.append(item)
            if len(held) == MOST_REJECTED:
                raise UnreadableStatementError(
                    f"None of the first {MOST_REJECTED:,} entries could be read. {held[0].message}",
                    line=held[0].line,
                )
            continue
        yield from held
        yield item
        yield from items
        return
    yield from held


class Patience:
    """Ends a file of which next to nothing is a movement: after 250,000 pieces, and 50 more for each row read.

    Pieces are lines, tags, whatever the file is cut into. A few bytes make one, so that a large file of nothing
    else would take minutes; a row of a bank's takes some ten.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._most = MOST_IDLE
        self._rows = 0
        self._is_lost = False

    def pieces(self, pieces: Iterable[_Piece]) -> Iterator[_Piece]:
        """The same pieces, as many as the rows read so far are worth."""
        for number, piece in enumerate(pieces):
            if number >= self._most:
                self._is_lost = True
                return
            yield piece

    def items(self, items: Iterable[StatementRow | Problem]) -> Iterator[StatementRow | Problem]:
        """The same items, and at the end a remark where the pieces were not read to theirs."""
        for item in items:
            if isinstance(item, StatementRow):
                self._rows += 1
                self._most += MOST_A_ROW
            yield item
        if self._is_lost:
            yield Problem(
                None,
                f"The first {self._most:,} {self._kind} hold next to no movements ({self._rows:,}). "
                "The rest of the file is left out.",
            )
