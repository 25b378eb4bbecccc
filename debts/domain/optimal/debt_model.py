"""One debt in the model: payments, balances, and whether it is still owed, month by month.

Each balance of a card stands on its own with a joint minimum. Where a card's law or issuer would spread the
payment otherwise, the model is freer than the person: its bound holds, its plan may not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from debts.domain.budget import Budget, MonthKind
from debts.domain.optimal.figures import UNIT, always_asks, annuities, ceilings, fee, late_fee, rate, share
from debts.domain.optimal.program import ProgramBuilder, Term
from debts.domain.terms import BalanceBasis, Debt, MinimumRule, Segment


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the amounts whose maximum is the minimum payment: terms plus a floor.

    ``excess`` is the most that the terms can exceed what is paid in the month that clears the debt.
    """

    terms: Sequence[Term]
    floor: float = 0.0
    excess: float = 0.0


class DebtModel:
    """``openings`` are variables for the balances at month 0, together at most ``most``.

    ``sure_until`` is the last month after which something is surely owed, -1 for none.
    """

    def __init__(
        self,
        program: ProgramBuilder,
        debt: Debt,
        openings: Sequence[int],
        most: float,
        *,
        sure_until: int,
        budget: Budget,
        start: date,
        months: int,
    ) -> None:
        self.debt, self._program, self._budget, self._start = debt, program, budget, start
        self._sure_until = sure_until
        self._annuities = annuities(debt, months)
        self._may_be_set_anew = _may_be_set_anew(debt, self._annuities, sure_until)
        self.ceilings, self._due_in_all = ceilings(debt, most, budget, months, start)
        self.balances: list[list[int]] = [list(openings)]
        self.payments: list[list[int]] = [[]]
        self.owed = [self._is_owed(0)]
        self.costs: list[list[Term]] = [[]]
        program.row([*_sum(openings), (self.owed[0], -self.ceilings[0])], upper=0)
        for month in range(1, months + 1):
            self._add_month(month)

    def paid(self, month: int) -> list[Term]:
        return _sum(self.payments[month])

    def asked(self, month: int) -> list[Asked]:
        """The minimum is the largest of these, and never more than is owed."""
        minimum, opening = self.debt.minimum, self.balances[month - 1]
        floor = Asked((), minimum.floor / UNIT)
        if minimum.rule == MinimumRule.FIXED:
            return [Asked((), minimum.amount / UNIT)]
        if minimum.rule == MinimumRule.PERCENT:
            before = minimum.of == BalanceBasis.BEFORE_INTEREST
            base = opening if before else [*self.balances[month], *self.payments[month]]
            return [Asked(_sum(base, share(minimum))), floor]
        if minimum.rule == MinimumRule.INTEREST_PLUS_PERCENT:
            return [Asked([*self.costs[month], *_sum(opening, share(minimum))]), floor]
        if minimum.rule == MinimumRule.INTEREST_ONLY:
            return [Asked(self.costs[month])]
        if minimum.rule == MinimumRule.AMORTISING:
            set_in, part = self._annuities[month - 1]
            return [Asked(_sum(self.balances[set_in - 1], part), 0.0, part * self.ceilings[set_in - 1])]
        return []

    def add_extra(self, month: int) -> int:
        """A new variable, at least what the month pays above the minimum."""
        program, asked = self._program, self.asked(month)
        extra = program.variable()
        if self._may_be_set_anew:
            return extra
        above = [*self.paid(month), (extra, -1.0)]
        floor = sum(each.floor for each in asked)
        terms = [term for each in asked for term in _negative(each.terms)]
        if len(asked) > 1:
            # Of two amounts the larger counts: a choice, where the one that is not chosen does not bind.
            choice = program.variable(upper=1, whole=True)
            program.row([*above, *terms, (choice, floor)], upper=floor)
            terms = [(choice, -self._due_in_all[month])]
        if self.debt.charges.get(month):
            program.row([*above, *terms], upper=floor)
        else:
            program.row([*above, *terms, (self.owed[month - 1], -floor)], upper=0)
        return extra

    def _add_month(self, month: int) -> None:
        program, debt, kind = self._program, self.debt, self._budget.kind(month)
        most = 0.0 if kind == MonthKind.NOTHING else inf
        self.payments.append([program.variable(upper=most) for _ in debt.segments])
        self.balances.append([program.variable() for _ in debt.segments])
        self.owed.append(self._is_owed(month))
        late = late_fee(debt, kind) if always_asks(debt.minimum) else 0.0
        self._add_balances(month, fee(debt, month) + late)
        program.row([*_sum(self.balances[month]), (self.owed[month], -self.ceilings[month])], upper=0)
        if not debt.charges.get(month):
            program.row([(self.owed[month], 1), (self.owed[month - 1], -1)], upper=0)
        if kind != MonthKind.NOTHING:
            self._add_minimum(month)
        program.charge(self.costs[month])

    def _is_owed(self, month: int) -> int:
        """A new variable, 1 where something is owed after this month."""
        least = 1 if month <= self._sure_until else 0
        return self._program.variable(lower=least, upper=1 if self.ceilings[month] else 0, whole=True)

    def _add_balances(self, month: int, fees: float) -> None:
        costs: list[Term] = []
        for index, segment in enumerate(self.debt.segments):
            before = self.balances[month - 1][index]
            added = [
                (before, rate(self.debt, segment, month, self._start)),
                *self._deferred(index, segment, month),
            ]
            charged = 0.0
            if index == 0:
                added.append((self.owed[month - 1], fees))
                charged = self.debt.charges.get(month, 0) / UNIT
            costs += added
            after = [(self.balances[month][index], 1.0), (self.payments[month][index], 1.0), (before, -1.0)]
            self._program.row([*after, *_negative(added)], lower=charged, upper=charged)
        self.costs.append([term for term in costs if term[1]])

    def _deferred(self, index: int, segment: Segment, month: int) -> list[Term]:
        """In the month after the period, whatever was noted, if the segment was not cleared.

        What was noted before a segment was cleared is forgotten, even where something new is charged to it.
        """
        until = segment.deferred_until
        if until is None or month != until + 1:
            return []
        rates = [rate(self.debt, segment, each, self._start, deferred=True) for each in range(1, month)]
        noted = [(self.balances[each][index], part) for each, part in enumerate(rates)]
        most = sum(self.ceilings[each] * part for each, part in enumerate(rates))
        due = self._program.variable()
        standing = [(self._stands(index, until), -most)]
        for first in [*reversed(self._renewed(index, until)), 0]:
            terms = [(due, 1.0), *_negative(noted[first:]), *standing]
            self._program.row(terms, lower=-most * len(standing))
            if first:
                standing.append((self._stands(index, first - 1), -most))
        return [(due, 1.0)]

    def _stands(self, index: int, month: int) -> int:
        """A new variable, 1 where the segment is owed after this month."""
        stands = self._program.variable(upper=1, whole=True)
        self._program.row([(self.balances[month][index], 1), (stands, -self.ceilings[month])], upper=0)
        return stands

    def _renewed(self, index: int, until: int) -> list[int]:
        """The months in which something may be added to a segment that was cleared."""
        debt, months = self.debt, range(1, until + 1)
        if index:
            return []
        if len(debt.segments) == 1:
            return [month for month in months if debt.charges.get(month)]
        return [
            month
            for month in months
            if debt.charges.get(month) or fee(debt, month) or late_fee(debt, self._budget.kind(month))
        ]

    def _add_minimum(self, month: int) -> None:
        for each in self.asked(month):
            owed = (self.owed[month], -(each.floor + each.excess))
            self._program.row([*self.paid(month), *_negative(each.terms), owed], lower=-each.excess)


def _may_be_set_anew(debt: Debt, annuities: Sequence[tuple[int, float]], sure_until: int) -> bool:
    """Whether an equal payment may be set while nothing is owed, before a charge: it is then another one later."""
    if debt.minimum.rule != MinimumRule.AMORTISING:
        return False
    last = max((month for month, charge in debt.charges.items() if charge), default=0)
    return any(set_in <= last for set_in, _ in annuities if set_in > sure_until + 1)


def _sum(variables: Sequence[int], factor: float = 1.0) -> list[Term]:
    return [(variable, factor) for variable in variables]


def _negative(terms: Sequence[Term]) -> list[Term]:
    return [(variable, -factor) for variable, factor in terms]
