"""Contributions, rules and check-ins as the API shows and takes them."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from rest_framework import serializers

from core.domain.money import plain
from core.errors import field_error
from core.serializers import AmountField, ContractModelSerializer, DayField, OwnedRelatedField
from goals.models import CheckIn, Contribution, ContributionRule
from transactions.models import Transaction


class ContributionFields(TypedDict, total=False):
    amount: Decimal
    on: date
    transaction: Transaction | None
    notes: str


class ContributionSerializer(ContractModelSerializer):
    amount = AmountField(
        required=False, help_text="The transaction's, if left out; negative takes money out again."
    )
    on = DayField(required=False, help_text="The transaction's day or today, if left out.")
    transaction = OwnedRelatedField(
        queryset=Transaction.objects.select_related("account"), required=False, allow_null=True
    )

    class Meta:
        model = Contribution
        fields = ("id", "goal", "amount", "on", "source", "transaction", "notes", "created_at", "updated_at")
        read_only_fields = ("id", "goal", "source", "created_at", "updated_at")

    def validate(self, attrs: ContributionFields) -> ContributionFields:
        self.require_exact(attrs.get("amount"), self.context["goal"].currency, field="amount")
        on = attrs.get("on")
        if on and on > self.context["view"].today():
            raise field_error("on", "This day has not come yet.", "in_the_future")
        return attrs

    def to_representation(self, instance: Contribution) -> dict[str, object]:
        amount = plain(instance.amount, instance.goal.currency)
        return {**super().to_representation(instance), "amount": amount}


class ContributionRuleSerializer(ContractModelSerializer):
    percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False, allow_null=True
    )
    first_on = DayField(required=False, help_text="What came before does not count; today if left out.")

    class Meta:
        model = ContributionRule
        fields = (
            "id",
            "goal",
            "kind",
            "percent",
            "step",
            "is_active",
            "first_on",
            "created_at",
            "updated_at",
        )
        read_only_fields = ("id", "goal", "created_at", "updated_at")

    def validate_kind(self, kind: str) -> str:
        if self.instance is not None and kind != self.instance.kind:
            raise serializers.ValidationError("Make a new rule of this kind.", code="fixed")
        return kind


class CheckInSerializer(ContractModelSerializer):
    class Meta:
        model = CheckIn
        fields = ("id", "on", "saved", "reflection", "created_at")
        read_only_fields = ("id", "on", "saved", "created_at")

    def to_representation(self, instance: CheckIn) -> dict[str, object]:
        saved = plain(instance.saved, instance.goal.currency)
        return {**super().to_representation(instance), "saved": saved}
