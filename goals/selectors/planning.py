"""The action plan of a goal, from the person's own ledger."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.domain.money import from_minor, to_minor
from core.writing import written_amount, written_day
from goals.domain.action_plan import ActionPlan, Changes, Surplus, action_plan
from goals.domain.instalments import Instalment
from goals.domain.levers import Lever, OneOff, Step
from goals.domain.wording import changes_sentence, step_sentence
from goals.models import ActionPlan as KeptPlan
from goals.models import Goal
from goals.selectors import answers
from goals.selectors.levers import category_habits, subscriptions
from goals.selectors.progress import standing
from goals.selectors.surplus import required_history
from goals.selectors.worth import moved
from transactions.selectors.pay_days import coming_pay_days
from users.models import User

# A plan of decades has hundreds of equal instalments.
INSTALMENTS_SHOWN = 12


def planned(goal: Goal, *, request: answers.PlanAssumptions, today: date) -> answers.ActionPlanAnswer:
    """What reaching the goal takes: figures in the goal's currency.

    ``request`` names unused subscriptions by the ids of their series. 422 ``NOT_ENOUGH_HISTORY`` for fewer than three
    whole months, ``NO_RATE`` where the goal's currency has none.
    """
    user, currency = goal.user, goal.currency
    history = required_history(user, today=today)
    median, low = (
        moved(units, user.base_currency, currency, on=today)
        for units in (history.expected.median, history.expected.low)
    )
    found = action_plan(
        standing(goal, today=today).facts,
        today=today,
        surplus=Surplus(median, low),
        pay_days=coming_pay_days(user, today=today, until=goal.target_on),
        levers=_levers(user, currency, request, today),
    )
    return answers.ActionPlanAnswer(
        currency=currency,
        feasibility=found.feasibility,
        needed_per_month=from_minor(found.needed_per_month, currency),
        needed_per_pay_day=_largest(found.per_pay_day, currency),
        surplus=answers.Surplus(from_minor(median, currency), from_minor(low, currency), len(history.months)),
        gap=from_minor(found.gap, currency),
        bad_month_gap=from_minor(found.bad_month_gap, currency),
        per_month=_shown(found.per_month, currency),
        per_pay_day=_shown(found.per_pay_day, currency),
        milestones=_milestones(found, currency),
        steps=tuple(_step(step, currency, user) for step in found.steps),
        changes=_changes(found.changes, currency, user),
    )


def request_of(plan: KeptPlan | None, *, currency: str) -> answers.PlanAssumptions:
    """What the person said for a plan; nothing before the first, and no sums that were of another currency."""
    if plan is None:
        return answers.PlanAssumptions((), ())
    sums = plan.request.get("one_offs", ()) if plan.answer["currency"] == currency else ()
    return answers.PlanAssumptions(
        unused_subscriptions=tuple(UUID(each) for each in plan.request.get("unused_subscriptions", ())),
        one_offs=tuple(answers.OneOff(each["name"], Decimal(each["amount"])) for each in sums),
    )


def _levers(user: User, currency: str, request: answers.PlanAssumptions, today: date) -> list[Lever]:
    def units(amount: int) -> int:
        return moved(amount, user.base_currency, currency, on=today)

    paid = subscriptions(user, unused=request.unused_subscriptions, today=today)
    habits = category_habits(user, today=today)
    return [
        *(replace(each, monthly_cost=units(each.monthly_cost)) for each in paid),
        *(replace(each, monthly_median=units(each.monthly_median)) for each in habits),
        *(OneOff(each.name, to_minor(each.amount, currency)) for each in request.one_offs),
    ]


def _largest(due: Sequence[Instalment], currency: str) -> Decimal:
    return from_minor(max((each.amount for each in due), default=0), currency)


def _shown(due: Sequence[Instalment], currency: str) -> tuple[answers.Instalment, ...]:
    return tuple(
        answers.Instalment(each.on, from_minor(each.amount, currency)) for each in due[:INSTALMENTS_SHOWN]
    )


def _milestones(found: ActionPlan, currency: str) -> tuple[answers.PlannedMilestone, ...]:
    return tuple(
        answers.PlannedMilestone(each.percent, each.on, from_minor(each.amount, currency))
        for each in found.milestones
    )


def _step(step: Step, currency: str, user: User) -> answers.Step:
    return answers.Step(
        kind=step.kind,
        names=step.names,
        sentence=step_sentence(step, money=_money(currency, user)),
        spent=from_minor(step.spent, currency),
        monthly_saving=from_minor(step.monthly_saving, currency),
        once=from_minor(step.once, currency),
        is_essential=step.is_essential,
        days_earlier=step.days_earlier,
        weeks_earlier=step.weeks_earlier,
        reached_in_days=step.reached_in_days,
    )


def _changes(changes: Changes | None, currency: str, user: User) -> answers.Changes | None:
    if changes is None:
        return None
    target = changes.smaller_target
    return answers.Changes(
        later_on=changes.later_on,
        smaller_target=None if target is None else from_minor(target, currency),
        more_per_month=from_minor(changes.more_per_month, currency),
        sentence=changes_sentence(
            changes, money=_money(currency, user), day=lambda day: written_day(day, locale=user.locale)
        ),
    )


def _money(currency: str, user: User) -> Callable[[int], str]:
    return lambda units: written_amount(from_minor(units, currency), currency, locale=user.locale)
