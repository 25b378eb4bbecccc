"""How an allocation is spread over the days of its period. Amounts are minor units; days are places from 0."""

from collections.abc import Mapping, Sequence
from datetime import date

from budgets.domain.envelopes import Pattern
from core.domain.money import first_share, share_out

WEEK = 7
# A few weeks say little about a weekday: its share is drawn towards the even one by so many weeks of it.
DAMPING_WEEKS = 4


class TooMuchByHandError(ValueError):
    """The amounts set by hand come to more than the allocation; ``excess`` says by how much."""

    def __init__(self, excess: int) -> None:
        super().__init__(excess)
        self.excess = excess


def spread(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """An amount over days in proportion to their weights, evenly where all weights are zero.

    The parts add up to the amount exactly, odd cents by largest remainder, the earlier day first.
    """
    if not weights:
        return ()
    return tuple(share_out(amount, weights if any(weights) else [1] * len(weights)))


def first_of_spread(amount: int, weights: Sequence[int]) -> int:
    """What ``spread`` gives the first day."""
    return first_share(amount, weights if any(weights) else [1] * len(weights))


def spread_by_hand(amount: int, set_amounts: Mapping[int, int], days: int) -> tuple[int, ...]:
    """The amounts set for some days, and the rest evenly over the others.

    Raises ``TooMuchByHandError`` where they are more than the allocation, or where every day is set to less.
    """
    rest = amount - sum(set_amounts.values())
    others = [day for day in range(days) if day not in set_amounts]
    if rest < 0 or (rest > 0 and not others):
        raise TooMuchByHandError(-rest)
    shares = dict(zip(others, spread(rest, [1] * len(others)), strict=True))
    return tuple(set_amounts.get(day, shares.get(day, 0)) for day in range(days))


def weights_of(
    pattern: Pattern,
    days: Sequence[date],
    *,
    by_weekday: Sequence[int] = (),
    weeks: int = 0,
    bills: Mapping[date, int] | None = None,
) -> list[int]:
    """What each day weighs under a pattern.

    ``by_weekday`` is the spending of the last ``weeks`` weeks on each weekday, Monday first. ``bills`` are the
    amounts due by day. A pattern without what it goes by is even; ``not_daily`` has all of it on the first day,
    to be spent on any.
    """
    if pattern == Pattern.NOT_DAILY:
        return [1, *[0] * (len(days) - 1)]
    if pattern == Pattern.BILLS and bills:
        return [max(bills.get(day, 0), 0) for day in days]
    if pattern == Pattern.WEEKDAYS and len(by_weekday) == WEEK and weeks:
        return _weekday_weights(days, [max(spent, 0) for spent in by_weekday], weeks)
    return [1] * len(days)


def _weekday_weights(days: Sequence[date], by_weekday: Sequence[int], weeks: int) -> list[int]:
    even = sum(by_weekday)
    # (weeks * spent on the weekday / total + damping / 7) / (weeks + damping), times what makes it whole.
    return [WEEK * weeks * by_weekday[day.weekday()] + DAMPING_WEEKS * even for day in days]
