"""What a little more a month, or one unit on one debt, changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from debts.domain.budget import Budget
from debts.domain.schedule import Schedule
from debts.domain.simulation import Instructions, simulate
from debts.domain.terms import Debt, RateStep, Segment

PLAIN_EXTRAS = (25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Step:
    """``extra`` minor units more every month; savings are against no extra and may be negative."""

    extra: int
    schedule: Schedule
    cost_saved: int
    months_saved: int


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What a debt's plan would save: per unit less owed today, and per percentage point less of APR."""

    debt: int
    saved_per_unit: int
    unit: int
    saved_per_point: int


def what_if(
    debts: Sequence[Debt],
    budget: Budget,
    instructions: Instructions,
    *,
    start: date,
    extras: Sequence[int],
) -> list[Step]:
    """The plan under each larger budget, beside the one without extra."""
    plain = simulate(debts, budget, instructions, start=start)
    steps = []
    for extra in extras:
        schedule = simulate(debts, _raised(budget, extra), instructions, start=start)
        saved = plain.cost - schedule.cost
        steps.append(Step(extra, schedule, saved, plain.length - schedule.length))
    return steps


def sensitivity(
    debts: Sequence[Debt], budget: Budget, instructions: Instructions, *, start: date, unit: int
) -> list[Sensitivity]:
    """Per debt: the cost saved if ``unit`` less were owed on it today, and if its rates were one point lower.

    Found by planning again, under the same budget; the smallest of ``unit`` and the debt's balance is taken.
    """
    plain = simulate(debts, budget, instructions, start=start).cost
    found = []
    for index, debt in enumerate(debts):
        less = min(unit, debt.balance)
        changes = (_with_less(debt, less), _cheaper(debt))
        costs = [
            simulate([*debts[:index], changed, *debts[index + 1 :]], budget, instructions, start=start).cost
            for changed in changes
        ]
        found.append(Sensitivity(index, plain - costs[0], less, plain - costs[1]))
    return found


def _raised(budget: Budget, extra: int) -> Budget:
    return replace(budget, months=tuple(amount + extra for amount in budget.months))


def _with_less(debt: Debt, amount: int) -> Debt:
    segments: list[Segment] = []
    for segment in debt.segments:
        part = min(amount, segment.balance)
        segments.append(replace(segment, balance=segment.balance - part))
        amount -= part
    return replace(debt, segments=tuple(segments))


def _cheaper(debt: Debt) -> Debt:
    return replace(
        debt,
        segments=tuple(
            replace(
                segment,
                rates=tuple(RateStep(step.month, max(step.apr - 1, step.apr * 0)) for step in segment.rates),
            )
            for segment in debt.segments
        ),
    )
