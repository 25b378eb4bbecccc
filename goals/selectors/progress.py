"""Goals with what is saved for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.aggregates import AMOUNT, MoneySum
from core.domain.money import round_to_minor, to_minor
from core.hooks import OwedDebt, debts_owed
from goals.domain.progress import GoalFacts
from goals.models import Contribution, Goal, Milestone
from goals.selectors import answers
from users.models import User

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

Debts = Mapping[UUID, OwedDebt]


class Measures(TypedDict):
    """What a row has beside its columns: sums of contributions, and milestones."""

    contributed: Decimal
    noted: list[Milestone]


if TYPE_CHECKING:
    MeasuredGoal = WithAnnotations[Goal, Measures]
else:
    MeasuredGoal = Goal


@dataclass(frozen=True, slots=True)
class Standing:
    """A goal as of a day; ``facts`` are in minor units of its currency."""

    goal: MeasuredGoal
    saved: Decimal
    facts: GoalFacts


def goals_with_progress() -> QuerySet[MeasuredGoal]:
    """Goals with ``contributed``, the sum of what counts, and their milestones as ``noted``; two queries."""
    noted = Milestone.objects.order_by("percent")
    return Goal.objects.annotate(contributed=contributed()).prefetch_related(
        Prefetch("milestones", noted, to_attr="noted")
    )


def contributed(**narrowed: date) -> Coalesce:
    """What was put aside for the goal of a query, less what was taken out; narrowed by fields of contributions."""
    # As in ``counted``: a subquery of its own, so that no join multiplies the rows.
    made = Q(transaction=None) | Q(transaction__deleted_at=None)
    totals = (
        Contribution.objects.filter(made, goal=OuterRef("pk"), **narrowed)
        .order_by()
        .values("goal")
        .annotate(total=MoneySum("amount"))
        .values("total")
    )
    return Coalesce(Subquery(totals, output_field=AMOUNT), Value(Decimal(0)), output_field=AMOUNT)


def active_goals(user: User) -> list[MeasuredGoal]:
    """The person's active goals, the most important first, among equals the earlier date."""
    rows = goals_with_progress().filter(user=user, status=Goal.Status.ACTIVE)
    return list(rows.order_by("priority", "target_on", "pk"))


def saved_for(goal: MeasuredGoal, debts: Debts) -> Decimal:
    """What is saved for a goal of ``goals_with_progress``; a debt that was removed since counts for nothing."""
    saved: Decimal = goal.opening_amount + goal.contributed
    debt = debts.get(goal.debt_id) if goal.debt_id else None
    if debt is not None and goal.debt_owed is not None:
        saved += goal.debt_owed - debt.balance
    return saved


def standing_of(goal: MeasuredGoal, debts: Debts) -> Standing:
    """A goal of ``goals_with_progress`` with its figures."""
    saved = saved_for(goal, debts)
    facts = GoalFacts(
        target=to_minor(goal.target_amount, goal.currency),
        saved=to_minor(saved, goal.currency),
        created_on=goal.started_on,
        target_on=goal.target_on,
        opening=to_minor(goal.opening_amount, goal.currency),
    )
    return Standing(goal, saved, facts)


def milestones_of(goal: MeasuredGoal) -> tuple[answers.Milestone, ...]:
    """What a goal of ``goals_with_progress`` has reached, lowest first."""
    return tuple(
        answers.Milestone(each.percent, each.reached_on, round_to_minor(each.saved, goal.currency))
        for each in goal.noted
    )


def standing(goal: Goal, *, today: date) -> Standing:
    """A goal, read anew, with its figures."""
    row = goals_with_progress().get(pk=goal.pk)
    return standing_of(row, debts_for([row], goal.user, today=today))


def debts_for(goals: Iterable[Goal], user: User, *, today: date) -> Debts:
    """The debts that these goals need; asked for only where one follows a debt."""
    return debts_owed(user, today=today) if any(goal.debt_id for goal in goals) else {}
