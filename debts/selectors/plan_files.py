"""A kept plan as files, and held against what was paid."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from core.domain.money import minor_as_text, to_minor
from debts.adapters.calendar_feed import Payment, calendar_of
from debts.domain.interest import last_day_of_month, month_on
from debts.domain.progress import Standing, standing
from debts.models import Debt, PaymentPlan
from debts.selectors.balances import debts_with_history, history_of
from debts.selectors.saved_plans import saved_schedule
from transactions.domain.spreadsheet import neutralised

COLUMNS = ("month", "on", "debt", "opening", "interest", "fees", "charges", "payment", "principal", "closing")
FIGURES = COLUMNS[3:]


def plan_as_csv(plan: PaymentPlan) -> str:
    """The schedule, a line a month and debt (RFC 4180); text is made harmless for spreadsheets."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for month, line in _lines(plan):
        figures = [line[name] for name in FIGURES]
        writer.writerow([month["month"], month["on"], neutralised(line["name"]), *figures])
    return written.getvalue()


def plan_as_calendar(plan: PaymentPlan, *, now: datetime) -> str:
    """Every payment as a day in a calendar: the first due day of the debt from the plan's day on."""
    due_days = dict(Debt.objects.filter(user=plan.user).values_list("name", "due_day"))
    payments = [
        Payment(
            on=_due_on(date.fromisoformat(month["on"]), due_days.get(line["name"])),
            debt=line["name"],
            amount=f"{line['payment']} {plan.currency}",
            uid=f"{plan.pk}-{month['month']}-{number}@solvent",
        )
        for month in plan.baseline["schedule"]
        for number, line in enumerate(month["debts"])
        if Decimal(line["payment"])
    ]
    return calendar_of(payments, name=plan.name, now=now)


def plan_standing(plan: PaymentPlan, *, on: date) -> dict[str, Any]:
    """What was paid and is owed against what the plan said; a debt that is no longer kept counts as owing nothing."""
    schedule, names = saved_schedule(plan)
    ids = [debt["id"] for debt in plan.baseline["debts"] if "id" in debt]
    owed: dict[str, int] = {}
    paid: dict[str, int] = {}
    kept: Any = debts_with_history().filter(user=plan.user, pk__in=ids)
    for debt in kept:
        owed[debt.name] = history_of(debt, until=on).balance
        paid[debt.name] = sum(
            to_minor(payment.amount, debt.currency)
            for payment in debt.paid
            if plan.start_date <= payment.paid_on <= on
        )
    opening = {
        debt["name"]: to_minor(Decimal(debt["balance"]), plan.currency) for debt in plan.baseline["debts"]
    }
    found = standing(
        schedule,
        start=plan.start_date,
        opening=sum(opening.values()),
        on=on,
        actual_balance=sum(owed.values()),
        actual_paid=sum(paid.values()),
    )
    by_debt = [
        {
            "name": name,
            "actual_balance": minor_as_text(owed.get(name, 0), plan.currency),
            "actual_paid": minor_as_text(paid.get(name, 0), plan.currency),
        }
        for name in names
    ]
    return _shown(plan, found, on) | {"debts": by_debt}


def _shown(plan: PaymentPlan, found: Standing, on: date) -> dict[str, Any]:
    code = plan.currency
    return {
        "on": on.isoformat(),
        "currency": code,
        "planned_balance": minor_as_text(found.planned_balance, code),
        "actual_balance": minor_as_text(found.actual_balance, code),
        "ahead": minor_as_text(found.ahead, code),
        "days_ahead": found.days_ahead,
        "planned_paid": minor_as_text(found.planned_paid, code),
        "actual_paid": minor_as_text(found.actual_paid, code),
    }


def _lines(plan: PaymentPlan) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return ((month, line) for month in plan.baseline["schedule"] for line in month["debts"])


def _due_on(planned: date, due_day: int | None) -> date:
    """The first due day from the plan's day on; without one, the plan's day."""
    if due_day is None:
        return planned
    first = planned.replace(day=1)
    days = [
        month.replace(day=min(due_day, last_day_of_month(month))) for month in (first, month_on(first, 2))
    ]
    return days[0] if days[0] >= planned else days[1]
