"""The finances of one person on a day, in one currency. Amounts are minor units.

Sources: E. T. Garman and R. E. Forgue, Personal Finance, on financial statements and ratios, for net worth and
the basic liquidity ratio (months of runway); Consumer Financial Protection Bureau, "What is a debt-to-income
ratio?", with the income received in place of the gross one, which a ledger does not show; Bureau of Economic
Analysis, NIPA table 2.1, for the saving rate: what is not spent as a share of the income received.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

WINDOWS = (12, 3, 1)


@dataclass(frozen=True, slots=True)
class Asset:
    """An account or possession; a negative balance is owed. ``is_liquid``: can be spent within days."""

    key: str
    balance: int
    is_liquid: bool


@dataclass(frozen=True, slots=True)
class OwedDebt:
    """What is owed, not negative, and paid on it each month."""

    key: str
    balance: int
    monthly_payment: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A full calendar month: ``essential`` is the part of ``spending`` that cannot be left out."""

    income: int
    spending: int
    essential: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Where a person stands. ``months`` is over how many full months income and spending, their totals, go.

    Percentages and months of runway have one decimal, half-even; None where there is nothing to divide by.
    """

    assets: int
    debts: int
    months: int
    income: int
    spending: int
    savings_rate: Decimal | None
    months_of_runway: Decimal | None
    debt_to_income: Decimal | None

    @property
    def net_worth(self) -> int:
        return self.assets - self.debts


def figures(*, assets: Sequence[Asset], debts: Sequence[OwedDebt], months: Sequence[MonthFigures]) -> Figures:
    """The figures over the last twelve full months, else the last three, else the last; ``months`` ends with it.

    Savings rate = (income - spending) / income, negative where more is spent. Months of runway = liquid assets /
    mean monthly essential spending; overdrafts count as debts and give no runway. Debt to income = monthly debt
    payments / mean monthly income. No account may stand in both ``assets`` and ``debts``.
    """
    window = _window(months)
    income = sum(month.income for month in window)
    spending = sum(month.spending for month in window)
    essential = sum(month.essential for month in window)
    liquid = sum(max(0, asset.balance) for asset in assets if asset.is_liquid)
    payments = sum(debt.monthly_payment for debt in debts)
    overdrawn = sum(-min(0, asset.balance) for asset in assets)
    return Figures(
        assets=sum(max(0, asset.balance) for asset in assets),
        debts=sum(debt.balance for debt in debts) + overdrawn,
        months=len(window),
        income=income,
        spending=spending,
        savings_rate=_ratio(100 * (income - spending), income),
        months_of_runway=_ratio(liquid * len(window), essential),
        debt_to_income=_ratio(100 * payments * len(window), income),
    )


def _window(months: Sequence[MonthFigures]) -> Sequence[MonthFigures]:
    size = next((size for size in WINDOWS if len(months) >= size), 0)
    return months[len(months) - size :]


def _ratio(numerator: int, denominator: int) -> Decimal | None:
    """The quotient with one decimal, half-even."""
    if denominator <= 0:
        return None
    return Decimal(round(Fraction(10 * numerator, denominator))).scaleb(-1)
