"""When to stop reading a file that only looks like a statement."""

from collections.abc import Iterator

from ingest.domain.statement import Problem, StatementRow, UnreadableStatementError

MOST_REJECTED = 1_000


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
