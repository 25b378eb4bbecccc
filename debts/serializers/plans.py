"""Plans that are kept, and calculations that take their time."""

from typing import Any

from rest_framework import serializers

from core.errors import field_error
from core.serializers import ContractModelSerializer, ContractSerializer, DayField, ShownDecimalField
from debts.models import Calculation, PaymentPlan
from debts.serializers.planning import PlanRequestSerializer


class OwnPlanRequestSerializer(PlanRequestSerializer):
    """As for ``/debts/plan``, about your saved debts."""

    def validate(self, attrs: Any) -> Any:
        if "debts" in attrs:
            raise field_error("debts", "A plan that is kept is about your saved debts.", "not_saved")
        return super().validate(attrs)


class PaymentPlanCreateSerializer(ContractSerializer):
    name = serializers.CharField(max_length=100)
    plan = OwnPlanRequestSerializer()
    activate = serializers.BooleanField(required=False, default=False)


class PaymentPlanSerializer(ContractModelSerializer):
    months = serializers.IntegerField(source="baseline.months", read_only=True)
    total_interest = ShownDecimalField(source="baseline.total_interest", read_only=True)
    total_paid = ShownDecimalField(source="baseline.total_paid", read_only=True)
    debt_free_on = DayField(source="baseline.debt_free_on", read_only=True)
    plan = serializers.DictField(source="request", read_only=True, help_text="What was asked.")

    class Meta:
        model = PaymentPlan
        fields = (
            "id", "name", "status", "strategy", "currency", "start_date", "months", "total_interest", "total_paid",
            "debt_free_on", "plan", "activated_at", "archived_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = tuple(name for name in fields if name != "name")


class CalculationSerializer(ContractModelSerializer):
    percent = serializers.IntegerField(read_only=True)
    result = serializers.DictField(
        read_only=True, allow_null=True, help_text="The answer, once the status is succeeded."
    )

    class Meta:
        model = Calculation
        fields = (
            "id", "kind", "status", "percent", "error", "result", "created_at", "started_at", "finished_at",
        )  # fmt: skip
        read_only_fields = fields
