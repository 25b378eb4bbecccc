"""What can be paid in every month of a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from debts.domain.interest import MONTHS_A_YEAR, share_of
from debts.domain.terms import MAX_MONTHS


class MonthKind(StrEnum):
    """``minimums_only`` and ``nothing`` are pauses: no extra payments, or no payments at all."""

    REGULAR = "regular"
    MINIMUMS_ONLY = "minimums_only"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """From this month on, this much a month."""

    month: int
    amount: int


@dataclass(frozen=True, slots=True)
class Budget:
    """The amount for each month, 1 first; the last one holds for all that follow.

    ``pauses`` names the months that are not regular. Without ``rolls_over`` the minimum of a debt that has been
    paid off leaves the budget.
    """

    months: tuple[int, ...]
    pauses: Mapping[int, MonthKind] = field(default_factory=dict)
    rolls_over: bool = True

    def amount(self, month: int) -> int:
        return self.months[month - 1] if month <= len(self.months) else self.months[-1]

    def kind(self, month: int) -> MonthKind:
        return self.pauses.get(month, MonthKind.REGULAR)

    @property
    def is_constant(self) -> bool:
        """The same amount in every month, and freed minimums stay in it."""
        return self.rolls_over and not self.pauses and min(self.months) == max(self.months)


def constant_budget(amount: int, *, rolls_over: bool = True) -> Budget:
    return Budget((amount,), rolls_over=rolls_over)


def planned_budget(
    steps: Sequence[BudgetStep],
    *,
    extras: Mapping[int, int] | None = None,
    yearly_raise: Decimal = Decimal(0),
    pauses: Mapping[int, MonthKind] | None = None,
    rolls_over: bool = True,
) -> Budget:
    """A budget from its changes.

    ``steps`` are in the order of their months, the first at month 1. ``yearly_raise`` is a percentage by which
    the amounts grow every twelve months, half-up to the minor unit. ``extras``, of either sign, belong to one
    month each; no month's budget falls below nothing.
    """
    changes = dict(extras or {})
    if len(steps) == 1 and not changes and not yearly_raise:
        return Budget((steps[0].amount,), pauses=dict(pauses or {}), rolls_over=rolls_over)
    amounts, current = [], steps[0].amount
    by_month = {step.month: step.amount for step in steps}
    for month in range(1, MAX_MONTHS + 1):
        current = by_month.get(month, current)
        raised = _raised(current, yearly_raise, (month - 1) // MONTHS_A_YEAR)
        amounts.append(max(0, raised + changes.get(month, 0)))
    return Budget(tuple(amounts), pauses=dict(pauses or {}), rolls_over=rolls_over)


def _raised(amount: int, percent: Decimal, years: int) -> int:
    return share_of(amount, 100 * (1 + percent / 100) ** years) if percent and years else amount
