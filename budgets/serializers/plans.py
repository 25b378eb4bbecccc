"""Periods, allocations and settings as the API shows and takes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.domain.envelopes import Envelope
from budgets.domain.proposal import WHOLE, Split
from budgets.models import Allocation, BudgetPeriod, BudgetSettings
from budgets.serializers.answers import GROUPS, STATUSES
from core.domain.money import from_minor, minor_as_text, plain, to_minor
from core.errors import field_error
from core.serializers import (
    AmountField,
    ContractModelSerializer,
    ContractSerializer,
    DayField,
    ListField,
    OwnedRelatedField,
    ShownDecimalField,
)
from transactions.models import Category
from transactions.selectors.names import category_label

if TYPE_CHECKING:
    from budgets.selectors.standing import Standing

MAX_ALLOCATIONS = 200


class BudgetSettingsSerializer(ContractModelSerializer):
    buffer = AmountField(min_value=0, required=False)
    currency = serializers.CharField(source="user.base_currency", read_only=True)

    amounts = {"buffer": "currency"}

    class Meta:
        model = BudgetSettings
        fields = ("period", "anchor", "needs", "wants", "savings", "mode", "buffer", "currency")

    def validate(self, attrs: Any) -> Any:
        attrs = super().validate(attrs)
        parts = [attrs.get(name, getattr(self.instance, name)) for name in ("needs", "wants", "savings")]
        if sum(parts) > WHOLE:
            raise serializers.ValidationError("The parts are more than 100 % together.", "split_over_100")
        return attrs


class BudgetPeriodSerializer(ContractModelSerializer):
    income_expected = AmountField(min_value=0, required=False)
    allotted = serializers.DecimalField(19, 4, read_only=True, help_text="Of all allocations together.")
    unallocated = serializers.DecimalField(
        19,
        4,
        read_only=True,
        help_text="Expected income minus everything allotted of it; below zero if that is more.",
    )

    amounts = {"income_expected": "currency", "allotted": "currency", "unallocated": "currency"}

    class Meta:
        model = BudgetPeriod
        fields = (
            "id", "kind", "first_on", "last_on", "currency", "income_expected", "allotted", "unallocated", "status",
            "closed_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = tuple(name for name in fields if name != "income_expected")


class BudgetSplitSerializer(ContractSerializer):
    needs = serializers.IntegerField(min_value=0, max_value=100)
    wants = serializers.IntegerField(min_value=0, max_value=100)
    savings = serializers.IntegerField(min_value=0, max_value=100)

    def validate(self, attrs: Any) -> Any:
        try:
            return Split(**attrs)
        except ValueError as exc:
            raise serializers.ValidationError(
                "The parts are more than 100 % together.", "split_over_100"
            ) from exc


class ByHandField(serializers.DictField):
    """An amount for each day that has its own."""

    child = AmountField(min_value=0)

    def to_internal_value(self, data: Any) -> dict[str, Decimal]:
        days: dict[str, Decimal] = super().to_internal_value(data)
        for day in days:
            DayField().run_validation(day)
        return days


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
    group = serializers.ChoiceField(GROUPS, source="category.group", read_only=True)
    by_hand = ByHandField(required=False, help_text="Days with an amount of their own, for that pattern.")
    locked_days = ListField(child=DayField(), required=False, max_length=366)
    spent = serializers.SerializerMethodField()
    remaining = serializers.SerializerMethodField()
    moved = serializers.SerializerMethodField(help_text="What redistributions brought, or took if negative.")
    spending_status = serializers.SerializerMethodField(help_text="green, amber or red.")
    currency = serializers.CharField(source="period.currency", read_only=True)

    amounts = {"amount": "currency", "rolled_in": "currency"}

    class Meta:
        model = Allocation
        fields = (
            "id", "category", "name", "group", "currency", "amount", "rolled_in", "priority", "essential", "locked",
            "rollover", "pattern", "mode", "by_hand", "locked_days", "spent", "remaining", "moved",
            "spending_status", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "rolled_in", "created_at", "updated_at")

    def validate(self, attrs: Any) -> Any:
        period = self.context["period"]
        attrs = super().validate(attrs)
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
            attrs["locked_days"] = sorted(
                self._inside(day, period, "locked_days").isoformat() for day in attrs["locked_days"]
            )
        return attrs

    def _units(self, amounts: Mapping[str, Decimal], period: BudgetPeriod) -> dict[str, int]:
        for day, amount in amounts.items():
            self._inside(date.fromisoformat(day), period, "by_hand")
            self.require_exact(amount, period.currency, field="by_hand")
        return {day: to_minor(amount, period.currency) for day, amount in amounts.items()}

    def _inside(self, day: date, period: BudgetPeriod, field: str) -> date:
        if day not in period.span:
            raise field_error(field, f"{day.isoformat()} is not a day of this period.", "not_in_period")
        return day

    def get_name(self, allocation: Any) -> str:
        return category_label(allocation.category, locale=self.context["request"].user.locale)

    @extend_schema_field(ShownDecimalField())
    def get_spent(self, allocation: Any) -> str:
        return minor_as_text(self._envelope(allocation).total_spent, allocation.period.currency)

    @extend_schema_field(ShownDecimalField())
    def get_remaining(self, allocation: Any) -> str:
        return minor_as_text(self._envelope(allocation).remaining, allocation.period.currency)

    @extend_schema_field(ShownDecimalField())
    def get_moved(self, allocation: Any) -> str:
        moved = self.context["standing"]().moved.get(allocation.pk, 0)
        return minor_as_text(moved, allocation.period.currency)

    @extend_schema_field(serializers.ChoiceField(STATUSES))
    def get_spending_status(self, allocation: Any) -> str:
        return self._envelope(allocation).status.value

    def _envelope(self, allocation: Any) -> Envelope:
        stood: Standing = self.context["standing"]()
        return next(each for each in stood.envelopes if each.key == str(allocation.pk))

    def to_representation(self, instance: Any) -> Any:
        shown = super().to_representation(instance)
        currency = instance.period.currency
        shown["by_hand"] = {
            day: plain(from_minor(units, currency), currency) for day, units in instance.by_hand.items()
        }
        return shown


class PeriodRequestSerializer(ContractSerializer):
    day = DayField(required=False, help_text="A day of the period; today, if left out.")
    income_expected = AmountField(
        min_value=0, required=False, help_text="What comes round, your profile or your history, if left out."
    )
    split = BudgetSplitSerializer(required=False, help_text="Per cent of the income for a new proposal.")
    allocations = PeriodAllocationSerializer(
        many=True,
        required=False,
        max_length=MAX_ALLOCATIONS,
        help_text="Instead of any proposal.",  # type: ignore[call-arg]
    )

    def validate(self, attrs: Any) -> Any:
        currency = self.context["request"].user.base_currency
        self.require_exact(attrs.get("income_expected"), currency, field="income_expected")
        for place, allocation in enumerate(attrs.get("allocations", ())):
            self.require_exact(allocation["amount"], currency, field=f"allocations/{place}/amount")
        return attrs
