"""Noting how far a goal has come."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core.audit import Act, record
from core.models import AuditEntry
from core.notifications import notify
from goals.domain.progress import milestones_reached
from goals.models import Goal, Milestone
from goals.selectors.progress import standing
from goals.selectors.words import milestone_body, milestone_title

ALL = 100


@transaction.atomic
def note_milestones(goal: Goal, *, act: Act, today: date) -> list[Milestone]:
    """Note the milestones that the goal has reached since it was looked at last, each once; returns the new ones.

    An active goal that reaches its target is achieved. The person is told of the furthest of them.
    """
    # Two at once would note the same.
    Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    found = standing(goal, today=today)
    noted = {each.percent for each in found.goal.noted}
    new = milestones_reached(saved=found.facts.saved, target=found.facts.target, noted=noted)
    made = [_milestone(goal, percent, today, found.saved) for percent in new]
    Milestone.objects.bulk_create(made)
    if made:
        _tell(goal, max(made, key=lambda each: each.percent), act=act)
    if ALL in new and found.goal.status == Goal.Status.ACTIVE:
        _achieve(goal, act=act)
    return made


def _tell(goal: Goal, milestone: Milestone, *, act: Act) -> None:
    notify(
        goal.user,
        topic="goal.milestone",
        key=f"goal:{goal.pk}:{milestone.percent}",
        title=milestone_title(goal, milestone.percent),
        body=milestone_body(goal, milestone.saved),
        data={"goal": str(goal.pk), "percent": milestone.percent},
        now=act.at,
    )


def _achieve(goal: Goal, *, act: Act) -> None:
    changes = {"status": [Goal.Status.ACTIVE.value, Goal.Status.ACHIEVED.value]}
    goal.status = Goal.Status.ACHIEVED
    goal.save(update_fields=["status", "updated_at"])
    record(goal, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def _milestone(goal: Goal, percent: int, today: date, saved: Decimal) -> Milestone:
    return Milestone(goal=goal, percent=percent, reached_on=today, saved=saved)
