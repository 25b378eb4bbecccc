"""Payments on debts, and purchases paid in parts, as the API shows and takes them."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.domain.money import minor_as_text, plain
from core.errors import field_error
from core.serializers import (
    AmountField,
    ContractModelSerializer,
    CurrencyField,
    DayField,
    OwnedRelatedField,
    answer_serializer,
    drawn,
)
from core.serializers.answers import DrawnDecimalField
from debts.domain.history import Split
from debts.models import DebtPayment, InstalmentPurchase
from debts.selectors.instalments import PurchaseInstalment, state_of
from debts.selectors.payments import splits_of_debt
from debts.serializers.records import OwedField
from debts.services.payments import PaymentFields, PurchaseFields
from transactions.models import Transaction

PART = DrawnDecimalField(allow_null=True)


class DebtPaymentSerializer(ContractModelSerializer):
    """``interest`` is what the lender said of it, if you gave it; the parts are what the payment comes to."""

    amount = OwedField(required=False, help_text="The transaction's, if left out.")
    paid_on = DayField(required=False, help_text="The transaction's day, if left out.")
    interest = OwedField(required=False, allow_null=True, help_text="Worked out, if left out.")
    transaction = OwnedRelatedField(
        queryset=Transaction.objects.select_related("account"), required=False, allow_null=True
    )
    interest_part = serializers.SerializerMethodField()
    principal_part = serializers.SerializerMethodField()
    balance_after = serializers.SerializerMethodField()

    class Meta:
        model = DebtPayment
        fields = (
            "id", "debt", "paid_on", "amount", "interest", "interest_part", "principal_part", "balance_after",
            "transaction", "notes", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "debt", "created_at", "updated_at")

    def validate(self, attrs: PaymentFields) -> PaymentFields:
        currency = (self.instance.debt if self.instance else self.context["debt"]).currency
        self.require_exact(attrs.get("amount"), currency, field="amount")
        self.require_exact(attrs.get("interest"), currency, field="interest")
        paid_on = attrs.get("paid_on")
        if paid_on is not None and paid_on > self.context["view"].today():
            raise field_error("paid_on", "This day has not come yet.", "in_the_future")
        return attrs

    @extend_schema_field(PART)
    def get_interest_part(self, payment: DebtPayment) -> str | None:
        split = self._split(payment)
        return None if split is None else minor_as_text(split.interest, payment.debt.currency)

    @extend_schema_field(PART)
    def get_principal_part(self, payment: DebtPayment) -> str | None:
        split = self._split(payment)
        return None if split is None else minor_as_text(split.principal, payment.debt.currency)

    @extend_schema_field(PART)
    def get_balance_after(self, payment: DebtPayment) -> str | None:
        split = self._split(payment)
        return None if split is None else minor_as_text(split.balance, payment.debt.currency)

    def _split(self, payment: DebtPayment) -> Split | None:
        # One replay serves all payments of a debt, however many of them a page shows.
        replayed = self._replayed
        if payment.debt_id not in replayed:
            replayed[payment.debt_id] = splits_of_debt(payment.debt_id, until=self.context["view"].today())
        return replayed[payment.debt_id].get(payment.pk)

    @cached_property
    def _replayed(self) -> dict[UUID, Mapping[UUID, Split]]:
        return {}

    def to_representation(self, instance: DebtPayment) -> dict[str, object]:
        shown: dict[str, object] = super().to_representation(instance)
        amounts = {"amount": instance.amount, "interest": instance.interest}
        return shown | {
            name: None if amount is None else plain(amount, instance.debt.currency)
            for name, amount in amounts.items()
        }


class InstalmentPurchaseSerializer(ContractModelSerializer):
    currency = CurrencyField()
    amount = AmountField(min_value=0, help_text="What the parts add up to.")
    count = serializers.IntegerField(min_value=1, max_value=120)
    paid_count = serializers.IntegerField(min_value=0, max_value=120, required=False)
    paid = serializers.SerializerMethodField()
    remaining = serializers.SerializerMethodField()
    next_due_on = serializers.SerializerMethodField()
    instalments = serializers.SerializerMethodField()

    amounts = {"amount": "currency"}

    class Meta:
        model = InstalmentPurchase
        fields = (
            "id", "name", "lender", "currency", "amount", "count", "paid_count", "paid", "remaining", "first_due_on",
            "next_due_on", "frequency", "instalments", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "updated_at")

    def validate(self, attrs: PurchaseFields) -> PurchaseFields:
        purchase: InstalmentPurchase | None = self.instance
        if purchase is not None and "currency" in attrs and "amount" not in attrs:
            self.require_exact(purchase.amount, attrs["currency"], field="currency")
        checked: PurchaseFields = super().validate(attrs)
        return checked

    @extend_schema_field(DrawnDecimalField())
    def get_paid(self, purchase: InstalmentPurchase) -> str:
        return f"{state_of(purchase).paid:f}"

    @extend_schema_field(DrawnDecimalField())
    def get_remaining(self, purchase: InstalmentPurchase) -> str:
        return f"{state_of(purchase).remaining:f}"

    def get_next_due_on(self, purchase: InstalmentPurchase) -> date | None:
        return state_of(purchase).next_due_on

    @extend_schema_field(answer_serializer(PurchaseInstalment)(many=True))
    def get_instalments(self, purchase: InstalmentPurchase) -> object:
        return drawn(state_of(purchase).instalments)
