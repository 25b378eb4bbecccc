"""The allocation against the linear programs that its rule is made of, solved line by line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from debts.adapters.highs import HighsSolver
from debts.domain.optimal.program import ProgramBuilder
from goals.domain.allocation import allocate_surplus, by_importance
from tests.goals.domain.test_allocation import funded_goals

SECONDS = 10.0


class Program:
    """One variable a goal and month; what a line of the rule has found is kept for the lines after it."""

    def __init__(self, goals, surplus):
        self.goals, self.months = goals, range(1, len(surplus) + 1)
        self.available = [max(0, amount) for amount in surplus]
        self.kept = []

    def most(self, goal, months):
        """The largest sum of these months that is possible, which from now on is asked for."""
        months = list(months)
        best = -round(self._solve(goal, months).bound) if months else 0
        self.kept.append((goal, months, best))
        return best

    def reached_by(self, goal, month):
        """Whether the goal could have nothing after this month."""
        rule = (goal, [later for later in self.months if later > month], 0)
        self.kept.append(rule)
        possible = self._solve(goal, []).values is not None
        if not possible:
            self.kept.remove(rule)
        return possible

    def _solve(self, goal, months):
        builder = ProgramBuilder()
        variables = {
            (each.key, month): builder.variable(upper=self._limit(each, month))
            for each in self.goals
            for month in self.months
        }

        def terms(each, chosen):
            return [(variables[each.key, month], 1.0) for month in chosen]

        for month in self.months:
            together = [term for each in self.goals for term in terms(each, [month])]
            builder.row(together, upper=self.available[month - 1])
        for each in self.goals:
            builder.row(terms(each, self.months), upper=each.remaining)
        for each, chosen, amount in self.kept:
            builder.row(terms(each, chosen), lower=amount, upper=amount)
        builder.charge([(variable, -1.0) for variable, _ in terms(goal, months)])
        return HighsSolver().relax(builder.build(cutoff=1e9), time_limit=SECONDS)

    def _limit(self, goal, month):
        available = self.available[month - 1]
        return available if goal.monthly_cap is None else min(available, goal.monthly_cap)


@settings(max_examples=60, deadline=None)
@given(
    goals=funded_goals(most=3, months=5, size=40),
    surplus=st.lists(st.integers(-3, 20), min_size=1, max_size=5),
)
def test_the_allocation_is_the_optimum_of_every_line_of_the_rule(goals, surplus):
    found = allocate_surplus(goals, surplus)
    ranked = by_importance(goals)
    program = Program(ranked, surplus)

    in_time, in_all = [], []
    for goal in ranked:
        in_time.append(program.most(goal, range(1, goal.last_month(len(surplus)) + 1)))
        in_all.append(program.most(goal, program.months))
    completed = [
        next(month for month in [0, *program.months] if program.reached_by(goal, month))
        if total == goal.remaining
        else None
        for goal, total in zip(ranked, in_all, strict=True)
    ]
    rows = [tuple(program.most(goal, [month]) for month in program.months) for goal in ranked]

    assert [share.shortfall for share in found.shares] == [
        goal.remaining - amount for goal, amount in zip(ranked, in_time, strict=True)
    ]
    assert [share.missing for share in found.shares] == [
        goal.remaining - amount for goal, amount in zip(ranked, in_all, strict=True)
    ]
    assert [share.completed_in for share in found.shares] == completed
    assert [share.amounts for share in found.shares] == rows
