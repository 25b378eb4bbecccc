"""The daily plan: what may be spent each day, as spending goes. Amounts are minor units; days are places from 0.

What earlier days left over, or spent too much, is shared out over the days that are left. So what may be spent
from a day on, as it begins, is always the allocation less all that was spent before it.
"""

from dataclasses import dataclass

from budgets.domain.envelopes import Envelope, Mode, Pattern, Status, status_of
from budgets.domain.spreading import first_of_spread, spread

DATED = {Pattern.BILLS, Pattern.BY_HAND, Pattern.NOT_DAILY}


@dataclass(frozen=True, slots=True)
class Day:
    """One category on one day: ``available`` is what was planned and what other days handed on to this one."""

    planned: int
    available: int
    spent: int

    @property
    def carried_in(self) -> int:
        """What earlier days left for this day, or took from it."""
        return self.available - self.planned

    @property
    def remaining(self) -> int:
        return self.available - self.spent

    @property
    def over(self) -> int:
        """How much more was spent than there was; 0 where not more."""
        return max(self.spent - max(self.available, 0), 0)

    @property
    def status(self) -> Status:
        return status_of(self.spent, self.available)


def daily_plan(envelope: Envelope, today: int) -> list[Day]:
    """Each day of the period: those up to ``today`` as they began, the days after as today's plan has them.

    What is left of today stays today's until the day is over; what was spent over it is gone, and the days after
    bear it at once. ``today`` may lie before the first day or after the last.
    """
    planned, spent = envelope.planned, envelope.spent
    days: list[Day] = []
    left, today = sum(planned), max(today, 0)
    for day in range(min(today, len(planned))):
        days.append(Day(planned[day], _available_on(envelope, left, day), spent[day]))
        left -= spent[day]
    if today >= len(planned):
        return days
    available = days_left(envelope, left, today)
    if spent[today] > available[0]:
        available[1:] = days_left(envelope, left - spent[today], today + 1)
    coming = zip(planned[today:], available, spent[today:], strict=True)
    return days + [Day(*figures) for figures in coming]


def overspent_on(envelope: Envelope, day: int) -> int:
    """How much more was spent on a day than there was for it; 0 where not more."""
    available = _available_on(envelope, envelope.budgeted - sum(envelope.spent[:day]), day)
    return max(envelope.spent[day] - available, 0)


def days_left(envelope: Envelope, left: int, day: int) -> list[int]:
    """What may be spent on ``day`` and each day after it, of all that is left as ``day`` begins.

    It adds up to ``left``, or to nothing where nothing is left. A surplus is shared out in proportion to the plan,
    goes to the very next day where a plan has its own dates, or to the last; what is missing is taken the same
    way. The plan of locked days stays while the others can bear it.
    """
    planned = list(envelope.planned[day:])
    carried = left - sum(planned)
    if carried == 0 or left <= 0:
        return planned if carried == 0 else [0] * len(planned)
    locked = {place - day for place in envelope.locked_days if place >= day}
    order = _order(envelope, len(planned), is_surplus=carried > 0)
    if order is None:
        return _shared_out(planned, left, locked)
    if carried > 0:
        planned[next((place for place in order if place not in locked), order[0])] += carried
        return planned
    return _cut(planned, -carried, [place for place in order if place not in locked] + sorted(locked))


def _available_on(envelope: Envelope, left: int, day: int) -> int:
    """The first of ``days_left``. Where all days share alike the others need not be worked out."""
    planned = envelope.planned[day:]
    carried = left - sum(planned)
    if carried == 0 or left <= 0:
        return planned[0] if carried == 0 else 0
    if envelope.locked_days or _order(envelope, len(planned), is_surplus=carried > 0) is not None:
        return days_left(envelope, left, day)[0]
    return first_of_spread(left, planned)


def _order(envelope: Envelope, count: int, *, is_surplus: bool) -> range | None:
    """The days in the order in which they take a surplus or bear a lack; None where all do together."""
    if envelope.mode in {Mode.END, Mode.NEVER}:
        # Money that nobody moves runs out on the last days; what is left over waits for them only if asked to.
        is_next = is_surplus and envelope.mode == Mode.NEVER
        return range(count) if is_next else range(count - 1, -1, -1)
    if envelope.mode == Mode.NEXT_DAY or envelope.pattern in DATED:
        return range(count)
    return None


def _shared_out(planned: list[int], left: int, locked: set[int]) -> list[int]:
    free = [place for place in range(len(planned)) if place not in locked]
    rest = left - sum(planned[place] for place in locked)
    if rest < 0 or not free:
        free, rest = list(range(len(planned))), left
    shares = list(planned)
    for place, share in zip(free, spread(rest, [planned[place] for place in free]), strict=True):
        shares[place] = share
    return shares


def _cut(planned: list[int], amount: int, order: list[int]) -> list[int]:
    for place in order:
        part = min(amount, planned[place])
        planned[place] -= part
        amount -= part
    return planned
