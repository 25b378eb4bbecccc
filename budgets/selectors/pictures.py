"""A month of a budget, drawn."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.dates import format_skeleton

from budgets.adapters.calendar_svg import COLUMNS, Cell, calendar_svg
from budgets.selectors.calendars import month_shown
from budgets.selectors.wording import picture_words
from core.writing import locale_of, written_amount
from users.models import User


def month_picture(user: User, year: int, month: int, *, mode: str, today: date) -> str:
    """The month as an SVG of one cell a day; weeks begin on the day that the person's settings say."""
    shown = month_shown(user, year, month, mode=mode, today=today, by_category=False)
    first = date(year, month, 1)
    begins = user.settings.week_starts_on - 1
    by_day = {line["date"]: line for line in shown["days"]}
    days = [first + timedelta(days=place) for place in range(31)]
    cells = [
        _cell(day, by_day.get(day.isoformat()), shown["currency"], user.locale, today)
        for day in days
        if day.month == month
    ]
    known = locale_of(user.locale)
    spent = sum((Decimal(line["spent"]) for line in shown["days"]), Decimal(0))
    planned = sum((Decimal(line["planned"]) for line in shown["days"]), Decimal(0))
    return calendar_svg(
        title=format_skeleton("yMMMM", first, locale=known),
        subtitle=" / ".join(
            written_amount(amount, shown["currency"], locale=user.locale) for amount in (spent, planned)
        ),
        weekdays=[
            known.days["stand-alone"]["abbreviated"][(begins + place) % COLUMNS] for place in range(COLUMNS)
        ],
        lead=(first.weekday() - begins) % COLUMNS,
        cells=cells,
        words=picture_words(user.locale),
    )


def _cell(day: date, line: dict[str, Any] | None, currency: str, locale: str, today: date) -> Cell:
    if line is None:
        return Cell(day.day, "", "", "none", 0, is_today=day == today, is_future=day > today)
    spent, available = Decimal(line["spent"]), Decimal(line["available"])
    is_empty = not spent and not available
    return Cell(
        day=day.day,
        spent=written_amount(spent, currency, locale=locale) if spent else "",
        planned=written_amount(available, currency, locale=locale),
        status="none" if is_empty else line["status"],
        share=float(spent / available) if available > 0 else float(spent > 0),
        is_today=day == today,
        is_future=day > today,
    )
