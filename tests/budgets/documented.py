"""The month of the page on budgets: what alice has and spends, and its picture.

``python -m tests.budgets.documented`` draws the picture anew.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from babel.dates import format_skeleton

from budgets.adapters import Cell, draw_month
from budgets.domain.daily import daily_plan
from budgets.domain.days import DayStanding, day_standings
from budgets.domain.envelopes import Envelope, Pattern
from budgets.domain.periods import Span
from budgets.domain.spreading import spread, weights_of
from core.domain.money import from_minor
from core.writing import locale_of, written_amount

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
MONTH, TODAY = Span(date(2026, 3, 1), date(2026, 3, 31)), date(2026, 3, 15)
CURRENCY, LOCALE = "EUR", "en-GB"
WORDS = {
    "green": "up to 80 %",
    "amber": "nearly all spent",
    "red": "more than there was",
    "none": "nothing planned",
}

# Groceries go by the weekday, most of them on Fridays and Saturdays; dining and entertainment are even. The rent is
# kept for from the 1st and paid on the 4th; nothing has been saved yet.
BY_WEEKDAY = (300_00, 180_00, 180_00, 240_00, 600_00, 780_00, 0)
AMOUNTS = {"Groceries": 400_00, "Dining": 155_00, "Entertainment": 100_00, "Rent": 900_00, "Savings": 300_00}
NOT_DAILY = {"Rent", "Savings"}
SPENT: Mapping[str, Mapping[int, int]] = {
    "Groceries": {2: 9_40, 4: 8_80, 6: 16_90, 7: 38_75, 10: 6_60, 13: 18_20, 14: 22_05},
    "Dining": {1: 4_20, 5: 4_90, 8: 4_50, 11: 5_10, 12: 41_00, 15: 3_80},
    "Entertainment": {3: 3_00, 9: 2_50},
    "Rent": {4: 900_00},
    "Savings": {},
}


def envelopes() -> list[Envelope]:
    """The categories as they stand on the 15th."""
    return [_envelope(name, amount) for name, amount in AMOUNTS.items()]


def _envelope(name: str, amount: int) -> Envelope:
    pattern = Pattern.NOT_DAILY if name in NOT_DAILY else Pattern.EVEN
    pattern = Pattern.WEEKDAYS if name == "Groceries" else pattern
    return Envelope(
        key=name,
        name=name,
        planned=spread(amount, weights_of(pattern, MONTH.days, by_weekday=BY_WEEKDAY, weeks=13)),
        spent=tuple(SPENT[name].get(day.day, 0) for day in MONTH.days),
        pattern=pattern,
        is_saving=name == "Savings",
    )


def days() -> list[DayStanding]:
    """Each day of the month."""
    plans = [(each, daily_plan(each, MONTH.index(TODAY))) for each in envelopes()]
    return day_standings(plans, [0] * len(MONTH))


def pictures() -> dict[str, str]:
    """Every picture of the page by its name."""
    stood = days()
    known = locale_of(LOCALE)
    drawn = draw_month(
        title=format_skeleton("yMMMM", MONTH.first, locale=known),
        subtitle=f"{_written(sum(day.spent for day in stood))} / {_written(sum(day.planned for day in stood))}",
        weekdays=[known.days["stand-alone"]["abbreviated"][day] for day in range(7)],
        lead=MONTH.first.weekday(),
        cells=[_cell(day, standing) for day, standing in zip(MONTH.days, stood, strict=True)],
        words=WORDS,
    )
    return {"budget-month.svg": drawn}


def _cell(day: date, standing: DayStanding) -> Cell:
    return Cell(
        day=day.day,
        spent=_written(standing.spent) if standing.spent else "",
        planned=_written(standing.available),
        over=f"+{_written(standing.over)}" if standing.over else "",
        status=standing.status.value,
        share=standing.spent / standing.available,
        is_today=day == TODAY,
        is_future=day > TODAY,
    )


def _written(units: int) -> str:
    return written_amount(from_minor(units, CURRENCY), CURRENCY, locale=LOCALE)


if __name__ == "__main__":
    for name, drawn in pictures().items():
        (DOCUMENTS / "images" / name).write_text(drawn, encoding="utf-8")
