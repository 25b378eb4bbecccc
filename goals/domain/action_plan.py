"""What reaching a goal by its date takes, whether it can be done, and what would help. Amounts are minor units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from goals.domain.instalments import LONGEST_YEARS, MONTHS_A_YEAR, Instalment, month_end
from goals.domain.levers import DAYS_A_MONTH, Lever, Pace, Step, steps
from goals.domain.progress import MILESTONES, GoalFacts, milestones_reached, progress


class Feasibility(StrEnum):
    """``feasible``: nine months in ten leave enough. ``tight``: one in two does. Else ``not_feasible``."""

    FEASIBLE = "feasible"
    TIGHT = "tight"
    NOT_FEASIBLE = "not_feasible"


@dataclass(frozen=True, slots=True)
class Surplus:
    """What the forecast leaves in a month: the median and the 10th percentile, of either sign."""

    median: int
    low: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """The day on which the plan has this share of the target, and the savings, rounded up, that it means."""

    percent: int
    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Each by itself makes the goal feasible with the median surplus, and a little less would not.

    ``later_on`` is None where no date within a hundred years will do, ``smaller_target`` where nothing can be
    added to what is saved. ``more_per_month`` is the surplus that is missing.
    """

    later_on: date | None
    smaller_target: int | None
    more_per_month: int


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A goal's way to its date.

    ``needed_per_month`` is the largest of the ``per_month`` instalments. ``gap`` is what a month of the median
    surplus lacks of it, ``bad_month_gap`` what one at the 10th percentile does; never negative. ``changes`` is told
    where the goal is not feasible.
    """

    feasibility: Feasibility
    needed_per_month: int
    gap: int
    bad_month_gap: int
    per_month: tuple[Instalment, ...]
    per_pay_day: tuple[Instalment, ...]
    milestones: tuple[Milestone, ...]
    steps: tuple[Step, ...]
    changes: Changes | None


def action_plan(
    facts: GoalFacts,
    *,
    today: date,
    surplus: Surplus,
    pay_days: Sequence[date] = (),
    levers: Iterable[Lever] = (),
) -> ActionPlan:
    """The plan for what remains, from today to the target date, in equal instalments (see ``progress``).

    Steps count from the pace of the plan where it is feasible, else from that of the median surplus; essentials are
    touched only where it is not. Equal facts give equal plans.
    """
    found = progress(facts, today=today, pay_days=pay_days)
    needed = max((each.amount for each in found.per_month), default=0)
    gap, bad_month_gap = (max(0, needed - each) if needed else 0 for each in (surplus.median, surplus.low))
    pace = _pace(facts, today, surplus, is_feasible=not gap)
    return ActionPlan(
        feasibility=_feasibility(gap, bad_month_gap),
        needed_per_month=needed,
        gap=gap,
        bad_month_gap=bad_month_gap,
        per_month=found.per_month,
        per_pay_day=found.per_pay_day,
        milestones=_milestones(facts, found.per_month),
        steps=steps(levers, pace=pace, gap=gap or bad_month_gap, with_essentials=gap > 0) if needed else (),
        changes=_changes(facts, today, surplus, months=len(found.per_month), gap=gap) if gap else None,
    )


def _feasibility(gap: int, bad_month_gap: int) -> Feasibility:
    if gap:
        return Feasibility.NOT_FEASIBLE
    return Feasibility.TIGHT if bad_month_gap else Feasibility.FEASIBLE


def _pace(facts: GoalFacts, today: date, surplus: Surplus, *, is_feasible: bool) -> Pace:
    days = max(1, (facts.target_on - today).days)
    usual = max(0, surplus.median) / DAYS_A_MONTH
    return Pace(facts.remaining, Fraction(facts.remaining, days) if is_feasible else usual)


def _milestones(facts: GoalFacts, planned: Sequence[Instalment]) -> tuple[Milestone, ...]:
    """Those not reached yet, each on the day of the instalment that reaches it."""
    left = [
        each for each in MILESTONES if each not in milestones_reached(saved=facts.saved, target=facts.target)
    ]
    found, saved = [], facts.saved
    for instalment in planned:
        saved += instalment.amount
        while left and 100 * saved >= left[0] * facts.target:
            percent = left.pop(0)
            found.append(Milestone(percent, instalment.on, -(-percent * facts.target // 100)))
    return tuple(found)


def _changes(facts: GoalFacts, today: date, surplus: Surplus, *, months: int, gap: int) -> Changes:
    """``months`` is how many instalments there are to the date."""
    if surplus.median <= 0:
        return Changes(None, None, gap)
    needed = -(-facts.remaining // surplus.median)
    is_near = needed <= LONGEST_YEARS * MONTHS_A_YEAR
    return Changes(
        later_on=month_end(today, later=needed - 1) if is_near else None,
        smaller_target=facts.saved + months * surplus.median,
        more_per_month=gap,
    )
