"""When a goal is reached as things go."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from core.domain.money import from_minor, to_minor
from goals.domain.instalments import LONGEST_YEARS
from goals.domain.levers import DAYS_A_MONTH, Pace
from goals.domain.probability import FEWEST_MONTHS, Chances, NoChances, chances
from goals.models import Goal
from goals.selectors import answers
from goals.selectors.allocation import chance_shown, seed_of, shared_surplus
from goals.selectors.progress import (
    MeasuredGoal,
    Standing,
    contributed,
    debts_for,
    goals_with_progress,
    standing_of,
)
from goals.selectors.surplus import surplus_history

PACE_DAYS = 91
LONGEST = timedelta(days=366 * LONGEST_YEARS)


def projection(goal: Goal, *, today: date) -> answers.Projection:
    """The day at the present pace, and the chance to be in time among all active goals.

    The pace is that of what was put aside in the last 91 days, or since the goal began where that is later; of a goal
    that follows a debt, that since it began. The chance is told of an active goal where the ledger has three whole
    months, and is seeded by the goal's id.
    """
    since = max(goal.started_on, today - timedelta(days=PACE_DAYS))
    lately = contributed(on__gt=since, on__lte=today)
    row = goals_with_progress().annotate(lately=lately).get(pk=goal.pk)
    found = standing_of(row, debts_for([row], goal.user, today=today))
    pace = _pace(row, found, lately=row.lately, since=since, today=today)
    days = pace.days()
    reached = None if days is None or ceil(days) > LONGEST.days else today + timedelta(days=ceil(days))
    chance, simulated = _chance(goal, today)
    return answers.Projection(
        goal=goal.pk,
        on=today,
        currency=goal.currency,
        saved=from_minor(found.facts.saved, goal.currency),
        remaining=from_minor(found.facts.remaining, goal.currency),
        target_on=goal.target_on,
        pace_per_month=from_minor(round(pace.per_day * DAYS_A_MONTH), goal.currency),
        reached_on=reached,
        in_time=reached is not None and reached <= goal.target_on,
        chance=chance,
        runs=simulated.runs,
        seed=simulated.seed,
        no_chances=simulated.reason,
    )


def _pace(row: MeasuredGoal, found: Standing, *, lately: Decimal, since: date, today: date) -> Pace:
    """Minor units a day; money that was taken out again is no pace."""
    if row.debt_id:
        since, gained = row.started_on, found.facts.saved - found.facts.opening
    else:
        gained = to_minor(lately, row.currency)
    return Pace(found.facts.remaining, Fraction(max(0, gained), max(1, (today - since).days)))


def _chance(goal: Goal, today: date) -> tuple[answers.Chance | None, Chances]:
    """The goal's own chance, and what it rests on."""
    seed = seed_of(goal)
    if goal.status != Goal.Status.ACTIVE:
        return None, Chances(None, 0, seed, NoChances.NOT_ACTIVE)
    if len(surplus_history(goal.user, today=today).months) < FEWEST_MONTHS:
        return None, Chances(None, 0, seed, NoChances.TOO_LITTLE_HISTORY)
    shared = shared_surplus(goal.user, today=today)
    likely = chances(shared.funded, shared.allocation, history=shared.history.months, seed=seed)
    own = next((each for each in likely.goals or () if each.key == str(goal.pk)), None)
    if own is None:
        return None, replace(likely, reason=NoChances.NO_RATE)
    return chance_shown(own, shared), likely
