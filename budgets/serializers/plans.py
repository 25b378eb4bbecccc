"""Periods, allocations and settings as the API shows and takes them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.domain.envelopes import Envelope, Status
from budgets.domain.proposal import WHOLE, Split
from budgets.models import Allocation, BudgetPeriod, BudgetSettings
from core.domain.money import minor_as_text, to_minor
from core.errors import field_error
from core.serializers import (
    AmountField,
    ChoiceField,
    ContractModelSerializer,
    ContractSerializer,
    DayField,
    ListField,
    OwnedRelatedField,
    ShownDecimalField,
)
from core.serializers.fields import json_kind
from transactions.domain.category_tree import CategoryGroup
from transactions.models import Category
from transactions.selectors.names import category_label

if TYPE_CHECKING:
    from budgets.selectors.standing import Standing

MAX_ALLOCATIONS = 200
SHOWN_AMOUNT = ShownDecimalField()


class BudgetSettingsSerializer(ContractModelSerializer):
    starts_on = DayField(
        source="anchor", required=False, allow_null=True, help_text="A day on which a period begins."
    )
    buffer = AmountField(min_value=0, required=False)
    currency = serializers.CharField(source="user.base_currency", read_only=True)

    amounts = {"buffer": "currency"}

    class Meta:
        model = BudgetSettings
        fields = ("period", "starts_on", "needs", "wants", "savings", "mode", "buffer", "currency")

    def validate(self, attrs: Any) -> Any:
        parts = [attrs.get(name, getattr(self.instance, name)) for name in ("needs", "wants", "savings")]
        if sum(parts) > WHOLE:
            raise serializers.ValidationError("The parts are more than 100 % together.", "split_over_100")
        return super().validate(attrs)


class BudgetPeriodSerializer(ContractModelSerializer):
    income_expected = AmountField(min_value=0, required=False)
    rolled_in = serializers.DecimalField(
        19,
        4,
        read_only=True,
        help_text="What the allocations have from the period before; below zero where it was overspent.",
    )
    allotted = serializers.DecimalField(
        19, 4, read_only=True, help_text="All allocations together, what rolled in included."
    )
    unallocated = serializers.DecimalField(
        19,
        4,
        read_only=True,
        help_text="`income_expected` + `rolled_in` - `allotted`; below zero where more is allotted than there is.",
    )

    amounts = {
        "income_expected": "currency",
        "rolled_in": "currency",
        "allotted": "currency",
        "unallocated": "currency",
    }

    class Meta:
        model = BudgetPeriod
        fields = (
            "id", "kind", "first_on", "last_on", "currency", "income_expected", "rolled_in", "allotted", "unallocated",
            "status", "closed_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = tuple(name for name in fields if name != "income_expected")


class BudgetSplitSerializer(ContractSerializer):
    needs = serializers.IntegerField(min_value=0, max_value=100)
    wants = serializers.IntegerField(min_value=0, max_value=100)
    savings = serializers.IntegerField(min_value=0, max_value=100)

    def validate(self, attrs: Any) -> Any:
        if sum(attrs.values()) > WHOLE:
            raise serializers.ValidationError("The parts are more than 100 % together.", "split_over_100")
        return attrs


class ByHandField(serializers.DictField):
    """An amount for each day that has its own."""

    child = AmountField(min_value=0)
    default_error_messages = {"not_a_dict": "Send an object of days, not {input_type}."}

    def to_internal_value(self, data: object) -> dict[str, Decimal]:
        if not isinstance(data, Mapping):
            self.fail("not_a_dict", input_type=json_kind(data))
        days: dict[str, Decimal] = super().to_internal_value(dict(data))
        for day in days:
            _require_day(day)
        return days


def _require_inside(period: BudgetPeriod, day: date, *, field: str) -> None:
    if day not in period.span:
        raise field_error(field, f"{day.isoformat()} is not a day of this period.", "not_in_period")


@contextmanager
def _below(*names: str) -> Iterator[None]:
    """What is refused inside is pointed at below these names."""
    try:
        yield
    except serializers.ValidationError as exc:
        raise serializers.ValidationError(
            reduce(lambda detail, name: {name: detail}, reversed(names), exc.detail)
        ) from exc


def _require_day(text: str) -> None:
    try:
        DayField().run_validation(text)
    except serializers.ValidationError as exc:
        raise serializers.ValidationError({text[:40]: exc.detail}) from exc


class AllocationFields(ContractModelSerializer):
    """``priority`` and ``essential`` are the category's unless given, ``mode`` is that of your settings if empty."""

    category = OwnedRelatedField(queryset=Category.objects.all())
    amount = AmountField(min_value=0)
    priority = serializers.IntegerField(min_value=1, max_value=5, required=False)
    essential = serializers.BooleanField(source="is_essential", required=False)
    locked = serializers.BooleanField(source="is_locked", required=False)


