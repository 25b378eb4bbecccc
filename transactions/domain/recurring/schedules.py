"""Which days a payment is due on.

Days are ordinals of the proleptic Gregorian calendar, as ``date.toordinal`` gives them. A due day is named by its
slot, a whole number that counts due days.
"""

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, product
from typing import NamedTuple

from transactions.domain.recurring.rules import Rule

LAST_DAY = 31
SHORTEST_MONTH = 28
WORKING_DAYS = 5
# So many places of a cycle are tried for a due day.
MODES = 2
# The shortest month lacks three of the 31 places a month has here.
BLUR = 3
# Due days of one schedule of months are further apart than twice this, also when moved off weekends.
SURELY_NEAREST = 4
# Occurrences of one due day that its schedule is fitted to.
FITTED = 12


class Weekend(IntEnum):
    """Where a due day goes that is no working day. Public holidays are left to the tolerance."""

    STAYS = 0
    BEFORE = -1
    AFTER = 1


class Schedule(NamedTuple):
    """``anchors`` are days of a cycle: ordinals modulo its days, or (month of the cycle * 31 + day of month).

    The 31st is the last day of every month, the 30th of those that have no 30th, and so on.
    """

    rule: Rule
    anchors: tuple[int, ...]
    weekend: Weekend = Weekend.STAYS

    def due(self, slot: int) -> int:
        """The day of a slot."""
        cycle, number = divmod(slot, self.rule.dues)
        if self.rule.days:
            return cycle * self.rule.days + self.anchors[number]
        month, day = divmod(self.anchors[number] - 1, LAST_DAY)
        return _on_working_day(_day_of(cycle * self.rule.months + month, day + 1), self.weekend)

    def nearest(self, day: int) -> tuple[int, int]:
        """The slot a day is closest to, and how many days it is after the due day."""
        if self.rule.days:
            cycle, after = divmod(day - self.anchors[0], self.rule.days)
            return (cycle + 1, after - self.rule.days) if 2 * after > self.rule.days else (cycle, after)
        first = month_of(day)[0] // self.rule.months * self.rule.dues
        best, least = first, day - self.due(first)
        if abs(least) > SURELY_NEAREST:
            for slot in (*range(first + 1, first + self.rule.dues + 1), first - 1):
                deviation = day - self.due(slot)
                if abs(deviation) < abs(least):
                    best, least = slot, deviation
        return best, least


class Near(NamedTuple):
    """A day by its place among those given, and how many days it is after the due day of its slot."""

    which: int
    slot: int
    deviation: int


def position(rule: Rule, day: int) -> tuple[int, int]:
    """The number of the cycle a day is in, and its place in it in the units of ``Schedule.anchors``."""
    if rule.days:
        return divmod(day, rule.days)
    month, number = month_of(day)
    cycle, month = divmod(month, rule.months)
    return cycle, month * LAST_DAY + number


def likely_schedules(rule: Rule, places: Sequence[int]) -> list[Schedule]:
    """The schedules whose due days have most of the places in the cycle around them."""
    length = _cycle_length(rule)
    modes: list[int] = []
    for around, _, place in _crowds([place % length for place in places], length, rule.slack):
        if around < rule.fewest // rule.dues or len(modes) > MODES:
            break
        if all(_apart(place, mode, length) > rule.slack for mode in modes):
            modes.append(place if place or rule.days else length)
    if rule.dues == 1:
        return [Schedule(rule, (mode,)) for mode in modes[:MODES]]
    return [Schedule(rule, pair) for pair in product(modes, modes) if _is_half_a_month(pair)]


def near_due(schedule: Schedule, days: Sequence[int], places: Sequence[tuple[int, int]]) -> list[Near]:
    """The days within the slack of a due day; ``places`` are their positions."""
    rule, (anchor, *others) = schedule.rule, schedule.anchors
    number = (anchor - 1) % LAST_DAY + 1
    if not rule.days and not others and rule.slack < number < SHORTEST_MONTH - rule.slack:
        # Far enough from the ends of a month, a place differs from the anchor by the days between them.
        return [
            Near(which, cycle, place - anchor)
            for which, (cycle, place) in enumerate(places)
            if -rule.slack <= place - anchor <= rule.slack
        ]
    around = _places_around(schedule)
    inside = [(which, cycle) for which, (cycle, place) in enumerate(places) if place in around]
    if not _can_cover(rule, [cycle for _, cycle in inside]):
        return []
    found = (Near(which, *schedule.nearest(days[which])) for which, _ in inside)
    return [each for each in found if abs(each.deviation) <= rule.slack]


