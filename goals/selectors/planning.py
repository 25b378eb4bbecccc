"""The action plan of a goal, from the person's own ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.domain.money import from_minor, to_minor
from core.writing import written_amount, written_day
from goals.domain.action_plan import ActionPlan, Changes, Surplus, action_plan
from goals.domain.instalments import Instalment
from goals.domain.levers import Lever, OneOff, Step
from goals.domain.wording import changes_sentence, step_sentence
from goals.models import Goal
from goals.selectors.levers import category_habits, subscriptions
from goals.selectors.progress import standing
from goals.selectors.surplus import required_history
from goals.selectors.worth import moved, text
from transactions.selectors.pay_days import coming_pay_days
from users.models import User

# A plan of decades has hundreds of equal instalments.
INSTALMENTS_SHOWN = 12


def planned(goal: Goal, *, request: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What reaching the goal takes, as the API answers it: figures in the goal's currency.

    ``request`` names ``unused_subscriptions`` by the ids of their series and ``one_offs`` with name and amount, in
    the goal's currency. 422 ``NOT_ENOUGH_HISTORY`` for fewer than three whole months, ``NO_RATE`` where the goal's
    currency has none.
    """
    user, currency = goal.user, goal.currency
    history = required_history(user, today=today)
    surplus = Surplus(
        *(
            moved(units, user.base_currency, currency, on=today)
            for units in (history.expected.median, history.expected.low)
        )
    )
    found = action_plan(
        standing(goal, today=today).facts,
        today=today,
        surplus=surplus,
        pay_days=coming_pay_days(user, today=today, until=goal.target_on),
        levers=_levers(user, currency, request, today),
    )
    return {
        "currency": currency,
        "feasibility": found.feasibility.value,
        "needed_per_month": text(found.needed_per_month, currency),
        "needed_per_pay_day": _largest(found.per_pay_day, currency),
        "surplus": {
            "median": text(surplus.median, currency),
            "low": text(surplus.low, currency),
            "months": len(history.months),
        },
        "gap": text(found.gap, currency),
        "bad_month_gap": text(found.bad_month_gap, currency),
        "per_month": _shown(found.per_month, currency),
        "per_pay_day": _shown(found.per_pay_day, currency),
        "milestones": _milestones(found, currency),
        "steps": [_step(step, currency, user) for step in found.steps],
        "changes": _changes(found.changes, currency, user),
    }


def _levers(user: User, currency: str, request: Mapping[str, Any], today: date) -> list[Lever]:
    def units(amount: int) -> int:
        return moved(amount, user.base_currency, currency, on=today)

    unused = {UUID(each) for each in request.get("unused_subscriptions", ())}
    paid = subscriptions(user, unused=unused, today=today)
    return [
        *(replace(each, monthly_cost=units(each.monthly_cost)) for each in paid),
        *(
            replace(each, monthly_median=units(each.monthly_median))
            for each in category_habits(user, today=today)
        ),
        *(
            OneOff(each["name"], to_minor(Decimal(each["amount"]), currency))
            for each in request.get("one_offs", ())
        ),
    ]


def _largest(due: Sequence[Instalment], currency: str) -> str:
    return text(max((each.amount for each in due), default=0), currency)


def _shown(due: Sequence[Instalment], currency: str) -> list[dict[str, str]]:
    return [
        {"on": each.on.isoformat(), "amount": text(each.amount, currency)} for each in due[:INSTALMENTS_SHOWN]
    ]


def _milestones(found: ActionPlan, currency: str) -> list[dict[str, Any]]:
    return [
        {"percent": each.percent, "on": each.on.isoformat(), "amount": text(each.amount, currency)}
        for each in found.milestones
    ]


def _step(step: Step, currency: str, user: User) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "names": list(step.names),
        "sentence": step_sentence(step, money=_money(currency, user)),
        "spent": text(step.spent, currency),
        "monthly_saving": text(step.monthly_saving, currency),
        "once": text(step.once, currency),
        "is_essential": step.is_essential,
        "days_earlier": step.days_earlier,
        "weeks_earlier": step.weeks_earlier,
        "reached_in_days": step.reached_in_days,
    }


def _changes(changes: Changes | None, currency: str, user: User) -> dict[str, Any] | None:
    if changes is None:
        return None
    target = changes.smaller_target
    return {
        "later_on": changes.later_on and changes.later_on.isoformat(),
        "smaller_target": None if target is None else text(target, currency),
        "more_per_month": text(changes.more_per_month, currency),
        "sentence": changes_sentence(
            changes, money=_money(currency, user), day=lambda day: written_day(day, locale=user.locale)
        ),
    }


def _money(currency: str, user: User) -> Any:
    return lambda units: written_amount(from_minor(units, currency), currency, locale=user.locale)
