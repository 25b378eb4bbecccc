"""The terms of a debt, in the same words whether it is saved or only tried."""

from typing import Any

from rest_framework import serializers

from core.errors import field_error
from core.serializers import AmountField, ChoiceField, ContractSerializer, CurrencyField, DayField
from debts.domain.terms import (
    MAX_APR,
    MAX_MONTHS,
    Accrual,
    BalanceBasis,
    MinimumGoesTo,
    MinimumRule,
)
from debts.models.debts import SEGMENT_KINDS, choices_of

MAX_SEGMENTS = 20
MAX_CHANGES = 100
# What each rule of a minimum is told by, beside the rule itself.
NEEDED = {
    MinimumRule.FIXED: ("amount",),
    MinimumRule.PERCENT: ("percent",),
    MinimumRule.INTEREST_PLUS_PERCENT: ("percent",),
    MinimumRule.AMORTISING: ("months",),
    MinimumRule.INTEREST_ONLY: (),
    MinimumRule.NONE: (),
}
OPTIONAL = {
    MinimumRule.PERCENT: ("floor", "of"),
    MinimumRule.INTEREST_PLUS_PERCENT: ("floor",),
}


class PercentField(serializers.DecimalField):
    """A share in percent, from 0 to ``max_value``: ``"2.5"``."""

    def __init__(self, *, max_value: Any = 100, **options: Any) -> None:
        super().__init__(max_digits=8, decimal_places=4, min_value=0, max_value=max_value, **options)

    def to_representation(self, value: Any) -> Any:
        return f"{value.normalize():f}"


class AprField(PercentField):
    """A yearly rate in percent, from 0 to 1000: ``"26.99"``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_value=MAX_APR, **options)


class OwedField(AmountField):
    """An amount that cannot be negative."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, **options)


class MonthField(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=MAX_MONTHS, **options)


class MinimumSerializer(ContractSerializer):
    """What the lender asks for every month; each rule has fields of its own."""

    rule = ChoiceField(choices=choices_of(MinimumRule))
    amount = OwedField(required=False, help_text="`fixed`: the payment.")
    percent = PercentField(
        required=False,
        help_text="`percent`: of the balance; `interest_plus_percent`: beside the month's interest.",
    )
    floor = OwedField(required=False, help_text="The least that is asked for.")
    of = ChoiceField(
        choices=choices_of(BalanceBasis), required=False, help_text="`percent`: of which balance."
    )
    months = MonthField(required=False, help_text="`amortising`: how many payments clear the debt.")

    def validate(self, attrs: Any) -> Any:
        rule = MinimumRule(attrs["rule"])
        for name in NEEDED[rule]:
            if name not in attrs:
                raise field_error(name, f"The rule {rule} needs it.", "required")
        known = {"rule", *NEEDED[rule], *OPTIONAL.get(rule, ())}
        for name in attrs:
            if name not in known:
                raise field_error(name, f"The rule {rule} does not use it.", "unknown_field")
        return attrs

    def to_representation(self, instance: Any) -> Any:
        rule = MinimumRule(instance["rule"])
        shown = super().to_representation(instance)
        names = ("rule", *NEEDED[rule], *OPTIONAL.get(rule, ()))
        return {name: shown[name] for name in names}


class PromoSerializer(ContractSerializer):
    """A rate for a time; ``months`` or ``until`` says how long."""

    apr = AprField()
    months = MonthField(required=False, help_text="So many months of the plan.")
    until = DayField(required=False, help_text="The last day on which it holds.")
    deferred = serializers.BooleanField(
        required=False,
        help_text="Interest at the regular rate is back-charged in full unless cleared in time.",
    )

    def validate(self, attrs: Any) -> Any:
        if ("months" in attrs) == ("until" in attrs):
            raise field_error("until", "Say how long by one of months and until.", "required")
        return attrs


class RateChangeSerializer(ContractSerializer):
    on = DayField(help_text="From this day on.")
    apr = AprField()


class SegmentSerializer(ContractSerializer):
    """A balance inside a debt that has a rate of its own."""

    kind = ChoiceField(choices=SEGMENT_KINDS, required=False)
    amount = OwedField()
    apr = AprField(help_text="The regular rate, which is also what a promotion goes to.")
    promo = PromoSerializer(required=False, allow_null=True)
    rate_changes = RateChangeSerializer(many=True, required=False, max_length=MAX_CHANGES)  # type: ignore[call-arg]


class DatedAmountSerializer(ContractSerializer):
    on = DayField()
    amount = AmountField()


class TermsFields(ContractSerializer):
    """What a debt costs and asks for, apart from what is owed."""

    credit_limit = AmountField(required=False, allow_null=True)
    accrual = ChoiceField(choices=choices_of(Accrual), required=False)
    minimum_payment = MinimumSerializer(required=False)
    minimum_goes_to = ChoiceField(choices=choices_of(MinimumGoesTo), required=False)
    monthly_fee = OwedField(required=False)
    annual_fee = OwedField(required=False)
    annual_fee_month = serializers.IntegerField(
        min_value=1, max_value=12, required=False, allow_null=True, help_text="January is 1."
    )
    late_fee = OwedField(required=False)

    def validate_credit_limit(self, value: Any) -> Any:
        if value is not None and value <= 0:
            raise serializers.ValidationError("A credit limit is more than nothing.", code="not_positive")
        return value


class DebtTermsSerializer(TermsFields):
    """A debt given with the request: ``balance`` and ``apr``, or ``segments``."""

    name = serializers.CharField(max_length=100)
    currency = CurrencyField(required=False, help_text="The request's, if left out.")
    balance = OwedField(required=False)
    apr = AprField(required=False)
    promo = PromoSerializer(required=False, allow_null=True)
    rate_changes = RateChangeSerializer(many=True, required=False, max_length=MAX_CHANGES)  # type: ignore[call-arg]
    segments = SegmentSerializer(many=True, required=False, allow_empty=False, max_length=MAX_SEGMENTS)  # type: ignore[call-arg]
    fees = DatedAmountSerializer(many=True, required=False, max_length=MAX_CHANGES)  # type: ignore[call-arg]

    def validate(self, attrs: Any) -> Any:
        single = [name for name in ("balance", "apr", "promo", "rate_changes") if name in attrs]
        if "segments" in attrs and single:
            raise field_error(single[0], "Give it inside each of the segments.", "unknown_field")
        if "segments" not in attrs:
            for name in ("balance", "apr"):
                if name not in attrs:
                    raise field_error(name, "This field is required.", "required")
        return super().validate(attrs)
