"""Debts, payments and instalments as the API shows and takes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.domain.money import minor_as_text, plain, to_minor
from core.errors import field_error
from core.serializers import (
    AmountField,
    ContractModelSerializer,
    CurrencyField,
    DayField,
    ListField,
    ManySerializer,
    OwnedRelatedField,
    ShownDecimalField,
)
from debts.domain.instalments import Frequency, instalments
from debts.domain.interest import month_on
from debts.models import Debt, DebtPayment, InstalmentPurchase
from debts.selectors.balances import history_of, minimum_given, part_given
from debts.selectors.checks import map_amounts, require_exact_amounts
from debts.selectors.payments import splits_of_debt
from debts.serializers.terms import (
    MAX_SEGMENTS,
    MinimumSerializer,
    OwedField,
    SegmentSerializer,
    TermsFields,
)
from transactions.models import Account, Transaction


class MinimumOfDebt(MinimumSerializer):
    def get_attribute(self, instance: Any) -> Any:
        return minimum_given(instance)


class SegmentsOfDebt(ManySerializer):
    def get_attribute(self, instance: Any) -> Any:
        return [part_given(part, part.amount) for part in instance.parts]


class SegmentOfDebt(SegmentSerializer):
    class Meta:
        list_serializer_class = SegmentsOfDebt


class DebtSerializer(TermsFields, ContractModelSerializer):
    currency = CurrencyField()
    account = OwnedRelatedField(queryset=Account.objects.all(), required=False, allow_null=True)
    balance_on = DayField(
        required=False, help_text="The day on which the segments' amounts were owed; today if left out."
    )
    minimum_payment = MinimumOfDebt(required=False)
    segments = SegmentOfDebt(many=True, allow_empty=False, max_length=MAX_SEGMENTS)  # type: ignore[call-arg]
    balance = serializers.SerializerMethodField(help_text="Owed today, with the payments and interest since.")

    amounts = {"balance": "currency"}

    class Meta:
        model = Debt
        fields = (
            "id", "name", "kind", "lender", "currency", "account", "status", "opened_on", "balance_on", "due_day",
            "credit_limit", "accrual", "minimum_payment", "minimum_goes_to", "monthly_fee", "annual_fee",
            "annual_fee_month", "late_fee", "segments", "balance", "notes", "position", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "updated_at")

    @extend_schema_field(ShownDecimalField())
    def get_balance(self, debt: Any) -> str:
        return minor_as_text(history_of(debt, until=self.context["view"].today()).balance, debt.currency)

    def validate(self, attrs: Any) -> Any:
        attrs = super().validate(attrs)
        if self.instance is None:
            attrs.setdefault("balance_on", self.context["view"].today())
        since = attrs.get("balance_on") or self.instance.balance_on  # type: ignore[union-attr]
        if since > self.context["view"].today():
            raise field_error("balance_on", "This day has not come yet.", "in_the_future")
        require_exact_amounts(attrs, attrs.get("currency") or self.instance.currency)  # type: ignore[union-attr]
        attrs_segments = attrs.get("segments")
        if attrs_segments is not None:
            attrs["segments"] = [_dated(segment, since) for segment in attrs_segments]
        return attrs

    def to_representation(self, instance: Any) -> Any:
        shown = super().to_representation(instance)
        return map_amounts(shown, lambda amount: plain(Decimal(amount), instance.currency))


def _dated(segment: Mapping[str, Any], since: date) -> Mapping[str, Any]:
    """A promotion of so many months as one that ends on a day."""
    promo = segment.get("promo")
    if not promo or "months" not in promo:
        return segment
    dated = {name: value for name, value in promo.items() if name != "months"}
    return {**segment, "promo": {**dated, "until": month_on(since, promo["months"])}}


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

    def validate(self, attrs: Any) -> Any:
        currency = (self.instance.debt if self.instance else self.context["debt"]).currency
        for name in ("amount", "interest"):
            self.require_exact(attrs.get(name), currency, field=name)
        if attrs.get("paid_on") and attrs["paid_on"] > self.context["view"].today():
            raise field_error("paid_on", "This day has not come yet.", "in_the_future")
        return attrs

    @extend_schema_field(ShownDecimalField(allow_null=True))
    def get_interest_part(self, payment: Any) -> str | None:
        return self._part(payment, "interest")

    @extend_schema_field(ShownDecimalField(allow_null=True))
    def get_principal_part(self, payment: Any) -> str | None:
        return self._part(payment, "principal")

    @extend_schema_field(ShownDecimalField(allow_null=True))
    def get_balance_after(self, payment: Any) -> str | None:
        return self._part(payment, "balance")

    def _part(self, payment: Any, name: str) -> str | None:
        # One replay serves all payments of a debt, however many of them a page shows.
        context: Any = self.context
        replayed = context.setdefault("splits", {})
        if payment.debt_id not in replayed:
            replayed[payment.debt_id] = splits_of_debt(payment.debt_id, until=self.context["view"].today())
        split = replayed[payment.debt_id].get(payment.pk)
        return None if split is None else minor_as_text(getattr(split, name), payment.debt.currency)

    def to_representation(self, instance: Any) -> Any:
        shown = super().to_representation(instance)
        for name in ("amount", "interest"):
            if shown[name] is not None:
                shown[name] = plain(Decimal(shown[name]), instance.debt.currency)
        return shown


class SuggestedPaymentSerializer(serializers.Serializer[Any]):
    transaction = serializers.UUIDField(help_text="Send it to `/debts/{id}/payments` to record the payment.")
    date = DayField()
    amount = ShownDecimalField()
    description = serializers.CharField()
    account = serializers.CharField(help_text="The account's name.")
    score = serializers.IntegerField(help_text="From 1 to 100.")
    reasons = ListField(child=serializers.CharField())


class PurchaseInstalmentSerializer(serializers.Serializer[Any]):
    on = DayField()
    amount = ShownDecimalField()
    is_paid = serializers.BooleanField()


class InstalmentPurchaseSerializer(ContractModelSerializer):
    currency = CurrencyField()
    total = AmountField(min_value=0)
    count = serializers.IntegerField(min_value=1, max_value=120)
    paid_count = serializers.IntegerField(min_value=0, max_value=120, required=False)
    paid = serializers.SerializerMethodField()
    remaining = serializers.SerializerMethodField()
    next_due_on = serializers.SerializerMethodField()
    instalments = serializers.SerializerMethodField()

    amounts = {"total": "currency"}

    class Meta:
        model = InstalmentPurchase
        fields = (
            "id", "name", "lender", "currency", "total", "count", "paid_count", "paid", "remaining", "first_due_on",
            "next_due_on", "frequency", "instalments", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "updated_at")

    @extend_schema_field(ShownDecimalField())
    def get_paid(self, purchase: Any) -> str:
        paid = sum(part.amount for part in _parts(purchase) if part.is_paid)
        return minor_as_text(paid, purchase.currency)

    @extend_schema_field(ShownDecimalField())
    def get_remaining(self, purchase: Any) -> str:
        left = sum(part.amount for part in _parts(purchase) if not part.is_paid)
        return minor_as_text(left, purchase.currency)

    def get_next_due_on(self, purchase: Any) -> date | None:
        return next((part.on for part in _parts(purchase) if not part.is_paid), None)

    @extend_schema_field(PurchaseInstalmentSerializer(many=True))
    def get_instalments(self, purchase: Any) -> list[dict[str, Any]]:
        return [
            {
                "on": part.on.isoformat(),
                "amount": minor_as_text(part.amount, purchase.currency),
                "is_paid": part.is_paid,
            }
            for part in _parts(purchase)
        ]


def _parts(purchase: Any) -> Any:
    return instalments(
        total=to_minor(purchase.total, purchase.currency),
        count=purchase.count,
        paid=purchase.paid_count,
        first_on=purchase.first_due_on,
        frequency=Frequency(purchase.frequency),
    )
