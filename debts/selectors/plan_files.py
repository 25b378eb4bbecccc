"""A kept plan as files, and held against what was paid."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from core.domain.money import from_minor, to_minor
from debts.adapters import payment_calendar
from debts.domain.interest import last_day_of_month, month_on
from debts.domain.progress import standing
from debts.models import Debt, PaymentPlan
from debts.ports import DuePayment
from debts.selectors.answers import DebtStanding, Standing
from debts.selectors.balances import debts_with_history, history_of
from debts.selectors.saved_plans import saved_schedule
from transactions.domain.spreadsheet import neutralised

COLUMNS = ("month", "on", "debt", "opening", "interest", "fees", "charges", "payment", "principal", "closing")


def plan_as_csv(plan: PaymentPlan) -> str:
    """The schedule, a line a month and debt (RFC 4180); text is made harmless for spreadsheets."""
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for month in plan.baseline["schedule"]:
        for line in month["debts"]:
            named = {"month": month["month"], "on": month["on"], "debt": neutralised(line["name"])}
            writer.writerow({**line, **named})
    return written.getvalue()


def plan_as_calendar(plan: PaymentPlan, *, now: datetime) -> str:
    """Every payment as a day in a calendar: the first due day of the debt from the plan's day on."""
    due_days = dict(Debt.objects.filter(user=plan.user).values_list("name", "due_day"))
    payments = [
        DuePayment(
            on=_due_on(date.fromisoformat(month["on"]), due_days.get(line["name"])),
            debt=line["name"],
            amount=f"{line['payment']} {plan.currency}",
            uid=f"{plan.pk}-{month['month']}-{number}@solvent",
        )
        for month in plan.baseline["schedule"]
        for number, line in enumerate(month["debts"])
        if Decimal(line["payment"])
    ]
    return payment_calendar()(payments, name=plan.name, now=now)


def plan_standing(plan: PaymentPlan, *, on: date) -> Standing:
    """What was paid and is owed against what the plan said; a debt that is no longer kept counts as owing nothing."""
    saved, code = saved_schedule(plan), plan.currency
    actual = _actual(plan, on=on)
    opening = sum(to_minor(Decimal(debt["balance"]), code) for debt in plan.baseline["debts"])
    found = standing(
        saved.schedule,
        start=plan.starts_on,
        opening=opening,
        on=on,
        actual_balance=sum(balance for balance, _ in actual.values()),
        actual_paid=sum(paid for _, paid in actual.values()),
    )
    return Standing(
        on=on,
        currency=code,
        planned_balance=from_minor(found.planned_balance, code),
        actual_balance=from_minor(found.actual_balance, code),
        ahead=from_minor(found.ahead, code),
        days_ahead=found.days_ahead,
        planned_paid=from_minor(found.planned_paid, code),
        actual_paid=from_minor(found.actual_paid, code),
        debts=tuple(
            DebtStanding(
                name=name,
                actual_balance=from_minor(actual.get(name, (0, 0))[0], code),
                actual_paid=from_minor(actual.get(name, (0, 0))[1], code),
            )
            for name in saved.names
        ),
    )


def _actual(plan: PaymentPlan, *, on: date) -> dict[str, tuple[int, int]]:
    """By the names of the plan's debts that are still kept: what is owed, and what was paid since the plan began."""
    names = {pk: debt["name"] for debt in plan.baseline["debts"] if (pk := debt.get("id"))}
    return {
        names[str(debt.pk)]: (
            history_of(debt, until=on).balance,
            sum(
                to_minor(payment.amount, debt.currency)
                for payment in debt.paid
                if plan.starts_on <= payment.paid_on <= on
            ),
        )
        for debt in debts_with_history().filter(user=plan.user, pk__in=names)
    }


def _due_on(planned: date, due_day: int | None) -> date:
    """The first due day from the plan's day on; without one, the plan's day."""
    if due_day is None:
        return planned
    first = planned.replace(day=1)
    days = [
        month.replace(day=min(due_day, last_day_of_month(month))) for month in (first, month_on(first, 2))
    ]
    return days[0] if days[0] >= planned else days[1]
