"""What goals ask for in the next weeks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.domain.money import from_minor, to_minor
from core.hooks import Obligation
from goals.domain.instalments import Instalment, instalments, month_ends, paying_days
from goals.models import Goal
from goals.selectors.progress import MeasuredGoal, contributed, goals_with_progress, standing_of
from transactions.selectors.pay_days import coming_pay_days
from users.models import User


def planned_contributions(user: User, *, today: date, until: date) -> list[Obligation]:
    """What active goals need from today up to a day, on pay days where these are known, else on month ends.

    What was put aside this month counts towards the first of them. A goal that follows a debt asks for nothing: its
    debt does.
    """
    # From the first of the month: what is given in it changes what its own days still ask for, not the later ones.
    lately = contributed(on__gte=today.replace(day=1), on__lte=today)
    active = goals_with_progress().filter(user=user, status=Goal.Status.ACTIVE, debt_id=None)
    goals = list(active.annotate(lately=lately).order_by("priority", "target_on", "pk"))
    latest = max((goal.target_on for goal in goals), default=today)
    pay_days = coming_pay_days(user, today=today, until=latest) if goals else []
    return [
        Obligation(
            day=each.on,
            amount=from_minor(each.amount, goal.currency),
            currency=goal.currency,
            name=goal.name,
            kind="goal",
        )
        for goal in goals
        for each in _due(goal, given=goal.lately, today=today, pay_days=pay_days)
        if each.on <= until
    ]


def _due(goal: MeasuredGoal, *, given: Decimal, today: date, pay_days: Sequence[date]) -> list[Instalment]:
    facts = standing_of(goal, {}).facts
    days = paying_days(pay_days or month_ends(today, goal.target_on), today=today, target_on=goal.target_on)
    units = max(0, to_minor(given, goal.currency))
    return _less(instalments(facts.remaining + units if facts.remaining else 0, days), units)


def _less(planned: Sequence[Instalment], given: int) -> list[Instalment]:
    """The instalments without what has been given, taken off from the first on."""
    left = []
    for each in planned:
        used = min(given, each.amount)
        given -= used
        if each.amount > used:
            left.append(Instalment(each.on, each.amount - used))
    return left
