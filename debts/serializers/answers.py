"""What the planner answers, for the API's description."""

from typing import Any

from rest_framework import serializers

from core.serializers import ChoiceField, DayField, ListField


class PayoffSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False, help_text="Of a saved debt.")
    month = serializers.IntegerField(help_text="From 1, the month of the first payment.")
    on = DayField()


class CertificateSerializer(serializers.Serializer[Any]):
    """How far from the cheapest possible plan this one can be, at most."""

    lower_bound = serializers.CharField(help_text="No plan costs less in interest and fees.")
    exact_cost = serializers.CharField(help_text="This plan's cost before interest is rounded.")
    gap = serializers.CharField(help_text="Exact cost less the bound.")
    status = ChoiceField(choices=["optimal", "bounded"])
    method = ChoiceField(choices=["exchange", "linear", "mixed_integer"])


class BalanceTransferSerializer(serializers.Serializer[Any]):
    offer = serializers.CharField()
    debt = serializers.CharField()
    amount = serializers.CharField()
    fee = serializers.CharField()


class FaultSerializer(serializers.Serializer[Any]):
    error_code = serializers.CharField()
    message = serializers.CharField()
    details = serializers.DictField()


class BaselineSerializer(serializers.Serializer[Any]):
    """Minimums only; figures are null where that never ends."""

    strategy = serializers.CharField()
    months = serializers.IntegerField(allow_null=True)
    total_interest = serializers.CharField(allow_null=True)
    total_fees = serializers.CharField(allow_null=True)
    total_paid = serializers.CharField(allow_null=True)
    debt_free_on = DayField(allow_null=True)
    never_paid_off = ListField(child=serializers.CharField())


class ResultSerializer(serializers.Serializer[Any]):
    strategy = serializers.CharField()
    months = serializers.IntegerField(required=False)
    total_interest = serializers.CharField(required=False)
    total_fees = serializers.CharField(required=False)
    total_paid = serializers.CharField(required=False)
    debt_free_on = DayField(required=False)
    interest_saved = serializers.CharField(
        required=False, allow_null=True, help_text="Against minimums only."
    )
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
    results = ResultSerializer(many=True)
    recommended = serializers.CharField(allow_null=True)
    why = serializers.CharField()


class ScheduleLineSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    opening = serializers.CharField()
    interest = serializers.CharField()
    fees = serializers.CharField()
    charges = serializers.CharField()
    payment = serializers.CharField()
    principal = serializers.CharField()
    closing = serializers.CharField()


class ScheduleMonthSerializer(serializers.Serializer[Any]):
    month = serializers.IntegerField()
    on = DayField()
    payment = serializers.CharField()
    balance = serializers.CharField()
    debts = ScheduleLineSerializer(many=True)


class DebtTotalSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False)
    balance = serializers.CharField()
    interest = serializers.CharField()
    fees = serializers.CharField()
    paid = serializers.CharField()


class WarningSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False)
    code = serializers.CharField()
    month = serializers.IntegerField()
    message = serializers.CharField()


class PlanSerializer(ResultSerializer):
    currency = serializers.CharField()
    start_date = DayField()
    baseline = BaselineSerializer()
    debts = DebtTotalSerializer(many=True)
    warnings = WarningSerializer(many=True)
    schedule = ScheduleMonthSerializer(many=True)


class DebtScheduleSerializer(ResultSerializer):
    currency = serializers.CharField()
    start_date = DayField()
    schedule = ScheduleMonthSerializer(many=True)


class TargetSerializer(ResultSerializer):
    currency = serializers.CharField()
    start_date = DayField()
    target_date = DayField()
    monthly_budget = serializers.CharField(help_text="The smallest that suffices.")


class WhatIfStepSerializer(serializers.Serializer[Any]):
    extra = serializers.CharField()
    months = serializers.IntegerField()
    debt_free_on = DayField()
    total_interest = serializers.CharField()
    interest_saved = serializers.CharField()
    months_saved = serializers.IntegerField()


class SensitivitySerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    id = serializers.UUIDField(required=False)
    less_owed = serializers.CharField()
    saves = serializers.CharField(help_text="Interest and fees, were so much less owed today.")
    one_point_less_apr_saves = serializers.CharField()


class WhatIfSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    start_date = DayField()
    plan = ResultSerializer()
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
    share_never = serializers.CharField(help_text="Of the paths, how many do not end.")
    paths = serializers.IntegerField()
    seed = serializers.IntegerField()
    deviations = ListField(child=serializers.CharField())


class StandingSerializer(serializers.Serializer[Any]):
    """Actual against planned; negative figures lie behind the plan."""

    on = DayField()
    currency = serializers.CharField()
    planned_balance = serializers.CharField()
    actual_balance = serializers.CharField()
    ahead = serializers.CharField()
    days_ahead = serializers.IntegerField()
    planned_paid = serializers.CharField()
    actual_paid = serializers.CharField()
    debts = ListField(child=serializers.DictField(child=serializers.CharField()))
