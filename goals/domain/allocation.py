"""Several goals against one surplus: which goal gets how much in which month, and who waits for whom.

The rule, each line by priority and only within what the lines before leave open:

1. as much as possible by the goal's own date, then as much as possible by the last month that is looked at;
2. the earliest month of completion;
3. money as early as possible.

The answer is exact, in whole minor units, and greedy. Each goal is a claim on the months up to its date and, if it
misses it, a second one on the months after. A set S of claims gets at most f(S), the sum over the months m of
min(surplus of m, sum of the monthly caps of those claims in S that may use m), and all amounts within these bounds
can be had: a maximum flow is a minimum cut. f is submodular, for each term is a concave function of a sum over S,
so the amounts form an integral polymatroid; without caps it is the matroid of unit jobs with deadlines. There the
lexicographic maximum gives each claim in turn f(it and those before) - f(those before), which augmenting paths do:
they never take away what an earlier claim has in all. That is line 1. For line 2 the totals of all others stay, and
months are opened to a claim one by one until it has its total: by the same maximum no earlier month suffices. This
month ends its window, and the next claim follows. For line 3 the amounts of one claim by month, all totals given,
are the bases of a polymatroid again, so taking the most in each month in turn makes all partial sums as large as
they can be at once.

Sources: W. A. Horn, Some Simple Scheduling Algorithms, 1974; N. Megiddo, Optimal Flows in Networks with Multiple
Sources and Sinks, 1974; E. L. Lawler, Combinatorial Optimization: Networks and Matroids, 1976; A. Schrijver,
Combinatorial Optimization: Polyhedra and Efficiency, 2003, chapter 44.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from goals.domain.surplus_flow import SurplusFlow


@dataclass(frozen=True, slots=True)
class FundedGoal:
    """A goal that asks for a share of the surplus.

    ``priority`` 1 is the most important. ``deadline`` is the last month that counts, from 1, and None where any
    month will do; 0 or less has passed. ``monthly_cap`` is the most that goes to it in a month.
    """

    key: str
    priority: int
    target: int
    saved: int = 0
    deadline: int | None = None
    monthly_cap: int | None = None

    @property
    def remaining(self) -> int:
        return max(0, self.target - self.saved)

    def last_month(self, months: int) -> int:
        """The last of so many months in which money comes in time."""
        return months if self.deadline is None else min(max(0, self.deadline), months)


class WaitReason(StrEnum):
    """Why another goal has money that this one could use.

    ``more_important``: its priority. ``first_among_equals``: the same priority and an earlier date or, with equal
    dates, its place in the list. ``cannot_wait``: less important, but it needs the money then, and the one that
    waits still gets as much by its own date.
    """

    MORE_IMPORTANT = "more_important"
    FIRST_AMONG_EQUALS = "first_among_equals"
    CANNOT_WAIT = "cannot_wait"


@dataclass(frozen=True, slots=True)
class Wait:
    """From the first to the last month ``amount`` went to ``waits_for`` for which this goal's cap had room."""

    waits_for: str
    reason: WaitReason
    first_month: int
    last_month: int
    amount: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one goal gets: an amount a month, month 1 first.

    ``completed_in`` is 0 for a goal that needs nothing, and None where the last month is too early.
    ``shortfall`` is missing on its date, ``missing`` after the last month.
    """

    key: str
    amounts: tuple[int, ...]
    completed_in: int | None
    shortfall: int
    missing: int
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Allocation:
    """The shares in the order of priority, and what no goal takes of each month's surplus."""

    shares: tuple[Share, ...]
    unallocated: tuple[int, ...]

    def of(self, key: str) -> Share:
        return next(share for share in self.shares if share.key == key)


def allocate_surplus(goals: Sequence[FundedGoal], surplus: Sequence[int]) -> Allocation:
    """Allocate each month's surplus, after minimum payments on debts, to the goals by the rule above.

    A month with a negative surplus has nothing to give. Amounts of a month add up to at most its surplus, those of
    a goal to at most what remains; a date beyond the last month counts as the last month.
    """
    available = [max(0, amount) for amount in surplus]
    ranked = by_importance(goals)
    rows = _Funding(ranked, available).rows()
    shares = tuple(_share(place, ranked, rows) for place in range(len(ranked)))
    taken = [sum(month) for month in zip(*rows, strict=True)] or [0] * len(available)
    left = tuple(amount - used for amount, used in zip(available, taken, strict=True))
    return Allocation(shares, left)


