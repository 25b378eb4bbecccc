"""A month of a budget, drawn."""

from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_skeleton

from budgets.adapters import COLUMNS, Cell, draw_month
from budgets.selectors.calendars import CalendarDay, calendar_month
from budgets.selectors.wording import picture_words
from core.writing import locale_of, written_amount
from users.models import User


def month_picture(user: User, year: int, month: int, *, mode: str, today: date) -> str:
    """The month as an SVG of one cell a day; weeks begin on the day that the person's settings say."""
    shown = calendar_month(user, year, month, mode=mode, today=today, by_category=False)
    first = date(year, month, 1)
    begins = user.settings.week_starts_on - 1
    by_day = {day.on: day for day in shown.days}
    days = [first + timedelta(days=place) for place in range(31)]
    cells = [
        _cell(day, by_day.get(day), shown.currency, user.locale, today) for day in days if day.month == month
    ]
    known = locale_of(user.locale)
    spent = sum((day.spent for day in shown.days), Decimal(0))
    planned = sum((day.planned for day in shown.days), Decimal(0))
    return draw_month(
        title=format_skeleton("yMMMM", first, locale=known),
        subtitle=" / ".join(
            written_amount(amount, shown.currency, locale=user.locale) for amount in (spent, planned)
        ),
        weekdays=[
            known.days["stand-alone"]["abbreviated"][(begins + place) % COLUMNS] for place in range(COLUMNS)
        ],
        lead=(first.weekday() - begins) % COLUMNS,
        cells=cells,
        words=picture_words(user.locale),
    )


def _cell(day: date, line: CalendarDay | None, currency: str, locale: str, today: date) -> Cell:
    if line is None:
        return Cell(day.day, "", "", "none", 0, is_today=day == today, is_future=day > today)
    is_empty = not line.spent and not line.available and not line.over
    return Cell(
        day=day.day,
        spent=written_amount(line.spent, currency, locale=locale) if line.spent else "",
        planned=written_amount(line.available, currency, locale=locale),
        over=f"+{written_amount(line.over, currency, locale=locale)}" if line.over else "",
        status="none" if is_empty else line.status,
        share=float(line.spent / line.available) if line.available > 0 else float(line.spent > 0),
        is_today=day == today,
        is_future=day > today,
    )
