"""All active goals against one surplus, and how likely each is reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.money import from_minor, to_minor
from core.writing import written_amount
from goals.domain.allocation import Allocation, FundedGoal, Share, Wait, WaitReason, allocate_surplus
from goals.domain.instalments import month_end, month_ends
from goals.domain.probability import Chance, chances
from goals.models import Goal
from goals.selectors import answers
from goals.selectors.progress import active_goals, debts_for, standing_of
from goals.selectors.surplus import SurplusHistory, required_history, surplus_history
from goals.selectors.worth import units_in
from users.models import User

FEWEST_MONTHS, MOST_MONTHS = 12, 360
LARGEST_SEED = 2**32
BECAUSE: Mapping[WaitReason, str] = {
    WaitReason.MORE_IMPORTANT: "is more important",
    WaitReason.FIRST_AMONG_EQUALS: "is as important and has the earlier date",
    WaitReason.CANNOT_WAIT: "needs it then, and this goal gets no less by its own date",
}


@dataclass(frozen=True, slots=True)
class SharedSurplus:
    """The goals that share, in minor units of the base currency; ``left_out`` have no rate to it."""

    currency: str
    today: date
    monthly: int
    history: SurplusHistory
    goals: Mapping[str, Goal]
    funded: Sequence[FundedGoal]
    left_out: Sequence[str]
    months: int

    @property
    def allocation(self) -> Allocation:
        return allocate_surplus(self.funded, [self.monthly] * self.months)

    def end_of(self, month: int) -> date:
        """The last day of the month with this number, 1 being that of today; of month 0 today."""
        return month_end(self.today, later=month - 1) if month else self.today


def shared_surplus(user: User, *, today: date, monthly: Decimal | None = None) -> SharedSurplus:
    """The active goals and the median surplus of a month, or ``monthly``, for as long as the goals run.

    Months are from this one to the last date, at least twelve, at most 360. A goal whose date comes before the end
    of this month has this month. 422 ``NOT_ENOUGH_HISTORY`` where neither says what a month leaves over.
    """
    currency = user.base_currency
    if monthly is None:
        history = required_history(user, today=today)
        each_month = history.expected.median
    else:
        history, each_month = surplus_history(user, today=today), to_minor(monthly, currency)
    goals = active_goals(user)
    debts = debts_for(goals, user, today=today)
    funded, left_out = [], []
    for goal in goals:
        remaining = standing_of(goal, debts)
        needed = units_in(
            from_minor(remaining.facts.remaining, goal.currency), goal.currency, currency, on=today
        )
        if needed is None:
            left_out.append(goal.name)
        else:
            deadline = max(1, len(month_ends(today, goal.target_on))) if goal.target_on > today else 0
            funded.append(FundedGoal(str(goal.pk), goal.priority, needed, deadline=deadline))
    longest = max((goal.deadline or 0 for goal in funded), default=0)
    return SharedSurplus(
        currency=currency,
        today=today,
        monthly=each_month,
        history=history,
        goals={str(goal.pk): goal for goal in goals},
        funded=funded,
        left_out=left_out,
        months=min(MOST_MONTHS, max(FEWEST_MONTHS, longest)),
    )


def seed_of(row: Goal | User) -> int:
    """A number of its own for each row, so that the same data give the same answer."""
    return int(row.pk.int % LARGEST_SEED)


def allocation(user: User, *, today: date, monthly: Decimal | None = None) -> answers.SurplusAllocation:
    """Which goal gets how much in which month, who waits for whom, and the chance of each."""
    shared = shared_surplus(user, today=today, monthly=monthly)
    found = shared.allocation
    likely = chances(shared.funded, found, history=shared.history.months, seed=seed_of(user))
    by_goal = {chance.key: chance for chance in likely.goals or ()}
    return answers.SurplusAllocation(
        currency=shared.currency,
        monthly_surplus=from_minor(shared.monthly, shared.currency),
        history_months=len(shared.history.months),
        months=tuple(shared.end_of(month) for month in range(1, shared.months + 1)),
        goals=tuple(_share(share, shared, by_goal.get(share.key), user) for share in found.shares),
        unallocated=_amounts(found.unallocated, shared.currency),
        left_out=tuple(shared.left_out),
        runs=likely.runs,
        seed=likely.seed,
        no_chances=likely.reason,
    )


def chance_shown(chance: Chance | None, shared: SharedSurplus) -> answers.Chance | None:
    """A chance with its interval, and the days by which 10, 50 and 90 of a hundred futures have reached the goal."""
    if chance is None:
        return None
    p10, p50, p90 = (
        None if month is None else shared.end_of(month) for month in (chance.p10, chance.p50, chance.p90)
    )
    probability, low, high = (
        Decimal(f"{each:.4f}") for each in (chance.probability, chance.low, chance.high)
    )
    return answers.Chance(probability, low, high, p10_on=p10, p50_on=p50, p90_on=p90)


def _amounts(units: Sequence[int], currency: str) -> tuple[Decimal, ...]:
    return tuple(from_minor(each, currency) for each in units)


def _share(share: Share, shared: SharedSurplus, chance: Chance | None, user: User) -> answers.Share:
    goal, completed = shared.goals[share.key], share.completed_in
    return answers.Share(
        goal=goal.pk,
        name=goal.name,
        priority=goal.priority,
        target_on=goal.target_on,
        amounts=_amounts(share.amounts, shared.currency),
        completed_on=None if completed is None else shared.end_of(completed),
        shortfall=from_minor(share.shortfall, shared.currency),
        missing=from_minor(share.missing, shared.currency),
        chance=chance_shown(chance, shared),
        waits=tuple(_wait(wait, goal, shared, user) for wait in share.waits),
    )


def _wait(wait: Wait, goal: Goal, shared: SharedSurplus, user: User) -> answers.Wait:
    other = shared.goals[wait.waits_for]
    amount = from_minor(wait.amount, shared.currency)
    written = written_amount(amount, shared.currency, locale=user.locale)
    return answers.Wait(
        goal=other.pk,
        name=other.name,
        reason=wait.reason,
        first_on=shared.end_of(wait.first_month),
        last_on=shared.end_of(wait.last_month),
        amount=amount,
        sentence=f"{goal.name} waits for {other.name}, which gets {written} first: it {BECAUSE[wait.reason]}.",
    )