def by_importance(goals: Sequence[FundedGoal]) -> list[FundedGoal]:
    """By priority, among equals the earlier date first and no date last, then as given."""
    return sorted(goals, key=_rank)


def _rank(goal: FundedGoal) -> tuple[int, bool, int]:
    return goal.priority, goal.deadline is None, goal.deadline or 0


class _Funding:
    """The lines of the rule, one after the other; goal n has the claims 2n, until its date, and 2n + 1, after it."""

    def __init__(self, goals: Sequence[FundedGoal], surplus: Sequence[int]) -> None:
        self._goals, self._months = goals, len(surplus)
        self._flow = SurplusFlow(surplus, claims=2 * len(goals))
        self._windows: dict[int, range] = {}
        self._totals: dict[int, int] = {}

    def rows(self) -> list[list[int]]:
        self._claim_all()
        for place, goal in enumerate(self._goals):
            self._finish_early(place, goal)
        return [self._settled(place) for place in range(len(self._goals))]

    def _claim_all(self) -> None:
        for place, goal in enumerate(self._goals):
            in_time, late = _claims(place)
            last_month = goal.last_month(self._months)
            self._claim(in_time, goal, range(last_month), goal.remaining)
            self._claim(late, goal, range(last_month, self._months), goal.remaining - self._totals[in_time])

    def _claim(self, claim: int, goal: FundedGoal, window: range, wanted: int) -> None:
        self._windows[claim] = window
        self._flow.open(claim, window, cap=goal.monthly_cap)
        self._totals[claim] = self._flow.give(claim, wanted)

    def _finish_early(self, place: int, goal: FundedGoal) -> None:
        in_time, late = _claims(place)
        if self._totals[in_time] + self._totals[late] == goal.remaining:
            last = late if self._totals[late] else in_time
            window = self._windows[last]
            end = self._fill(last, goal)
            self._windows[last] = range(window.start, end)

    def _settled(self, place: int) -> list[int]:
        rows = []
        for claim in _claims(place):
            self._fill(claim, self._goals[place])
            rows.append(self._flow.settle(claim))
        return [sum(parts) for parts in zip(*rows, strict=True)]

    def _fill(self, claim: int, goal: FundedGoal) -> int:
        """Give the claim its total again, each month as much as can be; returns the month in which it has it."""
        window, left = self._windows[claim], self._totals[claim]
        self._flow.withdraw(claim)
        month = window.start
        while left:
            self._flow.open(claim, range(month, month + 1), cap=goal.monthly_cap)
            left -= self._flow.give(claim, left)
            month += 1
        return month


def _claims(place: int) -> tuple[int, int]:
    return 2 * place, 2 * place + 1


def _share(place: int, goals: Sequence[FundedGoal], rows: Sequence[Sequence[int]]) -> Share:
    goal, amounts = goals[place], rows[place]
    missing = goal.remaining - sum(amounts)
    months = [month for month, amount in enumerate(amounts, start=1) if amount]
    completed = None if missing else max(months, default=0)
    in_time = sum(amounts[: goal.last_month(len(amounts))])
    return Share(
        key=goal.key,
        amounts=tuple(amounts),
        completed_in=completed,
        shortfall=goal.remaining - in_time,
        missing=missing,
        waits=_waits(place, goals, rows, until=len(amounts) if completed is None else completed - 1),
    )


def _waits(
    place: int, goals: Sequence[FundedGoal], rows: Sequence[Sequence[int]], *, until: int
) -> tuple[Wait, ...]:
    """The goals that have money, before this one is completed, which this one had room for."""
    cap, own = goals[place].monthly_cap, rows[place]
    waits = []
    for other, amounts in enumerate(rows):
        wanted = {
            month: min(amounts[month - 1], amounts[month - 1] if cap is None else cap - own[month - 1])
            for month in range(1, until + 1)
            if other != place
        }
        months = [month for month, amount in wanted.items() if amount]
        if months:
            reason = _reason(goals, place, other)
            waits.append(Wait(goals[other].key, reason, months[0], months[-1], sum(wanted.values())))
    return tuple(waits)


def _reason(goals: Sequence[FundedGoal], waiting: int, other: int) -> WaitReason:
    if other > waiting:
        return WaitReason.CANNOT_WAIT
    if goals[other].priority < goals[waiting].priority:
        return WaitReason.MORE_IMPORTANT
    return WaitReason.FIRST_AMONG_EQUALS
