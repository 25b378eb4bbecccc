"""How debts and plans can be narrowed down."""

import django_filters

from core.filters import ContractFilterSet
from debts.models import Debt, DebtPayment, PaymentPlan


class DebtFilter(ContractFilterSet):
    class Meta:
        model = Debt
        fields = ("kind", "status", "currency", "account")


class DebtPaymentFilter(ContractFilterSet):
    date_from = django_filters.DateFilter("paid_on", "gte", help_text="First day, YYYY-MM-DD.")
    date_to = django_filters.DateFilter("paid_on", "lte", help_text="Last day, itself included.")

    class Meta:
        model = DebtPayment
        fields = ("debt",)


class PaymentPlanFilter(ContractFilterSet):
    class Meta:
        model = PaymentPlan
        fields = ("status", "strategy", "currency")
