"""Small ledgers to look for rhythms in."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence

from transactions.domain.recurring import Movement, Series, find_recurring

TODAY = dt.date(2026, 6, 30)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def paid(
    merchant: str, days: Iterable[dt.date | str], amounts: int | Sequence[int], *, text: str = ""
) -> list[Movement]:
    """Movements named after merchant, day and amount; one amount stands for all."""
    dates = [day(each) if isinstance(each, str) else each for each in days]
    sizes = [amounts] * len(dates) if isinstance(amounts, int) else amounts
    return [
        Movement(f"{merchant} {on} {amount} {text}", on, amount, "EUR", merchant, text=text)
        for on, amount in zip(dates, sizes, strict=True)
    ]


def monthly(number: int, first: str, count: int, *, every: int = 1) -> list[dt.date]:
    """The same day of every month from ``first`` (2025-01) on, or the month's last."""
    year, month = map(int, first.split("-"))
    months = [year * 12 + month - 1 + every * step for step in range(count)]
    return [
        dt.date(
            index // 12,
            index % 12 + 1,
            min(number, calendar.monthrange(index // 12, index % 12 + 1)[1]),
        )
        for index in months
    ]


def every(days: int, first: str, count: int) -> list[dt.date]:
    return [day(first) + dt.timedelta(days=days * step) for step in range(count)]


def working_day_before(on: dt.date) -> dt.date:
    return on - dt.timedelta(days=max(0, on.weekday() - 4))


def working_day_after(on: dt.date) -> dt.date:
    return on + dt.timedelta(days=(7 - on.weekday()) if on.weekday() > 4 else 0)


def found_in(*ledgers: Sequence[Movement], today: dt.date = TODAY) -> list[Series]:
    return find_recurring([each for ledger in ledgers for each in ledger], today=today)


def only(*ledgers: Sequence[Movement], today: dt.date = TODAY) -> Series:
    (series,) = found_in(*ledgers, today=today)
    return series