class PeriodAllocationSerializer(AllocationFields):
    """An allocation of a period that is being opened."""

    class Meta:
        model = Allocation
        fields = ("category", "amount", "priority", "essential", "locked", "rollover", "pattern", "mode")


class AllocationSerializer(AllocationFields):
    name = serializers.SerializerMethodField()
    group = ChoiceField(list(CategoryGroup), source="category.group", read_only=True)
    by_hand = ByHandField(required=False, help_text="Days with an amount of their own, for that pattern.")
    locked_days = ListField(child=DayField(), required=False, max_length=366)
    spent = serializers.SerializerMethodField()
    remaining = serializers.SerializerMethodField()
    moved = serializers.SerializerMethodField(help_text="What redistributions brought, or took if negative.")
    spending_status = serializers.SerializerMethodField()
    currency = serializers.CharField(source="period.currency", read_only=True)

    amounts = {"amount": "currency", "rolled_in": "currency"}

    class Meta:
        model = Allocation
        fields = (
            "id", "period", "category", "name", "group", "currency", "amount", "rolled_in", "priority", "essential",
            "locked", "rollover", "pattern", "mode", "by_hand", "locked_days", "spent", "remaining", "moved",
            "spending_status", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "period", "rolled_in", "created_at", "updated_at")

    def validate(self, attrs: Any) -> Any:
        period: BudgetPeriod = self.context["period"]
        self.require_exact(attrs.get("amount"), period.currency, field="amount")
        if (
            self.instance is not None
            and attrs.get("category", self.instance.category) != self.instance.category
        ):
            raise field_error("category", "An allocation stays with its category; add another.", "fixed")
        attrs.pop("category", None) if self.instance is not None else None
        if "by_hand" in attrs:
            attrs["by_hand"] = self._units(attrs["by_hand"], period)
        if "locked_days" in attrs:
            with _below("locked_days"):
                for place, day in enumerate(attrs["locked_days"]):
                    _require_inside(period, day, field=str(place))
            attrs["locked_days"] = sorted(day.isoformat() for day in attrs["locked_days"])
        return super().validate(attrs)

    def _units(self, amounts: Mapping[str, Decimal], period: BudgetPeriod) -> dict[str, int]:
        for day, amount in amounts.items():
            with _below("by_hand"):
                _require_inside(period, date.fromisoformat(day), field=day)
                self.require_exact(amount, period.currency, field=day)
        return {day: to_minor(amount, period.currency) for day, amount in amounts.items()}

    def get_name(self, allocation: Allocation) -> str:
        return category_label(allocation.category, locale=self.context["request"].user.locale)

    @extend_schema_field(SHOWN_AMOUNT)
    def get_spent(self, allocation: Allocation) -> str:
        return minor_as_text(self._envelope(allocation).total_spent, allocation.period.currency)

    @extend_schema_field(SHOWN_AMOUNT)
    def get_remaining(self, allocation: Allocation) -> str:
        return minor_as_text(self._envelope(allocation).remaining, allocation.period.currency)

    @extend_schema_field(SHOWN_AMOUNT)
    def get_moved(self, allocation: Allocation) -> str:
        moved = self._standing(allocation).moved.get(allocation.pk, 0)
        return minor_as_text(moved, allocation.period.currency)

    @extend_schema_field(ChoiceField(list(Status)))
    def get_spending_status(self, allocation: Allocation) -> str:
        return self._envelope(allocation).status.value

    def _envelope(self, allocation: Allocation) -> Envelope:
        found = self._standing(allocation).envelopes
        return next(each for each in found if each.key == str(allocation.pk))

    def _standing(self, allocation: Allocation) -> "Standing":
        stood: Standing = self.context["standing_of"](allocation.period_id)
        return stood

    def to_representation(self, instance: object) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if isinstance(instance, Allocation):
            currency = instance.period.currency
            shown["by_hand"] = {
                day: minor_as_text(units, currency) for day, units in instance.by_hand.items()
            }
        return shown


class PeriodRequestSerializer(ContractSerializer):
    on = DayField(source="day", required=False, help_text="A day of the period; today, if left out.")
    income_expected = AmountField(
        min_value=0, required=False, help_text="What comes round, your profile or your history, if left out."
    )
    split = BudgetSplitSerializer(required=False, help_text="Per cent of the income for a new proposal.")
    allocations = PeriodAllocationSerializer(
        many=True,
        required=False,
        max_length=MAX_ALLOCATIONS,  # type: ignore[call-arg]  # passed on to the list
        help_text="Instead of any proposal.",
    )

    def validate(self, attrs: Any) -> Any:
        currency = self.context["request"].user.base_currency
        self.require_exact(attrs.get("income_expected"), currency, field="income_expected")
        for place, allocation in enumerate(attrs.get("allocations", ())):
            with _below("allocations", str(place)):
                self.require_exact(allocation["amount"], currency, field="amount")
        return attrs | ({"split": Split(**attrs["split"])} if "split" in attrs else {})
