"""How debts and plans can be narrowed down."""

from core.filters import ContractFilterSet, CurrencyFilter, DayFilter
from debts.models import Debt, DebtPayment, PaymentPlan


class DebtFilter(ContractFilterSet):
    currency = CurrencyFilter()

    class Meta:
        model = Debt
        fields = ("kind", "status", "currency", "account")


class DebtPaymentFilter(ContractFilterSet):
    date_from = DayFilter("paid_on", "gte", help_text="First day, YYYY-MM-DD.")
    date_to = DayFilter("paid_on", "lte", help_text="Last day, itself included.")

    class Meta:
        model = DebtPayment
        fields = ("debt",)


class PaymentPlanFilter(ContractFilterSet):
    currency = CurrencyFilter()

    class Meta:
        model = PaymentPlan
        fields = ("status", "strategy", "currency")
