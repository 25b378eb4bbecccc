"""Why a series was found, in words a person understands."""

import calendar
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from transactions.domain.recurring.outlook import Outlook
from transactions.domain.recurring.records import Kind, Period, PriceChange
from transactions.domain.recurring.schedules import LAST_DAY, Schedule, Weekend

RHYTHM = {
    Period.WEEKLY: "every week",
    Period.FORTNIGHTLY: "every two weeks",
    Period.FOUR_WEEKLY: "every four weeks",
    Period.SEMI_MONTHLY: "twice a month",
    Period.MONTHLY: "every month",
    Period.BIMONTHLY: "every two months",
    Period.QUARTERLY: "every three months",
    Period.HALF_YEARLY: "every six months",
    Period.YEARLY: "every year",
}
NOUN = {Kind.INCOME: "payments received", Kind.SUBSCRIPTION: "payments", Kind.BILL: "payments"}
WEEKEND = {
    Weekend.STAYS: "",
    Weekend.BEFORE: ", earlier where that is a weekend",
    Weekend.AFTER: ", later where that is a weekend",
}


def reasons(
    kind: Kind, ahead: Outlook, days: Sequence[date], amounts: Sequence[int], changes: Sequence[PriceChange]
) -> tuple[str, ...]:
    """The rhythm, the amounts, and what is out of the ordinary."""
    said = [
        f"{len(days)} {NOUN[kind]} {RHYTHM[ahead.schedule.rule.period]}, {_on(ahead.schedule)}",
        _amounts(amounts, changes),
    ]
    if ahead.missed:
        said.append(f"{_times(len(ahead.missed), 'expected payment')} did not come")
    if ahead.is_ended:
        said.append(f"none since {days[-1].isoformat()}")
    return tuple(said)


def _on(schedule: Schedule) -> str:
    if schedule.rule.days:
        return f"on a {calendar.day_name[date.fromordinal(schedule.due(1)).weekday()]}"
    numbers = ((anchor - 1) % LAST_DAY + 1 for anchor in schedule.anchors)
    days = ("the last day" if number == LAST_DAY else f"day {number}" for number in numbers)
    return f"around {' and '.join(days)} of the month{WEEKEND[schedule.weekend]}"


def _amounts(amounts: Sequence[int], changes: Sequence[PriceChange]) -> str:
    if len(set(amounts)) == 1:
        return "always the same amount"
    if changes:
        return f"the same amount until it changed, {_times(len(changes), 'time')}"
    repeated = sum(before == after for before, after in pairwise(amounts))
    if 2 * repeated >= len(amounts) - 1:
        return "nearly always the same amount"
    return "amounts that vary"


def _times(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
