"""Opening the demo household's budget, as the person would have, and what happened to it since."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from budgets.demo.household import AMOUNTS, BUFFER, COFFEE, PRIORITIES, ROLLS_OVER, too_little
from budgets.domain.envelopes import Rollover
from budgets.models import BudgetPeriod
from budgets.selectors.standing import standing
from budgets.services.allocations import NewAllocation, change_allocation
from budgets.services.nightly import react_to_spending
from budgets.services.periods import open_period, roll_periods
from budgets.services.settings import change_settings
from core.audit import Act
from core.domain.money import from_minor
from transactions.models import Category
from users.models import User


@transaction.atomic
def load_budget(user: User, *, act: Act, today: date) -> int:
    """Last month with its report and the present one, in which coffee cost more than was meant for it.

    Returns 0: the ledger gets no row.
    """
    settings = change_settings(user, act=act, buffer=BUFFER)
    last_month = today.replace(day=1) - timedelta(days=1)
    open_period(user, act=act, day=last_month, allocations=list(_allocations(user)))
    period = roll_periods(user, act=act)
    if period is not None:
        _allot_less_coffee(period, mode=settings.mode, act=act)
        react_to_spending(user, now=act.at)
    return 0


def _allocations(user: User) -> Iterator[NewAllocation]:
    categories = {each.code: each for each in Category.objects.for_user(user).filter(code__in=AMOUNTS)}
    for code, amount in AMOUNTS.items():
        fields: NewAllocation = {"category": categories[code], "amount": amount}
        if code in ROLLS_OVER:
            fields["rollover"] = Rollover.SURPLUS
        if code in PRIORITIES:
            fields["priority"] = PRIORITIES[code]
        yield fields


def _allot_less_coffee(period: BudgetPeriod, *, mode: str, act: Act) -> None:
    stood = standing(period, mode=mode)
    for allocation, envelope in zip(stood.allocations, stood.envelopes, strict=True):
        if allocation.category.code == COFFEE:
            spent = from_minor(envelope.total_spent, period.currency)
            change_allocation(allocation, act=act, amount=too_little(spent))
