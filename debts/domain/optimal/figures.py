"""A debt's rates and bounds as the model's floats.

The model counts in whole units of money, not in minor ones: solvers like figures that are neither tiny nor huge.
Its results are bounds and hints only; every amount that is shown is computed anew by the engine.
"""

from collections.abc import Sequence
from datetime import date
from math import inf

from debts.domain.budget import Budget, MonthKind
from debts.domain.interest import days_of_month, periodic_rate
from debts.domain.terms import Accrual, BalanceBasis, Debt, Minimum, MinimumRule, Segment

UNIT = 100
# A bound that floats may not undercut.
MARGIN = 1 + 1e-9
# Less than half a minor unit is nothing.
NOTHING = 0.5 / UNIT


def rate(debt: Debt, segment: Segment, month: int, start: date, *, deferred: bool = False) -> float:
    """The month's rate of a segment; with ``deferred``, the one at which its interest is noted."""
    days = 0 if debt.accrual == Accrual.MONTHLY else days_of_month(start, month)
    apr = segment.deferred_apr if deferred else segment.apr(month)
    numerator, denominator = periodic_rate(apr, debt.accrual, days)
    return numerator / denominator


def fee(debt: Debt, month: int) -> float:
    """What the month costs while something is owed."""
    return (debt.monthly_fee + debt.fees.get(month, 0)) / UNIT


def late_fee(debt: Debt, kind: MonthKind) -> float:
    """What a month without payments costs where something is asked for."""
    return debt.late_fee / UNIT if kind == MonthKind.NOTHING else 0.0


def always_asks(minimum: Minimum) -> bool:
    """Whether something is asked for in every month in which something is owed."""
    asked: dict[MinimumRule, object] = {
        MinimumRule.FIXED: minimum.amount,
        MinimumRule.PERCENT: minimum.percent or minimum.floor,
        MinimumRule.INTEREST_PLUS_PERCENT: minimum.percent or minimum.floor,
        MinimumRule.AMORTISING: minimum.months,
    }
    return bool(asked.get(minimum.rule))


def share(minimum: Minimum) -> float:
    """The percentage as a part; asking for more than all is asking for all."""
    return min(1.0, float(minimum.percent) / 100)


def annuities(debt: Debt, months: int) -> list[tuple[int, float]]:
    """For each month from 1: the month that set the payment of an amortising debt, and its part of the balance."""
    found: list[tuple[int, float]] = []
    known: float | None = None
    for month in range(1, months + 1):
        numerator, denominator = periodic_rate(debt.segments[0].apr(month), Accrual.MONTHLY, 0)
        current, left = numerator / denominator, max(1, debt.minimum.months - month + 1)
        if current != known:
            part = current / (1 - (1 + current) ** -left) if current else 1 / left
            found.append((month, part))
            known = current
        else:
            found.append(found[-1])
    return found


def ceilings(
    debt: Debt, opening: float, budget: Budget, months: int, start: date
) -> tuple[list[float], list[float]]:
    """The most that can be owed after each month, and before its payment; month 0 first.

    It is what only paying minimums leads to, at the dearest rate. The balance after a month never falls when the
    one before it rises, so whoever pays more owes no more.
    """
    found, due_in_all, parts = [opening * MARGIN], [opening * MARGIN], annuities(debt, months)
    equal_until = _equal_payments_until(debt, months)
    noted = [0.0] * len(debt.segments)
    for month in range(1, months + 1):
        before, kind = found[-1], budget.kind(month)
        due = _deferred_due(debt, month, start, before, noted)
        dearest = max(rate(debt, each, month, start) for each in debt.segments)
        charged = debt.charges.get(month, 0) / UNIT
        cost = before * dearest + due + (fee(debt, month) if before else 0.0)
        cost += late_fee(debt, kind) if before or charged else 0.0
        set_in, part = parts[month - 1]
        after = before + cost + charged
        due_in_all.append(after * MARGIN)
        if kind != MonthKind.NOTHING:
            annuity = part * found[set_in - 1] if month <= equal_until else 0.0
            after = _closing(debt.minimum, before, after, charged, annuity)
        found.append(max(0.0, after) * MARGIN)
    return found, due_in_all


def _equal_payments_until(debt: Debt, months: int) -> int:
    """The last month in which equal payments surely limit what is owed.

    They are a part of what was owed when they were set. Where anything but interest joins the debt, whoever owed
    less by then pays less of that later.
    """
    charged = [month for month, charge in debt.charges.items() if charge]
    if charged:
        return min(debt.minimum.months, min(charged) - 1)
    is_deferred = any(segment.deferred_until is not None for segment in debt.segments)
    costs = (debt.monthly_fee, debt.late_fee, *debt.fees.values())
    return debt.minimum.months if is_deferred or any(costs) else months


def _deferred_due(debt: Debt, month: int, start: date, balance: float, noted: list[float]) -> float:
    due = 0.0
    for index, segment in enumerate(debt.segments):
        until = segment.deferred_until
        if until is not None and month <= until:
            noted[index] += balance * rate(debt, segment, month, start, deferred=True)
        elif until is not None and month == until + 1 and balance:
            due += noted[index]
    return due


def _closing(minimum: Minimum, before: float, owed: float, charged: float, annuity: float) -> float:
    """The balance after the month's minimum."""
    if minimum.rule == MinimumRule.INTEREST_ONLY:
        return before + charged
    if minimum.rule == MinimumRule.INTEREST_PLUS_PERCENT:
        return min(before * (1 - share(minimum)) + charged, owed - minimum.floor / UNIT)
    if minimum.rule == MinimumRule.PERCENT:
        base = before if minimum.of == BalanceBasis.BEFORE_INTEREST else owed
        return owed - max(share(minimum) * base, minimum.floor / UNIT)
    fixed: dict[MinimumRule, float] = {
        MinimumRule.FIXED: minimum.amount / UNIT,
        MinimumRule.AMORTISING: annuity,
    }
    return owed - fixed.get(minimum.rule, 0.0)


def surely_owed(
    debts: Sequence[Debt], openings: Sequence[float], budget: Budget, months: int, start: date
) -> list[int]:
    """For each debt, the last month after which something is owed however it is paid; -1 for one never sure.

    It is what leads to the least: all of the budget but the others' fixed minimums, at the lowest rate.
    """
    left, last = list(openings), [0 if opening else -1 for opening in openings]
    for month in range(1, months + 1):
        grown = [
            balance * (1 + min(rate(debt, each, month, start) for each in debt.segments))
            for debt, balance in zip(debts, left, strict=True)
        ]
        most = [_most_paid(debt, budget, month) for debt in debts]
        fixed = [
            debt.minimum.amount / UNIT if debt.minimum.rule == MinimumRule.FIXED and owed > paid else 0.0
            for debt, owed, paid in zip(debts, grown, most, strict=True)
        ]
        others = sum(fixed) if budget.kind(month) == MonthKind.REGULAR else 0.0
        for index, owed in enumerate(grown):
            least = owed - most[index] + max(0.0, others - fixed[index])
            left[index] = least if least > NOTHING else 0.0
            if left[index]:
                last[index] = month
        if not any(left):
            break
    return last


def _most_paid(debt: Debt, budget: Budget, month: int) -> float:
    kind = budget.kind(month)
    if kind == MonthKind.REGULAR:
        return budget.amount(month) / UNIT
    if kind == MonthKind.NOTHING:
        return 0.0
    return debt.minimum.amount / UNIT if debt.minimum.rule == MinimumRule.FIXED else inf
