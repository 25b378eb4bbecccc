"""Making action plans."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from core.audit import Act, record
from core.domain.money import plain
from core.models import AuditEntry
from goals.models import ActionPlan, Goal
from goals.selectors.planning import planned
from goals.services.contributions import locked
from transactions.models import RecurringSeries


@transaction.atomic
def make_action_plan(
    goal: Goal,
    *,
    act: Act,
    today: date,
    unused_subscriptions: Sequence[RecurringSeries] | None = None,
    one_offs: Sequence[dict[str, Any]] | None = None,
) -> ActionPlan:
    """The next version of a goal's plan, as of today; what is not said is taken from the version before.

    422 ``NOT_ENOUGH_HISTORY``, ``NO_RATE``.
    """
    goal = locked(goal)
    before = current_plan(goal)
    request = dict(before.request) if before else {}
    if unused_subscriptions is not None:
        request["unused_subscriptions"] = [str(series.pk) for series in unused_subscriptions]
    if one_offs is not None:
        request["one_offs"] = [
            {"name": each["name"], "amount": plain(each["amount"], goal.currency)} for each in one_offs
        ]
    last = ActionPlan.objects.filter(goal=goal).aggregate(last=Max("version"))["last"]
    plan = ActionPlan(
        user=goal.user,
        goal=goal,
        version=(last or 0) + 1,
        made_on=today,
        request=request,
        answer=planned(goal, request=request, today=today),
    )
    plan.save(force_insert=True)
    record(plan, act=act, action=AuditEntry.Action.CREATED, changes={"goal": str(goal.pk)})
    return plan


def current_plan(goal: Goal) -> ActionPlan | None:
    """The latest version."""
    return ActionPlan.objects.filter(goal=goal).order_by("-version").first()
