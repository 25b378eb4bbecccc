"""What a person's months have left over for goals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median

from core.domain.money import round_to_minor, to_minor
from core.errors import DomainError
from core.hooks import OwedDebt, debts_owed
from goals.domain.action_plan import Surplus
from goals.selectors.worth import units_in
from transactions.models import Category
from transactions.selectors.months import whole_months
from users.models import User

MONTHS_LOOKED_AT, FEWEST_MONTHS = 24, 3
LOW_PERCENT = 10
# What a recorded debt asks for takes the place of what was paid on it.
PAYS_DEBTS = "loan-payment"


@dataclass(frozen=True, slots=True)
class SurplusHistory:
    """One surplus a month, of either sign, in minor units of ``currency``; the oldest first."""

    currency: str
    months: tuple[int, ...]

    @property
    def expected(self) -> Surplus:
        """The median, half-even, and the 10th percentile by nearest rank."""
        ranked = sorted(self.months)
        low = -(-LOW_PERCENT * len(ranked) // 100) - 1
        return Surplus(median=round(median(map(Fraction, ranked))), low=ranked[max(0, low)])


def surplus_history(user: User, *, today: date) -> SurplusHistory:
    """Income less spending of at most 24 whole months, after the minimum payments that debts ask for now.

    Where debts are recorded, earlier loan payments of the ledger are not taken off as well. What was put into
    savings was left over.
    """
    currency = user.base_currency
    asked = _minimums(debts_owed(user, today=today).values(), currency, today)
    loans = set(Category.objects.for_user(user).filter(code=PAYS_DEBTS).values_list("pk", flat=True))
    left_out = loans if asked else set()
    surpluses = []
    for month in whole_months(user, today=today, most=MONTHS_LOOKED_AT):
        paid = sum((month.spent.get(each, Decimal(0)) for each in left_out), Decimal(0))
        left = round_to_minor(month.income - month.spending + paid, currency)
        surpluses.append(to_minor(left, currency) - asked)
    return SurplusHistory(currency, tuple(surpluses))


def required_history(user: User, *, today: date) -> SurplusHistory:
    """``surplus_history``; 422 ``NOT_ENOUGH_HISTORY`` for fewer than three whole months."""
    history = surplus_history(user, today=today)
    if len(history.months) < FEWEST_MONTHS:
        raise DomainError(
            f"The ledger has fewer than {FEWEST_MONTHS} whole months, too few to tell what a month leaves over.",
            code="NOT_ENOUGH_HISTORY",
            http_status=422,
            details={"months": len(history.months), "needed": FEWEST_MONTHS},
        )
    return history


def _minimums(debts: Iterable[OwedDebt], currency: str, today: date) -> int:
    """What debts ask for in a month; one without a rate to the currency is left out."""
    return sum(
        units_in(debt.monthly_payment, debt.currency, currency, on=today) or 0
        for debt in debts
        if debt.monthly_payment
    )
