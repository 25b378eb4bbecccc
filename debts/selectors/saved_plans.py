"""Kept plans, back in the engine's terms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.domain.money import to_minor
from debts.domain.schedule import Row, Schedule, schedule_of_rows
from debts.models import PaymentPlan

FIGURES = ("opening", "interest", "fees", "charges", "payment", "closing")


def saved_schedule(plan: PaymentPlan) -> tuple[Schedule, list[str]]:
    """The schedule of the day the plan was saved, in minor units, and the names of its debts by their places."""
    payoffs = plan.baseline["payoffs"]
    names = [each["name"] for each in payoffs]
    places = {name: place for place, name in enumerate(names)}
    months = [
        [_row(line, places[line["name"]], plan.currency) for line in month["debts"]]
        for month in plan.baseline["schedule"]
    ]
    return schedule_of_rows(months, tuple(each["month"] for each in payoffs)), names


def _row(line: Mapping[str, Any], place: int, currency: str) -> Row:
    return Row(place, *(to_minor(Decimal(line[name]), currency) for name in FIGURES))
