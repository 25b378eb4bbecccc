"""What is owed, for those who plan around it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from core.domain.money import from_minor
from core.hooks import OwedDebt
from debts.domain.simulation import MINIMUMS_ONLY, simulate
from debts.models import Debt
from debts.selectors.balances import debts_with_history, history_of, terms_on
from debts.selectors.terms import terms_of
from users.models import User

ASKING = (Debt.Status.ACTIVE, Debt.Status.IN_COLLECTION)


def debts_owed(user: User, *, today: date) -> list[OwedDebt]:
    """All debts of a person in their own order, those that are paid off or paused without a payment."""
    return debts_owed_of([user.pk], today=today)[user.pk]


def debts_owed_of(people: Collection[UUID], *, today: date) -> dict[UUID, list[OwedDebt]]:
    """``debts_owed`` of each of these people, whose day it is, in as many queries as of one."""
    found: dict[UUID, list[OwedDebt]] = {person: [] for person in people}
    for debt in debts_with_history().filter(user__in=people).order_by("user_id", "position", "pk"):
        found[debt.user_id].append(_owed(debt, today))
    return found


def _owed(debt: Debt, today: date) -> OwedDebt:
    return OwedDebt(
        id=debt.pk,
        name=debt.name,
        currency=debt.currency,
        balance=from_minor(history_of(debt, until=today).balance, debt.currency),
        monthly_payment=from_minor(_next_minimum(debt, today), debt.currency),
        account_id=debt.account_id,
    )


def _next_minimum(debt: Debt, today: date) -> int:
    if debt.status not in ASKING:
        return 0
    terms = terms_of(terms_on(debt, on=today), currency=debt.currency, start=today)
    return simulate((terms,), None, MINIMUMS_ONLY, start=today, horizon=1).total_paid
