"""How a payment is spread over the balances of one card.

Source: 12 CFR 1026.53. Above the minimum, the highest rate comes first, and in the last two cycles before a
deferred-interest period ends, the deferred balance. The minimum goes where the issuer puts it.
"""

from collections.abc import Sequence
from decimal import Decimal

from debts.domain.terms import MinimumGoesTo, Segment

LAST_CYCLES = 2


def order_of_excess(segments: Sequence[Segment], month: int) -> list[int]:
    """Segments in the order in which a payment above the minimum reaches them."""
    return sorted(
        range(len(segments)),
        key=lambda index: (not _ends_soon(segments[index], month), -segments[index].apr(month), index),
    )


def order_of_minimum(segments: Sequence[Segment], month: int, goes_to: MinimumGoesTo) -> list[int]:
    """Segments in the order in which the minimum reaches them."""
    sign = -1 if goes_to == MinimumGoesTo.HIGHEST_APR else 1
    return sorted(range(len(segments)), key=lambda index: (sign * segments[index].apr(month), index))


def pay(balances: list[int], amount: int, order: Sequence[int]) -> None:
    """Take ``amount``, at most all that is owed, off the balances in this order."""
    for index in order:
        part = min(amount, balances[index])
        balances[index] -= part
        amount -= part


def _ends_soon(segment: Segment, month: int) -> bool:
    until = segment.deferred_until
    return until is not None and until - LAST_CYCLES < month <= until


def highest_apr(segments: Sequence[Segment], balances: Sequence[int], month: int) -> Decimal:
    """The rate that the next unit paid above the minimum saves; 0 where nothing is owed."""
    for index in order_of_excess(segments, month):
        if balances[index]:
            return segments[index].apr(month)
    return Decimal(0)
