"""Plans that are kept, and calculations that take their time."""

from collections.abc import Mapping
from dataclasses import dataclass

from rest_framework import serializers

from core.errors import field_error
from core.serializers import ContractModelSerializer, DayField
from core.serializers.answers import DrawnDecimalField
from debts.domain.requests import PlanRequest
from debts.domain.strategies import Strategy
from debts.models import Calculation, PaymentPlan
from debts.serializers.planning import PlanRequestSerializer
from debts.serializers.records import RecordSerializer, WordField


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanToKeep:
    """A plan to be worked out and kept under a name."""

    name: str
    plan: PlanRequest
    activate: bool = False


class OwnPlanRequestSerializer(PlanRequestSerializer):
    """As for ``/debts/plan``, about your saved debts."""

    def validate(self, attrs: Mapping[str, object]) -> PlanRequest:
        if "debts" in attrs:
            raise field_error("debts", "A plan that is kept is about your saved debts.", "not_saved")
        return super().validate(attrs)


class PaymentPlanCreateSerializer(RecordSerializer[PlanToKeep]):
    record = PlanToKeep

    name = serializers.CharField(max_length=100)
    plan = OwnPlanRequestSerializer()
    activate = serializers.BooleanField(required=False, default=False)


class PaymentPlanSerializer(ContractModelSerializer):
    strategy = WordField(Strategy, read_only=True)
    months = serializers.IntegerField(source="baseline.months", read_only=True)
    total_interest = DrawnDecimalField(source="baseline.total_interest", read_only=True)
    total_paid = DrawnDecimalField(source="baseline.total_paid", read_only=True)
    debt_free_on = DayField(source="baseline.debt_free_on", read_only=True)
    plan = serializers.DictField(source="request", read_only=True, help_text="What was asked.")

    class Meta:
        model = PaymentPlan
        fields = (
            "id", "name", "status", "strategy", "currency", "starts_on", "months", "total_interest", "total_paid",
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
