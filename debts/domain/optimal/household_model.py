"""The whole household in the model: what it can pay, what it can move, and what a solution says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from debts.domain.budget import MonthKind
from debts.domain.optimal.candidates import FINE, Household
from debts.domain.optimal.debt_model import Asked, DebtModel
from debts.domain.optimal.figures import NOTHING, UNIT, surely_owed
from debts.domain.optimal.offers import Offer
from debts.domain.optimal.program import LinearProgram, ProgramBuilder, Term
from debts.domain.simulation import MINIMUMS_ONLY

# So little below a whole minor unit is that unit.
DUST = 1e-4
# What a payment may exceed its plan by, in minor units, and what the last payment of a debt may. A cent that rounding
# leaves standing can cost a month's fee, or all the interest that was deferred.
CRUMB, STUMP = 2, 100


@dataclass(frozen=True, slots=True)
class Hint:
    """A solution in minor units: what to move (debt, offer, amount), and what to pay above the minimums."""

    moved: Sequence[tuple[int, int, int]]
    extra: Mapping[int, Mapping[int, int]]


class HouseholdModel:
    """The first ``months`` of a household, from above: whatever the engine can do, the model can.

    The cost of these months is never more than the cost of all, so a bound for them is one for the whole plan.
    """

    def __init__(self, household: Household, offers: Sequence[Offer], months: int) -> None:
        self._household, self._offers, self._months = household, offers, months
        self._program = ProgramBuilder()
        self._moved: dict[tuple[int, int], list[int]] = {}
        self._sure_until = self._surely_owed()
        self._debts = [self._old_debt(index) for index in range(len(household.debts))]
        self._debts += [self._new_debt(place) for place in range(len(offers))]
        committed = 0.0 if offers or household.budget.rolls_over else _set_aside(household)
        for month in range(1, months + 1):
            self._add_budget(month, committed)

    def program(self, cutoff: float) -> LinearProgram:
        return self._program.build(cutoff=cutoff)

    def hint(self, values: Sequence[float]) -> Hint:
        """What to do as this solution does; transfers are rounded down."""
        moved = [
            (debt, offer, int(amount))
            for (debt, offer), parts in self._moved.items()
            if (amount := UNIT * _sum(parts, values) + DUST) >= 1
        ]
        order = sorted(range(len(self._debts)), key=lambda index: self._cleared(index, values))
        extra: dict[int, dict[int, int]] = {}
        for month in range(1, self._months + 1):
            if wanted := self._extra(month, order, values):
                extra[month] = wanted
        return Hint(moved, extra)

    def _surely_owed(self) -> list[int]:
        household = self._household
        openings = [
            0.0 if any(offer.accepts(index) for offer in self._offers) else debt.balance / UNIT
            for index, debt in enumerate(household.debts)
        ]
        return surely_owed(household.debts, openings, household.budget, self._months, household.start)

    def _old_debt(self, index: int) -> DebtModel:
        debt, program = self._household.debts[index], self._program
        takers = [place for place, offer in enumerate(self._offers) if offer.accepts(index)]
        openings = []
        for segment in debt.segments:
            balance = segment.balance / UNIT
            opening = program.variable(lower=0 if takers else balance, upper=balance)
            parts = [program.variable(upper=balance) for _ in takers]
            for place, part in zip(takers, parts, strict=True):
                self._moved.setdefault((index, place), []).append(part)
            program.row([(opening, 1), *((part, 1) for part in parts)], lower=balance, upper=balance)
            openings.append(opening)
        return self._modelled(index, openings, debt.balance / UNIT)

    def _new_debt(self, place: int) -> DebtModel:
        offer, program = self._offers[place], self._program
        moved = [(part, 1.0) for (_, to), parts in self._moved.items() if to == place for part in parts]
        percent, least = float(offer.fee_percent) / 100, offer.minimum_fee / UNIT
        most = min(offer.cap, sum(debt.balance for debt in self._household.debts)) / UNIT
        fee, opening = program.variable(), program.variable()
        taken = program.variable(upper=1, whole=True)
        program.row([*moved, (taken, -most)], upper=0)
        program.row([(fee, 1), *((part, -percent) for part, _ in moved)], lower=0)
        program.row([(fee, 1), (taken, -least)], lower=0)
        program.row([(opening, 1), (fee, -1), *((part, -1) for part, _ in moved)], lower=0, upper=0)
        program.charge([(fee, 1)])
        owed = most * (1 + percent) + least
        return self._modelled(len(self._household.debts) + place, [opening], owed)

    def _modelled(self, index: int, openings: Sequence[int], most: float) -> DebtModel:
        household, known = self._household, len(self._household.debts)
        debt = household.debts[index] if index < known else self._offers[index - known].debt(0)
        return DebtModel(
            self._program,
            debt,
            openings,
            most,
            sure_until=self._sure_until[index] if index < known else -1,
            budget=household.budget,
            start=household.start,
            months=self._months,
        )

    def _add_budget(self, month: int, committed: float) -> None:
        budget = self._household.budget
        kind, available = budget.kind(month), budget.amount(month) / UNIT
        if kind == MonthKind.REGULAR:
            paid = [term for debt in self._debts for term in debt.paid(month)]
            self._program.row(paid, upper=available)
            if not budget.rolls_over:
                self._limit_extra(month, max(0.0, available - committed))
        elif kind == MonthKind.MINIMUMS_ONLY:
            self._limit_extra(month, 0.0)

    def _limit_extra(self, month: int, most: float) -> None:
        """At most so much above the minimums."""
        self._program.row(((debt.add_extra(month), 1.0) for debt in self._debts), upper=most)

    def _cleared(self, index: int, values: Sequence[float]) -> int:
        """The last month after which the debt still stands."""
        months = enumerate(self._debts[index].balances)
        return max((month for month, parts in months if _sum(parts, values) >= NOTHING), default=0)

    def _extra(self, month: int, order: Sequence[int], values: Sequence[float]) -> dict[int, int]:
        """What the month pays above the minimums; what rounding takes, it takes from the last in the order.

        A debt that should be gone by now comes first, whatever is left of it.
        """
        gone: dict[int, int] = {}
        other: dict[int, int] = {}
        for index in order:
            debt = self._debts[index]
            paid, left = _value(debt.paid(month), values), _sum(debt.balances[month], values)
            above = paid - min(paid + left, _minimum(debt.asked(month), values))
            if left < NOTHING:
                gone[index] = int(UNIT * above) + STUMP
            elif above > NOTHING:
                other[index] = int(UNIT * above) + CRUMB
        return gone | other


def _set_aside(household: Household) -> float:
    """What a budget whose freed minimums leave it keeps for them: the minimums of the first regular month.

    Every plan comes to that month alike.
    """
    months = range(1, household.horizon + 1)
    first = next((month for month in months if household.budget.kind(month) == MonthKind.REGULAR), 0)
    schedule = replace(household.finer(), horizon=first).run(MINIMUMS_ONLY)
    asked = schedule.payments[first - 1] if 0 < first <= schedule.length else 0
    return asked / (FINE * UNIT)


def _sum(variables: Sequence[int], values: Sequence[float]) -> float:
    return sum(values[each] for each in variables)


def _minimum(asked: Sequence[Asked], values: Sequence[float]) -> float:
    return max((_value(each.terms, values) + each.floor for each in asked), default=0.0)


def _value(terms: Sequence[Term], values: Sequence[float]) -> float:
    return sum(values[variable] * factor for variable, factor in terms)
