"""Running balances as witnesses: whether amounts and balances tell the same story, and read which way."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RowOrder(StrEnum):
    """Which way time runs down a statement."""

    OLDEST_FIRST = "oldest_first"
    NEWEST_FIRST = "newest_first"


@dataclass(frozen=True, slots=True)
class BalanceEvidence:
    """How far balances follow amounts: of ``pairs`` neighbouring rows, ``ties`` agree."""

    order: RowOrder
    ties: int
    pairs: int

    @property
    def share(self) -> float:
        """The share of neighbouring rows that tie; 0 where there are none."""
        return self.ties / self.pairs if self.pairs else 0.0

    @property
    def proves(self) -> bool:
        """Whether at least two pairs, and four in five, tie."""
        return self.ties >= 2 and self.share >= 0.8


def weigh_balances(
    amounts: Sequence[Decimal | None], balances: Sequence[Decimal | None], *, unsigned: bool = False
) -> BalanceEvidence:
    """How well the balances follow the amounts, in whichever row order fits better.

    ``balance after = balance before + amount``. With ``unsigned`` only the size of the change is compared.
    Rows without an amount or a balance break the chain there.
    """
    return max(
        (_weigh(amounts, balances, order, unsigned=unsigned) for order in RowOrder),
        key=lambda evidence: evidence.ties,
    )


def _weigh(
    amounts: Sequence[Decimal | None], balances: Sequence[Decimal | None], order: RowOrder, *, unsigned: bool
) -> BalanceEvidence:
    ties = pairs = 0
    for index in range(1, len(amounts)):
        before, after, moved = balances[index - 1], balances[index], amounts[index]
        if order is RowOrder.NEWEST_FIRST:
            before, after, moved = balances[index], balances[index - 1], amounts[index - 1]
        if before is None or after is None or not moved:
            continue
        pairs += 1
        change = after - before
        ties += change == moved or (unsigned and abs(change) == abs(moved))
    return BalanceEvidence(order, ties, pairs)
