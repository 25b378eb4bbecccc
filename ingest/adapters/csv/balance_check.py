"""The running balance at work: signs for amounts that have none, and a word where a row does not tie."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.domain.balances import RowOrder
from ingest.domain.statement import Problem, StatementRow

_NAMED_BREAKS = 3

Item = StatementRow | Problem
Balanced = tuple[Item, Decimal | None]


def signed_by_balance(items: Iterator[Balanced], order: RowOrder) -> Iterator[Balanced]:
    """Rows whose amounts have no sign, with the one their balance proves.

    One row, the oldest, has no balance before it: it counts as an inflow where its balance is its amount,
    and as an outflow with a remark otherwise.
    """
    if order is RowOrder.OLDEST_FIRST:
        yield from _signed_downwards(items)
    else:
        yield from _signed_upwards(items)


def checked_by_balance(items: Iterator[Balanced], order: RowOrder | None) -> Iterator[Item]:
    """The items as they are, with remarks where a balance does not follow from its neighbour."""
    check = _Check(order)
    for item, balance in items:
        remark = (
            check.look_at(item, balance) if order is not None and isinstance(item, StatementRow) else None
        )
        yield item
        if remark is not None:
            yield remark
    summary = check.summary()
    if summary is not None:
        yield summary


def _signed_downwards(items: Iterator[Balanced]) -> Iterator[Balanced]:
    before: Decimal | None = None
    for item, balance in items:
        if isinstance(item, StatementRow):
            yield from _signed(item, before, balance)
            before = balance if balance is not None else before
        else:
            yield item, balance


def _signed_upwards(items: Iterator[Balanced]) -> Iterator[Balanced]:
    held: tuple[StatementRow, Decimal | None] | None = None
    for item, balance in items:
        if not isinstance(item, StatementRow):
            yield item, balance
            continue
        if held is not None:
            yield from _signed(held[0], balance, held[1])
        held = item, balance
    if held is not None:
        yield from _signed(held[0], None, held[1])


def _signed(row: StatementRow, before: Decimal | None, after: Decimal | None) -> Iterator[Balanced]:
    proven = before is not None and after is not None and abs(after - before) == abs(row.amount)
    out = after < before if before is not None and after is not None else after != row.amount
    yield (replace(row, amount=-abs(row.amount)) if out and row.amount else row), after
    if not proven and out:
        yield (
            Problem(row.line, "Nothing proves whether this amount came in or went out; read as money out."),
            None,
        )


class _Check:
    def __init__(self, order: RowOrder | None) -> None:
        self._newest_first = order is RowOrder.NEWEST_FIRST
        self._last: dict[str | None, tuple[Decimal, Decimal]] = {}
        self._breaks = 0

    def look_at(self, row: StatementRow, balance: Decimal | None) -> Problem | None:
        if balance is None:
            return None
        last = self._last.get(row.account)
        self._last[row.account] = balance, row.amount
        if last is None:
            return None
        expected = last[0] - last[1] if self._newest_first else last[0] + row.amount
        if expected == balance:
            return None
        self._breaks += 1
        if self._breaks > _NAMED_BREAKS:
            return None
        return Problem(
            row.line, f"The balance {balance} does not follow from the row before it (expected {expected})."
        )

    def summary(self) -> Problem | None:
        more = self._breaks - _NAMED_BREAKS
        return Problem(None, f"In {more} more places the balance does not follow.") if more > 0 else None
