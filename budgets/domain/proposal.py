"""A first budget: income shared out to needs, wants and savings, and from these to categories.

Source of the default split: E. Warren, A. Warren Tyagi, “All Your Worth” (2005): 50/30/20. Amounts are minor units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.money import share_out

NEEDS, WANTS, SAVINGS = "needs", "wants", "savings"
WHOLE = 100
MONTHS = 3

# Shares of a newcomer's group, out of 100. Source: rounded from Eurostat, structure of consumption expenditure by
# COICOP division (HBS 2020, EU-27), within what is a need and what is a want here.
SHIPPED_SHARES: Mapping[str, Mapping[str, int]] = {
    NEEDS: {
        "housing": 38, "utilities": 13, "groceries": 27, "transport": 12, "health": 4, "insurance": 6,
    },
    WANTS: {
        "eating-out": 27, "shopping": 25, "home": 14, "entertainment": 10, "subscriptions": 8, "travel": 8,
        "personal-care": 8,
    },
    SAVINGS: {"savings": 100},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split:
    """Per cent of the income for each group; together 100 at most, the rest is not allotted."""

    needs: int = 50
    wants: int = 30
    savings: int = 20

    def __post_init__(self) -> None:
        if min(self.parts) < 0 or sum(self.parts) > WHOLE:
            raise ValueError(self.parts)

    @property
    def parts(self) -> tuple[int, int, int]:
        return self.needs, self.wants, self.savings


@dataclass(frozen=True, slots=True)
class Habit:
    """A category and what was spent in it in each of the last months, the latest first."""

    category: str
    code: str
    group: str
    spent: Sequence[int] = ()


def group_totals(income: int, split: Split) -> dict[str, int]:
    """What each group gets of an income; what the split leaves over stays unallocated."""
    parts = share_out(income, [*split.parts, WHOLE - sum(split.parts)])
    return dict(zip((NEEDS, WANTS, SAVINGS), parts, strict=False))


def propose(income: int, split: Split, habits: Sequence[Habit]) -> dict[str, int]:
    """An amount for each category that gets one; the categories of a group add up to the group exactly.

    Within a group the shares are what the person spent in the last three months; a group without any spending
    takes the shipped shares of the categories that the person has, and one without those shares evenly.
    """
    amounts: dict[str, int] = {}
    for group, total in group_totals(income, split).items():
        members = [habit for habit in habits if habit.group == group]
        if members and total:
            weights = _weights(group, members)
            shares = share_out(total, weights)
            amounts |= {each.category: share for each, share in zip(members, shares, strict=True) if share}
    return amounts


def _weights(group: str, members: Sequence[Habit]) -> list[int]:
    own = [max(sum(each.spent[:MONTHS]), 0) for each in members]
    if any(own):
        return own
    shipped = [SHIPPED_SHARES[group].get(each.code, 0) for each in members]
    return shipped if any(shipped) else [1] * len(members)
