"""What is asked of and answered by action plans, projections and the allocation."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from core.serializers import (
    AmountField,
    ChoiceField,
    ContractSerializer,
    DayField,
    ListField,
    OwnedRelatedField,
    ShownDecimalField,
)
from goals.domain.action_plan import Feasibility
from goals.domain.allocation import WaitReason
from goals.domain.levers import StepKind
from goals.domain.probability import NoChances
from transactions.models import RecurringSeries

MAX_NAMED, MAX_ONE_OFFS = 50, 20
FEASIBILITIES = [(each.value, each.value.replace("_", " ")) for each in Feasibility]
STEP_KINDS = [(each.value, each.value.replace("_", " ")) for each in StepKind]
WAIT_REASONS = [(each.value, each.value.replace("_", " ")) for each in WaitReason]
NO_CHANCES = [(each, each.replace("_", " ")) for each in (*NoChances, "not_active", "no_rate")]


class OneOffSerializer(ContractSerializer):
    name = serializers.CharField(max_length=100)
    amount = AmountField(min_value=Decimal("0.0001"), help_text="In the goal's currency.")


class ActionPlanRequestSerializer(ContractSerializer):
    """What a ledger does not show; what is left out is taken from the version before."""

    unused_subscriptions = OwnedRelatedField(
        queryset=RecurringSeries.objects.all(),
        many=True,
        required=False,
        help_text="Series of `/recurring` that you do without.",
    )
    one_offs = OneOffSerializer(many=True, required=False, max_length=MAX_ONE_OFFS)  # type: ignore[call-arg]

    def validate_unused_subscriptions(self, series: list[RecurringSeries]) -> list[RecurringSeries]:
        if len(series) > MAX_NAMED:
            raise serializers.ValidationError(f"Name at most {MAX_NAMED}.", code="max_length")
        return series

    def validate(self, attrs: Any) -> Any:
        for place, each in enumerate(attrs.get("one_offs", ())):
            self.require_exact(
                each["amount"], self.context["goal"].currency, field=f"one_offs.{place}.amount"
            )
        return attrs


class InstalmentSerializer(serializers.Serializer[Any]):
    on = DayField()
    amount = ShownDecimalField()


class SurplusSerializer(serializers.Serializer[Any]):
    median = ShownDecimalField()
    low = ShownDecimalField(help_text="The 10th percentile.")
    months = serializers.IntegerField(help_text="Whole months of the ledger.")


class PlannedMilestoneSerializer(serializers.Serializer[Any]):
    percent = serializers.IntegerField()
    on = DayField()
    amount = ShownDecimalField()


class StepSerializer(serializers.Serializer[Any]):
    kind = ChoiceField(choices=STEP_KINDS)
    names = ListField(child=serializers.CharField())
    sentence = serializers.CharField()
    spent = ShownDecimalField()
    monthly_saving = ShownDecimalField()
    once = ShownDecimalField()
    is_essential = serializers.BooleanField()
    days_earlier = serializers.IntegerField(allow_null=True)
    weeks_earlier = serializers.IntegerField(allow_null=True)
    reached_in_days = serializers.IntegerField(allow_null=True)


class ChangesSerializer(serializers.Serializer[Any]):
    later_on = DayField(allow_null=True)
    smaller_target = serializers.CharField(allow_null=True)
    more_per_month = serializers.CharField()
    sentence = serializers.CharField()


class ActionPlanAnswerSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    feasibility = ChoiceField(choices=FEASIBILITIES)
    needed_per_month = ShownDecimalField()
    needed_per_pay_day = ShownDecimalField()
    surplus = SurplusSerializer()
    gap = ShownDecimalField(help_text="What a month of the median surplus lacks.")
    bad_month_gap = ShownDecimalField()
    per_month = InstalmentSerializer(many=True, help_text="The next twelve.")
    per_pay_day = InstalmentSerializer(many=True, help_text="The next twelve.")
    milestones = PlannedMilestoneSerializer(many=True)
    steps = StepSerializer(many=True)
    changes = ChangesSerializer(allow_null=True)


class SaidOneOffSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    amount = ShownDecimalField()


class SaidOfPlanSerializer(serializers.Serializer[Any]):
    """What the ledger does not show, as it was said."""

    unused_subscriptions = serializers.ListField(child=serializers.UUIDField(), required=False)
    one_offs = SaidOneOffSerializer(many=True, required=False)


class ActionPlanSerializer(serializers.Serializer[Any]):
    """``request`` is what you said beside the ledger."""

    id = serializers.UUIDField()
    goal = serializers.UUIDField(source="goal_id")
    version = serializers.IntegerField()
    made_on = DayField()
    request = SaidOfPlanSerializer()
    plan = ActionPlanAnswerSerializer(source="answer")


class ChanceSerializer(serializers.Serializer[Any]):
    """``low`` and ``high`` are the 95% interval of so many runs; p10, p50 and p90 are days."""

    probability = ShownDecimalField()
    low = ShownDecimalField()
    high = ShownDecimalField()
    p10 = DayField(allow_null=True)
    p50 = DayField(allow_null=True)
    p90 = DayField(allow_null=True)


class SimulatedSerializer(serializers.Serializer[Any]):
    runs = serializers.IntegerField()
    seed = serializers.IntegerField()
    no_chances = ChoiceField(choices=NO_CHANCES, allow_null=True, help_text="Why no chance is told.")


class ProjectionSerializer(SimulatedSerializer):
    goal = serializers.UUIDField()
    date = DayField()
    currency = serializers.CharField()
    saved = serializers.CharField()
    remaining = serializers.CharField()
    target_on = DayField()
    pace_per_month = serializers.CharField()
    reached_on = DayField(allow_null=True)
    in_time = serializers.BooleanField()
    chance = ChanceSerializer(allow_null=True)


class AllocationQuerySerializer(ContractSerializer):
    monthly_surplus = AmountField(
        required=False, min_value=0, help_text="In your base currency, instead of the ledger's median."
    )

    def validate(self, attrs: Any) -> Any:
        self.require_exact(
            attrs.get("monthly_surplus"), self.context["view"].person.base_currency, field="monthly_surplus"
        )
        return attrs


class WaitSerializer(serializers.Serializer[Any]):
    goal = serializers.UUIDField()
    name = serializers.CharField()
    reason = ChoiceField(choices=WAIT_REASONS)
    first_month = DayField()
    last_month = DayField()
    amount = ShownDecimalField()
    sentence = serializers.CharField()


class ShareSerializer(serializers.Serializer[Any]):
    goal = serializers.UUIDField()
    name = serializers.CharField()
    priority = serializers.IntegerField()
    target_on = DayField()
    amounts = ListField(child=serializers.CharField())
    completed_on = DayField(allow_null=True)
    shortfall = ShownDecimalField(help_text="Missing on its date.")
    missing = ShownDecimalField(help_text="Missing after the last month.")
    chance = ChanceSerializer(allow_null=True)
    waits = WaitSerializer(many=True)


class SurplusAllocationSerializer(SimulatedSerializer):
    currency = serializers.CharField()
    monthly_surplus = ShownDecimalField()
    history_months = serializers.IntegerField()
    months = ListField(child=DayField(), help_text="The last day of each.")
    goals = ShareSerializer(many=True)
    unallocated = ListField(child=ShownDecimalField())
    left_out = ListField(child=serializers.CharField(), help_text="Goals in a currency without a rate.")
