"""The month of the page on budgets: what alice has and spends, and its picture.

``python -m tests.budgets.documented`` draws the picture anew.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from babel.dates import format_skeleton

from budgets.adapters.calendar_svg import Cell, calendar_svg
from budgets.domain.daily import Day, daily_plan
from budgets.domain.envelopes import Envelope, Pattern, status_of
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

# Groceries go by the weekday, most of them on Fridays and Saturdays; dining and entertainment are even.
BY_WEEKDAY = (300_00, 180_00, 180_00, 240_00, 600_00, 780_00, 0)
AMOUNTS = {"Groceries": 400_00, "Dining": 155_00, "Entertainment": 100_00}
SPENT: Mapping[str, Mapping[int, int]] = {
    "Groceries": {2: 21_40, 4: 12_80, 6: 24_90, 7: 38_75, 10: 9_60, 13: 33_20, 14: 31_05},
    "Dining": {1: 4_20, 5: 11_90, 8: 4_50, 11: 12_40, 12: 41_00, 15: 6_80},
    "Entertainment": {3: 14_00, 9: 8_50},
}


def envelopes() -> list[Envelope]:
    """The three categories as they stand on the 15th."""
    weights = {"Groceries": weights_of(Pattern.WEEKDAYS, MONTH.days, by_weekday=BY_WEEKDAY, weeks=13)}
    return [
        Envelope(
            key=name,
            name=name,
            planned=spread(amount, weights.get(name, [1] * len(MONTH))),
            spent=tuple(SPENT[name].get(day.day, 0) for day in MONTH.days),
        )
        for name, amount in AMOUNTS.items()
    ]


def pictures() -> dict[str, str]:
    """Every picture of the page by its name."""
    plans = [daily_plan(each, MONTH.index(TODAY)) for each in envelopes()]
    known = locale_of(LOCALE)
    spent = sum(sum(days.values()) for days in SPENT.values())
    drawn = calendar_svg(
        title=format_skeleton("yMMMM", MONTH.first, locale=known),
        subtitle=f"{_written(spent)} / {_written(sum(AMOUNTS.values()))}",
        weekdays=[known.days["stand-alone"]["abbreviated"][day] for day in range(7)],
        lead=MONTH.first.weekday(),
        cells=[_cell(day, [plan[place] for plan in plans]) for place, day in enumerate(MONTH.days)],
        words=WORDS,
    )
    return {"budget-month.svg": drawn}


def _cell(day: date, categories: list[Day]) -> Cell:
    available, spent = (sum(getattr(each, name) for each in categories) for name in ("available", "spent"))
    return Cell(
        day=day.day,
        spent=_written(spent) if spent else "",
        planned=_written(available),
        status=status_of(spent, available).value,
        share=spent / available,
        is_today=day == TODAY,
        is_future=day > TODAY,
    )


def _written(units: int) -> str:
    return written_amount(from_minor(units, CURRENCY), CURRENCY, locale=LOCALE)


if __name__ == "__main__":
    for name, drawn in pictures().items():
        (DOCUMENTS / "images" / name).write_text(drawn, encoding="utf-8")
