"""How debts and plans can be narrowed down."""

import django_filters

from debts.models import Debt, DebtPayment, PaymentPlan


class DebtFilter(django_filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = Debt
        fields = ("kind", "status", "currency", "account")


class DebtPaymentFilter(django_filters.FilterSet):  # type: ignore[misc]
    date_from = django_filters.DateFilter("paid_on", "gte", help_text="First day, YYYY-MM-DD.")
    date_to = django_filters.DateFilter("paid_on", "lte", help_text="Last day, itself included.")

    class Meta:
        model = DebtPayment
        fields = ("debt",)


class PaymentPlanFilter(django_filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = PaymentPlan
        fields = ("status", "strategy", "currency")
