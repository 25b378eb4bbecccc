"""What a payment will cost, and when its price changed."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median_low

from transactions.domain.recurring.records import PriceChange

# Prices in a foreign currency wander by so much; a change of price is more.
WANDER = 3
STEADY_PERCENT = 65
RECENT = 6
SPREAD_OVER = 12
MOST_AT_ONCE = 33


def is_like(one: int, other: int, percent: int) -> bool:
    """Whether two amounts differ by no more than ``percent`` of the larger one."""
    return abs(one - other) * 100 <= percent * max(abs(one), abs(other))


def is_steady(amounts: Sequence[int]) -> bool:
    """Whether most amounts repeat the one before, give or take what exchange rates do."""
    pairs = list(pairwise(amounts))
    alike = sum(is_like(before, after, WANDER) for before, after in pairs)
    changes = len(pairs) - alike
    # One change among few is a change of price.
    return alike * 100 >= STEADY_PERCENT * len(pairs) or (
        changes == 1 and is_like(amounts[0], amounts[-1], 50)
    )


def is_within(amounts: Sequence[int], widest: int) -> bool:
    """Whether all but the odd one are at most ``widest`` times another."""
    sizes = sorted(map(abs, amounts))
    low, high = sizes[len(sizes) // 10], sizes[-1 - len(sizes) // 10]
    return high <= widest * low


def price_levels(days: Sequence[date], amounts: Sequence[int]) -> tuple[tuple[PriceChange, ...], list[int]]:
    """The changes of a steady price, and the amounts since the last.

    A change holds for two payments or is the latest, by a third at most; a single other amount in between, such as a
    bonus, is none.
    """
    wander = 0 if _repeats(amounts) else WANDER
    changes: list[PriceChange] = []
    level = [amounts[0]]
    for index in range(1, len(amounts)):
        amount, price = amounts[index], median_low(level)
        if is_like(amount, price, wander):
            level.append(amount)
        elif _holds(amounts, index, wander):
            changes.append(PriceChange(days[index], price, amount))
            level = [amount]
    return tuple(changes), level


def forecast(amounts: Sequence[int], *, a_year: int) -> tuple[int, int]:
    """The amount to expect next, one that was really paid, and the lower median distance from such forecasts.

    It is the lower median of the latest six or, where that would have been closer over the last year, the amount of
    a year before; ``a_year`` is how many amounts ago that is, 0 where that cannot be said.
    """
    usual = median_low(amounts[-RECENT:])
    if a_year and len(amounts) >= 2 * a_year:
        last_year = range(len(amounts) - a_year, len(amounts))
        seasonal = [abs(amounts[index] - amounts[index - a_year]) for index in last_year]
        plain = [abs(amounts[index] - median_low(amounts[:index][-RECENT:])) for index in last_year]
        if sum(seasonal) < sum(plain):
            return amounts[-a_year], median_low(seasonal)
    return usual, median_low([abs(amount - usual) for amount in amounts[-SPREAD_OVER:]])


def _repeats(amounts: Sequence[int]) -> bool:
    same = sum(before == after for before, after in pairwise(amounts))
    return 2 * same >= len(amounts) - 1


def _holds(amounts: Sequence[int], index: int, wander: int) -> bool:
    if index + 1 < len(amounts):
        return is_like(amounts[index], amounts[index + 1], wander)
    return is_like(amounts[index], amounts[index - 1], MOST_AT_ONCE)
