"""When a goal is reached as things go."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from core.domain.money import to_minor
from goals.domain.instalments import LONGEST_YEARS
from goals.domain.levers import DAYS_A_MONTH, Pace
from goals.domain.probability import FEWEST_MONTHS, Chances, NoChances, chances
from goals.models import Goal
from goals.selectors.allocation import chance_shown, seed_of, shared_surplus, simulated
from goals.selectors.progress import Standing, contributed, debts_for, goals_with_progress, standing_of
from goals.selectors.surplus import surplus_history
from goals.selectors.worth import text

PACE_DAYS = 91
LONGEST = timedelta(days=366 * LONGEST_YEARS)


def projection(goal: Goal, *, today: date) -> dict[str, Any]:
    """The day at the present pace, and the chance to be in time among all active goals, as the API answers it.

    The pace is that of what was put aside in the last 91 days, or since the goal began where that is later; of a goal
    that follows a debt, that since it began. The chance is told of an active goal where the ledger has three whole
    months, and is seeded by the goal's id.
    """
    since = max(goal.started_on, today - timedelta(days=PACE_DAYS))
    rows: Any = goals_with_progress().annotate(lately=contributed(on__gt=since, on__lte=today))
    row = rows.get(pk=goal.pk)
    found = standing_of(row, debts_for([row], goal.user, today=today))
    pace = _pace(row, found, since=since, today=today)
    days = pace.days()
    reached = None if days is None or ceil(days) > LONGEST.days else today + timedelta(days=ceil(days))
    return {
        "goal": str(goal.pk),
        "date": today.isoformat(),
        "currency": goal.currency,
        "saved": text(found.facts.saved, goal.currency),
        "remaining": text(found.facts.remaining, goal.currency),
        "target_on": goal.target_on.isoformat(),
        "pace_per_month": text(round(pace.per_day * DAYS_A_MONTH), goal.currency),
        "reached_on": reached and reached.isoformat(),
        "in_time": reached is not None and reached <= goal.target_on,
        **_chance(goal, today),
    }


def _pace(row: Any, found: Standing, *, since: date, today: date) -> Pace:
    """Minor units a day; money that was taken out again is no pace."""
    if row.debt_id:
        since, gained = row.started_on, found.facts.saved - found.facts.opening
    else:
        gained = to_minor(row.lately, row.currency)
    return Pace(found.facts.remaining, Fraction(max(0, gained), max(1, (today - since).days)))


def _chance(goal: Goal, today: date) -> dict[str, Any]:
    seed = seed_of(goal)
    if goal.status != Goal.Status.ACTIVE:
        return {"chance": None, **simulated(Chances(None, 0, seed)), "no_chances": "not_active"}
    if len(surplus_history(goal.user, today=today).months) < FEWEST_MONTHS:
        return {"chance": None, **simulated(Chances(None, 0, seed, NoChances.TOO_LITTLE_HISTORY))}
    shared = shared_surplus(goal.user, today=today)
    likely = chances(shared.funded, shared.allocation, history=shared.history.months, seed=seed)
    own = next((each for each in likely.goals or () if each.key == str(goal.pk)), None)
    shown = {"chance": chance_shown(own, shared), **simulated(likely)}
    return shown if own else {**shown, "no_chances": "no_rate"}
