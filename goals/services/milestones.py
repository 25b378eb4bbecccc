"""Noting how far a goal has come."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from core.audit import Act, record
from core.models import AuditEntry
from core.notifications import Note, notify_many
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
    goal.status = found.goal.status
    made = [Milestone(goal=goal, percent=each, reached_on=today, saved=found.saved) for each in new]
    keep_milestones(made, act=act)
    return made


def keep_milestones(made: Sequence[Milestone], *, act: Act) -> None:
    """Keep milestones that goals have reached; of each goal the person is told of the furthest.

    An active goal that reaches its target is achieved.
    """
    Milestone.objects.bulk_create(made)
    furthest = {each.goal_id: each for each in sorted(made, key=lambda each: each.percent)}
    notify_many([_note(each) for each in furthest.values()], now=act.at)
    for each in furthest.values():
        if each.percent == ALL and each.goal.status == Goal.Status.ACTIVE:
            _achieve(each.goal, act=act)


def _note(milestone: Milestone) -> Note:
    goal = milestone.goal
    return Note(
        user_id=goal.user_id,
        topic="goal.milestone",
        key=f"goal:{goal.pk}:{milestone.percent}",
        title=milestone_title(goal, milestone.percent),
        body=milestone_body(goal, milestone.saved),
        data={"goal": str(goal.pk), "percent": milestone.percent},
    )


def _achieve(goal: Goal, *, act: Act) -> None:
    changes = {"status": [Goal.Status.ACTIVE.value, Goal.Status.ACHIEVED.value]}
    goal.status = Goal.Status.ACHIEVED
    goal.save(update_fields=["status", "updated_at"])
    record(goal, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
