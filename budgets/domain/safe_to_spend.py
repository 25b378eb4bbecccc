"""What may be spent today without missing what falls due. Amounts are minor units of one currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Due:
    """Money that will leave, or come in: ``amount`` is positive; ``kind`` says what asks for it."""

    day: date
    amount: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SafeToSpend:
    """What is left for free spending.

    ``until`` is the day before the next income, ``total`` what is free up to then, ``per_day`` its share of each day
    and ``today`` what is left of today's. ``set_aside`` is what was kept back before then, and
    ``lowest_balance`` on ``lowest_on`` the least that the accounts are projected to hold within the horizon.
    """

    balance: int
    buffer: int
    until: date
    days: int
    total: int
    per_day: int
    today: int
    set_aside: tuple[Due, ...]
    lowest_balance: int
    lowest_on: date


def safe_to_spend(
    *,
    balance: int,
    spent_today: int,
    obligations: Sequence[Due],
    incomes: Sequence[Due],
    buffer: int,
    today: date,
    horizon: date,
) -> SafeToSpend:
    """What may be spent freely today and on each day up to the next income.

    ``balance`` is what the accounts for daily use hold now, after ``spent_today``. Kept back are the obligations
    due before the next income (all up to ``horizon`` where none is expected) and the buffer. It is never more than
    the lowest balance projected up to ``horizon`` less the buffer: rent due just after pay day counts as well.
    Today's share is of what was free this morning; shares are rounded down to the minor unit, so that they never
    add up to more than there is. Nothing free is 0, not below.
    """
    coming = sorted(
        (each for each in incomes if today < each.day <= horizon), key=lambda each: (each.day, each.name)
    )
    until = coming[0].day - timedelta(days=1) if coming else horizon
    due = sorted(
        (each for each in obligations if each.day <= horizon), key=lambda each: (each.day, each.name)
    )
    set_aside = tuple(each for each in due if each.day <= until)
    lowest, lowest_on = _lowest(balance, due, coming, today)
    free = min(balance - sum(each.amount for each in set_aside), lowest) - buffer
    days = (until - today).days + 1
    this_morning = max(free + spent_today, 0)
    per_day = this_morning // days
    return SafeToSpend(
        balance=balance,
        buffer=buffer,
        until=until,
        days=days,
        total=max(free, 0),
        per_day=per_day,
        today=min(max(per_day - spent_today, 0), max(free, 0)),
        set_aside=set_aside,
        lowest_balance=lowest,
        lowest_on=lowest_on,
    )


def _lowest(balance: int, due: Sequence[Due], incomes: Sequence[Due], today: date) -> tuple[int, date]:
    """The least that the accounts hold at the end of a day, and the first such day.

    What is overdue leaves today; of one day, payments count before its income has come.
    """
    lowest, lowest_on = balance, today
    movements = [(max(each.day, today), 0, -each.amount) for each in due]
    movements += [(each.day, 1, each.amount) for each in incomes]
    for day, _, amount in sorted(movements):
        balance += amount
        if balance < lowest:
            lowest, lowest_on = balance, day
    return lowest, lowest_on
