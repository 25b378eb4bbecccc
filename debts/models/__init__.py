"""Tables of debts, their payments, and the plans to end them."""

from debts.models.debts import BalanceSegment, Debt, RateChange
from debts.models.payments import DebtPayment, InstalmentPurchase
from debts.models.plans import Calculation, PaymentPlan

__all__ = [
    "BalanceSegment",
    "Calculation",
    "Debt",
    "DebtPayment",
    "InstalmentPurchase",
    "PaymentPlan",
    "RateChange",
]
