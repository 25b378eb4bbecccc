"""What the planner answers, for the API's description."""

from typing import Any

from rest_framework import serializers

from core.schema.responses import ERROR_CODES
from core.serializers import ChoiceField, DayField, ListField, ShownDecimalField
from debts.models.plans import STRATEGIES


class PayoffSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False, help_text="Of a saved debt.")
    month = serializers.IntegerField(help_text="From 1, the month of the first payment.")
    on = DayField()


class CertificateSerializer(serializers.Serializer[Any]):
    """How far from the cheapest possible plan this one can be, at most."""

    lower_bound = ShownDecimalField(help_text="No plan costs less in interest and fees.")
    exact_cost = ShownDecimalField(help_text="This plan's cost before interest is rounded.")
    gap = ShownDecimalField(help_text="Exact cost less the bound.")
    status = ChoiceField(choices=["optimal", "bounded"])
    method = ChoiceField(choices=["exchange", "linear", "mixed_integer"])


class BalanceTransferSerializer(serializers.Serializer[Any]):
    offer = serializers.CharField()
    debt = serializers.CharField()
    amount = ShownDecimalField()
    fee = ShownDecimalField()


class FaultSerializer(serializers.Serializer[Any]):
    error_code = serializers.ChoiceField(ERROR_CODES)
    message = serializers.CharField()
    details = serializers.DictField()


class BaselineSerializer(serializers.Serializer[Any]):
    """Minimums only; figures are null where that never ends."""

    strategy = serializers.ChoiceField(["minimums_only"])
    months = serializers.IntegerField(allow_null=True)
    total_interest = ShownDecimalField(allow_null=True)
    total_fees = ShownDecimalField(allow_null=True)
    total_paid = ShownDecimalField(allow_null=True)
    debt_free_on = DayField(allow_null=True)
    never_paid_off = ListField(child=serializers.CharField())


class PayoffResultSerializer(serializers.Serializer[Any]):
    strategy = serializers.ChoiceField(STRATEGIES)
    months = serializers.IntegerField(required=False)
    total_interest = ShownDecimalField(required=False)
    total_fees = ShownDecimalField(required=False)
    total_paid = ShownDecimalField(required=False)
    debt_free_on = DayField(required=False)
    interest_saved = ShownDecimalField(required=False, allow_null=True, help_text="Against minimums only.")
    months_saved = serializers.IntegerField(required=False, allow_null=True)
    first_payoff_month = serializers.IntegerField(required=False, allow_null=True)
    longest_wait_months = serializers.IntegerField(required=False)
    payoffs = PayoffSerializer(many=True, required=False)
    certificate = CertificateSerializer(required=False)
    transfers = BalanceTransferSerializer(many=True, required=False)
    error = FaultSerializer(
        required=False, help_text="Instead of figures, where this strategy is not possible."
    )


class ComparisonSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    start_date = DayField()
    baseline = BaselineSerializer()
    results = PayoffResultSerializer(many=True)
    recommended = serializers.ChoiceField(STRATEGIES, allow_null=True)
    why = serializers.CharField()


class ScheduleLineSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    opening = ShownDecimalField()
    interest = ShownDecimalField()
    fees = ShownDecimalField()
    charges = ShownDecimalField()
    payment = ShownDecimalField()
    principal = ShownDecimalField()
    closing = ShownDecimalField()


class ScheduleMonthSerializer(serializers.Serializer[Any]):
    month = serializers.IntegerField()
    on = DayField()
    payment = ShownDecimalField()
    balance = ShownDecimalField()
    debts = ScheduleLineSerializer(many=True)


class DebtTotalSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False)
    balance = ShownDecimalField()
    interest = ShownDecimalField()
    fees = ShownDecimalField()
    paid = ShownDecimalField()


class PlanWarningSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False)
    code = serializers.ChoiceField(["negative_amortisation"])
    month = serializers.IntegerField()
    message = serializers.CharField()


class PlanSerializer(PayoffResultSerializer):
    currency = serializers.CharField()
    start_date = DayField()
    baseline = BaselineSerializer()
    debts = DebtTotalSerializer(many=True)
    warnings = PlanWarningSerializer(many=True)
    schedule = ScheduleMonthSerializer(many=True)


class DebtScheduleSerializer(PayoffResultSerializer):
    currency = serializers.CharField()
    start_date = DayField()
    schedule = ScheduleMonthSerializer(many=True)


class TargetSerializer(PayoffResultSerializer):
    currency = serializers.CharField()
    start_date = DayField()
    target_date = DayField()
    monthly_budget = ShownDecimalField(help_text="The smallest that suffices.")


class WhatIfStepSerializer(serializers.Serializer[Any]):
    extra = ShownDecimalField()
    months = serializers.IntegerField()
    debt_free_on = DayField()
    total_interest = ShownDecimalField()
    interest_saved = ShownDecimalField()
    months_saved = serializers.IntegerField()


class SensitivitySerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False)
    less_owed = ShownDecimalField()
    saves = ShownDecimalField(help_text="Interest and fees, were so much less owed today.")
    one_point_less_apr_saves = ShownDecimalField()


class WhatIfSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    start_date = DayField()
    plan = PayoffResultSerializer()
    curve = WhatIfStepSerializer(many=True)
    sensitivity = SensitivitySerializer(many=True)


class QuantileSerializer(serializers.Serializer[Any]):
    months = serializers.IntegerField(allow_null=True)
    debt_free_on = DayField(allow_null=True)


class RiskSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    start_date = DayField()
    p10 = QuantileSerializer()
    p50 = QuantileSerializer()
    p90 = QuantileSerializer()
    share_never = ShownDecimalField(help_text="Of the paths, how many do not end.")
    paths = serializers.IntegerField()
    seed = serializers.IntegerField()
    deviations = ListField(child=ShownDecimalField())


class DebtStandingSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    actual_balance = ShownDecimalField()
    actual_paid = ShownDecimalField()


class StandingSerializer(serializers.Serializer[Any]):
    """Actual against planned; negative figures lie behind the plan."""

    on = DayField()
    currency = serializers.CharField()
    planned_balance = ShownDecimalField()
    actual_balance = ShownDecimalField()
    ahead = ShownDecimalField()
    days_ahead = serializers.IntegerField()
    planned_paid = ShownDecimalField()
    actual_paid = ShownDecimalField()
    debts = DebtStandingSerializer(many=True)
