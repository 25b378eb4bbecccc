"""Strategies side by side, and which of them to take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from debts.domain.schedule import Schedule
from debts.domain.simulation import MINIMUMS_ONLY, simulate
from debts.domain.strategies import Strategy
from debts.domain.terms import Debt

# Where two cost the same, the one that is easier to keep to.
SIMPLEST_FIRST = (
    Strategy.AVALANCHE,
    Strategy.SNOWBALL,
    Strategy.HIGHEST_UTILISATION,
    Strategy.CUSTOM,
    Strategy.OPTIMAL,
    Strategy.MINIMUMS_ONLY,
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The cheapest strategy, and by how much it beats the runner-up and the quickest first success."""

    strategy: Strategy
    runner_up: Strategy | None
    saved: int
    earliest_win: Strategy


def baseline(debts: Sequence[Debt], *, start: date) -> Schedule:
    """Minimums only, each debt for itself: what a freed minimum was is not paid elsewhere."""
    return simulate(debts, None, MINIMUMS_ONLY, start=start)


def recommended(results: Mapping[Strategy, Schedule]) -> Recommendation | None:
    """The strategy of the smallest cost among those that end; then the fewest months, then the simplest."""
    ending = {strategy: schedule for strategy, schedule in results.items() if schedule.is_debt_free}
    if not ending:
        return None
    ranked = sorted(
        ending, key=lambda each: (ending[each].cost, ending[each].length, SIMPLEST_FIRST.index(each))
    )
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    saved = ending[second].cost - ending[best].cost if second else 0
    wins = sorted(ranked, key=lambda each: (ending[each].first_payoff or 0, ranked.index(each)))
    return Recommendation(best, second, saved, wins[0])
