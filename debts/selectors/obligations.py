"""What debts ask for in the next weeks."""

from datetime import date

from core.domain.money import from_minor, to_minor
from core.hooks import Obligation
from debts.domain.interest import last_day_of_month, month_on
from debts.domain.simulation import MINIMUMS_ONLY, simulate
from debts.models import Debt
from debts.selectors.balances import debts_with_history, terms_on
from debts.selectors.terms import terms_of
from users.models import User


def minimum_payments(user: User, *, today: date, until: date) -> list[Obligation]:
    """The minimums of a person's debts that fall due from today up to a day.

    What was recorded as paid in the month of a due day counts towards that month's minimum. Debts that are paid
    off or paused ask for nothing.
    """
    asking = [Debt.Status.ACTIVE, Debt.Status.IN_COLLECTION]
    debts = debts_with_history().filter(user=user, status__in=asking).order_by("position", "pk")
    return [due for debt in debts for due in _of_debt(debt, today=today, until=until)]


def _of_debt(debt: Debt, *, today: date, until: date) -> list[Obligation]:
    found = []
    days = _due_days(debt.due_day, today, until)
    for minimum, day in zip(_minimums(debt, today, months=len(days)), days, strict=False):
        paid = sum(
            to_minor(payment.amount, debt.currency)
            for payment in debt.paid
            if (payment.paid_on.year, payment.paid_on.month) == (day.year, day.month)
        )
        if minimum > paid:
            amount = from_minor(minimum - paid, debt.currency)
            found.append(
                Obligation(
                    day=day,
                    amount=amount,
                    currency=debt.currency,
                    name=debt.name,
                    kind="debt",
                    account_id=debt.account_id,
                )
            )
    return found


def _minimums(debt: Debt, today: date, *, months: int) -> list[int]:
    terms = terms_of(terms_on(debt, on=today), currency=debt.currency, start=today)
    return simulate((terms,), None, MINIMUMS_ONLY, start=today, horizon=months).payments


def _due_days(due_day: int, today: date, until: date) -> list[date]:
    month, days = today.replace(day=1), []
    while month <= until:
        day = month.replace(day=min(due_day, last_day_of_month(month)))
        if today <= day <= until:
            days.append(day)
        month = month_on(month, 2)
    return days