def _can_cover(rule: Rule, cycles: Sequence[int]) -> bool:
    """Whether the fewest occurrences of a series lie, somewhere, in as few cycles as it asks for."""
    further = rule.fewest - 1
    most = further / rule.dues / rule.coverage + 2
    return any(later - cycle <= most for cycle, later in zip(cycles, cycles[further:], strict=False))


def _places_around(schedule: Schedule) -> set[int]:
    """The places that may be near a due day; months of unlike length blur it."""
    length = _cycle_length(schedule.rule)
    reach = schedule.rule.slack + (0 if schedule.rule.days else BLUR)
    around = {(anchor + shift) % length for anchor in schedule.anchors for shift in range(-reach, reach + 1)}
    return around | {length} if 0 in around else around


def fitted(schedule: Schedule, days: Sequence[int]) -> Schedule:
    """The schedule around the given one from which the latest of ``days`` deviate least in sum.

    Of equally good ones, none that moves due days off weekends goes before one that does, and the last day of the
    month before a numbered one.
    """
    recent = days[-FITTED * schedule.rule.dues :]
    choices = [_anchors_around(schedule, recent, number) for number in range(schedule.rule.dues)]
    weekends = (Weekend.STAYS,) if schedule.rule.days else tuple(Weekend)
    tried = (
        Schedule(schedule.rule, anchors, weekend)
        for weekend in weekends
        for anchors in product(*choices)
        if _is_half_a_month(anchors)
    )
    return min(tried, key=lambda each: sum(abs(each.nearest(day)[1]) for day in recent), default=schedule)


def _anchors_around(schedule: Schedule, days: Iterable[int], number: int) -> list[int]:
    """Places in the cycle near one anchor, the last day of a month first."""
    rule, anchor = schedule.rule, schedule.anchors[number]
    length = _cycle_length(rule)
    seen = {position(rule, day)[1] for day in days}
    near = {place for place in seen if _apart(place, anchor, length) <= 2 * rule.slack} | {anchor}
    if not rule.days:
        near = {place + shift for place in near for shift in range(-2, 3) if 0 < place + shift <= length}
        # The last days of a short month may stand for the 31st.
        near |= {
            -(-place // LAST_DAY) * LAST_DAY for place in near if (place - 1) % LAST_DAY >= SHORTEST_MONTH - 1
        }
    return sorted(near, key=lambda place: (place % LAST_DAY != 0, place))


def _cycle_length(rule: Rule) -> int:
    return rule.days or rule.months * LAST_DAY


def _is_half_a_month(anchors: tuple[int, ...]) -> bool:
    """Two anchors are half a month apart; a single one always passes."""
    return len(anchors) == 1 or 12 <= anchors[1] - anchors[0] <= 18


def _crowds(places: Sequence[int], length: int, slack: int) -> list[tuple[int, int, int]]:
    """For each place, the largest crowd first: how many are within the slack of it, how many on it, and itself."""
    counted = Counter(places)
    circle = [counted.get(place % length, 0) for place in range(-slack, length + slack)]
    total = [0, *accumulate(circle)]
    crowds = [(total[place + 2 * slack + 1] - total[place], counted[place], place) for place in counted]
    return sorted(crowds, reverse=True)


def _apart(one: int, other: int, length: int) -> int:
    return min((one - other) % length, (other - one) % length)


@lru_cache(maxsize=16384)
def month_of(day: int) -> tuple[int, int]:
    """The month, counted from year 0, and the day in it, where a month's last day is the 31st."""
    on = date.fromordinal(day)
    is_last = on.day == calendar.monthrange(on.year, on.month)[1]
    return on.year * 12 + on.month - 1, LAST_DAY if is_last else on.day


@lru_cache(maxsize=16384)
def _day_of(month: int, day: int) -> int:
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day, calendar.monthrange(year, index + 1)[1])).toordinal()


def _on_working_day(day: int, weekend: Weekend) -> int:
    over = (day - 1) % 7 - WORKING_DAYS + 1
    if weekend is Weekend.STAYS or over <= 0:
        return day
    return day - over if weekend is Weekend.BEFORE else day + 3 - over
