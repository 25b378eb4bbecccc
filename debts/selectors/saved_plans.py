"""Kept plans, back in the engine's terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.money import to_minor
from debts.domain.schedule import Row, Schedule, schedule_of_rows
from debts.models import PaymentPlan
from debts.models.plans import KeptLine


@dataclass(frozen=True, slots=True)
class SavedSchedule:
    """The schedule of the day a plan was saved, in minor units; ``names`` go by the debts' places in it."""

    schedule: Schedule
    names: Sequence[str]


def saved_schedule(plan: PaymentPlan) -> SavedSchedule:
    """What a kept plan said on the day it was saved."""
    payoffs = plan.baseline["payoffs"]
    names = [each["name"] for each in payoffs]
    places = {name: place for place, name in enumerate(names)}
    months = [
        [_row(line, places[line["name"]], plan.currency) for line in month["debts"]]
        for month in plan.baseline["schedule"]
    ]
    return SavedSchedule(schedule_of_rows(months, [each["month"] for each in payoffs]), names)


def _row(line: KeptLine, place: int, currency: str) -> Row:
    def units(amount: str) -> int:
        return to_minor(Decimal(amount), currency)

    return Row(
        place,
        opening=units(line["opening"]),
        interest=units(line["interest"]),
        fees=units(line["fees"]),
        charges=units(line["charges"]),
        payment=units(line["payment"]),
        closing=units(line["closing"]),
    )
