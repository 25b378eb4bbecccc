"""The terms of a debt, in the same words whether it is saved or only tried."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rest_framework import serializers

from core.domain.money import LARGEST_AMOUNT
from core.errors import field_error
from core.serializers import (
    AmountField,
    ChoiceField,
    ContractSerializer,
    CurrencyField,
    DayField,
    ManySerializer,
)
from debts.domain.given import (
    DatedAmount,
    GivenDebt,
    GivenMinimum,
    GivenPromo,
    GivenRate,
    GivenSegment,
)
from debts.domain.terms import Accrual, BalanceBasis, MinimumGoesTo, MinimumRule, SegmentKind
from debts.models import Debt
from debts.serializers.records import (
    AprField,
    MonthField,
    OwedField,
    PercentField,
    RecordSerializer,
    WordField,
)

MAX_SEGMENTS = 20
MAX_CHANGES = 100
SHORT_FORM = "With `apr` the short form of a single segment."
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


class MinimumSerializer(RecordSerializer[GivenMinimum]):
    """What the lender asks for every month; each rule has fields of its own."""

    record = GivenMinimum

    rule = WordField(MinimumRule)
    amount = OwedField(required=False, help_text="`fixed`: the payment.")
    percent = PercentField(
        required=False,
        help_text="`percent`: of the balance; `interest_plus_percent`: beside the month's interest.",
    )
    floor = OwedField(required=False, help_text="The least that is asked for.")
    of = WordField(BalanceBasis, required=False, help_text="`percent`: of which balance.")
    months = MonthField(required=False, help_text="`amortising`: how many payments clear the debt.")

    def validate(self, attrs: Mapping[str, object]) -> GivenMinimum:
        made = super().validate(attrs)
        for name in NEEDED[made.rule]:
            if name not in attrs:
                raise field_error(name, f"The rule {made.rule} needs it.", "required")
        for name in attrs:
            if name not in _told_by(made.rule):
                raise field_error(name, f"The rule {made.rule} does not use it.", "unknown_field")
        return made

    def to_representation(self, instance: GivenMinimum) -> dict[str, object]:
        shown = super().to_representation(instance)
        return {name: shown[name] for name in _told_by(instance.rule)}


class PromoSerializer(RecordSerializer[GivenPromo]):
    """A rate for a time; ``months`` or ``until`` says how long."""

    record = GivenPromo

    apr = AprField()
    months = MonthField(required=False, help_text="So many months of the plan.")
    until = DayField(required=False, help_text="The last day on which it holds.")
    deferred = serializers.BooleanField(
        required=False,
        help_text="Interest at the regular rate is back-charged in full unless cleared in time.",
    )

    def check(self, made: GivenPromo) -> None:
        if (made.months is None) == (made.until is None):
            raise field_error("until", "Say how long by one of months and until.", "required")

    def to_representation(self, instance: GivenPromo) -> dict[str, object]:
        shown = super().to_representation(instance)
        return {name: value for name, value in shown.items() if value is not None}


class RateChangeSerializer(RecordSerializer[GivenRate]):
    record = GivenRate

    on = DayField(help_text="From this day on.")
    apr = AprField()


class SegmentSerializer(RecordSerializer[GivenSegment]):
    """A balance inside a debt that has a rate of its own."""

    record = GivenSegment

    kind = WordField(SegmentKind, required=False)
    amount = OwedField()
    apr = AprField(help_text="The regular rate, which is also what a promotion goes to.")
    promo = PromoSerializer(required=False, allow_null=True)
    rate_changes = ManySerializer(child=RateChangeSerializer(), required=False, max_length=MAX_CHANGES)

    def check(self, made: GivenSegment) -> None:
        require_one_change_a_day(made.rate_changes)


class DatedAmountSerializer(RecordSerializer[DatedAmount]):
    record = DatedAmount

    on = DayField()
    amount = AmountField()


class TermsFields(ContractSerializer):
    """What a debt costs and asks for, apart from what is owed."""

    credit_limit = AmountField(required=False, allow_null=True)
    accrual = WordField(Accrual, required=False)
    minimum_payment = MinimumSerializer(required=False)
    minimum_goes_to = WordField(MinimumGoesTo, required=False)
    monthly_fee = OwedField(required=False)
    annual_fee = OwedField(required=False)
    annual_fee_month = serializers.IntegerField(
        min_value=1, max_value=12, required=False, allow_null=True, help_text="January is 1."
    )
    late_fee = OwedField(required=False)

    def validate_credit_limit(self, value: Decimal | None) -> Decimal | None:
        if value is not None and value <= 0:
            raise serializers.ValidationError("A credit limit is more than nothing.", code="not_positive")
        return value


class DebtTermsSerializer(TermsFields, RecordSerializer[GivenDebt]):
    """A debt given with the request: ``balance`` and ``apr``, or ``segments``."""

    record = GivenDebt

    name = serializers.CharField(max_length=100)
    kind = ChoiceField(
        choices=Debt.Kind.choices, required=False, help_text="Plays no part in a plan; a saved debt has one."
    )
    currency = CurrencyField(required=False, help_text="The request's, if left out.")
    balance = OwedField(required=False, help_text=SHORT_FORM)
    apr = AprField(required=False)
    promo = PromoSerializer(required=False, allow_null=True)
    rate_changes = ManySerializer(child=RateChangeSerializer(), required=False, max_length=MAX_CHANGES)
    segments = ManySerializer(
        child=SegmentSerializer(), required=False, allow_empty=False, max_length=MAX_SEGMENTS
    )
    fees = ManySerializer(child=DatedAmountSerializer(), required=False, max_length=MAX_CHANGES)

    def validate(self, attrs: Mapping[str, object]) -> GivenDebt:
        single = [name for name in ("balance", "apr", "promo", "rate_changes") if name in attrs]
        if "segments" in attrs and single:
            raise field_error(single[0], "Give it inside each of the segments.", "unknown_field")
        if "segments" not in attrs:
            for name in ("balance", "apr"):
                if name not in attrs:
                    raise field_error(name, "Give balance and apr, or segments.", "required")
        return super().validate(attrs)

    def check(self, made: GivenDebt) -> None:
        require_one_change_a_day(made.rate_changes)
        require_sum_below_largest(made.owed)


def require_one_change_a_day(changes: Sequence[GivenRate]) -> None:
    """A validation error of the first day that a rate is to change on a second time."""
    days = [change.on for change in changes]
    for index, day in enumerate(days):
        if day in days[:index]:
            raise field_error(f"rate_changes.{index}.on", "A rate changes once a day.", "not_unique")


def require_sum_below_largest(owed: Decimal) -> None:
    """A validation error of segments that are each small enough, but not together."""
    if owed >= LARGEST_AMOUNT:
        raise field_error("segments", f"Together they are more than {LARGEST_AMOUNT}.", "out_of_range")


def _told_by(rule: MinimumRule) -> tuple[str, ...]:
    return ("rule", *NEEDED[rule], *OPTIONAL.get(rule, ()))
