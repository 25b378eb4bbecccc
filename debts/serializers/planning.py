"""What a client asks the planner."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from rest_framework import serializers

from core.errors import field_error
from core.serializers import (
    AmountField,
    ChoiceField,
    ContractSerializer,
    CurrencyField,
    DayField,
    ListField,
    OwnedRelatedField,
)
from debts.domain.budget import MonthKind
from debts.domain.strategies import Strategy
from debts.domain.terms import MAX_DEBTS
from debts.models import Debt
from debts.models.plans import STRATEGIES
from debts.selectors.checks import require_every_debt_once, require_exact_amounts
from debts.serializers.terms import (
    AprField,
    DatedAmountSerializer,
    DebtTermsSerializer,
    MinimumSerializer,
    MonthField,
    OwedField,
    PercentField,
)

MAX_CHANGES = 600
MAX_OFFERS = 5
EARLIEST_START = timedelta(days=366)
PAUSES = [(kind.value, kind.value.replace("_", " ")) for kind in MonthKind if kind != MonthKind.REGULAR]
ORDERINGS = [
    (each.value, each.value.replace("_", " "))
    for each in Strategy
    if each not in {Strategy.MINIMUMS_ONLY, Strategy.OPTIMAL}
]
RISKED = [(each.value, each.value) for each in (Strategy.AVALANCHE, Strategy.SNOWBALL)]
DEFAULT_STRATEGIES = (Strategy.SNOWBALL, Strategy.AVALANCHE, Strategy.OPTIMAL)


class BudgetChangeSerializer(ContractSerializer):
    on = DayField(help_text="From the first payment on this day or after it.")
    amount = OwedField()


class PauseSerializer(ContractSerializer):
    """Months without extra payments, or without any."""

    first_on = DayField()
    last_on = DayField()
    kind = ChoiceField(choices=PAUSES, required=False, default=MonthKind.MINIMUMS_ONLY.value)

    def validate(self, attrs: Any) -> Any:
        if attrs["last_on"] < attrs["first_on"]:
            raise field_error("last_on", "A pause ends after it begins.", "before_start")
        return attrs


class NewChargeSerializer(DatedAmountSerializer):
    debt = serializers.CharField(max_length=100, help_text="The debt's name, or the id of a saved one.")
    amount = OwedField()
    months = MonthField(required=False, default=1, help_text="So many months in a row.")


class OfferSerializer(ContractSerializer):
    """A balance transfer that a card offers."""

    name = serializers.CharField(max_length=100)
    fee_percent = PercentField()
    minimum_fee = OwedField(required=False)
    cap = OwedField(required=False, help_text="The most that can be moved.")
    promo_apr = AprField()
    promo_months = MonthField()
    go_to_apr = AprField()
    minimum_payment = MinimumSerializer(required=False)


class HouseholdSerializer(ContractSerializer):
    """Your debts, or debts that are sent along and not kept; and what can be paid."""

    currency = CurrencyField(
        required=False, help_text="Needed with `debts`; otherwise chooses among your debts' currencies."
    )
    convert = serializers.BooleanField(
        required=False, default=False, help_text="Plan your debts of all currencies together in `currency`."
    )
    start_date = DayField(required=False, help_text="The day of the first payment; your today if left out.")
    debts = DebtTermsSerializer(many=True, required=False, allow_empty=False, max_length=MAX_DEBTS)  # type: ignore[call-arg]
    debt_ids = OwnedRelatedField(queryset=Debt.objects.all(), many=True, required=False, allow_empty=False)
    new_charges = NewChargeSerializer(many=True, required=False, max_length=MAX_CHANGES)  # type: ignore[call-arg]
    order = ListField(
        child=serializers.CharField(max_length=100),
        required=False,
        max_length=MAX_DEBTS,
        help_text="`custom`: every debt's name (or id) once, the first to be paid first.",
    )

    def validate(self, attrs: Any) -> Any:
        if "debts" in attrs and "debt_ids" in attrs:
            raise field_error("debt_ids", "Send debts or name saved ones, not both.", "conflicting")
        if "debts" in attrs:
            self._require_one_currency(attrs)
            self._require_names(attrs["debts"])
            require_exact_amounts(attrs, attrs["currency"])
        self._require_start(attrs)
        return attrs

    def _require_one_currency(self, attrs: Any) -> None:
        currency = attrs.get("currency")
        if currency is None:
            raise field_error("currency", "Say in which currency the debts are.", "required")
        for index, debt in enumerate(attrs["debts"]):
            if debt.get("currency", currency) != currency:
                raise field_error(
                    f"debts.{index}.currency",
                    f"Plan one currency at a time: this debt is in {debt['currency']}, the plan in {currency}.",
                    "mixed_currencies",
                )

    def _require_names(self, debts: Any) -> None:
        counted = Counter(debt["name"] for debt in debts)
        for index, debt in enumerate(debts):
            if counted[debt["name"]] > 1:
                raise field_error(f"debts.{index}.name", "Two debts have this name.", "not_unique")

    def _require_start(self, attrs: Any) -> None:
        today = self.context["today"]
        start = attrs.setdefault("start_date", today)
        if start < today - EARLIEST_START:
            raise field_error("start_date", "A plan starts at most a year ago.", "in_the_past")
        for name in ("extras", "budget_changes", "new_charges"):
            for index, each in enumerate(attrs.get(name, ())):
                self._require_not_before(each["on"], start, f"{name}.{index}.on")
        for index, pause in enumerate(attrs.get("pauses", ())):
            self._require_not_before(pause["first_on"], start, f"pauses.{index}.first_on")

    def _require_not_before(self, day: date, start: date, field: str) -> None:
        if day < start:
            raise field_error(field, f"The plan starts on {start}.", "in_the_past")


class BudgetedSerializer(HouseholdSerializer):
    monthly_budget = OwedField(help_text="For all debts together, minimums included.")
    budget_changes = BudgetChangeSerializer(many=True, required=False, max_length=MAX_CHANGES)  # type: ignore[call-arg]
    extras = DatedAmountSerializer(many=True, required=False, max_length=MAX_CHANGES)  # type: ignore[call-arg]
    yearly_raise = serializers.DecimalField(
        max_digits=6,
        decimal_places=4,
        min_value=-50,
        max_value=50,
        required=False,
        help_text="Percent by which the budget grows every twelve months.",
    )
    pauses = PauseSerializer(many=True, required=False, max_length=MAX_CHANGES)  # type: ignore[call-arg]
    rollover = serializers.BooleanField(
        required=False, default=True, help_text="What a cleared debt's minimum was stays in the budget."
    )
    transfer_offers = OfferSerializer(many=True, required=False, max_length=MAX_OFFERS)  # type: ignore[call-arg]


class PlanRequestSerializer(BudgetedSerializer):
    strategy = ChoiceField(choices=STRATEGIES, required=False, default=Strategy.AVALANCHE.value)

    def validate(self, attrs: Any) -> Any:
        return _with_order(super().validate(attrs), [attrs["strategy"]])


class CompareRequestSerializer(BudgetedSerializer):
    strategies = ListField(
        child=ChoiceField(choices=STRATEGIES),
        required=False,
        allow_empty=False,
        max_length=len(Strategy),
    )

    def validate(self, attrs: Any) -> Any:
        attrs = super().validate(attrs)
        attrs["strategies"] = list(dict.fromkeys(attrs.get("strategies") or DEFAULT_STRATEGIES))
        return _with_order(attrs, attrs["strategies"])


class TargetRequestSerializer(HouseholdSerializer):
    target_date = DayField(help_text="The day by which nothing is owed.")
    strategy = ChoiceField(
        choices=ORDERINGS,
        required=False,
        default=Strategy.AVALANCHE.value,
    )

    def validate(self, attrs: Any) -> Any:
        attrs = _with_order(super().validate(attrs), [attrs["strategy"]])
        if attrs["target_date"] < attrs["start_date"]:
            raise field_error("target_date", f"The plan starts on {attrs['start_date']}.", "in_the_past")
        return attrs


class WhatIfRequestSerializer(PlanRequestSerializer):
    strategy = ChoiceField(
        choices=ORDERINGS,
        required=False,
        default=Strategy.AVALANCHE.value,
    )
    extra_amounts = ListField(
        child=AmountField(min_value=0),
        required=False,
        allow_empty=False,
        max_length=20,
        help_text="More a month; 25, 50, 100, 200 and 500 if left out.",
    )


class RiskRequestSerializer(PlanRequestSerializer):
    strategy = ChoiceField(
        choices=RISKED,
        required=False,
        default=Strategy.AVALANCHE.value,
    )
    deviations = ListField(
        child=AmountField(),
        required=False,
        min_length=3,
        max_length=120,
        help_text="How far each month's surplus lay from the usual one; your own ledger's if left out.",
    )
    paths = serializers.IntegerField(min_value=100, max_value=20_000, required=False, default=2000)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=1)


def _with_order(attrs: Any, strategies: Any) -> Any:
    if Strategy.CUSTOM in strategies and not attrs.get("order"):
        raise field_error("order", "The strategy custom needs an order.", "required")
    if "debts" in attrs and attrs.get("order"):
        require_every_debt_once(attrs["order"], [debt["name"] for debt in attrs["debts"]])
    return attrs


class DebtScheduleQuerySerializer(ContractSerializer):
    monthly_payment = OwedField(required=False, help_text="A constant payment; the minimums if left out.")
