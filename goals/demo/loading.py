"""What the demo household saves for, and where it stood in each of the months before."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core.audit import Act
from goals.models import Goal
from goals.services.contributions import check_in, contribute
from goals.services.goals import add_goal
from goals.services.plans import make_action_plan
from goals.services.snapshots import take_snapshot
from transactions.models import Account, Transaction
from users.models import User

MONTHS = 6
EACH_MONTH = Decimal("120.00")


@transaction.atomic
def load_goals(user: User, *, act: Act, today: date) -> int:
    """A reserve that grows by the ledger's own transfers, a journey saved for by hand, and a series of snapshots.

    Returns 0: the ledger gets no row.
    """
    months = [_months_before(today, back) for back in range(MONTHS, 0, -1)]
    _save_a_reserve(user, act=act, begun=months[0], today=today)
    _save_for_a_journey(user, act=act, months=months, today=today)
    for day in [*months, today]:
        take_snapshot(user, act=act, today=day)
    return 0


def _save_a_reserve(user: User, *, act: Act, begun: date, today: date) -> None:
    savings = Account.objects.for_user(user).get(kind=Account.Kind.SAVINGS)
    goal = add_goal(
        user,
        act=act,
        today=begun,
        kind=Goal.Kind.EMERGENCY_FUND,
        name="Half a year in reserve",
        target_amount=Decimal("18000.00"),
        currency=savings.currency,
        target_on=_months_before(today, -14),
        opening_amount=savings.opening_balance,
        priority=1,
        is_primary=True,
        account=savings,
    )
    rows = (
        Transaction.objects.for_user(user)
        .live()
        .filter(account=savings, amount__gt=0, transfer__isnull=False, date__gte=begun)
    )
    for row in rows.order_by("date", "pk"):
        contribute(goal, act=act, today=today, transaction=row)
    make_action_plan(goal, act=act, today=today)


def _save_for_a_journey(user: User, *, act: Act, months: list[date], today: date) -> None:
    goal = add_goal(
        user,
        act=act,
        today=months[0],
        kind=Goal.Kind.TRAVEL,
        name="A week in Lisbon",
        target_amount=Decimal("1800.00"),
        currency=user.base_currency,
        target_on=_months_before(today, -8),
        priority=3,
    )
    for day in months:
        contribute(goal, act=act, today=today, amount=EACH_MONTH, on=day)
    check_in(goal, act=act, today=today, reflection="Slower than planned, and we still want to go.")


def _months_before(day: date, months: int) -> date:
    """The first of the month so many months before; after, if negative."""
    years, month = divmod(day.month - 1 - months, 12)
    return date(day.year + years, month + 1, 1)
