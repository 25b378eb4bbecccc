"""What is asked of and answered by action plans, projections and the allocation."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypedDict

from rest_framework import serializers

from core.serializers import (
    AmountField,
    ContractModelSerializer,
    ContractSerializer,
    ManySerializer,
    OwnedRelatedField,
    answer_serializer,
)
from goals.models import ActionPlan
from goals.selectors.answers import ActionPlanAnswer, OneOff, PlanAssumptions
from transactions.models import RecurringSeries

MAX_NAMED, MAX_ONE_OFFS = 50, 20


class OneOffFields(TypedDict):
    name: str
    amount: Decimal


class RequestFields(TypedDict, total=False):
    unused_subscriptions: list[RecurringSeries]
    one_offs: list[OneOff]


class OneOffSerializer(ContractSerializer):
    name = serializers.CharField(max_length=100)
    amount = AmountField(min_value=Decimal("0.0001"), help_text="In the goal's currency.")

    def validate(self, attrs: OneOffFields) -> OneOff:
        return OneOff(**attrs)


class ActionPlanRequestSerializer(ContractSerializer):
    """What a ledger does not show; what is left out is taken from the version before."""

    unused_subscriptions = OwnedRelatedField(
        queryset=RecurringSeries.objects.all(),
        many=True,
        required=False,
        help_text="Series of `/recurring` that you do without.",
    )
    one_offs = ManySerializer(child=OneOffSerializer(), required=False, max_length=MAX_ONE_OFFS)

    def validate_unused_subscriptions(self, series: list[RecurringSeries]) -> list[RecurringSeries]:
        if len(series) > MAX_NAMED:
            raise serializers.ValidationError(f"Name at most {MAX_NAMED}.", code="max_length")
        return series

    def validate(self, attrs: RequestFields) -> RequestFields:
        for place, each in enumerate(attrs.get("one_offs", ())):
            self.require_exact(each.amount, self.context["goal"].currency, field=f"one_offs.{place}.amount")
        return attrs


class ActionPlanSerializer(ContractModelSerializer):
    """A goal's plan; the one with the highest version is current."""

    request = answer_serializer(PlanAssumptions)(read_only=True)
    plan = answer_serializer(ActionPlanAnswer)(source="answer", read_only=True)

    class Meta:
        model = ActionPlan
        fields = ("id", "goal", "version", "made_on", "request", "plan")
        read_only_fields = fields


class AllocationQuerySerializer(ContractSerializer):
    monthly_surplus = AmountField(
        required=False, min_value=0, help_text="In your base currency, instead of the ledger's median."
    )

    def validate(self, attrs: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
        self.require_exact(
            attrs.get("monthly_surplus"), self.context["view"].person.base_currency, field="monthly_surplus"
        )
        return attrs
