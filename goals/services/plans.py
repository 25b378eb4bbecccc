"""Making action plans."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Max

from core.audit import Act, record
from core.domain.money import round_to_minor
from core.models import AuditEntry
from core.serializers import drawn
from goals.models import ActionPlan, Goal
from goals.selectors.answers import OneOff
from goals.selectors.planning import planned, request_of
from goals.services.contributions import locked
from transactions.models import RecurringSeries


@transaction.atomic
def make_action_plan(
    goal: Goal,
    *,
    act: Act,
    today: date,
    unused_subscriptions: Sequence[RecurringSeries] | None = None,
    one_offs: Sequence[OneOff] | None = None,
) -> ActionPlan:
    """The next version of a goal's plan, as of today; what is not said is taken from the version before.

    Single sums are not, where the goal has another currency since.

    422 ``NOT_ENOUGH_HISTORY``, ``NO_RATE``.
    """
    goal = locked(goal)
    request = request_of(current_plan(goal), currency=goal.currency)
    if unused_subscriptions is not None:
        request = replace(request, unused_subscriptions=tuple(series.pk for series in unused_subscriptions))
    if one_offs is not None:
        request = replace(request, one_offs=tuple(_exact(each, goal.currency) for each in one_offs))
    last = ActionPlan.objects.filter(goal=goal).aggregate(last=Max("version"))["last"]
    plan = ActionPlan(
        user=goal.user,
        goal=goal,
        version=(last or 0) + 1,
        made_on=today,
        request=drawn(request),
        answer=drawn(planned(goal, request=request, today=today)),
    )
    plan.save(force_insert=True)
    record(plan, act=act, action=AuditEntry.Action.CREATED, changes={"goal": str(goal.pk)})
    return plan


def current_plan(goal: Goal) -> ActionPlan | None:
    """The latest version."""
    return ActionPlan.objects.filter(goal=goal).order_by("-version").first()


def _exact(one_off: OneOff, currency: str) -> OneOff:
    return replace(one_off, amount=round_to_minor(one_off.amount, currency))
